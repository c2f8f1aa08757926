"""What articles report and where they disagree, the stories they tell, what a person decided. Part of `Store`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlite_utils import Database

from pipeline.model import Disagreement, DocketEntry, Document, Relevance, Report, StoryPlace, Summary, Told
from pipeline.store import rows

Verdict = Literal["ours", "not"]


class NewsTables:
    """Use through `Store`."""

    _db: Database

    # ------------------------------------------------------------------------------------------ reports

    def matters_in_the_news(self, *, days: int | None) -> Iterator[tuple[Document, list[str]]]:
        """Articles that will be published, with the matters they are about; of the last ``days`` before the newest
        fetch, or all of them.
        """
        newest = next(iter(self._db.query("SELECT max(fetched) AS at FROM documents")))["at"]
        since = (datetime.fromisoformat(newest) - timedelta(days=days)).isoformat() if days and newest else ""
        sql = """SELECT d.*, group_concat(DISTINCT k.matter) AS matters FROM visible v JOIN documents d ON d.id = v.id
                 JOIN links l ON l.document = d.id AND l.confidence >= 0.5 JOIN dockets k ON k.key = l.docket
                 WHERE d.kind = 'news' AND d.page_class = 'article' AND d.published IS NOT NULL AND d.first_seen >= ?
                 GROUP BY d.id ORDER BY d.id"""
        for row in list(self._db.query(sql, [since])):
            yield rows.document(row), sorted(row["matters"].split(","))

    def lines(self, matter: str, *, since: datetime, until: datetime) -> list[tuple[DocketEntry, Document | None]]:
        """Entries of a matter's dockets filed in a time, the lead docket's first, each with its document if held."""
        sql = """SELECT e.*, x.document AS held FROM entries e JOIN dockets k ON k.key = e.docket
                 LEFT JOIN entry_document x ON x.entry = e.id
                 WHERE k.matter = ? AND e.filed BETWEEN ? AND ? ORDER BY k.position, e.filed, e.id"""
        found = []
        for row in list(self._db.query(sql, [matter, since.date().isoformat(), until.date().isoformat() + "T~"])):
            held = row["held"] and next(iter(self._db.query("SELECT * FROM documents WHERE id = ?", [row["held"]])))
            found.append((rows.entry(row), rows.document(held) if held else None))
        return found

    def put_reports(
        self, document: str, found: Iterable[tuple[str, Report | None, str | None, Sequence[Disagreement]]]
    ) -> None:
        """(matter, report, its filing's id, disagreements) of one article; a report that is None is awaited."""
        reports: list[dict[str, Any]] = []
        disagreements: list[dict[str, Any]] = []
        for matter, report, filing, said in found:
            reports.append(
                {
                    "document": document, "matter": matter, "entry": report.entry if report else None,
                    "score": report.score if report else 0.0, "reasons": json.dumps(report.reasons if report else ()),
                }
            )  # fmt: skip
            disagreements += [
                {
                    "document": document, "position": len(disagreements) + position,
                    "entry": report.entry if report else None, "filing": filing,
                    "what": each.what, "reported": each.reported, "filed": each.filed, "quote": each.article.text,
                    "filing_quote": each.filing.text, "start": each.filing.start, "end": each.filing.end,
                }
                for position, each in enumerate(said)
            ]  # fmt: skip
        self._replace("reports", document, reports, "matter")
        self._replace("disagreements", document, disagreements, "position")

    def _replace(self, table: str, document: str, wanted: list[dict[str, Any]], order: str) -> None:
        """Make the rows of one document what is wanted. What stands already leaves no trace."""
        sql = f"SELECT * FROM [{table}] WHERE document = ? ORDER BY [{order}]"  # noqa: S608 - our own names
        if list(self._db.query(sql, [document])) != wanted:
            self._db.table(table).delete_where("document = ?", [document])
            self._db.table(table).insert_all(wanted)

    # ------------------------------------------------------------------------------------------ stories

    def drop_hidden_from_stories(self) -> None:
        """What is not shown any more tells no story; a story that loses its first article is told anew."""
        self._db.execute(
            """DELETE FROM story_documents WHERE story NOT IN (SELECT id FROM visible)
               OR document NOT IN (SELECT id FROM visible)"""
        )
        self._db.execute("DELETE FROM stories WHERE id NOT IN (SELECT story FROM story_documents)")

    def news_without_story(self) -> list[tuple[Document, list[str], list[str]]]:
        """News to be published that has no place yet, oldest first, with the entries it reports and its matters.

        What bears no date comes last: it never claims to be the original.
        """
        return list(self._news("m.document IS NULL", []))

    def news_with_story(self, *, since: datetime) -> Iterator[tuple[Document, list[str], list[str], StoryPlace]]:
        """News first seen since a moment, with the place it was given, in the order of its stories."""
        placed = self._news("m.document IS NOT NULL AND d.first_seen >= ?", [since.isoformat()])
        for document, entries, matters in placed:
            [row] = self._db.query("SELECT story, reprint_of FROM story_documents WHERE document = ?", [document.id])
            yield document, entries, matters, StoryPlace(document.id, row["story"], row["reprint_of"])

    def _news(self, which: str, values: list[str]) -> Iterator[tuple[Document, list[str], list[str]]]:
        sql = f"""SELECT d.*, (SELECT group_concat(r.entry) FROM reports r WHERE r.document = d.id) AS entries,
                    (SELECT group_concat(DISTINCT k.matter) FROM links l JOIN dockets k ON k.key = l.docket
                     WHERE l.document = d.id AND l.confidence >= 0.5) AS matters
                  FROM visible v JOIN documents d ON d.id = v.id LEFT JOIN story_documents m ON m.document = d.id
                  WHERE d.kind = 'news' AND {which}
                  ORDER BY d.published IS NULL, julianday(d.published), m.position, d.id"""  # noqa: S608
        for row in list(self._db.query(sql, values)):
            entries, matters = ((row[name] or "").split(",") for name in ("entries", "matters"))
            yield rows.document(row), [name for name in entries if name], [name for name in matters if name]

    def put_place(self, place: StoryPlace, title: str) -> None:
        """Add an article to its story; ``title`` names the story that it opens."""
        if place.story == place.document:
            self._db.table("stories").insert({"id": place.story, "title": title})
        [row] = self._db.query("SELECT max(position) AS last FROM story_documents WHERE story = ?", [place.story])
        self._db.table("story_documents").insert(
            {
                "story": place.story,
                "position": 0 if row["last"] is None else row["last"] + 1,
                "document": place.document,
                "reprint_of": place.reprint_of,
            }
        )

    def stories_to_tell(self) -> list[tuple[str, str]]:
        """(story, what it is made of) of each that several articles tell, reprints apart, and that has changed since
        it was last summarized. What is told of stories that are no more goes.
        """
        self._db.execute("DELETE FROM story_summaries WHERE story NOT IN (SELECT id FROM stories)")
        sql = """SELECT m.story, m.made_of FROM story_makings m LEFT JOIN story_summaries s ON s.story = m.story
                 WHERE m.articles > 1 AND s.made_of IS NOT m.made_of ORDER BY m.story"""
        return [(row["story"], row["made_of"]) for row in list(self._db.query(sql))]

    def telling(self, story: str) -> list[tuple[Document, Summary]]:
        """The articles of a story with their summaries, reprints apart, in their order."""
        sql = """SELECT s.*, m.document AS article FROM story_documents m JOIN visible v ON v.id = m.document
                 JOIN summaries s ON s.document = m.document
                 WHERE m.story = ? AND m.reprint_of IS NULL ORDER BY m.position"""
        found = []
        for row in list(self._db.query(sql, [story])):
            [article] = self._db.query("SELECT * FROM documents WHERE id = ?", [row["article"]])
            found.append((rows.document(article), rows.summary(row)))
        return found

    def put_telling(self, story: str, told: Sequence[Told], *, made_of: str) -> None:
        row = {"story": story, "told": rows.told_json(told), "made_of": made_of}
        self._db.table("story_summaries").upsert(row, pk="story")

    # ------------------------------------------------------------------------------------------ review

    def awaiting_review(self) -> list[dict[str, Any]]:
        """Documents whose relevance is unsure and which nobody has decided on, newest first."""
        sql = """SELECT d.id, d.title, d.url, d.source, d.published, json_extract(d.relevance, '$.score') AS score,
                        (SELECT group_concat(value, '; ') FROM json_each(d.relevance, '$.reasons')) AS reasons
                 FROM documents d WHERE d.kind <> 'filing' AND json_extract(d.relevance, '$.verdict') = 'unsure'
                 ORDER BY coalesce(d.published, d.first_seen) DESC, d.id"""
        return list(self._db.query(sql))

    def unpublished(self, spools: Sequence[str]) -> list[dict[str, Any]]:
        """What came in spool files of these names and is not shown: ``id, kind, title``; of news its ``verdict``."""
        sql = """SELECT d.id, d.kind, d.title, json_extract(d.relevance, '$.verdict') AS verdict
                 FROM documents d WHERE d.spool IN (SELECT value FROM json_each(?)) AND d.docket_entry IS NULL
                 AND d.id NOT IN (SELECT id FROM visible) ORDER BY d.rowid"""
        return list(self._db.query(sql, [json.dumps(spools)]))

    def decision(self, document: str) -> Relevance | None:
        """What a person decided about a document."""
        row = next(iter(self._db.query("SELECT * FROM decisions WHERE document = ?", [document])), None)
        return Relevance(row["verdict"], 1.0, (f"decided by a person: {row['reason']}",)) if row else None

    def put_decision(self, document: str, verdict: Verdict, reason: str, *, at: datetime) -> None:
        """Remember a decision and apply it. It outlives every reading to come."""
        row = {"document": document, "verdict": verdict, "reason": reason, "at": at.isoformat()}
        self._db.table("decisions").upsert(row, pk="document")
        decided = self.decision(document)
        assert decided is not None
        self._db.table("documents").update(document, {"relevance": rows.relevance_json(decided)})
