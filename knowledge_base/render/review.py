"""Which page is to be read again when, and by whom; what is due is worked out in the reader's browser."""

from __future__ import annotations

from knowledge_base.render import dates, local
from knowledge_base.render.text import Desk

REVIEWS = "reviews.ics"
"""The calendar of reviews, in the site."""


def review_dates(desk: Desk) -> str:
    """Every page by the day on which it is to be read again; those without such a day come last."""
    pages = [(page, page.source.matter) for page in desk.catalogue.pages.values() if page.source.matter]
    pages.sort(key=lambda entry: (str(entry[1].review_by or "9999"), str(entry[1].reviewed), entry[0].path))
    rows = [
        (
            page.path,
            page.title,
            matter.owner,
            dates.day(matter.reviewed),
            matter.review_by,
            dates.day(matter.review_by) if matter.review_by else None,
        )
        for page, matter in pages
    ]
    privacy = desk.catalogue.local.privacy
    return desk.draw(
        "review_dates.html",
        rows=rows,
        calendar=desk.file(REVIEWS),
        years=privacy.notes_kept_years if privacy else None,
        kept=local.kept_until(desk),
        day=dates.day,
    )
