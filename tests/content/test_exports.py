"""The files for other programs, from the real data: whole, opened by others' programs, and nothing private."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_file

from knowledge_base.catalogue import Catalogue
from tests.built import Built, having, words

ID = "brandon-et-al-2010"
PRINTED, RIGHT = "database referrals", "database notifications"


@pytest.fixture(scope="module")
def csl(site: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((site / "downloads/references.json").read_text(encoding="utf-8"))
    return found


def test_each_file_holds_every_work(site: Path, sources: Catalogue, csl: list[dict[str, object]]) -> None:
    works = set(sources.references)
    assert set(parse_file(site / "downloads/references.bib", "bibtex", encoding="utf-8").entries) == works
    assert {entry["id"] for entry in rispy.loads((site / "downloads/references.ris").read_text("utf-8"))} == works
    assert {entry["id"] for entry in csl} == works
    with (site / "downloads/references.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == works


def test_a_csl_processor_sets_every_work(csl: list[dict[str, object]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that the processor does not know
        style = CitationStylesStyle("harvard-cite-them-right", locale="en-GB", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(csl), formatter.plain)
        for item in csl:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = [str(entry) for entry in bibliography.bibliography()]
    assert len(entries) == len(csl)
    for item, entry in zip(csl, entries, strict=True):
        (date,) = item["issued"]["date-parts"]  # type: ignore[index]
        assert f"({date[0]})" in entry, entry
        # British: single quotation marks, and none of American dates.
        assert "“" not in entry, entry
    assert any("‘Conceptual analysis of critical moments" in entry for entry in entries)


def test_what_is_verified_to_be_wrong_is_put_right_and_told(site: Path, csl: list[dict[str, object]]) -> None:
    work = next(entry for entry in csl if entry["id"] == ID)
    assert RIGHT in str(work["title"])
    assert PRINTED in str(work["note"])
    bibtex = parse_file(site / "downloads/references.bib", "bibtex", encoding="utf-8").entries[ID]
    assert RIGHT in bibtex.fields["title"]
    assert PRINTED in bibtex.fields["note"]


def test_a_doubt_does_not_reach_the_entry(csl: list[dict[str, object]]) -> None:
    work = next(entry for entry in csl if entry["id"] == "crittenden-1999")
    assert work["title"] == "Child Neglect. Causes and contributions"
    assert "page" not in work
    assert "contributors" in str(work["note"])


def test_an_address_of_2011_is_never_one_to_follow(sources: Catalogue, csl: list[dict[str, object]]) -> None:
    printed = {work.URL for work in sources.references.values() if work.URL}
    assert printed
    assert not printed & {entry.get("URL") for entry in csl}
    told = " ".join(str(entry.get("note", "")) for entry in csl)
    assert all(address in told for address in printed)


def test_years_are_numbers_and_letters_are_told(site: Path) -> None:
    entries = parse_file(site / "downloads/references.bib", "bibtex", encoding="utf-8").entries
    assert all(entry.fields["year"].isdigit() for entry in entries.values())
    assert "its year is 2010a" in entries["jones-sharp-2010a"].fields["note"]
    assert "its year is 2010b" in entries["jones-sharp-2010b"].fields["note"]


def test_the_page_leads_to_each_file(built: Built) -> None:
    page = built["research/references/"]
    links = [page.leads_to(link.get("href", ""))[0] for link in page.article.iter("a")]
    for ending in ("bib", "ris", "json", "csv"):
        assert links.count(f"downloads/references.{ending}") == 1


def test_every_work_on_the_page_can_be_picked_up(built: Built, sources: Catalogue) -> None:
    tree = built["research/references/"].tree
    for work in sources.references:
        (span,) = having(tree.get_element_by_id(work), "Z3988")
        assert span.get("title", "").startswith("ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:")


def test_no_mentors_attendance_is_handed_on(site: Path) -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in (site / "data").glob("*.json"))
    assert '"nominees"' in written
    assert "mentor_at_follow_ups" not in written
    assert "finisher_attendance" not in written
    assert not (site / "data/local.json").exists()


def test_the_page_on_data_lists_every_file(built: Built, site: Path) -> None:
    page = built["research/data/"]
    linked = {page.leads_to(link.get("href", ""))[0] for link in page.article.iter("a")}
    files = {f"data/{file.name}" for file in (site / "data").glob("*.json")}
    assert files == {address for address in linked if address.endswith(".json")}


def test_the_example_runs_in_a_copy_of_the_site(built: Built, site: Path, sources: Catalogue) -> None:
    (example,) = (node for node in built["research/data/"].article.iter("pre"))
    ran = subprocess.run(
        [sys.executable, "-c", example.text_content()], cwd=site, capture_output=True, text=True, check=True
    )
    works = sources.references.values()
    assert ran.stdout == f"{sum(bool(work.DOI) for work in works)} of {len(works)} works have a DOI.\n"


def test_the_matrix_has_a_row_for_each_session_and_says_its_gaps(built: Built, sources: Catalogue) -> None:
    page = built["research/coverage/"]
    rows = page.cells(next(page.article.iter("table")))
    assert [row[0] for row in rows] == [session.title for session in sources.sessions]
    cells = {row[0].split(":")[0]: row[1:] for row in rows}
    assert cells["ALS 6"][3] == "None"
    assert cells["ALS 2"][3].endswith(" works")
    assert "“Joint visit and debrief”" in cells["ALS 2"][1]
    assert all(cell for row in rows for cell in row)


def test_the_matrix_as_csv_has_every_work_that_a_session_cites(built: Built, site: Path) -> None:
    text = (site / "downloads/coverage.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for session in ("launch", "als-5", "mentors-1"):
        cited = {row["id"] for row in rows if row["session"] == session and row["what"] == "reference"}
        assert cited == built[f"sessions/{session}/"].cited()


def test_filters_of_the_bibliography_have_labels_and_wait_for_their_script(built: Built) -> None:
    (form,) = having(built["research/references/"].article, "kb-filters")
    assert form.get("hidden") is not None
    labels = {label.get("for"): words(label) for label in form.iter("label")}
    assert [labels[select.get("id")] for select in form.iter("select")] == [
        "Cited in session",
        "Theme of the evidence base",
        "Kind",
        "Online in November 2026",
    ]
