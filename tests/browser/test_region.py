"""A region: three councils made up, each with a site and an index of its own, and one page that finds across them.

The sites are built from the fake project, and served with the policy that hosts serve them with.
"""

from __future__ import annotations

import functools
import json
import re
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from knowledge_base import catalogue
from knowledge_base.publish import assets, full_text
from knowledge_base.publish import build as publish
from tests.conftest import FAKE, ROOT

pytestmark = pytest.mark.slow

_SHIPPED = (ROOT / "deploy" / "nginx" / "policy.conf").read_text(encoding="utf-8")
POLICY = re.findall(r'^add_header Content-Security-Policy "(.+)" always;', _SHIPPED, re.MULTILINE)[0]
# Words that only this council's notes have.
COUNCILS = {"north": "Squirrels", "east": "Otters", "west": "Badgers &amp; &lt;b&gt;voles&lt;/b&gt;"}


class Served(SimpleHTTPRequestHandler):
    """Serves a folder with the policy, and keeps a list of what was asked for."""

    def __init__(self, *arguments, asked, **options):
        self.asked = asked
        super().__init__(*arguments, **options)

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_head(self):
        self.asked.append(self.path)
        return super().send_head()

    def log_message(self, *_):
        pass


def build(name, word, work, target):
    """Builds a council's site into a folder, as `kb build` does, search included."""
    project = shutil.copytree(FAKE, work / name)
    for part in ("mkdocs.yml", *(path.name for path in ROOT.glob("*.py"))):
        shutil.copy(ROOT / part, project)
    for part in ("overrides", "knowledge_base/templates"):
        shutil.copytree(ROOT / part, project / part)
    notes = project / "docs" / "notes" / "2020-21" / "als-1-north.md"
    notes.write_text(f"{notes.read_text(encoding='utf-8')}\n\n## Animals\n\n{word} were seen.\n", encoding="utf-8")
    for page in (project / "docs").rglob("*.md"):
        page.write_text(f"{page.read_text(encoding='utf-8')}\n\nEvery page speaks of clouds.\n", encoding="utf-8")
    said = publish.mkdocs(project, target, work / f"{name}.log")
    assert not said, "\n".join(said)
    assert full_text.write(catalogue.load(project), target) == []
    assert assets.gather(target, f"/served/{name}/") == []  # the policy refuses the theme's inline scripts


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """The folder that a region serves."""
    folder = tmp_path_factory.mktemp("region") / "served"
    shutil.copytree(ROOT / "deploy" / "region", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)
        patch.delenv("EDIT_URI", raising=False)
        for name, word in COUNCILS.items():
            # A council with so many pages that its index lies in parts.
            patch.setattr(full_text, "PART", 5 if name == "east" else 2_000)
            build(name, word, folder.parent, folder / name)
    assert (folder / "east/search/1").is_dir()
    return folder


@pytest.fixture(scope="module")
def asked():
    """What browsers asked the server for."""
    return []


@pytest.fixture(scope="module")
def address(region, asked):
    """Where the region is served, in place of the site that the other tests look at."""
    handler = functools.partial(Served, directory=str(region.parent), asked=asked)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/served/"
        server.shutdown()
        thread.join()


@pytest.fixture
def said(page):
    """What the browser complains of."""
    lines = []
    page.on("console", lambda message: lines.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: lines.append(str(error)))
    return lines


def look(page, words, where=""):
    page.goto("./")
    page.get_by_label("Search all sites").fill(words)
    page.get_by_label("Where").select_option(where)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("found for", timeout=30_000)
    return [item.inner_text() for item in page.locator("ol li").all()]


def test_one_search_finds_in_the_notes_of_every_council(page, said):
    for word, name in (("squirrels", "North"), ("otters", "East"), ("badgers", "West")):
        found = look(page, word)
        assert page.get_by_role("status").inner_text() == f"1 page found for “{word}”."
        assert f"{name} council" in found[0]
        page.locator("ol a").click()
        expect(page.locator("article")).to_contain_text(word, ignore_case=True)
        assert f"/served/{name.lower()}/notes/" in page.url
    assert said == []


def test_what_all_councils_have_is_found_once_in_each_and_one_can_be_chosen(page, said, asked):
    found = look(page, "roots")
    sites = [text.split(" – ")[1].split("\n")[0] for text in found]
    assert {"North council", "East council", "West council"} == set(sites)
    asked.clear()
    chosen = look(page, "roots", "East council")
    assert 0 < len(chosen) < len(found)
    assert all("East council" in text for text in chosen)
    assert not [path for path in asked if "/north/" in path or "/west/" in path]  # nor are their indexes fetched
    assert page.get_by_label("Where").input_value() == "East council"
    assert said == []


def test_words_of_a_page_do_not_act_on_the_search_page(page):
    (found,) = look(page, "badgers")
    assert "Badgers & <b>voles</b>" in found
    assert page.locator("ol b").count() == 0


def test_ten_are_shown_at_a_time_and_reading_goes_on_at_the_first_new_one(page):
    assert len(look(page, "clouds")) == 10
    expect(page.get_by_role("status")).to_have_text("10 pages found for “clouds”, and there are more.")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("ol li").nth(10).locator("a")).to_be_focused()
    while page.get_by_role("button", name="Show more").is_visible():
        shown = page.locator("ol li").count()
        page.get_by_role("button", name="Show more").click()
        expect(page.locator("ol li").nth(shown)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(f"{page.locator('ol li').count()} pages found for “clouds”.")
    links = [link.get_attribute("href") for link in page.locator("ol a").all()]
    assert len(set(links)) == len(links)


def test_nothing_is_found_where_no_site_has_the_word(page):
    assert look(page, "zebra") == []
    expect(page.get_by_role("status")).to_have_text("No pages found for “zebra”.")


def test_nothing_is_fetched_before_somebody_searches_and_sites_are_listed_without_scripts(context, page, asked):
    asked.clear()
    page.goto("./")
    assert page.get_by_role("search").is_visible()
    assert [path for path in asked if "/search/" in path] == []
    reader = context(java_script_enabled=False).new_page()
    reader.goto("./")
    assert not reader.get_by_role("search").is_visible()
    assert [link.get_attribute("href") for link in reader.locator("#sites a").all()] == ["north/", "east/", "west/"]


def test_a_site_that_does_not_answer_is_told_and_the_others_are_searched(page, region):
    for name, other in (("north", "East"), ("east", "North")):
        entry = region / name / "search" / "pagefind-entry.json"
        kept = entry.read_bytes()
        entry.unlink()
        try:
            found = look(page, "roots")
        finally:
            entry.write_bytes(kept)
        told = page.get_by_role("status").inner_text()
        assert told.endswith(f"Not searched, since it did not answer: {name.title()} council.")
        assert any(f"{other} council" in text for text in found)


@pytest.fixture
def everywhere(region):
    """Has two sites tell which words most pages have, as large ones do, the rarest first; the third tells of none."""
    kept = {}
    for name, words in (("north", "squirrels speaks clouds every"), ("east", "clouds speaks every")):
        entry = region / name / "search" / "pagefind-entry.json"
        kept[entry] = entry.read_bytes()
        entry.write_text(json.dumps({**json.loads(kept[entry]), "everywhere": words}), encoding="utf-8")
    yield
    for entry, content in kept.items():
        entry.write_bytes(content)


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("otters, clouds", {"otters"}),
        ("squirrels clouds", {"squirrels"}),
        ("Every clouds – speaks", {"speaks", "clouds"}),
        ('"speaks of clouds"', {"speaks", "of", "clouds"}),
    ],
    ids=["beside a rarer one", "beside one that only one site names", "by themselves", "a phrase"],
)
@pytest.mark.usefixtures("everywhere")
def test_of_the_words_that_most_pages_have_two_are_looked_for_and_none_beside_others(page, said, typed, looked_for):
    assert look(page, typed)
    marked = page.locator("ol mark").all_inner_texts()
    assert {re.sub(r"\W", "", word).lower() for word in marked} == looked_for
    assert said == []


def test_what_holds_no_word_finds_nothing(page, said):
    assert look(page, "–") == []
    assert said == []


def test_all_indexes_are_of_one_version(region):
    entries = [json.loads((region / name / "search/pagefind-entry.json").read_text()) for name in COUNCILS]
    assert len({entry["version"] for entry in entries}) == 1
