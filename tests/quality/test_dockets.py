"""Figures of docket pages that may only rise: `tests/quality/baseline.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.dockets import measure

FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, float]:
    return measure(shared / "material")


@pytest.mark.parametrize("name", ["dockets.pages", "dockets.entries", "dockets.typed"])
def test_docket_pages_are_read_no_worse_than_they_were(found: dict[str, float], name: str) -> None:
    assert found[name] >= FLOORS[name]
