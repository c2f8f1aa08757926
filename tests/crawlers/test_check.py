"""What `source check` finds out, against a server on loopback."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks import hostile
from crawlers.check import check
from tests.crawlers import kind_web

NOW = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)


def feed(*days, **headers):
    items = "".join(
        f"<item><title>{day}</title><link>http://127.0.0.1:9/{day}</link><pubDate>{day} Nov 2026 12:00:00 GMT</pubDate></item>"
        for day in days
    )
    body = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()
    tag = headers.get("ETag")

    def answer(asked):
        fresh = tag and asked.headers.get("If-None-Match") == tag
        asked.say(b"" if fresh else body, "application/rss+xml", 304 if fresh else 200, **headers)

    return answer


def test_a_check_says_of_each_source_what_it_has_and_asks_nothing_else():
    with hostile.hostile() as server:
        server.paths = {
            "/ledger/feed.xml": feed(18, 20, 19, ETag='"a"'),
            "/gazette/atom.xml": feed(20, Last_Modified="Fri, 20 Nov 2026 12:00:00 GMT"),
            "/office/feed.json": feed(20),
            "/court/rss_outside.xml": lambda asked: asked.say(b"<title>Just a moment...</title>"),
            "/robots.txt": lambda asked: asked.say(b"User-agent: *\nDisallow: /silent/", "text/plain"),
        }
        names = ["demo_ledger", "demo_gazette", "demo_office", "demo_court", "demo_silent"]
        found = check(names, user_agent="docketwire/test", at=NOW, demo_url=server.url)
        pages = {path for path in server.asked if path != "/robots.txt"}
    ledger, gazette, office, court, silent = found
    assert [one.source for one in found] == names
    assert [one.well for one in found] == [True, True, True, False, False]
    assert [one.conditional for one in found] == ["304", "ignored", "no validator", "—", "—"]
    assert (ledger.statuses, ledger.entries, ledger.robots) == ((200,), 3, "allowed")
    assert (ledger.covers.start.day, ledger.covers.end.day) == (18, 20)
    assert court.message == "a bot challenge in place of the feed"
    assert (silent.robots, silent.message) == ("forbidden", "forbidden by robots.txt")
    assert not [path for path in pages if path.startswith("/silent/") or path.endswith("18")]
    assert gazette.entries == office.entries == 1


def test_a_robots_txt_that_cannot_be_had_allows_nothing():
    with hostile.hostile() as server:
        server.paths = {
            "/ledger/feed.xml": feed(18),
            "/robots.txt": lambda asked: asked.say(b"", "text/plain", 503),
        }
        [ledger] = check(["demo_ledger"], user_agent="docketwire/test", at=NOW, demo_url=server.url)
    assert (ledger.well, ledger.robots) == (False, "unknown")
    assert "robots.txt cannot be had" in ledger.message


def test_a_source_of_any_kind_can_be_checked(web):
    kind_web.fill(web)
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>x.xml</loc></sitemap></sitemapindex>'
    web.page("/index.xml", index.replace("x.xml", f"{web.url}/x.xml"), "application/xml")
    names = [*kind_web.NAMES, "index", "misspelt"]
    found = check(names, user_agent="x", at=NOW, demo_url=web.url, modules=["tests.crawlers.kind_sources"])
    table = {
        one.source: (one.well, one.statuses, one.entries, one.covers and one.covers.end.day, one.conditional)
        for one in found
    }
    assert table == {
        "paper": (True, (200,), 2, 20, "304"),
        "wire": (True, (200,), 1, 20, "no validator"),
        "clerk": (True, (200,), 2, 20, "no validator"),
        "map": (True, (200,), 2, 20, "ignored"),
        "tracker": (True, (200,), 1, None, "304"),
        "newsroom": (True, (200,), 2, None, "no validator"),
        "recap": (True, (200,), 1, 17, "no validator"),
        "bench": (True, (200,), 1, 20, "no validator"),
        "archive": (True, (200,), 2, None, "no validator"),
        "index": (True, (200,), 0, None, "no validator"),
        "misspelt": (False, (), 0, None, "—"),
    }  # fmt: skip
    assert found[-1].message.startswith("unknown field “nature_of_suit”")
    asked = [path for path in web.paths() if not path.startswith("/api")]
    assert len(asked) == len(names) - 2 + 3, "its own address, and once more where there is a validator"
