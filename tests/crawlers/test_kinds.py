"""Every kind of source against a real server: what is asked, what is kept, what is asked again, what is said."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline import stages
from pipeline.model import Docket, Health, Matter, PageClass, Role
from pipeline.registry import Registry
from pipeline.store import Store

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
MATTER = Matter(
    slug="a-v-b", caption="Alder v. Beacon", court="nysd", dockets=(Docket("nysd:2026-cv-04101", "nysd", "1:26-cv-04101"),),
    evidence=("invented",), checked=date(2026, 11, 1),
)  # fmt: skip
ARTICLE = (
    "<p>" + " ".join(f"Sentence {n} of an article about a copyright suit over chatbots." for n in range(40)) + "</p>"
)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "work" / "docketwire.db") as store:
        yield store


@pytest.fixture
def crawled(night, store, tmp_path):
    """One night: crawl with what the store remembers, then ingest. The run comes back."""

    def crawl(name, **more):
        (run,) = night(name, ledger=store.ledger(), modules=["tests.crawlers.kind_sources"], **more)
        store.put_runs([run])
        stages.ingest(store, Registry([MATTER]), [tmp_path / run.spool])
        return run

    return crawl


def messages(run):
    return [issue.message for issue in run.issues]


def later(hours):
    return STARTED + timedelta(hours=hours)


def html(title, words):
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{words}</article></body></html>"


def rss(*items):
    return f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>{"".join(items)}</channel></rss>'


def item(url, title, *, summary="", content="", more=""):
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate>"
        f"<description><![CDATA[{summary}]]></description>{whole}{more}</item>"
    )


# ------------------------------------------------------------------------------------------------ pages closed to us


def test_a_closed_page_leaves_its_record_and_its_feed_s_own_words(web, crawled, store, spooled):
    closed = (401, 402, 403, 451)
    links = [
        item(f"{web.url}/{status}", f"Logs {status}", summary="<p>The logs were refused.</p>") for status in closed
    ]
    web.page("/feed.xml", rss(*links, item(f"{web.url}/open", "Open")), "application/rss+xml")
    for status in closed:
        web.page(f"/{status}", "" if status == 451 else "<h1>Subscribe</h1>", status=status)
    web.page("/open", html("Open", ARTICLE))
    run = crawled("paper")
    kept = {one.status: one for one in spooled(run) if one.role is Role.PAGE}
    assert kept.keys() == {200, *closed}
    assert kept[403].body == b"<h1>Subscribe</h1>"
    found = {one.url: one for one in store.documents()}
    for status in closed:
        lead = found[f"{web.url}/{status}"]
        assert (lead.title, lead.text) == (f"Logs {status}", "The logs were refused.")
        assert (lead.page_class, lead.state, lead.provenance.reader) == (
            PageClass.TEASER,
            "unavailable",
            "feed entry 1",
        )
        assert f"{web.url}/{status}" not in store.ledger(), "what was closed is asked for again"
    assert found[f"{web.url}/open"].state == "read"
    assert run.health is Health.WELL


def test_a_whole_article_in_the_feed_is_read_in_the_place_of_a_closed_page(web, crawled, store):
    web.page("/feed.xml", rss(item(f"{web.url}/1", "Logs denied", content=ARTICLE)), "application/rss+xml")
    web.page("/1", "", status=403)
    crawled("paper")
    (document,) = store.documents()
    assert (document.page_class, document.state) == (PageClass.ARTICLE, "read")
    assert document.words > 300


@pytest.mark.parametrize(
    "wall",
    ["<title>Just a moment...</title>", "<p>Subscribe to continue reading this story, please.</p>"],
    ids=["a challenge", "a paywall"],
)
def test_a_wall_with_status_200_is_closed_as_well(web, crawled, store, wall):
    web.page("/feed.xml", rss(item(f"{web.url}/1", "Logs denied", summary="<p>The magistrate refused to order that the logs be kept any longer.</p>")), "application/rss+xml")  # fmt: skip
    web.page("/1", f"<html>{wall}</html>")
    crawled("paper")
    (document,) = store.documents()
    assert (document.page_class, document.text[:14]) == (PageClass.TEASER, "The magistrate")


def test_a_stub_never_replaces_what_was_read_in_full(web, crawled, store):
    web.page("/feed.xml", rss(item(f"{web.url}/1", "Logs denied", summary="<p>A stub.</p>")), "application/rss+xml")
    web.page("/1", html("Logs denied", ARTICLE))
    crawled("paper")
    web.page("/1", "", status=403)
    web.page("/feed.xml", rss(item(f"{web.url}/1", "Logs denied", summary="<p>A stub.</p>").replace("20 Nov", "23 Nov")), "application/rss+xml")  # fmt: skip
    crawled("paper", started=later(48))
    (document,) = store.documents()
    assert (document.state, document.words > 300) == ("read", True)


def test_a_page_that_opens_again_replaces_the_stub(web, crawled, store):
    web.page("/feed.xml", rss(item(f"{web.url}/1", "Logs denied", summary="<p>A stub.</p>")), "application/rss+xml")
    web.page("/1", "", status=403)
    crawled("paper")
    web.page("/1", html("Logs denied", ARTICLE))
    crawled("paper", started=later(24))
    (document,) = store.documents()
    assert (document.state, document.page_class) == ("read", PageClass.ARTICLE)


def test_a_page_that_robots_txt_forbids_leaves_its_feed_s_own_words(web, crawled, store):
    web.page("/robots.txt", "User-agent: *\nDisallow: /1", "text/plain")
    web.page("/feed.xml", rss(item(f"{web.url}/1", "Logs denied", summary="<p>A lead.</p>")), "application/rss+xml")
    run = crawled("paper")
    (document,) = store.documents()
    assert (document.text, document.state, document.url) == ("A lead.", "unavailable", f"{web.url}/1")
    assert "/1" not in web.paths()
    assert run.health is Health.BLOCKED


# ------------------------------------------------------------------------------------------------ from night to night


def test_a_feed_is_not_asked_while_it_is_fresh_by_its_own_word(web, crawled):
    web.page("/feed.xml", rss(item(f"{web.url}/1", "A")), "application/rss+xml", Cache_Control="public, max-age=7200")
    web.page("/1", html("A", ARTICLE))
    crawled("paper")
    web.asked.clear()
    now = datetime.now(UTC)
    run = crawled("paper", started=now + timedelta(hours=1))
    assert web.paths() == []
    assert run.health is Health.QUIET
    assert messages(run)[0].startswith("not asked: fresh until ")
    crawled("paper", started=now + timedelta(hours=3))
    assert web.paths() == ["/feed.xml"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_be_spared_is_spared_on_later_nights(web, crawled, store, status):
    web.feed("/feed.xml", f"{web.url}/1")
    web.page("/feed.xml", "", status=status, Retry_After=str(36 * 3600))
    run = crawled("paper")
    assert run.health is Health.FAILING
    now = datetime.now(UTC)
    web.asked.clear()
    run = crawled("paper", started=now + timedelta(hours=24))
    assert web.paths() == []
    assert run.health is Health.FAILING, "silence is not success"
    assert messages(run)[0].startswith("asked not to be called before ")
    crawled("paper", started=now + timedelta(hours=48))
    assert web.paths() == ["/feed.xml"]


def test_one_busy_answer_spares_its_host_for_the_rest_of_the_run(web, crawled):
    web.feed("/feed.xml", *[f"{web.url}/{n}" for n in range(60)])
    for n in range(60):
        web.page(f"/{n}", "", status=429, Retry_After="3600")
    run = crawled("paper")
    assert len(web.paths()) < 30
    assert any("left for later: their host asked to be left alone" in message for message in messages(run))


# ------------------------------------------------------------------------------------------------ Lead


def test_a_lead_is_a_headline_its_publisher_and_a_date_and_never_a_body(web, crawled, store, spooled):
    source = '<source url="https://gazette.example">The Gazette</source>'
    web.page("/wire.xml", rss(item(f"{web.url}/opaque/1", "OpenAI sued over copyright - The Gazette", summary="<a href='x'>OpenAI sued</a> body", more=source)), "application/rss+xml")  # fmt: skip
    run = crawled("wire")
    assert web.paths() == ["/wire.xml"]
    assert (run.health, run.pages) == (Health.WELL, 1)
    (document,) = store.documents()
    assert (document.title, document.authors, document.text) == ("OpenAI sued over copyright", ("The Gazette",), "")
    assert (document.page_class, document.state) == (PageClass.TEASER, "unavailable")
    assert document.published.at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert b"body" not in spooled(run)[1].body
    again = crawled("wire", started=later(24))
    assert (again.health, again.pages) == (Health.QUIET, 0), "a known lead is not told twice"


# ------------------------------------------------------------------------------------------------ Sitemap


def urlset(*urls):
    items = "".join(f"<url><loc>{url}</loc>{more}</url>" for url, more in urls)
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{items}</urlset>'
    )


NEWS = (
    "<news:news><news:publication><news:name>Gazette</news:name><news:language>en</news:language></news:publication>"
    "<news:publication_date>2026-11-20T08:00:00-05:00</news:publication_date><news:title>Logs denied</news:title></news:news>"
)


def test_a_news_sitemap_is_followed_by_address_and_date(web, crawled, spooled):
    web.page("/sitemap.xml", urlset(
        (f"{web.url}/2026/logs", NEWS), (f"{web.url}/about", ""),
        (f"{web.url}/2025/old", "<lastmod>2025-01-02</lastmod>"), (f"{web.url}/2026/undated", ""),
    ), "application/xml")  # fmt: skip
    web.page("/2026/logs", html("Logs denied", ARTICLE))
    web.page("/2026/undated", html("Undated", ARTICLE))
    run = crawled("map")
    assert (run.health, run.entries, run.pages) == (Health.WELL, 4, 2)
    listing, *pages = spooled(run)
    assert listing.role is Role.LISTING
    logs = next(page for page in pages if page.url.endswith("logs"))
    assert (logs.entry.title, logs.entry.publisher) == ("Logs denied", "Gazette")
    assert logs.entry.published.at.isoformat() == "2026-11-20T08:00:00-05:00"


def test_an_index_of_gzipped_sitemaps_is_read_newest_first_and_only_what_changed(web, crawled):
    def index(*named):
        inner = "".join(
            f"<sitemap><loc>{web.url}/{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in named
        )
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>'

    web.page("/sitemap.xml", index(("old.xml.gz", "2024-05-01"), ("new.xml.gz", "2026-11-20")), "application/xml")
    page = urlset((f"{web.url}/2026/a", "<lastmod>2026-11-20T10:00:00Z</lastmod>"))
    web.page("/new.xml.gz", gzip.compress(page.encode(), mtime=0), "application/gzip", ETag='"1"')
    web.page("/2026/a", html("A", ARTICLE))
    run = crawled("map")
    assert (run.health, run.pages) == (Health.WELL, 1)
    assert web.paths() == ["/sitemap.xml", "/new.xml.gz", "/2026/a"]
    web.asked.clear()
    again = crawled("map", started=later(1))
    assert web.paths() == ["/sitemap.xml", "/new.xml.gz"]
    assert (again.health, again.not_modified) == (Health.QUIET, 1)


def test_a_changed_lastmod_brings_a_known_page_again(web, crawled):
    web.page(
        "/sitemap.xml", urlset((f"{web.url}/2026/a", "<lastmod>2026-11-20T10:00:00Z</lastmod>")), "application/xml"
    )
    web.page("/2026/a", html("A", ARTICLE))
    crawled("map")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    web.page(
        "/sitemap.xml", urlset((f"{web.url}/2026/a", f"<lastmod>{tomorrow.isoformat()}</lastmod>")), "application/xml"
    )
    web.asked.clear()
    crawled("map", started=tomorrow)
    assert "/2026/a" in web.paths()


@pytest.mark.parametrize(
    ("body", "health", "what"),
    [
        ("<title>Just a moment...</title>", Health.BLOCKED, "a bot challenge in place of the sitemap"),
        (urlset()[:-3], Health.FAILING, "not a whole sitemap"),
        (urlset(), Health.FAILING, "0 pages, where a healthy answer holds at least 1"),
    ],
    ids=["a challenge", "cut", "empty"],
)
def test_a_sitemap_that_is_none_is_never_a_quiet_day(web, crawled, body, health, what):
    web.page("/sitemap.xml", body, "application/xml")
    run = crawled("map")
    assert run.health is health
    assert what in messages(run)[0]


def test_addresses_that_fit_no_more_are_told(web, crawled):
    web.page("/sitemap.xml", urlset((f"{web.url}/stories/a", "")), "application/xml")
    assert "none of 1 addresses matches" in messages(crawled("map"))[0]


# ------------------------------------------------------------------------------------------------ Page


def test_a_polled_page_is_kept_when_its_words_change_and_only_then(web, crawled, store, spooled, tmp_path):
    def page(words, noise):
        return (
            f"<html><title>Tracker</title><script>{noise}</script><nav>{noise}</nav><article>{words}</article></html>"
        )

    web.page("/tracker", page(ARTICLE, "nonce-1"))
    assert (crawled("tracker").health, len(list(store.documents()))) == (Health.WELL, 1)
    web.page("/tracker", page(ARTICLE, "nonce-2"))
    quiet = crawled("tracker", started=later(24))
    assert (quiet.health, spooled(quiet)) == (Health.QUIET, [])
    web.page("/tracker", page(ARTICLE + "<p>A new case was filed on Tuesday in the Southern District.</p>", "nonce-3"))
    changed = crawled("tracker", started=later(48))
    assert (changed.health, [one.role for one in spooled(changed)]) == (Health.WELL, [Role.POLL])
    document, new = sorted(store.documents(), key=lambda one: -one.words)
    assert document.text.endswith("A new case was filed on Tuesday in the Southern District.")
    assert (new.title, new.text) == (
        f"Tracker: new on {spooled(changed)[0].at.day} {spooled(changed)[0].at:%B %Y}",
        "A new case was filed on Tuesday in the Southern District.",
    )
    assert (new.url, new.page_class, new.state) == (document.url, PageClass.ARTICLE, "read")
    stages.ingest(store, Registry([MATTER]), sorted(tmp_path.glob("*.warc.gz")), again=True)
    assert len(list(store.documents())) == 2, "read again, nothing is new"


def test_a_page_that_lists_editions_gives_its_new_links(web, crawled, store):
    def page(*numbers):
        links = "".join(f'<a href="/newsroom/edition-{n}#top">Edition {n}</a>' for n in numbers)
        return f'<html><title>Newsroom</title><body>{links}<a href="/about">About</a></body></html>'

    web.page("/newsroom", page(1))
    web.page("/newsroom/edition-1", html("Edition 1", ARTICLE))
    web.page("/newsroom/edition-2", html("Edition 2", ARTICLE))
    assert (crawled("newsroom").pages, web.paths()) == (1, ["/newsroom", "/newsroom/edition-1"])
    web.asked.clear()
    web.page("/newsroom", page(2, 1))
    crawled("newsroom", started=later(24))
    assert web.paths() == ["/newsroom", "/newsroom/edition-2"]
    assert {document.title for document in store.documents()} == {"Edition 1", "Edition 2"}


@pytest.mark.parametrize(
    ("path", "name", "body", "health", "what"),
    [
        (
            "/tracker",
            "tracker",
            "<title>Just a moment...</title>",
            Health.BLOCKED,
            "a bot challenge in place of the page",
        ),
        ("/tracker", "tracker", "<html><script>draw()</script></html>", Health.FAILING, "a page without words"),
        ("/newsroom", "newsroom", "<p>All new!</p>", Health.FAILING, "0 links match"),
    ],
)
def test_a_polled_page_that_gives_nothing_is_told(web, crawled, path, name, body, health, what):
    web.page(path, body)
    run = crawled(name)
    assert (run.health, what in messages(run)[0]) == (health, True)


# ------------------------------------------------------------------------------------------------ Opinions


def bench(*rows):
    cells = "".join(
        f'<div class="row"><div><div><div><a href="{url}">{number}</a></div></div></div>'
        f"<div><div><div>{caption}</div></div></div><div><div><div><span>{day}</span></div></div></div></div>"
        for url, number, caption, day in rows
    )
    return f"<html><body>{cells}</body></html>"


def test_a_court_s_list_of_opinions_is_read_by_juriscraper_and_fetched_by_us(web, crawled, spooled):
    web.page(
        "/opinions",
        bench((f"{web.url}/docs/26-7001.pdf", "26-7001", "Alder Press v. Beacon Labs", "November 20, 2026")),
    )
    web.page("/docs/26-7001.pdf", b"%PDF-1.7 opinion", "application/pdf")
    run = crawled("bench")
    assert (run.health, run.entries, run.pages, messages(run)) == (Health.WELL, 1, 1, [])
    listing, opinion = spooled(run)
    assert (listing.role, opinion.court, opinion.body) == (Role.LISTING, "cadc", b"%PDF-1.7 opinion")
    assert (opinion.entry.title, opinion.entry.published.iso()) == ("26-7001 Alder Press v. Beacon Labs", "2026-11-20T00:00:00-05:00")  # fmt: skip
    assert web.paths() == ["/opinions", "/docs/26-7001.pdf"]


@pytest.mark.parametrize(
    ("body", "health", "what"),
    [
        ("<html><body><p>We have moved.</p></body></html>", Health.FAILING, "no opinions on the list"),
        (bench(("/docs/1.pdf", "26-7001", "A v. B", "the day before yesterday")), Health.FAILING, "juriscraper cannot read the list"),
        ("<title>Just a moment...</title>", Health.BLOCKED, "a bot challenge in place of the list"),
    ],
    ids=["redesign", "a date nobody can read", "a challenge"],
)  # fmt: skip
def test_a_list_of_opinions_that_cannot_be_read_is_never_a_quiet_day(web, crawled, body, health, what):
    web.page("/opinions", body)
    run = crawled("bench")
    assert run.health is health
    assert what in messages(run)[0]


# ------------------------------------------------------------------------------------------------ Warc


def warc(*pages):
    """A WARC file as others write it: a gzip member a record."""
    return b"".join(map(_member, [("warcinfo", "", b"software: test\r\n")] + [
        ("response", url, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body.encode()) for url, body in pages
    ]))  # fmt: skip


def _member(record):
    kind, url, block = record
    named = {
        "WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2026-11-20T05:00:00Z",
        "WARC-Record-ID": "<urn:uuid:243f3933-e97b-4be7-9ad6-3c467d48d3c9>",
        "Content-Type": "application/http; msgtype=response" if url else "application/warc-fields",
        "Content-Length": len(block),
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value != "")
    return gzip.compress(b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n", mtime=0)


OURS = html("Suit", f'<html lang="en">{ARTICLE}')
PAGES = (
    ("https://www.gazette.example/ours", OURS),
    ("https://gazette.example/sport", html("Sport", "<p>chatbot</p>")),
    ("https://other.example/theirs", OURS),
    ("https://nogazette.example/theirs", OURS),
    ("https://gazette.example/fr", OURS.replace("<html>", '<html lang="fr">', 1).replace('lang="en"', "")),
)


def in_pieces(body):
    def answer(path, headers):
        start, end = (int(number) for number in headers["Range"].removeprefix("bytes=").split("-"))
        piece = body[start : end + 1]
        return 206, {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{len(body)}", "Content-Type": "application/gzip"}, piece  # fmt: skip

    return answer


def test_an_archive_is_filtered_before_it_is_parsed_and_read_once(web, crawled, spooled, store):
    names = ["crawl-data/CC-NEWS/a-1.warc.gz", "crawl-data/CC-NEWS/a-2.warc.gz"]
    web.page("/CC-NEWS/warc.paths.gz", gzip.compress("\n".join(names).encode(), mtime=0), "application/gzip")
    web.programs.append(("/crawl-data/", in_pieces(warc(*PAGES))))
    run = crawled("archive")
    assert set(web.paths()) == {"/CC-NEWS/warc.paths.gz", "/crawl-data/CC-NEWS/a-2.warc.gz"}
    pages = [one for one in spooled(run) if one.role is Role.PAGE]
    assert [page.url for page in pages] == ["https://www.gazette.example/ours"]
    assert "1 of 6 records kept" in messages(run)
    assert [document.url for document in store.documents()] == ["https://www.gazette.example/ours"]
    web.asked.clear()
    crawled("archive", started=later(24))
    assert set(web.paths()) == {"/CC-NEWS/warc.paths.gz", "/crawl-data/CC-NEWS/a-1.warc.gz"}


@pytest.mark.parametrize(
    ("program", "what"),
    [
        (in_pieces(warc(*PAGES)[:-40]), "a cut record"),
        (in_pieces(b"\x1f\x8bnonsense" * 99), "damaged compression"),
        (
            lambda path, headers: (206, {"Content-Type": "application/gzip"}, b""),
            "a piece of a file without its length",
        ),
    ],
    ids=["cut", "damaged", "no length"],
)
def test_a_damaged_archive_is_told_and_asked_for_again(web, crawled, store, program, what):
    web.page("/CC-NEWS/warc.paths.gz", "crawl-data/CC-NEWS/a.warc.gz\n", "text/plain")
    web.programs.append(("/crawl-data/", program))
    run = crawled("archive")
    assert run.health is Health.FAILING
    assert any(what in message for message in messages(run))
    assert f"{web.url}/crawl-data/CC-NEWS/a.warc.gz" not in store.ledger()


def test_an_empty_list_of_archives_is_told(web, crawled):
    web.page("/CC-NEWS/warc.paths.gz", "nothing\n", "text/plain")
    run = crawled("archive")
    assert (run.health, messages(run)) == (Health.FAILING, ["no WARC files on the list"])
