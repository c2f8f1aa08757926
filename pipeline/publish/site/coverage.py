"""News on a timeline: a story is one line, its outlets stand behind it, and it stands behind the entry it reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pipeline.publish.site import queries
from pipeline.publish.site.queries import Row, ask, by


@dataclass(frozen=True, slots=True)
class Coverage:
    """The stories that report one line of a docket."""

    stories: tuple[Row, ...]  # id, title, published and page of each, the earliest first
    outlets: tuple[str, ...]  # each once, in the order in which they reported
    lag: str  # "3 h after entry", of the first report


def covered(rows: Sequence[Row]) -> dict[str, Coverage]:
    """Id of a line → its coverage, from the articles of `queries.COVERAGE_OF`."""
    return {line: _coverage(articles) for line, articles in by(rows, "line").items()}


def _coverage(articles: Sequence[Row]) -> Coverage:
    stories = []
    for told in by(articles, "story").values():
        alone = len(told) == 1
        page = f"/document/{quote(told[0]['id'], safe='')}" if alone else f"/story/{quote(told[0]['story'], safe='')}"
        stories.append(told[0] | {"page": page, "outlets": _outlets(told)})
    # What the story told before anybody reported this entry is no report of it.
    dated = [row for row in articles if row["published"] and row["reports"]]
    first = min(dated, key=lambda row: datetime.fromisoformat(row["published"]), default=None)
    return Coverage(tuple(stories), _outlets(articles), lag(first) if first else "")


def _outlets(articles: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["source_title"] or "an outlet unknown" for row in articles))


def lag(report: Row) -> str:
    """How long after its entry (``filed``) an article (``published``) came: in hours where both hours are known."""
    if not report["filed"] or not report["published"]:
        return ""
    filed, published = datetime.fromisoformat(report["filed"]), datetime.fromisoformat(report["published"])
    if "day" in (report["filed_precision"], report["precision"]):
        days = (published.date() - filed.date()).days
        return "before the entry" if days < 0 else "the day of the entry" if not days else _days(days)
    hours = (published - filed).total_seconds() / 3600
    if hours < 0:
        return "before the entry"
    return "within the hour" if hours < 1 else f"{hours:.0f} h after entry" if hours < 48 else _days(round(hours / 24))


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'} after entry"


async def of_lines(db: Any, ids: Sequence[str]) -> dict[str, Coverage]:
    """The coverage of filings and docket entries, by id; those that nobody reports are missing."""
    return covered(await ask(db, queries.COVERAGE_OF, ids=json.dumps(ids)))


async def with_story(db: Any, rows: Sequence[Row]) -> list[Row]:
    """The lines, those of articles with the ``others`` of their story and, if known, what it reports (``reported``)."""
    ids = json.dumps([row["id"] for row in rows if row["kind"] != "filing"])
    others = by(await ask(db, queries.OTHERS_OF, ids=ids), "of")
    reported = by(await ask(db, queries.REPORTED_BY, ids=ids), "of")
    return [row | {"others": others.get(row["id"], ()), "reported": _found(reported.get(row["id"]))} for row in rows]


def _found(reports: Sequence[Row] | None) -> Row | None:
    return reports[0] | {"lag": lag(reports[0])} if reports else None
