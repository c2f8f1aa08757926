"""What CourtListener's API says of one docket: a row of ``dockets`` → `DocketSheet`, for the audit of the registry.

Strict as `pipeline.refine.courtlistener`: a field that we need and do not find, and one nobody told us of, are said.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from pipeline.errors import SourceError
from pipeline.model import DocketSheet
from pipeline.refine.courtlistener import Answer

# Asked for by name (``fields=``), so that these and no others come.
FIELDS = (
    "id", "docket_number", "case_name", "assigned_to_str", "referred_to_str", "panel_str", "date_filed",
    "date_terminated", "cause", "nature_of_suit", "absolute_url",
)  # fmt: skip


def read_docket(body: bytes, *, url: str) -> Answer:
    """One docket, as an answer with one row. Raises `SourceError` when it is none, or a field is missing."""
    try:
        row = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceError(url, f"not the JSON of an API answer ({error})", "fetch it again") from error
    if not isinstance(row, dict):
        raise SourceError(url, "JSON, but not a docket")
    if missing := [name for name in FIELDS if name not in row]:
        raise SourceError(url, f"the docket has no field “{missing[0]}”", "has the API changed?")
    return Answer((row,), None, tuple(name for name in row if name not in FIELDS))


def sheet(answer: Answer, docket: str, *, source: str, at: datetime) -> DocketSheet:
    """What it says of the docket that the registry has under the key ``docket``, whichever number it gives it."""
    row = answer.results[0]
    judges = [*_names(row["assigned_to_str"]), *_names(row["referred_to_str"]), *_names(row["panel_str"])]
    return DocketSheet(
        docket=docket,
        court=docket.partition(":")[0],
        number=str(row["docket_number"] or ""),
        caption=row["case_name"] or None,
        judges=tuple(dict.fromkeys(judges)),
        filed=_day(row["date_filed"]),
        terminated=_day(row["date_terminated"]),
        cause=row["cause"] or row["nature_of_suit"] or None,
        source=source,
        seen=at,
        url=f"https://www.courtlistener.com{row['absolute_url']}" if row["absolute_url"] else None,
    )


def _names(text: Any) -> list[str]:
    return [name.strip() for name in str(text or "").split(",") if name.strip()]


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
