"""What an answer says about the next request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model import Fetched, Kind, Role
from pipeline.refine import caching

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def answer(role=Role.FEED, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Fetched("s", Kind.NEWS, role, "https://a.example/", "https://a.example/", AT, 200, named, b"")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache_Control": "public, max-age=3600"}, 3600),
        ({"Cache_Control": 'MAX-AGE="3600"'}, 3600),
        ({"Cache_Control": "max-age=3600", "Age": "600"}, 3000),
        ({"Cache_Control": "max-age=3600", "Age": "7200"}, None),
        ({"Cache_Control": "max-age=31536000"}, 86400),
        ({"Cache_Control": "max-age=3600, no-cache"}, None),
        ({"Cache_Control": "no-store"}, None),
        ({"Cache_Control": "s-maxage=3600"}, None),
        ({"Cache_Control": "max-age=0"}, None),
        ({"Cache_Control": "max-age=soon"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_how_long_an_answer_is_fresh(headers, seconds):
    until = AT + timedelta(seconds=seconds) if seconds else None
    assert caching.visit(answer(**headers)).fresh_until == until


def test_pages_are_not_kept_from_being_asked_again():
    assert caching.visit(answer(Role.PAGE, Cache_Control="max-age=3600")).fresh_until is None


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("Sat, 21 Nov 2026 04:00:00 GMT", 3600), ("9" * 30, 10**7), ("later", None)]
)
def test_when_to_come_back(header, seconds):
    until = AT + timedelta(seconds=seconds) if seconds else None
    assert caching.not_before(answer(Retry_After=header)) == until
