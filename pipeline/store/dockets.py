"""What courts' pages say of dockets, one filing under many numbers, candidates, and the audit. Part of `Store`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from pipeline.model import Candidate, Check, DocketEntry, DocketSheet
from pipeline.store import rows


class DocketTables:
    """Use through `Store`."""

    _db: Database

    def _found(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return list(self._db.query(sql, values))

    def entry_at(self, url: str) -> DocketEntry | None:
        """The entry whose page stands at an address."""
        found = self._found("SELECT * FROM entries WHERE url = ? ORDER BY id LIMIT 1", url)
        return rows.entry(found[0]) if found else None

    def unnumbered_entries(self, entry: DocketEntry) -> list[DocketEntry]:
        """Entries without a number of the same docket and day that the source of ``entry`` has not told of."""
        day = entry.filed.at.date().isoformat() if entry.filed else ""
        found = self._found(
            """SELECT * FROM entries e WHERE docket = ? AND number IS NULL AND substr(filed, 1, 10) = ? AND source <> ?
               AND NOT EXISTS (SELECT 1 FROM entry_names n WHERE n.entry = e.id AND n.source = ?) ORDER BY id""",
            entry.docket, day, entry.source, entry.source,
        )  # fmt: skip
        return [rows.entry(row) for row in found]

    def entries_without_text(self) -> list[tuple[DocketEntry, datetime]]:
        """A court’s entries in followed dockets without a docket text, and when what they say last changed."""
        found = self._found(
            """SELECT e.* FROM entries e JOIN dockets k ON k.key = e.docket
               WHERE e.type IN ('order', 'opinion', 'judgment', 'notice')
               AND e.id NOT IN (SELECT docket_entry FROM documents WHERE docket_entry IS NOT NULL) ORDER BY e.id"""
        )
        return [(rows.entry(row), datetime.fromisoformat(row["changed"])) for row in found]

    def put_entry_name(self, entry: DocketEntry, known: DocketEntry) -> None:
        """A source's own id of an entry that is there already, and the words by which it was told."""
        row = {"name": entry.id, "entry": known.id, "source": entry.source, "words": entry.description}
        self._db.table("entry_names").upsert(row, pk="name")

    # ------------------------------------------------------------------------------------------ sheets

    def put_sheet(self, sheet: DocketSheet) -> None:
        """Keep the newest word on each fact: a page that leaves something out takes nothing away."""
        old = next(iter(self._found("SELECT * FROM sheets WHERE docket = ?", sheet.docket)), None)
        row = rows.sheet_row(sheet)
        if old is not None:
            older = old["seen"] > row["seen"]
            row = {name: (old[name] or row[name]) if older else (row[name] or old[name]) for name in row}
            if sheet.judges == () and not older:
                row["judges"] = old["judges"]
            if all(old[name] == row[name] for name in row if name not in {"seen", "source", "url"}):
                return
        self._db.table("sheets").upsert(row, pk="docket")

    def sheets(self) -> list[DocketSheet]:
        return [rows.sheet(row) for row in self._found("SELECT * FROM sheets ORDER BY docket")]

    def captions(self) -> list[tuple[str, str, str, str]]:
        """(docket, caption, source, when first seen) as the newest entry of each docket's feed has it."""
        found = self._found(
            """SELECT docket, caption, source, first_seen, max(first_seen || id) FROM entries
               WHERE caption IS NOT NULL GROUP BY docket ORDER BY docket"""
        )
        return [(row["docket"], row["caption"], row["source"], row["first_seen"]) for row in found]

    # ------------------------------------------------------------------------------------------ numbers

    def put_same_filing(self, numbers: Sequence[tuple[str, int, str]]) -> None:
        """(docket, number, words): these are one filing. Lists that share a number are joined."""
        known = {
            row["filing"]
            for docket, number, _ in numbers
            for row in self._found("SELECT filing FROM same_filing WHERE docket = ? AND number = ?", docket, number)
        }
        filing = min(known | {f"{docket}#{number}" for docket, number, _ in numbers})
        for other in known - {filing}:
            self._db.execute("UPDATE same_filing SET filing = ? WHERE filing = ?", [filing, other])
        for docket, number, words in numbers:
            self._db.execute(
                "INSERT INTO same_filing VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET filing = excluded.filing",
                [docket, number, filing, words],
            )

    # ------------------------------------------------------------------------------------------ candidates

    def put_candidate(self, candidate: Candidate) -> bool:
        """Open a candidate. One that is there already, whatever a person has decided, stays as it is."""
        if self.candidate(candidate.docket):
            return False
        self._db.table("candidates").insert(rows.candidate_row(candidate))
        return True

    def candidate(self, docket: str) -> Candidate | None:
        found = self._found("SELECT * FROM candidates WHERE docket = ?", docket)
        return rows.candidate(found[0]) if found else None

    def candidates(self, *, state: str | None = None) -> list[Candidate]:
        """Newest first; of one state, or all."""
        found = self._found(
            "SELECT * FROM candidates WHERE ? IS NULL OR state = ? ORDER BY seen DESC, docket", state, state
        )
        return [rows.candidate(row) for row in found]

    def decide_candidate(self, docket: str, state: str, note: str) -> None:
        self._db.execute("UPDATE candidates SET state = ?, note = ? WHERE docket = ?", [state, note, docket])

    # ------------------------------------------------------------------------------------------ audit

    def replace_checks(self, checks: Iterable[Check]) -> None:
        wanted = [rows.check_row(check) for check in checks]
        if self._found("SELECT * FROM checks ORDER BY docket, what, theirs") == sorted(
            wanted, key=lambda row: (row["docket"], row["what"], row["theirs"])
        ):
            return
        self._db.execute("DELETE FROM checks")
        self._db.table("checks").insert_all(wanted)
