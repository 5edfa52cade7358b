"""The coverage matrix for a spreadsheet and as JSON: one row for each tie of a session, and for each gap."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from knowledge_base.catalogue import Catalogue
from knowledge_base.coverage import Tie, cover
from knowledge_base.model import Outcome, PracticeStandard
from knowledge_base.publish import table
from knowledge_base.publish.data import as_json

if TYPE_CHECKING:
    from knowledge_base.publish.exports import Make

COLUMNS = ("session", "session title", "what", "id", "title", "how")
_NONE = "none"
_ALL = "all of them together"


def files(whole: Catalogue) -> dict[str, Make]:
    """What makes each file, by its path in the site."""
    return {"downloads/coverage.csv": partial(_csv, whole), "data/coverage.json": partial(_json, whole)}


def _csv(whole: Catalogue) -> bytes:
    return table.csv(COLUMNS, _rows(whole))


def _json(whole: Catalogue) -> bytes:
    return as_json({"coverage": [dict(zip(COLUMNS, row, strict=True)) for row in _rows(whole)]})


def _rows(whole: Catalogue) -> Iterator[tuple[str, ...]]:
    """Ties by session; then what no session has to do with: its session is empty and its tie ``none``."""
    found = cover(whole)
    outcomes = {name: cast(Outcome, item).title for name, item in whole.collection("outcomes").items()}
    areas = {
        name: cast(PracticeStandard, item).title for name, item in whole.collection("practice_standards").items()
    }
    for row in found.rows:
        session = row.page.session
        assert session is not None
        about = (session.id, session.title)
        yield from ((*about, *tie) for tie in _to_list("outcome", row.outcomes, outcomes))
        yield from ((*about, *tie) for tie in _to_list("practice standard", row.standards, areas))
        for path, ties in row.tools.items() or [("", ())]:
            how = "; ".join(tie.how for tie in ties)
            yield (*about, "tool", path, whole.pages[path].title if path else "", how or _NONE)
        for work in row.works:
            yield (*about, "reference", work, whole.references[work].title, "cites")
        if not row.works:
            yield (*about, "reference", "", "", _NONE)
    for what, known in (("outcome", outcomes), ("practice standard", areas)):
        named = {tie.anchor for row in found.rows for tie in (row.outcomes + row.standards)}
        yield from (("", "", what, name, title, _NONE) for name, title in known.items() if name not in named)
    yield from (("", "", "tool", page.path, page.title, _NONE) for page in found.lone_tools)
    yield from (("", "", "reference", work, whole.references[work].title, _NONE) for work in found.lone_works)


def _to_list(what: str, ties: tuple[Tie, ...], titles: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for tie in ties:
        yield what, tie.anchor, titles.get(tie.anchor, _ALL), tie.how
    if not ties:
        yield what, "", "", _NONE
