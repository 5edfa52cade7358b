"""Which page is looked at in which mode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from audit.site import WRONG


@dataclass(frozen=True)
class Mode:
    """A way to look at a page.

    Attributes:
        name: as the report has it.
        width: of the window, in CSS pixels.
        height: of the window.
        scale: how many dots of the screen make a CSS pixel; 4 in a window of 320 is a zoom of 400 % in one of 1280.
        colours: the scheme that the reader prefers.
        forced: the reader's own colours, in place of the page's.
        motion: what the reader prefers.
        media: screen or paper.
        scripts: whether the page's scripts run.
    """

    name: str
    width: int
    height: int
    scale: int = 1
    colours: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    motion: Literal["reduce", "no-preference"] = "no-preference"
    media: Literal["print", "screen"] = "screen"
    scripts: bool = True


DESK = Mode("light, 1280 px", 1280, 900)
PHONE = Mode("dark, 390 px", 390, 844, colours="dark")
EVERY_PAGE = (DESK, PHONE)
ONE_OF_A_KIND = (
    Mode("768 px", 768, 1024),
    Mode("zoom of 400 %", 320, 256, scale=4),
    Mode("forced colours", 1280, 900, forced="active"),
    Mode("reduced motion", 1280, 900, motion="reduce"),
    Mode("print", 794, 1123, media="print"),
    Mode("no scripts", 1280, 900, scripts=False),
)

KINDS = {
    "home": "",
    "session": "sessions/als-3/",
    "notes": "notes/2010-11/als-5/",
    "catch-up": "catch-up/",
    "references": "research/references/",
    "tool": "toolkit/story-circle/",
    "councils": "research/councils/",
    "glossary": "research/glossary/",
    "wrong address": WRONG,
}
"""One page of each kind, by address."""


@dataclass(frozen=True)
class Visit:
    """A page, looked at in a mode."""

    page: str
    mode: Mode


def plan(pages: Iterable[str], *, quick: bool = False) -> list[Visit]:
    """Every page in two modes and one page of each kind in the others; if quick, one of each kind in the two."""
    kinds = KINDS.values()
    every = [Visit(page, mode) for mode in EVERY_PAGE for page in pages if page in kinds or not quick]
    return every if quick else every + [Visit(page, mode) for mode in ONE_OF_A_KIND for page in kinds]
