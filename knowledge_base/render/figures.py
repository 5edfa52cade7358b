"""Counts and percentages: inside a sentence, and as tables whose cells carry bars.

A bar is a ``<meter>``: it needs no script, no picture and no inline style, and the number stands beside it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from knowledge_base.faults import AuthorError, UnknownNameError
from knowledge_base.model import SESSIONS_OF_A_MEMBER, Council, Finding, Outcome
from knowledge_base.render.research import labels
from knowledge_base.render.text import Desk, plain

_COLLECTIONS = ("evaluation", "participation")
_PARTS = ("share", "count", "base", "percent")
_TOPICS = {
    "response": "Who answered",
    "sets": "The launch and the sets",
    "mentoring": "Mentoring",
    "outcomes": "What was said of each outcome, and by whom",
}


@dataclass(frozen=True)
class Cell:
    """A number and its bar: ``value`` of ``most``. No bar is drawn where either is not known."""

    words: str
    value: float | None = None
    most: float | None = None


def figure(desk: Desk, name: str, part: str) -> str:
    """One figure inside a sentence: 16 of 23, 16, 23 or 70%.

    Raises:
        UnknownNameError: there is no such figure, or it has no such part.
    """
    if part not in _PARTS:
        raise UnknownNameError("part of a figure", part, _PARTS)
    found = _findings(desk)
    if name not in found:
        if _told_elsewhere(desk, name, _COLLECTIONS):
            return plain(f"[{name}: see the fault in data/]")
        raise UnknownNameError("figure", name, found)
    entry = found[name]
    words = {"count": entry.count, "base": entry.base, "percent": _percent(entry)}
    bare = entry.count if entry.count is not None else words["percent"]
    words["share"] = f"{entry.count} of {entry.base}" if entry.base is not None else bare
    if words[part] is None:
        raise UnknownNameError(
            "part of this figure", part, [key for key, value in words.items() if value is not None]
        )
    return plain(words[part])


def evaluation(desk: Desk, topic: str, outcome: str) -> str:
    """The figures of the evaluation: all, those of one topic, or the evidence of one outcome."""
    if topic and outcome:
        raise AuthorError("A topic and an outcome are two tables.", "Call evaluation() once for each.")
    if topic and topic not in _TOPICS:
        raise UnknownNameError("topic", topic, _TOPICS)
    outcomes = cast(dict[str, Outcome], desk.catalogue.collection("outcomes"))
    if outcome and outcome not in outcomes:
        if _told_elsewhere(desk, outcome, ("outcomes",)):
            return plain(f"[{outcome}: see the fault in data/]")
        raise UnknownNameError("outcome", outcome, outcomes)
    found = [cast(Finding, item) for item in desk.catalogue.collection("evaluation").values()]
    if outcome:
        caption = "The figures behind this outcome"
        return _table(desk, caption, [("", [entry for entry in found if outcome in entry.outcomes])], found)
    tables = []
    for name in [topic] if topic else _TOPICS:
        if name == "outcomes":
            tables.append(_table(desk, _TOPICS[name], _by_outcome(found, outcomes.values()), found))
        else:
            tables.append(
                _table(desk, _TOPICS[name], [("", [entry for entry in found if entry.topic == name])], found)
            )
    return "\n\n".join(tables)


def _told_elsewhere(desk: Desk, name: str, collections: Iterable[str]) -> bool:
    """Whether an item is missing only because of a fault in ``data/``, so that no page is to blame."""
    declared = [desk.catalogue.data.ids.get(collection) for collection in collections]
    return any(ids is None or name in ids for ids in declared)


def participation(desk: Desk) -> str:
    """Who took part, in numbers."""
    found = list(_findings(desk, ("participation",)).values())
    return _table(desk, "Who took part, in numbers", [("", found)], found)


def councils(desk: Desk) -> str:
    """Nominees of each council (the report's figure 1), and how many were left."""
    items = _councils(desk)
    most = max((item.nominees for item in items), default=0)
    with_mentor = sum(bool(item.mentor_at_follow_ups) for item in items)
    return desk.draw(
        "councils.html",
        rows=[(item, Cell(str(item.nominees), item.nominees, most)) for item in items],
        nominees=sum(item.nominees for item in items),
        withdrew=sum(item.withdrew for item in items),
        at_last_two=sum(item.at_last_two or 0 for item in items),
        with_mentor=f"{with_mentor} council{'' if with_mentor == 1 else 's'}",
    )


def attendance(desk: Desk) -> str:
    """Attendance by council (the report's figures 2 and 3), as far as its text gives it."""
    rows = [(item.name, *_attendance(item)) for item in _councils(desk)]
    return desk.draw("attendance.html", rows=rows, most=SESSIONS_OF_A_MEMBER)


def _attendance(item: Council) -> tuple[Cell, str, Cell]:
    """The score, whose score it is, and the attendances added up."""
    unknown = Cell("Not in the report")
    if item.average_attendance is not None:
        score, whose = item.average_attendance, "Average of all nominees"
        added = Cell(f"{item.attendances} of {item.possible}", item.attendances, item.possible)
    elif item.finisher_attendance is not None:
        score, whose = item.finisher_attendance, "The one who finished"
        least = item.attendances_at_least
        added = Cell(
            f"At least {least}" + (f" of {item.possible}" if item.nominees > 1 else ""), least, item.possible
        )
    else:
        return unknown, "", unknown
    return Cell(f"{score:.1f}", score, SESSIONS_OF_A_MEMBER), whose, added


def _councils(desk: Desk) -> list[Council]:
    return [cast(Council, item) for item in desk.catalogue.collection("councils").values()]


def _findings(desk: Desk, collections: Iterable[str] = _COLLECTIONS) -> dict[str, Finding]:
    return {
        name: cast(Finding, item)
        for collection in collections
        for name, item in desk.catalogue.collection(collection).items()
    }


def _by_outcome(found: Sequence[Finding], outcomes: Iterable[Outcome]) -> list[tuple[str, list[Finding]]]:
    """The figures under the outcome, or the outcomes taken together, that they are evidence of."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for entry in found:
        if entry.outcomes:
            groups.setdefault(tuple(entry.outcomes), []).append(entry)
    known = {outcome.id: outcome for outcome in outcomes}
    for name in known:
        if not any(name in together for together in groups):
            groups[(name,)] = []

    def titled(together: tuple[str, ...]) -> tuple[int, str]:
        named = sorted((known[name] for name in together if name in known), key=lambda outcome: outcome.number)
        words = "; ".join(f"{outcome.number}. {outcome.title}" for outcome in named)
        return (named[0].number if named else 0), words

    return [(titled(key)[1], entries) for key, entries in sorted(groups.items(), key=lambda item: titled(item[0]))]


def _table(desk: Desk, caption: str, groups: Sequence[tuple[str, list[Finding]]], among: Sequence[Finding]) -> str:
    rows = [
        (title, [(entry, _how_many(entry, among), labels(desk, entry.source)) for entry in entries])
        for title, entries in groups
    ]
    printed = any(entry.percent is not None for _, entries in groups for entry in entries)
    return desk.draw("figures.html", caption=caption, groups=rows, printed=printed, percent=_percent)


def _how_many(entry: Finding, among: Sequence[Finding]) -> Cell:
    if entry.count is None:
        return Cell(f"{_percent(entry)}, of how many is not stated", entry.percent, 100)
    if entry.base is not None:
        return Cell(f"{entry.count} of {entry.base}", entry.count, entry.base)
    if entry.rating:
        # The report gives no base: the bar is the share of the ratings that it does give for this outcome.
        alike = [other.count or 0 for other in among if other.rating and other.outcomes == entry.outcomes]
        return Cell(f"{entry.count}, of how many is not stated", entry.count, sum(alike))
    # A share of people who were asked needs its base; a plain count of what there was needs none.
    asked = entry.topic or entry.outcomes
    return Cell(f"{entry.count}, of how many is not stated" if asked else str(entry.count))


def _percent(entry: Finding) -> str | None:
    """The percentage where the report prints one, computed from the counts where it gives them.

    Shares of a handful of people are left as counts: a percentage would look more exact than they are.
    """
    if entry.percent is None or entry.share is None:
        return None
    # Computed, but for a half, which may be printed either way; the model has made sure that the two agree.
    computed = 100 * entry.share
    return f"{entry.percent if abs(computed - entry.percent) == 0.5 else round(computed)}%"
