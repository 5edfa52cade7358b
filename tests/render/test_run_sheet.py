from __future__ import annotations

import pytest

from knowledge_base.faults import AuthorError
from knowledge_base.render import run_sheet

MENTORS, AXE = "docs/sessions/mentors-1.md", "docs/toolkit/axe.md"


def needs(page):
    """What stands below the sheet: who leads, what to bring."""
    (found,) = page.tree.find_class("kb-run__needs")
    return {node[0].text_content(): node[1].text_content() for node in found}


@pytest.fixture
def tool(change):
    """Gives the fake tool a run sheet without times."""
    items = "  - {minutes: 5, title: Aim, lead: Woodcutter}\n  - {minutes: 15, title: Cut, materials: [A helmet]}\n"
    change(AXE, "form:\n  - title: Before", f"run_sheet:\n{items}form:\n  - title: Before")
    change(AXE, "Lift it.", "Lift it.\n\n{{ run_sheet() }}")


def test_run_sheet_gives_clock_minutes_and_what_happens(shown):
    assert shown("sessions/mentors-1.md").tables == {
        "Run sheet: Mentors meet": [
            ["10:00", "15", "Coffee"],
            ["10:15", "60", "Walk"],
            ["11:15", "15", "Talk"],
            ["11:30", "", "Depart"],
        ]
    }


def test_a_time_that_is_left_out_follows_from_the_minutes(change, shown):
    before = shown("sessions/mentors-1.md").tables
    change(MENTORS, "{at: '10:15', ", "{")
    assert shown("sessions/mentors-1.md").tables == before


def test_run_sheet_adds_up_at_its_foot(shown):
    foot = shown("sessions/mentors-1.md").tree.find(".//tfoot/tr")
    assert [cell.text_content() for cell in foot] == ["In all", "90", "1 hour 30 minutes"]


def test_breaks_of_a_run_sheet_are_marked(shown):
    assert shown("sessions/mentors-1.md").of_class("kb-break") == ["10:00 15 Coffee"]


def test_what_the_report_does_not_say_of_leading_and_bringing_is_said_once(shown):
    page = shown("sessions/mentors-1.md")
    assert needs(page) == {"Who leads each item": "Not in the report", "Materials to bring": "Not in the report"}
    assert [node.text_content() for table in page.tree.iter("table") for node in table.iter("small")] == []


def test_a_session_that_is_not_the_reports_speaks_of_no_report(change, shown):
    change(MENTORS, "source: [mentors-1, appendix-a]", "source: [added]")
    assert set(needs(shown("sessions/mentors-1.md")).values()) == {"Not stated"}


def test_who_leads_and_what_to_bring_stand_with_their_item(change, shown):
    change(MENTORS, "title: Walk}", "title: Walk, lead: Facilitator, materials: [Boots, A map]}")
    change(MENTORS, "outcomes: [", "materials: [Pens]\noutcomes: [")
    page = shown("sessions/mentors-1.md")
    rows = page.tables["Run sheet: Mentors meet"]
    assert rows[1] == ["10:15", "60", "Walk Leads: Facilitator To bring: Boots; A map"]
    assert needs(page) == {"Materials to bring": "Pens; Boots; A map"}


def test_a_run_sheet_without_times_counts_from_the_start(shown, tool):
    page = shown("toolkit/axe.md")
    assert page.tables["Run sheet: The axe"] == [
        ["0:00", "5", "Aim Leads: Woodcutter"],
        ["0:05", "15", "Cut To bring: A helmet"],
        ["0:20", "", "End"],
    ]
    assert needs(page) == {"Materials to bring": "An axe; A stump; A helmet"}


def test_the_run_sheet_of_a_tool_of_the_report_stands_in_a_box_of_added_guidance(change, shown, tool):
    """A tool that is wholly ours is marked as a whole, and needs no box."""
    assert shown("toolkit/axe.md").of_class("added") == []
    change(AXE, "added: true\n", "")
    change(AXE, "source: [added]", "source: [appendix-c, added]")
    (box,) = shown("toolkit/axe.md").of_class("added")
    assert box.startswith("Added guidance This running order is ours; the report gives none. Run sheet: The axe")


def test_its_scripts_are_loaded_where_it_stands(shown):
    scripts = [node.get("src").rpartition("/")[2] for node in shown("sessions/mentors-1.md").tree.iter("script")]
    assert scripts == ["run-sheet.js", "room-screen.js", "room.js"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("sessions/als-1.md", r"This session has no run sheet\. Add 'run_sheet:' to its front matter\."),
        ("toolkit/axe.md", r"This tool has no run sheet\. Add 'run_sheet:' to its front matter\."),
        ("index.md", r"This page is no session and no tool\."),
    ],
)
def test_a_page_without_a_run_sheet_cannot_show_one(desk, path, message):
    with pytest.raises(AuthorError, match=message):
        run_sheet.run_sheet(desk(path))
