"""How dates, captions and entries are written for readers: the site, feeds and calendars say them alike."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

# Corporate endings a short caption does without; the parties stay recognizable.
_ENDING = re.compile(
    r",?\s+(?:Inc|Incorporated|L\.?L\.?C|Ltd|Limited|Corp|Corporation|Co|Company|P\.?B\.?C|L\.?L\.?P|L\.?P|GmbH|PLC|N\.V|S\.A)"
    r"\.?(?=[\s,;)]|$)"
)
LONGEST_NAME = 120  # characters of a feed's name: a file's may have 255 bytes
_MASS = re.compile(r"(?:,?\s+(?:Copyright|Infringement|Patent|AI|Class Action))*\s+Litigation$")

# What neither XML 1.0 nor iCalendar can carry: control characters, lone surrogates, the two non-characters.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str | None) -> str:
    """The text without characters that XML 1.0 (§2.2) forbids."""
    return UNPRINTABLE.sub("", text or "")


def short_caption(caption: str) -> str:
    """“In re OpenAI, Inc. Copyright Infringement Litigation” → “In re OpenAI”; “Concord Music Group, Inc. et al. v.
    Anthropic PBC” → “Concord Music Group v. Anthropic”. The whole caption when nothing would be left.
    """
    short = re.sub(r"\s*\([^)]*\)|,?\s+et al\.?(?=[\s,]|$)", "", caption.strip())
    short = _MASS.sub("", _ENDING.sub("", short))
    short = re.sub(r"^The\s+|(?<=\bv\. )The\s+", "", short).strip(" ,;")
    return short or caption.strip()


def day(iso: str | None) -> str:
    """“Tue 24 Jun 2025”: the day as written where it happened, never converted. Empty for nothing or nonsense."""
    try:
        return f"{_at(iso):%a} {_at(iso).day} {_at(iso):%b %Y}" if iso else ""
    except ValueError:
        return ""


def spelled_days(words: str) -> str:
    """Words with every ISO day in them as `day` writes it: “fact discovery until Fri 30 Apr 2027”."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: day(found[0]) or found[0], words)


def moment(iso: str | None, precision: str | None = "minute") -> str:
    """“Tue 24 Jun 2025, 14:00 UTC−4” for a known time; the day alone for precision ``day``."""
    if not iso or precision == "day" or not day(iso):
        return day(iso)
    return f"{day(iso)}, {clock_time(iso)}"


def clock_time(iso: str | None) -> str:
    """“14:00 UTC−4”: always with the offset it is written in."""
    try:
        at = _at(iso or "")
    except ValueError:
        return ""
    offset = at.utcoffset()
    if offset is None:
        return f"{at:%H:%M}"
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    zone = f"{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "") if minutes else ""
    return f"{at:%H:%M} UTC{zone}"


def appointed(iso: str | None, precision: str | None = "minute") -> str:
    """`moment` for a date that a court set or an article gives: “Tue 24 Jun 2025, 14:00” where no zone is known.

    UTC is written where none is, for no court sits by it.
    """
    return moment(iso, precision).removesuffix(" UTC")


def hour_appointed(iso: str | None) -> str:
    """The clock of `appointed`."""
    return clock_time(iso).removesuffix(" UTC")


def apart(iso: str | None, today: date) -> str:
    """How far a day lies from ``today``: “today”, “in 4 days”, “6 days ago”. Only ever shown beside the day itself."""
    try:
        days = (_at(iso or "").date() - today).days
    except ValueError:
        return ""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def ecf(row: Mapping[str, Any]) -> str:
    """“ECF 231”, “ECF 231-2” for an attachment, or nothing."""
    if row.get("entry_number") is None:
        return ""
    return f"ECF {row['entry_number']}" + (f"-{row['attachment_number']}" if row.get("attachment_number") else "")


def event_anchor(event: Mapping[str, Any]) -> str:
    """Where on its document's page the words of an event stand, as every page and digest links them."""
    return "e" + str(event["id"]).removeprefix(f"{event['document']}-")


def headline(row: Mapping[str, Any]) -> str:
    """The line a document is announced with: for a filing the one we composed, for anything else its own title."""
    return str((row["headline"] if row["kind"] == "filing" else None) or row["title"])


def announcement(row: Mapping[str, Any]) -> str:
    """“In re OpenAI: motion to compel denied without prejudice (ECF 231)”: a document's line away from its page.

    ``row`` is a document with its matter's caption as ``matter_caption``.
    """
    line = headline(row)
    caption = short_caption(row["matter_caption"]) if row.get("matter_caption") else ""
    if caption and not line.casefold().startswith(caption.casefold()):
        line = f"{caption}: {line}"
    where = ecf(row) if row["kind"] == "filing" else row.get("source_title")
    if not where or re.search(rf"(?<!\w){re.escape(where)}(?![\w-])", line, re.IGNORECASE):
        return line
    # After "denied the motion (ECF 36)", a number in brackets would be taken for another motion's.
    return f"{line}, in {where}" if re.search(r"\bECF \d", line) else f"{line} ({where})"


def shortened(text: str, longest: int = 160) -> str:
    """One line of at most so many characters, cut after a whole word: “ORDER granting the motion …”."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rpartition(" ")[0].rstrip(",;:. ") + " …" if " " in line[:longest] else line[:longest]


def feed_name(group: str, name: str) -> str:
    """The name of a feed or calendar in /feeds/: a matter’s is its slug; ``("judge", "Ona T. Wang")`` is
    “judge-ona-t-wang”. Groups are court, judge, defendant, outlet and type. A name no disk could hold is cut.
    """
    if group == "matter":
        return name
    plain = unicodedata.normalize("NFKD", re.sub(r"\s*\([^)]*\)", "", name)).encode("ascii", "ignore").decode()
    named = f"{group}-" + re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(named) <= LONGEST_NAME:
        return named
    return f"{named[: LONGEST_NAME - 9]}-{hashlib.sha256(named.encode()).hexdigest()[:8]}"


def outside(url: str | None) -> str | None:
    """The URL when it may stand in a link: http or https with a host, and no white space. Otherwise None."""
    if not url or re.search(r"[\s\x00-\x1f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def _at(iso: str) -> datetime:
    return datetime.fromisoformat(iso)
