"""The files beside the pages that other programs read: what is published where, and what makes it.

Each family is a module beside this one, with a function that answers its files by their published path. Nothing here
needs the built pages, so that a preview makes a file when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import calendars, coverage, data, feed, logo, references

Make = Callable[[], bytes]


def files(whole: Catalogue, address: str) -> dict[str, Make]:
    """What makes each file, by its path in the site.

    Args:
        whole: everything that the site knows.
        address: at which the site will be served, with its closing slash; empty where the host has not said.
    """
    return {
        **references.files(whole),
        **data.files(whole),
        **coverage.files(whole),
        **feed.files(whole, address),
        **calendars.files(whole, address),
        **logo.files(whole),
    }


def write(whole: Catalogue, site: Path, address: str) -> None:
    """Writes every file into a built site."""
    for path, make in files(whole, address).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make())
