"""The words of links: read on their own, as a screen reader lists them, they say where they lead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check.outline import source, tree, written
from knowledge_base.faults import Fault

_SAYS_NOTHING = set(
    "here|click|click here|click this link|this|this link|this page|link|the link|page|website|read more|more"
    "|see here|see this|see more|learn more|find out more|more information|more info|details|download|go|url"
    "|document|file".split("|")
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every link without words, or whose words would do for any other link."""
    for page in catalogue.pages.values():
        if "](" not in page.source.body and "][" not in page.source.body and "<a" not in page.source.body.lower():
            continue
        converted = written(catalogue, page)
        for link in tree(converted).iter("a") if converted.strip() else ():
            if "footnote" in (link.get("class") or "") or "headerlink" in (link.get("class") or ""):
                continue
            # A place to link to is no link.
            if link.get("href") is None:
                continue
            said = " ".join(
                [str(link.xpath("string()")), *(str(picture.get("alt") or "") for picture in link.iter("img"))]
            )
            what = _wrong(" ".join(said.split()), str(link.get("href")), page)
            if what:
                yield Fault(f"docs/{page.path}", *_place(page, said, str(link.get("href"))), "KB409", *what)


def _wrong(said: str, address: str, page: Page) -> tuple[str, str] | None:
    if not said:
        return "This link has no words.", "Write in its square brackets where it leads."
    if said.casefold().strip(" .…:!»›>→") in _SAYS_NOTHING:
        return f"'{said}' does not say where the link leads.", "Use the name of what it leads to."
    # In pointed brackets an address is meant to be seen, and copied from paper.
    if _ADDRESS.fullmatch(said) and f"<{address}>" not in html.unescape(page.source.body):
        return "The words of this link are an address.", "Write the name of the page or document that it leads to."
    return None


def _place(page: Page, said: str, address: str) -> tuple[int, int]:
    """Where the link stands: of several with one address, the one with these words."""
    where = source(page)
    words = re.escape(said.strip()).replace("\\ ", r"\s+")
    hit = re.search(rf"\[[\s*_`]*{words}[\s*_`]*\][(\[]|<a\b[^<>]*>\s*{words}\s*<", where.text)
    if hit:
        return where.place(hit.start())
    return where.find(re.escape(address))[0]
