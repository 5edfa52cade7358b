"""Finds every fault that an author can make, all at once, without building anything.

Each module beside this one is one family of rules; a rule takes the catalogue and answers faults.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from knowledge_base.catalogue import Catalogue
from knowledge_base.check import calls, data, files, logo, places
from knowledge_base.faults import Fault


def check(catalogue: Catalogue) -> list[Fault]:
    """Every fault of the project, sorted by file and line."""
    # Imported here: a build, which needs the other rules only, is spared what these bring along.
    from knowledge_base.check import (
        foreign,
        headings,
        html,
        link_text,
        links,
        memory,
        outline,
        pictures,
        placement,
        plain_english,
        private,
        programs,
        review,
        statements,
        tables,
        wording,
    )

    before = check_before_build(catalogue)
    undrawn = {fault.path for fault in before if fault.code.startswith("KB3")}
    found = [
        *before,
        *headings.check(catalogue),
        *wording.check(catalogue),
        *placement.check(catalogue),
        *tables.check(catalogue),
        *plain_english.check(catalogue),
        *programs.check(catalogue),
        *private.check(catalogue),
        *review.check(catalogue),
        *statements.check(catalogue),
    ]
    unreadable = outline.config_fault(catalogue.root)
    if unreadable is None:
        found += [
            *links.check(catalogue, undrawn),
            *html.check(catalogue, undrawn),
            *link_text.check(catalogue),
            *pictures.check(catalogue),
            *foreign.check(catalogue),
        ]
    else:
        found.append(unreadable)
    memory.keep(catalogue.root)
    return sorted(set(private.withhold(_once(found))))


# What is said of a line of which another rule says it better.
_TOLD_ALREADY = {"KB512": {"KB401", "KB403", "KB507", "KB601"}, "KB302": {"KB301"}}
_SPELLING = {"KB510", "KB511"}


def _once(faults: list[Fault]) -> list[Fault]:
    """Faults without those that tell in other words what another says of the same line."""
    told: dict[tuple[str, int], list[Fault]] = {}
    for fault in faults:
        told.setdefault((fault.path, fault.line), []).append(fault)
    return [fault for fault in faults if not any(_says(other, fault) for other in told[fault.path, fault.line])]


def _says(other: Fault, fault: Fault) -> bool:
    """Whether a fault on the same line says what another does: a word that is wrong there is misspelt as well."""
    if fault.code in _SPELLING:
        return other.code not in _SPELLING and fault.message.split("'")[1] in other.message
    return other.code in _TOLD_ALREADY.get(fault.code, set())


def check_before_build(catalogue: Catalogue) -> list[Fault]:
    """The faults that would end a build with a traceback, or pass through it unseen; no page is converted."""
    found = [
        *catalogue.faults,
        *data.check(catalogue),
        *places.check(catalogue),
        *files.check(catalogue),
        *logo.check(catalogue),
        *calls.check(catalogue),
    ]
    return sorted(set(found))


@functools.lru_cache(maxsize=1)
def once_before_build(catalogue: Catalogue) -> list[Fault]:
    """The same, judged once as long as the sources stand: some engines ask once for each page."""
    return check_before_build(catalogue)


def only(faults: Iterable[Fault], paths: Iterable[str]) -> list[Fault]:
    """The faults of some files or folders; of all, where none is named.

    Args:
        faults: faults to choose from.
        paths: relative to the project, with forward slashes.
    """
    from knowledge_base.check import private

    wanted = [private.shown(path.removeprefix("./").rstrip("/")) for path in paths]
    if not wanted or "." in wanted or "" in wanted:
        return list(faults)
    return [fault for fault in faults if any(_within(fault.path, path) for path in wanted)]


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
