"""What a first visit may cost: requests, and bytes as they travel, compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.finding import Finding
from audit.plan import KINDS

LIMITS = {
    "home": (94_000, 10),
    "session": (96_000, 10),
    "notes": (93_000, 10),
    "catch-up": (98_000, 11),
    "references": (117_000, 11),
    "tool": (95_000, 10),
    "councils": (96_000, 10),
    "glossary": (96_000, 10),
    "wrong address": (91_000, 10),
}
"""For each kind of page: bytes, and requests. A little above what it costs today."""

_COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}


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
    file = site / unquote(urlsplit(address).path.removeprefix(urlsplit(base).path))
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return 0
    content = file.read_bytes()
    return len(gzip.compress(content)) if file.suffix in _COMPRESSED else len(content)


def look(weights: dict[str, Weight]) -> Iterator[Finding]:
    """The kinds of page that cost more than they may."""
    for kind, weight in weights.items():
        size, requests = LIMITS[kind]
        if weight.size > size or weight.requests > requests:
            message = f"A first visit ({kind}) may cost {size:,} bytes and {requests} requests."
            said = f"It costs {weight.size:,} bytes and {weight.requests} requests."
            yield Finding("budget", message, "", KINDS[kind], source=said)
