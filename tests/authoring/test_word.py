"""Notes out of Word. Everything in these files is made up."""

from __future__ import annotations

import io

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from knowledge_base.authoring import word
from knowledge_base.cli import main
from knowledge_base.faults import AuthorError
from tests.conftest import found

LINE = "import {} --session als-1 --cohort 2020-21 --set south --date 2021-01-15"


def run_of(text, tag="w:t"):
    run, words = OxmlElement("w:r"), OxmlElement(tag)
    words.text = text
    run.append(words)
    return run


def tracked(paragraph, kind, text):
    mark = OxmlElement(kind)
    mark.set(qn("w:id"), "7")
    mark.set(qn("w:author"), "Reviewer")
    mark.append(run_of(text, "w:delText" if kind == "w:del" else "w:t"))
    paragraph._p.append(mark)


@pytest.fixture
def write_up(tmp_path):
    """A write-up as people make them: a title, headings or bold lines, lists, and what should not come along."""
    document = docx.Document()
    document.core_properties.author = "Author of the file"
    document.add_heading("Our meeting", 1)
    document.add_heading("Issues discussed", 2)
    document.add_paragraph("Time for supervision", style="List Bullet")
    line = document.add_paragraph("Visits: {{ announced }} or not? <b>Both</b>", style="List Bullet")
    hidden = line.add_run("hidden words")
    hidden.font.hidden = True
    document.add_comment(line.runs[0], text="remark of a reviewer", author="Reviewer")
    tracked(line, "w:ins", " put in")
    tracked(line, "w:del", " taken out")
    photo = Image.new("RGB", (60, 40), "teal")
    exif = photo.getexif()
    exif[0x010E] = "where it was taken"
    held = io.BytesIO()
    photo.save(held, "JPEG", exif=exif)
    held.seek(0)
    document.add_picture(held)
    document.add_heading("Parking", 2)
    document.add_paragraph("The room was cold.")
    document.add_paragraph().add_run("Next steps:").bold = True
    document.add_paragraph("Everybody tries one visit.", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Who", "What", "All", "Read | think"), strict=True):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = "header of the file"
    path = tmp_path / "write-up.docx"
    document.save(str(path))
    return path


def test_headings_are_brought_into_our_anatomy(write_up):
    body = word.read(write_up, "als-1").body
    raised, agreed = body.split("## What was agreed")
    assert raised.startswith("## What was raised\n\n- Time for supervision\n- Visits")
    assert "### Parking\n\nThe room was cold." in raised
    assert "Our meeting" not in body
    assert "Next steps" not in body
    assert "1.  Everybody tries one visit." in agreed
    assert r"| All | Read \| think |" in agreed
    assert "&lt;b" in raised  # a sign that Word's author wrote, and no HTML


def test_nothing_but_the_text_comes_along(write_up):
    imported = word.read(write_up, "als-1")
    assert "put in" in imported.body
    for gone in ("hidden words", "remark", "Reviewer", "taken out", "Author of the file", "header of the file"):
        assert gone not in imported.body
    assert imported.left_out == ["comments", "tracked changes", "hidden text", "headers and footers"]


def test_pictures_are_drawn_anew_and_have_to_be_described(write_up):
    imported = word.read(write_up, "als-1")
    assert "![replace-me: what the picture shows](als-1-1.png)" in imported.body
    (picture,) = imported.pictures.values()
    assert b"where it was taken" not in picture
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif()), opened.info) == ("PNG", (60, 40), {}, {})


def test_an_imported_page_needs_only_its_picture_described(write_up, fake, monkeypatch):
    monkeypatch.chdir(fake)
    result = CliRunner().invoke(main, LINE.format(write_up).split())
    assert result.exit_code == 1, result.stderr
    assert "Left behind in the Word file: comments, tracked changes, hidden text" in result.stderr
    page = "docs/notes/2020-21/als-1-south.md"
    assert [(fault.path, fault.code) for fault in found(fake)] == [(page, "KB503")]
    text = (fake / page).read_text(encoding="utf-8")
    (fake / page).write_text(text.replace("replace-me: what the picture shows", "A teal square"), encoding="utf-8")
    assert found(fake) == []
    assert (fake / "docs/notes/2020-21/als-1-south-1.png").is_file()


def test_a_plain_write_up_is_a_good_page_at_once(tmp_path, fake, monkeypatch):
    document = docx.Document()
    document.add_paragraph("We talked about time.")
    document.add_heading("Actions", 1)
    document.add_paragraph("Everybody tries one visit.")
    document.save(str(tmp_path / "plain.docx"))
    monkeypatch.chdir(fake)
    result = CliRunner().invoke(main, LINE.format(tmp_path / "plain.docx").split())
    assert result.exit_code == 0, result.output
    assert found(fake) == []


def test_what_says_nothing_under_a_heading_has_to_be_finished(tmp_path):
    document = docx.Document()
    document.add_paragraph("We talked about time.")
    document.save(str(tmp_path / "one.docx"))
    assert "replace-me" in word.read(tmp_path / "one.docx", "x").body.split("## What was agreed")[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no Word file"), (b"PK\x03\x04 broken", "no Word file"), (b"{\\rtf1 x}", "no Word file")],
    ids=["empty", "broken", "rtf"],
)
def test_what_is_no_word_file_is_told_in_a_sentence(tmp_path, fake, monkeypatch, content, said):
    (tmp_path / "x.docx").write_bytes(content)
    monkeypatch.chdir(fake)
    result = CliRunner().invoke(main, LINE.format(tmp_path / "x.docx").split())
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (fake / "docs/notes/2020-21/als-1-south.md").exists()


def test_a_file_without_text_is_refused(tmp_path):
    docx.Document().save(str(tmp_path / "none.docx"))
    with pytest.raises(AuthorError, match=r"holds no text"):
        word.read(tmp_path / "none.docx", "x")
