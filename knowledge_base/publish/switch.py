"""Puts a finished build in the place of the published one, in one step.

``site`` is a link to a folder in ``.cache/builds/`` that is named by its content. Changing a link is one operation of
the file system: a web server that serves ``site`` sees the old site or the new one, never a part of either.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

KEPT = 3
"""How many builds stay, the published one among them."""


class BusyError(RuntimeError):
    """Another build of the same project is running."""


@contextlib.contextmanager
def alone(cache: Path) -> Iterator[Path]:
    """A fresh folder to build in, while no other build of the project runs.

    Args:
        cache: the project's ``.cache/``.

    Raises:
        BusyError: another build holds the lock.
    """
    cache.mkdir(exist_ok=True)
    with (cache / "build.lock").open("w") as lock:
        _lock(lock.fileno())
        # Nobody else builds now, so whatever a killed build left behind can go.
        for stale in cache.glob("building-*"):
            shutil.rmtree(stale, ignore_errors=True)
        fresh = cache / f"building-{os.getpid()}"
        fresh.mkdir()
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _lock(file: int) -> None:
    """Locks an open file until it is closed, even by a kill."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            raise BusyError from None
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise BusyError from None


def digest(folder: Path) -> str:
    """Twenty characters that stand for the names and bytes of every file in a folder."""
    made = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        made.update(path.relative_to(folder).as_posix().encode() + b"\0")
        made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()[:20]


def switch(built: Path, site: Path, builds: Path) -> Path:
    """Publishes a finished build.

    Args:
        built: the folder that was built; it is moved.
        site: where the published site is looked for.
        builds: where builds are kept.

    Returns:
        The folder that is published now.
    """
    builds.mkdir(parents=True, exist_ok=True)
    target = builds / digest(built)
    if target.exists() and digest(target) != target.name:
        shutil.rmtree(target)  # somebody, or a kill, damaged what was kept
    if target.exists():
        os.utime(target)  # the same content again: it is the newest now
    else:
        built.rename(target)
        os.utime(target)
    if site.exists() and not site.is_symlink():
        # A folder that somebody made by hand; it is kept like a build.
        found = builds / f"found-{time.time_ns()}"
        site.rename(found)
        os.utime(found)
    aside = site.with_name(f"{site.name}.{os.getpid()}")
    if aside.is_symlink():
        aside.unlink()  # left by a killed build: in a container the numbers of processes come again
    try:
        aside.symlink_to(os.path.relpath(target, site.parent), target_is_directory=True)
    except OSError:  # Windows without the right to make links: a copy, for an instant incomplete
        shutil.copytree(target, aside)
    os.replace(aside, site)
    _sweep(builds, target)
    return target


def _sweep(builds: Path, published: Path) -> None:
    others = [path for path in builds.iterdir() if path.is_dir() and path != published]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
