"""The trained head: which sentences of a document a person would have put into its summary.

A two-layer transformer over the document's sentences (their MiniLM vectors and `summarize.features`), in windows, so
that time is linear and memory flat; three of them, trained from different seeds, vote. Weights are made by
``python -m summarize.train`` and lie, with their card, in ``data/models``.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from pipeline.errors import ModelError
from summarize.features import NAMES

_VECTOR, _WIDTH, _HEADS, _LAYERS = 384, 96, 4, 2
_WINDOW = 256  # sentences that see each other


class Network(nn.Module):
    """(sentences, 384) vectors and (sentences, features) → (sentences,) logits."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.vector = nn.Linear(_VECTOR, _WIDTH)
        self.feature = nn.Linear(len(NAMES), _WIDTH)
        self.norm = nn.LayerNorm(_WIDTH)
        self.drop = nn.Dropout(dropout)
        layer = nn.TransformerEncoderLayer(
            _WIDTH, _HEADS, 2 * _WIDTH, dropout, "gelu", batch_first=True, norm_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, _LAYERS, enable_nested_tensor=False)
        self.out = nn.Linear(_WIDTH, 1)

    def forward(self, vectors: Tensor, features: Tensor) -> Tensor:
        hidden = self.vector(self.drop(vectors)) + self.feature(features)
        hidden = self.drop(self.norm(nn.functional.gelu(hidden)))
        windows = hidden.chunk(-(-len(hidden) // _WINDOW))
        seen = torch.cat([self.encoder(window.unsqueeze(0)).squeeze(0) for window in windows])
        scores: Tensor = self.out(seen).squeeze(1)
        return scores


class Head:
    """Networks that vote. Scores are standardised within the document: mean 0, deviation 1."""

    def __init__(self, networks: list[Network]) -> None:
        self.networks = [network.eval() for network in networks]

    @classmethod
    def load(cls, weights: Path) -> Head:
        """Raises `ModelError` when the weights are there and cannot be used."""
        try:
            stored = load_file(weights)
            networks = []
            for number in sorted({name.partition(".")[0] for name in stored}):
                network = Network()
                own = {
                    name.partition(".")[2]: value.float()
                    for name, value in stored.items()
                    if name.startswith(f"{number}.")
                }
                network.load_state_dict(own)
                networks.append(network)
        except (OSError, SafetensorError, RuntimeError) as error:
            what = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(weights, f"the head's weights cannot be used ({what})", "run: make train") from error
        return cls(networks)

    def save(self, weights: Path) -> None:
        """Half precision: the votes differ by less than a thousandth, the file by half."""
        tensors = {
            f"{number}.{name}": value.half().contiguous()
            for number, network in enumerate(self.networks)
            for name, value in network.state_dict().items()
        }
        save_file(tensors, weights)

    def scores(self, vectors: Tensor, features: Tensor) -> Tensor:
        """One score a sentence, (sentences,)."""
        with torch.inference_mode():
            votes = torch.stack([network(vectors, features).log_softmax(0) for network in self.networks]).mean(0)
            return (votes - votes.mean()) / votes.std(correction=0).clamp_min(1e-6)
