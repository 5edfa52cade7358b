"""The text inside documents and pictures: what is seen, and what nobody sees who only looks at them."""

from __future__ import annotations

import io
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
        raise UnreadableError(_ATTACHED)
    told = {text for _, text in inside.texts}
    for text in _pdf_strings(root):
        if text not in told:
            inside.says("its fields, headings or notes", text)


_ATTACHED = "other files are attached inside it"
_MOST_OBJECTS = 500_000
_UNSEEN = {"/M", "/CreationDate", "/ModDate", "/ID", "/P", "/Prev", "/Panose", "/CharSet"}


def _pdf_strings(root: Any) -> Iterator[Any]:
    """Every string that can be reached from a document's root: values of fields, bookmarks, what pictures show."""
    from pypdf.generic import ByteStringObject, IndirectObject, TextStringObject

    seen: set[tuple[int, int]] = set()
    waiting = [root]
    count = 0
    while waiting:
        thing = waiting.pop()
        count += 1
        if count > _MOST_OBJECTS:
            raise UnreadableError("its parts are too many")
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        if isinstance(thing, TextStringObject | ByteStringObject):
            yield thing
        elif isinstance(thing, dict):
            waiting += [value for key, value in dict.items(thing) if key not in _UNSEEN]
        elif isinstance(thing, list):
            waiting += list.__iter__(thing)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORD_TEXTS = {f"{_W}{name}" for name in ("t", "delText", "instrText", "delInstrText")}
_PLACES = {"comments": "a comment", "footnotes": "a footnote", "endnotes": "an endnote", "header": "a header"}


def _word(file: IO[bytes], inside: Inside) -> None:
    import docx

    if sum(entry.file_size for entry in zipfile.ZipFile(file).infolist()) > 5 * MAX_BYTES:
        raise UnreadableError("its parts are too large")
    docx.Document(file)  # of all that a zip may be, only what Word opens
    with zipfile.ZipFile(file) as package:
        for entry in package.namelist():
            name = Path(entry)
            if "embeddings" in name.parts or name.suffix.lower() in _INSERTED:
                raise UnreadableError(_ATTACHED)
            if name.suffix.lower() in PICTURES:
                _picture(io.BytesIO(package.read(entry)), inside)
            elif name.suffix == ".rels":
                for link in _tree(package.read(entry)):
                    if link.get("TargetMode") == "External":
                        inside.says("a link", link.get("Target"))
            elif name.suffix == ".xml" and entry != "[Content_Types].xml":
                where = next((words for begin, words in _PLACES.items() if name.stem.startswith(begin)), "its text")
                _word_part(_tree(package.read(entry)), name.stem, where, inside)


_INSERTED = {".htm", ".html", ".mht", ".rtf", ".docx", ".txt"}


def _word_part(tree: Any, name: str, where: str, inside: Inside) -> None:
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            attribute = etree.QName(key).localname
            if attribute == "author":
                inside.by(value, "a comment or a tracked change")
            elif attribute in {"descr", "title", "userId"}:
                inside.says("what is said of a picture" if attribute != "userId" else _PROPERTIES, value)
    if name in {"core", "app", "custom"}:
        for element in tree.iter(etree.Element):
            tag = etree.QName(element).localname
            if tag in {"creator", "lastModifiedBy", "Manager"}:
                inside.by(element.text, _PROPERTIES)
            elif tag not in {"created", "modified", "Application", "AppVersion", "Template"}:
                inside.says(_PROPERTIES, element.text)
        return
    for paragraph in tree.iter(f"{_W}p", f"{_DRAWN}p"):
        words = [
            " " if e.tag in {f"{_W}tab", f"{_W}br"} else e.text or "" for e in paragraph.iter() if e.tag in _SEEN
        ]
        inside.says(where, "".join(words))
    if not tree.tag.startswith((_W, _DRAWN)):
        inside.says(where, "\n".join(tree.itertext()))


_SEEN = {*_WORD_TEXTS, f"{_DRAWN}t", f"{_W}tab", f"{_W}br"}


def _tree(source: bytes) -> Any:
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))


_DIRECTORIES = (0x8769, 0xA005)
_GPS = 0x8825
_MAKERS = {0x013B, 0x8298, 0x9C9D, 0xA430, 0xA431, 0xC62F}  # artist, copyright, author, owner, serial numbers
_COMPUTER = 0x013C  # "Jo's telephone" names somebody, a model's name does not
_DESCRIPTIONS = {0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F, 0x010D}


def _picture(file: IO[bytes], inside: Inside) -> None:
    from PIL import Image, IptcImagePlugin

    _after(file.read(), inside)
    file.seek(0)
    with Image.open(file) as picture:
        if picture.width * picture.height <= MAX_PIXELS:
            picture.load()  # what a PNG says may stand behind its picture
        exif = picture.getexif()
        if exif.get_ifd(_GPS):
            inside.left.append((PLACE, _PROPERTIES))
        for tags in (exif, *(exif.get_ifd(directory) for directory in _DIRECTORIES)):
            for tag, value in tags.items():
                if tag in _MAKERS or (tag == _COMPUTER and re.search("['’]s ", _words(value))):
                    inside.by(_words(value), _PROPERTIES)
                elif tag in _DESCRIPTIONS or isinstance(value, str):
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


def _after(source: bytes, inside: Inside) -> None:
    """What stands behind the end of a picture, where no program shows it."""
    ends = {b"\xff\xd8": b"\xff\xd9", b"\x89PNG": b"IEND\xaeB`\x82"}
    end = next((end for begin, end in ends.items() if source.startswith(begin)), b"")
    place = source.rfind(end) + len(end) if end else len(source)
    inside.says("the bytes behind its end", b"\n".join(_PRINTED.findall(source, place)).decode("ascii"))


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
    for key, value in re.findall(r"\s([\w:]+)=\"([^\"]*)\"", text):
        if not re.search(r"^(?:xmlns|rdf|xml|x):|(?:id|date|version|creator|owner\w*)$", key, re.IGNORECASE):
            inside.says(_PROPERTIES, value)


def _xmp_names(text: str) -> Iterator[str]:
    for block in re.findall(r"<(?:dc:creator|photoshop:AuthorsPosition|xmpRights:Owner)>(.*?)</", text, re.DOTALL):
        yield re.sub(r"<[^<>]*>", " ", block).strip()
    yield from re.findall(r"(?:dc:creator|aux:OwnerName|exifEX:CameraOwnerName)=\"([^\"]*)\"", text)
