"""A page as Markdown will make it: the ids it has and the links it holds, with their lines in the source.

Pages are converted by Python-Markdown with the extensions that ``mkdocs.yml`` lists, so that what is judged is what
will stand on the site. A word stands in place of each macro call, which leaves what an author wrote; what the calls
draw is added to it. Conversions are kept in ``.cache/`` by a digest, since they take most of a check.
"""

from __future__ import annotations

import functools
import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import markdown
import yaml
from lxml import etree
from lxml import html as lxml_html

from knowledge_base import strict_yaml
from knowledge_base.calls import JINJA
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check import memory
from knowledge_base.faults import Fault
from knowledge_base.render import drawing

_CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n]*\n.*?^\1 *$|(?<!`)(`+)(?!`)[^\n]+?(?<!`)\2(?!`)|<!--.*?-->", re.DOTALL | re.MULTILINE
)
CONFIG = "mkdocs.yml"
_ATTRIBUTES = {"a": "href", "img": "src", "source": "src", "video": "src", "audio": "src", "link": "href"}
TOO_DEEP = "<!-- too deep -->"
"""What is answered for a page of which Python-Markdown cannot come to the end."""
_STAND_IN = "…"  # what stands for a macro call where only the author's own words are judged

# Where an address stands in a source: in a link, in a line that is named elsewhere, in pointed brackets, in HTML.
_IN_BRACKETS = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\n]|\([^\s()\n]*\))*))")
_WITH_BLANKS = re.compile(r"\]\(([^()<>\"'\n]*\S +[^()<>\"'\n]*)\)")
_NAMED = re.compile(r"^\s{0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)>?", re.MULTILINE)
_POINTED = re.compile(r"<([^<>\s]+)>")
_ID = re.compile(r"\bid=\"([^\"]+)\"")
_IN_HTML = re.compile(r"<(\w+)\b[^<>]{0,2000}?\b(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))")


@dataclass(frozen=True)
class Link:
    """A link of a page.

    Attributes:
        address: as the author wrote it.
        tag: ``a``, ``img`` ...
        raw: whether it is written as HTML, which MkDocs does not look at.
        line: of the file; the body's first line where a macro drew the link.
        column: counted from 1.
        drawn: whether a macro drew it, so that no author wrote it here.
    """

    address: str
    tag: str
    raw: bool
    line: int
    column: int
    drawn: bool = False


@dataclass(frozen=True)
class Outline:
    """What a page offers to links, and what it links to.

    Attributes:
        ids: the places that a link may lead to.
        twice: the ids that stand more than once, which they may not.
        links: each link at each place where it is written.
    """

    ids: frozenset[str]
    twice: tuple[str, ...]
    links: tuple[Link, ...]


class Source:
    """The body of a page as its author wrote it, with its code blanked out, and places in it."""

    def __init__(self, body: str, first_line: int) -> None:
        # What stands in code is no link, and what is around it keeps its place.
        self.text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), body)
        self._body, self._first_line = body, first_line
        self._starts = [0, *(hit.end() for hit in re.finditer("\n", self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line of the file and the column, both counted from 1, of a place in the body."""
        index = bisect_right(self._starts, offset) - 1
        return self._first_line + index, offset - self._starts[index] + 1

    def find(self, pattern: str) -> list[tuple[int, int]]:
        """Where something stands; the body's first line where it is not found as it was written."""
        # In a comment too; and what a comment of Jinja's cuts in two stands where that comment does.
        for text, wanted in ((self.text, pattern), (self._body, pattern), (self._body, r"\{#")):
            hits = [self.place(hit.start()) for hit in re.finditer(wanted, text, re.IGNORECASE | re.MULTILINE)]
            if hits:
                return hits
        return [(self._first_line, 1)]

    def of_id(self, name: str) -> list[tuple[int, int]]:
        """Where an id is set by hand, in HTML or in an attribute list."""
        pattern = rf"\bid\s*=\s*[\"']?{re.escape(name)}(?=[\"'\s>}}])|[{{: ]#{re.escape(name)}(?=[\s}}])"
        return [self.place(hit.start()) for hit in re.finditer(pattern, self.text)]

    @functools.cached_property
    def addresses(self) -> dict[str, list[tuple[str, int]]]:
        """By address, where it stands, and in what: the name of a tag, or nothing where it is Markdown."""
        found: dict[str, list[tuple[str, int]]] = {}

        def add(address: str, tag: str, offset: int) -> None:
            found.setdefault(_comparable(address), []).append((tag, offset))

        for hit in _IN_BRACKETS.finditer(self.text):
            add(hit[1] or hit[2] or "", "", hit.start())
        for pattern in (_WITH_BLANKS, _NAMED, _POINTED):
            for hit in pattern.finditer(self.text):
                add(hit[1], "", hit.start())
        for hit in _IN_HTML.finditer(self.text):
            add(hit[2] or hit[3] or hit[4] or "", hit[1].lower(), hit.start())
        return found


def _comparable(address: str) -> str:
    """An address as it compares with what became of it: entities read, blanks encoded, controls dropped."""
    return re.sub(r"[\x00-\x1f]", "", html.unescape(address).strip()).replace(" ", "%20").removeprefix("mailto:")


# Several families ask for these; they go when the page does.
_sources: WeakKeyDictionary[Page, Source] = WeakKeyDictionary()
_outlines: WeakKeyDictionary[Page, Outline] = WeakKeyDictionary()


def source(page: Page) -> Source:
    """The page as its author wrote it."""
    if page not in _sources:
        _sources[page] = Source(page.source.body, page.source.body_line)
    return _sources[page]


def outline(catalogue: Catalogue, page: Page) -> Outline:
    """The outline of a page whose macro calls are all good."""
    if page not in _outlines:
        _outlines[page] = _outline(catalogue, page)
    return _outlines[page]


def _outline(catalogue: Catalogue, page: Page) -> Outline:
    ids, twice, own = _read(catalogue.root, _own_words(page))
    places, links = dict.fromkeys(ids), dict.fromkeys(own)
    for answer in drawing.answers(catalogue, page):
        more, addresses = _drawn(catalogue.root, str(answer))
        for name in more:
            if name in ids and not source(page).of_id(name):
                places[f"{name}_1"] = None  # Markdown gives way: it is the id of a heading, and not set by hand
            elif name in places:
                twice.append(name)
            places[name] = None
        links |= dict.fromkeys((address, "a") for address in addresses)
    return Outline(frozenset(places), tuple(dict.fromkeys(twice)), tuple(_placed(page, list(links), set(own))))


def _drawn(root: Path, text: str) -> tuple[list[str], list[str]]:
    """The places and the links in what a macro draws.

    Our own templates write both in one way, so that most of it need not be converted; headings get their ids from
    Markdown. Links to files are HTML, and are looked at when the site is built.
    """
    if re.search(r"^#", text, re.MULTILINE):
        return _read(root, text)[0], [address for address, _ in _read(root, text)[2]]
    addresses = [html.unescape(hit[1] or hit[2] or "") for hit in _IN_BRACKETS.finditer(text)]
    return _ID.findall(text), addresses


def links_written(catalogue: Catalogue, page: Page) -> tuple[Link, ...]:
    """The links that an author wrote on a page whose macros cannot be drawn."""
    links = _read(catalogue.root, _own_words(page))[2]
    return tuple(_placed(page, links, set(links)))


def written(catalogue: Catalogue, page: Page) -> str:
    """What the author of a page wrote, as HTML; a word stands for each macro call."""
    return _kept(catalogue.root, "written", _own_words(page), lambda converted: converted)  # type: ignore[no-any-return]


@functools.lru_cache(maxsize=1_000)  # several families read each page
def tree(converted: str) -> etree._Element:
    """Converted text as elements."""
    found: etree._Element = lxml_html.fragment_fromstring(converted, create_parent="div")
    return found


def config_fault(root: Path) -> Fault | None:
    """What keeps ``mkdocs.yml`` from being read; then no page can be converted as MkDocs would."""
    text, faults = strict_yaml.decode((root / CONFIG).read_bytes(), CONFIG) if (root / CONFIG).is_file() else ("", [])
    try:
        yaml.load(text or "", Loader=_ConfigLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        return strict_yaml.syntax_fault(error, CONFIG, 1, text or "")
    if faults:
        return faults[0]
    try:
        _converter(_config(root))
    except Exception as error:  # an extension may stumble in any way over its settings
        return _extension_fault(text or "", error)
    return None


def _extension_fault(text: str, error: Exception) -> Fault:
    """A Markdown extension that cannot be loaded; what Python-Markdown says names it."""
    named = re.search(r"'([\w.]+)'", str(error))
    name = named[1].split(":")[0] if named else "markdown_extensions"
    lines = text.split("\n")
    line = next((number for number, words in enumerate(lines, 1) if name in words), 1)
    message = f"The Markdown extension '{name}' cannot be used ({type(error).__name__})."
    remedy = "Correct its name or its settings, or take it out."
    return Fault(CONFIG, line, max(lines[line - 1].find(name), 0) + 1, "KB107", message, remedy)


def _own_words(page: Page) -> str:
    """A page's body with a word in place of each macro call."""
    if page.refused:
        return JINJA.sub(lambda call: _STAND_IN if call.group().startswith("{{") else "", page.source.body)
    return "".join(piece if isinstance(piece, str) else _STAND_IN for piece in page.pieces)


# --- what was converted, and where it is kept -----------------------------------------------------------


def _read(root: Path, text: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The places, the ids that stand twice and the links (address, tag) of a text."""
    ids, twice, links = _kept(root, "outline", text, _anatomy)
    return ids, twice, [(address, tag) for address, tag in links]


def _anatomy(converted: str) -> list[list[Any]]:
    if not converted.strip():
        return [[], [], []]
    whole = tree(converted)
    places: dict[str, None] = {}
    twice: dict[str, None] = {}
    for node in whole.iter(etree.Element):
        name = node.get("id")
        if name in places and name:
            twice[name] = None
        places |= dict.fromkeys(value for value in (name, node.get("name")) if value)
    links: dict[tuple[str, str], None] = {}
    for node in whole.iter(*_ATTRIBUTES):
        address = node.get(_ATTRIBUTES[str(node.tag)])
        if address is not None and "headerlink" not in (node.get("class") or ""):
            links[address, str(node.tag)] = None
    return [list(places), list(twice), [list(link) for link in links]]


def _placed(page: Page, links: list[tuple[str, str]], own: set[tuple[str, str]]) -> Iterator[Link]:
    """Links at the places where they are written; at the body's first line where a macro drew them."""
    where = source(page)
    for address, tag in links:
        spots = where.addresses.get(_comparable(address), []) if (address, tag) in own else []
        fitting = [(name, offset) for name, offset in spots if not name or name == tag]
        for name, offset in fitting:
            yield Link(address, tag, bool(name), *where.place(offset))
        if not fitting:
            drawn = (address, tag) not in own
            yield Link(address, tag, False, page.source.body_line, 1, drawn=drawn)


def _kept(root: Path, what: str, text: str, make: Any) -> Any:
    """What is made of a text's conversion: from memory, from ``.cache/``, or made now."""
    config = _config(root)
    return memory.kept(root, _made_by(config), f"{what}\0{text}", lambda: make(_convert(text, config)))


@functools.lru_cache(maxsize=2)
def _made_by(config: bytes) -> str:
    """What else the answer depends on: the settings, Python-Markdown, our extensions of it, and this module."""
    ours = [Path(__file__), *sorted(Path(__file__).parents[1].glob("markdown_*.py"))]
    return memory.digest(config, markdown.__version__.encode(), *(path.read_bytes() for path in ours))


@functools.lru_cache(maxsize=2)  # one text is asked for its outline and for itself
def _convert(text: str, config: bytes) -> str:
    converter = _converter(config)
    converter.reset()
    try:
        return str(converter.convert(text))
    except RecursionError:
        return TOO_DEEP


def _config(root: Path) -> bytes:
    path = root / CONFIG
    return path.read_bytes() if path.is_file() else b""


@functools.lru_cache(maxsize=2)
def _converter(config: bytes) -> markdown.Markdown:
    names, configs = _extensions(config)
    return markdown.Markdown(extensions=names, extension_configs=configs)


def _extensions(source: bytes) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The Markdown extensions of ``mkdocs.yml``, and those that MkDocs always adds."""
    config = yaml.load(source, Loader=_ConfigLoader) or {}  # noqa: S506 - a SafeLoader
    names, configs = ["toc", "tables", "fenced_code"], {}
    for entry in config.get("markdown_extensions", []):
        name, options = next(iter(entry.items())) if isinstance(entry, dict) else (entry, None)
        if name not in names:
            names.append(name)
        if options:
            configs[name] = options
    return names, configs


class _ConfigLoader(yaml.SafeLoader):
    """Reads ``mkdocs.yml`` for its lists; ``!ENV`` and other tags of MkDocs are of no interest here."""


_ConfigLoader.add_multi_constructor("", lambda loader, suffix, node: None)
