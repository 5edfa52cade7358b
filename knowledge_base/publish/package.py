"""Makes a built site ready for a server: its record, its bill of materials, compressed copies, and checksums.

The same sources and the same record give the same bytes, in any folder, on any day.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import platform
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path

import brotli

from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import sbom
from knowledge_base.publish.record import Record

BUILD = "build.json"
"""What the site was built from, and how many of each thing it holds."""
BILL = "sbom.cdx.json"
SUMS = "SHA256SUMS"
"""Checksums of every file but itself, as `sha256sum --check` reads them."""

_Change = Callable[[bytes], bytes]

_TEXT = {".bib", ".css", ".csv", ".html", ".ics", ".js", ".json", ".ris", ".svg", ".txt", ".xml"}
# Nor is it packed yet what every first search fetches; see `full_text`.
_TEXT |= {".pagefind", ".pf_meta"}
_MADE_WITH = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "typst", "pypandoc_binary", "brotli")
_PACKERS: dict[str, tuple[_Change, _Change]] = {
    # Without the time of day that gzip would write down.
    ".gz": (partial(gzip.compress, compresslevel=9, mtime=0), gzip.decompress),
    ".br": (partial(brotli.compress, quality=11), brotli.decompress),
}
"""What packs and unpacks, by the ending that a server looks for beside a file."""


def seal(site: Path, whole: Catalogue, root: Path, record: Record, before: Path | None = None) -> None:
    """Writes into a built site what belongs beside its pages; afterwards nothing in it may change.

    Args:
        site: the folder of the built site.
        whole: everything that the site knows.
        root: the project's folder.
        record: what the site was built from.
        before: the site that is published now: what has not changed was compressed there already.
    """
    (site / BILL).write_bytes(sbom.bill(root, record))
    (site / BUILD).write_text(_build(site, whole, record), encoding="utf-8", newline="\n")
    compress(site, before if before and _made_with(before) == _made_with(site) else None)
    (site / SUMS).write_text(sums(site), encoding="utf-8", newline="\n")


def _made_with(site: Path) -> object:
    """The programs that made a site, among them those that packed it; None where nobody knows."""
    try:
        return json.loads((site / BUILD).read_bytes()).get("made with")
    except (OSError, ValueError, AttributeError):
        return None


def _build(site: Path, whole: Catalogue, record: Record) -> str:
    said = {
        "name": "APIR knowledge base",
        "version": record.version,
        "commit": record.commit,
        # Said only where git tells it, so that the source of a release builds what a checkout builds.
        **({"changed since that commit": True} if record.modified else {}),
        "date": record.day,
        "made with": {"python": platform.python_version(), **{name: version(name) for name in _MADE_WITH}},
        "counts": {
            "pages": len(whole.pages),
            "sessions": len(whole.sessions),
            "notes": len(whole.newest_notes),
            "references": len(whole.references),
            "downloads": sum(1 for path in (site / "downloads").rglob("*") if path.is_file()),
        },
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def compress(site: Path, before: Path | None = None) -> None:
    """Writes a `.gz` and a `.br` beside each text file, as many at a time as the machine has processors.

    Args:
        site: the folder of the built site.
        before: an earlier one; it lends what it has of files that are the same.
    """
    files = [path for path in sorted(site.rglob("*")) if path.suffix in _TEXT]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        # Asked for, so that what went wrong in a thread is not lost.
        list(pool.map(partial(_compress, site, before), files))


def _compress(site: Path, before: Path | None, path: Path) -> None:
    content = path.read_bytes()
    for ending, (pack, unpack) in _PACKERS.items():
        target = path.with_name(path.name + ending)
        lent = before / target.relative_to(site) if before else target
        target.write_bytes(_lent(lent, unpack, content) or pack(content))


def _lent(path: Path, unpack: _Change, content: bytes) -> bytes | None:
    """An earlier packed file, if it unpacks to the content."""
    try:
        packed = path.read_bytes()
        return packed if unpack(packed) == content else None
    except (OSError, EOFError, ValueError, zlib.error, brotli.error):
        return None  # there is none, or somebody damaged it


def sums(folder: Path) -> str:
    """The checksums of every file of a folder but the list itself, a line each, by path."""
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in _files(folder))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return ((name, path) for name, path in sorted(found) if name != SUMS)
