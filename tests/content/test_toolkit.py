"""The toolkit: every tool is whole, and says whether it is the report's or was added."""

from __future__ import annotations

import re

from knowledge_base.catalogue import Catalogue
from knowledge_base.model import ToolMatter
from tests.built import Built, BuiltPage, having, words
from tests.content import record

TOOLKIT = "toolkit/"
HEADINGS = ["Steps", "Prompts", "What to record", "Evidence", "Where this comes from", "Print and download"]
FACTS = ["For", "How long", "Group size", "You need", "Comes from", "Take away"]

# Named in the report, in its account of the mentors' sessions, in sections 2 and 6 and in appendix C.
OF_THE_REPORT = {
    "action-learning-trio",
    "cross-circle-dialogue",
    "devils-advocate",
    "mentors-four-ideas",
    "reflective-practice-workshop",
    "story-circle",
}


def tools(built: Built, sources: Catalogue) -> list[tuple[BuiltPage, ToolMatter]]:
    found = [(page.tool, built[record.address_of(path)]) for path, page in sources.pages.items()]
    return [(page, tool) for tool, page in found if tool]


def test_every_tool_has_all_its_headings_in_their_order(built: Built, sources: Catalogue) -> None:
    pages = tools(built, sources)
    assert {page.address for page, _ in pages} == {page.address for page in built.under(TOOLKIT)}
    for page, _ in pages:
        assert page.headings == HEADINGS, page.address


def test_no_section_of_a_tool_is_empty(built: Built, sources: Catalogue) -> None:
    for page, _ in tools(built, sources):
        for heading in HEADINGS:
            assert len(page.says(heading)) >= 20, f"{page.address}: {heading}"


def test_a_tool_begins_with_its_purpose_and_its_facts(built: Built, sources: Catalogue) -> None:
    for page, tool in tools(built, sources):
        (strip,) = having(page.article, "kb-facts")
        assert words(having(strip, "kb-facts__purpose")[0]) == tool.purpose, page.address
        assert [words(label) for label in strip.iter("dt")] == FACTS, page.address
        assert all(words(fact) for fact in strip.iter("dd")), page.address
        first = next(node for node in page.article.iter("h2", "div") if node.tag == "h2" or node is strip)
        assert first is strip, page.address


def test_the_reports_tools_are_the_reports(built: Built, sources: Catalogue) -> None:
    added = {page.address for page, tool in tools(built, sources) if tool.added}
    for name in OF_THE_REPORT:
        assert f"{TOOLKIT}{name}/" in built.pages
        assert f"{TOOLKIT}{name}/" not in added


def test_added_tools_carry_the_band_and_the_reports_do_not(built: Built, sources: Catalogue) -> None:
    kinds = set()
    for page, tool in tools(built, sources):
        bands = having(page.article, "kb-added")
        assert len(bands) == tool.added, page.address
        kinds.add(tool.added)
        if bands:
            assert words(having(bands[0], "kb-added__label")[0]) == "Added: not in the report", page.address
            # All that the page says stands inside it.
            outside = [
                node for node in page.article.iter("p", "li", "h2", "table") if bands[0] not in node.iterancestors()
            ]
            assert outside == [], page.address
    assert kinds == {True, False}


def test_nothing_but_an_added_tool_carries_the_band(built: Built, sources: Catalogue) -> None:
    added = {page.address for page, tool in tools(built, sources) if tool.added}
    assert {page.address for page in built if having(page.article, "kb-added")} == added


def test_what_a_tool_says_of_its_origin_agrees_with_its_band_and_its_sources(
    built: Built, sources: Catalogue
) -> None:
    for page, tool in tools(built, sources):
        strip = having(page.article, "kb-facts")[0]
        facts = dict(zip(map(words, strip.iter("dt")), map(words, strip.iter("dd")), strict=True))
        origin = facts["Comes from"]
        assert origin == ("Added: not in the report" if tool.added else "The report of 2010-11"), page.address
        listed = [words(item) for item in having(page.article, "kb-sources")[0]]
        assert ("Added: not in the report" in listed) == ("added" in tool.source), page.address
        if not tool.added:
            assert [label for label in listed if label != "Added: not in the report"], page.address


def test_guidance_on_a_tool_of_the_report_stands_in_boxes(built: Built, sources: Catalogue) -> None:
    for page, tool in tools(built, sources):
        if not tool.added and "added" in tool.source:
            assert having(page.article, "added"), page.address


def test_the_toolkit_lists_every_tool_once_and_says_whose_it_is(built: Built, sources: Catalogue) -> None:
    page = built[TOOLKIT]
    listed = {}
    for entry in (item for found in having(page.article, "kb-tools") for item in found):
        (address,) = page.links(entry)
        assert address not in listed
        listed[address] = words(having(entry, "kb-tools__from")[0]), words(having(entry, "kb-tools__what")[0])
    assert listed.keys() == {page.address for page in built.under(TOOLKIT)}
    for tool_page, tool in tools(built, sources):
        origin, what = listed[tool_page.address]
        assert origin == ("Added" if tool.added else "From the report"), tool_page.address
        assert what.startswith(tool.purpose), tool_page.address


def test_every_tool_stands_under_a_use_of_its_own(built: Built, sources: Catalogue) -> None:
    assert [page.address for page, tool in tools(built, sources) if tool.use is None] == []
    assert "More tools" not in built[TOOLKIT].headings


def test_the_reports_own_stand_before_added_ones_under_each_use(built: Built) -> None:
    lists = having(built[TOOLKIT].article, "kb-tools")
    assert len(lists) > 1
    for found in lists:
        added = ["Added" in words(having(entry, "kb-tools__from")[0]) for entry in found]
        assert added == sorted(added)


def test_the_menu_has_the_tools_in_the_order_of_the_list(built: Built) -> None:
    page = built[TOOLKIT]
    listed = [link for found in having(page.article, "kb-tools") for link in page.links(found)]
    menu = next(node for node in page.tree.iter("nav") if node.get("aria-label") == "Navigation")
    shown = [link for link in page.links(menu) if link.startswith(TOOLKIT) and link != TOOLKIT]
    assert shown == listed


def test_what_is_to_be_cut_out_has_an_outline_on_paper(built: Built) -> None:
    to_cut = {page.address for page in built.under(TOOLKIT) if "cut out" in page.text}
    assert to_cut == {page.address for page in built.under(TOOLKIT) if having(page.article, "kb-card")}
    cards = having(built[f"{TOOLKIT}areas-to-probe-cards/"].article, "kb-card")
    assert len(cards) == 9
    # The style sheet draws a heading and the list below it as one card.
    assert {(node.tag, node.getnext().tag) for node in cards} == {("h3", "ul")}


def test_every_form_is_drawn_whole(built: Built, sources: Catalogue) -> None:
    drawn = 0
    for page, tool in tools(built, sources):
        tables = having(page.article, "kb-form")
        assert [words(table.find("caption")) for table in tables] == [part.title for part in tool.form], page.address
        for table, part in zip(tables, tool.form, strict=True):
            labels = [words(row[0]) for row in table.findall("tbody/tr")]
            assert len(labels) == len(part.fields), page.address
            for label, field in zip(labels, part.fields, strict=True):
                assert label.startswith(field.label), page.address
            ticks = having(table, "kb-form__tick")
            assert len(ticks) == (len(part.fields) if part.kind == "checklist" else 0), page.address
            drawn += 1
    assert drawn > 2


def test_a_form_is_filled_in_on_the_page_unless_it_is_about_a_family(built: Built, sources: Catalogue) -> None:
    kinds = set()
    for page, tool in tools(built, sources):
        tables = having(page.article, "kb-form")
        assert [table.get("data-paper") == "yes" for table in tables] == [part.paper for part in tool.form], (
            page.address
        )
        on_screen = any(not part.paper for part in tool.form)
        names = [panel.get("data-form") for panel in having(page.article, "kb-fill")]
        assert names == ([page.address.strip("/")] if on_screen else []), page.address
        scripts = [script.get("src", "").rpartition("/")[2] for script in page.article.iter("script")]
        assert [name for name in scripts if name.startswith("forms")] == (
            ["forms.js", "forms-copy.js", "forms-keep.js"] if on_screen else []
        ), page.address
        kinds.add((on_screen, any(part.paper for part in tool.form)))
    assert kinds == {(True, False), (False, True), (True, True), (False, False)}


def test_questions_about_a_child_have_no_fields(sources: Catalogue) -> None:
    """A warning is not enough where the question asks for the case itself."""
    asks = re.compile(r"\b(this child|each child|the child|the family|the children)\b", re.IGNORECASE)
    found = {
        (page.path, part.title)
        for page in sources.pages.values()
        for part in (page.tool.form if page.tool else [])
        if not part.paper and any(asks.search(f"{field.label} {field.hint or ''}") for field in part.fields)
    }
    assert found == set()


def test_every_check_that_follows_from_a_recommendation_leads_to_it(built: Built, sources: Catalogue) -> None:
    page = built["toolkit/readiness-checklist/"]
    entries = having(built["research/recommendations/"].article, "kb-recommendations")[0].findall("li")
    titles = {entry.get("id"): (entry.get("value"), words(entry.find("p/strong")).rstrip(".")) for entry in entries}
    led = 0
    for table in having(page.article, "kb-form"):
        for link in table.iter("a"):
            address, anchor = page.leads_to(link.get("href", ""))
            number, title = titles[anchor]
            assert (address, words(link)) == ("research/recommendations/", f"Recommendation {number}: {title}")
            led += 1
    assert led >= 5


def test_a_tool_can_be_printed_and_names_no_file_that_is_not_there(built: Built, sources: Catalogue) -> None:
    for page, _ in tools(built, sources):
        assert "Printing this page works too" in page.says("Print and download"), page.address
        linked = [link for node in page.section("Print and download") for link in page.links(node)]
        for address in linked:
            assert address in built.pages or (built.folder / address).is_file() or "://" in address, page.address


def test_the_minutes_of_a_tool_are_those_of_its_front_matter(built: Built, sources: Catalogue) -> None:
    for page, tool in tools(built, sources):
        shown = [words(value) for value in having(page.article, "kb-facts")[0].iter("dd")][1]
        if tool.minutes is None:
            assert shown == ("As you choose" if tool.added else "Not in the report"), page.address
        else:
            hours, minutes = (re.search(rf"(\d+) {unit}", shown) for unit in ("hour", "minute"))
            said = 60 * int(hours[1] if hours else 0) + int(minutes[1] if minutes else 0)
            assert said == tool.minutes, page.address
