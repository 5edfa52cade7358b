"""The loaded whole: data and pages together, with what follows from both (who cites what, what comes next).

Loaded once for a build. Look-ups raise :class:`~knowledge_base.faults.UnknownNameError` with the nearest known names.
"""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import cast

from knowledge_base import model
from knowledge_base.calls import Call, pieces_around, read_calls, read_pieces
from knowledge_base.faults import AuthorError, Fault, UnknownNameError
from knowledge_base.load import Data, PageSource, load_data, load_page

MOST_RELATED = 6
"""Pages shown at the end of another."""
_KINDS_OF_SESSION = ("launch", "set", "mentors")


@dataclass(frozen=True, eq=False)
class Page:
    """A page and what it calls for. Two pages are the same only if they are one object.

    Attributes:
        source: the page as it stands in its file.
        calls: its macro calls, in the order of the page.
        refused: whether something in braces could not be read, or may not stand there; then it is not drawn.
    """

    source: PageSource
    calls: tuple[Call, ...]
    refused: bool = False

    @property
    def pieces(self) -> Sequence[str | Call]:
        """Its words and its macro calls, in turn; cut when asked for, so that no words are held twice."""
        if self.calls and self.calls[0].span is not None:
            return pieces_around(self.calls, self.source.body)
        return read_pieces(self.source.body, self.path, self.source.body_line)[0]

    @property
    def path(self) -> str:
        """Below ``docs/``: ``sessions/als-1.md``."""
        return self.source.path

    @property
    def title(self) -> str:
        """From its front matter; the path where that has a fault."""
        return self.source.matter.title if self.source.matter else self.path

    @property
    def address(self) -> str:
        """Below the site's own address: ``sessions/als-1/``; empty for the home page."""
        path = PurePosixPath(self.path).with_suffix("")
        found = (path.parent if path.name == "index" else path).as_posix()
        return "" if found == "." else f"{found}/"

    @property
    def is_index(self) -> bool:
        """Whether it is the first page of its folder; ``toolkit/risk-index.md`` is none."""
        return PurePosixPath(self.path).name == "index.md"

    @property
    def session(self) -> model.SessionMatter | None:
        """Its front matter, if it is a session."""
        return self.source.matter if isinstance(self.source.matter, model.SessionMatter) else None

    @property
    def notes(self) -> model.NotesMatter | None:
        """Its front matter, if it is notes."""
        return self.source.matter if isinstance(self.source.matter, model.NotesMatter) else None

    @property
    def tool(self) -> model.ToolMatter | None:
        """Its front matter, if it is a tool."""
        return self.source.matter if isinstance(self.source.matter, model.ToolMatter) else None


@dataclass(eq=False)
class Catalogue:
    """Everything that the site knows; never changed once it is loaded, but for what is remembered of drawing it.

    Attributes:
        root: the project's folder.
        data: what ``data/`` holds.
        pages: every page that could be read, by its path below ``docs/``.
        faults: what is wrong with data, front matter and macro calls as they are written.
        drawn: by the path of a page, what :func:`knowledge_base.render.drawing.answers` keeps until it is built.
        words: how many words :mod:`knowledge_base.render.reading` counted on a page, or in a section of it.
    """

    root: Path
    data: Data
    pages: dict[str, Page]
    faults: list[Fault] = field(default_factory=list)
    drawn: dict[str, list[str | AuthorError]] = field(default_factory=dict)
    words: dict[tuple[str, str], int] = field(default_factory=dict)

    def forget(self) -> None:
        """Empties ``drawn`` and ``words``: a preview draws with templates that have changed since."""
        self.drawn.clear()
        self.words.clear()

    # --- collections, by id; empty where the file has a fault ---------------------------------------

    def collection(self, name: str) -> Mapping[str, model.Item]:
        """The items of a collection by id, in the order of their file."""
        return self._collections.get(name, {})

    @functools.cached_property
    def _collections(self) -> dict[str, dict[str, model.Item]]:
        found: dict[str, dict[str, model.Item]] = {}
        for file in self.data.files.values():
            for name in type(file).model_fields:
                items = getattr(file, name)
                if isinstance(items, list):
                    found[name] = {item.id: item for item in items}
        return found

    @property
    def references(self) -> Mapping[str, model.Reference]:
        """The works of the report's list, by id."""
        return cast(Mapping[str, model.Reference], self.collection("references"))

    @property
    def programme(self) -> model.Programme | None:
        """The programme; None while ``data/programme.yml`` has a fault."""
        file = self.data.files.get("programme")
        return file.programme if isinstance(file, model.ProgrammeFile) else None

    @property
    def local(self) -> model.Local:
        """What the host adds; empty in the plain edition, and while ``data/local.yml`` has a fault."""
        file = self.data.files.get("local")
        return (file.local if isinstance(file, model.LocalFile) else None) or model.Local()

    def reference(self, name: str) -> model.Reference | None:
        """A work by its id; None when it is declared, but has a fault that is reported elsewhere.

        Raises:
            UnknownNameError: no work has this id.
        """
        found = self.references.get(name)
        declared = self.data.ids.get("references")
        # Where the whole file cannot be read nobody knows what it declares, and no page is to blame.
        if found is None and declared is not None and name not in declared:
            raise UnknownNameError("reference", name, declared)
        return found

    # --- pages --------------------------------------------------------------------------------------

    @functools.cached_property
    def sessions(self) -> list[Page]:
        """The sessions in the order of the programme: launch, sets, mentors."""
        pages = [page for page in self.pages.values() if page.session]
        return sorted(pages, key=_place_in_programme)

    @functools.cached_property
    def session_ids(self) -> set[str]:
        """The names of the session pages; one that has a fault, or cannot even be read, is there all the same."""
        paths = [PurePosixPath(path) for path in page_files(self.root) if model.kind_of_page(path) == "session"]
        return {path.stem for path in paths}

    @functools.cached_property
    def notes(self) -> list[Page]:
        """The pages of notes, the newest meeting last."""
        order = [page.session.id for page in self.sessions if page.session]

        def place(page: Page) -> tuple[str, int, str]:
            notes = page.notes
            assert notes is not None
            rank = order.index(notes.session) if notes.session in order else len(order)
            return notes.cohort, rank, page.path

        return sorted((page for page in self.pages.values() if page.notes), key=place)

    def last_notes_of(self, session: str) -> tuple[list[Page], int]:
        """The pages of notes of a session, of the last cohort that has any: one, or one for each set.

        Returns:
            Also how many there are of earlier cohorts.
        """
        notes = self._notes_of.get(session, [])
        last = max((page.notes.cohort for page in notes if page.notes), default="")
        found = [page for page in notes if page.notes and page.notes.cohort == last]
        return found, len(notes) - len(found)

    @functools.cached_property
    def _notes_of(self) -> dict[str, list[Page]]:
        found: dict[str, list[Page]] = {}
        for page in self.newest_notes:
            if page.notes:
                found.setdefault(page.notes.session, []).append(page)
        return found

    @functools.cached_property
    def newest_notes(self) -> list[Page]:
        """The pages of notes, the last published first; of those of one day, the last meeting first."""

        def place(page: Page) -> tuple[datetime.date, str]:
            assert page.notes is not None
            return page.notes.published, page.notes.date

        # Sorted and then turned round: where day and month are the same, the last of the programme comes first.
        return sorted(self.notes, key=place)[::-1]

    @functools.cached_property
    def reading_order(self) -> list[Page]:
        """Every page: the sessions first, then the rest by path."""
        rest = [page for path, page in sorted(self.pages.items()) if page not in self.sessions]
        return [*self.sessions, *rest]

    @functools.cached_property
    def related(self) -> dict[str, list[Page]]:
        """By the path of a page, those that it names as related, then those that name it.

        Nobody follows a long list, and the first page of a section is named by all the others.
        """
        found = {
            path: [self.pages[other] for other in dict.fromkeys(page.source.matter.related) if other in self.pages]
            for path, page in self.pages.items()
            if page.source.matter
        }
        named = {path: list(others) for path, others in found.items()}
        for path, others in named.items():
            for other in others:
                if not other.is_index and self.pages[path] not in found.get(other.path, []):
                    found.setdefault(other.path, []).append(self.pages[path])
        return {
            path: [other for other in others if other.path != path][:MOST_RELATED] for path, others in found.items()
        }

    # --- who cites what -----------------------------------------------------------------------------

    def works_on(self, page: Page) -> list[str]:
        """The ids of the works that a page cites, itself or by what it draws, in order of first mention."""
        found: dict[str, None] = {}
        for call in page.calls:
            if call.name == "cite":
                found |= dict.fromkeys(str(arg) for arg in call.args)
            elif call.name == "catch_up":
                sessions = [page] if page.session else self.sessions
                found |= dict.fromkeys(work for session in sessions for work in _works_to_read(session))
            elif not call.args and not call.kwargs:  # with a value a macro draws a part, without the works
                items = self.collection(call.name).values()
                found |= dict.fromkeys(work for item in items for work in item.works)
        return list(found)

    @functools.cached_property
    def cited_on(self) -> dict[str, list[Page]]:
        """By the id of a work, the pages that cite it, in reading order."""
        found: dict[str, list[Page]] = {}
        for page in self.reading_order:
            for work in self.works_on(page):
                found.setdefault(work, []).append(page)
        return found


def _works_to_read(page: Page) -> list[str]:
    """The ids of the works in the route of a session."""
    route = page.session.catch_up if page.session else None
    return [reading.reference for reading in route.readings if reading.reference] if route else []


def _place_in_programme(page: Page) -> tuple[int, str, str]:
    session = page.session
    assert session is not None
    return _KINDS_OF_SESSION.index(session.kind), session.when.since, session.id


def page_files(root: Path) -> Iterator[str]:
    """The path of every page below ``docs/``, sorted; what begins with a dot is left out, as MkDocs does."""
    docs = os.path.join(root, "docs")
    for folder, folders, files in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = folder[len(docs) + 1 :].replace(os.sep, "/")
        for name in sorted(files):
            if name.endswith(".md") and not name.startswith("."):
                yield f"{below}/{name}" if below else name


def build(root: Path) -> Catalogue:
    """Reads the project in ``root``; whatever is wrong stands in the catalogue's ``faults``."""
    data, faults = load_data(root)
    pages = {}
    for path in page_files(root):
        source, found = load_page(root, path)
        faults += found
        if source is not None:
            calls, found = read_calls(source.body, f"docs/{path}", source.body_line)
            faults += found
            pages[path] = Page(source, tuple(calls), refused=bool(found))
    return Catalogue(root, data, pages, faults)


_kept: dict[Path, tuple[Sequence[tuple[str, int, int]], Catalogue]] = {}


def load(root: Path) -> Catalogue:
    """The catalogue of ``root``, read again only when a file has changed.

    MkDocs asks once a build; other engines ask once a page, so the last answer is kept.
    """
    root = root.resolve()
    # Some editors put a link to nowhere beside a file while it is being edited (.#references.yml).
    data = [*sorted((root / "data").glob("[!.]*.yml")), *sorted((root / "data/local").glob("[!.]*"))]
    paths = [*map(str, data), *(f"{root}/docs/{path}" for path in page_files(root))]
    state = [(path, *_stamp(path)) for path in paths]
    kept = _kept.get(root)
    if kept is None or kept[0] != state:
        _kept[root] = state, build(root)
    return _kept[root][1]


def _stamp(path: str) -> tuple[int, int]:
    """What changes when a file is written; nothing for a link that leads nowhere, or a file just deleted."""
    try:
        stat = os.stat(path)
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
