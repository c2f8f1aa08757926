"""How probable it is that an article tells of a dispute over AI and copyright: MiniLM, taught that one question.

The pinned encoder with additions of low rank to the matrices of each layer (kept in the form of Hu et al., "LoRA:
Low-Rank Adaptation of Large Language Models", 2021) and one linear unit over the mean of its last hidden states. They
are made by ``python -m summarize.train_subject`` and lie, with their card, in ``data/models``.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from summarize.encoder import DIMENSIONS, check, pretrained, weights_folder

SHA256 = "781b029aeca5f2ecf78c7c2aa7eafb4fdcb6eab6c2d42fa6ad71f7e4d5eee234"
WEIGHTS = Path(__file__).parent.parent / "data" / "models" / "subject.safetensors"
TOKENS = 128  # what an article is about stands in its headline and its lead
_CHARACTERS = 300, 1200  # of the headline, and of the text: more than `TOKENS` hold
ADAPTED = ("query", "key", "value", "dense")  # the matrices of a layer: attention in and out, and both of its network


class Subject:
    """Asked with a headline and a text, answers with a probability. Loads its model when it is first asked."""

    def __init__(self, weights: Path = WEIGHTS, *, sha256: str = SHA256) -> None:
        """Raises `ModelError` unless the weights, and the encoder's, are those that are pinned: with others all news
        would be silently one thing or the other.
        """
        check(weights, sha256, "get the file of this version again, or run python -m summarize.train_subject")
        check(weights_folder() / "model.safetensors")
        self._weights = weights

    def __call__(self, title: str, text: str) -> float:
        """0 to 1. Raises `ModelError` when the model cannot be loaded."""
        import torch  # noqa: PLC0415 - two seconds that only an article should pay

        tokenizer, model, out = self._loaded
        with torch.inference_mode():
            hidden = model(**tokenizer(*shown(title, text), return_tensors="pt", **CUT)).last_hidden_state[0]
            return float(torch.sigmoid(out(hidden.mean(0))))

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Any]:
        import torch  # noqa: PLC0415
        from safetensors.torch import load_file  # noqa: PLC0415

        tokenizer, model = pretrained(weights_folder())
        out = torch.nn.Linear(DIMENSIONS, 1)
        add(model, out, load_file(self._weights))
        return tokenizer, model.eval(), out


def add(model: Any, out: Any, learned: dict[str, Any]) -> None:
    """Put what was learned into the model as it is pinned, and into the unit that answers."""
    import torch  # noqa: PLC0415

    out.load_state_dict({name: learned[f"out.{name}"].float() for name in ("weight", "bias")})
    with torch.no_grad():
        for name, matrix in adapted(model):
            matrix.weight += learned[f"{name}.up"].float() @ learned[f"{name}.down"].float()


def adapted(model: Any) -> list[tuple[str, Any]]:
    """The matrices with additions, by name, in their order."""
    layers = model.encoder.layer.named_modules()
    return [(name, module) for name, module in layers if name.rpartition(".")[2] in ADAPTED]


def shown(title: str, text: str) -> tuple[str, str]:
    """As much of an article as is read, as two segments. A lone surrogate is no text to the tokenizer."""
    cut = title[: _CHARACTERS[0]], text[: _CHARACTERS[1]]
    return cut[0].encode("utf-8", "replace").decode(), cut[1].encode("utf-8", "replace").decode()


CUT = {"truncation": True, "max_length": TOKENS}
