"""What the pages ask of the public database. Every query is put together from constants of this file alone."""
# ruff: noqa: S608

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import escape_fts

Row = dict[str, Any]

PATIENCE = 1.0  # seconds that a query may take

# The line of an entry is that of its document, or of the entry in another docket that it repeats.
_LINE_OF_ENTRY = "coalesce(e.document, o.document, o.id, e.id)"

# What one line about a document needs.
_LINE = """
SELECT d.id, d.kind, d.type, d.title, d.url, d.source_title, d.agency, d.author, d.published, d.precision,
  d.court, d.court_name, d.judge, d.disposition, d.page_class, d.headline, d.entry_number, d.attachment_number,
  d.docket_entry, d.matter, d.first_seen,
  m.caption AS matter_caption, m.court AS matter_court, d.ruling, d.type IS 'routine' AS routine,
  (SELECT k.number FROM document_dockets l JOIN dockets k ON k.id = l.docket WHERE l.document = d.id
   ORDER BY l.rowid LIMIT 1) AS docket_number,
  (SELECT s.text FROM summaries s WHERE s.document = d.id AND s.role IN ('decision', 'order')
   ORDER BY s.role, NOT EXISTS (SELECT 1 FROM dispositions x WHERE x.document = s.document AND x.position = 0
     AND x.start < s."end" AND s.start < x."end"), s.position LIMIT 1) AS said,
  (SELECT count(*) FROM summaries s WHERE s.document = d.id) AS points
FROM documents d LEFT JOIN matters m ON m.slug = d.matter
"""

# Which rows first, then their lines: a line asks a lot, and a sort would ask it of every row.
RECENT_DAYS = """
SELECT day, count(*) AS lines FROM (
  SELECT * FROM (SELECT substr(seen, 1, 10) AS day FROM timeline WHERE document IS NOT NULL
                 ORDER BY seen DESC LIMIT 400)
  UNION ALL
  SELECT * FROM (SELECT substr(filed, 1, 10) FROM entries WHERE document IS NULL AND duplicate_of IS NULL
                 ORDER BY filed DESC LIMIT 400))
GROUP BY day ORDER BY day DESC"""
NEWEST = """
SELECT document AS id FROM timeline WHERE document IS NOT NULL AND seen >= :since
ORDER BY seen DESC, rowid DESC LIMIT 400"""
DAY_COUNTS = """
SELECT substr(seen, 1, 10) AS day, sum(filing AND NOT routine) AS filings, sum(ruling) AS rulings,
  sum(NOT filing) AS stories FROM timeline WHERE document IS NOT NULL AND seen >= :since GROUP BY 1"""
NEWEST_ENTRIES = """
SELECT e.*, k.number AS docket_number, k.court, m.caption AS matter_caption, e.type IS 'routine' AS routine
FROM entries e JOIN dockets k ON k.id = e.docket JOIN matters m ON m.slug = e.matter
WHERE e.document IS NULL AND e.duplicate_of IS NULL AND e.filed >= :since
ORDER BY e.filed DESC, e.number DESC LIMIT 400"""
NEXT_DATES = """
SELECT e.*, m.caption AS matter_caption FROM events e LEFT JOIN matters m ON m.slug = e.matter
WHERE e.state <> 'superseded' AND e.starts >= :today ORDER BY e.starts, e.id LIMIT :limit"""
NEXT_DATES_OF = NEXT_DATES.replace("WHERE", "WHERE e.matter = :slug AND")
WEEKS = """
SELECT monday, sum(filings) AS filings, sum(stories) AS stories FROM weeks WHERE monday >= :since GROUP BY monday"""
WEEKS_OF_MATTERS = "SELECT * FROM weeks WHERE monday >= :since AND matter IS NOT NULL"
MOST_ACTIVE = """
SELECT m.*, sum(w.filings + w.stories) AS documents FROM weeks w JOIN matters m ON m.slug = w.matter
WHERE w.monday >= :since GROUP BY w.matter ORDER BY documents DESC, w.matter LIMIT 5"""

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
# Where on its document's page a sentence stands: as a point of the summary, else as a ruling.
STANDING = f"""
SELECT w.role, w.text, d.*, coalesce(
  (SELECT 'p' || (p.position + 1) FROM summaries p
   WHERE p.document = w.document AND p.start <= w.start AND p."end" >= w."end"),
  (SELECT 'd' || (x.position + 1) FROM dispositions x
   WHERE x.document = w.document AND x.start <= w.start AND x."end" >= w."end")) AS anchor
FROM matter_summaries w JOIN ({_LINE}) d ON d.id = w.document
WHERE w.matter = :slug AND w.role IN ('ruling', 'posture') ORDER BY w.position"""
PENDING = """
SELECT w.text, e.* FROM matter_summaries w JOIN entries e ON e.id = w.entry
WHERE w.matter = :slug AND w.role = 'pending' ORDER BY w.position"""
DISPOSED = """
SELECT x.document, x.outcome, x.motion, x.quote, x.start, x.position, d.published, d.entry_number, d.attachment_number,
  d.type, d.kind, d.judge, b.page_starts, b.notes,
  substr(b.text, max(1, x.start - 1000), x."end" - x.start + 1500) AS around
FROM documents d JOIN dispositions x ON x.document = d.id LEFT JOIN bodies b ON b.document = d.id
WHERE d.matter = :slug ORDER BY d.published DESC, d.id, x.position LIMIT 40"""
# What those papers name: claims, with the words around them, and what they cite.
NAMED_IN = """
SELECT r.document, r.what, r.value, r.quote, r.start, CASE r.what WHEN 'claim' THEN
  substr(b.text, max(1, r.start - 119), r."end" - max(0, r.start - 120) + 60) END AS around
FROM readings r JOIN bodies b ON b.document = r.document
WHERE r.document IN (SELECT value FROM json_each(:ids)) AND r.what IN ('claim', 'statute', 'case')
  AND r.confidence >= 0.6 ORDER BY r.document, r.position"""
SIGNED = """
SELECT judge, min(court) AS court, min(since) AS since, max(until) AS until, sum(rulings) AS rulings FROM judges
WHERE matter = :slug AND judge IS NOT NULL AND rulings GROUP BY judge ORDER BY until DESC"""
_DISAGREEMENTS = """
SELECT g.*, d.title, d.source_title, f.headline AS filing_headline, f.title AS filing_title, f.entry_number,
  f.attachment_number
FROM disagreements g CROSS JOIN documents f ON f.id = g.filing CROSS JOIN documents d ON d.id = g.document"""
DISAGREEMENTS = f"{_DISAGREEMENTS} WHERE f.matter = :slug ORDER BY f.published DESC, g.document, g.position LIMIT 30"
DISAGREES = f"{_DISAGREEMENTS} WHERE g.document = :id ORDER BY g.position"
# What the registry says of a docket beside what the docket says.
AUDITED = """
SELECT a.*, k.number AS docket_number FROM audit a JOIN dockets k ON k.id = a.docket
WHERE a.matter = :slug AND NOT a.agrees ORDER BY k.rowid, a.what LIMIT 20"""
ALL_CANDIDATES = "SELECT * FROM candidates ORDER BY state <> 'open', seen DESC, docket LIMIT 500"
AUDIT_ROWS = """SELECT a.*, m.caption AS matter_caption, d.number FROM audit a JOIN matters m ON m.slug = a.matter
    JOIN dockets d ON d.id = a.docket ORDER BY a.agrees, a.matter, a.docket, a.what"""
CANDIDATES = "SELECT * FROM candidates WHERE state = 'open' ORDER BY seen DESC, docket LIMIT 50"
CANDIDATES_NAMING = """
SELECT * FROM candidates c WHERE c.state = 'open'
  AND EXISTS (SELECT 1 FROM json_each(:names) WHERE instr(lower(c.caption), lower(value))) ORDER BY seen DESC, docket"""
# Documents that may be about a matter: a link below one half files nothing and fires no feed.
DOUBTFUL = """
SELECT d.id, d.kind, d.title, d.headline, d.source_title, d.published, l.confidence, l.reason, l.evidence
FROM dockets k CROSS JOIN document_dockets l ON l.docket = k.id AND l.confidence < 0.5
CROSS JOIN documents d ON d.id = l.document
WHERE k.matter = :slug AND d.matter IS NOT :slug AND d.duplicate_of IS NULL
GROUP BY d.id ORDER BY d.rowid DESC LIMIT 8"""
HISTORY = """
SELECT h.*, k.number AS docket_number FROM docket_history h JOIN dockets k ON k.id = h.docket
WHERE k.matter = :slug ORDER BY k.rowid, h.position"""
SUPERSEDED = "SELECT * FROM events WHERE matter = :slug AND state = 'superseded' ORDER BY starts DESC LIMIT 20"

# Among all lines a story stands behind the one it reports; among the news it stands for itself.
TIMELINE = """
SELECT document, entry, at, ruling FROM timeline WHERE matter = :slug AND (:routine OR NOT routine)
  AND CASE :show WHEN 'rulings' THEN ruling WHEN 'filings' THEN filing WHEN 'news' THEN NOT filing
      ELSE behind IS NULL END
ORDER BY rowid DESC LIMIT :limit OFFSET :offset"""
TIMELINE_COUNTS = """
SELECT sum(shown) AS "all", sum(ruling AND shown) AS rulings, sum(filing AND shown) AS filings,
  sum(NOT filing AND shown) AS news, sum(routine) AS routine, count(*) AS held
FROM (SELECT filing, ruling, routine, :routine OR NOT routine AS shown FROM timeline WHERE matter = :slug)"""
# Who reports these lines: every article of the stories, each once a story.
COVERAGE_OF = f"""
SELECT {_LINE_OF_ENTRY} AS line, e.filed, e.precision AS filed_precision, b.story, d.id, d.title, d.source_title,
  d.published, d.precision, max(b.document = r.document) AS reports
FROM entries e LEFT JOIN entries o ON o.id = e.duplicate_of JOIN reports r ON r.entry = e.id
JOIN story_documents t ON t.document = r.document JOIN story_documents b ON b.story = t.story
JOIN documents d ON d.id = b.document
WHERE e.rowid IN (
  SELECT rowid FROM entries WHERE document IN (SELECT value FROM json_each(:ids))
  UNION ALL SELECT rowid FROM entries WHERE id IN (SELECT value FROM json_each(:ids))
  UNION ALL SELECT rowid FROM entries WHERE duplicate_of IN (SELECT value FROM json_each(:ids))
  UNION ALL SELECT y.rowid FROM entries x CROSS JOIN entries y ON y.duplicate_of = x.id
    WHERE x.document IN (SELECT value FROM json_each(:ids)))
GROUP BY line, b.document ORDER BY line, d.published IS NULL, d.published, b.position"""
# What these articles report, or that its entry is awaited: what was found comes first.
REPORTED_BY = f"""
SELECT d.id AS of, r.state, {_LINE_OF_ENTRY} AS line, coalesce(e.document, o.document) AS document, e.number,
  e.filed, e.precision AS filed_precision, d.published, d.precision
FROM documents d LEFT JOIN story_documents t ON t.document = d.id LEFT JOIN story_documents b ON b.story = t.story
JOIN reports r ON r.document = coalesce(b.document, d.id)
LEFT JOIN entries e ON e.id = r.entry LEFT JOIN entries o ON o.id = e.duplicate_of
WHERE d.id IN (SELECT value FROM json_each(:ids)) GROUP BY of, line ORDER BY of, r.state DESC, r.score DESC"""
OTHERS_OF = """
SELECT t.document AS of, t.story, d.id, d.title, d.source_title FROM story_documents t
JOIN story_documents b ON b.story = t.story AND b.document <> t.document JOIN documents d ON d.id = b.document
WHERE t.document IN (SELECT value FROM json_each(:ids)) ORDER BY of, b.position"""
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
BODY = "SELECT text, page_starts, notes, scans FROM bodies WHERE document = :id"
SUMMARY = "SELECT * FROM summaries WHERE document = :id ORDER BY position"
READINGS = """SELECT what, value, quote, start FROM readings
    WHERE document = :id AND what IN ('claim', 'amount', 'statute', 'case') AND confidence >= 0.6 ORDER BY position"""
DISPOSITIONS = "SELECT * FROM dispositions WHERE document = :id ORDER BY position"
EVENTS_OF = "SELECT * FROM events WHERE document = :id ORDER BY starts, id"
REPORTED = "SELECT * FROM reported_dates WHERE document = :id ORDER BY starts, position"
STANDS_IN = """
SELECT l.docket, l.confidence, l.evidence, l.reason, k.number, k.role, k.court, k.caption, k.url, k.matter,
  m.caption AS matter_caption, coalesce(l.entry_number,
    (SELECT e.number FROM entries e WHERE e.document = l.document AND e.docket = l.docket LIMIT 1)) AS entry_number
FROM document_dockets l LEFT JOIN dockets k ON k.id = l.docket LEFT JOIN matters m ON m.slug = k.matter
WHERE l.document = :id ORDER BY l.rowid"""

VERSIONS = """
SELECT revision, fetched, digest, reader, title, removed, added, text IS NOT NULL AS shown FROM versions
WHERE document = :id ORDER BY 1"""
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
TELLING = """
SELECT t.*, d.source_title,
  (SELECT p.position + 1 FROM summaries p WHERE p.document = t.document AND p.start = t.start) AS place
FROM story_summaries t JOIN documents d ON d.id = t.document WHERE t.story = :id ORDER BY t.position"""
TOLD_BY = """
SELECT d.*, t.position FROM story_documents t JOIN documents d ON d.id = t.document WHERE t.story = :id
ORDER BY t.position"""
# The docket entry that a news document reports, with the filing where we hold it.
REPORTS = """
SELECT r.score, r.reasons, r.state, r.matter, m.caption AS matter_caption, e.number, e.filed, e.document,
  coalesce(f.headline, e.description) AS description, k.number AS docket_number
FROM reports r JOIN matters m ON m.slug = r.matter LEFT JOIN entries e ON e.id = r.entry
LEFT JOIN dockets k ON k.id = e.docket LEFT JOIN documents f ON f.id = e.document
WHERE r.document IN (SELECT document FROM story_documents WHERE story = :id UNION SELECT :id)
GROUP BY r.matter, r.entry ORDER BY r.score DESC"""
FILED_BEFORE = """
SELECT id FROM documents WHERE matter = :slug AND +kind = 'filing' AND type IS NOT 'routine'
  AND published >= :since AND published <= :until ORDER BY published DESC LIMIT 6"""
# From an entry of weight on the docket to the first article that reports it; those that none reports as well.
COVERAGE = """
SELECT e.filed AS entered, min(d.published) AS reported
FROM reports r CROSS JOIN entries e ON e.id = r.entry
CROSS JOIN documents d ON d.id = r.document AND d.published IS NOT NULL
WHERE r.state = 'found' AND e.filed >= :since GROUP BY e.id
UNION ALL
SELECT e.filed, NULL FROM unreported u JOIN entries e ON e.id = u.entry WHERE e.filed >= :since"""

COURTS = """
SELECT court, judge, sum(filings) AS filings, sum(rulings) AS rulings, max(latest) AS latest FROM judges
GROUP BY 1, 2"""
ALL_DOCKETS = """
SELECT k.*, m.caption AS matter_caption, m.status AS matter_status FROM dockets k JOIN matters m ON m.slug = k.matter
ORDER BY k.rowid"""
SITEMAP = "SELECT id, fetched FROM documents WHERE rowid > :after ORDER BY rowid LIMIT :limit"
RULED_IN = """
SELECT slug FROM matters m WHERE EXISTS (SELECT 1 FROM documents d INDEXED BY documents_matter CROSS JOIN dispositions x
  ON x.document = d.id WHERE d.matter = m.slug) ORDER BY m.updated DESC LIMIT 1"""
COUNTS = "SELECT (SELECT max(rowid) FROM documents) AS documents"

_CALENDAR = """
SELECT e.*, m.caption AS matter_caption, k.number AS docket_number, d.type AS paper FROM events e
LEFT JOIN documents d ON d.id = e.document LEFT JOIN matters m ON m.slug = e.matter
LEFT JOIN dockets k ON k.id = e.docket"""
AHEAD = f"{_CALENDAR} WHERE e.starts >= :today ORDER BY e.starts, e.id LIMIT 500"
PAST = f"{_CALENDAR} WHERE e.starts < :today ORDER BY e.starts DESC, e.id LIMIT 200"
# Of files handed in nobody asks whether they answer: only how many there are counts.
SOURCES = """
SELECT s.*, g.gap_from, g.gap_to,
  CASE s.method WHEN 'file' THEN (SELECT count(*) FROM documents d WHERE d.source = s.id) END AS handed_in,
  CASE s.method WHEN 'file' THEN (SELECT max(fetched) FROM documents d WHERE d.source = s.id) END AS last_handed_in
FROM sources s LEFT JOIN (SELECT source, gap_from, gap_to, max(started) FROM runs WHERE gap_from IS NOT NULL
  GROUP BY source) g ON g.source = s.id ORDER BY s.title"""
# How the sources answered, and when they were asked before a day's news came.
ANSWERED = """
SELECT count(*) AS asked, coalesce(sum(state IN ('well', 'quiet')), 0) AS answered, max(last_run) AS last_run,
  (SELECT max(started) FROM runs WHERE started < :day) AS before
FROM sources WHERE method <> 'file' AND last_run IS NOT NULL"""
AUDIT = """
SELECT count(*) AS compared, coalesce(sum(NOT agrees), 0) AS differ, count(DISTINCT matter) AS matters,
  max(seen) AS seen FROM audit"""
# Open: said by a source's latest run; for places that have no runs (a file handed in), by the latest they took part in.
ISSUES = """
SELECT i.*, s.title AS source_title, r.started
FROM issues i LEFT JOIN sources s ON s.id = i.source LEFT JOIN runs r ON r.id = i.run
WHERE i.run = coalesce((SELECT id FROM runs WHERE source = i.source ORDER BY started DESC LIMIT 1),
                       (SELECT max(run) FROM issues j WHERE j.source = i.source))
ORDER BY coalesce(s.title, i.source), CASE i.level WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, i.place
LIMIT 500"""

_SNIPPET = "snippet(search, 2, char(2), char(3), '…', 28)"  # of the text: the title stands above it
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
    """Raises Datasette’s `QueryInterrupted` after `PATIENCE`."""
    rows: list[Row] = await database.execute_fn(lambda connection: _answer(connection, sql, values))
    return rows


def _answer(connection: Any, sql: str, values: Row) -> list[Row]:
    until = time.perf_counter() + PATIENCE
    # Datasette’s own limit asks every 1,000 steps, and each time waits for whoever is setting a page.
    connection.set_progress_handler(lambda: time.perf_counter() > until, 100_000)
    try:
        return [dict(row) for row in connection.execute(sql, values)]
    except Exception as error:
        if error.args == ("interrupted",):
            raise QueryInterrupted(error, sql, values) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


async def first(database: Any, sql: str, **values: object) -> Row | None:
    rows = await ask(database, sql, **values)
    return rows[0] if rows else None


def by(rows: Sequence[Row], key: str) -> dict[Any, list[Row]]:
    """Rows in groups, in the order in which each group first appears."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
