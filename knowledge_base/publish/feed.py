"""The feed of the notes that were published last, RSS 2.0."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.downloads import MOST_NOTES
from knowledge_base.render.notes import FEED

if TYPE_CHECKING:
    from knowledge_base.publish.exports import Make

PREVIEW = "http://127.0.0.1:8000/"
"""Where the feed leads while the host has not said its address: to the preview's own."""


def files(whole: Catalogue, address: str) -> dict[str, Make]:
    """What makes the feed, by its path in the site."""
    return {FEED: lambda: feed(whole, address)}


def feed(whole: Catalogue, address: str) -> bytes:
    """The feed: the notes that were published last come first.

    Args:
        whole: everything that the site knows.
        address: at which the site will be served, with its closing slash; empty where the host has not said.
    """
    address = address or PREVIEW
    programme, council = whole.programme, whole.local.council
    made = FeedGenerator()
    made.title(" – ".join(name for name in ("Notes", programme.title if programme else None, council) if name))
    made.description("New notes of meetings: what each raised and agreed.")
    made.language("en-gb")
    # In this order: feedgen takes the last link for the site's own.
    made.link(href=f"{address}{FEED}", rel="self", type="application/rss+xml")
    made.link(href=address, rel="alternate")
    made.generator("APIR knowledge base")
    newest = whole.newest_notes[:MOST_NOTES]
    days = [page.notes.published for page in newest if page.notes]
    # Without a day of its own feedgen writes the day of the build.
    made.lastBuildDate(_at_midnight(max(days)) if days else datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))
    for page in newest:
        _add(made, page, address)
    return bytes(made.rss_str(pretty=True))


def _add(made: FeedGenerator, page: Page, address: str) -> None:
    notes = page.notes
    assert notes is not None
    entry = made.add_entry(order="append")
    entry.title(notes.title)
    entry.description(notes.description)
    entry.link(href=f"{address}{page.address}")
    # By its path and not by its address: a reader's program shows nothing twice when the site moves.
    entry.guid(f"apir-knowledge-base:{page.address}", permalink=False)
    entry.pubDate(_at_midnight(notes.published))


def _at_midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)
