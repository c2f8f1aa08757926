-- The public database: the contract of the site, the feeds and everybody's own queries. Comments become docs/data-model.md.
-- All points in time are ISO 8601 with zone; "precision" says how finely a date is known (day, minute, second).

CREATE TABLE matters (               -- One dispute: a lead docket with its members, relations and appeals
  slug TEXT PRIMARY KEY,             -- stable name, as in the address of its page
  caption TEXT NOT NULL,             -- as the court captions it
  court TEXT NOT NULL,               -- courts-db id of the lead docket's court
  court_name TEXT,                   -- the court's full name
  court_short TEXT,                  -- its short name
  status TEXT,                       -- in a few words, from the registry
  judges TEXT,                       -- of the lead docket, joined by "; "
  mdl INTEGER,                       -- MDL number of the Judicial Panel on Multidistrict Litigation
  aliases TEXT,                      -- other names the press and courts use, joined by "; "
  plaintiffs TEXT,                   -- joined by "; "
  defendants TEXT,                   -- joined by "; "
  claims TEXT,                       -- joined by "; "
  filings INTEGER NOT NULL,          -- filings we hold
  stories INTEGER NOT NULL,          -- news stories, reprints counted once
  updated TEXT                       -- newest filing or story
);
CREATE TABLE dockets (               -- One case number in one court
  id TEXT PRIMARY KEY,               -- court:yyyy-type-serial, for example nysd:2025-md-03143
  matter TEXT NOT NULL REFERENCES matters(slug),
  court TEXT NOT NULL,               -- courts-db id
  number TEXT NOT NULL,              -- as the court writes it
  role TEXT NOT NULL,                -- lead, member, related, transferred, remanded or appeal
  caption TEXT,                      -- where it differs from the matter's
  judges TEXT,                       -- joined by "; "
  filed TEXT,                        -- date the case was filed
  url TEXT                           -- public docket page
);
CREATE TABLE docket_history (        -- Earlier judges and courts of a docket, and how its status changed
  docket TEXT NOT NULL REFERENCES dockets(id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL,                -- judge, court or status
  value TEXT NOT NULL,
  since TEXT,                        -- first day, when known
  until TEXT,                        -- last day, when known
  evidence TEXT NOT NULL,            -- where it was seen
  PRIMARY KEY (docket, position)
);
CREATE TABLE candidates (            -- Dockets nobody follows yet that look like ours, and what a person decided on them
  docket TEXT PRIMARY KEY,           -- key of the docket
  caption TEXT,
  reason TEXT NOT NULL,              -- why it was noticed
  evidence TEXT NOT NULL,            -- the entry's words, or the document's title
  source TEXT NOT NULL,              -- id of the source it was seen in
  seen TEXT NOT NULL,                -- when
  url TEXT,
  state TEXT NOT NULL,               -- open, accepted, rejected or merged
  note TEXT                          -- why it was rejected, or the matter it went to
);
CREATE TABLE audit (                 -- Facts of the registry beside what the dockets say
  matter TEXT NOT NULL REFERENCES matters(slug),
  docket TEXT NOT NULL REFERENCES dockets(id),
  what TEXT NOT NULL,                -- number, caption, judge or filed
  ours TEXT NOT NULL,                -- the registry's value
  theirs TEXT NOT NULL,              -- the docket's value
  agrees INTEGER NOT NULL,           -- 1 or 0
  our_source TEXT NOT NULL,          -- where and when the registry's value was checked
  their_source TEXT NOT NULL,        -- where the docket's value stands
  seen TEXT NOT NULL                 -- when it was fetched
);
CREATE TABLE documents (             -- One filing, news article or release
  id TEXT PRIMARY KEY,               -- stable, as in the address of its page
  kind TEXT NOT NULL,                -- filing, news or release
  type TEXT,                         -- order, opinion, motion, complaint, …
  title TEXT NOT NULL,               -- as published, or as read from the filing
  url TEXT,                          -- where the original stands; null for a file handed in
  source TEXT NOT NULL,              -- id of the source it came from
  source_title TEXT,                 -- that source's name
  author TEXT,                       -- joined by "; "
  agency TEXT,                       -- the wire service whose report an outlet prints
  published TEXT,                    -- when it was published or dated
  precision TEXT,                    -- of published
  court TEXT,                        -- courts-db id, for filings
  court_name TEXT,                   -- that court's short name
  judge TEXT,                        -- who signed it
  disposition TEXT,                  -- outcomes joined by ","
  state TEXT NOT NULL,               -- read, needs_ocr (a page waits for it), blocked, unavailable or reserved (by its publisher)
  withheld TEXT,                     -- what the public does not get of it: sealed, redacted, missing, or text only (no paper belongs to it); null where nothing says so
  withheld_words TEXT,               -- the paper's words that say so
  words INTEGER NOT NULL,            -- length of the original
  page_class TEXT NOT NULL,          -- article, filing, or why it has no text: consent, teaser, …
  headline TEXT,                     -- one line composed from what was read
  caption TEXT,                      -- as the filing has it
  entry_number INTEGER,              -- ECF number in its own docket
  attachment_number INTEGER,         -- of the ECF number
  docket_entry TEXT,                 -- of a docket text: the entry whose own words it is, for want of a paper
  matter TEXT REFERENCES matters(slug),
  first_seen TEXT NOT NULL,          -- when we first fetched it
  changed TEXT NOT NULL,             -- when what it says last changed
  revision INTEGER NOT NULL,         -- 1, and one more for each change
  fetched TEXT NOT NULL,             -- when the version shown was fetched
  digest TEXT NOT NULL,              -- of the bytes read
  spool TEXT,                        -- WARC file that holds them
  spool_offset INTEGER,              -- byte offset of the record in it
  reader TEXT NOT NULL,              -- what turned bytes into text, with version
  duplicate_of TEXT REFERENCES documents(id), -- the article this one reprints
  ruling INTEGER AS ((kind = 'filing' AND (disposition IS NOT NULL OR type LIKE '%order%' OR type LIKE '%opinion%' OR type LIKE '%judgment%' OR type LIKE '%verdict%') AND coalesce(type, '') NOT LIKE '%proposed%') IS TRUE) -- 1 where a court has spoken; a party’s proposed order is not a ruling
);
CREATE TABLE bodies (                -- Full text of court filings (public domain); never of news
  document TEXT PRIMARY KEY REFERENCES documents(id),
  text TEXT NOT NULL,                -- paragraphs parted by a blank line, footnotes at the end
  page_starts TEXT NOT NULL,         -- JSON list of offsets into text, one a page
  notes TEXT NOT NULL,               -- JSON list of footnotes: {mark, page, start, end, at}; offsets of the note and of its mark
  scans TEXT NOT NULL                -- JSON list of {page, confidence}: pages that are pictures, and how surely OCR read them (0 to 1; null: it has not)
);
CREATE TABLE versions (              -- What a document was before it changed at its source
  document TEXT NOT NULL REFERENCES documents(id),
  revision INTEGER NOT NULL,         -- 1 is the first; the version in documents and bodies comes after the last of these
  fetched TEXT NOT NULL,             -- when this version was fetched
  digest TEXT NOT NULL,              -- of its bytes
  reader TEXT NOT NULL,              -- what turned bytes into text, with version
  title TEXT NOT NULL,               -- its headline then
  removed INTEGER NOT NULL,          -- sentences of it that the next version has no more
  added INTEGER NOT NULL,            -- sentences that the next version brought
  text TEXT,                         -- filings only
  PRIMARY KEY (document, revision)
);
CREATE TABLE document_dockets (      -- Which dockets a document is filed in or about, and why we say so
  document TEXT NOT NULL REFERENCES documents(id),
  docket TEXT NOT NULL,              -- key of the docket; it need not be in the registry
  confidence REAL NOT NULL,          -- 0 to 1
  evidence TEXT NOT NULL,            -- the words that made the link
  reason TEXT NOT NULL,              -- docket number, caption, party and court, …
  entry_number INTEGER               -- the document's ECF number in that docket
);
CREATE TABLE summaries (             -- Automatic summaries: sentences of the document itself
  document TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,         -- order of the sentence in the summary, from 0
  role TEXT NOT NULL,                -- decision, order, reason or background
  text TEXT NOT NULL,                -- the sentence
  start INTEGER NOT NULL,            -- character offset of its passage in the document's text
  "end" INTEGER NOT NULL,            -- end of the passage
  short INTEGER NOT NULL,            -- 1: it stands in the short summary too, of about 60 words
  model TEXT NOT NULL,               -- what chose it
  revision TEXT NOT NULL,            -- version of the model
  PRIMARY KEY (document, position)
);
CREATE TABLE dispositions (          -- What a court did with what it was asked
  document TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,
  outcome TEXT NOT NULL,             -- granted, denied without prejudice, …
  motion TEXT,                       -- which motion, when the words say
  quote TEXT NOT NULL,               -- the words
  start INTEGER NOT NULL,            -- their offset in the document's text
  "end" INTEGER NOT NULL,
  confidence REAL,                   -- 0 to 1
  PRIMARY KEY (document, position)
);
CREATE TABLE readings (              -- What a filing says of itself, whom and what it cites, the claims and sums it names
  document TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL,                -- court, docket, caption, party, judge, magistrate, author, type, dated, filed, entered, ecf, statute, case, claim or amount
  value TEXT NOT NULL,               -- normalized: "17 U.S.C. § 107", "598 U.S. 508", "USD 1500000000"
  quote TEXT NOT NULL,               -- the words it was read from
  start INTEGER NOT NULL,            -- their offset in the document's text
  "end" INTEGER NOT NULL,
  confidence REAL NOT NULL,          -- 0 to 1
  PRIMARY KEY (document, position)
);
CREATE TABLE entries (               -- Lines of the dockets in the registry
  id TEXT PRIMARY KEY,
  docket TEXT NOT NULL REFERENCES dockets(id),
  matter TEXT NOT NULL REFERENCES matters(slug),
  number INTEGER,                    -- ECF number; null for an entry without a document
  filed TEXT,                        -- when it was entered
  precision TEXT,                    -- of filed
  type TEXT,                         -- order, motion, …, routine
  description TEXT NOT NULL,         -- the court's words
  withheld TEXT,                     -- of its document: sealed, redacted, missing; text only: none belongs to it
  withheld_words TEXT,               -- the words that say so
  url TEXT,                          -- the court's page
  document TEXT REFERENCES documents(id),
  first_seen TEXT NOT NULL,          -- when we first read it
  changed TEXT NOT NULL,             -- when what it says last changed
  duplicate_of TEXT REFERENCES entries(id) -- the same line of the same day in another docket of the matter, seen before
);
CREATE TABLE events (                -- Deadlines and hearings set by courts, or noticed in a motion
  id TEXT PRIMARY KEY,               -- document and place among its dates, as read now; calendars name events for good
  matter TEXT REFERENCES matters(slug),
  docket TEXT,                       -- key of the docket it was set in
  kind TEXT NOT NULL,                -- deadline, conference, hearing, trial, …
  starts TEXT NOT NULL,              -- ends in Z where the court's zone is not known: the clock is the court's still
  ends TEXT,
  precision TEXT NOT NULL,           -- of starts
  title TEXT NOT NULL,
  actor TEXT,                        -- who must act, when the words say
  quote TEXT NOT NULL,               -- the words the date was read from
  document TEXT NOT NULL REFERENCES documents(id),
  start INTEGER NOT NULL,            -- offset of the quote in the document's text
  "end" INTEGER NOT NULL,
  state TEXT NOT NULL,               -- scheduled or superseded
  computed TEXT,                     -- the rule it was computed under, when no date was written
  superseded_by TEXT REFERENCES documents(id), -- the paper that moved or vacated it
  confidence REAL                    -- 0 to 1
);
CREATE TABLE reported_dates (        -- Dates a news article gives: leads, not events
  document TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  starts TEXT NOT NULL,              -- ends in Z where no zone is known: the clock is the article's still
  precision TEXT NOT NULL,
  title TEXT NOT NULL,
  quote TEXT NOT NULL,               -- the article's words
  PRIMARY KEY (document, position)
);
CREATE TABLE stories (               -- One event in the news: the articles that report it, and their reprints
  id TEXT PRIMARY KEY,               -- id of the first article
  title TEXT NOT NULL,
  first_published TEXT,
  matter TEXT REFERENCES matters(slug),
  documents INTEGER NOT NULL         -- its articles, reprints among them
);
CREATE TABLE story_documents (       -- Which documents tell a story
  story TEXT NOT NULL REFERENCES stories(id),
  document TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,         -- 0 is the first article
  reprint_of TEXT REFERENCES documents(id), -- the article this one prints again; null for one in other words
  PRIMARY KEY (story, position)
);
CREATE TABLE story_summaries (       -- What the articles of a story report together, and what only one of them does
  story TEXT NOT NULL REFERENCES stories(id),
  position INTEGER NOT NULL,         -- order of the sentence, from 0
  role TEXT NOT NULL,                -- all, several or one: how many of its articles, reprints apart, say so
  text TEXT NOT NULL,                -- a sentence of the summary of the article named
  document TEXT NOT NULL REFERENCES documents(id),
  start INTEGER NOT NULL,            -- character offset of the sentence in the article's text
  "end" INTEGER NOT NULL,
  also TEXT NOT NULL,                -- JSON list of {document, start, end}: where the others say it
  PRIMARY KEY (story, position)
);
CREATE TABLE reports (               -- Which docket entry an article reports
  document TEXT NOT NULL REFERENCES documents(id),
  matter TEXT NOT NULL REFERENCES matters(slug),
  entry TEXT REFERENCES entries(id), -- null while the entry is awaited
  score REAL NOT NULL,               -- 0 to 1
  reasons TEXT NOT NULL,             -- what decided it, joined by "; "
  state TEXT NOT NULL,               -- found or awaited
  PRIMARY KEY (document, matter)
);
CREATE TABLE disagreements (         -- Where an article and the filing it reports say different things
  document TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,
  entry TEXT NOT NULL REFERENCES entries(id),
  filing TEXT NOT NULL REFERENCES documents(id),
  what TEXT NOT NULL,                -- date, amount, judge, number or disposition
  reported TEXT NOT NULL,            -- what the article says, in short
  filed TEXT NOT NULL,               -- what the filing says, in short
  quote TEXT NOT NULL,               -- the article's words
  filing_quote TEXT NOT NULL,        -- the filing's words
  start INTEGER NOT NULL,            -- their offset in the filing's text
  "end" INTEGER NOT NULL,
  PRIMARY KEY (document, position)
);
CREATE TABLE unreported (            -- Entries of weight that no article we read reports
  entry TEXT PRIMARY KEY REFERENCES entries(id),
  matter TEXT NOT NULL REFERENCES matters(slug)
);
CREATE TABLE sources (               -- Where we collect from, and how each one is doing
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,                -- what its documents are: filing, news or release
  method TEXT NOT NULL,              -- feed, court feed, …
  url TEXT NOT NULL,
  court TEXT,                        -- courts-db id of a court's own feed
  cadence_hours INTEGER NOT NULL,    -- how often something new is expected
  at_least INTEGER NOT NULL DEFAULT 1,  -- entries that a healthy answer holds
  state TEXT NOT NULL,               -- well, quiet, failing, dead, blocked or never run
  last_run TEXT,
  last_success TEXT,                 -- last time it answered as it should
  last_new TEXT,                     -- last time it had something new
  last_item TEXT,                    -- date of the newest entry it ever showed, by its own word
  failures INTEGER NOT NULL DEFAULT 0,  -- runs that went wrong since the last success
  entries INTEGER,                   -- in the last run
  bytes INTEGER,                     -- received in the last run
  statuses TEXT,                     -- JSON: HTTP status → answers in the last run
  gaps INTEGER NOT NULL DEFAULT 0,   -- times that two polls left a gap
  message TEXT                       -- what was wrong in its last run
);
CREATE TABLE runs (                  -- One source in one crawl
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  state TEXT NOT NULL,               -- well, quiet, failing or blocked
  entries INTEGER NOT NULL,          -- entries its feed held
  pages INTEGER NOT NULL,            -- pages and files received
  not_modified INTEGER NOT NULL,     -- answers "304 not modified"
  bytes INTEGER NOT NULL,
  statuses TEXT NOT NULL DEFAULT '{}',  -- JSON: HTTP status → answers, robots.txt left out
  covers_from TEXT,                  -- date of the oldest entry in its feed
  covers_to TEXT,                    -- date of the newest
  gap_from TEXT,                     -- from the last good poll before …
  gap_to TEXT,                       -- … to covers_from: what came between may have been missed
  spool TEXT                         -- WARC file written
);
CREATE TABLE issues (                -- Expected trouble: what was left out, and why
  run TEXT NOT NULL,                 -- id of the run or of the ingest of a file; digest or hub for what readers were told
  level TEXT NOT NULL,               -- note, warning or error
  source TEXT NOT NULL,
  place TEXT NOT NULL,               -- URL, file or key
  message TEXT NOT NULL
);
CREATE TABLE timeline (              -- The lines of the pages, in their order: documents, and docket entries that came without one
  matter TEXT REFERENCES matters(slug),
  document TEXT REFERENCES documents(id),
  entry TEXT REFERENCES entries(id), -- where there is no document
  at TEXT,                           -- when it was published or entered; when first seen, for what bears no date
  seen TEXT NOT NULL,                -- when it was first seen
  filing INTEGER NOT NULL,           -- 1 for filings and entries, 0 for news: a story is one line, that of its first article
  ruling INTEGER NOT NULL,           -- 1 where a court has spoken
  routine INTEGER NOT NULL,          -- 1 for what hardly anybody needs to read
  behind TEXT                        -- id of the document or entry on the same timeline that a story reports
);
CREATE TABLE weeks (                 -- What was published in each week, matter by matter
  monday TEXT NOT NULL,              -- first day of the week
  matter TEXT REFERENCES matters(slug), -- null for news about no docket that we know
  filings INTEGER NOT NULL,          -- routine ones among them
  stories INTEGER NOT NULL
);
CREATE TABLE judges (                -- Who signed the filings we hold, by court and matter
  court TEXT NOT NULL,               -- courts-db id
  judge TEXT,                        -- null for filings that name nobody
  matter TEXT REFERENCES matters(slug),
  filings INTEGER NOT NULL,
  rulings INTEGER NOT NULL,
  since TEXT,                        -- first ruling
  until TEXT,                        -- last ruling
  latest TEXT                        -- last filing
);
CREATE TABLE matter_summaries (      -- Where a matter stands, in the words of its papers
  matter TEXT NOT NULL REFERENCES matters(slug),
  position INTEGER NOT NULL,         -- order of the sentence, from 0
  role TEXT NOT NULL,                -- ruling, posture (what brought it to its stage), pending (a motion no ruling we hold decides) or date
  at TEXT,                           -- when it was decided, filed or is due
  text TEXT NOT NULL,                -- the words
  document TEXT REFERENCES documents(id), -- whose words they are …
  entry TEXT REFERENCES entries(id), -- … or the docket entry whose
  start INTEGER NOT NULL,            -- their offset in the text of the document or the description of the entry
  "end" INTEGER NOT NULL,
  PRIMARY KEY (matter, position)
);
CREATE TABLE about (                 -- What this publication is
  key TEXT PRIMARY KEY,              -- purpose (live or demo), built, site, contact, authority, title, version
  value TEXT NOT NULL
);
CREATE VIRTUAL TABLE search USING fts5(document UNINDEXED, title, text, tokenize='porter unicode61');

-- Rowids of documents and of the timeline are in the order of their dates, and every index ends in them: (court) is
-- (court, date), read backwards for the newest.
CREATE INDEX documents_matter ON documents(matter);
CREATE INDEX documents_matter_published ON documents(matter, published);
CREATE INDEX documents_kind ON documents(kind, published);
CREATE INDEX documents_published ON documents(published);
CREATE INDEX documents_first_seen ON documents(first_seen);
CREATE INDEX documents_changed ON documents(changed);
CREATE INDEX documents_court ON documents(court, court_name);
CREATE INDEX documents_type ON documents(type);
CREATE INDEX documents_judge ON documents(judge);
CREATE INDEX documents_source ON documents(source);
CREATE INDEX timeline_matter ON timeline(matter);
CREATE INDEX timeline_kinds ON timeline(matter, filing, ruling, routine, behind);
CREATE INDEX timeline_seen ON timeline(seen, document, filing, ruling, routine) WHERE document IS NOT NULL;
CREATE INDEX weeks_monday ON weeks(monday);
CREATE INDEX judges_matter ON judges(matter);
CREATE INDEX document_dockets_docket ON document_dockets(docket);
CREATE INDEX document_dockets_doubtful ON document_dockets(docket, confidence) WHERE confidence < 0.5;
CREATE INDEX document_dockets_document ON document_dockets(document);
CREATE INDEX dockets_matter ON dockets(matter);
CREATE INDEX entries_docket ON entries(docket, filed);
CREATE INDEX entries_filed ON entries(filed);
CREATE INDEX entries_document ON entries(document) WHERE document IS NOT NULL;
CREATE INDEX entries_matter ON entries(matter, filed);
CREATE INDEX entries_duplicate_of ON entries(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX events_matter ON events(matter, starts);
CREATE INDEX events_starts ON events(starts);
CREATE INDEX events_document ON events(document);
CREATE INDEX stories_matter ON stories(matter, first_published);
CREATE INDEX story_documents_document ON story_documents(document);
CREATE INDEX reports_entry ON reports(entry);
CREATE INDEX disagreements_entry ON disagreements(entry);
CREATE INDEX disagreements_filing ON disagreements(filing);
CREATE INDEX unreported_matter ON unreported(matter);
CREATE INDEX issues_source ON issues(source);
CREATE INDEX runs_source ON runs(source, started);
