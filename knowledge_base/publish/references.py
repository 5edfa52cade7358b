"""The works as files for reference managers and spreadsheets: BibTeX, RIS, CSL-JSON, CSV.

Each holds the works with their verified mistakes put right (:mod:`knowledge_base.amended`), in the order of the
bibliography. The address that the report prints is of 2011: it stands in the notes, where nobody follows it unawares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from knowledge_base.amended import Amended, amend
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.model import Name
from knowledge_base.publish import data, table
from knowledge_base.render.citations import doi, sort_key

if TYPE_CHECKING:
    from knowledge_base.publish.exports import Make

_MONTHS = "January February March April May June July August September October November December".split()
_BIBTEX_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "misc",
}
# Who publishes is called otherwise there.
_BIBTEX_PUBLISHER = {"techreport": "institution", "phdthesis": "school", "misc": "organization"}
_VERBATIM = {"doi", "url"}
# What TeX acts on and pybtex takes for meant; an odd brace would also end its field too early, or never.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\textdollar{}",
        "^": r"\textasciicircum{}",
    }
)
_RIS_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_COLUMNS = (
    "id",
    "type",
    "authors",
    "editors",
    "year",
    "title",
    "in",
    "series",
    "edition",
    "volume",
    "issue",
    "pages",
    "kind",
    "number",
    "place",
    "publisher",
    "doi",
    "isbn",
    "address",
    "cited on",
    "notes",
)


def files(whole: Catalogue) -> dict[str, Make]:
    """What makes each file, by its path in the site."""
    return {
        "downloads/references.bib": partial(bibtex, whole),
        "downloads/references.ris": partial(ris, whole),
        "downloads/references.json": partial(csl, whole),
        "downloads/references.csv": partial(spreadsheet, whole),
    }


def csl(whole: Catalogue) -> bytes:
    """CSL-JSON: a list of items, which any CSL processor reads."""
    return data.as_json([_csl(entry) for entry in _works(whole)])


def bibtex(whole: Catalogue) -> bytes:
    """BibTeX in UTF-8; its keys are the ids of the works."""
    # Imported where it is used, as rispy is: a build whose files are kept needs neither.
    from pybtex.database import BibliographyData, Entry, Person
    from pybtex.database.output.bibtex import Writer

    class _Writer(Writer):  # type: ignore[misc]
        def _write_field(self, stream: Any, type: str, value: str) -> None:
            """An address and an identifier stand as they are: a sign before their underscores would break them."""
            if type in _VERBATIM:
                stream.write(f",\n    {type} = {{{value}}}")
            else:
                super()._write_field(stream, type, value)

    entries = {}
    for entry in _works(whole):
        kind = _BIBTEX_TYPES[entry.work.type]
        people = {
            role: [Person(_bibtex_name(name)) for name in names]
            for role, names in (("author", entry.work.author), ("editor", entry.work.editor))
            if names
        }
        fields = {
            name: value if name in _VERBATIM else value.translate(_TEX)
            for name, value in _bibtex_fields(entry, kind)
            if value
        }
        entries[entry.work.id] = Entry(kind, fields=fields, persons=people)
    return str(_Writer(encoding="UTF-8").to_string(BibliographyData(entries=entries))).encode()


def ris(whole: Catalogue) -> bytes:
    """RIS in UTF-8."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            """No number above a record: not every reference manager passes over it."""
            return ""

    return str(rispy.dumps([_ris(entry) for entry in _works(whole)], implementation=Writer)).lstrip().encode()


def spreadsheet(whole: Catalogue) -> bytes:
    """CSV as spreadsheets open it rightly."""
    rows = [_row(entry, whole.cited_on.get(entry.work.id, [])) for entry in _works(whole)]
    return table.csv(_COLUMNS, rows)


def _works(whole: Catalogue) -> Iterator[Amended]:
    return (amend(work) for work in sorted(whole.references.values(), key=sort_key))


def _csl(entry: Amended) -> dict[str, Any]:
    work = entry.work
    item: dict[str, Any] = {
        "id": work.id,
        "type": work.type,
        "title": work.title,
        "author": [name.model_dump(exclude_none=True) for name in work.author],
        "editor": [name.model_dump(exclude_none=True) for name in work.editor],
        "issued": {"date-parts": [[work.issued, *([entry.month] if entry.month else [])]]},
        "container-title": work.container_title,
        "collection-title": work.collection_title,
        # A processor writes the ordinal of its own language.
        "edition": re.sub(r"^(\d+)(?:st|nd|rd|th)$", r"\1", work.edition) if work.edition else None,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "genre": work.genre,
        "number": work.number,
        "status": work.status,
        "publisher": work.publisher,
        "publisher-place": work.publisher_place,
        "DOI": _doi(entry),
        "ISBN": work.ISBN,
        "URL": entry.address,
        "note": " ".join(entry.notes),
    }
    return {key: value for key, value in item.items() if value}


def _bibtex_name(name: Name) -> str:
    # Braces keep the name of a body whole, where "and" would divide it.
    return f"{{{name.literal}}}" if name.literal else _inverted(name)


def _bibtex_fields(entry: Amended, kind: str) -> Iterator[tuple[str, str | None]]:
    work = entry.work
    yield "title", work.title
    yield "booktitle" if work.type == "chapter" else "journal", work.container_title
    yield "year", str(work.issued)
    yield "month", _MONTHS[entry.month - 1] if entry.month else None
    yield "series", work.collection_title
    yield "edition", work.edition
    yield "volume", work.volume
    yield "number", work.issue or work.number
    yield "pages", work.page.replace("-", "--") if work.page else None
    yield "type", work.genre
    yield _BIBTEX_PUBLISHER.get(kind, "publisher"), work.publisher
    yield "address", work.publisher_place
    yield "doi", _doi(entry)
    yield "isbn", work.ISBN
    yield "url", entry.address
    yield "note", " ".join(entry.notes)


def _ris(entry: Amended) -> dict[str, Any]:
    work = entry.work
    start, _, end = (work.page or "").partition("-")
    item: dict[str, Any] = {
        "type_of_reference": _RIS_TYPES[work.type] if work.author else "EDBOOK",
        "id": work.id,
        # Of an edited book, RIS takes the editors for the authors.
        "authors": [_inverted(name) for name in work.author or work.editor],
        "secondary_authors": [_inverted(name) for name in work.editor] if work.author else None,
        "year": str(work.issued),
        "date": f"{work.issued}/{entry.month:02}//" if entry.month else None,
        "title": work.title,
        "secondary_title": work.container_title,
        "tertiary_title": work.collection_title,
        "edition": work.edition,
        "volume": work.volume,
        "number": work.issue,
        "start_page": start,
        "end_page": end,
        "type_of_work": work.genre,
        "note": work.number,  # M1, which is the number of a report
        "place_published": work.publisher_place,
        "publisher": work.publisher,
        "doi": _doi(entry),
        "issn": work.ISBN,  # SN, which holds both
        "urls": [entry.address] if entry.address else None,
        "notes": list(entry.notes),
    }
    return {key: value for key, value in item.items() if value}


def _row(entry: Amended, pages: list[Page]) -> list[str | None]:
    work = entry.work
    return [
        work.id,
        work.type,
        "; ".join(map(_inverted, work.author)),
        "; ".join(map(_inverted, work.editor)),
        str(work.issued),
        work.title,
        work.container_title,
        work.collection_title,
        work.edition,
        work.volume,
        work.issue,
        # With a hyphen a spreadsheet reads 1-9 as the first of September.
        work.page.replace("-", "–") if work.page else None,
        work.genre,
        work.number,
        work.publisher_place,
        work.publisher,
        _doi(entry),
        # As a bare number it would lose its last digits, or its first nought.
        f"ISBN {work.ISBN}" if work.ISBN else None,
        entry.address,
        "; ".join(page.title for page in pages) or "no page",
        " ".join(entry.notes),
    ]


def _inverted(name: Name) -> str:
    # A comma makes a person of it for whoever reads RIS: the name of a body has none of its own.
    return name.literal.replace(",", "") if name.literal else ", ".join(filter(None, (name.family, name.given)))


def _doi(entry: Amended) -> str | None:
    found = doi(entry.work)
    return found[0] if found else None
