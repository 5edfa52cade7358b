"""What was made before: kept by the content that it was made of, so that only what has changed is made again."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

from knowledge_base.publish.handouts.pandoc import TEMPLATES

_MADE_BY = ("pypandoc_binary", "typst", "python-docx", "lxml")


class Kept:
    """A folder of made files, each named by a digest of what it was made of.

    Attributes:
        folder: where; None to keep nothing.
        used: the names that were asked for.
        made: how many were not there, and had to be made.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._styles = _digest(TEMPLATES.iterdir())  # a preview meets others than it began with
        self.used: set[str] = set()
        self.made = 0
        self._count = threading.Lock()

    def get(self, make: Callable[[], bytes], *made_of: object) -> bytes:
        """What was kept, or what ``make`` makes of it now.

        Args:
            make: makes it.
            made_of: everything on which it depends, as values that JSON knows.
        """
        name = hashlib.sha256(json.dumps([_makers(), self._styles, *made_of], sort_keys=True).encode()).hexdigest()[
            :32
        ]
        path = self.folder / name if self.folder is not None else None
        with self._count:
            self.used.add(name)
        try:
            if path is not None:
                return path.read_bytes()
        except OSError:
            pass  # not there yet
        made = make()
        with self._count:
            self.made += 1
        if path is not None:
            # In one step, so that a kill leaves no half of a file under a name that says it is whole.
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f"{name}.{os.getpid()}.{threading.get_ident()}")
            aside.write_bytes(made)
            aside.replace(path)
        return made

    def sweep(self) -> None:
        """Removes whatever nobody has asked for since."""
        if self.folder is not None and self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in self.used:
                    path.unlink(missing_ok=True)


@functools.cache
def _makers() -> str:
    """A digest of the programs, our code and the fonts: another version of any of them makes everything anew."""
    package = Path(__file__).parent
    versions = " ".join(f"{name} {version(name)}" for name in _MADE_BY)
    return versions + _digest([*package.glob("*.py"), *(package.parents[1] / "fonts").iterdir()])


def _digest(files: Iterable[Path]) -> str:
    """One of the names and contents of files; folders are passed over."""
    made = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        if path.is_file():
            made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()
