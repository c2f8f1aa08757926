from __future__ import annotations

import json
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from pipeline.errors import PublishError
from pipeline.publish import feeds as feeds_module
from pipeline.publish.feeds import write_feeds
from pipeline.publish.items import Item, entry_of, items, two_of
from pipeline.publish.syndication import SINCE, Feed, atom, json_feed, of_search, opml, rss
from pipeline.publish.wording import (
    announcement,
    apart,
    appointed,
    day,
    ecf,
    feed_name,
    moment,
    outside,
    printable,
    short_caption,
    shortened,
)

SCHEMA = Draft202012Validator(json.loads(Path(__file__).with_name("jsonfeed.schema.json").read_bytes()))
RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
SITE = {"site": "https://docketwire.example", "authority": "docketwire.example"}
FEED = Feed("all", "docketwire", "/", **SITE)
ORDER = {
    "place": "document", "id": "order-91", "kind": "filing", "type": "order", "title": "Order", "headline": "Motion to compel denied without prejudice",
    "words": None, "url": "https://court.example/91.pdf", "source": "demo-court", "source_title": "Demo District Court", "author": None, "judge": "Otto Wren",
    "published": "2030-11-20T00:00:00-05:00", "first_seen": "2030-11-21T04:10:00+00:00", "changed": "2030-11-21T04:10:00+00:00",
    "entry_number": 91, "attachment_number": None, "docket_entry": None, "disposition": "denied without prejudice",
    "matter": "lantern", "matter_caption": "In re Lantern Models, Inc. Copyright Infringement Litigation",
}  # fmt: skip
LINE = ORDER | {"place": "entry", "id": "demo:2030-md-09001/94", "headline": None, "title": "LETTER MOTION for extension", "words": "LETTER MOTION for extension", "judge": None, "source_title": "1:30-md-09001", "entry_number": 94}  # fmt: skip
POINT = {"document": "order-91", "position": 1, "role": "decision", "text": "The motion is DENIED."}
DUE = {
    "document": "order-91",
    "starts": "2030-11-30T00:00:00-05:00",
    "precision": "day",
    "title": "joint status letter",
    "state": "scheduled",
}
NASTY = st.text(max_size=400) | st.sampled_from(
    ["]]>", "<script>", "&amp;", "\x00\x0b\x1f", "\ud800", "\ufffe", "🦉\u202e", "x" * 10_000, "\u2028", "\r\n"]
)


def entry(row: dict[str, object], points=(), dates=()):
    return entry_of(Item(row, points, dates), **SITE)


def read(feed: bytes) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(feed)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def valid(feed: bytes) -> etree._Element:
    root = etree.fromstring(feed)
    RULES.assertValid(root)
    return root


def json_read(feed: bytes) -> dict[str, object]:
    """The feed, when it keeps to the schema of JSON Feed 1.1 and names nothing twice."""
    whole = json.loads(feed)
    SCHEMA.validate(whole)
    assert len({item["id"] for item in whole["items"]}) == len(whole["items"])
    return whole


def test_an_entry_says_what_was_decided_what_is_due_and_where_it_stands():
    feed = atom([entry(ORDER, (POINT,), (DUE,))], FEED)
    valid(feed)
    [told] = read(feed).entries
    assert told.id == "tag:docketwire.example,2026:document/order-91"
    assert told.title == "In re Lantern Models: Motion to compel denied without prejudice (ECF 91)"
    assert (told.updated, told.published) == ("2030-11-21T04:10:00+00:00", "2030-11-20T00:00:00-05:00")
    assert told.link == "https://docketwire.example/document/order-91"
    assert told.author == "Otto Wren"
    body = told.content[0].value
    assert "The motion is DENIED." in body
    assert "Sat 30 Nov 2030: joint status letter" in body
    assert {link.get("href") for link in told.links} == {told.link, "https://court.example/91.pdf"}
    assert 'href="https://docketwire.example/matter/lantern"' in body


def test_all_formats_tell_the_same():
    told = [entry(ORDER, (POINT,), (DUE,)), entry(LINE)]
    one, two = read(atom(told, FEED)), read(rss(told, FEED))
    three = json_read(json_feed(told, FEED))
    assert [e.id for e in one.entries] == [e.id for e in two.entries] == [item["id"] for item in three["items"]]
    assert [e.title for e in one.entries] == [e.title for e in two.entries] == [i["title"] for i in three["items"]]
    assert [e.link for e in one.entries] == [e.link for e in two.entries] == [i["url"] for i in three["items"]]
    assert two.entries[0].summary == one.entries[0].content[0].value == three["items"][0]["content_html"]
    assert parsedate_to_datetime(two.entries[0].published) == datetime.fromisoformat(ORDER["published"])
    assert three["items"][0]["external_url"] == ORDER["url"]
    assert (two.version, two.feed.links[1].href) == ("rss20", "https://docketwire.example/feeds/all.rss")
    assert three["feed_url"] == "https://docketwire.example/feeds/all.json"


def test_a_line_of_a_docket_leads_to_its_matter_and_to_the_court():
    [item] = items([LINE | {"words": "LETTER MOTION for " + "more " * 100 + "time"}], [], [])
    told = entry_of(item, **SITE)
    assert told.id == "tag:docketwire.example,2026:entry/demo%3A2030-md-09001/94"
    assert told.page == "https://docketwire.example/matter/lantern"
    assert told.title.endswith("more … (ECF 94)")
    assert "more time</p></blockquote>" in told.html  # the court's words are all there
    assert ">Docket 1:30-md-09001</a>" in told.html


def test_only_a_paper_has_an_original():
    assert ">Original at Demo District Court</a>" in entry(ORDER).html
    docket_text = entry(ORDER | {"docket_entry": "e95"}).html
    assert ">On the docket</a>" in docket_text
    assert "Original" not in docket_text


def test_the_same_rows_give_the_same_bytes():
    told = [entry(ORDER, (POINT,), (DUE,))]
    assert all(write(told, FEED) == write(told, FEED) for write in (atom, rss, json_feed))


def test_updated_is_the_day_it_changed_and_nothing_else():
    looked_at_again = ORDER | {"fetched": "2031-01-01T00:00:00+00:00"}
    assert atom([entry(looked_at_again)], FEED) == atom([entry(ORDER)], FEED)
    revised = ORDER | {"changed": "2030-11-25T04:10:00.250000+00:00"}
    parsed = read(atom([entry(ORDER | {"id": "a"}), entry(revised)], FEED))
    assert parsed.feed.updated == parsed.entries[1].updated == "2030-11-25T04:10:00+00:00"


def test_an_empty_feed_is_a_feed():
    parsed = read(atom([], FEED))
    valid(atom([], FEED))
    assert parsed.version == "atom10"
    assert parsed.feed.updated == SINCE
    assert parsed.entries == []
    assert read(rss([], FEED)).version == "rss20"
    assert json_read(json_feed([], FEED))["items"] == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/x", "https:///nohost", None, "https://a.example/ b"]
)
def test_an_address_that_is_no_web_page_is_not_linked(url):
    [told] = read(atom([entry(ORDER | {"url": url})], FEED)).entries
    assert [link.rel for link in told.links] == ["alternate"]
    assert "external_url" not in json_read(json_feed([entry(ORDER | {"url": url})], FEED))["items"][0]


@given(text=NASTY)
def test_any_text_gives_well_formed_feeds_that_say_it(text):
    row = ORDER | {
        "headline": "A" + text,
        "author": "B" + text,
        "url": text,
        "matter_caption": text or "x",
        "type": "t" + text,
    }
    told = [entry(row, (POINT | {"text": text},), (DUE | {"title": text},))]
    root = valid(atom(told, FEED))
    title = root.findtext("{*}entry/{*}title")
    said = " ".join(printable(f"A{text}").split())
    assert said in " ".join(title.split())
    channel = etree.fromstring(rss(told, FEED))
    assert " ".join(channel.findtext("channel/item/title").split()) == " ".join(title.split())
    etree.fromstring(f"<div>{channel.findtext('channel/item/description')}</div>")
    [item] = json_read(json_feed(told, FEED))["items"]
    assert " ".join(item["title"].split()) == " ".join(title.split())


@given(text=NASTY)
def test_any_text_as_the_name_of_a_feed(text):
    feed = Feed("lantern", text, "/", **SITE)
    valid(atom([], feed))
    assert json_read(json_feed([], feed))["title"] == printable(text)
    outline = etree.fromstring(opml({"Matters": [feed]}, title=text)).find("body/outline/outline")
    assert outline.get("xmlUrl") == "https://docketwire.example/feeds/lantern.atom"


@given(text=st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_search_has_a_feed_of_its_own(text):
    feed = of_search(text, **SITE, matter="lantern", kind="")
    root = valid(atom([entry(ORDER)], feed))
    addresses = {link.get("rel"): link.get("href") for link in root.findall("{*}link")}
    assert addresses["self"].startswith("https://docketwire.example/search.atom?q=")
    assert addresses["alternate"] == addresses["self"].replace("/search.atom?", "/search?")
    assert addresses["self"].endswith("&matter=lantern")
    assert root.findtext("{*}id") == of_search(text, **SITE, matter="lantern").id


# ---------------------------------------------------------------------------------------------- as files


def written(query, folder, before=None):
    return {path.name: path for path in write_feeds(query, folder, before=before, **SITE)}


def ids(path):
    return [told.id.rpartition("/")[2] for told in read(path.read_bytes()).entries]


def test_each_slice_has_its_own_feed_and_what_is_empty_has_none(query, tmp_path):
    paths = written(query, tmp_path)
    assert {name.removesuffix(".atom") for name in paths if name.endswith(".atom")} == {
        "all", "lantern", "harbor-v-quillwright", "court-demo", "judge-ada-birch", "judge-otto-wren", "judge-ines-alder",
        "defendant-lantern-models", "defendant-bright-cloud", "defendant-quillwright-ai", "outlet-courier", "outlet-office",
        "type-order", "type-opinion", "type-complaint", "type-motion", "type-routine", "daily", "weekly",
    }  # fmt: skip
    assert all(
        name.replace(".atom", suffix) in paths for name in paths if ".atom" in name for suffix in (".rss", ".json")
    )
    assert "e94" in ids(paths["all.atom"])  # a line of a docket that came without a document
    assert "e91" not in ids(paths["all.atom"])  # its document tells it
    assert "reprint-1" not in ids(paths["all.atom"])
    assert ids(paths["harbor-v-quillwright.atom"]) == ["opinion-45", "courier-2"]  # the last that was seen is first
    assert ids(paths["outlet-courier.atom"]) == ["courier-1", "courier-2", "courier-3", "teaser-1"]
    assert ids(paths["type-opinion.atom"]) == ["opinion-45"]
    assert set(ids(paths["judge-otto-wren.atom"])) == {"order-91"}  # signed by him
    assert "motion-92" in ids(paths["judge-ada-birch.atom"])  # stands in her docket


def test_every_written_feed_is_valid_and_opml_names_it(query, tmp_path):
    paths = written(query, tmp_path)
    for name, path in paths.items():
        if path.suffix == ".atom":
            valid(path.read_bytes())
        elif path.suffix == ".rss":
            read(path.read_bytes())
        elif path.suffix == ".json" and not name.startswith("."):
            json_read(path.read_bytes())
    outlines = etree.fromstring(paths["all.opml"].read_bytes()).findall("body/outline/outline")
    named = {outline.get("xmlUrl").rpartition("/")[2] for outline in outlines}
    assert named == {name for name in paths if name.endswith(".atom")}
    assert all(outline.get("type") == "rss" and outline.get("text") for outline in outlines)


def test_two_builds_are_the_same_bytes(query, tmp_path):
    one, two = written(query, tmp_path / "a"), written(query, tmp_path / "b")
    assert {n: p.read_bytes() for n, p in one.items()} == {n: p.read_bytes() for n, p in two.items()}


def test_what_has_not_changed_stays_the_very_file_it_was(query, tmp_path):
    one = written(query, tmp_path / "a")
    two = written(query, tmp_path / "b", before=tmp_path / "a")
    assert {n: p.stat().st_ino for n, p in one.items()} == {n: p.stat().st_ino for n, p in two.items()}


def test_archives_reach_back_to_the_first_entry_and_stay(put, tmp_path, monkeypatch):
    from tests.publish.conftest import ask, rows

    monkeypatch.setattr(feeds_module, "ARCHIVE", 3)
    monkeypatch.setattr(feeds_module, "LEAST", 2)
    monkeypatch.setattr(feeds_module, "DAYS", 0)
    tables = rows()
    first = written(ask(put(tmp_path / "1", tables)), tmp_path / "a")
    archives = [name for name in first if re.fullmatch(r"all\.\d+\.atom", name)]
    assert len(archives) == 4

    seen, address = [], "all.atom"
    while address:
        root = valid(first[address].read_bytes())
        links = {link.get("rel"): link.get("href").rpartition("/")[2] for link in root.findall("{*}link")}
        assert (root.find("{*}archive") is not None) == (address != "all.atom") == (links.get("current") == "all.atom")
        assert root.findtext("{*}id") == "tag:docketwire.example,2026:feeds/all.atom"
        seen += ids(first[address])
        address = links.get("prev-archive")
    assert set(seen) == {r["id"] for r in tables["documents"]} - {"reprint-1"} | {"e94", "e95"}

    # One document changes: its archive alone is written anew, and it comes again in the feed.
    [old] = [row for row in tables["documents"] if row["id"] == "old-order"]
    old |= {"changed": "2030-11-22T04:10:00+00:00", "revision": 2}
    second = written(ask(put(tmp_path / "2", tables)), tmp_path / "b", before=tmp_path / "a")
    anew = {name for name in archives if first[name].stat().st_ino != second[name].stat().st_ino}
    assert anew == {"all.1.atom"}
    assert ids(second["all.atom"])[0] == "old-order"


def test_a_week_away_loses_nothing(put, tmp_path):
    from tests.publish.conftest import ask, document, rows

    tables = rows() | {"bodies": [], "summaries": [], "dispositions": [], "events": [], "document_dockets": []}
    for n in range(250):  # thirty a day
        seen = f"2031-01-{1 + n // 30:02}T04:{n % 30:02}:00+00:00"
        tables["documents"].append(document(f"n{n}", "news", f"Story {n}", first_seen=seen, matter="lantern"))
    paths = written(ask(put(tmp_path / "p", tables)), tmp_path / "feeds")
    assert len(ids(paths["lantern.atom"])) >= 240


def test_two_feeds_of_one_name_are_refused(put, tmp_path):
    from tests.publish.conftest import ask, rows

    tables = rows()
    tables["matters"].append(tables["matters"][0] | {"slug": "court-demo"})
    tables["documents"].append(tables["documents"][0] | {"id": "x", "matter": "court-demo"})
    with pytest.raises(PublishError, match="court-demo"):
        written(ask(put(tmp_path / "p", tables)), tmp_path / "feeds")


def test_two_sentences_are_the_weightiest_in_reading_order():
    points = [{"position": n, "role": role} for n, role in enumerate(["background", "order", "reason", "decision"])]
    assert [point["role"] for point in two_of(points)] == ["order", "decision"]


@pytest.mark.parametrize(
    ("group", "name", "expected"),
    [
        ("matter", "in-re-lantern", "in-re-lantern"),
        ("judge", "Ona T. Wren", "judge-ona-t-wren"),
        ("judge", "Otto Wren (mag.)", "judge-otto-wren"),
        ("judge", "Araceli Martínez-Olguín", "judge-araceli-martinez-olguin"),
        ("court", "nysd", "court-nysd"),
        ("outlet", "demo_gazette", "outlet-demo-gazette"),
    ],
)
def test_feeds_are_named_for_what_they_follow(group, name, expected):
    assert feed_name(group, name) == expected


@given(st.text(max_size=400), st.integers(20, 200))
def test_a_shortened_line_fits(text, longest):
    line = shortened(text, longest)
    assert len(line) <= longest + 1
    assert line == " ".join(line.split())


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
        ({"headline": "Motion denied (ECF 911)"}, "In re Lantern Models: Motion denied (ECF 911), in ECF 91"),
        ({"headline": "Motion denied (ECF 91-2)"}, "In re Lantern Models: Motion denied (ECF 91-2), in ECF 91"),
        ({"kind": "news", "title": "Talks fail"}, "In re Lantern Models: Talks fail (Demo District Court)"),
    ],
    ids=[
        "no matter, no entry",
        "no headline",
        "headline says it already",
        "another entry's number begins alike",
        "an attachment's number begins alike",
        "news names its outlet",
    ],
)
def test_announcements_say_each_thing_once(changes, line):
    assert announcement(ORDER | changes) == line


def test_dates_are_shown_as_written_with_their_zone():
    assert day("2025-06-24T00:00:00-04:00") == "Tue 24 Jun 2025"
    assert moment("2025-06-24T14:05:00-04:00") == "Tue 24 Jun 2025, 14:05 UTC−4"
    assert moment("2025-06-24T14:05:00+05:30") == "Tue 24 Jun 2025, 14:05 UTC+5:30"
    assert moment("2025-06-24T14:05:00+00:00", "second") == "Tue 24 Jun 2025, 14:05 UTC"
    assert moment("2025-06-24T00:00:00-04:00", "day") == "Tue 24 Jun 2025"
    assert appointed("2025-06-24T14:05:00-04:00") == "Tue 24 Jun 2025, 14:05 UTC−4"
    assert appointed("2025-06-24T14:05:00+00:00") == "Tue 24 Jun 2025, 14:05"  # nobody said in which zone
    assert (day(None), moment("soon"), apart(None, date(2030, 1, 1))) == ("", "", "")


def test_an_attachment_is_named_by_its_entry():
    assert ecf({"entry_number": 92, "attachment_number": 2}) == "ECF 92-2"
    assert ecf({"entry_number": None, "attachment_number": None}) == ""


@given(st.text())
def test_no_text_but_a_web_address_becomes_a_link(text):
    linked = outside(text)
    assert linked is None or re.match(r"https?://[^\s/]", linked, re.IGNORECASE)
