"""The int8 encoder: made once on the machine, whole or not there, and near enough to the other one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import summarize
from pipeline.errors import ModelError
from summarize.encoder import Encoder
from summarize.extractive import Extractive
from summarize.onnx import OnnxEncoder
from tests.summarize.papers import ARTICLE, ORDER
from tests.summarize.test_encoder import SENTENCES

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "onnx"
    OnnxEncoder(folder).encode(["The motion is denied."])
    return folder


def test_the_model_is_made_once_and_nothing_else_is_left(made: Path) -> None:
    [model, seal] = sorted(made.iterdir())
    assert (model.suffix, seal.suffix) == (".onnx", ".sha256")
    before = model.stat()
    OnnxEncoder(made).encode(["The motion is granted."])
    assert model.stat().st_mtime_ns == before.st_mtime_ns
    assert before.st_size < 60_000_000


def test_vectors_are_near_those_of_full_precision(made: Path) -> None:
    exact, small = Encoder(half=False).encode(SENTENCES), OnnxEncoder(made).encode(SENTENCES)
    assert small.dtype is torch.float32
    assert small.norm(dim=1).tolist() == pytest.approx([1] * len(SENTENCES), abs=1e-4)
    assert float((exact * small).sum(1).min()) > 0.97


def test_a_vector_does_not_depend_on_its_neighbours(made: Path) -> None:
    alone = torch.cat([OnnxEncoder(made).encode([sentence]) for sentence in SENTENCES[:2]])
    assert torch.equal(alone, OnnxEncoder(made).encode(SENTENCES)[:2])


@pytest.mark.parametrize("text", ["", "\ud800", "x" * 5000], ids=["empty", "lone surrogate", "one long word"])
def test_any_text_has_a_vector(made: Path, text: str) -> None:
    assert bool(torch.isfinite(OnnxEncoder(made).encode([text])).all())


def test_summaries_are_as_good_as_the_same(made: Path, extractive: Extractive) -> None:
    small = summarize.load(words=120, onnx=made)
    assert small.revision != extractive.revision
    for document in (ORDER, ARTICLE):
        [ours], [theirs] = small.summarize([document]), extractive.summarize([document])
        assert ours.headline == theirs.headline
        assert [point.role for point in ours.points if point.role == "decision"] == [
            point.role for point in theirs.points if point.role == "decision"
        ]


@pytest.mark.parametrize("harm", ["cut", "altered", "no seal"])
def test_a_damaged_model_is_made_again(made: Path, harm: str) -> None:
    [model, seal] = sorted(made.iterdir())
    whole = model.stat().st_size
    if harm == "cut":
        with model.open("r+b") as file:
            file.truncate(1000)
    elif harm == "altered":
        with model.open("r+b") as file:
            file.seek(whole // 2)
            file.write(b"!!!!")
    else:
        seal.unlink()
    again = OnnxEncoder(made).encode(SENTENCES[:1])
    assert float((again * Encoder(half=False).encode(SENTENCES[:1])).sum()) > 0.97
    assert model.stat().st_size == whole


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be written"):
        OnnxEncoder(tmp_path / "file").encode(["The motion is denied."])
