"""The sessions as the report has them: run sheets, dates, places, what was done, and what it leaves unsaid."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest

from knowledge_base.catalogue import Catalogue
from tests.built import Built, BuiltPage, having, words
from tests.content import record

# From the programmes in appendices A and B: the time of each item, and words by which it is known.
PROGRAMMES = {
    "mentors-1": [
        ("10:00", 15, "Arrival and coffee"),
        ("10:15", 10, "Welcome, introductions and ground rules"),
        ("10:25", 30, "Story circle"),
        ("10:55", 15, "Cross-circle dialogue"),
        ("11:10", 15, "best practice toolkit"),
        ("11:25", 10, "Coffee"),
        ("11:35", 60, "Action learning in trios"),
        ("12:35", 5, "Identifying actions"),
        ("12:40", 10, "Evaluation"),
        ("12:50", 10, "Success criteria and the next session"),
        ("13:00", 45, "Lunch"),
    ],
    "mentors-2": [
        ("10:00", 15, "Arrival and coffee"),
        ("10:15", 10, "Welcome and introductions"),
        ("10:25", 20, "Story circle"),
        ("10:45", 10, "Cross-circle dialogue"),
        ("10:55", 10, "best practice toolkit"),
        ("11:05", 10, "Report back on presenter actions from September"),
        ("11:15", 10, "Coffee"),
        ("11:25", 20, "Interim evaluation"),
        ("11:45", 30, "Action learning in trios"),
        ("12:15", 10, "Identifying actions"),
        ("12:25", 20, "success criteria"),
        ("12:45", 15, "Any other issues and evaluation"),
        ("13:00", 45, "Lunch"),
    ],
}

WHEN = {
    "launch": "April 2010 (the report gives no day)",
    "als-1": "May 2010 (the report gives no day)",
    "als-2": "June/July 2010 (the report gives no day)",
    "als-3": "September 2010 (the report gives no day)",
    "als-4": "October 2010 (the report gives no day)",
    "als-5": "December 2010 (the report gives no day)",
    "als-6": "January 2011 (the report gives no day)",
    "mentors-1": "Tuesday 7 September 2010, 10:00 to 13:45",
    "mentors-2": "Tuesday 30 November 2010, 10:00 to 13:45",
}

WITHOUT_PLACE = ["launch", "als-1", "als-2", "als-3", "als-4", "als-5", "als-6"]

# What the report says of each session, in its names, figures and terms.
KEY_FACTS = {
    "launch": [
        "April 2010",
        "Of the councils of the South West 10 of 16 were represented",
        "27 people, 9 of them mentors",
        "34 had been invited",
        "learning styles",
        "ways of knowing",
        "groupthink",
        "devil's advocate",
        "mobilities, emotions and atmospheres",
        "Tony Morrison",
        "newly qualified social workers",
        "Early Professional Development",
        "fully or mostly met",
        "80% of set members and mentors",
    ],
    "als-1": [
        "May 2010",
        "missed the launch",
        "experiential",
        "mentor",
        "study time",
        "syllabus",
        "a day a month",
        "6 sessions with a mentor",
        "February 2011",
        "Exeter set began with 12 members and the Bristol/Gloucester set with 11",
        "teething problems",
        "60%",
    ],
    "als-2": [
        "June or July 2010",
        "ethics and values",
        "philosophy",
        "power",
        "go unseen",
        "service users",
        "26 in-depth interviews with mothers",
        "27 interviews with children and young people",
        "never a separate topic",
        "experiential",
    ],
    "als-3": [
        "September 2010",
        "co-operation and disguised compliance",
        "analyses of serious case reviews of 2008 and 2009",
        "involuntary clients and resistant families",
        "flip charts",
        "areas to probe",
        "shared with both sets in October",
        "agreed what action to take",
        "group feedback for the evaluation",
    ],
    "als-4": [
        "October 2010",
        "definitions of neglect",
        "disorganised",
        "emotionally neglecting",
        "depressed",
        "attachment theory",
        "initial assessment",
        "three latest biennial analyses",
        "printed notes pages",
        "Salford Primary Care Trust",
        "Gloucestershire",
        "very participative",
    ],
    "als-5": [
        "December 2010",
        "values, communication, relationships and critical thinking",
        "cultural review",
        "ecological-transactional",
        "dynamics between families and professionals",
        "hypotheses",
        "chronologies",
        "National Children's Bureau",
        "weather",
        "very interactive",
        "In each set one person had missed",
        "Improving analysis in assessments",
    ],
    "als-6": [
        "January 2011",
        "consolidate",
        "trios",
        "challenging practice scenario",
        "preparing for inspection",
        "One member of each set had missed the December content",
        "45 minutes each",
        "recorded and transcribed",
        "stories of change",
        "previous Project Manager",
        "about half an hour",
        "mid-afternoon",
    ],
    "mentors-1": [
        "Tuesday 7 September 2010",
        "SCAT Conference Centre, Taunton TA1 5AX",
        "share good practice",
        "evaluation of the project",
        "story circle",
        "An hour of action learning",
        "National Children's Bureau",
        "9 of 11 had been at the launch",
        "5 of 9 councils",
        "each manager would have 6 sessions",
        "2 of 5 had met their mentees five or six times",
        "4 of 5 said that their mentees had found the sessions very useful",
    ],
    "mentors-2": [
        "Tuesday 30 November 2010",
        "SCAT Conference Centre, Taunton TA1 5AX",
        "report back",
        "Half an hour of action learning",
        "within and across councils",
        "success criteria",
        "final questionnaire of February 2011",
        "Snow",
        "5 of 9 councils",
        "5 of 11 (45%)",
        "7 of 11 (64%)",
    ],
}

# What was raised and agreed, on the pages of notes.
NOTED = {
    "launch": ["key strengths", "6 sessions with a mentor", "A day a month"],
    "als-1": ["syllabus", "teething problems", "does not say what was agreed"],
    "als-3": ["Areas to probe in supervision", "October 2010", "does not list the actions"],
    "als-5": ["Not knowing", "Losing the child", "Barriers to reaching the child", "no action agreed"],
    "als-6": ["challenging practice scenario", "inspection", "duty systems", "45 minutes", "no action agreed"],
    "mentors-1": ["Supervision history", "NCB toolkit", "Near misses", "Repeated referrals", "no agreed action"],
    "mentors-2": ["does not record what mentors said", "success criteria", "neither the actions nor the criteria"],
}

HANDOUTS = {
    "launch": ["Launch event pack"],
    "als-1": [],
    "als-2": [],
    "als-3": ["Flip-chart notes on areas to probe in supervision"],
    "als-4": [
        "Printed notes pages of the presentation on neglect",
        "Selected material from Reder and Duncan (1999)",
        "Salford Primary Care Trust material on risk and protective factors",
    ],
    "als-5": ["Improving analysis in assessments"],
    "als-6": ["Improving analysis in assessments"],
    "mentors-1": [],
    "mentors-2": ["Examples of success criteria for the mentoring sessions"],
}


def session(built: Built, name: str) -> BuiltPage:
    return built[f"sessions/{name}/"]


def facts(page: BuiltPage) -> dict[str, str]:
    strip = having(page.article, "kb-facts")[0]
    labels, values = strip.iter("dt"), strip.iter("dd")
    return {words(label): words(value) for label, value in zip(labels, values, strict=True)}


def test_there_are_the_nine_sessions_of_the_report(built: Built, sources: Catalogue) -> None:
    there = {page.address for page in built.under("sessions/")} - record.added(sources)
    assert there == {f"sessions/{name}/" for name in WHEN}
    assert tuple(WHEN) == record.SESSIONS


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_run_sheet_is_the_programme_of_the_appendix(built: Built, name: str) -> None:
    page = session(built, name)
    rows = page.cells(next(page.article.iter("table")))
    assert [(at, int(minutes)) for at, minutes, _ in rows[:-1]] == [item[:2] for item in PROGRAMMES[name]]
    for (_, _, title), (_, _, known_by) in zip(rows[:-1], PROGRAMMES[name], strict=True):
        assert known_by.lower() in title.lower()
    assert rows[-1] == ["13:45", "", "Depart"]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_run_sheet_lasts_225_minutes_without_a_gap(built: Built, name: str) -> None:
    page = session(built, name)
    table = next(page.article.iter("table"))
    rows = page.cells(table)
    starts = [int(at[:2]) * 60 + int(at[3:]) for at, _, _ in rows]
    minutes = [int(minutes) for _, minutes, _ in rows[:-1]]
    assert [after - before for before, after in pairwise(starts)] == minutes
    assert sum(minutes) == 225
    assert words(table.find("tfoot/tr")) == "In all 225 3 hours 45 minutes"


@pytest.mark.parametrize("name", [name for name in WHEN if name not in PROGRAMMES])
def test_a_session_without_a_programme_has_no_run_sheet(built: Built, name: str) -> None:
    assert "Run sheet" not in session(built, name).text
    assert not re.search(r"\b\d\d[.:]\d\d\b", session(built, name).text)


@pytest.mark.parametrize(("name", "when"), WHEN.items())
def test_the_date_is_as_exact_as_the_reports(built: Built, name: str, when: str) -> None:
    assert facts(session(built, name))["When"] == when


def test_both_printed_dates_fall_on_a_tuesday(built: Built) -> None:
    tuesday = 1
    assert datetime.date(2010, 9, 7).weekday() == datetime.date(2010, 11, 30).weekday() == tuesday
    for name in PROGRAMMES:
        assert facts(session(built, name))["When"].startswith("Tuesday ")


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_mentors_met_at_the_conference_centre_for_three_hours_and_three_quarters(built: Built, name: str) -> None:
    assert facts(session(built, name))["Where"] == "SCAT Conference Centre, Taunton TA1 5AX"
    assert facts(session(built, name))["How long"] == "3 hours 45 minutes"


@pytest.mark.parametrize("name", WITHOUT_PLACE)
def test_a_place_and_a_length_that_the_report_does_not_give_are_not_made_up(built: Built, name: str) -> None:
    assert facts(session(built, name))["Where"] == "Not in the report"
    assert facts(session(built, name))["How long"] == "Not in the report"


@pytest.mark.parametrize("name", WITHOUT_PLACE)
def test_the_page_says_that_day_venue_times_and_agenda_are_unknown(built: Built, name: str) -> None:
    said = re.findall(
        r"The report (?:does not give|gives no) [^.]*\.", session(built, name).says("How it ran in 2010-11")
    )
    assert any(all(word in line for word in ("venue", "time", "agenda")) for line in said), said
    assert any("day" in line or "date" in line for line in said), said


@pytest.mark.parametrize("name", [name for name in WITHOUT_PLACE if name != "launch"])
def test_each_set_held_the_session(built: Built, name: str) -> None:
    assert facts(session(built, name))["Set"] == "Held in each set: Exeter and Bristol/Gloucester"


def test_the_run_of_an_exercise_that_the_report_does_not_describe_is_left_open(built: Built) -> None:
    for name in ("als-1", "als-2"):
        assert re.search(
            r"experiential.*The report does not describe them\.", session(built, name).says("Activities")
        )
    assert "The report does not give them." in session(built, "als-3").says("Activities")


@pytest.mark.parametrize("name", ["als-6", "mentors-2"])
def test_a_session_for_which_the_report_cites_no_work_says_so(built: Built, name: str) -> None:
    assert session(built, name).cited() == set()
    assert "cites no work" in session(built, name).says("Evidence cited on this page")


@pytest.mark.parametrize("name", KEY_FACTS)
def test_a_session_page_has_the_reports_facts(built: Built, name: str) -> None:
    assert len(KEY_FACTS[name]) >= 5
    text = session(built, name).text.lower()
    assert [fact for fact in KEY_FACTS[name] if fact.lower() not in text] == []


@pytest.mark.parametrize("name", NOTED)
def test_a_page_of_notes_has_what_the_report_records(built: Built, name: str) -> None:
    page = built[f"notes/2010-11/{name}/"]
    text = page.text.lower()
    assert [fact for fact in NOTED[name] if fact.lower() not in text] == []
    assert page.headings == ["What was raised", "What was agreed", "Where this comes from"]


@pytest.mark.parametrize("name", ["als-2", "als-4"])
def test_a_session_of_which_the_report_records_nothing_has_no_notes(built: Built, name: str) -> None:
    assert f"notes/2010-11/{name}/" not in built.pages
    assert re.search(r"no notes (?:page|of this session)", session(built, name).text)


@pytest.mark.parametrize("name", HANDOUTS)
def test_the_handouts_are_those_that_the_report_names_and_none_is_held(built: Built, name: str) -> None:
    page = session(built, name)
    lists = having(page.article, "kb-handouts")
    items = [words(item) for found in lists for item in found.iter("li")]
    assert [item.split(":")[0] for item in items] == HANDOUTS[name]
    assert all("handout not held" in item for item in items)
    number = len(HANDOUTS[name])
    assert facts(page)["Given out"].startswith(
        f"{number} handout{'s' * (number != 1)} named, none held" if number else "No handout named in the report"
    )


def test_the_two_mentors_programmes_differ_as_the_report_has_them(built: Built) -> None:
    first, second = (
        " ".join(row[2] for row in page.cells(next(page.article.iter("table"))))
        for page in (session(built, "mentors-1"), session(built, "mentors-2"))
    )
    assert ("ground rules" in first, "ground rules" in second) == (True, False)
    assert ("Report back" in first, "Report back" in second) == (False, True)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_mentors_session_has_six_outcomes_of_its_own(built: Built, name: str) -> None:
    lists = [node for node in session(built, name).section("What was covered") if node.tag == "ul"]
    assert len(lists[0]) == 6


def test_catching_up_says_what_absentees_got_and_that_papers_are_no_substitute(built: Built) -> None:
    text = built["catch-up/"].text
    for fact in ("e-mailed the handouts", "buddy", "Two individual sessions"):
        assert fact in text
    assert re.search(r"(?:cannot|do not) replace", text)
    for page in (session(built, name) for name in WHEN):
        missed = page.says("If you missed it")
        assert "e-mail" in missed, page.address
        assert "cannot replace" in missed or "do not replace" in missed, page.address
        assert "catch-up/" in [link for node in page.section("If you missed it") for link in page.links(node)]
