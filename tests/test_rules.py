"""Every rule, with one thing that it must find and one that it must leave alone; and the guide drawn from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from knowledge_base.faults import Fault
from knowledge_base.rules import FAMILIES, RULES, Example, Rule
from tests.conftest import found

# Examples are written for the site's readers; the fake project has other works and sessions.
_HERE = {"munro-2008": "ash-2001", "munro-2088": "ash-2011"}
_LINKED = "KB702"

ALL = [
    pytest.param(rule, id=rule.code, marks=pytest.mark.programs if rule.by_programs else ())
    for rule in RULES.values()
]


def put(fake: Path, example: Example, *, linked: bool = False) -> int:
    """Writes an example into the fake project, and answers the line on which a fault of it is told."""
    file = fake / example.file
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(example.text, bytes):
        file.write_bytes(example.text)
        return max(example.line, 1)
    text = example.text
    for name, here in _HERE.items():
        text = text.replace(name, here)
    if linked:
        file.symlink_to(text)
        return 1
    Image.new("L", (3, 3)).save(fake / "docs/sessions/elm.png")  # some examples show it
    before = ""
    if example.instead_of:
        whole = file.read_text(encoding="utf-8")
        assert whole.count(example.instead_of) >= 1, f"{example.instead_of!r} does not stand in {example.file}"
        before, after = whole.split(example.instead_of, 1)
        text = before + text + after
    file.write_text(text, encoding="utf-8")
    return before.count("\n") + example.line


@pytest.mark.parametrize("rule", ALL)
def test_wrong_example_is_found_on_its_line(fake, rule: Rule):
    line = put(fake, rule.wrong, linked=rule.code == _LINKED)
    told = [fault for fault in found(fake) if fault.code == rule.code]
    assert told, found(fake)
    assert {fault.path for fault in told} == {rule.wrong.file}
    if rule.wrong.line:
        assert line in {fault.line for fault in told}


@pytest.mark.parametrize("rule", ALL)
def test_right_example_is_left_alone(fake, rule: Rule):
    put(fake, rule.right)
    assert found(fake) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_is_told_in_sentences(rule: Rule):
    assert rule.code[:3] in FAMILIES
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remedy.endswith(".")


def test_fault_knows_its_rule():
    fault = Fault("docs/index.md", 1, 1, "KB305", "Gone.", "Put it back.")
    assert fault.rule.anchor == "kb305"
    assert fault.rule.undrawable
    assert not Fault("docs/index.md", 1, 1, "KB508", "Long.", "Shorten it.", "warning").rule.undrawable
