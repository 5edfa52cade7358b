from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from knowledge_base import load, strict_yaml
from knowledge_base.model import FILES, FRONT_MATTER

FAKE = Path(__file__).resolve().parent / "fake"
PAGE = "---\ntitle: Trees\ndescription: About trees.\nsource: [added]\nreviewed: 2021-05-01\n---\n\nText.\n"


def page(text, path="about/trees.md"):
    return load.parse_page(text.encode(), path)


def said(text, path="about/trees.md"):
    """What an author is told of a page, without the file's name."""
    return [str(fault).removeprefix(f"docs/{path}:") for fault in page(text, path)[1]]


def said_of_data(text, name):
    faults = load.parse_data(text.encode(), f"data/{name}.yml", FILES[name])[2]
    return [str(fault).removeprefix(f"data/{name}.yml:") for fault in faults]


# --- data/ ----------------------------------------------------------------------------------------------


def test_fake_data_is_read_whole(fake):
    data, faults = load.load_data(fake)
    assert faults == []
    assert data.files.keys() == FILES.keys() == data.documents.keys()
    assert data.files["references"].references[0].publisher_place == "Leafham"


def test_missing_file_is_named_with_what_it_begins_with(fake):
    (fake / "data/glossary.yml").unlink()
    data, faults = load.load_data(fake)
    assert [str(fault) for fault in faults] == [
        "data/glossary.yml:1:1: KB106 This data file is missing. Put it back; it begins with 'glossary:'."
    ]
    assert data.files.keys() == FILES.keys() - {"glossary"}


def test_without_its_folder_every_file_is_missing(tmp_path):
    assert len(load.load_data(tmp_path)[1]) == len(FILES)


def test_misnamed_file_is_answered_with_the_nearest_name(fake):
    (fake / "data/glossary.yml").rename(fake / "data/glossery.yml")
    assert "Did you mean 'glossary.yml'" in str(load.load_data(fake)[1][1])


def test_schemas_and_hidden_files_are_no_data(fake):
    (fake / "data/schemas").mkdir()
    (fake / "data/.references.yml.swp").write_text("x")
    assert load.load_data(fake)[1] == []


def test_faults_of_all_files_come_together(fake):
    (fake / "data/outcomes.yml").write_text("outcomes: [")
    (fake / "data/councils.yml").write_text("councils: no\n")
    data, faults = load.load_data(fake)
    assert sorted(fault.path for fault in faults) == ["data/councils.yml", "data/outcomes.yml"]
    assert data.files.keys() == FILES.keys() - {"outcomes", "councils"}


def test_ids_are_known_even_where_their_items_have_faults(fake):
    path = fake / "data/references.yml"
    path.write_text(path.read_text().replace("issued: 2001", "issued: long ago"))
    data, faults = load.load_data(fake)
    assert len(faults) == 1
    assert "references" not in data.files
    assert data.ids["references"] == {"ash-2001", "birch-elm-2002", "oak-2003a", "oak-2003b"}


@pytest.mark.parametrize("text", ["", "[]", "text", "glossary:\n", "glossary: text", "glossary: {}"])
def test_file_of_another_shape_brings_one_fault_at_its_place(text):
    assert len(said_of_data(text, "glossary")) == 1


def test_shape_of_a_file_is_said_with_its_keys():
    assert said_of_data("- one\n", "references") == [
        "1:1: KB113 There are no keys here. Write 'key: value' lines: references, footnotes …"
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "outcomes",
            "outcomes:\n  - {id: a, source: [added], titel: T, number: 1, summary_position: 1}\n",
            ["2:30: KB111 The key 'titel' is not known here. Did you mean 'title'?"],
        ),
        (
            "outcomes",
            "outcomes:\n  - {id: A B, source: [added], title: T, number: one, summary_position: 1}\n",
            [
                "2:10: KB113 'A B' does not have the right form. "
                "Write small letters, digits and single hyphens: munro-2008.",
                "2:50: KB113 'one' is not a number. Write digits only.",
            ],
        ),
        (
            "outcomes",
            "outcomes:\n  - {id: a, source: [section-11], title: T, number: -1, summary_position: }\n",
            [
                "2:22: KB113 'section-11' is not one of the words that may stand here. "
                "Did you mean 'section-1', 'section-7' or 'section-6'?",
                "2:53: KB113 '-1' is out of range. It has to be at least 0.",
                "2:75: KB113 There is no value here. Write one after the colon, or take the line out.",
            ],
        ),
        (
            "workshop_themes",
            "workshop_themes:\n  - {id: a, source: added, title: [T], status: runs, repeated: maybe}\n",
            [
                "2:21: KB113 'added' is not a list. Write [one, two], or one item a line beginning with '- '.",
                "2:35: KB113 A list or a mapping stands where text belongs. "
                "Write text; put it in quotes if it holds ': '.",
                "2:48: KB113 'runs' is not one of the words that may stand here. Did you mean 'run'?",
                "2:64: KB113 'maybe' is neither true nor false. Write true or false.",
            ],
        ),
        (
            "glossary",
            "glossary:\n  - {id: a, source: [], term: '', meaning: M}\n  - b\n",
            [
                "2:21: KB113 The list is empty. Write at least one value.",
                "2:31: KB113 There is no text here. Write some, or take the line out.",
                "3:5: KB113 'b' stands where keys belong. Write 'key: value' lines, indented, below it.",
            ],
        ),
    ],
)
def test_each_misfit_is_told_in_plain_words_at_its_place(name, text, expected):
    assert sorted(said_of_data(text, name)) == sorted(expected)


def test_key_that_has_a_dash_is_offered_with_its_dash():
    text = "references:\n  - {id: a, source: [added], type: book, issued: 2001, title: T, container_title: C}\n"
    lines = "\n".join(said_of_data(text, "references"))
    assert "The key 'container_title' is not known here. Did you mean 'container-title'" in lines


def test_same_id_twice_is_shown_at_the_second():
    item = "{id: a, source: [added], term: T}"
    assert said_of_data(f"glossary:\n  - {item}\n  - {item}\n", "glossary") == [
        "3:10: KB114 The id 'a' is used a second time. Give each item an id of its own."
    ]


def test_missing_key_comes_with_its_choices_or_its_description():
    lines = said_of_data("references:\n  - {id: a, issued: 2001, title: T}\n", "references")
    assert "2:5: KB112 The key 'type' is missing. Add 'type:'. It is 'article-journal', 'book'" in lines[1]
    assert lines[0].startswith("2:5: KB112 The key 'source' is missing. Add 'source:'.")


def test_long_value_is_shortened_in_its_fault():
    (line,) = said_of_data(f"outcomes: {'x' * 5000}\n", "outcomes")
    assert len(line) < 200


def test_long_text_of_several_lines_makes_one_line():
    (line,) = said_of_data("outcomes: |\n  one\n  two\n", "outcomes")
    assert "\n" not in line


# --- pages ----------------------------------------------------------------------------------------------


def test_page_is_split_into_front_matter_and_body():
    source, faults = page(PAGE)
    assert faults == []
    assert source.matter.title == "Trees"
    assert (source.kind, source.path) == ("page", "about/trees.md")
    assert source.body.strip() == "Text."
    assert PAGE.split("\n")[source.body_line - 1 :] == source.body.split("\n")
    assert source.front == "title: Trees\ndescription: About trees.\nsource: [added]\nreviewed: 2021-05-01\n"


def test_every_fake_page_is_read_as_its_kind(fake):
    kinds = {}
    for path in sorted((fake / "docs").rglob("*.md")):
        source, faults = load.load_page(fake, path.relative_to(fake / "docs").as_posix())
        assert faults == []
        assert isinstance(source.matter, FRONT_MATTER[source.kind])
        kinds[source.path] = source.kind
    assert kinds["sessions/als-1.md"] == "session"
    assert kinds["notes/2020-21/als-1-north.md"] == "notes"
    assert kinds["toolkit/axe.md"] == "tool"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Trees", "title: <b>Trees</b>", "2:8: KB113 '<' may not stand here."),
        ("title: Trees", "title: '{{ cite(1) }}'", "2:8: KB113 '{' may not stand here."),
        ("title: Trees", "title: 'The \"trees\"'", "2:8: KB113 A double quotation mark may not stand here."),
        ("title: Trees", "title: |\n  a\n  b", "2:8: KB113 This has to be one line."),
        ("title: Trees", f"title: {'x' * 101}", "2:8: KB113 The text is longer than 100 characters."),
        ("title: Trees", "titel: Trees", "2:1: KB111 The key 'titel' is not known here. Did you mean 'title'?"),
        ("title: Trees", "title: Trees\ntitle: Wood", "3:1: KB103 The key 'title' stands here a second time"),
        ("title: Trees", "template: x.html\ntitle: Trees", "2:1: KB111 The key 'template' is not known here."),
        ("title: Trees", "title: Trees: a book", "2:13: KB102 There is a colon here"),
        ("[added]", "[]", "4:9: KB113 The list is empty."),
        ("[added]", "[nowhere]", "4:10: KB113 'nowhere' is not one of the words that may stand here."),
        ("2021-05-01", "1 May 2021", "5:11: KB113 '1 May 2021' is not a date. Write year, month and day"),
        ("2021-05-01", "2021-02-30", "5:11: KB113 There is no day '2021-02-30'."),
        ("2021-05-01", "2021-5-1", "5:11: KB113 '2021-5-1' is not a date."),
        ("2021-05-01", "", "5:10: KB113 There is no value here."),
        ("2021-05-01\n", "2021-05-01\nreview_by: 2021-04-01\n", "6:12: KB113 The next review (2021-04-01) is due"),
    ],
)
def test_slips_in_front_matter_are_shown_at_their_line(old, new, expected):
    lines = said(PAGE.replace(old, new, 1))
    assert any(line.startswith(expected) for line in lines), lines


def test_page_with_a_slip_keeps_its_body():
    source, faults = page(PAGE.replace("title:", "titel:"))
    assert faults
    assert source.matter is None
    assert source.body.strip() == "Text."


@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_empty_page_is_told(text):
    assert said(text) == ["1:1: KB202 The page is empty. Write it, or delete the file."]


@pytest.mark.parametrize("end", ["---", "---\n", "---\n\n \n"])
def test_page_with_nothing_below_its_front_matter_is_told(end):
    text = PAGE.partition("---\n\n")[0] + end
    assert said(text) == ["7:1: KB202 There is nothing below the front matter. Write the page, or delete the file."]


@pytest.mark.parametrize("text", ["Text.\n", "# Title\n\n---\n", "\n---\ntitle: x\n---\n", " ---\na: b\n---\n"])
def test_page_without_front_matter_is_told_how_to_begin(text):
    (line,) = said(text)
    assert line.startswith("1:1: KB201 The page does not begin with front matter. Begin its first line with '---'")


@pytest.mark.parametrize("text", ["---\ntitle: x\n", "---\ntitle: x\n--- x\n", "---", "---\ntitle: x\n ---\n"])
def test_front_matter_that_is_not_closed_is_told(text):
    assert said(text) == [
        "1:1: KB201 The front matter that begins here is not closed. Put a line '---' after its last key."
    ]


def test_blanks_after_the_marks_and_windows_line_ends_make_no_difference():
    source, faults = page(PAGE.replace("---\n", "--- \t\n").replace("\n", "\r\n"))
    assert faults == []
    assert source.body.strip() == "Text."


def test_large_page_is_refused(monkeypatch):
    monkeypatch.setattr(load, "MAX_PAGE_BYTES", 1000)
    source, faults = page(PAGE + "x" * 1000)
    assert source is None
    assert "at most 1,000 are read. Split it into several pages." in str(faults[0])


def test_page_that_is_no_text_is_told_where_it_stops_being_some():
    source, faults = load.parse_page(PAGE.encode() + b"caf\xe9", "about/trees.md")
    assert source is None
    assert str(faults[0]).startswith("docs/about/trees.md:9:4: KB101 ")


def test_run_sheet_is_judged_at_the_line_of_its_item():
    text = (FAKE / "docs/sessions/mentors-1.md").read_text(encoding="utf-8").replace("'10:15'", "'10:20'")
    assert said(text, "sessions/mentors-1.md") == [
        "14:10: KB113 'Walk' leaves a gap after the end of 'Coffee' (10:15). "
        "Change 'at' here or 'minutes' on the line above.",
    ]


# --- whatever there is in a file ------------------------------------------------------------------------

_SOURCES = [path.read_bytes() for path in sorted(FAKE.glob("d*/**/*.*")) if path.suffix in {".md", ".yml"}]
_SNIPPETS = st.one_of(
    st.sampled_from(
        "\n - |: |:|'|\"|[|]|{|}|{{|}}|---\n|...\n|&a |*a |!!x |\t|# |\r|\x00|é|null|2010-13-01|25:00".split("|")
    ),
    st.text(max_size=8),
)


@st.composite
def mangled(draw):
    """A file of the fake project after an accident or two, or something that is no such file at all."""
    source = draw(st.one_of(st.sampled_from(_SOURCES), st.binary(max_size=40)))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(source)))
        end = min(len(source), start + draw(st.integers(0, 12)))
        source = source[:start] + draw(_SNIPPETS).encode("utf-8", "replace") + source[end:]
    return source


def _inside(faults, source):
    lines = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    return all(1 <= fault.line <= lines + 1 and fault.column >= 1 and "\n" not in str(fault) for fault in faults)


@settings(deadline=None, max_examples=250)
@given(mangled(), st.sampled_from(sorted(FILES)))
def test_no_bytes_in_data_do_more_than_bring_faults_inside_the_file(source, name):
    value, document, faults = load.parse_data(source, "data/x.yml", FILES[name])
    assert (value is None) == bool(faults)
    assert isinstance(document, strict_yaml.Document) or faults
    assert _inside(faults, source)


@settings(deadline=None, max_examples=250)
@given(mangled(), st.sampled_from(["index.md", "sessions/als-1.md", "notes/2020-21/als-1.md", "toolkit/axe.md"]))
def test_no_bytes_on_a_page_do_more_than_bring_faults_inside_the_file(source, path):
    read, faults = load.parse_page(source, path)
    assert faults or read.matter is not None
    assert _inside(faults, source)


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
_MATTER = st.dictionaries(st.text("abcdef", min_size=1, max_size=5), st.one_of(_WORDS, st.lists(_WORDS)), min_size=1)
_BODY_LINES = st.lists(
    st.one_of(_WORDS, st.sampled_from(["---", "...", "", "a: b", "    ---", "- x", "***"])), max_size=6
)


@settings(deadline=None, max_examples=200)
@given(_MATTER, _BODY_LINES, st.sampled_from(["---\n", "--- \n", "---\t\n"]), st.booleans())
def test_page_is_split_where_mkdocs_splits_it(matter, lines, fence, folded):
    front = yaml.safe_dump(matter, allow_unicode=True, width=10 if folded else 1000)
    # Both readers agree with YAML that these three end a document.
    assume("\n..." not in f"\n{front}")
    text = fence + front + fence + "\n".join(lines)
    block, body, body_line, fault = load.split_front_matter(text, "x")
    assert fault is None
    assert (body.lstrip("\n"), yaml.safe_load(block)) == meta.get_data(text)
    assert text.split("\n")[body_line - 1 :] == body.split("\n")


def test_data_that_cannot_be_opened_are_a_fault(fake, monkeypatch):
    def closed(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", closed)
    data, faults = load.load_data(fake)
    assert data.files == {}
    assert {(fault.code, fault.message) for fault in faults} == {
        ("KB101", "The file cannot be opened (Permission denied).")
    }
