"""Faults as they are told: to people with the line shown, to GitHub for the lines of a change, to others as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from knowledge_base.check import private
from knowledge_base.faults import Fault

_MOST_SHOWN = 100
_PRIVATE = "KB6"  # what such a fault points at is never printed again
GUIDE = "about/faults"


def text(root: Path, faults: Iterable[Fault]) -> Iterator[str]:
    """Each fault on a line of its own, and below it the line that it is about, with a mark under the place."""
    files: dict[str, list[str]] = {}
    for fault in faults:
        yield str(fault)
        if fault.code.startswith(_PRIVATE):
            continue
        if fault.path not in files:
            files[fault.path] = _lines(root / fault.path)
        lines = files[fault.path]
        if fault.line <= len(lines) and lines[fault.line - 1].strip():
            yield from _excerpt(lines[fault.line - 1], fault.line, fault.column)


def _lines(path: Path) -> list[str]:
    """The lines of a file that may be shown; instead of a line with something private, an empty one."""
    # A link is never followed, and of what is no text nothing is shown.
    if path.is_symlink() or path.suffix not in {".md", ".yml", ".toml"}:
        return []
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return []
    hidden = private.lines(source)
    return ["" if number in hidden else line for number, line in enumerate(source.split("\n"), 1)]


def _excerpt(line: str, number: int, column: int) -> Iterator[str]:
    column = max(1, min(column, len(line) + 1))
    # Around the place, where the line is too long for a terminal.
    start = max(0, column - _MOST_SHOWN // 2) if len(line) > _MOST_SHOWN else 0
    part = line[start : start + _MOST_SHOWN]
    shown = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in part)
    before, after = "…" if start else "", "…" if start + _MOST_SHOWN < len(line) else ""
    gutter = f"    {number} | "
    yield f"{gutter}{before}{shown.rstrip()}{after}"
    yield f"{' ' * (len(gutter) - 2)}| {' ' * (len(before) + column - 1 - start)}^"


def github(root: Path, faults: Iterable[Fault]) -> Iterator[str]:
    """Commands by which GitHub writes each fault beside its line of the pull request."""
    for fault in faults:
        place = f"file={_value(fault.path)},line={fault.line},col={fault.column},title={_value(fault.code)}"
        yield f"::{fault.severity} {place}::{_message(f'{fault.message} {fault.remedy}')}"


def _message(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(words: str) -> str:
    return _message(words).replace(":", "%3A").replace(",", "%2C")


def as_json(root: Path, faults: Iterable[Fault]) -> Iterator[str]:
    """A list of objects; ``help`` is the address of the rule's explanation on the site, from its top."""
    yield json.dumps(
        [
            {
                "path": fault.path,
                "line": fault.line,
                "column": fault.column,
                "code": fault.code,
                "severity": fault.severity,
                "title": fault.rule.title,
                "message": fault.message,
                "remedy": fault.remedy,
                "help": f"{GUIDE}/#{fault.rule.anchor}",
            }
            for fault in faults
        ],
        indent=2,
    )


FORMATS: dict[str, Callable[[Path, Iterable[Fault]], Iterator[str]]] = {
    "text": text,
    "github": github,
    "json": as_json,
}
"""By the name that is typed."""
