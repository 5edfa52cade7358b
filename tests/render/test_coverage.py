from __future__ import annotations

import pytest

from knowledge_base.render import research

MATRIX = "What each session page has to do with"


@pytest.fixture
def home(fake, shown):
    def say(call):
        path = fake / "docs/index.md"
        path.write_text(path.read_text(encoding="utf-8").partition("Welcome")[0] + call, encoding="utf-8")
        return shown("index.md")

    return say


def test_a_gap_is_said_in_a_word(home):
    page = home("{{ coverage() }}")
    assert page.tables[MATRIX][0] == ["ALS 1: Trees", "None", "None", "None", "3 works"]
    assert ("3 works", "research/references/#session=als-1") in page.links
    assert page.tables["1 work, by author"] == [["Oak Board, 2003b", "No page"]]
    assert "The axe (added; not in the report)" in page.text


def test_each_outcome_has_the_number_of_its_figures(home):
    page = home("{{ coverage() }}")
    rows = next(rows for caption, rows in page.tables.items() if caption.startswith("The outcomes"))
    assert {row[1] for row in rows} == {"None"}
    assert all(row[2] == "None" or row[2].isdigit() for row in rows)


def test_files_of_data_are_listed_with_a_link_and_described(home):
    page = home("{{ data_files() }}")
    assert [
        "data/councils.json",
        "A council that nominated managers; what the report does not give stays empty.",
        "councils: 2",
    ] in page.tables["One file for each collection"]
    assert ("data/councils.json", "data/councils.json") in page.links
    assert ["nominees", "Whole number. Nominated at the start."] in page.tables["Keys of councils"]


@pytest.mark.parametrize(("folders", "way"), [(True, "../../downloads/"), (False, "../downloads/")])
def test_files_are_found_from_pages_in_folders_and_from_pages_that_are_files(desk, folders, way):
    asked = desk("research/references.md")
    research.references(asked)  # the check draws first, for folders
    asked.directory_urls = folders
    assert f'href="{way}references.bib"' in research.references(asked)
