"""A page as Markdown will make it: the ids it has and the links it holds, with their lines in the source.

Pages are converted by Python-Markdown with the extensions that ``mkdocs.yml`` lists, after their macros were drawn,
so that what is judged is what will stand on the site.
"""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
import yaml
from jinja2 import Environment, StrictUndefined
from lxml import etree
from lxml import html as lxml_html

from knowledge_base import strict_yaml
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import Fault
from knowledge_base.render.text import Desk
from knowledge_base.render.vocabulary import MACROS

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n]*\n.*?^\1 *$|(?<!`)(`+)(?!`)[^\n]+?(?<!`)\2(?!`)|<!--.*?-->", re.DOTALL | re.MULTILINE
)
CONFIG = "mkdocs.yml"
_ATTRIBUTES = {"a": "href", "img": "src", "source": "src", "video": "src", "audio": "src", "link": "href"}


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
    """What a page offers to links, and what it links to."""

    ids: frozenset[str]
    links: tuple[Link, ...]


def outline(catalogue: Catalogue, page: Page) -> Outline:
    """The outline of a page whose macro calls are all good."""
    drawn = draw(catalogue, page)
    return _outline(drawn, page.source.body, page.source.body_line, _config(catalogue.root))


def links_written(catalogue: Catalogue, page: Page) -> tuple[Link, ...]:
    """The links that an author wrote on a page whose macros cannot be drawn."""
    without = _JINJA.sub("", page.source.body)
    return _outline(without, page.source.body, page.source.body_line, _config(catalogue.root)).links


def config_fault(root: Path) -> Fault | None:
    """What keeps ``mkdocs.yml`` from being read; then no page can be converted as MkDocs would."""
    text, faults = strict_yaml.decode((root / CONFIG).read_bytes(), CONFIG) if (root / CONFIG).is_file() else ("", [])
    try:
        yaml.load(text or "", Loader=_ConfigLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        return strict_yaml.syntax_fault(error, CONFIG, 1, text or "")
    return faults[0] if faults else None


def draw(catalogue: Catalogue, page: Page) -> str:
    """A page's body with its macros drawn, as the macros plugin does it."""
    if not page.calls and "{" not in page.source.body:
        return page.source.body
    desk = Desk(catalogue, page)
    macros = {name: functools.partial(macro, desk) for name, macro in MACROS.items()}
    # Jinja sees only pages that calls.read_calls has passed: there is nothing on them but macro calls.
    template = Environment(undefined=StrictUndefined, autoescape=False).from_string(page.source.body)
    return template.render(macros)


# A preview converts every page after each keystroke that is saved; only the page that changed is new.
@functools.lru_cache(maxsize=10_000)
def _outline(drawn: str, body: str, first_line: int, config: bytes) -> Outline:
    converter = _converter(config)
    converter.reset()
    converted = converter.convert(drawn)
    if not converted.strip():
        return Outline(frozenset(), ())
    tree = lxml_html.fragment_fromstring(converted, create_parent="div")
    ids = {value for node in tree.iter(etree.Element) for key in ("id", "name") if (value := node.get(key))}
    found: dict[tuple[str, str], None] = {}
    for node in tree.iter(*_ATTRIBUTES):
        address = node.get(_ATTRIBUTES[str(node.tag)])
        if address is not None and "headerlink" not in (node.get("class") or ""):
            found[address, str(node.tag)] = None
    links = [link for address, tag in found for link in _in_source(address, tag, body, first_line)]
    return Outline(frozenset(ids), tuple(links))


def _in_source(address: str, tag: str, body: str, first_line: int) -> list[Link]:
    """Where an address stands in the source: every line that has it as a link."""
    forms = {re.escape(address), re.escape(html.escape(address)), re.escape(address.replace("%20", " "))}
    spelled = "|".join(sorted(forms))
    as_markdown = (
        rf"\]\(\s*<?(?:{spelled})>?(?=[\s)])|^\s{{0,3}}\[[^\]]+\]:\s*<?(?:{spelled})>?\s*(?:$|[\"'(])|<(?:{spelled})>"
    )
    as_html = rf"<{tag}\b[^>]*?(?:href|src)\s*=\s*[\"']?(?:{spelled})(?=[\"'\s>])"
    body = _without_code(body)
    links = []
    for raw, pattern in ((False, as_markdown), (True, as_html)):
        for hit in re.finditer(pattern, body, re.MULTILINE | re.IGNORECASE):
            line = body.count("\n", 0, hit.start()) + first_line
            column = hit.start() - body.rfind("\n", 0, hit.start())
            links.append(Link(address, tag, raw, line, column))
    return links or [Link(address, tag, False, first_line, 1, drawn=True)]


@functools.lru_cache(maxsize=4)  # asked for each link of a page
def _without_code(body: str) -> str:
    """The body with code blanked out: what stands in code is no link, and what is around it keeps its place."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), body)


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
