"""An article comes before the entry it reports; the entry arrives; a person decides what was unsure."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import stages
from pipeline.cli import main
from pipeline.cli.wiring import load_cases
from pipeline.model import (
    Add,
    DocketEntry,
    DocketLink,
    Document,
    Event,
    Kind,
    PageClass,
    Passage,
    Provenance,
    Relevance,
    When,
)
from pipeline.publish import database
from pipeline.settings import DEMO
from pipeline.store import Store

MDL = "demo:2026-md-09001"
AT = datetime(2026, 11, 20, 18, 20, tzinfo=UTC)
WORDS = "The status conference is RESET to December 17, 2026, at 11:30 a.m."
ARTICLE = Document(
    "article", Kind.NEWS, PageClass.ARTICLE, "Authors’ day in court slips a week",
    "Judge Thornquist granted the request on Thursday. The status conference will be held on December 16 instead.",
    Provenance("paper", AT, "sha256:0", "test 1"), published=When(AT),
    relevance=Relevance("ours", 0.9, ("docket",)),
)  # fmt: skip
ORDER = Document(
    "order", Kind.FILING, PageClass.FILING, "MINUTE ORDER", WORDS, Provenance("court", AT, "sha256:1", "test 1"),
    type="minute entry", court="demo", judge="Marguerite A. Thornquist", entry_number=44,
    published=When(datetime(2026, 11, 19, tzinfo=UTC), "day"),
    events=(
        Event("conference", "Status conference", When(datetime(2026, 12, 17, tzinfo=UTC), "day"), Passage(0, len(WORDS), WORDS)),
    ),
)  # fmt: skip
ENTRY = DocketEntry(
    f"{MDL}#44", MDL, 44, When(datetime(2026, 11, 19, 20, 44, tzinfo=UTC)), "order",
    "Minute Order; Set/Reset Deadlines/Hearings", source="court",
)  # fmt: skip
OPINION = replace(ENTRY, id=f"{MDL}#45", number=45, type="opinion", description="Opinion & Order")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "docketwire.db", purpose="demo") as opened:
        registry = load_cases(DEMO / "cases")
        opened.sync_registry(registry.matters, registry.courts())
        opened.apply(Add(ARTICLE))
        opened.put_links("article", [DocketLink(MDL, 0.9, "Lumenforge", "caption")])
        yield opened


def arrive(store: Store) -> None:
    store.apply(Add(ORDER))
    store.put_links("order", [DocketLink(MDL, 1.0, "44", "docket entry", 44)])
    store.put_entry(ENTRY, at=AT)
    store.put_entry(OPINION, at=AT)


def public(store: Store, tmp_path: Path, table: str) -> list[sqlite3.Row]:
    folder = tmp_path / f"public-{table}-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    database.build(store.path, folder, {"purpose": "demo"})
    with closing(sqlite3.connect(folder / database.NAME)) as db:
        db.row_factory = sqlite3.Row
        return db.execute(f"SELECT * FROM {table}").fetchall()


def test_what_was_awaited_is_found_when_its_entry_arrives(store: Store, tmp_path: Path) -> None:
    stages.match_reports(store, everything=False)
    [before] = public(store, tmp_path, "reports")
    assert (before["document"], before["entry"], before["state"]) == ("article", None, "awaited")
    arrive(store)
    stages.match_reports(store, everything=False)
    [after] = public(store, tmp_path, "reports")
    assert (after["entry"], after["state"], after["matter"]) == (f"{MDL}#44", "found", "in-re-lumenforge")
    assert after["score"] >= 0.5
    assert "judge: Thornquist" in after["reasons"]


def test_a_ruling_that_is_docketed_a_week_after_its_report_is_found_then(store: Store, tmp_path: Path) -> None:
    minutes = "MINUTE ENTRY: Status Conference RESET. Proceedings held on 11/19/2026 before Judge Thornquist. Request granted."
    late = replace(ENTRY, filed=When(AT + timedelta(days=6)), type="minute entry", description=minutes)
    stages.match_reports(store, everything=False)
    store.put_entry(late, at=AT + timedelta(days=6))
    stages.match_reports(store, everything=False)
    [report] = public(store, tmp_path, "reports")
    assert (report["entry"], report["state"]) == (late.id, "found")


def test_the_disagreement_stands_with_both_quotes(store: Store, tmp_path: Path) -> None:
    arrive(store)
    stages.match_reports(store, everything=False)
    [found] = public(store, tmp_path, "disagreements")
    assert (found["what"], found["reported"], found["filed"]) == ("date", "2026-12-16", "2026-12-17")
    assert found["quote"] in ARTICLE.text
    assert WORDS[found["start"] : found["end"]] == found["filing_quote"]


def test_an_entry_of_weight_that_nobody_reported_is_named(store: Store, tmp_path: Path) -> None:
    arrive(store)
    stages.match_reports(store, everything=False)
    late = replace(
        OPINION, id=f"{MDL}#46", number=46, filed=When(datetime(2026, 11, 21, tzinfo=UTC)), description="Opinion"
    )
    store.put_entry(late, at=AT)
    assert [row["entry"] for row in public(store, tmp_path, "unreported")] == [late.id]


def test_matching_again_changes_nothing(store: Store) -> None:
    arrive(store)
    stages.match_reports(store, everything=True)
    with closing(sqlite3.connect(store.path)) as db:
        before = list(db.iterdump())
        stages.match_reports(store, everything=True)
        assert list(db.iterdump()) == before


# ---------------------------------------------------------------------------------------------- review


def run(data: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, [*words, "--data", str(data)])
    assert result.exit_code == code, result.output
    return result.output


def test_the_unsure_wait_for_a_person_and_the_decision_stays(tmp_path: Path) -> None:
    unsure = replace(ARTICLE, relevance=Relevance("unsure", 0.25, ("AI: bot", "copyright: column")))
    with Store(tmp_path / "docketwire.db") as opened:
        opened.apply(Add(unsure))
        opened.apply(Add(replace(unsure, id="other", title="Another")))
    listed = run(tmp_path, "review")
    assert "article  0.25  Authors’ day in court slips a week" in listed
    assert "AI: bot; copyright: column" in listed
    run(tmp_path, "review", "accept", "article", "--reason", "a followed case")
    run(tmp_path, "review", "reject", "other", "--reason", "about ferries")
    assert "0 waiting" in run(tmp_path, "review")
    with Store(tmp_path / "docketwire.db") as opened:
        document = opened.document("article")
        assert document is not None
        assert document.relevance == Relevance("ours", 1.0, ("decided by a person: a followed case",))
        assert opened.decision("other") == Relevance("not", 1.0, ("decided by a person: about ferries",))
    with closing(sqlite3.connect(tmp_path / "docketwire.db")) as db:
        assert db.execute("SELECT id FROM visible").fetchall() == [("article",)]


def test_an_unknown_document_cannot_be_decided_on(tmp_path: Path) -> None:
    run(tmp_path, "ingest")
    assert "is no news we hold" in run(tmp_path, "review", "accept", "nothing", "--reason", "x", code=1)


# ---------------------------------------------------------------------------------------------- docketwire match


def ask(*questions: object) -> tuple[int, list[dict[str, object]]]:
    lines = "\n".join(q if isinstance(q, str) else json.dumps(q) for q in questions)
    result = CliRunner().invoke(main, ["match", "-", "--json"], input=lines)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


QUESTION = {
    "id": "q1",
    "article": {"title": ARTICLE.title, "lead": ARTICLE.text, "published": "2026-11-20T13:20:00-05:00"},
    "entries": [
        {"key": MDL, "number": 43, "filed": "2026-11-16", "description": "JOINT LETTER re conference"},
        {"key": MDL, "number": 44, "filed": "2026-11-19", "description": "MINUTE ORDER resetting status conference. Judge Thornquist"},
    ],
}  # fmt: skip


def test_match_answers_line_by_line() -> None:
    code, [found, none] = ask(QUESTION, QUESTION | {"id": "q2", "entries": []})
    assert code == 0
    assert (found["id"], found["number"]) == ("q1", 44)
    assert isinstance(found["score"], float)
    assert found["reasons"]
    assert none == {"id": "q2", "number": None, "score": 0.0, "reasons": ["no entry is sure enough"]}


def test_match_names_a_line_that_is_no_question_and_goes_on() -> None:
    code, [broken, incomplete, found] = ask("{", {"id": "q"}, QUESTION)
    assert code == 3
    assert broken["path"] == "line 1"
    assert str(broken["error"]).startswith("is not JSON: ")
    assert "entries" in str(incomplete["error"])
    assert found["number"] == 44
