"""The built site as a reader meets it: pages by address, their words, sections, links and citations."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from lxml import html
from lxml.html import HtmlElement

from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import handouts, inspect

ROOT = Path(__file__).resolve().parents[1]

# Shown on hover only, or a mark for linking: not part of what a page says.
_ASIDE = {"kb-cite__full", "kb-term__full", "headerlink"}
_HOST = "https://host.invalid/"

RELATED = "Related pages"
"""The heading under which a page ends."""


@dataclass(frozen=True, eq=False)
class BuiltPage:
    """A page of the built site.

    Attributes:
        address: below the site's own, with its closing slash: ``sessions/als-3/``; empty for the home page.
        file: where it was built.
        tree: the whole of it.
    """

    address: str
    file: Path
    tree: HtmlElement = field(repr=False)

    @functools.cached_property
    def article(self) -> HtmlElement:
        """What is the page's own: neither menus nor footer."""
        return next(self.tree.iter("article"))

    @functools.cached_property
    def text(self) -> str:
        """What the page says."""
        return words(self.article)

    @functools.cached_property
    def headings(self) -> list[str]:
        """Its headings of the second level, without that of the end, which is the same for all pages."""
        found = [words(node) for node in self.article.iter("h2")]
        return found[:-1] if found and found[-1] == RELATED else found

    def section(self, heading: str) -> list[HtmlElement]:
        """What stands below a heading of the second level."""
        start = next(node for node in self.article.iter("h2") if words(node) == heading)
        found: list[HtmlElement] = []
        for node in start.itersiblings():
            if node.tag == "h2":
                break
            found.append(node)
        return found

    def says(self, heading: str) -> str:
        """The words below a heading of the second level."""
        return " ".join(words(node) for node in self.section(heading))

    def blocks(self) -> Iterator[str]:
        """The page's paragraphs, list items and table rows, each as its words."""
        for node in self.article.iter("p", "li", "tr", "dt", "dd", "caption", "h1", "h2", "h3", "h4"):
            if node.tag == "tr" or not any(parent.tag == "tr" for parent in node.iterancestors()):
                yield words(node)

    def cells(self, table: HtmlElement) -> list[list[str]]:
        """The rows of a table's body, each as the words of its cells."""
        return [[words(cell) for cell in row] for row in table.findall("tbody/tr")]

    def leads_to(self, href: str) -> tuple[str, str]:
        """Where a link leads: the address of a page, as above, and a place on it; other sites in full."""
        address, anchor = urldefrag(urljoin(_HOST + self.address, href))
        return address.removeprefix(_HOST), anchor

    def links(self, node: HtmlElement) -> list[str]:
        """The addresses to which the links inside a node lead; any term may lead to the glossary besides."""
        links = [link for link in node.iter("a") if link.get("href") and link.getparent().get("class") != "kb-term"]
        return [self.leads_to(link.get("href", ""))[0] for link in links]

    def citations(self) -> list[HtmlElement]:
        """The links of its citations."""
        return [link for link in self.article.iter("a") if link.getparent().get("class") == "kb-cite"]

    def cited(self) -> set[str]:
        """The ids of the works that it cites."""
        return {self.leads_to(link.get("href", ""))[1] for link in self.citations()}


@dataclass(frozen=True, eq=False)
class Built:
    """The built site.

    Attributes:
        folder: where it was built.
        pages: by address.
    """

    folder: Path
    pages: dict[str, BuiltPage] = field(repr=False)

    def __getitem__(self, address: str) -> BuiltPage:
        return self.pages[address]

    def __iter__(self) -> Iterator[BuiltPage]:
        return iter(self.pages.values())

    def under(self, folder: str) -> list[BuiltPage]:
        """The pages below an address, without the one that stands there."""
        return [page for page in self if page.address.startswith(folder) and page.address != folder]


def read(folder: Path) -> Built:
    """Reads every page of a built site; the page for a wrong address is none of them."""
    pages = {}
    for file in sorted(folder.rglob("index.html")):
        address = file.relative_to(folder).as_posix().removesuffix("index.html")
        tree = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        for example in tree.find_class("kb-example"):
            example.drop_tree()  # the guide shows what other pages say
        pages[address] = BuiltPage(address, file, tree)
    return Built(folder, pages)


def stand_in(folder: Path, whole: Catalogue) -> None:
    """Puts an empty file in the place of every handout: making all of them takes longer than all other tests."""
    for path in handouts.paths(whole):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def stand_in_for_index(_: Catalogue, folder: Path) -> list[str]:
    """Puts an empty file in the place of the index to search, where a site has no pages to look in."""
    (folder / inspect.SEARCH[0]).parent.mkdir(exist_ok=True)
    (folder / inspect.SEARCH[0]).touch()
    return []


def words(node: HtmlElement) -> str:
    """What a node says, on one line, without what shows on hover only."""
    return " ".join("".join(_parts(node)).split())


def having(node: HtmlElement, name: str) -> list[HtmlElement]:
    """The nodes inside a node that have a class."""
    return [found for found in node.iter() if name in (found.get("class") or "").split()]


def _parts(node: HtmlElement) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str) and not _ASIDE & set((child.get("class") or "").split()):
            yield from _parts(child)
        yield child.tail or ""
