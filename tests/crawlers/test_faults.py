"""A server that does everything wrong: the crawl ends in time, keeps its size, and says of each fault what it was."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from benchmarks import hostile as web
from crawlers.run import crawl
from pipeline.model import Health
from pipeline.spool import read_spool

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
LIMITS = {"DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0, "CLOSESPIDER_TIMEOUT": 15, "DOWNLOAD_MAXSIZE": 4 * 2**20}


@pytest.fixture
def server():
    with web.hostile() as running:
        yield running


@pytest.fixture
def night(server, tmp_path):
    def crawled(*names, **limits):
        given = {"spool": tmp_path, "ledger": {}, "started": STARTED, "user_agent": "docketwire/test"}
        return crawl(names, demo_url=server.url, limits=LIMITS | limits, **given)

    return crawled


WORDS = {
    "stall": "no whole answer in time",
    "stall-in-body": "no whole answer in time",
    "drip": "no whole answer in time",
    "reset": "the connection broke off",
    "half-a-body": "the answer broke off",
    "half-a-chunk": "the answer broke off",
    "no-length": "the answer is not HTTP",
    "endless": "larger than we take",
    "endless-head": "its head alone is larger than we take",
    "endless-line": "its head alone is larger than we take",
    "not-http": "the answer is not HTTP",
    "redirect-loop": "max redirections reached",
    "gzip": "larger than we take, once unpacked",
    "br": "larger than we take, once unpacked",
    "zstd": "larger than we take, once unpacked",
    "gzip-in-gzip": "larger than we take, once unpacked",
}


def test_every_fault_is_named_and_the_other_sources_complete(server, night, tmp_path):
    faults = web.PAGE_FAULTS | {
        "gzip-in-gzip": web.gzip_in_gzip(2**27),
        **{encoding: web.bomb(encoding, 2**27) for encoding in ("gzip", "br", "zstd")},
    }
    server.paths = {f"/ledger/{name}": fault for name, fault in faults.items()} | {
        "/ledger/ok": web.page(),
        "/ledger/feed.xml": web.feed(*[f"{server.url}/ledger/{name}" for name in (*faults, "ok")]),
        "/silent/feed.xml": web.stall,
        "/court/rss_outside.xml": web.entities(),
        "/gazette/atom.xml": web.feed(*[f"{server.url}/gazette/{n}" for n in range(500)]),
        "/office/feed.json": web.json_feed(f"{server.url}/office/1"),
        "/office/1": web.page(),
    }
    began = time.monotonic()
    with web.HighWater() as water:
        ledger, silent, court, gazette, office = night(
            "demo_ledger", "demo_silent", "demo_court", "demo_gazette", "demo_office"
        )
    assert time.monotonic() - began < LIMITS["CLOSESPIDER_TIMEOUT"] + 10
    assert water.mebibytes < 600
    assert (office.health, office.pages, office.issues) == (Health.WELL, 1, ())
    told = {issue.place.rpartition("/")[2].partition("?")[0]: issue.message for issue in ledger.issues}
    assert {name: words for name, words in WORDS.items() if words not in told.get(name, "")} == {}, told
    assert (ledger.health, ledger.pages) == (Health.WELL, 1)
    assert [page.url for page in read_spool(tmp_path / ledger.spool)][-1] == f"{server.url}/ledger/ok"
    assert (silent.health, [i.message for i in silent.issues]) == (Health.FAILING, ["no whole answer in time"])
    assert court.health is Health.FAILING
    assert "entities" in court.issues[0].message
    assert "300 pages more than the night's 200: left for later" in {issue.message for issue in gazette.issues}


def test_an_endless_host_ends_at_its_deadline(server, night):
    """Each page takes a little less than the time an answer may take: together they would take minutes."""

    def slowly(answer):
        time.sleep(1)
        answer.say(b"<p>late</p>")

    server.paths = {f"/ledger/{n}": slowly for n in range(100)} | {
        "/ledger/feed.xml": web.feed(*[f"{server.url}/ledger/{n}" for n in range(100)])
    }
    began = time.monotonic()
    (run,) = night("demo_ledger", CLOSESPIDER_TIMEOUT=3)
    assert time.monotonic() - began < 10
    assert run.health is Health.FAILING
    assert [issue.message for issue in run.issues] == ["stopped early: its time for the night was over"]
    assert 0 < run.pages < 60


def test_a_source_has_its_bytes_for_the_night(server, night):
    server.paths = {f"/ledger/{n}": web.page("long " * 100_000) for n in range(40)} | {
        "/ledger/feed.xml": web.feed(*[f"{server.url}/ledger/{n}" for n in range(40)])
    }
    (run,) = night("demo_ledger", SOURCE_BYTES=3 * 2**20)
    assert run.health is Health.FAILING
    assert "stopped early: its 3 MiB for the night were used up" in {issue.message for issue in run.issues}
    assert 3 * 2**20 < run.bytes < 4 * 2**20
    assert run.pages < 10


def test_a_source_has_its_answers_for_the_night(server, night):
    server.paths = {f"/ledger/{n}": web.page() for n in range(40)} | {
        "/ledger/feed.xml": web.feed(*[f"{server.url}/ledger/{n}" for n in range(40)])
    }
    (run,) = night("demo_ledger", SOURCE_ANSWERS=5)
    assert "stopped early: its 5 answers for the night were used up" in {issue.message for issue in run.issues}
    assert 4 <= run.pages < 30  # some are on their way
    assert run.statuses[0][0] == 200
