"""Feeds made to hurt: each is read or refused with a reason, in time that grows with its length alone."""

from __future__ import annotations

import gzip

import pytest

from pipeline.errors import SourceError
from pipeline.refine.docket_feed import docket_entries
from pipeline.refine.feed import page_title, read_feed

DATE = "Fri, 20 Nov 2026 12:00:00 GMT"
DECLARED = '<?xml version="1.0" encoding="{}"?>'


def rss(items, *, declared="", encoding="utf-8"):
    top = DECLARED.format(declared) if declared else ""
    return f'{top}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode(encoding)


def item(title="x", *, date=DATE, link="http://a.example/1", more=""):
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{more}</item>"


def filing(markup):
    return rss(item("1:26-cv-04101 A v. B", more=f"<description><![CDATA[{markup}]]></description>"))


def json_feed(items):
    return b'{"version":"https://jsonfeed.org/version/1.1","title":"T","items":' + items + b"}"


READ = {
    "UTF-8 called Latin-1": (rss(item("Café"), declared="iso-8859-1"), "Café"),
    "Latin-1 called UTF-8": (rss(item("Café"), declared="utf-8", encoding="latin-1"), "Café"),
    "UTF-16 called UTF-8": (rss(item("Café"), declared="utf-8", encoding="utf-16"), "Café"),
    "UTF-32": (rss(item("Café"), encoding="utf-32"), "Café"),
    "an encoding nobody knows": (rss(item("Café"), declared="klingon"), "Café"),
    "an encoding that is a compression": (rss(item("x"), declared="zlib"), "x"),
    "half a surrogate pair": (rss(item("a&#xD800;&#0;&#x110000;b")), "a���b"),
    "bytes of nothing": (rss(item("a\0\x01b")), "a b"),
    "CDATA in CDATA": (rss(item("<![CDATA[a <![CDATA[b]]> c]]>")), "a <![CDATA[b c]]>"),
    "an entity that is not declared": (rss(item("a&nbsp;&bogus;b")), "a &bogus;b"),
    "a file named as DTD": (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd">' + rss(item("x")), "x"),
    "an attribute of a megabyte": (rss(item("x", more=f'<a b="{"y" * 10**6}"/>')), "x"),
    "a title of less-than signs": (rss(item(f"<![CDATA[{'<' * 50_000}]]>")), "<" * 50_000),
    "elements in elements": (rss(item("x", more="<a>" * 5000 + "</a>" * 5000)), "x"),
    "half a surrogate pair in JSON": (json_feed(rb'[{"id":"\ud800","url":"/\ud800","title":"a\ud800"}]'), "a?"),
}  # fmt: skip
REFUSED = {
    "attributes without end": rss("<item " + " ".join(f'a{n}="1"' for n in range(20_000)) + "><title>x</title></item>"),
    "entities": b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>' + rss(item()),
    "lists in lists": json_feed(b"[" * 100_000 + b"]" * 100_000),
    "a number of ten thousand digits": json_feed(b'[{"id":' + b"9" * 10_000 + b"}]"),
    "packed": gzip.compress(rss(item())),
    "titles that never close": b"<html>" + b"<title>" * 200_000,
    "a title of spaces": b"<html><title>" + b" " * 400_000,
}


@pytest.mark.parametrize(("body", "title"), READ.values(), ids=READ)
def test_a_feed_that_can_be_read_is(body, title):
    (entry,) = read_feed(body, url="http://a.example/feed").entries
    assert entry.title == title
    (entry.title + entry.id + (entry.url or "")).encode()  # what cannot be written stops the night


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_a_feed_that_cannot_be_read_is_refused(body):
    with pytest.raises(SourceError):
        read_feed(body, url="http://a.example/feed")


@pytest.mark.parametrize(
    "markup",
    ['<a href="' * 50_000, "<a " * 50_000, "<a x>" * 50_000, "[" * 100_000, "[]" * 50_000, "Doc. " * 50_000, "(" + " " * 100_000],
    ids=["links without an end", "anchors", "anchors without a link", "brackets", "empty brackets", "numbers without a number", "spaces"],
)  # fmt: skip
def test_a_docket_line_takes_no_longer_than_it_is_long(markup):
    entries, lost = docket_entries(read_feed(filing(markup), url="http://a.example/"), court="nysd", source="nysd")
    assert (len(entries), lost) == (1, [])


@pytest.mark.parametrize(
    "date",
    ["Fri, 31 Dec 9999 23:59:59 -1200", "Fri, 31 Dec 10000 23:59:59 GMT", "Fri, 20 Nov 2026 12:00:00 +9999", "9" * 50_000],
    ids=["the end of time", "after it", "a zone of four days", "digits"],
)  # fmt: skip
def test_a_date_that_is_none_is_counted_and_loses_no_entry(date):
    feed = read_feed(rss(item("1:26-cv-04101 A v. B", date=date)), url="http://a.example/")
    assert feed.entries[0].published is None
    assert "1 of 1 entries with a date that cannot be read" in feed.issues
    assert len(docket_entries(feed, court="nysd", source="nysd")[0]) == 1


def test_three_thousand_items_are_three_thousand_entries():
    many = "".join(item(f"1:26-cv-{n:05} A v. B", link=f"http://a.example/{n}") for n in range(1, 3001))
    assert len(docket_entries(read_feed(rss(many), url="http://a.example/"), court="nysd", source="nysd")[0]) == 3000


@pytest.mark.parametrize(
    ("page", "title"),
    [(b"<TITLE lang=en> Just a\nmoment </TITLE>", "Just a moment"), (b"<title>never", ""), (b"", ""), (b"<title></title>", "")],
)  # fmt: skip
def test_the_title_of_a_page(page, title):
    assert page_title(page) == title
