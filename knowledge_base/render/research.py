"""Citations, the bibliography, and the tables that are drawn from data."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, cast

from markupsafe import Markup

from knowledge_base.amended import FIELDS, archived
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import AuthorError, UnknownNameError
from knowledge_base.markdown_terms import Known
from knowledge_base.model import Correction, Recommendation, Reference, Term
from knowledge_base.render import coins
from knowledge_base.render.citations import Drawn, as_markdown, doi, draw_references, sort_key
from knowledge_base.render.text import Desk, plain, relative

BIBLIOGRAPHY = "research/references.md"
GLOSSARY = "research/glossary.md"

EVIDENCE = "research/evidence/"

_MOST_NOTES = 3
"""Pages of notes that are named among those that cite a work: others come in year after year."""
_FILES = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json", "CSV": "csv"}
_STYLES = ("brackets", "text")
_FILTERS = {
    "session": "Cited in session",
    "topic": "Theme of the evidence base",
    "type": "Kind",
    "online": "Online in November 2026",
}
_KINDS = {
    "article-journal": "Journal article",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "Web page",
}


def cite(desk: Desk, works: Sequence[str], page: str, style: str) -> str:
    """One or more works, as ``(Munro, 2008)`` or, in running text, ``Munro (2008)``."""
    if not works:
        raise AuthorError("This citation names no work.", 'Write the id of one: {{ cite("munro-2008") }}.')
    if page and len(works) > 1:
        raise AuthorError("A page number belongs to one work.", "Write a citation of its own for each work.")
    if style not in _STYLES:
        raise UnknownNameError("style of citation", style, _STYLES)
    drawn = [_cite_one(desk, work, page, style) for work in works]
    return "; ".join(drawn) if style == "text" else f"({'; '.join(drawn)})"


def _cite_one(desk: Desk, work: str, page: str, style: str) -> str:
    reference = desk.catalogue.reference(work)
    if reference is None:
        return f"[{plain(work)}: see the fault in data/references.yml]"
    entry = drawn_references(desk.catalogue)[work]
    desk.citations += 1
    # "12", "12-14" and "pp. 12-14" are all written.
    number = re.sub(r"^pp?\.?\s*(?=\d)", "", page)
    where = f", {'pp.' if re.search('[-–,]', number) else 'p.'} {plain(number)}" if number else ""
    words = f"{entry.year}{where}"
    text = f"{entry.authors} ({words})" if style == "text" else f"{entry.authors}, {words}"
    tip = f"cite-{desk.citations}"
    link = desk.link(BIBLIOGRAPHY, as_markdown(Markup(text)), work)
    # The full reference stands beside the link, shown on hover and focus and read out with it. It is not page
    # content: search and print leave it out.
    return (
        f'<span class="kb-cite">{link}{{ aria-describedby="{tip}" }}'
        f'<span class="kb-cite__full" id="{tip}" role="tooltip" data-search-exclude>'
        f"{as_markdown(entry.entry)}</span></span>"
    )


def cited_here(desk: Desk) -> str:
    """The works that the page cites, in the order of a bibliography."""
    known = desk.catalogue.references
    works = sorted((known[work] for work in desk.catalogue.works_on(desk.page) if work in known), key=sort_key)
    return desk.draw("cited_here.html", entries=[_entry(desk, work) for work in works], bibliography=BIBLIOGRAPHY)


def references(desk: Desk) -> str:
    """The table of references and, below it, the bibliography."""
    works = sorted(desk.catalogue.references.values(), key=sort_key)
    notes = [(note, labels(desk, note.source)) for note in desk.catalogue.collection("footnotes").values()]
    entries = [_entry(desk, work) for work in works]
    return desk.draw("references.html", entries=entries, footnotes=notes, filters=filters(desk, works), files=_FILES)


def marks(desk: Desk, work: Reference) -> dict[str, list[str]]:
    """What a work is filtered by: for each filter, the values that the work has."""
    pages = desk.catalogue.cited_on.get(work.id, [])
    return {
        "session": [page.session.id for page in pages if page.session],
        # The themes of the evidence base are pages: a work belongs to those that cite it.
        "topic": [PurePosixPath(page.path).stem for page in pages if _is_theme(page)],
        "type": [work.type],
        "online": ["yes" if work.availability else "unknown"],
    }


def filters(desk: Desk, works: Sequence[Reference]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The filters of the bibliography: the name in the address, the label, and the values with their words."""
    pages = desk.catalogue.reading_order
    words = {
        "session": {page.session.id: page.title for page in pages if page.session},
        "topic": {PurePosixPath(page.path).stem: page.title for page in pages if _is_theme(page)},
        "type": _KINDS,
        "online": {"yes": "A page about it was seen", "unknown": "Not known"},
    }
    found = [marks(desk, work) for work in works]
    used = {name: {value for entry in found for value in entry[name]} for name in words}
    return [
        (name, _FILTERS[name], [(value, text) for value, text in words[name].items() if value in used[name]])
        for name in words
    ]


def _is_theme(page: Page) -> bool:
    return page.path.startswith(EVIDENCE) and not page.is_index


def sources(desk: Desk) -> str:
    """The sections of the report that the page is taken from."""
    matter = desk.page.source.matter
    return desk.draw("sources.html", labels=labels(desk, matter.source) if matter else [])


def table(desk: Desk, collection: str) -> str:
    """A collection of data as a table: its own template knows the columns."""
    items = [(item, labels(desk, item.source)) for item in desk.catalogue.collection(collection).values()]
    if collection == "glossary":
        items.sort(key=lambda entry: getattr(entry[0], "term", "").casefold())
    return desk.draw(f"{collection}.html", items=items, cite=functools.partial(cite_from_data, desk))


def terms(desk: Desk) -> dict[str, Any]:
    """What ``markdown_terms`` has to know to explain terms on the page; nothing on the glossary itself."""
    if desk.page.path == GLOSSARY or GLOSSARY not in desk.catalogue.pages:
        return {}
    return {"terms": _known_terms(desk.catalogue), "glossary": relative(GLOSSARY, desk.page.path)}


@functools.lru_cache(maxsize=2)
def _known_terms(catalogue: Catalogue) -> tuple[Known, ...]:
    found = [cast(Term, item) for item in catalogue.collection("glossary").values()]
    return tuple(
        Known(item.id, item.term, item.stands_for or "", item.expansion_added, item.meaning or "")
        for item in found
        if not item.everyday and (item.stands_for or item.meaning)
    )


def recommendations(desk: Desk, by: str) -> str:
    """The recommendations by their numbers in section 7, or those of the summary with what each corresponds to."""
    if by not in ("section-7", "summary"):
        raise UnknownNameError("order", by, ("section-7", "summary"))
    if by == "section-7":
        return table(desk, "recommendations")
    found = [cast(Recommendation, item) for item in desk.catalogue.collection("recommendations").values()]
    rows = []
    # Those that the summary lacks come last.
    for number in sorted({item.summary_number for item in found}, key=lambda number: (number is None, number)):
        items = [item for item in found if item.summary_number == number]
        # Two that the summary joins may say the same of it.
        differs = dict.fromkeys(item.differs for item in items if item.differs)
        rows.append((number, items, " ".join(differs)))
    return desk.draw("recommendations_by_summary.html", rows=rows)


def labels(desk: Desk, source: Sequence[str]) -> list[str]:
    """How a reader is pointed to sections of the report."""
    programme = desk.catalogue.programme
    return [
        "Added: not in the report" if section == "added" else programme.label(section) if programme else section
        for section in source
    ]


@functools.lru_cache(maxsize=2)
def drawn_references(catalogue: Catalogue) -> dict[str, Drawn]:
    """Every work as the style prints it, by id; drawn once for a catalogue."""
    return draw_references(catalogue.references, catalogue.root / ".cache")


def cite_from_data(desk: Desk, works: Sequence[str], style: str = "brackets") -> Markup:
    """A citation that data or front matter asks for, and not the words of a page."""
    try:
        return Markup(cite(desk, works, "", style))
    except UnknownNameError as error:
        # The fault is reported where it stands; the page that draws it is not to blame.
        return plain(f"[{error.message}]")


def _entry(desk: Desk, work: Reference) -> dict[str, Any]:
    """What the templates show of a work."""
    drawn = drawn_references(desk.catalogue)[work.id]
    seen = [correction for correction in work.correction if correction.field != "year-suffix"]
    return {
        "id": work.id,
        "added": "added" in work.source,
        "authors": as_markdown(drawn.authors),
        "year": drawn.year,
        "title": work.title,
        "kind": _KINDS[work.type],
        "entry": as_markdown(drawn.entry),
        "doi": doi(work),
        "isbn": work.ISBN,
        "archived": archived(work),
        "coins": coins.span(work),
        "marks": marks(desk, work),
        "address": work.URL,
        "pages": cited_in(desk, work.id),
        "report": labels(desk, work.report_cited_in),
        "mentions": labels(desk, work.report_mentions),
        "corrections": [_correction(entry) for entry in seen if entry.verified],
        "doubts": [_correction(entry) for entry in seen if not entry.verified],
        "notes": work.curator_note,
        "availability": work.availability,
    }


def cited_in(desk: Desk, work: str) -> Markup:
    """Links to the pages that cite a work; of notes to the newest, and how many more there are. Empty for none."""
    pages = desk.catalogue.cited_on.get(work, [])
    notes = {page.path for page in pages if page.notes}
    newest = (page.path for page in desk.catalogue.newest_notes if page.path in notes) if notes else ()
    left_out = notes.difference(itertools.islice(newest, _MOST_NOTES))
    named = [page for page in pages if page.path not in left_out]
    # "ALS 3" for "ALS 3: Co-operation and disguised compliance": there are many of them in a cell.
    links = Markup("; ").join(desk.link(page.path, page.title.split(":")[0]) for page in named)
    more = len(left_out)
    return links + (f" and {more} more page{'' if more == 1 else 's'} of notes" if more else "")


def _correction(entry: Correction) -> dict[str, str | None]:
    return {
        "field": FIELDS.get(entry.field, entry.field),
        "printed": entry.printed,
        "corrected": entry.corrected,
        "source": entry.source,
        "confidence": entry.confidence,
        "remark": entry.remark,
    }
