"""Files into models; whatever does not fit comes out as faults, each at its place in the file.

Nothing raises on bad input, and nothing stops at the first fault: what could be read is returned beside the
faults, so that the preview lives on and the check can go on looking.
"""

from __future__ import annotations

import os
import re
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge_base import strict_yaml
from knowledge_base.faults import Fault, did_you_mean, nearest, one_of
from knowledge_base.model import FILES, FRONT_MATTER, Model, PageMatter, kind_of_page

MAX_PAGE_BYTES = 64 * 1024
"""Size of the largest page, some 10,000 words: which is more than anybody reads at once."""
MOST_SIGNS = 2_000
"""How often one of Markdown's signs may stand on a page: Markdown takes the square of the time over those that are
opened and not closed, minutes where there are tens of thousands."""
MOST_LINES = 2_500
"""How many lines a page may have, some ten times what the longest has: over headings and definitions, too, Markdown
takes the square of the time."""
MOST_OPEN = 100
"""How many square brackets a page may open and not close: behind each Markdown reads to the paragraph's end."""
_SIGNS = '[]<>{}()*_`|!#\\"'


@dataclass
class Data:
    """What ``data/`` holds.

    Attributes:
        files: by name (``"references"``), the model of each file that is whole.
        ids: by collection, every id that a file declares, good or not: a page that names an item which has
            a fault of its own is not to blame for it.
        documents: by name, where everything stands in each file that could be read.
    """

    files: dict[str, Model] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    documents: dict[str, strict_yaml.Document] = field(default_factory=dict)


@dataclass(frozen=True)
class PageSource:
    """A page as it stands in its file.

    Attributes:
        path: below ``docs/``, with forward slashes: ``sessions/als-1.md``.
        kind: a key of :data:`knowledge_base.model.FRONT_MATTER`.
        matter: its front matter; None when that has a fault.
        body: what follows the front matter.
        body_line: the line of the file on which the body begins.
        front: the text of the front matter, which begins on line 2.
    """

    path: str
    kind: str
    matter: PageMatter | None
    body: str
    body_line: int
    front: str = ""

    def place(self, *path: str | int) -> strict_yaml.Place:
        """Where a value of the front matter stands: ``place("related", 0)``; read again, since only faults ask."""
        document, _ = strict_yaml.read(self.front, self.path, first_line=2)
        return document.place(path) if document else (1, 1)


def load_data(root: Path) -> tuple[Data, list[Fault]]:
    """Reads every file of ``data/``.

    Args:
        root: the project's folder.
    """
    data, faults = Data(), []
    folder = root / "data"
    for name, model in FILES.items():
        path = folder / f"{name}.yml"
        shown = f"data/{name}.yml"
        if path.is_symlink() and path.exists():
            continue  # whatever it leads to is not read, and not quoted in a fault: check/files.py tells it
        if not path.is_file():
            remedy = f"Put it back; it begins with '{name}:'."
            faults.append(Fault(shown, 1, 1, "KB106", "This data file is missing.", remedy))
            continue
        try:
            source = path.read_bytes()
        except OSError as error:
            faults.append(_closed(shown, error))
            continue
        value, document, found = parse_data(source, shown, model)
        faults += found
        if document is not None:
            data.documents[name] = document
            # Under a key that stands twice, or behind an alias, nobody knows what is declared.
            if not any(fault.code in {"KB103", "KB104"} for fault in found):
                data.ids |= _declared_ids(document.data)
        if value is not None:
            data.files[name] = value
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.name not in _expected_names():
                message = f"'{path.name}' is not a data file that the site knows."
                remedy = did_you_mean(path.name, _expected_names())
                faults.append(Fault(f"data/{path.name}", 1, 1, "KB106", message, remedy))
        for path in sorted(folder.rglob("*.y*ml")):
            inside = path.relative_to(folder)
            if len(inside.parts) > 1 and inside.parts[0] != "schemas" and not inside.parts[0].startswith("."):
                message = "Data files stand in data/ itself; those in folders are not read."
                shown = f"data/{inside.as_posix()}"
                faults.append(
                    Fault(shown, 1, 1, "KB106", message, "Move what it says to the file that it belongs to.")
                )
    return data, faults


def _expected_names() -> list[str]:
    return [f"{name}.yml" for name in FILES]


def _closed(shown: str, error: OSError) -> Fault:
    message = f"The file cannot be opened ({error.strerror})."
    return Fault(shown, 1, 1, "KB101", message, "Put it back, or delete what stands for it.")


def parse_data(
    source: bytes, path: str, model: type[Model]
) -> tuple[Model | None, strict_yaml.Document | None, list[Fault]]:
    """Reads one file of ``data/``.

    Args:
        source: the file's bytes.
        path: its name, for faults.
        model: what it should hold.

    Returns:
        The model, or None when something does not fit; what was read, or None when it is no YAML; faults.
    """
    text, faults = strict_yaml.decode(source, path)
    if text is None:
        return None, None, faults
    document, faults = strict_yaml.read(text, path)
    if document is None:
        return None, None, faults
    value, misfits = fit(model, document, path)
    return (None if faults else value), document, faults + _elsewhere(misfits, faults)


def _elsewhere(misfits: list[Fault], told: list[Fault]) -> list[Fault]:
    """The misfits but those of values that are no values, since something else was told of them."""
    places = {(fault.line, fault.column) for fault in told}
    return [fault for fault in misfits if (fault.line, fault.column) not in places or fault.code != "KB113"]


def _declared_ids(data: Any) -> dict[str, set[str]]:
    if not isinstance(data, dict):
        return {}
    # An item whose own id has a fault may be any that a page names.
    return {
        name: {item["id"] for item in items}
        for name, items in data.items()
        if isinstance(items, list)
        and all(isinstance(item, dict) and _ID.fullmatch(str(item.get("id"))) for item in items)
    }


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load_page(root: Path, path: str) -> tuple[PageSource | None, list[Fault]]:
    """Reads one page of ``docs/``.

    Args:
        root: the project's folder.
        path: below ``docs/``, with forward slashes.
    """
    file = f"{root}/docs/{path}"
    if os.path.islink(file):
        return None, []  # not read, and not quoted in a fault: check/files.py tells it
    try:
        with open(file, "rb") as opened:
            source = opened.read()
    except OSError as error:
        return None, [_closed(f"docs/{path}", error)]
    return parse_page(source, path)


def parse_page(source: bytes, path: str) -> tuple[PageSource | None, list[Fault]]:
    """Reads one page: its front matter into its model, its body as text.

    Args:
        source: the file's bytes.
        path: below ``docs/``; its folder says what kind of page it is.

    Returns:
        The page, or None when it cannot be read as text; and the faults.
    """
    shown = f"docs/{path}"
    if len(source) > MAX_PAGE_BYTES:
        message = f"The page has {len(source):,} bytes; at most {MAX_PAGE_BYTES:,} are read."
        return None, [Fault(shown, 1, 1, "KB105", message, "Split it into several pages.")]
    text, faults = strict_yaml.decode(source, shown)
    if text is None:
        return None, faults
    sign = max(_SIGNS, key=text.count)
    if text.count(sign) > MOST_SIGNS:
        message = f"'{sign}' stands on this page {text.count(sign):,} times; at most {MOST_SIGNS:,} are read."
        line = text.count("\n", 0, text.index(sign)) + 1
        return None, [Fault(shown, line, 1, "KB105", message, "Split it into several pages.")]
    open_ones = text.count("[") - text.count("]")
    if open_ones > MOST_OPEN:
        message = f"{open_ones:,} square brackets are opened on this page and not closed."
        line = text.count("\n", 0, text.index("[")) + 1
        return None, [Fault(shown, line, 1, "KB105", message, "Close them, or take them out.")]
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        message = f"The page has {lines:,} lines; at most {MOST_LINES:,} are read."
        return None, [Fault(shown, MOST_LINES + 1, 1, "KB105", message, "Split it into several pages.")]
    kind = kind_of_page(path)
    if not text.strip():
        remedy = "Write it, or delete the file."
        return PageSource(path, kind, None, "", 1), [Fault(shown, 1, 1, "KB202", "The page is empty.", remedy)]
    block, body, body_line, fault = split_front_matter(text, shown)
    if fault is not None:
        return PageSource(path, kind, None, body, body_line), [fault]
    document, faults = strict_yaml.read(block, shown, first_line=2)
    if document is not None and isinstance(document.data, dict) and "withdrawn" in document.data:
        kind = "withdrawn"  # in whatever folder it stood
    faults += _cut_short(block, shown)
    matter = None
    misplaced = _misplaced(document, kind, shown) if document is not None else None
    if misplaced is not None:
        faults.append(misplaced)
    elif document is not None:
        fitted, misfits = fit(FRONT_MATTER[kind], document, shown)
        faults += _elsewhere(misfits, faults)
        faults += [] if faults else _guessed(block, document, shown)
        matter = fitted if not faults and isinstance(fitted, PageMatter) else None
    if not body.strip():
        # MkDocs would even show front matter as text if the file ended with its last line.
        message = "There is nothing below the front matter."
        faults.append(Fault(shown, body_line, 1, "KB202", message, "Write the page, or delete the file."))
    return PageSource(path, kind, matter, body, body_line, block), faults


def _guessed(block: str, document: strict_yaml.Document, path: str) -> list[Fault]:
    """Text that MkDocs, which reads front matter by YAML's own rules, would take for a number or a date.

    It would then stop, or show the front matter as text. Aliases and depth have been judged by now.
    """
    remedy = "Put it in quotes."
    if not _GUESSABLE.search(block):
        return []
    try:
        read = yaml.load(block, Loader=_GUESSING_LOADER)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError):
        message = "MkDocs takes one of these values for a date or a sign that there is not."
        return [Fault(path, *document.place(()), "KB113", message, "Put each value that is text in quotes.")]
    odd = [key for key in ("title", "description") if not isinstance(read.get(key), str)]
    message = "MkDocs does not take this for text."
    return [Fault(path, *document.place((key,)), "KB113", message, remedy) for key in odd]


# Values that are text for us, and begin as no text does; reading every page twice would take too long.
_GUESSABLE = re.compile(
    r"^(?!reviewed|review_by|published|date|duration|minutes|cohort)\w+:[ \t]+"
    r"(?:[\d=.+~-]|(?:yes|no|on|off|true|false|y|n|null)[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_GUESSING_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CUT_SHORT = re.compile(r"(?:title|description):[ \t]+[^'\"\s#].*?(?=[ \t]#)")


def _cut_short(block: str, path: str) -> list[Fault]:
    """Titles and descriptions of which YAML drops the end, since it takes what follows `` #`` for a comment."""
    remedy = "Put the whole text in quotes."
    return [
        Fault(path, number, hit.end() + 2, "KB113", "From '#' on, this is not read as part of the text.", remedy)
        for number, line in enumerate(block.split("\n"), 2)
        if (hit := _CUT_SHORT.match(line))
    ]


_FOLDERS = {"session": "docs/sessions/", "notes": "the folder of its cohort in docs/notes/", "tool": "docs/toolkit/"}


def _misplaced(document: strict_yaml.Document, kind: str, path: str) -> Fault | None:
    """The fault of a page whose keys are those of another kind, which its folder says it is not."""
    keys = document.data if isinstance(document.data, dict) else {}
    known = _keys(FRONT_MATTER[kind])
    odd = [key for key in keys if key not in known]
    for other, folder in _FOLDERS.items():
        if len(odd) > 1 and all(key in _keys(FRONT_MATTER[other]) for key in odd):
            message = f"Pages with '{odd[0]}' and '{odd[1]}' do not stand in this folder, or not under this name."
            remedy = f"Move it to {folder}, or take these keys out."
            return Fault(path, *document.place((odd[0],), key=True), "KB203", message, remedy)
    return None


_FENCE = re.compile(r"^(-{3})[ \t]*$", re.MULTILINE)


def split_front_matter(text: str, path: str) -> tuple[str, str, int, Fault | None]:
    """Splits a page where MkDocs does.

    Returns:
        The front matter, the body, the line on which the body begins, and the fault if there is no front matter.
    """
    opening = _FENCE.match(text)
    if opening is None:
        message = "The page does not begin with front matter."
        remedy = "Begin its first line with '---', then title, description, source and reviewed, then '---' again."
        return "", text, 1, Fault(path, 1, 1, "KB201", message, remedy)
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        message = "The front matter that begins here is not closed."
        return "", "", 1, Fault(path, 1, 1, "KB201", message, "Put a line '---' after its last key.")
    body = text[closing.end() :].removeprefix("\n")
    body_line = text.count("\n", 0, closing.end()) + 2
    return text[opening.end() + 1 : closing.start()], body, body_line, None


# --- pydantic's errors in plain words ---------------------------------------------------------------


def fit(model: type[Model], document: strict_yaml.Document, path: str) -> tuple[Model | None, list[Fault]]:
    """Fits what was read to a model; each misfit becomes a fault at its place."""
    if not isinstance(document.data, dict):
        known = ", ".join(_keys(model)[:4])
        message = "There are no keys here."
        return None, [Fault(path, *document.place(()), "KB113", message, f"Write 'key: value' lines: {known} …")]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        entries = error.errors(include_url=False)
        unknown = [tuple(entry["loc"]) for entry in entries if entry["type"] == "extra_forbidden"]
        return None, [_misfit(model, entry, document, path) for entry in entries if not _is_misspelt(entry, unknown)]


def _is_misspelt(error: ErrorDetails, unknown: list[tuple[str | int, ...]]) -> bool:
    """Whether a key is missing because it is misspelt, which is told of the key that is there."""
    *holder, name = error["loc"] or ("",)
    beside = [str(loc[-1]) for loc in unknown if list(loc[:-1]) == holder]
    return error["type"] == "missing" and any(nearest(key, [str(name)]) for key in beside)


def _misfit(model: type[Model], error: ErrorDetails, document: strict_yaml.Document, path: str) -> Fault:
    loc = tuple(error["loc"])
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    name = loc[-1] if loc else ""
    if kind == "plain" and given is None:
        return Fault(path, *document.place(loc), "KB113", *_wrong_value(kind, given, context))
    if kind == "plain":
        place = document.place(loc + tuple(context["at"]))
        return Fault(path, *place, context["code"], context["message"], context["remedy"])
    if kind == "extra_forbidden":
        message = f"The key '{name}' is not known here."
        holder = _model_at(model, loc[:-1])
        remedy = did_you_mean(str(name), _keys(holder)) if holder else "Take it out."
        return Fault(path, *document.place(loc, key=True), "KB111", message, remedy)
    if kind == "missing":
        holder = _model_at(model, loc[:-1])
        said = _description(holder, str(name)) if holder else ""
        message = f"The key '{name}' is missing."
        return Fault(path, *document.place(loc[:-1]), "KB112", message, f"Add '{name}:'.{said}")
    message, remedy = _wrong_value(kind, given, context)
    return Fault(path, *document.place(loc), "KB113", message, remedy)


def _wrong_value(kind: str, given: Any, context: dict[str, Any]) -> tuple[str, str]:
    if given is None:
        return "There is no value here.", "Write one after the colon, or take the line out."
    shown = f"'{given}'" if isinstance(given, str) else "This"
    if len(shown) > 60:
        shown = f"{shown[:56]}…'"
    if kind in {"literal_error", "enum"}:
        known = [word.strip("'") for word in re.findall(r"'[^']+'", str(context.get("expected", "")))]
        return f"{shown} is not one of the words that may stand here.", did_you_mean(str(given), known)
    if kind == "string_pattern_mismatch":
        return f"{shown} does not have the right form.", _form(str(context.get("pattern")))
    if kind in {"int_parsing", "int_from_float", "int_type", "float_parsing"}:
        return f"{shown} is not a number.", "Write digits only."
    if kind.startswith("bool"):
        return f"{shown} is neither true nor false.", "Write true or false."
    if kind == "string_type":
        return (
            "A list or a mapping stands where text belongs.",
            "Write text; put it in quotes if it holds ': '.",
        )
    if kind in {"list_type", "tuple_type"}:
        return f"{shown} is not a list.", "Write [one, two], or one item a line beginning with '- '."
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return f"{shown} stands where keys belong.", "Write 'key: value' lines, indented, below it."
    if kind == "string_too_short":
        return "There is no text here.", "Write some, or take the line out."
    if kind == "string_too_long":
        return f"The text is longer than {context['max_length']} characters.", "Shorten it."
    if kind == "too_short":
        return "The list is empty.", "Write at least one value."
    bound = next((str(context[key]) for key in ("le", "lt", "ge", "gt") if key in context), "")
    if bound:
        how = {"le": "at most", "lt": "less than", "ge": "at least", "gt": "more than"}
        word = next(how[key] for key in how if key in context)
        return f"{shown} is out of range.", f"It has to be {word} {bound}."
    return f"{shown} does not fit here.", "Compare it with a neighbour."


def _form(pattern: str) -> str:
    forms = {
        "^[a-z0-9]+(-[a-z0-9]+)*$": "Write small letters, digits and single hyphens: munro-2008.",
        r"^\d{4}-\d\d$": "Write it as 2010-11.",
        "^[a-z]$": "Write one small letter.",
    }
    return forms.get(pattern, "Compare it with a neighbour.")


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _description(model: type[BaseModel], key: str) -> str:
    for name, info in model.model_fields.items():
        if (info.alias or name) == key:
            words = get_args(info.annotation) if get_origin(info.annotation) is not None else ()
            if words and all(isinstance(word, str) for word in words):
                return f" It is {one_of(list(words))}."
            return f" {info.description}" if info.description else ""
    return ""


def _model_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that stands at a place inside another, or None."""
    found: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int):
            continue
        if found is None:
            return None
        info = next((i for n, i in found.model_fields.items() if (i.alias or n) == step), None)
        found = _model_in(info.annotation) if info is not None else None
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``list[Name]``, ``Annotated[...]`` or ``Name | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {list, tuple, Annotated, Union, types.UnionType}:
        return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
    return None
