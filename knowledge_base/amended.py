"""A work with its known mistakes put right, for programs that take it over: files to download, tags on the page.

The bibliography prints what the report prints and shows corrections beside it. A reference manager has no place for
that: what is handed to it holds the right value where that was seen somewhere, the printed one where there is only a
doubt, and says both in its notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.model import Correction, Reference

FIELDS = {
    "author": "Author",
    "availability": "Availability",
    "collection-title": "Series",
    "container-title": "Title of the book or journal",
    "edition": "Edition",
    "genre": "Kind",
    "issue": "Issue",
    "issued": "Date",
    "note": "Note",
    "number": "Number",
    "page": "Pages",
    "publisher": "Publisher",
    "publisher-place": "Place",
    "title": "Title",
    "year-suffix": "Letter after the year",
}
"""The fields of a work as a reader knows them."""

# What stands in the model as text, so that a correction's text can take its place.
_TEXTS = FIELDS.keys() - {"author", "availability", "issued", "note", "year-suffix"}
# A record in a catalogue, or an abstract, is not the work: only these lead to it, or to what was at its address.
_LEADS_TO_THE_WORK = re.compile(r"(?:archived [^:]*: )?(https?://\S+)")


@dataclass(frozen=True)
class Amended:
    """A work as it is handed on.

    Attributes:
        work: the work, with what was put right.
        month: of its date, where it is known.
        address: where it, or what stood at its printed address, was seen in November 2026.
        notes: what was put right, what is doubtful and what is of its time, as sentences.
    """

    work: Reference
    month: int | None
    address: str | None
    notes: tuple[str, ...]


def amend(work: Reference) -> Amended:
    """Puts right what is verified to be wrong."""
    changed: dict[str, object] = {}
    month = None
    for entry in work.correction:
        if not entry.verified:
            continue
        if entry.field in _TEXTS:
            changed[entry.field.replace("-", "_")] = entry.corrected
        elif entry.field == "author" and entry.names:
            changed["author"] = entry.names
        elif entry.field == "issued" and (date := re.fullmatch(r"(\d{4})(?:-(\d\d))?", entry.corrected or "")):
            changed |= {"issued": int(date[1]), "status": None}
            month = int(date[2]) if date[2] else None
    address = archived(work) or _own_page(work)
    return Amended(work.model_copy(update=changed), month, address, tuple(_notes(work, address)))


def archived(work: Reference) -> str | None:
    """Where a web archive keeps the page of a work, if that is known."""
    address = _own_page(work)
    return address if address and (work.availability or "").startswith("archived") else None


def _own_page(work: Reference) -> str | None:
    found = _LEADS_TO_THE_WORK.match(work.availability or "")
    return found[1] if found else None


def _notes(work: Reference, address: str | None) -> list[str]:
    notes = ["Not in the report's list: added to this site."] if "added" in work.source else []
    if work.year != str(work.issued):
        notes.append(f"On this site its year is {work.year}.")
    seen = [entry for entry in work.correction if entry.field != "year-suffix"]
    notes += [_put_right(entry) for entry in seen if entry.verified]
    notes += [_doubted(entry) for entry in seen if not entry.verified]
    if work.ISBN is None:
        of_a_part = [entry for entry in work.identifiers_seen if entry.field == "ISBN"]
        notes += [f"ISBN seen ({entry.form or 'of what is not stated'}): {entry.value}." for entry in of_a_part]
    if work.URL:
        notes.append(f"Address as printed in 2011, not opened since: {work.URL}")
    if work.availability and work.availability != address:
        notes.append(f"Seen in November 2026: {work.availability}")
    return notes


def _put_right(entry: Correction) -> str:
    right = f"right is “{entry.corrected}”" if entry.corrected else "it should go"
    return f"Corrected, {_field(entry)}: {_printed(entry)}; {right}. Confidence: {entry.confidence}."


def _doubted(entry: Correction) -> str:
    right = f"perhaps “{entry.corrected}”" if entry.corrected else "perhaps it should go"
    return f"Doubt, seen in no source, {_field(entry)}: {_printed(entry)}; {right}."


def _field(entry: Correction) -> str:
    return FIELDS.get(entry.field, entry.field).lower()


def _printed(entry: Correction) -> str:
    return f"the report prints “{entry.printed}”" if entry.printed else "the report prints none"
