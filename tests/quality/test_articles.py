"""Figures of reading that may only rise: `tests/quality/baseline.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.articles import figures, measure, peers

FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, float]:
    return figures(measure(shared / "material", {"trafilatura": peers()["trafilatura"]}))


@pytest.mark.parametrize("name", [name for name in FLOORS if name.startswith("articles.")])
@pytest.mark.filterwarnings("ignore")  # what the extractors say about real pages is theirs
def test_reading_is_no_worse_than_it_was(found: dict[str, float], name: str) -> None:
    assert found[name] >= FLOORS[name]
