"""A made-up host's edition, drawn on the fake project: dates, calendars, whom to tell; and the plain edition."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from knowledge_base import catalogue
from knowledge_base.faults import UnknownNameError
from knowledge_base.render import local, reading
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


def test_contacts_say_what_else_they_answer_for(host, change, shown):
    change("data/local.yml", "mistakes: true", "accessibility: true, data_protection: true")
    (first, second) = shown("about/mistakes.md").tree.find_class("kb-contacts")[0]
    assert first.text_content().endswith("(mistakes on this site)")
    assert second.text_content().endswith("(accessibility, data protection)")


def test_without_contacts_the_page_says_so_and_whom_to_ask(shown):
    text = shown("about/mistakes.md").text
    assert text.startswith("This copy of the site names no contact yet. Tell whoever gave you its address")


# --- around every page, and on the home page ------------------------------------------------------------


FULL = """local:
  council: 'Example *Council* & "Sons"'
  logo: logo.svg
  banner: {text: Come early., level: important, until: 2030-12-20}
  contacts:
    - {role: Coordinator, email: programme@council.example, telephone: '01632 960000'}
    - {role: Web team, email: webteam@council.example, accessibility: true}
    - {role: Data protection officer, telephone: '01632 960001', data_protection: true}
  links:
    - {title: 'Standards [1]', address: 'https://practice.council.example/a(b)?c=*d*', about: 'What we *ask*'}
    - {title: Library, address: 'https://library.council.example/'}
  accessibility: {prepared: 2030-01-10, tested: 2030-01-08, how: By hand, problems: [One, Two], answer_within: A week}
  privacy: {prepared: 2030-01-10, basis: Safety, logs: Pages, logs_kept: A week, sign_in: ICT, shared_with: Nobody,
    notice: 'https://www.council.example/privacy', notes_kept_years: 6}
"""


@pytest.fixture
def full(fake):
    (fake / "data/local.yml").write_text(FULL, encoding="utf-8")
    return fake


def test_the_theme_is_told_what_stands_around_every_page(full, fake):
    assert local.frame(catalogue.build(full)) == {
        "council": 'Example *Council* & "Sons"',
        "logo": "assets/local/logo.svg",
        "banner": {"text": "Come early.", "level": "important", "until": "2030-12-20"},
        "search_engines": False,
    }


def test_nothing_stands_around_the_pages_of_the_plain_edition(fake):
    frame = local.frame(catalogue.build(fake))
    assert frame == {"council": None, "logo": None, "banner": None, "search_engines": False}


def test_what_is_taken_away_says_whose_it_is_and_whom_to_ask(full, fake):
    assert local.imprint(catalogue.build(full).local) == (
        'Example *Council* & "Sons" · Coordinator: programme@council.example or 01632 960000'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("local:", ""),
        ("local: {council: Wood}", "Wood"),
        ("local: {contacts: [{role: Desk, telephone: '01632 960000'}]}", "Desk: 01632 960000"),
    ],
)
def test_it_says_no_more_than_is_known(fake, text, said):
    (fake / "data/local.yml").write_text(text, encoding="utf-8")
    assert local.imprint(catalogue.build(fake).local) == said


def test_the_home_page_has_the_councils_contacts_and_links(full, calling):
    page = calling("your_council()")
    assert next(node.text_content() for node in page.tree.iter("h2")) == "Your council"
    contacts, links = (page.tree.find_class(name)[0] for name in ("kb-contacts", "kb-links"))
    assert [" ".join(item.text_content().split()) for item in contacts] == [
        'Coordinator, Example *Council* & "Sons": programme@council.example or 01632 960000',
        'Web team, Example *Council* & "Sons": webteam@council.example',
        'Data protection officer, Example *Council* & "Sons": 01632 960001',
    ]
    assert [" ".join(item.text_content().split()) for item in links] == ["Standards [1] What we *ask*", "Library"]
    assert [link.get("href") for link in links.iter("a")] == [
        "https://practice.council.example/a(b)?c=*d*",
        "https://library.council.example/",
    ]


@pytest.mark.parametrize("text", ["local:", "local: {council: Wood}"])
def test_without_contacts_and_links_there_is_no_heading_for_them(fake, calling, text):
    (fake / "data/local.yml").write_text(text, encoding="utf-8")
    assert [node.text_content() for node in calling("your_council()").tree.iter("h2")] == ["Where this comes from"]


@pytest.mark.parametrize(
    "call", ["dates()", 'dates("all")', "calendar()", "contacts()", "your_council()", 'statement("privacy", "kept")']
)
@pytest.mark.parametrize("text", [HOST, "local:"])
def test_all_that_comes_from_the_host_is_marked_and_left_out_of_search(fake, calling, call, text):
    (fake / "data/local.yml").write_text(text, encoding="utf-8")
    page = calling(call)
    hidden = False
    for node in page.tree:
        if node.get("id") == "where-this-comes-from":
            break
        hidden = hidden or (node.tag == "h2" and node.get("data-search-exclude") is not None)
        if node.tag in {"h1", "p"} and "kb-local" not in (node.get("class") or ""):
            continue  # the page's own
        assert "kb-local" in node.get("class", ""), node.tag
        assert hidden or node.get("data-search-exclude") is not None, node.tag


def test_a_page_takes_as_long_to_read_in_every_edition(full, change):
    change("docs/about/mistakes.md", "{{ contacts() }}", "{{ contacts() }}\n\n{{ statement('privacy', 'kept') }}")
    whole = catalogue.build(full)
    with_host = {path: reading.minutes(whole, page) for path, page in whole.pages.items()}
    count = dict(whole.words)
    (full / "data/local.yml").write_text("local:", encoding="utf-8")
    plain = catalogue.build(full)
    assert {path: reading.minutes(plain, page) for path, page in plain.pages.items()} == with_host
    assert plain.words == count


# --- catch-up -------------------------------------------------------------------------------------------


def test_a_route_says_whom_to_ask(full, shown):
    said = shown("sessions/als-1.md").of_class("kb-route__ask")
    assert said == ["No mentor or buddy to ask? Coordinator: programme@council.example or 01632 960000."]


def test_the_plan_has_the_dates_of_each_session(host, calling):
    page = calling("catch_up()")
    dates = [" ".join(node.text_content().split()) for node in page.tree.find_class("kb-local")]
    assert dates == [
        "Your sets' dates: South, *east*, Thursday 17 January 2030; North, Thursday 17 January 2030, 09:45 to 15:00.",
        "Your sets' dates: Mentors, Friday 1 March 2030, from 09:45.",
        "No mentor or buddy to ask? Coordinator: programme@council.example.",
    ]


def test_the_plain_edition_names_nobody_to_ask(shown, calling):
    assert shown("sessions/als-1.md").of_class("kb-route__ask") == []
    assert calling("catch_up()").tree.find_class("kb-local") == []


# --- statements -----------------------------------------------------------------------------------------


def facts(page):
    """What a statement says: each label with what stands below it."""
    return {
        entry.find("dt").text_content(): [" ".join(said.text_content().split()) for said in entry.iter("dd")]
        for entry in page.tree.find_class("kb-statement")[0]
    }


def test_a_statement_says_what_the_host_has_filled_in(full, calling):
    assert facts(calling('statement("privacy", "kept")')) == {
        "What the web server writes down": ["Pages"],
        "How long that is kept": ["A week"],
        "Signing in": ["ICT"],
        "Why this is done, and the lawful basis": ["Safety"],
        "Who else gets it": ["Nobody"],
        "How long notes of meetings stay here": ["6 years after they were published"],
    }


def test_who_answers_is_the_council_unless_it_names_another_body(full, change, calling):
    page = calling('statement("privacy", "who")')
    assert facts(page) == {
        "Who answers for personal data (the controller)": ['Example *Council* & "Sons"'],
        "Data protection officer": ["Data protection officer: 01632 960001"],
        "This notice was prepared on": ["10 January 2030"],
        "The council's own privacy notice": ["https://www.council.example/privacy"],
    }
    assert ("https://www.council.example/privacy", "https://www.council.example/privacy") in page.links
    change("data/local.yml", "privacy: {prepared", "privacy: {controller: The Trust, prepared")
    again = Shown(local.statement(_desk(full), "privacy", "who"), full)
    assert facts(again)["Who answers for personal data (the controller)"] == ["The Trust"]


def _desk(root):
    whole = catalogue.build(root)
    return Desk(whole, whole.pages["index.md"])


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ("[One, Two]", ["One", "Two"]),
        ("[]", ["Nothing besides what this page lists for every copy."]),
        ("null", ["Not filled in yet: whoever hosts this copy has to say it."]),
    ],
)
def test_known_problems_are_listed_and_none_is_told_from_not_looked(full, change, calling, problems, said):
    change("data/local.yml", "problems: [One, Two]", f"problems: {problems}")
    assert facts(calling('statement("accessibility", "problems")')) == {
        "What is known not to work in this copy": said
    }


def test_a_statement_that_is_finished_has_no_box(full, calling):
    assert calling('statement("accessibility")').tree.find_class("kb-blanks") == []


def test_a_statement_that_is_begun_lists_what_is_missing(full, change, calling):
    change("data/local.yml", "tested: 2030-01-08, ", "")
    (box,) = calling('statement("accessibility")').of_class("kb-blanks")
    assert box == (
        "Not finished. Whoever hosts this copy of the site still has to say:"
        " This copy was last tested on (accessibility.tested)"
    )


def test_the_plain_edition_says_that_a_statement_is_nobodys(calling):
    (box,) = calling('statement("privacy")').of_class("kb-blanks")
    assert box.startswith("A template, and nobody's statement yet. This copy of the site names no host.")
    assert "Data protection officer (contacts, the one with data_protection: true)" in box


@pytest.mark.parametrize("values", [("privasy",), ("privacy", "keept")])
def test_no_other_statement_is_known(fake, values):
    with pytest.raises(UnknownNameError) as caught:
        local.statement(_desk(fake), *values)
    assert {"privacy": "Did you mean 'privacy'?", "kept": "Did you mean 'kept'?"}[
        "kept" if len(values) > 1 else "privacy"
    ] in str(caught.value)


# --- how long notes are kept ----------------------------------------------------------------------------


NOTES = "docs/notes/2020-21/als-1-north.md"


@pytest.mark.parametrize(
    ("published", "until"), [("2021-05-02", "2027-05-02"), ("2024-02-29", "2030-03-01")], ids=["a day", "leap day"]
)
def test_notes_are_listed_with_the_day_until_which_they_are_kept(full, calling, published, until):
    notes = full / NOTES
    text = re.sub(r"(?m)^source: .*$", "source: [added]", notes.read_text(encoding="utf-8"))
    notes.write_text(re.sub(r"(?m)^published: .*$", f"published: {published}", text), encoding="utf-8")
    page = calling("review_dates()")
    table = page.tree.find_class("kb-kept-until")[0]
    assert [node.get("datetime") for node in table.iter("time")] == [until]
    assert "kept for 6 years after they were published" in page.text
    assert "There are none yet" not in page.text
    assert ("how to", "about/contribute/withdraw.md") in page.links


def test_notes_out_of_the_report_are_no_record_of_the_hosts(full, calling):
    notes = full / NOTES
    notes.write_text(
        re.sub(r"(?m)^source: .*$", "source: [als-1]", notes.read_text(encoding="utf-8")), encoding="utf-8"
    )
    page = calling("review_dates()")
    assert page.tree.find_class("kb-kept-until") == []
    assert "There are none yet." in page.text


def test_where_no_period_is_set_nothing_is_said_of_it(host, calling):
    page = calling("review_dates()")
    assert "kept for" not in page.text
    assert page.tree.find_class("kb-kept-until") == []
