"""CPU seconds that feeds and calendars take: ``python benchmarks/feeds.py [documents]`` (default 100,000).

Builds a public database of invented rows (half filings, half news; four entries without a document to ten documents;
one date to four filings; 100 matters, 30 courts, 60 judges, 50 defendants, 25 outlets), then writes everything twice.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.publish import database, gate, syndication
from pipeline.publish.calendar import write_calendars
from pipeline.publish.feeds import write_feeds

TYPES = ("order", "opinion", "motion", "complaint", "letter", "notice", "brief", "routine")
SAID = "The court finds that the parties have not met and conferred in good faith about the training records at issue. "


def seen(n: int, of: int) -> str:
    """Spread over three years."""
    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=1096 * n / of)).isoformat(timespec="seconds")


def documents(number: int) -> Iterator[dict[str, object]]:
    for n in range(number):
        filing = n % 2 == 0
        matter = n * 7 % 100
        yield {
            "id": f"{n:012x}", "kind": "filing" if filing else "news",
            "type": TYPES[n // 2 % 8] if filing else "article",
            "title": f"Document {n} about training, models and “books”", "url": f"https://origin.example/{n}",
            "source": f"outlet-{n % 25}", "source_title": f"Outlet {n % 25}", "published": seen(n, number),
            "precision": "minute", "court": f"court{matter % 30}" if filing else None,
            "judge": f"Judge Number {matter % 60}" if filing else None, "state": "read", "words": 900,
            "page_class": "filing" if filing else "article", "headline": f"Motion {n} to compel denied",
            "entry_number": n, "matter": f"matter-{matter}", "first_seen": seen(n, number), "changed": seen(n, number),
            "revision": 1, "fetched": seen(n, number), "digest": "sha256:00", "reader": "text 1",
        }  # fmt: skip


def put(db: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    first = next(rows)
    names = ", ".join(f'"{name}"' for name in first)
    sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in first)})"
    db.execute(sql, first)
    db.executemany(sql, rows)


def fill(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(database.schema())
        put(db, "matters", ({
            "slug": f"matter-{m}", "caption": f"Author {m}, Inc. v. Model {m % 50} Corp.", "court": f"court{m % 30}",
            "court_short": f"C. {m % 30}", "defendants": f"Model {m % 50} Corp.", "filings": 1, "stories": 1,
        } for m in range(100)))  # fmt: skip
        put(db, "dockets", ({
            "id": f"court{m % 30}:2026-cv-{m}", "matter": f"matter-{m}", "court": f"court{m % 30}",
            "number": f"1:26-cv-{m}", "role": "lead", "judges": f"Judge Number {m % 60}",
        } for m in range(100)))  # fmt: skip
        put(db, "documents", documents(number))
        put(db, "document_dockets", ({
            "document": f"{n:012x}", "docket": f"court{n * 7 % 100 % 30}:2026-cv-{n * 7 % 100}", "confidence": 0.9,
            "evidence": "x", "reason": "docket number",
        } for n in range(number)))  # fmt: skip
        put(db, "summaries", ({
            "document": f"{n:012x}", "position": p, "role": "order", "text": SAID * 2, "start": 0, "end": 9,
            "model": "m", "revision": "1",
        } for n in range(number) for p in range(4)))  # fmt: skip
        put(db, "events", ({
            "id": f"{n:012x}-0", "matter": f"matter-{n * 7 % 100}",
            "docket": f"court{n * 7 % 100 % 30}:2026-cv-{n * 7 % 100}",
            "kind": "deadline", "starts": seen(n, number), "precision": "day", "title": "joint status letter",
            "quote": SAID, "document": f"{n:012x}", "start": 0, "end": 9, "state": "scheduled",
        } for n in range(0, number, 8)))  # fmt: skip
        put(db, "entries", ({
            "id": f"e{n}", "docket": f"court{n % 100 % 30}:2026-cv-{n % 100}", "matter": f"matter-{n % 100}",
            "number": n, "filed": seen(n, number), "precision": "day", "type": TYPES[n % 8],
            "description": f"{n} {SAID}", "first_seen": seen(n, number), "changed": seen(n, number),
        } for n in range(number * 2 // 5)))  # fmt: skip
        db.execute("ANALYZE")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        fill(here / database.NAME, number)
        before = None
        for night in ("first night", "second night"):
            target = here / night
            with database.reader(here) as query:
                for what, write in (("feeds", write_feeds), ("calendars", write_calendars)):
                    start = time.process_time()
                    paths = write(query, target, site="https://d.example", authority="d.example", before=before)
                    taken, size = time.process_time() - start, sum(path.stat().st_size for path in paths)
                    print(f"| {night} | {what} | {len(paths):,} files | {size / 1e6:,.0f} MB | {taken:.1f} s |")
            before = target
            for rendered in (syndication._atom_entry, syndication._rss_item, syndication._json_item):  # noqa: SLF001
                rendered.cache_clear()  # the next night is another process
        with database.reader(here) as query:
            start = time.process_time()
            gate.figures(query)
            print(f"| | gate | | | {time.process_time() - start:.1f} s |")


if __name__ == "__main__":
    main()
