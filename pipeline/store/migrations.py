"""The working database's tables, one named step after another. A step that has shipped is never edited."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("docketwire")


@migrations()
def m001_first_tables(db: Database) -> None:
    """Everything ingested, in full. What of it is public is said in views.sql alone."""
    for statement in _M001.split(";\n"):
        if statement.strip():
            db.execute(statement)


_M001 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, page_class TEXT NOT NULL, type TEXT, title TEXT NOT NULL, words INTEGER NOT NULL,
  url TEXT, authors TEXT NOT NULL, published TEXT, precision TEXT, language TEXT, section TEXT, agency TEXT, robots TEXT NOT NULL,
  court TEXT, caption TEXT, judge TEXT, docket_numbers TEXT NOT NULL, entry_number INTEGER, attachment_number INTEGER,
  docket_entry TEXT, ecf_references TEXT NOT NULL, dispositions TEXT NOT NULL, events TEXT NOT NULL, readings TEXT NOT NULL,
  page_starts TEXT NOT NULL,
  notes TEXT NOT NULL, scans TEXT NOT NULL, stamp TEXT, withheld TEXT, withheld_words TEXT, state TEXT NOT NULL, relevance TEXT,
  source TEXT NOT NULL, fetched TEXT NOT NULL, digest TEXT NOT NULL, reader TEXT NOT NULL,
  spool TEXT, spool_offset INTEGER, run TEXT,
  first_seen TEXT NOT NULL, changed TEXT NOT NULL, revision INTEGER NOT NULL,
  text TEXT NOT NULL -- last: whoever asks for the others need not pass it
) STRICT;
CREATE INDEX documents_url ON documents(url);
CREATE INDEX documents_docket_entry ON documents(docket_entry) WHERE docket_entry IS NOT NULL;

CREATE TABLE versions (
  document TEXT NOT NULL REFERENCES documents(id), revision INTEGER NOT NULL, noun TEXT NOT NULL,
  removed INTEGER NOT NULL, added INTEGER NOT NULL,
  PRIMARY KEY (document, revision)
) STRICT;

CREATE TABLE links (
  document TEXT NOT NULL REFERENCES documents(id), position INTEGER NOT NULL,
  docket TEXT NOT NULL, confidence REAL NOT NULL, evidence TEXT NOT NULL, reason TEXT NOT NULL, entry_number INTEGER,
  PRIMARY KEY (document, position)
) STRICT;
CREATE INDEX links_docket ON links(docket);

CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  docket TEXT NOT NULL, number INTEGER, filed TEXT, precision TEXT, type TEXT, description TEXT NOT NULL,
  caption TEXT, url TEXT, document_url TEXT, source TEXT NOT NULL, withheld TEXT, withheld_words TEXT,
  first_seen TEXT NOT NULL, changed TEXT NOT NULL
) STRICT;
CREATE INDEX entries_docket ON entries(docket, number);
CREATE INDEX entries_url ON entries(url);
CREATE TABLE entry_names (
  name TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entries(id), source TEXT NOT NULL, words TEXT NOT NULL
) STRICT;
CREATE INDEX entry_names_of ON entry_names(entry);
CREATE TABLE same_filing (
  docket TEXT NOT NULL, number INTEGER NOT NULL, filing TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (docket, number)
) STRICT;
CREATE INDEX same_filing_of ON same_filing(filing);
CREATE TABLE sheets (
  docket TEXT PRIMARY KEY, court TEXT NOT NULL, number TEXT NOT NULL, caption TEXT, judges TEXT NOT NULL,
  filed TEXT, terminated TEXT, cause TEXT, source TEXT NOT NULL, seen TEXT NOT NULL, url TEXT
) STRICT;
CREATE TABLE candidates (
  docket TEXT PRIMARY KEY, caption TEXT, reason TEXT NOT NULL, evidence TEXT NOT NULL, source TEXT NOT NULL,
  seen TEXT NOT NULL, url TEXT, state TEXT NOT NULL, note TEXT
) STRICT;
CREATE TABLE checks (
  matter TEXT NOT NULL, docket TEXT NOT NULL, what TEXT NOT NULL, ours TEXT NOT NULL, theirs TEXT NOT NULL,
  agrees INTEGER NOT NULL, our_source TEXT NOT NULL, their_source TEXT NOT NULL, seen TEXT NOT NULL
) STRICT;

CREATE TABLE summaries (
  document TEXT PRIMARY KEY REFERENCES documents(id),
  headline TEXT NOT NULL, points TEXT NOT NULL, model TEXT NOT NULL, revision TEXT NOT NULL,
  parameters TEXT NOT NULL, input_hash TEXT NOT NULL,
  document_revision INTEGER NOT NULL
) STRICT;

CREATE TABLE stories (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
CREATE TABLE story_documents (
  story TEXT NOT NULL REFERENCES stories(id), position INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents(id),
  reprint_of TEXT, PRIMARY KEY (story, position)
) STRICT;
CREATE UNIQUE INDEX story_of ON story_documents(document);

CREATE TABLE story_summaries (
  story TEXT PRIMARY KEY, told TEXT NOT NULL, made_of TEXT NOT NULL
) STRICT;

CREATE TABLE event_fates (
  document TEXT NOT NULL REFERENCES documents(id), position INTEGER NOT NULL, fate TEXT NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (document, position)
) STRICT;

CREATE TABLE reports (
  document TEXT NOT NULL REFERENCES documents(id), matter TEXT NOT NULL, entry TEXT, score REAL NOT NULL, reasons TEXT NOT NULL,
  PRIMARY KEY (document, matter)
) STRICT;
CREATE INDEX reports_entry ON reports(entry);
CREATE TABLE disagreements (
  document TEXT NOT NULL REFERENCES documents(id), position INTEGER NOT NULL, entry TEXT, filing TEXT, what TEXT NOT NULL,
  reported TEXT NOT NULL, filed TEXT NOT NULL, quote TEXT NOT NULL, filing_quote TEXT NOT NULL, start INTEGER NOT NULL,
  end INTEGER NOT NULL, PRIMARY KEY (document, position)
) STRICT;
CREATE TABLE decisions (
  document TEXT PRIMARY KEY REFERENCES documents(id), verdict TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE TABLE courts (id TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL) STRICT;
CREATE TABLE matters (
  slug TEXT PRIMARY KEY, caption TEXT NOT NULL, court TEXT NOT NULL, status TEXT, mdl INTEGER, checked TEXT,
  aliases TEXT NOT NULL, plaintiffs TEXT NOT NULL, defendants TEXT NOT NULL, claims TEXT NOT NULL, content TEXT NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE TABLE dockets (
  key TEXT PRIMARY KEY, matter TEXT NOT NULL REFERENCES matters(slug), position INTEGER NOT NULL,
  court TEXT NOT NULL, number TEXT NOT NULL, role TEXT NOT NULL, caption TEXT,
  aliases TEXT NOT NULL, judges TEXT NOT NULL, history TEXT NOT NULL, filed TEXT, url TEXT
) STRICT;
CREATE INDEX dockets_matter ON dockets(matter);

CREATE TABLE sources (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, method TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, court TEXT,
  cadence_hours INTEGER NOT NULL, at_least INTEGER NOT NULL, verified TEXT, demo INTEGER NOT NULL
) STRICT;
CREATE TABLE visits (
  url TEXT PRIMARY KEY, at TEXT, etag TEXT, last_modified TEXT, fresh_until TEXT, not_before TEXT, digest TEXT
) STRICT;
CREATE TABLE spools (name TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT;
CREATE TABLE runs (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL, health TEXT NOT NULL,
  entries INTEGER NOT NULL, pages INTEGER NOT NULL, not_modified INTEGER NOT NULL, bytes INTEGER NOT NULL, spool TEXT,
  statuses TEXT NOT NULL, covers_from TEXT, covers_to TEXT, gap_from TEXT, gap_to TEXT
) STRICT;
CREATE INDEX runs_source ON runs(source, started);
CREATE TABLE issues (
  run TEXT NOT NULL, level TEXT NOT NULL, source TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (run, level, source, place, message)
) STRICT;
"""
