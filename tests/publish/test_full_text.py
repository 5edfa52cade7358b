"""The index to search that the served site has: what the indexer is told of a page, and what is left in the site."""

from __future__ import annotations

import base64
import gzip
import json
import shutil
from pathlib import Path

import pagefind_bin
import pytest
from lxml import html

from knowledge_base import catalogue
from knowledge_base.publish import full_text, thinning
from knowledge_base.publish.switch import digest
from tests.built import Built

ENTRIES = [
    {
        "location": "toolkit/axe/",
        "title": "Axe &amp; elm",
        "text": "<p>About it.</p> Blunt.",
        "summary": "About <it>.",
        "keywords": "hatchet timber",
    },
    {"location": "toolkit/axe/#evidence", "title": "Evidence", "text": "<p>None for a windlass.</p>"},
    {"location": "research/glossary/", "title": "Glossary", "text": "Words.", "summary": "Terms."},
    {"location": "sessions/als-1/", "title": "ALS 1: Getting to know elms", "text": "Elms, and no tools."},
]
ANSWER = base64.b64encode(b'{"message_id": 1, "payload": {"type": "Error", "message": "no room"}}').decode()


@pytest.fixture
def made(tmp_path):
    """A small site as MkDocs leaves it."""
    site = tmp_path / "site"
    files = {
        "search/search_index.json": json.dumps({"config": {}, "docs": ENTRIES}),
        "assets/search.js": "the box",
        "assets/search-engine.js": "the theme's",
        "assets/search-begin.js": "the beginning",
        "assets/search-pagefind.js": "the engine",
        "assets/javascripts/workers/search.a1.min.js": "",
        "assets/javascripts/bundle.a1.min.js": "",
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def document(parts):
    """A page as the indexer reads it, where no word is common."""
    return full_text.document(parts, thinning.Thinned({}))


def fragments(site):
    """What the index knows of each page, by its address."""
    found = {}
    for file in (site / full_text.FOLDER).glob("**/fragment/*"):
        text = gzip.decompress(file.read_bytes()).decode().removeprefix("pagefind_dcd")
        found[json.loads(text)["url"].removeprefix("/")] = {"name": file.stem, **json.loads(text)}
    return found


def files(site):
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


# --- what the indexer is told -----------------------------------------------------------------------


def test_a_page_is_its_title_its_text_and_its_sections():
    tree = html.document_fromstring(document(ENTRIES[:2]))
    assert tree.get("lang") == "en"
    assert [node.text_content() for node in tree.iter("h1", "h2", "p")] == [
        "Axe & elm",
        "About it.",
        "Evidence",
        "None for a windlass.",
    ]
    assert [node.get("id") for node in tree.iter("h2")] == ["evidence"]


def test_summary_and_keywords_are_text_and_no_markup():
    tree = html.document_fromstring(document(ENTRIES[:1]))
    told = [(node.get("data-pagefind-meta"), node.get("content")) for node in tree.iter("meta")]
    assert told == [("keywords[content]", "hatchet timber"), ("summary[content]", "About <it>.")]


def test_a_page_that_stands_behind_weighs_less():
    assert "<body>" in document(ENTRIES[:1])
    assert '<body data-pagefind-weight="0.25">' in document([{**ENTRIES[0], "boost": 0.5}])


def test_a_page_without_keywords_has_no_section_for_them():
    assert "kb-keywords" in document(ENTRIES[:1])
    assert "kb-keywords" not in document(ENTRIES[2:3])


def test_where_nothing_is_found_words_of_titles_and_keywords_may_be_meant():
    offered = full_text.nearest(ENTRIES)
    assert offered["words"].split() == ["elms", "getting", "glossary", "hatchet", "know", "timber"]
    assert offered["otherwise"] == {"address": "research/glossary/", "title": "Glossary", "summary": "Terms."}


def test_a_site_without_a_glossary_offers_none():
    assert full_text.nearest(ENTRIES[:2])["otherwise"] is None


# --- what it leaves in the site ---------------------------------------------------------------------


def test_the_index_takes_the_place_of_the_themes(fake, made):
    assert full_text.write(catalogue.load(fake), made) == []
    kept = files(made)
    assert {path for path in kept if path.endswith((".js", ".css"))} == {
        "assets/search.js",
        "assets/search-engine.js",
        "assets/javascripts/bundle.a1.min.js",
        "search/pagefind.js",
        "search/results.css",
        "search/pagefind-worker.js",
        "search/search.js",
    }
    # Each page loads little more than nothing; the rest lies with the index.
    assert (made / "assets/search.js").read_text(encoding="utf-8") == "the beginning"
    assert (made / "assets/search-engine.js").read_text(encoding="utf-8") == ""
    assert (made / "search/search.js").read_text(encoding="utf-8").split("\n") == ["the box", "the engine"]
    others = {path.split(".", 1)[1] if path.count("/") == 1 else path.split("/")[1] for path in kept - {""}}
    assert others >= {"en.pagefind", "json", "fragment", "index"}
    assert "search/search_index.json" not in kept


def test_a_page_is_found_with_its_sections(fake, made):
    full_text.write(catalogue.load(fake), made)
    found = fragments(made)
    assert set(found) == {entry["location"] for entry in ENTRIES if "#" not in entry["location"]}
    axe = found["toolkit/axe/"]
    assert "windlass" in axe["content"]
    assert [anchor["id"] for anchor in axe["anchors"]] == ["evidence", "kb-keywords"]
    assert axe["meta"] == {"title": "Axe & elm", "summary": "About <it>.", "keywords": "hatchet timber"}


def test_each_page_that_can_be_found_can_be_narrowed_to(fake, made):
    full_text.write(catalogue.load(fake), made)
    names = {address: fragment["name"] for address, fragment in fragments(made).items()}
    combinations = json.loads((made / full_text.FACETS).read_text(encoding="utf-8"))
    facets = {f"en_{page}": one for one in combinations for page in one["pages"].split()}
    assert set(facets) == set(names.values())
    assert facets[names["toolkit/axe/"]]["kind"] == ["Tool"]
    assert facets[names["sessions/als-1/"]]["session"] == ["ALS 1"]


def test_what_every_first_search_fetches_is_left_to_be_packed_with_the_rest(fake, made):
    full_text.write(catalogue.load(fake), made)
    unpacked = [*(made / "search").glob("*.pagefind"), *(made / "search").glob("*.pf_meta")]
    assert [file.read_bytes()[:12] for file in unpacked] == [b"pagefind_dcd"] * 2


def test_the_script_that_searches_is_whole(fake, made):
    # Written by the indexer itself, it ended now and then at 32,768 of its bytes.
    full_text.write(catalogue.load(fake), made)
    for name in ("pagefind.js", "pagefind-worker.js"):
        assert (made / "search" / name).read_text(encoding="utf-8").rstrip().endswith(("};", "})();"))


def test_the_same_pages_give_the_same_bytes(fake, made, tmp_path):
    again = Path(shutil.copytree(made, tmp_path / "again" / "elsewhere"))
    for site in (made, again):
        assert full_text.write(catalogue.load(fake), site) == []
    assert digest(made) == digest(again)


def test_a_large_index_lies_in_parts_with_one_program(fake, made, monkeypatch):
    monkeypatch.setattr(full_text, "PART", 1)
    assert full_text.write(catalogue.load(fake), made) == []
    folder = made / full_text.FOLDER
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert entry["parts"] == 3
    others = [folder / "1", folder / "2"]
    assert all((part / "pagefind-entry.json").is_file() for part in others)
    assert not [file for part in others for file in part.rglob("*") if file.suffix in {".js", ".pagefind"}]
    assert set(fragments(made)) == {entry["location"] for entry in ENTRIES if "#" not in entry["location"]}


def test_a_page_whose_common_words_are_left_out_keeps_them_and_its_own_name(fake, made, monkeypatch):
    monkeypatch.setattr(thinning, "MOST", 2)
    index = made / "search/search_index.json"
    named = []
    for last in ("blunt", "sharp"):
        words = f"Elms &amp; <b>elms</b>, {last} {last} elms. {last} {last} elms."
        entries = [{"location": "notes/", "title": "Notes", "text": words, "summary": "All."}, *ENTRIES[2:]]
        for script in ("search-begin", "search-pagefind"):
            (made / f"assets/{script}.js").write_text("", encoding="utf-8")
        (made / "assets/javascripts/workers").mkdir(exist_ok=True)
        index.parent.mkdir(exist_ok=True)
        index.write_text(json.dumps({"docs": entries}), encoding="utf-8")
        assert full_text.write(catalogue.load(fake), made) == []
        entry = json.loads((made / "search/pagefind-entry.json").read_text(encoding="utf-8"))
        assert entry["everywhere"] == "elms"  # on two of three
        notes = fragments(made)["notes/"]
        assert notes["content"] == f"Notes. Elms & elms, {last} {last} elms. {last} {last} elms."
        named.append(notes["name"])
    assert named[0] != named[1]


def test_of_a_very_long_page_only_the_first_words_go_along(fake, made, monkeypatch):
    monkeypatch.setattr(full_text, "SHOWN", 30)
    full_text.write(catalogue.load(fake), made)
    assert fragments(made)["toolkit/axe/"]["content"] == "Axe & elm. About it. Blunt."


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 4", "Pagefind stopped: it ended with 4"),
        (f"printf {ANSWER!r},; cat >/dev/null", "Pagefind stopped: no room"),
    ],
)
def test_an_indexer_that_fails_is_told(fake, made, tmp_path, monkeypatch, script, said):
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)
    assert full_text.write(catalogue.load(fake), made) == [said]


def test_a_site_without_the_themes_index_is_told(fake, made):
    (made / "search/search_index.json").unlink()
    assert full_text.write(catalogue.load(fake), made) == [
        "MkDocs made no index: is its plugin 'search' in mkdocs.yml?"
    ]


# --- the real site ----------------------------------------------------------------------------------


def test_the_served_site_knows_every_page_and_the_same_twice(
    site: Path, preview: Path, built: Built, sources: catalogue.Catalogue, tmp_path: Path
) -> None:
    assert set(fragments(site)) == set(built.pages)
    again = Path(shutil.copytree(preview, tmp_path / "again"))
    full_text.write(sources, again)
    assert digest(again / full_text.FOLDER) == digest(site / full_text.FOLDER)


def test_nothing_of_the_themes_engine_is_served(site: Path) -> None:
    assert not [path for path in files(site) if "workers" in path or "search_index" in path]
    assert not [path for path in files(site) if path.startswith(("assets/search-begin", "assets/search-pagefind"))]
