"""Teach what is ours: ``python -m summarize.train_subject``, from the headlines of ``tests/quality``.

Reads `TAUGHT`, and of `LABELLED` the parts that rules were tuned on; writes ``data/models/subject.safetensors``. The
matrices of the encoder's layers are tuned, and a unit that answers; what tuning has added to each matrix is kept at low
rank: 5 MB beside the model's 90. One thread and a fixed seed. ``--without a,b`` leaves sets out and says how well those
are then told apart, writing no weights; with ``--answers FILE`` it writes what it answered about each of them, for
``python -m benchmarks.relevance_weights``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from summarize.encoder import DIMENSIONS, pretrained, weights_folder
from summarize.subject import CUT, WEIGHTS, adapted, add, shown

TAUGHT = Path("tests/quality/headlines.jsonl")
LABELLED, TUNED = Path("tests/quality/relevance.toml"), ("tuning", "later", "harder")
RANK = 64
_EPOCHS, _BATCH, _SEED = 3, 16, 1
_RATE, _RATE_OUT = 1e-4, 1e-3
_SURE = 0.98  # what a label is worth: no headline is quite certain
_BUCKET = 512  # headlines sorted by length together, so that little of a batch is padding


@dataclass(frozen=True)
class Headline:
    """A headline and its lead, labelled by hand."""

    set: str
    title: str
    lead: str
    ours: bool
    tokens: Any


class Learner(nn.Module):
    """The encoder and the unit that answers; tokens in, log odds out, (headlines,)."""

    def __init__(self, model: Any, pad: int) -> None:
        super().__init__()
        self.model, self.pad, self.out = model.requires_grad_(requires_grad=False), pad, nn.Linear(DIMENSIONS, 1)
        self.matrices = {name: module.weight.requires_grad_() for name, module in adapted(model)}
        self.before = {name: matrix.detach().clone() for name, matrix in self.matrices.items()}

    def forward(self, tokens: Sequence[Any]) -> Tensor:
        def padded(name: str, fill: int) -> Tensor:
            rows = [torch.tensor(each[name]) for each in tokens]
            return nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=fill)

        mask = padded("attention_mask", 0)
        given = {"input_ids": padded("input_ids", self.pad), "token_type_ids": padded("token_type_ids", 0)}
        hidden = self.model(**given, attention_mask=mask).last_hidden_state * mask.unsqueeze(-1)
        answers: Tensor = self.out(hidden.sum(1) / mask.sum(1, keepdim=True)).squeeze(-1)
        return answers

    def learned(self) -> dict[str, Tensor]:
        """The unit, and of what was added to each matrix the `RANK` strongest directions; in half precision."""
        parts = {f"out.{name}": value for name, value in self.out.state_dict().items()}
        for name, matrix in self.matrices.items():
            left, strength, right = torch.linalg.svd(matrix.detach() - self.before[name], full_matrices=False)
            parts[f"{name}.up"] = left[:, :RANK] * strength[:RANK]
            parts[f"{name}.down"] = right[:RANK]
        return {name: value.half().contiguous() for name, value in parts.items()}

    def put(self, learned: dict[str, Tensor]) -> None:
        """Be as whoever loads what was ``learned``."""
        with torch.no_grad():
            for name, matrix in self.matrices.items():
                matrix.copy_(self.before[name])
        add(self.model, self.out, learned)


def labelled() -> list[dict[str, str]]:
    """What teaches: the writers' headlines by ``set``, those that rules were tuned on by their part."""
    tuned = tomllib.loads(LABELLED.read_text(encoding="utf-8"))["item"]
    items = [item | {"set": item["half"]} for item in tuned if item["half"] in TUNED]
    return items + [json.loads(line) for line in TAUGHT.read_text(encoding="utf-8").splitlines()]


def headlines(tokenizer: Any) -> list[Headline]:
    return [
        Headline(
            item["set"], item["title"], item["lead"], item["label"] == "ours",
            tokenizer(*shown(item["title"], item["lead"]), **CUT),
        )
        for item in labelled()
    ]  # fmt: skip


def batches(taught: Sequence[Headline], chance: random.Random) -> Iterator[list[Headline]]:
    """Every headline once, in batches of much the same length, in any order."""
    order = chance.sample(taught, len(taught))
    buckets = (order[n : n + _BUCKET] for n in range(0, len(order), _BUCKET))
    alike = [sorted(bucket, key=lambda headline: len(headline.tokens["input_ids"])) for bucket in buckets]
    made = [bucket[n : n + _BATCH] for bucket in alike for n in range(0, len(bucket), _BATCH)]
    yield from chance.sample(made, len(made))


def teach(learner: Learner, taught: Sequence[Headline]) -> None:
    chance = random.Random(_SEED)  # noqa: S311 - shuffles, hides nothing
    matrices, out = list(learner.matrices.values()), learner.out.parameters()
    groups = [{"params": matrices, "lr": _RATE}, {"params": out, "lr": _RATE_OUT}]
    adam = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = _EPOCHS * sum(1 for _ in batches(taught, random.Random(_SEED)))  # noqa: S311
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, [_RATE, _RATE_OUT], total_steps=steps, pct_start=0.1)
    for epoch in range(_EPOCHS):
        learner.train()
        lost = 0.0
        for batch in batches(taught, chance):
            sure = torch.tensor([_SURE if headline.ours else 1 - _SURE for headline in batch])
            answers = learner([headline.tokens for headline in batch])
            loss = nn.functional.binary_cross_entropy_with_logits(answers, sure)
            adam.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            adam.step()
            rate.step()
            lost += float(loss.detach()) * len(batch)
        print(f"epoch {epoch + 1}: loss {lost / len(taught):.3f}", flush=True)  # noqa: T201 - a command's progress


def told_apart(asked: Sequence[Headline], odds: Sequence[float]) -> str:
    right = sum(said > 0 and headline.ours for headline, said in zip(asked, odds, strict=True))
    said, of = sum(each > 0 for each in odds), sum(headline.ours for headline in asked)
    return f"{len(asked)} headlines: precision {right / max(1, said):.3f}, recall {right / max(1, of):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without", default="", metavar="SETS", help="leave these out, ask about them, write nothing")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="what it says of those left out, in JSON lines")
    arguments = parser.parse_args()
    left_out = list(filter(None, arguments.without.split(",")))
    if arguments.answers and not left_out:
        parser.error("--answers goes with --without")
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    tokenizer, model = pretrained(weights_folder())
    known = headlines(tokenizer)
    if unknown := set(left_out) - {headline.set for headline in known}:
        parser.error(f"no headline is of {', '.join(sorted(unknown))}")
    learner = Learner(model, tokenizer.pad_token_id)
    teach(learner, [headline for headline in known if headline.set not in left_out])
    learned = learner.learned()
    if not left_out:
        save_file(learned, WEIGHTS)
        WEIGHTS.chmod(0o644)
        sha256 = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
        print(f"{WEIGHTS}: pin its SHA-256 in summarize/subject.py: {sha256}")  # noqa: T201
        return
    learner.put(learned)
    learner.eval()
    answers = []
    for name in left_out:
        asked = [headline for headline in known if headline.set == name]
        with torch.inference_mode():
            odds = [learner([headline.tokens]).item() for headline in asked]
        print(name, told_apart(asked, odds))  # noqa: T201
        answers += [{"title": h.title, "lead": h.lead, "odds": said} for h, said in zip(asked, odds, strict=True)]
    if arguments.answers:
        lines = (json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
        arguments.answers.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
