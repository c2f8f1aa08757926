"""What `source check` finds out, against a server on loopback."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks import hostile as web
from crawlers.check import check

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
    with web.hostile() as server:
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
