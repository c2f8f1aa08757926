"""Section, wire service and what machines are told. Every page here is our own."""

from __future__ import annotations

import pytest

from pipeline.refine import read
from pipeline.refine.origin import agency, robots, section
from tests.refine.test_html import ARTICLE, PROSE, fetched, page

BODY = "A federal judge ordered Tessellate on Tuesday to hand over its logs. The company will appeal."


@pytest.mark.parametrize(
    ("article", "authors", "text", "expected"),
    [
        pytest.param({}, (), f"SAN FRANCISCO, Nov 2 (Reuters) - {BODY}", "Reuters", id="dateline with a date"),
        pytest.param({}, (), f"NEW YORK (AP) — {BODY}", "AP", id="dateline"),
        pytest.param({}, (), f"(dpa) - {BODY}", "dpa", id="initials alone"),
        pytest.param({}, ("Mira Solano, Associated Press",), BODY, "AP", id="byline with the service"),
        pytest.param({}, ("AFP",), BODY, "AFP", id="byline is the service"),
        pytest.param({}, ("By Reuters",), BODY, "Reuters", id="by the service"),
        pytest.param({"sourceOrganization": {"name": "The Canadian Press"}}, (), BODY, "The Canadian Press", id="the markup"),
        pytest.param({"provider": [{"name": "Press Trust of India"}]}, (), BODY, "PTI", id="the markup, in a list"),
        pytest.param({}, (), f"{BODY}\n\nCopyright 2026 The Associated Press. All rights reserved.", "AP", id="credit"),
        pytest.param({}, (), f"{BODY}\n\n— Reuters", "Reuters", id="signed"),
        pytest.param({}, ("Mira Solano",), BODY, None, id="none"),
        pytest.param({}, (), f"Publishers (AP) had asked. {BODY}", None, id="initials in a sentence"),
        pytest.param({}, ("Bloomberg Law",), BODY, None, id="another outlet of that name"),
        pytest.param({}, (), f"{BODY} Its owner told Reuters so.", None, id="a service is quoted"),
        pytest.param({"publisher": {"name": "Reuters"}, "provider": 7}, (), BODY, None, id="broken markup"),
    ],
)  # fmt: skip
def test_the_wire_service_whose_report_this_is(article, authors, text, expected):
    assert agency(article, authors, text, url="https://lantern.example/logs") == expected


def test_on_its_own_site_a_service_is_the_outlet():
    assert agency({}, ("AP",), f"NEW YORK (AP) — {BODY}", url="https://apnews.com/article/1") is None


@pytest.mark.parametrize(
    ("article", "meta", "expected"),
    [
        pytest.param({"articleSection": "Business"}, {}, "Business", id="a word"),
        pytest.param({"articleSection": [None, "Law", "Technology"]}, {}, "Law", id="the first of several"),
        pytest.param({}, {"article:section": ["Courts"]}, "Courts", id="OpenGraph"),
        pytest.param({"articleSection": {"name": "Law"}}, {}, None, id="neither word nor list"),
        pytest.param({"articleSection": "x" * 90}, {}, None, id="too long for a name"),
        pytest.param({}, {}, None, id="not stated"),
    ],
)
def test_sections(article, meta, expected):
    assert section(article, meta) == expected


@pytest.mark.parametrize(
    ("meta", "headers", "expected"),
    [
        pytest.param({}, (), (), id="nothing"),
        pytest.param({"robots": ["index, follow, max-image-preview:large"]}, (), (), id="nothing is forbidden"),
        pytest.param({"robots": ["NOINDEX, noarchive"]}, (), ("noarchive", "noindex"), id="meta"),
        pytest.param({"tdm-reservation": ["1"]}, (), ("tdm-reservation",), id="TDM meta"),
        pytest.param({}, (("X-Robots-Tag", "docketwire: noai"), ("TDM-Reservation", "1")), ("noai", "tdm-reservation"), id="headers"),
    ],
)  # fmt: skip
def test_what_machines_are_told(meta, headers, expected):
    from dataclasses import replace

    answer = replace(page(), headers=(*page().headers, *headers))
    assert robots(answer, meta) == expected


def test_a_page_carries_all_three():
    head = "<meta name='robots' content='noarchive'>"
    document = read(
        page(f"<p>BOSTON (AP) — Logs are wanted by all.</p>{PROSE}", ld=ARTICLE | {"articleSection": "Law"}, head=head)
    )
    assert (document.section, document.agency, document.robots) == ("Law", "AP", ("noarchive",))


# ---------------------------------------------------------------------------------------------- pages made to harm

DEEP = b"<html><body>" + b"<div>" * 200_000 + b"<p>The judge ordered the logs.</p></body></html>"
BOMB = (
    b"<!DOCTYPE a ["
    + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><html><body><p>&e11; The judge ordered the logs.</p></body></html>"
)
LISTS = b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(DEEP, id="two hundred thousand open boxes"),
        pytest.param(BOMB, id="entities within entities"),
        pytest.param(b"<html><head>" + LISTS + b"</head><body><p>The judge ordered it.</p></body></html>", id="JSON-LD of open brackets"),
        pytest.param(b"<html><head><script type='application/ld+json'>{\"@graph\": [1, null, \"x\", {\"@type\": 7, \"headline\": [3]}]}</script></head><body><p>The judge ordered it.</p></body></html>", id="JSON-LD of the wrong kinds"),
        pytest.param(b"<p>A judge<b>ordered<i>the logs<table><td>open" * 2000, id="nothing is closed"),
        pytest.param("<html><head><meta charset='utf-8'></head><body><p>Die Richterin verfügte die Öffnung.</p></body></html>".encode("utf-16"), id="another charset than it says"),
        pytest.param(b"<html><head><title>Logs</title></head></html>", id="no body"),
        pytest.param(b"<html><head><meta property='article:published_time' content='0000-00-00T99:99:99+99:99'><meta name='date' content='" + b"9" * 5000 + b"'></head><body><p>The judge ordered it.</p></body></html>", id="dates that are none"),
        pytest.param(b"<html><body><p>" + b"The judge ordered it. " * 250_000 + b"</p></body></html>", id="five megabytes in a paragraph"),
        pytest.param(b"<html><body>\x00\xff\xfe<p>The judge\x00 ordered it.</p></body></html>", id="bytes that are no text"),
    ],
)  # fmt: skip
def test_a_page_made_to_harm_is_read_or_refused(body):
    from pipeline.errors import ReadError

    try:
        document = read(fetched(body))
    except ReadError:
        return
    assert len(document.text) < 2 * len(body)
