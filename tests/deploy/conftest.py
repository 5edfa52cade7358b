"""nginx as it stands on this machine, started with the configuration that hosts get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from audit import nginx
from audit.nginx import Served
from knowledge_base.publish import package

Serve = Callable[..., Served]

FILES = {
    "index.html": '<!doctype html><title>Home</title><a href="sessions/als-3/">ALS 3</a>' + "<p>Words.</p>" * 200,
    "sessions/als-3/index.html": "<!doctype html><title>ALS 3</title>" + "<p>Words.</p>" * 200,
    # The links of this page alone are absolute; so are the addresses that it gives the theme's script.
    "404.html": (
        '<!doctype html><link href="/assets/apir.0123abcd.css"><a href="/.">Home</a><a href="/sessions/">Sessions</a>'
        '<svg><path d="M1 1"/></svg>'
        '<script type="application/json">{"base": "/", "search": "/assets/search.js"}</script>'
    ),
    "assets/apir.0123abcd.css": "p { color: black }" * 50,
    "assets/javascripts/search.0123abcd.min.js": "let found = [];" * 50,
    "assets/dates.js": "let days = [];" * 50,
    "assets/dates.js.map": "{}",
    "assets/favicon.svg": "<svg/>",
    "assets/mark.png": "png",
    "search/fragment/en_0123abc.pf_fragment": "packed already",
    "search/index/en_0123abc.pf_index": "packed already",
    "search/1/index/en_0123abc.pf_index": "packed already",
    "search/pagefind-entry.json": "{}",
    "site.webmanifest": "{}",
    "calendar.ics": "BEGIN:VCALENDAR",
    "feed_rss_created.xml": "<rss/>",
    "search/search_index.json": "{}",
    "downloads/references.bib": "@book{}",
    "downloads/references.ris": "TY  - BOOK",
    "downloads/references.csv": "id,title",
    "downloads/notes.md": "# Notes",
    "downloads/words.txt": "Words",
    "downloads/programme.pdf": "%PDF",
    "downloads/programme.epub": "PK",
    "downloads/programme.docx": "PK",
    "sitemap.xml.gz": "gz",
    ".git/config": "[core]",
    "sessions/.draft.html": "<p>Not yet</p>",
}


def write(site: Path) -> Path:
    """A small made-up site, packed like a real one."""
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    package.compress(site)
    return site


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("small") / "site")


@pytest.fixture(scope="module")
def serve(nginx_here: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serves a site below a path; all servers end with the module."""
    with ExitStack() as running:

        def start(site: Path, mount: str = "") -> Served:
            return running.enter_context(nginx.serving(site, tmp_path_factory.mktemp("nginx"), mount))

        yield start


@pytest.fixture(scope="module")
def server(serve: Serve, small: Path) -> Served:
    """The small site at the root of a host."""
    return serve(small)


@pytest.fixture(scope="module")
def mounted(serve: Serve, small: Path) -> Served:
    """The same files below a path."""
    return serve(small, "/learning/apir")
