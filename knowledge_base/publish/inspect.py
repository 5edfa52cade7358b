"""The last net: looks over the built site as a browser would, whatever wrote it.

Every internal address must lead to a file and, with a ``#``, to a place in it; nothing may be fetched from another
host; no macro may be left unrendered; and nothing may stand in a page that the policy refuses under which it is
served. Links that a reader follows may leave the site; what a page loads may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import tinycss2
from lxml import etree
from lxml import html as lxml_html

REQUIRED = ("index.html", "404.html", "sitemap.xml")
"""Files that every site has; a build without them went wrong somewhere."""
SEARCH = ("search/pagefind-entry.json", "search/search_index.json")
"""The indexes of the two engines, of which every site has one: that of the served edition, and the theme's."""

# What a browser loads by itself. An <a> is followed by the reader, and is judged apart.
_LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "video": ("src", "poster"),
}
# Kinds of <link> that only name an address.
_NAMED_ONLY = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}
_LEFT_OVER = re.compile(r"\{\{|\{%|\{#|Macro (?:Rendering|Syntax) Error")
# An address in a srcset, which may hold commas of its own (data: does), and what is said of it up to the next.
_CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s[^,]*)?(?:,|$)")
_QUIET = {"code", "pre", "script", "style", "template"}


@dataclass(frozen=True, order=True)
class Finding:
    """Something in the built site that must not be published: the file, and what is wrong with it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass
class _PageOfSite:
    ids: set[str]
    loads: list[str]
    links: list[str]
    wrong: list[str]
    refused: list[str]


def inspect(site: Path, mount: str = "/", *, from_disk: bool = False) -> list[Finding]:
    """Everything wrong with a built site.

    Args:
        site: its folder.
        mount: the path under which it will be served; only the 404 page knows it.
        from_disk: whether it will be opened from disk, where no server finds the page of a folder.
    """
    found = [Finding(name, "The site lacks this file.") for name in REQUIRED if not (site / name).is_file()]
    if not any((site / name).is_file() for name in SEARCH):
        found.append(Finding("search/", "The site lacks an index to search."))
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    pages = {name: _read(path) for name, path in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        found += [Finding(name, message) for message in page.wrong]
        found += [Finding(name, message) for message in page.refused]
        for address in page.loads:
            found += _judge(name, address, files, pages, mount, loaded=True)
        for address in page.links:
            found += _judge(name, address, files, pages, mount, loaded=False, from_disk=from_disk)
    for name, path in files.items():
        if name.endswith(".css"):
            for address in addresses_of_css(path.read_text(encoding="utf-8", errors="replace")):
                found += _judge(name, address, files, pages, mount, loaded=True)
    return sorted(set(found))


def _read(path: Path) -> _PageOfSite:
    page = _PageOfSite(set(), [], [], [], [])
    source = path.read_bytes()
    try:
        tree = lxml_html.document_fromstring(source, parser=lxml_html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        page.wrong.append("The page is empty.")
        return page
    for node in tree.iter(etree.Element):
        tag = str(node.tag)
        page.ids |= {value for key in ("id", "name") if (value := node.get(key))}
        if tag in {"a", "area"}:
            page.links += [value for key in ("href",) if (value := node.get(key)) is not None]
            page.loads += (node.get("ping") or "").split()
        elif tag == "link":
            kinds = set((node.get("rel") or "").lower().split())
            if node.get("href") and not kinds <= _NAMED_ONLY:
                page.loads.append(node.get("href", ""))
        elif tag == "base":
            page.wrong.append("<base> changes every address on the page.")
        elif tag == "meta" and (node.get("http-equiv") or "").lower() == "refresh":
            page.loads += re.findall(r"url\s*=\s*['\"]?([^'\"\s]+)", node.get("content") or "", re.IGNORECASE)
        for key in _LOADED.get(tag, ()):
            value = node.get(key)
            if value:
                page.loads += _CANDIDATE.findall(value) if key == "srcset" else [value]
        page.refused += _refused(node, tag)
        if node.get("markdown") is not None:
            page.wrong.append("What a macro drew was not taken for Markdown; it has to stand on a line of its own.")
        if node.get("background"):
            page.loads.append(node.get("background", ""))
        if node.get("style"):
            page.loads += addresses_of_css(f"x{{{node.get('style')}}}")
        if tag == "style" and node.text:
            page.loads += addresses_of_css(node.text)
    page.wrong += [f"A macro was left as it is: '{text}'." for text in left_over(tree)]
    return page


def _refused(node: etree._Element, tag: str) -> Iterator[str]:
    """What the policy for the served site would refuse: scripts and styles that stand in the page itself."""
    if tag == "script" and node.get("src") is None and not (node.get("type") or "").endswith("json"):
        yield f"A script stands in the page: '{(node.text or '').strip()[:40]}'."
    if tag == "style":
        yield "A style sheet stands in the page."
    for name in map(str, node.keys()):
        if name == "style" or name.startswith("on"):
            yield f"<{tag}> has the attribute '{name}', which the policy refuses."


def left_over(tree: etree._Element) -> Iterator[str]:
    """What Jinja would have acted on, outside code: the beginning of each such text."""
    for node in tree.iter():  # comments too, for the text that follows them
        tail_outside = not any(str(parent.tag) in _QUIET for parent in node.iterancestors())
        outside = tail_outside and isinstance(node.tag, str) and node.tag not in _QUIET
        for text, counts in ((node.text, outside), (node.tail, tail_outside)):
            hit = _LEFT_OVER.search(text) if text and counts else None
            if text and hit:
                yield text[hit.start() : hit.start() + 40].strip()


def addresses_of_css(text: str) -> list[str]:
    """Every address in a style sheet: ``url(...)`` and ``@import``."""
    found: list[str] = []
    todo = list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    while todo:
        node = todo.pop()
        if node.type == "url":
            found.append(node.value)
        elif node.type == "function" and node.lower_name == "url":
            found += [part.value for part in node.arguments if part.type == "string"]
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            found += [part.value for part in node.prelude if part.type == "string"]
        for part in ("prelude", "content", "arguments"):
            todo += getattr(node, part, None) or []
    return found


def _judge(
    name: str,
    address: str,
    files: dict[str, Path],
    pages: dict[str, _PageOfSite],
    mount: str,
    *,
    loaded: bool,
    from_disk: bool = False,
) -> Iterator[Finding]:
    address = address.strip()
    if address.startswith(("data:", "#")) and loaded:
        return
    try:
        parts = urlsplit(address)
    except ValueError:
        yield Finding(name, f"'{address}' is no address.")
        return
    if parts.scheme or parts.netloc:
        if loaded:
            yield Finding(name, f"'{address}' would be fetched from another host.")
        elif parts.scheme not in {"http", "https", "mailto", "tel"}:
            yield Finding(name, f"'{address}' is not an address that a page may link to.")
        return
    path = unquote(parts.path)
    if path.startswith("/"):
        if name != "404.html" or not path.startswith(mount):
            yield Finding(name, f"'{address}' works at one address of the site only.")
            return
        target = path[len(mount) :]
    else:
        target = normpath((PurePosixPath(name).parent / path).as_posix()) if path else name
    if target.startswith(".."):
        yield Finding(name, f"'{address}' leads out of the site.")
        return
    target = "" if target == "." else target
    if target not in files:
        inside = f"{target.rstrip('/')}/index.html".lstrip("/")
        if inside not in files:
            yield Finding(name, f"'{address}' leads to no file.")
            return
        if from_disk:
            yield Finding(name, f"'{address}' leads to a folder, and from disk its page would not open.")
            return
        if path and not path.endswith(("/", ".", "..")):
            yield Finding(name, f"'{address}' lacks its closing slash, and would be redirected.")
        target = inside
    anchor = unquote(parts.fragment)
    # A mark that a script reads (#missed=als-3) is no place; an empty one is the top of the page.
    if anchor and "=" not in anchor and target in pages and anchor not in pages[target].ids:
        yield Finding(name, f"'{address}' leads to no place on '{target}'.")
