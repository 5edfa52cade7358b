from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from knowledge_base.authoring import new
from knowledge_base.check.headings import ANATOMY
from knowledge_base.cli import main
from knowledge_base.model import FRONT_MATTER
from tests.conftest import found


@pytest.fixture
def kb(fake, monkeypatch):
    """Types `kb` in the fake project."""
    monkeypatch.chdir(fake)

    def run(line):
        return CliRunner().invoke(main, line.split())

    return run


COMMANDS = {
    "session": ("new session als-9 --date 2021-01-15", "docs/sessions/als-9.md"),
    "notes": (
        "new notes --session als-1 --cohort 2020-21 --set south --date 2021-01-15",
        "docs/notes/2020-21/als-1-south.md",
    ),
    "tool": ("new tool saw", "docs/toolkit/saw.md"),
}


@pytest.mark.parametrize("kind", COMMANDS)
def test_new_page_has_its_anatomy_every_key_and_only_text_to_replace(kb, fake, kind):
    line, path = COMMANDS[kind]
    result = kb(line)
    assert result.exit_code == 0, result.stderr
    assert f"Written: {path}" in result.stderr
    text = (fake / path).read_text(encoding="utf-8")
    headings = [heading.replace("2020-21", "2010-11") for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    assert headings == list(ANATOMY[kind])
    for name, info in FRONT_MATTER[kind].model_fields.items():
        assert re.search(rf"^(?:# )?{info.alias or name}:", text, re.MULTILINE), name
    faults = [fault for fault in found(fake) if fault.path == path]
    assert faults
    assert {fault.code for fault in faults} == {"KB503"}, [str(fault) for fault in faults]


@pytest.mark.parametrize("kind", COMMANDS)
def test_new_page_is_good_once_its_text_is_replaced(kb, fake, kind):
    line, path = COMMANDS[kind]
    kb(line)
    file = fake / path
    file.write_text(file.read_text(encoding="utf-8").replace("replace-me", "Words"), encoding="utf-8")
    assert [str(fault) for fault in found(fake) if fault.path == path and fault.severity == "error"] == []


def test_page_of_a_cohort_has_nothing_to_replace(kb, fake):
    result = kb("new cohort 2020-21")
    assert result.exit_code == 0, result.stderr
    page = fake / "docs/notes/2020-21/index.md"
    assert "title: 'Notes of 2020-21'" in page.read_text(encoding="utf-8")
    assert [str(fault) for fault in found(fake)] == []


def test_each_key_that_has_a_meaning_is_explained_above_it():
    text = new.front_matter("tool", {})
    description = FRONT_MATTER["tool"].model_fields["purpose"].description
    assert f"# {description}\npurpose: replace-me\n" in text
    assert "May be left out.\n# minutes:\n" in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("new session ALS_9 --date 2027-01", "'ALS_9' cannot be a name. Use small letters"),
        ("new session als-1 --date 2027-01", "docs/sessions/als-1.md is there already. Edit it"),
        ("new session als-9 --date soon", "'soon' is not a date. Write 2010-09-07, or"),
        ("new notes --session als-7 --cohort 2020-21 --date 2021-01-15", "There is no session 'als-7'. Did you mean"),
        ("new notes --session als-1 --cohort 2026 --date 2021-01-15", "'2026' is no cohort. Write two years"),
        ("new cohort 2026", "'2026' is no cohort. Write two years"),
        ("new cohort ../26-27", "'../26-27' is no cohort. Write two years"),
        ("new tool ../../etc", "'../../etc' cannot be a name."),
        ("new notes --session ../../x --cohort 2020-21 --date 2021-01-15", "There is no session '../../x'."),
        ("new notes --session als-1 --cohort 2020-21 --set ../x --date 2021-01-15", "'../x' cannot be a name."),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_written(kb, fake, line, said):
    before = sorted(fake.rglob("*.md"))
    result = kb(line)
    assert result.exit_code == 1
    assert said in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert sorted(fake.rglob("*.md")) == before


@pytest.mark.parametrize("title", ["What: a colon", "It's", "#1", "[x]", "- dash", "100%", "@home", "yes"])
def test_any_title_can_be_given(kb, fake, monkeypatch, title):
    result = CliRunner().invoke(main, ["new", "tool", "saw", "--title", title])
    assert result.exit_code == 0
    file = fake / "docs/toolkit/saw.md"
    file.write_text(file.read_text(encoding="utf-8").replace("replace-me", "Words"), encoding="utf-8")
    assert [str(fault) for fault in found(fake) if fault.path == "docs/toolkit/saw.md"] == []


@pytest.mark.parametrize("kind", COMMANDS)
def test_every_key_says_what_it_means(kind):
    """The templates, the guide and the editor show it."""
    assert [name for name, info in FRONT_MATTER[kind].model_fields.items() if not info.description] == []


@pytest.mark.parametrize("kind", new.KINDS)
def test_the_text_to_copy_is_found_wherever_it_is_left(kind, fake):
    text = new.blank(kind)
    paths = {
        "session": "sessions/als-9.md",
        "notes": "notes/2020-21/als-1.md",
        "cohort": "notes/2026-27/index.md",
        "tool": "toolkit/saw.md",
    }
    page = fake / "docs" / paths[kind]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    # Lines that follow each other are told once, and so is a comment that goes with its key.
    told = {fault.line for fault in found(fake) if fault.path == f"docs/{paths[kind]}"}
    left = {number for number, line in enumerate(text.split("\n"), 1) if new.LEFT_OVER in line}
    assert all(number in told or number - 1 in left for number in left)
