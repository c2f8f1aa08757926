"""What the pages ask of the public database. Every query is put together from constants of this file alone."""
# ruff: noqa: S608

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
SELECT e.*, k.number AS docket_number, k.court, m.caption AS matter_caption, e.type IS 'routine' AS routine
FROM entries e JOIN dockets k ON k.id = e.docket JOIN matters m ON m.slug = e.matter
WHERE e.document IS NULL AND e.duplicate_of IS NULL AND e.filed >= :since
ORDER BY e.filed DESC, e.number DESC LIMIT 400"""
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
DISPOSED = """
SELECT x.document, x.outcome, x.motion, x.quote, x.start, x.position, d.published, d.entry_number, d.attachment_number,
  d.type, d.kind, d.judge, b.page_starts,
  substr(b.text, max(1, x.start - 1000), x."end" - x.start + 1500) AS around
FROM documents d JOIN dispositions x ON x.document = d.id LEFT JOIN bodies b ON b.document = d.id
WHERE d.matter = :slug ORDER BY d.published DESC, d.id, x.position LIMIT 40"""
SIGNED = f"""
SELECT d.judge, d.court, min(d.published) AS since, max(d.published) AS until, count(*) AS rulings
FROM documents d WHERE d.matter = :slug AND d.judge IS NOT NULL AND {_RULING} GROUP BY d.judge ORDER BY until DESC"""
_DISAGREEMENTS = """
SELECT g.*, d.title, d.source_title, f.headline AS filing_headline, f.title AS filing_title, f.entry_number,
  f.attachment_number FROM disagreements g JOIN documents d ON d.id = g.document JOIN documents f ON f.id = g.filing"""
DISAGREEMENTS = f"{_DISAGREEMENTS} WHERE f.matter = :slug ORDER BY f.published DESC, g.document, g.position LIMIT 30"
DISAGREES = f"{_DISAGREEMENTS} WHERE g.document = :id ORDER BY g.position"
# What the registry says of a docket beside what the docket says.
AUDITED = """
SELECT a.*, k.number AS docket_number FROM audit a JOIN dockets k ON k.id = a.docket
WHERE a.matter = :slug AND NOT a.agrees ORDER BY k.rowid, a.what LIMIT 20"""
CANDIDATES = "SELECT * FROM candidates WHERE state = 'open' ORDER BY seen DESC, docket LIMIT 50"
HISTORY = """
SELECT h.*, k.number AS docket_number FROM docket_history h JOIN dockets k ON k.id = h.docket
WHERE k.matter = :slug ORDER BY k.rowid, h.position"""
SUPERSEDED = "SELECT * FROM events WHERE matter = :slug AND state = 'superseded' ORDER BY starts DESC LIMIT 20"

# One timeline of documents and of docket entries that came without one.
_ON_TIMELINE = f"""
  SELECT d.id AS document, NULL AS entry, coalesce(d.published, d.first_seen) AS at, d.kind <> 'filing' AS news,
    {_RULING} AS ruling, d.type IS 'routine' AS routine, d.rowid AS place
  FROM documents d WHERE d.matter = :slug AND d.duplicate_of IS NULL
  UNION ALL
  SELECT NULL, e.id, e.filed, 0, e.type IN ('order', 'opinion', 'judgment'), e.type IS 'routine', e.rowid
  FROM entries e WHERE e.matter = :slug AND e.document IS NULL AND e.duplicate_of IS NULL"""
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
# The numbers a filing (or a line that came without one) has in each docket.
NUMBERS_OF = """
SELECT coalesce(e.document, e.duplicate_of) AS of, e.number, k.number AS docket_number FROM entries e
JOIN dockets k ON k.id = e.docket WHERE e.number IS NOT NULL AND e.rowid IN (
  SELECT rowid FROM entries WHERE document IN (SELECT value FROM json_each(:ids))
  UNION ALL SELECT rowid FROM entries WHERE duplicate_of IN (SELECT value FROM json_each(:ids)))
ORDER BY k.rowid"""

DOCUMENT = """
SELECT d.*, m.caption AS matter_caption, m.plaintiffs AS matter_plaintiffs, m.defendants AS matter_defendants
FROM documents d LEFT JOIN matters m ON m.slug = d.matter WHERE d.id = :id"""
BODY = "SELECT text, page_starts FROM bodies WHERE document = :id"
SUMMARY = "SELECT * FROM summaries WHERE document = :id ORDER BY position"
DISPOSITIONS = "SELECT * FROM dispositions WHERE document = :id ORDER BY position"
EVENTS_OF = "SELECT * FROM events WHERE document = :id ORDER BY starts, id"
REPORTED = "SELECT * FROM reported_dates WHERE document = :id ORDER BY starts, position"
STANDS_IN = """
SELECT l.docket, l.confidence, l.evidence, l.reason, k.number, k.role, k.court, k.caption, k.url, k.matter,
  m.caption AS matter_caption, coalesce(l.entry_number,
    (SELECT e.number FROM entries e WHERE e.document = l.document AND e.docket = l.docket LIMIT 1)) AS entry_number
FROM document_dockets l LEFT JOIN dockets k ON k.id = l.docket LEFT JOIN matters m ON m.slug = k.matter
WHERE l.document = :id ORDER BY l.rowid"""
REPRINTS_OF = """
SELECT r.story, d.id, d.title, d.source_title, d.published FROM story_documents r JOIN documents d ON d.id = r.document
WHERE r.story IN (SELECT value FROM json_each(:ids)) AND r.position > 0 ORDER BY r.story, r.position"""

VERSIONS = (
    "SELECT revision, fetched, digest, reader, text IS NOT NULL AS shown FROM versions WHERE document = :id ORDER BY 1"
)
# A version and the one after it, which is the document as it is now when no other follows.
TWO_VERSIONS = """
SELECT v.revision, v.fetched, v.text, coalesce(n.fetched, d.fetched) AS next_fetched,
  CASE WHEN n.revision IS NULL THEN b.text ELSE n.text END AS next_text
FROM versions v JOIN documents d ON d.id = v.document LEFT JOIN bodies b ON b.document = v.document
LEFT JOIN versions n ON n.document = v.document AND n.revision = v.revision + 1
WHERE v.document = :id AND v.revision = :revision"""
# The newest that share a word of the title: few enough to be weighed one by one.
SIMILAR = """
SELECT d.id, d.kind, d.type, d.title, d.headline, d.matter FROM documents d
WHERE d.rowid IN (SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT 150)
  AND d.id <> :id AND d.duplicate_of IS NULL AND d.type IS NOT 'routine' ORDER BY d.rowid DESC"""

STORIES = """
SELECT s.*, m.caption AS matter_caption, d.source_title, d.type, d.kind FROM stories s JOIN documents d ON d.id = s.id
LEFT JOIN matters m ON m.slug = s.matter ORDER BY s.rowid DESC LIMIT :limit OFFSET :offset"""
STORY = """
SELECT s.*, m.caption AS matter_caption FROM stories s LEFT JOIN matters m ON m.slug = s.matter WHERE s.id = :id"""
STORY_OF = "SELECT s.* FROM story_documents t JOIN stories s ON s.id = t.story WHERE t.document = :id"
TOLD_BY = """
SELECT d.*, t.position FROM story_documents t JOIN documents d ON d.id = t.document WHERE t.story = :id
ORDER BY t.position"""
# The docket entry that a news document reports, with the filing where we hold it.
REPORTS = """
SELECT r.score, r.reasons, r.state, r.matter, m.caption AS matter_caption, e.number, e.filed, e.description, e.document,
  k.number AS docket_number FROM reports r JOIN matters m ON m.slug = r.matter
LEFT JOIN entries e ON e.id = r.entry LEFT JOIN dockets k ON k.id = e.docket
WHERE r.document IN (SELECT document FROM story_documents WHERE story = :id UNION SELECT :id)
GROUP BY r.matter, r.entry ORDER BY r.score DESC"""
FILED_BEFORE = """
SELECT id FROM documents WHERE matter = :slug AND kind = 'filing' AND type IS NOT 'routine'
  AND published >= :since AND published <= :until ORDER BY published DESC LIMIT 6"""
# From an entry of weight on the docket to the first article that reports it; those that none reports as well.
COVERAGE = """
SELECT e.filed AS entered, min(d.published) AS reported FROM reports r JOIN entries e ON e.id = r.entry
JOIN documents d ON d.id = r.document AND d.published IS NOT NULL
WHERE r.state = 'found' AND e.filed >= :since GROUP BY e.id
UNION ALL
SELECT e.filed, NULL FROM unreported u JOIN entries e ON e.id = u.entry WHERE e.filed >= :since"""

COURTS = f"""
SELECT d.court, d.judge, count(*) AS filings, sum({_RULING}) AS rulings, max(d.published) AS latest
FROM documents d WHERE d.kind = 'filing' AND d.court IS NOT NULL GROUP BY 1, 2"""
ALL_DOCKETS = """
SELECT k.*, m.caption AS matter_caption, m.status AS matter_status FROM dockets k JOIN matters m ON m.slug = k.matter
ORDER BY k.rowid"""
SITEMAP = "SELECT id, fetched FROM documents WHERE rowid > :after ORDER BY rowid LIMIT :limit"
COUNTS = "SELECT (SELECT max(rowid) FROM documents) AS documents"

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

_SNIPPET = "snippet(search, -1, char(2), char(3), '…', 28)"
FACETS = ("court", "matter", "type", "judge", "source")
SAMPLE = 500  # results whose facets are counted
_NARROWED = {name: f"d.{name} = :{name}" for name in FACETS} | {
    "kind": "(d.kind = 'filing') = (:kind = 'filing')",
    # Rowids are in order of publication: a day is a place in them.
    "since": "{place} >= (SELECT rowid FROM documents WHERE published >= :since ORDER BY published LIMIT 1)",
    "until": "{place} <= (SELECT rowid FROM documents WHERE published < :until ORDER BY published DESC LIMIT 1)",
}


def places(chosen: Iterable[str], *, match: bool, best: bool = False) -> str:
    """SQL for the rowids of what is searched for: ``:match`` and the ``chosen`` narrowings, ``:limit``, ``:offset``.

    A document has the same rowid in ``documents`` and in ``search``.
    """
    place = "search.rowid" if match else "d.rowid"
    where = [words.format(place=place) for name, words in _NARROWED.items() if name in set(chosen)]
    if match:
        rows = "search CROSS JOIN documents d ON d.rowid = search.rowid" if where else "search"
        where = ["search MATCH :match", *where]
    else:
        rows, where = "documents d", [*where, "d.duplicate_of IS NULL"]
    order = "rank" if match and best else f"{place} DESC"
    return (
        f"SELECT {place} AS place FROM {rows} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT :limit OFFSET :offset"
    )


def sample(chosen: Iterable[str], *, match: bool) -> str:
    """SQL for what the facets are counted from: the newest `SAMPLE` results."""
    return f"""SELECT d.kind <> 'filing' AS news, d.court, d.court_name, d.matter, d.type, d.judge, d.source,
      d.source_title, substr(d.published, 1, 4) AS year
      FROM ({places(chosen, match=match)}) JOIN documents d ON d.rowid = place"""


IDS = "SELECT rowid AS place, id FROM documents WHERE rowid IN (SELECT value FROM json_each(:places))"
SNIPPETS = f"""
SELECT rowid AS place, {_SNIPPET} AS snippet FROM search
WHERE search MATCH :match AND rowid IN (SELECT value FROM json_each(:places))"""
CAPTIONS = "SELECT slug, caption FROM matters"
MATTERS_LIKE = """
SELECT DISTINCT m.slug, m.caption, m.court FROM matters m LEFT JOIN dockets k ON k.matter = m.slug
WHERE m.caption LIKE :like ESCAPE '\\' OR m.aliases LIKE :like ESCAPE '\\' OR k.number LIKE :like ESCAPE '\\'
ORDER BY m.updated DESC LIMIT 5"""

# What anybody may ask beside the tables themselves: /docketwire/<name>.json?<parameter>=…
CANNED = {
    "rulings_of": {
        "title": "Rulings in a matter",
        "sql": """SELECT d.published, d.entry_number, d.judge, x.outcome, x.motion, x.quote, d.id AS document, d.url
FROM documents d JOIN dispositions x ON x.document = d.id WHERE d.matter = :matter
ORDER BY d.published DESC, x.position""",
    },
    "dates_ahead": {
        "title": "Deadlines and hearings from a day on",
        "sql": """SELECT starts, precision, kind, title, actor, matter, docket, quote, document FROM events
WHERE state = 'scheduled' AND starts >= :from ORDER BY starts""",
    },
    "new_since": {
        "title": "Filings and news first seen since a day",
        "sql": """SELECT first_seen, kind, type, coalesce(headline, title) AS headline, matter, source_title, url, id
FROM documents WHERE first_seen >= :day AND duplicate_of IS NULL ORDER BY first_seen""",
    },
}


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
