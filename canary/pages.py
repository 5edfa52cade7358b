"""A built page as a reader has it, whichever engine made it: its title, order, headings, links and text.

What engines write in different ways without a reader's noticing is made alike. Each time the reason is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Any
from urllib.parse import urlsplit

from lxml import html


def of_class(name: str) -> str:
    """Every element of a class below another, as XPath."""
    return f"descendant::*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


# What themes themselves put into an article, each in its own way: signs that link to a heading, a button to edit the
# page, the place to which one skips.
_OF_THE_THEME = f"{of_class('headerlink')} | {of_class('md-content__button')} | descendant::a[@id='__skip']"
# Tags inside a line; every other begins a new one.
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd label mark meter q s samp small span strong sub sup "
    "svg time u var wbr".split()
)
_NO_TEXT = frozenset({"script", "style", "svg", "template"})


@dataclass(frozen=True)
class Part:
    """A part of an article.

    Attributes:
        drop: its elements, as XPath from the article.
        unwrap: elements of which the tags belong to it, and the text does not.
    """

    drop: str
    unwrap: str = ""


@dataclass
class Page:
    """A page as a reader has it.

    Attributes:
        title: as browsers show it.
        description: as search engines show it.
        order: the pages before and after it, seen from the site's root.
        headings: level, id and text.
        links: where links lead and what the article loads, seen from the site's root: ``sessions/als-1/#agreed``.
        text: line by line.
    """

    title: str
    description: str
    order: list[str]
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class Built:
    """A page as an engine built it.

    Args:
        source: its HTML.
        address: below the site's own: ``sessions/als-1/``.
    """

    def __init__(self, source: str, address: str) -> None:
        # What XPath answers may be of any type, as lxml declares it.
        self._tree: Any = html.document_fromstring(source)
        self._address = address
        found: Any = self._tree.xpath("//article")
        self._article: Any = found[0] if found else html.Element("article")
        self.take_out(Part(_OF_THE_THEME))

    def has(self, part: Part) -> bool:
        """Whether anything of a part stands on it."""
        return any(self._nodes(path) for path in (part.drop, part.unwrap))

    def take_out(self, part: Part) -> None:
        """Takes a part out."""
        for node in self._nodes(part.drop):
            node.drop_tree()
        for node in self._nodes(part.unwrap):
            node.drop_tag()

    def _nodes(self, path: str) -> list[html.HtmlElement]:
        return list(self._article.xpath(path)) if path else []

    def as_read(self) -> Page:
        """As a reader has it, with what was taken out gone."""
        order = self._tree.xpath("//link[@rel='prev' or @rel='next']/@href")
        page = Page(
            title=_line("".join(self._tree.xpath("//title/text()"))),
            description=_line("".join(self._tree.xpath("//meta[@name='description']/@content"))),
            order=[target(link, self._address) for link in order],
            text=_lines(self._article),
        )
        for node in self._article.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            page.headings.append(f"{node.tag} #{node.get('id', '')} {_line(node.text_content())}")
        for node in self._article.iter("a", "img", "script"):
            link = node.get("href") or node.get("src")
            if link is not None:
                page.links.append(target(link, self._address))
        return page


def target(link: str, address: str) -> str:
    """Where a link of a page leads, seen from the site's root; one that leaves the site, as it is.

    Engines write "./", "." and nothing for the same place, and go up and down again by more or fewer steps.
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return link
    path = address
    if parts.path:
        # A link from the root stands on the page for wrong addresses; it is one of this site all the same.
        joined = (
            parts.path.lstrip("/") if parts.path.startswith("/") else f"{address.rpartition('/')[0]}/{parts.path}"
        )
        path = normpath(joined.lstrip("/") or ".")
        path = "" if path == "." else f"{path}/" if joined.endswith(("/", "/.", "/..")) else path
    mark = f"#{parts.fragment}" if parts.fragment else ""
    return f"{path}{mark}"


def _lines(article: html.HtmlElement) -> list[str]:
    """The text as it is read, a line for each block; spaces and ends of lines are one to a browser."""
    pieces: list[str] = []

    def walk(node: html.HtmlElement) -> None:
        end = "" if node.tag in _INLINE else "\n"
        pieces.append(end)
        if isinstance(node.tag, str) and node.tag not in _NO_TEXT:
            pieces.append(_spaced(node.text))
            for child in node:
                walk(child)
                pieces.append(_spaced(child.tail))
        pieces.append(end)

    walk(article)
    return [line for piece in "".join(pieces).split("\n") if (line := _line(piece))]


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _line(text: str) -> str:
    return _spaced(text).strip()
