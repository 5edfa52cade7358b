"""What a first visit may cost, and the next page: requests, and bytes as they travel, compressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.finding import Finding

LIMIT = 65_000
"""Bytes that a first visit may cost."""
REQUESTS = 10
"""Files that it may ask for."""
NEXT = 8_000
"""Bytes that the next page may cost: its HTML, since a browser keeps the style sheet and the scripts."""
LONGER = {
    "research/references/": 19_500,
    # Drawn from the library: every macro with an example, every key, every rule.
    "about/contribute/macros/": 12_700,
    "about/contribute/fields/": 9_700,
    "about/faults/": 9_300,
    # Sessions and a workshop, each with all that was covered or is said and all that it draws on: one handout each.
    "sessions/launch/": 10_800,
    "sessions/als-5/": 8_400,
    "sessions/mentors-1/": 8_400,
    "toolkit/reflective-practice-workshop/": 9_400,
    # The whole project on one page, with its pictures.
    "about/": 10_000,
}
"""The pages that may cost more as a next page, since their own words do."""


@dataclass(frozen=True)
class Weight:
    """What a first visit to a page costs."""

    size: int
    requests: int


def weigh(requested: Iterable[str], base: str, site: Path) -> Weight:
    """What a browser that has nothing yet fetches for a page.

    Args:
        requested: the addresses that it asked for.
        base: the address of the site.
        site: its folder.
    """
    addresses = list(requested)
    return Weight(sum(_size(address, base, site) for address in addresses), len(addresses))


def _size(address: str, base: str, site: Path) -> int:
    return _sent(site / unquote(urlsplit(address).path.removeprefix(urlsplit(base).path)))


def _sent(file: Path) -> int:
    """The bytes of a file, or of a folder's page, as they travel."""
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return 0
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.is_file() else file).stat().st_size


def look(weights: dict[str, Weight]) -> Iterator[Finding]:
    """The pages whose first visit costs more than it may."""
    for page, weight in weights.items():
        if weight.size > LIMIT or weight.requests > REQUESTS:
            message = f"A first visit may cost {LIMIT:,} bytes and {REQUESTS} requests."
            said = f"It costs {weight.size:,} bytes and {weight.requests} requests."
            yield Finding("budget", message, "", page, source=said)


def look_on(site: Path) -> Iterator[Finding]:
    """The pages that cost more than they may to a reader who comes from another.

    Args:
        site: the folder of the site, with its compressed files.
    """
    for file in sorted(site.rglob("*.html")):
        page = file.relative_to(site).as_posix().removesuffix("index.html")
        size, most = _sent(file), LONGER.get(page, NEXT)
        if size > most:
            said = f"It costs {size:,} bytes."
            yield Finding("budget", f"A next page may cost {most:,} bytes.", "", page, source=said)
