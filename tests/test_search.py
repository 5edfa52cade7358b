"""What search is told of a page: its summary, and the words of the lists of synonyms that it names."""

from __future__ import annotations

import pytest

from knowledge_base import catalogue, coverage, search

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
    entries = [{"location": at, "title": "T", "text": "Blunt."} for at in locations]
    return search.weigh(entries, {"toolkit/axe/": whole.pages[AXE]}, whole)


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


def test_pages_for_editors_stand_behind_with_their_sections(fake):
    entries = weighed(
        fake, "about/contribute/tool/", "about/faults/#kb101", "about/contribute/#a", "about/privacy/", "toolkit/axe/"
    )
    assert [entry.get("boost") for entry in entries] == [0.5, 0.5, None, None, None]


def test_a_withdrawn_page_is_not_found(fake):
    page = fake / "docs" / AXE
    page.write_text(
        "---\ntitle: This page was withdrawn\ndescription: It was taken down.\nsource: [added]\n"
        "reviewed: 2021-06-01\nwithdrawn: 2021-06-01\n---\n\nGone.\n",
        encoding="utf-8",
    )
    assert weighed(fake, "toolkit/axe/", "toolkit/axe/#evidence") == []
    assert len(weighed(fake, "elsewhere/")) == 1


# --- by what a search is narrowed -------------------------------------------------------------------


def test_a_page_is_of_a_kind_and_pages_at_the_top_of_none(fake):
    facets = search.facets(catalogue.build(fake))
    kinds = {
        address: facets[address]["kind"] for address in ("", "sessions/als-1/", "toolkit/axe/", "about/privacy/")
    }
    assert kinds == {
        "": [],
        "sessions/als-1/": ["Session"],
        "toolkit/axe/": ["Tool"],
        "about/privacy/": ["About the site"],
    }


def test_a_session_its_notes_and_the_tools_tied_to_it_have_to_do_with_it(fake):
    whole = catalogue.build(fake)
    facets = search.facets(whole)
    title = whole.pages["sessions/als-1.md"].title.split(":")[0]
    assert facets["sessions/als-1/"]["session"] == [title]
    assert facets["notes/2020-21/als-1-north/"]["session"] == [title]
    assert facets["about/privacy/"]["session"] == []
    tied = [row.page.title.split(":")[0] for row in coverage.cover(whole).rows if AXE in row.tools]
    assert facets["toolkit/axe/"]["session"] == tied


def test_sessions_and_notes_are_for_the_set_or_for_mentors_and_tools_for_what_they_say(fake):
    facets = search.facets(catalogue.build(fake))
    assert facets["sessions/als-1/"]["audience"] == ["In an action learning set"]
    assert facets["notes/2020-21/als-1-north/"]["audience"] == ["In an action learning set"]
    assert facets["sessions/mentors-1/"]["audience"] == ["For mentors"]
    assert facets["toolkit/axe/"]["audience"] == ["With your team"]
