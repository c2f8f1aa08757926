"""The same sentence vectors by ONNX Runtime in int8, for processors without bf16 arithmetic: the ``onnx`` extra.

The model is made once, on the machine, from the pinned weights: exported by torch, its matrices quantized to int8 a
channel at a time. (Per tensor the vectors drift: mean cosine 0.96 to full precision, against 0.99.) Sentences go
through one by one: the scale of an activation is that of its batch, and a sentence's vector must not depend on its
neighbours.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError
from summarize.encoder import MAX_TOKENS, SHA256, Encoder, check

if TYPE_CHECKING:
    import torch

_NAME = f"minilm-{SHA256[:12]}-int8.onnx"
_REMEDY = "install the extra: pip install 'docketwire[onnx]'; or set encoder = \"torch\""


class OnnxEncoder(Encoder):
    """An `Encoder` whose model is made in the folder ``made`` when it is not there, or is damaged."""

    revision = f"{SHA256[:12]}-int8"

    def __init__(self, made: Path, *, remembered: int = 20_000) -> None:
        super().__init__(remembered=remembered)
        self._made = made / _NAME

    @property
    def device(self) -> str:
        return "cpu int8"

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        try:
            import onnxruntime  # noqa: PLC0415 - optional
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as error:
            raise ModelError("onnxruntime", "is not installed", _REMEDY) from error
        if not _whole(self._made):
            self._make()
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        import torch  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        # Threads that wait by spinning take the processor from whoever else works here.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return tokenizer, onnxruntime.InferenceSession(str(self._made), options, providers=["CPUExecutionProvider"])

    def _embed(self, sentences: list[str]) -> list[torch.Tensor]:
        if not sentences:
            return []
        import numpy as np  # noqa: PLC0415
        import torch  # noqa: PLC0415

        tokenizer, session = self._loaded
        texts = [sentence.encode("utf-8", "replace").decode() for sentence in sentences]
        found = []
        for encoding in tokenizer.encode_batch(texts):
            ids = np.array([encoding.ids], dtype=np.int64)
            [hidden] = session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
            found.append(torch.nn.functional.normalize(torch.from_numpy(hidden[0].mean(0)), dim=0))
        return found

    def _make(self) -> None:
        """Export and quantize. The file is complete under its name, or not there."""
        check(self._folder / "model.safetensors")
        try:
            from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415
        except ImportError as error:
            raise ModelError("onnx", "is not installed, and is needed once to make the model", _REMEDY) from error
        try:
            self._made.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._made.parent) as folder:
                whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
                _export(self._folder, whole)
                logging.disable(logging.WARNING)  # it advises a preparation that changes nothing here
                try:
                    quantize_dynamic(
                        whole, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"]
                    )
                finally:
                    logging.disable(logging.NOTSET)
                _seal(self._made).write_text(_digest(small), encoding="ascii")
                os.replace(small, self._made)  # noqa: PTH105 - the atomic rename itself
        except OSError as error:
            raise ModelError(
                self._made, f"cannot be written: {error.strerror}", "check the folder’s permissions"
            ) from error


def _export(weights: Path, path: Path) -> None:
    """MiniLM as an ONNX graph of any batch and any length: (ids, mask) → hidden states."""
    import torch  # noqa: PLC0415
    from transformers import AutoModel  # noqa: PLC0415

    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(weights, local_files_only=True, attn_implementation="eager").eval()

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> Any:
            return self.model(input_ids=ids, attention_mask=mask).last_hidden_state

    ids = torch.ones((2, 16), dtype=torch.long)
    free = {0: "batch", 1: "length"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the tracer, about branches that our inputs never take
        torch.onnx.export(
            Hidden(), (ids, torch.ones_like(ids)), path, dynamo=False, opset_version=17,
            input_names=["ids", "mask"], output_names=["hidden"],
            dynamic_axes={"ids": free, "mask": free, "hidden": free},
        )  # fmt: skip


def _seal(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _whole(path: Path) -> bool:
    """Whether the model is there as it was made."""
    try:
        return _seal(path).read_text(encoding="ascii") == _digest(path)
    except (OSError, UnicodeDecodeError):
        return False
