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


MEALS = [
    f"{dish}: rinse it, boil it for {n} minutes, salt it and leave it to cool."
    for n, dish in enumerate(["Rice", "Lentils", "Beans"], 9)
]
LONG = "The order covers all of the logs from the first day of training to the last, and the company has to name each book that it finds in them."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([*MEALS, "An end.", *MEALS], [*MEALS, "An end."], id="the page printed again, in one piece"),
        pytest.param([LONG, "A word.", LONG], [LONG, "A word."], id="a long paragraph again, as below a picture"),
        pytest.param([MEALS[0], "Tuesday", MEALS[1], "Wednesday", MEALS[0]], None, id="a dish that comes again is on the menu"),
        pytest.param([x for n in range(4) for x in ("Which ruling of the last ten years has changed your work the most?", f"Answer {n}.")], None, id="a question asked of each guest"),
        pytest.param([x for m in range(2) for n, t in enumerate("abc") for x in (f"{LONG} {t}", f"Day {m}{n}.")], None, id="several long paragraphs, each again by itself"),
    ],
)  # fmt: skip
def test_what_is_printed_twice_by_mistake_is_read_once(lines, expected):
    assert clean("\n".join(lines)).split("\n\n") == (expected or lines)


LINKS = frozenset(
    {
        "courts",
        "delaware",
        "archives",
        "tessellate",
        "training logs",
        "judge reads the riot act",
        "a day at the archive",
    }
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["- Courts", "- Delaware", LONG], [LONG], id="breadcrumbs above"),
        pytest.param([LONG, "Archives, Tessellate, training logs"], [LONG], id="tags below"),
        pytest.param([LONG, "Delaware", MEALS[0]], [LONG, "Delaware", MEALS[0]], id="one word that is a link between paragraphs is a heading"),
        pytest.param([LONG, "Judge reads the riot act", MEALS[0]], [LONG, MEALS[0]], id="another headline between paragraphs"),
        pytest.param([LONG, *(f"- A day at the archive and what it cost the {who}." for who in ("court", "town", "county"))], [LONG], id="stories with a line on each below"),
        pytest.param([LONG, "- A day at the archive and what it cost.", "- A night in court."], [LONG, "- A day at the archive and what it cost.\n- A night in court."], id="a list of the article's own"),
        pytest.param(["- Courts", "- Delaware"], ["- Courts\n- Delaware"], id="a page of links only keeps them"),
    ],
)  # fmt: skip
def test_links_at_the_ends_of_an_article(lines, expected):
    assert clean("\n".join(lines), links=LINKS).split("\n\n") == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "A sentence of the article.",
                "Advertisement",
                "- one",
                "- two",
                "Title",
                "",
                "By Mira Solano",
                "3 March 2026",
            ]
        ),
        max_size=12,
    )
)
def test_cleaning_twice_is_cleaning_once(lines):
    once = clean("\n".join(lines), titles=["Title"], authors=["Mira Solano"])
    assert clean(once, titles=["Title"], authors=["Mira Solano"]) == once


SAID = ["The court ruled on Monday.", "Nobody had expected it.", "The logs will be read.", "That takes weeks."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["COURTS", "Judge opens logs", *SAID], ["COURTS", *SAID], id="the title below a word about the section"),
        pytest.param(["Tuesday, March 3, 2026 - 5:45 PM by Mira Solano", *SAID], SAID, id="a date with a name"),
        pytest.param(["2026年3月3日 01時28分", *SAID], SAID, id="a date in Japanese"),
        pytest.param(["Von Mira Solano und Jon Hale", *SAID], SAID, id="the authors, in German"),
        pytest.param([*SAID, "Jon Hale", "hale@lantern.example", "@hale"], SAID, id="an author and where to write, below"),
        pytest.param([*SAID, "2026-03-03T18:05:00-05:00"], SAID, id="a stamp for machines"),
        pytest.param([*SAID, "3 March 2026, 18:05"], SAID, id="a date below"),
        pytest.param(["3 March 2026: the suit", "4 May 2026: the answer", *SAID, "5 June 2026: the order"], ["3 March 2026: the suit", "4 May 2026: the answer", *SAID, "5 June 2026: the order"], id="a chronicle"),
        pytest.param(["Mira Solano, who wrote the ruling, had warned them.", *SAID], ["Mira Solano, who wrote the ruling, had warned them.", *SAID], id="a sentence about the author"),
        pytest.param(["On March 3, 2026, the clock began to run.", *SAID], ["On March 3, 2026, the clock began to run.", *SAID], id="a sentence with a date"),
    ],
)  # fmt: skip
def test_who_wrote_it_and_when_is_no_part_of_the_text(lines, expected):
    assert (
        clean("\n".join(lines), titles=["Judge opens logs"], authors=["Mira Solano", "Jon Hale"]).split("\n\n")
        == expected
    )


def test_an_order_keeps_its_date_and_the_judge_s_name():
    assert clean("\n".join([*SAID, "March 3, 2026", "Mira Solano"])).endswith("March 3, 2026\n\nMira Solano")


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


@pytest.mark.parametrize(
    "line", ["Updated: May 5 " + "|" * 200 + " (share)", "Posted: 5 May 2026 " + "• " * 80 + "Share!"]
)
def test_a_first_line_of_bars_is_read_in_no_time(line):
    """Each bar doubled the ways to read it: this test does not end where that is so."""
    assert clean(f"{line}\nThe court ruled on Monday.").endswith("The court ruled on Monday.")
