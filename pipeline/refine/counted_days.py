"""Days that an order counts instead of naming: "within 14 days of this Order", "seven days before the hearing"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.refine import calendar_rules


@dataclass(frozen=True, slots=True)
class CountedDay:
    """``words[start:end]`` counts to ``day``; ``computed`` says from what and under which rule."""

    start: int
    end: int
    day: date
    computed: str


_COUNT_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-one": 21, "twenty-eight": 28,
    "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_COUNT = rf"(?:(?:[a-z]+(?:-[a-z]+)?\s+\()?(?P<number>\d{{1,3}})\)?|(?P<word>{'|'.join(_COUNT_WORDS)}))[\s-]*"
_COUNTED = re.compile(
    r"\b(?:(?:within|no\s+later\s+than|not\s+later\s+than)\s+"
    rf"{_COUNT}(?:calendar\s+)?(?P<business>(?:business|court)\s+)?(?P<unit>days?|weeks?)\s+(?:of|from|after|following)\s+"
    r"(?:the\s+)?(?:date\s+(?:of|on)\s+)?(?:the\s+)?(?:entry\s+of\s+|issuance\s+of\s+|date\s+of\s+)?(?:this|the\s+present)\s+"
    r"(?:Memorandum\s+)?(?:Opinion\s+and\s+)?(?:Order|Opinion|Decision|Ruling|Notice)\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"\bwithin\s+the\s+next\s+{_COUNT}(?:calendar\s+)?(?P<business>(?:business|court)\s+)?(?P<unit>days?|weeks?)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b{_COUNT}(?P<business>(?:business|court)\s+)?(?P<unit>days?|weeks?)\s+(?:before|prior\s+to|in\s+advance\s+of)\s+"
    r"(?:that\s+date|(?:the|that|such)\s+(?:\w+\s+){0,2}?(?:conference|hearing))\b",
    re.IGNORECASE,
)


def _days(match: re.Match[str]) -> int:
    count = int(match["number"] or _COUNT_WORDS.get((match["word"] or "").lower(), 0))
    return count * (7 if match["unit"].lower().startswith("week") else 1)


def counted_from(words: str, dated: date) -> Iterator[CountedDay]:
    """Periods such as "within 14 days of this Order", counted from its own date. Other counts stay uncounted."""
    for match in [*_COUNTED.finditer(words), *_NEXT.finditer(words)]:
        if not (days := _days(match)):
            continue
        if match["business"]:
            day, rule = calendar_rules.business_days_after(dated, days), calendar_rules.COURT_DAYS
        else:
            day, rule = calendar_rules.after(dated, days), calendar_rules.RULE
        said = " ".join(match[0].split())
        yield CountedDay(match.start(), match.end(), day, f"{said}, dated {dated.isoformat()}: {rule}")


def counted_back(words: str, event: date) -> Iterator[CountedDay]:
    """Days such as "seven days before that date", counted back from the event (Rule 6(a)(5))."""
    for match in _BEFORE.finditer(words):
        if not match["business"] and (days := _days(match)):
            said = " ".join(match[0].split())
            due = calendar_rules.before(event, days)
            yield CountedDay(match.start(), match.end(), due, f"{said}, {event.isoformat()}: {calendar_rules.BACKWARD}")
