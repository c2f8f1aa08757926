"""The guard stops what is false and lets through what is true: `tests/quality/baseline.json`, against `benchmarks.guard`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.guard import WAYS, figures, invented, real

FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[int, int]]:
    return figures(invented(1500))


@pytest.mark.parametrize("way", WAYS)
def test_what_is_falsified_is_rejected(found: dict[str, tuple[int, int]], way: str) -> None:
    rejected, tried = found[way]
    assert tried >= 300
    assert rejected / tried >= FLOORS[f"guard.{way}"]


def test_what_is_verbatim_is_accepted(found: dict[str, tuple[int, int]]) -> None:
    accepted, tried = found["verbatim"]
    assert accepted / tried >= FLOORS["guard.verbatim"]


def test_so_it_is_with_sentences_of_real_papers(shared: Path) -> None:
    for way, (right, tried) in figures(real(shared, papers=12)).items():
        assert right >= FLOORS[f"guard.{way}"] * tried
