"""Common words are told to the indexer at fewer places, and a reader is shown all of them."""

from __future__ import annotations

import pytest

from knowledge_base.publish import thinning

GAP = "\ue000"


def test_a_word_is_common_by_its_places_in_the_whole_site(monkeypatch):
    monkeypatch.setattr(thinning, "MOST", 4)
    pages = [["<p>Elm elm.</p>", "ELM &amp; oak"], ["elm’s elm, elm"], ["oak"]]
    assert thinning.common(pages).told == {"elm": 2}


def test_a_word_on_very_many_pages_is_told_once_on_each(monkeypatch):
    monkeypatch.setattr(thinning, "MOST", 2)
    assert thinning.common([["elm"]] * 3).told == {"elm": 1}


def test_a_common_word_is_everywhere_if_most_pages_have_it(monkeypatch):
    monkeypatch.setattr(thinning, "MOST", 2)
    pages = [["elm oak"], ["elm elm oak"], ["elm oak ash ash ash"], ["oak", "yew"]]
    assert thinning.common(pages).everywhere == ["elm", "oak"]
    assert thinning.common([*pages, ["elm"], ["elm"]]).everywhere == ["oak", "elm"]
    assert thinning.common([]).everywhere == []


def test_what_looks_like_a_word_in_a_tag_or_an_entity_is_none(monkeypatch):
    monkeypatch.setattr(thinning, "MOST", 0)
    assert set(thinning.common([['<p class="elm">oak &amp; ash</p>']]).told) == {"oak", "ash"}


def test_a_common_word_is_told_once_in_a_section_and_in_so_many_of_them():
    page = thinning.Thinned({"elm": 2})
    assert [page.text(text) for text in ("Elm, elm. Oak oak.", "An elm-tree", "No Elm")] == [
        f"Elm, {GAP}. Oak oak.",
        "An elm-tree",
        f"No {GAP}",
    ]
    assert page.left_out == "elm Elm"


def test_what_was_left_out_is_put_back():
    page = thinning.Thinned({"elm": 1, "mother's": 1})
    text = "Elm mother's elm, Mother's (ELM)"
    told = page.text(text)
    assert told.count(GAP) == 3
    assert thinning.whole(told, page.left_out) == text


def test_a_page_that_is_answered_otherwise_than_it_was_told_is_refused():
    with pytest.raises(ValueError, match="zip"):
        thinning.whole(f"Elm {GAP}", "elm elm")


def test_what_is_left_out_tells_pages_apart():
    assert thinning.digest("elm oak") != thinning.digest("oak elm")
