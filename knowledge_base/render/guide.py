"""The guide for authors, made from what it describes: macros from docstrings, keys from models, faults from rules.

So the guide cannot say what the site does not do.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from knowledge_base.authoring import new
from knowledge_base.calls import read_calls
from knowledge_base.catalogue import Page
from knowledge_base.faults import AuthorError, UnknownNameError
from knowledge_base.model import FILES, FRONT_MATTER, Model
from knowledge_base.render.text import Desk
from knowledge_base.rules import FAMILIES, RULES

_KINDS = {
    "page": "every page",
    "session": "a session",
    "notes": "notes",
    "tool": "a tool",
    "withdrawn": "a withdrawn page",
}
_DRAWN_IN_PLACE = 6_000
"""Characters of the longest example that is shown on the guide's own page."""
_FORMS = {
    r"^\d{4}-\d\d-\d\d$": "a day: 2026-11-23",
    r"^\d{4}(-\d\d(-\d\d)?)?$": "a day, a month or a year: 2010-09",
    r"^\d\d:\d\d$": "a time of day, in quotes: '09:45'",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and hyphens",
    r"^\d{4}-\d\d$": "two years: 2026-27",
    "^[a-z]$": "one letter",
}


# --- macros -------------------------------------------------------------------------------------------------


def macros(desk: Desk, vocabulary: Mapping[str, Callable[..., str]]) -> str:
    """Every macro: what it draws, what it takes, and an example, drawn here or on the page where it stands."""
    entries = [_entry(desk, name, macro) for name, macro in sorted(vocabulary.items())]
    return desk.draw("macros.html", entries=entries)


def _entry(desk: Desk, name: str, macro: Callable[..., str]) -> dict[str, Any]:
    said = inspect.getdoc(macro) or ""
    about, _, rest = said.partition("\n\n")
    example = found[1] if (found := re.search(r"^Example:\n\s+(\S.*)$", rest, re.MULTILINE)) else f"{name}()"
    drawn, page = _example(desk, name, macro, example)
    return {
        "name": name,
        "about": " ".join(about.split()),
        "values": list(_values(rest)),
        "example": example,
        "drawn": Markup(drawn) if drawn else None,
        "page": page,
    }


def _values(rest: str) -> Iterator[tuple[str, str]]:
    """What a macro takes, from the ``Args:`` of its docstring; the desk is no author's business."""
    section = re.search(r"^Args:\n((?:[ ]{4}.*\n?|\n)+)", rest, re.MULTILINE)
    for name, said in re.findall(
        r"^ {4}(\w+): ((?:.*\n?)(?:^ {8}.*\n?)*)", section[1] if section else "", re.MULTILINE
    ):
        if name != "desk":
            yield name, " ".join(said.replace("``", "").split())


def _example(desk: Desk, name: str, macro: Callable[..., str], example: str) -> tuple[str, Page | None]:
    """The example as it is drawn, if it is short; and a page that has it."""
    pages = [page for page in desk.catalogue.reading_order if any(call.name == name for call in page.calls)]
    calls, _ = read_calls(f"{{{{ {example} }}}}", "example")
    for page in [*pages, desk.page]:
        try:
            drawn = macro(replace(desk, page=page, at=desk.page), *calls[0].args, **dict(calls[0].kwargs))
        except AuthorError:
            continue  # it belongs to pages of another kind
        drawn = re.sub(r"<script[^>]*></script>", "", drawn).strip()
        drawn = re.sub(r"\[([^\]]*)\]\(#[^)]*\)", r"\1", drawn)  # it leads to a place on its own page
        # What brings headings or places of its own would double those of the page that it stands on; and a form can
        # be filled in on its own page only.
        short = (
            drawn
            and len(drawn) < _DRAWN_IN_PLACE
            and not re.search(r"^#|<(?!span)\w+ [^>]*\b(?:id|data-form)=", drawn, re.MULTILINE)
        )
        return (drawn if short else ""), (pages[0] if pages else None)
    return "", pages[0] if pages else None


# --- keys ---------------------------------------------------------------------------------------------------


def fields(desk: Desk, name: str = "") -> str:
    """The keys of a data file or of the front matter of a kind of page.

    Args:
        desk: where it is drawn.
        name: a key of :data:`FILES` or :data:`FRONT_MATTER`; all of them where left out.

    Raises:
        UnknownNameError: there is no such file or kind.
    """
    models: dict[str, type[Model]] = {**FRONT_MATTER, **FILES}
    if name and name not in models:
        raise UnknownNameError("data file or kind of page", name, models)
    tables = []
    for key in [name] if name else models:
        heading = f"The top of {_KINDS[key]}" if key in FRONT_MATTER else f"data/{key}.yml"
        tables.append((heading, list(_tables(models[key]))))
    return desk.draw("fields.html", groups=tables)


def _tables(model: type[Model]) -> Iterator[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """A table for a model, and one for each that stands inside it: its name, what it is, and its rows."""
    schema = model.model_json_schema(by_alias=True)
    yield _table(model.__name__, schema)
    for name, inside in schema.get("$defs", {}).items():
        if "properties" in inside:
            yield _table(name, inside)


def _table(name: str, schema: Mapping[str, Any]) -> tuple[str, str, list[tuple[str, str, str, str]]]:
    required = set(schema.get("required", []))
    rows = [
        (key, _form(value), "yes" if key in required else "no", str(value.get("description", "")).replace("``", ""))
        for key, value in schema["properties"].items()
    ]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return (
        words,
        re.sub(r":\w+:`([^`]*)`", r"\1", str(schema.get("description", ""))).replace("``", "").split("\n")[0],
        rows,
    )


def _form(value: Mapping[str, Any]) -> str:
    """In words, what may stand there."""
    choices = value.get("anyOf") or value.get("allOf")
    if choices:
        return " or ".join(_form(choice) for choice in choices if choice.get("type") != "null")
    if "$ref" in value:
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(value["$ref"]).rpartition("/")[2]).lower()
    if "enum" in value:
        return "one of: " + ", ".join(str(word) for word in value["enum"])
    if "const" in value:
        return f"always {value['const']}"
    if value.get("type") == "array":
        return f"a list, each: {_form(value['items'])}"
    if value.get("pattern") in _FORMS:
        return _FORMS[value["pattern"]]
    words = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
    longest = f", at most {value['maxLength']} letters" if "maxLength" in value else ""
    return words.get(str(value.get("type")), "a value") + longest


# --- new pages ----------------------------------------------------------------------------------------------


def template(desk: Desk, kind: str) -> str:
    """What ``kb new`` would write for a kind of page, as code.

    Raises:
        UnknownNameError: there is no template for such a page.
    """
    if kind not in new.KINDS:
        raise UnknownNameError("template", kind, new.KINDS)
    return f"```\n{new.blank(kind)}```"


# --- rules --------------------------------------------------------------------------------------------------


def rules(desk: Desk) -> str:
    """Every rule by family, each with its anchor, its reason, its remedy and its two examples."""
    families = [
        (title, [rule for rule in RULES.values() if rule.code.startswith(prefix)])
        for prefix, title in FAMILIES.items()
    ]
    return desk.draw("rules.html", families=[(title, found) for title, found in families if found])
