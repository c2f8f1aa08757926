-- WHAT IS PUBLIC. The public database is filled from the views named public_*, column by column and nothing else:
-- a table may change beneath them, a private column cannot slip through. News full text is in none of them.

-- A document is shown when it stands in a docket of the registry, or is news or a release about our subject.
CREATE VIEW visible AS
SELECT d.id FROM documents d
WHERE EXISTS (SELECT 1 FROM links l JOIN dockets k ON k.key = l.docket WHERE l.document = d.id AND l.confidence >= 0.5)
   OR (d.kind <> 'filing' AND json_extract(d.relevance, '$.verdict') = 'ours');

-- The docket a document is filed under: its best link into the registry.
CREATE VIEW home_docket AS
SELECT l.document, l.docket, k.matter, l.entry_number, min(l.position) AS position
FROM links l JOIN dockets k ON k.key = l.docket
WHERE l.confidence >= 0.5
GROUP BY l.document;

-- A filing's entry: by number in the same docket, or by the address its document was fetched from.
CREATE VIEW entry_document AS
SELECT e.id AS entry, min(d.id) AS document
FROM entries e
JOIN links l ON l.docket = e.docket AND l.confidence >= 0.9
JOIN documents d ON d.id = l.document AND d.kind = 'filing' AND coalesce(d.attachment_number, 0) = 0
WHERE (l.entry_number IS NOT NULL AND l.entry_number = e.number) OR (e.document_url IS NOT NULL AND e.document_url = d.url)
GROUP BY e.id;

CREATE VIEW reprint AS SELECT document, story AS of FROM story_documents WHERE position > 0;

CREATE VIEW public_matters AS
SELECT m.slug, m.caption, m.court, c.name AS court_name, c.short AS court_short, m.status,
       (SELECT group_concat(j.value, '; ') FROM dockets k, json_each(k.judges) j WHERE k.matter = m.slug AND k.position = 0) AS judges,
       m.mdl,
       (SELECT group_concat(value, '; ') FROM json_each(m.aliases)) AS aliases,
       (SELECT group_concat(value, '; ') FROM json_each(m.plaintiffs)) AS plaintiffs,
       (SELECT group_concat(value, '; ') FROM json_each(m.defendants)) AS defendants,
       (SELECT group_concat(value, '; ') FROM json_each(m.claims)) AS claims,
       (SELECT count(*) FROM home_docket h JOIN documents d ON d.id = h.document WHERE h.matter = m.slug AND d.kind = 'filing') AS filings,
       (SELECT count(DISTINCT s.story) FROM home_docket h JOIN story_documents s ON s.document = h.document WHERE h.matter = m.slug) AS stories,
       (SELECT max(coalesce(d.published, d.first_seen)) FROM home_docket h JOIN documents d ON d.id = h.document WHERE h.matter = m.slug) AS updated
FROM matters m LEFT JOIN courts c ON c.id = m.court;

CREATE VIEW public_dockets AS
SELECT k.key AS id, k.matter, k.court, k.number, k.role, k.caption,
       (SELECT group_concat(value, '; ') FROM json_each(k.judges)) AS judges, k.filed, k.url
FROM dockets k ORDER BY k.matter, k.position;

CREATE VIEW public_documents AS
SELECT d.id, d.kind, d.type, d.title, d.url, d.source, s.title AS source_title,
       (SELECT group_concat(value, '; ') FROM json_each(d.authors)) AS author,
       d.published, d.precision, d.court, c.short AS court_name, d.judge,
       (SELECT group_concat(DISTINCT json_extract(value, '$.outcome')) FROM json_each(d.dispositions)) AS disposition,
       d.state, d.words, d.page_class,
       y.headline, d.caption, coalesce(d.entry_number, h.entry_number) AS entry_number, d.attachment_number, h.matter,
       d.first_seen, d.fetched, d.digest, d.spool, d.spool_offset, d.reader, r.of AS duplicate_of
FROM visible v JOIN documents d ON d.id = v.id
LEFT JOIN sources s ON s.id = d.source
LEFT JOIN courts c ON c.id = d.court
LEFT JOIN summaries y ON y.document = d.id
LEFT JOIN home_docket h ON h.document = d.id
LEFT JOIN reprint r ON r.document = d.id
ORDER BY coalesce(d.published, d.first_seen), d.id;

-- Court records are public domain and stand in full. Nothing else does.
CREATE VIEW public_bodies AS
SELECT d.id AS document, d.text, d.page_starts FROM visible v JOIN documents d ON d.id = v.id WHERE d.kind = 'filing' ORDER BY d.id;

CREATE VIEW public_document_dockets AS
SELECT l.document, l.docket, l.confidence, l.evidence, l.reason, l.entry_number
FROM visible v JOIN links l ON l.document = v.id ORDER BY l.document, l.position;

CREATE VIEW public_summaries AS
SELECT s.document, p.key AS position, json_extract(p.value, '$.role') AS role, json_extract(p.value, '$.text') AS text,
       json_extract(p.value, '$.start') AS start, json_extract(p.value, '$.end') AS "end", s.model, s.revision
FROM visible v JOIN summaries s ON s.document = v.id, json_each(s.points) p ORDER BY s.document, p.key;

CREATE VIEW public_dispositions AS
SELECT d.id AS document, x.key AS position, json_extract(x.value, '$.outcome') AS outcome, json_extract(x.value, '$.motion') AS motion,
       json_extract(x.value, '$.passage.text') AS quote, json_extract(x.value, '$.passage.start') AS start,
       json_extract(x.value, '$.passage.end') AS "end"
FROM visible v JOIN documents d ON d.id = v.id, json_each(d.dispositions) x WHERE d.kind = 'filing' ORDER BY d.id, x.key;

CREATE VIEW public_entries AS
SELECT e.id, e.docket, e.number, e.filed, e.precision, e.type, e.description, e.url, x.document
FROM entries e JOIN dockets k ON k.key = e.docket LEFT JOIN entry_document x ON x.entry = e.id
ORDER BY e.filed, e.docket, e.number, e.id;

CREATE VIEW every_event AS
SELECT d.id || '-' || x.key AS id, h.matter, h.docket, json_extract(x.value, '$.kind') AS kind,
       json_extract(x.value, '$.starts.at') AS starts, json_extract(x.value, '$.ends.at') AS ends,
       json_extract(x.value, '$.starts.precision') AS precision, json_extract(x.value, '$.title') AS title,
       json_extract(x.value, '$.actor') AS actor, json_extract(x.value, '$.passage.text') AS quote, d.id AS document,
       json_extract(x.value, '$.passage.start') AS start, json_extract(x.value, '$.passage.end') AS "end",
       json_extract(x.value, '$.state') AS state, json_extract(x.value, '$.computed') AS computed, x.key AS position
FROM visible v JOIN documents d ON d.id = v.id LEFT JOIN home_docket h ON h.document = d.id, json_each(d.events) x;

CREATE VIEW public_events AS
SELECT id, matter, docket, kind, starts, ends, precision, title, actor, quote, document, start, "end", state, computed
FROM every_event WHERE state <> 'reported' ORDER BY starts, id;

-- Dates that a news article gives are leads, not events.
CREATE VIEW public_reported_dates AS
SELECT document, position, kind, starts, precision, title, quote FROM every_event WHERE state = 'reported' ORDER BY document, position;

CREATE VIEW public_stories AS
SELECT t.id, t.title, d.published AS first_published, h.matter, count(*) AS documents
FROM stories t JOIN story_documents m ON m.story = t.id JOIN visible v ON v.id = m.document
JOIN documents d ON d.id = t.id LEFT JOIN home_docket h ON h.document = t.id
GROUP BY t.id ORDER BY d.published, t.id;

CREATE VIEW public_story_documents AS
SELECT m.story, m.document, m.position FROM visible v JOIN story_documents m ON m.document = v.id ORDER BY m.story, m.position;

CREATE VIEW public_sources AS
SELECT s.id, s.title, s.kind, s.method, s.url, s.court, s.cadence_hours,
       coalesce((SELECT health FROM runs r WHERE r.source = s.id ORDER BY r.started DESC LIMIT 1), 'never run') AS state,
       (SELECT max(finished) FROM runs r WHERE r.source = s.id) AS last_run,
       (SELECT max(finished) FROM runs r WHERE r.source = s.id AND r.health IN ('well', 'quiet')) AS last_success,
       (SELECT max(finished) FROM runs r WHERE r.source = s.id AND (r.pages > 0 OR r.health = 'well')) AS last_new,
       (SELECT i.message FROM issues i WHERE i.source = s.id AND i.level <> 'note' AND i.run =
          (SELECT id FROM runs r WHERE r.source = s.id ORDER BY r.started DESC LIMIT 1)
        ORDER BY i.level, i.place LIMIT 1) AS message
FROM sources s ORDER BY s.id;

CREATE VIEW public_runs AS
SELECT id, source, started, finished, health AS state, entries, pages, not_modified, bytes, spool FROM runs ORDER BY started, source;

CREATE VIEW public_issues AS
SELECT run, level, source, place, message FROM issues ORDER BY run, level, source, place, message;

-- Filings are searched in full; of news only what we publish of it.
CREATE VIEW public_search AS
SELECT d.id AS document, coalesce(y.headline || ' ', '') || d.title || coalesce(' ' || d.caption, '') AS title,
       CASE d.kind WHEN 'filing' THEN d.text
            ELSE coalesce((SELECT group_concat(json_extract(p.value, '$.text'), ' ') FROM json_each(y.points) p), '') END AS text
FROM visible v JOIN documents d ON d.id = v.id LEFT JOIN summaries y ON y.document = d.id
ORDER BY coalesce(d.published, d.first_seen), d.id;
