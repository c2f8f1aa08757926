"""Noun ⇄ row. ``document(row(document)) == document`` for every noun that is read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from pipeline.model import (
    Candidate,
    Check,
    DocketEntry,
    DocketSheet,
    Document,
    Matter,
    Relevance,
    Run,
    Source,
    Summary,
    Told,
    Visit,
)

Row = dict[str, Any]

_DOCUMENT = TypeAdapter(Document)
_ENTRY = TypeAdapter(DocketEntry)
_SUMMARY = TypeAdapter(Summary)
_TOLD = TypeAdapter(tuple[Told, ...])
_RUN = TypeAdapter(Run)
_SOURCE = TypeAdapter(Source)
_MATTER = TypeAdapter(Matter)
_VISIT = TypeAdapter(Visit)
_RELEVANCE = TypeAdapter(Relevance)

# Fields that hold more than one value and are kept as JSON in their column.
_DOCUMENT_JSON = (
    "authors", "robots", "docket_numbers", "ecf_references", "dispositions", "events", "readings",
    "page_starts", "notes", "scans", "stamp", "relevance",
)  # fmt: skip
_PROVENANCE = {
    "source": "source", "fetched": "fetched", "digest": "digest", "reader": "reader", "spool": "spool",
    "offset": "spool_offset", "run": "run",
}  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _spread_when(row: Row, name: str) -> None:
    when = row.pop(name)
    row[name], row["precision"] = (when["at"], when["precision"]) if when else (None, None)


def _gather_when(row: Mapping[str, Any], name: str) -> Row | None:
    return {"at": row[name], "precision": row["precision"]} if row[name] else None


def _spread_withheld(row: Row) -> None:
    said = row.pop("withheld")
    row["withheld"], row["withheld_words"] = (said["state"], said["words"]) if said else (None, None)


def _gather_withheld(row: Mapping[str, Any]) -> Row | None:
    return {"state": row["withheld"], "words": row["withheld_words"]} if row["withheld"] else None


def document_row(document: Document) -> Row:
    row: Row = _DOCUMENT.dump_python(document, mode="json")
    _spread_when(row, "published")
    _spread_withheld(row)
    for name in _DOCUMENT_JSON:
        row[name] = None if row[name] is None else _json(row[name])
    provenance = row.pop("provenance")
    return row | {"words": document.words} | {column: provenance[name] for name, column in _PROVENANCE.items()}


def document(row: Mapping[str, Any]) -> Document:
    noun: Row = {name: row[name] for name in _DOCUMENT_FIELDS}
    noun["published"] = _gather_when(row, "published")
    noun["withheld"] = _gather_withheld(row)
    for name in _DOCUMENT_JSON:
        noun[name] = None if row[name] is None else json.loads(row[name])
    noun["provenance"] = {name: row[column] for name, column in _PROVENANCE.items()}
    return _DOCUMENT.validate_python(noun)


_DOCUMENT_FIELDS = [name for name in Document.__dataclass_fields__ if name not in {"provenance", "published"}]


def document_json(noun: Document) -> str:
    return _DOCUMENT.dump_json(noun).decode()


def relevance_json(verdict: Relevance) -> str:
    return _json(_RELEVANCE.dump_python(verdict, mode="json"))


def entry_row(entry: DocketEntry) -> Row:
    row: Row = _ENTRY.dump_python(entry, mode="json")
    _spread_when(row, "filed")
    _spread_withheld(row)
    return row


def entry(row: Mapping[str, Any]) -> DocketEntry:
    noun: Row = {name: row[name] for name in DocketEntry.__dataclass_fields__}
    noun["filed"] = _gather_when(row, "filed")
    noun["withheld"] = _gather_withheld(row)
    return _ENTRY.validate_python(noun)


def summary_row(summary: Summary) -> Row:
    row: Row = _SUMMARY.dump_python(summary, mode="json")
    row["points"] = _json(row["points"])
    return row


def summary(row: Mapping[str, Any]) -> Summary:
    noun: Row = {name: row[name] for name in Summary.__dataclass_fields__}
    noun["points"] = json.loads(row["points"])
    return _SUMMARY.validate_python(noun)


def told_json(told: Sequence[Told]) -> str:
    return _json(_TOLD.dump_python(tuple(told), mode="json"))


def run_row(run: Run) -> Row:
    row: Row = _RUN.dump_python(run, mode="json")
    row.pop("issues")
    row["statuses"] = _json(dict(row["statuses"]))
    return row


def source_row(source: Source) -> Row:
    return dict(_SOURCE.dump_python(source, mode="json"))


def matter_rows(matter: Matter) -> tuple[Row, list[Row]]:
    """One row for the matter, one for each of its dockets in order."""
    row: Row = _MATTER.dump_python(matter, mode="json")
    dockets = [
        docket
        | {"matter": matter.slug, "position": position}
        | {name: _json(docket[name]) for name in ("judges", "aliases", "history")}
        for position, docket in enumerate(row.pop("dockets"))
    ]
    for name in ("aliases", "plaintiffs", "defendants", "claims", "content", "evidence"):
        row[name] = _json(row[name])
    return row, dockets


def visit_row(visit: Visit) -> Row:
    return dict(_VISIT.dump_python(visit, mode="json"))


def visit(row: Mapping[str, Any]) -> Visit:
    return _VISIT.validate_python({name: row[name] for name in Visit.__dataclass_fields__})


_SHEET = TypeAdapter(DocketSheet)
_CANDIDATE = TypeAdapter(Candidate)
_CHECK = TypeAdapter(Check)


def sheet_row(sheet: DocketSheet) -> Row:
    row: Row = _SHEET.dump_python(sheet, mode="json")
    return row | {"judges": _json(row["judges"])}


def sheet(row: Mapping[str, Any]) -> DocketSheet:
    return _SHEET.validate_python({**row, "judges": json.loads(row["judges"])})


def candidate_row(candidate: Candidate) -> Row:
    return dict(_CANDIDATE.dump_python(candidate, mode="json"))


def candidate(row: Mapping[str, Any]) -> Candidate:
    return _CANDIDATE.validate_python(dict(row))


def check_row(check: Check) -> Row:
    row: Row = _CHECK.dump_python(check, mode="json")
    return row | {"agrees": int(row["agrees"])}
