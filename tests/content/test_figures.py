"""The report's counts and percentages: in the tables with their bars, and nowhere typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml.html import HtmlElement

from knowledge_base.catalogue import Catalogue
from knowledge_base.model import Council, Finding
from tests.built import Built, BuiltPage, having, words

EVALUATION, COUNCILS = "research/evaluation/", "research/councils/"

# By what is said of whom: how many of how many, and the percentage where the report prints one.
ANSWERS = [
    ("Gave feedback", "Set members", "16 of 23", "70%"),
    ("Gave feedback", "Mentors", "7 of 11", "64%"),
    ("Answered the online questionnaire", "Set members", "11 of 23", "48%"),
    ("Answered the online questionnaire", "Mentors", "5 of 11", "45%"),
    ("very good start", "Set members and mentors", "80%, of how many is not stated", "80%"),
    ("the time to get the most", "Set members", "60%, of how many is not stated", "60%"),
    ("five or six times", "Mentors", "2 of 5", None),
    ("two or three times", "Mentors", "3 of 5", None),
    ("very useful", "Mentors", "4 of 5", None),
    ("intuitive and analytic reasoning", "Set members", "7 of 11", None),
    ("what the child experiences", "Set members", "7 of 8", None),
    ("Broadly agreed that this outcome had been met", "Set members", "7, of how many is not stated", None),
    ("decisions and practice standards", "Set members", "7 of 8", None),
    ("benefits for children and families", "Set members", "4, of how many is not stated", None),
    ("hard to record the reflective part", "Set members", "5 of 8", None),
    ("parts of this outcome had been met", "Set members", "6 of 8", None),
    ("parts of this outcome had been met", "Mentors", "4 of 5", None),
]

# What mentors said of their mentees: by outcome and degree, how many. The report says not of how many.
RATINGS = {("4", "high"): 2, ("4", "medium"): 3, ("2", "high"): 1, ("2", "medium"): 3, ("2", "low"): 1}

# By what is counted: how many, and of how many where the report says so.
TOOK_PART = {
    "Managers who started": "23",
    "Mentors who started": "11",
    "Councils of the South West": "10 of 16",
    "People who came to the launch": "27 of 34",
    "Mentors who came to the launch": "9 of 11",
    "Members who": "6 of 23",
    "Mentors still in the project": "9 of 11",
    "Councils with a mentor": "5 of 9",
    "The most sessions": "7",
    "Meetings with a mentor": "6",
    "Interviews with mothers": "26",
    "Interviews with children": "27",
}

# By council: nominees at the start, withdrawals, at the last two meetings, a mentor at a mentors' session.
NOMINEES = {
    "B&NES": (2, 1, "1", "No"),
    "Bournemouth": (1, 1, "Not stated", "Not stated"),
    "Bristol": (2, 0, "2", "Yes"),
    "Cornwall": (3, 2, "1", "Yes"),
    "Devon": (2, 0, "0", "Yes"),
    "Gloucestershire": (4, 0, "1", "Yes"),
    "North Somerset": (2, 0, "Not stated", "No"),
    "Poole": (2, 0, "2", "No"),
    "South Gloucestershire": (1, 1, "Not stated", "Not stated"),
    "Swindon": (2, 1, "1", "No"),
    "Wiltshire": (2, 0, "1", "Yes"),
}

# By council: the score and the attendances added up; None where the text of the report gives neither.
ATTENDANCE = {
    "B&NES": ("5.0", "At least 5 of 14"),
    "Bournemouth": None,
    "Bristol": ("5.5", "11 of 14"),
    "Cornwall": ("5.0", "At least 5 of 21"),
    "Devon": None,
    "Gloucestershire": ("4.5", "18 of 28"),
    "North Somerset": None,
    "Poole": ("5.5", "11 of 14"),
    "South Gloucestershire": None,
    "Swindon": ("5.0", "At least 5 of 14"),
    "Wiltshire": ("5.0", "At least 5 of 14"),
}

NUMBERS = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
)
TYPED_SHARE = re.compile(r"\b(\w+)\s+of\s+(?:the\s+)?(\w+)\b")
TYPED_PERCENTAGE = re.compile(r"\b(\d+)\s?(?:%|per\s+cent)")


def table(page: BuiltPage, beginning: str) -> HtmlElement:
    return next(found for found in page.article.iter("table") if words(found.find("caption")).startswith(beginning))


def rows(tables: list[HtmlElement]) -> list[HtmlElement]:
    """The rows of tables that are about one thing each."""
    found = [row for one in tables for row in one.findall("tbody/tr") if "kb-group" not in (row.get("class") or "")]
    return [row for row in found if row.get("id")]


def share(row: HtmlElement) -> str:
    return words(having(row, "kb-share")[0])


def bar(cell: HtmlElement) -> tuple[float, float] | None:
    """What a bar is of: value and most."""
    meters = list(cell.iter("meter"))
    return (float(meters[0].get("value", "")), float(meters[0].get("max", ""))) if meters else None


def of_the_report(sources: Catalogue, collection: str) -> list[Finding]:
    found = [item for item in sources.collection(collection).values() if isinstance(item, Finding)]
    return [item for item in found if item.source != ["added"]]


# --- the evaluation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("finding", "who", "many", "percent"), ANSWERS)
def test_a_finding_stands_with_its_base(built: Built, finding: str, who: str, many: str, percent: str | None) -> None:
    found = [row for row in rows(list(built[EVALUATION].article.iter("table"))) if finding in words(row[0])]
    cells = [[words(cell) for cell in row[1:]] for row in found]
    assert [cell[1:] for cell in cells if cell[0] == who] == [[many, percent] if percent else [many]]


def test_ratings_stand_under_their_outcome(built: Built) -> None:
    found, outcome = {}, ""
    for row in table(built[EVALUATION], "What was said").findall("tbody/tr"):
        if "kb-group" in (row.get("class") or ""):
            outcome = words(row).split(".")[0]
        elif degree := re.search(r"met to a (\w+) degree", words(row[0])):
            assert words(row[1]) == "Mentors"
            found[outcome, degree[1]] = int(share(row).removesuffix(", of how many is not stated"))
    assert found == RATINGS


def test_bars_of_ratings_are_shares_of_five(built: Built) -> None:
    found = [row for row in rows([table(built[EVALUATION], "What was said")]) if "degree" in words(row[0])]
    assert [bar(row)[1] for row in found if bar(row)] == [5] * len(RATINGS)


def test_the_report_gives_no_figure_for_two_outcomes(built: Built) -> None:
    found = table(built[EVALUATION], "What was said").findall("tbody/tr")
    silent = [words(found[index - 1])[:2] for index, row in enumerate(found) if "no figure" in words(row)]
    assert silent == ["3.", "6."]


@pytest.mark.parametrize(("collection", "address"), [("evaluation", EVALUATION), ("participation", COUNCILS)])
def test_every_figure_of_the_data_is_in_a_table_with_its_bar(
    built: Built, sources: Catalogue, collection: str, address: str
) -> None:
    shown = {row.get("id"): row for row in rows(list(built[address].article.iter("table")))}
    for item in sources.collection(collection).values():
        assert isinstance(item, Finding)
        row = shown[item.id]
        many = share(row)
        if item.count is not None and item.base is not None:
            assert (many, bar(row)) == (f"{item.count} of {item.base}", (item.count, item.base)), item.id
        elif item.count is not None:
            assert re.match(rf"{item.count}(?:, of how many is not stated)?$", many), item.id
            assert bool(bar(row)) == bool(item.rating), item.id
        else:
            assert (many, bar(row)) == (f"{item.percent}%, of how many is not stated", (item.percent, 100)), item.id


def test_every_percentage_is_what_its_count_makes(built: Built) -> None:
    checked = 0
    for page in built:
        for row in page.article.iter("tr"):
            said = re.search(r"\b(\d+) of (\d+) (\d+)%$", words(row))
            if said:
                count, base, percent = map(int, said.groups())
                assert abs(100 * count / base - percent) <= 0.5, f"{page.address}: {words(row)}"
                checked += 1
    assert checked >= 4


def test_every_percentage_in_a_sentence_is_what_its_count_makes(built: Built) -> None:
    found = [
        (page.address, *map(int, said))
        for page in built
        for said in re.findall(r"\b(\d+) of (\d+)[^.;|]{0,20}? \((\d+)%\)", page.text)
    ]
    assert {address for address, *_ in found} >= {"sessions/mentors-2/"}
    for address, count, base, percent in found:
        assert abs(100 * count / base - percent) <= 0.5, f"{address}: {count} of {base} ({percent}%)"


def test_a_share_of_a_handful_is_not_made_a_percentage(built: Built, sources: Catalogue) -> None:
    printed = {item.percent for item in of_the_report(sources, "evaluation") if item.percent is not None}
    assert printed == {70, 64, 48, 45, 80, 60}
    shown = {
        int(percent) for row in built[EVALUATION].article.iter("tr") for percent in re.findall(r"(\d+)%", words(row))
    }
    assert shown == printed


def test_the_figures_behind_an_outcome_are_those_of_the_evaluation(built: Built) -> None:
    shown = {row.get("id"): share(row) for row in rows(list(built[EVALUATION].article.iter("table")))}
    page = built["research/outcomes/"]
    behind = [found for found in page.article.iter("table") if "behind this outcome" in words(found.find("caption"))]
    assert len(behind) == 3
    for row in rows(behind):
        assert share(row) == shown[row.get("id")]


# --- who took part ----------------------------------------------------------------------------------


def test_who_took_part_is_counted_as_the_report_has_it(built: Built) -> None:
    found = {words(row[0]): share(row) for row in rows([table(built[COUNCILS], "Who took part")])}
    for what, many in TOOK_PART.items():
        assert [shown for said, shown in found.items() if said.startswith(what)] == [many], what


def test_23_managers_of_11_councils_started_and_six_left(built: Built, sources: Catalogue) -> None:
    councils = [item for item in sources.collection("councils").values() if isinstance(item, Council)]
    assert (len(councils), sum(item.nominees for item in councils)) == (11, 23)
    assert sum(item.withdrew for item in councils) == 6
    foot = [words(cell) for cell in table(built[COUNCILS], "Councils").find("tfoot/tr")]
    assert foot == ["All councils", "23", "6", "9", "5 councils"]


def test_the_counts_of_councils_agree_with_those_of_who_took_part(sources: Catalogue) -> None:
    councils = [item for item in sources.collection("councils").values() if isinstance(item, Council)]
    counted = {item.id: (item.count, item.base) for item in of_the_report(sources, "participation")}
    nominees = sum(item.nominees for item in councils)
    assert counted["members-at-start"] == (nominees, None)
    assert counted["withdrew"] == (sum(item.withdrew for item in councils), nominees)
    assert counted["councils-at-mentors-sessions"] == (sum(bool(item.mentor_at_follow_ups) for item in councils), 9)
    known = [item for item in councils if item.mentor_at_follow_ups is not None]
    assert len(known) == 9


def test_the_sets_began_with_12_and_11_members(built: Built, sources: Catalogue) -> None:
    programme = sources.programme
    assert programme is not None
    assert {entry.name: entry.members_at_start for entry in programme.sets} == {
        "Exeter": 12,
        "Bristol/Gloucester": 11,
    }
    text = built[COUNCILS].text
    assert "Exeter set began with 12 members and the Bristol/Gloucester set with 11" in text
    assert "which councils sat in which" in text


# --- councils ---------------------------------------------------------------------------------------


def test_the_table_of_councils_has_the_reports_figures(built: Built) -> None:
    shown = {}
    for row in table(built[COUNCILS], "Councils").findall("tbody/tr"):
        nominees, withdrew, at_last_two, mentor = (words(cell) for cell in row.findall("td"))
        left = 0 if withdrew.startswith("None") else int(withdrew)
        shown[(row.find("th").text or "").strip()] = (int(nominees), left, at_last_two, mentor)
    assert shown == NOMINEES


def test_every_council_has_a_bar_of_its_nominees(built: Built) -> None:
    found = rows([table(built[COUNCILS], "Councils")])
    assert [bar(row) for row in found] == [(nominees, 4) for nominees, *_ in NOMINEES.values()]


def test_attendance_is_as_far_as_the_report_gives_it(built: Built) -> None:
    shown: dict[str, tuple[str, str] | None] = {}
    for row in table(built[COUNCILS], "Attendance by council").findall("tbody/tr"):
        score, whose, added = row.findall("td")
        said = words(score), words(added)
        known = said != ("Not in the report", "Not in the report")
        shown[words(row.find("th"))] = said if known else None
        assert (bar(score) is not None, bar(added) is not None) == (known, known)
        if known:
            assert bar(score) == (float(words(score)), 7)
            count, most = map(int, re.findall(r"\d+", words(added)))
            assert bar(added) == (count, most)
            assert ("least" in words(added)) == (words(whose) == "The one who finished")
    assert shown == ATTENDANCE


def test_the_last_two_meetings_are_unknown_and_not_zero_where_the_report_is_silent(built: Built) -> None:
    last = [words(row.findall("td")[2]) for row in table(built[COUNCILS], "Councils").findall("tbody/tr")]
    assert last.count("Not stated") == 3
    assert sum(int(figure) for figure in last if figure != "Not stated") == 9


# --- one place for each figure ----------------------------------------------------------------------


def outside_notes(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a page, by number, without the curator's notes: these weigh the figures one against another."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("!!! curator"):
            inside = True
        elif line.strip() and not line.startswith(" "):
            inside = False
        if not inside:
            yield number, line


def number(word: str) -> int | None:
    return int(word) if word.isdigit() else NUMBERS.index(word.lower()) if word.lower() in NUMBERS else None


def typed(text: str, findings: list[Finding]) -> list[str]:
    """The shares and percentages on a page that a figure could have drawn, as they were typed."""
    lines = [line for _, line in outside_notes(text)]
    # What a call draws is shown as an example in the guide for authors, beside the call.
    prose = "\n".join(line for line in lines if "`figure(" not in line)
    shares = {(item.count, item.base) for item in findings if item.base is not None}
    percentages = {item.percent for item in findings if item.percent is not None}
    found = [hit[0] for hit in TYPED_SHARE.finditer(prose) if (number(hit[1]), number(hit[2])) in shares]
    return found + [hit[0] for hit in TYPED_PERCENTAGE.finditer(prose) if int(hit[1]) in percentages]


def test_no_share_is_typed_where_a_figure_exists_for_it(sources: Catalogue) -> None:
    findings = of_the_report(sources, "evaluation") + of_the_report(sources, "participation")
    found = {path: typed(page.source.body, findings) for path, page in sources.pages.items()}
    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Of these, 7 of 11 agreed.",
        "Seven of eleven agreed.",
        "Seven of\nthe eleven agreed.",
        "So 70% agreed.",
        "70 per cent",
    ],
)
def test_a_typed_share_would_be_found(sources: Catalogue, text: str) -> None:
    findings = of_the_report(sources, "evaluation")
    assert len(typed(text, findings)) == 1
    assert typed(f'!!! curator "Curator\'s note"\n    {text}'.replace("\nthe", "\n    the"), findings) == []
    assert len(typed(f'!!! curator "Curator\'s note"\n    Note.\n\n{text}', findings)) == 1


def test_every_figure_that_a_page_calls_is_shown_in_its_sentence(built: Built, sources: Catalogue) -> None:
    called = 0
    for path, page in sources.pages.items():
        address = path.removesuffix("index.md").replace(".md", "/")
        for call in page.calls:
            if call.name != "figure":
                continue
            name = str(call.args[0])
            part = str(dict(call.kwargs).get("part", call.args[1] if len(call.args) > 1 else "share"))
            item = sources.collection("evaluation").get(name) or sources.collection("participation")[name]
            assert isinstance(item, Finding)
            said = {"count": f"{item.count}", "base": f"{item.base}", "percent": f"{item.percent}%"}.get(part)
            if said is None:
                said = (
                    f"{item.count} of {item.base}" if item.base is not None else str(item.count or f"{item.percent}%")
                )
            assert re.search(rf"(?<!\d){re.escape(said)}(?!\d)", built[address].text), f"{path}: {name}"
            called += 1
    assert called > 10
