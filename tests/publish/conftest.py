"""A publication of exactly the public schema, with invented courts’ worth of rows: what the site and the feeds are read from."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish.database import derive
from tests.publish.site_reader import NOW, Get, reader

TABLES = ("matters", "dockets", "documents", "bodies", "versions", "document_dockets", "summaries", "dispositions", "entries", "events",
          "reported_dates", "stories", "story_documents", "story_summaries", "readings", "sources", "runs", "issues", "docket_history", "candidates", "audit", "reports", "disagreements", "unreported")  # fmt: skip
NASTY = '<script>alert(1)</script> & "quotes" ]]> \u202eRTL\u202c 🦉'

ORDER = """UNITED STATES DISTRICT COURT

IN RE: LANTERN MODELS COPYRIGHT LITIGATION, 30-md-9001 (AB)

ORDER

The Court has received the letter at ECF 88, in which the Authors ask for the training logs of March 2029.

The parties have been told twice to speak before they write. The Authors’ letter shows one telephone call of four minutes and no follow-up.¹

Because the Authors did not meet and confer in good faith, their motion to compel is DENIED without prejudice to renewal. The parties shall file a joint status letter by November 30, 2030, and shall be ready to report at the conference on December 4, 2030, at 2:00 p.m.

SO ORDERED.

¹ The call is described in the Authors’ own declaration at ¶ 4."""
OPINION = """MEMORANDUM OPINION

Harbor Press says that Quillwright copied 41,000 manuals to train its drafting assistant.

The second factor does not help the defendant. The manuals sold for forty dollars a piece and a licence was on offer.

We hold that the copying was not fair use. Partial summary judgment for the plaintiff is GRANTED as to direct infringement and DENIED as to the DMCA claim."""


def document(name: str, kind: str, title: str, **values: Any) -> dict[str, Any]:
    return {
        "id": name, "kind": kind, "title": title, "type": "article" if kind == "news" else None,
        "url": f"https://{'court' if kind == 'filing' else 'paper'}.example/{name}", "source": "demo-court" if kind == "filing" else "courier",
        "source_title": "Demo District Court" if kind == "filing" else "The Demo Courier", "precision": "day", "state": "read", "words": 120,
        "page_class": "filing" if kind == "filing" else "article", "first_seen": "2030-11-21T04:10:00+00:00",
        "changed": values.get("first_seen", "2030-11-21T04:10:00+00:00"), "revision": 1,
        "fetched": "2030-11-21T04:10:00+00:00", "digest": "sha256:" + "ab" * 32, "spool": "20301121T041000Z-courier.warc.gz", "spool_offset": 512,
        "reader": "text 1", **({"court": "demo", "court_name": "D. Demo"} if kind == "filing" else {}), **values,
    }  # fmt: skip


def at(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


ENTRY = {"matter": "lantern", "first_seen": "2030-11-21T04:10:00+00:00", "changed": "2030-11-21T04:10:00+00:00"}


def rows() -> dict[str, list[dict[str, Any]]]:
    """One MDL with members, a second matter with a ruling, a third with nothing; every kind of document and trouble."""
    denied = "Because the Authors did not meet and confer in good faith, their motion to compel is DENIED without prejudice to renewal."
    letter = "The parties shall file a joint status letter by November 30, 2030, and shall be ready to report at the conference on December 4, 2030, at 2:00 p.m."
    told = "The parties have been told twice to speak before they write."
    held = "We hold that the copying was not fair use."
    granted = "Partial summary judgment for the plaintiff is GRANTED as to direct infringement and DENIED as to the DMCA claim."
    sold = "The manuals sold for forty dollars a piece and a licence was on offer."
    press = "Lantern must hand over its training logs by December 12, the authors’ counsel said after the hearing."
    return {
        "matters": [
            {"slug": "lantern", "caption": "In re Lantern Models, Inc. Copyright Infringement Litigation", "court": "demo", "court_name": "District of Demonstration", "status": "discovery", "judges": "Ada Birch; Otto Wren (mag.)", "mdl": 9001, "aliases": "Lantern MDL; Authors v. Lantern", "plaintiffs": "Authors’ League of Nowhere; Fenwick Daily LLC", "defendants": "Lantern Models, Inc.; Bright Cloud Corp.", "claims": "direct infringement; DMCA § 1202(b)", "filings": 6, "stories": 3, "updated": "2030-11-20T00:00:00-05:00"},
            {"slug": "harbor-v-quillwright", "caption": "Harbor Press Co. v. Quillwright AI, PBC", "court": "demo", "court_name": "District of Demonstration", "status": "partial summary judgment", "judges": "Ines Alder", "plaintiffs": "Harbor Press Co.", "defendants": "Quillwright AI, PBC", "claims": "direct infringement", "filings": 2, "stories": 1, "updated": "2030-11-19T00:00:00-05:00"},
            {"slug": "nobody-v-nothing", "caption": f"Nobody v. {NASTY}", "court": "demo", "court_name": "District of Demonstration", "filings": 0, "stories": 0},
        ],
        "dockets": [
            {"id": "demo:2030-md-09001", "matter": "lantern", "court": "demo", "number": "1:30-md-09001", "role": "lead", "judges": "Ada Birch", "filed": "2030-02-03", "url": "https://court.example/9001"},
            *({"id": f"demo:2029-cv-0{n}", "matter": "lantern", "court": "demo", "number": f"1:29-cv-0{n}", "role": "member", "caption": f"{who} v. Lantern Models, Inc."} for n, who in enumerate(["Authors’ League", "Fenwick Daily LLC", "Marlow", "Tessaly", "Ode Records, Inc.", "Vance", "Ashdown Maps Ltd."], 7001)),
            {"id": "demo:2029-cv-08100", "matter": "harbor-v-quillwright", "court": "demo", "number": "2:29-cv-08100", "role": "lead", "filed": "2029-05-01"},
            {"id": "demo:2030-cv-00001", "matter": "nobody-v-nothing", "court": "demo", "number": "3:30-cv-00001", "role": "lead"},
        ],
        "documents": [
            document("order-91", "filing", "Order", type="order", published="2030-11-20T00:00:00-05:00", judge="Otto Wren", disposition="denied without prejudice", headline="Motion to compel training logs denied without prejudice", caption="In re Lantern Models", entry_number=91, matter="lantern"),
            document("opinion-45", "filing", "Memorandum Opinion", type="opinion", published="2030-11-19T00:00:00-05:00", first_seen="2030-11-21T04:11:30+00:00", judge="Ines Alder", disposition="granted in part", headline="Partial summary judgment for Harbor Press: training on manuals was not fair use", entry_number=45, matter="harbor-v-quillwright"),
            document("complaint-1", "filing", "Class action complaint", type="complaint", published="2030-11-18T00:00:00-05:00", headline="Ashdown Maps sues Lantern over 3 million map tiles", entry_number=1, matter="lantern"),
            document("motion-92", "filing", "Motion for leave to file under seal", type="motion", published="2030-11-20T00:00:00-05:00", headline="Bright Cloud asks to seal its licensing agreements", entry_number=92, attachment_number=2, matter="lantern"),
            document("notice-93", "filing", "Notice of appearance", type="routine", published="2030-11-20T00:00:00-05:00", entry_number=93, matter="lantern"),
            document("scan-12", "filing", "Scanned exhibit", state="needs_ocr", words=0, published=None, first_seen="2030-11-14T04:10:00+00:00", matter="lantern", url=None),
            document("old-order", "filing", "Scheduling order", type="order", headline="Fact discovery to close on 28 February 2031", published="2029-06-12T00:00:00-04:00", first_seen="2030-11-14T04:10:00+00:00", entry_number=12, matter="lantern"),
            document("courier-1", "news", "Judge sends authors and Lantern back to the telephone", author="Pia Noor", published="2030-11-20T17:30:00-05:00", precision="minute", matter="lantern"),
            document("reprint-1", "news", "Judge sends authors and Lantern back to the telephone", source="herald", source_title="Fictional Herald", published="2030-11-21T01:00:00+00:00", precision="minute", matter="lantern", duplicate_of="courier-1"),
            document("courier-2", "news", NASTY, published="2030-11-20T09:00:00-05:00", precision="minute", matter="harbor-v-quillwright", url="javascript:alert(1)"),
            document("courier-3", "news", "A studio nobody has heard of says a model has heard of it", published="2030-11-21T02:00:00+00:00", precision="minute"),
            document("office-1", "release", "Copyright office of Nowhere opens an inquiry into training data", source="office", source_title="Office of Nowhere", published="2030-11-20T15:00:00+00:00", precision="minute"),
            document("teaser-1", "news", "Subscribers only: what Lantern paid", page_class="teaser", published="2030-11-13T08:00:00+00:00", first_seen="2030-11-14T04:10:00+00:00", precision="minute", matter="lantern"),
        ],
        "bodies": [
            {"document": "order-91", "text": ORDER, "page_starts": json.dumps([0, ORDER.index("The parties have been told"), ORDER.index("to renewal")]), "scans": "[]", "notes": "[]"},
            {"document": "opinion-45", "text": OPINION, "page_starts": "[]", "scans": "[]", "notes": "[]"},
            *({"document": name, "text": f"{name}: text of a filing about privilege.", "page_starts": "[]", "scans": "[]", "notes": "[]"} for name in ("complaint-1", "motion-92", "notice-93", "old-order")),
        ],
        "versions": [
            {"document": "order-91", "revision": 1, "fetched": "2030-11-20T22:10:00+00:00", "digest": "sha256:" + "cd" * 32, "reader": "text 1", "title": "Order", "removed": 2, "added": 2, "text": ORDER.replace("November 30", "November 27").replace("told twice", "told once")},
            {"document": "courier-1", "revision": 1, "fetched": "2030-11-20T23:10:00+00:00", "digest": "sha256:" + "ef" * 32, "reader": "html 1", "title": "Judge sends authors back to the telephone", "removed": 1, "added": 2, "text": None},
        ],
        "document_dockets": [
            {"document": "order-91", "docket": "demo:2030-md-09001", "confidence": 1.0, "evidence": "30-md-9001 (AB)", "reason": "docket number", "entry_number": 91},
            {"document": "order-91", "docket": "demo:2029-cv-07001", "confidence": 1.0, "evidence": "1:29-cv-07001", "reason": "docket number", "entry_number": 204},
            {"document": "opinion-45", "docket": "demo:2029-cv-08100", "confidence": 1.0, "evidence": "No. 29-cv-8100", "reason": "docket number", "entry_number": 45},
            *({"document": name, "docket": "demo:2030-md-09001", "confidence": 1.0, "evidence": "30-md-9001", "reason": "docket number", "entry_number": None} for name in ("complaint-1", "motion-92", "notice-93", "scan-12", "old-order")),
            {"document": "courier-1", "docket": "demo:2030-md-09001", "confidence": 0.7, "evidence": "authors … Lantern … District of Demonstration", "reason": "party and court", "entry_number": None},
            {"document": "courier-2", "docket": "demo:2029-cv-08100", "confidence": 0.8, "evidence": "Harbor Press", "reason": "party and court", "entry_number": None},
        ],
        "summaries": [
            *({"document": "order-91", "position": n, "role": role, "text": text, "short": 1, "model": "extractive", "revision": "1", **at(ORDER, text)} for n, (role, text) in enumerate([("reason", told), ("decision", denied), ("order", letter)])),
            *({"document": "opinion-45", "position": n, "role": role, "text": text, "short": 1, "model": "extractive", "revision": "1", **at(OPINION, text)} for n, (role, text) in enumerate([("reason", sold), ("decision", held), ("decision", granted)])),
            {"document": "courier-1", "position": 0, "role": "order", "text": press, "start": 10, "end": 10 + len(press), "short": 1, "model": "extractive", "revision": "1"},
            {"document": "courier-2", "position": 0, "role": "background", "text": NASTY, "start": 0, "end": len(NASTY), "short": 1, "model": "extractive", "revision": "1"},
        ],
        "dispositions": [
            {"document": "order-91", "position": 0, "outcome": "denied without prejudice", "motion": "ECF 88", "quote": "DENIED without prejudice", **at(ORDER, "DENIED without prejudice")},
            {"document": "opinion-45", "position": 0, "outcome": "granted in part", "motion": "motion for summary judgment", "quote": "GRANTED as to direct infringement", **at(OPINION, "GRANTED as to direct infringement")},
        ],
        "readings": [
            {"document": "opinion-45", "position": 0, "what": "claim", "value": "direct infringement", "quote": "direct infringement", "confidence": 0.9, **at(OPINION, "direct infringement")},
            {"document": "opinion-45", "position": 1, "what": "amount", "value": "USD 40", "quote": "forty dollars", "confidence": 0.95, **at(OPINION, "forty dollars")},
        ],
        "entries": [
            {**ENTRY, "id": "e91", "docket": "demo:2030-md-09001", "number": 91, "filed": "2030-11-20T00:00:00-05:00", "precision": "day", "type": "order", "description": "ORDER re 88", "url": "https://court.example/e91", "document": "order-91"},
            {**ENTRY, "id": "e94", "docket": "demo:2030-md-09001", "number": 94, "filed": "2030-11-20T00:00:00-05:00", "precision": "day", "type": "motion", "description": "LETTER MOTION for extension of time by Lantern Models, Inc.", "url": "https://court.example/e94"},
            {**ENTRY, "id": "e95", "docket": "demo:2030-md-09001", "number": 95, "filed": "2030-11-20T00:00:00-05:00", "precision": "day", "type": "routine", "description": "CERTIFICATE OF SERVICE"},
        ],
        "events": [
            {"id": "order-91-0", "matter": "lantern", "docket": "demo:2030-md-09001", "kind": "deadline", "starts": "2030-11-30T00:00:00-05:00", "precision": "day", "title": "joint status letter", "actor": "the parties", "quote": "by November 30, 2030", "document": "order-91", "state": "scheduled", **at(ORDER, "by November 30, 2030")},
            {"id": "order-91-1", "matter": "lantern", "docket": "demo:2030-md-09001", "kind": "conference", "starts": "2030-12-04T14:00:00-05:00", "ends": "2030-12-04T15:00:00-05:00", "precision": "minute", "title": "conference", "quote": "the conference on December 4, 2030, at 2:00 p.m.", "document": "order-91", "state": "scheduled", **at(ORDER, "the conference on December 4, 2030, at 2:00 p.m.")},
            {"id": "old-order-0", "matter": "lantern", "docket": "demo:2030-md-09001", "kind": "deadline", "starts": "2030-12-01T00:00:00-05:00", "precision": "day", "title": "close of fact discovery", "quote": "December 1, 2030", "document": "old-order", "start": 0, "end": 9, "state": "superseded"},
            {"id": "old-order-1", "matter": "lantern", "docket": "demo:2030-md-09001", "kind": "hearing", "starts": "2029-09-01T10:30:00-04:00", "precision": "minute", "title": "status hearing", "quote": "September 1, 2029", "document": "old-order", "start": 0, "end": 9, "state": "scheduled", "computed": "Fed. R. Civ. P. 6(a)"},
        ],
        "reported_dates": [{"document": "courier-1", "position": 0, "kind": "deadline", "starts": "2030-12-12T00:00:00-05:00", "precision": "day", "title": "training logs", "quote": "by December 12"}],
        "stories": [{"id": "courier-1", "title": "Judge sends authors and Lantern back to the telephone", "first_published": "2030-11-20T17:30:00-05:00", "matter": "lantern", "documents": 2}],
        "story_documents": [{"story": "courier-1", "document": "courier-1", "position": 0}, {"story": "courier-1", "document": "reprint-1", "position": 1}],
        "sources": [
            {"id": "demo-court", "title": "Demo District Court", "kind": "filing", "method": "court feed", "url": "https://court.example/rss", "court": "demo", "cadence_hours": 24, "state": "well", "last_run": "2030-11-21T04:10:00+00:00", "last_success": "2030-11-21T04:10:00+00:00", "last_new": "2030-11-21T04:10:00+00:00"},
            {"id": "courier", "title": "The Demo Courier", "kind": "news", "method": "feed", "url": "https://paper.example/feed", "cadence_hours": 24, "state": "quiet", "last_run": "2030-11-21T04:10:00+00:00", "last_success": "2030-11-21T04:10:00+00:00", "last_new": "2030-11-20T04:10:00+00:00"},
            {"id": "herald", "title": "Fictional Herald", "kind": "news", "method": "feed", "url": "https://herald.example/feed", "cadence_hours": 24, "state": "quiet", "last_run": "2030-11-21T04:10:00+00:00", "last_success": "2030-11-21T04:10:00+00:00", "last_new": "2030-11-15T04:10:00+00:00"},
            {"id": "gazette", "title": "Gone Gazette", "kind": "news", "method": "feed", "url": "https://gazette.example/feed", "cadence_hours": 24, "state": "failing", "last_run": "2030-11-21T04:10:00+00:00", "last_success": "2030-11-18T04:10:00+00:00", "last_new": "2030-11-18T04:10:00+00:00", "message": "https://gazette.example/feed: answered 503; try again tomorrow"},
            {"id": "walled", "title": "Walled Weekly", "kind": "news", "method": "feed", "url": "javascript:alert(1)", "cadence_hours": 168, "state": "blocked", "last_run": "2030-11-21T04:10:00+00:00", "message": "a consent page came instead of the feed"},
            {"id": "new", "title": "Brand-new Source", "kind": "release", "method": "feed", "url": "https://new.example/feed", "cadence_hours": 24, "state": "never run"},
        ],
        "runs": [
            {"id": "20301120T041000Z-gazette", "source": "gazette", "started": "2030-11-20T04:10:00+00:00", "finished": "2030-11-20T04:10:09+00:00", "state": "failing", "entries": 0, "pages": 0, "not_modified": 0, "bytes": 0},
            {"id": "20301121T041000Z-gazette", "source": "gazette", "started": "2030-11-21T04:10:00+00:00", "finished": "2030-11-21T04:10:09+00:00", "state": "failing", "entries": 0, "pages": 0, "not_modified": 0, "bytes": 0},
        ],
        "issues": [
            {"run": "20301120T041000Z-gazette", "level": "error", "source": "gazette", "place": "https://gazette.example/feed", "message": "yesterday’s trouble, since closed"},
            {"run": "20301121T041000Z-gazette", "level": "error", "source": "gazette", "place": "https://gazette.example/feed", "message": f"answered 503 for {'alongaddress' * 10}"},
        ],
    }  # fmt: skip


def publish(folder: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]], about: Mapping[str, str]) -> Path:
    """Write ``folder/docketwire.db``; the search index is filled as the publishing views fill it."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "docketwire.db")) as db, db:
        db.executescript(files("pipeline.publish").joinpath("schema.sql").read_text(encoding="utf-8"))
        for table in TABLES:
            for row in tables.get(table, ()):
                names = ", ".join(f'"{name}"' for name in row)
                db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
        db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        db.execute("""INSERT INTO search (document, title, text) SELECT d.id, coalesce(d.headline || ' ', '') || d.title,
            coalesce(b.text, (SELECT group_concat(text, ' ') FROM summaries s WHERE s.document = d.id), '')
            FROM documents d LEFT JOIN bodies b ON b.document = d.id ORDER BY d.rowid""")
        db.commit()
        derive(db)
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
    return folder


ABOUT = {
    "purpose": "demo",
    "built": "2030-11-21T04:12:00+00:00",
    "site": "https://docketwire.example",
    "title": "docketwire",
    "version": "0",
}


def ask(folder: Path) -> Callable[..., list[dict[str, Any]]]:
    def query(sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(folder / "docketwire.db")) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql, values)]

    return query


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration publication with feeds and calendars."""
    from pipeline.publish.calendar import write_calendars
    from pipeline.publish.feeds import write_feeds

    folder = publish(tmp_path_factory.mktemp("publish") / "public", rows(), ABOUT)
    write_feeds(ask(folder), folder / "feeds", site=ABOUT["site"], authority="docketwire.example")
    write_calendars(ask(folder), folder / "feeds", site=ABOUT["site"], authority="docketwire.example")
    return folder


@pytest.fixture
def query(public: Path) -> Callable[..., list[dict[str, Any]]]:
    return ask(public)


@pytest.fixture
def put() -> Callable[..., Path]:
    """Publish into a folder: the rows above or one’s own, ``about`` changed as said."""

    def publication(folder: Path, tables: dict[str, list[dict[str, Any]]] | None = None, **about: str) -> Path:
        return publish(folder, rows() if tables is None else tables, ABOUT | about)

    return publication


@pytest.fixture(scope="module")
def get(public: Path) -> Iterator[Get]:
    """The site over `public`: ask for an address, have the answer."""
    yield from reader(public)


@pytest.fixture
def site_over(tmp_path: Path, put: Callable[..., Path]) -> Iterator[Callable[..., Get]]:
    """A site over a publication of one’s own."""
    opened: list[Iterator[Get]] = []

    def over(tables: dict[str, list[dict[str, Any]]] | None = None, now: datetime = NOW, **about: str) -> Get:
        opened.append(reader(put(tmp_path / f"public-{len(opened)}", tables, **about), now))
        return next(opened[-1])

    yield over
    for one in opened:
        next(one, None)


@pytest.fixture
def posted() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A server on loopback that takes what is posted to /taken and is gone (410) elsewhere: its address, and the
    (content type, body) of each post."""
    took: list[tuple[str, bytes]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            took.append((self.headers["Content-Type"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204 if self.path == "/taken" else 410)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", took
        server.shutdown()
        thread.join()


@pytest.fixture
def no_web() -> Iterator[str]:
    """The address of a server on loopback that answers its one caller, but not in HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(10_000)
                caller.sendall(b"SSH-2.0 no web here\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()
