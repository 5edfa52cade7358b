"""The built site: its pages, and a server that serves them below a path, as hosts do."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

WRONG = "404.html"
"""The page for a wrong address. It stands in no sitemap."""


def pages(site: Path) -> list[str]:
    """All pages, by their addresses below the site's own: those of its sitemap, and the one for wrong addresses."""
    tree = etree.parse(str(site / "sitemap.xml"))
    addresses = [str(node.text) for node in tree.iter("{*}loc")]
    home = min(addresses, key=len)
    return [*(address.removeprefix(home) for address in addresses), WRONG]


def mount(site: Path) -> str:
    """The path below which the site was built to be served, with its closing slash."""
    tree = etree.parse(str(site / "sitemap.xml"))
    return urlsplit(min((str(node.text) for node in tree.iter("{*}loc")), key=len)).path


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below a path, answers 404 beside it, and keeps no log."""

    def __init__(self, *arguments: Any, below: str, **options: Any) -> None:
        self.below = below
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        """The file at an address; one that is not there, for an address outside the site."""
        inside = path.startswith(self.below)
        return super().translate_path(path.removeprefix(self.below) if inside else "/outside-of-the-site")

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    # Threads are waited for, so that no connection is left open in the end.
    daemon_threads = False


@contextmanager
def served(site: Path, below: str) -> Iterator[str]:
    """Serves the site on a free port of this machine, and gives its address: ``http://127.0.0.1:PORT/path/``."""
    handler = functools.partial(_Handler, directory=str(site), below=below)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{below}"
        finally:
            server.shutdown()
            thread.join()
