"""The bundled replay web: an honest HTTP server, and material that is whole, fresh and plainly invented."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.robotparser import RobotFileParser

import feedparser
import pypdfium2
import pytest
from lxml import html

from crawlers.replay import LAST_MODIFIED, PLACEHOLDER, Page, Replay, read_web, serve, unchanged
from pipeline.errors import SourceError

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "data" / "demo"
WEB = DEMO / "web"
ORIGIN = "http://127.0.0.1:9"
FEEDS = ("/court/rss_outside.xml", "/ledger/feed.xml", "/gazette/atom.xml", "/office/feed.json")
LAST_DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return read_web(WEB, origin=ORIGIN)


@pytest.fixture
def replay() -> Iterator[Replay]:
    with serve(WEB) as running:
        yield running


def ask(replay: Replay, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """One request, sent as written: http.client tidies no path."""
    connection = HTTPConnection(replay.url.removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


# ------------------------------------------------------------------------------------------------ the server


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/court/rss_outside.xml", "application/rss+xml"),
        ("/ledger/feed.xml", "application/rss+xml"),
        ("/gazette/atom.xml", "application/atom+xml"),
        ("/office/feed.json", "application/feed+json"),
        ("/ledger/2026/lumenforge-logs.html", "text/html; charset=utf-8"),
        ("/court/doc/09001-41.pdf", "application/pdf"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_kind_of_file_has_its_media_type_and_validators(replay: Replay, path: str, media_type: str) -> None:
    response, body = ask(replay, path)
    assert (response.status, response.headers["Content-Type"]) == (200, media_type)
    assert int(response.headers["Content-Length"]) == len(body) > 0
    assert re.fullmatch(r'"[0-9a-f]{64}"', response.headers["ETag"])
    assert response.headers["Last-Modified"] == "Fri, 20 Nov 2026 23:00:00 GMT"


def test_a_page_asked_for_again_with_its_etag_has_not_changed(replay: Replay) -> None:
    first, _ = ask(replay, "/ledger/feed.xml")
    again, body = ask(replay, "/ledger/feed.xml", If_None_Match=first.headers["ETag"])
    assert (again.status, body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert replay.requests == [("GET", "/ledger/feed.xml", 200), ("GET", "/ledger/feed.xml", 304)]


BEFORE, AFTER = "Thu, 19 Nov 2026 00:00:00 GMT", "Sat, 21 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "not_modified"),
    [
        pytest.param({}, False, id="no condition"),
        pytest.param({"If-None-Match": '"a", "tag"'}, True, id="tag in a list"),
        pytest.param({"If-None-Match": 'W/"tag"'}, True, id="weak comparison"),
        pytest.param({"If-None-Match": "*"}, True, id="any tag"),
        pytest.param({"If-None-Match": '"other"'}, False, id="another tag"),
        pytest.param({"If-None-Match": '"other"', "If-Modified-Since": AFTER}, False, id="tag outweighs date"),
        pytest.param({"If-Modified-Since": format_datetime(LAST_MODIFIED, usegmt=True)}, True, id="same moment"),
        pytest.param({"If-Modified-Since": AFTER}, True, id="later"),
        pytest.param({"If-Modified-Since": BEFORE}, False, id="earlier"),
        pytest.param({"If-Modified-Since": "yesterday"}, False, id="no date at all"),
    ],
)
def test_conditions_of_a_request(headers: dict[str, str], *, not_modified: bool) -> None:
    assert unchanged(Page(200, "text/html", b"", '"tag"'), headers) is not_modified


def test_head_answers_like_get_without_the_body(replay: Replay) -> None:
    get, body = ask(replay, "/court/doc/09001-41.pdf")
    head, nothing = ask(replay, "/court/doc/09001-41.pdf", "HEAD")
    assert (head.status, nothing, int(head.headers["Content-Length"])) == (200, b"", len(body))
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/ledger/2026/no-such.html", id="unknown page"),
        pytest.param("/", id="no listing of the root"),
        pytest.param("/court/doc/", id="no listing of a folder"),
        pytest.param("/silent/feed.xml.410", id="a file's own ending is no address"),
        pytest.param("/../make_filings.py", id="dots"),
        pytest.param("/%2e%2e/make_filings.py", id="escaped dots"),
        pytest.param("//etc/passwd", id="two slashes"),
    ],
)
def test_nothing_else_can_be_reached(replay: Replay, path: str) -> None:
    response, _ = ask(replay, path)
    assert response.status == 404


def test_the_dead_feed_is_gone_for_good_even_to_a_conditional_request(replay: Replay) -> None:
    response, body = ask(replay, "/silent/feed.xml", If_None_Match="*")
    assert response.status == 410
    assert b"stopped publishing" in body


def test_links_point_at_the_port_that_answers(replay: Replay) -> None:
    for path in FEEDS:
        _, body = ask(replay, path)
        assert replay.url.encode() in body
        assert PLACEHOLDER.encode() not in body


def test_a_query_does_not_change_the_page(replay: Replay) -> None:
    assert ask(replay, "/robots.txt?utm_source=rss")[1] == ask(replay, "/robots.txt")[1]


def test_a_port_in_use_is_said_plainly(replay: Replay) -> None:
    port = int(replay.url.rpartition(":")[2])
    with pytest.raises(SourceError, match=rf"127\.0\.0\.1:{port}: cannot listen"), serve(WEB, port):
        pass


def test_an_empty_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no pages to replay"), serve(tmp_path):
        pass


# ------------------------------------------------------------------------------------------------ the material


def links(pages: dict[str, Page], feed: str) -> list[str]:
    """Paths that a reader of the feed would fetch: articles, or the free PDFs of a court."""
    if feed.endswith(".json"):
        found = re.findall(r'"url": "([^"]+)"', pages[feed].body.decode())
    else:
        entries = feedparser.parse(pages[feed].body)["entries"]
        court = feed.startswith("/court")
        found = [file["href"] for entry in entries for file in entry["enclosures"]] if court else []
        found += [] if court else [entry["link"] for entry in entries]
    assert all(link.startswith(ORIGIN) for link in found)
    return [link.removeprefix(ORIGIN).partition("?")[0] for link in found]


def articles(pages: dict[str, Page]) -> dict[str, str]:
    """Paragraphs of each article, without adverts."""
    found = {}
    for path, page in pages.items():
        if re.match(r"/(ledger|gazette|office)/.+\.html$", path) and "songwriters" not in path:
            tree = html.fromstring(page.body)
            body = tree.xpath('//*[@class="story-body" or @class="text" or @class="release"]')[0]
            parts = body.xpath("./p[not(@class)] | ./ul/li | ./h2 | ./h3")
            found[path] = "\n".join(part.text_content() for part in parts)
    return found


def test_every_feed_is_well_formed_and_every_link_is_answered(pages: dict[str, Page]) -> None:
    counts = {feed: len(links(pages, feed)) for feed in FEEDS}
    assert counts == {
        "/court/rss_outside.xml": 12,
        "/ledger/feed.xml": 7,
        "/gazette/atom.xml": 7,
        "/office/feed.json": 3,
    }
    for feed in FEEDS:
        assert {path for path in links(pages, feed) if pages.get(path, Page(404, "", b"", "")).status != 200} == set()
    for feed in FEEDS[:3]:
        assert not feedparser.parse(pages[feed].body)["bozo"]


def test_robots_keep_a_polite_crawler_from_one_article(pages: dict[str, Page]) -> None:
    robots = RobotFileParser()
    robots.parse(pages["/robots.txt"].body.decode().splitlines())
    linked = [path for feed in FEEDS for path in (*links(pages, feed), feed)]
    assert [path for path in linked if not robots.can_fetch("docketwire", path)] == [
        "/gazette/premium/inside-orrery.html"
    ]


def test_the_court_feed_speaks_the_dialect(pages: dict[str, Page]) -> None:
    entries = feedparser.parse(pages["/court/rss_outside.xml"].body)["entries"]
    numbers = [entry["title"].split(" ", 1)[0] for entry in entries]
    assert all(re.fullmatch(r"\d:26-(cv|md)-\d{5}", number) for number in numbers)
    assert any("Éditions" in entry["title"] for entry in entries), "ISO-8859-1, as the courts write"
    pairs = [(one["id"], one["published"]) for one in entries]
    assert len(pairs) - len(set(pairs)) == 2, "two entries with two events each: adjacent items, one guid"
    shared_order = [entry["title"] for entry in entries if "09001-41.pdf" in str(entry["enclosures"])]
    assert len(shared_order) == 4, "one order, the lead docket and three members"
    assert any(entry["summary"].startswith("[Stipulation and [Proposed] Order]") for entry in entries)
    assert any("<a " not in entry["summary"] for entry in entries), "an entry without a document"


def test_enclosures_state_the_true_length_of_a_pdf(pages: dict[str, Page]) -> None:
    entries = feedparser.parse(pages["/court/rss_outside.xml"].body)["entries"]
    stated = {
        file["href"].removeprefix(ORIGIN): int(file["length"]) for entry in entries for file in entry["enclosures"]
    }
    assert stated == {path: len(page.body) for path, page in pages.items() if path.endswith(".pdf")}
    assert len(stated) == 7


def test_articles_have_the_length_of_articles(pages: dict[str, Page]) -> None:
    lengths = {path: len(text.split()) for path, text in articles(pages).items() if "/premium/" not in path}
    assert len(lengths) == 15  # 7 of the Ledger, 5 of the Gazette, 3 releases
    assert {path: words for path, words in lengths.items() if not 250 <= words <= 600} == {}


def test_the_repost_is_the_article_word_for_word(pages: dict[str, Page]) -> None:
    found = articles(pages)
    assert found["/gazette/lumenforge-logs.html"] == found["/ledger/2026/lumenforge-logs.html"]


def test_no_feed_knows_the_future(pages: dict[str, Page]) -> None:
    for feed in FEEDS[:3]:
        for entry in feedparser.parse(pages[feed].body)["entries"]:
            published = datetime(*entry["published_parsed"][:6], tzinfo=UTC)
            assert datetime(2026, 10, 1, tzinfo=UTC) < published < LAST_MODIFIED, entry["title"]


def test_everything_says_that_it_is_invented(pages: dict[str, Page]) -> None:
    silent = [path for path, page in pages.items() if b"emonstration" not in page.body]
    assert silent == []


WEEKDAY = r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ([A-Z][a-z]+ \d{1,2}, \d{4})"


def test_every_weekday_is_the_right_one(pages: dict[str, Page]) -> None:
    texts = [source.read_text("utf-8") for source in (DEMO / "filings").glob("*.txt")] + list(articles(pages).values())
    found = [
        (day, datetime.strptime(f"{when} +0000", "%B %d, %Y %z"))
        for text in texts
        for day, when in re.findall(WEEKDAY, text)
    ]
    assert len(found) > 15
    assert [(day, when) for day, when in found if f"{when:%A}" != f"{day}day"] == []


def test_the_whole_stays_small() -> None:
    assert sum(file.stat().st_size for file in DEMO.rglob("*") if file.is_file()) < 600_000


# ------------------------------------------------------------------------------------------------ the filings

SOURCES = sorted((DEMO / "filings").glob("*.txt"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_filing_is_stamped_on_every_page(source: Path) -> None:
    about = dict(line.split(": ", 1) for line in source.read_text("utf-8").partition("\n\n")[0].splitlines())
    filed = f"{date.fromisoformat(about['filed']):%m/%d/%y}"
    assert date.fromisoformat(about["filed"]) <= LAST_DAY
    with pypdfium2.PdfDocument(WEB / "court" / "doc" / f"{source.stem}.pdf") as pdf:
        assert 2 <= len(pdf) <= 4
        for number in range(len(pdf)):
            text = " ".join(pdf[number].get_textpage().get_text_range().split())
            stamp = f"Case {about['case']} Document {about['document']} Filed {filed} Page {number + 1} of {len(pdf)}"
            assert stamp in text
            assert "invented for docketwire" in text


def test_the_filings_are_fresh(tmp_path: Path) -> None:
    if importlib.util.find_spec("reportlab") is None:
        pytest.skip("needs reportlab, a development dependency, to make the filings again")
    subprocess.run([sys.executable, DEMO / "make_filings.py", tmp_path], check=True)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    kept = {file.name: file.read_bytes() for file in (WEB / "court" / "doc").iterdir()}
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert stale == [], "run data/demo/make_filings.py and set the lengths in court/rss_outside.xml"


def test_the_server_needs_no_scrapy() -> None:
    code = "import crawlers.replay, sys; sys.exit('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
