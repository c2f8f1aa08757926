"""The whole job on the bundled web: from an HTTP crawl to an HTTP response, twice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import feedparser
import httpx
import icalendar
import pytest
from click.testing import CliRunner

from crawlers.replay import serve
from pipeline.cli import main
from pipeline.cli.night import night
from pipeline.cli.wiring import all_sources, load_cases
from pipeline.model import Health, Run
from pipeline.publish.site.app import application
from pipeline.settings import DEMO, Settings

NOT_WORK = ("runs", "issues", "spools", "visits", "sqlite_sequence", "_sqlite_migrations")


@dataclass(frozen=True)
class Nights:
    """Two nights on one unchanged web, and what each left behind."""

    data: Path
    first: list[Run]
    second: list[Run]
    rows: tuple[list[tuple[object, ...]], list[tuple[object, ...]]]
    feeds: tuple[dict[str, bytes], dict[str, bytes]]


def rows(path: Path) -> list[tuple[object, ...]]:
    """Every row of every table that holds what was read."""
    with sqlite3.connect(path) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [
            (table, *row) for table in tables if table not in NOT_WORK for row in db.execute(f"SELECT * FROM {table}")
        ]


def feeds(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((data / "public" / "feeds").iterdir())}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    data = tmp_path_factory.mktemp("demo") / "work"
    settings = Settings(data=data)
    registry, sources = load_cases(DEMO / "cases"), all_sources(demo=True)
    runs, seen, files = [], [], []
    with serve(DEMO / "web") as web:
        for _ in range(2):
            crawled, _ = night(settings, registry, sources, purpose="demo", demo_url=web.url)
            runs.append(crawled)
            seen.append(rows(settings.database))
            files.append(feeds(data))
    return Nights(data, runs[0], runs[1], (seen[0], seen[1]), (files[0], files[1]))


@pytest.fixture
def db(nights: Nights) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(nights.data / "public" / "docketwire.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def get(data: Path, *paths: str) -> list[httpx.Response]:
    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=application(data / "public"))
        async with httpx.AsyncClient(transport=transport, base_url="http://site.test") as client:
            return [await client.get(path) for path in paths]

    return asyncio.run(ask())


def test_every_source_reports_and_only_the_dead_one_fails(nights: Nights) -> None:
    health = {run.source: run.health for run in nights.first}
    assert {source for source, state in health.items() if state is Health.FAILING} == {"demo_silent"}
    assert len(health) == 5
    assert all(run.spool and (nights.data / "spool" / run.spool).exists() for run in nights.first)


def test_the_second_night_is_quiet_and_changes_no_row_and_no_feed(nights: Nights) -> None:
    assert {run.source for run in nights.second if run.health is Health.QUIET} >= {
        "demo_court",
        "demo_ledger",
        "demo_office",
    }
    # The Gazette's consent page is asked for again, and so is its feed: nothing else travels.
    assert {run.source: run.pages for run in nights.second if run.pages} == {"demo_gazette": 1}
    assert nights.rows[0] == nights.rows[1]
    assert len(nights.rows[0]) > 60
    assert nights.feeds[0] == nights.feeds[1]


def test_articles_filings_and_matters_are_all_there(db: sqlite3.Connection) -> None:
    kinds = dict(db.execute("SELECT kind, count(*) FROM documents GROUP BY kind").fetchall())
    assert kinds["filing"] >= 6
    assert kinds["news"] >= 10
    assert db.execute("SELECT count(*) FROM matters").fetchone()[0] == 4
    assert db.execute("SELECT count(*) FROM dockets WHERE role = 'member'").fetchone()[0] == 3
    assert db.execute("SELECT count(*) FROM summaries").fetchone()[0] > 30


def test_the_filing_of_the_mdl_stands_once_with_its_number_in_each_docket(db: sqlite3.Connection) -> None:
    [order] = db.execute("SELECT id FROM documents WHERE kind = 'filing' AND entry_number = 41").fetchall()
    numbers = db.execute(
        "SELECT docket, entry_number FROM document_dockets WHERE document = ?", [order["id"]]
    ).fetchall()
    assert len(numbers) == 4
    assert len({row["entry_number"] for row in numbers}) > 1
    entries = db.execute("SELECT docket FROM entries WHERE document = ?", [order["id"]]).fetchall()
    assert {row["docket"] for row in entries} == {row["docket"] for row in numbers}


def test_a_reprint_stands_behind_its_original(db: sqlite3.Connection) -> None:
    [copy] = db.execute("SELECT source, duplicate_of FROM documents WHERE duplicate_of IS NOT NULL").fetchall()
    [original] = db.execute("SELECT source FROM documents WHERE id = ?", [copy["duplicate_of"]]).fetchall()
    assert (copy["source"], original["source"]) == ("demo_gazette", "demo_ledger")


def test_what_could_not_be_had_is_said(db: sqlite3.Connection) -> None:
    said = {row["place"].rsplit("/", 2)[-1]: row["message"] for row in db.execute("SELECT * FROM issues")}
    assert "410" in said["feed.xml"]
    assert "robots" in said["inside-orrery.html"]
    assert "consent" in said["songwriters-react.html"]
    assert db.execute("SELECT state FROM sources WHERE id = 'demo_silent'").fetchone()[0] == "failing"


def test_no_advert_and_no_consent_wording_is_published(db: sqlite3.Connection) -> None:
    found = db.execute("SELECT s.text FROM search s JOIN documents d ON d.id = s.document WHERE d.kind <> 'filing'")
    shown = " ".join(row["text"] for row in found).lower()
    assert len(shown) > 5000
    for words in ("advertisement", "sponsor", "cookie", "newsletter", "story continues", "subscribe"):
        assert words not in shown, words


def test_every_page_says_that_it_is_a_demonstration(nights: Nights, db: sqlite3.Connection) -> None:
    [document] = db.execute("SELECT id FROM documents WHERE kind = 'filing' LIMIT 1").fetchall()
    [matter] = db.execute("SELECT slug FROM matters WHERE mdl IS NOT NULL").fetchall()
    paths = ("/", "/matters", f"/matter/{matter['slug']}", f"/document/{document['id']}", "/search?q=motion", "/calendar",
             "/sources", "/docketwire/documents")  # fmt: skip
    for path, response in zip(paths, get(nights.data, *paths), strict=True):
        assert response.status_code == 200, path
        assert "demonstration data" in response.text.lower(), path


def test_a_summary_sentence_leads_to_its_passage(nights: Nights, db: sqlite3.Connection) -> None:
    [row] = db.execute(
        "SELECT s.* FROM summaries s JOIN documents d ON d.id = s.document WHERE d.kind = 'filing' AND s.role = 'decision' LIMIT 1"
    ).fetchall()
    [body] = db.execute("SELECT text FROM bodies WHERE document = ?", [row["document"]]).fetchall()
    assert body["text"][row["start"] : row["end"]] == row["text"]
    [page] = get(nights.data, f"/document/{row['document']}")
    assert "<mark" in page.text


def test_what_a_party_says_is_not_shown_as_what_a_court_found(nights: Nights, db: sqlite3.Connection) -> None:
    pages = {
        row["type"]: f"/document/{row['id']}"
        for row in db.execute("SELECT id, type FROM documents WHERE kind = 'filing'")
    }
    complaint, motion, order = get(nights.data, pages["complaint"], pages["motion"], pages["order"])
    assert "A party’s paper" in complaint.text
    assert "A party’s paper" in motion.text
    assert "A party’s paper" not in order.text


def test_feeds_and_calendars_can_be_subscribed_to(nights: Nights) -> None:
    for name, content in nights.feeds[0].items():
        if name.endswith(".atom"):
            parsed = feedparser.parse(content)
            assert not parsed.bozo, name
            assert all(entry.id.startswith("tag:") for entry in parsed.entries)
        elif name.endswith(".ics"):
            assert icalendar.Calendar.from_ical(content).name == "VCALENDAR"
    assert len(feedparser.parse(nights.feeds[0]["all.atom"]).entries) >= 15
    [response] = get(nights.data, "/feeds/all.atom")
    assert response.content == nights.feeds[0]["all.atom"]
    assert response.headers["etag"]


def test_articles_are_tied_to_the_entries_they_report(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT r.entry, r.state, d.title FROM reports r JOIN documents d ON d.id = r.document ORDER BY d.published"
    ).fetchall()
    assert [row["entry"] for row in rows if row["state"] == "found"] == [
        "demo:2026-md-09001#38", "demo:2026-cv-06034#1", "demo:2026-md-09001#41", "demo:2026-md-09001#41",
        "demo:2026-cv-05207#63", "demo:2026-cv-00612#29", "demo:2026-md-09001#44", "demo:2026-md-09001#44",
    ]  # fmt: skip
    assert [row["title"] for row in rows if row["state"] == "awaited"] == [
        "From the bench: Gridmuse must restore deleted map tiles and pay $38,500"
    ]


def test_the_gazette_s_wrong_day_is_a_disagreement(db: sqlite3.Connection) -> None:
    [row] = db.execute("SELECT what, reported, filed FROM disagreements").fetchall()
    assert tuple(row) == ("date", "2026-12-16", "2026-12-17")


def test_demonstration_material_handed_in_as_a_file_does_not_become_news(nights: Nights, tmp_path: Path) -> None:
    [spool] = [nights.data / "spool" / run.spool for run in nights.first if run.source == "demo_ledger" and run.spool]
    result = CliRunner().invoke(main, ["--data", str(tmp_path / "live"), "ingest", str(spool)])
    assert result.exit_code == 3
    assert "demonstration material is not taken into live data" in result.stderr
    with sqlite3.connect(tmp_path / "live" / "docketwire.db") as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (0,)
