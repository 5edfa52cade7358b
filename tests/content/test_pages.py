"""What holds for pages of every kind: sources, reviews, related pages, pictures, and what theme pages cite."""

from __future__ import annotations

from datetime import date

from knowledge_base.catalogue import MOST_RELATED, Catalogue
from knowledge_base.render import dates
from tests.built import RELATED, Built, BuiltPage, having, words
from tests.content import record

THEMES = "research/evidence/"
THEME_HEADINGS = [
    "What the report takes from these works",
    "Where the programme used it",
    "Put it to use",
    "Evidence cited on this page",
    "Where this comes from",
]

# What each picture has to tell, whoever reads it or has it read out.
PICTURES = {
    "Timeline of the programme": ["June 2009", "Early 2010", "April 2010", "30 November 2010", "April 2011"],
    "The cycle of action learning": ["reflect", "decide", "act"],
    "Single-loop and double-loop learning": ["Single", "double", "right thing"],
    "How a session's papers reached somebody who was absent": ["handouts", "notes", "buddy", "mentors"],
}


def pictures(built: Built) -> list[tuple[BuiltPage, object]]:
    return [(page, figure) for page in built for figure in having(page.article, "kb-picture")]


# --- sources and reviews ----------------------------------------------------------------------------


def test_every_page_has_a_source_and_shows_it(built: Built, sources: Catalogue) -> None:
    for path, page in sources.pages.items():
        matter = page.source.matter
        assert matter is not None
        assert matter.source, path
        (listed,) = having(built[record.address_of(path)].article, "kb-sources")
        assert len(listed) == len(matter.source) == len(set(matter.source)), path


def test_every_page_ends_with_its_review(built: Built, sources: Catalogue) -> None:
    for path, page in sources.pages.items():
        matter = page.source.matter
        assert matter is not None
        (said,) = having(built[record.address_of(path)].article, "kb-review")
        assert words(said).startswith(f"Last reviewed on {dates.day(matter.reviewed)}."), path
        assert ("Next review by" in words(said)) == (matter.review_by is not None), path


def test_the_reports_pages_are_reviewed_each_year_and_somebody_answers_for_them(sources: Catalogue) -> None:
    added = record.added(sources)
    for path, page in sources.pages.items():
        matter = page.source.matter
        if record.address_of(path) in added or matter is None:
            continue
        assert matter.review_by is not None, path
        assert date.resolution <= matter.review_by - matter.reviewed <= 366 * date.resolution, path
        assert matter.owner, path


# --- related pages ----------------------------------------------------------------------------------


def related(page: BuiltPage) -> list[str]:
    return [link for found in having(page.article, "kb-related") for link in page.links(found)]


def test_related_pages_stand_last_under_their_heading(built: Built) -> None:
    for page in built:
        headings = [words(node) for node in page.article.iter("h2")]
        assert (RELATED in headings) == bool(related(page)), page.address
        if related(page):
            assert headings[-1] == RELATED, page.address


def test_what_a_page_names_as_related_is_shown_there(built: Built, sources: Catalogue) -> None:
    for path, page in sources.pages.items():
        matter = page.source.matter
        assert matter is not None
        named = [record.address_of(other) for other in matter.related]
        assert related(built[record.address_of(path)])[: len(named)] == named[:MOST_RELATED], path


def test_pages_are_related_both_ways_unless_the_list_is_full(built: Built) -> None:
    both = 0
    for page in built:
        for other in related(page):
            back = related(built[other])
            if other and other.count("/") != 1 and len(back) < MOST_RELATED:
                assert page.address in back, f"{other} does not lead back to {page.address}"
                both += 1
    assert both > 10


def test_no_list_of_related_pages_is_long_or_holds_a_page_twice(built: Built) -> None:
    for page in built:
        found = related(page)
        assert len(found) == len(set(found)) <= MOST_RELATED, page.address
        assert page.address not in found, page.address


# --- pictures ---------------------------------------------------------------------------------------


def test_every_picture_is_on_a_page(built: Built) -> None:
    assert {words(figure.find("svg/title")) for _, figure in pictures(built)} == PICTURES.keys()


def test_every_picture_has_a_title_a_description_and_the_same_in_words(built: Built) -> None:
    for page, figure in pictures(built):
        svg = figure.find("svg")
        title, about = svg.find("title"), svg.find("desc")
        assert svg.get("role") == "img", page.address
        assert svg.get("aria-labelledby").split() == [title.get("id"), about.get("id")], page.address
        assert len(words(about)) > 60, page.address
        said = words(figure.find("figcaption"))
        missing = [fact for fact in PICTURES[words(title)] if fact.lower() not in said.lower()]
        assert missing == [], page.address


def test_there_is_no_other_drawing_in_the_text_of_a_page(built: Built) -> None:
    for page in built:
        (whole,) = having(page.article, "kb-page")
        drawn = [svg for figure in having(whole, "kb-picture") for svg in figure.iter("svg")]
        told = [svg for svg in whole.iter("svg") if svg.get("role") == "img"]
        assert told == drawn, page.address
        assert [image for image in whole.iter("img") if not (image.get("alt") or "").strip()] == [], page.address


def test_the_timeline_tells_the_nine_sessions_in_their_order(built: Built, sources: Catalogue) -> None:
    # It is one drawing, wherever it stands.
    figure, *_ = [figure for _, figure in pictures(built) if words(figure.find("svg/title")).startswith("Timeline")]
    lines = [words(item) for item in figure.find("figcaption").iter("li")]
    whole = " ".join(lines)
    titles = [page.session.title for page in sources.sessions if page.session and page.session.id in record.SESSIONS]
    assert len(titles) == 9
    assert [title for title in titles if whole.count(title) != 1] == []
    assert lines[0].startswith("June 2009: ")
    assert lines[-1] == "April 2011: The report."


# --- what is cited ----------------------------------------------------------------------------------


def themes(built: Built, sources: Catalogue) -> list[tuple[BuiltPage, set[str]]]:
    """The theme pages of the evidence base, each with the sections that it names as its source."""
    found = []
    for path, page in sources.pages.items():
        address = record.address_of(path)
        if address.startswith(THEMES) and page.source.matter:
            found.append((built[address], {str(section) for section in page.source.matter.source}))
    return found


def test_there_are_nine_themes_and_each_has_the_same_headings(built: Built, sources: Catalogue) -> None:
    pages = [page for page, _ in themes(built, sources) if page.address != THEMES]
    assert len(pages) == 9
    for page in pages:
        assert page.headings == THEME_HEADINGS, page.address
    assert {page.address for page in pages} <= set(built[THEMES].links(built[THEMES].article))


def test_a_theme_page_cites_only_what_the_report_cites_in_its_sections(built: Built, sources: Catalogue) -> None:
    cited = 0
    for page, sections in themes(built, sources):
        for link in page.citations():
            work = sources.references[page.leads_to(link.get("href", ""))[1]]
            # The account of a session may name an author without a year; the page then says so.
            where = {*work.report_cited_in, *work.report_mentions}
            if any("curator" in (node.get("class") or "").split() for node in link.iterancestors()):
                # A note may speak of what stands in the list and nowhere else.
                where |= {"references"} & set(work.source)
            assert where & sections, f"{page.address}: {work.id} is cited in {sorted(where)}"
            cited += 1
    assert cited > 30


def test_a_theme_page_names_no_section_from_which_it_has_nothing(built: Built, sources: Catalogue) -> None:
    for page, sections in themes(built, sources):
        assert "added" not in sections, page.address
        assert sections & {"section-2", "executive-summary"}, page.address


def test_every_work_of_section_2_is_cited_on_some_theme_page(built: Built, sources: Catalogue) -> None:
    on_themes = {work for page, _ in themes(built, sources) for work in page.cited()}
    of_section_2 = {work.id for work in record.works(sources) if "section-2" in work.report_cited_in}
    assert of_section_2 - on_themes == set()
