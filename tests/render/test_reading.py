"""How long a page takes to read."""

from __future__ import annotations

import pytest

from knowledge_base import catalogue
from knowledge_base.render import reading

ALS = "docs/sessions/als-1.md"


@pytest.fixture
def minutes(fake):
    """The minutes of a page of the fake project, or of a section of it."""

    def count(path, section=""):
        whole = catalogue.build(fake)
        return reading.minutes(whole, whole.pages[path], section)

    return count


@pytest.mark.parametrize(("words", "expected"), [(1, 1), (299, 1), (301, 2), (701, 4)])
def test_two_hundred_words_are_a_minute_and_none_takes_less(change, minutes, words, expected):
    change(ALS, "Trees were named.", "tree " * words)
    assert minutes("sessions/als-1.md", "In one minute") == expected


def test_a_section_ends_at_the_next_heading_of_its_level(change, minutes):
    change(ALS, "Walking.", "Walking.\n\n### Far\n\n" + "step " * 600)
    assert (minutes("sessions/als-1.md", "Activities"), minutes("sessions/als-1.md", "In one minute")) == (3, 1)


def test_what_macros_draw_is_read_too(change, minutes):
    change("data/outcomes.yml", "title: ", "title: " + "word " * 800)
    change(ALS, "Walking.", "{{ outcomes() }}")
    assert minutes("sessions/als-1.md", "Activities") >= 4


def test_addresses_tags_comments_and_numbers_are_no_words(change, minutes):
    change(ALS, "Walking.", "<b>Walk</b> [on](../index.md) 12.\n\n{# " + "no word\n" * 900 + "#}")
    assert minutes("sessions/als-1.md", "Activities") == 1


def test_what_a_page_says_of_its_own_minutes_is_not_counted_in(change, minutes):
    before = minutes("sessions/als-1.md")
    bring = "".join(f"\n    - {'much ' * 50}" for _ in range(20))
    change(ALS, "sets: each", f"sets: each\ncatch_up:\n  bring:{bring}")
    assert minutes("sessions/als-1.md") == before


def test_a_list_that_is_looked_up_has_no_minutes(minutes):
    assert minutes("research/references.md") is None


@pytest.mark.parametrize("call", ["rules", "vocabulary", "fields", "review_dates"])
def test_the_guides_lists_have_no_minutes_either(fake, call):
    page = fake / "docs/research/references.md"
    page.write_text(page.read_text(encoding="utf-8").replace("references()", f"{call}()"), encoding="utf-8")
    whole = catalogue.build(fake)
    assert reading.minutes(whole, whole.pages["research/references.md"]) is None


@pytest.mark.parametrize(
    "call", ["{{ cit('x') }}", "{{ cite('ash-2011') }}", "{{ cite(2001) }}", "{{ cite(a='b') }}"]
)
def test_a_call_that_cannot_be_drawn_counts_for_nothing(change, minutes, call):
    change(ALS, "Walking.", call)
    assert minutes("sessions/als-1.md") == 1


def test_a_page_whose_front_matter_has_a_fault_is_counted_by_its_own_words(change, minutes):
    change(ALS, "kind: set", "kind: sett")
    change(ALS, "Walking.", "step " * 600)
    assert minutes("sessions/als-1.md") == 3
