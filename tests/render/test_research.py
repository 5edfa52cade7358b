from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from knowledge_base import catalogue, check
from knowledge_base.faults import AuthorError
from knowledge_base.render import research
from tests.render.conftest import words

ASH = '<span class="kb-cite"><a aria-describedby="cite-1" href="research/references.md#ash-2001">Ash, 2001</a>'


@pytest.fixture
def cited(fake, shown):
    """A home page that says something; what a reader then gets."""

    def say(body):
        path = fake / "docs/index.md"
        path.write_text(path.read_text(encoding="utf-8").partition("Welcome")[0] + body, encoding="utf-8")
        return shown("index.md")

    return say


# --- citations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('{{ cite("ash-2001") }}', "(Ash, 2001)"),
        ('{{ cite("birch-elm-2002", "oak-2003a") }}', "(Birch and Elm, 2002; Oak Board, 2003a)"),
        ('{{ cite("oak-2003b") }}', "(Oak Board, 2003b)"),
        ('{{ cite("ash-2001", page="4-5") }}', "(Ash, 2001, pp. 4-5)"),
        ('{{ cite("ash-2001", style="text") }}', "Ash (2001)"),
        ('{{ cite("ash-2001", page="4", style="text") }}', "Ash (2001, p. 4)"),
        ('{{ cite("ash-2001", "oak-2003a", style="text") }}', "Ash (2001); Oak Board (2003a)"),
        ('{{ cite("ash-2001", page="*4* <b>") }}', "(Ash, 2001, p. *4* <b>)"),
    ],
)
def test_citation_reads_as_harvard_style_has_it(cited, call, words):
    assert cited(f"Trees {call}.").text == f"Trees {words}."


def test_citation_leads_to_the_work_and_carries_the_full_reference(cited):
    page = cited('{{ cite("ash-2001") }}')
    assert ASH in page.html
    (tip,) = page.tree.find_class("kb-cite__full")
    assert tip.text_content() == "Ash, A. (2001) A book about trees. Leafham: Wood Press."
    assert (tip.get("id"), tip.get("role")) == ("cite-1", "tooltip")
    assert "data-search-exclude" in tip.attrib


def test_citation_begins_a_line_an_item_and_a_heading_as_well(cited):
    call = '{{ cite("ash-2001", style="text") }}'
    page = cited(f"{call} says.\n\n- {call} says.\n\n## {call} says\n\nText.")
    assert page.text == "Ash (2001) says. Ash (2001) says. Ash (2001) says Text."
    assert len(page.tree.find_class("kb-cite")) == 3


def test_each_citation_on_a_page_has_its_own_reference(cited):
    page = cited("{{ practice_standards() }}\n\n{{ recommendations() }}")
    tips = [tip.get("id") for tip in page.tree.find_class("kb-cite__full")]
    assert len(set(tips)) == len(tips) > 1
    assert [link.get("aria-describedby") for link in page.tree.xpath("//a[@aria-describedby]")] == tips


def test_citation_in_a_table_written_by_hand_works(cited):
    page = cited('a | b\n--|--\nc | {{ cite("birch-elm-2002") }}\n')
    assert page.text == "a b c (Birch and Elm, 2002)"
    assert len(page.tree.findall(".//td")) == 2


@pytest.mark.parametrize(
    ("works", "page", "style", "message"),
    [
        ([], "", "brackets", "This citation names no work."),
        (["ash-2001", "oak-2003a"], "4", "brackets", "A page number belongs to one work."),
        (["ash-2001"], "", "footnote", "There is no style of citation 'footnote'. Known are: brackets, text."),
        (["ash"], "", "brackets", "There is no reference 'ash'. Did you mean 'ash-2001'?"),
    ],
)
def test_citation_that_cannot_be_drawn_says_why(desk, works, page, style, message):
    with pytest.raises(AuthorError) as caught:
        research.cite(desk(), works, page, style)
    assert str(caught.value).startswith(message)


def test_citation_of_a_work_with_a_fault_points_to_the_fault(cited, change):
    change("data/references.yml", "issued: 2001", "issued: once")
    assert cited('Trees {{ cite("ash-2001") }}.').text == "Trees ([ash-2001: see the fault in data/references.yml])."


# --- the bibliography -----------------------------------------------------------------------------------


def test_table_of_references_has_a_row_for_each_work(shown):
    (rows,) = shown("research/references.md").tables.values()
    assert rows == [
        ["Ash", "2001", "A book about trees", "Book", "ALS 1; Mentors meet; Recommendations; Tables"],
        [
            "Birch and Elm",
            "2002",
            'Roots & <branches>: an *enquiry* into [bark] and "sap"',
            "Journal article",
            "ALS 1; Mentors meet",
        ],
        ["Oak Board", "2003a", "First report", "Report", "ALS 1; Mentors meet"],
        ["Oak Board", "2003b", "Second report", "Report", "No page"],
    ]


def test_caption_counts_the_works(shown):
    (caption,) = shown("research/references.md").tables
    assert caption == "4 works, by author"


def test_every_work_has_its_place_with_its_entry_and_who_cites_it(shown):
    page = shown("research/references.md")
    work = page.tree.get_element_by_id("ash-2001")
    assert [" ".join(line.text_content().split()) for line in work.iter("p")] == [
        "Ash, A. (2001) A book about trees. Leafham: Wood Press.",
        "Cited in: ALS 1; Mentors meet; Recommendations; Tables. In the report: Part als-1.",
    ]
    assert [link.get("href") for link in work.iter("a")] == [
        "../sessions/als-1.md",
        "../sessions/mentors-1.md",
        "recommendations.md",
        "tables.md",
    ]


def test_rows_lead_to_the_entries_below(shown):
    page = shown("research/references.md")
    rows = [link.get("href") for link in page.tree.xpath(".//tbody//th/a")]
    assert rows == [f"#{work.get('id')}" for work in page.tree.find_class("kb-work")][: len(rows)]


def test_work_that_no_page_cites_says_so(shown):
    text = shown("research/references.md").tree.get_element_by_id("oak-2003b").text_content()
    assert "Cited in: no page of this site." in text
    assert "The report's text never cites it by year." in text
    assert "Mentioned without a year in: Part als-1." in text


def test_new_citation_appears_among_those_who_cite(cited, shown):
    cited('{{ cite("oak-2003b") }}')
    work = shown("research/references.md").tree.get_element_by_id("oak-2003b")
    assert "Cited in: Fake home." in work.text_content()
    assert work.find(".//a").get("href") == "../index.md"


def test_of_many_notes_that_cite_a_work_the_newest_are_named_and_the_others_counted(another, shown):
    cites = '\n\n{{ cite("oak-2003b") }}'
    for day in range(11, 16):
        of_day = {"title": f"N{day}", "set": f"s{day}", "published": f"2020-05-{day}"}
        another(f"2020-21/als-1-s{day}.md", more=cites, **of_day)
    page = shown("research/references.md")
    named = "N13; N14; N15 and 2 more pages of notes"
    assert f"Cited in: {named}." in page.tree.get_element_by_id("oak-2003b").text_content()
    (rows,) = page.tables.values()
    assert named in [row[-1] for row in rows]


def test_correction_and_doubt_are_told_apart(shown):
    work = shown("research/references.md").tree.get_element_by_id("birch-elm-2002")
    (note,) = work.find_class("kb-curator")
    assert [" ".join(item.text_content().split()) for item in note.iter("li")] == [
        "Correction, pages: printed “1-9”; right is “1-19”. Seen: the journal's own list. Confidence: high.",
        "Doubt, issue: not printed; perhaps “2”. Seen in no source.",
        "Never looked up.",
    ]


def test_printed_value_that_should_go_is_told(change, shown):
    change("data/references.yml", "corrected: 1-19", "corrected: null, remark: one article only")
    assert "printed “1-9”; it should go." in shown("research/references.md").text
    assert "(one article only)" in shown("research/references.md").text


def test_letter_is_no_correction_worth_a_note(shown):
    work = shown("research/references.md").tree.get_element_by_id("oak-2003b")
    assert work.find_class("kb-curator") == []


def test_addresses_of_2011_are_text_and_dois_are_links(shown):
    page = shown("research/references.md")
    assert [node.text for node in page.tree.iter("code")] == ["http://oak.invalid/second", "http://pine.invalid/"]
    outside = [link for link in page.links if "://" in link[1]]
    assert outside == [("https://doi.org/10.1000/woods.1", "https://doi.org/10.1000/woods.1")]


def test_doi_with_brackets_and_underlines_is_a_whole_link(change, shown):
    change("data/references.yml", "10.1000/woods.1", "10.1016/S0145-2134(98)00005_2_a")
    address = "https://doi.org/10.1016/S0145-2134(98)00005_2_a"
    assert (address, address) in shown("research/references.md").links


def test_footnote_has_its_place(shown):
    note = shown("research/references.md").tree.get_element_by_id("pine-footnote")
    assert "Footnote 1: Pine Trust." in note.text_content()
    assert "In the report: Part als-1." in note.text_content()


def test_every_place_is_there_once(shown):
    ids = shown("research/references.md").tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_page_lists_what_it_cites_in_the_order_of_a_bibliography(cited):
    page = cited('{{ cite("oak-2003a") }} {{ cite("birch-elm-2002") }} {{ cite("oak-2003a") }}\n\n{{ cited_here() }}')
    items = [" ".join(item.text_content().split()) for item in page.tree.iter("li")]
    assert [item.split(" (")[0] for item in items] == ["Birch, B. and Elm, E.", "Oak Board"]
    assert items[1] == "Oak Board (2003a) First report. More about this work"
    assert ("More about this work", "research/references.md#oak-2003a") in page.links


def test_page_lists_what_its_tables_cite(cited):
    page = cited("{{ practice_standards() }}\n\n{{ cited_here() }}")
    assert len(page.tree.find_class("kb-cited")[0].findall("li")) == 1


# --- sections of the report -----------------------------------------------------------------------------


def test_sections_are_named_as_readers_are_pointed_to_them(shown):
    page = shown("sessions/mentors-1.md")
    assert [item.text for item in page.tree.find_class("kb-sources")[0]] == ["Part mentors-1", "Part appendix-a"]


def test_what_the_report_does_not_say_is_told_so(shown):
    page = shown("notes/2020-21/als-1-north.md")
    assert [item.text for item in page.tree.find_class("kb-sources")[0]] == ["Added: not in the report"]


def test_sections_are_named_even_while_the_programme_has_a_fault(change, desk):
    change("data/programme.yml", "cohort:", "kohort:")
    assert research.labels(desk(), ["als-1", "added"]) == ["als-1", "Added: not in the report"]


# --- tables ---------------------------------------------------------------------------------------------


def table(shown, beginning):
    return next(rows for caption, rows in shown("research/tables.md").tables.items() if caption.startswith(beginning))


def test_every_table_has_a_caption_and_its_headings_say_what_they_head(shown):
    paths = ["tables", "references", "recommendations"]
    for path in [
        *(f"research/{name}.md" for name in paths),
        "sessions/mentors-1.md",
        "notes/index.md",
        "toolkit/axe.md",
    ]:
        page = shown(path)
        assert all(page.tables)
        for table in page.tree.iter("table"):
            assert table[0].tag == "caption"
            assert {cell.get("scope") for cell in table.iterfind("thead/tr/*")} == {"col"}
            assert {cell.get("scope") for cell in table.iterfind("tbody/tr/th")} <= {"row", "rowgroup"}
            width = len(table.findall("thead/tr/th"))
            for row in table.iterfind("tbody/tr"):
                assert sum(int(cell.get("colspan", "1")) for cell in row) == width, words(row)


def test_rows_have_the_ids_of_their_data(shown):
    ids = set(shown("research/tables.md").tree.xpath("//@id"))
    assert {"walks", "moss", "ferns", "height", "planted", "villages", "leafham", "tfk"} <= ids
    assert {"plant", "water"} <= set(shown("research/recommendations.md").tree.xpath("//@id"))


def test_threshold_that_the_report_does_not_set_is_not_invented(change, shown):
    assert table(shown, "The areas")[0][3] == "None in the report"
    change("data/practice_standards.yml", "references:", "threshold: Twice a week\n    references:")
    assert table(shown, "The areas")[0][3] == "Twice a week"


def test_themes_are_run_or_planned(shown):
    assert [row[:2] for row in table(shown, "Themes")] == [
        ["Moss Part appendix-c", "Run, and repeated on request"],
        ["Ferns Part appendix-c", "Planned"],
    ]


def test_outcomes_have_both_their_places(shown):
    assert [row[:3] for row in table(shown, "The six outcomes")] == [
        ["Trees grow higher Part section-1", "1", "2"],
        ["There is more shade Part section-1", "2", "1"],
    ]


def test_recommendations_keep_their_numbers_and_say_where_the_summary_has_them(shown):
    items = shown("research/recommendations.md").tree.find_class("kb-recommendations")[0]
    assert [item.get("value") for item in items] == ["1", "2"]
    assert "Number 1 of the summary." in items[0].text_content()
    assert "Not in the summary." in items[1].text_content()


def test_recommendations_of_the_summary_stand_beside_those_of_section_7(change, shown):
    change("data/recommendations.yml", "summary_number: 1", "summary_number: 4, differs: It says autumn.")
    page = shown("research/recommendations.md")
    (rows,) = page.tables.values()
    assert rows == [["4", "1. Plant early", "It says autumn."], ["None", "2. Water", "Nothing of weight."]]
    assert ("1. Plant early", "#plant") in page.links


def test_two_recommendations_that_the_summary_makes_one_of_share_a_row(change, shown):
    change(
        "data/recommendations.yml",
        "text: [Water daily.]",
        "text: [Water daily.], summary_number: 1, differs: Weekly.",
    )
    (rows,) = shown("research/recommendations.md").tables.values()
    assert rows == [["1", "1. Plant early; 2. Water", "Weekly."]]


def test_order_of_recommendations_that_there_is_not(desk):
    with pytest.raises(AuthorError, match=r"no order 'sumary'\. Did you mean 'summary'\?"):
        research.recommendations(desk("research/recommendations.md"), "sumary")


def test_a_work_that_the_report_does_not_list_says_so(change, shown):
    change("data/references.yml", "id: oak-2003b\n    source: [references]", "id: oak-2003b\n    source: [added]")
    assert "Not in the report's list: added here." in shown("research/references.md").text


def test_glossary_is_in_order_and_says_what_was_added(shown):
    entries = shown("research/tables.md").tree.find_class("kb-glossary")[0]
    assert [" ".join(entry.text_content().split()) for entry in entries] == [
        "Shade",
        "Where the sun is not. Added: not in the report",
        "TFK Trees for kindness (expansion added)",
        "A plan. Part section-1",
    ]


def test_table_of_a_file_with_a_fault_is_empty_and_not_wrong(change, shown):
    change("data/outcomes.yml", "number: 1", "number: one")
    assert table(shown, "The six outcomes") == []


def test_unknown_work_in_data_is_shown_where_it_would_be_cited(fake, change, shown):
    change("data/recommendations.yml", "references: [ash-2001]", "references: [ash-2010]")
    assert "Water daily. [There is no reference 'ash-2010'.]" in shown("research/recommendations.md").text
    assert [fault.path for fault in check.check(catalogue.build(fake))] == ["data/recommendations.yml"]


# --- for programs and scripts ---------------------------------------------------------------------------


def test_each_work_carries_what_a_reference_manager_reads(shown):
    page = shown("research/references.md")
    carried = {
        work.get("id"): parse_qs(work.find_class("Z3988")[0].get("title"))
        for work in page.tree.find_class("kb-work")[:4]
    }
    birch = carried["birch-elm-2002"]
    assert birch["ctx_ver"] == ["Z39.88-2004"]
    assert birch["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert birch["rft_id"] == ["info:doi/10.1000/woods.1"]
    assert birch["rft.atitle"] == ['Roots & <branches>: an *enquiry* into [bark] and "sap"']
    assert birch["rft.au"] == ["Birch, B", "Elm, E"]
    assert birch["rft.pages"] == ["1-19"]  # as corrected
    assert carried["oak-2003a"]["rft.aucorp"] == ["Oak Board"]
    assert not any(span.text_content() for span in page.tree.find_class("Z3988"))


def test_a_work_says_what_it_is_filtered_by(shown):
    page = shown("research/references.md")
    marks = {work.get("id"): dict(work.attrib) for work in page.tree.find_class("kb-work")}
    assert marks["ash-2001"]["data-session"] == "als-1 mentors-1"
    assert marks["ash-2001"]["data-type"] == "book"
    assert marks["ash-2001"]["data-online"] == "unknown"
    assert "data-session" not in marks["oak-2003b"]


def test_filters_offer_what_some_work_has_and_no_more(shown):
    (form,) = shown("research/references.md").tree.find_class("kb-filters")
    assert form.get("hidden") is not None  # until a script makes it work
    offered = {select.get("name"): [words(option) for option in select] for select in form.iter("select")}
    assert offered["type"] == ["All", "Journal article", "Book", "Report"]
    assert offered["session"] == ["All", "ALS 1: Trees", "Mentors meet"]
    assert "topic" not in offered
    assert {label.get("for") for label in form.iter("label")} == {select.get("id") for select in form.iter("select")}


def test_a_copy_in_a_web_archive_stands_in_the_entry(change, shown):
    address = "https://archive.invalid/1"
    change(
        "data/references.yml",
        "    title: First report\n",
        f"    title: First report\n    availability: 'archived page about it: {address}'\n",
    )
    page = shown("research/references.md")
    entry = page.tree.get_element_by_id("oak-2003a")
    assert words(entry.find("p")) == f"Oak Board (2003a) First report. Archived page: {address}"
    assert (address, address) in page.links
    assert entry.get("data-online") == "yes"
