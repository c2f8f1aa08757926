"""What publishing costs: `python benchmarks/publish.py [documents]` (default 100,000), in one run and one process.

A working database of invented rows (a third filings of 400 words, two thirds news in stories; summaries, links,
entries, dates, a hundred matters) is published. Beside it stands the least that any program could do: the very rows of
that publication, held in memory, put into tables of the same columns by ``executemany``, and the full-text index made
of them. Measure: the public database, checks included, in under three times that; CPU seconds.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from pipeline import stages
from pipeline.model import (
    Disposition,
    Docket,
    DocketEntry,
    Document,
    Event,
    Kind,
    Matter,
    PageClass,
    Passage,
    Point,
    Provenance,
    Relevance,
    Summary,
    When,
)
from pipeline.publish import database
from pipeline.settings import Settings
from pipeline.store import Store, rows

NOW = datetime(2030, 11, 21, 7, tzinfo=UTC)
MATTERS = 100
WORDS = 400
DECIDED = "The motion to compel is DENIED without prejudice."
SAID = Passage(0, len(DECIDED), DECIDED)


def document(n: int, size: int, text: str, judge: str) -> Document:
    """A third are filings, a quarter of those decide something and set a date; the others are news."""
    at, filing = NOW - timedelta(days=2190) * ((size - n) / size), n % 3 == 0
    due = Event("deadline", "letter", When(at + timedelta(days=30), "day"), SAID)
    decides = filing and n % 4 == 0
    return Document(
        f"{n:012x}",
        Kind.FILING if filing else Kind.NEWS,
        PageClass.FILING if filing else PageClass.ARTICLE,
        f"Document {n}",
        f"{DECIDED} {text}",
        Provenance("court" if filing else f"paper{n % 40}", at, "sha256:0", "text 1"),
        type="order" if decides else "motion" if filing else "article",
        url=f"https://origin.example/{n}",
        published=When(at, "day"),
        court="c0" if filing else None,
        judge=judge if filing else None,
        entry_number=n if filing else None,
        dispositions=(Disposition("denied without prejudice", None, SAID),) if decides else (),
        events=(due,) if decides else (),
        relevance=None if filing else Relevance("ours", 0.9, ()),
    )


def fill(path: Path, size: int) -> None:
    """Write a working database; its nouns become rows where the store makes them so, but many at a time."""
    chance = random.Random(7)
    words = [f"w{chance.randrange(16**5):05x}" for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    cumulative = list(accumulate(weights))
    dockets = [Docket(f"c0:2029-cv-{n:05}", "c0", f"1:29-cv-{n:05}", judges=(f"Judge {n}",)) for n in range(MATTERS)]
    matters = [Matter(f"m{n}", f"Author {n} v. Model {n % 50}", "c0", (one,)) for n, one in enumerate(dockets)]
    with Store(path) as store:
        store.sync_registry(matters, [("c0", "Court of Nowhere", "D. Nowhere")])
    points = tuple(Point(DECIDED, 0, len(DECIDED), "decision") for _ in range(3))
    made: dict[str, list[dict[str, object]]] = defaultdict(list)
    with closing(sqlite3.connect(path)) as db, db:
        for n in range(size):
            docket = chance.choice(dockets)
            noun = document(n, size, " ".join(chance.choices(words, cum_weights=cumulative, k=WORDS)), docket.judges[0])
            at = noun.provenance.fetched
            seen = {"first_seen": at.isoformat(), "changed": at.isoformat()}
            made["documents"].append(rows.document_row(noun) | seen | {"revision": 1})
            link = {"confidence": 1.0, "evidence": "29-cv", "reason": "number", "entry_number": noun.entry_number}
            made["links"].append({"document": noun.id, "position": 0, "docket": docket.key, **link})
            summary = Summary(noun.id, f"Motion {n} denied", points, "lead", "1", "{}", "h")
            made["summaries"].append(rows.summary_row(summary) | {"document_revision": 1})
            if noun.kind is Kind.NEWS:
                made["stories"].append({"id": noun.id, "title": noun.title})
                made["story_documents"].append({"story": noun.id, "position": 0, "document": noun.id})
            if n % 7 == 0:
                kind = "order" if n % 3 == 0 else "routine"
                entry = DocketEntry(f"e{n}", docket.key, n, When(at, "day"), kind, f"ORDER {n}")
                made["entries"].append(rows.entry_row(entry) | seen)
            if len(made["documents"]) == 1000 or n == size - 1:
                for table, some in made.items():
                    names = ", ".join(f'"{name}"' for name in some[0])
                    values = ", ".join(f":{name}" for name in some[0])
                    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", some)
                made.clear()


def raw(published: Path, target: Path) -> float:
    """CPU seconds to put the rows of a publication, read beforehand, into bare tables, and to index their text."""
    spent = 0.0
    tables = (*database.TABLES, *database.DERIVED, "about")
    with closing(sqlite3.connect(published)) as source, closing(sqlite3.connect(target)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute(next(line for line in database.schema().splitlines() if line.startswith("CREATE VIRTUAL TABLE")))
        for table in tables:
            names = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
            listed = ", ".join(f'"{name}"' for name in names)
            held = source.execute(f"SELECT {listed} FROM {table} ORDER BY rowid").fetchall()
            if table != "search":
                db.execute(f"CREATE TABLE {table} ({listed})")
            started = time.process_time()
            with db:
                db.executemany(f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})", held)
            spent += time.process_time() - started
    return spent


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        settings = Settings(data=here)
        fill(settings.database, size)
        folder = here / "alone"
        folder.mkdir()
        before = _memory()
        started = time.process_time()
        database.build(settings.database, folder, {"purpose": "live"})
        ours = time.process_time() - started
        print(f"{size:,} documents, {(folder / database.NAME).stat().st_size / 1e6:,.0f} MB\n")
        print("| what | CPU seconds | times the raw rows |\n|---|---|---|")
        grown = _memory() - before
        least = raw(folder / database.NAME, here / "raw.db")
        print(f"| raw rows and full-text index | {least:.1f} | 1 |")
        print(f"| the public database, filled and checked | {ours:.1f} | {ours / least:.2f} |", flush=True)
        with Store(settings.database) as store:
            for night in ("first night", "second night"):
                started = time.process_time()
                stages.publish(store, settings, now=NOW, gated=True)
                spent = time.process_time() - started
                print(f"| all of publish, {night} | {spent:.1f} | {spent / least:.2f} |", flush=True)
        print(f"\nmemory: the public database took {grown:.0f} MiB more")


def _memory() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
