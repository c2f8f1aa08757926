"""What a page says of itself in its markup, also where that is broken or odd. Every page here is our own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.refine import read
from pipeline.refine.metadata import parse_time
from tests.refine.test_html import ARTICLE, PROSE, page


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2026-03-03T18:05:00Z", "2026-03-03T18:05:00+00:00", "second"),
        ("2026-03-03T18:05:00.123+0100", "2026-03-03T18:05:00+01:00", "second"),
        ("2026-03-03 18:05:00 -0500", "2026-03-03T18:05:00-05:00", "second"),
        ("Tue, 03 Mar 2026 18:05:00 GMT", "2026-03-03T18:05:00+00:00", "second"),
        ("2026-03-03", "2026-03-03T00:00:00+00:00", "day"),
        ("2026-03-03T18:05:00", "2026-03-03T00:00:00+00:00", "day"),
        ("2026-03-03T18:05:00+05:30", "2026-03-03T18:05:00+05:30", "second"),
        ("2026-03-03T18:05:00.1234567Z", "2026-03-03T18:05:00+00:00", "second"),
        ("2026-03-03t18:05:00z", "2026-03-03T18:05:00+00:00", "second"),
        ("2026-03-03T18:05:00+01:00[Europe/Berlin]", "2026-03-03T18:05:00+01:00", "second"),
        ("2026-03-03 18:05:00 EST", "2026-03-03T18:05:00-05:00", "second"),
        ("2026-07-03 18:05 PDT", "2026-07-03T18:05:00-07:00", "second"),
        ("20260303T180500Z", "2026-03-03T18:05:00+00:00", "second"),
        ("March 3, 2026", "2026-03-03T00:00:00+00:00", "day"),
        ("3 March 2026", "2026-03-03T00:00:00+00:00", "day"),
        ("Tuesday, March 3, 2026", "2026-03-03T00:00:00+00:00", "day"),
    ],
)
def test_a_clock_counts_only_with_its_zone(text, iso, precision):
    when = parse_time(text)
    assert when is not None
    assert (when.iso(), when.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "0000-00-00",
        "1899-01-01",
        "2026-13-40",
        "2026-02-30T10:00:00Z",
        "03/04/2026",
        "2026-03",
        "1772578800000",
    ],
)
def test_nonsense_says_nothing(text):
    assert parse_time(text) is None


def test_a_day_after_the_page_was_fetched_is_not_believed():
    assert read(page(ld=ARTICLE | {"datePublished": "2030-01-01T00:00:00Z"})).published is None
    assert read(page(ld=ARTICLE | {"datePublished": "2026-03-04T20:00:00+13:00"})).published is not None


OTHER = {"@type": "NewsArticle", "headline": "Another story on the same page", "datePublished": "2025-01-01T00:00:00Z"}
LOOP = {"@id": "#a", "@type": "Person", "name": {"@id": "#a", "name": {"@id": "#a"}}}


@pytest.mark.parametrize(
    ("source", "title"),
    [
        pytest.param(json.dumps([{"@type": "Organization"}, ARTICLE]), ARTICLE["headline"], id="an array"),
        pytest.param(json.dumps({"@graph": [OTHER, ARTICLE]}), ARTICLE["headline"], id="of two articles the one whose headline is shown"),
        pytest.param(json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}), ARTICLE["headline"], id="inside the page's main entity"),
        pytest.param(json.dumps(ARTICLE | {"@type": "http://schema.org/NewsArticle"}), ARTICLE["headline"], id="a type by its address"),
        pytest.param(json.dumps(ARTICLE | {"headline": ["One headline", "Two"]}), "One headline", id="a list of headlines"),
        pytest.param('{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "One behind another"}', "One behind another", id="two objects in a row"),
        pytest.param('{"@type": "NewsArticle", "headline": "With a comma",}', "With a comma", id="a trailing comma"),
        pytest.param(r'{"@type": "NewsArticle", "headline": "It\'s here"}', "It's here", id="an escape that is none"),
        pytest.param('{"@type": "NewsArticle", "headline": "Line\nbreak"}', "Line break", id="a line break within a string"),
        pytest.param('//<![CDATA[\n{"@type": "NewsArticle", "headline": "In CDATA"}\n//]]>', "In CDATA", id="in CDATA"),
        pytest.param('{"@type": "NewsArticle", "headline": "Cut off at', ARTICLE["headline"], id="cut off: the heading speaks"),
        pytest.param("[" * 5000 + "]" * 5000, ARTICLE["headline"], id="nothing but brackets"),
        pytest.param(json.dumps(ARTICLE | {"headline": 7}), ARTICLE["headline"], id="a number for a headline"),
        pytest.param(json.dumps(ARTICLE | {"headline": "A &lt;b&gt;bold&lt;/b&gt; move &amp;amp; more"}), "A bold move & more", id="markup escaped twice"),
    ],
)  # fmt: skip
def test_titles_in_odd_linked_data(source, title):
    script = f'<script type="application/ld+json">{source}</script>'
    assert read(page(f"<h1>{ARTICLE['headline']}</h1>{PROSE}", head=script)).title == title


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        pytest.param({"author": [[{"name": ["Mira Solano", "Jon Hale"]}]]}, ("Mira Solano", "Jon Hale"), id="lists in lists"),
        pytest.param({"author": "By Mira Solano and Jon Hale"}, ("Mira Solano", "Jon Hale"), id="a byline"),
        pytest.param({"author": 5}, (), id="a number"),
        pytest.param({"author": {"@id": "#a"}, "isPartOf": LOOP}, (), id="a person whose name is that person"),
    ],
)  # fmt: skip
def test_authors_in_odd_linked_data(stated, authors):
    assert read(page(ld=ARTICLE | stated)).authors == authors


@pytest.mark.parametrize(
    ("stated", "teaser"),
    [("900", True), ("1,200", True), (900, True), (120, False), ("²", False), ("9" * 6000, False), (-5, False), (["900"], False)],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_a_stated_number_of_words(stated, teaser):
    assert (read(page(ld=ARTICLE | {"wordCount": stated})).page_class.value == "teaser") is teaser


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("2026-03-03T18:05:00Z"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "@id", "name", "url"]), inner)
    ),
    max_leaves=6,
)
FIELDS = ["@type", "headline", "author", "datePublished", "wordCount", "articleBody", "articleSection", "inLanguage",
          "isAccessibleForFree", "hasPart", "mainEntity", "publisher", "sourceOrganization", "creditText"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), ODD))
def test_nothing_in_linked_data_stops_the_reader(stated):
    assert read(page(ld=ARTICLE | stated)).title


@pytest.mark.parametrize("address", ["https://[object Object]/a", "http://[x/", "https://exa mple.org:port/"])
def test_an_address_that_is_none_is_not_believed(address):
    found = read(page(head=f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'))
    assert found.title


@pytest.mark.parametrize("clock", ["Mon, 1 Jan 2026 00:00:00 +99999999999999999999", "2026-01-01T00:00:00+99:99", "²"])
def test_a_clock_that_is_none_says_nothing(clock):
    assert parse_time(clock) is None
