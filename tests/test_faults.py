from __future__ import annotations

import ast
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import faults
from knowledge_base.faults import AuthorError, Fault, UnknownNameError, did_you_mean, nearest, one_of
from knowledge_base.rules import RULES


def test_fault_reads_as_place_code_message_and_remedy():
    fault = Fault("docs/index.md", 9, 3, "KB401", "The page is gone.", "Put it back.")
    assert str(fault) == "docs/index.md:9:3: KB401 The page is gone. Put it back."


def test_warning_says_that_it_is_one():
    fault = Fault("docs/index.md", 9, 3, "KB401", "The page is old.", "Read it.", "warning")
    assert str(fault) == "docs/index.md:9:3: KB401 warning: The page is old. Read it."


def test_fault_is_one_line_whatever_it_quotes():
    fault = Fault("data/local.yml", 1, 1, "KB113", "'one\ntwo\n' is not a date.", "Write\r\na date.")
    assert str(fault) == "data/local.yml:1:1: KB113 'one two ' is not a date. Write a date."


def test_faults_stand_in_the_order_of_files_and_lines():
    late, early = Fault("a", 10, 1, "KB401", "m", "r"), Fault("a", 9, 30, "KB501", "m", "r")
    other = Fault("b", 1, 1, "KB101", "m", "r")
    assert sorted([other, late, early]) == [early, late, other]


def test_every_code_that_the_library_gives_is_explained():
    given = {
        node.value
        for path in Path(faults.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch(r"KB\d{3}", str(node.value))
    }
    assert given <= RULES.keys()


def test_every_code_that_is_explained_is_given_somewhere():
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(faults.__file__).parent.rglob("*.py")
        if path.name != "rules.py"
    )
    assert [code for code in RULES if code not in source] == []


def test_author_error_carries_message_and_remedy():
    error = AuthorError("It is wrong.", "Mend it.")
    assert (error.message, error.remedy, str(error)) == ("It is wrong.", "Mend it.", "It is wrong. Mend it.")


def test_unknown_name_is_answered_with_the_nearest():
    error = UnknownNameError("reference", "ash-2010", ["ash-2001", "oak-2003a"])
    assert str(error) == "There is no reference 'ash-2010'. Did you mean 'ash-2001'?"


def test_capitals_underscores_blanks_and_dashes_are_forgiven():
    known = ["birch-elm-2002", "oak-2003a"]
    for typed in ("Birch-Elm-2002", "birch_elm_2002", "birch elm 2002", "birch–elm–2002"):
        assert nearest(typed, known)[0] == "birch-elm-2002"


def test_name_that_was_cut_short_is_near():
    assert nearest("oak", ["ash-2001", "oak-2003a", "oak-2003b"]) == ["oak-2003a", "oak-2003b"]


def test_at_most_three_names_are_offered():
    assert len(nearest("oak-200", [f"oak-200{digit}" for digit in range(9)])) == 3


def test_known_names_keep_their_capitals():
    assert did_you_mean("doi", ["DOI", "ISBN"]) == "Did you mean 'DOI'?"


def test_where_no_name_is_near_the_first_few_are_listed():
    known = ["elm", "ash", "fir", "yew", "oak", "bay", "box"]
    assert did_you_mean("zzzzzz", known) == "Known are: ash, bay, box, elm, fir, oak …."


def test_where_nothing_is_known_that_is_said():
    assert did_you_mean("ash", []) == "None is defined yet."


def test_names_are_read_out_with_or_before_the_last():
    assert one_of(["a"]) == "'a'"
    assert one_of(["a", "b"]) == "'a' or 'b'"
    assert one_of(["a", "b", "c"]) == "'a', 'b' or 'c'"


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=8))
def test_any_name_gets_a_sentence_for_an_answer(name, known):
    assert did_you_mean(name, known).endswith((".", "?"))


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=8))
def test_only_known_names_are_offered(name, known):
    assert set(nearest(name, known)) <= set(known)
