"""What search is told of a page: its summary, and the words of the lists of synonyms that it names."""

from __future__ import annotations

import pytest

from knowledge_base import catalogue, search

AXE = "toolkit/axe.md"


def write(root, words):
    page = root / "docs" / AXE
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("added: true\n", f"added: true\nsearch: {{keywords: [{words}]}}\n", 1), encoding="utf-8"
    )


def keywords(root, words):
    write(root, words)
    whole = catalogue.build(root)
    return search.keywords(whole, whole.pages[AXE])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("felling-trees", ["chopping down", "timber", "fell trees"]),
        ("hatchet, felling-trees", ["hatchet", "chopping down", "timber", "fell trees"]),
        ("felling-trees, timber", ["chopping down", "timber", "fell trees"]),
        ("splitting wood", ["splitting wood"]),
        ("", []),
    ],
)
def test_an_id_gives_its_words_and_any_other_word_itself(fake, written, found):
    assert keywords(fake, written) == found


def test_a_page_without_keywords_has_none(fake):
    whole = catalogue.build(fake)
    assert search.keywords(whole, whole.pages[AXE]) == []


def test_where_the_lists_cannot_be_read_a_keyword_stands_for_itself(fake):
    (fake / "data/synonyms.yml").write_text("synonyms: [\n", encoding="utf-8")
    assert keywords(fake, "felling-trees") == ["felling-trees"]


def weighed(root, *locations):
    """The entries of an index at some addresses, after the axe's has been given its words."""
    whole = catalogue.build(root)
    index = {"config": {}, "docs": [{"location": at, "title": "T", "text": "Blunt."} for at in locations]}
    search.weigh(index, {"toolkit/axe/": whole.pages[AXE]}, whole)
    return index["docs"]


def test_a_page_gets_its_summary_and_each_word_once(fake):
    write(fake, "felling-trees, fell down")
    (entry,) = weighed(fake, "toolkit/axe/")
    assert entry == {
        "location": "toolkit/axe/",
        "title": "T",
        "text": "<p>About The axe.</p> Blunt.",
        "summary": "About The axe.",
        "keywords": "chopping down timber fell trees",
    }


def test_sections_and_pages_of_others_stay_as_they_are(fake):
    write(fake, "felling-trees")
    for entry in weighed(fake, "toolkit/axe/#evidence", "elsewhere/"):
        assert entry.keys() == {"location", "title", "text"}


def test_a_summary_is_text_and_no_markup(fake):
    page = fake / "docs" / AXE
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("About The axe.", "Axe & elm"), encoding="utf-8")
    (entry,) = weighed(fake, "toolkit/axe/")
    assert entry["text"] == "<p>Axe &amp; elm</p> Blunt."


def test_a_page_without_keywords_is_given_no_empty_field(fake):
    (entry,) = weighed(fake, "toolkit/axe/")
    assert "keywords" not in entry
