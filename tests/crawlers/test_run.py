"""Whole crawls against a real server on loopback: what comes back, what is asked again, what goes wrong and says so."""

from __future__ import annotations

import gzip
import multiprocessing
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import settings as our_settings
from crawlers.run import _settings, crawl, sources
from pipeline.errors import SourceError, SpoolError
from pipeline.model import Health, Level, Role, Visit
from pipeline.spool import read_spool

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
ROOT = Path(__file__).parent.parent.parent


def messages(run):
    return {issue.message for issue in run.issues}


# ------------------------------------------------------------------------------------------------ a good night


def test_three_kinds_of_feed_are_followed_to_their_pages(web, night, spooled):
    web.feed("/ledger/feed.xml", f"{web.url}/ledger/1", f"{web.url}/ledger/2")
    web.page(
        "/gazette/atom.xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><id>1</id><title>A</title>'
        '<link href="/gazette/1"/><updated>2026-11-20T12:00:00Z</updated></entry></feed>',
        "application/atom+xml",
    )
    web.page(
        "/office/feed.json",
        '{"version":"https://jsonfeed.org/version/1.1","title":"O","items":[{"id":"1","url":"/office/1","title":"B"}]}',
        "application/feed+json",
    )
    for path in ("/ledger/1", "/ledger/2", "/gazette/1", "/office/1"):
        web.page(path, f"<p>{path}</p>")
    told = []
    runs = night("demo_ledger", "demo_gazette", "demo_office", progress=lambda *now: told.append(now))
    assert [(run.source, run.health, run.entries, run.pages) for run in runs] == [
        ("demo_ledger", Health.WELL, 2, 2),
        ("demo_gazette", Health.WELL, 1, 1),
        ("demo_office", Health.WELL, 1, 1),
    ]
    assert [run.issues for run in runs] == [(), (), ()]
    assert told == [("crawl", done, 3) for done in range(4)]
    feed, *pages = spooled(runs[0])
    assert (feed.role, feed.requested, feed.run) == (
        Role.FEED,
        f"{web.url}/ledger/feed.xml",
        "20261121T031500Z-demo_ledger",
    )
    assert {page.body for page in pages} == {b"<p>/ledger/1</p>", b"<p>/ledger/2</p>"}
    assert all(page.role is Role.PAGE and page.entry and page.entry.title == page.url for page in pages)
    assert {headers["User-Agent"] for _, headers in web.asked} == {"docketwire/test (+http://a.example)"}


def test_a_court_s_free_pdfs_are_fetched_and_pacer_never_asked(web, night, spooled):
    web.page(
        "/court/rss_outside.xml",
        f"""<rss version="2.0"><channel><title>C</title><item><title>1:26-cv-04101 A v. B</title>
        <link>{web.url}/cgi-bin/DktRpt.pl?1</link><description>[Order] (&lt;a href="{web.url}/doc1/1"&gt;1&lt;/a&gt;)
        </description><enclosure url="{web.url}/court/1.pdf" type="application/pdf"/>
        <enclosure url="https://ecf.nysd.uscourts.gov/doc1/2" type="application/pdf"/></item></channel></rss>""",
        "text/xml",
    )
    web.page("/court/1.pdf", b"%PDF-1.7 order", "application/pdf")
    (run,) = night("demo_court")
    _, pdf = spooled(run)
    assert (run.health, run.pages, run.issues) == (Health.WELL, 1, ())
    assert (pdf.body, pdf.court, pdf.entry.title) == (b"%PDF-1.7 order", "demo", "1:26-cv-04101 A v. B")
    assert web.paths() == ["/court/rss_outside.xml", "/court/1.pdf"]


def test_a_night_without_news_asks_for_the_feed_alone(web, night, spooled):
    web.feed("/ledger/feed.xml", f"{web.url}/ledger/1", ETag='"f"')
    web.page("/ledger/1", "<p>1</p>", ETag='"p"')
    (first,) = night("demo_ledger")
    ledger = {page.requested: Visit(page.at, page.header("ETag")) for page in spooled(first)}
    web.asked.clear()
    (second,) = night("demo_ledger", ledger=ledger)
    assert web.paths() == ["/ledger/feed.xml"]
    assert (second.health, second.not_modified, second.pages, second.issues) == (Health.QUIET, 1, 0, ())
    assert spooled(second) == []
    assert second.spool == "20261121T031500Z-demo_ledger.warc.gz"


@pytest.mark.parametrize(
    ("visited", "asked"),
    [(datetime(2026, 11, 20, 13, tzinfo=UTC), False), (datetime(2026, 11, 20, 11, tzinfo=UTC), True)],
    ids=["entry older than our visit", "entry newer than our visit"],
)
def test_a_known_page_is_asked_again_only_when_its_entry_is_newer(web, night, visited, asked):
    web.feed("/ledger/feed.xml", f"{web.url}/ledger/1")
    web.page("/ledger/1", "<p>1</p>", ETag='"p"')
    (run,) = night("demo_ledger", ledger={f"{web.url}/ledger/1": Visit(visited, etag='"p"')})
    assert ("/ledger/1" in web.paths()) is asked
    assert run.not_modified == asked
    assert run.health is Health.QUIET


def test_the_ledger_knows_a_redirected_page_by_the_url_that_was_asked(web, night, spooled):
    web.feed("/ledger/feed.xml", f"{web.url}/go/1")
    web.page("/go/1", "", status=302, Location=f"{web.url}/ledger/1")
    web.page("/ledger/1", "<p>1</p>")
    _, page = spooled(night("demo_ledger")[0])
    assert (page.requested, page.url) == (f"{web.url}/go/1", f"{web.url}/ledger/1")


def test_thirty_pages_take_seconds_not_throttled_minutes(web, night):
    links = [f"{web.url}/ledger/{i}" for i in range(30)]
    web.feed("/ledger/feed.xml", *links)
    for i in range(30):
        web.page(f"/ledger/{i}", "<p>x</p>")
    started = time.monotonic()
    (run,) = night("demo_ledger")
    assert run.pages == 30
    assert time.monotonic() - started < 15  # 2 on two idle cores


# ------------------------------------------------------------------------------------------------ bad answers


NOTHING = {
    "404": (404, "gone", Health.FAILING, "answered 404 Not Found"),
    "410": (410, "gone", Health.FAILING, "answered 410 Gone"),
    "500": (500, "oh", Health.FAILING, "answered 500 Internal Server Error"),
    "403": (403, "no", Health.BLOCKED, "answered 403 Forbidden"),
    "204": (204, "", Health.FAILING, "answered 204 No Content"),
    "empty body": (200, "", Health.FAILING, "the answer is empty, not a feed"),
    "maintenance": (200, "<html><title>Down</title></html>", Health.FAILING, "an HTML page (“Down”), not a feed"),
    "consent": (200, "<html><title>Before you continue</title></html>", Health.BLOCKED, "a consent page in place of the feed"),
    "half a feed": (200, "<rss><channel><item>", Health.FAILING, "the feed breaks off (no element found)"),
    "no entries": (200, "<rss><channel/></rss>", Health.FAILING, "0 entries, where a healthy answer holds at least 1"),
}  # fmt: skip


def test_a_feed_that_gives_nothing_is_never_well(web, night, spooled):
    demos = [source for source in sources() if source.demo]
    for cases in (list(NOTHING.items())[:5], list(NOTHING.items())[5:]):
        for source, (_, (status, body, _, _)) in zip(demos, cases, strict=True):
            web.page(source.url, body, status=status)
        runs = night(*[source.id for source in demos])
        for run, source, (name, (_, _, health, what)) in zip(runs, demos, cases, strict=True):
            assert run.health is health, name
            assert [(i.level, i.place, i.message) for i in run.issues] == [(Level.ERROR, web.url + source.url, what)], (
                name
            )
            assert all(page.role is Role.FEED for page in spooled(run)), name


def test_nobody_listening(night):
    (run,) = night("demo_ledger", demo_url="http://127.0.0.1:9")
    why = "robots.txt cannot be had (the connection was refused): taken to forbid everything tonight"
    assert (run.health, messages(run)) == (Health.FAILING, {why})


def test_a_demonstration_without_its_web_says_so(night, spooled):
    (run,) = night("demo_ledger", demo_url=None)
    assert messages(run) == {"a demonstration source; it needs the replay web: docketwire demo"}
    assert spooled(run) == []


def test_one_bad_page_is_named_and_the_others_arrive(web, night, spooled):
    bomb = gzip.compress(bytes(40 * 2**20))
    web.page("/robots.txt", "User-agent: *\nDisallow: /ledger/private", "text/plain")
    web.feed("/ledger/feed.xml", *[f"{web.url}/ledger/{name}" for name in ("ok", "gone", "private", "wall", "inside", "meta", "loop", "huge", "bomb", "half")])  # fmt: skip
    web.page("/ledger/ok", "<p>ok</p>")
    web.page("/ledger/wall", "<title>Just a moment...</title>")
    web.page("/ledger/inside", "", status=301, Location="http://10.0.0.1/admin")
    web.page("/ledger/meta", "", status=302, Location="http://169.254.169.254/latest/meta-data/")
    web.page("/ledger/loop", "", status=302, Location=f"{web.url}/ledger/loop?")
    web.page("/ledger/loop?", "", status=302, Location=f"{web.url}/ledger/loop")
    web.page("/ledger/huge", "x", Content_Length=str(2**30))
    web.page("/ledger/bomb", bomb, Content_Encoding="gzip")
    web.page("/ledger/half", "<p>ha", Content_Length="999", Connection="close")
    (run,) = night("demo_ledger")
    found = {issue.place.removeprefix(web.url + "/ledger/"): issue.message for issue in run.issues}
    assert run.health is Health.WELL
    assert run.pages == 2
    assert {(page.role, page.url.rpartition("/")[2]) for page in spooled(run)} == {
        (Role.FEED, "feed.xml"),
        (Role.PAGE, "ok"),
        (Role.PAGE, "wall"),
        (Role.ENTRY, "private"),  # its feed's own words
    }
    assert found.keys() == {"gone", "private", "wall", "inside", "meta", "loop", "huge", "bomb", "half"}
    assert found["gone"] == "answered 404 Not Found"
    assert found["private"] == "forbidden by robots.txt"
    assert found["wall"] == "a bot challenge in place of the page"
    assert found["inside"].startswith("redirected to http://10.0.0.1/admin: not fetched:")
    assert found["meta"].startswith("redirected to http://169.254.169.254/latest/meta-data/: not fetched:")
    assert "max redirections" in found["loop"]
    assert found["huge"] == "larger than we take"
    assert found["bomb"] == "larger than we take, once unpacked"
    assert found["half"]
    assert "/ledger/private" not in web.paths()


def test_a_source_whose_pages_are_all_refused_is_blocked(web, night):
    web.feed("/ledger/feed.xml", f"{web.url}/ledger/1")
    web.page("/robots.txt", "User-agent: *\nDisallow: /ledger/1", "text/plain")
    assert night("demo_ledger")[0].health is Health.BLOCKED


def test_robots_txt_may_forbid_the_feed_itself(web, night):
    web.page("/robots.txt", "User-agent: docketwire\nDisallow: /", "text/plain")
    (run,) = night("demo_ledger")
    assert (run.health, messages(run)) == (Health.BLOCKED, {"forbidden by robots.txt"})
    assert web.paths() == []


def test_more_links_than_a_night_allows_are_left_and_counted(web, night):
    web.feed("/ledger/feed.xml", *[f"{web.url}/ledger/{i}" for i in range(250)])
    (run,) = night("demo_ledger")
    assert "50 pages more than the night's 200: left for later" in messages(run)
    assert len(web.paths()) == 201


# ------------------------------------------------------------------------------------------------ when asked to wait


def test_a_server_that_asks_to_wait_is_waited_for(web, night):
    web.feed("/ledger/feed.xml", f"{web.url}/ledger/1")
    web.page("/ledger/1", "<p>1</p>")
    good = web.pages["/ledger/feed.xml"]
    web.pages["/ledger/feed.xml"] = lambda times: (503, {"Retry-After": "1"}, b"") if times == 1 else good
    started = time.monotonic()
    (run,) = night("demo_ledger")
    assert (run.health, run.issues, run.pages) == (Health.WELL, (), 1)
    assert time.monotonic() - started > 1


def test_a_server_that_asks_for_too_long_is_left_alone(web, night):
    web.page("/ledger/feed.xml", "", status=429, Retry_After="3600")
    (run,) = night("demo_ledger")
    assert messages(run) == {"answered 429 Too Many Requests, asks to come back later (Retry-After: 3600)"}
    assert len(web.paths()) == 1


# ------------------------------------------------------------------------------------------------ the process


def test_no_job_is_carried_over_from_one_night_to_the_next():
    assert not _settings().get("JOBDIR")


def test_a_host_has_one_connection_at_a_time(web, night):
    """Without a delay, however short, Scrapy 2.19 lets a whole queue go at once."""
    assert our_settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert our_settings.DOWNLOAD_DELAY > 0
    web.feed("/ledger/feed.xml", *[f"{web.url}/ledger/{i}" for i in range(8)])
    here = []

    def page(path, headers):
        here.append(+1)
        most.append(sum(here))
        time.sleep(0.05)
        here.append(-1)
        return 200, {"Content-Type": "text/html"}, b"<p>x</p>"

    most = []
    web.programs.append(
        ("/ledger/", lambda path, headers: web.pages[path] if path in web.pages else page(path, headers))
    )
    (run,) = night("demo_ledger", limits={"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.001})
    assert (run.pages, max(most)) == (8, 1)


def test_no_source_of_that_name(night):
    with pytest.raises(SourceError, match="nosuch: no source of this name"):
        night("nosuch")


def test_a_spool_that_cannot_be_made(tmp_path, web):
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolError, match="cannot be made"):
        crawl(["demo_ledger"], spool=tmp_path / "file" / "spool", ledger={}, started=STARTED, user_agent="x")


def test_a_crawl_of_nothing(night):
    assert night() == []


def _while_crawling(web, act):
    """Run ``act`` on the child once it has asked for some pages."""

    def wait():
        until = time.monotonic() + 20
        while len(web.paths()) < 12 and time.monotonic() < until:
            time.sleep(0.02)
        for child in multiprocessing.active_children():
            act(child)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_a_killed_crawl_leaves_what_it_had_and_a_failing_run(web, night, tmp_path):
    links = [f"{web.url}/ledger/{i}" for i in range(100)]
    web.feed("/ledger/feed.xml", *links)
    for i in range(100):
        web.page(f"/ledger/{i}", "<p>x</p>")
    web.slow = 0.1
    thread = _while_crawling(web, lambda child: child.kill())
    (run,) = night("demo_ledger")
    thread.join()
    assert run.health is Health.FAILING
    assert messages(run) == {"the crawl ended before this source did", "the spool file was not finished"}
    assert run.spool == "20261121T031500Z-demo_ledger.warc.gz.part"
    try:
        pages = list(read_spool(tmp_path / run.spool))
    except SpoolError:  # cut in the middle of a record: those before it were read
        pages = [None]
    assert pages


def test_an_interrupted_crawl_puts_its_files_in_order_first(web, night, tmp_path):
    web.page("/silent/feed.xml", "", status=410)
    web.feed("/ledger/feed.xml", *[f"{web.url}/ledger/{i}" for i in range(100)])
    for i in range(100):
        web.page(f"/ledger/{i}", "<p>x</p>")
    web.slow = 0.1

    def interrupt(_what, done, _total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        night("demo_silent", "demo_ledger", progress=interrupt)
    assert multiprocessing.active_children() == []
    left = {path.name: len(list(read_spool(path))) for path in tmp_path.iterdir()}
    assert left.keys() == {"20261121T031500Z-demo_ledger.warc.gz", "20261121T031500Z-demo_silent.warc.gz"}
    assert len(web.paths()) < 90, "it stopped early"


def test_scrapy_s_own_commands_work(web, tmp_path):
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run([*scrapy, "list"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert listed == [source.id for source in sources()]
    web.feed("/ledger/feed.xml", f"{web.url}/ledger/1")
    web.page("/ledger/1", "<p>1</p>")
    # As in the repository's root, but for the spool: relative to where one stands.
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = crawlers.settings\n")
    subprocess.run(
        [*scrapy, "crawl", "demo_ledger", "-a", f"demo_url={web.url}"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True,
    )  # fmt: skip
    (spool,) = (tmp_path / "data" / "spool").glob("*-demo_ledger.warc.gz")
    assert [page.role for page in read_spool(spool)] == [Role.FEED, Role.PAGE]
