"""Tables as Markdown makes them: captions, scopes, and the header's words on each cell."""

from __future__ import annotations

import markdown
import pytest
from lxml import html

EXTENSIONS = ["tables", "attr_list", "footnotes", "knowledge_base.markdown_tables", "md_in_html"]


def table(text: str) -> html.HtmlElement:
    tree = html.fragment_fromstring(markdown.markdown(text, extensions=EXTENSIONS), create_parent="div")
    return tree.find(".//table")


def labels(drawn: html.HtmlElement) -> list[str | None]:
    return [cell.get("data-label") for cell in drawn.iter("td")]


def test_paragraph_above_becomes_the_caption():
    drawn = table("Table: The *first* one\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    assert drawn.find("caption").text_content() == "The first one"
    assert drawn.getparent().find("p") is None


def test_other_paragraphs_stay():
    drawn = table("A table follows.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    assert drawn.find("caption") is None
    assert drawn.getparent().find("p").text == "A table follows."


def test_cells_carry_their_header_and_headers_their_scope():
    drawn = table("| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n")
    assert [cell.get("scope") for cell in drawn.iter("th")] == ["col", "col"]
    assert labels(drawn) == ["A", "B", "A", "B"]


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("A<br>B", "A B"),
        ('<span class="x">A</span>', "A"),
        ("A & B", "A & B"),
        ("A &lt; B", "A < B"),
        ("mentors&#39; day", "mentors' day"),
        ("A **b** [c](d.md)", "A b c"),
        ('A <span class="kb-cite">(Ash<span class="kb-cite__full" id="c">Ash, B. *Wood*</span>)</span>', "A (Ash )"),
    ],
)
def test_label_is_the_headers_words_only(header, label):
    assert labels(table(f"| {header} |\n|---|\n| 1 |\n")) == [label]


SPANS = """<table markdown="1"><thead><tr><th colspan="2">AB</th><th>C</th></tr></thead>
<tbody><tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></tbody></table>"""


def test_cells_that_span_are_counted():
    assert labels(table(SPANS)) == ["AB", "AB", "C", "AB", "C"]


@pytest.mark.parametrize("written", ["two", "", "0", "-1", "2x", "99999999999"])
def test_span_that_is_no_number_is_one_as_in_browsers(written):
    assert labels(table(SPANS.replace('rowspan="2"', f'rowspan="{written}"')))[:3] == ["AB", "AB", "C"]
