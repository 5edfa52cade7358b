"""Files and folders: names that make good addresses, pages where their kind belongs, and what navigation names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from knowledge_base import strict_yaml
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import Fault, did_you_mean

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ALMOST_PAGES = {".markdown", ".mdown", ".mkd", ".mkdn"}


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every misplaced or misnamed file, and every name of a page in front matter or navigation that leads nowhere."""
    for page in catalogue.pages.values():
        yield from _names(page)
        yield from _agrees_with_its_place(catalogue, page)
        yield from _related(catalogue, page)
    docs = catalogue.root / "docs"
    for path in sorted(docs.rglob("*")):
        if path.suffix.lower() in _ALMOST_PAGES or (path.suffix.lower() == ".md" and path.suffix != ".md"):
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
    # By their files: a session whose front matter has a fault is there all the same.
    known = {PurePosixPath(path).stem for path, other in catalogue.pages.items() if other.source.kind == "session"}
    if notes.session not in known:
        message = f"There is no session '{notes.session}'."
        yield _fault(page, message, did_you_mean(notes.session, known), "KB115", _line(page, "session"))
    wanted = f"{notes.session}-{notes.set}" if notes.set else notes.session
    if stem != wanted:
        remedy = f"Rename it to '{wanted}.md', or correct 'session' and 'set'."
        yield _fault(page, f"The name '{stem}.md' does not say which session the notes are of.", remedy)


def _related(catalogue: Catalogue, page: Page) -> Iterator[Fault]:
    for other in page.source.matter.related if page.source.matter else []:
        if other not in catalogue.pages:
            message = f"There is no page 'docs/{other}'."
            yield _fault(page, message, did_you_mean(other, catalogue.pages), "KB115", _line(page, other))


def _line(page: Page, words: str) -> int:
    """The line of the front matter on which a key or a value stands."""
    for number, line in enumerate(page.source.front.split("\n"), 2):
        if line.startswith(f"{words}:") or (":" not in words and words in line):
            return number
    return 1


def _navigation(root: Path, path: Path) -> Iterator[Fault]:
    """The names in a ``.nav.yml`` that lead nowhere."""
    shown = path.relative_to(root).as_posix()
    text, faults = strict_yaml.decode(path.read_bytes(), shown)
    document, found = strict_yaml.read(text, shown) if text is not None else (None, [])
    yield from [*faults, *found]
    entries = document.data.get("nav") if document is not None and isinstance(document.data, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        # A mapping is a title with its file, or a pattern with options ({glob: "*", ignore_no_matches: true}).
        names = [entry] if isinstance(entry, str) else list(entry.values()) if len(entry or ()) == 1 else []
        for name in names:
            if not isinstance(name, str) or "*" in name or "://" in name or (path.parent / name).exists():
                continue
            there = [other.name for other in path.parent.iterdir() if not other.name.startswith(".")]
            message = f"There is no '{name}' in this folder."
            place = document.place(("nav", index)) if document is not None else (1, 1)
            yield Fault(shown, *place, "KB115", message, did_you_mean(name, there))
