"""Links between pages: the page, the heading and the file must exist, and the address must work on every host."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check import calls
from knowledge_base.check.outline import Link, Outline, outline
from knowledge_base.faults import Fault, did_you_mean, nearest, one_of

_SCHEMES = {"http", "https", "mailto", "tel"}


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every link that leads nowhere. Pages whose macros have a fault are not converted, and are judged later."""
    broken = {fault.path for fault in catalogue.faults if fault.code.startswith("KB3")}
    outlines: dict[str, Outline] = {}
    for page in catalogue.pages.values():
        if f"docs/{page.path}" not in broken and _can_be_drawn(catalogue, page):
            outlines[page.path] = outline(catalogue, page)
    for path, found in outlines.items():
        for link in found.links:
            fault = _fault(catalogue, outlines, catalogue.pages[path], link)
            if fault is not None:
                yield Fault(f"docs/{path}", link.line, link.column, *fault)


def _can_be_drawn(catalogue: Catalogue, page: Page) -> bool:
    return page.source.matter is not None and not any(calls.check_page(catalogue, page))


def _fault(catalogue: Catalogue, outlines: dict[str, Outline], page: Page, link: Link) -> tuple[str, str, str] | None:
    address = link.address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return "KB401", f"'{address}' is no address.", "Copy it again."
    if parts.scheme or parts.netloc:
        if parts.scheme.lower() in _SCHEMES and (parts.netloc or parts.scheme in {"mailto", "tel"}):
            return None
        return (
            "KB403",
            f"'{address}' is not an address that a page may link to.",
            "Write it out, with https://.",
        )
    if address.startswith("/"):
        remedy = f"Write it from this page: {_suggest(catalogue, page, address)}"
        return "KB403", f"'{address}' works at one address of the site only.", remedy
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
    if link.raw and path:
        remedy = (
            f"Write it as Markdown: [text]({path})." if link.tag == "a" else f"Write it as Markdown: ![text]({path})."
        )
        return "KB403", "A link or picture written as HTML is not checked or adapted.", remedy
    if target not in catalogue.pages:
        if path and (catalogue.root / "docs" / target).is_file():
            return None
        return "KB401", f"'{address}' leads to no page or file.", _suggest(catalogue, page, address)
    known = outlines.get(target)
    anchor = unquote(parts.fragment)
    # A mark that a script reads (#missed=als-3) is no heading.
    if not anchor or known is None or anchor in known.ids or "=" in anchor:
        return None
    here = "this page" if target == page.path else f"'docs/{target}'"
    return "KB402", f"There is no heading or entry '#{anchor}' on {here}.", did_you_mean(anchor, known.ids)


def _suggest(catalogue: Catalogue, page: Page, address: str) -> str:
    """The pages that an address probably means, as this page would link to them."""
    folder = posixpath.dirname(page.path) or "."
    path = unquote(urlsplit(address).path).strip("/")
    stem = re.sub(r"\.(md|html?)$", "", posixpath.basename(path) or path)
    by_link = {posixpath.relpath(other, folder): other for other in catalogue.pages}
    same_name = [link for link in by_link if posixpath.basename(link) == f"{stem}.md"]
    same_folder = [link for link, other in by_link.items() if other == f"{path.removeprefix('../')}/index.md"]
    found = same_name or same_folder or nearest(path if path.endswith(".md") else f"{path}.md", by_link)
    if not found:
        names = {posixpath.basename(link): link for link in by_link}
        found = [names[name] for name in nearest(f"{stem}.md", names)]
    return f"Did you mean {one_of(found[:3])}?" if found else "Link to a page by its file in docs/, ending in .md."
