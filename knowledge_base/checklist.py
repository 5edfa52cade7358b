"""The editors' checklist as boxes to tick in a pull request, made from the page that publishes it: so both agree."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = "about/checklist.md"
TARGET = ".github/pull_request_template.md"

_HEAD = """\
<!-- Made from docs/about/checklist.md by 'make generated'. Do not edit here. -->

## What changes, and where the facts come from

<!-- A sentence or two. Nothing about a child, a family or a colleague: this text stays in the history for good. -->

"""


def boxes(page: str) -> str:
    """The checklist as the template of a pull request.

    Args:
        page: the source of :data:`PAGE`, front matter included.

    Returns:
        Markdown: each heading of the page that has a list below it, and each item of that list as a box to tick.
    """
    parts = []
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        items = [f"- [ ] {item}" for item in re.findall(r"^- (.+(?:\n  .+)*)", text, re.MULTILINE)]
        if items:
            parts.append("\n".join([f"## {heading}", "", *items]))
    return _HEAD + "\n\n".join(parts) + "\n"


def write(root: Path) -> list[str]:
    """Writes the template if it is not as it should be, and then names it; nothing where there is no such page."""
    page, target = root / "docs" / PAGE, root / TARGET
    if not page.is_file():
        return []
    wanted = boxes(page.read_text(encoding="utf-8"))
    if target.is_file() and target.read_text(encoding="utf-8") == wanted:
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(wanted, encoding="utf-8")
    return [TARGET]
