"""Sitemaps: pages, indexes, and what is neither."""

from __future__ import annotations

import gzip

import pytest

from pipeline.errors import SourceError
from pipeline.refine.sitemap import read_sitemap

URL = "https://gazette.example/sitemap.xml"


def test_items_that_lead_nowhere_are_counted_and_pictures_are_not_titles():
    found = read_sitemap(
        b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="urn:image">
        <url><loc> /a </loc><lastmod>2026-11-20</lastmod><i:image><i:title>A picture</i:title></i:image></url>
        <url><loc>mailto:a@b.example</loc></url><!-- a remark --><url/></urlset>""",
        url=URL,
    )
    (page,) = found.pages
    assert (page.url, page.title, page.updated.precision) == ("https://gazette.example/a", "", "day")
    assert found.issues == ("2 of 3 items could not be read",)


def test_a_date_nobody_can_read_is_no_date():
    (page,) = read_sitemap(b"<urlset><url><loc>/a</loc><lastmod>soon</lastmod></url></urlset>", url=URL).pages
    assert page.updated is None


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<html><title>Down</title></html>", "<html>, not a sitemap"),
        (b"", "not a whole sitemap"),
        (b"<urlset><url>", "not a whole sitemap"),
        (b'<!DOCTYPE u [<!ENTITY a "b">]><urlset/>', "declares XML entities"),
        (b"<urlset><url><loc>mailto:a@b.example</loc></url></urlset>", "none of the sitemap's 1 items can be read"),
        (gzip.compress(bytes(60 * 2**20), mtime=0), "unpacks to more than 50 MiB"),
        (gzip.compress(b"<urlset/>", mtime=0)[:-4], "breaks off"),
        (b"\x1f\x8bnonsense", "damaged compression"),
    ],
    ids=["another page", "nothing", "cut", "entities", "no address", "a bomb", "cut gzip", "damaged gzip"],
)
def test_what_is_no_whole_sitemap_is_refused_with_its_reason(body, what):
    with pytest.raises(SourceError, match=what):
        read_sitemap(body, url=URL)
