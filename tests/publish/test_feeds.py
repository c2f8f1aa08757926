from __future__ import annotations

import re
from datetime import date

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.publish.feeds import SINCE, Item, atom, two_of, write_feeds
from pipeline.publish.wording import announcement, apart, day, ecf, moment, outside, printable, short_caption

FEED = {
    "title": "docketwire",
    "name": "all.atom",
    "page": "/",
    "site": "https://docketwire.example",
    "authority": "docketwire.example",
}
ORDER = {
    "id": "order-91", "kind": "filing", "type": "order", "title": "Order", "headline": "Motion to compel denied without prejudice",
    "url": "https://court.example/91.pdf", "source": "demo-court", "source_title": "Demo District Court", "author": None, "judge": "Otto Wren",
    "published": "2030-11-20T00:00:00-05:00", "first_seen": "2030-11-21T04:10:00+00:00", "entry_number": 91, "attachment_number": None,
    "matter": "lantern", "matter_caption": "In re Lantern Models, Inc. Copyright Infringement Litigation",
}  # fmt: skip
POINT = {"document": "order-91", "position": 1, "role": "decision", "text": "The motion is DENIED."}
DUE = {
    "document": "order-91",
    "starts": "2030-11-30T00:00:00-05:00",
    "precision": "day",
    "title": "joint status letter",
    "state": "scheduled",
}


def read(feed: bytes) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(feed)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_an_entry_says_what_was_decided_what_is_due_and_where_it_stands():
    [entry] = read(atom([Item(ORDER, (POINT,), (DUE,))], **FEED)).entries
    assert entry.id == "tag:docketwire.example,2026:document/order-91"
    assert entry.title == "In re Lantern Models: Motion to compel denied without prejudice (ECF 91)"
    assert (entry.updated, entry.published) == ("2030-11-21T04:10:00+00:00", "2030-11-20T00:00:00-05:00")
    assert entry.link == "https://docketwire.example/document/order-91"
    body = entry.content[0].value
    assert "The motion is DENIED." in body
    assert "Sat 30 Nov 2030: joint status letter" in body
    assert {link.get("href") for link in entry.links} == {entry.link, "https://court.example/91.pdf"}
    assert 'href="https://docketwire.example/matter/lantern"' in body


def test_the_same_rows_give_the_same_bytes():
    items = [Item(ORDER, (POINT,), (DUE,))]
    assert atom(items, **FEED) == atom(items, **FEED)


def test_a_feed_changes_when_a_row_does_and_not_otherwise():
    later = ORDER | {"id": "order-92", "first_seen": "2030-11-22T04:10:00+00:00"}
    assert read(atom([Item(later), Item(ORDER)], **FEED)).feed.updated == later["first_seen"]


def test_an_empty_feed_is_a_feed():
    parsed = read(atom([], **FEED))
    assert parsed.version == "atom10"
    assert parsed.feed.updated == SINCE
    assert parsed.entries == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/x", "https:///nohost", None, "https://a.example/ b"]
)
def test_an_address_that_is_no_web_page_is_not_linked(url):
    [entry] = read(atom([Item(ORDER | {"url": url})], **FEED)).entries
    assert [link.rel for link in entry.links] == ["alternate"]


@given(
    text=st.text(max_size=400)
    | st.sampled_from(["]]>", "<script>", "&amp;", "\x00\x0b\x1f", "\ud800", "\ufffe", "🦉\u202e", "x" * 10_000])
)
def test_any_text_gives_a_well_formed_feed_that_says_it(text):
    feed = atom(
        [
            Item(
                ORDER | {"headline": "A" + text, "author": text, "url": text},
                (POINT | {"text": text},),
                (DUE | {"title": text},),
            )
        ],
        **FEED,
    )
    root = etree.fromstring(feed)
    [quoted] = root.iter("{http://www.w3.org/1999/xhtml}blockquote")
    # XML reads a carriage return as a line feed unless it was written as a reference.
    assert "".join(quoted.itertext()).strip() == printable(text).strip()


def test_written_feeds_hold_everything_and_each_matter_its_own(query, tmp_path):
    paths = write_feeds(query, tmp_path, site="https://docketwire.example/", authority="docketwire.example")
    assert [path.name for path in paths] == [
        "all.atom",
        "harbor-v-quillwright.atom",
        "lantern.atom",
        "nobody-v-nothing.atom",
    ]
    feeds = {path.stem: [entry.id.rpartition("/")[2] for entry in read(path.read_bytes()).entries] for path in paths}
    assert "reprint-1" not in feeds["all"]  # a reprint is no news
    assert {"order-91", "opinion-45", "courier-3", "office-1"} <= set(feeds["all"])
    assert set(feeds["harbor-v-quillwright"]) == {"opinion-45", "courier-2"}
    assert feeds["nobody-v-nothing"] == []


def test_writing_again_leaves_unchanged_files_alone(query, tmp_path):
    write = lambda: write_feeds(query, tmp_path, site="https://docketwire.example", authority="docketwire.example")  # noqa: E731
    before = {path: (path.read_bytes(), path.stat().st_ino) for path in write()}
    assert {path: (path.read_bytes(), path.stat().st_ino) for path in write()} == before


def test_two_sentences_are_the_weightiest_in_reading_order():
    points = [{"position": n, "role": role} for n, role in enumerate(["background", "order", "reason", "decision"])]
    assert [point["role"] for point in two_of(points)] == ["order", "decision"]


@pytest.mark.parametrize(
    ("caption", "short"),
    [
        ("In re Lantern Models, Inc. Copyright Infringement Litigation", "In re Lantern Models"),
        ("Harbor Press Co. v. Quillwright AI, PBC", "Harbor Press v. Quillwright AI"),
        ("The Fenwick Daily Company et al. v. The Bright Corp.", "Fenwick Daily v. Bright"),
        ("Corso v. Inchworm Incubator LLC", "Corso v. Inchworm Incubator"),
        ("Vance v. Ode (formerly Marlow v. Ode)", "Vance v. Ode"),
        ("Litigation", "Litigation"),
        ("", ""),
    ],
)
def test_short_captions_keep_the_parties(caption, short):
    assert short_caption(caption) == short


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"matter_caption": None, "entry_number": None}, "Motion to compel denied without prejudice"),
        ({"headline": None}, "In re Lantern Models: Order (ECF 91)"),
        ({"headline": "In re Lantern Models: denied (ECF 91)"}, "In re Lantern Models: denied (ECF 91)"),
        ({"kind": "news", "title": "Talks fail"}, "In re Lantern Models: Talks fail (Demo District Court)"),
    ],
    ids=["no matter, no entry", "no headline", "headline says it already", "news names its outlet"],
)
def test_announcements_say_each_thing_once(changes, line):
    assert announcement(ORDER | changes) == line


def test_dates_are_shown_as_written_with_their_zone():
    assert day("2025-06-24T00:00:00-04:00") == "Tue 24 Jun 2025"
    assert moment("2025-06-24T14:05:00-04:00") == "Tue 24 Jun 2025, 14:05 UTC−4"
    assert moment("2025-06-24T14:05:00+05:30") == "Tue 24 Jun 2025, 14:05 UTC+5:30"
    assert moment("2025-06-24T14:05:00+00:00", "second") == "Tue 24 Jun 2025, 14:05 UTC"
    assert moment("2025-06-24T00:00:00-04:00", "day") == "Tue 24 Jun 2025"
    assert (day(None), moment("soon"), apart(None, date(2030, 1, 1))) == ("", "", "")


def test_an_attachment_is_named_by_its_entry():
    assert ecf({"entry_number": 92, "attachment_number": 2}) == "ECF 92-2"
    assert ecf({"entry_number": None, "attachment_number": None}) == ""


@given(st.text())
def test_no_text_but_a_web_address_becomes_a_link(text):
    linked = outside(text)
    assert linked is None or re.match(r"https?://[^\s/]", linked, re.IGNORECASE)
