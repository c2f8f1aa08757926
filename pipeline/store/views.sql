-- WHAT IS PUBLIC. The public database is filled from the views named public_*, column by column and nothing else:
-- a table may change beneath them, a private column cannot slip through. News full text is in none of them.

-- A document is shown when it stands in a docket of the registry, or is news or a release about our subject.
CREATE VIEW visible AS
SELECT d.id FROM documents d
WHERE (EXISTS (SELECT 1 FROM links l JOIN dockets k ON k.key = l.docket WHERE l.document = d.id AND l.confidence >= 0.5)
   OR (d.kind <> 'filing' AND json_extract(d.relevance, '$.verdict') = 'ours'))
  AND NOT EXISTS (SELECT 1 FROM decisions x WHERE x.document = d.id AND x.verdict = 'not')
  AND (d.docket_entry IS NULL OR d.id IN (SELECT document FROM entry_document));

-- The docket a document is filed under: its best link into the registry.
CREATE VIEW home_docket AS
SELECT l.document, l.docket, k.matter, l.entry_number, min(l.position) AS position
FROM links l JOIN dockets k ON k.key = l.docket
WHERE l.confidence >= 0.5
GROUP BY l.document;

-- One filing bears a number in each docket it is filed in, where an entry's words say so.
CREATE VIEW elsewhere AS
SELECT l.document, b.docket, min(b.number) AS number, b.words, l.confidence
FROM links l JOIN same_filing a ON a.docket = l.docket AND a.number = l.entry_number
JOIN same_filing b ON b.filing = a.filing AND b.docket <> a.docket
WHERE l.confidence >= 0.9
GROUP BY l.document, b.docket;

CREATE VIEW every_link AS
SELECT l.document, l.position, l.docket, l.confidence, l.evidence, l.reason, coalesce(l.entry_number, e.number) AS entry_number
FROM links l LEFT JOIN elsewhere e ON e.document = l.document AND e.docket = l.docket
UNION ALL
SELECT e.document, 1000, e.docket, e.confidence, e.words, 'same filing', e.number FROM elsewhere e
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.document = e.document AND l.docket = e.docket);

-- A docket text that another docket of its matter brought that day, seen before, word for word.
CREATE VIEW told_before AS
SELECT id FROM (
  SELECT t.id, row_number() OVER (PARTITION BY k.matter, t.text, substr(t.published, 1, 10) ORDER BY e.first_seen, e.id) AS nth
  FROM documents t JOIN entries e ON e.id = t.docket_entry JOIN dockets k ON k.key = e.docket WHERE t.docket_entry IS NOT NULL)
WHERE nth > 1;

-- A filing's entry: by number in the same docket, or by the address its document was fetched from. Where no paper that
-- could be read is held, the entry's own words stand for it; no docket text is visible but as its entry's document.
CREATE VIEW entry_document AS
SELECT x.entry, d.id AS document, min(CASE WHEN d.docket_entry IS NOT NULL THEN 1 WHEN d.words THEN 0 ELSE 2 END || d.id) FROM (
  SELECT e.id AS entry, l.document
  FROM every_link l CROSS JOIN entries e ON e.docket = l.docket AND e.number = l.entry_number WHERE l.confidence >= 0.9
  UNION ALL
  SELECT e.id, d.id FROM entries e CROSS JOIN documents d ON d.url = e.document_url
  CROSS JOIN every_link l ON l.document = d.id AND l.docket = e.docket AND l.confidence >= 0.9
  UNION ALL
  SELECT t.docket_entry, t.id FROM documents t WHERE t.docket_entry IS NOT NULL) x
JOIN documents d ON d.id = x.document AND d.kind = 'filing' AND coalesce(d.attachment_number, 0) = 0
WHERE NOT EXISTS (SELECT 1 FROM decisions n WHERE n.document = d.id AND n.verdict = 'not')
  AND (d.docket_entry IS NULL OR d.id NOT IN (SELECT id FROM told_before))
GROUP BY x.entry;

-- An entry that says word for word what another docket of its matter said that day, seen before, repeats it.
CREATE VIEW followed AS
SELECT e.*, k.matter,
       nullif(first_value(e.id) OVER (PARTITION BY k.matter, e.description, substr(e.filed, 1, 10) ORDER BY e.first_seen, e.id), e.id)
         AS duplicate_of
FROM entries e JOIN dockets k ON k.key = e.docket;

CREATE VIEW reprint AS
SELECT m.document, m.reprint_of AS of FROM story_documents m JOIN visible v ON v.id = m.reprint_of;

CREATE VIEW public_matters AS
SELECT m.slug, m.caption, m.court, c.name AS court_name, c.short AS court_short, m.status,
       (SELECT group_concat(j.value, '; ') FROM dockets k, json_each(k.judges) j WHERE k.matter = m.slug AND k.position = 0) AS judges,
       m.mdl,
       (SELECT group_concat(value, '; ') FROM json_each(m.aliases)) AS aliases,
       (SELECT group_concat(value, '; ') FROM json_each(m.plaintiffs)) AS plaintiffs,
       (SELECT group_concat(value, '; ') FROM json_each(m.defendants)) AS defendants,
       (SELECT group_concat(value, '; ') FROM json_each(m.claims)) AS claims,
       coalesce(n.filings, 0) AS filings, coalesce(n.stories, 0) AS stories, n.updated
FROM matters m LEFT JOIN courts c ON c.id = m.court LEFT JOIN (
  SELECT h.matter, count(DISTINCT CASE d.kind WHEN 'filing' THEN d.id END) AS filings, count(DISTINCT s.story) AS stories,
         max(coalesce(d.published, d.first_seen)) AS updated
  FROM home_docket h JOIN visible v ON v.id = h.document JOIN documents d ON d.id = v.id
  LEFT JOIN story_documents s ON s.document = d.id GROUP BY h.matter) n ON n.matter = m.slug;

CREATE VIEW public_dockets AS
SELECT k.key AS id, k.matter, k.court, k.number, k.role, k.caption,
       (SELECT group_concat(value, '; ') FROM json_each(k.judges)) AS judges, k.filed, k.url
FROM dockets k ORDER BY k.matter, k.position;

CREATE VIEW public_docket_history AS
SELECT k.key AS docket, x.key AS position, json_extract(x.value, '$.what') AS what, json_extract(x.value, '$.value') AS value,
       json_extract(x.value, '$.since') AS since, json_extract(x.value, '$.until') AS until,
       json_extract(x.value, '$.evidence') AS evidence
FROM dockets k, json_each(k.history) x ORDER BY k.key, x.key;

-- Those a person has decided on stay, with the decision; a docket that is followed by now is no candidate.
CREATE VIEW public_candidates AS
SELECT c.docket, c.caption, c.reason, c.evidence, c.source, c.seen, c.url, c.state, c.note FROM candidates c
WHERE c.state <> 'open' OR NOT EXISTS (SELECT 1 FROM dockets k WHERE k.key = c.docket) ORDER BY c.seen DESC, c.docket;

CREATE VIEW public_audit AS
SELECT c.matter, c.docket, c.what, c.ours, c.theirs, c.agrees, c.our_source, c.their_source, c.seen
FROM checks c JOIN dockets k ON k.key = c.docket AND k.matter = c.matter ORDER BY c.agrees, c.docket, c.what, c.theirs;

CREATE VIEW public_documents AS
SELECT d.id, d.kind, d.type, d.title, d.url, d.source, s.title AS source_title,
       (SELECT group_concat(value, '; ') FROM json_each(d.authors)) AS author, d.agency,
       d.published, d.precision, d.court, c.short AS court_name, d.judge,
       (SELECT group_concat(DISTINCT json_extract(value, '$.outcome')) FROM json_each(d.dispositions)) AS disposition,
       d.state, d.withheld, d.withheld_words, d.words, d.page_class,
       y.headline, d.caption, coalesce(d.entry_number, h.entry_number) AS entry_number, d.attachment_number, d.docket_entry, h.matter,
       d.first_seen, d.changed, d.revision, d.fetched, d.digest, d.spool, d.spool_offset, d.reader, r.of AS duplicate_of
FROM visible v JOIN documents d ON d.id = v.id
LEFT JOIN sources s ON s.id = d.source
LEFT JOIN courts c ON c.id = d.court
LEFT JOIN summaries y ON y.document = d.id
LEFT JOIN home_docket h ON h.document = d.id
LEFT JOIN reprint r ON r.document = d.id
ORDER BY coalesce(d.published, d.first_seen), d.id;

-- Court records are public domain and stand in full. Nothing else does.
CREATE VIEW public_bodies AS
SELECT d.id AS document, d.text, d.page_starts, d.notes, d.scans FROM visible v JOIN documents d ON d.id = v.id WHERE d.kind = 'filing' ORDER BY d.id;

-- Of news we say that it changed, by how many sentences, and how its headline read: not what it said.
CREATE VIEW public_versions AS
SELECT v.document, v.revision, json_extract(v.noun, '$.provenance.fetched') AS fetched,
       json_extract(v.noun, '$.provenance.digest') AS digest, json_extract(v.noun, '$.provenance.reader') AS reader,
       json_extract(v.noun, '$.title') AS title, v.removed, v.added,
       CASE WHEN d.kind = 'filing' AND json_extract(v.noun, '$.kind') = 'filing' THEN json_extract(v.noun, '$.text') END AS text
FROM visible x JOIN documents d ON d.id = x.id JOIN versions v ON v.document = d.id ORDER BY v.document, v.revision;

CREATE VIEW public_document_dockets AS
SELECT l.document, l.docket, l.confidence, l.evidence, l.reason, l.entry_number
FROM visible v JOIN every_link l ON l.document = v.id ORDER BY l.document, l.position, l.docket;

CREATE VIEW public_summaries AS
SELECT s.document, p.key AS position, json_extract(p.value, '$.role') AS role, json_extract(p.value, '$.text') AS text,
       json_extract(p.value, '$.start') AS start, json_extract(p.value, '$.end') AS "end",
       coalesce(json_extract(p.value, '$.short'), 1) AS short, s.model, s.revision
FROM visible v JOIN summaries s ON s.document = v.id, json_each(s.points) p ORDER BY s.document, p.key;

CREATE VIEW public_dispositions AS
SELECT d.id AS document, x.key AS position, json_extract(x.value, '$.outcome') AS outcome, json_extract(x.value, '$.motion') AS motion,
       json_extract(x.value, '$.passage.text') AS quote, json_extract(x.value, '$.passage.start') AS start,
       json_extract(x.value, '$.passage.end') AS "end", json_extract(x.value, '$.confidence') AS confidence
FROM visible v JOIN documents d ON d.id = v.id, json_each(d.dispositions) x WHERE d.kind = 'filing' ORDER BY d.id, x.key;

CREATE VIEW public_readings AS
SELECT d.id AS document, x.key AS position, json_extract(x.value, '$.what') AS what, json_extract(x.value, '$.value') AS value,
       json_extract(x.value, '$.passage.text') AS quote, json_extract(x.value, '$.passage.start') AS start,
       json_extract(x.value, '$.passage.end') AS "end", json_extract(x.value, '$.confidence') AS confidence
FROM visible v JOIN documents d ON d.id = v.id, json_each(d.readings) x WHERE d.kind = 'filing' ORDER BY d.id, x.key;

CREATE VIEW public_entries AS
SELECT e.id, e.docket, e.matter, e.number, e.filed, e.precision, e.type, e.description, e.withheld, e.withheld_words, e.url, x.document, e.first_seen, e.changed, e.duplicate_of
FROM followed e LEFT JOIN entry_document x ON x.entry = e.id
ORDER BY e.filed, e.docket, e.number, e.id;

CREATE VIEW every_event AS
SELECT d.id || '-' || x.key AS id, h.matter, h.docket, json_extract(x.value, '$.kind') AS kind,
       json_extract(x.value, '$.starts.at') AS starts, json_extract(x.value, '$.ends.at') AS ends,
       json_extract(x.value, '$.starts.precision') AS precision,
       json_extract(x.value, '$.title') AS title,
       json_extract(x.value, '$.actor') AS actor, json_extract(x.value, '$.passage.text') AS quote, d.id AS document,
       json_extract(x.value, '$.passage.start') AS start, json_extract(x.value, '$.passage.end') AS "end",
       CASE f.fate WHEN 'superseded' THEN 'superseded' ELSE json_extract(x.value, '$.state') END AS state,
       json_extract(x.value, '$.computed') AS computed, json_extract(x.value, '$.confidence') AS confidence, x.key AS position,
       CASE WHEN f.fate = 'superseded' THEN f.by WHEN json_extract(x.value, '$.state') = 'superseded' THEN d.id END AS superseded_by
FROM visible v JOIN documents d ON d.id = v.id LEFT JOIN home_docket h ON h.document = d.id, json_each(d.events) x
LEFT JOIN event_fates f ON f.document = d.id AND f.position = x.key
WHERE f.fate IS NOT 'repeated';

CREATE VIEW public_events AS
SELECT id, matter, docket, kind, starts, ends, precision, title, actor, quote, document, start, "end", state, computed, superseded_by,
       confidence
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
SELECT m.story, m.document, m.position, r.of AS reprint_of
FROM visible v JOIN story_documents m ON m.document = v.id LEFT JOIN reprint r ON r.document = m.document
ORDER BY m.story, m.position;

-- What is told of a story stands until one of its articles is hidden or summarized anew.
CREATE VIEW public_story_summaries AS
SELECT s.story, p.key AS position, json_extract(p.value, '$.role') AS role, json_extract(p.value, '$.text') AS text,
       json_extract(p.value, '$.document') AS document, json_extract(p.value, '$.start') AS start,
       json_extract(p.value, '$.end') AS "end", json_extract(p.value, '$.also') AS also
FROM story_summaries s JOIN visible o ON o.id = s.story, json_each(s.told) p
WHERE s.made_of = (SELECT made_of FROM story_makings m WHERE m.story = s.story) ORDER BY s.story, p.key;

-- What a story's summary is made of: its articles, reprints apart, and the summaries they have.
CREATE VIEW story_makings AS
SELECT story, count(*) AS articles, group_concat(making, ' ') AS made_of FROM (
  SELECT m.story, m.document || ':' || s.input_hash || ':' || s.model || ':' || s.revision || ':' || s.parameters AS making
  FROM story_documents m JOIN visible v ON v.id = m.document JOIN summaries s ON s.document = m.document
  WHERE m.reprint_of IS NULL ORDER BY m.story, m.position)
GROUP BY story;

-- Which entry an article reports. Without one it is awaited: the article came before the entry.
CREATE VIEW public_reports AS
SELECT r.document, r.matter, r.entry, r.score, coalesce((SELECT group_concat(value, '; ') FROM json_each(r.reasons)), '') AS reasons,
       CASE WHEN r.entry IS NULL THEN 'awaited' ELSE 'found' END AS state
FROM visible v JOIN reports r ON r.document = v.id JOIN matters m ON m.slug = r.matter
WHERE r.entry IS NULL OR EXISTS (SELECT 1 FROM entries e JOIN dockets k ON k.key = e.docket WHERE e.id = r.entry)
ORDER BY r.document, r.matter;

CREATE VIEW public_disagreements AS
SELECT x.document, x.position, x.entry, x.filing, x.what, x.reported, x.filed, x.quote, x.filing_quote, x.start, x.end
FROM public_reports r JOIN disagreements x ON x.document = r.document AND x.entry = r.entry JOIN visible v ON v.id = x.filing
ORDER BY x.document, x.position;

-- What a court decided or a suit opened, that no article we read reports, since we read any.
CREATE VIEW public_unreported AS
SELECT e.id AS entry, e.matter FROM followed e
WHERE e.duplicate_of IS NULL AND e.filed >= (SELECT min(published) FROM documents WHERE kind = 'news')
  AND (e.type IN ('opinion', 'judgment', 'complaint') OR (e.type = 'order' AND e.description LIKE '%motion%'))
  AND e.id NOT IN (SELECT coalesce(o.duplicate_of, o.id) FROM public_reports r JOIN followed o ON o.id = r.entry)
ORDER BY e.filed, e.id;

CREATE VIEW latest_run AS
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY source ORDER BY started DESC, id DESC) AS nth FROM runs) WHERE nth = 1;

-- The ledger: what the runs of a source come to. An entry dated in the future is as new as the night it was seen.
CREATE VIEW ledger AS
SELECT s.id AS source, min(r.started) AS first_run, max(r.finished) AS last_run,
       max(CASE WHEN r.health IN ('well', 'quiet') THEN r.started END) AS last_good,
       max(CASE WHEN r.health IN ('well', 'quiet') THEN r.finished END) AS last_success,
       max(CASE WHEN r.health = 'well' OR r.pages > 0 THEN r.finished END) AS last_new,
       max(min(r.covers_to, r.finished)) AS last_item,
       count(r.gap_from) AS gaps
FROM sources s LEFT JOIN runs r ON r.source = s.id GROUP BY s.id;

-- Dead is what has failed five times running and for a week, or ten times as long as it usually takes to say something.
CREATE VIEW public_sources AS
SELECT s.id, s.title, s.kind, s.method, s.url, s.court, s.cadence_hours, s.at_least,
       CASE WHEN r.id IS NULL THEN 'never run'
            WHEN r.health = 'failing' AND l.failures >= 5
             AND julianday(l.last_run) - julianday(coalesce(l.last_success, l.first_run)) >= max(7, 10 * s.cadence_hours / 24.0)
            THEN 'dead' ELSE r.health END AS state,
       l.last_run, l.last_success, l.last_new, l.last_item, l.failures, r.entries, r.bytes, r.statuses, l.gaps,
       (SELECT i.message FROM issues i WHERE i.run = r.id AND i.level <> 'note' ORDER BY i.level, i.place LIMIT 1) AS message
FROM sources s
JOIN (SELECT g.*, (SELECT count(*) FROM runs f WHERE f.source = g.source AND f.started > coalesce(g.last_good, '')) AS failures
      FROM ledger g) l ON l.source = s.id
LEFT JOIN latest_run r ON r.source = s.id
ORDER BY s.id;

CREATE VIEW public_runs AS
SELECT id, source, started, finished, health AS state, entries, pages, not_modified, bytes, statuses,
       covers_from, covers_to, gap_from, gap_to, spool
FROM runs ORDER BY started, source;

CREATE VIEW public_issues AS
SELECT run, level, source, place, message FROM issues ORDER BY run, level, source, place, message;

-- Filings are searched in full; of news only what we publish of it.
CREATE VIEW public_search AS
SELECT d.id AS document, coalesce(nullif(y.headline, d.title) || ' ', '') || d.title || coalesce(' ' || d.caption, '') AS title,
       CASE d.kind WHEN 'filing' THEN d.text
            ELSE coalesce((SELECT group_concat(json_extract(p.value, '$.text'), ' ') FROM json_each(y.points) p), '') END AS text
FROM visible v JOIN documents d ON d.id = v.id LEFT JOIN summaries y ON y.document = d.id
ORDER BY coalesce(d.published, d.first_seen), d.id;
