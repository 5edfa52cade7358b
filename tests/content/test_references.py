"""The references as the report has them: 65 works, where it cites each, what its list gets wrong."""

from __future__ import annotations

import re

import pytest

from knowledge_base.amended import archived
from knowledge_base.catalogue import Catalogue
from tests.built import Built, having, words
from tests.content import record

BIBLIOGRAPHY = "research/references/"

# Read from section 3 of the report: what it cites with a year in its account of each session.
CITED = {
    "launch": {
        "laming-2003",
        "laming-2009",
        "brandon-et-al-2008",
        "brandon-et-al-2009",
        "c4eo-2010-knowledge-review",
        "c4eo-2010-briefing-1",
        "c4eo-2010-briefing-2",
        "c4eo-2010-briefing-3",
        "dcsf-2010",
        "glisson-hemmelgarn-1998",
        "hemmelgarn-et-al-2006",
        "gibbs-2009",
    },
    "als-1": {"clutterbuck-2004", "hay-2007"},
    "als-2": {
        "collins-1990",
        "clark-asquith-1985",
        "fox-harding-1997",
        "banks-gallagher-2009",
        "barnard-et-al-2008",
        "jones-2007",
        "sharp-jones-2010",
        "jones-sharp-2010a",
        "jones-sharp-2010b",
        "sharp-jones-2011",
    },
    "als-3": {"cooper-2005", "rustin-2005", "trotter-2006"},
    "als-4": {"jones-gupta-2003", "stevenson-2007", "crittenden-1999", "howe-2005", "reder-duncan-1999"},
    "als-5": {
        "cicchetti-valentino-2006",
        "reder-et-al-1993",
        "reder-duncan-1999",
        "reder-duncan-2003",
        "dalzell-sawyerr-2007",
    },
    "als-6": set(),
    "mentors-1": {"dalzell-sawyerr-2007"},
    "mentors-2": set(),
}

# Spoken of there without author or year; the analyses of 2008 and 2009 by their years.
MENTIONED = {
    "launch": {"munro-1999", "munro-2008", "ferguson-2009", "morrison-2005", "cwdc-2009-nqsw", "cwdc-2009-epd"},
    "als-2": {"brandon-et-al-2008", "brandon-et-al-2009", "brandon-et-al-2010"},
    "als-3": {"brandon-et-al-2008", "brandon-et-al-2009"},
    "als-4": {"brandon-et-al-2008", "brandon-et-al-2009", "brandon-et-al-2010"},
    "als-5": {"brandon-et-al-2008", "brandon-et-al-2009", "brandon-et-al-2010"},
}

NEVER_CITED = {"jones-1994", "jones-2008", "kolb-1984", "reason-bradbury-2001"}

ENTRIES = {
    "munro-2008": "Munro, E. (2008) Effective child protection. London: Sage Publications.",
    "rustin-2005": (
        "Rustin, M. (2005) ‘Conceptual analysis of critical moments in Victoria Climbié's life’, "
        "Child and Family Social Work, 10, pp. 11–19."
    ),
    "barnard-et-al-2008": (
        "Barnard, A., Horner, N. and Wild, J. (eds) (2008) The value base of social work and social care: "
        "an active learning handbook. Maidenhead: Open University."
    ),
    "heron-reason-2001": (
        "Heron, J. and Reason, P. (2001) ‘The Practice of Co-operative Inquiry: research “with” rather than “on” "
        "People’, in P. Reason and H. Bradbury (eds) "
        "Handbook of Action Research: Participative Inquiry and Practice. London: Sage."
    ),
    "c4eo-2010-briefing-2": (
        "C4EO (2010c) What are the key questions for audit of child protection systems and decision-making? "
        "Briefing 2. London: C4EO."
    ),
    "cwdc-2009-nqsw": (
        "CWDC (2009a) Guide for Supervisors. Newly Qualified Social Worker Pilot Programme 2009-10. Leeds: CWDC."
    ),
}

# By work: what is wrong in the list, as printed and as it should be.
CORRECTIONS = [
    ("brandon-et-al-2010", "database referrals 2007-2009", "database notifications 2007-2009"),
    ("munro-2010", "A System's Analysis", "A Systems Analysis"),
    ("reder-duncan-2003", "“82-1”", "“82-100”"),
    ("fox-harding-1997", "“3rd”", "“2nd”"),
    ("torbert-2004", "Berrett-Koeler Publications", "Berrett-Koehler Publishers"),
    ("barnard-et-al-2008", "“Open University”", "“Open University Press”"),
]


def remarks(built: Built, work: str) -> list[str]:
    entry = built[BIBLIOGRAPHY].tree.get_element_by_id(work)
    return [words(item) for box in having(entry, "kb-curator") for item in box.iter("li")]


def lines(built: Built, work: str) -> str:
    return " ".join(words(node) for node in having(built[BIBLIOGRAPHY].tree.get_element_by_id(work), "kb-work__line"))


def test_there_are_65_works(built: Built, sources: Catalogue) -> None:
    page = built[BIBLIOGRAPHY]
    table = next(page.article.iter("table"))
    assert len(record.works(sources)) == 65
    # Works that were added stand in the same table.
    assert len(page.cells(table)) == len(sources.references)
    assert re.search(rf"\b{len(sources.references)} works\b", words(table.find("caption")))


def test_the_printed_list_has_66_entries_because_one_work_stands_there_twice(sources: Catalogue) -> None:
    places = [place for work in record.works(sources) for place in work.list_position]
    assert sorted(places) == list(range(1, 67))
    assert [work.id for work in record.works(sources) if len(work.list_position) > 1] == ["munro-2008"]


def test_59_works_are_cited_by_year_and_four_never(sources: Catalogue) -> None:
    works = record.works(sources)
    assert sum(bool(work.report_cited_in) for work in works) == 59
    assert {work.id for work in works if not work.report_cited_in and not work.report_mentions} == NEVER_CITED


@pytest.mark.parametrize("session", CITED)
def test_the_data_has_what_the_report_cites_in_a_session(sources: Catalogue, session: str) -> None:
    works = record.works(sources)
    assert {work.id for work in works if session in work.report_cited_in} == CITED[session]
    assert {work.id for work in works if session in work.report_mentions} == MENTIONED.get(session, set())


@pytest.mark.parametrize("session", CITED)
def test_a_session_page_cites_every_work_that_the_report_cites_there(built: Built, session: str) -> None:
    missing = (CITED[session] | MENTIONED.get(session, set())) - built[f"sessions/{session}/"].cited()
    assert missing == set()


def test_every_work_that_the_report_cites_is_cited_on_some_page(built: Built, sources: Catalogue) -> None:
    on_pages = {work for page in built for work in page.cited()}
    assert {work.id for work in sources.references.values() if work.report_cited_in} - on_pages == set()


@pytest.mark.parametrize("work", sorted(NEVER_CITED))
def test_a_work_that_the_report_never_cites_is_said_to_be_so(built: Built, work: str) -> None:
    assert "The report's text never cites it by year." in lines(built, work)
    # Where we suppose that it may be meant, we say so in a note of ours.
    for page in built:
        for link in page.citations():
            if page.leads_to(link.get("href", ""))[1] == work:
                boxes = [node for node in link.iterancestors() if "curator" in (node.get("class") or "").split()]
                assert boxes, page.address
                assert "never cited" in words(boxes[0]), page.address


@pytest.mark.parametrize("work", ["cwdc-2009-nqsw", "cwdc-2009-epd"])
def test_a_work_that_is_only_mentioned_is_told_from_one_that_is_cited(built: Built, work: str) -> None:
    assert "never cites it by year" in lines(built, work)
    assert "Mentioned without a year in: Section 3, launch event (April 2010)." in lines(built, work)


@pytest.mark.parametrize("work", ENTRIES)
def test_an_entry_reads_as_harvard_style_prints_it(built: Built, work: str) -> None:
    assert words(built[BIBLIOGRAPHY].tree.get_element_by_id(work).find("p")) == ENTRIES[work]


@pytest.mark.parametrize(("work", "printed", "right"), CORRECTIONS)
def test_a_misprint_of_the_list_is_corrected_beside_it(built: Built, work: str, printed: str, right: str) -> None:
    found = [line for line in remarks(built, work) if printed in line and right in line]
    assert len(found) == 1, remarks(built, work)
    assert found[0].startswith("Correction, ")


def test_what_nobody_could_confirm_is_a_doubt(built: Built) -> None:
    found = [line for line in remarks(built, "crittenden-1999") if "contributors" in line]
    assert len(found) == 1
    assert found[0].startswith("Doubt, title: ")


def test_the_forthcoming_work_is_said_to_have_come_out(built: Built) -> None:
    said = words(built[BIBLIOGRAPHY].tree.get_element_by_id("sharp-jones-2011"))
    assert "(forthcoming when the report was written)" in said
    assert "2011-06" in said


def test_the_source_that_stands_in_a_footnote_only_is_there(built: Built) -> None:
    said = words(built[BIBLIOGRAPHY].tree.get_element_by_id("salford-pct"))
    assert said.startswith("Footnote 1: Salford Primary Care Trust.")
    assert "http://www.salford.gov.uk/supportingtools.htm" in said


def test_addresses_of_2011_are_text_and_no_links(built: Built, sources: Catalogue) -> None:
    printed = {work.URL for work in record.works(sources) if work.URL}
    assert printed
    linked = {link.get("href") for page in built for link in page.tree.iter("a")}
    assert printed & linked == set()
    shown = {words(node) for node in built[BIBLIOGRAPHY].article.iter("code")}
    assert printed <= shown


def test_only_identifiers_the_web_archive_todays_guidance_and_the_regulator_lead_out_of_the_site(
    built: Built, sources: Catalogue
) -> None:
    pages = [page for page in built if page.address not in record.added(sources)]
    outside = {link for page in pages for link in page.links(page.tree) if re.match(r"\w+:", link)}
    guidance = "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2"
    regulator = "https://ico.org.uk/make-a-complaint/"  # for complaints, in the privacy notice
    kept = {archived(work) for work in record.works(sources)} - {None}
    assert all("webarchive.nationalarchives.gov.uk" in str(address) for address in kept)
    assert {link for link in outside if not link.startswith("https://doi.org/10.")} == {guidance, regulator} | kept
