from __future__ import annotations

import csv
import io
import json

import pytest

from knowledge_base import catalogue
from knowledge_base.coverage import Tie, cover
from knowledge_base.publish import coverage

TOOL = "toolkit/axe.md"


@pytest.fixture
def edited(fake):
    """The fake project with lines added to the text of pages."""

    def add(**lines):
        for name, line in lines.items():
            file = next((fake / "docs").rglob(f"{name.replace('_', '-')}.md"))
            text = file.read_text(encoding="utf-8")
            if line.startswith("related:"):
                text = text.replace("reviewed:", f"{line}\nreviewed:", 1)
            else:
                text = text.rstrip() + f"\n\n{line}\n"
            file.write_text(text, encoding="utf-8")
        return catalogue.build(fake)

    return add


def rows(whole):
    return {row.page.session.id: row for row in cover(whole).rows}


def test_a_session_covers_the_works_that_it_cites(edited):
    whole = edited()
    assert rows(whole)["als-1"].works == ("ash-2001", "birch-elm-2002", "oak-2003a")
    assert cover(whole).lone_works == ("oak-2003b",)


@pytest.mark.parametrize(
    ("page", "line", "how"),
    [
        ("als_1", "Use [the axe](../toolkit/axe.md).", "links to"),
        ("als_1", "Use [the axe](../toolkit/axe.md#steps).", "links to"),
        ("als_1", f"related: [{TOOL}]", "names as related"),
        ("axe", "See [trees](../sessions/als-1.md).", "is linked from"),
        ("axe", "related: [sessions/als-1.md]", "is named as related by"),
    ],
)
def test_a_tool_goes_with_a_session_by_a_link_either_way(edited, page, line, how):
    whole = edited(**{page: line})
    assert rows(whole)["als-1"].tools == {TOOL: (Tie(how),)}
    assert rows(whole)["mentors-1"].tools == {}
    assert cover(whole).lone_tools == ()


def test_a_tool_that_no_session_has_to_do_with_is_a_gap(edited):
    assert [page.path for page in cover(edited()).lone_tools] == [TOOL]


def test_a_link_to_the_outcomes_as_a_whole_names_none_by_itself(edited):
    whole = edited(als_1="See [outcomes](../research/outcomes.md).")
    assert rows(whole)["als-1"].outcomes == (Tie("links to"),)
    assert not any(cover(whole).named.values())


def test_a_link_to_one_outcome_names_that_one(edited):
    name = next(iter(edited().collection("outcomes")))
    whole = edited(als_1=f"See [it](../research/outcomes.md#{name}).")
    assert rows(whole)["als-1"].outcomes == (Tie("links to", name),)
    assert [page.path for page in cover(whole).named[name]] == ["sessions/als-1.md"]


def test_a_session_comes_to_the_standards_through_a_tool(edited):
    whole = edited(als_1="Use [the axe](../toolkit/axe.md).", axe="See [it](../research/practice-standards.md).")
    assert rows(whole)["als-1"].standards == (Tie("through The axe"),)
    assert rows(whole)["mentors-1"].standards == ()


def test_ties_and_gaps_stand_in_the_table_and_in_the_json(edited):
    made = coverage.files(edited(als_1="Use [the axe](../toolkit/axe.md)."))
    text = made["downloads/coverage.csv"]().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert table == json.loads(made["data/coverage.json"]())["coverage"]
    said = [(row["session"], row["what"], row["id"], row["how"]) for row in table]
    assert ("als-1", "reference", "ash-2001", "cites") in said
    assert ("als-1", "tool", TOOL, "links to") in said
    assert ("als-1", "outcome", "", "none") in said
    assert ("mentors-1", "tool", "", "none") in said
    assert ("", "reference", "oak-2003b", "none") in said
