"""Days and hours as courts write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from pipeline.model import When

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?{_MONTH}\s*,?\s+(?:19|20)\d\d"
    r"|\d{1,2}/\d{1,2}/(?:20\d\d|\d\d)(?!\d)|20\d\d-\d\d-\d\d|(?<![\d:-])\d{1,2}-\d{1,2}-20\d\d(?![\d-]))"
)
ANY_DAY = re.compile(
    rf"\b(?:(?P<full>{DAY})|(?P<short>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)\b(?!\s*,?\s*\d))", re.IGNORECASE
)


def read_day(text: str, *, near: date | None = None) -> date | None:
    """The day a spelling names. Without a year it is the first such day on or after ``near``; None if there is none.

    >>> read_day("3rd day of June, 2025")
    datetime.date(2025, 6, 3)
    """
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    named = re.search(rf"\b{_MONTH}(?![a-z])", text, re.IGNORECASE)
    if named is None and re.search(r"[A-Za-z]{3,}", text):
        return None
    try:
        if named:
            month = _MONTHS.index(named[0].lower()[:3]) + 1
            if len(numbers) == 2:
                return date(numbers[1], month, numbers[0])
            if near is None:
                return None
            this_year = date(near.year, month, numbers[0])
            return this_year if this_year >= near else date(near.year + 1, month, numbers[0])
        if numbers[0] > 31:
            return date(*numbers)
        month, day, year = numbers
        return date(year + 2000 if year < 100 else year, month, day)
    except (ValueError, IndexError):
        return None


def latest(weekday: str, day: date) -> date:
    """The latest day of this name, in any case, up to and with ``day``: what a report means by "on Tuesday".

    >>> latest("Tuesday", date(2026, 3, 2))
    datetime.date(2026, 2, 24)
    """
    return day - timedelta(days=(day.weekday() - WEEKDAYS.index(weekday.capitalize())) % 7)


_CLOCK = r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>[ap])\.?\s?m\b|(?P<noon>noon)"
# Not the hour of the next day named: "due on December 3, is now due at noon on December 10".
_HOUR_AFTER = re.compile(
    rf"(?:(?:(?!\b{_MONTH}\s+\d)[^.;\n]){{0,40}}?\bat\s+|\W*(?:at\b|@|Time:?)?\W*)(?:{_CLOCK})"
    rf"(?!\.?\s*(?:[ECMP][SD]?T)?\s*,?\s*on\s+(?:\w+day\s*,?\s*)?(?:the\s+)?(?:{_MONTH}\s+)?\d)",
    re.IGNORECASE,
)
_HOUR_BEFORE = re.compile(
    rf"(?:{_CLOCK})(?:\.|\s|[ECMP][SD]?T|\(\w+\))*,?\s*(?:on\s+)?(?:\w+day,?\s+)?$", re.IGNORECASE
)


def moment(day: date, before: str, after: str, zone: tzinfo) -> When:
    """A day with the hour that the words around it give, on the court's clock; the day alone where they give none."""
    said = _HOUR_AFTER.match(after) or _HOUR_BEFORE.search(before)
    if said is None:
        return When.on(day, zone)
    hour, minute = (12, 0)
    if not said["noon"]:
        hour, minute = int(said["hour"]) % 12 + 12 * (said["half"].lower() == "p"), int(said["minute"] or 0)
    if minute > 59:
        return When.on(day, zone)
    return When(datetime.combine(day, time(hour, minute), zone), "minute")
