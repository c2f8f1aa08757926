"""Sheets, one filing under many numbers, candidates and the audit, as the store keeps and publishes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.model import (
    Add,
    Candidate,
    Check,
    Docket,
    DocketEntry,
    DocketLink,
    DocketSheet,
    Document,
    Fact,
    Kind,
    Matter,
    PageClass,
    Provenance,
)
from pipeline.store import Store

SEEN = datetime(2026, 11, 20, tzinfo=UTC)
LEAD, MEMBER, OTHER = "demo:2026-md-07001", "demo:2026-cv-07002", "demo:2026-cv-07003"
MATTER = Matter(
    "inkwell", "In re Inkwell", "demo",
    (
        Docket(LEAD, "demo", "1:26-md-07001", history=(Fact("judge", "Cy Former", "Notice", until=date(2026, 3, 1)),)),
        Docket(MEMBER, "demo", "1:26-cv-07002", role="member"),
    ),
)  # fmt: skip
ORDER = Document(
    "0rder",
    Kind.FILING,
    PageClass.FILING,
    "Order",
    "Granted.",
    Provenance("local", SEEN, "sha256:aa", "text 1"),
    entry_number=9,
)
SHEET = DocketSheet(
    LEAD, "demo", "1:26-md-07001", "In re Inkwell", ("Ada Example",), date(2026, 1, 5), None, None, "local", SEEN
)
CANDIDATE = Candidate(OTHER, "Quill v. Loom AI", "AI: loom ai", "Complaint", "demo_court", SEEN)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "docketwire.db") as store:
        store.sync_registry([MATTER], [("demo", "Demonstration Court", "Demo Ct.")])
        yield store


def public(store, view):
    with closing(sqlite3.connect(store.path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(f"SELECT * FROM public_{view}")]


def file_order(store):
    store.apply(Add(ORDER))
    store.put_links(ORDER.id, [DocketLink(LEAD, 1.0, "26-md-7001", "docket number", 9)])
    for docket, number in ((LEAD, 9), (MEMBER, 12)):
        store.put_entry(DocketEntry(f"{docket}#{number}", docket, number, None, "order", "ORDER"), at=SEEN)


def test_a_filing_stands_once_with_its_number_in_each_docket(store):
    file_order(store)
    store.put_same_filing([(LEAD, 9, "9 in 1:26-md-07001"), (MEMBER, 12, "12 in 1:26-cv-07002")])
    links = public(store, "document_dockets")
    assert [(row["docket"], row["entry_number"], row["reason"]) for row in links] == [
        (LEAD, 9, "docket number"), (MEMBER, 12, "same filing"),
    ]  # fmt: skip
    assert links[1]["evidence"] == "12 in 1:26-cv-07002"
    assert {row["id"]: row["document"] for row in public(store, "entries")} == {
        f"{LEAD}#9": ORDER.id,
        f"{MEMBER}#12": ORDER.id,
    }
    assert len(public(store, "documents")) == 1


def test_a_member_docket_named_without_number_gets_it(store):
    file_order(store)
    store.put_links(
        ORDER.id,
        [
            DocketLink(LEAD, 1.0, "26-md-7001", "docket number", 9),
            DocketLink(MEMBER, 0.99, "26-cv-7002", "docket number"),
        ],
    )
    store.put_same_filing([(LEAD, 9, "9 in x"), (MEMBER, 12, "12 in y")])
    assert [(row["docket"], row["entry_number"]) for row in public(store, "document_dockets")] == [
        (LEAD, 9),
        (MEMBER, 12),
    ]


def test_another_number_is_another_filing(store):
    file_order(store)
    store.put_same_filing([(LEAD, 8, "8 in x"), (MEMBER, 11, "11 in y")])
    assert [row["docket"] for row in public(store, "document_dockets")] == [LEAD]


def test_lists_that_share_a_number_are_one_filing(store):
    file_order(store)
    store.put_same_filing([(LEAD, 9, "a"), (MEMBER, 12, "b")])
    store.put_same_filing([(OTHER, 3, "c"), (MEMBER, 12, "b")])
    store.put_same_filing([(OTHER, 3, "c"), (MEMBER, 12, "b")])
    assert {(row["docket"], row["entry_number"]) for row in public(store, "document_dockets")} == {
        (LEAD, 9),
        (MEMBER, 12),
        (OTHER, 3),
    }


def test_a_sheet_comes_back_as_it_was_put(store):
    store.put_sheet(SHEET)
    assert store.sheets() == [SHEET]


def test_a_thinner_page_takes_nothing_away(store):
    store.put_sheet(SHEET)
    later = replace(
        SHEET,
        caption=None,
        judges=(),
        filed=None,
        terminated=date(2026, 11, 1),
        seen=datetime(2026, 11, 21, tzinfo=UTC),
    )
    store.put_sheet(later)
    assert store.sheets() == [replace(SHEET, terminated=date(2026, 11, 1), seen=later.seen)]


def test_the_newer_word_counts_whatever_order_pages_come_in(store):
    newer = replace(SHEET, judges=("Bo Sample",), seen=datetime(2026, 11, 21, tzinfo=UTC))
    store.put_sheet(newer)
    store.put_sheet(SHEET)
    assert store.sheets()[0].judges == ("Bo Sample",)


def test_a_rejected_candidate_is_not_opened_again(store):
    assert store.put_candidate(CANDIDATE)
    store.decide_candidate(OTHER, "rejected", "a patent suit")
    assert not store.put_candidate(CANDIDATE)
    assert store.candidates(state="open") == []
    assert store.candidate(OTHER) == replace(CANDIDATE, state="rejected", note="a patent suit")
    (row,) = public(store, "candidates")
    assert (row["state"], row["note"]) == ("rejected", "a patent suit")


def test_a_docket_that_is_followed_by_now_is_no_candidate(store):
    store.put_candidate(replace(CANDIDATE, docket=MEMBER))
    assert public(store, "candidates") == []


def test_the_audit_is_published_and_a_docket_that_is_gone_with_it(store):
    check = Check("inkwell", LEAD, "judge", "Ada Example", "Bo Sample", False, "registry", "docket", SEEN)
    gone = replace(check, docket=OTHER)
    store.replace_checks([check, gone])
    (row,) = public(store, "audit")
    assert (row["docket"], row["ours"], row["theirs"], row["agrees"]) == (LEAD, "Ada Example", "Bo Sample", 0)


def test_history_is_published(store):
    (row,) = public(store, "docket_history")
    assert row == {
        "docket": LEAD, "position": 0, "what": "judge", "value": "Cy Former", "since": None, "until": "2026-03-01",
        "evidence": "Notice",
    }  # fmt: skip
