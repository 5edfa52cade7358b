"""Text, links and templates: what every macro draws with.

Macros answer Markdown. Links are Markdown links to ``.md`` sources, so that MkDocs checks them and writes them for
both builds; tables are HTML with ``markdown`` attributes, so that such links work in their cells. Whatever comes
from data is made safe for both Markdown and HTML, always and in one place: the template environment.
"""

from __future__ import annotations

import functools
import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from knowledge_base.catalogue import Catalogue, Page

_SPECIAL = re.compile(r"[&<>\"'*_\[\]`|\\{}~^!#$]")


def plain(value: object) -> Markup:
    """Text made safe: every character that Markdown, HTML or Jinja would act on becomes an entity."""
    if isinstance(value, Markup):
        return value
    return Markup(_SPECIAL.sub(lambda hit: f"&#{ord(hit.group())};", "" if value is None else str(value)))


@dataclass
class Desk:
    """Where a macro works: the catalogue, the page that asks, and what was drawn on it so far.

    Attributes:
        catalogue: everything that the site knows.
        page: the page that the call stands on.
        citations: how many citations were drawn, so that each has an id of its own.
    """

    catalogue: Catalogue
    page: Page
    citations: int = field(default=0)

    def link(self, target: str, text: object, anchor: str = "") -> Markup:
        """A link from this page to another page (its path below ``docs/``), or to a place on it."""
        folder = posixpath.dirname(self.page.path)
        path = "" if target == self.page.path and anchor else posixpath.relpath(target, folder or ".")
        address = f"{path}#{anchor}" if anchor else path
        return Markup(f"[{plain(text)}]({address})")

    def draw(self, template: str, **values: Any) -> str:
        """A template of ``templates/``, filled in."""
        return _environment().get_template(template).render(desk=self, **values)


@functools.cache
def _environment() -> Environment:
    # `finalize` sees every value that a template prints: what is not Markup already is made plain text.
    # Jinja's own autoescape would leave Markdown's characters as they are.
    return Environment(
        loader=PackageLoader("knowledge_base", "templates"),
        autoescape=False,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
