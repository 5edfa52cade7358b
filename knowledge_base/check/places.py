"""Files and folders: names that make good addresses, pages where their kind belongs, and what navigation names."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from knowledge_base import strict_yaml
from knowledge_base.catalogue import Catalogue, Page, page_files
from knowledge_base.faults import Fault, did_you_mean
from knowledge_base.render.reading import minutes

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ALMOST_PAGES = {".markdown", ".mdown", ".mkd", ".mkdn"}
# What mkdocs-awesome-nav reads; it passes over other keys without a word.
_NAV_KEYS = (
    "append_unmatched flatten_single_child_sections hide ignore nav preserve_directory_names sort title"
    " use_index_title"
).split()


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every misplaced or misnamed file, and every name of a page in front matter or navigation that leads nowhere."""
    for page in catalogue.pages.values():
        yield from _names(page)
        yield from _agrees_with_its_place(catalogue, page)
        yield from _related(catalogue, page)
        yield from _readings(catalogue, page)
    docs = catalogue.root / "docs"
    for path in sorted(docs.rglob("*")):
        almost = path.suffix.lower() in _ALMOST_PAGES or ".md" in (suffix.lower() for suffix in path.suffixes)
        if almost and path.suffix != ".md" and path.is_file():
            shown = path.relative_to(catalogue.root).as_posix()
            yield Fault(shown, 1, 1, "KB203", f"'{path.name}' does not end in .md.", "Rename the file.")
    for path in sorted(docs.rglob(".nav.yml")):
        yield from _navigation(catalogue.root, path)


def _fault(page: Page, message: str, remedy: str, code: str = "KB203", line: int = 1, column: int = 1) -> Fault:
    return Fault(f"docs/{page.path}", line, column, code, message, remedy)


def _names(page: Page) -> Iterator[Fault]:
    for part in PurePosixPath(page.path).with_suffix("").parts:
        if not _NAME.fullmatch(part):
            better = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")
            remedy = f"Names become addresses: rename it to '{better}' (small letters, digits, hyphens)."
            yield _fault(page, f"The name '{part}' makes a poor address.", remedy)


def _agrees_with_its_place(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    stem, folder = PurePosixPath(page.path).stem, PurePosixPath(page.path).parent.name
    session, notes = page.session, page.notes
    if session is not None and session.id != stem:
        remedy = f"Write 'id: {stem}', or rename the file to '{session.id}.md'."
        yield _fault(page, f"The id '{session.id}' is not the file's name.", remedy, line=_line(page, "id"))
    if notes is None:
        return
    if notes.cohort != folder:
        remedy = f"Write 'cohort: {folder}', or move the file to notes/{notes.cohort}/."
        yield _fault(
            page, f"The cohort '{notes.cohort}' is not the folder's name.", remedy, line=_line(page, "cohort")
        )
    if notes.session not in catalogue.session_ids:
        message = f"There is no session '{notes.session}'."
        remedy = did_you_mean(notes.session, catalogue.session_ids)
        yield _fault(page, message, remedy, "KB115", _line(page, "session"))
        return
    programme = catalogue.programme
    sets = [one.id for one in programme.sets] if programme and programme.cohort == notes.cohort else []
    if notes.set and sets and notes.set not in sets:
        remedy = did_you_mean(notes.set, sets)
        line = _line(page, "set")
        yield _fault(page, f"There was no set '{notes.set}' in {notes.cohort}.", remedy, "KB115", line)
        return
    wanted = f"{notes.session}-{notes.set}" if notes.set else notes.session
    if stem != wanted:
        remedy = f"Rename it to '{wanted}.md', or correct 'session' and 'set'."
        # Where the name says the session, it is the set that differs.
        key = "set" if notes.set and stem.startswith(notes.session) else "session"
        message = f"The name '{stem}.md' does not say which session the notes are of."
        yield _fault(page, message, remedy, line=_line(page, key))


def _related(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    related = page.source.matter.related if page.source.matter else []
    for index, other in enumerate(related):
        if other not in catalogue.pages and other not in page_files(catalogue.root):
            message = f"There is no page 'docs/{other}'."
            line, column = page.source.place("related", index)
            yield _fault(page, message, did_you_mean(other, catalogue.pages), "KB115", line, column)
        elif other == page.path or other in related[:index]:
            line, column = page.source.place("related", index)
            message = "The page itself is no related page." if other == page.path else f"'{other}' stands here twice."
            yield _fault(page, message, "Take it out.", "KB113", line, column)


def _readings(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    """The essential readings of a session that do not exist, or that nobody reads through."""
    route = page.session.catch_up if page.session else None
    works = catalogue.data.ids.get("references")
    for reading in route.readings if route else []:
        name = reading.page or reading.reference or ""
        line = _line_with(page, name)
        if reading.reference and works is not None and name not in works:
            yield _fault(page, f"There is no reference '{name}'.", did_you_mean(name, works), "KB115", line)
        elif reading.page and name not in catalogue.pages and name not in page_files(catalogue.root):
            yield _fault(page, f"There is no page 'docs/{name}'.", did_you_mean(name, catalogue.pages), "KB115", line)
        elif reading.page == page.path:
            yield _fault(page, "The page itself is in every route.", "Take this reading out.", "KB115", line)
        elif name in catalogue.pages and minutes(catalogue, catalogue.pages[name]) is None:
            message = f"'docs/{name}' is a list to look things up in."
            yield _fault(page, message, "Name a page that is read from beginning to end.", "KB115", line)


def _line_with(page: Page, text: str) -> int:
    """The line of the front matter on which a text stands last: `related` may name the same page above."""
    lines = page.source.front.split("\n")
    return max((number for number, line in enumerate(lines, 2) if text in line), default=1)


def _line(page: Page, key: str) -> int:
    """The line of the front matter on which a key stands."""
    lines = page.source.front.split("\n")
    return next((number for number, line in enumerate(lines, 2) if re.match(rf"['\"]?{key}['\"]?\s*:", line)), 1)


def _navigation(root: Path, path: Path) -> Iterator[Fault]:
    """The names in a ``.nav.yml`` that lead nowhere."""
    shown = path.relative_to(root).as_posix()
    text, faults = strict_yaml.decode(path.read_bytes(), shown)
    document, found = strict_yaml.read(text, shown) if text is not None else (None, [])
    yield from [*faults, *found]
    if document is None or document.data is None:
        return
    keys = document.data if isinstance(document.data, dict) else {"": None}
    for key in keys:
        if key not in _NAV_KEYS:
            message = f"The key '{key}' is not known here." if key else "There are no keys here."
            remedy = did_you_mean(key, _NAV_KEYS) if key else "Begin with 'nav:', and put the list below it."
            yield Fault(shown, *document.place((key,), key=True), "KB111", message, remedy)
    if not _is_plain(keys.get("title")):
        yield Fault(shown, *document.place(("title",)), "KB113", *_NOT_PLAIN)
    if "nav" in keys:
        wrong = list(_entries(shown, path.parent, document, ("nav",), keys["nav"]))
        yield from wrong
        # A page that the list misnames is told there.
        if not wrong and not found and not {"append_unmatched", "ignore"} & set(keys):
            yield from _left_out(root, path, list(_patterns(keys["nav"])))


def _patterns(entries: Any) -> Iterator[str]:
    """The names and patterns in a list of the navigation, and in the lists inside it."""
    for entry in entries if isinstance(entries, list) else []:
        inside = entry.values() if isinstance(entry, dict) else [entry]
        for value in inside:
            yield from [value] if isinstance(value, str) else _patterns(value)


def _left_out(root: Path, path: Path, patterns: list[str]) -> Iterator[Fault]:
    """The pages beside a ``.nav.yml`` that its list does not name, so that no reader would come to them."""
    for child in sorted(path.parent.iterdir()):
        is_page = child.suffix == ".md" or (child.is_dir() and any(child.rglob("*.md")))
        if is_page and not child.name.startswith(".") and not _matches(child.name, patterns):
            remedy = f"Name it in {path.relative_to(root).as_posix()}, or end the list there with '*'."
            shown = child.relative_to(root).as_posix()
            yield Fault(shown, 1, 1, "KB203", "The navigation leaves this out.", remedy)


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern.split("/")[0]) for pattern in patterns)


# The theme writes titles into every page as they are, and the macros plugin would render braces in them.
_NOT_PLAIN = ("A title in the navigation is plain text.", "Take <, >, {, } and double quotes out of it.")


def _is_plain(title: Any) -> bool:
    return title is None or (isinstance(title, str) and not re.search(r'[<>{}"]', title))


def _entries(
    shown: str, folder: Path, document: strict_yaml.Document, at: strict_yaml.Path, entries: Any
) -> Iterator[Fault]:
    """What is wrong with a list of the navigation, and the names in it that lead nowhere."""
    if not isinstance(entries, list):
        remedy = "Write one name a line, each beginning with '- '."
        yield Fault(shown, *document.place(at), "KB113", "The navigation has to be a list.", remedy)
        return
    for index, entry in enumerate(entries):
        place = document.place((*at, index))
        if isinstance(entry, dict) and "glob" in entry:
            continue  # a pattern with options: {glob: "*", ignore_no_matches: true}
        # A mapping is a title with its file, or with a list of its own.
        title, name = next(iter(entry.items())) if isinstance(entry, dict) and len(entry) == 1 else (None, entry)
        if not _is_plain(title):
            yield Fault(shown, *place, "KB113", *_NOT_PLAIN)
        elif isinstance(name, str) and "://" in name and not name.startswith(("http://", "https://")):
            yield Fault(shown, *place, "KB403", f"'{name}' is not an address to link to.", "Write it with https://.")
        elif title and isinstance(name, list):
            yield from _entries(shown, folder, document, (*at, index, title), name)
        elif not isinstance(name, str) or not name:
            remedy = "Write the name of a file or folder, or 'Title: name'."
            yield Fault(shown, *place, "KB113", "This is no entry of the navigation.", remedy)
        elif name in [entry if isinstance(entry, str) else None for entry in entries[:index]]:
            yield Fault(shown, *place, "KB114", f"'{name}' stands here a second time.", "Keep one of the two.")
        elif "*" not in name and "://" not in name and not os.path.exists(folder / name):
            there = [other.name for other in folder.iterdir() if not other.name.startswith(".")]
            yield Fault(shown, *place, "KB115", f"There is no '{name}' in this folder.", did_you_mean(name, there))
