"""Routes of missed sessions on the real site: questions and readings are the site's own, and minutes agree."""

from __future__ import annotations

import re

import pytest
from lxml.html import HtmlElement

from knowledge_base.catalogue import Catalogue
from tests.built import Built, having, words
from tests.content import record

QUESTIONS = "Questions to take into supervision"


def minutes(text: str) -> int:
    """How many minutes are said: "1 hour 5 minutes" is 65."""
    hours, rest = (re.search(rf"(\d+) {unit}", text) for unit in ("hour", "minute"))
    return 60 * int(hours[1] if hours else 0) + int(rest[1] if rest else 0)


def steps(node: HtmlElement) -> list[HtmlElement]:
    return list(having(node, "kb-route__steps")[0])


def says(step: HtmlElement) -> int:
    """The minutes that a step says."""
    return sum(minutes(words(node)) for node in having(step, "kb-route__minutes"))


@pytest.mark.parametrize("name", record.SESSIONS)
def test_the_questions_of_a_route_are_three_of_the_pages_own(built: Built, sources: Catalogue, name: str) -> None:
    page = built[f"sessions/{name}/"]
    own = [words(item) for box in page.section(QUESTIONS) for item in box.iter("li")]
    session = sources.pages[f"sessions/{name}.md"].session
    assert session
    assert session.catch_up
    assert len(session.catch_up.questions) == 3
    assert set(session.catch_up.questions) <= set(own)
    missed = next(box for box in page.section("If you missed it") if having(box, "kb-route__steps"))
    assert set(session.catch_up.questions) <= {words(item) for item in missed.iter("li")}


@pytest.mark.parametrize("name", record.SESSIONS)
def test_a_route_is_ours_and_stands_in_a_box_that_says_so(built: Built, name: str) -> None:
    box = built[f"sessions/{name}/"].section("If you missed it")[0]
    assert box.get("class") == "admonition added"
    assert "A route of ours: the report prints none." in words(box)


def test_minutes_to_read_are_the_same_at_the_top_of_a_page_and_in_every_route(built: Built) -> None:
    read = 0
    for page in built:
        for step in (step for found in having(page.article, "kb-route__steps") for step in found):
            for link in step.find("p").iter("a"):
                address, anchor = page.leads_to(link.get("href", ""))
                if not anchor and address in built.pages:  # or else a file to take away
                    top = words(having(built[address].article, "kb-minutes")[0])
                    assert minutes(top) == says(step), f"{page.address} to {address}"
                    read += 1
    assert read >= 4 * len(record.SESSIONS)


def test_the_minutes_of_a_route_add_up_wherever_they_are_said(built: Built) -> None:
    listed = {node.get("id"): node for node in having(built["catch-up/"].article, "kb-route")}
    assert set(record.SESSIONS) <= set(listed)
    for name, route in listed.items():
        page = built[f"sessions/{name}/"]
        total = sum(says(step) for step in steps(route))
        assert total == sum(int(step.get("data-minutes", "")) for step in steps(route)), name
        said = [
            *having(route, "kb-route__total"),
            next(node for node in page.section("If you missed it")[0].iter("p") if "In all" in words(node)),
            next(link for link in page.article.iter("a") if words(link).startswith("Catch up in ")),
        ]
        assert [minutes(words(node)) for node in said] == 3 * [total], name
        assert [words(step) for step in steps(route)] == [
            words(step) for step in steps(page.section("If you missed it")[0])
        ], name


def test_the_warning_of_the_report_stands_before_the_routes_and_in_its_own_voice(built: Built) -> None:
    page = built["catch-up/"]
    warning = having(page.article, "kb-caution")[0]
    assert not any("added" in (node.get("class") or "").split() for node in warning.iterancestors())
    for fact in ("do not replace being in the set", "individual session", "what papers cannot do"):
        assert fact in words(warning)
    order = list(page.article.iter())
    assert order.index(warning) < order.index(having(page.article, "kb-plan")[0])
