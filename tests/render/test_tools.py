from __future__ import annotations

import pytest

from knowledge_base import catalogue, check
from knowledge_base.faults import AuthorError
from knowledge_base.render import tools
from tests.render.conftest import words

AXE = "toolkit/axe.md"
LIST = "tools.md"


@pytest.fixture
def tool(fake):
    """Another tool beside the axe, as an author would make it: from the axe's page."""

    def make(name, title, **matter):
        text = (fake / "docs" / AXE).read_text(encoding="utf-8").replace("{{ form() }}", "Nothing.")
        body = text.split("\n---\n", 1)[1]
        keys = {"source": "[appendix-c]", "purpose": f"For {title}.", "audience": "Planters", **matter}
        head = [f"title: {title}", "description: About it.", "reviewed: 2021-05-01"]
        head += [f"{key}: {value}" for key, value in keys.items()]
        path = fake / f"docs/toolkit/{name}.md"
        path.write_text("\n".join(["---", *head, "---", body]), encoding="utf-8")
        return f"toolkit/{name}.md"

    return make


def groups(page):
    """Under each heading of the toolkit, the words of the entries."""
    found = {}
    for heading in page.tree.iter("h2"):
        after = heading.getnext()
        if after.get("class") == "kb-tools":
            found[words(heading)] = [words(item) for item in after]
    return found


def facts(page):
    strip = page.tree.find_class("kb-facts")[0]
    return {words(name): words(value) for name, value in zip(strip.iter("dt"), strip.iter("dd"), strict=True)}


# --- the list of tools ----------------------------------------------------------------------------------


def test_tool_is_listed_with_where_it_comes_from_its_purpose_and_its_minutes(shown):
    page = shown(LIST)
    assert groups(page) == {"With your team": ["The axe Added To cut. 20 minutes."]}
    assert ("The axe", AXE) in page.links


def test_tools_stand_under_what_they_are_used_for_in_one_order(shown, tool):
    uses = ["council", "agencies", "mentoring", "set", "supervision"]
    for use in uses:
        tool(use, f"The {use}", use=use)
    tool("rake", "The rake")
    assert list(groups(shown(LIST))) == [
        "In supervision",
        "With your team",
        "In an action learning set",
        "For mentors",
        "With other agencies",
        "For the council",
        "More tools",
    ]


def test_the_reports_own_come_first_and_then_by_title(shown, tool):
    tool("spade", "The spade", use="team")
    tool("rake", "the rake", use="team")
    tool("bow", "The bow", use="team", added="true", source="[added]")
    (found,) = groups(shown(LIST)).values()
    assert [item.split(" For ")[0].split(" To ")[0] for item in found] == [
        "the rake From the report",
        "The spade From the report",
        "The axe Added",
        "The bow Added",
    ]


def test_tool_without_minutes_is_listed_without(shown, tool):
    tool("rake", "The rake", use="set")
    assert groups(shown(LIST))["In an action learning set"] == ["The rake From the report For The rake."]


def test_use_without_a_tool_has_no_heading(fake, shown):
    (fake / "docs" / AXE).unlink()
    assert groups(shown(LIST)) == {}


def test_tool_with_a_fault_is_left_out_of_the_list(change, shown):
    change(f"docs/{AXE}", "minutes: 20", "minutes: twenty")
    assert groups(shown(LIST)) == {}


def test_use_that_there_is_not_is_told_on_its_line(faults_after):
    (line,) = faults_after(f"docs/{AXE}", "use: team", "use: teams")
    assert line.startswith(f"docs/{AXE}:12:")
    assert "Did you mean 'team'?" in line


# --- the facts strip ------------------------------------------------------------------------------------


def test_facts_of_an_added_tool(shown):
    page = shown(AXE)
    assert page.of_class("kb-facts__purpose") == ["To cut."]
    assert facts(page) == {
        "For": "Woodcutters",
        "How long": "20 minutes",
        "Group size": "two or three",
        "You need": "An axe; A stump",
        "Comes from": "Added: not in the report",
        "Take away": "PDF, Word",
    }


def test_facts_that_the_report_does_not_give_are_shown_as_missing(shown, tool):
    assert facts(shown(tool("rake", "The rake"))) == {
        "For": "Planters",
        "How long": "Not in the report",
        "Group size": "Not in the report",
        "You need": "Not in the report",
        "Comes from": "The report of 2010-11",
        "Take away": "PDF, Word",
    }


def test_facts_of_an_added_tool_say_nothing_of_a_silent_report(shown, tool):
    found = facts(shown(tool("bow", "The bow", added="true", source="[added]")))
    assert (found["How long"], found["Group size"], found["You need"]) == ("As you choose",) * 3


@pytest.mark.parametrize(("minutes", "reads"), [("60", "1 hour"), ("90", "1 hour 30 minutes")])
def test_minutes_are_said_in_words(change, shown, minutes, reads):
    change(f"docs/{AXE}", "minutes: 20", f"minutes: {minutes}")
    assert facts(shown(AXE))["How long"] == reads
    assert groups(shown(LIST))["With your team"] == [f"The axe Added To cut. {reads}."]


def test_added_tool_has_to_name_added_as_its_source(faults_after):
    (line,) = faults_after(f"docs/{AXE}", "source: [added]", "source: [section-7]")
    assert line.startswith(f"docs/{AXE}:4:")
    assert "An added tool is not the report's. Write 'added' under 'source' as well." in line


def test_tool_of_the_report_may_name_what_was_added_to_it(faults_after):
    assert faults_after(f"docs/{AXE}", "source: [added]", "source: [section-7, added]") == []


# --- the form -------------------------------------------------------------------------------------------


def forms(page):
    """By caption, the column headings and the rows of each form."""
    return {
        words(table.find("caption")): (
            [words(head) for head in table.iterfind("thead/tr/th")],
            [[words(cell) for cell in row] for row in table.iterfind("tbody/tr")],
        )
        for table in page.tree.find_class("kb-form")
    }


def test_checklist_has_a_box_to_tick_and_room_for_a_note(shown):
    heads, rows = forms(shown(AXE))["Before the cut"]
    assert heads == ["To consider", "Done", "Note"]
    assert rows == [
        ["Is it the right tree? Recommendation 1: Plant early", "☐", ""],
        ["Is everybody away? Count them", "☐", ""],
    ]


def test_question_has_room_to_write_and_no_box(shown):
    assert forms(shown(AXE))["After the cut"] == (["Question", "Your words"], [["What fell?", ""]])


def test_room_to_write_has_as_many_lines_as_its_field_says(shown):
    rooms = [room.get("class") for room in shown(AXE).tree.find_class("kb-form__room")]
    assert [name.rpartition("--")[2] for name in rooms] == ["2", "2", "5"]


def test_field_leads_to_the_recommendation_it_follows_from(shown):
    assert ("Recommendation 1: Plant early", "../research/recommendations.md#plant") in shown(AXE).links


def test_parts_of_a_form_stand_in_their_order(shown):
    assert list(forms(shown(AXE))) == ["Before the cut", "After the cut"]


def test_every_column_of_a_form_has_its_heading(shown):
    for table in shown(AXE).tree.find_class("kb-form"):
        assert {cell.get("scope") for cell in table.iterfind("thead/tr/*")} == {"col"}
        width = len(table.findall("thead/tr/th"))
        assert {len(row) for row in table.iterfind("tbody/tr")} == {width}
        assert {row[0].get("scope") for row in table.iterfind("tbody/tr")} == {"row"}


def test_unknown_recommendation_of_a_form_is_told_with_the_nearest(faults_after):
    (line,) = faults_after(f"docs/{AXE}", "recommendation: plant", "recommendation: plnt")
    assert line.startswith(f"docs/{AXE}:")
    assert "There is no recommendation 'plnt'. Did you mean 'plant'?" in line


def test_tool_is_not_to_blame_for_a_recommendation_with_a_fault(change, fake, shown):
    change("data/recommendations.yml", "number: 1", "number: one")
    assert forms(shown(AXE))["Before the cut"][1][0][0] == "Is it the right tree?"
    assert {fault.path for fault in check.check(catalogue.build(fake))} == {"data/recommendations.yml"}


def test_tool_is_not_to_blame_where_no_recommendation_can_be_read(fake, shown):
    (fake / "data/recommendations.yml").write_text("- [", encoding="utf-8")
    assert forms(shown(AXE))["Before the cut"][1][0][0] == "Is it the right tree?"
    assert f"docs/{AXE}" not in {fault.path for fault in check.check(catalogue.build(fake))}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("lines: 5", "lines: 0", 21, "It has to be at least 1."),
        ("lines: 5", "lines: 13", 21, "12"),
        ("kind: checklist", "kind: checklst", 15, "Did you mean 'checklist'?"),
        ("label: What fell?", "lable: What fell?", 21, "Did you mean 'label'?"),
    ],
)
def test_slip_in_a_form_is_told_on_its_line(faults_after, old, new, line, message):
    told = faults_after(f"docs/{AXE}", old, new)
    assert all(fault.startswith(f"docs/{AXE}:") for fault in told)
    assert any(fault.startswith(f"docs/{AXE}:{line}:") and message in fault for fault in told), told


def test_form_can_be_filled_in_on_the_page_and_says_what_not_to_write(shown):
    page = shown(AXE)
    (panel,) = page.tree.find_class("kb-fill")
    assert panel.get("data-form") == "toolkit/axe"
    assert words(panel).startswith("Leave out names, and anything by which a child, a family or a colleague could")
    assert ("where your words are", "../about/privacy.md#what-your-browser-keeps") in page.links
    scripts = [(script.get("src"), script.get("defer") is not None) for script in page.tree.iter("script")]
    assert scripts == [(f"../../assets/{name}.js", True) for name in ("forms", "forms-copy", "forms-keep")]


def test_part_about_a_family_is_for_paper(change, shown):
    change(f"docs/{AXE}", "title: After the cut", "title: After the cut\n    paper: true")
    page = shown(AXE)
    assert [table.get("data-paper") for table in page.tree.find_class("kb-form")] == [None, "yes"]
    (said,) = page.tree.find_class("kb-paper")
    assert "not filled in on this site" in words(said)
    assert said.getnext() is page.tree.find_class("kb-form")[1]
    assert list(page.tree.iter("script"))


def test_form_about_a_family_from_end_to_end_says_so_once_and_loads_no_script(change, shown):
    for title in ("Before the cut", "After the cut"):
        change(f"docs/{AXE}", f"title: {title}", f"title: {title}\n    paper: true")
    page = shown(AXE)
    assert len(page.tree.find_class("kb-paper")) == 1
    assert page.tree.find_class("kb-fill") == list(page.tree.iter("script")) == []


def test_question_that_stands_twice_in_a_part_is_told(faults_after):
    (line,) = faults_after(f"docs/{AXE}", "label: Is everybody away?", "label: Is it the RIGHT tree")
    assert line.startswith(f"docs/{AXE}:18:")
    assert "KB114 'Is it the RIGHT tree' stands a second time in 'Before the cut'. Word the question" in line


def test_same_question_may_stand_in_two_parts(faults_after):
    assert faults_after(f"docs/{AXE}", "label: What fell?", "label: Is it the right tree?") == []


def test_list_of_kept_forms_says_what_holds_without_scripts(shown):
    page = shown("about/privacy.md")
    assert page.of_class("kb-kept") == [
        "Your browser runs no scripts here. So no form can be filled in on the page, and nothing new is kept."
    ]
    assert [script.get("src") for script in page.tree.iter("script")] == ["../../assets/kept.js"]


def test_tool_without_a_form_cannot_show_one(desk, tool):
    with pytest.raises(AuthorError, match=r"This tool has no form. Add 'form:' to its front matter."):
        tools.form(desk(tool("rake", "The rake")))


@pytest.mark.parametrize("draw", [tools.facts, tools.form])
def test_what_belongs_to_a_tool_is_refused_elsewhere(desk, draw):
    with pytest.raises(AuthorError, match=r"This page is no tool. Call this macro on a page in docs/toolkit/ only."):
        draw(desk("sessions/als-1.md"))


# --- the page -------------------------------------------------------------------------------------------


def test_page_of_a_tool_says_how_to_take_it_away_and_nothing_of_handouts(shown):
    text = shown(AXE).text
    assert "This tool as PDF" in text
    assert "This tool as Word" in text
    assert "handout" not in text


@pytest.mark.parametrize("heading", ["Steps", "Prompts", "What to record", "Evidence", "Print and download"])
def test_tool_without_one_of_its_headings_is_told_so(faults_after, heading):
    (line,) = faults_after(f"docs/{AXE}", f"## {heading}\n", f"### {heading}\n")
    assert f"Write '## {heading}'." in line


@pytest.mark.parametrize(
    ("gone", "where"),
    [
        ("{{ tool_facts() }}", "at the top of the page"),
        ("{{ sources() }}", "under 'Where this comes from'"),
        ("{{ downloads() }}", "under 'Print and download'"),
    ],
)
def test_tool_without_one_of_its_calls_is_told_so(faults_after, gone, where):
    (line,) = faults_after(f"docs/{AXE}", gone, "Nothing.")
    assert f"KB505 '{gone[3:-5]}' is not called. Write {gone} on a line of its own {where}." in line
