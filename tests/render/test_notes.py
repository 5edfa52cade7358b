from __future__ import annotations

import pytest

from knowledge_base.faults import AuthorError

NOTES = "docs/notes/2020-21/als-1-north.md"


def facts(page):
    strip = page.tree.find_class("kb-facts")[0]
    names, values = (["".join(node.itertext()).strip() for node in strip.iter(tag)] for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


# --- the facts strip ------------------------------------------------------------------------------------


def test_notes_begin_with_whose_they_are_and_when(shown):
    page = shown("notes/2020-21/als-1-north.md")
    assert facts(page) == {
        "Session": "ALS 1: Trees",
        "Cohort": "2020-21",
        "Set": "North",
        "Meeting": "Wednesday 6 May 2020",
        "Published": "20 May 2020",
        "Take away": "PDF, Word",
    }
    assert ("ALS 1: Trees", "../../sessions/als-1.md") in page.links


@pytest.mark.parametrize(
    ("sets", "words"),
    [("together", "Everybody together"), ("each", "Sets not told apart"), ("mentors", "Mentors")],
)
def test_notes_without_a_set_say_so(another, change, shown, sets, words):
    change("docs/sessions/als-1.md", "sets: each", f"sets: {sets}")
    another("2020-21/als-1.md", set="", date="2020-05", source="[als-1]")
    page = shown("notes/2020-21/als-1.md")
    assert facts(page)["Set"] == words
    assert facts(page)["Meeting"] == "May 2020 (the report gives no day)"


def test_a_set_of_another_year_has_the_name_that_the_host_gives_it(another, change, shown):
    another("2030-31/als-1-o-hill.md", cohort="2030-31", set="o-hill")
    assert facts(shown("notes/2030-31/als-1-o-hill.md"))["Set"] == "O hill"
    change("data/local.yml", "local:", "local: {meetings: [{session: als-1, set: O'Hill, date: 2030-01-15}]}")
    assert facts(shown("notes/2030-31/als-1-o-hill.md"))["Set"] == "O'Hill"


# --- lists ----------------------------------------------------------------------------------------------


def test_notes_of_a_new_cohort_turn_up_by_themselves_and_first(another, shown):
    another("2021-22/als-1-north.md", cohort="2021-22", date="2021-05", published="2021-05-20")
    page = shown("notes/index.md")
    assert list(page.tables.items()) == [
        ("Notes of 2021-22", [["Notes of ALS 1", "North", "May 2021", "20 May 2021"]]),
        ("Notes of 2020-21", [["Notes of ALS 1", "North", "Wednesday 6 May 2020", "20 May 2020"]]),
    ]
    assert [address for _, address in page.links] == ["2021-22/als-1-north.md", "2020-21/als-1-north.md"]
    # The list grows with the years: what is past is folded.
    (past,) = page.tree.iter("details")
    assert past.find("summary").text_content() == "Notes of 2020-21: 1 meeting"
    assert past.find(".//caption").text_content() == "Notes of 2020-21"


def test_past_cohort_with_a_page_of_its_own_is_a_link(another, fake, shown):
    another("2021-22/als-1-north.md", cohort="2021-22", title="Later", date="2021-05", published="2021-05-20")
    page = (fake / "docs/notes/index.md").read_text(encoding="utf-8")
    for cohort in ("2020-21", "2021-22"):
        own = page.replace("notes()", 'notes("cohort")')
        (fake / f"docs/notes/{cohort}/index.md").write_text(own, encoding="utf-8")
    # The last one is what most people come for: it stays in the list of all.
    page = shown("notes/index.md")
    assert list(page.tables) == ["Notes of 2021-22"]
    assert ("Notes of 2020-21", "2020-21/index.md") in page.links
    assert "Notes of 2020-21: 1 meeting" in page.text
    assert list(page.tree.iter("details")) == []
    assert shown("notes/2020-21/index.md").tables == {
        "Notes of 2020-21": [["Notes of ALS 1", "North", "Wednesday 6 May 2020", "20 May 2020"]]
    }
    assert list(shown("notes/2021-22/index.md").tables) == ["Notes of 2021-22"]


def test_page_of_a_cohort_without_notes_says_so(fake, shown):
    (fake / "docs/notes/2030-31").mkdir()
    text = (fake / "docs/notes/index.md").read_text(encoding="utf-8").replace("notes()", 'notes("cohort")')
    (fake / "docs/notes/2030-31/index.md").write_text(text, encoding="utf-8")
    assert shown("notes/2030-31/index.md").text.startswith("No notes are published yet.")


def test_list_of_a_cohort_elsewhere_is_refused(change, shown):
    change("docs/notes/index.md", "notes()", 'notes("cohort")')
    with pytest.raises(AuthorError, match="in the folder of no cohort"):
        shown("notes/index.md")


def test_what_was_published_last_comes_first_then_the_last_meeting_then_the_programme(another, shown):
    another("2020-21/als-1-south.md", title="South", set="south", published="2020-05-21", date="2020-05-01")
    another("2020-21/als-1.md", title="Month", set="", date="2020-05")
    another("2020-21/mentors-1.md", title="Mentors", session="mentors-1", set="")
    (rows,) = shown("notes/index.md").tables.values()
    assert [row[0] for row in rows] == ["South", "Mentors", "Notes of ALS 1", "Month"]


def test_every_session_is_listed_with_its_notes_or_none(another, change, shown):
    another("2021-22/als-1-north.md", cohort="2021-22", title="Later", published="2021-05-20")
    change("docs/notes/index.md", "{{ notes() }}", '{{ notes("session") }}')
    assert shown("notes/index.md").tables == {
        "Notes of each session": [
            ["ALS 1: Trees", "Later; of earlier cohorts, by way of the list by meeting: 1"],
            ["Mentors meet", "No notes published"],
        ]
    }


def test_the_three_newest_are_told_with_their_day(another, change, shown):
    for day in (21, 22, 23):
        another(f"2020-21/als-1-s{day}.md", title=f"Notes {day}", set=f"s{day}", published=f"2020-05-{day}")
    change("docs/index.md", "{{ sessions() }}", '{{ notes("newest") }}')
    page = shown("index.md")
    assert [" ".join(node.text_content().split()) for node in page.tree.find_class("kb-newest")[0]] == [
        "Notes 23 Published on 23 May 2020",
        "Notes 22 Published on 22 May 2020",
        "Notes 21 Published on 21 May 2020",
    ]
    assert ("Notes 23", "notes/2020-21/als-1-s23.md") in page.links


@pytest.mark.parametrize("call", ["notes()", 'notes("newest")'])
def test_site_without_notes_says_so(fake, change, shown, call):
    (fake / NOTES).unlink()
    change("docs/notes/index.md", "notes()", call)
    assert shown("notes/index.md").text.startswith("No notes are published yet.")


def test_the_way_to_the_feed_says_what_a_feed_is(change, shown):
    change("docs/notes/index.md", "{{ notes() }}", "{{ feed() }}")
    page = shown("notes/index.md")
    assert ("Follow new notes (RSS feed)", "../feed_rss_created.xml") in page.links
    assert "A feed is" in page.text
