from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.errors import PublishError
from pipeline.model import (
    Add,
    Disposition,
    Docket,
    DocketEntry,
    DocketLink,
    Document,
    Event,
    EventState,
    Kind,
    Matter,
    PageClass,
    Passage,
    Point,
    Provenance,
    Relevance,
    Source,
    StoryPlace,
    Summary,
    When,
)
from pipeline.publish import database
from pipeline.store import Store

EASTERN = timezone(timedelta(hours=-5))
SEEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
CANARY = "The heron keeps its private pond behind the mill."
DECIDED = "The motion to compel is DENIED without prejudice."
DUE = "The parties shall file a joint letter by December 4, 2026."
ORDER_TEXT = f"{DECIDED} {DUE}"
NEWS_TEXT = f"A judge sent Inkwell and the illustrators back to talk. {CANARY} Letters are due December 4."
KEY = "demo:2026-cv-7001"


def provenance(source: str) -> Provenance:
    return Provenance(source, SEEN, "sha256:aa", "text 1", "a.warc.gz", 7, "r1")


def passage(text: str, words: str) -> Passage:
    start = text.index(words)
    return Passage(start, start + len(words), words)


def filled(path: Path) -> Store:
    store = Store(path, purpose="demo")
    docket = Docket(KEY, "demo", "1:26-cv-07001", judges=("Ada Marrow",))
    store.sync_registry(
        [Matter("inkwell", "Marrow v. Inkwell, Inc.", "demo", (docket,))], [("demo", "Demonstration Court", "Demo.")]
    )
    store.sync_sources([Source("wire", "The Wire", "feed", Kind.NEWS, "https://wire.example/feed")])
    december = When.on(date(2026, 12, 4), EASTERN)
    order = Document(
        "aaaaaaaaaaaa", Kind.FILING, PageClass.FILING, "Order", ORDER_TEXT, provenance("demo_court"), type="order",
        published=When.on(date(2026, 11, 19), EASTERN), court="demo", judge="Ada Marrow",
        dispositions=(Disposition("denied without prejudice", None, passage(ORDER_TEXT, DECIDED)),),
        events=(Event("deadline", "file a joint letter", december, passage(ORDER_TEXT, DUE)),),
    )  # fmt: skip
    news = Document(
        "bbbbbbbbbbbb", Kind.NEWS, PageClass.ARTICLE, "Back to the table", NEWS_TEXT, provenance("wire"),
        url="https://wire.example/1", published=When(SEEN), relevance=Relevance("ours", 0.9, ("inkwell",)),
        events=(Event("deadline", "letters", december, passage(NEWS_TEXT, "Letters are due December 4."),
                      state=EventState.REPORTED),),
    )  # fmt: skip
    elsewhere = Document("cccccccccccc", Kind.NEWS, PageClass.ARTICLE, "Football", "A cup final.", provenance("wire"),
                         relevance=Relevance("not", 0.0, ()))  # fmt: skip
    for document in (order, news, elsewhere):
        store.apply(Add(document))
    store.put_links(order.id, [DocketLink(KEY, 0.99, "1:26-cv-07001", "docket number", 12)])
    store.put_links(news.id, [DocketLink(KEY, 0.8, "Inkwell", "caption")])
    store.put_entry(DocketEntry("e1", KEY, 12, When(SEEN), "order", "ORDER denying motion to compel"), at=SEEN)
    store.put_entry(DocketEntry("e2", "demo:2026-cv-9999", 1, When(SEEN), "order", "ORDER in nobody's case"), at=SEEN)
    point = passage(NEWS_TEXT, "A judge sent Inkwell and the illustrators back to talk.")
    store.put_summary(
        Summary(order.id, "Motion denied", (Point(DECIDED, 0, len(DECIDED), "decision"),), "lead", "1", "{}", "h")
    )
    store.put_summary(
        Summary(news.id, news.title, (Point(point.text, point.start, point.end, "background"),), "lead", "1", "{}", "h")
    )
    store.put_place(StoryPlace(news.id, news.id), news.title)
    return store


def build(tmp_path: Path) -> sqlite3.Connection:
    with filled(tmp_path / "work.db") as store, database.publication(tmp_path / "public") as folder:
        database.build(store.path, folder, {"purpose": "demo"})
    return sqlite3.connect(tmp_path / "public" / database.NAME)


def test_every_table_says_what_it_holds() -> None:
    opening = [line for line in database.schema().splitlines() if line.startswith("CREATE TABLE")]
    assert [line for line in opening if "-- " not in line] == []
    assert {line.split()[2] for line in opening} == {*database.TABLES, *database.DERIVED, "about"} - {"search"}


def test_the_public_tables_say_what_was_read(tmp_path: Path) -> None:
    db = build(tmp_path)
    db.row_factory = sqlite3.Row

    def one(sql: str) -> dict[str, object]:
        return dict(db.execute(sql).fetchone())

    order = one("SELECT * FROM documents WHERE kind = 'filing'")
    assert {k: order[k] for k in ("type", "published", "precision", "judge", "disposition", "court_name", "entry_number", "matter", "words")} == {
        "type": "order", "published": "2026-11-19T00:00:00-05:00", "precision": "day", "judge": "Ada Marrow",
        "disposition": "denied without prejudice", "court_name": "Demo.", "entry_number": 12, "matter": "inkwell", "words": 19,
    }  # fmt: skip
    event = one("SELECT * FROM events")
    assert (event["kind"], event["starts"], event["quote"], event["docket"]) == (
        "deadline",
        "2026-12-04T00:00:00-05:00",
        DUE,
        KEY,
    )
    assert one("SELECT quote FROM reported_dates") == {"quote": "Letters are due December 4."}
    assert one("SELECT document FROM entries") == {"document": "aaaaaaaaaaaa"}
    assert one("SELECT filings, stories FROM matters") == {"filings": 1, "stories": 1}
    assert one("SELECT text FROM summaries WHERE document = 'aaaaaaaaaaaa'") == {"text": DECIDED}


def test_what_is_not_ours_stays_out(tmp_path: Path) -> None:
    db = build(tmp_path)
    assert db.execute("SELECT group_concat(id) FROM entries").fetchone() == ("e1",)
    assert db.execute("SELECT count(*) FROM documents WHERE title = 'Football'").fetchone() == (0,)


def test_news_full_text_is_nowhere_in_the_public_file(tmp_path: Path) -> None:
    build(tmp_path)
    content = (tmp_path / "public" / database.NAME).read_bytes()
    assert DUE.encode() in content  # court records are public
    assert CANARY.encode() not in content
    assert b"heron" not in content
    assert b"private pond" not in content


def test_both_are_found_by_their_words(tmp_path: Path) -> None:
    db = build(tmp_path)
    found = db.execute("SELECT document FROM search WHERE search MATCH 'judge OR motions' ORDER BY document").fetchall()
    assert found == [("aaaaaaaaaaaa",), ("bbbbbbbbbbbb",)]


def test_a_failed_build_keeps_the_publication_before(tmp_path: Path) -> None:
    build(tmp_path).close()
    before = (tmp_path / "public").resolve()
    with Store(tmp_path / "work.db", purpose="demo") as store:
        store.sync_registry([], [])
        with pytest.raises(PublishError, match="holds no matter"), database.publication(tmp_path / "public") as folder:
            database.build(store.path, folder, {})
    assert (tmp_path / "public").resolve() == before
    assert [p.name for p in tmp_path.glob("public-*")] == [before.name]


def test_a_summary_that_does_not_stand_in_its_text_is_not_published(tmp_path: Path) -> None:
    with filled(tmp_path / "work.db") as store:
        invented = Summary("aaaaaaaaaaaa", "x", (Point("Granted in full.", 4, 20, "decision"),), "lead", "1", "{}", "h")
        store.put_summary(invented)
        with pytest.raises(PublishError, match="aaaaaaaaaaaa"), database.publication(tmp_path / "public") as folder:
            database.build(store.path, folder, {})
    assert not (tmp_path / "public").exists()


def test_a_damaged_working_database_is_one_line_and_keeps_the_publication_before(tmp_path: Path) -> None:
    build(tmp_path).close()
    before = (tmp_path / "public").resolve()
    with sqlite3.connect(tmp_path / "work.db") as db:
        db.execute("DROP VIEW public_events")
    with (
        pytest.raises(PublishError, match="the site stays as it was"),
        database.publication(tmp_path / "public") as folder,
    ):
        database.build(tmp_path / "work.db", folder, {})
    assert (tmp_path / "public").resolve() == before


def test_the_last_publication_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    for _ in range(4):
        with database.publication(tmp_path / "public") as folder:
            (folder / "made").touch()
    assert sorted(p.name for p in tmp_path.glob("public-*")) == ["public-3", "public-4"]
    assert (tmp_path / "public").resolve().name == "public-4"
