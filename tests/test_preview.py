"""The preview: a link to a file that only a build makes is no dead link there."""

from __future__ import annotations

import types
from pathlib import Path

import pytest

import preview
from knowledge_base.publish import exports, handouts
from tests.conftest import ROOT

NOTES = "downloads/notes/2010-11/als-5.pdf"


@pytest.fixture
def ask(site, monkeypatch, tmp_path):
    """Asks the preview for an address, and answers status, headers and body."""
    monkeypatch.delenv("SITE_URL", raising=False)

    def other(environ, start):
        start("200 OK", [("Content-Type", "text/html")])
        return [b"MkDocs"]

    def ask(path: str, mount: str = "/") -> tuple[str, dict[str, str], bytes]:
        told = {}

        def start(status, headers):
            told.update(status=status, headers=dict(headers))

        app = preview.answering(other, ROOT, site, mount)
        body = b"".join(app({"PATH_INFO": path}, start))
        return told["status"], told["headers"], body

    # Without the cache of the project.
    make = handouts.make
    monkeypatch.setattr(handouts, "make", lambda *args: make(*args[:4]))
    return ask


def test_handout_is_made_when_it_is_asked_for(ask):
    status, headers, body = ask(f"/{NOTES}")
    assert (status, headers["Content-Type"], body[:5]) == ("200 OK", "application/pdf", b"%PDF-")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Length"] == str(len(body))


def test_preview_below_a_path_makes_them_too(ask):
    assert ask(f"/apir/kb/{NOTES}", "/apir/kb/")[2].startswith(b"%PDF-")
    assert ask(f"/{NOTES}", "/apir/kb/")[2] == b"MkDocs"


@pytest.mark.parametrize(
    "path", ["/", "/sessions/als-3/", "/assets/apir.css", "/downloads/none.pdf", "/livereload/1/2"]
)
def test_everything_else_is_left_to_mkdocs(ask, path):
    assert ask(path)[2] == b"MkDocs"


def test_files_for_other_programs_are_made_too(ask, monkeypatch):
    monkeypatch.setattr(exports, "files", lambda whole, address: {"data/a.json": lambda: b"{}"})
    status, headers, body = ask("/data/a.json")
    assert (status, headers["Content-Type"], body) == ("200 OK", "application/json", b"{}")


def test_handout_that_cannot_be_made_says_why(ask, monkeypatch):
    def refuse(*_):
        raise handouts.HandoutError("downloads/a.pdf: no handout can be made of docs/a.md: the page was not built.")

    monkeypatch.setattr(handouts, "make", refuse)
    status, headers, body = ask(f"/{NOTES}")
    assert status.startswith("500")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert body.decode() == "downloads/a.pdf: no handout can be made of docs/a.md: the page was not built.\n"


def test_mkdocs_calls_the_hook_with_its_server(site):
    app = object()
    server = types.SimpleNamespace(
        mount_path="/", get_app=lambda: app, set_app=lambda new: setattr(server, "app", new)
    )
    config = types.SimpleNamespace(config_file_path=str(Path(ROOT) / "mkdocs.yml"), site_dir=str(site))
    assert preview.on_serve(server, config=config, builder=None) is server
    assert callable(server.app)
