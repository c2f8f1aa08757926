"""What the runs of a source say together that none of them says alone: a gap between two polls, a silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from pipeline.model import FeedEntry, Span

# CM/ECF feeds list about a day, whatever was filed in it: one that begins after our last visit may still be whole.
COURT_FEED_REACH = timedelta(hours=24)
# Courts and papers rest from Friday evening to Tuesday morning now and then.
LONG_WEEKEND = timedelta(hours=96)


def covers(entries: Iterable[FeedEntry]) -> Span | None:
    """The times, in UTC, of a feed's oldest and newest entry; None when none is dated."""
    dated = [(entry.published or entry.updated) for entry in entries]
    moments = [when.at.astimezone(UTC) for when in dated if when]
    return Span(min(moments), max(moments)) if moments else None


def gap(covered: Span, *, polled: datetime, before: datetime, court_feed: bool) -> Span | None:
    """What may have passed unseen between two good polls: from the first, which saw all, to what is oldest now.

    None when the feed reaches back to the poll ``before``, or is a court's and that poll is no further away than such
    a feed looks back.
    """
    if covered.start <= before or (court_feed and polled - before <= COURT_FEED_REACH):
        return None
    return Span(before, covered.start)


def gap_in_words(missed: Span) -> str:
    start, end = (f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" for moment in (missed.start, missed.end))
    return f"gap: nothing shows that entries between {start} and {end} were seen; ask this source more often"


def last_word(last_new: str | None, last_item: str | None) -> datetime | None:
    """When a source last said something: the last run with something new, or the newest entry's date (ISO).

    The earlier of them: a feed that shows the same old entries every night answers well and says nothing.
    """
    known = [datetime.fromisoformat(moment) for moment in (last_new, last_item) if moment]
    return min(known) if last_new else None


def silence(last: datetime, *, cadence_hours: int, at: datetime) -> timedelta | None:
    """How long nothing has come, when that is far beyond the cadence: three times, and more than a long weekend."""
    silent = at - last
    return silent if silent > max(timedelta(hours=3 * cadence_hours), LONG_WEEKEND) else None


def silence_in_words(silent: timedelta, *, cadence_hours: int) -> str:
    """“silent for 6 days (expected daily)”."""
    return f"silent for {round(silent.total_seconds() / 86400)} days (expected {often(cadence_hours)})"


def often(cadence_hours: int) -> str:
    """“daily”, “weekly”, “every 12 hours”."""
    days, rest = divmod(cadence_hours, 24)
    known = {24: "daily", 168: "weekly"}
    return known.get(cadence_hours) or (f"every {cadence_hours} hours" if rest else f"every {days} days")
