"""The trained head: which sentences of a document a person would have put into its summary.

A small network reads each sentence's MiniLM vector and `summarize.features`, those of its neighbours, and the mean of
its document: linear in time, flat in memory. Attention between all sentences was tried once and
brought nothing (see the card). Three networks, trained from different seeds, vote. Weights are made by
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

_VECTOR, _WIDTH = 384, 192


class Network(nn.Module):
    """(sentences, 384) vectors, (sentences, features) and the document each belongs to → (sentences,) scores.

    ``document`` counts from 0 without gaps, so that a batch may hold several.
    """

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.vector = nn.Linear(_VECTOR, _WIDTH)
        self.feature = nn.Linear(3 * len(NAMES), _WIDTH)
        self.mix = nn.Linear(3 * _WIDTH, _WIDTH)
        self.out = nn.Linear(_WIDTH, 1)
        self.drop = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, features: Tensor, document: Tensor) -> Tensor:
        seen = torch.cat([features, *_beside(features, document)], dim=1)
        own = self.drop(nn.functional.gelu(self.vector(self.drop(vectors)) + self.feature(seen)))
        sizes = torch.bincount(document).unsqueeze(1)
        mean = torch.zeros(len(sizes), _WIDTH).index_add(0, document, own) / sizes
        before, after = _beside(own, document)
        mixed = self.mix(torch.cat([own, mean[document], (before + after) / 2], dim=1))
        scores: Tensor = self.out(self.drop(nn.functional.gelu(mixed))).squeeze(1)
        return scores


def _beside(rows: Tensor, document: Tensor) -> tuple[Tensor, Tensor]:
    """The rows before and after each, zeros where the document begins or ends."""
    same = (document[1:] == document[:-1]).unsqueeze(1)
    nothing = torch.zeros(1, rows.shape[1])
    return torch.cat([nothing, rows[:-1] * same]), torch.cat([rows[1:] * same, nothing])


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
            raise ModelError(
                weights, f"the head's weights cannot be used ({what})", "run python -m summarize.train"
            ) from error
        return cls(networks)

    def save(self, weights: Path) -> None:
        """Half precision: the votes differ by less than a thousandth, the file by half."""
        tensors = {
            f"{number}.{name}": value.half().contiguous()
            for number, network in enumerate(self.networks)
            for name, value in network.state_dict().items()
        }
        save_file(tensors, weights)
        weights.chmod(0o644)

    def scores(self, vectors: Tensor, features: Tensor) -> Tensor:
        """One score a sentence, (sentences,)."""
        one = torch.zeros(len(vectors), dtype=torch.long)
        with torch.inference_mode():
            votes = torch.stack([network(vectors, features, one).log_softmax(0) for network in self.networks]).mean(0)
            return (votes - votes.mean()) / votes.std(correction=0).clamp_min(1e-6)
