from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.publish.site.queries import FACETS
from pipeline.publish.site.search import Question, facets
from tests.publish.site_reader import page, words


def found(response) -> list[str]:
    return [address.removeprefix("/document/") for address in page(response).xpath("//*[@class='result']//h2/a/@href")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=lantern&type=order", {"order-91"}),
        ("q=lantern&kind=news", {"courier-1", "reprint-1", "teaser-1"}),
        ("q=lantern&source=herald", {"reprint-1"}),
        ("q=lantern&matter=lantern&judge=Otto+Wren", {"order-91"}),
        ("judge=Ines+Alder", {"opinion-45"}),
        ("court=demo&type=complaint", {"complaint-1"}),
        ("q=lantern&court=nowhere", set()),
    ],
)  # fmt: skip
def test_facets_narrow(get, query, expected):
    assert set(found(get(f"/search?{query}"))) == expected


def test_dates_narrow_and_both_days_are_included(site_over):
    from tests.publish.conftest import document, rows

    tables = rows()
    days = ["2030-10-01", "2030-10-02", "2030-10-03", "2030-10-04"]
    tables["documents"] = [
        *(document(day, "news", "walrus", published=f"{day}T12:00:00+00:00") for day in days),
        *tables["documents"],
    ]
    get = site_over(tables)
    assert found(get("/search?q=walrus&since=2030-10-02&until=2030-10-03")) == days[2:0:-1]
    assert found(get("/search?q=walrus&until=2030-10-01")) == days[:1]
    assert found(get("/search?since=2030-10-02&until=2030-10-02")) == days[1:2]
    assert found(get("/search?q=walrus&since=2040-01-01")) == []
    assert found(get("/search?q=walrus&until=1990-01-01")) == []


def test_facets_count_the_results_and_each_leads_to_as_many(get):
    tree = page(get("/search?q=lantern"))
    boxes = {words(box.cssselect("h2")[0]): box for box in tree.cssselect(".facet")}
    assert list(boxes) == ["Type", "Outlet or source", "Date"]  # all are in one matter: that says nothing
    for box in list(boxes.values())[:2]:
        for choice in box.cssselect("li"):
            address, number = choice.cssselect("a")[0].get("href"), words(choice.cssselect("span")[0])
            assert len(found(get(address))) == int(number), address


def test_a_facet_in_force_can_be_taken_back(get):
    tree = page(get("/search?q=lantern&type=order&kind=filing&since=2030-01-01"))
    taken_back = {words(a).partition(" ")[0]: a.get("href") for a in tree.cssselect(".chosen")}
    assert taken_back == {
        "order": "/search?q=lantern&kind=filing&since=2030-01-01",
        "Tue": "/search?q=lantern&kind=filing&type=order",
    }


def test_a_facet_with_one_choice_is_not_offered():
    rows = [
        {"court": "a", "matter": None, "type": one, "judge": None, "source": "s", "source_title": None}
        for one in ("order", "motion")
    ]
    assert [facet.name for facet in facets(Question(), rows, captions={}, courts={})] == ["type"]


def test_more_results_stand_on_the_next_page(site_over):
    from tests.publish.conftest import document, rows

    tables = rows()
    tables["documents"] += [
        document(f"w{n}", "news", "walrus", published="2030-11-21T02:00:00+00:00") for n in range(45)
    ]
    get = site_over(tables)
    pages = [found(get(f"/search?q=walrus&page={n}")) for n in (1, 2, 3, 4)]
    assert [len(one) for one in pages] == [20, 20, 5, 0]
    assert len({each for one in pages for each in one}) == 45
    beyond = page(get("/search?q=walrus&page=9"))
    assert beyond.xpath("string(//h2[contains(., 'page')])") == "No page 9"
    assert "/search?q=walrus" in beyond.xpath("//main//a/@href")
    assert page(get("/search?q=walrus&page=2")).xpath("//*[@rel='next']/@href") == ["/search?q=walrus&page=3"]


def test_under_a_result_stand_words_of_its_text_and_not_its_title_again(get):
    [quoted] = page(get("/search?q=harbor+training+manuals+fair+use&type=opinion")).xpath(
        "//*[@class='result']/p[@class='quote']"
    )
    assert "Quillwright copied 41,000 manuals" in words(quoted)
    assert [words(mark) for mark in quoted.iter("mark")][:2] == ["Harbor", "manuals"]


# ---------------------------------------------------------------------------------------------- no error on any question

texts = st.text(max_size=30)
queries = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("q", "kind", *FACETS, "since", "until", "order", "page"), texts)
)


@given(queries)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_is_an_error(get, query):
    encoded = urlencode(query, errors="surrogatepass")
    assert get(f"/search?{encoded}").status_code == 200


@given(queries)
def test_a_question_and_its_address_say_the_same(query):
    asked = Question.of(query)
    from urllib.parse import parse_qsl

    again = Question.of(dict(parse_qsl(asked.address(page=asked.page).partition("?")[2])))
    assert again == asked


@pytest.mark.parametrize(
    "day", ["2030-13-01", "yesterday", "0001-01-01", "9999-12-31", "20301", "2030-W01-1T", "\ud800"]
)
def test_what_is_no_day_is_left_out(day):
    asked = Question.of({"since": day, "until": day})
    assert (asked.since, asked.until, asked.chosen) == ("", "", {})


# ---------------------------------------------------------------------------------------------- following a search


def test_a_search_can_be_followed(get):
    tree = page(get("/search?q=lantern&type=order"))
    [auto] = tree.xpath("//link[@type='application/atom+xml']/@href")
    assert auto == "/search.atom?q=lantern&type=order"
    answer = get(auto)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    feed = etree.fromstring(answer.content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=atom) == [
        "https://docketwire.example/search.atom?q=lantern&type=order"
    ]
    assert feed.xpath("a:entry/a:link[@rel='alternate']/@href", namespaces=atom) == [
        "https://docketwire.example/document/order-91"
    ]
    assert (
        get("/search.json?q=lantern&type=order").json()["items"][0]["url"]
        == "https://docketwire.example/document/order-91"
    )
    assert get("/search.rss?q=%22").status_code == 200
    assert get(auto, if_none_match=answer.headers["etag"]).status_code == 304
