"""What an answer says about the next request: validators, how long it is fresh, when to come back (RFC 9110, 9111)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipeline.model import Fetched, Role, Visit

# A feed that calls itself fresh for a year would be silent for a year: nobody is believed for longer than this.
_LONGEST_FRESH = timedelta(hours=24)
_LISTS = {Role.FEED, Role.LISTING, Role.POLL}  # pages are asked for once, or when their entry is newer


def visit(fetched: Fetched) -> Visit:
    """What to remember of a good answer. Raises nothing: a header that cannot be read says nothing."""
    return Visit(
        at=fetched.at,
        etag=fetched.header("ETag"),
        last_modified=fetched.header("Last-Modified"),
        fresh_until=fresh_until(fetched) if fetched.role in _LISTS else None,
    )


def fresh_until(fetched: Fetched) -> datetime | None:
    """Until when the answer says it need not be asked for again; a day at most. ``max-age`` less ``Age``."""
    control = fetched.header("Cache-Control") or ""
    if re.search(r"\bno-(cache|store)\b", control, re.IGNORECASE):
        return None
    stated = re.search(r"(?<![\w-])max-age=\"?(\d{1,9})", control, re.IGNORECASE)
    age = re.fullmatch(r"\s*(\d{1,9})\s*", fetched.header("Age") or "0")
    left = timedelta(seconds=int(stated[1]) - (int(age[1]) if age else 0)) if stated else timedelta()
    return fetched.at + min(left, _LONGEST_FRESH) if left > timedelta() else None


def not_before(fetched: Fetched) -> datetime | None:
    """When an answer 429 or 503 asks us to come back; None when it does not say."""
    wait = seconds(fetched.header("Retry-After") or "", now=fetched.at)
    return None if wait is None else fetched.at + timedelta(seconds=min(wait, 10**7))


def seconds(retry_after: str, *, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, given as such or as a date; None when it cannot be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp())
