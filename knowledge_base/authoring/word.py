"""Notes out of a Word file: its text in our headings, and nothing else of it.

pandoc reads the file. Comments, tracked changes (what was taken out is gone, what was put in stays), properties,
headers and footers do not come through; text that Word hides is taken out before. Pictures are drawn anew, so that
nothing that a camera wrote into them stays.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from knowledge_base.faults import AuthorError

RAISED, AGREED = "What was raised", "What was agreed"

_AGREED = re.compile(
    r"\b(?:actions?|agree(?:d|ments?)|decisions?|decided|next steps?|to do|follow[- ]?ups?|commitments?)\b",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"\b(?:raised|discuss(?:ed|ions?)|issues?|themes?|topics?|key points?|notes?|items?|agenda|covered|summary)\b",
    re.IGNORECASE,
)
# What Python-Markdown reads as well; lists are indented by four spaces, as it wants them.
_MARKDOWN = (
    "markdown-smart-raw_html-raw_attribute-raw_tex-header_attributes-link_attributes-fenced_divs-bracketed_spans"
    "-simple_tables-multiline_tables-grid_tables+pipe_tables-fancy_lists-startnum-example_lists-task_lists"
    "-inline_code_attributes-fenced_code_attributes-tex_math_dollars-superscript-subscript-strikeout-citations"
    "-implicit_figures-line_blocks-definition_lists"
)
_LARGEST = 1600
"""Pixels: the longer side of a picture, enough for any screen that shows a page of text."""

Block = dict[str, Any]


@dataclass
class Imported:
    """What was found in a Word file.

    Attributes:
        body: the page below its front matter.
        pictures: by file name, drawn anew as PNG.
        left_out: what was not taken over, in words.
    """

    body: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def read(file: Path, name: str) -> Imported:
    """Reads notes from a Word file.

    Args:
        file: the ``.docx``.
        name: of the page, without its ending: pictures are named after it.

    Raises:
        AuthorError: it is no Word file, or holds no text.
    """
    import pypandoc

    said = _told(file)
    with tempfile.TemporaryDirectory() as scratch:
        seen = Path(scratch) / "seen.docx"
        seen.write_bytes(_without_hidden(file))
        media = Path(scratch) / "media"
        try:
            text = pypandoc.convert_file(
                str(seen), "json", format="docx", extra_args=["--track-changes=accept", f"--extract-media={media}"]
            )
        except RuntimeError:
            raise AuthorError(
                f"{file.name} could not be read.", "Open it in Word and save it again as .docx."
            ) from None
        document = json.loads(text)
        found = Imported("", left_out=said)
        blocks = _pictures(document["blocks"], name, found)
    if not re.search(r"[^\W\d_]", _words(blocks)):
        raise AuthorError(f"{file.name} holds no text.", "Write the notes first; a scan is only a picture of them.")
    document["blocks"], document["meta"] = _in_our_headings(blocks), {}
    written = pypandoc.convert_text(
        json.dumps(document),
        _MARKDOWN,
        format="json",
        extra_args=["--columns=110"],
    )
    found.body = _tidy(written)
    return found


# --- before pandoc ----------------------------------------------------------------------------------------


def _told(file: Path) -> list[str]:
    """What the file holds besides its text, in words; none of it is taken over."""
    try:
        with ZipFile(file) as package:
            names = set(package.namelist())
            if "word/document.xml" not in names:
                raise AuthorError(f"{file.name} is no Word file.", "Save it in Word as .docx, and try again.")
            text = package.read("word/document.xml").decode("utf-8", "replace")
    except (BadZipFile, OSError):
        raise AuthorError(f"{file.name} is no Word file.", "Save it in Word as .docx, and try again.") from None
    checks = {
        "comments": "word/comments.xml" in names,
        "tracked changes": "<w:ins " in text or "<w:del " in text,
        "hidden text": "<w:vanish" in text,
        "headers and footers": any(re.match(r"word/(?:header|footer)\d*\.xml", name) for name in names),
        "text boxes": "<w:txbxContent" in text,
        "embedded files": any(name.startswith("word/embeddings/") for name in names),
    }
    return [what for what, there in checks.items() if there]


def _without_hidden(file: Path) -> bytes:
    """The file without the text that Word hides: pandoc would bring it to light."""
    import docx

    document = docx.Document(str(file))
    for run in list(document.element.body.iter("{*}r")):
        for mark in run.iter("{*}vanish"):
            if mark.get(_VALUE, "true") not in {"0", "false"}:
                run.getparent().remove(run)
                break
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"


# --- pandoc's own form of a document ----------------------------------------------------------------------


_GONE: Block = {}


def _walk(value: Any, change: Callable[[Block], Block]) -> Any:
    """Every element of a document, changed; where the change answers ``_GONE`` the element goes."""
    if isinstance(value, list):
        walked = (_walk(part, change) for part in value)
        return [part for part in walked if part is not _GONE]
    if not isinstance(value, dict):
        return value
    inside = {key: _walk(part, change) for key, part in value.items()}
    return change(inside) if "t" in inside else inside


def _pictures(blocks: list[Block], name: str, found: Imported) -> list[Block]:
    """The document with its pictures under names of ours; what they show the author has to say."""

    def change(element: Block) -> Block:
        if element["t"] in {"BulletList", "OrderedList"}:
            _tighten(element)
        if element["t"] != "Image":
            return element
        number = len(found.pictures) + 1
        drawn = _drawn_anew(Path(element["c"][2][0]))
        if drawn is None:
            found.left_out.append("a picture in a form that browsers do not show")
            return _GONE
        file = f"{name}-{number}.png"
        found.pictures[file] = drawn
        alt = [{"t": "Str", "c": "replace-me:"}, {"t": "Space"}, {"t": "Str", "c": "what the picture shows"}]
        return {"t": "Image", "c": [["", [], []], alt, [file, ""]]}

    walked: list[Block] = _walk(blocks, change)
    return walked


def _tighten(element: Block) -> None:
    """Makes the items of a list follow each other without empty lines, as on our pages."""
    items = element["c"] if element["t"] == "BulletList" else element["c"][1]
    if all(
        [block["t"] for block in item if block["t"] not in {"BulletList", "OrderedList"}] == ["Para"]
        for item in items
    ):
        for item in items:
            for block in item:
                block["t"] = "Plain" if block["t"] == "Para" else block["t"]


def _drawn_anew(path: Path) -> bytes | None:
    """A picture's dots and nothing else, as PNG: no place, no camera, no name of who took it."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            upright = (ImageOps.exif_transpose(opened) or opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((_LARGEST, _LARGEST))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.quantize(256).save(out, "PNG", optimize=True)
    return out.getvalue()


def _in_our_headings(blocks: list[Block]) -> list[Block]:
    """The blocks under the two headings that notes have; other headings become smaller ones below them."""
    parts: dict[str, list[Block]] = {RAISED: [], AGREED: []}
    into, first = RAISED, True
    for block in _flat(blocks):
        words = _heading(block)
        if words is None:
            parts[into].append(block)
            first = False
            continue
        if first and len(parts[RAISED]) == 0 and not _AGREED.search(words):
            # The first heading is the title of the whole; the front matter has one.
            first = False
            continue
        if _AGREED.search(words):
            into = AGREED
        elif _RAISED.search(words):
            into = RAISED
        else:
            parts[into].append({"t": "Header", "c": [3, ["", [], []], _strings(words)]})
    found = []
    for heading, inside in parts.items():
        found += [{"t": "Header", "c": [2, ["", [], []], _strings(heading)]}, *(inside or [_paragraph(_NOTHING)])]
    return found


_NOTHING = "The write-up says nothing under this heading. replace-me: say whether there was nothing."


def _flat(blocks: list[Block]) -> Iterator[Block]:
    """The blocks of a document, without the divisions that Word's styles make."""
    for block in blocks:
        if block["t"] == "Div":
            yield from _flat(block["c"][1])
        elif block["t"] not in {"HorizontalRule", "RawBlock", "Null"}:
            yield block


def _heading(block: Block) -> str | None:
    """The words of a heading, or of a short line in bold, which is what many use for one."""
    if block["t"] == "Header":
        return _words(block["c"][2]) or None
    if block["t"] in {"Para", "Plain"}:
        inside = [part for part in block["c"] if part["t"] not in {"Space", "SoftBreak", "LineBreak"}]
        words = _words(block["c"]).rstrip(":")
        if inside and all(part["t"] in {"Strong", "Underline"} for part in inside) and len(words) <= 60:
            return words
    return None


def _words(inlines: Any) -> str:
    if isinstance(inlines, list):
        return re.sub(r"\s+", " ", "".join(_words(part) for part in inlines)).strip(" ") if inlines else ""
    if not isinstance(inlines, dict):
        return ""
    kind, inside = inlines["t"], inlines.get("c", "")
    if kind == "Str":
        return str(inside)
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if kind in {"Link", "Span", "Quoted"}:
        return _words(inside[1])
    return _words(inside) if isinstance(inside, list) else ""


def _strings(words: str) -> list[Block]:
    found: list[Block] = []
    for word in words.split():
        found += [{"t": "Space"}, {"t": "Str", "c": word}] if found else [{"t": "Str", "c": word}]
    return found


def _paragraph(words: str) -> Block:
    return {"t": "Para", "c": _strings(words)}


def _tidy(written: str) -> str:
    """What pandoc wrote, as our pages have it: no braces that a page may not hold, no signs for spaces."""
    # pandoc keeps two lists apart that follow each other; in Word they were one.
    text = re.sub(r"\n+&nbsp;\n+", "\n", written)
    # These Markdown leaves as they are when a stroke stands before them.
    text = re.sub(r"\\([<$@^~'\"])", lambda hit: "&lt;" if hit[1] == "<" else hit[1], text)
    text = text.replace("{{", "{ {").replace("}}", "} }").replace("{%", "{ %").replace("\u00a0", " ")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
