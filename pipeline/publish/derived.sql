-- Computed once from the public tables when they are filled, so that no page has to.

-- A story is one line: of its articles in a matter the first stands for those that came after it. It stands behind the
-- docket line that one of its articles reports, where that is a line of the matter's timeline itself: that of the entry's
-- document, or of the entry in another docket that it repeats. Rows are in the order of the pages, the newest last.
INSERT INTO timeline (matter, document, entry, at, seen, filing, ruling, routine, behind)
SELECT * FROM (
SELECT d.matter, d.id AS document, NULL AS entry, coalesce(d.published, d.first_seen) AS at, d.first_seen, d.kind = 'filing' AS filing, d.ruling,
  d.type IS 'routine',
  CASE WHEN d.kind <> 'filing' THEN (
    SELECT coalesce(e.document, o.document, o.id, e.id)
    FROM story_documents t JOIN story_documents b ON b.story = t.story JOIN reports r ON r.document = b.document
    JOIN entries e ON e.id = r.entry LEFT JOIN entries o ON o.id = e.duplicate_of
    LEFT JOIN documents f ON f.id = coalesce(e.document, o.document)
    WHERE t.document = d.id AND e.matter = d.matter AND e.type IS NOT 'routine'
      AND (f.id IS NULL OR (f.matter = d.matter AND f.type IS NOT 'routine' AND f.duplicate_of IS NULL)) LIMIT 1) END
FROM documents d
WHERE d.duplicate_of IS NULL AND (d.kind = 'filing' OR NOT EXISTS (
  SELECT 1 FROM story_documents t JOIN story_documents o ON o.story = t.story AND o.position < t.position
  JOIN documents x ON x.id = o.document WHERE t.document = d.id AND t.position > 0 AND x.matter IS d.matter))
UNION ALL
SELECT e.matter, NULL, e.id, e.filed, e.first_seen, 1, e.type IS NOT NULL AND e.type IN ('order', 'opinion', 'judgment'), e.type IS 'routine', NULL
FROM entries e WHERE e.document IS NULL AND e.duplicate_of IS NULL
)
ORDER BY substr(at, 1, 10), ruling, filing, at, document, entry;

INSERT INTO weeks (monday, matter, filings, stories)
SELECT date(substr(d.published, 1, 10), 'weekday 0', '-6 days') AS monday, t.matter, sum(t.filing), sum(NOT t.filing)
FROM timeline t JOIN documents d ON d.id = t.document WHERE d.published IS NOT NULL
GROUP BY monday, t.matter HAVING monday IS NOT NULL;

INSERT INTO judges (court, judge, matter, filings, rulings, since, until, latest)
SELECT court, judge, matter, count(*), sum(ruling), min(CASE WHEN ruling THEN published END),
  max(CASE WHEN ruling THEN published END), max(published)
FROM documents WHERE kind = 'filing' AND court IS NOT NULL GROUP BY court, judge, matter;
