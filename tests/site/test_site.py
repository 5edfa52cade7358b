"""One real, strict build of the site: what a reader and a host find in it, whatever its pages say."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from knowledge_base import catalogue
from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import assets, build, exports, inspect
from tests.built import ROOT, Built, BuiltPage, having, read, stand_in, words
from tests.content import record

PUBLISHED = Path(__file__).with_name("published_paths.txt")
BIBLIOGRAPHY = "research/references/"
RAN = "How it ran in 2010-11"
ANATOMY = [
    "In one minute",
    "What was covered",
    "Activities",
    "Questions to take into supervision",
    RAN,
    "If you missed it",
    "Evidence cited on this page",
    "Where this comes from",
    "Downloads",
]
FACTS = ["When", "Where", "For", "How long", "Set", "Given out"]
HOST = "Your sets' dates"
TABS = ["Home", "Sessions", "Catch up", "Notes", "Toolkit", "Research and evidence", "About"]

# Columns in which "None" counts nobody and is a word of ours.
COUNTS = {"Withdrew or retired", "Summary"}
# Left over from data: Python's and JSON's words for nothing. "None in the report", "None named" and "None of it" are
# sentences.
LEFT_OVER = re.compile(
    r"\b(?:None|null|nan|undefined)\b(?! named\b| in the report\b| of (?:it|the|them|these|this)\b)"
)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a host builds it that serves it under a path and keeps its sources in a repository."""
    target = tmp_path_factory.mktemp("hosted") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", "https://council.example/apir/")
        patch.setenv("EDIT_URI", "https://git.example/apir/_edit/main/docs/")
        said = build.mkdocs(ROOT, target, target.parent / "mkdocs.log")
        exports.write(catalogue.load(ROOT), target, build.site_url())
    assert not said, "\n".join(said)
    stand_in(target, catalogue.load(ROOT))
    return target


def straight(entry: str) -> str:
    """An entry with typewriter quotation marks, as the data has them."""
    return re.sub("[‘’“”]", "'", entry)


def edit_links(page: BuiltPage) -> list[str]:
    return [link.get("href", "") for link in having(page.article, "md-content__button")]


# --- sessions ---------------------------------------------------------------------------------------


def test_a_session_has_the_headings_of_a_session_in_their_order(built: Built, sources: Catalogue) -> None:
    sessions = built.under("sessions/")
    assert len(sessions) == len(sources.sessions) > 0
    added = record.added(sources)
    for page in sessions:
        headings = page.headings
        if page.address in added:
            # It ran in a year of its own.
            headings = [re.sub(r"^How it ran in \d{4}-\d\d$", RAN, heading) for heading in headings]
        assert headings == ANATOMY, page.address


def test_a_session_begins_with_its_facts(built: Built) -> None:
    for page in built.under("sessions/"):
        whole = having(page.article, "kb-page")[0]
        strip = next(node for node in whole if "kb-minutes" not in (node.get("class") or ""))
        assert "kb-facts" in strip.get("class"), page.address
        # Whoever has notes of the session leads to them; then comes what to do for those who missed it; a host's own
        # dates are last.
        labels = [words(label) for label in strip.iter("dt")]
        assert labels[: len(FACTS)] == FACTS, page.address
        missed = ["Missed it?", "Take away"]
        assert labels[len(FACTS) :] in (
            missed,
            ["Notes", *missed],
            [*missed, HOST],
            ["Notes", *missed, HOST],
        ), page.address
        assert all(words(fact) for fact in strip.iter("dd")), page.address


def test_a_session_says_that_it_is_history_and_where_todays_guidance_is(built: Built) -> None:
    for page in (built[f"sessions/{name}/"] for name in record.SESSIONS):
        note = having(page.article, "kb-facts")[0].find("p")
        assert words(note).startswith("A record of 2010-11"), page.address
        assert "about/historical-record/" in page.links(note), page.address


def test_no_section_of_a_session_is_empty(built: Built, sources: Catalogue) -> None:
    added = record.added(sources)
    for page in built.under("sessions/"):
        for heading in page.headings:
            least = 1 if page.address in added else 20
            assert len(page.says(heading)) >= least, f"{page.address}: {heading}"


# --- every page -------------------------------------------------------------------------------------


def test_every_source_page_is_published_at_its_address(built: Built, sources: Catalogue) -> None:
    assert set(built.pages) == {record.address_of(path) for path in sources.pages}


def test_a_published_address_stays(built: Built) -> None:
    lines = PUBLISHED.read_text(encoding="utf-8").split("\n")
    listed = [line for line in lines if line and not line.startswith("#")]
    there = [f"/{address}" for address in built.pages]
    gone = sorted(set(listed) - set(there))
    assert not gone, f"Published addresses that lead nowhere now; keep the page or redirect it: {gone}"
    assert listed == sorted(set(listed)), "The list is sorted, and holds each address once."


def test_every_page_says_its_language_and_what_it_is_about(built: Built, sources: Catalogue) -> None:
    for path, page in sources.pages.items():
        made = built[record.address_of(path)].tree
        matter = page.source.matter
        assert matter is not None
        assert made.get("lang") == "en", path
        assert made.xpath("string(//meta[@name='description']/@content)") == matter.description, path
        assert matter.title in made.findtext(".//title"), path


def test_every_page_has_one_heading_of_the_first_level_and_skips_none(built: Built) -> None:
    for page in built:
        levels = [int(node.tag[1]) for node in page.article.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, page.address
        assert levels.count(1) == 1, page.address
        assert all(after <= before + 1 for before, after in pairwise(levels)), page.address


def test_no_id_stands_twice_on_a_page(built: Built) -> None:
    for page in built:
        ids = Counter(node.get("id") for node in page.tree.iter(etree.Element) if node.get("id"))
        assert [name for name, times in ids.items() if times > 1] == [], page.address


def without_counts(page: BuiltPage) -> BuiltPage:
    """A page without the cells that count nobody, under headings where "None" is a word of ours."""
    rest = BuiltPage(page.address, page.file, copy.deepcopy(page.tree))
    for table in rest.article.iter("table"):
        heads = [words(head) for head in table.findall("thead/tr/th")]
        for row in table.findall("tbody/tr"):
            for head, cell in zip(heads, list(row), strict=False):
                if head in COUNTS and words(cell) == "None":
                    cell.text = ""
    return rest


def test_nothing_is_left_over_from_data(built: Built, sources: Catalogue) -> None:
    added = record.added(sources)
    for page in built:
        if page.address in added:
            # Its own sentences may begin with "None"; what a macro drew is no sentence.
            assert not [block for block in page.blocks() if LEFT_OVER.fullmatch(block)], page.address
            continue
        assert LEFT_OVER.findall(without_counts(page).text) == [], page.address
        for node in page.article.iter(etree.Element):
            for name, value in node.attrib.items():
                assert not LEFT_OVER.search(value), f"{page.address}: {name}={value!r}"


def test_every_table_says_what_its_columns_hold(built: Built) -> None:
    for page in built:
        for table in page.article.iter("table"):
            headers = table.findall("thead/tr/th")
            assert headers, f"{page.address}: a table without column headers"
            assert all(words(header) for header in headers), page.address
            if table.find("caption") is not None:
                assert {header.get("scope") for header in headers} == {"col"}, page.address


# --- ways through the site --------------------------------------------------------------------------


def test_every_page_has_the_tabs(built: Built) -> None:
    for page in built:
        assert [words(tab) for tab in having(page.tree, "md-tabs__link")] == TABS, page.address


def test_every_page_is_reached_through_the_menus_alone(built: Built) -> None:
    reached, todo = {""}, [""]
    while todo:
        page = built[todo.pop()]
        menus = [node for node in page.tree.iter("nav") if node.get("aria-label") in {"Tabs", "Navigation"}]
        found = {address for menu in menus for address in page.links(menu)} & set(built.pages)
        todo += found - reached
        reached |= found
    assert set(built.pages) - reached == set()


def test_nothing_is_broken_and_nothing_is_fetched_from_elsewhere(served: Path) -> None:
    assert inspect.inspect(served) == []


def test_a_site_that_is_served_under_a_path_is_as_sound(hosted: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(hosted, tmp_path / "site"))
    assert assets.gather(copy, "/apir/") == []
    assert inspect.inspect(copy, "/apir/") == []


def test_search_knows_every_page(preview: Path, built: Built) -> None:
    index = json.loads((preview / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert {entry["location"].split("#")[0] for entry in index["docs"]} == set(built.pages)


def test_search_does_not_find_what_shows_on_hover_only(preview: Path, built: Built) -> None:
    index = json.loads((preview / "search" / "search_index.json").read_text(encoding="utf-8"))
    indexed = [" ".join(html.fromstring(f"<p>{entry['text']}</p>").text_content().split()) for entry in index["docs"]]
    for page in built:
        for link in page.citations():
            full = " ".join(page.tree.get_element_by_id(link.get("aria-describedby")).text_content().split())
            # A sentence that cites names the work once, in short; only lists of works hold the whole of it.
            assert not [text for text in indexed if f"{words(link)}{full}" in text], words(link)


def test_the_sitemap_has_every_page_once_the_site_knows_its_address(site: Path, hosted: Path, built: Built) -> None:
    assert (site / "sitemap.xml").is_file()
    tree = etree.parse(hosted / "sitemap.xml")
    listed = {node.text for node in tree.iter("{*}loc")}
    assert listed == {f"https://council.example/apir/{address}" for address in built.pages}


def test_no_page_offers_to_be_edited_by_default(built: Built) -> None:
    for page in built:
        assert edit_links(page) == [], page.address


def test_with_a_repository_every_page_leads_to_its_own_source(hosted: Path, sources: Catalogue) -> None:
    pages = read(hosted)
    for path in sources.pages:
        assert edit_links(pages[record.address_of(path)]) == [f"https://git.example/apir/_edit/main/docs/{path}"]


# --- weight -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "most"),
    [("", 36_000), ("sessions/als-3/", 48_000), ("sessions/launch/", 68_000), (BIBLIOGRAPHY, 164_000)],
)
def test_a_page_is_light_enough_for_a_phone(built: Built, sources: Catalogue, address: str, most: int) -> None:
    # Each page that was added is in the menus, and each work in the bibliography.
    most += 500 * len(record.added(sources))
    if address == BIBLIOGRAPHY:
        most += 2_000 * (len(sources.references) - len(record.works(sources)))
    assert built[address].file.stat().st_size <= most


def test_the_style_and_the_scripts_of_a_page_are_light_enough_for_a_phone(site: Path, built: Built) -> None:
    home = built[""]
    loaded = {node.get("href") for node in home.tree.iter("link") if node.get("rel") == "stylesheet"}
    loaded |= {node.get("src") for node in home.tree.iter("script") if node.get("src")}
    assert len(loaded) >= 4
    assert sum((site / address).stat().st_size for address in loaded) <= 340_000


# --- citations --------------------------------------------------------------------------------------


def test_a_citation_leads_to_its_entry_in_the_bibliography(built: Built) -> None:
    entries = {work.get("id") for work in having(built[BIBLIOGRAPHY].article, "kb-work")}
    cited = 0
    for page in built:
        for link in page.citations():
            address, anchor = page.leads_to(link.get("href", ""))
            assert (address, anchor in entries) == (BIBLIOGRAPHY, True), f"{page.address}: {words(link)}"
            cited += 1
    assert cited > 0


def test_a_citation_is_described_by_the_full_reference(built: Built) -> None:
    entries = {work.get("id"): words(work.find("p")) for work in having(built[BIBLIOGRAPHY].article, "kb-work")}
    for page in built:
        for link in page.citations():
            full = page.tree.get_element_by_id(link.get("aria-describedby"))
            assert full.get("role") == "tooltip", page.address
            assert full.getparent() is link.getparent(), page.address
            _, work = page.leads_to(link.get("href", ""))
            assert entries[work].startswith(" ".join(full.text_content().split())), f"{page.address}: {words(link)}"


def test_a_citation_names_the_first_author_and_the_year_of_its_work(built: Built, sources: Catalogue) -> None:
    for page in built:
        for link in page.citations():
            work = sources.references[page.leads_to(link.get("href", ""))[1]]
            first = (work.author or work.editor)[0]
            assert work.year in words(link), f"{page.address}: {words(link)}"
            assert words(link).startswith(first.family or str(first.literal)), f"{page.address}: {words(link)}"


def test_the_works_listed_on_a_page_are_those_that_it_cites(built: Built) -> None:
    lists = 0
    for page in built:
        for found in having(page.article, "kb-cited"):
            listed = [page.leads_to(link.get("href", ""))[1] for link in found.iter("a")]
            assert len(found) == len(page.cited()), page.address
            assert set(filter(None, listed)) == page.cited(), page.address
            lists += 1
    assert lists > 0


def test_a_page_that_cites_works_lists_them(built: Built) -> None:
    for page in built:
        if page.address.startswith("sessions/") and page.cited():
            assert having(page.article, "kb-cited"), page.address


# --- terms ------------------------------------------------------------------------------------------


def test_a_term_leads_to_its_place_in_the_glossary_and_is_described_by_its_meaning(
    built: Built, sources: Catalogue
) -> None:
    known = sources.collection("glossary")
    marks = 0
    for page in built:
        for mark in having(page.article, "kb-term"):
            link = mark.find("a")
            address, name = page.leads_to(link.get("href"))
            assert address == "research/glossary/", page.address
            tip = page.tree.get_element_by_id(link.get("aria-describedby"))
            assert getattr(known[name], "meaning", "") in tip.text_content(), f"{page.address}: {name}"
            assert not [node.tag for node in mark.iterancestors() if node.tag in {"a", "button", "summary", "h2"}]
            marks += 1
    assert marks > 0
    assert having(built["research/glossary/"].article, "kb-term") == []


# --- the page of references -------------------------------------------------------------------------


def test_the_table_of_references_has_a_row_for_each_work(built: Built, sources: Catalogue) -> None:
    page = built[BIBLIOGRAPHY]
    table = next(page.article.iter("table"))
    assert [words(header) for header in table.findall("thead/tr/th")] == [
        "Author",
        "Year",
        "Title",
        "Kind",
        "Cited in",
    ]
    assert {header.get("scope") for header in table.findall("thead/tr/th")} == {"col"}
    assert {row.find("th").get("scope") for row in table.findall("tbody/tr")} == {"row"}
    assert words(table.find("caption"))
    rows = [tuple(row[1:3]) for row in page.cells(table)]
    assert sorted(rows) == sorted((work.year, work.title) for work in sources.references.values())


def test_every_work_has_one_harvard_entry(built: Built, sources: Catalogue) -> None:
    entries = having(built[BIBLIOGRAPHY].article, "kb-work")
    ids = Counter(entry.get("id") for entry in entries)
    for work in sources.references.values():
        assert ids[work.id] == 1, work.id
        entry = next(entry for entry in entries if entry.get("id") == work.id)
        first = (work.author or work.editor)[0]
        said = words(entry.find("p"))
        assert re.match(rf"{re.escape(first.family or str(first.literal))}.*\({work.year}\) ", said), said
        assert work.title in straight(said), said


def test_cited_in_agrees_with_what_the_pages_cite(built: Built, sources: Catalogue) -> None:
    citing = defaultdict(set)
    for page in built:
        for work in page.cited():
            citing[work].add(page.address)
    page = built[BIBLIOGRAPHY]
    rows = next(page.article.iter("table")).findall("tbody/tr")
    in_table = {page.leads_to(row.find("th/a").get("href"))[1]: set(page.links(row[-1])) for row in rows}
    in_entries = {
        entry.get("id"): {address for line in entry.findall("p") for address in cited_in(page, line)}
        for entry in having(page.article, "kb-work")
    }
    for work in sources.references:
        assert in_table[work] == citing[work], work
        assert in_entries[work] == citing[work], work


def cited_in(page: BuiltPage, line: etree._Element) -> list[str]:
    return page.links(line) if words(line).startswith("Cited in:") else []


def test_a_work_that_no_page_cites_says_so(built: Built) -> None:
    page = built[BIBLIOGRAPHY]
    rows = next(page.article.iter("table")).findall("tbody/tr")
    for row in rows:
        assert page.links(row[-1]) or words(row[-1]) == "No page", words(row)


def test_corrections_and_doubts_are_told_apart(built: Built, sources: Catalogue) -> None:
    entries = {entry.get("id"): entry for entry in having(built[BIBLIOGRAPHY].article, "kb-work")}
    for work in sources.references.values():
        shown = [words(item) for box in having(entries[work.id], "kb-curator") for item in box.iter("li")]
        corrections = [line for line in shown if line.startswith("Correction, ")]
        doubts = [line for line in shown if line.startswith("Doubt, ")]
        of_data = [entry for entry in work.correction if entry.field != "year-suffix"]
        assert len(corrections) == sum(entry.verified for entry in of_data), work.id
        assert len(doubts) == sum(not entry.verified for entry in of_data), work.id
        assert all("Seen:" in line and "Confidence:" in line for line in corrections), work.id
        assert all("Seen in no source" in line and " right is " not in line for line in doubts), work.id


def test_a_correction_stands_in_a_box_of_the_curators(built: Built) -> None:
    boxes = having(built[BIBLIOGRAPHY].article, "kb-curator")
    assert boxes
    for box in boxes:
        assert words(having(box, "kb-curator__label")[0]) == "Curator's note"
    outside = [words(node) for node in built[BIBLIOGRAPHY].article.iter("p")]
    assert not [line for line in outside if line.startswith(("Correction,", "Doubt,"))]


def test_an_entry_stays_as_it_was_printed(built: Built, sources: Catalogue) -> None:
    entries = {entry.get("id"): words(entry.find("p")) for entry in having(built[BIBLIOGRAPHY].article, "kb-work")}
    for work in sources.references.values():
        for entry in work.correction:
            if entry.field == "title" and entry.printed:
                # Quotation marks, around a title and in it, are the style's, whatever the report prints.
                assert entry.printed.strip("'") in straight(entries[work.id]), work.id
