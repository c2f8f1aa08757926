"""What the pages ask is answered from indexes: no page reads through everything that was ever published."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.publish import database
from pipeline.publish.site import queries

# Long in any publication; everything else is as long as the registry, or rare.
LONG = ("documents", "bodies", "versions", "document_dockets", "summaries", "dispositions", "entries", "events",
        "stories", "story_documents", "timeline")  # fmt: skip
# Read in the order of an index or of rowids, and only up to their limit.
NEWEST_FIRST = {
    "RECENT_DAYS": {"timeline USING COVERING INDEX timeline_seen", "entries USING INDEX entries_filed"},
    "STORIES": {"s"},
}
ASKED = {
    name: sql
    for name, sql in vars(queries).items()
    if name.isupper() and not name.startswith("_") and isinstance(sql, str) and "SELECT" in sql
} | {
    f"places of {chosen or 'everything'}{' that match' if match else ''}": queries.places(chosen, match=match)
    for chosen in ([], ["judge"], ["matter"], ["court", "type"], ["source"], ["since", "until"])
    for match in (True, False)
}
FILL = """
WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 4999)
INSERT INTO documents (id, kind, type, title, source, published, precision, court, court_name, judge, state, words,
  page_class, matter, first_seen, changed, revision, fetched, digest, reader)
SELECT 'd' || n, iif(n % 2, 'news', 'filing'), iif(n % 3, 'motion', 'order'), 'title', 's' || n % 9,
  date('2020-01-01', (n / 4) || ' days'), 'day', iif(n % 2, NULL, 'c' || n % 5), iif(n % 2, NULL, 'C.'), 'j' || n % 7,
  'read', 9, 'article', 'm' || n % 20, date('2020-01-01', (n / 4) || ' days'), '2020-01-01', 1, '2020-01-01', 'x', 'r' FROM n;
INSERT INTO document_dockets (document, docket, confidence, evidence, reason)
SELECT id, 'k' || substr(matter, 2), 1.0, 'e', 'r' FROM documents;
INSERT INTO search (rowid, document, title, text) SELECT rowid, id, 'judge ' || id, 'order' FROM documents;
"""


def put(db: sqlite3.Connection, table: str, **row: object) -> None:
    """Insert a row; what a column requires and nobody asks here is empty."""
    required = [
        name for _, name, _, notnull, _, key in db.execute(f"PRAGMA table_info({table})") if notnull and not key
    ]
    row = dict.fromkeys(required, "") | row
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Five thousand documents in twenty matters; what every document has, and what only some have."""
    with closing(sqlite3.connect(tmp_path_factory.mktemp("queries") / database.NAME)) as db:
        db.executescript(database.schema())
        for n in range(20):
            db.execute(
                "INSERT INTO matters (slug, caption, court, filings, stories) VALUES (?, 'A v. B', 'c', 0, 0)",
                [f"m{n}"],
            )
            db.execute(
                "INSERT INTO dockets (id, matter, court, number, role) VALUES (?, ?, 'c', '1', 'lead')",
                [f"k{n}", f"m{n}"],
            )
        db.executescript(FILL)
        for id_, at, matter, n in db.execute("SELECT id, published, matter, rowid FROM documents").fetchall():
            point = {"role": "decision", "text": "x", "start": 0, "end": 1, "model": "m", "revision": "1"}
            for position in range(3):
                put(db, "summaries", document=id_, position=position, **point)
            if n % 2:
                put(db, "stories", id=id_, title="t", first_published=at, matter=matter, documents=1)
                put(db, "story_documents", story=id_, document=id_, position=0)
                put(db, "entries", id=f"e{n}", docket=f"k{matter[1:]}", matter=matter, number=n, filed=at, precision="day",
                    type="order", description="x", first_seen=at, changed=at, document=id_ if n % 5 else None)  # fmt: skip
        db.execute("ANALYZE")
        database.derive(db)
        db.execute("ANALYZE")
        yield db


def plan(db: sqlite3.Connection, sql: str) -> list[str]:
    values = dict.fromkeys(re.findall(r":(\w+)", sql), "1") | {"limit": 20, "offset": 0, "match": '"order"'}
    return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]


@pytest.mark.parametrize("name", ASKED)
def test_no_page_reads_a_long_table_from_end_to_end(published: sqlite3.Connection, name: str) -> None:
    sql = ASKED[name]
    named = {
        alias or table: table
        for table, alias in re.findall(
            r"(?:FROM|JOIN) (\w+)(?: AS)?(?: (?!ON|WHERE|JOIN|LEFT|CROSS|ORDER|GROUP)(\w+))?", sql
        )
    }
    allowed = NEWEST_FIRST.get(name, set()) | ({"d"} if name.startswith("places of everything") else set())
    read = {line.removeprefix("SCAN ") for line in plan(published, sql) if line.startswith("SCAN ")}
    assert {one for one in read if named.get(one.split()[0]) in LONG} <= allowed


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (queries.TIMELINE, "timeline_matter (matter=?)"),
        (queries.TIMELINE_COUNTS, "COVERING INDEX timeline_kinds (matter=?)"),
        (queries.FILED_BEFORE, "documents_matter_published (matter=? AND published>? AND published<?)"),
        (queries.DAY_COUNTS, "COVERING INDEX timeline_seen (seen>?)"),
        (queries.NEWEST_ENTRIES, "entries_filed (filed>?)"),
        (queries.NEXT_DATES_OF, "events_matter (matter=? AND starts>?)"),
        (queries.places(["judge"], match=False), "documents_judge (judge=?)"),
        (queries.places(["matter"], match=False), "documents_matter (matter=?)"),
    ],
)  # fmt: skip
def test_a_filter_and_its_date_stand_in_one_index(published: sqlite3.Connection, sql: str, index: str) -> None:
    found = plan(published, sql)
    assert any(index in line for line in found), found
    if sql in {queries.TIMELINE, queries.places(["judge"], match=False), queries.places(["matter"], match=False)}:
        assert not any("TEMP B-TREE" in line for line in found)  # the newest come first by themselves


def test_documents_stand_in_the_order_of_their_dates(tmp_path: Path) -> None:
    from tests.publish.test_database import build

    with closing(build(tmp_path)) as db:
        dates = [row[0] for row in db.execute("SELECT coalesce(published, first_seen) FROM documents ORDER BY rowid")]
        assert dates == sorted(dates)
        assert len(dates) == 2
        assert db.execute(
            "SELECT group_concat(d.id = s.document) FROM documents d JOIN search s ON s.rowid = d.rowid"
        ).fetchone() == ("1,1",)
