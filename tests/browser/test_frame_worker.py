"""The stand-in for a worker: from disk it runs a worker's script, and from a server it leaves the browser's alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from audit.site import served
from tests.conftest import ROOT

PAGE = '<!doctype html><html lang="en"><title>T</title><body><script src="{script}"></script></body></html>'
# As the theme's: what it is sent it answers, later, and it changes what it was sent.
ECHO = """
var heard = [];
addEventListener("message", async event => {
  heard.push(event.data);
  event.data.push("changed");
  await null;
  postMessage([heard.length, event.data, typeof window, typeof mark]);
});
"""
SEND = """
async () => {
  window.mark = "of the page";
  const worker = new Worker("echo.js");
  const answers = [];
  const sent = [["one"], ["two"]];
  const done = new Promise(done => worker.addEventListener("message", event => {
    if (answers.push(event.data) === sent.length) done();
  }));
  for (const words of sent) worker.postMessage(words);
  await done;
  return {answers, sent, leaks: "heard" in window, frames: frames.length};
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with the stand-in, and a script for it to run."""
    folder = tmp_path_factory.mktemp("frame") / "Für Zoë #2"
    (folder / "deep").mkdir(parents=True)
    shutil.copy(ROOT / "overrides/assets/iframe-worker.js", folder)
    for page, script in (("index.html", ""), ("deep/index.html", "../")):
        (folder / page).write_text(PAGE.format(script=f"{script}iframe-worker.js"), encoding="utf-8")
        (folder / page).with_name("echo.js").write_text(ECHO, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> str:
    """In place of a server's."""
    return f"{folder.as_uri()}/"


@pytest.mark.parametrize("path", ["index.html", "deep/index.html?h=words#place"])
def test_from_disk_messages_go_in_and_out_in_their_order(page: Page, path: str) -> None:
    page.goto(path)
    found = page.evaluate(SEND)
    # The script has a window of its own: a worker's has none, and the theme's asks for none.
    assert found["answers"] == [
        [1, ["one", "changed"], "object", "undefined"],
        [2, ["two", "changed"], "object", "undefined"],
    ]
    assert found["sent"] == [["one"], ["two"]]
    assert (found["leaks"], found["frames"]) == (False, 1)


def test_nothing_is_opened_before_the_first_message(page: Page) -> None:
    page.goto("index.html")
    assert page.evaluate("() => { new Worker('echo.js'); return frames.length; }") == 0


def test_from_a_server_the_browsers_own_worker_is_used(page: Page, folder: Path) -> None:
    with served(folder, "/") as server:
        page.goto(server)
        found = page.evaluate(SEND)
        page.close()
    assert found["answers"][0] == [1, ["one", "changed"], "undefined", "undefined"]
    assert found["frames"] == 0
