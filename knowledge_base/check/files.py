"""Files below ``docs/`` and ``data/``: their kinds, sizes and names, and what they would replace.

MkDocs publishes whatever stands in ``docs/``: it follows links out of the folder, and a file named like one of the
theme's takes its place. So there is a list of what may stand there, and nothing else does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from knowledge_base.catalogue import Catalogue
from knowledge_base.faults import Fault

PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
"""The kinds of pictures, by the ends of their names."""
_BEGINS = {".pdf": b"%PDF", ".docx": b"PK"}
MOST_BYTES = 2 * 1024 * 1024
"""Size of the largest document."""
MOST_PICTURE_BYTES = 500 * 1024
"""Size of the largest picture; on a phone outside the town it takes seconds."""
MOST_PIXELS = 2400
"""Length of a picture's longer side; more than that no screen of a reader shows."""

_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
# Windows cannot open files of these names, whatever stands behind the full stop.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}
# Below the site's root: what the theme and the build write there.
_TAKEN = {"404", "404.html", "assets", "build.json", "calendar.ics", "data", "downloads", "robots.txt", "search"}
_TAKEN |= {"sitemap", "sitemap.xml", "sitemap.xml.gz", "javascripts", "stylesheets", "feed_rss_created.xml"}
_EDITORS = re.compile(r"\.#.*|.*~|\..*\.sw[a-z]|\.DS_Store|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_ALLOWED = ", ".join((".md", *PICTURES, *_BEGINS))


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every file that may not stand where it does, or is not what its name says."""
    root = catalogue.root
    for base in ("docs", "data"):
        if (root / base).is_symlink():
            yield _link(base)
            continue
        for folder, folders, names in os.walk(root / base):
            shown = Path(folder).relative_to(root).as_posix()
            for name in sorted(folders):
                if (Path(folder) / name).is_symlink():
                    yield _link(f"{shown}/{name}")
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
            for name in [*folders, *sorted(names)]:
                path = Path(folder) / name
                if name in names and _EDITORS.fullmatch(name):
                    continue
                if path.is_symlink():
                    yield _link(f"{shown}/{name}")
                elif base == "docs":
                    yield from _in_docs(path, f"{shown}/{name}")


def _link(shown: str) -> Fault:
    message = "This is a link to a file or folder elsewhere."
    return Fault(shown, 1, 1, "KB702", message, "Put the file itself here, if it belongs on the site.")


def _in_docs(path: Path, shown: str) -> Iterator[Fault]:
    below = PurePosixPath(shown).relative_to("docs")
    stem = below.name.split(".")[0].lower()
    if len(below.parts) == 1 and (below.name.lower() in _TAKEN or (below.suffix == ".md" and stem in _TAKEN)):
        message = f"The site itself has something called '{below.name}' here."
        yield Fault(shown, 1, 1, "KB704", message, "Give it another name.")
    elif stem in _RESERVED:
        yield Fault(shown, 1, 1, "KB703", f"Windows cannot open '{below.name}'.", "Give it another name.")
    if path.is_dir():
        if path.with_name(f"{below.name}.md").is_file() and (path / "index.md").is_file():
            message = f"'{below.name}.md' and '{below.name}/index.md' would have the same address."
            yield Fault(f"{shown}/index.md", 1, 1, "KB703", message, "Rename one of them.")
        return
    if below.name == ".nav.yml" or below.suffix == ".md" or not path.is_file():
        return
    suffix = below.suffix.lower()
    if below.name.startswith("."):
        remedy = "Only .nav.yml begins with a full stop: correct the name, or take the file out."
        yield Fault(shown, 1, 1, "KB703", f"'{below.name}' is a hidden file, and is passed over.", remedy)
    elif suffix not in PICTURES and suffix not in _BEGINS:
        # An almost right name of a page is told by places.py.
        if ".md" not in below.name.lower() and suffix not in {".markdown", ".mdown", ".mkd", ".mkdn"}:
            message = f"Files of this kind ('{suffix or below.name}') may not stand in docs/."
            yield Fault(shown, 1, 1, "KB701", message, f"Allowed are: {_ALLOWED}.")
    else:
        if not _NAME.fullmatch(below.name):
            better = re.sub(r"[^a-z0-9]+", "-", below.stem.lower()).strip("-")
            remedy = f"Names become addresses: rename it to '{better}{suffix}' (small letters, digits, hyphens)."
            yield Fault(shown, 1, 1, "KB703", f"The name '{below.name}' makes a poor address.", remedy)
        yield from _content(path, shown, suffix)


def _content(path: Path, shown: str, suffix: str) -> Iterator[Fault]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begins = file.read(4)
    except OSError as error:
        remedy = "Put it back, or take it out."
        yield Fault(shown, 1, 1, "KB701", f"The file cannot be opened ({error.strerror}).", remedy)
        return
    if suffix in PICTURES:
        yield from picture(path, shown)
        return
    if not begins.startswith(_BEGINS[suffix]):
        remedy = f"Save it again as {suffix}, from the program that it was made with."
        yield Fault(shown, 1, 1, "KB701", f"This is no {suffix} file, whatever its name says.", remedy)
    if size > MOST_BYTES:
        message = f"The file has {_size(size)}; at most {_size(MOST_BYTES)} may stand here."
        yield Fault(shown, 1, 1, "KB705", message, "Make its pictures smaller, or split it.")


def picture(path: Path, shown: str) -> Iterator[Fault]:
    """What keeps a picture off the site: too large, or not what its name says."""
    size, suffix = path.stat().st_size, path.suffix.lower()
    if size > MOST_PICTURE_BYTES:
        message = f"The picture has {_size(size)}; at most {_size(MOST_PICTURE_BYTES)} may stand here."
        yield Fault(shown, 1, 1, "KB408", message, "Save it smaller: as .jpg or .webp, or with fewer pixels.")
    from PIL import Image, UnidentifiedImageError  # here: many a site has no picture, and it takes a while to load

    try:
        # Reads the head only: no pixel is unpacked.
        with Image.open(path, formats=sorted(set(PICTURES.values()))) as picture:
            kind, sides = picture.format, picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        remedy = "Save it again as .png, .jpg or .webp."
        yield Fault(shown, 1, 1, "KB701", "This is no picture that a browser can show.", remedy)
        return
    if kind != PICTURES[suffix]:
        remedy = f"Rename it, or save it again as {suffix}."
        yield Fault(shown, 1, 1, "KB701", f"This picture is of the kind {kind}, and its name says {suffix}.", remedy)
    if max(sides) > MOST_PIXELS:
        message = f"The picture is {sides[0]} by {sides[1]} pixels; at most {MOST_PIXELS} may be a side."
        yield Fault(shown, 1, 1, "KB408", message, "Save it with fewer pixels.")


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{size // 1024} KB"
