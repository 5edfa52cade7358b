"""What a build was made from: version, commit and day, out of git, or out of the record that a release carries.

Nothing else of a build may depend on where or when it runs: the same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from knowledge_base import __version__

FILE = "release.json"
"""Where the source of a release carries its record; a checkout has git instead."""


@dataclass(frozen=True)
class Record:
    """What a build was made from.

    Attributes:
        version: of the project.
        commit: its full hash; None where neither git nor a release tells.
        date: when that commit was made, in UTC, to the second; None where nothing tells.
        modified: whether files differ from that commit, as those of a council's own edition may; None if unknown.
    """

    version: str
    commit: str | None = None
    date: datetime.datetime | None = None
    modified: bool | None = None

    @property
    def epoch(self) -> str:
        """The date as programs that make files ask for it: seconds since 1970, `SOURCE_DATE_EPOCH`."""
        # 1980 is the first year that a zip can hold.
        return str(int(self.date.timestamp())) if self.date else "315532800"

    @property
    def day(self) -> str | None:
        """The date as text, in ISO 8601."""
        return self.date.isoformat().replace("+00:00", "Z") if self.date else None

    def json(self) -> str:
        """The record as a release carries it."""
        kept = {"version": self.version, "commit": self.commit, "date": self.day}
        return json.dumps(kept, indent=2) + "\n"


def read(root: Path) -> Record:
    """The record of the project in a folder.

    The variable `SOURCE_DATE_EPOCH`, which other programs obey as well, replaces the date.
    """
    record = (_from_git(root) if (root / ".git").exists() else _from_release(root)) or Record(__version__)
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given.isdecimal():
        return record
    date = datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    return Record(record.version, record.commit, date, record.modified)


def _from_git(root: Path) -> Record | None:
    try:
        commit, seconds = _git(root, "log", "-1", "--format=%H %ct").split()
        modified = bool(_git(root, "status", "--porcelain"))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None  # no git on this machine, no commit yet, or a folder of somebody else's
    return Record(__version__, commit, datetime.datetime.fromtimestamp(int(seconds), datetime.UTC), modified)


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout  # noqa: S603


def _from_release(root: Path) -> Record | None:
    try:
        kept = json.loads((root / FILE).read_text(encoding="utf-8"))
        date = datetime.datetime.fromisoformat(kept["date"])
        return Record(str(kept["version"]), str(kept["commit"]), date.astimezone(datetime.UTC))
    except (OSError, ValueError, KeyError, TypeError):
        return None
