"""The guide for authors: every example on it works as it stands, and every way that it names is there."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from knowledge_base import strict_yaml
from knowledge_base.calls import read_calls
from knowledge_base.cli import main
from knowledge_base.load import fit, parse_page
from knowledge_base.model import SessionMatter
from knowledge_base.render.vocabulary import MACROS
from tests.conftest import ROOT

PAGES = sorted([ROOT / "docs/about/contribute.md", *(ROOT / "docs/about/contribute").glob("*.md")])
TEXT = {path.stem: path.read_text(encoding="utf-8") for path in PAGES}
SPANS = [(name, span) for name, text in TEXT.items() for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)]
BLOCKS = [
    (name, kind, block)
    for name, text in TEXT.items()
    for kind, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
]
CALLS = [span for _, span in SPANS if re.fullmatch(r"\w+\(.*\)", span)]
COMMANDS = [span for _, span in SPANS if span.startswith(("kb ", "make "))] + [
    line.strip() for _, kind, block in BLOCKS if not kind for line in block.splitlines() if line.strip()
]


def test_there_are_examples_to_try():
    assert len(PAGES) >= 7
    assert len(CALLS) >= 5
    assert len(COMMANDS) >= 5
    assert {kind for _, kind, _ in BLOCKS} == {"", "yaml"}


@pytest.mark.parametrize("span", sorted(set(CALLS)))
def test_a_call_can_be_made(span):
    calls, faults = read_calls(f"{{{{ {span} }}}}", "guide")
    assert faults == []
    assert all(call.name in MACROS for call in calls)


@pytest.mark.parametrize(("name", "block"), [(name, block) for name, kind, block in BLOCKS if kind == "yaml"])
def test_a_block_of_yaml_is_what_the_site_takes(name, block):
    if block.startswith("---"):
        page, faults = parse_page(f"{block}\nWords.\n".encode(), "research/example.md")
        assert page is not None
        assert [str(fault) for fault in faults] == []
        return
    document, faults = strict_yaml.read(block, name)
    assert faults == []
    assert document is not None
    # The other keys of a session are missing here; those that stand here have to fit.
    _, misfits = fit(SessionMatter, document, name)
    assert [str(fault) for fault in misfits if fault.code != "KB112"] == []


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_a_command_is_there_with_its_options(line):
    words = shlex.split(line)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return
    assert words[0] == "kb"
    command: click.Command = main
    rest = words[1:]
    while isinstance(command, click.Group) and rest:
        assert rest[0] in command.commands, line
        command = command.commands[rest.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known


@pytest.mark.parametrize(
    ("name", "span"), [(name, span) for name, span in SPANS if re.match(r"(?:docs|data)/", span)]
)
def test_a_place_that_is_named_is_there(name, span):
    assert (ROOT / span).exists() or "2026-27" in span, name
