"""What a crawl costs, and what it withstands: ``python benchmarks/crawl.py [throughput] [unchanged] [faults]``.

Everything runs against servers on loopback (`benchmarks.hostile`); run it from the repository's root.

* throughput: pages a second, against a bare Scrapy spider that downloads the same pages and does nothing with them;
* unchanged: bytes of a second night on which nothing changed, and the rows that it changed;
* faults: every fault at full size, a gigabyte of zeros and a feed of 10,000 links among them.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from benchmarks import hostile as web
from crawlers.run import crawl
from pipeline.registry import Registry
from pipeline.stages import ingest
from pipeline.store import Store

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
SOURCES = {"demo_ledger": "/ledger/feed.xml", "demo_gazette": "/gazette/atom.xml", "demo_office": "/office/feed.json"}
PAGES = 200  # a source
FULL = {"DOWNLOAD_TIMEOUT": 10, "RETRY_TIMES": 1, "CLOSESPIDER_TIMEOUT": 60}


class Site:
    """Three sources of ordinary pages with validators; counts what goes over the wire and when."""

    def __init__(self, server: web.Hostile) -> None:
        self.sent = 0
        self.moments: list[float] = []
        body = b"<html><head><title>A page</title></head><body><article>" + b"<p>Words of a page. </p>" * 900
        for feed in SOURCES.values():
            links = [f"{server.url}{feed.rpartition('/')[0]}/{n}" for n in range(PAGES)]
            server.paths[feed] = self._kept(web.rss(*links), "application/rss+xml")
            for link in links:
                page = body + f"<p>{link}</p></article></body></html>".encode()
                server.paths[link.removeprefix(server.url)] = self._kept(page, "text/html")

    def _kept(self, body: bytes, media_type: str) -> web.Fault:
        tag = f'"{hash(body)}"'

        def answer(asked: web.Answer) -> None:
            fresh = asked.headers.get("If-None-Match") == tag
            asked.say(b"" if fresh else body, media_type, 304 if fresh else 200, ETag=tag)
            self.moments.append(time.monotonic())
            self.sent += 250 + (0 if fresh else len(body))  # 250: the head, about

        return answer

    def measured(self) -> float:
        """Seconds from the first answer to the last; then the clock is set back."""
        took = max(self.moments) - min(self.moments)
        self.moments.clear()
        return took


def night(server: web.Hostile, folder: Path, ledger: dict | None = None, at: datetime = STARTED) -> list:
    return crawl(
        list(SOURCES), spool=folder, ledger=ledger or {}, started=at, user_agent="docketwire/bench", demo_url=server.url
    )


def bare(url: str) -> None:
    """The same pages, by Scrapy alone: no robots.txt, no middleware of ours, no spool."""

    class Bare(Spider):
        name = "bare"

        async def start(self):
            yield Request(url + self.feed)

        def parse(self, response):
            for link in response.xpath("//item/link/text()").getall():
                yield Request(link, callback=self.page)

        def page(self, response) -> None:
            self.seen = len(response.body)

    settings = {
        "LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False, "ROBOTSTXT_OBEY": False,
    }  # fmt: skip
    process = AsyncCrawlerProcess(settings)
    for feed in SOURCES.values():
        process.crawl(Bare, feed=feed)
    process.start()


def throughput(rounds: int = 5) -> None:
    ours, theirs = [], []
    for _ in range(rounds):
        with web.hostile() as server, tempfile.TemporaryDirectory() as folder:
            site = Site(server)
            runs = night(server, Path(folder))
            assert sum(run.pages for run in runs) == PAGES * len(SOURCES), runs
            ours.append(PAGES * len(SOURCES) / site.measured())
            process = get_context("spawn").Process(target=bare, args=(server.url,))
            process.start()
            process.join()
            theirs.append(PAGES * len(SOURCES) / site.measured())
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(
        f"throughput: {statistics.median(ours):.0f} pages/s, bare Scrapy {statistics.median(theirs):.0f}: {ratio:.2f}"
    )


def unchanged() -> None:
    with web.hostile() as server, tempfile.TemporaryDirectory() as name:
        folder, site = Path(name), Site(server)
        with Store(folder / "work.db", purpose="demo") as store:
            sent, rows = [], []
            for n in range(2):
                site.sent = 0
                runs = night(server, folder / "spool", store.ledger(), STARTED + timedelta(days=n))
                store.put_runs(runs)
                ingest(store, Registry(()), sorted((folder / "spool").iterdir()))
                sent.append(site.sent)
                rows.append(_rows(folder / "work.db"))
        changed = len(set(rows[0]) ^ set(rows[1]))
        print(f"unchanged night: {sent[1]:,} of {sent[0]:,} bytes ({sent[1] / sent[0]:.2%}); {changed} rows changed")


def _rows(path: Path) -> list[tuple]:
    with sqlite3.connect(path) as db:
        return [
            (table, *row)
            for table in ("documents", "links", "entries", "versions", "stories", "story_documents")
            for row in db.execute(f"SELECT * FROM {table}")
        ]


def faults() -> None:
    pages = web.PAGE_FAULTS | {
        "gzip-in-gzip": web.gzip_in_gzip(2**30),
        **{encoding: web.bomb(encoding, 2**30) for encoding in ("gzip", "br", "zstd")},
    }
    with web.hostile() as server, tempfile.TemporaryDirectory() as folder:
        server.paths = {f"/ledger/{name}": fault for name, fault in pages.items()} | {
            "/ledger/feed.xml": web.feed(*[f"{server.url}/ledger/{name}" for name in pages]),
            "/gazette/atom.xml": web.feed(*[f"{server.url}/gazette/{n}" for n in range(10_000)]),
            **{f"/gazette/{n}": web.page() for n in range(10_000)},
            "/court/rss_outside.xml": web.busy(503, "1"),
            "/silent/feed.xml": web.busy(429, "3600"),
            "/office/feed.json": web.json_feed(*[f"{server.url}/office/{n}" for n in range(50)]),
            **{f"/office/{n}": web.page() for n in range(50)},
        }
        began = time.monotonic()
        with web.HighWater() as water:
            runs = crawl(
                [*SOURCES, "demo_court", "demo_silent"], spool=Path(folder), ledger={}, started=STARTED,
                user_agent="docketwire/bench", demo_url=server.url, limits=FULL,
            )  # fmt: skip
        took = time.monotonic() - began
    print(f"faults: {took:.0f} s of {FULL['CLOSESPIDER_TIMEOUT']} allowed; {water.mebibytes:.0f} MiB at most")
    for run in runs:
        print(
            f"  {run.source}: {run.health}, {run.pages} pages, statuses {dict(run.statuses)}, {len(run.issues)} issues"
        )
        for issue in run.issues:
            print(f"    {issue.place.removeprefix(server.url)[:40]:<40} {issue.message}")
    told = {issue.place.rpartition("/")[2].partition("?")[0] for issue in runs[0].issues}
    print(f"  faults without an issue: {sorted(set(pages) - told) or 'none'}")


if __name__ == "__main__":
    measures = {"throughput": throughput, "unchanged": unchanged, "faults": faults}
    for wanted in sys.argv[1:] or measures:
        measures[wanted]()
