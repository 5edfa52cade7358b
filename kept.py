"""Converts each page's Markdown, and keeps what was made of it for the next build: a hook of MkDocs.

For each folder of pages there is a file in ``.cache/pages/``. Of each page it holds a digest of what is kept, and one
of all that the conversion depends on: the page with its macros drawn, its front matter, settings, versions, our
extensions. What a link leads to is looked up again each time. So a page that shows another's title is converted again
when that title changes, since then its macros draw something else; and what was damaged is not there.
``KEEP_PAGES=false`` switches this off.

What has to be converted, is by one converter for all pages; MkDocs would make one for each, and read each twice more
to know its anchors.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import html
import json
import logging
import os
import posixpath
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown import Markdown
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

import knowledge_base

# What the theme's search leaves out of a page, and tags of which it takes no note: it reads faster without them.
_TIP = re.compile(r'<span class="kb-(?:cite|term)__full"[^>]*>(?:[^<]|<(?!/?span\b)[^>]*>)*</span>')
_NAMES = "abbr|b|cite|dd|dl|dt|em|i|small|span|strong|table|tbody|td|th|thead|tr"
_TAG = re.compile(rf'</?(?:{_NAMES})(?:\s(?:[^>"]|"[^"]*")*)?>')
_LEFT_OUT = re.compile(rf"<(?:{_NAMES})\s[^>]*\bdata-search")
_HEADERLINK = re.compile(r'<a class="headerlink"[^>]*>[^<]*</a>')
_LINK = re.compile(r"<a\b[^>]*>([^<]*)</a>")
# Where a link may lead: MkDocs takes both for anchors.
_ANCHOR = re.compile(r"""<(?:a\s[^<>]*?\bname|[a-z][^<>]*?\sid)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_MADE_BY = ("markdown", "mkdocs", "mkdocs-material")
# As it was when it began to run: a preview goes on with that, whatever is saved meanwhile.
_CODE = b"".join(
    path.read_bytes() for path in (Path(__file__), *sorted(Path(knowledge_base.__path__[0]).glob("markdown_*.py")))
)
_NAME = "pages.kept"
_build: _Kept | None = None


def on_pre_build(*, config: Any) -> None:
    """Begins anew for each build."""
    global _build
    index = getattr(config.plugins.get("material/search"), "search_index", None)
    if index is not None:
        index.add_entry_from_context = functools.partial(_index_page, index.add_entry_from_context)
    _build = _Kept(config) if config.extra.get("keep_pages", True) else None


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Takes the conversion over; hooks come after plugins, so that macros are drawn by now."""
    if _build is not None:
        # There is no event for what MkDocs does next.
        page.render = functools.partial(_build.render, page)  # type: ignore[method-assign]
    return markdown


def on_env(env: Any, **_: Any) -> Any:
    """All pages are read: what was kept of others goes."""
    if _build is not None:
        _build.sweep()
    return env


def on_page_content(html: str, *, page: Page, **_: Any) -> str:
    """What a page became waits in packed form for all others to be read; thousands of them fill the memory."""
    return html if _build is None else ""


@event_priority(100)  # before the theme's search reads it
def on_page_context(context: Any, *, page: Page, **_: Any) -> Any:
    """It is wanted now."""
    if _build is not None:
        page.content = _build.content(page)
    return context


def on_post_page(output: str, *, page: Page, **_: Any) -> str:
    """And not again."""
    page.content = ""
    return output


class _Conversion(NamedTuple):
    """What was made of a page: what it depends on, what MkDocs has to know first, and the rest, packed.

    Both are JSON; the second is the page's HTML and its entries for search.
    """

    depends_on: bytes
    head: bytes
    body: bytes


class _Kept:
    """The pages that are kept, for one build."""

    def __init__(self, config: Any) -> None:
        root = Path(config.config_file_path).parent
        # The served build and the one for the disk have other addresses, and take turns.
        self._folder = root / ".cache" / "pages" / ("folders" if config.use_directory_urls else "files")
        # The theme reads each page's HTML again for its search. Where it does, that is kept as well.
        plugin = config.plugins.get("material/search")
        self._index = getattr(plugin, "search_index", None)
        settings = {name: value for name, value in config.mdx_configs.items() if not _is_told_anew(name)}
        self._made_by = (
            repr(
                (
                    sys.version,
                    [version(name) for name in _MADE_BY],
                    config.markdown_extensions,
                    settings,
                    config.validation,
                    self._index is not None,
                )
            ).encode()
            + _CODE
        )
        self._converters: dict[tuple[str, ...], Markdown] = {}
        # By folder: of the last build what has not been asked for yet, and what there is of this one.
        self._last: dict[str, dict[bytes, _Conversion]] = {}
        self._now: dict[str, list[_Conversion]] = {}
        self._changed: set[str] = set()
        self._waiting: dict[str, bytes] = {}
        self._entries: list[dict[str, Any]] = []
        if self._index is not None:
            self._index_page = self._index.add_entry_from_context
            self._index.add_entry_from_context = lambda _: self._index.entries.extend(self._entries)

    def render(self, page: Page, config: Any, files: Files) -> None:
        """What MkDocs has to know of a page after its conversion, from the last build or made now."""
        folder = posixpath.dirname(page.file.src_uri)
        if folder not in self._last:
            self._last[folder] = _read(self._file_of(folder))
        depends_on = self._depends_on(page, config)
        found = self._last[folder].pop(depends_on, None)
        head = json.loads(found.head) if found else {}
        if found and all(_address(files, name) == address for name, address in head["asked"].items()):
            page.content, page.toc = "", get_toc(head["toc"])
            page._title_from_render = head["title"]
            page.present_anchor_ids = set(map(sys.intern, head["ids"]))
            page.links_to_anchors = {_file(files, name): ids for name, ids in head["anchors"].items()}
            self._now.setdefault(folder, []).append(found)
        else:
            asking = _Asking(files)
            with _heard() as said:
                self._convert(page, config, asking)
            body = json.dumps([page.content, self._made_for_search(page)], default=str).encode()
            found = _Conversion(depends_on, json.dumps(_head(page, asking)).encode(), zlib.compress(body, 1))
            self._changed.add(folder)
            if not said:  # what MkDocs warns of, it is to warn of each time
                self._now.setdefault(folder, []).append(found)
        self._waiting[page.file.src_uri] = found.body
        page.markdown = ""  # nobody reads it again

    def content(self, page: Page) -> str:
        """What a page became; what the theme's search makes of it is at hand as well."""
        content, self._entries = json.loads(zlib.decompress(self._waiting.pop(page.file.src_uri)))
        return str(content)

    def _convert(self, page: Page, config: Any, asking: _Asking) -> None:
        """What `Page.render` does, with the same parts of MkDocs."""
        told = _told(config)
        if told not in self._converters:  # a few: for the pages of each depth
            new = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
            # Each tag is looked up among them some ten times; a list would be gone through from its beginning.
            new.block_level_elements = frozenset(new.block_level_elements)
            self._converters[told] = new
        converter = self._converters[told]
        of_mkdocs: Any = sys.modules[type(page).__module__]
        links = of_mkdocs._RelativePathTreeprocessor(page.file, asking, config)
        title = of_mkdocs._ExtractTitleTreeprocessor()
        for part in (links, title):
            part._register(converter)
        converter.toc_tokens = []
        page.content = converter.convert(page.markdown)
        page.toc, page._title_from_render = get_toc(converter.toc_tokens), title.title
        converter.reset()  # now, since it would else hold on to a long list until the next page comes
        page.present_anchor_ids = {sys.intern(html.unescape("".join(hit))) for hit in _ANCHOR.findall(page.content)}
        page.links_to_anchors = links.links_to_anchors

    def sweep(self) -> None:
        """Writes the folders of which something is new or gone."""
        used = {self._file_of(folder) for folder in self._now}
        # Those of a build that was killed while it wrote have another ending.
        for path in self._folder.rglob("pages.*"):
            if path not in used:
                path.unlink(missing_ok=True)
        for folder, conversions in self._now.items():
            if folder in self._changed or self._last[folder]:
                _write(self._file_of(folder), conversions)
        self._last.clear()
        self._now.clear()

    def _file_of(self, folder: str) -> Path:
        return self._folder / folder / _NAME

    def _depends_on(self, page: Page, config: Any) -> bytes:
        of_page = json.dumps([page.file.src_uri, page.url, page.markdown, page.meta, *_told(config)], default=str)
        return _digest(self._made_by, of_page.encode())

    def _made_for_search(self, page: Page) -> list[dict[str, Any]]:
        if self._index is None:
            return []
        before = len(self._index.entries)
        self._index_page(page)
        entries: list[dict[str, Any]] = self._index.entries[before:]
        del self._index.entries[before:]
        return entries


class _Asking:
    """The site's files, as a conversion asks for them: takes note of what was asked and what the answer was."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """As MkDocs' own."""
        file = self._files.get_file_from_path(path)
        self.asked[path] = f"{file.inclusion.name} {file.url}" if file else None
        return file


def _index_page(by_theme: Callable[[Any], None], page: Page) -> None:
    """Has the theme read a page for its search, with what it passes over already taken out."""
    content = _HEADERLINK.sub("", _TIP.sub("", page.content or ""))
    if not _LEFT_OUT.search(content):  # where one is, the theme has to see where it ends
        content = _LINK.sub(r"\1", _TAG.sub("", content))
    by_theme(SimpleNamespace(content=content, toc=page.toc, url=page.url, meta=page.meta, title=page.title))


def _head(page: Page, asking: _Asking) -> dict[str, Any]:
    """What MkDocs has to know of a page before it makes the first."""
    return {
        "toc": [_token(link) for link in page.toc],
        "title": page._title_from_render,
        "ids": sorted(page.present_anchor_ids or ()),
        "anchors": {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()},
        "asked": asking.asked,
    }


def _address(files: Files, path: str) -> str | None:
    """The address of a file; with a mark where it is not published."""
    file = files.get_file_from_path(path)
    return f"{file.inclusion.name} {file.url}" if file else None


def _file(files: Files, path: str) -> File:
    file = files.get_file_from_path(path)
    assert file is not None  # it was asked for, and is there as it was
    return file


def _token(link: AnchorLink) -> dict[str, Any]:
    """A heading as Python-Markdown tells MkDocs of it."""
    children = [_token(child) for child in link.children]
    return {"name": link.title, "id": link.id, "level": link.level, "children": children}


def _told(config: Any) -> tuple[str, ...]:
    """What extensions are told anew for each page."""
    return tuple(_said(tuple(options.items())) for name, options in config.mdx_configs.items() if _is_told_anew(name))


def _is_told_anew(extension: str) -> bool:
    """Whether `macros.py` gives an extension other settings for each page."""
    return extension == "knowledge_base.markdown_terms"


@functools.lru_cache(maxsize=10_000)  # the same for all pages of a folder
def _said(options: tuple[Any, ...]) -> str:
    return repr(options)


@contextlib.contextmanager
def _heard() -> Iterator[list[logging.LogRecord]]:
    """What MkDocs says meanwhile."""
    said: list[logging.LogRecord] = []
    ear = logging.Handler()
    ear.emit = said.append  # type: ignore[method-assign, assignment]
    log = logging.getLogger("mkdocs")
    log.addHandler(ear)
    try:
        yield said
    finally:
        log.removeHandler(ear)


def _digest(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"\0".join(parts), digest_size=20).hexdigest().encode()


def _read(path: Path) -> dict[bytes, _Conversion]:
    """What is kept of a folder, by what it depends on; up to the first that is not whole."""
    found: dict[bytes, _Conversion] = {}
    with contextlib.suppress(OSError, ValueError), path.open("rb") as file:
        while line := file.readline():
            digest, depends_on, head, body = line.split()
            one = _Conversion(depends_on, file.read(int(head)), file.read(int(body)))
            if digest != _digest(*one):
                break
            found[depends_on] = one
    return found


def _write(path: Path, conversions: list[_Conversion]) -> None:
    """Keeps them; a folder that cannot be written to only costs time."""
    aside = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            for one in conversions:
                file.write(b"%s %s %d %d\n" % (_digest(*one), one.depends_on, len(one.head), len(one.body)))
                file.write(one.head + one.body)
        aside.replace(path)
