from __future__ import annotations

import posixpath
import re

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import html
from markupsafe import Markup

from knowledge_base.render.text import plain, relative

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
]

_PRINTABLE = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])
_MARKS = st.sampled_from(
    [*"*_`[](){}<>&#!|~^$+-=.:\"'\\/1a \n\t", "&amp;", "&#42;", "[^1]", "    ", "\n\n", "{{", "%}"]
)
_TEXT = st.lists(st.one_of(_PRINTABLE, _MARKS), max_size=25).map("".join)


def reads(source, extensions=()):
    """What a reader sees of Markdown, whitespace apart, and the elements that it is made of."""
    tree = html.fragment_fromstring(markdown.markdown(source, extensions=list(extensions)), create_parent="div")
    return _squeezed(tree.text_content()), {node.tag for node in tree.iter()}


def _squeezed(text):
    return "".join(text.split())


@settings(deadline=None, max_examples=400)
@given(_TEXT)
@example("1. one\n2. two")
@example("- one\n+ two\n* three")
@example("title\n=====\ntitle\n---")
@example("    code\n\n\tcode")
@example("[a]: http://b.invalid 'c'")
@example("a &lt; b &copy; <!-- c -->")
def test_any_text_survives_markdown(text):
    shown, tags = reads(plain(text))
    assert shown == _squeezed(text)
    assert tags <= {"div", "p", "br"}


@settings(deadline=None, max_examples=150)
@given(_TEXT)
@example("term\n: definition")
@example("!!! note\n    Text")
@example("| a | b |\n|---|---|\n| c | d |")
@example("*[HTML]: words\nHTML [^1]\n\n[^1]: note")
@example("text {: .class #id }\n{: #id }")
@example("```\ncode\n```\n~~~\ncode\n~~~")
def test_any_text_survives_the_extensions_of_the_site(text):
    shown, tags = reads(plain(text), EXTENSIONS)
    assert shown == _squeezed(text)
    assert tags <= {"div", "p", "br"}


@settings(deadline=None, max_examples=150)
@given(_TEXT)
def test_any_text_survives_in_the_cell_of_a_table(text):
    cells = f'<td markdown="span">{plain(text)}</td><td>{plain(text)}</td>'
    shown, tags = reads(f'<table markdown="1"><tr markdown="1">{cells}</tr></table>', EXTENSIONS)
    assert shown == 2 * _squeezed(text)
    assert tags <= {"div", "table", "tr", "td", "br"}


@settings(deadline=None, max_examples=150)
@given(_TEXT)
@example("{{ cite('x') }} {% raw %} {# note #}")
def test_any_text_survives_jinja(text):
    safe = plain(text)
    assert Environment(autoescape=False, keep_trailing_newline=True).from_string(safe).render() == safe


def test_numbers_are_shown_and_nothing_is_empty():
    assert (plain(5), plain(5.5), plain(None), plain("")) == ("5", "5.5", "", "")


def test_what_is_markup_already_is_left_alone():
    made = Markup("<b>*bold*</b>")
    assert plain(made) is made
    assert plain(plain("<b>")) == plain("<b>")


# --- links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "target", "anchor", "address"),
    [
        ("index.md", "research/references.md", "", "research/references.md"),
        ("sessions/als-1.md", "research/references.md", "ash-2001", "../research/references.md#ash-2001"),
        ("sessions/als-1.md", "sessions/mentors-1.md", "", "mentors-1.md"),
        ("notes/2020-21/als-1-north.md", "index.md", "", "../../index.md"),
        ("sessions/als-1.md", "sessions/als-1.md", "downloads", "#downloads"),
        ("sessions/als-1.md", "sessions/als-1.md", "", "als-1.md"),
    ],
)
def test_links_lead_from_the_page_to_the_source_of_another(desk, page, target, anchor, address):
    assert desk(page).link(target, "Text", anchor) == f"[Text]({address})"


_PATHS = st.lists(st.sampled_from(["a", "b", "ab", "c.md"]), min_size=1, max_size=4).map("/".join)


@settings(deadline=None)
@given(_PATHS, _PATHS)
@example("a", "c.md")
def test_ways_between_places_of_the_site_are_those_of_the_file_system(target, page):
    assert relative(target, page) == posixpath.relpath(target, posixpath.dirname(page) or ".")


@pytest.mark.parametrize("words", ["Roots & <branches>", "an *enquiry* into [bark]", "a](b) c", "`x` \\] ![y]", "\\"])
def test_words_of_a_link_stay_as_they_are(desk, words):
    link = html.fromstring(markdown.markdown(desk().link("research/references.md", words))).find("a")
    assert link.get("href") == "research/references.md"
    assert link.text == words


# --- values in templates --------------------------------------------------------------------------------

TEXT = (
    'Roots & <branches>: an *enquiry* into [bark](x) _with_ `{{ sap() }}` | {% no %} <b>"or"</b> $ # \\ it\'s ^1 ~~'
)
TITLE = "Roots & branches: an *enquiry* into [bark](x) _with_ `sap` | $ # \\ it's ^1 ~~ 1. - +"

VALUES = [
    ("data/practice_standards.yml", "Walks in the wood", TITLE, "research/tables.md"),
    ("data/practice_standards.yml", "How often does the team walk?", TEXT, "research/tables.md"),
    ("data/practice_standards.yml", "A diary", TEXT, "research/tables.md"),
    ("data/workshop_themes.yml", "Moss", TITLE, "research/tables.md"),
    ("data/outcomes.yml", "Trees grow higher", TITLE, "research/tables.md"),
    ("data/evaluation.yml", "Planted a tree", TEXT, "research/tables.md"),
    ("data/evaluation.yml", "Mentors", TITLE, "research/tables.md"),
    ("data/recommendations.yml", "Plant early", TITLE, "research/recommendations.md"),
    ("data/recommendations.yml", "Plant in spring.", TEXT, "research/recommendations.md"),
    ("data/councils.yml", "Barkton", TITLE, "research/tables.md"),
    ("data/councils.yml", "No longer represented.", TEXT, "research/tables.md"),
    ("data/glossary.yml", "TFK", TITLE, "research/tables.md"),
    ("data/glossary.yml", "Trees for kindness", TITLE, "research/tables.md"),
    ("data/glossary.yml", "A plan.", TEXT, "research/tables.md"),
    ("data/programme.yml", "Part als-1", TITLE, "sessions/als-1.md"),
    ("data/programme.yml", "North", TITLE, "sessions/als-1.md"),
    ("data/references.yml", "A book about trees", TEXT, "research/references.md"),
    ("data/references.yml", "A book about trees", TEXT, "sessions/als-1.md"),
    ("data/references.yml", "Wood Press", TEXT, "research/references.md"),
    ("data/references.yml", "Oak Board", TEXT, "research/references.md"),
    ("data/references.yml", "Oak Board", TEXT, "sessions/als-1.md"),
    ("data/references.yml", "Never looked up.", TEXT, "research/references.md"),
    ("data/references.yml", "the journal's own list", TEXT, "research/references.md"),
    ("data/references.yml", "1-19", TEXT, "research/references.md"),
    ("data/references.yml", "Pine Trust", TEXT, "research/references.md"),
    ("data/references.yml", "http://oak.invalid/second", TEXT, "research/references.md"),
    ("docs/sessions/als-1.md", "ALS 1: Trees", TITLE, "sessions/index.md"),
    ("docs/sessions/als-1.md", "About ALS 1.", TITLE, "sessions/index.md"),
    ("docs/sessions/als-1.md", "A leaf", TITLE, "sessions/als-1.md"),
    ("docs/sessions/als-1.md", "Green.", TEXT, "sessions/als-1.md"),
    ("docs/sessions/mentors-1.md", "The hut", TITLE, "sessions/mentors-1.md"),
    ("docs/sessions/mentors-1.md", "Know a tree", TITLE, "sessions/mentors-1.md"),
    ("docs/sessions/mentors-1.md", "Mentors meet", TITLE, "sessions/mentors-1.md"),
    ("docs/sessions/mentors-1.md", "Coffee", TITLE, "sessions/mentors-1.md"),
    ("docs/notes/2020-21/als-1-north.md", "Notes of ALS 1", TITLE, "notes/index.md"),
    ("data/evaluation.yml", "Saw it grow", TEXT, "research/tables.md"),
    ("data/outcomes.yml", "There is more shade", TITLE, "research/tables.md"),
    ("data/participation.yml", "Began to plant", TEXT, "research/tables.md"),
    ("data/participation.yml", "Of all.", TEXT, "research/tables.md"),
    ("data/recommendations.yml", "Water", TITLE, "research/recommendations.md"),
    ("data/recommendations.yml", "Plant early", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "The axe", TITLE, "tools.md"),
    ("docs/toolkit/axe.md", "To cut.", TITLE, "tools.md"),
    ("docs/toolkit/axe.md", "To cut.", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "Woodcutters", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "two or three", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "A stump", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "Before the cut", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "Is it the right tree?", TITLE, "toolkit/axe.md"),
    ("docs/toolkit/axe.md", "Count them", TITLE, "toolkit/axe.md"),
]


@pytest.mark.parametrize(("path", "old", "new", "page"), VALUES, ids=lambda value: str(value)[:20])
def test_value_with_marks_of_markdown_and_html_is_shown_as_it_stands(fake, shown, path, old, new, page):
    before = shown(page)
    text = (fake / path).read_text(encoding="utf-8")
    quoted = re.compile(rf"'?{re.escape(old)}'?")
    assert quoted.search(text)
    quote = new.replace("'", "''")
    (fake / path).write_text(quoted.sub(lambda _: f"'{quote}'", text, count=1), encoding="utf-8")
    after = shown(page)
    assert " ".join(new.split()) in after.text
    assert sorted(after.tags) == sorted(before.tags)


# --- the end of a page ----------------------------------------------------------------------------------


def test_page_ends_with_the_pages_that_go_with_it(change, desk):
    change("docs/index.md", "2021-05-01", "2021-05-01\nrelated: [sessions/als-1.md]")
    assert "## Related pages" in desk("index.md").end()
    assert "[ALS 1: Trees](sessions/als-1.md)" in desk("index.md").end()
    assert "[Fake home](../index.md)" not in desk("sessions/mentors-1.md").end()
    assert "[Fake home](../index.md)" in desk("sessions/als-1.md").end()


def test_page_with_no_related_pages_has_no_heading_for_them(desk):
    assert "Related" not in desk("index.md").end()


@pytest.mark.parametrize(
    ("keys", "reads"),
    [
        ("", "Last reviewed on 1 May 2021."),
        ("\nreview_by: 2022-05-01", "Last reviewed on 1 May 2021. Next review by 1 May 2022."),
        ("\nowner: Desk", "Last reviewed on 1 May 2021. Looked after by: Desk."),
    ],
)
def test_page_ends_with_who_answers_for_it_until_when(change, desk, keys, reads):
    change("docs/index.md", "2021-05-01", f"2021-05-01{keys}")
    end = markdown.markdown(desk("index.md").end(), extensions=["md_in_html", "attr_list"])
    *_, last = html.fragments_fromstring(end)
    assert " ".join(last.text_content().split()) == reads
    assert "data-search-exclude" in last.attrib


def test_page_with_a_fault_in_its_front_matter_promises_no_review(change, desk):
    change("docs/index.md", "2021-05-01", "once")
    assert desk("index.md").end().strip() == ""
