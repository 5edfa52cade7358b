"""Tools: their facts strip, their forms, and the list of all of them."""

from __future__ import annotations

from typing import cast

from knowledge_base import downloads
from knowledge_base.catalogue import Page
from knowledge_base.faults import AuthorError
from knowledge_base.model import FormField, Recommendation, ToolMatter
from knowledge_base.render import dates
from knowledge_base.render.text import Desk

USES = {
    "supervision": "In supervision",
    "team": "With your team",
    "set": "In an action learning set",
    "mentoring": "For mentors",
    "agencies": "With other agencies",
    "council": "For the council",
    None: "More tools",
}
"""What tools are used for, in the order of the toolkit."""

RECOMMENDATIONS = "research/recommendations.md"


def toolkit(desk: Desk) -> str:
    """Every tool, under what it is used for."""
    found: dict[str | None, list[tuple[Page, ToolMatter]]] = {}
    for page in desk.catalogue.pages.values():
        if page.tool:
            found.setdefault(page.tool.use, []).append((page, page.tool))
    groups = []
    for use, title in USES.items():
        # The report's own first.
        entries = sorted(found.get(use, []), key=lambda entry: (entry[1].added, entry[1].title.casefold()))
        if entries:
            groups.append((title, [(page.path, tool, _length(tool)) for page, tool in entries]))
    return desk.draw("toolkit.html", groups=groups)


def facts(desk: Desk) -> str:
    """The facts strip of the tool that the page is."""
    tool = _tool(desk)
    return desk.draw("tool_facts.html", tool=tool, length=_length(tool), files=downloads.of_page(desk.page))


def form(desk: Desk) -> str:
    """What is filled in with the tool that the page is.

    Raises:
        AuthorError: it has no form.
    """
    tool = _tool(desk)
    if not tool.form:
        raise AuthorError("This tool has no form.", "Add 'form:' to its front matter.")
    parts = [(part, [(field, _recommendation(desk, field)) for field in part.fields]) for part in tool.form]
    # By its address below the site's own: what a reader keeps is found again wherever the site is served.
    name = desk.page.path.removesuffix(".md")
    on_screen = any(not part.paper for part in tool.form)
    return desk.draw("form.html", parts=parts, name=name, on_screen=on_screen, recommendations=RECOMMENDATIONS)


def kept(desk: Desk) -> str:
    """The list of forms that the reader's browser keeps, made by a script; without one there is nothing to list."""
    return desk.draw("kept.html")


def _recommendation(desk: Desk, field: FormField) -> Recommendation | None:
    """The recommendation from which a field follows; None too where the check tells that there is none."""
    if field.recommendation is None:
        return None
    found = desk.catalogue.collection("recommendations").get(field.recommendation)
    return cast(Recommendation | None, found)


def _length(tool: ToolMatter) -> str | None:
    return dates.minutes(tool.minutes) if tool.minutes else None


def _tool(desk: Desk) -> ToolMatter:
    tool = desk.page.tool
    if tool is None:
        raise AuthorError("This page is no tool.", "Call this macro on a page in docs/toolkit/ only.")
    return tool
