"""The machine's own Chromium, and the built site on a port of this machine."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from audit import chromium


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files, with headers of a test's own, and keeps no log."""

    def __init__(self, *arguments: Any, headers: dict[str, str], **options: Any) -> None:
        self._own = headers
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        for name, value in self._own.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    # Threads are waited for, so that no connection is left open when the tests end.
    daemon_threads = False


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served: ``http://127.0.0.1:PORT/``."""
    with serving(site) as address:
        yield address


@contextmanager
def serving(folder: Path, headers: dict[str, str] | None = None) -> Iterator[str]:
    """Serves a folder at an address of this machine."""
    handler = functools.partial(_Quiet, directory=str(folder), headers=headers or {})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:  # also where a test has failed
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    """Chromium as it stands on this machine; it is closed before the server is."""
    found = chromium.path()
    if found is None:
        said = f"No Chromium here: none of {', '.join(chromium.NAMES)} is on the PATH, and CHROMIUM names no other."
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a reader's browser with nothing in it: size of the window, preferences, with or without scripts."""
    made = []

    def make(**options: Any) -> BrowserContext:
        defaults = {"base_url": address, "viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
        made.append(browser.new_context(**{**defaults, **options}))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def page(context: Callable[..., BrowserContext]) -> Page:
    """A page in a wide window."""
    return context().new_page()
