"""Time, and the words a claim was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A point in time and how finely it is known.

    ``at`` always has a zone. A court's "June 24, 2025" is midnight in that court's zone with precision ``day``: it is
    shown as the day that was written, never converted.
    """

    at: datetime
    precision: Literal["day", "minute", "second"] = "second"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"{self.at!r} has no time zone")

    @classmethod
    def on(cls, day: date, zone: tzinfo) -> When:
        return cls(datetime.combine(day, time(), zone), "day")

    @property
    def day(self) -> date:
        return self.at.date()

    def iso(self) -> str:
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another; both have a zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document's text: ``document.text[start:end] == text``."""

    start: int
    end: int
    text: str
