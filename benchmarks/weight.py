"""What a reader waits for: bytes and requests of a first and of a next visit, and the time to a first search result.

Whatever search a site has is used as a reader does: the box is found by its role, words are typed, and the first link
that comes up counts. Bytes are counted by the server, since a browser does not tell of what its workers fetch. Time
is told by the page's own clock, since the program that drives the browser sees a result later than a reader does.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from audit import chromium
from knowledge_base import catalogue
from knowledge_base.publish import assets, full_text, package

_BOX = "[role=dialog] input[type=text], [role=search] input, input[type=search]"
_RESULT = "[role=dialog] li a[href], [role=search] li a[href]"
# A browser fetches it when it likes: with the first page, the next, or a search.
_ICON = "favicon"
# From the first key, seconds until there is a result.
_CLOCK = """
result => {
  let begin;
  addEventListener("keydown", () => begin ??= performance.now(), true);
  window.seconds = new Promise(done => new MutationObserver((_, watch) => {
    if (!document.querySelector(result)) return;
    watch.disconnect();
    done((performance.now() - begin) / 1000);
  }).observe(document.body, {childList: true, subtree: true}));
}
"""


@dataclass(frozen=True)
class Weight:
    """What a site weighs for a reader who comes with an empty browser.

    Attributes:
        first: bytes, then requests, of a first visit to a page, without any search.
        following: the same of the next page.
        cold: the same of a first search, then the seconds from the turn to the box until the first result.
        warm: the same on the page after that.
    """

    first: tuple[int, int]
    following: tuple[int, int]
    cold: tuple[int, int, float]
    warm: tuple[int, int, float]


def publish(project: Path, site: Path, pages: Sequence[str]) -> None:
    """Makes of what MkDocs built what a host serves, as `kb build` does, but without the handouts.

    Args:
        project: the folder of the project; MkDocs has built it into ``site`` there.
        site: the folder for it.
        pages: the addresses that are visited. No other page is packed, since that takes minutes.

    Raises:
        ValueError: there is something that `kb build` would not publish.
    """
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(project / "site", site)
    found = full_text.write(catalogue.load(project), site) or [str(finding) for finding in assets.gather(site)]
    if found:
        raise ValueError("\n".join(found))
    for path in set(site.rglob("*.html")) - {site / page / "index.html" for page in pages}:
        path.unlink()
    package.compress(site)


def weigh(site: Path, page: str, other: str, word: str) -> Weight | None:
    """Visits two pages of a site, and searches for a word; None where there is no Chromium.

    Args:
        site: the site as it is published.
        page: the address of the first page, below the site's own: ``sessions/als-1/``.
        other: that of the next.
        word: what is searched for.
    """
    if chromium.path() is None:
        return None
    with _served(site) as (address, sent), chromium.browser() as browser:
        reader = browser.new_context()
        first = _visit(reader, sent, address + page)
        following = _visit(reader, sent, address + other)
        reader.close()
        reader = browser.new_context()
        cold = _search(reader, sent, address + page, word)
        warm = _search(reader, sent, address + other, word)
    return Weight(first, following, cold, warm)


def _visit(reader: BrowserContext, sent: list[int], address: str) -> tuple[int, int]:
    sent.clear()
    tab = reader.new_page()
    tab.goto(address, wait_until="networkidle")
    tab.close()
    return sum(sent), len(sent)


def _search(reader: BrowserContext, sent: list[int], address: str, word: str) -> tuple[int, int, float]:
    tab = reader.new_page()
    tab.goto(address, wait_until="networkidle")
    sent.clear()
    tab.evaluate(_CLOCK, _RESULT)
    tab.keyboard.press("/")
    box = tab.locator(_BOX).first
    box.focus()
    # At once but for the last letter: a busy machine would search for the beginning of the word as well, or not.
    tab.keyboard.insert_text(word[:-1])
    tab.keyboard.press(word[-1])
    seconds: float = tab.evaluate("seconds")
    _quiet(tab, sent)
    tab.close()
    return sum(sent), len(sent), seconds


def _quiet(tab: Page, sent: list[int]) -> None:
    """Waits until nothing has been sent for half a second: what is drawn behind the first result is fetched too."""
    before = -1
    while before < len(sent):
        before = len(sent)
        tab.wait_for_timeout(500)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as a host would: packed beforehand where they are; only pages are asked for again."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go: else the second waits up to 40 ms for the browser to confirm the first

    def __init__(self, *args: Any, sent: list[int], **kwargs: Any) -> None:
        self._sent = sent
        super().__init__(*args, **kwargs)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a tab was closed while something was still on its way to it
            super().handle()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, packing = path.read_bytes(), ""
        packed = path.with_name(f"{path.name}.br")
        if packed.is_file():
            content, packing = packed.read_bytes(), "br"
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache" if path.suffix == ".html" else "max-age=86400")
        if packing:
            self.send_header("Content-Encoding", packing)
        self.end_headers()
        self.wfile.write(content)
        if _ICON not in path.name:
            self._sent.append(len(content))

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def _served(site: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a site, and the bytes of each answer so far."""
    sent: list[int] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site), sent=sent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        server.server_close()
