"""Terms of the glossary at their first use: what a reader sees of them, page by page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from knowledge_base import catalogue
from knowledge_base.markdown_terms import MOST, Known
from knowledge_base.render import research
from knowledge_base.render.text import Desk, plain

OWN = "knowledge_base.markdown_terms"
EXTENSIONS = [
    *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes"),
    *("knowledge_base.markdown_tables", "md_in_html", "tables", "toc"),
]
TERMS = (
    Known("tfk", "TFK", "Trees for kindness", True, "A plan."),
    Known("oak", "Oak", "", False, "A tree."),
    Known("oak-gall", "Oak gall", "", False, "What a wasp makes."),
    Known("devils-oak", "Devil's oak", "", False, "An old one."),
    Known("b-n", "B&N", "Birch and nut", False, ""),
    Known("trees", "Trees", "", False, "Many."),
    Known("near-miss", "Near miss", "", False, "Something that <b>might</b> have been."),
)


def converted(source: str, *, terms: tuple[Known, ...] = TERMS) -> html.HtmlElement:
    config = {OWN: {"terms": terms, "glossary": "../glossary.md"}}
    made = Markdown(extensions=[*EXTENSIONS, OWN], extension_configs=config).convert(source)
    return html.fragment_fromstring(made, create_parent="div")


def marked(source: str) -> list[str]:
    """The words that are marked, in the order of the page."""
    return [str(mark.find("a").text_content()) for mark in converted(source).iter("span") if is_mark(mark)]


def is_mark(node: html.HtmlElement) -> bool:
    return node.get("class") == "kb-term"


def test_the_first_use_is_marked_and_no_other():
    assert marked("An oak.\n\nAnother oak, and TFK. An Oak; TFK.") == ["oak", "TFK"]


def test_a_mark_is_a_link_into_the_glossary_described_by_the_meaning():
    mark = next(filter(is_mark, converted("Under TFK.").iter("span")))
    link, tip = mark
    assert (link.tag, link.get("href")) == ("a", "../glossary.md#tfk")
    assert link.get("aria-describedby") == tip.get("id") == "term:tfk"
    assert (tip.get("role"), tip.get("data-search-exclude")) == ("tooltip", "")
    assert tip.text_content() == "Trees for kindness (expansion added). A plan."
    assert mark.tail == "."


def test_a_meaning_is_text_and_never_markup():
    tip = converted("A near miss.").get_element_by_id("term:near-miss")
    assert tip.text_content() == "Something that <b>might</b> have been."
    assert len(tip) == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Oaks and near misses", ["Oaks", "near misses"]),
        ("an oak gall on the oak", ["oak gall", "oak"]),
        ("an oak\ngall", ["oak\ngall"]),
        ("an oak's leaf", ["oak"]),
        ("OAK and tfk", ["OAK"]),
        ("soak, oaken, oak-leaf, scrub-oak, TFKs", ["TFKs"]),
        ("a devil's oak", ["devil's oak"]),
        ("a devil’s oak", ["devil’s oak"]),
        (f"a {plain('devil' + chr(39) + 's oak')}", ["devil's oak"]),
        ("B&N", ["B&N"]),
        ("B&amp;N", ["B&N"]),
        ("**oak** (TFK)", ["oak", "TFK"]),
        ("TFK means trees for kindness, not trees", ["TFK", "trees"]),
    ],
)
def test_whole_words_are_found_however_they_are_written(source, words):
    assert marked(source) == words


@pytest.mark.parametrize(
    "source",
    [
        "# Oak",
        "## Oak {#own}",
        "[oak](a.md)",
        "`oak`",
        "    oak",
        "```\noak\n```",
        "*Oak*",
        "![oak](a.png)",
        "<code>oak</code>",
        '<span role="tooltip">oak</span>',
        '<span class="a"><span data-search-exclude>an <b>oak</b> <span>oak</span> oak</span></span>',
        "a <svg><text>oak</text></svg>",
        "Oak\n:   a tree called so",
        '!!! added "Oak"\n    A tree.',
        "Table: Oak\n\n| A | B |\n| - | - |\n| x | y |",
        "A tree.\n\n*[OAK]: A tree\n\nOAK",
        '<table class="kb-form" markdown="1">\n<caption>Oak</caption>\n<tr markdown="1"><td>Oak</td></tr>\n</table>',
        '<table markdown="1">\n<caption>Oak</caption>\n<tr markdown="1"><th scope="row">Oak</th></tr>\n</table>',
        '<figure markdown="1">\n<figcaption>Oak</figcaption>\n</figure>',
        '<p markdown="1" data-search-exclude>Oak</p>',
        '<dl markdown="1">\n<div markdown="1"><dt>Oak</dt></div>\n</dl>',
        '<p class="kb-local">Keeper of the oak</p>',
        '<div class="kb-local" markdown="1">\n\nAn oak.\n\n</div>',
    ],
)
def test_what_is_not_running_text_stays_as_it_is(source):
    assert marked(source) == []
    assert marked(f"{source}\n\nUnder the oak.") == ["oak"]


@pytest.mark.parametrize(
    "source",
    [
        "- an oak",
        "| A | B |\n| - | - |\n| an oak | x |",
        '<table markdown="1">\n<tr markdown="1"><td>an oak</td></tr>\n</table>',
        '<table markdown="1">\n<tr markdown="1"><td markdown="span">**an** oak</td></tr>\n</table>',
        '<ul markdown="1">\n<li><strong>one</strong> oak</li>\n</ul>',
        "!!! added\n    An oak.",
        "A tree.[^1]\n\n[^1]: An oak.",
        "[a link](a.md) and an oak",
        '[a link](a.md){ title="x" }<span class="b" role="tooltip">oak</span> or oak',
        '<span class="kb-sessions__about">an oak</span>',
    ],
)
def test_running_text_is_marked_wherever_it_stands(source):
    assert [words.casefold() for words in marked(source)] == ["oak"]


def test_a_page_has_no_more_marks_than_a_reader_can_bear():
    terms = tuple(Known(f"t{number}", f"T{number}X", "", False, "Yes.") for number in range(40))
    made = converted(" ".join(term.term for term in terms), terms=terms)
    assert len(list(filter(is_mark, made.iter("span")))) == MOST


def test_no_heading_takes_the_id_of_a_mark():
    made = converted("An oak.\n\n## Term oak")
    assert made.find("h2").get("id") != "term:oak"


def test_without_terms_nothing_is_done():
    assert not list(filter(is_mark, converted("An oak.", terms=()).iter("span")))
    assert "oak" in Markdown(extensions=[OWN]).convert("An oak.")


WORDS = st.sampled_from(
    [
        *("oak", "Oak gall", "TFK", "near\nmiss", "Devil&#39;s oak", "B&amp;N", "B&N", "trees", "&lt;oak&gt;"),
        *(
            "`oak`",
            "**oak**",
            "*oak*",
            "[oak](a.md)",
            "<span>oak</span>",
            "<code>oak</code>",
            r"\*oak\*",
            "<b>",
            "</b>",
        ),
        *(
            "\n\n",
            "\n\n- ",
            "\n\n## ",
            "\n\n!!! added\n    ",
            "[^1]",
            "\n\n[^1]: ",
            " ",
            ", ",
            "-",
            "'",
            "&nbsp;",
            "1 < 2",
        ),
        *('<td markdown="span">', "</td>", "\n\n    ", "\x02", "_", "|"),
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_apart_from_what_opens_a_page_says_what_it_said(source):
    with_terms, without = converted(source), converted(source, terms=())
    for mark in list(filter(is_mark, with_terms.iter("span"))):
        mark.remove(mark.find("span"))
        mark.find("a").drop_tag()
        mark.drop_tag()
    assert html.tostring(with_terms) == html.tostring(without)


def test_a_page_is_told_the_terms_and_the_way_to_the_glossary(fake):
    (fake / "docs/research/glossary.md").write_text((fake / "docs/research/tables.md").read_text(encoding="utf-8"))
    whole = catalogue.build(fake)
    told = research.terms(Desk(whole, whole.pages["sessions/als-1.md"]))
    assert told["glossary"] == "../research/glossary.md"
    assert {term.term: term.meaning for term in told["terms"]} == {"TFK": "A plan.", "Shade": "Where the sun is not."}
    assert research.terms(Desk(whole, whole.pages["research/glossary.md"])) == {}


def test_an_everyday_word_is_not_explained(fake):
    (fake / "docs/research/glossary.md").write_text((fake / "docs/research/tables.md").read_text(encoding="utf-8"))
    file = fake / "data/glossary.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("term: Shade,", "term: Shade, everyday: true,"))
    whole = catalogue.build(fake)
    told = research.terms(Desk(whole, whole.pages["index.md"]))
    assert [term.term for term in told["terms"]] == ["TFK"]


def test_where_there_is_no_glossary_nothing_leads_to_it(fake):
    whole = catalogue.build(fake)
    assert research.terms(Desk(whole, whole.pages["index.md"])) == {}


@pytest.mark.parametrize("written", ["&amp;lt;b&amp;gt;", "&amp;copy;", "R&amp;amp;D", "&lt;b&gt;"])
def test_signs_that_are_written_as_entities_say_the_same_beside_a_term(written):
    with_term = converted(f"{written} and oak").text_content()
    without = converted(f"{written} and elm").text_content()
    assert with_term.split(" and ")[0] == without.split(" and ")[0]
