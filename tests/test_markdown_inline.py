"""Inline patterns that are passed over: the HTML is the same as with all of them tried."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from tests.conftest import ROOT

OTHERS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
PIECES = [
    *"`\\[]()!<>&*_#{}:|^ \n",
    "  \n",
    "a",
    "b2",
    "<b>",
    "</b>",
    "&amp;",
    "https://a.example",
    "[^1]",
    "![",
    "**",
    "x@a.example",
]


def converted(text, *extensions):
    return Markdown(extensions=[*OTHERS, *extensions]).convert(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_becomes_the_same(text):
    assert converted(text, "knowledge_base.markdown_inline") == converted(text)


def test_every_page_becomes_the_same():
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert converted(text, "knowledge_base.markdown_inline") == converted(text), path


@pytest.mark.parametrize("place", [200, 70, 5])
def test_a_pattern_that_is_not_known_is_tried_on_every_text(place):
    class Whisper(InlineProcessor):
        def handleMatch(self, m, data):  # noqa: N802
            return "quiet", m.start(0), m.end(0)

    converter = Markdown(extensions=["knowledge_base.markdown_inline"])
    converter.inlinePatterns.register(Whisper("loud", converter), "whisper", place)
    assert converter.convert("It is loud.") == "<p>It is quiet.</p>"
