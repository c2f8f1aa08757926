"""Web pages: text, metadata, and what kind of page it is. Every page here is our own."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.model import FeedEntry, Fetched, Kind, PageClass, Role, When
from pipeline.refine import read
from pipeline.refine.html import clean
from pipeline.refine.metadata import parse_time

PROSE = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "A federal judge in Delaware ordered Tessellate AI on Tuesday to hand over the logs that show which books its models were trained on.",
        "The publishers had asked for the logs since last autumn, saying that nothing else could show what was copied and when.",
        "Tessellate had called the request a fishing expedition, and offered a sample of one in ten thousand entries instead.",
        "The judge found the sample useless, because nobody could say how it had been drawn or whether it was complete.",
        "Lawyers for the publishers said that they would need about six weeks to read the logs once they had arrived.",
        "A spokesperson for the company said that it respected the ruling and was considering its options, including an appeal.",
    )
)


def page(body=PROSE, *, head="", ld=None, **more) -> Fetched:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    html = f"<!DOCTYPE html><html lang='en-GB'><head>{head}{script}</head><body><article>{body}</article></body></html>"
    return fetched(html.encode(), **more)


def fetched(
    body: bytes, *, url: str | None = "https://news.example/2026/logs", status=200, entry=None, kind=Kind.NEWS
) -> Fetched:
    at = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
    return Fetched(
        "news",
        kind,
        Role.PAGE,
        url,
        url,
        at,
        status,
        (("Content-Type", "text/html; charset=utf-8"),),
        body,
        entry=entry,
    )


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Judge orders Tessellate to hand over training logs",
    "author": [{"@type": "Person", "name": "Mira Solano"}, {"@type": "Person", "name": "Jon Hale"}],
    "datePublished": "2026-03-03T18:05:00-05:00",
}


def test_an_article_with_what_its_markup_states():
    document = read(page(ld=ARTICLE, head="<link rel='canonical' href='https://news.example/2026/logs-story'>"))
    assert document.page_class is PageClass.ARTICLE
    assert document.title == "Judge orders Tessellate to hand over training logs"
    assert document.authors == ("Mira Solano", "Jon Hale")
    assert document.published is not None
    assert (document.published.iso(), document.published.precision) == ("2026-03-03T18:05:00-05:00", "second")
    assert document.url == "https://news.example/2026/logs-story"
    assert document.language == "en"
    assert document.text.count("\n\n") == 5
    assert document.provenance.reader.startswith("trafilatura ")


@pytest.mark.parametrize(
    ("head", "ld", "title"),
    [
        pytest.param("<meta property='og:title' content='The card'>", {"@type": "Article", "headline": "The headline"}, "The headline", id="JSON-LD first"),
        pytest.param("<meta property='og:title' content='The card | The Lantern'>", None, "The card", id="then OpenGraph, without the site"),
        pytest.param("<meta property='og:title' content='A deal - maybe'>", None, "A deal - maybe", id="a dash of its own stays"),
        pytest.param("<meta property='og:title' content='A deal - News.Example'>", None, "A deal", id="the host's name goes"),
        pytest.param("<title>Only a title</title>", None, "Only a title", id="then the title"),
        pytest.param("", {"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Graph &amp; tree"}]}, "Graph & tree", id="inside a graph"),
        pytest.param("<meta property='og:title' content='Cut to length by the …'><title>Cut to length by the markup</title>", None, "Cut to length by the markup", id="a cut title is completed"),
    ],
)  # fmt: skip
def test_titles(head, ld, title):
    assert read(page(head=head, ld=ld)).title == title


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2026-03-03T18:05:00Z", "2026-03-03T18:05:00+00:00", "second"),
        ("2026-03-03T18:05:00.123+0100", "2026-03-03T18:05:00+01:00", "second"),
        ("2026-03-03 18:05:00 -0500", "2026-03-03T18:05:00-05:00", "second"),
        ("Tue, 03 Mar 2026 18:05:00 GMT", "2026-03-03T18:05:00+00:00", "second"),
        ("2026-03-03", "2026-03-03T00:00:00+00:00", "day"),
        ("2026-03-03T18:05:00", "2026-03-03T00:00:00+00:00", "day"),
    ],
)
def test_a_clock_counts_only_with_its_zone(text, iso, precision):
    when = parse_time(text)
    assert when is not None
    assert (when.iso(), when.precision) == (iso, precision)


@pytest.mark.parametrize("text", ["", "yesterday", "0000-00-00", "1899-01-01", "2026-13-40"])
def test_nonsense_says_nothing(text):
    assert parse_time(text) is None


def test_a_time_element_is_believed_when_nothing_else_speaks():
    document = read(page("<time datetime='2026-03-03T09:00:00+01:00'>3 March</time>" + PROSE))
    assert document.published is not None
    assert document.published.iso() == "2026-03-03T09:00:00+01:00"


def test_the_feed_says_what_the_page_leaves_out():
    when = When(datetime(2026, 3, 3, 12, tzinfo=UTC))
    entry = FeedEntry(
        "tag:1", "https://news.example/2026/logs", "From the feed", published=when, authors=("Mira Solano",)
    )
    document = read(page(entry=entry))
    assert (document.published, document.authors) == (when, ("Mira Solano",))


def test_a_canonical_link_to_the_front_page_is_not_believed():
    assert (
        read(page(head="<link rel='canonical' href='https://news.example/'>")).url == "https://news.example/2026/logs"
    )


def test_adverts_and_boxes_are_not_in_the_text():
    boxes = "<p>Advertisement</p><p>Read more: Another story</p><p>Sign up for our newsletter</p>"
    text = read(page(PROSE.replace("</p>", "</p>" + boxes, 1), ld=ARTICLE)).text
    assert "Advertisement" not in text
    assert "Another story" not in text
    assert "newsletter" not in text
    assert "fishing expedition" in text


@given(
    st.lists(
        st.sampled_from(["A sentence of the article.", "Advertisement", "- one", "- two", "Title", ""]), max_size=12
    )
)
def test_cleaning_twice_is_cleaning_once(lines):
    once = clean("\n".join(lines), titles=["Title"])
    assert clean(once) == once


SHORT = "<p>The full story is for readers who pay.</p>"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        pytest.param(page(status=404), PageClass.ERROR, id="not found"),
        pytest.param(page("<p>Sorry.</p>", head="<title>Page not found</title>"), PageClass.ERROR, id="not found, though it says 200"),
        pytest.param(page("<p>Checking your browser before you go on.</p>", head="<title>Just a moment...</title>", status=403), PageClass.CHALLENGE, id="bot challenge"),
        pytest.param(page("<p>Verify you are human.</p>"), PageClass.CHALLENGE, id="bot challenge, though it says 200"),
        pytest.param(page("<p>We and our 812 partners store cookies. Accept all cookies?</p>", head="<title>Before you continue</title>"), PageClass.CONSENT, id="consent"),
        pytest.param(page("<form><input type='password'></form>", head="<title>Log in to CM/ECF</title>"), PageClass.LOGIN, id="login"),
        pytest.param(page(ld=ARTICLE | {"@type": "LiveBlogPosting"}), PageClass.LIVE, id="live blog"),
        pytest.param(page(SHORT, ld=ARTICLE | {"isAccessibleForFree": False}), PageClass.TEASER, id="paid"),
        pytest.param(page(SHORT, ld=ARTICLE | {"wordCount": 900}), PageClass.TEASER, id="a part of nine hundred words"),
        pytest.param(page("<p>Subscribe to continue reading this story.</p>", ld=ARTICLE), PageClass.TEASER, id="paid by its wording"),
        pytest.param(page("<p>Watch the hearing.</p>", ld={"@type": "VideoObject", "name": "Hearing"}), PageClass.MEDIA, id="video"),
        pytest.param(page("".join(f"<p><a href='/{i}'>A headline of several words, number {i}</a></p>" for i in range(30))), PageClass.INDEX, id="a list of headlines"),
    ],
)  # fmt: skip
def test_page_classes(given_, expected):
    assert read(given_).page_class is expected


CARDS = "".join(
    f"<div class='card'><h3><a href='/s/{i}'>Court hears argument number {i} in the archive case</a></h3><p>The {i}th panel sat on Monday and will rule in spring.</p></div>"
    for i in range(14)
)
POSTS = "".join(f"<div><time datetime='2026-03-03T1{i}:00:00Z'>1{i}:00</time>{PROSE}</div>" for i in range(4))


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        pytest.param(page(), PageClass.ARTICLE, id="an article without a word of markup"),
        pytest.param(page("<p>Cookies help us. Accept all cookies?</p>" + PROSE, ld=ARTICLE), PageClass.ARTICLE, id="an article under a cookie bar"),
        pytest.param(page(PROSE + "<p>Already a subscriber? Log in</p>", ld=ARTICLE | {"isAccessibleForFree": True}), PageClass.ARTICLE, id="an article with a subscriber's link"),
        pytest.param(page(PROSE, head="<title>Access denied: judge keeps logs from authors</title>"), PageClass.ARTICLE, id="an article about access denied"),
        pytest.param(page("<form><input type='password'></form>" + PROSE, ld=ARTICLE), PageClass.ARTICLE, id="an article with a login box"),
        pytest.param(page(PROSE + "<iframe src='https://video.example/1'></iframe>", ld=[ARTICLE, {"@type": "VideoObject", "name": "Clip"}]), PageClass.ARTICLE, id="an article with a video"),
        pytest.param(page(POSTS, url="https://news.example/live/logs-hearing"), PageClass.LIVE, id="live by its address"),
        pytest.param(page(CARDS, url="https://news.example/tag/courts"), PageClass.INDEX, id="cards with a line each"),
        pytest.param(page(CARDS[:900], url="https://news.example/"), PageClass.INDEX, id="a front page"),
        pytest.param(page(CARDS, ld={"@type": "CollectionPage", "name": "Courts"}), PageClass.INDEX, id="a collection by its own word"),
        pytest.param(page("<p>You have read your last free article. To continue reading, choose a plan.</p>", ld=ARTICLE), PageClass.TEASER, id="the last free article"),
        pytest.param(page(PROSE[:700] + "</p><p>This article is only available to subscribers.</p>"), PageClass.TEASER, id="a teaser of two paragraphs"),
        pytest.param(page("<h1>Sign in</h1><form><input name='user'><input type='password'></form>", head="<title>Sign in to the Lantern</title>"), PageClass.LOGIN, id="sign in"),
        pytest.param(page("<p>Sie müssen Cookies zustimmen. Alle akzeptieren</p>", head="<title>We value your privacy</title>"), PageClass.CONSENT, id="consent by its title"),
        pytest.param(page("<p>Please enable JS and disable any ad blocker</p>", head="<title>news.example</title>", status=403), PageClass.CHALLENGE, id="challenge with little to read"),
        pytest.param(page("<p>Our systems have detected unusual traffic from your network.</p>", status=429), PageClass.CHALLENGE, id="too many requests"),
        pytest.param(page("<p>Press and hold to confirm.</p>", head="<title>Pardon Our Interruption</title>"), PageClass.CHALLENGE, id="press and hold"),
        pytest.param(page("<p>Gone.</p>", status=410), PageClass.ERROR, id="gone"),
        pytest.param(page("<p>Try again later.</p>", head="<title>503 Service Unavailable</title>"), PageClass.ERROR, id="unavailable, though it says 200"),
        pytest.param(page("<p>The page you are looking for has moved.</p>", head="<title>Oops! Page not found | The Lantern</title>"), PageClass.ERROR, id="oops"),
        pytest.param(page("<p>Listen to this week's episode.</p>", ld={"@type": "PodcastEpisode", "name": "The privilege log"}), PageClass.MEDIA, id="podcast"),
        pytest.param(page("<p>The hearing, in full.</p>", head="<meta property='og:type' content='video.other'>"), PageClass.MEDIA, id="video by OpenGraph"),
    ],
)  # fmt: skip
def test_page_classes_of_pages_that_resemble_another(given_, expected):
    assert read(given_).page_class is expected


ADS = {
    "label and words": "<div class='x'><p>Sponsor ad – 728 × 90</p><p>Quill Hearing Aids: hear the gavel again.</p></div>",
    "label, break, words": "<div>Advertisement – story continues below<br>Gull Boat Insurance. Boats and busy lives.</div>",
    "paid link alone": "<p><a rel='sponsored' href='/out'>Buy the best logs in the whole world today</a></p>",
    "paid link under a label": "<div><p>Ad</p><a rel='nofollow sponsored' href='/out'>Gull Boat Insurance, for boats</a></div>",
    "network's element": "<ins class='adsbygoogle'><p>Cheap mattresses for lawyers who cannot sleep.</p></ins>",
    "network's attribute": "<div data-ad-slot='7'><p>Cheap mattresses for lawyers who cannot sleep.</p></div>",
    "label for screen readers": "<aside aria-label='Advertisement'><p>Cheap mattresses for lawyers.</p></aside>",
}


@pytest.mark.parametrize("advert", ADS.values(), ids=ADS.keys())
def test_an_advert_goes_by_its_markup_whatever_it_says(advert):
    assert read(page(PROSE.replace("</p>", "</p>" + advert, 1))).text == read(page()).text


@pytest.mark.parametrize("sentence", [
    "The company sells <a rel='sponsored' href='/out'>a logging kit</a> that two courts have praised in their orders.",
    "Advertisement revenue paid for the archive, the company told the judge in a letter that was filed on Monday.",
])  # fmt: skip
def test_a_sentence_with_a_paid_link_or_about_advertising_stays(sentence):
    plain = sentence.replace("<a rel='sponsored' href='/out'>", "").replace("</a>", "")
    assert plain in read(page(f"{PROSE}<p>{sentence}</p>")).text


def test_what_a_release_says_of_itself_above_its_text_goes():
    head = "<p>Issue date: <time datetime='2026-03-03'>March 3, 2026</time> · Release No. 26-45</p>"
    assert read(page(head + PROSE, kind=Kind.RELEASE)).text == read(page(kind=Kind.RELEASE)).text


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Issue date: · Release No. 26-45", False),
        ("FOR IMMEDIATE RELEASE", False),
        ("Posted on: March 3, 2026 | Ref. 12/2026", False),
        ("Release No. 26-45 was withdrawn on Monday, and the Office has issued a correction.", True),
        ("Date night at the Copyright Office", True),
    ],
)
def test_lines_of_metadata(line, stays):
    assert (line in clean(f"{line}\nThe Office opened an inquiry.")) is stays


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_page_that_is_none_keeps_the_feeds_title_and_no_text(status):
    entry = FeedEntry("tag:1", None, "The headline in the feed")
    document = read(page(status=status, entry=entry))
    assert (document.title, document.text, document.state) == ("The headline in the feed", "", "blocked")


def test_markup_without_a_page_is_refused():
    with pytest.raises(ReadError, match="without words"):
        read(fetched(b"<html><body></body></html>"))


def test_the_id_is_that_of_the_url_whatever_the_body():
    assert read(page()).id == read(page(head="<title>Another</title>")).id
