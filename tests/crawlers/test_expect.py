"""A page that stands in the way is told from the page that was asked for."""

from __future__ import annotations

import pytest

from crawlers import expect
from pipeline.errors import SourceError

URL = "https://gazette.example/feed"


def page(title, rest=""):
    return f"<html><head><title>{title}</title>{rest}</head><body>…</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "url", "headers", "what"),
    [
        (page("Just a moment..."), URL, (), "a bot challenge"),
        (page("Gazette"), URL, (("cf-mitigated", "challenge"),), "a bot challenge"),
        (page("", '<script src="https://geo.captcha-delivery.com/c.js">'), URL, (), "a bot challenge"),
        (page("Before you continue"), URL, (), "a consent page"),
        (page("Cookie settings"), URL, (), "a consent page"),
        (page("Search"), "https://consent.example.com/m?continue=x", (), "a consent page"),
        (page("Log in | Gazette"), URL, (), "a login page"),
        (page("Judge denies logs"), URL, (), None),
        (page("Privacy suit over chatbots may proceed"), URL, (), None),
        (page("Login records are not privileged, magistrate says"), URL, (), None),
        (b"%PDF-1.7", URL, (), None),
    ],
)
def test_walls(body, url, headers, what):
    assert expect.wall(body, url=url, headers=headers) == what


def test_a_challenge_in_place_of_a_feed_is_blocked_not_broken():
    with pytest.raises(expect.BlockedError, match="a bot challenge in place of the feed"):
        expect.feed(page("Just a moment..."), url=URL, content_type="text/html")


def test_an_error_page_in_place_of_a_feed_is_broken_not_blocked():
    with pytest.raises(SourceError, match="an HTML page") as caught:
        expect.feed(page("Error"), url=URL, content_type="text/html")
    assert not isinstance(caught.value, expect.BlockedError)
