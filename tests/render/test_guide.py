from __future__ import annotations

import re

import pytest

from knowledge_base import catalogue
from knowledge_base.calls import read_calls
from knowledge_base.check import calls
from knowledge_base.faults import UnknownNameError
from knowledge_base.model import FILES, FRONT_MATTER
from knowledge_base.render import guide
from knowledge_base.render.text import Desk
from knowledge_base.render.vocabulary import MACROS, vocabulary
from tests.conftest import FAKE


@pytest.fixture(scope="module")
def whole():
    return catalogue.build(FAKE)


@pytest.fixture
def desk(whole):
    return Desk(whole, whole.pages["sessions/index.md"])


def test_every_macro_is_listed_with_what_it_says_of_itself(desk):
    drawn = vocabulary(desk)
    listed = re.findall(r"^### (\S+)$", drawn, re.MULTILINE)
    assert [name.replace("&#95;", "_") for name in listed] == sorted(set(MACROS) - {"vocabulary"})
    assert "the page that is cited, where there is one work." in drawn
    assert "given by the site" not in drawn


def test_an_example_is_drawn_as_on_its_page_with_links_that_work_from_here(desk):
    drawn = vocabulary(desk)
    facts = next(part for part in re.split(r"^### ", drawn, flags=re.MULTILINE) if "tool_facts()" in part)
    assert "As it is drawn" in facts
    assert "To cut." in facts


def test_a_form_is_shown_on_its_own_page_only(desk):
    form = next(
        part for part in re.split(r"^### ", vocabulary(desk), flags=re.MULTILINE) if part.startswith("form\n")
    )
    assert "See it on this page: [The axe](../toolkit/axe.md)" in form
    assert "kb-form" not in form


def test_an_example_leads_from_the_guide_and_not_from_its_own_page(whole):
    page = whole.pages["sessions/als-1.md"]
    at = whole.pages["index.md"]
    assert Desk(whole, page, at=at).link("toolkit/axe.md", "x") == "[x](toolkit/axe.md)"
    assert Desk(whole, page).link("toolkit/axe.md", "x") == "[x](../toolkit/axe.md)"
    assert Desk(whole, page, at=at).file("downloads/a.pdf") == "downloads/a.pdf"


@pytest.mark.parametrize("name", MACROS)
def test_the_example_of_every_macro_can_be_read(name):
    said = re.search(r"Example:\n\s+(\S.*)", MACROS[name].__doc__ or "")
    found, faults = read_calls(f"{{{{ {said[1] if said else f'{name}()'} }}}}", "x")
    assert faults == []
    assert [call.name for call in found] == [name]


@pytest.mark.parametrize("name", [*FRONT_MATTER, *FILES])
def test_every_key_is_listed(desk, name):
    drawn = guide.fields(desk, name)
    for key, info in {**FRONT_MATTER, **FILES}[name].model_fields.items():
        assert f"<code>{info.alias or key}</code>".replace("_", "&#95;") in drawn.replace("_", "&#95;")


def test_keys_say_what_may_stand_there(desk):
    drawn = guide.fields(desk, "session")
    assert "a time of day, in quotes" in drawn
    assert "one of: launch, set, mentors" in drawn
    assert re.search(r"run.{0,5}sheet.*?a list, each: run sheet item", drawn)


def test_unknown_file_is_told_with_the_nearest(desk):
    with pytest.raises(UnknownNameError, match="references"):
        guide.fields(desk, "referneces")


def test_the_guide_itself_can_be_called(fake):
    page = fake / "docs/about/guide.md"
    page.write_text(
        "---\ntitle: G\ndescription: G.\nsource: [added]\nreviewed: 2021-05-01\n---\n\n{{ vocabulary() }}\n\n"
        "{{ fields() }}\n\n## Where this comes from\n\n{{ sources() }}\n",
        encoding="utf-8",
    )
    assert [str(fault) for fault in calls.check(catalogue.build(fake))] == []
