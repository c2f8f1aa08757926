"""Feeds are read whole or refused with a reason; a court's items become docket entries, or are counted."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from pipeline.docket_number import docket_key
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, When
from pipeline.refine.docket_feed import behind_pacer, docket_entries
from pipeline.refine.feed import Feed, read_feed

URL = "https://ledger.example/feed.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Ledger &amp; Sons</title>
<item><title>Harbor &amp;amp; Pine v. Loom: logs denied</title><link>/2026/logs</link><guid>urn:7</guid>
<pubDate>Thu, 12 Nov 2026 21:12:08 EST</pubDate><dc:creator>I. Quill</dc:creator>
<description>Short &lt;b&gt;words&lt;/b&gt;</description><content:encoded><![CDATA[<p>Long <item> words</p>]]></content:encoded>
<enclosure url="/doc/7.pdf" type="application/pdf" length="9"/></item>
<item><title>No more than a title</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>
<entry><id>tag:gazette.example,2026:1</id><title>A</title><link href="https://gazette.example/a"/>
<published>2026-11-12T23:30:00-05:00</published><updated>2026-11-13T01:00:00Z</updated>
<author><name>O. Ink</name></author><content type="html">&lt;p&gt;All of it&lt;/p&gt;</content></entry></feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Office",
    "items": [
        {
            "id": "9",
            "url": "https://office.example/9",
            "title": "Inquiry opened",
            "content_html": "<p>Text</p>",
            "date_published": "2026-11-10T09:00:00-05:00",
            "authors": [{"name": "The Office"}],
            "attachments": [{"url": "9.pdf", "mime_type": "application/pdf"}],
        },
        {"id": 10, "external_url": "https://office.example/10", "content_text": "1 < 2"},
    ],
}


def rss(*items):
    return f'<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'.encode()


def read(text, **more):
    return read_feed(text.encode() if isinstance(text, str) else text, url=URL, **more)


# ------------------------------------------------------------------------------------------------ what is a feed


def test_rss_entry_with_everything():
    feed = read(RSS)
    first, second = feed.entries
    assert feed.title == "The Ledger & Sons"
    assert first == FeedEntry(
        id="urn:7",
        url="https://ledger.example/2026/logs",
        title="Harbor & Pine v. Loom: logs denied",
        published=first.published,
        authors=("I. Quill",),
        summary="Short <b>words</b>",
        content="<p>Long <item> words</p>",
        enclosures=(("https://ledger.example/doc/7.pdf", "application/pdf"),),
    )
    assert first.published.iso() == "2026-11-12T21:12:08-05:00"
    assert (second.title, second.url, second.published) == ("No more than a title", None, None)
    assert second.id.startswith("sha256:")
    assert set(feed.issues) == {"1 of 2 entries without a link", "1 of 2 entries without a date"}


def test_atom_keeps_the_zone_in_which_it_was_published():
    (entry,) = read(ATOM).entries
    assert entry.published.iso() == "2026-11-12T23:30:00-05:00"
    assert entry.published.day.isoformat() == "2026-11-12"
    assert entry.updated.at == datetime(2026, 11, 13, 1, tzinfo=UTC)
    assert (entry.authors, entry.content, entry.summary) == (("O. Ink",), "<p>All of it</p>", "")


def test_json_feed():
    feed = read(json.dumps(JSON_FEED), content_type="application/feed+json")
    first, second = feed.entries
    assert (feed.title, first.id, first.title, first.authors) == ("Office", "9", "Inquiry opened", ("The Office",))
    assert first.published.iso() == "2026-11-10T09:00:00-05:00"
    assert first.enclosures == (("https://ledger.example/9.pdf", "application/pdf"),)
    assert (second.id, second.url, second.content) == ("10", "https://office.example/10", "1 &lt; 2")
    assert "1 of 2 entries without a title" in feed.issues


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("<!DOCTYPE html><html><head><title>Down for maintenance</title>", "HTML page.*Down for maintenance"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Ok</p></body></html>", "an HTML page"),
        ("Service unavailable", "not a feed"),
        ("<catalog><book/></catalog>", "not a feed"),
        ("%PDF-1.7", "a PDF"),
        (RSS[:600], "breaks off"),
        (ATOM[:-40], "breaks off"),
        (json.dumps(JSON_FEED)[:-30], "breaks off"),
        ('{"detail": "not found"}', "not a JSON Feed"),
        ("[" * 100_000, "breaks off"),
        ('<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + RSS[39:], "entities of its own"),
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS[39:], "entities of its own"),
    ],
    ids=[
        "nothing", "blanks", "a maintenance page", "an XHTML page", "a sentence", "other XML", "a PDF", "half an RSS feed",
        "half an Atom feed", "half a JSON Feed", "other JSON", "deep JSON", "entities in entities", "a file as entity",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_its_reason(body, reason):
    with pytest.raises(SourceError, match=reason) as caught:
        read(body)
    assert caught.value.place == URL
    assert "\n" not in str(caught.value)


def test_a_feed_without_entries_says_so():
    assert read(rss()).issues == ("the feed holds no entries",)


def test_a_feed_with_a_stray_ampersand_is_read_and_the_fault_told():
    feed = read(rss("<item><title>Law & order</title><link>https://a.example/1</link></item>"))
    assert [entry.title for entry in feed.entries] == ["Law & order"]
    assert any("not well-formed" in issue for issue in feed.issues)


@pytest.mark.parametrize("cut", range(40, 1000, 37))
def test_a_truncated_feed_is_never_a_short_one(cut):
    items = [f"<item><title>{i}</title><link>https://a.example/{i}</link></item>" for i in range(20)]
    body = rss(*items)
    with pytest.raises(SourceError):
        read(body[: min(cut, len(body) - 20)])


@pytest.mark.parametrize(
    ("written", "iso", "precision"),
    [
        ("Thu, 12 Nov 2026 21:12:08 GMT", "2026-11-12T21:12:08+00:00", "second"),
        ("Thu, 12 Nov 2026 21:12:08 MST", "2026-11-12T21:12:08-07:00", "second"),
        ("Thu, 12 Nov 2026 21:12 +0530", "2026-11-12T21:12:00+05:30", "minute"),
        ("12 Nov 2026", "2026-11-12T00:00:00+00:00", "day"),
        ("2026-11-12", "2026-11-12T00:00:00+00:00", "day"),
        ("2026-11-12T21:12:08.5Z", "2026-11-12T21:12:08+00:00", "second"),
        ("2026-11-12 21:12", "2026-11-12T21:12:00+00:00", "minute"),
        ("2026-02-30", None, None),
        ("Thu, 31 Feb 2026 25:00:00 GMT", None, None),
        ("next Tuesday", None, None),
    ],
)
def test_dates(written, iso, precision):
    feed = read(rss(f"<item><title>t</title><link>https://a.example/</link><pubDate>{written}</pubDate></item>"))
    published = feed.entries[0].published
    assert (published and published.iso(), published and published.precision) == (iso, precision)
    assert ("1 of 1 entries with a date that cannot be read" in feed.issues) == (iso is None)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "mailto:a@b.example", "http://[broken", "file:///etc/passwd"])
def test_links_that_lead_nowhere_are_no_links(link):
    assert read(rss(f"<item><title>t</title><link>{link}</link></item>")).entries[0].url is None


# ------------------------------------------------------------------------------------------------ a court's feed

PUBLISHED = "Thu, 12 Nov 2026 04:30:00 GMT"  # still the 11th in New York


def item(title, description=None, *, guid=None, published=PUBLISHED, enclosure=None):
    parts = [f"<title>{title}</title><link>https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1</link>"]
    parts += [f"<description><![CDATA[{description}]]></description>"] if description is not None else []
    parts += [f"<guid>{guid}</guid>"] if guid else []
    parts += [f"<pubDate>{published}</pubDate>"] if published else []
    parts += [f'<enclosure url="{enclosure}" type="application/pdf"/>'] if enclosure else []
    return f"<item>{''.join(parts)}</item>"


def entries(*items, court="nysd"):
    return docket_entries(read(rss(*items)), court=court, source="nysd")


def doc(number, seq=1):
    return f'(<a href="https://ecf.nysd.uscourts.gov/doc1/1270{number}?caseid=1&de_seq_num={seq}">{number}</a>)'


def test_a_district_entry():
    (entry,), lost = entries(item("1:26-md-09001 In re: Loom &amp;amp; Co.", f"[Order on Motion to Compel] {doc(41)}"))
    assert lost == []
    assert entry.id == "nysd:2026-md-09001#41"
    assert (entry.docket, entry.number, entry.type) == ("nysd:2026-md-09001", 41, "order")
    assert (entry.description, entry.caption) == ("Order on Motion to Compel", "In re: Loom & Co.")
    assert entry.url == "https://ecf.nysd.uscourts.gov/doc1/127041?caseid=1&de_seq_num=1"
    assert entry.document_url is None
    assert entry.filed == When(datetime(2026, 11, 12, 4, 30, tzinfo=UTC))
    assert entry.filed.day.isoformat() == "2026-11-11", "the court's own day"


@pytest.mark.parametrize(
    ("description", "expected", "number", "kind"),
    [
        (f"[Order on Motion [Doc 5] to Seal] {doc(9)}", "Order on Motion [Doc 5] to Seal", 9, "order"),
        (f"[Order on Motion to Seal [Doc 5]] {doc(9)}", "Order on Motion to Seal [Doc 5]", 9, "order"),
        (f"[Order on Motion [Doc 5 to Seal] {doc(9)}", "Order on Motion [Doc 5 to Seal", 9, "order"),
        (f"[JURY DEMAND] {doc(3)}", "JURY DEMAND", 3, None),
        (f"[Answer to Complaint] [JURY DEMAND] {doc(3)}", "Answer to Complaint; JURY DEMAND", 3, "answer"),
        ("[~Util - Set Deadlines] ", "~Util - Set Deadlines", None, "routine"),
        ("[Order] Harbor v. Loom [sealed] ", "Order", None, "order"),
        ("[Order Filed (CLERK)] (<a href='https://ecf.cadc.uscourts.gov/docs1/01'>Document</a>)", "Order Filed (CLERK)", None, "order"),
        ("[Opinion] (<a href='https://x.example/1'>ECF No. 102</a>)", "Opinion", 102, "opinion"),
        ("[Letter] (ECF No. 12)", "Letter", 12, "letter"),
        ("Type: bk Office: 1 Chapter: 11  [Objection] ", "Objection", None, None),
        ("Hearing held, no document", "Hearing held, no document", None, None),
        ("", "", None, None),
        (None, "", None, None),
        (f"[Stay] {doc(29)}", "Stay", 29, "motion"),
        (f"[Stipulation and [Proposed] Order] {doc(12)}", "Stipulation and [Proposed] Order", 12, "stipulation"),
        (f"[Declaration in Support of Motion] {doc(7)}", "Declaration in Support of Motion", 7, "declaration"),
        (f"[Memorandum &amp; Opinion] {doc(7)}", "Memorandum & Opinion", 7, "opinion"),
    ],
)  # fmt: skip
def test_descriptions(description, expected, number, kind):
    (entry,), lost = entries(item("1:26-cv-04101 Harbor v. Loom", description))
    assert lost == []
    assert (entry.description, entry.number, entry.type) == (expected, number, kind)


def test_an_item_without_date_is_still_an_entry():
    (entry,), lost = entries(item("1:26-cv-04101 Harbor v. Loom", f"[Order] {doc(8)}", published=None))
    assert (entry.filed, entry.number, lost) == (None, 8, [])


def test_events_of_one_filing_become_one_entry_named_after_the_weightiest():
    (entry,), _ = entries(
        item("1:26-cv-04101 Harbor v. Loom", f"[~Util - Set Deadlines] {doc(8)}", guid="g&8"),
        item("1:26-cv-04101 Harbor v. Loom", f"[Order] {doc(8)}", guid="g&8"),
        item("1:26-cv-04101 Harbor v. Loom", f"[Order] {doc(8)}", guid="g&8"),
    )
    assert (entry.description, entry.type) == ("~Util - Set Deadlines; Order", "order")


def test_entries_without_numbers_are_told_apart_by_what_the_court_calls_them_and_when():
    found, _ = entries(
        item("1:26-cv-04101 Harbor v. Loom", "[Order]", guid="case-1"),
        item("1:26-cv-04101 Harbor v. Loom", "[Order]", guid="case-1", published="Thu, 12 Nov 2026 05:00:00 GMT"),
        item("1:26-cv-04101 Harbor v. Loom", "[Order]", guid="case-1&2"),
        item("1:26-cv-04188 Tell v. Loom", "[Order]", guid="case-1"),
    )
    assert len({entry.id for entry in found}) == len(found) == 4


def test_ids_do_not_depend_on_what_else_the_poll_holds():
    items = [
        item(f"1:26-cv-0410{i % 3} Harbor v. Loom", "[Order]" + (doc(i) if i % 2 else ""), guid=f"g{i}")
        for i in range(9)
    ]
    together = {entry.id for entry in entries(*items)[0]}
    alone = {entry.id for one in items for entry in entries(one)[0]}
    backwards = {entry.id for entry in entries(*reversed(items))[0]}
    assert together == alone == backwards


def test_the_court_s_free_pdf_is_the_document_and_pacer_s_is_not():
    (free,), _ = entries(item("1:26-cv-04101 A v. B", "[Order]", enclosure="https://www.nysd.uscourts.gov/d/1.pdf"))
    (paid,), _ = entries(item("1:26-cv-04101 A v. B", "[Order]", enclosure="https://ecf.nysd.uscourts.gov/doc1/1.pdf"))
    assert (free.document_url, paid.document_url) == ("https://www.nysd.uscourts.gov/d/1.pdf", None)


def test_an_item_that_is_no_docket_entry_is_counted():
    found, lost = entries(item("System maintenance this weekend", "[Notice]"), item("1:26-cv-04101 A v. B", "[Order]"))
    assert len(found) == 1
    assert lost == ["“System maintenance this weekend” does not start with a docket number"]


@pytest.mark.parametrize(
    ("title", "court", "key"),
    [
        ("25-1756 Harbor v. Loom", "ca2", "ca2:25-1756"),
        ("1:26-cr-00554-MKB USA v. Nobody", "nyed", "nyed:2026-cr-00554"),
        ("1:26-mj-03122-1 USA v. Nobody", "nysd", "nysd:2026-mj-03122"),
        ("16-10992-smb Sun Pier, Inc.          ", "nysb", "nysb:2016-bk-10992"),
    ],
    ids=["appeal", "judge's initials", "defendant's number", "bankruptcy"],
)
def test_every_court_s_titles(title, court, key):
    (entry,), _ = entries(item(title, "[Order]"), court=court)
    assert entry.docket == key


@pytest.mark.parametrize(
    ("url", "costs"),
    [
        ("https://ecf.nysd.uscourts.gov/doc1/127041", True),
        ("https://ecf.ca2.uscourts.gov/docs1/00", True),
        ("https://pacer.login.uscourts.gov/", True),
        ("https://www.ca9.uscourts.gov/opinions/1.pdf", False),
        ("https://ecf.example.org/doc1/1", False),
    ],
)
def test_what_pacer_charges_for(url, costs):
    assert behind_pacer(url) is costs


def test_reading_a_court_s_feed_takes_linear_time():
    def seconds(count):
        one = FeedEntry(id="g", url=None, title="1:26-cv-04101 A v. B", summary=f"[Order] {doc(7)}")
        many = Feed("", tuple(FeedEntry(f"g{i}", None, one.title, summary=one.summary) for i in range(count)))
        started = time.perf_counter()
        docket_entries(many, court="nysd", source="nysd")
        return time.perf_counter() - started

    small = min(seconds(1000) for _ in range(3))
    large = min(seconds(4000) for _ in range(3))
    assert large < 10 * small


# ------------------------------------------------------------------------------------------------ real feeds


def test_every_real_and_broken_feed_is_read_or_refused(shared):
    folder = shared / "material" / "feeds_feedparser"
    refused = {}
    for path in sorted(folder.rglob("*.xml")):
        body = path.read_bytes()
        try:
            feed = read_feed(body, url="http://feeds.example/x")
        except SourceError as error:
            refused[path.name] = error.what
            continue
        assert feed.entries or feed.issues, path
        assert feed.entries or not re.search(rb"<(item|entry)[\s>]", body, re.IGNORECASE), path
    assert set(refused) == {"aaa_illformed.xml", "doctype_contains_entity_decl.xml"}


COURTS = {"sdny_1": "nysd", "nyed_1": "nyed", "nysb_1": "nysb", "mdb_2": "mdb", "ca4_1": "ca4"}


@pytest.mark.parametrize("name", ["ca10", "ca4_1", "ca6", "cadc", "cafc", "mdb_2", "nyed_1", "nysb_1", "sdny_1"])
def test_real_court_feeds_lose_nothing_that_juriscraper_finds(shared, name):
    """juriscraper's own expected answers are the peer: each must be among ours, with every event it names."""
    folder, court = shared / "material" / "pacer_rss", COURTS.get(name, name)
    feed = read_feed((folder / f"{name}.xml").read_bytes(), url=f"https://ecf.{court}.uscourts.gov/rss")
    found, lost = docket_entries(feed, court=court, source=court)
    assert lost == []
    assert len({entry.id for entry in found}) == len(found)
    at = defaultdict(list)
    for entry in found:
        at[entry.docket, entry.filed.at].append(entry)
    for expected in json.loads((folder / f"{name}.json").read_text()):
        wanted = expected["docket_entries"][0]
        moment = datetime.fromisoformat(wanted["date_filed"])
        ours = at[docket_key(expected["docket_number"], court), moment]
        described = "; ".join(entry.description for entry in ours)
        for event in re.split(r" AND (?=[~A-Z0-9])", wanted["short_description"]):
            assert " ".join(event.split()) in described
        number = wanted["document_number"]
        if number and len(number) < 8:  # juriscraper puts the document's id where an appeal has no number
            assert number in {str(entry.number) for entry in ours}
