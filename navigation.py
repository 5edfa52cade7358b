"""Draws once what many pages have in common, above all the navigation of their section: a hook of MkDocs.

The theme's own templates draw it, so that it looks as they make it; all pages of a folder get what was drawn for the
first, with the entry of the page itself in place of its plain one. Wherever that cannot be done, or the theme's HTML
has another form than is known here, the theme draws the page's navigation as ever: only slower.

The tabs are the same for a folder as well; the search box and the palette are wherever the way to the home page is.
The theme's many empty lines are left out, which were half of what a page's navigation weighs before it is packed.

Where a cohort has many notes, its section is divided by session: nobody reads two hundred titles beside a page, and
each of those pages would carry them all.
"""

from __future__ import annotations

import functools
import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemBytecodeCache, Template, pass_context
from jinja2.runtime import Context
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url

from knowledge_base import catalogue, model
from knowledge_base.catalogue import Catalogue

# The theme's own are looked up before these take their names.
_SAME = ("partials/javascripts/palette.html", "partials/palette.html", "partials/search.html")
_OURS = {
    **{name: f"{{{{ same({name!r}) }}}}" for name in _SAME},
    "partials/tabs.html": "{{ tabs() }}",
    "partials/nav.html": "{{ navigation() }}",
    "partials/toc.html": "{{ contents() }}",
    "kb/nav-item.html": '{% import "partials/nav-item.html" as item with context %}{{ item.render(page, "", 1) }}',
}
_MANY = 24
"""Pages of a section, besides its first, above which it is divided, if they are notes."""
_BLANK = re.compile(r"\s*\n\s*")
_ENTRY = re.compile(r'<li class="md-nav__item">\s*<a href="([^"]*)" class="md-nav__link">.*?</li>', re.DOTALL)


def on_nav(nav: Navigation, *, config: Any, **_: Any) -> Navigation:
    """Divides long sections of notes by session; in what order pages stand is left to `.nav.yml`."""
    long = [section for section in _sections(nav.items) if _pages(section) > _MANY]
    if long:
        known = catalogue.load(Path(config.config_file_path).parent)
        for section in long:
            section.children = list(_by_session(section, known))
    return nav


def _pages(section: Section) -> int:
    return sum(isinstance(child, Page) and not child.is_index for child in section.children)


def _sections(items: Iterable[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def _by_session(section: Section, known: Catalogue) -> Iterator[StructureItem]:
    """What a section has, with neighbours that are notes of one session in a section of their own."""
    titles = {page.session.id: page.title.split(":")[0] for page in known.sessions if page.session}

    def session(child: StructureItem) -> str:
        # By its name, which a page keeps when it is withdrawn and says no more of what session it was.
        path = child.file.src_uri if isinstance(child, Page) else ""
        stem = PurePosixPath(path).stem if model.kind_of_page(path) == "notes" else ""
        return max((name for name in titles if f"{stem}-".startswith(f"{name}-")), key=len, default="")

    for name, run in groupby(section.children, key=session):
        children = list(run)
        if not name or len(children) == 1:
            yield from children
            continue
        group = Section(titles[name], children)
        group.parent = section
        for child in children:
            child.parent = group
        yield group


def on_env(env: Environment, *, config: Any, **_: Any) -> Environment:
    """Puts ours in place of some of the theme's pieces; MkDocs calls it once, before the first template."""
    # MkDocs makes a new one for each build; there is no need to look for a changed file each time that one is used.
    env.auto_reload = False
    env.bytecode_cache = _compiled(Path(config.config_file_path).parent)
    navigation = _Navigation(env.get_template("partials/nav.html"), env)
    contents = _Contents(env.get_template("partials/toc.html"))
    same = _Same({name: env.get_template(name) for name in _SAME})
    tabs = _Tabs(env.get_template("partials/tabs.html"))
    assert env.loader is not None
    env.loader = ChoiceLoader([DictLoader(_OURS), env.loader])
    env.globals |= {"navigation": navigation, "contents": contents, "same": same, "tabs": tabs}
    # A page is put together from some fifty templates, and Jinja hands all that is global to each at every turn.
    env.get_template = functools.cache(env.get_template)  # type: ignore[method-assign]
    return env


def _compiled(root: Path) -> FileSystemBytecodeCache | None:
    """Compiled templates, kept from build to build; None where nothing can be written."""
    folder = root / ".cache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def _filled(template: Template, values: dict[str, Any]) -> str:
    return _BLANK.sub("\n", template.render(values))


class _Contents:
    """The headings of a page: the theme shows them twice, and they are the same."""

    def __init__(self, theme: Template) -> None:
        self._theme = theme
        self._page: Any = None
        self._drawn = ""

    @pass_context
    def __call__(self, context: Context) -> str:
        page = context.get("page")
        if page is None or page is not self._page:
            self._page, self._drawn = page, _filled(self._theme, context.get_all())
        return self._drawn


class _Same:
    """Pieces that are the same on all pages from which the way to the home page is the same."""

    def __init__(self, theme: dict[str, Template]) -> None:
        self._theme = theme
        self._drawn: dict[tuple[str, str], str] = {}

    @pass_context
    def __call__(self, context: Context, name: str) -> str:
        key = (name, context["base_url"])
        if key not in self._drawn:
            self._drawn[key] = _filled(self._theme[name], context.get_all())
        return self._drawn[key]


class _Tabs:
    """The sections of the site, of which one is marked: the same on all pages of a folder but those they lead to."""

    def __init__(self, theme: Template) -> None:
        self._theme = theme
        self._drawn: dict[tuple[Any, str], str] = {}

    @pass_context
    def __call__(self, context: Context) -> str:
        page = context.get("page")
        if page is None or page.parent is None or page.parent.children[0] is page:
            return _filled(self._theme, context.get_all())
        key = (page.ancestors[-1], posixpath.dirname(page.url.rstrip("/")))
        if key not in self._drawn:
            self._drawn[key] = _filled(self._theme, context.get_all())
        return self._drawn[key]


class _Navigation:
    """The navigation beside the page that is being drawn."""

    def __init__(self, theme: Template, env: Environment) -> None:
        self._theme, self._env = theme, env
        self._drawn: dict[tuple[Any, str], tuple[str, dict[str, tuple[int, int]]]] = {}
        self._above: set[str] = set()

    @pass_context
    def __call__(self, context: Context) -> str:
        values = context.get_all()
        page, nav = values.get("page"), values["nav"]
        if page is None or page.parent is None or page.is_index or page.url in self._folders(nav):
            return _filled(self._theme, values)
        key = (page.parent, posixpath.dirname(page.url.rstrip("/")))
        # No page has this address; seen from it, all other pages are where they are seen from this one.
        ending = "/" if page.url.endswith("/") else ".html"
        beside: Any = SimpleNamespace(url=f"{key[1]}/-{ending}".lstrip("/"), toc=[], meta={})
        if key not in self._drawn:
            self._drawn[key] = self._draw(page, {**values, "page": beside})
        drawn, entries = self._drawn[key]
        own = entries.get(normalize_url(page.url, beside))
        if own is None:
            return _filled(self._theme, values)
        entry = _filled(self._env.get_template("kb/nav-item.html"), values).strip()
        return f"{drawn[: own[0]]}{entry}{drawn[own[1] :]}"

    def _draw(self, page: Any, values: dict[str, Any]) -> tuple[str, dict[str, tuple[int, int]]]:
        """The navigation of a section with none of its pages marked, and where the entry for each address stands."""
        page.active, page.parent.active = False, True
        drawn = _filled(self._theme, values)
        page.active = True
        found = list(_ENTRY.finditer(drawn))
        times = Counter(hit[1] for hit in found)
        return drawn, {hit[1]: hit.span() for hit in found if times[hit[1]] == 1}

    def _folders(self, nav: Any) -> set[str]:
        """The addresses below which others stand: seen from such a page, the way to those is shorter."""
        if not self._above:
            self._above = {""} | {f"{parent}/" for page in nav.pages for parent in _parents(page.url.rstrip("/"))}
        return self._above


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
