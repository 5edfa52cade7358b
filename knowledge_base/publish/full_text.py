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
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import Any, Self

import pagefind_bin

from knowledge_base import search
from knowledge_base.catalogue import Catalogue

FOLDER = "search"
"""Where the index is published, below the site's own address."""
NEAREST = f"{FOLDER}/nearest.json"
"""What is offered where nothing is found: the words that may have been meant, and a page for want of any."""
FACETS = f"{FOLDER}/facets.json"
"""What readers can narrow a search by. (Pagefind has filters too; it writes them in another order at each run.)"""

_THEMES_INDEX = f"{FOLDER}/search_index.json"
_THEMES_WORKER = "assets/javascripts/workers"
# The script that hands what is typed to an engine, and the one that takes its place.
_SCRIPT, _OURS = "assets/search-engine.js", "assets/search-pagefind.js"
# Interfaces that we do not use, and the program for pages without a language.
_UNUSED = ("*.css", "pagefind-*ui.js", "pagefind-highlight.js", "wasm.unknown.pagefind")
# Every first search fetches them. Pagefind packs them with gzip; as they are, they are packed better with the rest.
_UNPACKED = ("*.pagefind", "*.pf_meta")
_SIGNATURE = b"pagefind_dcd"  # with which each of its files begins, once unpacked
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
        _index({address: document(parts) for address, parts in pages.items()}, site / FOLDER)
    except _IndexerError as error:
        return [f"Pagefind stopped: {error}"]
    for name, content in ((NEAREST, nearest(entries)), (FACETS, _facets(whole, site / FOLDER))):
        (site / name).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    # Its program is published with the index, and its licence wants to go along.
    shutil.copyfile(Path(__file__).with_name("pagefind-licence.txt"), site / FOLDER / "LICENSE.txt")
    shutil.rmtree(site / _THEMES_WORKER)
    (site / _OURS).replace(site / _SCRIPT)
    return []


def document(parts: Sequence[Entry]) -> str:
    """A page as the indexer reads it: sections under headings by which they are found, and weights.

    Args:
        parts: what the theme's index has of the page: first the page itself, then its sections.
    """
    return "".join(_document(parts))


def _document(parts: Sequence[Entry]) -> Iterator[str]:
    page = parts[0]
    yield '<html lang="en"><head>'
    for field in ("keywords", "summary"):
        if page.get(field):
            yield f'<meta data-pagefind-meta="{field}[content]" content="{escape(page[field])}">'
    yield "</head><body>"
    for part in parts:
        anchor = part["location"].partition("#")[2]
        # Titles and texts of the theme's index are HTML.
        yield f'<h2 id="{escape(anchor)}">{part["title"]}</h2>' if anchor else f"<h1>{part['title']}</h1>"
        yield part["text"]
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


def _index(pages: Mapping[str, str], target: Path) -> None:
    """Writes the files that the indexer makes, as far as they are used.

    Args:
        pages: by address, as `document` makes them.
        target: the folder for the files.

    Raises:
        _IndexerError: it could not.
    """
    # In this order, so that the same pages give the same bytes; in a folder the file system would give the order.
    with _Indexer() as indexer:
        number = indexer.ask("NewIndex", config={})["index_id"]
        for address, page in pages.items():
            indexer.ask("AddFile", index_id=number, url=f"/{address}", file_contents=page)
        # Asked to write them itself, it answers before all is on the disk, and some files end too early.
        files = indexer.ask("GetFiles", index_id=number)["files"]
    for file in files:
        path = PurePosixPath(file["path"])
        if not any(path.match(pattern) for pattern in _UNUSED):
            content = base64.b64decode(file["content"])
            unpacked = any(path.match(pattern) for pattern in _UNPACKED)
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(gzip.decompress(content) if unpacked else content)


def _facets(whole: Catalogue, target: Path) -> dict[str, dict[str, list[str]]]:
    """By what the index calls each page, what readers can narrow a search by."""
    facets = search.facets(whole)
    found = {}
    for file in sorted((target / "fragment").iterdir()):
        fragment = json.loads(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE))
        found[file.stem] = facets.get(fragment["url"].removeprefix("/"), {})
    return found


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
