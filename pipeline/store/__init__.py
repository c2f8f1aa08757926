"""The working database: everything ingested, and the only place that knows SQL.

One writer. Rows change only when what they say changes, so ingesting the same spool twice leaves no trace. Whatever
belongs together is written in one transaction: a job that is killed leaves the state before or after, never between.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, cast

from sqlite_utils import Database

from pipeline.errors import StoreError
from pipeline.model import (
    Add,
    Change,
    DocketEntry,
    DocketLink,
    Document,
    Issue,
    Level,
    Matter,
    Relevance,
    Revise,
    Run,
    Source,
    Span,
    Summary,
    Visit,
)
from pipeline.store import rows
from pipeline.store.dockets import DocketTables
from pipeline.store.migrations import migrations
from pipeline.store.news import NewsTables

Purpose = Literal["live", "demo"]


def _utc(moment: datetime) -> str:
    """Moments that SQL compares."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


class Store(DocketTables, NewsTables):
    """Use as a context manager. Raises `StoreError` when the file cannot serve as our database.

    ``purpose`` is what it must hold; None is content with either.
    """

    def __init__(self, path: Path, *, purpose: Purpose | None = "live") -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = Database(path)
            self._prepare(purpose)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                path, f"cannot be used as a database: {error}", "check the folder’s permissions"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def _prepare(self, purpose: Purpose | None) -> None:
        known = len(migrations.pending(self._db)) + len(migrations.applied(self._db))
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > known or len(migrations.applied(self._db)) > known:
            raise StoreError(
                self.path, f"has schema {version}, newer than this docketwire ({known})", "upgrade docketwire"
            )
        if version < known:
            self._db.enable_wal()
            migrations.apply(self._db)
            self._db.execute(f"PRAGMA user_version = {known}")
        self._refresh_views()
        found = self.meta("purpose")
        if found is None:
            self.set_meta("purpose", purpose or "live")
        elif purpose and found != purpose:
            raise StoreError(
                self.path, f"holds {found} data and cannot take {purpose} data", "choose another --data folder"
            )

    def _refresh_views(self) -> None:
        script = files("pipeline.store").joinpath("views.sql").read_text(encoding="utf-8")
        digest = hashlib.sha256(script.encode()).hexdigest()
        if self.meta("views") == digest:
            return
        with self._db.atomic():
            for name in self._db.view_names():
                self._db.execute(f"DROP VIEW [{name}]")
            for statement in script.split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self.set_meta("views", digest)

    def transaction(self) -> AbstractContextManager[object]:
        """All or nothing for what is written inside."""
        return cast("AbstractContextManager[object]", self._db.atomic())

    def _row(self, sql: str, *values: object) -> dict[str, Any] | None:
        return next(iter(self._db.query(sql, values)), None)

    def _upsert(self, table: str, row: Mapping[str, Any], pk: str | tuple[str, ...]) -> bool:
        """Write a row unless it stands there already. Says whether anything changed."""
        keys = (pk,) if isinstance(pk, str) else pk
        where = " AND ".join(f"[{key}] = ?" for key in keys)
        old = self._row(f"SELECT * FROM [{table}] WHERE {where}", *(row[key] for key in keys))  # noqa: S608
        if old is not None and all(old[name] == value for name, value in row.items()):
            return False
        self._db.table(table).upsert(dict(row), pk=pk)
        return True

    # ------------------------------------------------------------------------------------------ meta

    def meta(self, key: str) -> str | None:
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return row["value"] if row else None

    def set_meta(self, key: str, value: str) -> None:
        self._upsert("meta", {"key": key, "value": value}, "key")

    # ------------------------------------------------------------------------------------------ documents

    def document(self, document_id: str) -> Document | None:
        row = self._row("SELECT * FROM documents WHERE id = ?", document_id)
        return rows.document(row) if row else None

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        return (rows.document(row) for row in self._db.query("SELECT * FROM documents ORDER BY id"))

    def filings_with_dates(self) -> Iterator[list[Document]]:
        """Filings that set dates, matter by matter."""
        sql = """SELECT d.*, h.matter AS of_matter FROM home_docket h JOIN visible v ON v.id = h.document
                 JOIN documents d ON d.id = v.id WHERE d.kind = 'filing' AND d.events <> '[]' ORDER BY h.matter, d.id"""
        for _, found in groupby(self._db.query(sql), key=lambda row: row["of_matter"]):
            yield [rows.document(row) for row in found]

    def replace_event_fates(self, fates: Iterable[tuple[str, int, str, str]]) -> None:
        """What became of events, as (document, position, fate, by document); those not named any more go."""
        self._db.execute("DELETE FROM event_fates")
        self._db.table("event_fates").insert_all(
            {"document": d, "position": n, "fate": fate, "by": by} for d, n, fate, by in fates
        )

    def apply(self, change: Change) -> None:
        """Write what `decide` decided. A revised document keeps its earlier versions and the day it was first seen."""
        match change:
            case Add(new):
                seen = new.provenance.fetched.isoformat()
                row = rows.document_row(new) | {"first_seen": seen, "changed": seen, "revision": 1}
                self._db.table("documents").insert(row)
            case Revise(new, was, removed, added):
                old = self._row("SELECT revision, first_seen FROM documents WHERE id = ?", new.id)
                assert old is not None
                version = {"document": was.id, "revision": old["revision"], "noun": rows.document_json(was)}
                version |= {"removed": removed, "added": added}
                self._db.table("versions").insert(version)
                row = rows.document_row(new) | {
                    "first_seen": old["first_seen"],
                    "changed": new.provenance.fetched.isoformat(),
                    "revision": old["revision"] + 1,
                }
                self._db.table("documents").upsert(row, pk="id")

    def links(self, document_id: str) -> tuple[DocketLink, ...]:
        found = self._db.query(
            "SELECT docket, confidence, evidence, reason, entry_number FROM links WHERE document = ? ORDER BY position",
            [document_id],
        )
        return tuple(DocketLink(**row) for row in found)

    def put_links(self, document_id: str, links: Sequence[DocketLink]) -> bool:
        if self.links(document_id) == tuple(links):
            return False
        self._db.execute("DELETE FROM links WHERE document = ?", [document_id])
        for position, link in enumerate(links):
            self._db.execute(
                "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?)",
                [document_id, position, link.docket, link.confidence, link.evidence, link.reason, link.entry_number],
            )
        return True

    def put_relevance(self, document_id: str, verdict: Relevance) -> None:
        self._db.table("documents").update(document_id, {"relevance": rows.relevance_json(verdict)})

    # ------------------------------------------------------------------------------------------ dockets

    def entry(self, entry_id: str) -> DocketEntry | None:
        """The entry of this id, or to which another source gave it (`put_entry_name`)."""
        known = "SELECT entry FROM entry_names WHERE name = ?"
        row = self._row(f"SELECT * FROM entries WHERE id = ? OR id = ({known})", entry_id, entry_id)  # noqa: S608
        return rows.entry(row) if row else None

    def put_entry(self, entry: DocketEntry, *, at: datetime) -> None:
        """Write an entry as read at a moment, unless it says nothing new. When it was first seen stays."""
        old = self._row("SELECT * FROM entries WHERE id = ?", entry.id)
        row = rows.entry_row(entry)
        if old is not None and all(old[name] == value for name, value in row.items()):
            return
        seen = at.isoformat()
        row |= {"first_seen": old["first_seen"] if old else seen, "changed": seen}
        self._db.table("entries").upsert(row, pk="id")

    def sync_registry(self, matters: Iterable[Matter], courts: Iterable[tuple[str, str, str]]) -> None:
        """Make matters, dockets and courts (id, name, short name) what the registry says.

        When that changes anything, documents are to be matched anew: remembered (`matching_due`) until somebody has.
        """
        wanted: dict[str, list[dict[str, Any]]] = {"matters": [], "dockets": [], "courts": []}
        for matter in matters:
            row, dockets = rows.matter_rows(matter)
            wanted["matters"].append(row)
            wanted["dockets"].extend(dockets)
        wanted["courts"] = [{"id": i, "name": name, "short": short} for i, name, short in courts]
        changed = False
        keys = {"matters": "slug", "dockets": "key", "courts": "id"}
        with self.transaction():
            for table in ("dockets", "matters", "courts"):
                names = {row[keys[table]] for row in wanted[table]}
                gone = [r[keys[table]] for r in self._db.table(table).rows if r[keys[table]] not in names]
                for key in gone:
                    self._db.table(table).delete(key)
                changed |= bool(gone)
            for table in ("courts", "matters", "dockets"):
                for row in wanted[table]:
                    changed |= self._upsert(table, row, keys[table])
            if changed:
                self.set_meta("matching", "due")

    @property
    def matching_due(self) -> bool:
        return self.meta("matching") == "due"

    def set_matched(self) -> None:
        self.set_meta("matching", "done")

    # ------------------------------------------------------------------------------------------ summaries

    def awaiting_summary(self, *, model: str, revision: str, parameters: str) -> list[Document]:
        """Documents to be published whose summary is missing, or made from other text or settings."""
        found = self._db.query(
            """
            SELECT d.* FROM documents d
            JOIN visible v ON v.id = d.id
            LEFT JOIN summaries s ON s.document = d.id
            WHERE (d.state = 'read'
                   OR (d.state = 'needs_ocr' AND 2 * json_array_length(d.scans) < json_array_length(d.page_starts)))
              AND d.page_class IN ('article', 'filing') AND d.text <> ''
              AND (s.document IS NULL OR s.document_revision <> d.revision
                   OR s.model <> ? OR s.revision <> ? OR s.parameters <> ?)
            ORDER BY d.id
            """,
            [model, revision, parameters],
        )
        return [rows.document(row) for row in found]

    def put_summary(self, summary: Summary) -> None:
        of = self._row("SELECT revision FROM documents WHERE id = ?", summary.document)
        assert of is not None
        self._upsert("summaries", rows.summary_row(summary) | {"document_revision": of["revision"]}, "document")

    # ------------------------------------------------------------------------------------------ crawling

    def ledger(self) -> dict[str, Visit]:
        """Requested URL → what is remembered of it, for the next request."""
        found = self._db.query("SELECT * FROM visits")
        return {row["url"]: rows.visit(row) for row in found}

    def in_order(self, run: str) -> bool:
        """Whether a crawl run is known to have ended, and to have left nothing out."""
        sql = """SELECT 1 FROM runs r WHERE r.id = ? AND r.health IN ('well', 'quiet')
                 AND NOT EXISTS (SELECT 1 FROM issues i WHERE i.run = r.id AND i.level <> ?)"""
        return self._row(sql, run, str(Level.NOTE)) is not None

    def good_poll_before(self, run: str) -> tuple[datetime, datetime, bool] | None:
        """(when a run began, when the source's last good run before it began, whether it is a court's feed)."""
        sql = """SELECT r.started, b.started AS before, s.method = 'court feed' AS court_feed FROM runs r
                 JOIN sources s ON s.id = r.source
                 JOIN runs b ON b.source = r.source AND b.started < r.started AND b.health IN ('well', 'quiet')
                 WHERE r.id = ? ORDER BY b.started DESC LIMIT 1"""
        row = self._row(sql, run)
        if row is None:
            return None
        return datetime.fromisoformat(row["started"]), datetime.fromisoformat(row["before"]), bool(row["court_feed"])

    def put_covers(self, run: str, covered: Span, missed: Span | None) -> None:
        """What the feed of a run covers, and what it may have missed. A run with several feeds covers them all."""
        old = self._row("SELECT covers_from, covers_to FROM runs WHERE id = ?", run)
        if old is None:
            return
        wide = {
            "covers_from": min(filter(None, [old["covers_from"], _utc(covered.start)])),
            "covers_to": max(filter(None, [old["covers_to"], _utc(covered.end)])),
        }
        missing = {"gap_from": _utc(missed.start), "gap_to": _utc(missed.end)} if missed else {}
        self._db.table("runs").update(run, wide | missing)

    def standings(self) -> list[dict[str, Any]]:
        """How each source is doing: the rows of the public table ``sources``."""
        return list(self._db.query("SELECT * FROM public_sources"))

    def latest_run(self, source: str) -> str | None:
        row = self._row("SELECT id FROM latest_run WHERE source = ?", source)
        return row["id"] if row else None

    def put_visit(self, url: str, visit: Visit) -> None:
        """Remember a good answer, unless a later one is known: spools may be read in any order."""
        old = self.visit(url)
        if old is None or old.at is None or (visit.at is not None and old.at < visit.at):
            self._upsert("visits", {"url": url} | rows.visit_row(visit), "url")

    def put_not_before(self, url: str, until: datetime) -> None:
        """Remember that we were asked to stay away. What is known of the last good answer stays."""
        self._upsert(
            "visits", {"url": url} | rows.visit_row(replace(self.visit(url) or Visit(), not_before=until)), "url"
        )

    def visit(self, url: str) -> Visit | None:
        row = self._row("SELECT * FROM visits WHERE url = ?", url)
        return rows.visit(row) if row else None

    def sync_sources(self, sources: Iterable[Source]) -> None:
        with self.transaction():
            for source in sources:
                self._upsert("sources", rows.source_row(source), "id")

    def spool_known(self, name: str, size: int) -> bool:
        row = self._row("SELECT size FROM spools WHERE name = ?", name)
        return row is not None and row["size"] == size

    def put_spool(self, name: str, size: int) -> None:
        self._upsert("spools", {"name": name, "size": size}, "name")

    def put_runs(self, runs: Iterable[Run]) -> None:
        with self.transaction():
            for run in runs:
                self._upsert("runs", rows.run_row(run), "id")
                for issue in run.issues:
                    self.put_issue(issue, run=run.id)

    def replace_issues(self, source: str, issues: Iterable[Issue]) -> None:
        """What is wrong with something that is asked every night and has no runs; of nights before nothing stays."""
        self._db.execute("DELETE FROM issues WHERE source = ?", [source])
        for issue in issues:
            self.put_issue(issue, run=source)

    def put_issue(self, issue: Issue, *, run: str) -> None:
        self._db.table("issues").insert(
            {
                "run": run,
                "level": str(issue.level),
                "source": issue.source,
                "place": issue.place,
                "message": issue.message,
            },
            ignore=True,
        )
