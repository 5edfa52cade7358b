"""The published checklist of editors is the one that a pull request asks to tick."""

from __future__ import annotations

from knowledge_base import checklist
from tests.conftest import ROOT

PAGE = """---
title: Before
---

Some words.

- not a box: it stands above the first heading

## Children

- Nobody can be known.
- A longer one
  goes on here.

## Where this comes from

Words only.
"""


def test_each_item_below_a_heading_is_a_box():
    found = checklist.boxes(PAGE)
    assert "## Children\n\n- [ ] Nobody can be known.\n- [ ] A longer one\n  goes on here.\n" in found
    assert "not a box" not in found
    assert "Where this comes from" not in found


def test_the_template_of_pull_requests_is_made_from_the_page():
    page = (ROOT / "docs" / checklist.PAGE).read_text(encoding="utf-8")
    written = (ROOT / checklist.TARGET).read_text(encoding="utf-8")
    assert written == checklist.boxes(page), "Run 'make generated'."
    assert written.count("- [ ] ") == page.count("\n- ")


def test_the_template_is_written_once(tmp_path):
    page = tmp_path / "docs" / checklist.PAGE
    assert checklist.write(tmp_path) == []
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    assert checklist.write(tmp_path) == [checklist.TARGET]
    assert checklist.write(tmp_path) == []
