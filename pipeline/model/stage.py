"""What a stage says of its work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.model.crawl import Issue

# Called with (what, done, total or None) while a stage works. The command line draws it.
Progress = Callable[[str, int, int | None], None]


def silent(what: str, done: int, total: int | None) -> None:
    """Progress for those who do not watch."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one stage did, for the terminal and the runs table."""

    stage: str
    counts: Mapping[str, int] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    def line(self) -> str:
        """“summarize: 1 summary”, “ingest: 3 new, 1 revised, 2 problems”."""
        return f"{self.stage}: " + ", ".join(f"{value} {_of(value, key)}" for key, value in self.counts.items())


def _of(number: int, several: str) -> str:
    return re.sub(r"ies$", "y", several).removesuffix("s") if number == 1 else several
