"""The report's figures, as the pages that are drawn from data show them."""

from __future__ import annotations

import re

import pytest

from knowledge_base.catalogue import Catalogue
from tests.built import Built, having, words

# By council: nominees at the start, withdrawals, average or single finisher's attendance, at the last two meetings.
COUNCILS = {
    "B&NES": ("2", "1", "5.0 (one finisher)", "1"),
    "Bournemouth": ("1", "1", "Not stated", "Not stated"),
    "Bristol": ("2", "0", "5.5", "2"),
    "Cornwall": ("3", "2", "5.0 (one finisher)", "1"),
    "Devon": ("2", "0", "Not stated", "0"),
    "Gloucestershire": ("4", "0", "4.5", "1"),
    "North Somerset": ("2", "0", "Not stated", "Not stated"),
    "Poole": ("2", "0", "5.5", "2"),
    "South Gloucestershire": ("1", "1", "Not stated", "Not stated"),
    "Swindon": ("2", "1", "5.0 (one finisher)", "1"),
    "Wiltshire": ("2", "0", "5.0 (one finisher)", "1"),
}

# By what is said of whom: how many of how many, and the percentage where the report prints one.
EVALUATION = [
    ("Gave feedback", "Set members", "16 of 23", "70%"),
    ("Gave feedback", "Mentors", "7 of 11", "64%"),
    ("Answered the online questionnaire", "Set members", "11 of 23", "48%"),
    ("Answered the online questionnaire", "Mentors", "5 of 11", "45%"),
    ("very good start", "Set members and mentors", "Not stated", "80%, base not stated"),
    ("the time to get the most", "Set members", "Not stated", "60%, base not stated"),
    ("five or six times", "Mentors", "2 of 5", "Not printed"),
    ("two or three times", "Mentors", "3 of 5", "Not printed"),
    ("very useful", "Mentors", "4 of 5", "Not printed"),
    ("intuitive and analytic reasoning", "Set members", "7 of 11", "Not printed"),
    ("what the child experiences", "Set members", "7 of 8", "Not printed"),
    ("outcome on practice standards had been met", "Set members", "7, base not stated", "Not printed"),
    ("practice standards as met to a high degree", "Mentors", "1, base not stated", "Not printed"),
    ("practice standards as met to a medium degree", "Mentors", "3, base not stated", "Not printed"),
    ("practice standards as met to a low degree", "Mentors", "1, base not stated", "Not printed"),
    ("Rated this outcome as met to a high degree", "Mentors", "2, base not stated", "Not printed"),
    ("Rated this outcome as met to a medium degree", "Mentors", "3, base not stated", "Not printed"),
    ("decisions and practice standards", "Set members", "7 of 8", "Not printed"),
    ("benefits for children and families", "Set members", "4, base not stated", "Not printed"),
    ("hard to record the reflective part", "Set members", "5 of 8", "Not printed"),
    ("parts of the outcome had been met", "Set members", "6 of 8", "Not printed"),
    ("parts of the outcome had been met", "Mentors", "4 of 5", "Not printed"),
]

# By the number in section 7, the number in the summary; the sixth is not there.
RECOMMENDATIONS = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: None, 7: 5, 8: 5, 9: 6, 10: 7}

# By a word of each, in the order of section 1: its place in the summary.
OUTCOMES = [
    ("recording", 4),
    ("model of practice standards", 3),
    ("supervise", 2),
    ("reflect", 1),
    ("decisions", 5),
    ("other parts of the South West", 6),
]

THEMES = {
    "The place of analysis in assessments and agency reports for Child Protection Conferences": "Run, and repeated",
    "Understanding the daily life experience of the child": "Run",
    "Understanding and fostering emotional resilience in children": "Run, and repeated",
    "Working with parents who are assessed as being resistant to change": "Run",
    "Assessment of emotional abuse and its impact on children and young people": "Planned",
    "The importance of understanding family history or functioning": "Planned",
    "The role of fathers and male carers": "Planned",
}


def rows(built: Built, address: str) -> list[list[str]]:
    """The rows of a page's table that are the report's: others say that they were added."""
    page = built[address]
    return [row for row in page.cells(next(page.article.iter("table"))) if not row[-1].startswith("Added: ")]


# --- councils ---------------------------------------------------------------------------------------


def test_the_table_of_councils_has_the_reports_figures(built: Built) -> None:
    table = next(built["research/councils/"].article.iter("table"))
    shown = {
        (row.find("th").text or "").strip(): tuple(words(cell) for cell in row.findall("td"))
        for row in table.findall("tbody/tr")
    }
    assert shown == COUNCILS


def test_23_managers_of_11_councils_started_and_six_left(built: Built) -> None:
    figures = rows(built, "research/councils/")
    assert len(figures) == 11
    assert sum(int(row[1]) for row in figures) == 23
    assert sum(int(row[2]) for row in figures) == 6
    assert "Eleven councils nominated 23 managers at the start." in built["research/councils/"].text
    assert "Six managers withdrew" in built["research/councils/"].text


def test_the_last_two_meetings_are_unknown_and_not_zero_where_the_report_is_silent(built: Built) -> None:
    figures = [row[4] for row in rows(built, "research/councils/")]
    assert figures.count("Not stated") == 3
    assert sum(int(figure) for figure in figures if figure != "Not stated") == 9


def test_the_sets_began_with_12_and_11_members(built: Built, sources: Catalogue) -> None:
    programme = sources.programme
    assert programme is not None
    assert {entry.name: entry.members_at_start for entry in programme.sets} == {
        "Exeter": 12,
        "Bristol/Gloucester": 11,
    }
    assert (
        "Exeter set began with 12 members and the Bristol/Gloucester set with 11" in built["research/councils/"].text
    )
    assert "which councils sat in which" in built["research/councils/"].text


# --- evaluation -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("finding", "who", "count", "percent"), EVALUATION)
def test_a_finding_stands_with_its_base(built: Built, finding: str, who: str, count: str, percent: str) -> None:
    found = [row for row in rows(built, "research/evaluation/") if finding in row[0] and row[1] == who]
    assert [(row[2], row[3]) for row in found] == [(count, percent)]


def test_every_percentage_is_what_its_count_makes(built: Built) -> None:
    checked = 0
    for row in rows(built, "research/evaluation/"):
        share = re.match(r"(\d+) of (\d+)$", row[2])
        percent = re.match(r"(\d+)%$", row[3])
        if share and percent:
            assert round(100 * int(share[1]) / int(share[2])) == int(percent[1]), row
            checked += 1
    assert checked == 4


def test_a_percentage_without_a_count_says_that_its_base_is_not_known(built: Built) -> None:
    for row in rows(built, "research/evaluation/"):
        if row[2] == "Not stated":
            assert row[3].endswith("base not stated"), row


def test_every_share_in_a_sentence_with_a_percentage_is_computed_right(built: Built) -> None:
    numbers = {"five": 5, "seven": 7, "eleven": 11, "sixteen": 16}
    found = re.findall(r"(\w+) of (\w+)(?: mentors)? \((\d+)%\)", built["sessions/mentors-2/"].text)
    assert len(found) == 2
    for count, base, percent in found:
        assert round(100 * numbers[count.lower()] / numbers[base]) == int(percent)


# --- outcomes, recommendations, standards, themes ---------------------------------------------------


def test_six_outcomes_stand_in_the_order_of_section_1(built: Built) -> None:
    shown = rows(built, "research/outcomes/")
    assert [row[1] for row in shown] == ["1", "2", "3", "4", "5", "6"]
    for row, (word, summary) in zip(shown, OUTCOMES, strict=True):
        assert word in row[0]
        assert row[2] == str(summary)


def test_ten_recommendations_stand_against_seven_of_the_summary(built: Built) -> None:
    items = having(built["research/recommendations/"].article, "kb-recommendations")[0].findall("li")
    shown = {}
    for item in items:
        line = words(having(item, "kb-work__line")[0])
        number = re.match(r"Number (\d) of the summary\.", line)
        assert number or line.startswith("Not in the summary."), line
        shown[int(item.get("value", "0"))] = int(number[1]) if number else None
    assert shown == RECOMMENDATIONS
    assert len(set(filter(None, shown.values()))) == 7


def test_master_classes_are_a_recommendation_without_a_number(built: Built) -> None:
    page = built["research/recommendations/"]
    assert "no number" in page.says("Master classes for senior managers")


def test_six_things_to_think_about_stand_before_the_recommendations(built: Built) -> None:
    section = built["research/recommendations/"].section("Six things to think about first")
    assert [len(node) for node in section if node.tag == "ol"] == [6]


def test_three_areas_have_no_level_set(built: Built) -> None:
    shown = rows(built, "research/practice-standards/")
    assert len(shown) == 3
    for row, word in zip(shown, ("visits", "Group supervision", "recording reflection"), strict=True):
        assert word in row[0]
        assert row[3] == "None in the report"
    asked = " ".join(row[1] + row[2] for row in shown)
    assert not re.search(r"\d", re.sub(r"section \d", "", asked))


def test_four_themes_were_run_and_three_planned(built: Built) -> None:
    shown = rows(built, "research/workshop-themes/")
    assert len(shown) == len(THEMES) == 7
    for row, (title, status) in zip(shown, THEMES.items(), strict=True):
        assert row[0].startswith(title)
        assert re.match(rf"{status}\b", row[1])
        assert ("repeated" in row[1]) == ("repeated" in status)
    assert [row[1].startswith("Run") for row in shown].count(True) == 4


def test_the_workshops_are_told_with_the_reports_figures(built: Built) -> None:
    text = built["research/workshop-themes/"].text
    for fact in ("Monthly", "from 12 to 2", "12 to 14", "18 at one workshop", "Liz Jones", "December 2010"):
        assert fact in text


def test_the_project_is_introduced_as_the_report_has_it(built: Built) -> None:
    text = built["about/"].text
    for fact in (
        "Dr Jocelyn Jones, Mindful Practice Ltd",
        "April 2011",
        "South West Improvement and Efficiency Partnership",
        "Safeguarding Leadership workshop in June 2009",
        "Government Office for the South West commissioned the project early in 2010",
        "from May 2010 to January 2011",
        "A day a month",
        "summer of 2010",
        "Three Project Managers, over 14 months",
    ):
        assert fact in text


@pytest.mark.parametrize(
    "slip",
    [*(f"C{n}." for n in range(1, 18)), *(f"D{n}." for n in range(1, 18)), *(f"E{n}." for n in range(1, 10))],
)
def test_every_slip_of_the_report_is_listed(built: Built, slip: str) -> None:
    page = built["research/curators-notes/"]
    items = [words(item) for box in having(page.article, "curator") for item in box.iter("li")]
    assert sum(item.startswith(f"{slip} ") for item in items) == 1
