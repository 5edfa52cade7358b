"""A built page made ready for paper: its article, without what works on a screen only.

What is left is plain HTML that pandoc reads. Every id begins with the page's own, so that pages can stand in one
file; every link within the site is written ``site:ADDRESS#PLACE``, and whoever sets the page says what becomes of it.
"""

from __future__ import annotations

import base64
import datetime
import html as entities
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin

from lxml import etree, html
from lxml.html import HtmlElement

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.render import dates, research
from knowledge_base.render.citations import sort_key

SITE = "site:"
"""How links within the site begin."""

_KINDS = {"sessions": "Session", "notes": "Notes", "toolkit": "Tool", "research": "Research"}
_HOST = "https://host.invalid/"
# Marks for linking, what opens on hover, what only a screen needs, and what stands in the title block instead.
_LEFT_OUT = {
    "headerlink",
    "kb-added__about",
    "kb-added__label",
    "kb-cite__full",
    "kb-minutes",
    "kb-related",
    "kb-review",
    "kb-route__more",
    "kb-screen",
    "kb-term__full",
    "md-content__button",
    "md-icon",
}
_LEFT_OUT_TAGS = {"button", "dialog", "input", "meter", "nav", "noscript", "script", "select", "style", "template"}
# pandoc keeps classes on a <div> and a <span>, and loses those of a paragraph.
_LABELS = {"admonition-title", "kb-curator__label"}
_QUIET = {"kb-glossary__long", "kb-sessions__when", "kb-sessions__about", "kb-tools__from", "kb-tools__what"}
# A drawing that stands by itself knows no style sheet: these are the site's colours, in its light scheme.
_LOOK = (
    "text{font-family:'Atkinson Hyperlegible',sans-serif}.kb-picture__box{fill:#f4efe4;stroke:#414a46}"
    ".kb-picture__teal{fill:#0b5753}.kb-picture__amber{fill:#6f4300}.kb-picture__hollow{fill:#fff}"
    ".kb-picture__rule{stroke:#b3ab9b}.kb-picture__teal-line{stroke:#0b5753}"
    ".kb-picture__amber-line{stroke:#6f4300}.kb-picture__soft{fill:#414a46}"
)


@dataclass(frozen=True)
class Article:
    """A page, ready for paper.

    Attributes:
        address: below the site's own, with its closing slash: ``sessions/als-3/``.
        kind: Session, Notes, Tool, Research or About.
        title: of the page.
        description: what the reader gets, in one sentence.
        dated: the page's own date, in words: Reviewed 23 November 2026.
        day: the same date.
        added: what is said of a page that is not the report's at all; empty for any other.
        body: its HTML.
    """

    address: str
    kind: str
    title: str
    description: str
    dated: str
    day: datetime.date
    added: str
    body: str

    @property
    def name(self) -> str:
        """How its files are called: ``sessions/als-3``."""
        return self.address.rstrip("/")

    @property
    def mark(self) -> str:
        """The id of the page where many stand in one file."""
        return mark(self.address)


class BrokenPageError(ValueError):
    """A built page from which no handout can be made; its text says why, for a person."""


def mark(address: str, place: str = "") -> str:
    """The id of a page, or of a place on it, where many pages stand in one file."""
    return f"{address.rstrip('/').replace('/', '.')}{f':{place}' if place else ''}"


def read(whole: Catalogue, site: Path, page: Page) -> Article:
    """The article of a built page.

    Args:
        whole: everything that the site knows.
        site: the folder of the built site, with a folder for each page, or a file in the offline edition.
        page: the page.

    Raises:
        BrokenPageError: the page was not built, or has no article or no title.
    """
    address = page.address
    matter = page.source.matter
    files = (f"{address}index.html", f"{address.rstrip('/')}.html")
    file = next((name for name in files if (site / name).is_file()), None)
    if file is None:
        raise BrokenPageError("the page was not built")
    built = (site / file).read_bytes()
    tree = html.document_fromstring(built, parser=html.HTMLParser(encoding="utf-8")) if built.strip() else None
    article = next(tree.iter("article"), None) if tree is not None else None
    if article is None or matter is None:
        raise BrokenPageError("the built page has no article")
    if article.find(".//h1") is None:
        raise BrokenPageError("the built page has no heading of the first level")
    added = " ".join(words for words in (_words(node) for node in _having(article, "kb-added__about")) if words)
    _clean(article)
    _number_places(article, address)
    _send_links(article, file)
    _carry_pictures(article, site, file)
    _settle_citations(article, whole, page)
    notes = page.notes
    day = notes.published if notes else matter.reviewed
    return Article(
        address=address,
        kind=_KINDS.get(address.split("/")[0], "About"),
        title=matter.title,
        description=matter.description,
        dated=f"{'Published' if notes else 'Reviewed'} {dates.day(day)}",
        day=day,
        added=added,
        body=_inside(article),
    )


def _clean(article: HtmlElement) -> None:
    for link in [link for link in article.iter("a") if "kb-term" in _classes(link.getparent())]:
        link.drop_tag()  # a term is a word again: its meaning opened on a screen only
    for node in list(article.iter()):
        comment = not isinstance(node.tag, str)
        if comment or node.tag in _LEFT_OUT_TAGS or _LEFT_OUT & _classes(node) or node.get("hidden") is not None:
            _drop(node)
    for minutes in _having(article, "kb-route__minutes"):
        # A screen sets them apart at the end of the line.
        before = minutes.getprevious()
        said = _words(minutes).replace(" ", "\N{NO-BREAK SPACE}")
        minutes.text = said if before is not None and _words(before).endswith(":") else f"({said})"
    for node in list(article.iter("span", "details", "div", "p", "summary", "small", "svg")):
        classes = _classes(node)
        if node.tag == "svg":
            _as_picture(node)
        elif node.tag == "summary" or classes & _LABELS:
            node.tag = "div"
            node.set("class", "kb-label")
        elif node.tag == "p":
            continue
        elif node.tag == "small" or classes & _QUIET:
            # On a line of its own, as the site shows it.
            node.tag = "span"
            node.set("class", "small")
        elif node.tag in {"span", "details"} or not classes or "kb-page" in classes or node.getparent().tag == "dl":
            node.drop_tag()
    for entries in list(article.iter("ul")):
        if "kb-sources" in _classes(entries):
            _boxed(entries, "kb-sources")
    for heading in article.iter("h2"):
        if _words(heading) == "Downloads":
            heading.text = "Handouts"  # what is left below it says which of 2010-11 are not held
    for title in list(article.iter("h1")):
        _drop(title)
    # Where all below it is left out, a heading goes too.
    for heading in reversed(list(article.iter("h2", "h3"))):
        following = heading.getnext()
        if following is None or (following.tag in {"h2", "h3"} and following.tag <= heading.tag):
            _drop(heading)


def _having(article: HtmlElement, name: str) -> list[HtmlElement]:
    return [node for node in article.iter(etree.Element) if name in _classes(node)]


def _words(node: HtmlElement) -> str:
    return " ".join("".join(node.itertext()).split())


def _classes(node: HtmlElement) -> set[str]:
    return set((node.get("class") or "").split())


def _drop(node: HtmlElement) -> None:
    """Takes a node out, and leaves the text that follows it."""
    if node.getparent() is not None:
        node.drop_tree()


def _as_picture(svg: HtmlElement) -> None:
    """Puts a drawing's source where the drawing stands, with what it shows in words, for whoever sets the page."""
    words = [_words(node) for node in svg.iter("title", "desc")]
    code = html.Element("pre")
    # pandoc keeps the attributes of code, and those of a drawing it loses.
    code.set("class", "kb-svg")
    code.set("data-alt", ". ".join(word.rstrip(".") for word in words if word) + ".")
    for node in list(svg.iter("title", "desc")):
        _drop(node)
    # The parser lowers the names of attributes, and only a browser understands that.
    source = html.tostring(svg, encoding="unicode", with_tail=False).replace(" viewbox=", " viewBox=")
    if "xmlns=" not in source:
        source = source.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    code.text = source.replace(">", f"><style>{_LOOK}</style>", 1).replace("currentColor", "#1d2321")
    code.tail = svg.tail
    svg.getparent().replace(svg, code)


def _number_places(article: HtmlElement, address: str) -> None:
    for node in article.iter():
        if node.get("id"):
            node.set("id", mark(address, node.get("id", "")))
        for key in ("aria-describedby", "data-label", "title"):
            node.attrib.pop(key, None)
    for cell in article.iterfind(".//tfoot//th"):
        cell.attrib.pop("scope", None)  # pandoc makes it a plain cell, which may have none


def _send_links(article: HtmlElement, file: str) -> None:
    for link in list(article.iter("a")):
        href = link.get("href")
        if href is None:
            link.drop_tag()
            continue
        full, place = urldefrag(urljoin(_HOST + file, href))
        if full.startswith(_HOST):
            link.set("href", f"{SITE}{_served(full.removeprefix(_HOST))}#{place}")


def _served(file: str) -> str:
    """Where the served site has a page that is a file of the offline edition: both have the same handouts."""
    if PurePosixPath(file).name == "index.html":
        return file.removesuffix("index.html")
    return f"{file.removesuffix('.html')}/" if file.endswith(".html") else file


def _carry_pictures(article: HtmlElement, site: Path, page: str) -> None:
    """Puts each picture into the page itself, so that its handouts depend on nothing beside it."""
    for picture in article.iter("img"):
        file = urldefrag(urljoin(_HOST + page, picture.get("src") or ""))[0].removeprefix(_HOST)
        try:
            content = (site / unquote(file)).read_bytes()
        except OSError:
            raise BrokenPageError(f"its picture {file} is not there") from None
        kind = mimetypes.guess_type(file)[0] or "image/png"
        picture.set("src", f"data:{kind};base64,{base64.b64encode(content).decode()}")
        picture.attrib.pop("width", None)
        picture.attrib.pop("height", None)


def _settle_citations(article: HtmlElement, whole: Catalogue, page: Page) -> None:
    """Citations are text, and what they refer to stands in full at the end."""
    bibliography = f"{SITE}research/references/#"
    lists = _having(article, "kb-cited")
    for entries in lists:
        for link in list(entries.iter("a")):
            if link.get("href", "").startswith(bibliography):
                _drop(link)
    cites = False
    for link in list(article.iter("a")):
        if link.get("href", "").startswith(bibliography) and link.get("href") != bibliography:
            cites = True
            link.drop_tag()
    if lists:
        for entries in lists:
            _as_references(entries)
    elif cites and page.source.kind in {"session", "notes", "tool"}:
        drawn = research.drawn_references(whole)
        known = [whole.references[work] for work in whole.works_on(page) if work in whole.references]
        entries = "".join(f"<li>{drawn[work.id].entry}</li>" for work in sorted(known, key=sort_key))
        added = html.fragment_fromstring(f'<div class="kb-cited"><h2>References</h2><ul>{entries}</ul></div>')
        article.append(added)


def _as_references(entries: HtmlElement) -> None:
    """Marks a list of works, with its heading where nothing else stands below that."""
    before, after = entries.getprevious(), entries.getnext()
    box = _boxed(entries, "kb-cited")
    if before is not None and before.tag == "h2" and (after is None or after.tag == "h2"):
        box.insert(0, before)


def _boxed(node: HtmlElement, name: str) -> HtmlElement:
    """Puts a node into a box: pandoc loses the class of a list, and keeps that of a <div>."""
    box = html.Element("div")
    box.set("class", name)
    node.addprevious(box)
    box.tail, node.tail = node.tail, None
    box.append(node)
    return box


def _inside(article: HtmlElement) -> str:
    return "".join([entities.escape(article.text or "", quote=False), *_written(article)]).strip()


def _written(article: HtmlElement) -> Iterator[str]:
    for node in article:
        yield html.tostring(node, encoding="unicode")
