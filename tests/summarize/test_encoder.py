from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ModelError
from summarize.encoder import DIMENSIONS, Encoder, batches, check, weights_folder

SENTENCES = [
    "The motion to compel is denied.",
    "The court refuses to order production.",
    "Bread rises best in a warm kitchen.",
    "Counsel shall confer by video and file a joint chart of the messages still in dispute by July 9, 2031. " * 8,
]


def test_vectors_are_unit_and_in_order(encoder: Encoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype is torch.float32
    assert vectors.norm(dim=1).tolist() == pytest.approx([1] * 4, abs=1e-4)
    assert torch.equal(encoder.encode(SENTENCES[::-1]).flip(0), vectors)


def test_like_is_near_like(encoder: Encoder) -> None:
    motion, refusal, bread, _ = encoder.encode(SENTENCES)
    assert float(motion @ refusal) > float(motion @ bread) + 0.2


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    fresh = Encoder()
    alone = torch.cat([fresh.encode([sentence]) for sentence in SENTENCES])
    assert torch.equal(alone, encoder.encode(SENTENCES))


def test_half_precision_keeps_the_meaning(encoder: Encoder) -> None:
    exact = Encoder(half=False).encode(SENTENCES)
    assert float((exact * encoder.encode(SENTENCES)).sum(1).min()) > 0.99


def test_what_is_forgotten_is_computed_again() -> None:
    small = Encoder(remembered=1)
    first = small.encode(SENTENCES)
    assert torch.equal(small.encode(SENTENCES), first)


def test_nothing_gives_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "¹", "x" * 5000], ids=["empty", "blank", "lone surrogate", "mark", "one long word"]
)
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert bool(torch.isfinite(encoder.encode([text])).all())


@given(st.lists(st.integers(2, 256), max_size=80), st.integers(1, 2000))
def test_batches_hold_everything_once_within_the_budget(lengths: list[int], budget: int) -> None:
    made = list(batches(lengths, budget))
    assert sorted(index for _, batch in made for index in batch) == list(range(len(lengths)))
    assert all(lengths[index] <= width for width, batch in made for index in batch)
    assert all(len(batch) == 1 or len(batch) * width <= budget for width, batch in made)


def test_the_pinned_weights_are_the_installed_ones() -> None:
    check(weights_folder())


def test_other_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(weights_folder(), tmp_path, dirs_exist_ok=True)
    weights = tmp_path / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    with pytest.raises(ModelError, match=r"model\.safetensors: SHA-256 is .* pinned is 53aa51172d14.*; install"):
        Encoder(tmp_path).encode(["The motion is denied."])


def test_missing_weights_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be read .*; install"):
        Encoder(tmp_path).encode(["The motion is denied."])


def test_loading_a_summarizer_imports_no_torch() -> None:
    code = "import sys, summarize; summarize.load(); sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_first_summary_says_nothing_on_the_terminal() -> None:
    code = "from summarize.encoder import Encoder; Encoder().encode(['The motion is denied.'])"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")
