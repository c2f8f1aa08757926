"""A publisher's word on machines: in a header, in the page, in a file beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.model import Fetched, Kind, Role
from pipeline.refine import read
from pipeline.refine.reservation import reservation, reserved_in, withheld

PAGE = Fetched(
    source="gazette",
    kind=Kind.NEWS,
    role=Role.PAGE,
    url="https://gazette.example/1",
    requested="https://gazette.example/1",
    at=datetime(2026, 11, 21, 3, tzinfo=UTC),
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"),),
    body=b"<html><head><title>Inkwell to pay</title></head><body><article><h1>Inkwell to pay</h1><p>"
    + b"The court in Marrow v. Inkwell ruled on Friday that the press must be paid. " * 9
    + b"</p></article></body></html>",
)


def page(*headers, meta="", file=None):
    body = PAGE.body.replace(b"<head>", b"<head>" + meta.encode())
    return replace(PAGE, headers=(*PAGE.headers, *headers), body=body, reserved=file)


FILE = "/.well-known/tdmrep.json: tdm-reservation 1"


@pytest.mark.parametrize(
    ("fetched", "words"),
    [
        (page(), None),
        (page(("X-Robots-Tag", "noindex")), "X-Robots-Tag: noindex"),
        (page(("x-robots-tag", "noarchive, NOAI")), "X-Robots-Tag: noai"),
        (page(("X-Robots-Tag", "max-snippet: 0")), "X-Robots-Tag: max-snippet:0"),
        (page(("X-Robots-Tag", "docketwire: none")), "X-Robots-Tag: none"),
        (page(("X-Robots-Tag", "googlebot: nofollow, noindex")), None),
        (page(("X-Robots-Tag", "googlebot: noindex"), ("X-Robots-Tag", "nosnippet")), "X-Robots-Tag: nosnippet"),
        (page(("X-Robots-Tag", "unavailable_after: 25 Jun 2030 15:00:00 PST, max-snippet:20")), None),
        (page(("X-Robots-Tag", "noarchive, nofollow, noimageindex")), None),
        (page(meta='<meta content="noindex,follow" name="robots">'), "meta robots: noindex"),
        (page(meta="<meta name=googlebot content=noindex>"), None),
        (page(("tdm-reservation", "1")), "tdm-reservation: 1"),
        (page(("TDM-Reservation", "0"), file=FILE), None),
        (page(meta='<meta name="tdm-reservation" content="1">'), "meta tdm-reservation: 1"),
        (page(("tdm-reservation", "1"), meta='<meta name="tdm-reservation" content="0">'), None),
        (page(file=FILE), FILE),
    ],
    ids=[
        "nothing said", "noindex", "one of several", "no snippet by length", "to us by name", "to somebody else",
        "to somebody else and to all", "other directives with values", "other directives", "in the page",
        "in the page, to somebody else", "tdm header", "header before file", "tdm in the page", "page before header", "tdm file",
    ],
)  # fmt: skip
def test_the_word_that_counts(fetched, words):
    assert reservation(fetched) == words


def test_a_meta_element_is_looked_for_in_pages_alone():
    feed = replace(
        PAGE, headers=(("Content-Type", "application/rss+xml"),), body=b'<meta name="robots" content="noindex">'
    )
    assert reservation(feed) is None


def test_what_is_withheld_keeps_title_and_link_and_no_word_of_its_body():
    document = withheld(read(PAGE))
    assert (document.title, document.url, document.state) == ("Inkwell to pay", PAGE.url, "reserved")
    assert "press must be paid" not in repr(document)


@pytest.mark.parametrize(
    ("rules", "path", "reserved"),
    [
        ([{"location": "/", "tdm-reservation": 1}], "/news/1", True),
        ([{"location": "/", "tdm-reservation": 1}, {"location": "/open/", "tdm-reservation": 0}], "/open/1", False),
        ([{"location": "/news/*.pdf$", "tdm-reservation": 1}], "/news/2026/a.pdf", True),
        ([{"location": "/news/*.pdf$", "tdm-reservation": 1}], "/news/a.pdf.html", False),
        ([{"location": "/news$", "tdm-reservation": 1}], "/news", True),
        ([{"location": "/news$", "tdm-reservation": 1}], "/news/1", False),
        ([{"location": "/a*b*c", "tdm-reservation": 1}], "/axcxb", False),
        ([{"location": "/", "tdm-reservation": "1"}], "/", True),
        ([{"location": "/"}, "x", {"tdm-reservation": 1}], "/", False),
        ({"location": "/", "tdm-reservation": 1}, "/", False),
    ],
)
def test_the_policy_file(rules, path, reserved):
    assert reserved_in(json.dumps(rules).encode(), path) is reserved


def test_a_hostile_policy_file_takes_no_time():
    stars = [{"location": "/" + "*a" * 2000 + "$", "tdm-reservation": 1}] * 50
    assert reserved_in(json.dumps(stars).encode(), "/" + "a" * 1999) is False
    assert reserved_in(b"[" * 100_000, "/") is False
    assert reserved_in(b"<html>not here</html>", "/") is False
