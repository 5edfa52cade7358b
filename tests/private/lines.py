"""The lines with and without private data; all of it is made up. ``\\n`` in a line stands for a line end."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def private(name: str) -> list[str]:
    """The lines of a file that hold private data, without their kinds."""
    return [line.split("\t", 1)[1] for line in ordinary(name)]


def ordinary(name: str) -> list[str]:
    """The lines of a file."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.replace("\\n", "\n").replace("\\u200b", "\u200b") for line in text.split("\n") if line]
