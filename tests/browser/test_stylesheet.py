"""The published style sheet, which lacks what no page can match, draws each kind of page as the whole one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from audit.plan import KINDS
from audit.site import served as served_at

WAYS = {
    "wide": ({}, "screen"),
    "phone in the dark": ({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, "screen"),
    "paper": ({"viewport": {"width": 794, "height": 1123}}, "print"),
}


@pytest.fixture(scope="module")
def both(site: Path, served: Path) -> Iterator[tuple[str, str]]:
    """Where the site with the whole style sheet is served, and where the published one is."""
    with served_at(site, "/") as whole, served_at(served, "/") as published:
        yield whole, published


def picture(page: Page, address: str) -> bytes:
    page.goto(address)
    # What the box says while the search is not ready yet depends on the moment.
    return page.screenshot(full_page=True, mask=[page.locator(".md-search")])


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_page_looks_the_same(
    both: tuple[str, str], context: Callable[..., BrowserContext], kind: str, way: str
) -> None:
    options, media = WAYS[way]
    page = context(reduced_motion="reduce", **options).new_page()
    page.emulate_media(media=media)
    whole, published = (picture(page, address + KINDS[kind]) for address in both)
    assert whole == published
