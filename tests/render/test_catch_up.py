"""Routes of missed sessions: their steps, their minutes, and what is not known."""

from __future__ import annotations

import re

import pytest

from knowledge_base.render.text import Desk
from tests.render.conftest import words

ALS = "docs/sessions/als-1.md"
CHOSEN = """catch_up:
  questions:
    - What grows?
    - Who waters it?
    - What *falls*?
  readings:
    - {page: toolkit/axe.md}
    - {reference: ash-2001, minutes: 25}
  bring:
    - A *leaf*
"""
HEAD = "---\ntitle: Catch up\ndescription: D.\nsource: [added]\nreviewed: 2021-05-01\n---\n\n"


@pytest.fixture
def chosen(change):
    """The first session of the fake project, with a route of its own."""
    change(ALS, "kind: set", f"{CHOSEN}kind: set")


@pytest.fixture
def all_routes(fake, shown):
    """The page that has the routes of all sessions."""

    def draw():
        (fake / "docs/catch-up.md").write_text(f"{HEAD}{{{{ catch_up() }}}}\n\n{{{{ sources() }}}}\n")
        return shown("catch-up.md")

    return draw


def steps(node):
    """Each step: what it says, and its minutes in words."""
    found = []
    for tip in node.find_class("kb-cite__full"):
        tip.drop_tree()
    for step in node.find_class("kb-route__steps")[0]:
        says, *minutes = [words(part) for part in step.find("p")]
        found.append((says, minutes[0] if minutes else None))
    return found


def total(page):
    return re.search(r"In all it takes about ([\w ]+)\.", page.text)[1]


def test_a_route_has_its_steps_in_order_each_with_minutes(chosen, shown):
    assert steps(shown("sessions/als-1.md").tree) == [
        ("Summary: In one minute", "1 minute"),
        ("Handout, the whole page: ALS 1: Trees, or as PDF", "1 minute"),
        ("Essential reading: The axe", "1 minute"),
        ("Essential reading: Ash (2001)", "25 minutes"),
        ("Notes: Notes of ALS 1", "1 minute"),
        ("Three questions for your mentor or a buddy, somebody in your set who was there:", "10 minutes"),
        ("For next time:", "2 minutes"),
    ]


def test_the_total_is_the_sum_of_the_steps_and_stands_in_the_facts_too(chosen, shown):
    page = shown("sessions/als-1.md")
    assert total(page) == "41 minutes"
    assert ("Catch up in 41 minutes", "#if-you-missed-it") in page.links


def test_questions_and_what_to_bring_are_shown_as_they_are_written(chosen, shown):
    lists = [[words(item) for item in node] for node in shown("sessions/als-1.md").tree.iter("ul")]
    assert ["What grows?", "Who waters it?", "What *falls*?"] in lists
    assert ["A *leaf*"] in lists


def test_steps_lead_to_their_places(chosen, shown):
    links = shown("sessions/als-1.md").links
    assert ("In one minute", "#in-one-minute") in links
    assert ("The axe", "../toolkit/axe.md") in links
    assert ("Ash (2001)", "../research/references.md#ash-2001") in links
    assert ("Notes of ALS 1", "../notes/2020-21/als-1-north.md") in links


def test_what_nobody_chose_is_said_and_costs_nothing(fake, shown):
    (fake / "docs/notes/2020-21/als-1-north.md").unlink()
    page = shown("sessions/als-1.md")
    assert [(says, minutes) for says, minutes in steps(page.tree)[2:]] == [
        ("Essential reading: none is named.", None),
        ("Notes: there are no notes of this session.", None),
        (
            "A question or two for your mentor or a buddy, somebody in your set who was there: "
            "choose from Questions to take into supervision",
            "10 minutes",
        ),
        ("What to bring next time: not in the report. Ask somebody who was there.", "2 minutes"),
    ]
    assert total(page) == "14 minutes"


def test_a_session_that_is_not_the_reports_says_nothing_of_the_report(change, shown):
    change(ALS, "source: [als-1]", "source: [added]")
    assert ("What to bring next time: not stated. Ask somebody who was there.", "2 minutes") in steps(
        shown("sessions/als-1.md").tree
    )


def test_a_mentor_turns_to_a_mentor(shown):
    assert "for another mentor, or the manager whom you mentor" in shown("sessions/mentors-1.md").text


def notes(page):
    return [(says, minutes) for says, minutes in steps(page.tree) if says.startswith("Notes")]


def test_notes_of_the_last_cohort_are_the_ones_to_read(another, shown):
    another("2021-22/als-1-north.md", cohort="2021-22", title="Later notes", published="2021-05-20")
    page = shown("sessions/als-1.md")
    assert [says for says, _ in notes(page)] == ["Notes: Later notes"]


def test_where_each_set_has_notes_a_reader_reads_those_of_one(another, shown):
    before = notes(shown("sessions/als-1.md"))
    assert before == [("Notes: Notes of ALS 1", "1 minute")]
    another("2020-21/als-1-south.md", title="Long notes", set="south", more="\n\nOne word more." * 150)
    assert notes(shown("sessions/als-1.md")) == [
        ("Notes, one of these, your set's if it is there: Long notes; Notes of ALS 1", "2 minutes")
    ]


def test_a_work_in_a_route_is_among_those_that_the_page_cites(change, shown):
    change(ALS, "kind: set", "catch_up: {readings: [{reference: oak-2003b, minutes: 5}]}\nkind: set")
    assert "oak-2003b" in [
        address.partition("#")[2]
        for node in shown("sessions/als-1.md").tree.find_class("kb-cited")
        for address in node.xpath(".//a/@href")
    ]


@pytest.mark.parametrize(
    ("folders", "address"), [(True, "../../catch-up/#missed=als-1"), (False, "../catch-up.html#missed=als-1")]
)
def test_a_route_leads_to_the_plan_with_its_session_ticked(desk, folders, address):
    at = desk("sessions/als-1.md")
    at = Desk(at.catalogue, at.page, directory_urls=folders)
    assert at.address("catch-up.md", "missed=als-1") == address


def test_the_first_page_of_a_section_is_its_folder(desk):
    assert desk("sessions/als-1.md").address("notes/index.md", "set=north") == "../../notes/#set=north"


def test_no_way_leads_to_a_plan_that_there_is_not(all_routes, shown):
    assert not shown("sessions/als-1.md").of_class("kb-route__more")
    all_routes()
    assert shown("sessions/als-1.md").of_class("kb-route__more") == ["Missed more than one? Make one plan of them."]


def test_all_routes_stand_in_the_order_of_the_programme(chosen, all_routes):
    routes = all_routes().tree.find_class("kb-route")
    assert [(node.get("id"), words(node.find("h3"))) for node in routes] == [
        ("als-1", "ALS 1: Trees"),
        ("mentors-1", "Mentors meet"),
    ]
    assert [words(node.find_class("kb-route__when")[0]) for node in routes] == [
        "May 2020. In all about 41 minutes.",
        "Tuesday 8 September 2020. In all about 14 minutes.",
    ]


def test_the_same_session_has_the_same_route_on_both_pages(chosen, all_routes, shown):
    assert steps(all_routes().tree.find_class("kb-route")[0]) == steps(shown("sessions/als-1.md").tree)


def test_what_is_in_two_routes_is_known_by_one_name(all_routes):
    keys = [[step.get("data-once") for step in steps] for steps in all_routes().tree.find_class("kb-route__steps")]
    assert set(keys[0]) & set(keys[1]) == {""}
    assert {"sessions/als-1.md", "notes/2020-21/als-1-north.md"} < set(keys[0])


def test_what_to_bring_is_asked_for_each_session(all_routes):
    routes = all_routes().tree.find_class("kb-route__steps")
    keys = [step.get("data-once") for steps in routes for step in steps if "What to bring" in words(step)]
    assert keys == ["", ""]


def test_the_choice_is_hidden_until_a_script_can_serve_it(all_routes):
    choice = all_routes().tree.find(".//fieldset")
    assert choice.get("hidden") is not None
    assert [box.get("value") for box in choice.iter("input") if box.get("type") == "checkbox"] == [
        "als-1",
        "mentors-1",
    ]


def test_an_edition_without_sessions_says_so(fake, all_routes):
    for name in ("als-1", "mentors-1"):
        (fake / f"docs/sessions/{name}.md").unlink()
    assert "No sessions are published yet." in all_routes().text
