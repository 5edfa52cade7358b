"""Headings: a page's anatomy, in order, with something under each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import Fault, nearest, one_of

ANATOMY = {
    "session": (
        "In one minute",
        "What was covered",
        "Activities",
        "Questions to take into supervision",
        "How it ran in 2010-11",
        "If you missed it",
        "Evidence cited on this page",
        "Where this comes from",
        "Downloads",
    ),
    "notes": ("What was raised", "What was agreed", "Where this comes from"),
    "tool": ("Steps", "Prompts", "What to record", "Evidence", "Where this comes from", "Print and download"),
}
"""By the kind of a page, the second-level headings that it has, in this order and no others."""

# Markdown takes a heading without its space for one as well.
_HEADING = re.compile(r"(#{1,6})([ \t]*)(.*?)[ \t]*#*[ \t]*$")
_INDENTED = re.compile(r" {1,3}#{1,6}[ \t]+\S")
_UNDERLINE = re.compile(r"(?:-+|=+) *$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading of a page: its level (1 to 6), its words and the line of the file it stands on.

    ``spaced`` says whether a space follows its number signs.
    """

    level: int
    text: str
    line: int
    spaced: bool = True


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every heading out of place, missing, or with nothing under it."""
    for page in catalogue.pages.values():
        if page.source.body.strip():
            yield from _check_page(page)


def headings(page: Page) -> list[Heading]:
    """The headings of a page, those in code left out."""
    return [
        Heading(len(hit[1]), _words(hit[3]), number, bool(hit[2]))
        for number, line in lines_outside_code(page)
        if (hit := _HEADING.match(line)) and hit[3]
    ]


def _words(text: str) -> str:
    """The words of a heading: without its attributes, and with plain spaces (Word puts others in)."""
    words = " ".join(re.sub(r"\s*\{[^{}]*\}$", "", text).split())
    # A session of another year tells how it ran in that year.
    return re.sub(r"^How it ran in \d{4}-\d\d$", "How it ran in 2010-11", words)


def lines_outside_code(page: Page) -> Iterator[tuple[int, str]]:
    """Each line of a page's body that is not in a fenced block, with its line in the file.

    A fence that is never closed is no fence: Markdown shows it, and what follows, as text.
    """
    lines = page.source.body.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and line.strip() == fence:
                fence = ""
        elif mark and _is_closed(lines[index + 1 :], mark[1]):
            fence = mark[1]
        else:
            yield index + page.source.body_line, line


def _is_closed(lines: list[str], fence: str) -> bool:
    return any(line.strip() == fence for line in lines)


def _check_page(page: Page) -> Iterator[Fault]:
    path = f"docs/{page.path}"
    lines = list(lines_outside_code(page))
    yield from _misshapen(path, lines)
    found = headings(page)
    wanted = ANATOMY.get(page.source.kind, ())
    level = 1
    under: dict[tuple[int, str], int] = {}
    for heading in found:
        if not heading.spaced:
            remedy = "Put a space after the number signs; or, if it is no heading, a backslash before them."
            yield Fault(path, heading.line, 1, "KB501", "This heading lacks its space.", remedy)
        elif heading.level != 2 and heading.text in wanted:
            message = f"'{heading.text}' is a second-level heading."
            yield Fault(path, heading.line, 1, "KB501", message, f"Write '## {heading.text}'.")
        elif heading.level == 1:
            remedy = "Take it out: the title in the front matter is the page's heading."
            yield Fault(path, heading.line, 1, "KB501", "A page has no first-level heading of its own.", remedy)
        elif heading.level > level + 1:
            message = f"This heading skips a level ({level} is followed by {heading.level})."
            yield Fault(path, heading.line, 1, "KB501", message, f"Use {'#' * (level + 1)} here.")
        elif (above := under.get((heading.level, heading.text))) and heading.text not in wanted:
            message = f"'{heading.text}' stands on line {above} already, under the same heading."
            yield Fault(path, heading.line, 1, "KB410", message, "Say in one of the two how they differ.")
        under = {place: line for place, line in under.items() if place[0] <= heading.level}
        under.setdefault((heading.level, heading.text), heading.line)
        level = 2 if heading.text in wanted else heading.level
    if wanted:
        # What is indented, or stands at another level, is told as such, and is not missing besides.
        there = {line.strip("# \t") for _, line in lines if line.lstrip().startswith("#")}
        yield from _follows(path, found, wanted, there, page.source.body_line)
    yield from _empty_sections(page, found)


def _misshapen(path: str, lines: list[tuple[int, str]]) -> Iterator[Fault]:
    """What was meant for a heading and is none, or is one and was not meant."""
    above, before, fenced = "", "", False
    for number, line in lines:
        if _INDENTED.match(line):
            message = "A space stands before this heading, so that it shows as text."
            yield Fault(path, number, 1, "KB501", message, "Begin the line with the number signs.")
        elif _UNDERLINE.match(line) and before.strip("| <") and not above.strip() and before[0] not in "|<":
            message = "The line below these words makes a heading of them."
            remedy = "Put an empty line between them; or write a heading with number signs."
            yield Fault(path, number - 1, 1, "KB501", message, remedy)
        elif line.strip() and not line.strip("# \t") and line.startswith("#"):
            yield Fault(path, number, 1, "KB501", "This heading has no words.", "Write some, or take it out.")
        elif _FENCE.match(line) and not fenced:
            fenced = True
            message = "This block of code is not closed."
            remedy = "Close it with a line of the same signs, as many as here."
            yield Fault(path, number, 1, "KB501", message, remedy)
        above, before = before, line


def _follows(
    path: str, found: list[Heading], wanted: tuple[str, ...], there: set[str], first_line: int
) -> Iterator[Fault]:
    present = [heading for heading in found if heading.level == 2]
    names = [heading.text for heading in present]
    missing = [name for name in wanted if name not in names and name not in there]
    reached = -1
    for index, heading in enumerate(present):
        if heading.text not in wanted:
            meant = _meant(heading.text, names[index - 1] if index else "", wanted, missing)
            remedy = f"Did you mean {one_of(meant)}? Or make" if meant else "Make"
            message = f"'{heading.text}' is not one of the headings of such a page."
            yield Fault(path, heading.line, 1, "KB501", message, f"{remedy} it a third-level heading.")
            missing = [name for name in missing if name not in meant[:1]]
        elif heading.text in names[:index]:
            remedy = "Keep one of the two."
            yield Fault(path, heading.line, 1, "KB501", f"'{heading.text}' stands here a second time.", remedy)
        elif wanted.index(heading.text) < reached:
            message = f"'{heading.text}' comes too late."
            remedy = f"Its place is before '{wanted[reached]}'."
            yield Fault(path, heading.line, 1, "KB501", message, remedy)
        else:
            reached = wanted.index(heading.text)
    for name in missing:
        index = wanted.index(name)
        after = f"after '{wanted[index - 1]}'" if index else "first"
        remedy = f"Write '## {name}' {after}."
        yield Fault(path, first_line, 1, "KB501", f"The heading '{name}' is missing.", remedy)


def _meant(text: str, before: str, wanted: tuple[str, ...], missing: list[str]) -> list[str]:
    """The missing headings that one with other words may stand for: the likest, or the one that belongs there."""
    here = [name for name in missing if before == (wanted[wanted.index(name) - 1] if wanted.index(name) else "")]
    return nearest(text, missing) or here


def _empty_sections(page: Page, found: list[Heading]) -> Iterator[Fault]:
    lines = page.source.body.split("\n")
    for heading, following in zip_longest(found, found[1:]):
        start = heading.line - page.source.body_line + 1
        end = following.line - page.source.body_line if following else len(lines)
        deeper = following is not None and following.level > heading.level
        if not deeper and not _COMMENT.sub("", "\n".join(lines[start:end])).strip():
            message = f"There is nothing under '{heading.text}'."
            remedy = "Say in a sentence what is not known, or take the heading out."
            yield Fault(f"docs/{page.path}", heading.line, 1, "KB504", message, remedy)
