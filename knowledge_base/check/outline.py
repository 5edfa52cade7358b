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

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.render.text import Desk
from knowledge_base.render.vocabulary import MACROS

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
    """

    address: str
    tag: str
    raw: bool
    line: int
    column: int


@dataclass(frozen=True)
class Outline:
    """What a page offers to links, and what it links to."""

    ids: frozenset[str]
    links: tuple[Link, ...]


def outline(catalogue: Catalogue, page: Page) -> Outline:
    """The outline of a page whose macro calls are all good."""
    drawn = draw(catalogue, page)
    return _outline(drawn, page.source.body, page.source.body_line, catalogue.root)


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
def _outline(drawn: str, body: str, first_line: int, root: Path) -> Outline:
    converter = _converter(root)
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
    links = []
    for raw, pattern in ((False, as_markdown), (True, as_html)):
        for hit in re.finditer(pattern, body, re.MULTILINE | re.IGNORECASE):
            line = body.count("\n", 0, hit.start()) + first_line
            column = hit.start() - body.rfind("\n", 0, hit.start())
            links.append(Link(address, tag, raw, line, column))
    return links or [Link(address, tag, False, first_line, 1)]


@functools.cache
def _converter(root: Path) -> markdown.Markdown:
    names, configs = _extensions(root)
    return markdown.Markdown(extensions=names, extension_configs=configs)


def _extensions(root: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The Markdown extensions of ``mkdocs.yml``, and those that MkDocs always adds."""
    path = root / "mkdocs.yml"
    config = yaml.load(path.read_bytes(), Loader=_ConfigLoader) if path.is_file() else {}  # noqa: S506 - a SafeLoader
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
