"""Plain English: words for which there is a shorter one, and words that label people. Warnings, never errors.

The list is ``plain_english.yml`` beside this module.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

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
_NO_NOUN = r"(?=\W*$|[.,;:!?)]|\s+(?:and|are|can|do|from|had|have|in|is|may|must|need|or|should|to|were|who|will|with)\b)"
_TITLES = re.compile(r"description:[ \t]+(.*)")


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every word of the list, where a page uses it as its own."""
    for page in catalogue.pages.values():
        for number, offset, line in _lines(page):
            read = _UNREAD.sub(lambda hit: " " * len(hit.group()), _BOLD.sub("  ", line))
            for hit in _words().finditer(read):
                code, write = _entry(hit)
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


@functools.cache
def _list() -> tuple[tuple[str, str, str, bool], ...]:
    """Each word or phrase with its code, what to write instead, and whether it has to stand alone."""
    text = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    groups = yaml.safe_load(text)
    return tuple(
        (phrase, code, entry["write"], entry.get("alone", False))
        for name, code in _CODES.items()
        for entry in groups[name]
        for phrase in entry["avoid"]
    )


@functools.cache
def _words() -> re.Pattern[str]:
    ways = []
    for phrase, _, _, alone in _list():
        words = r"\s+".join(re.escape(word) for word in phrase.rstrip("*").split())
        ways.append(f"({words}{'[a-z]*' if phrase.endswith('*') else ''}{_NO_NOUN if alone else ''})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])", re.IGNORECASE)


def _entry(hit: re.Match[str]) -> tuple[str, str]:
    _, code, write, _ = _list()[(hit.lastindex or 1) - 1]
    return code, write
