"""What is to be read again: a warning and never an error, since a date that has passed makes no page wrong."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue
from knowledge_base.faults import Fault
from knowledge_base.render import dates


def check(catalogue: Catalogue, today: datetime.date | None = None) -> Iterator[Fault]:
    """Every page whose review is due.

    Args:
        catalogue: the whole.
        today: the day to judge by; the machine's where left out.
    """
    today = today or datetime.datetime.now(tz=datetime.UTC).astimezone().date()
    for page in catalogue.pages.values():
        matter = page.source.matter
        if matter is None or matter.review_by is None or matter.review_by >= today:
            continue
        lines = page.source.front.split("\n")
        line = next((number for number, text in enumerate(lines, 2) if text.startswith("review_by:")), 1)
        message = f"This page was to be read again by {dates.day(matter.review_by)}."
        remedy = "Read it against its source; then change 'reviewed' and 'review_by'."
        yield Fault(f"docs/{page.path}", line, 1, "KB513", message, remedy, "warning")
