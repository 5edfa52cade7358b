"""What search should know of a page besides its words: its summary, and what people type who look for it.

Search engines take words and fields; which words those are is decided here, for whatever engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, cast

from knowledge_base import coverage, model
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.render.tools import USES

_KINDS = {
    "sessions": "Session",
    "notes": "Notes",
    "toolkit": "Tool",
    "research": "Research",
    "about": "About the site",
}
# Who looks for a session or a tool has no use for how its page is written, or for what each fault means. The pages
# that lead to these stay where they are: "how do I add notes" is to find them.
_FOR_EDITORS = re.compile(r"about/((contribute|host)/\w|(checklist|faults|engine|review-dates)/)")


def keywords(catalogue: Catalogue, page: Page) -> list[str]:
    """The keywords of a page: each id of a list of synonyms gives its words, and any other word itself."""
    matter = page.source.matter
    lists = cast(Mapping[str, model.Synonym], catalogue.collection("synonyms"))
    found: dict[str, None] = {}
    for word in matter.search.keywords if matter and matter.search else []:
        found |= dict.fromkeys(lists[word].words if word in lists else [word])
    return list(found)


def facets(catalogue: Catalogue) -> dict[str, dict[str, list[str]]]:
    """By the address of each page, what readers can narrow a search by: kind of page, session, and for whom it is.

    A tool has to do with the sessions that `coverage` finds for it, and notes are for whom their session was.
    """
    sessions: dict[str, list[Page]] = {}
    by_id: dict[str, Page] = {}
    for row in coverage.cover(catalogue).rows:
        by_id[row.page.path.rpartition("/")[2].removesuffix(".md")] = row.page
        for path in (row.page.path, *row.tools):
            sessions.setdefault(path, []).append(row.page)
    for page in catalogue.notes:
        if page.notes and page.notes.session in by_id:
            sessions[page.path] = [by_id[page.notes.session]]
    found = {}
    for path, page in catalogue.pages.items():
        kind = _KINDS.get(path.split("/")[0])
        found[page.address] = {
            "kind": [kind] if kind else [],
            "session": [session.title.split(":")[0] for session in sessions.get(path, [])],
            "audience": _audience(page, sessions.get(path, [])),
        }
    return found


def _audience(page: Page, sessions: list[Page]) -> list[str]:
    if page.tool:
        return [USES[page.tool.use]] if page.tool.use else []
    kinds = {session.session.kind for session in sessions if session.session}
    return [USES["mentoring" if kind == "mentors" else "set"] for kind in sorted(kinds)]


def weigh(entries: Iterable[dict[str, Any]], pages: Mapping[str, Page], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Gives each page of a search index its summary and its keywords, in fields of their own; withdrawn ones go.

    A page is one entry, and each of its sections another. Only the page gets them, so that its sections do not come
    up for a word that none of them holds. Its text begins with the summary, which is what the list of results shows.
    Pages for editors, and their sections, are told to stand behind: by ``boost``, as the theme's engine calls it.

    Args:
        entries: of the index, each with ``location``, ``title`` and ``text``; changed as they stand.
        pages: by their address as the index has it: ``sessions/als-3/``.
        catalogue: where the lists of synonyms are.

    Returns:
        The entries that stay.
    """
    withdrawn = {at for at, page in pages.items() if isinstance(page.source.matter, model.WithdrawnMatter)}
    kept = [entry for entry in entries if entry["location"].partition("#")[0] not in withdrawn]
    for entry in kept:
        if _FOR_EDITORS.match(entry["location"]):
            entry["boost"] = 0.5
        page = pages.get(entry["location"])
        if page is None or page.source.matter is None:
            continue
        summary = page.source.matter.description
        entry["summary"] = summary
        entry["text"] = f"<p>{escape(summary, quote=False)}</p> {entry['text']}"
        # Engines look at words and not at phrases: each is needed once.
        words = re.split(r"\s+", " ".join(keywords(catalogue, page)))
        if any(words):
            entry["keywords"] = " ".join(dict.fromkeys(words))
    return kept
