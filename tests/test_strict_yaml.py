from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import strict_yaml


def read(text):
    """What a document holds, and its faults as an author sees them."""
    document, faults = strict_yaml.read(text, "data/x.yml")
    return (document.data if document else None), [str(fault) for fault in faults]


def place_and_code(text):
    _, faults = strict_yaml.read(text, "x")
    return [(fault.line, fault.column, fault.code) for fault in faults]


# --- what is read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    "no yes on off true FALSE y 1 1.10 10.30 0123 0o17 0x1F 1e3 1_000 13:45 -5 +5 .5 .inf .nan "
    "2026-01-05 2026-01 2010 12:30:45 2001-12-14t21:59:43.10-05:00 = <<".split(),
)
def test_what_yaml_would_turn_into_something_else_stays_text(written):
    assert read(f"key: {written}\nlist: [{written}]") == ({"key": written, "list": [written]}, [])


_LOOKALIKES = st.one_of(
    st.integers().map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.times().map(lambda moment: moment.isoformat("minutes")),
    st.booleans().map(str),
    st.sampled_from(["YES", "No", "oN", "Off", "Y", "n"]),
    st.from_regex(r"[0-9]{1,4}([._:/-][0-9]{1,4}){0,3}", fullmatch=True),
)


@settings(deadline=None, max_examples=200)
@given(_LOOKALIKES)
def test_what_looks_like_a_number_a_date_or_a_truth_comes_back_as_it_was_typed(written):
    assert read(f"key: {written}") == ({"key": written}, [])


@settings(deadline=None, max_examples=100)
@given(_LOOKALIKES)
def test_so_does_a_key(written):
    assert read(f"{written}: value") == ({written: "value"}, [])


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(written):
    assert read(f"key: {written}") == ({"key": None}, [])


@pytest.mark.parametrize("written", ["''", '""', "'null'", '"~"'])
def test_nothing_in_quotes_is_text(written):
    assert read(f"key: {written}") == ({"key": written[1:-1]}, [])


def test_lists_mappings_and_long_text_are_read():
    text = "a: [one, two]\nb:\n  - {c: d}\n  - e\nf: >-\n  folded\n  text\ng: |\n  kept\n  lines\n"
    expected = {"a": ["one", "two"], "b": [{"c": "d"}, "e"], "f": "folded text", "g": "kept\nlines\n"}
    assert read(text) == (expected, [])


def test_empty_file_holds_nothing():
    assert read("# only a comment\n") == (None, [])


def test_places_are_those_of_the_file():
    document, _ = strict_yaml.read("a:\n  - {b: c}\n  - d: e\n", "x", first_line=2)
    assert document.place(("a", 0, "b")) == (3, 9)
    assert document.place(("a", 0, "b"), key=True) == (3, 6)
    assert document.place(("a", 1, "d")) == (4, 8)


def test_place_of_what_is_not_there_is_that_of_its_holder():
    document, _ = strict_yaml.read("a:\n  - {b: c}\n", "x")
    assert document.place(("a", 0, "missing")) == (2, 5)
    assert document.place(("nowhere", 3)) == (1, 1)


def test_columns_count_characters_and_not_bytes():
    document, _ = strict_yaml.read("{ä: é, ö: ü}", "x")
    assert document.place(("ö",)) == (1, 11)


# --- what is refused ------------------------------------------------------------------------------------


def test_second_key_is_shown_with_the_first():
    data, faults = read("a: 1\nb: 2\na: 3\n")
    assert data == {"a": "1", "b": "2"}
    assert faults == [
        "data/x.yml:3:1: KB103 The key 'a' stands here a second time (first on line 1). Keep one of the two."
    ]


def test_same_key_in_two_mappings_is_fine():
    assert read("- {a: 1}\n- {a: 2}\n") == ([{"a": "1"}, {"a": "2"}], [])


def test_what_stands_under_a_second_key_is_still_looked_at():
    assert place_and_code("a: 1\na: {b: 1, b: 2}\nc: *d\n") == [
        (2, 1, "KB103"),
        (2, 11, "KB103"),
        (3, 4, "KB104"),
    ]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("a: *note\n", "begins with *, put it in quotes."),
        ("a: &note text\n", "begins with &, put it in quotes."),
        ("a: !note text\n", "begins with !, put it in quotes."),
        ("a: !!python/object/apply:os.system [ls]\n", "begins with !, put it in quotes."),
        ("a: !!int 5\n", "begins with !, put it in quotes."),
    ],
)
def test_text_that_yaml_takes_for_more_is_refused_with_its_remedy(text, remedy):
    _, faults = read(text)
    assert len(faults) == 1
    assert faults[0].startswith("data/x.yml:1:4: KB104 ")
    assert faults[0].endswith(remedy)


@pytest.mark.parametrize("text", ["a: '*note*'", "a: '&note'", "a: '!note'", 'a: "- {b}"', "a: R&D ! * 5"])
def test_the_same_in_quotes_or_inside_text_is_fine(text):
    assert read(text)[1] == []


def test_merging_is_refused_with_the_alias_that_it_needs():
    assert place_and_code("a: &b {c: d}\ne:\n  <<: *b\n") == [(1, 4, "KB104"), (3, 7, "KB104")]


def test_aliases_cannot_make_a_small_file_large():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    data, faults = read("\n".join(lines))
    assert data["a39"] == [None, None]
    assert len(faults) == 40 + 78


def test_second_document_ends_the_reading():
    assert place_and_code("a: 1\n---\nb: *c\n") == [(2, 1, "KB104")]


def test_nesting_is_bounded():
    assert place_and_code("[" * strict_yaml.MAX_DEPTH + "]" * strict_yaml.MAX_DEPTH) == []
    assert place_and_code("[" * 5000) == [(1, strict_yaml.MAX_DEPTH + 1, "KB105")]
    assert place_and_code("{a: " * 5000) == [(1, strict_yaml.MAX_DEPTH * 4 + 1, "KB105")]


@pytest.mark.parametrize("text", ["{[a]: b}", "? {a: b}\n: c\n", "? - a\n: b"])
def test_key_has_to_be_a_word(text):
    _, faults = read(text)
    assert len(faults) == 1
    assert "A key has to be a word." in faults[0]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 'one\nb: two\n", (1, 4), "A quotation mark is opened here and not closed."),
        ("title: Trees: a book\n", (1, 13), "There is a colon here where a value already stands."),
        ("a:\n\tb: c\n", (2, 1), "or the line is indented with a tab"),
        ("a: @home\n", (1, 4), "A value cannot begin with this character"),
        ("a: 1\nb\nc: 2\n", (2, 1), "A key without its colon"),
        ('a: "C:\\system"\n', (1, 7), "A backslash in double quotes means something else here."),
        ('a: "C:\\users"\n', (1, 9), "A backslash in double quotes means something else here."),
        ("a: *note*\n", (1, 4), "A value cannot begin with *."),
        ("a: & b\n", (1, 4), "A value cannot begin with &."),
        ("a: [one, two\nb: c\n", (1, 4), "A square bracket is opened and not closed."),
        ("a: {one: two\nb: c\n", (1, 4), "A brace is opened and not closed."),
        ("a:\n  - b\n  c: d\n", (3, 3), "This line is not indented like the list that it belongs to."),
        ("a: 'b' c\n", (1, 4), "The text in quotation marks that begins here ends on line 1"),
        ("a: |x\n  b\n", (1, 5), "The text after | or > is not indented as it should be."),
    ],
)
def test_slips_are_told_in_plain_words_at_their_place(text, place, words):
    _, faults = read(text)
    assert len(faults) == 1
    assert faults[0].startswith(f"data/x.yml:{place[0]}:{place[1]}: KB102 ")
    assert words in faults[0]


def test_backslash_cannot_bring_invisible_characters_in():
    _, faults = read('a: "C:\\files"\n')
    assert len(faults) == 1
    assert faults[0].startswith("data/x.yml:1:4: KB101 A backslash makes an invisible control character here")


def test_faults_before_the_slip_are_told_with_it():
    assert place_and_code("a: 1\na: 2\nb: 'c\n") == [(2, 1, "KB103"), (3, 4, "KB102")]


def test_slip_at_the_end_is_shown_on_the_last_line_that_there_is():
    assert place_and_code("a: 1\nb\n")[0][0] == 2


def test_lines_count_from_where_the_text_begins_in_its_file():
    _, faults = strict_yaml.read("a: 1\nb: *c\n", "x", first_line=2)
    assert (faults[0].line, faults[0].column) == (3, 4)


# --- bytes ----------------------------------------------------------------------------------------------


def test_line_ends_and_byte_order_mark_make_no_difference():
    text, faults = strict_yaml.decode("\ufeffa: é\r\nb: 2\rc: 3\n".encode(), "x")
    assert (text, faults) == ("a: é\nb: 2\nc: 3\n", [])


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (b"a: caf\xe9\n", (1, 7)),
        (b"a: b\nc: \xff", (2, 4)),
        (b"\xef\xbb\xbfa: caf\xe9\n", (1, 7)),
        ("é: ".encode() + b"\xe9", (1, 4)),
        (b"a: b\r\nc: d\r\ne: \xff", (3, 4)),
        (b"a: b\rc: \xff", (2, 4)),
    ],
)
def test_what_is_not_utf8_is_shown_at_its_place(source, place):
    text, faults = strict_yaml.decode(source, "x")
    assert text is None
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [(*place, "KB101")]
    assert "UTF-8" in faults[0].remedy


@pytest.mark.parametrize(
    "character", "\x00\x07\x0b\x0c\x1b\x7f\x85\u2028\u2029\u2066\u061c\ufeff\ufffd\ufffe\uffff\uf0b7\U000e0041"
)
def test_invisible_characters_are_shown_at_their_place(character):
    text, faults = strict_yaml.decode(f"a: b\nc: d{character}e".encode(), "x")
    assert text is None
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [(2, 5, "KB101")]
    assert f"U+{ord(character):04X}" in faults[0].message


def test_tabs_accents_and_signs_are_no_invisible_characters():
    text = "a: café — “naïve”\t☃ 🌳\u00a0"
    assert strict_yaml.decode(text.encode(), "x") == (text, [])


def test_several_invisible_characters_are_shown_at_once_but_not_thousands():
    assert len(strict_yaml.decode(b"a\x01b\x02c", "x")[1]) == 2
    assert len(strict_yaml.decode(b"\x01" * 5000, "x")[1]) == 20


def test_file_that_is_no_text_is_told_once():
    faults = strict_yaml.decode(b"a\nb\x00c\x00", "x")[1]
    assert [(fault.line, fault.column) for fault in faults] == [(2, 2)]


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 10)
    assert strict_yaml.decode(b"a: 3456789", "x") == ("a: 3456789", [])
    text, faults = strict_yaml.decode(b"a: 34567890", "x")
    assert text is None
    assert str(faults[0]) == "x:1:1: KB105 The file has 11 bytes; at most 10 are read. Split it."


# --- whatever there is in a file ------------------------------------------------------------------------

_YAMLISH = st.text(st.sampled_from("ab:- \n\t'\"[]{}&*!|>#?%@,~=<é\r\x00\u2028🌳.0"), max_size=60)
_BYTES = st.one_of(st.binary(max_size=60), _YAMLISH.map(str.encode), st.text(max_size=60).map(str.encode))


@settings(deadline=None, max_examples=600)
@given(_BYTES, st.integers(1, 9))
def test_no_bytes_do_more_than_bring_faults_inside_the_file(source, first_line):
    text, faults = strict_yaml.decode(source, "x")
    assert (text is None) == bool(faults)
    lines = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(fault.line <= lines + 1 for fault in faults)
    if text is not None:
        document, faults = strict_yaml.read(text, "x", first_line)
        assert document is not None or faults
        assert all(first_line <= fault.line <= first_line + lines for fault in faults)
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)


@settings(deadline=None, max_examples=300)
@given(_YAMLISH)
def test_what_is_read_is_made_of_text_lists_and_mappings_only(source):
    document, _ = strict_yaml.read(source.replace("\x00", "").replace("\u2028", ""), "x")
    assert document is None or _only_text(document.data)


def _only_text(data):
    if isinstance(data, dict):
        return all(isinstance(key, str) and _only_text(value) for key, value in data.items())
    if isinstance(data, list):
        return all(map(_only_text, data))
    return data is None or isinstance(data, str)


@settings(deadline=None, max_examples=300)
@given(_YAMLISH)
def test_every_part_that_is_read_has_a_place(source):
    document, _ = strict_yaml.read(source.replace("\x00", "").replace("\u2028", ""), "x")
    if document is not None and document.data is not None:
        assert set(_paths(document.data, ())) <= document.values.keys()


def _paths(data, path):
    yield path
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in parts:
        yield from _paths(value, (*path, step))
