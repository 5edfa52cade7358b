from __future__ import annotations

import pytest

from knowledge_base import downloads
from knowledge_base.faults import AuthorError
from knowledge_base.render import sessions

ALS, MENTORS = "docs/sessions/als-1.md", "docs/sessions/mentors-1.md"


def facts(page):
    """The facts strip: what stands beside each of its words."""
    strip = page.tree.find_class("kb-facts")[0]
    names = [node.text_content() for node in strip.iter("dt")]
    values = [" ".join(node.text_content().split()) for node in strip.iter("dd")]
    return dict(zip(names, values, strict=True))


# --- the facts strip ------------------------------------------------------------------------------------


def test_facts_that_the_report_gives_are_all_there(shown):
    assert facts(shown("sessions/mentors-1.md")) == {
        "When": "Tuesday 8 September 2020, 10:00 to 11:30",
        "Where": "The hut",
        "For": "Mentors of the set members",
        "How long": "1 hour 30 minutes",
        "Set": "The mentors of both sets together",
        "Given out": "No handout named in the report",
        "Missed it?": "Catch up in 14 minutes",
        "Take away": "PDF, PDF in large print, Word",
    }


def test_facts_that_the_report_does_not_give_are_shown_as_missing(shown):
    assert facts(shown("sessions/als-1.md")) == {
        "When": "May 2020 (the report gives no day)",
        "Where": "Not in the report",
        "For": "Set members: front-line team managers",
        "How long": "Not in the report",
        "Set": "Held in each set: North and South",
        "Given out": "1 handout named, none held: see below",
        "Notes": "Notes of ALS 1",
        "Missed it?": "Catch up in 15 minutes",
        "Take away": "PDF, PDF in large print, Word",
    }


def test_facts_name_the_notes_of_the_last_cohort_and_say_where_those_of_earlier_ones_are(another, shown):
    later = {"cohort": "2021-22", "published": "2021-05-20"}
    another("2021-22/als-1-north.md", title="Later", **later)
    another("2021-22/als-1-south.md", title="Later in the south", set="south", **later)
    page = shown("sessions/als-1.md")
    assert facts(page)["Notes"] == "Later in the south; Later; notes of earlier cohorts (1)"
    assert "../notes/index.md" in [address for _, address in page.links]


def test_facts_of_a_session_that_the_report_does_not_know_say_nothing_of_the_report(change, shown):
    change(ALS, "source: [als-1]", "source: [added]")
    page = shown("sessions/als-1.md")
    unknown = {"When": "May 2020", "Where": "Not stated", "How long": "Not stated", "Set": "Held in each set"}
    assert facts(page).items() >= unknown.items()
    assert "report" not in page.of_class("kb-facts")[0]


def test_facts_say_that_they_are_a_record_and_where_to_find_todays(shown):
    page = shown("sessions/als-1.md")
    text = page.of_class("kb-facts")[0]
    assert "A record of 2010-11." in text
    assert "reviewed" not in text
    assert "../about/historical-record.md" in [address for _, address in page.links]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("{from: 2020}", "2020 (the report gives no day)"),
        ("{from: 2020-09, to: 2020-10}", "September/October 2020 (the report gives no day)"),
        ("{from: 2020-12, to: 2021-01}", "December 2020/January 2021 (the report gives no day)"),
        ("{from: 2020, to: 2021}", "2020/2021 (the report gives no day)"),
        ("{from: 2020-09-07, to: 2020-09-08}", "Monday 7 September 2020/Tuesday 8 September 2020"),
        ("{from: 2020-09-07, starts: '09:30', ends: '16:00'}", "Monday 7 September 2020, 09:30 to 16:00"),
        ("{from: 2020-09-07, starts: '09:30'}", "Monday 7 September 2020"),
    ],
)
def test_when_is_said_as_exactly_as_the_report_does(change, shown, when, words):
    change(ALS, "when: {from: 2020-05}", f"when: {when}")
    assert facts(shown("sessions/als-1.md"))["When"] == words


@pytest.mark.parametrize(
    ("sets", "words"),
    [("together", "One event for everybody"), ("mentors", "The mentors of both sets together")],
)
def test_set_says_who_came_together(change, shown, sets, words):
    change(ALS, "sets: each", f"sets: {sets}")
    assert facts(shown("sessions/als-1.md"))["Set"] == words


def test_handouts_are_counted_as_named_and_held(change, shown):
    change(ALS, "  - {title: A leaf,", "  - {title: A twig, held: true}\n  - {title: A leaf,")
    assert facts(shown("sessions/als-1.md"))["Given out"] == "2 handouts named, 1 held: see below"


def test_facts_are_drawn_while_the_programme_has_a_fault(change, shown):
    change("data/programme.yml", "cohort:", "kohort:")
    assert facts(shown("sessions/als-1.md"))["Set"] == "Held in each set"


# --- handouts and outcomes ---------------------------------------------------------------------------------


def test_handouts_say_whether_they_are_held(change, shown):
    change(ALS, "  - {title: A leaf,", "  - {title: A twig, held: true}\n  - {title: A leaf,")
    items = shown("sessions/als-1.md").tree.find_class("kb-handouts")[0]
    assert [item.text_content() for item in items] == [
        "A twig: held; ask the facilitator for it.",
        "A leaf: handout not held. Green.",
    ]


def test_session_without_handouts_says_so(shown):
    assert "The report names no handout for this session." in shown("sessions/mentors-1.md").text


def test_outcomes_of_a_session_are_listed(shown):
    lists = [[item.text_content() for item in node] for node in shown("sessions/mentors-1.md").tree.iter("ul")]
    assert ["Know a tree"] in lists


@pytest.mark.parametrize("draw", [sessions.facts, sessions.session_outcomes])
def test_what_belongs_to_a_session_is_refused_elsewhere(desk, draw):
    with pytest.raises(AuthorError, match=r"This page is no session. Call this macro on a page in docs/sessions/"):
        draw(desk("toolkit/axe.md"))


# --- lists ----------------------------------------------------------------------------------------------


def test_sessions_are_listed_with_date_and_subject(shown):
    page = shown("sessions/index.md")
    assert page.of_class("kb-sessions__when") == [
        "May 2020. Set members: front-line team managers.",
        "Tuesday 8 September 2020, 10:00 to 11:30. Mentors of the set members.",
    ]
    assert page.of_class("kb-sessions__about") == ["About ALS 1.", "About Mentors meet."]
    assert page.links == [("ALS 1: Trees", "als-1.md"), ("Mentors meet", "mentors-1.md")]


def test_links_of_a_list_start_from_the_page_that_has_it(shown):
    links = dict(shown("index.md").links)
    assert (links["ALS 1: Trees"], links["Mentors meet"]) == ("sessions/als-1.md", "sessions/mentors-1.md")


def test_session_with_a_fault_is_left_out_of_the_list(change, shown):
    change(ALS, "kind: set", "kind: sett")
    assert shown("sessions/index.md").links == [("Mentors meet", "mentors-1.md")]


def test_short_list_has_dates_only(change, shown):
    change("docs/index.md", "{{ sessions() }}", '{{ sessions("short") }}')
    page = shown("index.md")
    assert page.of_class("kb-sessions__when") == ["May 2020", "Tuesday 8 September 2020"]
    assert page.of_class("kb-sessions__about") == []
    assert [words for words, _ in page.links[1:3]] == ["ALS 1: Trees", "Mentors meet"]


def test_a_style_of_list_that_does_not_exist_is_told(desk):
    with pytest.raises(AuthorError, match=r"no style 'shorter'. Did you mean 'short'"):
        sessions.all_sessions(desk(), "shorter")


def test_the_list_of_downloads_has_the_last_notes_and_says_where_those_of_others_are(
    another, change, monkeypatch, shown
):
    change("docs/index.md", "{{ sources() }}", "{{ all_downloads() }}\n\n{{ sources() }}")
    assert "earlier ones" not in shown("index.md").text
    monkeypatch.setattr(downloads, "MOST_NOTES", 1)
    another("2021-22/als-1-north.md", title="Later", cohort="2021-22", published="2021-05-20")
    page = shown("index.md")
    assert [row[0] for row in page.tables["Notes to take away"]] == ["Later"]
    assert "The files of earlier ones, 1 in all, are on their own pages." in page.text
