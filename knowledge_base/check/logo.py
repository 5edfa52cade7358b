"""The host's logo: it is there, small, and holds nothing but a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from knowledge_base.catalogue import Catalogue
from knowledge_base.check import files
from knowledge_base.faults import Fault, did_you_mean

FOLDER = "data/local"
"""Where a host's pictures stand."""
MOST_BYTES = 50 * 1024
"""Size of the largest logo: every page shows it."""

_SVG = "{http://www.w3.org/2000/svg}"
_REMEDY = "Save it as a plain SVG, without scripts, pictures or links inside; or use a .png."
_ELEMENTS = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan style linearGradient "
    "radialGradient stop clipPath mask pattern".split()
)
# What a style may not do in a drawing: fetch something. A place in the drawing itself (url(#a)) it may name.
_FETCHES = re.compile(r"@import|url\(\s*['\"]?(?!#)|\\", re.IGNORECASE)


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Whatever keeps the logo off the site."""
    name, document = catalogue.local.logo, catalogue.data.documents.get("local")
    if name is None or document is None:
        return
    shown, path = f"{FOLDER}/{name}", catalogue.root / FOLDER / name
    if path.is_symlink() or path.parent.is_symlink():
        return  # told by files.py, and not followed
    if not path.is_file():
        there = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        remedy = did_you_mean(name, there) if there else f"Put the picture into the folder {FOLDER}/."
        place = document.place(("local", "logo"))
        yield Fault("data/local.yml", *place, "KB115", f"There is no picture '{shown}'.", remedy)
        return
    size = path.stat().st_size
    if size > MOST_BYTES:
        message = f"The logo has {size // 1024} KB; at most {MOST_BYTES // 1024} KB may stand on every page."
        yield Fault(shown, 1, 1, "KB408", message, "Save it smaller, with fewer pixels or fewer details.")
    elif path.suffix == ".svg":
        yield from _drawing(path, shown)
    else:
        yield from files.picture(path, shown)


def _drawing(path: Path, shown: str) -> Iterator[Fault]:
    """What in an SVG is more than a drawing. An <img> would not run it; who opens the file itself would."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        source = path.read_bytes()
        root: Any = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError, OSError):
        root = None
    if root is None or root.tag != f"{_SVG}svg":
        yield Fault(shown, 1, 1, "KB701", "This is no drawing that a browser can show.", _REMEDY)
        return
    if b"<!ENTITY" in source:
        yield Fault(shown, 1, 1, "KB701", "The drawing defines words of its own (<!ENTITY>).", _REMEDY)
    for node in root.iter():
        for message in _wrong(node):
            yield Fault(shown, int(node.sourceline or 1), 1, "KB701", message, _REMEDY)


def _wrong(node: Any) -> Iterator[str]:
    if not isinstance(node.tag, str):
        yield "The drawing holds instructions for programs."
        return
    if node.tag.removeprefix(_SVG) not in _ELEMENTS:
        yield f"The drawing holds '<{etree.QName(node).localname}>', which may not stand in a logo."
        return
    if node.tag == f"{_SVG}style" and _FETCHES.search("".join(node.itertext())):
        yield "A style of the drawing fetches something."
    for key, value in node.attrib.items():
        name = etree.QName(key).localname
        if name.lower().startswith("on"):
            yield f"The drawing would run something ('{name}')."
        elif name == "href" and not value.startswith("#"):
            yield "The drawing leads to something outside it."
        elif _FETCHES.search(value):
            yield f"The drawing fetches something ('{name}')."
