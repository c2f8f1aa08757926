"""Counting days as the Federal Rules do: Fed. R. Civ. P. 6(a) (Fed. R. App. P. 26(a) counts alike)."""

from __future__ import annotations

from datetime import date, timedelta

RULE = "Fed. R. Civ. P. 6(a)(1)"
BACKWARD = "Fed. R. Civ. P. 6(a)(5)"
COURT_DAYS = "Fed. R. Civ. P. 6(a)(6)"


def after(trigger: date, days: int) -> date:
    """The last day of a period of ``days`` days after ``trigger``.

    The day of the event is left out, every other day counts, and a period that would end on a Saturday, Sunday or legal
    holiday runs to the next day that is none of these (Rule 6(a)(1)).
    """
    last = trigger + timedelta(days)
    while not is_court_day(last):
        last += timedelta(1)
    return last


def before(event: date, days: int) -> date:
    """The last day on which something due ``days`` days before an event can be done.

    Counted back, and further back over Saturdays, Sundays and legal holidays (Rule 6(a)(5)).
    """
    last = event - timedelta(days)
    while not is_court_day(last):
        last -= timedelta(1)
    return last


def business_days_after(trigger: date, days: int) -> date:
    """``days`` court days after ``trigger``, for orders that say "business days" or "court days"."""
    last = trigger
    while days:
        last += timedelta(1)
        days -= is_court_day(last)
    return last


def is_court_day(day: date) -> bool:
    return day.weekday() < 5 and day not in legal_holidays(day.year)


def legal_holidays(year: int) -> frozenset[date]:
    """Federal legal holidays of Rule 6(a)(6)(A), with the weekday on which 5 U.S.C. § 6103(b) has them observed.

    State holidays of the court's place, which Rule 6(a)(6)(C) adds, are not counted.
    """
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    if year >= 2021:
        fixed.append(date(year, 6, 19))  # Juneteenth, Pub. L. 117-17
    observed = {day + timedelta({5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed}
    return frozenset(
        observed
        | set(fixed)
        | {
            _monday(year, 1, 3),  # Martin Luther King Jr.
            _monday(year, 2, 3),  # Washington
            _monday(year, 6, 1) - timedelta(7),  # Memorial: the last Monday of May
            _monday(year, 9, 1),  # Labor
            _monday(year, 10, 2),  # Columbus
            _weekday(year, 11, 3, 4),  # Thanksgiving: the fourth Thursday
        },
    )


def _monday(year: int, month: int, which: int) -> date:
    return _weekday(year, month, 0, which)


def _weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The ``which``-th such weekday (Monday 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))
