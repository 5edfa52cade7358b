"""What of the site is the report's, and what was added to it since: sessions, notes, tools, works, terms.

Whoever hosts the site adds to it; tests of the report's figures and words hold for the report's part alone.
"""

from __future__ import annotations

import re

from knowledge_base.catalogue import Catalogue
from knowledge_base.model import Reference

SESSIONS = ("launch", "als-1", "als-2", "als-3", "als-4", "als-5", "als-6", "mentors-1", "mentors-2")
"""The sessions of 2010-11."""

OURS = {"about/contribute/", "about/historical-record/", "about/privacy/", "about/provenance/", "catch-up/"}
"""Pages that belong to every edition, whatever they name as their source."""


def address_of(path: str) -> str:
    """The address at which a page of ``docs/`` is published."""
    return path.removesuffix("index.md").replace(".md", "/")


def added(sources: Catalogue) -> set[str]:
    """The addresses of the pages that somebody added: those not from the report, and notes of later cohorts."""
    matters = {address_of(path): page.source.matter for path, page in sources.pages.items()}
    ours = {address for address, matter in matters.items() if matter and set(matter.source) == {"added"}} - OURS
    return ours | {address for address in matters if of_a_later_cohort(address)}


def of_a_later_cohort(address: str) -> bool:
    """Whether notes of another year than the report's stand there."""
    return re.match(r"notes/(?!2010-11/).", address) is not None


def works(sources: Catalogue) -> list[Reference]:
    """The works of the report's list."""
    return [work for work in sources.references.values() if "references" in work.source]
