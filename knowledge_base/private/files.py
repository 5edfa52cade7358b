"""The text inside documents and pictures: what is seen, and what nobody sees who only looks at them."""

from __future__ import annotations

import logging
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lxml import etree

from knowledge_base.private.patterns import is_role

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".avif", ".bmp"}
DOCUMENTS = {".pdf", ".docx", *PICTURES}
"""The kinds of files that can be looked into, by how their names end."""

MAX_PIXELS = 50_000_000
MAX_BYTES = 20 * 1024 * 1024
"""Size of the largest file that is looked into; its parts may come to five times as much."""

AUTHOR = "author in a file"
PLACE = "place where a picture was taken"


class UnreadableError(Exception):
    """A file that cannot be looked into; its words say why, as the end of a sentence."""


@dataclass
class Inside:
    """What a file holds.

    Attributes:
        texts: where each text stands (``page 3``) and the text.
        left: kinds of what word processors and cameras leave behind, each with where it stands.
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)

    def by(self, name: object, where: str) -> None:
        """Takes down who is named as the author of a thing, unless that is a role or a program."""
        text = str(name or "").strip("\x00 ;")
        if text and not is_role(text) and text.casefold() not in _NOBODY:
            self.left.append((AUTHOR, where))

    def says(self, where: str, text: object) -> None:
        """Takes down a text."""
        if isinstance(text, bytes):
            text = text.decode("utf-16-le" if text[1:2] == b"\x00" else "utf-8", errors="replace")
        if text is not None and str(text).strip("\x00 \n"):
            self.texts.append((where, str(text).replace("\x00", "")))


_NOBODY = {"python-docx", "microsoft office user", "user", "author", "windows user", "unknown", "anonymous"}
_PROPERTIES = "its properties"
_PRINTED = re.compile(rb"[\x20-\x7e]{6,}")


def look(path: Path) -> Inside:
    """What a document or a picture holds.

    Raises:
        UnreadableError: it is damaged, locked or too large.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError(f"it has more than {MAX_BYTES // 1024 // 1024} MB")
    inside = Inside()
    reader = {".pdf": _pdf, ".docx": _word}.get(path.suffix.lower(), _picture)
    with path.open("rb") as file, warnings.catch_warnings():
        # The libraries warn of what is odd in a file; here it can be read, or it cannot.
        warnings.simplefilter("ignore")
        try:
            reader(file, inside)
        except UnreadableError:
            raise
        except Exception as error:  # whatever these libraries meet in a damaged file
            if reader is _picture:
                # Nothing shows it, and the rules for pictures tell of it; but its bytes are published.
                return Inside([("its bytes", b"\n".join(_PRINTED.findall(path.read_bytes())).decode("ascii"))])
            raise UnreadableError("it is damaged, or not what its name says") from error
    return inside


def _pdf(file: IO[bytes], inside: Inside) -> None:
    import pypdf

    # It tells the terminal of each oddity in a file; an author is told in one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(file)
    if reader.is_encrypted:
        raise UnreadableError("it is locked")
    for number, page in enumerate(reader.pages, 1):
        inside.says(f"page {number}", page.extract_text())
        for note in page.get("/Annots") or []:
            entry: Any = note.get_object()
            for key in ("/Contents", "/V", "/TU"):
                inside.says(f"a note or field on page {number}", entry.get(key))
            if "/T" in entry and "/FT" not in entry:  # of a field it is the name
                inside.by(entry["/T"], f"a note on page {number}")
            inside.says(f"a link on page {number}", (entry.get("/A") or {}).get("/URI"))
    for key, value in (reader.metadata or {}).items():
        if key == "/Author":
            inside.by(value, _PROPERTIES)
        elif key not in {"/CreationDate", "/ModDate", "/Producer", "/Creator"}:
            inside.says(_PROPERTIES, value)
    root: Any = reader.trailer["/Root"]
    if "/Metadata" in root:
        _xmp(root["/Metadata"].get_object().get_data(), inside)
    if reader.attachments:
        raise UnreadableError("other files are attached inside it")


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_TEXTS = {f"{_W}{name}" for name in ("t", "delText", "instrText", "delInstrText")}
_PLACES = {"comments": "a comment", "footnotes": "a footnote", "endnotes": "an endnote", "header": "a header"}


def _word(file: IO[bytes], inside: Inside) -> None:
    import docx

    if sum(entry.file_size for entry in zipfile.ZipFile(file).infolist()) > 5 * MAX_BYTES:
        raise UnreadableError("its parts are too large")
    document = docx.Document(file)
    for part in document.part.package.iter_parts():
        name = Path(str(part.partname))
        if name.suffix.lower() in PICTURES:
            import io

            _picture(io.BytesIO(part.blob), inside)
        elif name.suffix == ".xml":
            where = next((words for begin, words in _PLACES.items() if name.stem.startswith(begin)), "its text")
            _word_part(_tree(part.blob), name.stem, where, inside)


def _word_part(tree: Any, name: str, where: str, inside: Inside) -> None:
    for element in tree.iter():
        if element.get(f"{_W}author"):
            inside.by(element.get(f"{_W}author"), "a comment or a tracked change")
    if name in {"core", "app", "custom"}:
        for element in tree.iter(etree.Element):
            tag = etree.QName(element).localname
            if tag in {"creator", "lastModifiedBy", "Manager"}:
                inside.by(element.text, _PROPERTIES)
            elif tag not in {"created", "modified", "Application", "AppVersion", "Template"}:
                inside.says(_PROPERTIES, element.text)
        return
    for paragraph in tree.iter(f"{_W}p"):
        words = [
            " " if e.tag in {f"{_W}tab", f"{_W}br"} else e.text or "" for e in paragraph.iter() if e.tag in _SEEN
        ]
        inside.says(where, "".join(words))


_SEEN = {*_WORD_TEXTS, f"{_W}tab", f"{_W}br"}


def _tree(source: bytes) -> Any:
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))


_DIRECTORIES = (0x8769, 0xA005)
_GPS = 0x8825
_MAKERS = {0x013B, 0x8298, 0x9C9D, 0xA430, 0xA431, 0xC62F}  # artist, copyright, author, owner, serial numbers
_DESCRIPTIONS = {0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F, 0x010D}


def _picture(file: IO[bytes], inside: Inside) -> None:
    from PIL import Image, IptcImagePlugin

    with Image.open(file) as picture:
        if picture.width * picture.height <= MAX_PIXELS:
            picture.load()  # what a PNG says may stand behind its picture
        exif = picture.getexif()
        if exif.get_ifd(_GPS):
            inside.left.append((PLACE, _PROPERTIES))
        for tags in (exif, *(exif.get_ifd(directory) for directory in _DIRECTORIES)):
            for tag, value in tags.items():
                if tag in _MAKERS:
                    inside.by(_words(value), _PROPERTIES)
                elif tag in _DESCRIPTIONS:
                    inside.says(_PROPERTIES, value)
        for key, value in picture.info.items():
            name = str(key).casefold()
            if "xmp" in name:
                _xmp(value if isinstance(value, bytes) else str(value).encode(), inside)
            elif name in {"author", "artist", "creator", "copyright"}:
                inside.by(_words(value), _PROPERTIES)
            elif name not in {"exif", "icc_profile", "photoshop"} and isinstance(value, str | bytes):
                inside.says(_PROPERTIES, value)
        press: Any = IptcImagePlugin.getiptcinfo(picture) or {}
        for field_of, told in press.items():
            for entry in told if isinstance(told, list) else [told]:
                if field_of in {(2, 80), (2, 110), (2, 116), (2, 122)}:
                    inside.by(_words(entry), _PROPERTIES)
                elif field_of[0] == 2:
                    inside.says(_PROPERTIES, entry)


def _words(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16-le" if value[1:2] == b"\x00" else "utf-8", errors="replace")
    return str(value)


def _xmp(source: bytes, inside: Inside) -> None:
    """Adobe's properties, which PDF and pictures may hold."""
    text = source.decode("utf-8", errors="replace")
    if re.search(r"GPSL(?:ongi|ati)tude", text):
        inside.left.append((PLACE, _PROPERTIES))
    for name in _xmp_names(text):
        inside.by(name, _PROPERTIES)
    inside.says(_PROPERTIES, re.sub(r"<[^<>]*>", "\n", re.sub(r"https?://\S+|[\w:]+=\"[^\"]*\"", " ", text)))


def _xmp_names(text: str) -> Iterator[str]:
    for block in re.findall(r"<(?:dc:creator|photoshop:AuthorsPosition|xmpRights:Owner)>(.*?)</", text, re.DOTALL):
        yield re.sub(r"<[^<>]*>", " ", block).strip()
    yield from re.findall(r"(?:dc:creator|aux:OwnerName|exifEX:CameraOwnerName)=\"([^\"]*)\"", text)
