"""A work for the reference manager in a reader's browser: an empty element that carries it as OpenURL (COinS)."""

from __future__ import annotations

import html
from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup

from knowledge_base.amended import amend
from knowledge_base.model import Name, Reference
from knowledge_base.render.citations import doi

_PLAIN = "!'()*,/:?@"
_FORMATS = {"article-journal": "journal", "thesis": "dissertation", "webpage": "dc"}
_GENRES = {"article-journal": "article", "book": "book", "chapter": "bookitem", "report": "report"}


def span(work: Reference) -> Markup:
    """The element, with what is verified put right, as in the files to download."""
    # What an address may hold as it is stays so: it stands in the page as words already, and repeats cost little.
    carried = urlencode([(key, value) for key, value in _pairs(work) if value], safe=_PLAIN)
    return Markup(f'<span class="Z3988" title="{html.escape(carried)}"></span>')


def _pairs(work: Reference) -> Iterator[tuple[str, str | None]]:
    entry = amend(work)
    work = entry.work
    format_ = _FORMATS.get(work.type, "book")
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{format_}"
    found = doi(work)
    yield "rft_id", f"info:doi/{found[0]}" if found else entry.address
    if format_ == "dc":
        yield "rft.type", "webpage"
        yield "rft.title", work.title
        for name in work.author or work.editor:
            yield "rft.creator", _inverted(name)
        yield "rft.publisher", work.publisher
    else:
        yield "rft.genre", _GENRES.get(work.type)
        yield _title(work), work.title
        yield "rft.jtitle" if work.type == "article-journal" else "rft.btitle", work.container_title
        yield "rft.series", work.collection_title
        yield "rft.edition", work.edition
        yield "rft.volume", work.volume
        yield "rft.issue", work.issue
        yield "rft.pages", work.page
        yield "rft.place", work.publisher_place
        yield "rft.inst" if format_ == "dissertation" else "rft.pub", work.publisher
        yield "rft.isbn", work.ISBN
        # The format has no key for an editor: one whose book has no author stands for the author.
        for name in work.author or work.editor:
            yield "rft.aucorp" if name.literal else "rft.au", _inverted(name)
    yield "rft.date", f"{work.issued}-{entry.month:02}" if entry.month else str(work.issued)


def _title(work: Reference) -> str:
    if work.type in ("article-journal", "chapter"):
        return "rft.atitle"
    return "rft.title" if work.type == "thesis" else "rft.btitle"


def _inverted(name: Name) -> str:
    return name.literal or ", ".join(filter(None, (name.family, name.given)))
