"""A made-up host's edition, drawn on the fake project: dates, calendars, whom to tell; and the plain edition."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from knowledge_base import catalogue
from knowledge_base.render.text import Desk
from tests.render.conftest import Shown

HOST = """local:
  council: Example Council
  contacts:
    - {role: Coordinator, email: programme@council.example}
    - {role: Desk, email: desk@council.example, telephone: '01632 960000', mistakes: true}
  meetings:
    - {session: mentors-1, set: Mentors, date: 2030-03-01, starts: '09:45'}
    - {session: als-1, set: 'South, *east*', date: 2030-01-17}
    - {session: als-1, set: North, date: 2030-01-17, starts: '09:45', ends: '15:00', venue: 'Hall [1]'}
"""


@pytest.fixture
def host(fake):
    (fake / "data/local.yml").write_text(HOST, encoding="utf-8")
    return fake


@pytest.fixture
def calling(change, shown):
    """The home page with another macro in place of its list of sessions."""

    def draw(call):
        change("docs/index.md", "sessions()", call)
        return shown("index.md")

    return draw


def end(root, path):
    """The end of a page, and what it says of mistakes."""
    whole = catalogue.build(root)
    shown = Shown(Desk(whole, whole.pages[path]).end(), root)
    return shown, " ".join(shown.of_class("kb-mistake"))


# --- dates ----------------------------------------------------------------------------------------------


def test_next_dates_stand_in_order_of_time(host, calling):
    page = calling("dates()")
    assert next(node.text_content() for node in page.tree.iter("h2")) == "Next dates"
    assert [" ".join(item.text_content().split()) for item in page.tree.find_class("kb-dates")[0]] == [
        "Thursday 17 January 2030 ALS 1: Trees, South, *east*",
        "Thursday 17 January 2030, 09:45 to 15:00 ALS 1: Trees, North, Hall [1]",
        "Friday 1 March 2030, from 09:45 Mentors meet, Mentors",
    ]
    assert [node.get("datetime") for node in page.tree.iter("time")] == ["2030-01-17", "2030-01-17", "2030-03-01"]


def test_next_dates_lead_to_sessions_calendars_and_how(host, calling):
    links = dict(calling("dates()").links)
    assert links["ALS 1: Trees"] == "sessions/als-1.md"
    assert links["South, *east*"] == "calendar-south-east.ics"
    assert links["How to subscribe, and all dates"] == "sessions/index.md#dates-in-your-calendar"


def test_all_dates_are_a_table_that_leaves_nothing_blank(host, calling):
    assert calling('dates("all")').tables == {
        "Meetings in order of time": [
            ["Thursday 17 January 2030", "ALS 1: Trees", "South, *east*", "Not stated"],
            ["Thursday 17 January 2030, 09:45 to 15:00", "ALS 1: Trees", "North", "Hall [1]"],
            ["Friday 1 March 2030, from 09:45", "Mentors meet", "Mentors", "Not stated"],
        ]
    }


def test_a_session_shows_its_own_dates_only(host, shown):
    (dates,) = shown("sessions/als-1.md").of_class("kb-facts__dates")
    assert dates == (
        "Your sets' dates South, *east*: Thursday 17 January 2030"
        " North: Thursday 17 January 2030, 09:45 to 15:00, Hall [1]"
    )


@pytest.mark.parametrize("call", ["dates()", 'dates("all")'])
def test_the_plain_edition_has_no_dates_and_no_heading_for_them(calling, call):
    page = calling(call)
    assert [" ".join(node.text_content().split()) for node in page.tree.iter("h2")] == ["Where this comes from"]
    assert list(page.tree.iter("script")) == []


def test_dates_of_a_session_with_a_fault_are_left_out(host, change, calling):
    change("docs/sessions/als-1.md", "kind: set", "kind: sett")
    assert [node.get("datetime") for node in calling("dates()").tree.iter("time")] == ["2030-03-01"]


# --- calendars ------------------------------------------------------------------------------------------


def test_each_set_has_a_calendar_and_the_ways_to_take_it_are_told_apart(host, calling):
    page = calling("calendar()")
    assert [link for link in page.links if link[1].endswith(".ics")] == [
        ("Calendar of Mentors", "calendar-mentors.ics"),
        ("Calendar of North", "calendar-north.ics"),
        ("Calendar of South, *east*", "calendar-south-east.ics"),
        ("Calendar of all sets", "calendar.ics"),
    ]
    assert "To subscribe" in page.text
    assert "To download" in page.text


def test_the_plain_edition_says_what_its_calendar_holds(calling):
    page = calling("calendar()")
    assert [address for _, address in page.links if address.endswith(".ics")] == ["calendar.ics"]
    assert "gives no dates of today's sets" in page.text


# --- whom to tell ---------------------------------------------------------------------------------------


def test_a_page_ends_with_whom_to_tell_of_a_mistake_on_it(host):
    page, said = end(host, "sessions/als-1.md")
    assert said == (
        "Found a mistake on this page? Whom to tell: Desk, desk@council.example or 01632 960000."
        " Give no detail of a child or a family."
    )
    links = dict(page.links)
    mail = urlsplit(links["desk@council.example"])
    assert (mail.scheme, mail.path) == ("mailto", "desk@council.example")
    assert parse_qs(mail.query) == {"subject": ["Mistake on the page: ALS 1: Trees (/sessions/als-1/)"]}
    assert links["01632 960000"] == "tel:01632960000"


def test_without_a_mark_the_first_contact_is_told(host, change):
    change("data/local.yml", ", mistakes: true", "")
    assert "Whom to tell: Coordinator, programme@council.example." in end(host, "index.md")[1]


@pytest.mark.parametrize("title", ["'(a] [b](c) %20 & #'", "Ärger?"])
def test_no_title_breaks_the_way_to_the_contact(host, change, title):
    change("docs/index.md", "title: Fake home", f"title: {title}")
    page, _ = end(host, "index.md")
    subject = parse_qs(urlsplit(dict(page.links)["desk@council.example"]).query)["subject"]
    assert subject == [f"Mistake on the page: {title.strip(chr(39))} (/)"]


def test_the_plain_edition_leads_to_what_can_be_done(fake):
    page, said = end(fake, "sessions/als-1.md")
    assert said == "Found a mistake on this page? See whom to tell."
    assert ("whom to tell", "../about/mistakes.md") in page.links


def test_the_page_about_mistakes_does_not_lead_to_itself(fake):
    assert end(fake, "about/mistakes.md")[1] == ""


def test_contacts_are_roles_with_the_ways_to_them(host, shown):
    assert [
        " ".join(item.text_content().split()) for item in shown("about/mistakes.md").tree.find_class("kb-contacts")[0]
    ] == [
        "Coordinator, Example Council: programme@council.example",
        "Desk, Example Council: desk@council.example or 01632 960000 (mistakes on this site)",
    ]


def test_without_contacts_the_page_says_so_and_whom_to_ask(shown):
    text = shown("about/mistakes.md").text
    assert text.startswith("This copy of the site names no contact yet. Tell whoever gave you its address")
