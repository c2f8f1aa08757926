"""Gaps between polls and silences: what no single run shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline import health
from pipeline.model import FeedEntry, Span, When

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def hours(count):
    return NOON + timedelta(hours=count)


def entry(at, *, updated=False):
    when = When(at)
    return FeedEntry("1", None, "t", published=None if updated else when, updated=when if updated else None)


def test_a_feed_covers_its_oldest_to_its_newest_entry():
    new_york = datetime.fromisoformat("2026-11-20T09:00:00-05:00")
    entries = [entry(hours(1)), entry(new_york, updated=True), FeedEntry("2", None, "undated")]
    assert health.covers(entries) == Span(hours(1), hours(2))
    assert health.covers([FeedEntry("2", None, "undated")]) is None


@pytest.mark.parametrize(
    ("oldest", "polled", "court_feed", "missed"),
    [
        (-1, 6, False, None),
        (0, 6, False, None),
        (3, 6, False, (0, 3)),
        (3, 6, True, None),
        (25, 30, True, (0, 25)),
        (-1, 30, True, None),
    ],
    ids=["reaches back", "to the minute", "begins later", "a court's, within its day", "a court's, a day apart", "a court's, overlapping"],
)  # fmt: skip
def test_a_gap(oldest, polled, court_feed, missed):
    covered = Span(hours(oldest), hours(polled))
    found = health.gap(covered, polled=hours(polled), before=NOON, court_feed=court_feed)
    assert found == (Span(hours(missed[0]), hours(missed[1])) if missed else None)


def test_a_gap_says_from_when_to_when():
    assert "between 2026-11-20 12:00 UTC and 2026-11-20 15:00 UTC" in health.gap_in_words(Span(NOON, hours(3)))


@pytest.mark.parametrize(
    ("silent_hours", "cadence", "found"),
    [(95, 12, False), (97, 12, True), (97, 48, False), (145, 48, True)],
    ids=["a long weekend", "longer", "not thrice its cadence", "more than that"],
)
def test_silence(silent_hours, cadence, found):
    assert (health.silence(NOON, cadence_hours=cadence, at=hours(silent_hours)) is not None) is found


def test_the_same_old_entries_every_night_are_no_word():
    tonight, long_ago = "2026-11-20T12:00:00Z", "2026-11-01T12:00:00+00:00"
    assert health.last_word(tonight, long_ago) == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert health.last_word(tonight, None) == NOON
    assert health.last_word(None, long_ago) is None


@pytest.mark.parametrize(
    ("cadence", "words"), [(24, "daily"), (168, "weekly"), (48, "every 2 days"), (12, "every 12 hours")]
)
def test_how_often(cadence, words):
    assert health.often(cadence) == words
