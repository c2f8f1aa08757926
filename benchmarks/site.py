"""How fast the site answers: `python benchmarks/site.py 10000 100000 [--seconds 4] [--markdown]`.

An invented publication of so many documents is built and served by a process of its own; a client in this process keeps
1, 8 or 32 requests under way. The first column asks for up to 40 addresses for the first time, one after the other; in
the others addresses come round (80 matters, 500 documents, 200 rare words), and an answer may have been made before;
`--unkept` makes every answer anew.
Measure: at 100,000 documents and 8 at once, the 95th percentile of every page is under ten times the median of a
static file from the same process, nothing fails, and growth from the smallest to the largest is at most twofold.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote_plus

from pipeline.publish import database

NOW = datetime(2030, 11, 21, 7, tzinfo=UTC)
SERVE = """
import sys, uvicorn
from datetime import UTC, datetime
from pathlib import Path
from pipeline.publish.site import app as site
from pipeline.publish.site.kept import Kept
if sys.argv[3] == "unkept":
    site.Kept = lambda: Kept(0)
app = site.application(Path(sys.argv[1]), clock=lambda: datetime(2030, 11, 21, 7, tzinfo=UTC))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
"""
RARE = 200  # words that stand in one document
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvz"


def vocabulary(size: int, chance: random.Random) -> list[str]:
    """Words that no language has, the most frequent first."""
    words: dict[str, None] = {}
    while len(words) < size:
        syllables = chance.choice((2, 3, 3, 4))
        words["".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables))] = None
    return list(words)


def build(folder: Path, size: int) -> dict[str, list[str]]:
    """Write a publication of ``size`` documents, a third of them filings. Returns addresses by kind of page."""
    chance = random.Random(7)
    words = vocabulary(20_000, chance)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    total = 0.0
    cumulative = [total := total + weight for weight in weights]

    stretches = [" ".join(chance.choices(words, cum_weights=cumulative, k=50)) for _ in range(20_000)]

    def text(length: int) -> str:
        """So many words; long texts are put together from stretches of fifty, which is a tenth of the work."""
        if length < 50:
            return " ".join(chance.choices(words, cum_weights=cumulative, k=length))
        return " ".join(chance.choices(stretches, k=length // 50))

    folder.mkdir(parents=True)
    matters = 80
    with closing(sqlite3.connect(folder / "docketwire.db")) as db:
        db.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -500000")
        tables, start, indexes = database.schema().partition("CREATE INDEX")
        db.executescript(tables)
        put = inserter(db)
        for n in range(matters):
            court, caption = f"c{n % 12}", f"{text(2).title()} v. {text(2).title()}, Inc."
            held = {"filings": size // 3 // matters, "stories": size * 2 // 3 // matters, "updated": "2030-11-20"}
            parties = {"plaintiffs": text(1).title(), "defendants": text(1).title(), "claims": "DMCA 1202(b)"}
            put("matters", slug=f"m{n}", caption=caption, court=court, status="pending", **parties, **held)
            number = {"number": f"1:29-cv-{n:05}", "role": "lead", "judges": f"Judge {n % 30}"}
            put("dockets", id=docket_of(n), matter=f"m{n}", court=court, **number)
        for n in range(size):
            document(put, n, size, matters, chance, text)
        for n in range(0, size, 7):
            at, matter = moment(n, size), n // 7 % matters
            what = {"type": "routine" if n % 3 else "motion", "description": text(8)}
            seen = {"filed": at, "precision": "day", "first_seen": at, "changed": at}
            seen |= {"document": f"d{n}"} if n % 3 == 0 else {}
            put("entries", id=f"e{n}", docket=docket_of(matter), matter=f"m{matter}", number=n, **what, **seen)
        for key, value in {"purpose": "live", "built": NOW.isoformat(), "site": "https://docketwire.example"}.items():
            put("about", key=key, value=value)
        db.commit()
        db.executescript(start + indexes)
        database.derive(db)
        db.execute("INSERT INTO search(search) VALUES ('optimize')")
        db.execute("ANALYZE")
        db.commit()
        counted = counts(db, words)
    (folder / "feeds").mkdir()
    (folder / "feeds" / "all.atom").write_text("<feed>" + text(30_000) + "</feed>", encoding="utf-8")
    common = [word for word, number in counted.items() if number > size / 4][:12]
    rare = [f"unik{n}" for n in range(0, size, size // RARE)]
    phrases = [f"{first} {second}" for first in common for second in common]
    return {
        "static file": ["/static/docketwire.css"],
        "home": ["/"],
        "matter": [f"/matter/m{n}" for n in range(matters)],
        "document": [f"/document/d{chance.randrange(size)}" for _ in range(500)],
        "search, common word": [f"/search?q={word}" for word in common],
        "search, rare word": [f"/search?q={word}" for word in rare],
        "search, phrase": [f"/search?q={quote_plus(chr(34) + phrase + chr(34))}" for phrase in phrases],
        "search, facet": [f"/search?q={word}&judge=Judge+{n}" for word in common for n in range(0, 30, 3)],
        "feed": ["/feeds/all.atom"],
        "feed of a search": [f"/search.atom?q={word}" for word in common],
    }


def document(
    put: Callable[..., None], n: int, size: int, matters: int, chance: random.Random, text: Callable[[int], str]
) -> None:
    name, at, filing, matter = f"d{n}", moment(n, size), n % 3 == 0, chance.randrange(matters)
    title, ruling, court = text(7), filing and n % 4 == 0, f"c{matter % 12}"
    if n % (size // RARE) == 0:
        title += f" unik{n}"
    if filing:
        kind = {"kind": "filing", "type": "order" if ruling else "motion", "page_class": "filing", "source": court}
        kind |= {"court": court, "court_name": court, "judge": f"Judge {matter % 30}"}
        kind |= {"disposition": "granted" if ruling else None, "entry_number": n}
    else:
        kind = {"kind": "news", "type": "article", "page_class": "article", "source": f"paper{n % 40}"}
    dated = {"published": at, "precision": "day", "first_seen": at, "changed": at, "fetched": at}
    made = {"state": "read", "words": 400, "revision": 1, "digest": "sha256:0", "reader": "text 1"}
    named = {"title": title, "headline": title, "source_title": kind["source"], "url": f"https://paper.example/{name}"}
    put("documents", id=name, matter=f"m{matter}", **named, **dated, **made, **kind)
    body = text(400 if filing else 50)
    sentence = body[:120]
    if filing:
        put("bodies", document=name, text=body, page_starts="[0, 1200]", notes="[]", scans="[]")
        link = {"confidence": 1.0, "evidence": "29-cv", "reason": "docket number", "entry_number": n}
        put("document_dockets", document=name, docket=docket_of(matter), **link)
    else:
        put("stories", id=name, title=title, first_published=at, matter=f"m{matter}", documents=1)
        put("story_documents", story=name, document=name, position=0)
    if ruling:
        passage = {"quote": sentence, "start": 0, "end": 120, "document": name}
        put("dispositions", position=0, outcome="granted", **passage)
        due = (NOW + timedelta(days=n % 400 - 300)).isoformat()
        event = {"kind": "deadline", "starts": due, "precision": "day", "title": "letter", "state": "scheduled"}
        put("events", id=f"{name}-0", matter=f"m{matter}", **event, **passage)
    point = {"role": "decision", "text": sentence, "start": 0, "end": 120, "short": 1, "model": "lead", "revision": "1"}
    for position in range(3):
        put("summaries", document=name, position=position, **point)
    put("search", document=name, title=title, text=body if filing else sentence * 3)


def docket_of(matter: int) -> str:
    return f"c{matter % 12}:2029-cv-{matter:05}"


def moment(n: int, size: int) -> str:
    """Evenly over six years, the newest last, on the day of the publication."""
    return (NOW - timedelta(days=2190) * ((size - n) / size)).isoformat(timespec="seconds")


def inserter(db: sqlite3.Connection) -> Callable[..., None]:
    made: dict[tuple[str, ...], str] = {}

    def put(table: str, **row: object) -> None:
        sql = made.get((table, *row))
        if sql is None:
            names = ", ".join(f'"{name}"' for name in row)
            sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})"
            made[table, *row] = sql
        db.execute(sql, list(row.values()))

    return put


def counts(db: sqlite3.Connection, words: list[str]) -> dict[str, int]:
    """In how many documents each of the most frequent words stands."""
    ask = "SELECT count(*) FROM search WHERE search MATCH ?"
    return {word: db.execute(ask, [f'"{word}"']).fetchone()[0] for word in words[:40]}


# ---------------------------------------------------------------------------------------------- asking


@contextlib.contextmanager
def served(folder: Path, keeping: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(folder), str(port), keeping])
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, float]:
    """(status, seconds) of one request on a connection that stays open."""
    started = time.perf_counter()
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
    else:
        while (size := int(await reader.readline(), 16)) or await reader.readline() != b"\r\n":
            await reader.readexactly(size + 2)
    return int(lines[0].split()[1]), time.perf_counter() - started


async def measure(port: int, paths: list[str], together: int, seconds: float) -> tuple[list[float], int]:
    """Seconds of each answer with ``together`` requests under way, and how many failed."""
    taken: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds
    turn = iter(range(10**9))

    async def one() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            status, spent = await ask(reader, writer, paths[next(turn) % len(paths)])
            taken.append(spent)
            failed += status != 200
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one() for _ in range(together)))
    return sorted(taken), failed


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", nargs="+", type=int)
    arguments.add_argument("--seconds", type=float, default=3.0)
    arguments.add_argument("--together", nargs="+", type=int, default=[1, 8, 32])
    arguments.add_argument("--unkept", action="store_true", help="make every answer anew")
    arguments.add_argument("--folder", type=Path, help="keep and use again what is built")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for size in given.sizes:
            folder = (given.folder or Path(scratch)) / f"public-{size}"
            listed = folder / "addresses.json"
            if not listed.exists():
                addresses = build(folder, size)
                listed.write_text(json.dumps(addresses), encoding="utf-8")
            report(folder, size, json.loads(listed.read_text(encoding="utf-8")), given)


def report(folder: Path, size: int, addresses: dict[str, list[str]], given: argparse.Namespace) -> None:
    megabytes = (folder / "docketwire.db").stat().st_size / 1e6
    print(f"\n{size:,} documents, {megabytes:.0f} MB; milliseconds, p50 / p95 (requests)\n")
    print("| page | first time |" + "".join(f" {n} at once |" for n in given.together))
    print("|---|---|" + "---|" * len(given.together))
    with served(folder, "unkept" if given.unkept else "kept") as port:
        asyncio.run(measure(port, ["/about"], 1, 0.5))
        for kind, paths in addresses.items():
            cells = [cell(asyncio.run(once(port, paths[:40])), 0)]
            cells += [cell(*asyncio.run(measure(port, paths, n, given.seconds))) for n in given.together]
            print(f"| {kind} |" + "".join(cells), flush=True)


def cell(taken: list[float], failed: int) -> str:
    p95 = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    trouble = f", {failed} failed" if failed else ""
    return f" {1000 * statistics.median(taken):.1f} / {1000 * p95:.1f} ({len(taken)}{trouble}) |"


async def once(port: int, paths: list[str]) -> list[float]:
    """Seconds of the first answer at each address, one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = [(await ask(reader, writer, path))[1] for path in paths]
    writer.close()
    await writer.wait_closed()
    return sorted(taken)


if __name__ == "__main__":
    main()
