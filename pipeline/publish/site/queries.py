"""What the pages ask of the public database. Every query is put together from constants of this file alone."""
# ruff: noqa: S608

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from datasette.utils import escape_fts

Row = dict[str, Any]

# A court has spoken; a party's proposed order is not a ruling.
_RULING = """(d.kind = 'filing' AND (d.disposition IS NOT NULL OR d.type LIKE '%order%' OR d.type LIKE '%opinion%'
  OR d.type LIKE '%judgment%' OR d.type LIKE '%verdict%') AND coalesce(d.type, '') NOT LIKE '%proposed%')"""

# What one line about a document needs.
_LINE = f"""
SELECT d.id, d.kind, d.type, d.title, d.url, d.source_title, d.author, d.published, d.precision, d.court, d.court_name,
  d.judge, d.disposition, d.page_class, d.headline, d.entry_number, d.attachment_number, d.matter, d.first_seen,
  m.caption AS matter_caption, m.court AS matter_court, {_RULING} AS ruling, d.type IS 'routine' AS routine,
  (SELECT k.number FROM document_dockets l JOIN dockets k ON k.id = l.docket WHERE l.document = d.id
   ORDER BY l.rowid LIMIT 1) AS docket_number,
  (SELECT s.text FROM summaries s WHERE s.document = d.id AND s.role IN ('decision', 'order')
   ORDER BY s.role, s.position LIMIT 1) AS said,
  (SELECT count(*) FROM summaries s WHERE s.document = d.id) AS points,
  (SELECT count(*) FROM story_documents r WHERE r.story = d.id AND r.position > 0) AS reprints
FROM documents d LEFT JOIN matters m ON m.slug = d.matter
"""

# Which rows first, then their lines: a line asks a lot, and a sort would ask it of every row.
NEWEST = "SELECT id FROM documents WHERE +duplicate_of IS NULL ORDER BY first_seen DESC, rowid DESC LIMIT :limit"
DAY_COUNTS = f"""
SELECT substr(d.first_seen, 1, 10) AS day, sum(d.kind = 'filing' AND d.type IS NOT 'routine') AS filings,
  sum({_RULING}) AS rulings, sum(d.kind <> 'filing') AS stories
FROM documents d WHERE d.duplicate_of IS NULL AND d.first_seen >= :since GROUP BY 1"""
NEWEST_ENTRIES = """
SELECT e.*, k.number AS docket_number, k.court, k.matter, m.caption AS matter_caption, e.type IS 'routine' AS routine
FROM entries e JOIN dockets k ON k.id = e.docket JOIN matters m ON m.slug = k.matter
WHERE e.document IS NULL AND e.filed >= :since ORDER BY e.filed DESC, e.number DESC LIMIT 400"""
NEXT_DATES = """
SELECT e.*, m.caption AS matter_caption FROM events e LEFT JOIN matters m ON m.slug = e.matter
WHERE e.state <> 'superseded' AND e.starts >= :today AND (:slug IS NULL OR e.matter = :slug)
ORDER BY e.starts, e.id LIMIT :limit"""
PUBLISHED_SINCE = """
SELECT substr(published, 1, 10) AS day, kind, matter, count(*) AS documents FROM documents
WHERE published >= :since AND duplicate_of IS NULL GROUP BY 1, 2, 3"""

MATTERS = """
SELECT m.*, k.number AS docket_number,
  (SELECT starts FROM events e WHERE e.matter = m.slug AND e.state <> 'superseded' AND e.starts >= :today
   ORDER BY starts LIMIT 1) AS next_date,
  (SELECT title FROM events e WHERE e.matter = m.slug AND e.state <> 'superseded' AND e.starts >= :today
   ORDER BY starts LIMIT 1) AS next_title
FROM matters m LEFT JOIN dockets k ON k.rowid = (SELECT min(rowid) FROM dockets WHERE matter = m.slug AND role = 'lead')
ORDER BY m.updated IS NULL, m.updated DESC, m.caption"""
MATTER = "SELECT * FROM matters WHERE slug = :slug"
DOCKETS = "SELECT * FROM dockets WHERE matter = :slug ORDER BY rowid"
STANDING = f"""
SELECT s.text, s.position, min(s.position), d.* FROM summaries s JOIN ({_LINE} WHERE d.matter = :slug AND {_RULING}
  ORDER BY d.published DESC LIMIT 12) d ON d.id = s.document
WHERE s.role = 'decision' GROUP BY d.id ORDER BY d.published DESC LIMIT 3"""
SUPERSEDED = "SELECT * FROM events WHERE matter = :slug AND state = 'superseded' ORDER BY starts DESC LIMIT 20"

# One timeline of documents and of docket entries that came without one.
_ON_TIMELINE = f"""
  SELECT d.id AS document, NULL AS entry, coalesce(d.published, d.first_seen) AS at, d.kind <> 'filing' AS news,
    {_RULING} AS ruling, d.type IS 'routine' AS routine, d.rowid AS place
  FROM documents d WHERE d.matter = :slug AND d.duplicate_of IS NULL
  UNION ALL
  SELECT NULL, e.id, e.filed, 0, e.type IN ('order', 'opinion', 'judgment'), e.type IS 'routine', e.rowid
  FROM entries e JOIN dockets k ON k.id = e.docket WHERE k.matter = :slug AND e.document IS NULL"""
TIMELINE = f"""
SELECT * FROM ({_ON_TIMELINE}) WHERE (:show = 'all' OR (:show = 'news' AND news) OR (:show = 'rulings' AND ruling)
  OR (:show = 'filings' AND NOT news)) AND (:routine OR NOT routine)
ORDER BY substr(at, 1, 10) DESC, ruling DESC, news, at DESC, place DESC LIMIT :limit OFFSET :offset"""
TIMELINE_COUNTS = f"""
SELECT sum(shown) AS "all", sum(ruling AND shown) AS rulings, sum(NOT news AND shown) AS filings,
  sum(news AND shown) AS news, sum(routine) AS routine, count(*) AS held
FROM (SELECT *, :routine OR NOT routine AS shown FROM ({_ON_TIMELINE}))"""
LINES_OF = f"{_LINE} WHERE d.id IN (SELECT value FROM json_each(:ids))"
ENTRIES_OF = """
SELECT e.*, k.number AS docket_number, k.court, 'filing' AS kind FROM entries e JOIN dockets k ON k.id = e.docket
WHERE e.id IN (SELECT value FROM json_each(:ids))"""

DOCUMENT = """
SELECT d.*, m.caption AS matter_caption FROM documents d LEFT JOIN matters m ON m.slug = d.matter WHERE d.id = :id"""
BODY = "SELECT text, page_starts FROM bodies WHERE document = :id"
SUMMARY = "SELECT * FROM summaries WHERE document = :id ORDER BY position"
DISPOSITIONS = "SELECT * FROM dispositions WHERE document = :id ORDER BY position"
EVENTS_OF = "SELECT * FROM events WHERE document = :id ORDER BY starts, id"
REPORTED = "SELECT * FROM reported_dates WHERE document = :id ORDER BY starts, position"
STANDS_IN = """
SELECT l.*, k.number, k.role, k.court, k.caption, k.url, k.matter, m.caption AS matter_caption FROM document_dockets l
LEFT JOIN dockets k ON k.id = l.docket LEFT JOIN matters m ON m.slug = k.matter
WHERE l.document = :id ORDER BY l.rowid"""
REPRINTS_OF = """
SELECT r.story, d.id, d.title, d.source_title, d.published FROM story_documents r JOIN documents d ON d.id = r.document
WHERE r.story IN (SELECT value FROM json_each(:ids)) AND r.position > 0 ORDER BY r.story, r.position"""

CALENDAR = """
SELECT e.*, m.caption AS matter_caption, k.number AS docket_number FROM events e
LEFT JOIN matters m ON m.slug = e.matter LEFT JOIN dockets k ON k.id = e.docket
WHERE (:past AND e.starts < :today) OR (NOT :past AND e.starts >= :today)
ORDER BY CASE WHEN :past THEN NULL ELSE e.starts END, e.starts DESC, e.id LIMIT :limit"""
SOURCES = "SELECT * FROM sources ORDER BY title"
# Open: said by a source's latest run; for places that have no runs (a file handed in), by the latest they took part in.
ISSUES = """
SELECT i.*, s.title AS source_title, r.started
FROM issues i LEFT JOIN sources s ON s.id = i.source LEFT JOIN runs r ON r.id = i.run
WHERE i.run = coalesce((SELECT id FROM runs WHERE source = i.source ORDER BY started DESC LIMIT 1),
                       (SELECT max(run) FROM issues j WHERE j.source = i.source))
ORDER BY coalesce(s.title, i.source), CASE i.level WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, i.place
LIMIT 500"""

_FOUND = """(:kind = '' OR d.kind = :kind OR (:kind = 'news' AND d.kind = 'release'))
  AND (:matter = '' OR d.matter = :matter)"""
_SNIPPET = "snippet(search, -1, char(2), char(3), '…', 28)"
_MATCHES = f"""
SELECT document, {_SNIPPET} AS snippet FROM search WHERE search MATCH :match AND rowid IN (
  SELECT search.rowid FROM search JOIN documents d ON d.id = search.document WHERE search MATCH :match AND {_FOUND}
  ORDER BY {{order}} LIMIT :limit OFFSET :offset) ORDER BY {{order}}"""
SEARCH = {"newest": _MATCHES.format(order="search.rowid DESC"), "best": _MATCHES.format(order="rank")}
SEARCH_COUNTS = """
SELECT CASE d.kind WHEN 'filing' THEN 'filing' ELSE 'news' END AS kind, d.matter, m.caption AS matter_caption,
  count(*) AS documents
FROM search JOIN documents d ON d.id = search.document LEFT JOIN matters m ON m.slug = d.matter
WHERE search MATCH :match GROUP BY 1, 2 ORDER BY 4 DESC"""
BROWSE = f"""
SELECT d.id AS document, '' AS snippet FROM documents d
WHERE {_FOUND} AND d.duplicate_of IS NULL ORDER BY d.rowid DESC LIMIT :limit OFFSET :offset"""
MATTERS_LIKE = """
SELECT DISTINCT m.slug, m.caption, m.court FROM matters m LEFT JOIN dockets k ON k.matter = m.slug
WHERE m.caption LIKE :like ESCAPE '\\' OR m.aliases LIKE :like ESCAPE '\\' OR k.number LIKE :like ESCAPE '\\'
ORDER BY m.updated DESC LIMIT 5"""


def fts(query: str) -> str:
    """What a person typed, as an FTS5 query that cannot fail: words, "phrases", prefix*. Empty for nothing."""
    words = escape_fts("".join(character if character.isprintable() else " " for character in query))
    return re.sub(r'(\w)\*"(?=\s|$)', r'\1"*', words).strip()


def like(query: str) -> str:
    escaped = re.sub(r"([\\%_])", r"\\\1", query.strip())
    return f"%{escaped}%"


async def ask(database: Any, sql: str, **values: object) -> list[Row]:
    return [dict(row) for row in await database.execute(sql, values)]


async def first(database: Any, sql: str, **values: object) -> Row | None:
    rows = await ask(database, sql, **values)
    return rows[0] if rows else None


def by(rows: Sequence[Row], key: str) -> dict[Any, list[Row]]:
    """Rows in groups, in the order in which each group first appears."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
