"""What search should know of a page besides its words: its summary, and what people type who look for it.

Search engines take words and fields; which words those are is decided here, for whatever engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, cast

from knowledge_base import model
from knowledge_base.catalogue import Catalogue, Page


def keywords(catalogue: Catalogue, page: Page) -> list[str]:
    """The keywords of a page: each id of a list of synonyms gives its words, and any other word itself."""
    matter = page.source.matter
    lists = cast(Mapping[str, model.Synonym], catalogue.collection("synonyms"))
    found: dict[str, None] = {}
    for word in matter.search.keywords if matter and matter.search else []:
        found |= dict.fromkeys(lists[word].words if word in lists else [word])
    return list(found)


def weigh(index: dict[str, Any], pages: Mapping[str, Page], catalogue: Catalogue) -> None:
    """Gives each page of a search index its summary and its keywords, in fields of their own.

    A page is one entry, and each of its sections another. Only the page gets them, so that its sections do not come
    up for a word that none of them holds. Its text begins with the summary, which is what the list of results shows.

    Args:
        index: the index: ``docs`` is the list of entries, each with ``location``, ``title`` and ``text``.
        pages: by their address as the index has it: ``sessions/als-3/``.
        catalogue: where the lists of synonyms are.
    """
    for entry in index["docs"]:
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
