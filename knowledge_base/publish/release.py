"""Everything that a host takes: source, served site, copy for a disk, bill of materials, checksums; in ``dist/``.

The same commit gives the same bytes on the same kind of machine: anybody can make a release again, and compare.
"""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

from knowledge_base import catalogue, model
from knowledge_base.faults import AuthorError
from knowledge_base.publish import build, offline, package, record, switch

CHANGES = "CHANGELOG.md"
"""What each version means for a host; a release has to have its own heading there."""


def release(root: Path, say: build.Say = lambda _: None) -> build.Outcome:
    """Makes a release of the commit that is checked out, and puts it into ``dist/`` if nothing is wrong.

    Args:
        root: the project's folder.
        say: told what is being done, before each step.

    Returns:
        How it ended; its site is the folder ``dist/``.

    Raises:
        AuthorError: the checkout cannot be released as it is.
        knowledge_base.publish.switch.BusyError: another build is running.
    """
    made_from = record.read(root)
    _require(root, made_from)
    with switch.alone(root / ".cache") as fresh:
        served, from_disk, dist = fresh / "served", fresh / "from-disk", fresh / "dist"
        outcome = build.make(root, served, say)
        if outcome.sound:
            outcome = build.make(root, from_disk, say, from_disk=True)
        if not outcome.sound:
            return outcome
        say("Packing the release")
        name = f"{offline.NAME}-{made_from.version}"
        dist.mkdir()
        _write(dist / f"{name}-site.tar.gz", f"{name}-site", _files(served), made_from)
        _write(dist / f"{name}-source.tar.gz", f"{name}-source", _sources(root, made_from), made_from)
        offline.pack(from_disk, dist, made_from)
        shutil.copyfile(served / package.BILL, dist / f"{name}.cdx.json")
        shutil.copyfile(root / CHANGES, dist / CHANGES)
        (dist / package.SUMS).write_text(package.sums(dist), encoding="utf-8", newline="\n")
        outcome.site = root / "dist"
        if outcome.site.exists():
            shutil.rmtree(outcome.site)
        dist.rename(outcome.site)
    return outcome


def _require(root: Path, made_from: record.Record) -> None:
    """Refuses what nobody could make again, or what is not the plain edition."""
    if made_from.commit is None or not (root / ".git").exists():
        raise AuthorError("A release is made of a commit, and this is no checkout of git.", "Clone the repository.")
    if made_from.modified:
        raise AuthorError("Files differ from the commit.", "Commit them, or put them aside: 'git status' names them.")
    if build.site_url():
        raise AuthorError("SITE_URL is set; a release knows no address.", "Run 'unset SITE_URL' first.")
    if catalogue.load(root).local != model.Local():
        raise AuthorError("data/local.yml is filled in; a release is the plain edition.", "Leave 'local:' empty.")
    changes = root / CHANGES
    if not changes.is_file() or f"\n## {made_from.version} " not in changes.read_text(encoding="utf-8"):
        raise AuthorError(
            f"{CHANGES} does not tell of version {made_from.version}.", f"Add '## {made_from.version} – DAY'."
        )


def _files(folder: Path) -> Iterable[tuple[str, bytes, bool]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return ((path.relative_to(folder).as_posix(), path.read_bytes(), False) for path in paths)


def _sources(root: Path, made_from: record.Record) -> Iterable[tuple[str, bytes, bool]]:
    """The files of the commit, and its record, which git would tell in a checkout."""
    command = ["git", "-C", str(root), "archive", "--format=tar", "HEAD"]
    packed = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for entry in archive:
            content = archive.extractfile(entry) if entry.isfile() else None
            if content:
                yield entry.name, content.read(), bool(entry.mode & 0o100)
    yield record.FILE, made_from.json().encode(), False


def _write(target: Path, folder: str, files: Iterable[tuple[str, bytes, bool]], made_from: record.Record) -> None:
    """Writes an archive that holds nothing of this machine: no user, no clock, no order of a file system."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=9, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for name, content, runs in files:
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mtime, entry.mode = len(content), int(made_from.epoch), 0o755 if runs else 0o644
            archive.addfile(entry, io.BytesIO(content))
