"""A Markdown extension: tables that say what they are and can be read on a phone.

Python-Markdown does not know ``<caption>`` as a block, and would put it into a paragraph, where browsers lose it. A
table written with pipes gets its caption from the paragraph above it that begins with ``Table:``. Header cells get
their scope. Each other cell carries the words of its column's header, for the phone, where rows are laid out as cards
and no header stands above them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_CAPTION = "Table:"
# Where Python-Markdown keeps a tag or an entity until the end.
_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
# Tags, and all of what a citation opens.
_TAGS = re.compile(r'<span class="kb-cite__full".*?</span>|<[^>]*>', re.DOTALL)


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
                    self._complete(child)
                above = child

    def _complete(self, table: Element) -> None:
        if not table.get("class"):
            table.set("class", "kb-table")
        labels: dict[int, str] = {}
        for columns, cell in _columns(table.iterfind("thead/tr")):
            labels |= dict.fromkeys(columns, self._words(cell))
            cell.set("scope", cell.get("scope", "col"))
        for part in ("tbody", "tfoot"):
            for rows in table.iterfind(part):
                for columns, cell in _columns(rows.iterfind("tr")):
                    if cell.tag == "th":
                        cell.set("scope", cell.get("scope", "row"))
                    elif labels.get(columns.start):
                        cell.set("data-label", labels[columns.start])

    def _words(self, cell: Element) -> str:
        """The words of a header cell: no tags, and nothing that opens beside a word only."""

        def stashed(mark: re.Match[str]) -> str:
            raw = self.md.htmlStash.rawHtmlBlocks[int(mark[1])]
            return raw if isinstance(raw, str) else " "

        said = "".join(_heard(cell))
        said = _TAGS.sub(" ", _STASHED.sub(stashed, said))
        return " ".join(html.unescape(said.replace("\x02amp\x03", "&")).split())


def _heard(node: Element) -> Iterator[str]:
    """The text of an element, without tooltips and the numbers of footnotes."""
    if node.tag == "sup" or node.get("role") == "tooltip":
        return
    yield node.text or ""
    for child in node:
        yield from _heard(child)
        yield child.tail or ""


def _is_caption(paragraph: Element) -> bool:
    return paragraph.tag == "p" and (paragraph.text or "").startswith(_CAPTION)


def _name(table: Element, paragraph: Element) -> None:
    """Makes the paragraph the table's caption, without the word that marked it."""
    paragraph.tag, paragraph.tail = "caption", "\n"
    paragraph.text = (paragraph.text or "").removeprefix(_CAPTION).lstrip()
    table.insert(0, paragraph)


def _columns(rows: Iterable[Element]) -> Iterator[tuple[range, Element]]:
    """Each cell of some rows with the numbers of the columns that it stands in."""
    reaching: dict[int, int] = {}  # by column: how many rows a cell above still reaches down
    for row in rows:
        taken = {column for column, left in reaching.items() if left > 0}
        reaching = {column: left - 1 for column, left in reaching.items() if left > 0}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            columns = range(column, column + _span(cell, "colspan"))
            reaching |= dict.fromkeys(columns, _span(cell, "rowspan") - 1)
            yield columns, cell
            column = columns.stop


def _span(cell: Element, name: str) -> int:
    """How many columns or rows a cell takes; 1 where what is written is no such number, as in browsers."""
    written = cell.get(name, "1").strip()
    return min(int(written), 1000) if re.fullmatch(r"[1-9][0-9]{0,6}", written) else 1


def makeExtension(**kwargs: Any) -> Tables:  # noqa: N802 - the name is Python-Markdown's
    """What Python-Markdown calls."""
    return Tables(**kwargs)
