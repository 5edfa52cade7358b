"""Citations and bibliography in Harvard style, from CSL data by citeproc-py.

citeproc takes a fifth of a second for the whole list, most of a page's worth of macros, so what it drew is kept in
``.cache/`` under a digest of the data and of its version.
"""

from __future__ import annotations

import functools
import hashlib
import html
import json
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from knowledge_base.model import Name, Reference
from knowledge_base.render.text import plain

STYLE = "harvard-cite-them-right"

_PRINTED_KEYS = (
    "container_title",
    "collection_title",
    "edition",
    "volume",
    "issue",
    "page",
    "genre",
    "publisher",
    "publisher_place",
)


@dataclass(frozen=True)
class Drawn:
    """A work as Harvard style prints it, as HTML without links.

    Attributes:
        authors: as in a citation: ``Brandon <i>et al.</i>``.
        year: with its letter, if it has one: ``2009a``.
        entry: the whole entry of the bibliography.
    """

    authors: Markup
    year: str
    entry: Markup


def draw_references(references: Mapping[str, Reference], cache: Path | None = None) -> dict[str, Drawn]:
    """Each work as the style prints it.

    Args:
        references: the works by id.
        cache: a folder to keep the result in, or None.
    """
    items = [_csl(reference) for reference in references.values()]
    digest = _digest(items)
    kept = cache / f"citations-{digest}.json" if cache is not None else None
    drawn = _read(kept) if kept is not None else None
    if drawn is None or drawn.keys() != references.keys():
        drawn = _by_citeproc(items)
        if kept is not None:
            _write(kept, drawn)
    return {
        name: Drawn(Markup(authors), references[name].year, Markup(_with_letter(entry, references[name])))
        for name, (authors, entry) in drawn.items()
    }


def doi(reference: Reference) -> tuple[str, str] | None:
    """A work's DOI, where one is known: as text and as an address."""
    seen = [entry.value for entry in reference.identifiers_seen if entry.field == "DOI"]
    name = reference.DOI or next(iter(seen), None)
    return (name, f"https://doi.org/{name}") if name else None


def sort_key(reference: Reference) -> tuple[str, str, str]:
    """By first author, year and title: so an author's works stand in the order of their years."""
    first = (reference.author or reference.editor)[0]
    return f"{first.family or first.literal} {first.given or ''}".casefold(), reference.year, reference.title


def _csl(reference: Reference) -> dict[str, Any]:
    """What the report prints of a work, as CSL-JSON.

    The DOI and the printed address are left out: both are shown beside the entry, the one as a link, the other as
    text of its time. A work with editors only is given as theirs: citeproc-py would name them twice.
    """
    item: dict[str, Any] = {
        "id": reference.id,
        "type": reference.type,
        "title": html.escape(_quoted(reference), False),
    }
    item["issued"] = {"date-parts": [[reference.issued]]}
    item["author"] = [_csl_name(name) for name in reference.author or reference.editor]
    if reference.author and reference.editor:
        item["editor"] = [_csl_name(name) for name in reference.editor]
    for key in _PRINTED_KEYS:
        value = getattr(reference, key)
        if value is not None:
            item[key.replace("_", "-")] = html.escape(value, quote=False)
    item["edited"] = not reference.author
    item["editors"] = len(reference.editor)
    return item


def _quoted(reference: Reference) -> str:
    """The title with British quotation marks: double ones where the style puts the whole title into single ones."""
    inside = r"“\1”" if reference.type in ("article-journal", "chapter") else r"‘\1’"
    return re.sub(r"(?<!\w)'([^']+)'(?!\w)", inside, reference.title)


def _csl_name(name: Name) -> dict[str, str]:
    return {key: html.escape(value, quote=False) for key, value in name.model_dump(exclude_none=True).items()}


def _by_citeproc(items: Sequence[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    # Imported here, since a build that finds everything kept needs none of it.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.model import CitationStylesElement
    from citeproc.source.json import CiteProcJSON

    if not items:
        return {}
    with warnings.catch_warnings(), _looked_up_once(CitationStylesElement):
        # citeproc-py warns of every key that it does not know and of fields that the style does not use.
        warnings.simplefilter("ignore")
        ours = {"edited", "editors"}
        source = CiteProcJSON([{k: v for k, v in item.items() if k not in ours} for item in items])
        style = CitationStylesStyle(STYLE, locale="en-GB", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.html)
        citations = [Citation([CitationItem(item["id"])]) for item in items]
        for citation in citations:
            bibliography.register(citation)
        cited = [str(bibliography.cite(citation, _unknown)) for citation in citations]
        entries = [str(entry) for entry in bibliography.bibliography()]
    drawn = {}
    for item, citation, entry in zip(items, cited, entries, strict=True):
        year = str(item["issued"]["date-parts"][0][0])
        authors = citation.strip("()").removesuffix(f", {year}")
        if item["edited"]:
            role = "(ed.)" if item["editors"] == 1 else "(eds)"
            entry = entry.replace(f" ({year})", f" {role} ({year})", 1)
        # A title that asks something ends by itself.
        entry = re.sub(r"([?!](?:</i>)?)\.", r"\1", entry)
        drawn[item["id"]] = (authors, entry)
    return drawn


@contextmanager
def _looked_up_once(element: type[Any]) -> Iterator[None]:
    """For each work citeproc-py looks all parts of the style up anew, which is most of its time; the style stays."""
    search = element.xpath_search
    element.xpath_search = functools.cache(search)
    try:
        yield
    finally:
        element.xpath_search = search


def _unknown(item: Any) -> None:
    raise KeyError(item.key)


def _with_letter(entry: str, reference: Reference) -> str:
    """citeproc-py does not tell two works of one author and year apart; the letter is in the data."""
    year = f"({reference.issued})"
    suffix = " (forthcoming when the report was written)" if reference.status == "forthcoming" else ""
    return entry.replace(year, f"({reference.year})", 1) + suffix


def _digest(items: Sequence[dict[str, Any]]) -> str:
    made_of = [STYLE, version("citeproc-py"), Path(__file__).read_text(encoding="utf-8"), items]
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:24]


def _read(path: Path) -> dict[str, tuple[str, str]] | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): (str(authors), str(entry)) for name, (authors, entry) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None  # not there, or not what was written: it is drawn again


def _write(path: Path, drawn: dict[str, tuple[str, str]]) -> None:
    """Keeps the result, and drops earlier ones; a folder that cannot be written to only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")
        aside.replace(path)
        for old in path.parent.glob("citations-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return


@functools.lru_cache(maxsize=20_000)  # a work is cited on many pages
def as_markdown(drawn: Markup) -> Markup:
    """What citeproc drew, safe inside Markdown: its few tags stay, everything else is plain text."""
    parts = re.split(r"(</?(?:i|b|sup|sub|span)(?: [^<>]*)?>)", str(drawn))
    safe = (part if index % 2 else plain(html.unescape(part)) for index, part in enumerate(parts))
    return Markup("".join(safe))
