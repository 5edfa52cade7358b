"""Links and what pages load, as the library's own last net judges them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.finding import Finding
from knowledge_base.publish import inspect


def look(site: Path, mount: str) -> Iterator[Finding]:
    """What would not be published: links that lead nowhere, what is fetched from elsewhere, macros left over."""
    for finding in inspect.inspect(site, mount):
        yield Finding("link or file", finding.message, "", finding.path.removesuffix("index.html"))
