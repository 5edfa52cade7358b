"""What a first visit may cost: requests, and bytes as they travel, compressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.finding import Finding
from audit.plan import KINDS

LIMIT = 65_000
"""Bytes that a first visit may cost."""
REQUESTS = 10
"""Files that it may ask for."""
LARGER = {"references": 75_000}
"""What may cost more: this page is the list of all works, and a fifth of its bytes are what each is cited for."""


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
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.is_file() else file).stat().st_size


def limit(kind: str) -> int:
    """The bytes that a first visit to a kind of page may cost."""
    return LARGER.get(kind, LIMIT)


def look(weights: dict[str, Weight]) -> Iterator[Finding]:
    """The kinds of page that cost more than they may."""
    for kind, weight in weights.items():
        size, requests = limit(kind), REQUESTS
        if weight.size > size or weight.requests > requests:
            message = f"A first visit ({kind}) may cost {size:,} bytes and {requests} requests."
            said = f"It costs {weight.size:,} bytes and {weight.requests} requests."
            yield Finding("budget", message, "", KINDS[kind], source=said)
