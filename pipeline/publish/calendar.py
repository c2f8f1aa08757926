"""iCalendar files (RFC 5545): every deadline and hearing, and those of each matter, court and judge.

Each event quotes and links the order that set it, and is written once for all the files it stands in.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from pipeline.publish.items import Query, Row
from pipeline.publish.shelf import Shelf
from pipeline.publish.wording import ecf, feed_name, printable, short_caption

_OCTETS = 75  # of a line, its break not counted (RFC 5545 §3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})  # in TEXT (§3.3.11)

Properties = dict[str, str]  # name, with its parameters → value, as they are written


def calendar(events: Iterable[bytes], *, name: str) -> bytes:
    """One calendar of events as `event` writes them. No METHOD: it is published, not sent for anybody to answer."""
    called = _text(" ".join(name.split()))
    frame = {
        "BEGIN": "VCALENDAR",
        "VERSION": "2.0",
        "PRODID": "-//docketwire//court dates//EN",
        "CALSCALE": "GREGORIAN",
        "NAME": called,
        "X-WR-CALNAME": called,
        "REFRESH-INTERVAL;VALUE=DURATION": "PT6H",
        "X-PUBLISHED-TTL": "PT6H",
    }
    return _lines(frame) + b"".join(events) + _lines({"END": "VCALENDAR"})


def event(row: Row, name: str, *, site: str, authority: str, before: Mapping[str, str] | None = None) -> bytes:
    """One deadline or hearing: a row of events with its matter's caption as ``matter_caption``, the docket's number as
    ``number``, and of the document that set it ``document_title``, its type as ``paper``, ``entry_number``,
    ``attachment_number``, ``first_seen``, ``changed`` (of what superseded it, if later) and ``revision``. ``name`` is
    its own among all events, for good (`names`).

    A day without a time is an all-day event; a superseded event stays, as CANCELLED, so that subscribers lose it too.
    SEQUENCE goes up with each revision of the document and with the cancellation, and whenever time or status are not
    what subscribers had ``before`` (of `told_before`): it never goes down, nor does DTSTAMP (RFC 5545 §3.8.7.4).
    """
    page = _page(row["document"], site)
    cancelled = row["state"] == "superseded"
    caption = f"{short_caption(row['matter_caption'])}: " if row["matter_caption"] else ""
    when = _times(row) | {"STATUS": "CANCELLED" if cancelled else "CONFIRMED"}
    changed, sequence = _utc(row["changed"]), 2 * (row["revision"] - 1) + cancelled
    if before:
        changed = max(changed, before["DTSTAMP"])  # both are UTC, and sort as they are written
        sequence = max(sequence, int(before["SEQUENCE"]) + _differs(when, before))
    return _lines(
        {
            "BEGIN": "VEVENT",
            "UID": f"{name}@{authority}",
            "DTSTAMP": changed,
            **when,
            "SEQUENCE": str(sequence),
            "SUMMARY": _text(caption + row["title"]),
            "DESCRIPTION": _text("\n".join(_about(row, page, site))),
            "URL": page,
            "CATEGORIES": _text(row["kind"]),
            "CREATED": _utc(row["first_seen"]),
            "LAST-MODIFIED": changed,
            "TRANSP": "TRANSPARENT",
            "END": "VEVENT",
        }
    )


def _about(row: Row, page: str, site: str) -> list[str]:
    about = [f"“{row['quote']}”", row["document_title"]]
    about += [f"For: {row['actor']}"] if row["actor"] else []
    about += [f"Computed under {row['computed']}."] if row["computed"] else []
    about += [", ".join(filter(None, [row["number"], ecf(row)]))] if row["number"] else []
    about += [f"Moved or vacated by {_page(row['superseded_by'], site)}"] if row["superseded_by"] else []
    return [*about, page, f"Read automatically: check the {row['paper'] or 'document'}."]


def told_before(calendars: Path) -> dict[str, dict[str, str]]:
    """What subscribers have: UID → property → value, of the events of ``all.ics`` in the folder of calendars."""
    path = calendars / "all.ics"
    unfolded = path.read_bytes().replace(b"\r\n ", b"").decode() if path.is_file() else ""
    known: dict[str, dict[str, str]] = {}
    for said in unfolded.split("BEGIN:VEVENT\r\n")[1:]:
        lines = (line.partition(":") for line in said.partition("\r\nEND:VEVENT")[0].split("\r\n"))
        properties = {name.partition(";")[0]: value for name, _, value in lines}
        if "UID" in properties:
            known[properties["UID"]] = properties
    return known


def _differs(now: Properties, before: Mapping[str, str]) -> bool:
    """Whether time or status are others."""
    told = {name.partition(";")[0]: value for name, value in now.items()}
    return any(told.get(name) != before.get(name) for name in ("DTSTART", "DTEND", "STATUS"))


def names(rows: Iterable[Row]) -> dict[str, str]:
    """Event id → the name that calendars know it by, which outlasts a revision of its order (RFC 5545 §3.8.4.7).

    It is made of its order, what it is and who must act: a date that moves stays the same event, and one put in before
    it takes nobody's name. Where an order sets several that sound alike, each is told apart by its time too.
    """
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        alike[tuple(_plain(row[key]) for key in ("document", "kind", "title", "actor"))].append(row)
    named: dict[str, str] = {}
    for what, several in alike.items():
        times: Counter[str] = Counter()
        for row in sorted(several, key=lambda row: (row["starts"], row["start"], row["id"])):
            told = (*what, row["starts"], str(times[row["starts"]])) if len(several) > 1 else what
            times[row["starts"]] += 1
            named[row["id"]] = hashlib.sha256(repr(told).encode()).hexdigest()[:24]
    return named


def _plain(words: str | None) -> str:
    return " ".join((words or "").casefold().split())


def _page(document: str, site: str) -> str:
    return f"{site}/document/{quote(document, safe='')}"


def _times(row: Row) -> Properties:
    """A day as the court wrote it, or a time in UTC: an offset alone names no zone that a calendar could look up.

    Where the court's zone is not known the clock is told as it was written, of no zone (“floating”, RFC 5545 §3.3.5).
    An end is told only where it lies after the start, and as the day after the last (§3.6.1).
    """
    starts, ends = datetime.fromisoformat(row["starts"]), datetime.fromisoformat(row["ends"] or row["starts"])
    if row["precision"] == "day":
        last = max(starts.date(), ends.date())
        days = {"DTSTART": starts.date()} | ({"DTEND": last + timedelta(days=1)} if last < date.max else {})
        return {f"{name};VALUE=DATE": _basic(day.isoformat()) for name, day in days.items()}
    # UTC is written where no zone is known; the first year and the last are not whole in every zone.
    zoned = starts.utcoffset() and {starts.year, ends.year}.isdisjoint({1, 9999})
    begin, end = (_utc(at.isoformat()) if zoned else _clock(at) for at in (starts, ends))
    return {"DTSTART": begin} | ({"DTEND": end} if end > begin else {})


def _utc(iso: str) -> str:
    return _clock(datetime.fromisoformat(iso).astimezone(UTC)) + "Z"


def _clock(at: datetime) -> str:
    return _basic(at.replace(tzinfo=None).isoformat(timespec="seconds"))


def _basic(iso: str) -> str:
    """ISO 8601 in its basic format (§3.3.4, §3.3.5); the year has four digits, whatever it is."""
    return iso.replace("-", "").replace(":", "")


def _text(value: str) -> str:
    r"""A value of type TEXT: every line break as ``\n``, and no control character (RFC 5545 §3.1, §3.3.11)."""
    plain = printable(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x85", " ")
    return plain.translate(_ESCAPED)


def _lines(properties: Properties) -> bytes:
    return b"".join([_folded(f"{name}:{value}".encode()) for name, value in properties.items()])


def _folded(line: bytes) -> bytes:
    """A content line, broken so that no part has more than 75 octets and no character is cut (RFC 5545 §3.1)."""
    parts, start, room = [], 0, _OCTETS
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        parts.append(line[start:end])
        start, room = end, _OCTETS - 1  # a space begins each part that follows
    return b"\r\n ".join([*parts, line[start:]]) + b"\r\n"


# ---------------------------------------------------------------------------------------------- writing

_EVENTS = """
SELECT e.*, m.caption AS matter_caption, k.number, k.court, k.judges, d.judge, d.first_seen, d.revision,
  d.entry_number, d.attachment_number, d.type AS paper,
  max(d.changed, coalesce(o.changed, d.changed)) AS changed, coalesce(d.headline, d.title) AS document_title
FROM events e JOIN documents d ON d.id = e.document LEFT JOIN documents o ON o.id = e.superseded_by
LEFT JOIN matters m ON m.slug = e.matter LEFT JOIN dockets k ON k.id = e.docket
ORDER BY e.starts, e.id"""
_COURTS = "SELECT court, court_short AS name FROM matters WHERE court_short IS NOT NULL ORDER BY slug"


def write_calendars(query: Query, folder: Path, *, site: str, authority: str, before: Path | None = None) -> list[Path]:
    """Write ``all.ics`` and, where they have dates, one calendar a matter, court and judge. Returns the paths.

    ``before`` is the folder of the last publication's calendars, from which SEQUENCE goes on. Files that have not
    changed are left alone.
    """
    site = site.rstrip("/")
    shelf = Shelf(folder, before)
    courts = {row["court"]: row["name"] for row in query(_COURTS, {})}
    titles = {"all": "AI copyright"}
    slices: dict[str, list[bytes]] = defaultdict(list, {"all": []})
    rows = list(query(_EVENTS, {}))
    called = names(rows)
    known = told_before(before) if before else {}
    for row in rows:
        name = called[row["id"]]
        written = event(row, name, site=site, authority=authority, before=known.get(f"{name}@{authority}"))
        for name, title in {"all": titles["all"], **dict(_slices(row, courts))}.items():
            titles.setdefault(name, title)
            slices[name].append(written)
    for name, events in slices.items():
        shelf.put(f"{name}.ics", calendar(events, name=f"Court dates: {titles[name]}"))
    return shelf.paths


def _slices(row: Row, courts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The calendars an event stands in beside ``all``: (name, title)."""
    if row["matter"]:
        yield feed_name("matter", row["matter"]), short_caption(row["matter_caption"])
    if row["court"]:
        yield feed_name("court", row["court"]), courts.get(row["court"], row["court"])
    for judge in filter(None, [*(row["judges"] or "").split("; "), row["judge"]]):
        yield feed_name("judge", judge), f"Judge {judge}"
