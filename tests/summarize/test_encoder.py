from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import AutoModel, AutoTokenizer

from pipeline.errors import ModelError
from summarize.encoder import DIMENSIONS, MAX_TOKENS, Encoder, batches, check, weights_folder

SENTENCES = [
    "The motion to compel is denied.",
    "The court refuses to order production.",
    "Bread rises best in a warm kitchen.",
    "Counsel shall confer by video and file a joint chart of the messages still in dispute by July 9, 2031. " * 8,
]
MANY = [f"The {word} number {n} " + f"{word} " * (n * n % 61) + "." for n in range(60) for word in ("motion", "order")]


def test_vectors_are_unit_and_in_order(encoder: Encoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype is torch.float32
    assert vectors.norm(dim=1).tolist() == pytest.approx([1] * 4, abs=1e-4)
    assert torch.equal(encoder.encode(SENTENCES[::-1]).flip(0), vectors)


def test_like_is_near_like(encoder: Encoder) -> None:
    motion, refusal, bread, _ = encoder.encode(SENTENCES)
    assert float(motion @ refusal) > float(motion @ bread) + 0.2


@pytest.fixture(scope="module", params=[False, True], ids=["full precision", "half precision"])
def forgetful(request: pytest.FixtureRequest) -> Encoder:
    return Encoder(half=request.param, remembered=0)


@pytest.fixture(scope="module")
def known(forgetful: Encoder) -> Callable[[str], torch.Tensor]:
    vectors = dict(zip(MANY, forgetful.encode(MANY), strict=True))
    return lambda text: vectors[text]  # hypothesis prints what a failing example was given: not every number


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 119), min_size=1, max_size=70).map(lambda picks: [MANY[pick] for pick in picks]))
def test_a_vector_does_not_depend_on_its_neighbours(
    forgetful: Encoder, known: Callable[[str], torch.Tensor], some: list[str]
) -> None:
    for text, vector in zip(some, forgetful.encode(some), strict=True):
        assert torch.equal(vector, known(text)), text


def test_vectors_are_those_of_the_model_itself(forgetful: Encoder) -> None:
    """Each sentence alone through the plain model, without packing: mean pooling as its card prescribes."""
    tokenizer = AutoTokenizer.from_pretrained(weights_folder(), local_files_only=True)
    model = AutoModel.from_pretrained(weights_folder(), local_files_only=True).eval()
    full = forgetful.device.endswith("float32")
    for text, vector in zip(MANY[:20], forgetful.encode(MANY[:20]), strict=True):
        with torch.inference_mode():
            hidden = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0]
        assert float(torch.nn.functional.cosine_similarity(hidden.mean(0), vector, 0)) > (0.999999 if full else 0.999)


def test_of_a_very_long_sentence_the_first_tokens_count(forgetful: Encoder) -> None:
    words = ["and"] * (MAX_TOKENS - 2)  # two tokens are the model's own
    long = " ".join([*words, "the motion is denied"])
    other = " ".join([*words, "bread rises in a warm kitchen"])
    short = " ".join([*words[:-1], "bread"])
    first, second, third = forgetful.encode([long, other, short])
    assert torch.equal(first, second)
    assert not torch.equal(first, third)


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


@given(st.lists(st.integers(2, 256), max_size=80), st.integers(256, 2000))
def test_rows_hold_everything_once_sorted_and_little_is_left_empty(lengths: list[int], row: int) -> None:
    made = list(batches(lengths, row))
    assert sorted(index for batch in made for index in batch) == list(range(len(lengths)))
    held = [[lengths[index] for index in batch] for batch in made]
    assert all(batch and sum(batch) <= row for batch in held)
    assert [length for batch in held for length in batch] == sorted(lengths)
    assert all(sum(batch) + after[0] > row for batch, after in pairwise(held))


def test_the_pinned_weights_are_the_installed_ones() -> None:
    check(weights_folder() / "model.safetensors")


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
