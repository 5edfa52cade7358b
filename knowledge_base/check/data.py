"""Data and front matter that name data: every id must exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from knowledge_base import model
from knowledge_base.catalogue import Catalogue
from knowledge_base.faults import Fault, did_you_mean


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every work, outcome and session that data names and that does not exist."""
    works = catalogue.data.ids.get("references")
    for name, file in catalogue.data.files.items():
        for field in type(file).model_fields:
            items = getattr(file, field)
            if works is None or not isinstance(items, list):
                continue
            for index, item in enumerate(items):
                for work in item.works:
                    if work not in works:
                        yield _unknown(catalogue, name, (field, index, "references"), "reference", work, works)
    evaluation = catalogue.data.files.get("evaluation")
    outcomes = catalogue.data.ids.get("outcomes")
    findings = evaluation.evaluation if isinstance(evaluation, model.Evaluation) and outcomes is not None else []
    for index, finding in enumerate(findings):
        for number, name in enumerate(finding.outcomes):
            if name not in (outcomes or ()):
                at = ("evaluation", index, "outcomes", number)
                yield _unknown(catalogue, "evaluation", at, "outcome", name, outcomes or set())
    local = catalogue.data.files.get("local")
    meetings = local.local.meetings if isinstance(local, model.LocalFile) and local.local else []
    for index, meeting in enumerate(meetings):
        if meeting.session not in catalogue.session_ids:
            place = ("local", "meetings", index, "session")
            yield _unknown(catalogue, "local", place, "session", meeting.session, catalogue.session_ids)
    yield from _keywords(catalogue)


def _keywords(catalogue: Catalogue) -> Iterator[Fault]:
    """Keywords that are the id of a list of synonyms but for a slip; any other word may stand there."""
    known = catalogue.data.ids.get("synonyms", set())
    for page in catalogue.pages.values():
        matter = page.source.matter
        for word in matter.search.keywords if matter and matter.search else []:
            folded = word.casefold().replace("_", "-").replace(" ", "-")
            # Closer than elsewhere: 'supervisor' is no slip for 'supervision'.
            near = difflib.get_close_matches(folded, known, cutoff=0.87)
            if word not in known and near:
                lines = page.source.front.split("\n")
                line = next((number for number, text in enumerate(lines, 2) if word in text), 1)
                column = lines[line - 2].find(word) + 1 if line > 1 else 1
                message = f"'{word}' is nearly, but not quite, the id of a list in data/synonyms.yml."
                remedy = did_you_mean(near[0], near)
                yield Fault(f"docs/{page.path}", line, column, "KB115", message, remedy, "warning")


def _unknown(
    catalogue: Catalogue, name: str, path: tuple[str | int, ...], what: str, given: str, known: set[str]
) -> Fault:
    place = catalogue.data.documents[name].place(path)
    message = f"There is no {what} '{given}'."
    return Fault(f"data/{name}.yml", *place, "KB115", message, did_you_mean(given, known))
