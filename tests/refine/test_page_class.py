"""What kind of page arrived. Every page here is our own."""

from __future__ import annotations

import pytest

from pipeline.model import PageClass
from pipeline.refine import read
from tests.refine.test_html import ARTICLE, PROSE, fetched, page

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


def bare(title: str, body: str, *, status: int = 200):
    """A page that calls itself nothing."""
    return fetched(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), status=status)


@pytest.mark.parametrize(
    ("title", "body", "status"),
    [
        pytest.param("Robot check", "<p>Please complete the CAPTCHA to go on.</p>", 200, id="captcha"),
        pytest.param("Human Verification", "<p>We need to know that a person is there.</p>", 202, id="by its title"),
        pytest.param("One moment", "<p>Making sure that you are not a bot.</p>", 200, id="not a bot"),
        pytest.param("Lantern", "<p>Slide to verify</p>", 200, id="a slider"),
        pytest.param("Checkpoint", "<p>We are verifying your browser.</p>", 429, id="verifying the browser"),
        pytest.param("Access Denied", "<p>You may not see this page.</p><p>Reference #18.2b.17</p>", 403, id="denied, with a reference"),
        pytest.param("One moment", "<noscript>Enable JavaScript and cookies to continue</noscript>", 200, id="only for those without scripts"),
    ],
)  # fmt: skip
def test_challenges(title, body, status):
    assert read(bare(title, body, status=status)).page_class is PageClass.CHALLENGE


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("Lantern", "<p>This article has been removed.</p>", id="removed"),
        pytest.param("Lantern", "<p>This content is not available in your region.</p>", id="not in your region"),
        pytest.param("Back soon", "<p>The site is down for maintenance.</p>", id="maintenance"),
        pytest.param("Lantern", "<p>Something went wrong. Try again.</p>", id="went wrong"),
        pytest.param("lantern.example", "<p>This domain may be for sale.</p>", id="for sale"),
        pytest.param("Lantern", "", id="a title and no more"),
    ],
)  # fmt: skip
def test_pages_that_say_that_there_is_nothing(title, body):
    assert read(bare(title, body)).page_class is PageClass.ERROR


FIRST = PROSE.partition("</p>")[0] + "</p>"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        pytest.param(page(FIRST, head="<meta property='article:content_tier' content='locked'>", ld=ARTICLE), PageClass.TEASER, id="locked by its tier"),
        pytest.param(page(FIRST, head="<meta property='article:content_tier' content='metered'>", ld=ARTICLE), PageClass.ARTICLE, id="a metered page that is open"),
        pytest.param(page(FIRST + "<p>Become a member to read the rest.</p>", ld=ARTICLE), PageClass.TEASER, id="for members"),
        pytest.param(page(FIRST + "<h2>This article is reserved for paying subscribers</h2>", ld=ARTICLE), PageClass.TEASER, id="reserved"),
        pytest.param(page("<p>Accept all cookies to go on.</p>", head="<title>We value your privacy</title><meta property='og:type' content='article'>"), PageClass.CONSENT, id="a consent page that calls itself an article"),
        pytest.param(page(FIRST, head="<title>Are you a robot? A court asks</title>", ld=ARTICLE), PageClass.ARTICLE, id="a brief about robots"),
        pytest.param(page("<p>The form that asks readers to accept all cookies misleads them, the court said on Tuesday.</p>", ld=ARTICLE), PageClass.ARTICLE, id="a brief about consent"),
        pytest.param(page(FIRST, head="<title>Lawyers fined for footnotes not found</title>", ld=ARTICLE), PageClass.ARTICLE, id="a brief about what was not found"),
        pytest.param(page(FIRST, ld=ARTICLE, url="https://news.example/live-music/logs"), PageClass.ARTICLE, id="live music"),
        pytest.param(page(POSTS, head="<title>Live updates: the logs hearing</title>"), PageClass.LIVE, id="live by its title and its times"),
        pytest.param(page(FIRST, head="<title>Court to offer live coverage of hearings</title>", ld=ARTICLE), PageClass.ARTICLE, id="an article about live coverage"),
        pytest.param(page(POSTS, url="https://news.example/2026/logs-hearing-live-updates"), PageClass.LIVE, id="live at the end of its address"),
        pytest.param(page(CARDS[:900], url="https://news.example/tag/copyright"), PageClass.INDEX, id="a tag's page with few cards"),
        pytest.param(page(FIRST, url="https://news.example/?p=77"), PageClass.ARTICLE, id="an article by its number"),
        pytest.param(page("".join(f"<li><a href='/{i}'>Result number {i} of the search</a> Seen in court.</li>" for i in range(9)), head="<title>Search results for logs</title>"), PageClass.INDEX, id="a search"),
        pytest.param(page("<h1>The hearing</h1><iframe src='https://tube.example/embed/1'></iframe><p>Watch it here.</p>"), PageClass.MEDIA, id="a player and a line"),
        pytest.param(page("<p>Watch it here.</p>", head="<meta property='og:type' content='video.episode'>"), PageClass.MEDIA, id="an episode"),
        pytest.param(page(FIRST + "<iframe src='https://tube.example/embed/1'></iframe>", ld=ARTICLE), PageClass.ARTICLE, id="a brief with a player"),
        pytest.param(page("<form><input type='password'></form><p>" + "This is a restricted system of the courts. " * 15 + "</p>", head="<title>CM/ECF login</title>"), PageClass.LOGIN, id="a login with a warning"),
    ],
)  # fmt: skip
def test_odd_pages(given_, expected):
    assert read(given_).page_class is expected


def test_a_banner_beside_a_short_release_keeps_nothing_from_us():
    told = "<p>" + "The office answered the court’s question on Monday. " * 12 + "</p>"
    banner = "<div class='b'><p>We value your privacy. We and our partners store cookies. Accept all cookies</p></div>"
    found = read(page(f"{told}{banner}", head="<title>The office answers the court</title>"))
    assert (found.page_class, len(found.text.split()) > 60) == (PageClass.ARTICLE, True)


BRIEF = "<p>Das Gericht hat am Dienstag geurteilt.</p><p>Beide Seiten prüfen das Urteil.</p>"
FOOTER = "<footer><a href='/c'>Cookie-Einstellungen</a> <a href='/d'>Manage privacy</a></footer>"
RELATED = "".join(f"<h3><a href='/r/{i}'>What the court said of archive number {i}</a></h3>" for i in range(12))
TICKER = "".join(
    f"<div><b>1{i}:0{i} Uhr</b><p>Der Zeuge Nummer {i} sagt, was er gesehen hat.</p></div>" for i in range(5)
)
CUT = (
    "<p>"
    + "東京地裁は十日、開示を命じる判決を言い渡した。" * 14
    + "被告側は判決文を精査したうえで対応を検討する...</p>"
)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        pytest.param(page(BRIEF + FOOTER), PageClass.ARTICLE, id="a brief above a footer about cookies"),
        pytest.param(page(PROSE + RELATED), PageClass.ARTICLE, id="an article above many headlines"),
        pytest.param(page("".join(f"<h3><a href='/r/{i}'>What the court said of archive {i}</a></h3><p>It rules in spring, case {i}.</p>" for i in range(5))), PageClass.INDEX, id="headlines and a line below each, unboxed"),
        pytest.param(page("<p>Sara Lind writes about courts.</p>", ld={"@type": "ProfilePage", "name": "Sara Lind"}), PageClass.INDEX, id="an author's page"),
        pytest.param(page(TICKER, head="<title>Liveticker: Der Prozess</title>"), PageClass.LIVE, id="a ticker whose hours are in no time element"),
        pytest.param(page(PROSE + TICKER, head="<title>Der Prozess, Stunde um Stunde</title>"), PageClass.ARTICLE, id="an article with hours"),
        pytest.param(page("<p>" + "東京地裁は十日、開示を命じる判決を言い渡した。" * 14 + "</p><video src='/v.mp4'></video>"), PageClass.ARTICLE, id="a script without spaces"),
        pytest.param(page(CUT, ld=ARTICLE | {"isAccessibleForFree": False}), PageClass.TEASER, id="paid, and cut off"),
        pytest.param(page(CUT, ld=ARTICLE), PageClass.ARTICLE, id="free, and ends in dots"),
        pytest.param(page(BRIEF, ld=ARTICLE | {"isAccessibleForFree": False, "wordCount": 11}), PageClass.ARTICLE, id="paid, short, and whole"),
        pytest.param(page("<nav>Déjà abonné ? Connectez-vous</nav>" + BRIEF), PageClass.ARTICLE, id="subscribers are greeted in the navigation"),
        pytest.param(page("<div class='h-captcha'></div><p>Un instant.</p>"), PageClass.CHALLENGE, id="a captcha and little else"),
        pytest.param(page("<div class='h-captcha'></div>" + PROSE), PageClass.ARTICLE, id="a captcha below an article"),
    ],
)  # fmt: skip
def test_what_a_page_s_structure_says(given_, expected):
    assert read(given_).page_class is expected
