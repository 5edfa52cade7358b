from __future__ import annotations

from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree

from knowledge_base import catalogue
from knowledge_base.publish import exports

ADDRESS = "https://council.example/apir/"
NOTES = "docs/notes/2020-21/als-1-north.md"


def feed(root, address=ADDRESS):
    return exports.files(catalogue.build(root), address)["feed_rss_created.xml"]()


@pytest.fixture
def later(fake):
    """A second page of notes, published a day later."""
    text = (fake / NOTES).read_text(encoding="utf-8").replace("set: north", "set: south")
    text = text.replace("title: Notes of ALS 1", "title: 'Sticks & stones: König'")
    (fake / NOTES.replace("north", "south")).write_text(text.replace("2020-05-20", "2020-05-21"), encoding="utf-8")
    return fake


def test_a_feed_reader_reads_it_without_complaint(later):
    read = feedparser.parse(feed(later))
    assert not read.bozo
    assert read.version == "rss20"
    assert (read.feed.language, read.feed.link) == ("en-gb", ADDRESS)
    assert read.feed.title == "Notes – Fake programme"
    (itself,) = [link for link in read.feed.links if link.rel == "self"]
    assert (itself.href, itself.type) == (f"{ADDRESS}feed_rss_created.xml", "application/rss+xml")


def test_the_notes_published_last_come_first_each_with_its_page(later):
    read = feedparser.parse(feed(later))
    assert [(entry.title, entry.description, entry.link) for entry in read.entries] == [
        ("Sticks & stones: König", "About Notes of ALS 1.", f"{ADDRESS}notes/2020-21/als-1-south/"),
        ("Notes of ALS 1", "About Notes of ALS 1.", f"{ADDRESS}notes/2020-21/als-1-north/"),
    ]
    assert [tuple(entry.published_parsed[:5]) for entry in read.entries] == [(2020, 5, 21, 0, 0), (2020, 5, 20, 0, 0)]


def test_the_feed_has_what_rss_asks_for_once_and_no_more(later):
    channel = etree.fromstring(feed(later)).find("channel")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1, name
        assert channel.findtext(name).strip(), name
    assert channel.find("image") is None
    for item in channel.findall("item"):
        assert [node.tag for node in item] == ["title", "link", "description", "guid", "pubDate"]
        assert item.find("guid").get("isPermaLink") == "false"
        parsedate_to_datetime(item.findtext("pubDate"))


def test_notes_are_known_by_the_same_name_wherever_the_site_is(later):
    there, here = (feedparser.parse(feed(later, address)) for address in (ADDRESS, "https://elsewhere.example/"))
    assert [entry.id for entry in there.entries] == [entry.id for entry in here.entries]
    assert len({entry.id for entry in there.entries}) == 2
    assert ADDRESS not in there.entries[0].id


def test_without_an_address_the_feed_leads_to_the_preview(fake):
    (entry,) = feedparser.parse(feed(fake, "")).entries
    assert entry.link == "http://127.0.0.1:8000/notes/2020-21/als-1-north/"


def test_the_feed_was_last_changed_when_notes_were_last_published(later):
    assert tuple(feedparser.parse(feed(later)).feed.updated_parsed[:3]) == (2020, 5, 21)


def test_the_same_sources_make_the_same_bytes(later):
    assert feed(later) == feed(later)


def test_a_site_without_notes_has_a_feed_without_entries(fake):
    (fake / NOTES).unlink()
    read = feedparser.parse(feed(fake))
    assert (read.bozo, read.entries) == (False, [])
    assert feed(fake) == feed(fake)


def test_the_feed_names_the_council_that_hosts_the_site(fake):
    (fake / "data/local.yml").write_text("local: {council: Example Council}\n", encoding="utf-8")
    assert feedparser.parse(feed(fake)).feed.title == "Notes – Fake programme – Example Council"


def test_the_feed_does_not_grow_with_the_years(later, monkeypatch):
    monkeypatch.setattr("knowledge_base.publish.feed.MOST_NOTES", 1)
    assert [entry.title for entry in feedparser.parse(feed(later)).entries] == ["Sticks & stones: König"]
