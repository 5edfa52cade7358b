"""Full-text search of the served site, at any size: Pagefind's index and script, in place of the theme's.

The theme hands each reader the whole index; Pagefind's lies in many small files, of which a browser fetches those
that hold the words typed. It cannot do so from disk, and a preview has no time for it: both keep the theme's search,
and so does whatever MkDocs builds by itself. What can be found is the same: it is read from the theme's index.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import math
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import Any, Self
from zlib import crc32

import pagefind_bin
from rjsmin import jsmin

from knowledge_base import search
from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import thinning

FOLDER = "search"
"""Where the index is published, below the site's own address."""
NEAREST = f"{FOLDER}/nearest.json"
"""What is offered where nothing is found: the words that may have been meant, and a page for want of any."""
FACETS = f"{FOLDER}/facets.json"
"""What readers can narrow a search by. (Pagefind has filters too; it writes them in another order at each run.)"""
RESULTS = f"{FOLDER}/results.css"
"""How results look. Empty here: `assets` moves it out of the style sheet of the pages, which is joined there."""
PART = 2_000
"""Pages of one index. Memory to make it grows with them, and time to look for a common word with their square."""
SHOWN = 60_000
"""Characters of a page that go along with a result, for its excerpts. What stands behind them is found as well."""

_THEMES_INDEX = f"{FOLDER}/search_index.json"
_THEMES_WORKER = "assets/javascripts/workers"
# What pages load, for the theme's search: what both searches need, and what helps the theme's.
_BOX, _THEMES_ENGINE = "assets/search.js", "assets/search-engine.js"
# What they load for ours, and what it fetches when a reader turns to the search.
_BEGIN, _ENGINE = "assets/search-begin.js", "assets/search-pagefind.js"
_FETCHED = f"{FOLDER}/search.js"
# Interfaces that we do not use, and the program for pages without a language.
_UNUSED = ("*.css", "pagefind-*ui.js", "pagefind-highlight.js", "wasm.unknown.pagefind")
# Every first search fetches them. Pagefind packs them with gzip; as they are, they are packed better with the rest.
_UNPACKED = ("*.pagefind", "*.pf_meta")
_SIGNATURE = b"pagefind_dcd"  # with which each of its files begins, once unpacked
# How much of an index lies in one file: so many places of words. By itself the indexer takes 20,000; for each word
# typed a reader fetches a file, most of which is other words. A longer list of files costs less than that.
_SIZE = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "2000"}
_KEYWORDS = "kb-keywords"
_GLOSSARY = "research/glossary/"

Entry = Mapping[str, Any]
"""An entry of the theme's index: a page, or a section of one. See `search.weigh`."""


def write(whole: Catalogue, site: Path) -> list[str]:
    """Puts Pagefind's index into a built site, and takes the theme's out of it.

    Args:
        whole: everything that the site knows.
        site: the folder of the built site, with an address that ends in a slash for each page.

    Returns:
        What went wrong, as lines to show; empty when all is well.
    """
    if not (site / _THEMES_INDEX).is_file():
        return ["MkDocs made no index: is its plugin 'search' in mkdocs.yml?"]
    entries: list[Entry] = json.loads((site / _THEMES_INDEX).read_text(encoding="utf-8"))["docs"]
    pages: dict[str, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    shutil.rmtree(site / FOLDER)
    try:
        named = _index(pages, site / FOLDER)
    except _IndexerError as error:
        return [f"Pagefind stopped: {error}"]
    for name, content in ((NEAREST, nearest(entries)), (FACETS, _facets(whole, named))):
        (site / name).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    # Its program is published with the index, and its licence wants to go along.
    shutil.copyfile(Path(__file__).with_name("pagefind-licence.txt"), site / FOLDER / "LICENSE.txt")
    shutil.rmtree(site / _THEMES_WORKER)
    _swap_scripts(site)
    return []


def _swap_scripts(site: Path) -> None:
    """Leaves to pages what waits for a turn to the search, and puts what looks and draws beside the index."""
    fetched = [site / _BOX, site / _ENGINE]
    scripts = [jsmin(script.read_text(encoding="utf-8")) for script in fetched]
    (site / _FETCHED).write_text("\n".join(scripts), encoding="utf-8", newline="\n")
    (site / RESULTS).write_text("", encoding="utf-8")
    (site / _ENGINE).unlink()
    (site / _BEGIN).replace(site / _BOX)
    (site / _THEMES_ENGINE).write_text("", encoding="utf-8")  # pages still name it; it goes when they are joined


def document(parts: Sequence[Entry], thinned: thinning.Thinned) -> str:
    """A page as the indexer reads it: sections under headings by which they are found, and weights.

    Args:
        parts: what the theme's index has of the page: first the page itself, then its sections.
        thinned: what takes words out that stand nearly everywhere.
    """
    return "".join(_document(parts, thinned))


def _document(parts: Sequence[Entry], thinned: thinning.Thinned) -> Iterator[str]:
    page = parts[0]
    yield '<html lang="en"><head>'
    for field in ("keywords", "summary"):
        if page.get(field):
            yield f'<meta data-pagefind-meta="{field}[content]" content="{escape(page[field])}">'
    # What stands behind for the theme's engine does here. Pagefind counts a weight for less, and not in headings.
    weight = f' data-pagefind-weight="{page["boost"] / 2}"' if "boost" in page else ""
    yield f"</head><body{weight}>"
    for part in parts:
        anchor = part["location"].partition("#")[2]
        # Titles and texts of the theme's index are HTML.
        yield f'<h2 id="{escape(anchor)}">{part["title"]}</h2>' if anchor else f"<h1>{part['title']}</h1>"
        yield thinned.text(part["text"])
    if thinned.left_out:
        yield f'<p id="{thinning.digest(thinned.left_out)}"></p>'
    if page.get("keywords"):
        # A section of its own, by whose name our script knows what no reader is shown.
        words = escape(page["keywords"])
        yield f'<h6 id="{_KEYWORDS}" data-pagefind-weight="8">{words}</h6>'
    yield "</body></html>"


def nearest(entries: Iterable[Entry]) -> dict[str, Any]:
    """What is offered where nothing is found: words of titles and keywords, as these lead to pages, and the glossary.

    Args:
        entries: the theme's index.
    """
    pages = {entry["location"]: entry for entry in entries if "#" not in entry["location"]}
    texts = (f"{unescape(page['title'])} {page.get('keywords', '')}" for page in pages.values())
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
    last = pages.get(_GLOSSARY)
    offered = (
        {"address": _GLOSSARY, "title": unescape(last["title"]), "summary": last.get("summary", "")} if last else None
    )
    return {"words": " ".join(sorted(words)), "otherwise": offered}


def _index(pages: Mapping[str, Sequence[Entry]], target: Path) -> list[tuple[str, str]]:
    """Writes the index in as many parts as it wants. The first lies beside the program, and tells of the whole.

    Args:
        pages: by address, what the theme's index has of each.
        target: the folder for the files.

    Returns:
        What the index calls each page, and the page's address. Two pages of two parts may be called the same.

    Raises:
        _IndexerError: it could not be made.
    """
    common = thinning.common((entry["text"] for entry in entries) for entries in pages.values())
    number = max(1, math.ceil(len(pages) / PART))
    # By address, so that a new page moves no other; and a word is as rare in one part as in the next.
    parts: list[dict[str, Sequence[Entry]]] = [{} for _ in range(number)]
    for address, entries in pages.items():
        parts[crc32(address.encode()) % number][address] = entries
    named: list[tuple[str, str]] = []
    for place, part in enumerate(parts):
        folder = target / str(place) if place else target
        named += _part(part, common.told, folder)
        for program in ("*.js", "*.pagefind") if place else ():  # that of the first looks in all
            for file in folder.glob(program):
                file.unlink()
    entry = target / "pagefind-entry.json"
    told = {**json.loads(entry.read_bytes()), "parts": number, "everywhere": " ".join(common.everywhere)}
    entry.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return named


def _part(pages: Mapping[str, Sequence[Entry]], common: Mapping[str, int], target: Path) -> Iterator[tuple[str, str]]:
    """Writes the files that the indexer makes of some pages, as far as they are used. See `_index`."""
    left_out = {}
    # In this order, so that the same pages give the same bytes; in a folder the file system would give the order.
    with _Indexer() as indexer:
        number = indexer.ask("NewIndex", config={})["index_id"]
        for address, entries in pages.items():
            thinned = thinning.Thinned(common)
            page = document(entries, thinned)
            indexer.ask("AddFile", index_id=number, url=f"/{address}", file_contents=page)
            left_out[address] = thinned.left_out
        # Asked to write them itself, it answers before all is on the disk, and some files end too early.
        files = indexer.ask("GetFiles", index_id=number)["files"]
    for file in files:
        path = PurePosixPath(file["path"])
        if any(path.match(pattern) for pattern in _UNUSED):
            continue
        content = base64.b64decode(file["content"])
        if path.match("fragment/*"):
            fragment = json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))
            address = fragment["url"].removeprefix("/")
            try:
                content = _fragment(fragment, left_out[address])
            except ValueError:
                raise _IndexerError(f"it tells of other words in {address} than it was told") from None
            yield path.stem, address
        elif any(path.match(pattern) for pattern in _UNPACKED):
            content = gzip.decompress(content)
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)


def _fragment(fragment: dict[str, Any], left_out: str) -> bytes:
    """What goes along with a result: the page's words, of a very long page only the first, packed."""
    content = thinning.whole(fragment["content"], left_out)
    if len(content) > SHOWN:
        content = content[:SHOWN].rpartition(" ")[0]
    text = json.dumps({**fragment, "content": content}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(_SIGNATURE + text.encode(), mtime=0)


def _facets(whole: Catalogue, named: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """What readers can narrow a search by: each combination, with the pages that it fits, as the index calls them."""
    facets = search.facets(whole)
    pages: dict[str, list[str]] = {}
    for name, address in sorted(named):
        pages.setdefault(json.dumps(facets.get(address, {})), []).append(name.partition("_")[2])
    return [{**json.loads(combination), "pages": " ".join(names)} for combination, names in pages.items()]


class _IndexerError(Exception):
    """The indexer failed; the text says why, for a person."""


class _Indexer:
    """Pagefind's indexer, asked as its wrappers for other languages ask it: JSON in base64, and a comma.

    (That for Python waits for a tenth of a second before each answer.)
    """

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 - a program that comes with this package, no word from outside
            [pagefind_bin.get_executable(), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_SIZE},
        )
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()  # it ends when nothing more can come

    def ask(self, kind: str, **values: object) -> dict[str, Any]:
        """Its answer to a request of a kind; it answers one before it is asked the next."""
        assert self._process.stdin
        assert self._process.stdout
        request = json.dumps({"message_id": 1, "payload": {"type": kind, **values}})
        answer = b""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(base64.b64encode(request.encode()) + b",")
            self._process.stdin.flush()
            while not answer.endswith(b",") and (more := os.read(self._process.stdout.fileno(), 65536)):
                answer += more
        if not answer:
            raise _IndexerError(f"it ended with {self._process.wait()}")
        payload: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
        if payload["type"] == "Error":
            raise _IndexerError(payload["message"])
        return payload
