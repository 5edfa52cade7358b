"""The data as other programs get it: every collection of ``data/``, and what pages say of themselves.

What a host adds in ``data/local.yml`` is left out: contacts and dates are for those who read that edition. So are the
allow-list of the check, and whatever the model marks as telling what a single person did.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, cast

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from knowledge_base import __version__, model
from knowledge_base.catalogue import Catalogue

NOT_PUBLISHED = frozenset({"local", "allowed"})

_KEYS_OF_A_PAGE = {"path": "Where the page stands below the site's address.", "file": "Its source below docs/."}
_KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null where there is none",
    "array": "list",
    "object": "entry",
}


@dataclass(frozen=True)
class Part:
    """One key at the top of a file: a list of items, or the one item that there is.

    Attributes:
        name: the key.
        item: the model of an item.
        keys: by the key of an item, what it holds, in words.
        count: how many items there are.
    """

    name: str
    item: type[BaseModel]
    keys: Mapping[str, str]
    count: int


@dataclass(frozen=True)
class File:
    """A published file.

    Attributes:
        path: in the site: ``data/councils.json``.
        holds: what it holds, in a few words.
        parts: its keys besides ``about``.
        content: by the key, what stands there.
    """

    path: str
    holds: str
    parts: tuple[Part, ...]
    content: Mapping[str, Any]


def published(whole: Catalogue) -> list[File]:
    """Every file, in the order of the model: collections first, then pages."""
    return [*_collections(whole), *_pages(whole)]


def handed_on(value: Any) -> Any:
    """A value of the model as JSON has it, without what tells of one person."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        kept = {_key(name, field): handed_on(getattr(value, name)) for name, field in _public(fields)}
        return kept | {name: getattr(value, name) for name in type(value).model_computed_fields}
    if isinstance(value, list):
        return [handed_on(entry) for entry in value]
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="minutes") if hasattr(value, "hour") else value.isoformat()
    return value


def _collections(whole: Catalogue) -> Iterator[File]:
    for name, kind in model.FILES.items():
        file = whole.data.files.get(name)
        if name in NOT_PUBLISHED or file is None:
            continue
        content = {key: handed_on(getattr(file, key)) for key in kind.model_fields}
        parts = tuple(
            Part(key, item, _keys(item), len(content[key]) if isinstance(content[key], list) else 1)
            for key, item in ((key, _item(field)) for key, field in kind.model_fields.items())
        )
        yield File(f"data/{name}.json", " ".join(_says(part.item) for part in parts), parts, content)


def _pages(whole: Catalogue) -> Iterator[File]:
    tools = sorted((page for page in whole.pages.values() if page.tool), key=lambda page: page.path)
    kinds = {"sessions": whole.sessions, "notes": whole.notes, "tools": tools}
    for (name, pages), kind in zip(kinds.items(), ("session", "notes", "tool"), strict=True):
        matter = model.FRONT_MATTER[kind]
        items = [{"path": _address(page.path), "file": page.path} | handed_on(page.source.matter) for page in pages]
        part = Part(name, matter, {**_KEYS_OF_A_PAGE, **_keys(matter)}, len(items))
        yield File(f"data/{name}.json", _says(matter), (part,), {name: items})


def about(file: File) -> dict[str, Any]:
    """What a file says of itself."""
    name = PurePosixPath(file.path).stem
    made_of = f"data/{name}.yml" if name in model.FILES else f"front matter of docs/{_folder(name)}"
    return {
        "holds": file.holds,
        "generated_from": made_of,
        "version": __version__,
        "counts": {part.name: part.count for part in file.parts},
    }


def _folder(name: str) -> str:
    return "toolkit/" if name == "tools" else f"{name}/"


def _address(path: str) -> str:
    found = PurePosixPath(path).with_suffix("")
    return f"{found}/"


# --- in words ---------------------------------------------------------------------------------------


def _public(fields: Mapping[str, FieldInfo]) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in fields.items():
        if not any(isinstance(mark, model.OfOnePerson) for mark in field.metadata):
            yield name, field


def _key(name: str, field: FieldInfo) -> str:
    return field.serialization_alias or field.alias or name


def _says(item: type[BaseModel]) -> str:
    """The first sentence of what the model says of itself."""
    first = " ".join((inspect.getdoc(item) or "").partition("\n\n")[0].split())
    return first.replace("``", "")


def _item(field: FieldInfo) -> type[BaseModel]:
    """The model of what a key at the top of a file holds: itself, or each item of its list."""
    found = field.annotation
    while not inspect.isclass(found) or not issubclass(found, BaseModel):
        found = cast(Any, found).__args__[0]
    return found


def _keys(item: type[BaseModel]) -> dict[str, str]:
    """What each key of an item holds: its kind, and what the model says of it."""
    schema = _schema(item)
    found = {}
    for name, field in _public(item.model_fields):
        key = _key(name, field)
        kind = _kind(schema["properties"][key], schema.get("$defs", {}))
        said = field.description or ""
        found[key] = f"{kind[0].upper()}{kind[1:]}." + (f" {said}" if said else "")
    return found


@functools.cache
def _schema(item: type[BaseModel]) -> dict[str, Any]:
    return item.model_json_schema(by_alias=True, mode="serialization")  # with what is computed


def _kind(schema: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return _kind(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        kinds = [_kind(entry, known) for entry in schema["anyOf"]]
        return ", ".join(dict.fromkeys(kinds))
    if schema.get("type") == "array":
        return f"list; each: {_kind(schema['items'], known)}"
    if "properties" in schema:
        return f"entry with {', '.join(schema['properties'])}"
    if "enum" in schema and len(schema["enum"]) <= 8:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    return _KINDS[schema.get("type", "string")]
