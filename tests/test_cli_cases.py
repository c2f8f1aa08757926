"""The registry's commands, as a person uses them; and docket pages handed in, from file to public database."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

_spec = spec_from_file_location("docket_pages", Path(__file__).parent / "refine" / "docket_pages.py")
pages = module_from_spec(_spec)
_spec.loader.exec_module(pages)


def run(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def lines(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


# ------------------------------------------------------------------------------------------------ resolve, show, new


def test_each_text_gives_one_object_with_keys_and_spans():
    text = "see 25-md-3143 (SHS) and 1:24-cv-11611 (D. Mass.)"
    named, none = lines(run("case", "resolve", text, "17 U.S.C. § 107", "--json"))
    assert [docket["key"] for docket in named["dockets"]] == ["nysd:2025-md-03143", "mad:2024-cv-11611"]
    assert all(text[docket["start"] : docket["end"]] == docket["text"] for docket in named["dockets"])
    assert none == {"text": "17 U.S.C. § 107", "dockets": []}


def test_standard_input_gives_an_object_a_line_blank_ones_too():
    found = lines(run("case", "resolve", "-", "--json", given="MDL No. 3143\n\n5 U 104/24\r\nnothing"))
    assert [[docket["key"] for docket in each["dockets"]] for each in found] == [
        ["nysd:2025-md-03143"], [], ["de-olg-hamburg:5 U 104/24"], [],
    ]  # fmt: skip


def test_a_court_makes_a_bare_number_one():
    (found,) = lines(run("case", "resolve", "25-1756", "--json", "--court", "ca2"))
    assert found["dockets"] == [{"key": "ca2:25-1756", "start": 0, "end": 7, "text": "25-1756"}]


def test_an_unknown_court_is_an_error_not_an_empty_answer():
    result = run("case", "resolve", "25-1756", "--court", "sdny")
    assert result.exit_code == 1
    assert "sdny: unknown court" in result.output


@pytest.mark.parametrize("name", ["bartz-v-anthropic", "3:24-cv-05417", "4:24-cv-05417-AMO"])
def test_a_matter_is_shown_by_slug_or_number(name):
    result = run("case", "show", name)
    assert result.exit_code == 0
    assert "Bartz v. Anthropic PBC" in result.output
    assert "judge William Alsup" in result.output


def test_an_unknown_matter_is_an_error():
    assert "neither a matter nor one of their dockets" in run("case", "show", "nobody-v-nobody").output


def test_a_new_case_is_written_and_checked(tmp_path):
    made = run(
        "case", "new", "marrow-v-inkwell", "--cases", tmp_path, "--caption", "Marrow v. Inkwell", "--court", "nysd",
        "--number", "1:26-cv-07001", "--evidence", "Complaint", "--filed", "2026-01-05",
    )  # fmt: skip
    assert made.output.strip() == str(tmp_path / "marrow-v-inkwell.toml")
    assert "1 matters, 1 dockets: all well" in run("case", "check", tmp_path).output
    assert "filed 2026-01-05" in run("case", "show", "marrow-v-inkwell", "--cases", tmp_path).output


# ------------------------------------------------------------------------------------------------ docket pages


def rows(path, sql):
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql)]


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    """The invented docket followed as a matter, its pages handed in."""
    cases = tmp_path / "cases"
    cases.mkdir()
    made = run(
        "case", "new", "marrow-v-inkwell", "--cases", cases, "--caption", "Marrow v. Inkwell, Inc.", "--court", "nysd",
        "--number", "1:26-cv-07001", "--evidence", "Complaint", "--judge", "Cy Other", "--filed", "2026-01-05",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    monkeypatch.setattr("pipeline.cli.wiring.load_cases.__defaults__", (cases,))
    for name, body in (("docket", pages.docket_report()), ("attachments", pages.ATTACHMENTS)):
        (tmp_path / f"{name}.html").write_bytes(body)
    data = tmp_path / "data"
    result = run("ingest", "--data", data, tmp_path / "docket.html", tmp_path / "attachments.html")
    assert result.exit_code == 0, result.output
    return data


def test_a_docket_page_handed_in_becomes_public_entries(handed_in):
    assert run("publish", "--data", handed_in).exit_code == 0
    entries = rows(handed_in / "public" / "docketwire.db", "SELECT * FROM entries ORDER BY filed, number")
    assert [(entry["number"], entry["type"]) for entry in entries] == [
        (1, "complaint"),
        (2, "routine"),
        (None, "order"),
        (9, "order"),
    ]
    assert entries[-1]["description"].endswith("(Attachments: # 1 Exhibit A)")
    assert rows(handed_in / "docketwire.db", "SELECT count(*) AS n FROM documents") == [{"n": 0}]
    # Its number in the other docket is known, though nobody follows that one.
    numbers = rows(handed_in / "docketwire.db", "SELECT docket, number FROM same_filing ORDER BY docket")
    assert [(row["docket"], row["number"]) for row in numbers] == [
        ("nysd:2026-cv-07001", 9),
        ("nysd:2026-cv-07002", 12),
    ]


def test_a_page_handed_in_twice_changes_nothing(handed_in, tmp_path):
    before = rows(handed_in / "docketwire.db", "SELECT * FROM entries ORDER BY id")
    (tmp_path / "again.html").write_bytes(pages.docket_report() + b"<!-- fetched again -->")
    assert "0 entries" in run("ingest", "--data", handed_in, tmp_path / "again.html").output
    assert rows(handed_in / "docketwire.db", "SELECT * FROM entries ORDER BY id") == before


def test_a_page_that_is_no_docket_is_refused_with_its_reason(tmp_path):
    path = tmp_path / "answer.html"
    path.write_bytes(pages.NOT_FOUND)
    result = run("ingest", "--data", tmp_path / "data", path)
    assert result.exit_code == 3
    assert f"{path}: no docket: PACER does not find the case" in result.output


def test_the_audit_names_both_values_and_publishes_them(handed_in):
    result = run("audit", "--data", handed_in)
    assert result.exit_code == 0
    assert "1 matter, 1 checked, 4 facts compared, 1 disagree" in result.output
    assert "judge: 'Cy Other', but 'Ada Example'" in result.output
    published = run("publish", "--data", handed_in)
    assert published.exit_code == 0, published.output
    audited = rows(handed_in / "public" / "docketwire.db", "SELECT what, ours, theirs, agrees FROM audit")
    assert audited[0] == {"what": "judge", "ours": "Cy Other", "theirs": "Ada Example", "agrees": 0}
    assert {row["what"] for row in audited} == {"number", "judge", "caption", "filed"}


# ------------------------------------------------------------------------------------------------ candidates


@pytest.fixture
def noticed(tmp_path):
    """A docket nobody follows, about an AI company and copyright."""
    path = tmp_path / "unknown.html"
    path.write_bytes(pages.docket_report(number="1:26-cv-07009-AE").replace(b"Inkwell", b"OpenAI"))
    assert run("ingest", "--data", tmp_path / "data", path).exit_code == 0
    return tmp_path / "data"


KEY = "nysd:2026-cv-07009"


def test_a_relevant_entry_of_an_unknown_docket_opens_a_candidate(noticed):
    shown = run("case", "review", "--data", noticed).output
    assert f"{KEY}  Marrow v. OpenAI, Inc." in shown
    assert "AI: OpenAI; copyright: 17:501" in shown
    assert shown.count(KEY) == 1


def test_an_accepted_candidate_becomes_a_case_file(noticed, tmp_path):
    made = run("case", "review", "accept", KEY, "marrow-v-openai", "--cases", tmp_path, "--data", noticed)
    assert made.exit_code == 0, made.output
    shown = run("case", "show", "marrow-v-openai", "--cases", tmp_path).output
    assert f"{KEY}  1:26-cv-07009  lead  filed 2026-01-05" in shown
    assert "Ada Example" in shown
    assert "no candidates" in run("case", "review", "--data", noticed).output
    assert "accepted: marrow-v-openai" in run("case", "review", "--all", "--data", noticed).output


def test_a_rejected_candidate_is_remembered_with_the_reason(noticed, tmp_path):
    assert run("case", "review", "reject", KEY, "--reason", "a patent suit", "--data", noticed).exit_code == 0
    (tmp_path / "more.html").write_bytes((tmp_path / "unknown.html").read_bytes() + b"<!-- later -->")
    run("ingest", "--data", noticed, tmp_path / "more.html")
    assert "no candidates" in run("case", "review", "--data", noticed).output
    assert "rejected: a patent suit" in run("case", "review", "--all", "--data", noticed).output


def test_a_rejection_needs_a_reason(noticed):
    assert run("case", "review", "reject", KEY, "--data", noticed).exit_code == 2


def test_a_merged_candidate_is_a_docket_of_the_matter(noticed, tmp_path):
    run("case", "new", "in-re-ink", "--cases", tmp_path, "--caption", "In re Ink", "--court", "nysd", "--number",
        "1:26-md-07000", "--evidence", "Transfer order")  # fmt: skip
    merged = run(
        "case", "review", "merge", KEY, "in-re-ink", "--role", "member", "--cases", tmp_path, "--data", noticed
    )
    assert merged.exit_code == 0, merged.output
    assert f"{KEY}  2026-cv-07009  member" in run("case", "show", "in-re-ink", "--cases", tmp_path).output


def test_what_is_no_candidate_cannot_be_decided(noticed):
    result = run("case", "review", "reject", "nysd:2026-cv-1", "--reason", "no", "--data", noticed)
    assert result.exit_code == 1
    assert "no candidate; docketwire case review lists them" in result.output
