"""A new page from its template: front matter with each key explained, headings, and text to replace.

The keys and what is said of them come from the models, and the check finds every ``replace-me`` that is left.
"""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from pydantic_core import PydanticUndefined

from knowledge_base.faults import AuthorError, UnknownNameError
from knowledge_base.model import FRONT_MATTER
from knowledge_base.render import dates

KINDS = ("session", "notes", "cohort", "tool")
"""The kinds of pages that have a template; a cohort's is the first page of its folder of notes."""
LEFT_OVER = "replace-me"
_NOTES_BEGIN = "{{ note_facts() }}"
_NOTES_END = "## Where this comes from\n\n{{ sources() }}"
_COHORT = re.compile(r"\d{4}-\d\d")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIDTH = 72


def session(root: Path, name: str, title: str, when: str, today: datetime.date) -> Path:
    """Writes ``docs/sessions/NAME.md`` and answers its path.

    Raises:
        AuthorError: the name cannot be one, or the page is there already.
    """
    given = {
        "title": title or LEFT_OVER,
        "id": name,
        "kind": "mentors" if name.startswith("mentors") else "set",
        "when": f"{{from: {when}}}",
        "sets": "mentors" if name.startswith("mentors") else "each",
        **_related(root, "sessions/index.md"),
    }
    year = int(when[:4]) - (when[5:7] < "04")
    return _write(root, "session", f"sessions/{_named(name)}", given, today, cohort=f"{year}-{(year + 1) % 100:02}")


def notes_path(session: str, cohort: str, of_set: str) -> str:
    """Where the notes of a meeting stand, below ``docs/`` and without ``.md``."""
    return f"notes/{cohort}/{session}{f'-{of_set}' if of_set else ''}"


def notes_matter(
    title: str, session: str, cohort: str, of_set: str, when: str, today: datetime.date
) -> dict[str, str]:
    """What the front matter of notes says, as far as it follows from where and when the meeting was.

    Args:
        title: of the session.
        session: its id.
        cohort: as in 2026-27.
        of_set: the id of the set, or nothing where the notes are of all sets.
        when: the day or the month of the meeting.
        today: the day on which the notes are put on the site.
    """
    short = title.split(":")[0]
    who = f", {of_set.replace('-', ' ')} set" if of_set else ""
    day = dates.day(datetime.date.fromisoformat(when)) if len(when) == len("2027-01-15") else dates.part_date(when)
    return {
        "title": f"Notes of {short}{who}, {day}",
        "description": f"What was raised and agreed at {short}{who}, {day}.",
        "session": session,
        "cohort": cohort,
        **({"set": of_set} if of_set else {}),
        "date": when,
        "published": f"{today}",
        "owner": "Facilitator",
        "related": f"[sessions/{session}.md]",
    }


def notes(root: Path, given: Mapping[str, str], today: datetime.date, body: str = "") -> Path:
    """Writes a page of notes and answers its path.

    Args:
        root: the project's folder.
        given: from :func:`notes_matter`.
        today: the day of the review, which is the day of writing.
        body: what stands below the front matter; the template's where there is none.

    Raises:
        UnknownNameError: there is no such session.
        AuthorError: the cohort or the set cannot be one, or the page is there already.
    """
    known = {path.stem for path in (root / "docs/sessions").glob("*.md")} - {"index"}
    if given["session"] not in known:
        raise UnknownNameError("session", given["session"], known)
    path = notes_path(given["session"], _years(given["cohort"]), _named(given["set"]) if given.get("set") else "")
    return _write(root, "notes", path, given, today, body=body)


def cohort(root: Path, years: str, today: datetime.date) -> Path:
    """Writes ``docs/notes/YEARS/index.md`` and answers its path.

    Raises:
        AuthorError: that is no cohort, or the page is there already.
    """
    given = _of_cohort(years)
    return _write(root, "cohort", f"notes/{_years(years)}/index", given, today, cohort=years)


def _of_cohort(years: str) -> dict[str, str]:
    return {
        "title": f"Notes of {years}",
        "description": f"The meetings of {years} that have notes, each with the day on which they were published.",
    }


def _years(cohort: str) -> str:
    if not _COHORT.fullmatch(cohort):
        raise AuthorError(f"'{cohort}' is no cohort.", "Write two years: 2026-27.")
    return cohort


def tool(root: Path, name: str, title: str, today: datetime.date) -> Path:
    """Writes ``docs/toolkit/NAME.md`` and answers its path.

    Raises:
        AuthorError: the name cannot be one, or the page is there already.
    """
    given = {"title": title or LEFT_OVER, **_related(root, "toolkit/index.md"), "added": "true"}
    return _write(root, "tool", f"toolkit/{_named(name)}", given, today)


def _related(root: Path, page: str) -> dict[str, str]:
    return {"related": f"[{page}]"} if (root / "docs" / page).is_file() else {}


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise AuthorError(f"'{name}' cannot be a name.", "Use small letters, digits and single hyphens: als-7.")
    return name


def blank(kind: str) -> str:
    """A page of a kind in which everything is still to be written."""
    known: dict[str, dict[str, str]] = {
        "session": {"kind": "set", "sets": "each", "when": "{from: 2027-01}"},
        "cohort": _of_cohort("2026-27"),
        "tool": {"added": "true"},
    }
    front = front_matter(kind, {"source": "[added]", **known.get(kind, {})})
    return _template(kind).substitute(front=front, cohort="2026-27")


def _template(kind: str) -> Template:
    return Template((files("knowledge_base") / f"templates/new/{kind}.md").read_text(encoding="utf-8"))


def _write(
    root: Path,
    kind: str,
    path: str,
    given: Mapping[str, str],
    today: datetime.date,
    *,
    cohort: str = "",
    body: str = "",
) -> Path:
    page = root / "docs" / f"{path}.md"
    if page.exists():
        raise AuthorError(f"docs/{path}.md is there already.", "Edit it, or choose another name.")
    a_year_on = f"{today.replace(day=min(today.day, 28), year=today.year + 1)}"
    front = front_matter(
        kind, {"source": "[added]", "reviewed": f"{today}", "review_by": a_year_on, "owner": "Facilitator", **given}
    )
    text = _template(kind).substitute(front=front, cohort=cohort)
    if body:
        text = f"{front}\n{_NOTES_BEGIN}\n\n{body.strip()}\n\n{_NOTES_END}\n"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    return page


def front_matter(kind: str, given: Mapping[str, str]) -> str:
    """Front matter of a kind of page, with what each key means in a comment above it.

    Keys that may be left out and are not given stand there as comments.
    """
    lines = ["---"]
    for name, info in FRONT_MATTER["page" if kind == "cohort" else kind].model_fields.items():
        key = info.alias or name
        required = info.default is PydanticUndefined and info.default_factory is None
        said = " ".join(part for part in (info.description, "" if required else "May be left out.") if part)
        lines += textwrap.wrap(said, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
        if key in given:
            lines.append(f"{key}: {given[key] if key in _WRITTEN_HERE else _scalar(given[key])}")
        else:
            lines.append(f"{key}: {LEFT_OVER}" if required else f"# {key}:")
    return "\n".join([*lines, "---", ""])


def _scalar(value: str) -> str:
    """A value as YAML: text in quotes, for YAML takes some words and many signs for something else."""
    plain = re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?|[a-z]+(?:-[a-z0-9]+)*|Facilitator", value)
    return value if plain and value not in _NOT_TEXT else "'" + value.replace("'", "''") + "'"


_WRITTEN_HERE = {"source", "related", "when"}  # lists and mappings, never what somebody typed
_NOT_TEXT = {"yes", "no", "on", "off", "y", "n", "null"}
