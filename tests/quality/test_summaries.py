"""Figures of summaries that may only rise, on a quick part of the dev papers: `python -m benchmarks.summaries` has all."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.sentences import f1, ours, stretches, traps
from benchmarks.summaries import WORDS, broken, dev, outcomes, reference, said
from pipeline.model import Document
from summarize.encoder import Encoder
from summarize.extractive import Extractive
from summarize.rouge import rouge

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))
SOME = {"legal": {"scotus": 12, "billsum": 8, "bva": 8}, "news": {"wikinews": 12, "govnews": 12}}


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, float]:
    """R1 at 100 words on some papers of each set, the share of Board outcomes said, and whether every point stands."""
    encoder = Encoder(remembered=100_000)
    hundred, whole = Extractive(encoder, words=WORDS), Extractive(encoder, words=150)
    figures: dict[str, float] = {}
    wrong = 0
    for pool, sets in SOME.items():
        scores = []
        for name, most in sets.items():
            for record, paper in sorted(dev(shared / "summaries", name), key=_shuffled)[:most]:
                [summary] = hundred.summarize([paper])
                wrong += broken(summary, paper)
                scores.append(rouge(said(summary.points), reference(record))[0])
        figures[f"summaries.{pool}_r1"] = sum(scores) / len(scores)
    short, _, count = outcomes(shared / "summaries", whole)
    return figures | {"summaries.outcome_in_short": short / count, "summaries.points_that_stand": float(wrong == 0)}


def _shuffled(item: tuple[dict[str, str], Document]) -> str:
    return hashlib.sha256(item[0]["id"].encode()).hexdigest()


@pytest.mark.parametrize("name", [name for name in FLOORS if name.startswith("summaries.")])
def test_summaries_are_no_worse_than_they_were(found: dict[str, float], name: str) -> None:
    assert found[name] >= FLOORS[name]


def test_sentences_are_split_no_worse_than_they_were() -> None:
    score, exact = f1(ours, traps())
    assert score >= FLOORS["sentences.traps_f1"]
    assert exact >= FLOORS["sentences.traps_exact"]


def test_sentences_of_real_decisions_are_split_no_worse_than_they_were(shared: Path) -> None:
    marked = list(stretches(shared))
    for part in ("tuning", "held out"):
        assert f1(ours, [one for one in marked if one.part == part])[0] >= FLOORS[f"sentences.decisions.{part}.f1"]


def test_what_was_judged_by_hand_holds_no_misleading_sentence_and_few_idle_ones() -> None:
    """The table of a reading, sentence by sentence; the words themselves stay outside the repository."""
    table = tomllib.loads((HERE / "summaries.toml").read_text(encoding="utf-8"))
    for kind, most in (("orders", 0.12), ("news", 0.17)):
        assert len(table[kind]) >= 10
        for fresh in (False, True):
            papers = [paper for paper in table[kind] if paper.get("fresh", False) is fresh]
            judged = Counter(one for paper in papers for one in paper["judged"].split())
            assert set(judged) <= {"right", "idle", "misleading"}
            assert judged["misleading"] == 0
            assert judged["idle"] <= most * judged.total()
