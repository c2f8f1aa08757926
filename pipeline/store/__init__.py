"""The working database: everything ingested, and the only place that knows SQL.

One writer. Rows change only when what they say changes, so ingesting the same spool twice leaves no trace. Whatever
belongs together is written in one transaction: a job that is killed leaves the state before or after, never between.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib.resources import files
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
    Summary,
    Visit,
)
from pipeline.store import rows
from pipeline.store.migrations import migrations

Purpose = Literal["live", "demo"]


class Store:
    """Use as a context manager. Raises `StoreError` when the file cannot serve as our database."""

    def __init__(self, path: Path, *, purpose: Purpose = "live") -> None:
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

    def _prepare(self, purpose: Purpose) -> None:
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
            self.set_meta("purpose", purpose)
        elif found != purpose:
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

    def visible_news(self) -> Iterator[Document]:
        """News that will be published, by id."""
        sql = "SELECT d.* FROM visible v JOIN documents d ON d.id = v.id WHERE d.kind = 'news' ORDER BY d.id"
        return (rows.document(row) for row in self._db.query(sql))

    def apply(self, change: Change) -> None:
        """Write what `decide` decided. A revised document keeps its earlier versions and the day it was first seen."""
        match change:
            case Add(new):
                seen = new.provenance.fetched.isoformat()
                row = rows.document_row(new) | {"first_seen": seen, "changed": seen, "revision": 1}
                self._db.table("documents").insert(row)
            case Revise(new, was):
                old = self._row("SELECT revision, first_seen FROM documents WHERE id = ?", new.id)
                assert old is not None
                version = {"document": was.id, "revision": old["revision"], "noun": rows.document_json(was)}
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

    def replace_stories(self, stories: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """Stories as (id, title, document ids, original first); those not named any more go."""
        wanted = list(stories)
        titles = {row["id"]: row["title"] for row in self._db.query("SELECT * FROM stories")}
        members: dict[str, list[str]] = {}
        for row in self._db.query("SELECT story, document FROM story_documents ORDER BY story, position"):
            members.setdefault(row["story"], []).append(row["document"])
        if titles == {s: t for s, t, _ in wanted} and members == {s: list(d) for s, _, d in wanted}:
            return
        self._db.execute("DELETE FROM story_documents")
        self._db.execute("DELETE FROM stories")
        self._db.table("stories").insert_all({"id": s, "title": t} for s, t, _ in wanted)
        self._db.table("story_documents").insert_all(
            {"story": s, "position": n, "document": d} for s, _, ids in wanted for n, d in enumerate(ids)
        )

    # ------------------------------------------------------------------------------------------ dockets

    def entry(self, entry_id: str) -> DocketEntry | None:
        row = self._row("SELECT * FROM entries WHERE id = ?", entry_id)
        return rows.entry(row) if row else None

    def put_entry(self, entry: DocketEntry) -> None:
        self._upsert("entries", rows.entry_row(entry), "id")

    def sync_registry(self, matters: Iterable[Matter], courts: Iterable[tuple[str, str, str]]) -> bool:
        """Make matters, dockets and courts (id, name, short name) what the registry says. True when they changed."""
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
        return changed

    # ------------------------------------------------------------------------------------------ summaries

    def awaiting_summary(self, *, model: str, revision: str, parameters: str) -> list[Document]:
        """Documents to be published whose summary is missing, or made from other text or settings."""
        found = self._db.query(
            """
            SELECT d.* FROM documents d
            JOIN visible v ON v.id = d.id
            LEFT JOIN summaries s ON s.document = d.id
            WHERE d.state = 'read' AND d.page_class IN ('article', 'filing') AND d.text <> ''
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
        """Requested URL → last good answer, for conditional requests."""
        found = self._db.query("SELECT url, at, etag, last_modified FROM visits")
        return {row["url"]: rows.visit(row) for row in found}

    def troubled(self, run: str) -> bool:
        """Whether a crawl run left something out."""
        return self._row("SELECT 1 FROM issues WHERE run = ? AND level <> ? LIMIT 1", run, str(Level.NOTE)) is not None

    def put_visit(self, url: str, visit: Visit) -> None:
        old = self._row("SELECT at FROM visits WHERE url = ?", url)
        if old is None or old["at"] < visit.at.isoformat():
            self._upsert("visits", {"url": url} | rows.visit_row(visit), "url")

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
