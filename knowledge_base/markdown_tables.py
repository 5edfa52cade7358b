"""A Markdown extension: tables that say what they are and can be read on a phone.

Python-Markdown does not know ``<caption>`` as a block, and would put it into a paragraph, where browsers lose it. A
table written with pipes gets its caption from the paragraph above it that begins with ``Table:``. Header cells get
their scope. Each other cell carries the words of its column's header, for the phone, where rows are laid out as cards
and no header stands above them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_CAPTION = "Table:"


class Tables(Extension):  # type: ignore[misc]
    """Makes ``<caption>`` a block-level element, and completes every table."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Registers both; listed before ``md_in_html``, which copies the list of blocks."""
        md.block_level_elements.append("caption")
        # After inline text has become elements (20), so that a header's words are there.
        md.treeprocessors.register(_Complete(md), "knowledge_base_tables", 3)


class _Complete(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            above = None
            for child in list(parent):
                if child.tag == "table":
                    if child.find("caption") is None and above is not None and _is_caption(above):
                        parent.remove(above)
                        _name(child, above)
                    _complete(child)
                above = child


def _is_caption(paragraph: Element) -> bool:
    return paragraph.tag == "p" and (paragraph.text or "").startswith(_CAPTION)


def _name(table: Element, paragraph: Element) -> None:
    """Makes the paragraph the table's caption, without the word that marked it."""
    paragraph.tag, paragraph.tail = "caption", "\n"
    paragraph.text = (paragraph.text or "").removeprefix(_CAPTION).lstrip()
    table.insert(0, paragraph)


def _complete(table: Element) -> None:
    if not table.get("class"):
        table.set("class", "kb-table")
    labels: list[str] = []
    for row in table.iterfind("thead/tr"):
        labels = ["".join(cell.itertext()).strip() for cell in row]
        for cell in row:
            cell.set("scope", cell.get("scope", "col"))
    for row in [*table.iterfind("tbody/tr"), *table.iterfind("tfoot/tr")]:
        for column, cell in _columns(row):
            if cell.tag == "th":
                cell.set("scope", cell.get("scope", "row"))
            elif column < len(labels) and labels[column]:
                cell.set("data-label", labels[column])


def _columns(row: Element) -> Iterator[tuple[int, Element]]:
    """Each cell of a row with the number of the column in which it begins."""
    column = 0
    for cell in row:
        yield column, cell
        column += int(cell.get("colspan", "1"))


def makeExtension(**kwargs: Any) -> Tables:  # noqa: N802 - the name is Python-Markdown's
    """What Python-Markdown calls."""
    return Tables(**kwargs)
