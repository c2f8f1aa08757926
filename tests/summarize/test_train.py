"""Training on a handful of invented papers: what is learned, and that it is learned the same way twice."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import torch

from summarize import train
from summarize.encoder import Encoder
from summarize.head import Head

TEXT = (
    "Acme printed book {0} without a license. The printer stood in Tern City for many years. "
    "The court holds that copy {0} infringes. Visitors may see the old press on Mondays."
)
SUMMARY = "Book {0} was printed without a license; the court holds that copy {0} infringes."
TEXTS = {f"paper-{number}": (TEXT.format(number), SUMMARY.format(number)) for number in range(12)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("scotus", "bva"):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            for key, (text, summary) in TEXTS.items():
                record = {"id": f"{name}-{key}", "text": text, "summary": summary}
                lines.write(json.dumps(record | ({"summary_short": summary} if name == "scotus" else {})) + "\n")
    return tmp_path


def test_the_same_papers_and_seed_give_the_same_weights(
    folder: Path, encoder: Encoder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "scratch" / "vectors.safetensors"
    taught = list(train.examples(folder, ("scotus", "bva"), encoder, kept=kept))
    again = list(train.examples(folder, ("scotus", "bva"), encoder, kept=kept))
    for number, examples in enumerate((taught, again)):
        Head([train.fit(examples, 1)]).save(tmp_path / f"{number}.safetensors")
    assert (tmp_path / "0.safetensors").read_bytes() == (tmp_path / "1.safetensors").read_bytes()
    assert (tmp_path / "0.safetensors").stat().st_size < 2_000_000 / 3
    assert "documents" in capsys.readouterr().out


def test_dev_papers_are_never_taught(folder: Path, encoder: Encoder) -> None:
    taught = {example.id for example in train.examples(folder, ("scotus", "bva"), encoder)}
    held = {f"{name}-{key}" for name in ("scotus", "bva") for key in TEXTS if train.in_dev(f"{name}-{key}")}
    assert held
    assert not taught & held
    assert len(taught) + len(held) == 2 * len(TEXTS)


def test_an_opinion_teaches_two_views_and_other_papers_one(folder: Path, encoder: Encoder) -> None:
    views = {example.set: len(example.lessons) for example in train.examples(folder, ("scotus", "bva"), encoder)}
    assert views == {"scotus": 2, "bva": 1}


def test_the_oracle_takes_what_comes_closest_and_keeps_to_the_words() -> None:
    texts = ["The court grants the motion.", "The clerk keeps the file.", "The motion to seal was late."]
    assert train.oracle(texts, "The court grants the motion to seal.", 100) == [0]
    assert sorted(train.oracle(texts, "The court grants the motion. The motion to seal was late.", 100)) == [0, 2]
    assert train.oracle(texts, "The court grants the motion. The motion to seal was late.", 6) in ([0], [2])


def test_a_paper_is_taught_as_it_will_be_read(folder: Path, encoder: Encoder) -> None:
    example = next(iter(train.examples(folder, ("bva",), encoder)))
    assert example.vectors.shape == (4, 384)
    assert example.features.shape[0] == 4
    assert torch.isfinite(example.features).all()
