"""Where macro calls stand on a page, and which of them a page of its kind needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.calls import Call
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.headings import ANATOMY, headings, lines_outside_code
from knowledge_base.check.wording import without_code
from knowledge_base.faults import Fault
from knowledge_base.render.vocabulary import MACROS

INLINE = {"cite", "figure"}
"""Macros that draw words; all others draw a block, which Markdown takes for one only on a line of its own."""

NEEDED = {
    "page": {"sources": "Where this comes from"},
    "tool": {
        "tool_facts": "",
        "sources": "Where this comes from",
        "downloads": "Print and download",
    },
    "notes": {"note_facts": "", "sources": "Where this comes from"},
    "withdrawn": {},
    "session": {
        "session_facts": "",
        "catch_up": "If you missed it",
        "sources": "Where this comes from",
        "downloads": "Downloads",
    },
}
"""By the kind of a page, the macros that it calls, and the heading under which each stands."""


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every call that cannot be drawn where it stands, and every call that is missing."""
    # A page whose calls cannot be read may call more than is known.
    unread = {fault.path for fault in catalogue.faults if fault.code.startswith("KB3")}
    for page in catalogue.pages.values():
        outside = dict(lines_outside_code(page))
        lines = page.source.body.split("\n")
        for call in page.calls:
            found = _misplaced(call, outside, lines, call.line - page.source.body_line)
            if found is not None and call.name in MACROS:
                yield Fault(f"docs/{page.path}", call.line, call.column, "KB304", *found)
        misspelt = any(call.name not in MACROS for call in page.calls)
        unknown = misspelt or page.source.matter is None or f"docs/{page.path}" in unread
        if page.source.body.strip() and not unknown:
            yield from _missing(page)
            yield from _idle(catalogue, page)


def _misplaced(call: Call, outside: dict[int, str], lines: list[str], index: int) -> tuple[str, str] | None:
    line = outside.get(call.line)
    as_text = "Take it out of the code; or, to show it as text, put {% raw %} before and {% endraw %} after it."
    if line is None or not without_code(line)[call.column - 1 : call.column].strip():
        return f"'{call.name}' stands in code, and would show as HTML.", as_text
    if call.name in INLINE:
        if line.lstrip().startswith("#"):
            return (
                f"'{call.name}' stands in a heading, and would come out in the menu.",
                "Put it into the text below.",
            )
        return None
    neighbours = [lines[near] for near in (index - 1, index + 1) if 0 <= near < len(lines)]
    alone = re.fullmatch(r"\{\{.*?\}\}[ \t]*", line) and not any(text.strip() for text in neighbours)
    if alone:
        return None
    return (
        f"'{call.name}' draws a block.",
        "Put it on a line of its own, at the left edge, with empty lines around it.",
    )


def _idle(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    """A list of the works that a page cites, where it cites none."""
    for call in page.calls:
        if call.name == "cited_here" and not catalogue.works_on(page):
            remedy = "Cite one above; or say so in a sentence, and take this call out."
            yield Fault(f"docs/{page.path}", call.line, call.column, "KB305", "This page cites no work.", remedy)


def _missing(page: Page) -> Iterator[Fault]:
    called = {call.name for call in page.calls}
    needed = dict(NEEDED[page.source.kind])
    if page.tool and page.tool.form:
        needed["form"] = "What to record"
    if page.source.kind == "session" and any(call.name == "cite" for call in page.calls):
        needed["cited_here"] = "Evidence cited on this page"
    lines = {heading.text: heading.line for heading in headings(page)}
    for name, heading in needed.items():
        told = page.source.kind in ANATOMY and heading and heading not in lines  # that the heading is missing
        if name not in called and not told:
            where = f"under '{heading}'" if heading else "at the top of the page"
            remedy = f"Write {{{{ {name}() }}}} on a line of its own {where}."
            line = lines.get(heading, page.source.body_line)
            yield Fault(f"docs/{page.path}", line, 1, "KB505", f"'{name}' is not called.", remedy)
    drawn: set[str] = set()
    for call in page.calls:
        if call.name in drawn & set(needed):
            message = f"'{call.name}' is called a second time on this page."
            yield Fault(f"docs/{page.path}", call.line, call.column, "KB304", message, "Keep one of the two.")
        drawn.add(call.name)
