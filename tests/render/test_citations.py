from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from knowledge_base import catalogue
from knowledge_base.model import Reference
from knowledge_base.render import citations
from knowledge_base.render.citations import as_markdown, doi, draw_references, sort_key

ASH = [{"family": "Ash", "given": "A"}]
PEOPLE = [*ASH, {"family": "Birch", "given": "B"}, {"family": "Elm", "given": "E"}, {"family": "Fir", "given": "F"}]


def work(name="a", **values):
    """A work, with its keys as the data writes them, underlines for hyphens."""
    given = {"id": name, "source": ["references"], "type": "book", "issued": "2001", "title": "Trees"}
    given |= {key if key in {"DOI", "ISBN"} else key.replace("_", "-"): value for key, value in values.items()}
    if "editor" not in given:
        given.setdefault("author", ASH)
    return Reference.model_validate(given)


def drawn(**values):
    return draw_references({"a": work(**values)})["a"]


def correction(**values):
    return {"field": "page", "printed": "1", "corrected": "2", "source": "seen", "confidence": "high", **values}


@pytest.fixture
def references(fake):
    return catalogue.build(fake).references


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


# --- Harvard style --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "entry"),
    [
        (
            {"publisher": "Wood Press", "publisher_place": "Leafham", "edition": "2nd"},
            "Ash, A. (2001) <i>Trees</i>. 2nd edn. Leafham: Wood Press.",
        ),
        ({"title": "Why 'green' trees? The oak's leaf"}, "Ash, A. (2001) <i>Why ‘green’ trees? The oak's leaf</i>."),
        (
            {"title": "Why 'green'?", "type": "article-journal", "container_title": "Woods", "volume": "1"},
            "Ash, A. (2001) ‘Why “green”?’, <i>Woods</i>, 1.",
        ),
        (
            {"title": "Why trees?", "publisher": "Wood Press"},
            "Ash, A. (2001) <i>Why trees?</i> Wood Press.",
        ),
        (
            {"type": "article-journal", "container_title": "Woods", "volume": "10", "issue": "2", "page": "1-9"},
            "Ash, A. (2001) ‘Trees’, <i>Woods</i>, 10(2), pp. 1–9.",
        ),
        (
            {"type": "chapter", "container_title": "Woods", "author": ASH, "editor": [PEOPLE[2]]},
            "Ash, A. (2001) ‘Trees’, in E. Elm (ed.) <i>Woods</i>.",
        ),
        ({"type": "report", "author": [{"literal": "Oak Board"}]}, "Oak Board (2001) <i>Trees</i>."),
        ({"author": PEOPLE[:2]}, "Ash, A. and Birch, B. (2001) <i>Trees</i>."),
        ({"author": PEOPLE}, "Ash, A. <i>et al.</i> (2001) <i>Trees</i>."),
    ],
)
def test_entry_is_that_of_the_style(values, entry):
    assert drawn(**values).entry == entry


@pytest.mark.parametrize(
    ("people", "authors"),
    [
        (ASH, "Ash"),
        (PEOPLE[:2], "Ash and Birch"),
        (PEOPLE[:3], "Ash, Birch and Elm"),
        (PEOPLE, "Ash <i>et al.</i>"),
        ([{"literal": "Oak Board"}], "Oak Board"),
        ([{"literal": "Board (Oak, 1999)"}], "Board (Oak, 1999)"),
    ],
)
def test_citation_names_the_authors_and_not_the_year(people, authors):
    assert (drawn(author=people).authors, drawn(author=people).year) == (authors, "2001")


@pytest.mark.parametrize(("people", "role"), [(ASH, "Ash, A. (ed.)"), (PEOPLE[:2], "Ash, A. and Birch, B. (eds)")])
def test_work_with_editors_only_is_theirs(people, role):
    made = drawn(editor=people)
    assert made.entry == f"{role} (2001) <i>Trees</i>."
    assert made.authors in {"Ash", "Ash and Birch"}


def test_letter_stands_after_the_year():
    made = drawn(year_suffix_printed="a")
    assert (made.year, made.entry) == ("2001a", "Ash, A. (2001a) <i>Trees</i>.")


def test_letter_of_a_correction_stands_after_the_year():
    fix = correction(field="year-suffix", printed=None, corrected="b")
    assert drawn(correction=[fix]).entry == "Ash, A. (2001b) <i>Trees</i>."


def test_letter_of_an_edited_work_stands_after_its_year_too():
    assert drawn(editor=ASH, year_suffix_printed="a").entry == "Ash, A. (ed.) (2001a) <i>Trees</i>."


def test_year_in_a_title_gets_no_letter():
    made = drawn(title="Trees (2001)", year_suffix_printed="a")
    assert made.entry == "Ash, A. (2001a) <i>Trees (2001)</i>."


def test_forthcoming_work_says_so():
    assert drawn(status="forthcoming").entry == (
        "Ash, A. (2001) <i>Trees</i>. (forthcoming when the report was written)"
    )


def test_corrections_mend_nothing_in_place():
    made = drawn(type="article-journal", container_title="Woods", page="1-9", correction=[correction()])
    assert made.entry == "Ash, A. (2001) ‘Trees’, <i>Woods</i>, pp. 1–9."


def test_addresses_are_left_to_the_page():
    made = drawn(DOI="10.1000/woods", URL="http://wood.invalid/")
    assert made.entry == "Ash, A. (2001) <i>Trees</i>."


def test_each_work_gets_its_own_entry(references):
    entries = draw_references(references)
    assert entries.keys() == references.keys()
    assert "A book about trees" in entries["ash-2001"].entry
    assert (entries["oak-2003a"].year, entries["oak-2003b"].year) == ("2003a", "2003b")
    assert "First report" in entries["oak-2003a"].entry
    assert "Second report" in entries["oak-2003b"].entry


def test_no_work_needs_no_style():
    assert draw_references({}) == {}


@pytest.mark.parametrize(
    "title",
    ["Roots & <branches>: an *enquiry* into [bark]", "<i>Roots</i>", "Roots &amp; bark", 'The "sap"', "Roots?"],
)
def test_title_is_shown_as_it_stands(title):
    made = as_markdown(drawn(title=title).entry)
    shown = re.sub(r"</?i>", "", made)
    for number, character in {(hit[0], chr(int(hit[1]))) for hit in re.finditer(r"&#(\d+);", shown)}:
        shown = shown.replace(number, character)
    assert title in shown
    assert not set(re.sub(r"&#\d+;|</?i>", "", made)) & set("<>&*[]")


def test_tags_of_the_style_stay_and_marks_of_markdown_do_not():
    assert as_markdown(Markup("A *b* <i>c &amp; d</i> <b>e</b>")) == "A &#42;b&#42; <i>c &#38; d</i> <b>e</b>"


# --- identifiers and order ------------------------------------------------------------------------------


def test_doi_is_a_text_and_an_address():
    assert doi(work(DOI="10.1000/woods")) == ("10.1000/woods", "https://doi.org/10.1000/woods")


def test_doi_that_was_seen_later_counts():
    seen = [
        {"field": "ISBN", "value": "9780000000002", "source": "seen"},
        {"field": "DOI", "value": "10.1000/seen", "source": "seen"},
    ]
    assert doi(work(identifiers_seen=seen))[0] == "10.1000/seen"
    assert doi(work(identifiers_seen=seen, DOI="10.1000/own"))[0] == "10.1000/own"


def test_work_without_doi_has_none():
    assert doi(work()) is None


def test_works_stand_by_author_year_letter_and_title():
    works = [
        work("6", author=[{"literal": "oak Board"}]),
        work("5", author=[{"family": "Elm", "given": "Z"}]),
        work("4", editor=[{"family": "Elm", "given": "A"}], issued="2009"),
        work("3", issued="2002"),
        work("2", year_suffix_printed="b", title="A"),
        work("1", year_suffix_printed="a", title="Z"),
    ]
    assert [entry.id for entry in sorted(works, key=sort_key)] == list("123456")


# --- the kept result ------------------------------------------------------------------------------------


def kept_in(cache):
    return sorted(path.name for path in cache.iterdir())


def test_kept_citations_equal_fresh_ones(references, cache, monkeypatch):
    fresh = draw_references(references)
    assert draw_references(references, cache) == fresh
    monkeypatch.setattr(citations, "_by_citeproc", lambda items: pytest.fail("drawn again"))
    assert draw_references(references, cache) == fresh


def test_letter_and_status_are_never_kept(references, cache):
    draw_references(references, cache)
    changed = references["oak-2003a"].model_copy(update={"year_suffix_printed": "c", "status": "forthcoming"})
    made = draw_references({**references, "oak-2003a": changed}, cache)["oak-2003a"]
    assert made.year == "2003c"
    assert made.entry.startswith("Oak Board (2003c) ")
    assert made.entry.endswith("(forthcoming when the report was written)")


def test_changed_work_is_drawn_again_and_the_old_result_goes(references, cache):
    draw_references(references, cache)
    before = kept_in(cache)
    changed = references["ash-2001"].model_copy(update={"title": "Shrubs"})
    made = draw_references({**references, "ash-2001": changed}, cache)
    assert "Shrubs" in made["ash-2001"].entry
    assert len(before) == len(kept_in(cache)) == 1
    assert before != kept_in(cache)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b"5",
        b"{}",
        b'{"ash-2001": 5}',
        b'{"ash-2001": "ab"}',
        b'{"ash-2001": ["Ash"]}',
        b'{"ash-2001": ["Ash", "Ash (2001)", "more"]}',
    ],
)
def test_broken_cache_is_drawn_again_and_mended(references, cache, content):
    fresh = draw_references(references, cache)
    (name,) = kept_in(cache)
    (cache / name).write_bytes(content)
    assert draw_references(references, cache) == fresh
    assert json.loads((cache / name).read_text(encoding="utf-8")).keys() == references.keys()


def test_cache_that_is_no_folder_does_no_harm(references, cache):
    cache.write_text("a file", encoding="utf-8")
    assert draw_references(references, cache) == draw_references(references)
    assert draw_references(references, cache / "below") == draw_references(references)


def test_read_only_cache_does_no_harm(references, cache, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    cache.mkdir()
    monkeypatch.setattr(Path, "write_text", refuse)
    assert draw_references(references, cache) == draw_references(references)
    assert kept_in(cache) == []


def test_nothing_but_the_result_is_left_in_the_cache(references, cache):
    draw_references(references, cache)
    assert [bool(re.fullmatch(r"citations-[0-9a-f]{24}\.json", name)) for name in kept_in(cache)] == [True]
