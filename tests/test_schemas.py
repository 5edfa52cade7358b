from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from knowledge_base import schemas
from knowledge_base.model import FILES, FRONT_MATTER, kind_of_page

ROOT = Path(__file__).resolve().parents[1]
DATA = sorted((ROOT / "data").glob("*.yml"))
PAGES = sorted((ROOT / "docs").rglob("*.md"))
SCHEMAS = schemas.schemas()


class _Editor(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
    """Types scalars as YAML 1.2 does, and so editors: ``no`` and ``10:30`` are text, ``10`` is a number."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own way


for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})\Z"), _first)


_Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def as_an_editor_types_it(text):
    return yaml.load(text, Loader=_Editor)  # noqa: S506 - a SafeLoader


def complaints(schema, value):
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMAS[f"{schema}.schema.json"]))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(value)]


def test_editor_types_scalars_as_yaml_1_2_does():
    typed = as_an_editor_types_it("[no, yes, 10, 019, 1.5, 10:30, 2021-05-01, true, null, ~, '10', on]")
    assert typed == ["no", "yes", 10, 19, 1.5, "10:30", "2021-05-01", True, None, None, "10", "on"]


def test_schemas_in_the_project_are_current():
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "data/schemas").iterdir()}
    assert written == SCHEMAS, "Run 'make generated'."


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMAS[name]))


def test_every_file_and_every_kind_of_page_has_a_schema():
    names = {*FILES, *(f"page-{kind}" for kind in FRONT_MATTER)}
    assert SCHEMAS.keys() == {f"{name}.schema.json" for name in names}


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_data_file_names_its_schema_for_editors(path):
    first = path.read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=schemas/{path.stem}.schema.json"
    assert (path.parent / f"schemas/{path.stem}.schema.json").is_file()


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_editor_finds_nothing_wrong_with_a_data_file(path):
    assert complaints(path.stem, as_an_editor_types_it(path.read_text(encoding="utf-8"))) == []


def test_editor_finds_nothing_wrong_with_front_matter():
    found = {}
    for path in PAGES:
        shown = path.relative_to(ROOT / "docs").as_posix()
        front = path.read_text(encoding="utf-8").split("---\n")[1]
        found[shown] = complaints(f"page-{kind_of_page(shown)}", as_an_editor_types_it(front))
    assert {shown: lines for shown, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("glossary", "glossary: [{id: a, source: [added], term: T, meening: M}]"),
        ("glossary", "glossary: [{id: a, source: [added]}]"),
        ("glossary", "glossary: [{id: A B, source: [added], term: T}]"),
        ("glossary", "glossary: [{id: a, source: [section-8], term: T}]"),
        ("glossary", "glossary: [{id: a, source: [], term: T}]"),
        ("glossary", "glossary: [{id: a, source: [added], term: 10}]"),
        ("glossary", "glossary: [{id: a, source: [added], term: T, expansion_added: maybe}]"),
        ("local", "local: {meetings: [{session: als-1, set: north, date: 1 May 2021}]}"),
        ("page-tool", "{title: T, description: D, source: [added], reviewed: 2021-05-01, purpose: P}"),
    ],
)
def test_editor_marks_what_the_loader_would_refuse(name, text):
    assert complaints(name, as_an_editor_types_it(text)) != []


def test_schemas_speak_of_keys_as_authors_write_them():
    text = SCHEMAS["references.schema.json"]
    assert '"container-title"' in text
    assert "container_title" not in text


def test_writing_mends_what_is_wrong_and_names_it(tmp_path):
    assert sorted(schemas.write(tmp_path)) == sorted(SCHEMAS)
    folder = tmp_path / "data/schemas"
    (folder / "glossary.schema.json").write_text("{}", encoding="utf-8")
    (folder / "local.schema.json").unlink()
    (folder / "trees.schema.json").write_text("{}", encoding="utf-8")
    assert sorted(schemas.write(tmp_path)) == ["glossary.schema.json", "local.schema.json", "trees.schema.json"]
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == SCHEMAS
    assert schemas.write(tmp_path) == []
