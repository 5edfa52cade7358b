"""Text, links and templates: what every macro draws with.

Macros answer Markdown. Links are Markdown links to ``.md`` sources, so that MkDocs checks them and writes them for
both builds; tables are HTML with ``markdown`` attributes, so that such links work in their cells. Whatever comes
from data is made safe for both Markdown and HTML, always and in one place: the template environment.
"""

from __future__ import annotations

import functools
import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from markupsafe import Markup

from knowledge_base import downloads
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.render import dates

# Anywhere; and at the beginning of a line whatever makes a list, a heading, a definition or code of it.
_SPECIAL = re.compile(r"[&<>\"'*_\[\]`|\\{}~^!#$]|^[ \t]*(?:[-+=:]|\d+(?=\.\s))|^(?: {0,3}\t| {4})", re.MULTILINE)


def plain(value: object) -> Markup:
    """Text made safe: every character that Markdown, HTML or Jinja would act on becomes an entity."""
    if isinstance(value, Markup):
        return value
    return Markup(_SPECIAL.sub(_as_entities, "" if value is None else str(value)))


def _as_entities(hit: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in hit.group())


@dataclass
class Desk:
    """Where a macro works: the catalogue, the page that asks, and what was drawn on it so far.

    Attributes:
        catalogue: everything that the site knows.
        page: the page that the call stands on.
        citations: how many citations were drawn, so that each has an id of its own.
        at: the page on which it will stand, where that is another: an example in the guide.
        directory_urls: whether a page is published as a folder (``als-1/``) or as a file (``als-1.html``).
    """

    catalogue: Catalogue
    page: Page
    citations: int = field(default=0)
    at: Page | None = None
    directory_urls: bool = True

    def link(self, target: str, text: object, anchor: str = "") -> Markup:
        """A link from this page to another page (its path below ``docs/``), or to a place on it."""
        here = (self.at or self.page).path
        path = "" if target == here and anchor else relative(target, here)
        address = f"{path}#{anchor}" if anchor else path
        return Markup(f"[{plain(text)}]({address})")

    def file(self, published: str) -> str:
        """The way from this page to a file that is published beside the pages: ``downloads/references.bib``."""
        here = (self.at or self.page).path.removesuffix(".md")
        folder, name = posixpath.split(here)
        return _way(published, here if self.directory_urls and name != "index" else folder)

    def address(self, target: str, mark: str) -> Markup:
        """The way from this page to another as it is published, with a mark that a script reads: ``#missed=als-3``.

        For HTML: MkDocs would take such a mark in a Markdown link for a heading that is missing.
        """
        stem = PurePosixPath(target).with_suffix("")
        if not self.directory_urls:
            return Markup(f"{self.file(f'{stem}.html')}#{plain(mark)}")
        return Markup(f"{self.file(str(stem.parent if stem.name == 'index' else stem))}/#{plain(mark)}")

    def script(self, name: str, mark: str = "") -> Markup:
        """What loads a script of ``overrides/assets/``, on the pages that use it and on no others; with a class."""
        marked = f' class="{mark}"' if mark else ""
        return Markup(f'<script src="{self.file(f"assets/{name}")}"{marked} defer></script>')

    def end(self) -> str:
        """What stands at the end of every page: related pages, whom to tell of a mistake, reviews."""
        from knowledge_base.render import local  # which draws with what stands here

        related = self.catalogue.related.get(self.page.path, [])
        # Sessions and tools have a section for what can be taken away; notes are kept short.
        files = downloads.of_page(self.page) if self.page.notes else []
        matter = self.page.source.matter
        return self.draw("end.html", files=files, pages=related, matter=matter, day=dates.day, **local.mistake(self))

    def draw(self, template: str, **values: Any) -> str:
        """A template of ``templates/``, filled in."""
        return _environment().get_template(template).render(desk=self, **values)


@functools.lru_cache(maxsize=10_000)
def relative(target: str, page: str) -> str:
    """The way from one page to another, both below ``docs/``."""
    return _way(target, posixpath.dirname(page))


def _way(target: str, folder: str) -> str:
    """From a folder of the site to a place in it: `posixpath.relpath`, which looks up first where the process is."""
    to, start = target.split("/"), folder.split("/") if folder else []
    shared = 0
    while shared < min(len(to), len(start)) and to[shared] == start[shared]:
        shared += 1
    return "/".join([*[".."] * (len(start) - shared), *to[shared:]]) or "."


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
        bytecode_cache=_bytecode_cache(),
    )


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Compiled templates, kept where Python keeps its own: compiling them takes longer than filling them in."""
    folder = Path(__file__).parents[1] / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None
