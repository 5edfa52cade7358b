"""The coverage matrix and its gaps, and what the files for other programs hold."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, cast

from markupsafe import Markup

from knowledge_base.coverage import OUTCOMES, STANDARDS, Tie, cover
from knowledge_base.model import Finding, Outcome, PracticeStandard
from knowledge_base.records import published
from knowledge_base.render.citations import as_markdown, sort_key
from knowledge_base.render.research import BIBLIOGRAPHY, cited_in, drawn_references
from knowledge_base.render.text import Desk


def coverage(desk: Desk) -> str:
    """The sessions by outcomes, standards, tools and works; then what no session has to do with."""
    whole = desk.catalogue
    found = cover(whole)
    known = whole.references  # of a name that is not there, the check tells
    rows = [
        {
            "path": row.page.path,
            "title": row.page.title,
            "outcomes": [_words(desk, tie, "outcomes") for tie in row.outcomes],
            "standards": [_words(desk, tie, "practice_standards") for tie in row.standards],
            "tools": [(path, whole.pages[path].title) for path in row.tools],
            "works": len(row.works),
            "list": Markup(f"{_bibliography(desk)}#session={PurePosixPath(row.page.path).stem}"),
        }
        for row in found.rows
    ]
    findings = [cast(Finding, item) for item in whole.collection("evaluation").values()]
    outcomes = [
        (item, found.named[item.id], sum(item.id in finding.outcomes for finding in findings))
        for item in (cast(Outcome, item) for item in whole.collection("outcomes").values())
    ]
    standards = [
        (item, found.named[item.id], [_short(desk, work) for work in item.works if work in known])
        for item in (cast(PracticeStandard, item) for item in whole.collection("practice_standards").values())
    ]
    works = [
        (_short(desk, work.id), cited_in(desk, work.id))
        for work in sorted((known[work] for work in found.lone_works), key=sort_key)
    ]
    return desk.draw(
        "coverage.html",
        rows=rows,
        outcomes=outcomes,
        standards=standards,
        tools=found.lone_tools,
        works=works,
        outcomes_page=OUTCOMES,
        standards_page=STANDARDS,
        bibliography=BIBLIOGRAPHY,
    )


def data_files(desk: Desk) -> str:
    """The files for other programs: what each holds, and what each key means."""
    return desk.draw("data_files.html", files=published(desk.catalogue))


def _bibliography(desk: Desk) -> str:
    """The way to the list of references as it is published: its script reads what follows the address."""
    page = PurePosixPath(BIBLIOGRAPHY).with_suffix("")
    return f"{desk.file(str(page))}/" if desk.directory_urls else desk.file(f"{page}.html")


def _words(desk: Desk, tie: Tie, collection: str) -> str:
    """How a session comes to the outcomes or the standards."""
    item: Any = desk.catalogue.collection(collection).get(tie.anchor)
    what = f": {item.title}" if item else ""
    if tie.how.startswith("through "):
        return f"Through the tool “{tie.how.removeprefix('through ')}”"
    return f"Links to {'one' if what else 'the page, and to no single one'}{what}"


def _short(desk: Desk, work: str) -> tuple[str, object]:
    """A work as it is cited, without brackets."""
    drawn = drawn_references(desk.catalogue)[work]
    return work, as_markdown(drawn.authors) + f", {drawn.year}"
