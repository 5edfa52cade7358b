"""Word by pandoc, from a reference document whose styles are made here: real headings, real styles, room to write."""

from __future__ import annotations

import base64
import datetime
import functools
import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import html

from knowledge_base.publish.handouts.article import Article
from knowledge_base.publish.handouts.pandoc import TEMPLATES, default_file, run

# Every council's Word has this face; a font that is not there would be replaced by one that nobody chose.
_FACE = "Arial"
_DEEP, _INK, _SOFT = RGBColor(0x0E, 0x47, 0x44), RGBColor(0x1D, 0x23, 0x21), RGBColor(0x41, 0x4A, 0x46)
_TEAL = RGBColor(0x0B, 0x57, 0x53)
_VOICES = {"Curator note": "single", "Added guidance": "dashed"}
_WIDTH = Cm(16.4)
_ROOM = "\ue000"
_LINE = Cm(0.85)
_SHORT = 14
_LANGUAGE = "en-GB"


def page(article: Article, programme: str, site: str, draw: Callable[[str], bytes], host: str = "") -> bytes:
    """A page as a Word file, the same bytes for the same page.

    Args:
        article: the page.
        programme: the programme's title.
        site: the address at which the site will be served; empty where the host has not said.
        draw: makes a picture of dots (PNG) from a drawing (SVG).
        host: whose copy it is from, and whom to ask; empty in the plain edition.

    Raises:
        RuntimeError: pandoc failed; the text is what it said.
    """
    told = {
        "title": _curled(article.title),
        "subtitle": _curled(article.description),
        "author": programme,
        "date": f"{article.kind}. {article.dated}.",
        "lang": _LANGUAGE,
        "site": site,
    }
    body = _with_pictures(article.body, draw)
    if article.added:
        label = '<div class="kb-label">Added: not in the report</div>'
        body = f'<div class="added">{label}<p>{escape(article.added)}</p></div>{body}'
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.docx"
        reference.write_bytes(_reference())
        options = [
            *(f"--metadata={name}:{value}" for name, value in told.items()),
            f"--reference-doc={reference}",
            f"--lua-filter={TEMPLATES / 'links.lua'}",
            f"--lua-filter={TEMPLATES / 'word.lua'}",
            "--shift-heading-level-by=-1",
            "--to=docx",
        ]
        made = run(body, *options, binary=True)
    return _finished(made, article, programme, site, host)


def _curled(text: str) -> str:
    """Quotation marks as pandoc curls them in the text; what it is told apart it leaves straight."""
    for straight, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        text = re.sub(rf"(^|[\s(\[“]){straight}", rf"\1{opening}", text).replace(straight, closing)
    return text


def _with_pictures(body: str, draw: Callable[[str], bytes]) -> str:
    if "kb-svg" not in body:
        return body
    tree = html.fragment_fromstring(body, create_parent="div")
    for code in tree.iter("pre"):
        if code.get("class") == "kb-svg":
            picture = base64.b64encode(draw(code.text or "")).decode()
            code.set("data-picture", f"data:image/png;base64,{picture}")
    return str(html.tostring(tree, encoding="unicode"))


# --- the styles -----------------------------------------------------------------------------------------


@functools.cache
def _reference() -> bytes:
    """The reference document of pandoc itself, with the styles of handouts, and A4."""
    document = docx.Document(io.BytesIO(default_file("reference.docx")))
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    _style(styles["Normal"], 11, _INK)
    for name in ("Body Text", "First Paragraph", "Compact"):
        _style(styles[name], 11, _INK, after=6 if name != "Compact" else 3)
    _style(styles["Title"], 24, _DEEP, bold=True, after=4)
    _style(styles["Subtitle"], 13, _SOFT, after=8)
    _style(styles["Author"], 10, _SOFT, after=0)
    _style(styles["Date"], 10, _SOFT, after=14)
    for name, size, colour, before in (("Heading 1", 16, _DEEP, 18), ("Heading 2", 13, _INK, 12)):
        _style(styles[name], size, colour, bold=True, before=before, after=5)
        styles[name].paragraph_format.keep_with_next = True
    for spaced in list(styles["Subtitle"].element.rPr.findall(qn("w:spacing"))):
        styles["Subtitle"].element.rPr.remove(spaced)
    styles["Hyperlink"].font.color.rgb, styles["Hyperlink"].font.underline = _TEAL, True
    for name in ("Title", "Subtitle", "Author", "Date"):
        styles[name].paragraph_format.alignment = 0
    _style(styles["Table Caption"], 11, _INK, bold=True, before=10, after=4)
    styles["Table Caption"].paragraph_format.keep_with_next = True
    _style(styles["Image Caption"], 10, _SOFT, after=8)
    for name, bar in _VOICES.items():
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Body Text"]
        _style(made, 11, _INK, after=5)
        made.paragraph_format.left_indent = Cm(0.6)
        made.paragraph_format.keep_together = True
        _border(made, bar)
    small = styles.add_style("Small", WD_STYLE_TYPE.CHARACTER)
    _style(small, 9.5, _SOFT)
    for name in ("Header", "Footer"):
        if name not in [style.name for style in styles]:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _style(styles[name], 9, _SOFT)
    _lines(styles["Table"])
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _style(
    style: Any, size: float, colour: RGBColor, *, bold: bool = False, before: float = 0, after: float | None = None
) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = _FACE, Pt(size), bold, False
    font.color.rgb = colour
    faces = style.element.rPr.find(qn("w:rFonts"))
    for key in list(faces.attrib):
        if "heme" in key:  # a face of the theme would come before the one that is named
            del faces.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(key), _FACE)
    if after is not None:
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.15


def _border(style: Any, kind: str) -> None:
    """A bar on the left of a voice, of its own kind."""
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for key, value in (("val", kind), ("sz", "24"), ("space", "8"), ("color", "414A46")):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    found = style.element.get_or_add_pPr()
    found.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _lines(style: Any) -> None:
    """Thin rules between the rows of every table, and room in its cells."""
    found = style.element.find(qn("w:tblPr"))
    for name in ("w:tblBorders", "w:tblCellMar"):
        for old in found.findall(qn(name)):
            found.remove(old)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "8A8375")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "60"), ("left", "100"), ("bottom", "60"), ("right", "100")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    found.append(borders)
    found.append(margins)
    first = next(part for part in style.element.iter(qn("w:tblStylePr")) if part.get(qn("w:type")) == "firstRow")
    bold = OxmlElement("w:rPr")
    bold.append(OxmlElement("w:b"))
    first.insert(0, bold)
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "F4EFE4")):
        shade.set(qn(f"w:{key}"), value)
    first.find(qn("w:tcPr")).find(qn("w:tcBorders")).addnext(shade)


# --- what pandoc cannot say -----------------------------------------------------------------------------


def _finished(made: bytes, article: Article, programme: str, site: str, host: str) -> bytes:
    document = docx.Document(io.BytesIO(made))
    day = datetime.datetime.combine(article.day, datetime.time())
    told = document.core_properties
    told.title, told.subject, told.author, told.language = article.title, article.description, programme, _LANGUAGE
    told.created = told.modified = day
    told.last_modified_by = programme
    for table in document.tables:
        _settle(table)
    for paragraph in document.paragraphs:
        label = _style_of(paragraph) in _VOICES and all(run.bold for run in paragraph.runs if run.text.strip())
        # What announces something stays with it.
        if label or paragraph.text.endswith(":"):
            paragraph.paragraph_format.keep_with_next = True
    _foot(document.sections[0], f"{site or '/'}{article.address} · {article.dated}")
    if host:
        document.sections[0].footer.add_paragraph(host, style="Footer")
    written = io.BytesIO()
    document.save(written)
    return _same_at_any_time(written.getvalue())


def _settle(table: Any) -> None:
    """Over the whole width; rows kept whole; room to write where a form has it."""
    width = table._tbl.tblPr.find(qn("w:tblW"))
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    form = False
    for row in table.rows:
        keep = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(keep)
        for cell in row.cells:
            hit = re.fullmatch(rf"{_ROOM}(\d+)", cell.text)
            if hit:
                form = True
                cell.paragraphs[0].clear()
                row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, int(_LINE * int(hit[1]))
        if row._tr.trPr.find(qn("w:tblHeader")) is not None:
            # The style's own bold is undone by that of the paragraphs.
            for run in [run for cell in row.cells for paragraph in cell.paragraphs for run in paragraph.runs]:
                run.bold = True
    if form:
        _share(table, [0.4, 0.6] if len(table.columns) == 2 else [0.45, 0.12, 0.43])
    elif table.cell(0, 0).width is None:
        _share(table, _shares(table))
    following = table._tbl.getnext()
    if following is not None and following.tag == qn("w:p"):
        after = Paragraph(following, table)
        if not _style_of(after).startswith(("Heading", "Table Caption")):
            after.paragraph_format.space_before = Pt(8)


def _style_of(paragraph: Paragraph) -> str:
    return str(getattr(paragraph.style, "name", ""))


def _shares(table: Any) -> list[float]:
    """A short column is as wide as it needs to be; the others share what is left by how much they hold."""
    widest = [max(len(cell.text) for cell in column.cells) for column in table.columns]
    short = [0.03 + 0.0155 * count if count <= _SHORT else 0 for count in widest]
    long = [0 if count <= _SHORT else min(max(count, 20), 70) for count in widest]
    if not any(long):
        long[-1], short[-1] = 1, 0
    return [own or (1 - sum(short)) * held / sum(long) for own, held in zip(short, long, strict=True)]


def _share(table: Any, shares: list[float]) -> None:
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(_WIDTH * share)
        for cell in column.cells:
            cell.width = column.width


def _foot(section: Any, said: str) -> None:
    """The address and the page's date on the left; on the right, page x of y."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{said}\tPage ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run_of_field, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run_of_field.append(text)
    field.append(run_of_field)
    paragraph._p.append(field)


def _same_at_any_time(made: bytes) -> bytes:
    """The same archive without the moment at which it was written."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return written.getvalue()
