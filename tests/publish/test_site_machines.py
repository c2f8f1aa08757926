from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.publish.site import pages
from pipeline.publish.site.linked_data import script
from tests.publish.conftest import rows
from tests.publish.site_reader import page, words

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.mark.parametrize(
    "path", ["/", "/matters", "/matter/lantern", "/document/order-91", "/document/courier-2", "/story/courier-1", "/stories", "/search?q=x",
             "/calendar", "/courts", "/defendants", "/sources", "/data", "/about"],
)  # fmt: skip
def test_a_page_says_what_it_is_to_machines(get, path):
    tree = page(get(path))
    address = "https://docketwire.example" + path.partition("?")[0]
    assert tree.xpath("//link[@rel='canonical']/@href") == [address]
    graph = {meta.get("property"): meta.get("content") for meta in tree.xpath("//meta[@property]")}
    assert graph["og:url"] == address
    assert graph["og:site_name"] == "docketwire"
    assert graph["og:type"] in {"website", "article"}
    assert graph["og:title"]
    assert graph["og:description"] == tree.xpath("//meta[@name='description']/@content")[0] != ""


@pytest.mark.parametrize(
    ("path", "kind", "of"),
    [("/", "WebSite", None), ("/matter/lantern", "CollectionPage", None), ("/document/order-91", "WebPage", "DigitalDocument"),
     ("/document/courier-2", "WebPage", "NewsArticle"), ("/document/office-1", "WebPage", "Article"), ("/story/courier-1", "CollectionPage", None),
     ("/data", "Dataset", None)],
)  # fmt: skip
def test_linked_data_names_the_thing(get, path, kind, of):
    [data] = page(get(path)).xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(data)
    assert (told["@context"], told["@type"]) == ("https://schema.org", kind)
    assert told.get("mainEntity", {}).get("@type") == of


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=30)))
def test_linked_data_cannot_end_its_element(thing):
    element = html.fragment_fromstring(f'<script type="application/ld+json">{script(thing)}</script>')
    assert json.loads(element.text) == thing


def test_what_is_invented_is_not_to_be_indexed(get, site_over):
    assert "Disallow: /\n" in get("/robots.txt").text
    assert page(get("/")).xpath("//meta[@name='robots']/@content") == ["noindex"]
    live = site_over(purpose="live")
    robots = live("/robots.txt").text
    assert "Disallow: /\n" not in robots
    assert "Sitemap: https://docketwire.example/sitemap.xml" in robots
    assert page(live("/")).xpath("//meta[@name='robots']/@content") == ["index, follow"]
    assert page(live("/search?q=x")).xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


def test_sitemaps_hold_every_document_once(get, monkeypatch):
    monkeypatch.setattr(pages, "ADDRESSES", 5)
    listed = etree.fromstring(get("/sitemap.xml").content).xpath("s:sitemap/s:loc/text()", namespaces=SITEMAP)
    assert [address.rpartition("-")[2] for address in listed] == ["0.xml", "1.xml", "2.xml", "3.xml"]
    found = []
    for address in listed:
        urls = etree.fromstring(get(address.removeprefix("https://docketwire.example")).content)
        found += urls.xpath("s:url/s:loc/text()", namespaces=SITEMAP)
    assert len(found) == len(set(found)) == 11 + 3 + 13
    assert {get(address.removeprefix("https://docketwire.example")).status_code for address in found} == {200}
    assert get("/sitemap-9.xml").status_code == 404


def test_a_page_knows_when_it_changed(get):
    first = get("/matters")
    assert first.headers["last-modified"] == "Thu, 21 Nov 2030 04:12:00 GMT"
    assert get("/matters", if_modified_since=first.headers["last-modified"]).status_code == 304
    assert get("/matters", if_modified_since="Wed, 20 Nov 2030 00:00:00 GMT").status_code == 200
    assert get("/matters", if_modified_since="yesterday").status_code == 200
    assert get("/matters", if_modified_since=first.headers["last-modified"], if_none_match='"other"').status_code == 200


def test_a_page_changes_at_midnight(site_over):
    from datetime import UTC, datetime

    get = site_over(now=datetime(2030, 11, 22, 7, tzinfo=UTC))
    assert get("/matters").headers["last-modified"] == "Fri, 22 Nov 2030 00:00:00 GMT"


# ---------------------------------------------------------------------------------------------- data


def test_every_example_of_the_data_page_works(site_over):
    tables = rows()
    [quiet] = [row for row in tables["matters"] if row["slug"] == "nobody-v-nothing"]
    quiet["updated"] = "2030-11-30T00:00:00-05:00"  # the newest of all has no ruling
    get = site_over(tables)
    tree = page(get("/data"))
    examples = tree.xpath("//*[@class='examples']//a/@href")
    assert len(examples) == 5
    for address in examples:
        answer = get(address)
        assert answer.status_code == 200, address
        assert answer.text.strip() not in {"", "[]"}, address  # an example that answers nothing shows nothing
        assert answer.headers["access-control-allow-origin"] == "*"
    assert (
        get("/docketwire/rulings_of.json?_shape=array&matter=lantern").json()[0]["outcome"]
        == "denied without prejudice"
    )
    assert [row["title"] for row in get("/docketwire/dates_ahead.json?_shape=array&from=2030-12-01").json()] == [
        "conference"
    ]
    assert get("/docketwire/new_since.json?_shape=array&day=2030-11-21").json()


def test_the_schema_is_given_as_it_is(get):
    answer = get("/schema.sql")
    assert answer.headers["content-type"].startswith("text/plain")
    with sqlite3.connect(":memory:") as db:
        db.executescript(answer.text)
    db.close()


def test_every_table_is_explained(get, query):
    told = {words(one) for one in page(get("/data")).cssselect(".tables dt")}
    assert told >= {
        row["name"]
        for row in query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' AND name <> 'about'", {}
        )
    }


def test_canned_queries_are_the_only_ones(get):
    assert get("/docketwire/rulings_of?matter=lantern&sql=select+1").status_code == 200
    assert get("/docketwire.json?sql=select+*+from+about").status_code == 403


# ---------------------------------------------------------------------------------------------- about


@pytest.mark.parametrize(
    ("contact", "expected"),
    [("desk@docketwire.example", ["mailto:desk@docketwire.example"]), ("https://docketwire.example/contact", ["https://docketwire.example/contact"]),
     ("javascript:alert(1)", []), ("", [])],
)  # fmt: skip
def test_corrections_have_an_address(site_over, contact, expected):
    tree = page(site_over(contact=contact)("/about"))
    assert [href for href in tree.xpath("//*[@id='corrections']/following-sibling::p[1]//a/@href")] == expected  # noqa: C416
    assert tree.xpath("//*[@id='opt-out']")
