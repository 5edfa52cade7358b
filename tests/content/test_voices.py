"""The three voices, kept apart: the report's, the curator's, and what was added."""

from __future__ import annotations

import re

from knowledge_base.catalogue import Catalogue
from tests.built import Built, BuiltPage, having, words
from tests.content import record

QUESTIONS = "Questions to take into supervision"


def of_the_report(built: Built) -> list[BuiltPage]:
    """The sessions of 2010-11: a session that was added has one voice only."""
    return [built[f"sessions/{name}/"] for name in record.SESSIONS]


def test_the_questions_for_supervision_stand_wholly_in_a_box_of_added_guidance(built: Built) -> None:
    for page in of_the_report(built):
        boxes = page.section(QUESTIONS)
        assert len(boxes) == 1, page.address
        assert boxes[0].get("class") == "admonition added", page.address
        assert words(boxes[0][0]) == "Added guidance", page.address
        assert not (boxes[0].tail or "").strip(), page.address


def test_a_session_has_four_to_seven_questions_and_says_that_they_are_ours(built: Built) -> None:
    for page in of_the_report(built):
        questions = [words(item) for box in page.section(QUESTIONS) for item in box.iter("li")]
        assert 4 <= len(questions) <= 7, page.address
        assert all(re.search(r"[?.]$", question) and "?" in question for question in questions), page.address
        assert "These questions are ours." in page.says(QUESTIONS), page.address


def test_no_question_stands_in_the_reports_voice(built: Built) -> None:
    for page in of_the_report(built):
        boxed = {item for box in having(page.article, "added") for item in box.iter("li")}
        outside = [words(item) for item in page.article.iter("li") if item not in boxed]
        assert [line for line in outside if line.endswith("?")] == [], page.address


def test_there_are_two_kinds_of_boxes_and_each_says_which(built: Built) -> None:
    titles = {"added": "Added guidance", "curator": "Curator's note"}
    found = set()
    for page in built:
        for box in having(page.article, "admonition"):
            kinds = set(box.get("class").split()) - {"admonition"}
            assert len(kinds) == 1, page.address
            kind = kinds.pop()
            assert words(box[0]) == titles[kind], page.address
            assert len(box) > 1, f"{page.address}: an empty box"
            found.add(kind)
    assert found == set(titles)


def test_no_box_stands_in_another(built: Built) -> None:
    for page in built:
        for box in having(page.article, "admonition"):
            assert len(having(box, "admonition")) == 1, page.address


def test_no_curators_note_stands_in_the_reports_voice(built: Built) -> None:
    for page in built:
        boxed = {
            node for name in ("curator", "added", "kb-curator") for box in having(page.article, name) for node in box
        }
        for node in page.article.iter("p"):
            if node not in boxed:
                assert not words(node).startswith(("Curator's note", "Added guidance")), page.address


def test_every_page_names_its_source(built: Built, sources: Catalogue) -> None:
    programme = sources.programme
    assert programme is not None
    for path, page in sources.pages.items():
        shown = built[path.removesuffix("index.md").replace(".md", "/")]
        lists = having(shown.article, "kb-sources")
        assert len(lists) == 1, path
        matter = page.source.matter
        assert matter is not None
        labels = [
            "Added: not in the report" if section == "added" else programme.label(section)
            for section in matter.source
        ]
        assert [words(item) for item in lists[0]] == labels, path


def test_a_page_on_a_session_names_the_reports_account_of_it(built: Built) -> None:
    accounts = {
        "launch": "Section 3, launch event (April 2010)",
        "als-2": "Section 3, ALS 2 of 6 (June/July 2010)",
        "als-5": "Section 3, ALS 5 of 6 (December 2010)",
        "mentors-1": "Appendix A, programme for mentors (September 2010)",
        "mentors-2": "Appendix B, programme for mentors (November 2010)",
    }
    for name, account in accounts.items():
        listed = having(built[f"sessions/{name}/"].article, "kb-sources")[0]
        assert account in [words(item) for item in listed]


def test_what_is_not_the_reports_is_said_to_be_so(built: Built) -> None:
    for address in ("about/privacy/", "about/provenance/", "about/contribute/"):
        listed = having(built[address].article, "kb-sources")[0]
        assert [words(item) for item in listed] == ["Added: not in the report"], address
    provenance = built["about/provenance/"].text
    assert "Three voices" in provenance
    assert "Plain text is the report." in provenance


def test_every_item_drawn_from_data_names_its_source(built: Built) -> None:
    for address in ("outcomes", "practice-standards", "workshop-themes"):
        page = built[f"research/{address}/"]
        rows = next(page.article.iter("table")).findall("tbody/tr")
        assert rows
        for row in rows:
            source = words(row.findall("th/small")[-1])
            assert re.match(r"Section|Executive summary|Appendix|Added: ", source), f"{address}: {source}"
