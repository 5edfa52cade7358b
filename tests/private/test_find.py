"""What is found in text, and what is left alone. All numbers and names here are made up."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.model import PrivateKind
from knowledge_base.private import find
from knowledge_base.private.normalise import normalise
from tests.private import lines

SETS = ("", "-later", "-tester", "-tester-later")
"""The first two are by whoever wrote the patterns, the others by somebody who had not read them."""


@pytest.mark.parametrize("of", SETS)
def test_recall_and_precision(of):
    private, ordinary = lines.private(f"private{of}.tsv"), lines.ordinary(f"ordinary{of}.txt")
    missed = [line for line in private if not find(line)]
    wrong = [line for line in ordinary if find(line)]
    found = len(private) - len(missed)
    listed = "\n".join([*(f"missed: {line}" for line in missed), *(f"wrongly found: {line}" for line in wrong)])
    assert found / len(private) >= 0.97, listed
    assert found / (found + len(wrong)) >= 0.97, listed


def test_the_lines_are_many_and_none_stands_twice():
    private = [line for of in SETS for line in lines.private(f"private{of}.tsv")]
    ordinary = [line for of in SETS for line in lines.ordinary(f"ordinary{of}.txt")]
    assert len(private) > 400
    assert len(ordinary) > 400
    assert len({*private, *ordinary}) == len(private) + len(ordinary)


def test_a_whole_page_of_ordinary_lines_is_silent():
    page = "\n\n".join(line for of in SETS for line in lines.ordinary(f"ordinary{of}.txt"))
    assert [page[hit.start : hit.end] for hit in find(page)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("999 123 4560 is the NHS number", "NHS number"),
        ("UPN A123456789012", "pupil number"),
        ("NI AB123456C", "National Insurance number"),
        ("07700 900123", "telephone number"),
        ("jane.smith@council.example", "e-mail address"),
        ("She lives in BS3 4QT.", "postcode"),
        ("at 14 Acacia Avenue", "street address"),
        ("DOB 3/4/2014", "date of birth"),
        ("Case no 12345", "case number"),
        ("Jamie Smith, aged 7", "name beside an age, a school or a family"),
        ("her Instagram is @jade_09", "user name"),
        ("his van, reg AB12 CDE", "vehicle registration"),
        ("account number 11223344", "bank account"),
        ("the house is at 53.80142, -1.54910", "place on a map"),
    ],
)
def test_each_kind_has_its_name(text, kind):
    assert [hit.kind for hit in find(text)] == [kind]
    assert kind in get_args(PrivateKind)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("Ring 07911 **123** 456 now", "07911 **123** 456"),
        ("Ring 07911&nbsp;123&nbsp;456 now", "07911&nbsp;123&nbsp;456"),
        ("Ring 07911\u200b123456 now", "07911\u200b123456"),
        ("Ring 07911\n    > 123456 now", "07911\n    > 123456"),
        ("<!-- Jamie Smith, aged 7 -->", "Jamie Smith"),
        ("ｊａｎｅ.smith＠council.gov.uk", "ｊａｎｅ.smith＠council.gov.uk"),
    ],
)
def test_the_place_is_that_of_the_source(source, value):
    (hit,) = find(source)
    assert source[hit.start : hit.end] == value


def test_an_isbn_of_ten_digits_is_told_from_an_nhs_number_by_the_words_before_it():
    assert find("ISBN 0192632760, NHS libraries") == []
    assert [hit.kind for hit in find("ISBN 0192632760; her NHS number is 0192632760")] == ["NHS number"]


@pytest.mark.parametrize(
    "local", ["programme", "duty-desk", "childrens.services", "workforcedevelopment", "apir.team2"]
)
def test_mailbox_of_a_role_is_left_alone(local):
    assert find(f"Write to {local}@council.gov.uk.") == []


@pytest.mark.parametrize("local", ["jane.team", "jane", "j.smith", "smithj", "programme.jane"])
def test_mailbox_of_a_person_is_found(local):
    assert len(find(f"Write to {local}@council.gov.uk.")) == 1


@settings(deadline=None, max_examples=150)
@given(
    st.text(alphabet=st.sampled_from("aA0179 .@-_*&#;<>!/\n(’–１\u200bsmith"), max_size=200) | st.text(max_size=200)
)
def test_any_text_is_looked_through_and_every_place_lies_in_it(text):
    for hit in find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.text(max_size=200))
def test_plain_text_knows_where_every_sign_of_it_came_from(text):
    plain = normalise(text)
    places = [plain.span(offset, offset + 1) for offset in range(len(plain.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "a.b ",
        "a@",
        "a at ",
        "a dot ",
        "born ",
        "case no ",
        "Jamie Smith ",
        "1 Aa Aa Aa ",
        "+4",
        "\u200b",
        "A. ",
        "foster ",
        "Jamie's ",
        "A ",
        "Mum ",
        "the Jamie family ",
        "workteam",
        "///aaa.bbb",
        "0 7 ",
    ],
)
def test_a_long_text_that_holds_nothing_is_read_to_its_end(piece):
    """A pattern that tries everything again and again would not come to it while anybody waits."""
    assert find(piece * (20_000 // len(piece))) == []
