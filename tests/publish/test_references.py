"""The exports of the works, opened again by programs that nobody here wrote."""

from __future__ import annotations

import csv
import io
import json
import warnings

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_bytes

from knowledge_base import catalogue
from knowledge_base.publish import references, table


def made(root, ending):
    return references.files(catalogue.build(root))[f"downloads/references.{ending}"]()


def test_bibtex_can_be_parsed(fake):
    entries = parse_bytes(made(fake, "bib"), "bibtex", encoding="utf-8").entries
    assert list(entries) == ["ash-2001", "birch-elm-2002", "oak-2003a", "oak-2003b"]
    birch = entries["birch-elm-2002"]
    assert birch.type == "article"
    assert [str(person) for person in birch.persons["author"]] == ["Birch, B", "Elm, E"]
    assert (birch.fields["pages"], birch.fields["year"]) == ("1--19", "2002")
    assert birch.fields["doi"] == "10.1000/woods.1"


def test_bibtex_keeps_the_name_of_a_body_whole(fake):
    entries = parse_bytes(made(fake, "bib"), "bibtex", encoding="utf-8").entries
    assert entries["oak-2003a"].persons["author"][0].last_names == ["{Oak Board}"]
    assert entries["oak-2003b"].fields["year"] == "2003"
    assert "2003b" in entries["oak-2003b"].fields["note"]
    assert "url" not in entries["oak-2003b"].fields


def test_bibtex_holds_what_tex_would_act_on(fake):
    path = fake / "data/references.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("A book about trees", "50% of R&D {for} $5 \\ <no> 1_2^3 } Ümlaut – “so”")
    path.write_text(text.replace("10.1000/woods.1", "10.1000/woods_1"), encoding="utf-8")
    entries = parse_bytes(made(fake, "bib"), "bibtex", encoding="utf-8").entries
    assert len(entries) == 4
    title = entries["ash-2001"].fields["title"]
    assert title.startswith(r"50\% of R\&D \textbraceleft{}for\textbraceright{} \textdollar{}5 \textbackslash{} <no>")
    assert title.endswith("Ümlaut – “so”")
    assert entries["birch-elm-2002"].fields["doi"] == "10.1000/woods_1"


def test_ris_can_be_read(fake):
    text = made(fake, "ris").decode()
    assert text.startswith("TY  - BOOK")
    entries = {entry["id"]: entry for entry in rispy.loads(text)}
    assert len(entries) == 4
    birch = entries["birch-elm-2002"]
    assert (birch["type_of_reference"], birch["authors"]) == ("JOUR", ["Birch, B", "Elm, E"])
    assert (birch["start_page"], birch["end_page"], birch["doi"]) == ("1", "19", "10.1000/woods.1")
    assert entries["oak-2003a"]["authors"] == ["Oak Board"]


def test_csl_json_is_set_by_a_processor(fake):
    items = json.loads(made(fake, "json"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that the processor does not know
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", locale="en-GB", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = [str(entry) for entry in bibliography.bibliography()]
    assert "Ash, A. (2001) A book about trees. Leafham: Wood Press." in entries
    assert any(entry.startswith("Birch, B. and Elm, E. (2002)") and "1–19" in entry for entry in entries)


def test_csv_opens_as_a_table(fake):
    written = made(fake, "csv")
    assert written.startswith(b"\xef\xbb\xbf")  # by this Excel knows UTF-8
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))}
    assert len(rows) == 4
    assert rows["birch-elm-2002"]["pages"] == "1–19"
    assert rows["ash-2001"]["cited on"].startswith("ALS 1: Trees; Mentors meet")
    assert rows["oak-2003b"]["cited on"] == "no page"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_a_cell_never_begins_a_formula(formula):
    (row,) = csv.reader(io.StringIO(table.csv([formula], []).decode("utf-8-sig"), newline=""))
    assert row == [formula]  # a heading is ours
    _, row = csv.reader(io.StringIO(table.csv(["a"], [[formula]]).decode("utf-8-sig"), newline=""))
    assert row == [f"'{formula}"]


def test_an_edited_book_has_its_editors(fake):
    path = fake / "data/references.yml"
    text = path.read_text(encoding="utf-8").replace("author: [{family: Ash", "editor: [{family: Ash", 1)
    path.write_text(text, encoding="utf-8")
    entries = parse_bytes(made(fake, "bib"), "bibtex", encoding="utf-8").entries
    assert list(entries["ash-2001"].persons) == ["editor"]
    ash = next(entry for entry in rispy.loads(made(fake, "ris").decode()) if entry["id"] == "ash-2001")
    assert (ash["type_of_reference"], ash["authors"]) == ("EDBOOK", ["Ash, A"])


def test_the_same_sources_give_the_same_bytes(fake):
    first = {path: make() for path, make in references.files(catalogue.build(fake)).items()}
    assert first == {path: make() for path, make in references.files(catalogue.build(fake)).items()}
