"""Pictures on pages: each says in words what it shows. What kind of file it may be, files.py knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue
from knowledge_base.check.outline import source, tree, written
from knowledge_base.faults import Fault

_FILE_NAME = re.compile(
    r"\S+\.(?:png|jpe?g|webp|gif|svg|bmp|tiff?)|(?:img|dsc|image|screenshot)[\W_]*\d+", re.IGNORECASE
)
_NO_WORDS = {
    "image",
    "picture",
    "photo",
    "photograph",
    "screenshot",
    "graphic",
    "logo",
    "icon",
    "untitled",
    "alt text",
}
_ANNOUNCED = re.compile(r"(?:an? )?(?:image|picture|photo|photograph|graphic) (?:of|showing)\b", re.IGNORECASE)


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every picture without a description, or with one that does not describe it."""
    for page in catalogue.pages.values():
        if "![" not in page.source.body and "<img" not in page.source.body.lower():
            continue
        where = source(page)
        for picture in tree(written(catalogue, page)).iter("img"):
            said = " ".join((picture.get("alt") or "").split())
            if not said:
                message = "This picture has no description."
            elif _FILE_NAME.fullmatch(said) or said.casefold() in _NO_WORDS:
                message = f"'{said}' does not describe the picture."
            elif _ANNOUNCED.match(said):
                message = f"'{said.split()[0]} …' is said by every screen reader already."
            else:
                continue
            spots = where.addresses.get(str(picture.get("src")), [])
            place = where.place(spots[0][1]) if spots else where.find(r"!\[|<img\b")[0]
            for tag, offset in spots:
                # Of several places with this picture, those with this description.
                if tag or where.text[:offset].rpartition("[")[2].strip() == (picture.get("alt") or "").strip():
                    place = where.place(offset)
                    break
            remedy = "Write between the square brackets what it shows, for somebody who cannot see it."
            yield Fault(f"docs/{page.path}", *place, "KB407", message, remedy)
