"""The two founding documents, from file to site. They are real and stay outside the repository."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import feedparser
import httpx
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.publish.site.app import application

MDL = "nysd:2025-md-03143"
MEMBERS = {
    "nysd:2023-cv-08292", "nysd:2023-cv-10211", "nysd:2024-cv-00084", "nysd:2025-cv-03291", "nysd:2025-cv-03482",
    "nysd:2025-cv-03483",
}  # fmt: skip


def run(data: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [words[0], "--data", str(data), *words[1:]])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def data(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "data"
    run(folder, "ingest", *sorted(str(path) for path in (shared / "seeds").glob("*.txt")))
    run(folder, "summarize")
    run(folder, "publish")
    return folder


@pytest.fixture
def db(data: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(data / "public" / "docketwire.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def document(db: sqlite3.Connection, kind: str) -> sqlite3.Row:
    [row] = db.execute("SELECT * FROM documents WHERE kind = ?", [kind]).fetchall()
    return row


def summary(db: sqlite3.Connection, kind: str) -> str:
    found = db.execute(
        "SELECT s.text FROM summaries s JOIN documents d ON d.id = s.document WHERE d.kind = ? ORDER BY position",
        [kind],
    )
    return " ".join(row["text"] for row in found)


def test_the_order_is_what_it_is(db: sqlite3.Connection) -> None:
    order = document(db, "filing")
    assert (order["type"], order["court"], order["published"][:10], order["precision"]) == (
        "order",
        "nysd",
        "2025-06-24",
        "day",
    )
    assert order["judge"] == "Ona T. Wang"
    assert order["disposition"] == "denied without prejudice"
    dockets = {r["docket"] for r in db.execute("SELECT docket FROM document_dockets WHERE document = ?", [order["id"]])}
    assert dockets == {MDL} | MEMBERS


def test_the_order_sets_one_conference_with_its_words(db: sqlite3.Connection) -> None:
    [event] = db.execute("SELECT * FROM events").fetchall()
    assert (event["kind"], event["starts"][:10], event["matter"]) == ("conference", "2025-06-25", "in-re-openai")
    assert "update the Court on the status of this dispute at the June 25, 2025, conference" in event["quote"]


def test_the_order_s_summary_says_what_was_decided_why_and_what_is_next(db: sqlite3.Connection) -> None:
    text = summary(db, "filing")
    assert "failed to fully meet and confer" in text
    assert "DENIED without prejudice" in text
    assert "June 25, 2025, conference" in text


def test_the_article_is_news_of_the_same_matter_without_adverts(db: sqlite3.Connection, data: Path) -> None:
    article = document(db, "news")
    assert article["matter"] == document(db, "filing")["matter"] == "in-re-openai"
    with sqlite3.connect(data / "docketwire.db") as working:
        [(text,)] = working.execute("SELECT text FROM documents WHERE kind = 'news'").fetchall()
    assert "LibGen" in text
    assert "sponsor" not in text.lower()


def test_the_article_s_summary_says_what_must_be_produced_and_when(db: sqlite3.Connection) -> None:
    text = summary(db, "news")
    assert "until December 8, 2025 to produce communications" in text
    assert "by December 5, 2025" in text
    assert "for depositions no later than December 19, 2025" in text
    assert "waived privilege" in text


def test_a_report_s_dates_are_leads_not_events(db: sqlite3.Connection) -> None:
    reported = {r["starts"][:10] for r in db.execute("SELECT starts FROM reported_dates")}
    assert reported == {"2025-12-05", "2025-12-08", "2025-12-19"}


async def _pages(data: Path, *paths: str) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app=application(data / "public"))
    async with httpx.AsyncClient(transport=transport, base_url="http://site.test") as client:
        return [await client.get(path) for path in paths]


def test_both_are_found_by_privilege_and_shown(data: Path, db: sqlite3.Connection) -> None:
    import asyncio

    order, article = document(db, "filing"), document(db, "news")
    search, home, page = asyncio.run(_pages(data, "/search?q=privilege", "/", f"/document/{order['id']}"))
    for response in (search, home, page):
        assert response.status_code == 200
    for found in (order, article):
        assert f"/document/{found['id']}" in search.text
        assert f"/document/{found['id']}" in home.text
    assert "<mark" in page.text


def test_both_stand_in_the_feed(data: Path) -> None:
    parsed = feedparser.parse((data / "public" / "feeds" / "all.atom").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == 2
    assert all(entry.id.startswith("tag:") for entry in parsed.entries)


def test_all_of_it_again_changes_nothing(data: Path, shared: Path) -> None:
    def dump() -> list[str]:
        with sqlite3.connect(data / "docketwire.db") as db:
            return list(db.iterdump())

    before, feed = dump(), (data / "public" / "feeds" / "all.atom").read_bytes()
    run(data, "ingest", *sorted(str(path) for path in (shared / "seeds").glob("*.txt")))
    run(data, "ingest")
    run(data, "summarize")
    run(data, "publish")
    assert dump() == before
    assert (data / "public" / "feeds" / "all.atom").read_bytes() == feed
