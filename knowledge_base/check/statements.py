"""What a host's own statements still lack: a warning, and only once the host has begun to fill in its facts."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.catalogue import Catalogue
from knowledge_base.faults import Fault
from knowledge_base.statements import STATEMENTS, blanks

_TITLES = {"accessibility": "accessibility statement", "privacy": "privacy notice"}
_FILE = "data/local.yml"


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Each fact that a statement lacks, where it belongs; nothing in the plain edition, which speaks for nobody."""
    local = catalogue.local
    document = catalogue.data.documents.get("local")
    if document is None or not local.begun:
        return
    for name in STATEMENTS:
        for fact in blanks(local, name):
            place = ("local", name) if fact.key.startswith(f"{name}.") and getattr(local, name) else ("local",)
            message = f"The {_TITLES[name]} lacks '{fact.label}'."
            remedy = f"Fill in {fact.key}; the page says until then that it is not finished."
            yield Fault(_FILE, *document.place(place, key=True), "KB116", message, remedy, "warning")
