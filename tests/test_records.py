from __future__ import annotations

import json

import pytest

from knowledge_base import catalogue, model, records
from knowledge_base.publish import data

PRIVATE = {"mentor_at_follow_ups", "finisher_attendance"}


@pytest.fixture
def exported(fake):
    return {path: json.loads(make()) for path, make in data.files(catalogue.build(fake)).items()}


def test_each_collection_and_each_kind_of_page_is_a_file(exported):
    names = set(model.FILES) - {"allowed", "local"} | {"sessions", "notes", "tools", "index"}
    assert set(exported) == {f"data/{name}.json" for name in names}


def test_what_one_person_did_is_marked_and_not_handed_on(fake):
    marked = {
        name for name, field in model.Council.model_fields.items() if model.OfOnePerson in map(type, field.metadata)
    }
    assert marked == PRIVATE
    path = fake / "data/councils.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("withdrew: 1,", "withdrew: 1, mentor_at_follow_ups: true, finisher_attendance: 5,"), "utf-8"
    )
    whole = catalogue.build(fake)
    assert whole.collection("councils")["barkton"].mentor_at_follow_ups is True
    written = b"".join(make() for make in data.files(whole).values()).decode()
    assert not [name for name in PRIVATE if name in written]
    (file,) = [file for file in records.published(whole) if file.path == "data/councils.json"]
    assert not PRIVATE & file.parts[0].keys.keys()


def test_what_a_host_adds_is_not_handed_on(fake):
    (fake / "data/local.yml").write_text("local:\n  council: Borough of Nowhere\n", encoding="utf-8")
    whole = catalogue.build(fake)
    assert whole.local.council == "Borough of Nowhere"
    assert not [path for path, make in data.files(whole).items() if b"Nowhere" in make() or "local" in path]


def test_what_is_unknown_is_null_and_every_key_is_there(exported):
    leafham, barkton = exported["data/councils.json"]["councils"]
    assert list(leafham) == list(barkton)
    assert (leafham["average_attendance"], barkton["average_attendance"]) == (5.5, None)


def test_a_doubt_is_told_from_a_correction(exported):
    birch = next(work for work in exported["data/references.json"]["references"] if work["id"] == "birch-elm-2002")
    assert [(entry["field"], entry["verified"]) for entry in birch["correction"]] == [
        ("page", True),
        ("issue", False),
    ]
    assert birch["container-title"] == "Journal of Woods"


def test_a_session_says_where_it_is_published(exported):
    found = {entry["id"]: entry for entry in exported["data/sessions.json"]["sessions"]}
    assert list(found) == ["als-1", "mentors-1"]
    assert found["als-1"]["path"] == "sessions/als-1/"
    assert found["mentors-1"]["when"]["from"] == "2020-09-08"
    assert found["mentors-1"]["run_sheet"][0]["at"] == "10:00"


def test_the_index_lists_the_files_with_their_counts(exported):
    listed = exported["data/index.json"]["files"]
    assert [entry["path"] for entry in listed] == [path for path in exported if path != "data/index.json"]
    councils = next(entry for entry in listed if entry["path"] == "data/councils.json")
    assert (councils["counts"], councils["generated_from"]) == ({"councils": 2}, "data/councils.yml")


def test_every_key_that_a_file_holds_is_described(fake, exported):
    for file in records.published(catalogue.build(fake)):
        for part in file.parts:
            content = exported[file.path][part.name]
            for entry in content if isinstance(content, list) else [content]:
                assert set(entry) == set(part.keys), file.path


def test_a_key_is_described_in_words(fake):
    files = {file.path: file for file in records.published(catalogue.build(fake))}
    keys = files["data/councils.json"].parts[0].keys
    assert keys["nominees"] == "Whole number. Nominated at the start."
    assert keys["average_attendance"] == "Number, null where there is none. Sessions a nominee, of seven."
