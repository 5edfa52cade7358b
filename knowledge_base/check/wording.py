"""Voices and leftovers: what is told by reading line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.headings import lines_outside_code
from knowledge_base.faults import Fault, did_you_mean

VOICES = ("added", "curator")
"""The two voices besides the report's own."""

_BOX = re.compile(r"(\s*)(!!!|\?\?\?\+?)(\s*)([\w-]*)(.*)")
_LEFTOVERS = [
    (
        re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)"),
        "a mark of two versions that were not brought together",
    ),
    (re.compile(r"\b(?:TODO|FIXME|XXX)\b"), "a note to yourself"),
    (re.compile(r"\b(?:replace[- ]me|lorem ipsum)\b", re.IGNORECASE), "text of a template"),
]


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every unknown or badly written box, and everything left over from editing."""
    for page in catalogue.pages.values():
        yield from _boxes(page)
        for number, line in lines_outside_code(page):
            for pattern, what in _LEFTOVERS:
                hit = pattern.search(line)
                if hit:
                    message = f"'{hit.group().strip()}' is {what}."
                    place = (f"docs/{page.path}", number, hit.start() + 1)
                    yield Fault(*place, "KB503", message, "Finish it, or take it out.")


def _boxes(page: Page) -> Iterator[Fault]:
    lines = list(lines_outside_code(page))
    for index, (number, line) in enumerate(lines):
        box = _BOX.fullmatch(line)
        if not box:
            continue
        indent, mark, space, voice, rest = box.groups()
        place = (f"docs/{page.path}", number, len(indent) + 1, "KB502")
        if mark != "!!!":
            yield Fault(*place, "Boxes that fold are not used here.", f"Write '!!! {voice or 'added'}'.")
        elif not space:
            yield Fault(*place, "The box needs a space after '!!!'.", f"Write '!!! {voice or 'added'}'.")
        elif voice not in VOICES:
            yield Fault(*place, f"'{voice}' is not a voice of this site.", did_you_mean(voice, VOICES))
        elif rest and not re.fullmatch(r'\s+"[^"]*"\s*', rest):
            message = "The box's title is not in straight double quotes."
            yield Fault(*place, message, f"Write '!!! {voice} \"Title\"', and the text below it.")
        following = next((text for _, text in lines[index + 1 :] if text.strip()), "")
        if not following.startswith(indent + "    "):
            message = "The text of this box is not indented, so it stands outside."
            yield Fault(*place, message, "Begin each line of it with four spaces.")
