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
    outcomes = catalogue.data.ids.get("outcomes")
    for kind in ("evaluation", "participation"):
        for index, item in enumerate(catalogue.collection(kind).values()):
            for number, name in enumerate(item.outcomes if isinstance(item, model.Finding) else []):
                if outcomes is not None and name not in outcomes:
                    of_outcome = (kind, index, "outcomes", number)
                    yield _unknown(catalogue, kind, of_outcome, "outcome", name, outcomes)
    # Pages call the figures of both by their ids alone.
    for index, name in enumerate(catalogue.collection("participation")):
        if name in catalogue.collection("evaluation"):
            at = catalogue.data.documents["participation"].place(("participation", index, "id"))
            message = f"The id '{name}' is used in data/evaluation.yml as well."
            yield Fault("data/participation.yml", *at, "KB114", message, "Give each figure an id of its own.")
    local = catalogue.data.files.get("local")
    meetings = local.local.meetings if isinstance(local, model.LocalFile) and local.local else []
    for index, meeting in enumerate(meetings):
        if meeting.session not in catalogue.session_ids:
            place = ("local", "meetings", index, "session")
            yield _unknown(catalogue, "local", place, "session", meeting.session, catalogue.session_ids)
    yield from _keywords(catalogue)
    yield from _forms(catalogue)


def _forms(catalogue: Catalogue) -> Iterator[Fault]:
    """The recommendations that the fields of tools' forms name."""
    known = catalogue.data.ids.get("recommendations")
    for page in catalogue.pages.values():
        for part, form in enumerate(page.tool.form if page.tool else []):
            for number, field in enumerate(form.fields):
                if known is not None and field.recommendation and field.recommendation not in known:
                    place = page.source.place("form", part, "fields", number, "recommendation")
                    message = f"There is no recommendation '{field.recommendation}'."
                    remedy = did_you_mean(field.recommendation, known)
                    yield Fault(f"docs/{page.path}", *place, "KB115", message, remedy)


def _keywords(catalogue: Catalogue) -> Iterator[Fault]:
    """Keywords that are the id of a list of synonyms but for a slip; any other word may stand there."""
    known = catalogue.data.ids.get("synonyms", set())
    for page in catalogue.pages.values():
        matter = page.source.matter
        for index, word in enumerate(matter.search.keywords if matter and matter.search else []):
            folded = word.casefold().replace("_", "-").replace(" ", "-")
            # Closer than elsewhere: 'supervisor' is no slip for 'supervision'.
            near = difflib.get_close_matches(folded, known, cutoff=0.87)
            if word not in known and near:
                place = page.source.place("search", "keywords", index)
                message = f"'{word}' is nearly, but not quite, the id of a list in data/synonyms.yml."
                remedy = did_you_mean(near[0], near)
                yield Fault(f"docs/{page.path}", *place, "KB115", message, remedy, "warning")


def _unknown(
    catalogue: Catalogue, name: str, path: tuple[str | int, ...], what: str, given: str, known: set[str]
) -> Fault:
    place = catalogue.data.documents[name].place(path)
    message = f"There is no {what} '{given}'."
    return Fault(f"data/{name}.yml", *place, "KB115", message, did_you_mean(given, known))
