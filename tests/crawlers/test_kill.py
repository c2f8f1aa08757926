"""A crawl killed at ten moments, with all that belongs to it, and then run again, loses nothing."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks import hostile as web
from crawlers.run import crawl
from pipeline.registry import Registry
from pipeline.stages import ingest
from pipeline.store import Store

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
NAMES = ["demo_ledger", "demo_gazette", "demo_office", "demo_court"]
# Where, when and by which run something was fetched is not what it says.
BOOKKEEPING = {"visits", "spools", "runs", "issues", "meta", "_sqlite_migrations"}
FETCHES = {"fetched", "first_seen", "changed", "spool", "spool_offset", "run"}


def site(server):
    """Two papers, an agency and a court's feed, every answer with a validator, like well-kept sites have them."""

    def kept(body, media_type):
        tag = f'"{hash(body)}"'

        def answer(asked):
            fresh = asked.headers.get("If-None-Match") == tag
            time.sleep(0.005)
            asked.say(b"" if fresh else body, media_type, 304 if fresh else 200, ETag=tag)

        return answer

    def article(name, n):
        words = f"On day {n} the {name} wrote that the court in Marrow v. Inkwell had ruled once more. " * 8
        return kept(
            f"<html><head><title>{name} {n}</title></head><body><article><p>{words}</p></article></body></html>".encode(),
            "text/html",
        )

    def links(name):
        return [f"{server.url}/{name}/{n}" for n in range(12)]

    items = "".join(
        f"<item><title>1:26-cv-0{4100 + n} Marrow v. Inkwell</title><link>{server.url}/cgi-bin/DktRpt.pl?{n}</link>"
        f"<guid>{n}</guid><pubDate>Fri, 20 Nov 2026 12:{n:02}:00 GMT</pubDate>"
        f"<description>[Order] (&lt;a href=&quot;{server.url}/doc1/{n}&quot;&gt;{n}&lt;/a&gt;)</description></item>"
        for n in range(1, 40)
    )
    court = f'<rss version="2.0"><channel><title>Demo court</title>{items}</channel></rss>'.encode()
    server.paths = {f"/{name}/{n}": article(name, n) for name in ("ledger", "gazette", "office") for n in range(12)} | {
        "/ledger/feed.xml": kept(web.rss(*links("ledger")), "application/rss+xml"),
        "/gazette/atom.xml": kept(web.rss(*links("gazette")), "application/rss+xml"),
        "/office/feed.json": kept(web.rss(*links("office")), "application/rss+xml"),
        "/court/rss_outside.xml": kept(court, "application/rss+xml"),
    }


def night(server, folder, ledger, started):
    return crawl(
        NAMES, spool=folder / "spool", ledger=ledger, started=started, user_agent="docketwire/test", demo_url=server.url
    )


class At:
    """A server's address, for a process of its own."""

    def __init__(self, url):
        self.url = url


def children(pid):
    """Processes that a process has started (Linux)."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def alive(pid):
    """Whether a process is there, and not only waiting for somebody to ask how it ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def read(folder):
    with Store(folder / "work.db", purpose="demo") as store:
        ingest(store, Registry(()), sorted((folder / "spool").iterdir()))
        return store.ledger()


def content(folder):
    """Every row of every table that says what was read, without where and when it was fetched."""
    with sqlite3.connect(folder / "work.db") as db:
        db.row_factory = sqlite3.Row
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: sorted(
                repr({k: row[k] for k in row.keys() if k not in FETCHES})  # noqa: SIM118 - a Row iterates over values
                for row in db.execute(f"SELECT * FROM [{table}]")
            )
            for table in tables
            if table not in BOOKKEEPING
        }


def killed_at(server, answers, delay):
    """A thread that kills the crawl a moment after the server was asked so many times more."""

    def wait():
        enough = len(server.asked) + answers
        while not multiprocessing.active_children():
            time.sleep(0.002)
        [child] = multiprocessing.active_children()
        while child.exitcode is None and len(server.asked) < enough:
            time.sleep(0.002)
        time.sleep(delay)
        child.kill()  # SIGKILL: nothing is put in order

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_killed_ten_times_and_run_again_it_reads_the_same(tmp_path):
    """Whoever started the crawl is killed with it, so nobody records how it went: the runs are thrown away here."""
    moments = random.Random(20261121)
    with web.hostile() as server:
        site(server)
        calm, torn = tmp_path / "calm", tmp_path / "torn"
        night(server, calm, {}, STARTED)
        read(calm)
        ledger, cut = {}, 0
        for n in range(10):
            thread = killed_at(server, moments.randint(1, 30), moments.uniform(0, 0.03))
            runs = night(server, torn, ledger, STARTED + timedelta(minutes=n))
            thread.join()
            cut += any(run.spool is None or run.spool.endswith(".part") for run in runs)
            if n in {4, 7}:  # twice the next night reads what was left, and the next crawl knows it
                ledger = read(torn)
        night(server, torn, ledger, STARTED + timedelta(hours=1))
        read(torn)
    assert cut >= 8, "the kills hit a crawl at work"
    expected = content(calm)
    assert len(expected["documents"]) == 36
    assert len(expected["entries"]) == 39
    assert content(torn) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("whole_family", [False, True], ids=["whoever started the crawl", "the crawl with it"])
def test_when_the_parent_is_killed_no_crawl_lives_on_and_the_next_night_reads_the_same(tmp_path, whole_family):
    moments = random.Random(20261122 + whole_family)
    with web.hostile() as server:
        site(server)
        calm, torn = tmp_path / "calm", tmp_path / "torn"
        night(server, calm, {}, STARTED)
        read(calm)
        for n in range(2):
            enough = len(server.asked) + moments.randint(2, 30)
            started = STARTED + timedelta(minutes=n)
            parent = multiprocessing.get_context("spawn").Process(
                target=night, args=(At(server.url), torn, {}, started)
            )
            parent.start()
            until = time.monotonic() + 60
            while len(server.asked) < enough and parent.is_alive() and time.monotonic() < until:
                time.sleep(0.002)
            family = [parent.pid, *(children(parent.pid) if whole_family else [])]
            orphans = children(parent.pid)
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            parent.join()
            while any(map(alive, orphans)) and time.monotonic() < until:
                time.sleep(0.01)
            assert not any(map(alive, orphans)), "nobody is left to stop it"
        night(server, torn, read(torn), STARTED + timedelta(hours=1))
        read(torn)
    assert content(torn) == content(calm)
