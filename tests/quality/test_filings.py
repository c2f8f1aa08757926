"""Figures of reading filings that may only rise: `tests/quality/baseline.json`, against `tests/quality/filings.toml`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import entries
from benchmarks.filings import labels, score

FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, float]:
    return score(labels(), shared).figures()


@pytest.mark.parametrize("name", [name for name in FLOORS if name.startswith("filings.")])
def test_filings_are_read_no_worse_than_they_were(found: dict[str, float], name: str) -> None:
    assert found[name.removeprefix("filings.")] >= FLOORS[name]


def test_no_date_is_invented(found: dict[str, float]) -> None:
    assert found["invented"] == 0


@pytest.fixture(scope="module")
def of_entries(shared: Path) -> dict[str, float]:
    return entries.score(entries.labels(), shared).figures()


@pytest.mark.parametrize("name", [name for name in FLOORS if name.startswith("entries.")])
def test_clerks_lines_are_read_no_worse_than_they_were(of_entries: dict[str, float], name: str) -> None:
    assert of_entries[name.removeprefix("entries.")] >= FLOORS[name]


def test_no_date_of_a_clerks_line_is_invented(of_entries: dict[str, float]) -> None:
    assert of_entries["invented"] == 0


def test_both_halves_are_labelled():
    assert len(labels(held_out=False)) >= 25
    assert len(labels(held_out=True)) >= 15
