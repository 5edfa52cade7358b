"""The report's figures, as the pages that are drawn from data show them."""

from __future__ import annotations

import re

import pytest

from tests.built import Built, having, words

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
