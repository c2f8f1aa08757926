"""A sentence planted wherever the working database holds what is nobody's business is in nothing that readers get."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.publish import database, digest
from pipeline.publish.export import export
from pipeline.settings import Settings
from pipeline.store import Store
from tests.publish.site_reader import NOW, reader
from tests.publish.test_database import filled

CANARY = "Seven herons sleep behind the mill"
# Columns that the public views read, though their words are not for readers: of news all but what is ours to say.
READ_YET_PRIVATE = {
    ("documents", "text"): "kind <> 'filing'",
    ("documents", "scans"): "kind <> 'filing'",
    ("documents", "page_starts"): "kind <> 'filing'",
    ("documents", "readings"): "kind <> 'filing'",
    ("documents", "relevance"): "kind <> 'filing'",
    ("versions", "noun"): "1",
    ("decisions", "reason"): "1",
    ("summaries", "input_hash"): "1",
    ("summaries", "parameters"): "1",
}
# Columns with words that no public view reads at all. Whoever has a view read one takes it out of here, and says why.
PRIVATE = {
    "documents": {"language", "section", "robots", "docket_numbers", "ecf_references", "stamp", "run"},
    "entry_names": {"name", "entry", "source", "words"},
    "sheets": {
        "docket",
        "court",
        "number",
        "caption",
        "judges",
        "filed",
        "terminated",
        "cause",
        "source",
        "seen",
        "url",
    },
    "decisions": {"reason", "at"},
    "matters": {"checked", "content", "evidence"},
    "dockets": {"aliases"},
    "sources": {"verified"},
    "visits": {"url", "at", "etag", "last_modified", "fresh_until", "not_before", "digest"},
    "spools": {"name"},
    "meta": {"key", "value"},
}


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as db, db:
        yield db


def read_by_views(path: Path) -> set[tuple[str, str]]:
    """Every column that any public view reads, as SQLite itself reports it."""
    read: set[tuple[str, str]] = set()

    def see(action: int, table: str | None, column: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table and column:
            read.add((table, column))
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(path)) as db:
        db.set_authorizer(see)
        for table in database.TABLES:
            db.execute(f"SELECT * FROM public_{table}").fetchall()
    return read


def columns(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The columns of the working tables that may hold words."""
    for (table,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall():
        for _, name, kind, *_ in db.execute(f"PRAGMA table_info([{table}])").fetchall():
            if kind == "TEXT":
                yield table, name


def canary_in(value: str | None) -> str:
    """The canary in the shape of what stood there: as a word more in a JSON list or object, or as the text itself."""
    try:
        held = json.loads(value or "")
    except ValueError:
        return f"{value or ''} {CANARY}"
    if isinstance(held, list):
        return json.dumps([*held, {"note": CANARY}])
    return json.dumps(held | {"note": CANARY}) if isinstance(held, dict) else CANARY


def planted(path: Path) -> set[tuple[str, str]]:
    """Plant it in every column that no public view reads, and in those that are `READ_YET_PRIVATE`. Returns which."""
    read = read_by_views(path)
    done = set()
    with writing(path) as db:
        for table, column in columns(db):
            where = READ_YET_PRIVATE.get((table, column), "0" if (table, column) in read else "1")
            if table == "meta" or where == "0":
                continue
            for rowid, value in db.execute(f"SELECT rowid, [{column}] FROM [{table}] WHERE {where}").fetchall():
                db.execute(f"UPDATE [{table}] SET [{column}] = ? WHERE rowid = ?", [canary_in(value), rowid])
                done.add((table, column))
    return done


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A working database with a row in most tables, the canary planted in it, published."""
    settings = Settings(data=tmp_path / "data")
    with filled(settings.database):
        pass
    with writing(settings.database) as db:
        noun = json.dumps(
            {
                "kind": "news",
                "title": "As it read",
                "text": "as it was",
                "provenance": {"fetched": "2026-11-19T09:00:00+00:00", "digest": "d", "reader": "r"},
            }
        )
        db.execute("INSERT INTO versions VALUES ('bbbbbbbbbbbb', 1, ?, 0, 1)", [noun])
        db.execute("INSERT INTO decisions VALUES ('bbbbbbbbbbbb', 'ours', 'a private note', '2026-11-20')")
        db.execute("INSERT INTO visits (url, etag) VALUES ('https://wire.example/feed', 'x')")
        db.execute("INSERT INTO reports VALUES ('bbbbbbbbbbbb', 'inkwell', 'e1', 0.9, '[\"a reason\"]')")
    kept = planted(settings.database)
    assert {("documents", "text"), ("versions", "noun"), ("decisions", "reason"), ("documents", "language"), ("visits", "etag"),
            ("matters", "content"), ("matters", "evidence"), ("documents", "relevance")} <= kept  # fmt: skip
    with Store(settings.database, purpose="demo") as store:
        stages.publish(store, settings, now=NOW)
    return settings


def test_no_view_reads_what_is_private(tmp_path: Path) -> None:
    """A column that a view begins to read would no longer be planted: it must first be taken from the list above."""
    with filled(tmp_path / "work.db"):
        pass
    read = read_by_views(tmp_path / "work.db")
    with writing(tmp_path / "work.db") as db:
        unread = {of for of in columns(db) if of not in read and not of[0].startswith("_")}
    assert unread == {(table, name) for table, names in PRIVATE.items() for name in names}


def test_what_is_private_is_in_nothing_that_is_published(settings: Settings, tmp_path: Path) -> None:
    with database.reader(settings.public) as query:
        export(query, tmp_path / "export", parquet=False)
        told = digest.digest(query, since="2026-01-01", until="2031-01-01", title="All", site="https://d.example")
        (tmp_path / "export" / "digest").write_text(digest.page(told) + digest.text(told))
        rows = query("SELECT id FROM documents", {})
    files = [path for folder in (settings.public, tmp_path / "export") for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {
        database.NAME,
        "all.atom",
        "all.rss",
        "all.json",
        "all.ics",
        "documents.csv",
    }
    assert len(rows) == 2
    get = reader(settings.public)
    ask = next(get)
    pages = ["/", "/matters", "/matter/inkwell", *(f"/document/{row['id']}" for row in rows), "/document/bbbbbbbbbbbb/versions/1",
             "/stories", "/story/bbbbbbbbbbbb", "/search?q=herons", "/search?q=judge", "/search.atom?q=judge", "/calendar", "/courts",
             "/defendants", "/sources", "/issues", "/data", "/docketwire/documents.json", "/docketwire/versions.json"]  # fmt: skip
    told_by_pages = {path: ask(path).text.replace("q=herons", "") for path in pages}
    next(get, None)
    words = re.compile("heron|the mill|private note", re.IGNORECASE)
    seen = {path: words.search(text.replace('value="herons"', "")) for path, text in told_by_pages.items()}
    # The page of a search says again what was searched for; of what it found it says nothing.
    assert [path for path, found in seen.items() if found and path != "/search?q=herons"] == []
    assert 'class="result"' not in told_by_pages["/search?q=herons"]
    heard = words.pattern.encode()
    assert [path.name for path in files if re.search(heard, path.read_bytes(), re.IGNORECASE)] == []


def test_a_filings_words_do_come_through(settings: Settings) -> None:
    """So that the silence above is not that of a publication that says nothing."""
    assert b"DENIED without prejudice" in (settings.public / database.NAME).read_bytes()
    assert b"DENIED without prejudice" in (settings.public / "feeds" / "all.atom").read_bytes()
