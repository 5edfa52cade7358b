"""Plain English: words for which there is a shorter one, and words that label people. Warnings, never errors.

The list is ``plain_english.yml`` beside this module.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.outline import source
from knowledge_base.faults import Fault

_CODES = {"long_words": "KB508", "people": "KB509"}
# Titles and what others said stand in italics or in quotation marks; addresses and tags are not read.
_UNREAD = re.compile(
    r"\{\{[^{}]*\}\}|\]\([^()\n]*\)|<[^<>\n]*>|https?://\S+|\*[^*\n]+\*(?!\*)|\b_[^_\n]+_\b"
    r"|\"[^\"\n]*\"|“[^”\n]*”|(?<!\w)'[^'\n]*'(?!\w)|‘[^’\n]*’(?!\w)"
)
_BOLD = re.compile(r"\*\*|__")
# What follows an adjective that stands for people; before a noun ("the deaf child") it labels nobody.
_NO_NOUN = (
    r"(?=\W*$|[.,;:!?)]|\s+(?:and|are|can|do|from|had|have|in|is|may|must|need|or|should|to|were|who|will|with)\b)"
)
_TITLES = re.compile(r"description:[ \t]+(.*)")


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every word of the list, where a page uses it as its own."""
    for page in catalogue.pages.values():
        lowered = page.source.front.casefold() + page.source.body.casefold()
        # A pattern of a hundred phrases is slow; few of them have their longest word on a page.
        entries = tuple(entry for entry in _list() if entry.key in lowered)
        if not entries:
            continue
        pattern = _words(entries)
        for number, offset, line in _lines(page):
            read = _UNREAD.sub(lambda hit: " " * len(hit.group()), _BOLD.sub("  ", line))
            for hit in pattern.finditer(read):
                code, write = _said(entries, hit)
                message = f"'{hit.group()}' can be said more plainly."
                if code == "KB509":
                    message = f"'{hit.group()}' labels people."
                place = (f"docs/{page.path}", number, hit.start() + 1 + offset)
                yield Fault(*place, code, message, f"Write: {write}.", "warning")


def _lines(page: Page) -> Iterator[tuple[int, int, str]]:
    """The lines that readers read: their numbers, and how far in the text begins."""
    for number, line in enumerate(page.source.front.split("\n"), 2):
        hit = _TITLES.match(line)
        if hit:
            yield number, hit.start(1), hit[1].strip("'\"")
    for number, line in enumerate(source(page).text.split("\n"), page.source.body_line):
        yield number, 0, line


def _said(entries: tuple[_Entry, ...], hit: re.Match[str]) -> tuple[str, str]:
    """The code of what was found, and what to write instead."""
    entry = entries[(hit.lastindex or 1) - 1]
    return entry.code, entry.write


class _Entry(NamedTuple):
    phrase: str
    code: str
    write: str
    alone: bool

    @property
    def key(self) -> str:
        """Its longest word."""
        return max(self.phrase.rstrip("*").split(), key=len)


@functools.cache
def _list() -> tuple[_Entry, ...]:
    """Each word or phrase with its code, what to write instead, and whether it has to stand alone."""
    groups = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return tuple(
        _Entry(phrase, code, entry["write"], entry.get("alone", False))
        for name, code in _CODES.items()
        for entry in groups[name]
        for phrase in entry["avoid"]
    )


@functools.lru_cache(maxsize=500)
def _words(entries: tuple[_Entry, ...]) -> re.Pattern[str]:
    """A pattern with one group for each entry."""
    ways = []
    for entry in entries:
        words = r"\s+".join(re.escape(word) for word in entry.phrase.rstrip("*").split())
        ways.append(f"({words}{'[a-z]*' if entry.phrase.endswith('*') else ''}{_NO_NOUN if entry.alone else ''})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])", re.IGNORECASE)
