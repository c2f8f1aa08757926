"""What a court says on its docket alone reaches calendar, digest and summary; once its paper is here, the paper speaks."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from pipeline.model import Docket, FeedEntry, Fetched, Filed, Kind, Matter, Role, Source
from pipeline.publish import calendar, database, digest
from pipeline.registry import Registry
from pipeline.spool import SpoolWriter
from pipeline.stages import ingest, summarize
from pipeline.store import Store
from summarize.lead import Lead

NIGHT = datetime(2026, 11, 19, 4, tzinfo=UTC)
ONE, TWO = (Docket(f"nysd:2026-cv-0410{n}", "nysd", f"1:26-cv-0410{n}") for n in (1, 2))
CASE = Registry([Matter("alder-v-beacon", "Alder v. Beacon", "nysd", (ONE, TWO), evidence=("invented",))])
ORDER = "ORDER denying 12 Motion to Compel. The parties shall file a joint letter by December 4, 2026."
MINUTES = (
    "Minute Entry for proceedings held before Judge Ada B. Oak: Status Conference held on 11/18/2026. Fact discovery"
    " due by 12/18/2026."
)
PAPER = """UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK

ALDER, Plaintiff, v. BEACON, Defendant.

26-cv-4101 (ABO)

ORDER

The motion to compel (ECF 12) is DENIED. The parties shall file a joint letter by December 4, 2026.

SO ORDERED.

Dated: November 18, 2026

ADA B. OAK
United States District Judge
"""


class Nights:
    """A store, and what one source after another tells it."""

    def __init__(self, folder):
        self.folder, self.nights = folder, 0
        self.store = Store(folder / "work.db")
        self.store.sync_sources(
            [Source("court", "Court", "court feed", Kind.FILING, "https://court.example/rss", "nysd")]
        )

    def take(self, *records, registry=CASE):
        self.nights += 1
        at = NIGHT + timedelta(days=self.nights)
        path = self.folder / f"{self.nights}.warc.gz"
        with SpoolWriter(path, source="court", run=f"run{self.nights}", started=at) as spool:
            for role, url, body, more in records:
                head = (("Content-Type", more.pop("media", "text/plain")),)
                spool.write(
                    Fetched(
                        "court",
                        Kind.FILING,
                        role,
                        url,
                        url,
                        at,
                        200,
                        head,
                        body.encode(),
                        run=f"run{self.nights}",
                        **more,
                    )
                )
        told = ingest(self.store, registry, [path])
        summarize(self.store, Lead(words=40))
        return told.counts

    def rows(self, sql):
        with closing(sqlite3.connect(self.store.path)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql)]

    def dates(self):
        return [(row["starts"][:10], row["state"]) for row in self.rows("SELECT * FROM public_events")]

    def texts(self):
        return [
            (row["docket_entry"], row["title"])
            for row in self.rows("SELECT * FROM public_documents WHERE docket_entry IS NOT NULL")
        ]


@pytest.fixture
def nights(tmp_path):
    found = Nights(tmp_path)
    yield found
    found.store.__exit__(None, None, None)


def feed(*items):
    """A court's feed of (docket, words, ECF number or None)."""
    told = "".join(map(_item, items))
    body = f'<rss version="2.0"><channel><title>C</title>{told}</channel></rss>'
    return Role.FEED, "https://court.example/rss", body, {"court": "nysd", "media": "application/rss+xml"}


def _item(told):
    docket, words, number = told
    link = f' (<a href="https://court.example/doc1/{number}">{number}</a>)' if number else ""
    return (
        f"<item><title>{docket.number} Alder v. Beacon</title><link>https://court.example/{docket.number}</link>"
        f"<guid>{docket.key}</guid><description>{escape(f'[{words}]{link}')}</description>"
        "<pubDate>Wed, 18 Nov 2026 20:31:07 GMT</pubDate></item>"
    )


def archive(words, *, number=None):
    """The same docket as CourtListener tells it."""
    row = {
        "id": 501, "entry_number": number, "date_filed": "2026-11-18", "time_filed": "15:31:20",
        "date_modified": "2026-11-18T16:00:00-08:00", "description": words, "recap_documents": [],
    }  # fmt: skip
    body = json.dumps({"count": 1, "next": None, "previous": None, "results": [row]})
    more = {"court": "nysd", "filed": Filed(ONE.key), "media": "application/json"}
    return Role.DOCKET, "https://api.example/docket-entries/?docket=7001", body, more


def paper(number, text=PAPER):
    entry = FeedEntry("recap:1", "https://papers.example/45.txt", "Order")
    return (
        Role.PAGE,
        "https://papers.example/45.txt",
        text,
        {"court": "nysd", "filed": Filed(ONE.key, number), "entry": entry},
    )


def test_an_order_without_its_paper_is_summarized_and_dated(nights, tmp_path):
    nights.take(feed((ONE, ORDER, 45), (ONE, MINUTES, None)))
    assert sorted(title[:25] for _, title in nights.texts()) == [
        "Docket text of ECF 45: OR",
        "Docket text: Minute Entry",
    ]
    assert nights.dates() == [("2026-12-04", "scheduled"), ("2026-12-18", "scheduled")]
    [ruling] = nights.rows("SELECT outcome, motion FROM public_dispositions")
    assert (ruling["outcome"], ruling["motion"]) == ("denied", "ECF 12")
    assert "joint letter" in " ".join(row["text"] for row in nights.rows("SELECT text FROM public_summaries"))
    said = nights.rows("SELECT source, spool, reader FROM public_documents WHERE docket_entry IS NOT NULL")
    assert {tuple(row.values()) for row in said} == {("court", "1.warc.gz", "docket text 1")}

    folder = tmp_path / "public"
    folder.mkdir()
    database.build(nights.store.path, folder, {"built": NIGHT.isoformat(), "site": "https://site.example"})
    with database.reader(folder) as query:
        lines = query("SELECT document, entry FROM timeline WHERE matter = 'alder-v-beacon'", {})
        assert [(bool(row["document"]), row["entry"]) for row in lines] == [(True, None), (True, None)]
        told = digest.digest(
            query, since="2026-11-20", until="2026-11-21", title="One day", site="https://site.example"
        )
        calendar.write_calendars(query, folder / "feeds", site="https://site.example", authority="site.example")
    shown = (folder / "feeds" / "alder-v-beacon.ics").read_text(encoding="utf-8")
    assert "joint letter by December 4" in digest.text(told)
    assert "20261204" in shown
    assert "20261218" in shown


def test_the_next_night_changes_no_row(nights):
    def kept():
        tables = ("documents", "links", "entries", "versions", "summaries", "event_fates", "same_filing")
        return [nights.rows(f"SELECT * FROM {table}") for table in tables]

    nights.take(feed((ONE, ORDER, 45), (ONE, MINUTES, None)))
    before = kept()
    assert nights.take(feed((ONE, ORDER, 45), (ONE, MINUTES, None)))["new"] == 0
    assert kept() == before


@pytest.mark.parametrize("day", ["18", "19"], ids=["dated as entered", "dated later"])
def test_the_paper_takes_the_place_of_the_docket_text_and_keeps_its_date(nights, day):
    nights.take(feed((ONE, ORDER, 45)))
    nights.take(paper(45, PAPER.replace("November 18", f"November {day}")))
    assert nights.texts() == []
    assert nights.dates() == [("2026-12-04", "scheduled")]
    [entry] = nights.rows("SELECT document FROM public_entries")
    [held] = nights.rows("SELECT id, reader FROM public_documents")
    assert (entry["document"], held["reader"]) == (held["id"], "text 1")


def test_a_docket_text_that_comes_after_its_paper_stays_behind_it(nights):
    nights.take(paper(45))
    nights.take(feed((ONE, ORDER, 45)))
    assert len(nights.rows("SELECT * FROM documents")) == 2
    assert nights.texts() == []
    assert nights.dates() == [("2026-12-04", "scheduled")]


def test_a_paper_that_a_person_has_taken_out_leaves_the_docket_text(nights):
    nights.take(feed((ONE, ORDER, 45)))
    nights.take(paper(45))
    [held] = nights.rows("SELECT id FROM public_documents")
    nights.store._db.table("decisions").insert({"document": held["id"], "verdict": "not", "reason": "x", "at": "x"})
    assert [entry for entry, _ in nights.texts()] == [f"{ONE.key}#45"]
    [entry] = nights.rows("SELECT e.document, d.id FROM public_entries e JOIN public_documents d")
    assert entry["document"] == entry["id"]


def test_a_fuller_text_revises_the_document(nights):
    nights.take(feed((ONE, "Order denying 12 Motion to Compel", 45)))
    assert nights.dates() == []
    nights.take(archive(ORDER, number=45))
    [row] = nights.rows("SELECT revision, title, url FROM public_documents")
    assert (row["revision"], row["title"][-8:]) == (2, "4, 2026.")
    assert nights.dates() == [("2026-12-04", "scheduled")]
    nights.take(feed((ONE, "Order denying 12 Motion to Compel", 45)))  # a stub takes nothing back
    assert nights.dates() == [("2026-12-04", "scheduled")]


def test_a_minute_entry_of_two_sources_is_one(nights):
    nights.take(feed((ONE, "Minute Entry", None)))
    assert nights.texts() == []
    nights.take(archive(MINUTES))
    assert [title[:25] for _, title in nights.texts()] == ["Docket text: Minute Entry"]
    assert nights.dates() == [("2026-12-18", "scheduled")]


def test_the_same_words_in_two_dockets_of_a_matter_are_one_document(nights):
    nights.take(feed((ONE, MINUTES, None), (TWO, MINUTES, None)))
    assert len(nights.texts()) == 1
    assert nights.dates() == [("2026-12-18", "scheduled")]
    shown = nights.rows("SELECT document, duplicate_of FROM public_entries")
    assert sorted((bool(row["document"]), bool(row["duplicate_of"])) for row in shown) == [(False, True), (True, False)]


def test_an_order_of_two_dockets_stands_once_with_both_numbers(nights):
    nights.take(feed((ONE, f"{ORDER} (45 in 1:26-cv-04101, 9 in 1:26-cv-04102)", 45)))
    assert [entry for entry, _ in nights.texts()] == [f"{ONE.key}#45"]
    found = nights.rows("SELECT docket, entry_number FROM public_document_dockets ORDER BY docket")
    assert [(row["docket"], row["entry_number"]) for row in found] == [(ONE.key, 45), (TWO.key, 9)]
    assert len({row["document"] for row in nights.rows("SELECT document FROM public_entries")}) == 1


def test_dockets_that_nobody_follows_have_no_documents_until_a_case_file_follows_them(nights):
    nights.take(feed((ONE, ORDER, 45)), registry=Registry([]))
    assert nights.rows("SELECT * FROM documents") == []
    nights.take(registry=CASE)
    assert [entry for entry, _ in nights.texts()] == [f"{ONE.key}#45"]
    assert nights.dates() == [("2026-12-04", "scheduled")]


def test_routine_lines_and_parties_papers_stay_lines(nights):
    lines = ("Notice of Appearance", 40), ("MOTION to Stay. Responses due by 12/2/2026", 41), ("Order on Motion", 42)
    nights.take(feed(*((ONE, words, number) for words, number in lines)))
    assert len(nights.rows("SELECT * FROM public_entries")) == 3
    assert nights.rows("SELECT * FROM documents") == []


def test_a_line_that_reads_like_a_label_is_its_own_summary(nights):
    hearing = "NOTICE OF HEARING: Oral Argument set for 1/12/2027 at 02:00 PM before Judge Ada B. Oak."
    nights.take(feed((ONE, hearing, None)))
    assert [row["text"] for row in nights.rows("SELECT text FROM public_summaries")] == [hearing]
