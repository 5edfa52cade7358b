"""What the site may never hold: contact details, private names, reasons for an absence, anybody's words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import pytest
from lxml import etree

from knowledge_base.catalogue import Catalogue
from tests.built import Built, BuiltPage, having, words
from tests.content import record

BIBLIOGRAPHY = "research/references/"

# Named for a public role or a published work, in the report itself.
PEOPLE = {
    "Jocelyn Jones",
    "Olive Stevenson",
    "Eileen Munro",
    "Harry Ferguson",
    "Tony Morrison",
    "Avriel Reader",
    "Cathy Sharp",
    "Liz Jones",
    "Lord Laming",
    "Fox Harding",
    "Fox Clark",  # a slip of the report's, quoted as such
}

# Words that stand together with capitals and name no person: bodies, places, terms, titles of works (without 's).
NO_PEOPLE = {
    "Action Learning Project",
    "Berrett-Koehler Publishers",
    "Berrett-Koeler Publications",
    "Child Protection",
    "Child Protection Conferences",
    "Children Workforce Development Council",
    "Conference Centre",
    "Data Protection Act",
    "Early Professional Development",
    "Efficiency Partnership",
    "Government Office",
    "Government Office Project Manager",
    "Government Offices",
    "Improving High Quality Assessment",
    "Information Commissioner Office",
    "Local Safeguarding Children Board",
    "Mindful Practice Ltd",
    "Munro Review",
    "National Children Bureau",
    "North East Somerset",
    "North Somerset",
    "Project Manager",
    "Project Managers",
    "Putting Analysis",
    "Royal Holloway",
    "Promoting Inclusion Transforming Services",
    "Safeguard Children",
    "Safeguarding Leadership",
    "Salford Primary Care Trust",
    "Scottish Government",
    "Scottish Women Aid",
    "Service Directors",
    "Social Care",
    "Social Work Task Force",
    "Somerset College",
    "South Gloucestershire",
    "South West",
    "South West Improvement",
    "System Analysis",
    "United Kingdom",
    "United States",
    "We Thought They Didn't See",
    "West Midlands",
    "Working Together",
    "Young People Services",
}

# How a sentence begins before a name, and how a person is spoken of.
OPENINGS = {"Added", "At", "By", "Dr", "For", "In", "Of", "One", "Only", "Professor", "Read", "The", "Three", "Under"}

COUNCILS = (
    "B&NES",
    "Bath and North East Somerset",
    "Bournemouth",
    "Bristol",
    "Cornwall",
    "Devon",
    "Exeter",
    "Gloucestershire",
    "North Somerset",
    "Poole",
    "Swindon",
    "Wiltshire",
)

E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
TELEPHONE = re.compile(r"(?<![\w/.-])(?:\+44|0)[ ()\d-]{8,}\d(?![\w-])")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
STREET = re.compile(r"\b[A-Z]\w+ (?:Road|Street|Lane|Avenue|Drive|Crescent|Terrace|Gardens)\b")
ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\.? (?:[A-Z][\w-]+ ?)+")
CAPITALS = re.compile(r"\b[A-Z][a-z]+[\w'’-]*(?: [A-Z][a-z]+[\w'’-]*)+")
QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|‘([^’]+)’|(?<!\w)'([^']+)'(?!\w)")

# Why somebody was away or left. Weather and inspections may stand.
PRIVATE_REASON = re.compile(
    r"\b(?:ill|illness|ill-health|sick|sickness|hospital|surgery|medical|bereave\w+|pregnan\w+|maternity|holiday\w*"
    r"|resign\w+|redundan\w+|early retirement)\b",
    re.IGNORECASE,
)
REASON_BESIDE_A_COUNCIL = re.compile(r"\b(?:retire[ds]?|retirement|died|death|treatment|on leave)\b", re.IGNORECASE)
ABSENCE = re.compile(
    r"\b(?:apolog\w+|did not attend|could not (?:attend|come)|absent from the (?:set|meeting))\b", re.IGNORECASE
)
OF_ONE_PERSON = re.compile(r"\b(?:he|she|him|his|hers?|aged|years? old)\b", re.IGNORECASE)


def own_text(page: BuiltPage) -> Iterator[str]:
    """What a page says, block by block, without the works and the choice of them: they name authors and titles."""
    article = copy.deepcopy(page.article)
    for name in ("kb-work", "kb-cited", "kb-cite", "kb-filters"):
        for node in having(article, name):
            node.drop_tree()
    if page.address == BIBLIOGRAPHY:
        for table in list(article.iter("table")):
            table.drop_tree()
    for small in article.iter("small"):
        small.text = f". {small.text}"
    for node in article.iter("p", "li", "td", "th", "dt", "dd", "caption", "h1", "h2", "h3"):
        yield words(node)


@pytest.fixture(scope="module")
def of_the_record(built: Built, sources: Catalogue) -> list[BuiltPage]:
    """The pages on the report, without what was added since: nobody can list here what that will speak of."""
    added = record.added(sources)
    return [without_additions(page, added) for page in built if page.address not in added]


def without_additions(page: BuiltPage, added: set[str]) -> BuiltPage:
    """A page without the entries of its lists and tables that lead to added pages, or say that they are added."""
    tree = copy.deepcopy(page.tree)
    rest = BuiltPage(page.address, page.file, tree)
    for row in list(rest.article.iter("tr")):
        if len(row) and words(row[-1]).startswith("Added: "):
            row.drop_tree()
    for meaning in list(rest.article.iter("dd")):
        # A term of the glossary, and what it means.
        if len(meaning) and meaning[-1].tag == "small" and words(meaning[-1]).startswith("Added: "):
            meaning.getprevious().drop_tree()
            meaning.drop_tree()
    for link in [link for link in rest.article.iter("a") if rest.leads_to(link.get("href", ""))[0] in added]:
        entry = next(link.iterancestors("tr", "li", "dd"), link)
        if entry.getparent() is not None:
            entry.drop_tree()
    return rest


def without_guidance(page: BuiltPage) -> BuiltPage:
    """A page without what we wrote for others to say: boxes of added guidance, and the prompts of added tools."""
    rest = BuiltPage(page.address, page.file, copy.deepcopy(page.tree))
    ours = [node for node in having(rest.article, "admonition") if "added" in node.get("class")]
    if having(rest.article, "kb-added"):
        ours += [node for heading in ("Steps", "Prompts") for node in rest.section(heading)]
    for node in ours:
        if node.getparent() is not None:
            node.drop_tree()
    return rest


def beside_councils(pages: list[BuiltPage]) -> list[tuple[str, str]]:
    """The paragraphs, list items and table rows in which a council is named."""
    found = [(page.address, block) for page in pages for block in page.blocks()]
    return [(address, block) for address, block in found if any(council in block for council in COUNCILS)]


MADE_UP = "programme@council.example"


def test_there_is_no_e_mail_address_but_the_hosts(built: Built, sources: Catalogue) -> None:
    own = {contact.email for contact in sources.local.contacts}
    for page in built:
        if page.address == "about/host/edition/":
            assert E_MAIL.findall(page.text) == [MADE_UP]  # what a host's file looks like
            continue
        assert set(E_MAIL.findall(etree.tostring(page.tree, encoding="unicode"))) <= own, page.address
        led = [link for link in page.links(page.tree) if link.startswith("mailto:")]
        assert {link.removeprefix("mailto:").split("?")[0] for link in led} <= own, page.address


KEPT_FOR_DRAMA = "07700 900123"


def test_there_is_no_telephone_number_but_the_hosts(built: Built, sources: Catalogue) -> None:
    own = {re.sub(r"\D", "", contact.telephone) for contact in sources.local.contacts if contact.telephone}
    for page in built:
        numbers = [found for found in TELEPHONE.findall(page.text) if len(re.sub(r"\D", "", found)) >= 10]
        # An ISBN of ten digits may begin with a nought as well.
        numbers = [number for number in numbers if f"ISBN {number}" not in page.text]
        if page.address == "about/faults/":
            numbers.remove(KEPT_FOR_DRAMA)  # what the check finds, shown as such
        numbers += [link for link in page.links(page.tree) if link.startswith("tel:")]
        assert {re.sub(r"\D", "", number) for number in numbers} <= own, page.address


def test_there_is_no_street_and_no_postcode_but_the_venues(of_the_record: list[BuiltPage]) -> None:
    for page in of_the_record:
        assert STREET.findall(page.text) == [], page.address
        assert set(POSTCODE.findall(page.text)) <= {"TA1 5AX"}, page.address


def test_whoever_is_addressed_by_a_title_is_known(of_the_record: list[BuiltPage]) -> None:
    found = {
        (page.address, hit.strip())
        for page in of_the_record
        for text in own_text(page)
        for hit in ADDRESSED.findall(text)
    }
    assert found
    for address, name in found:
        assert any(known in f"{name} " or known.split()[-1] == name.split()[-1] for known in PEOPLE), (
            f"{address}: {name}"
        )


def test_only_people_whom_the_report_names_are_named(of_the_record: list[BuiltPage], sources: Catalogue) -> None:
    # A host's venues and roles stand in one file, which the host answers for.
    own = sources.local.model_dump_json()
    found = {(page.address, name) for page in of_the_record for text in own_text(page) for name in names(text)}
    unknown = {f"{address}: {name}" for address, name in found if name not in own}
    assert unknown == set(), "If these are no people, list them in NO_PEOPLE; if they are, take them out."


def names(text: str) -> list[str]:
    """The runs of words with capitals that are not listed, without a word that only begins the sentence."""
    found = []
    for run in CAPITALS.findall(re.sub(r"['’]s\b", "", text)):
        first, _, rest = run.partition(" ")
        name = rest if first in OPENINGS else run
        if " " in name and name not in PEOPLE | NO_PEOPLE:
            found.append(name)
    return found


def test_the_authors_of_works_are_those_of_the_reports_list(built: Built, sources: Catalogue) -> None:
    page = built[BIBLIOGRAPHY]
    authors = {row[0] for row in page.cells(next(page.article.iter("table")))}
    families = {
        name.family or str(name.literal)
        for work in sources.references.values()
        for name in work.author or work.editor
    }
    for shown in authors - families:
        assert set(re.split(r", | and ", shown.removesuffix(" et al."))) <= families, shown


def test_no_page_gives_a_private_reason(of_the_record: list[BuiltPage]) -> None:
    for page in of_the_record:
        for text in own_text(page):
            assert PRIVATE_REASON.findall(text) == [], f"{page.address}: {text}"


def test_no_notes_of_a_later_cohort_give_a_private_reason_for_an_absence(built: Built) -> None:
    # Illness may be what a meeting spoke of; beside an absence it is somebody's own.
    for page in (page for page in built if record.of_a_later_cohort(page.address)):
        for text in own_text(page):
            assert not (PRIVATE_REASON.search(text) and ABSENCE.search(text)), f"{page.address}: {text}"


def test_no_reason_for_leaving_or_absence_stands_beside_a_council(of_the_record: list[BuiltPage]) -> None:
    blocks = beside_councils(of_the_record)
    assert len(blocks) > 20
    for address, block in blocks:
        assert not REASON_BESIDE_A_COUNCIL.search(block), f"{address}: {block}"


def test_no_age_or_gender_stands_beside_a_council(of_the_record: list[BuiltPage]) -> None:
    for address, block in beside_councils(of_the_record):
        assert not OF_ONE_PERSON.search(block), f"{address}: {block}"


def test_nobody_is_quoted(of_the_record: list[BuiltPage]) -> None:
    for page in map(without_guidance, of_the_record):
        assert not list(page.article.iter("blockquote", "q")), page.address
        for text in own_text(page):
            for groups in QUOTED.findall(text):
                quoted = "".join(groups)
                assert len(quoted.split()) <= 6, f"{page.address}: {quoted}"


@pytest.mark.parametrize(
    "private",
    [
        "Ask for it at a.person@council.example today.",
        "Ring 01823 366 331 for it.",
        "Ring +44 7700 900123 for it.",
        "She lives at 4 Example Road.",
        "Mrs Example was there.",
        "He was off sick.",
    ],
)
def test_what_is_looked_for_would_be_found(private: str) -> None:
    looked_for = (E_MAIL, TELEPHONE, STREET, ADDRESSED, PRIVATE_REASON)
    assert any(pattern.search(private) for pattern in looked_for)


def test_a_name_that_nobody_listed_would_be_found() -> None:
    assert names("At ALS 3 Jane Example spoke of Jocelyn Jones in the South West.") == ["Jane Example"]
