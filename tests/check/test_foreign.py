"""What other programs take for Markdown is told once, where it begins; and what only looks like it is left alone."""

from __future__ import annotations

import pytest

SESSION = "docs/sessions/als-1.md"

WRONG = {
    "text struck out": ("It was ~~wet~~ dry.", "Take it out, or say that it has changed."),
    "highlighted text": ("It was ==wet== then.", "Write **two stars** around it."),
    "a link of a wiki": ("See [[mentors-1]].", "Write [text](address)."),
    "underlined by Word": ("[Wet]{.underline} leaves.", "{.underline}' is Word's formatting"),
    "a symbol": ("Done :material-check: today.", "is the name of a symbol"),
    "a box of GitHub's": ("> [!NOTE]\n> Walk.", "Write '!!! added'"),
    "a box of pandoc's": ("::: note\nWalk.\n:::", "Write '!!! added'"),
    "boxes to tick": ("- [ ] Elm\n- [x] Ash", "Write a plain list."),
    "a framed table": ("+---+---+\n| A | B |\n+===+===+\n| a | b |\n+---+---+", "Write | between the cells"),
    "a table out of Word": ("Tree\tLeaf\nElm\tgreen", "set apart by tabs"),
    "dashes": ("– Elm\n– Ash", "A dash makes no list."),
    "letters of a symbol font": ("o\tElm\no\tAsh", "bullet of a word processor"),
    "hyphens without a space": ("-Elm\n-Ash", "A hyphen without a space makes no list."),
    "numbers with a bracket": ("1) Elm\n2) Ash", "Write '1. ' instead"),
    "letters with a bracket": ("a) Elm\nb) Ash", "Write '1. ' instead"),
    "bold text that is not closed": ("**Elm and ash.", "Two stars stand here without two others"),
    "a paragraph that is indented": ("    It rained all day on the set.", "so that it shows as code."),
}

RIGHT = {
    "a sum": "a == b, and c == d",
    "an interval of text": "It cost ~5, then ~~~6.",
    "a case": "[[2010] EWCA Civ 1] and [2011]",
    "times": "From 10:00 to 12:30: a walk; Genesis 1:2-3: light.",
    "a dash in the middle": "We walked – or ran –\n– and swam.",
    "a negative number": "-5 degrees",
    "bold over two lines": "**Elm\nand ash** and **oak**.",
    "bold in a list": "- **Elm.** Tall.\n- **Ash.** Taller.",
    "stars that are text": "Two stars \\*\\* and `**`, and 2 * 3 * 4.",
    "a box that begins with its table": "!!! added\n    | Tree | Leaf |\n    | --- | --- |\n    | Elm | green |",
    "much surprise": "Why??? Three times",
    "indented code": "    make check docs/index.md",
    "a list with a paragraph": "1. Elm.\n\n    It is a tall tree, and green.\n\n2. Ash.",
    "a box with paragraphs": "!!! added\n    Elm.\n\n    It is a tall tree, and green.",
    "a definition": "Elm\n:   A tree.\n\n    It is a tall tree, and green.",
    "a footnote with paragraphs": "Elm[^1].\n\n[^1]: A tree.\n\n    It is a tall tree, and green.",
    "paragraphs of a law": "Section 47(1)(b) says so; see (a) and (b).",
    "a word that begins with a letter": "o yes",
    "initials": "A) is no letter of ours.",
    "a heading that names low lines": "### The key __init\\_\\_\n\nWords.",
    "had had": "She had had that that day, and it is is-land.",
    "Welsh and other names": "Siân Llŷr, Ynys Môn; Zoë O’Neill; Łódź; Ångström; Ârgh",
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_what_shows_as_text_is_told_once_where_it_begins(faults_after, text, words):
    told = faults_after(SESSION, "Walking.\n", f"Walking.\n\n{text}\n")
    assert len(told) == 1, told
    assert told[0].startswith(f"{SESSION}:28:")
    assert " KB512 " in told[0]
    assert words in told[0]


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_only_looks_like_it_is_left_alone(faults_after, text):
    assert faults_after(SESSION, "Walking.\n", f"Walking.\n\n{text}\n") == []


@pytest.mark.programs
def test_a_line_is_not_told_twice_in_other_words(faults_after):
    text = "Write to x@wood.invalid.\n\n(x)[mentors-1.md]\n\nElm.\n| A | B |\n| --- | --- |\n| a | b |\n"
    assert [line.split(" ")[1] for line in faults_after(SESSION, "Walking.\n", text)] == ["KB601", "KB401", "KB507"]


def test_a_work_that_is_not_there_is_told_in_the_data_and_no_macro_stumbles(fake, faults_after):
    page = (fake / "docs/index.md").read_text(encoding="utf-8")
    (fake / "docs/index.md").write_text(f"{page}\n\n{{{{ coverage() }}}}\n", encoding="utf-8")
    told = faults_after("data/practice_standards.yml", "[ash-2001]", "[ash-2011]")
    # The fake project lacks the pages that the matrix links to.
    assert [line.split(" ")[1] for line in told if " KB401 " not in line] == ["KB115"]
