"""The offline edition: the site as one zip that opens from disk, for a share, a laptop or a memory stick.

The same commit gives the same bytes: order, times and rights in the zip are set, and nothing of the machine gets in.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import zipfile
from pathlib import Path

from knowledge_base.catalogue import Catalogue
from knowledge_base.publish.record import Record
from knowledge_base.render import dates
from knowledge_base.render.text import Desk

NAME = "apir-knowledge-base"
"""How the name of the zip begins, and that of the one folder in it."""

FIRST = "0-open-me-first.html"
"""What stands first in the folder."""

SERVED_ONLY = (
    "404.html",
    "sitemap.xml",
    "sitemap.xml.gz",
    "assets/search-begin.js",
    "assets/search-pagefind.js",
)
"""What only a web server, a search engine or the search of the served site asks for."""


def prepare(whole: Catalogue, site: Path, record: Record) -> None:
    """Puts the page to open first into a built site, and takes out what needs a server.

    Args:
        whole: everything that the site knows.
        site: the folder of the built site, with a file for each page.
        record: what the page to open first names, so that two copies can be told apart.
    """
    for name in SERVED_ONLY:
        (site / name).unlink(missing_ok=True)
    (site / FIRST).write_text(_first(whole, record), encoding="utf-8", newline="\n")


def pack(site: Path, target: Path, record: Record) -> Path:
    """Writes the zip of a site, and beside it its checksum as ``sha256sum -c`` reads it.

    Args:
        site: the folder of the site.
        target: the folder for the zip; files of the same version are replaced.
        record: gives the name of the zip and the time of every file in it.

    Returns:
        The zip.
    """
    path = target / f"{_name(record)}.zip"
    aside = path.with_name(f".{path.name}")
    target.mkdir(parents=True, exist_ok=True)
    _zip(site, aside, record)
    checksum = hashlib.sha256(aside.read_bytes()).hexdigest()
    os.replace(aside, path)
    path.with_name(f"{path.name}.sha256").write_text(f"{checksum}  {path.name}\n", encoding="ascii", newline="\n")
    return path


def _first(whole: Catalogue, record: Record) -> str:
    home = Desk(whole, whole.pages["index.md"], directory_urls=False)
    return home.draw(
        "open_me_first.html",
        local=whole.local,
        record=record,
        day=dates.day(record.date) if record.date else None,
        archive=f"{_name(record)}.zip",
    )


def _zip(site: Path, target: Path, record: Record) -> None:
    moment = datetime.datetime.fromtimestamp(int(record.epoch), datetime.UTC).timetuple()[:6]
    moment = max(moment, (1980, 1, 1, 0, 0, 0))  # no zip can hold an earlier one
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(f"{_name(record)}/{file}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every machine: it says how to read the rights
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, (site / file).read_bytes())


def _name(record: Record) -> str:
    return f"{NAME}-{record.version}"
