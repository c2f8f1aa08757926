"""iCalendar files (RFC 5545): every deadline and hearing, and one file a matter.

Each event quotes and links the order that set it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

from icalendar import Calendar, Event

from pipeline.publish.feeds import Query, Row, keep
from pipeline.publish.wording import printable, short_caption


def calendar(events: Sequence[Row], *, name: str, site: str, authority: str) -> bytes:
    """One calendar. A row is an event with its matter's caption as ``matter_caption``, the docket's number as
    ``number``, and ``document_title`` and ``first_seen`` of the document that set it.

    A day without a time is an all-day event; a superseded event stays, as CANCELLED, so that subscribers lose it too.
    """
    result = Calendar()
    result.add("prodid", "-//docketwire//court dates//EN")
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("x-wr-calname", printable(name))
    for row in events:
        result.add_component(_event(row, site=site, authority=authority))
    return bytes(result.to_ical())


def _event(row: Row, *, site: str, authority: str) -> Event:
    page = f"{site}/document/{quote(row['document'], safe='')}"
    cancelled = row["state"] == "superseded"
    about = [f"“{row['quote']}”", row["document_title"]]
    about += [f"For: {row['actor']}"] if row["actor"] else []
    about += [f"Computed under {row['computed']}."] if row["computed"] else []
    about += [row["number"]] if row["number"] else []
    about += [page, "Read automatically: check the order."]
    caption = f"{short_caption(row['matter_caption'])}: " if row["matter_caption"] else ""
    event = Event()
    event.add("uid", f"{quote(row['id'])}@{authority}")
    event.add("dtstamp", datetime.fromisoformat(row["first_seen"]).astimezone(UTC))
    event.add("dtstart", _time(row["starts"], row["precision"]))
    if row["ends"]:
        event.add("dtend", _time(row["ends"], row["precision"]))
    event.add("summary", printable(caption + row["title"]))
    event.add("description", printable("\n".join(about)))
    event.add("url", page)
    event.add("categories", [printable(row["kind"])])
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("sequence", int(cancelled))
    event.add("transp", "TRANSPARENT")
    return event


def _time(iso: str, precision: str) -> date | datetime:
    """A day as the court wrote it, or a time in UTC: an offset alone names no zone that a calendar could look up."""
    at = datetime.fromisoformat(iso)
    return at.date() if precision == "day" else at.astimezone(UTC)


# ---------------------------------------------------------------------------------------------- writing

_EVENTS = """
SELECT e.*, m.caption AS matter_caption, k.number, coalesce(d.headline, d.title) AS document_title, d.first_seen
FROM events e JOIN documents d ON d.id = e.document
LEFT JOIN matters m ON m.slug = e.matter LEFT JOIN dockets k ON k.id = e.docket
ORDER BY e.starts, e.id"""


def write_calendars(query: Query, folder: Path, *, site: str, authority: str) -> list[Path]:
    """Write ``all.ics`` and ``<slug>.ics`` for each matter into ``folder``. Returns the paths, ``all.ics`` first."""
    site = site.rstrip("/")
    events = list(query(_EVENTS, ()))
    calendars = [("all.ics", "Court dates: AI copyright", events)]
    for matter in query("SELECT slug, caption FROM matters ORDER BY slug", ()):
        own = [event for event in events if event["matter"] == matter["slug"]]
        calendars.append((f"{matter['slug']}.ics", f"Court dates: {short_caption(matter['caption'])}", own))
    for name, title, rows in calendars:
        keep(folder / name, calendar(rows, name=title, site=site, authority=authority))
    return [folder / name for name, *_ in calendars]
