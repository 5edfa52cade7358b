"""The front desk: hands the vocabulary of `knowledge_base` to MkDocs, and lets nothing else through.

MkDocs calls `define_env` once for each build, `on_pre_page_macros` before it converts a page, and `on_post_build`
when all pages are written. The macros are listed, with their docstrings, in `knowledge_base/render/vocabulary.py`;
the check needs that list without MkDocs.
"""

from __future__ import annotations

import functools
import gc
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from mkdocs.exceptions import Abort
from pathspec.gitignore import GitIgnoreSpec

from knowledge_base import catalogue, check, search
from knowledge_base.calls import Call, read_pieces
from knowledge_base.faults import Fault
from knowledge_base.render import drawing, local, reading, research
from knowledge_base.render.text import Desk, plain
from knowledge_base.render.vocabulary import MACROS, Macro

log = logging.getLogger("mkdocs.plugins.macros")

TERMS = "knowledge_base.markdown_terms"


def define_env(env: Any) -> None:
    """Loads the catalogue once and registers every macro; a build ends here if an author made a mistake."""
    # What a build makes it keeps; by its usual settings Python looks through all of it for rubbish again and again.
    gc.set_threshold(50_000, 20, 100)
    root = Path(env.project_dir)
    whole = catalogue.load(root)
    previewing = _previewing()
    if previewing:
        whole.forget()
    # A preview shows every fault that the check knows. A build needs only those that MkDocs would not find, or would
    # meet as a traceback: `mkdocs build --strict` looks after links itself, and `kb build` checks before it.
    faults = check.check(whole) if previewing else check.once_before_build(whole)
    errors = [fault for fault in faults if fault.severity == "error"]
    # The plugin says at each build what it knows; between such lines an author would miss what is wrong.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
    for fault in errors:
        log.error("%s", fault)
    if errors and not previewing:
        raise Abort(f"{len(errors)} to mend before the site can be built.")
    # MkDocs cannot read these either, and would stop; the preview goes on without them.
    unreadable = [path for path in catalogue.page_files(root) if path not in whole.pages]
    if unreadable:
        env.conf.exclude_docs = _only(unreadable)
    # The plugin brings macros of its own that show the machine; no page may call them, and none needs to.
    env.macros.clear()
    # What a host adds around every page; the theme's templates draw it.
    env.conf["extra"]["edition"] = local.frame(whole)
    desk = _DeskOfPage(env, whole)
    for name, macro in MACROS.items():
        env.macro(_at_desk(macro, desk), name)
    env.knowledge_base_desk = desk
    env.knowledge_base_faults = errors
    env.knowledge_base_catalogue, env.knowledge_base_addresses = whole, {}
    if not previewing:
        gc.freeze()  # all of this stays to the end of the build
    if getattr(env, "page", None) is not None:
        # Zensical asks once for each page, and calls none of the functions below. So the end of each page, for one,
        # is missing there: `make canary` lists what is.
        env.variables["page"].meta = {}
        _tell_theme(env.page.meta, desk())
        env.page.meta["minutes_to_read"] = reading.minutes(whole, desk().page)


def on_pre_page_macros(env: Any) -> None:
    """Refuses what is not a macro call with plain values, and draws the macros; no page gets to Jinja."""
    path = f"docs/{env.page.file.src_uri}"
    # The plugin has nothing to render: what it holds here is a copy of the page, and the theme still sees the front
    # matter. Where it does render (other engines run no such functions), front matter may hide no macro by its name.
    env.variables["page"].meta = {"render_macros": False}
    # The page is converted right after this (kept.py), and what stands here is told to its extensions.
    env.conf["mdx_configs"][TERMS] = {}
    known = env.knowledge_base_catalogue.pages.get(env.page.file.src_uri)
    faults = env.knowledge_base_faults
    own = [fault for fault in faults if fault.path == path]
    pieces: Sequence[str | Call] | None = None  # what stands as it was loaded has been judged
    if known is None:
        remedy = "Save it again; and put no link to a folder into docs/: MkDocs follows it, and the check does not."
        own.append(Fault(path, 1, 1, "KB203", "This page was not checked.", remedy))
    elif env.markdown.strip() != known.source.body.strip():
        pieces, found = read_pieces(env.markdown, path)
        own += found
    if own and not _previewing():
        raise Abort(str(own[0]))
    if any(fault.rule.undrawable for fault in own):
        # The plugin would render its title as well (no path here: it may hold braces), and the theme writes front
        # matter into the page as it is.
        env.page.meta, env.page.title = {}, "To mend"
        env.markdown = _shown(own)
        return
    if re.search(r"\{[{%#]", str(env.page.title)):
        raise Abort(f"{path}: the title holds braces.")
    of_all = [fault for fault in faults if fault.path.startswith("data/") or fault.code == "KB101"]
    desk = env.knowledge_base_desk()
    env.page.meta["minutes_to_read"] = reading.minutes(desk.catalogue, desk.page)
    shown = f"{_shown(own + of_all)}\n\n" if own or of_all else ""
    env.markdown = f"{shown}{drawing.body(desk, pieces)}\n\n{desk.end()}"
    env.knowledge_base_addresses[env.page.url] = desk.page
    env.conf["mdx_configs"][TERMS] = research.terms(desk)
    _tell_theme(env.page.meta, desk)


def on_post_build(env: Any) -> None:
    """Adds to the search index what pages should be found by; `plugins` names search later, which then writes it."""
    index = getattr(env.conf.plugins.get("material/search"), "search_index", None)
    if index is not None:
        index.entries = search.weigh(index.entries, env.knowledge_base_addresses, env.knowledge_base_catalogue)


def _tell_theme(meta: dict[str, Any], desk: Desk) -> None:
    """Puts into a page's front matter what the theme goes by."""
    # As the model reads it: the theme would take the word "false" for true.
    meta["added"] = bool(desk.page.tool and desk.page.tool.added)
    if "/" not in desk.page.path:
        # These have no section beside them: without its column the text has room.
        meta["hide"] = ["navigation"]


class _DeskOfPage:
    """The desk of the page that is being rendered; a new one when the next page comes."""

    def __init__(self, env: Any, whole: catalogue.Catalogue) -> None:
        self._env, self._catalogue = env, whole
        self._desk: Desk | None = None

    def __call__(self) -> Desk:
        known = self._env.page
        # MkDocs' pages have a file; Zensical's have its path.
        page = self._catalogue.pages[known.file.src_uri if hasattr(known, "file") else known.path]
        if self._desk is None or self._desk.page is not page:
            self._desk = Desk(self._catalogue, page, directory_urls=self._env.conf["use_directory_urls"])
        return self._desk


def _at_desk(macro: Macro, desk: _DeskOfPage) -> Macro:
    @functools.wraps(macro)
    def call(*args: Any, **kwargs: Any) -> str:
        return macro(desk(), *args, **kwargs)

    return call


def _shown(faults: list[Fault]) -> str:
    """Faults as the preview shows them: as plain text, since a remedy may speak of braces."""
    lines = [
        f"    - {plain(f'{fault.path}, line {fault.line}: {fault.message} {fault.remedy} ({fault.code})')}"
        for fault in faults
    ]
    return "\n".join(['!!! failure "To mend"', "", *lines])


def _only(paths: list[str]) -> GitIgnoreSpec:
    """Patterns for these files and no others, whatever signs their names hold."""
    return GitIgnoreSpec.from_lines("/" + re.sub(r"([\\*?\[\] ])", r"\\\1", path) for path in paths)


def _previewing() -> bool:
    """Whether MkDocs was started as `mkdocs serve`: then a slip is shown and the preview lives on."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"
