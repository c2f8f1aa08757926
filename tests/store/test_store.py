from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.model import (
    Add,
    Disposition,
    Docket,
    DocketEntry,
    DocketLink,
    Document,
    Event,
    EventState,
    Health,
    Issue,
    Kind,
    Level,
    Matter,
    Note,
    PageClass,
    Passage,
    Point,
    Provenance,
    Reading,
    Relevance,
    Revise,
    Run,
    Scan,
    Stamp,
    Summary,
    Visit,
    When,
    Withheld,
)
from pipeline.store import Store, rows

NEW_YORK = timezone(timedelta(hours=-5))
TEXT = "The motion is DENIED. The parties shall report by December 4, 2026."
ORDER = Document(
    id="d0c0000000a1",
    kind=Kind.FILING,
    page_class=PageClass.FILING,
    title="Order",
    text=TEXT,
    provenance=Provenance(
        "demo_court", datetime(2026, 11, 20, 9, tzinfo=UTC), "sha256:aa", "text 1", "a.warc.gz", 7, "r1"
    ),
    type="order",
    published=When.on(date(2026, 11, 19), NEW_YORK),
    docket_numbers=("1:26-cv-07001",),
    entry_number=12,
    dispositions=(Disposition("denied", "ECF 9", Passage(0, 21, TEXT[:21])),),
    events=(Event("deadline", "report", When.on(date(2026, 12, 4), NEW_YORK), Passage(22, len(TEXT), TEXT[22:])),),
    relevance=Relevance("ours", 1.0, ("docket",)),
)
MATTER = Matter("inkwell", "Marrow v. Inkwell, Inc.", "demo", (Docket("demo:2026-cv-7001", "demo", "1:26-cv-07001"),))
LINK = DocketLink("demo:2026-cv-7001", 0.99, "1:26-cv-07001", "docket number", 12)
SUMMARY = Summary(ORDER.id, "Motion denied", (Point(TEXT[:21], 0, 21, "decision"),), "lead", "1", "{}", "h")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "work.db") as opened:
        opened.sync_registry([MATTER], [("demo", "Demonstration Court", "Demo.")])
        yield opened


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        return list(db.iterdump())


moments = st.builds(
    When,
    st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, NEW_YORK)),
    st.sampled_from(["day", "minute", "second"]),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
passages = st.builds(Passage, st.integers(0, 9), st.integers(10, 20), texts)
withheld = st.none() | st.builds(Withheld, st.sampled_from(["sealed", "redacted", "missing"]), texts)
documents = st.builds(
    Document,
    id=texts,
    kind=st.sampled_from(Kind),
    page_class=st.sampled_from(PageClass),
    title=texts,
    text=texts,
    provenance=st.builds(
        Provenance,
        texts,
        moments.map(lambda w: w.at),
        texts,
        texts,
        st.none() | texts,
        st.none() | st.integers(0, 9),
        st.none() | texts,
    ),
    type=st.none() | texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    published=st.none() | moments,
    entry_number=st.none() | st.integers(0, 9999),
    ecf_references=st.lists(st.integers(0, 999), max_size=3).map(tuple),
    dispositions=st.lists(st.builds(Disposition, texts, st.none() | texts, passages), max_size=2).map(tuple),
    events=st.lists(
        st.builds(Event, texts, texts, moments, passages, st.none() | moments, state=st.sampled_from(EventState)),
        max_size=2,
    ).map(tuple),
    readings=st.lists(st.builds(Reading, texts, texts, passages, st.floats(0, 1)), max_size=2).map(tuple),
    page_starts=st.lists(st.integers(0, 999), max_size=3).map(tuple),
    notes=st.lists(st.builds(Note, texts, st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)), max_size=2).map(
        tuple
    ),
    scans=st.lists(st.builds(Scan, st.integers(1, 9), st.none() | st.floats(0, 1)), max_size=2).map(tuple),
    stamp=st.none()
    | st.builds(Stamp, texts, st.none() | st.integers(0, 99), st.none() | st.integers(0, 9), st.none() | st.dates()),
    withheld=withheld,
    relevance=st.none()
    | st.builds(Relevance, st.sampled_from(["ours", "not", "unsure"]), st.floats(0, 1), st.tuples(texts)),
)


@given(documents)
def test_noun_to_row_to_noun_is_identity(document: Document) -> None:
    assert rows.document(rows.document_row(document)) == document


@given(
    st.builds(
        DocketEntry,
        texts,
        texts,
        st.none() | st.integers(1, 9999),
        st.none() | moments,
        st.none() | texts,
        texts,
        withheld=withheld,
    )
)
def test_entry_to_row_to_entry_is_identity(entry: DocketEntry) -> None:
    assert rows.entry(rows.entry_row(entry)) == entry


def test_what_is_added_is_read_back_with_its_links(store: Store) -> None:
    store.apply(Add(ORDER))
    assert store.put_links(ORDER.id, [LINK])
    assert (store.document(ORDER.id), store.links(ORDER.id)) == (ORDER, (LINK,))
    assert not store.put_links(ORDER.id, [LINK])


def test_a_revision_keeps_the_old_version_and_the_day_first_seen(store: Store) -> None:
    later = replace(ORDER.provenance, fetched=datetime(2026, 11, 22, tzinfo=UTC))
    new = replace(ORDER, text=TEXT + " So ordered.", provenance=later)
    store.apply(Add(ORDER))
    store.apply(Revise(new, was=ORDER))
    assert store.document(ORDER.id) == new
    with sqlite3.connect(store.path) as db:
        [(noun,)] = db.execute("SELECT noun FROM versions").fetchall()
        [(seen, changed, revision)] = db.execute("SELECT first_seen, changed, revision FROM documents").fetchall()
    assert rows.TypeAdapter(Document).validate_json(noun) == ORDER
    assert (seen[:10], changed[:10], revision) == ("2026-11-20", "2026-11-22", 2)


def test_writing_the_same_again_leaves_no_trace(store: Store) -> None:
    entry = DocketEntry("e1", "demo:2026-cv-7001", 12, When(datetime(2026, 11, 20, tzinfo=UTC)), "order", "ORDER")
    run = Run("r1", "demo_court", ORDER.provenance.fetched, ORDER.provenance.fetched, Health.WELL, 1, 1, 0, 10, "a.warc.gz",
              (Issue(Level.WARNING, "demo_court", "x", "odd"),))  # fmt: skip

    def write() -> None:
        store.put_entry(entry, at=ORDER.provenance.fetched)
        store.put_runs([run])
        store.put_visit("https://court.example/rss", Visit(ORDER.provenance.fetched, '"tag"'))
        store.put_spool("a.warc.gz", 10)
        store.put_summary(SUMMARY)
        store.sync_registry([MATTER], [("demo", "Demonstration Court", "Demo.")])

    store.apply(Add(ORDER))
    write()
    before = dump(store.path)
    write()
    assert dump(store.path) == before
    assert len(before) > 40


def test_only_new_or_changed_documents_await_a_summary(store: Store) -> None:
    made = {"model": "lead", "revision": "1", "parameters": "{}"}
    store.apply(Add(ORDER))
    assert store.awaiting_summary(**made) == []  # in no docket of ours: it will not be published
    store.put_links(ORDER.id, [LINK])
    assert store.awaiting_summary(**made) == [ORDER]
    store.put_summary(SUMMARY)
    assert store.awaiting_summary(**made) == []
    assert store.awaiting_summary(**(made | {"parameters": '{"words":60}'})) == [ORDER]
    new = replace(ORDER, text=TEXT + " So ordered.")
    store.apply(Revise(new, was=ORDER))
    assert store.awaiting_summary(**made) == [new]


def test_a_filing_that_is_mostly_text_is_summarized_though_a_page_waits_for_ocr(store: Store) -> None:
    made = {"model": "lead", "revision": "1", "parameters": "{}"}
    mostly = replace(ORDER, state="needs_ocr", page_starts=(0, 5, 9), scans=(Scan(3),))
    store.apply(Add(mostly))
    store.put_links(ORDER.id, [LINK])
    assert store.awaiting_summary(**made) == [mostly]
    hardly = replace(mostly, scans=(Scan(2), Scan(3)))
    store.apply(Revise(hardly, was=mostly))
    assert store.awaiting_summary(**made) == []


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    before = dump(store.path)

    def fail_half_way() -> None:
        with store.transaction():
            store.apply(Add(ORDER))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert dump(store.path) == before


def test_a_matter_taken_out_of_the_registry_goes(store: Store) -> None:
    store.set_matched()
    store.sync_registry([], [])
    assert store.matching_due
    with sqlite3.connect(store.path) as db:
        assert db.execute("SELECT count(*) FROM matters").fetchone() == (0,)


def test_demonstration_and_live_data_never_mix(tmp_path: Path) -> None:
    with Store(tmp_path / "work.db", purpose="demo"):
        pass
    with pytest.raises(StoreError, match="holds demo data"):
        Store(tmp_path / "work.db")


def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    with Store(path):
        pass
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    before = dump(path)
    with pytest.raises(StoreError, match="newer than this docketwire") as caught:
        Store(path)
    assert "upgrade" in str(caught.value)
    assert dump(path) == before


@pytest.mark.parametrize(
    "content", [b"not a database at all, only words " * 40, b"SQLite format 3\x00" + b"\xff" * 200]
)
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "work.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"work\.db"):
        Store(path)
    assert path.read_bytes() == content
