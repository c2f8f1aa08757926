from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.publish import digest as room
from pipeline.publish.digest import CAPS, digest, page, ranked, section_of, text
from pipeline.publish.wording import printable
from tests.publish.conftest import ask, document, rows
from tests.publish.test_site_coverage import reported

SITE = "https://docketwire.example"
NIGHT = {
    "since": "2030-11-20T04:12:00+00:00",
    "until": "2030-11-21T04:12:00+00:00",
    "title": "Thu 21 Nov 2030",
    "site": SITE,
}


@pytest.fixture
def told(query):
    return digest(query, **NIGHT)


def titles(told, section):
    return [line.title for line in told.sections[section]]


def test_rulings_come_first_then_dates_new_cases_filings_and_stories(told):
    assert list(told.sections) == ["Rulings", "Dates set", "New cases", "Filings", "News"]
    assert titles(told, "Rulings") == [
        "In re Lantern Models: Motion to compel training logs denied without prejudice (ECF 91)",
        "Harbor Press v. Quillwright AI: Partial summary judgment for Harbor Press: training on manuals was not fair use (ECF 45)",
    ]
    assert titles(told, "Dates set") == [
        "Sat 30 Nov 2030: joint status letter — In re Lantern Models",
        "Wed 4 Dec 2030, 14:00 UTC−5: conference — In re Lantern Models",
    ]
    assert titles(told, "New cases") == [
        "In re Lantern Models: Ashdown Maps sues Lantern over 3 million map tiles (ECF 1)"
    ]
    assert len(titles(told, "Filings")) == 2
    assert len(titles(told, "News")) == 4  # the reprint is the same story
    assert told.subject == "2 rulings, 2 dates set, 1 new case, 2 filings, 4 stories"


def test_routine_is_left_out_with_a_count(told):
    assert told.routine == 2
    assert "CERTIFICATE OF SERVICE" not in text(told)
    assert "2 routine filings left out." in text(told)
    assert "2 routine filings left out." in room.html(told)


def test_every_line_is_quoted_and_linked(told):
    [order, _] = told.sections["Rulings"]
    assert order.quotes[0].endswith("their motion to compel is DENIED without prejudice to renewal.")
    assert dict(order.links)["Document and sources"] == f"{SITE}/document/order-91"
    assert all(line.links for lines in told.sections.values() for line in lines)
    assert dict(told.sections["Dates set"][0].links) == {"The order": f"{SITE}/document/order-91"}
    assert told.sections["Dates set"][0].quotes == ("by November 30, 2030",)


def test_every_quote_names_its_document_and_its_place_there(told):
    for lines in told.sections.values():
        for line in lines:
            assert len(line.cites) == len(line.quotes)
            assert all(cite.startswith(f"{SITE}/") for cite in line.cites)
    [order, _] = told.sections["Rulings"]
    assert order.cites == (f"{SITE}/document/order-91#p2", f"{SITE}/document/order-91#p3")
    [due, _] = told.sections["Dates set"]
    assert due.cites == (f"{SITE}/document/order-91#e0",)
    for places in ("//blockquote/@cite", "//blockquote//a/@href"):
        assert html.fromstring(page(told)).xpath(places)[:2] == list(order.cites)


def test_of_a_story_the_digest_quotes_what_its_articles_report_together(put, tmp_path):
    tables = rows()
    [said] = [row for row in tables["summaries"] if row["document"] == "courier-1"]
    place = {name: said[name] for name in ("text", "document", "start", "end")}
    tables["story_summaries"] = [{"story": "courier-1", "position": 0, "role": "all", "also": "[]", **place}]
    told = digest(ask(put(tmp_path / "p", tables)), **NIGHT)
    [line] = [line for line in told.sections["News"] if "Judge sends authors" in line.title]
    assert (line.quotes, line.cites) == ((said["text"],), (f"{SITE}/document/courier-1#p1",))


def test_plain_text_says_what_html_says(told):
    said = " ".join(html.fromstring(page(told)).itertext())
    for lines in told.sections.values():
        for line in lines:
            assert line.title in text(told)
            assert printable(line.title) in said
            assert all(
                f"“{quoted}”\n  in its place: {place}\n" in text(told)
                for quoted, place in zip(line.quotes, line.cites, strict=True)
            )
            assert all(
                address in text(told) and address in page(told).replace("&amp;", "&") for _, address in line.links
            )


def test_only_what_came_between_is_told(query):
    before = digest(query, **NIGHT | {"since": "2030-11-13T00:00:00+00:00", "until": NIGHT["since"]})
    assert titles(before, "Rulings") == ["In re Lantern Models: Fact discovery to close on 28 February 2031 (ECF 12)"]
    nothing = digest(query, **NIGHT | {"since": NIGHT["until"], "until": "2030-12-01T00:00:00+00:00"})
    assert nothing.empty
    assert nothing.subject == ""


def test_a_filing_that_changed_comes_again_and_a_story_does_not(put, tmp_path):
    tables = rows()
    for row in tables["documents"]:
        if row["id"] in {"opinion-45", "courier-1"}:
            row |= {"changed": "2030-11-23T04:10:00+00:00", "revision": 2}
    later = digest(ask(put(tmp_path / "p", tables)), **NIGHT | {"since": "2030-11-22", "until": "2030-11-24"})
    assert list(later.sections) == ["Rulings"]
    assert later.changed == "2030-11-23T04:10:00+00:00"


def test_a_story_is_one_line_however_many_outlets_tell_it(put, tmp_path):
    told = digest(ask(put(tmp_path / "p", reported())), **NIGHT)
    assert told.counts["News"] == 4
    assert not [line for line in titles(told, "News") if "talk first" in line]


def test_what_is_too_much_is_counted(put, tmp_path):
    tables = rows()
    tables["documents"] += [
        document(f"s{n}", "news", f"Story {n}", published="2030-11-21T00:00:00+00:00") for n in range(40)
    ]
    told = digest(ask(put(tmp_path / "p", tables)), **NIGHT)
    assert len(told.sections["News"]) == CAPS["News"]
    assert told.counts["News"] == 44
    assert "And 34 stories more." in text(told)
    # What is about a matter comes before what is not, be it older.
    assert all("Story" not in line.title for line in told.sections["News"][:2])


@pytest.mark.parametrize(
    ("kind", "type_", "disposition", "section"),
    [
        ("filing", "order", None, "Rulings"),
        ("filing", "motion", "granted", "Rulings"),
        ("filing", "proposed order", None, "Filings"),
        ("filing", "amended complaint", None, "New cases"),
        ("filing", "letter", None, "Filings"),
        ("filing", None, None, "Filings"),
        ("filing", "routine", None, ""),
        ("news", "article", None, "News"),
        ("release", None, None, "News"),
    ],
)
def test_sections(kind, type_, disposition, section):
    assert section_of({"kind": kind, "type": type_, "disposition": disposition}) == section


def test_the_weightiest_comes_first_then_the_newest():
    def row(name, kind, day, disposition=None):
        return {"kind": "filing", "type": kind, "disposition": disposition, "published": day, "changed": day, "place": "document", "id": name, "matter": "m"}  # fmt: skip

    given_rows = [
        row("a", "order", "2030-01-03"),
        row("b", "opinion", "2030-01-01"),
        row("c", "order", "2030-01-02", "denied"),
    ]
    assert [r["id"] for r in ranked(given_rows)] == ["c", "b", "a"]


@given(
    st.text(max_size=200)
    | st.sampled_from(
        ["]]>", "<script>alert(1)</script>", "\x00\x1b", "\ud800", "🦉\u202e", "x" * 10_000, "</style>", "\r\n"]
    )
)
def test_any_text_is_told_and_nothing_else_with_it(words):
    line = room.Line(words, (words,), ("https://a.example/#p1",), ((words, "https://a.example/?x=1&y=2"),))
    told = room.Digest(words, "2030-11-20", "2030-11-21", {"News": [line]}, {"News": 1}, 0, "2030-11-20")
    root = etree.fromstring(f"<div>{room.html(told)}</div>")
    assert {element.tag for element in root.iter()} == {"div", "h3", "p", "strong", "blockquote", "a"}
    assert " ".join(root.findtext("p/strong").split()) == " ".join(printable(words).split())
    assert "<script" not in page(told)


def test_a_week_is_told_once_it_is_over_and_a_day_at_once(query):
    told = {feed.name: entries for feed, entries in room.feeds(query, site=SITE, authority="docketwire.example")}
    assert [entry.id.rpartition("/")[2] for entry in told["daily"]] == ["2030-11-21", "2030-11-14"]
    assert [entry.id.rpartition("/")[2] for entry in told["weekly"]] == ["2030-11-11"]
    assert told["weekly"][0].title == "Week of Mon 11 Nov 2030: 1 ruling, 1 filing, 1 story"
    assert all(
        re.fullmatch(r"tag:docketwire\.example,2026:digest/\w+/[\d-]+", e.id) for es in told.values() for e in es
    )
