from __future__ import annotations

from knowledge_base import catalogue
from knowledge_base.amended import Amended, amend


def amended(root, name, old="", new="") -> Amended:
    if old:
        file = root / "data/references.yml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    whole = catalogue.build(root)
    assert not whole.faults
    return amend(whole.references[name])


def test_what_was_seen_to_be_right_takes_the_place_of_what_is_printed(fake):
    entry = amended(fake, "birch-elm-2002")
    assert entry.work.page == "1-19"
    assert "Corrected, pages: the report prints “1-9”; right is “1-19”. Confidence: high." in entry.notes


def test_a_doubt_changes_nothing_and_is_told(fake):
    entry = amended(fake, "birch-elm-2002")
    assert entry.work.issue is None
    assert "Doubt, seen in no source, issue: the report prints none; perhaps “2”." in entry.notes


def test_the_letter_after_the_year_and_the_address_of_2011_are_told(fake):
    entry = amended(fake, "oak-2003b")
    assert entry.work.issued == 2003
    assert entry.address is None
    assert entry.notes == (
        "On this site its year is 2003b.",
        "Address as printed in 2011, not opened since: http://oak.invalid/second",
    )


def test_a_corrected_date_may_bring_a_month_and_ends_forthcoming(fake):
    correction = "{field: issued, printed: '2003', corrected: 2004-11, source: its cover, confidence: high}"
    old = "    title: Second report\n"
    entry = amended(fake, "oak-2003b", old, f"{old}    status: forthcoming\n")
    assert entry.work.status == "forthcoming"
    old = "      - {field: year-suffix"
    entry = amended(fake, "oak-2003b", old, f"      - {correction}\n{old}")
    assert (entry.work.issued, entry.month, entry.work.status) == (2004, 11, None)


def test_corrected_authors_are_taken_name_by_name(fake):
    old = "confidence: high, remark: editorial}\n"
    new = (
        f"{old}      - {{field: author, printed: Oak Board, corrected: A. Acorn, source: its cover, confidence: high,"
        " names: [{family: Acorn, given: A}]}\n"
    )
    entry = amended(fake, "oak-2003b", old, new)
    assert [(name.family, name.given) for name in entry.work.author] == [("Acorn", "A")]


def test_corrected_authors_without_names_are_told_only(fake):
    old = "confidence: high, remark: editorial}\n"
    new = f"{old}      - {{field: author, printed: Oak Board, corrected: A. Acorn, source: x, confidence: high}}\n"
    entry = amended(fake, "oak-2003b", old, new)
    assert [name.literal for name in entry.work.author] == ["Oak Board"]
    assert any("right is “A. Acorn”" in note for note in entry.notes)


def test_an_archived_page_is_the_address_and_a_mere_record_is_told(fake):
    old = "    title: First report\n"
    archived = "'archived page of the address: https://archive.invalid/1'"
    assert (
        amended(fake, "oak-2003a", old, f"{old}    availability: {archived}\n").address == "https://archive.invalid/1"
    )
    entry = amended(fake, "oak-2003a", archived, "'record: https://library.invalid/1'")
    assert entry.address is None
    assert "Seen in November 2026: record: https://library.invalid/1" in entry.notes
