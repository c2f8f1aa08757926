"""What the charts show, as numbers; ``_charts.html`` draws them as SVG with the numbers in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

Row = Mapping[str, Any]

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    filings: int = 0
    stories: int = 0


def first_monday(day: date) -> date:
    """Monday of the first of the `WEEKS` weeks that end with the week of ``day``."""
    return day - timedelta(days=day.weekday()) - timedelta(weeks=WEEKS - 1)


def weeks(counted: Sequence[Row], start: date) -> list[Week]:
    """Filings and stories in each of `WEEKS` weeks from the Monday ``start``, oldest first, as the rows count them."""
    held = {row["monday"]: row for row in counted}
    mondays = [start + timedelta(weeks=n) for n in range(WEEKS)]
    none = {"filings": 0, "stories": 0}
    told = [held.get(monday.isoformat(), none) for monday in mondays]
    return [Week(monday, row["filings"], row["stories"]) for monday, row in zip(mondays, told, strict=True)]


def highest(charts: Sequence[Sequence[Week]]) -> int:
    """The highest bar of charts that are to be compared."""
    return max((max(week.filings, week.stories) for chart in charts for week in chart), default=0)


LAGS = {"within a day": 1, "1 to 3 days": 3, "3 to 7 days": 7, "7 to 14 days": 14}
UNREPORTED = "none in 14 days"


def lags(covered: Sequence[Row]) -> dict[str, int]:
    """How many rulings were first reported how long after they were entered (`queries.COVERAGE`)."""
    counts = dict.fromkeys([*LAGS, UNREPORTED], 0)
    for row in covered:
        days = float("inf")
        if row["reported"]:
            gone = datetime.fromisoformat(row["reported"]) - datetime.fromisoformat(row["entered"])
            days = gone.total_seconds() / 86400
        counts[next((name for name, most in LAGS.items() if days < most), UNREPORTED)] += 1
    return counts


# From what the registry says of a matter, in the order in which the words decide.
_STAGES = (
    ("Ended", r"^(voluntarily )?dismissed(?! in part)|^reported dropped|^closed"),
    ("Settled", r"^settled(?! in part)"),
    ("Appeal", r"appeal|certiorari|^affirmed"),
    ("Judgment", r"^(default )?judgment"),
    ("Trial", r"\btrial\b"),
    ("Summary judgment", r"summary.judgment|fair use"),
    ("Discovery", r"discovery"),
    ("Motion to dismiss", r"motions? to dismiss|dismissed"),
    ("Pending", r"."),
)
STAGES = (
    "Pending",
    "Motion to dismiss",
    "Discovery",
    "Summary judgment",
    "Trial",
    "Judgment",
    "Appeal",
    "Settled",
    "Ended",
)


def stage(status: str | None) -> str:
    """One of `STAGES` for the registry's few words on where a matter stands."""
    return next((name for name, words in _STAGES if re.search(words, (status or "").lower())), "Pending")


def court_map(matters: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Court → stage → number of matters; the court with most first, every stage that occurs in every row."""
    found = [(row["court"], stage(row["status"])) for row in matters]
    occurring = [name for name in STAGES if any(one == name for _, one in found)]
    courts = sorted({court for court, _ in found}, key=lambda court: (-sum(c == court for c, _ in found), court))
    return {court: {name: found.count((court, name)) for name in occurring} for court in courts}
