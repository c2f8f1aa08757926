"""Train the head from documents with human summaries: ``python -m summarize.train ../shared/summaries``.

Reads ``<set>.jsonl.gz`` (fields ``id, text, summary`` and, for Supreme Court opinions, ``summary_short``) and writes
the weights and their card. What a sentence is worth is learned from two teachers: the greedy oracle (the sentences
that together come closest to the summary in ROUGE-1 + ROUGE-2) and each sentence's own overlap with the summary, which
keeps near misses from counting as nothing. Dev parts (``sha1(id) % 5 == 0``) are never trained on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.model import Document, Kind, PageClass, Provenance
from summarize.candidates import Candidate, candidates
from summarize.encoder import Encoder
from summarize.extractive import WEIGHTS
from summarize.features import features
from summarize.head import Head, Network
from summarize.rouge import grams, tokens

LEGAL = ("scotus", "bva", "billsum", "crs")
NEWS = ("govnews", "wikinews")
_TEACHERS = (*LEGAL, "govnews")  # a Wikinews lead holds facts its body lacks: it cannot be chosen from it
_OPINIONS = 700  # of the Supreme Court's 1,080: enough, and embedded in minutes
_WORDS = 100
_EPOCHS, _BATCH, _RATE, _SEEDS = 16, 16, 3e-3, (1, 2, 3)
_SHORT = 0.9  # what the short view of an opinion counts; the whole syllabus teaches the rest
_TEMPERATURE = 0.08


@dataclass(frozen=True)
class Example:
    """One document as the head sees it, and what its summaries teach."""

    id: str
    set: str
    vectors: Tensor
    features: Tensor
    lessons: tuple[tuple[float, list[int], Tensor], ...]  # (weight, oracle indices, overlap of each sentence)


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def in_dev(identity: str) -> bool:
    return int(hashlib.sha1(identity.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def document(record: dict[str, Any], name: str) -> Document:
    """A training text as the summarizer would meet it."""
    kind, page_class = (Kind.NEWS, PageClass.ARTICLE) if name in NEWS else (Kind.FILING, PageClass.FILING)
    provenance = Provenance(name, datetime(2020, 1, 1, tzinfo=UTC), "", "")
    return Document(record["id"], kind, page_class, record.get("title") or "", record["text"], provenance)


def examples(folder: Path, names: Sequence[str], encoder: Encoder, *, dev: bool = False) -> Iterator[Example]:
    for name in names:
        chosen = [record for record in records(folder, name) if in_dev(record["id"]) == dev]
        if name == "scotus" and not dev:
            chosen = sorted(chosen, key=lambda record: hashlib.sha1(record["id"].encode()).hexdigest())[:_OPINIONS]  # noqa: S324
        for number, record in enumerate(chosen):
            print(f"\r{name}: {number + 1} of {len(chosen)}", end="", flush=True)  # noqa: T201 - a command's progress
            paper = document(record, name)
            found = candidates(paper)
            if not found:
                continue
            encoded = encoder.encode([paper.title, *(item.text for item in found)])
            title = encoded[0] if paper.title else None
            vectors = encoded[1:].clone()
            if "summary_short" in record:
                lessons = [
                    (1 - _SHORT, *lesson(found, record["summary"], 3 * _WORDS)),
                    (_SHORT, *lesson(found, record["summary_short"], _WORDS)),
                ]
            else:
                lessons = [(1.0, *lesson(found, record["summary"], _WORDS))]
            yield Example(paper.id, name, vectors, features(found, vectors, title), tuple(lessons))
        print()  # noqa: T201


def lesson(found: Sequence[Candidate], summary: str, words: int) -> tuple[list[int], Tensor]:
    wanted = [set(grams(tokens(summary), size)) for size in (1, 2)]
    overlap = []
    for item in found:
        own = tokens(item.text)
        share = [
            sum(gram in wanted[size - 1] for gram in grams(own, size)) / max(1, len(own) - size + 1) for size in (1, 2)
        ]
        overlap.append(0.3 * share[0] + 0.7 * share[1])
    return oracle([item.text for item in found], summary, words), torch.tensor(overlap)


def oracle(texts: Sequence[str], summary: str, words: int) -> list[int]:
    """Greedily, the sentences that raise ROUGE-1 + ROUGE-2 F1 most, within ``words`` words."""
    wanted = [grams(tokens(summary), size) for size in (1, 2)]
    own = [[grams(tokens(text), size) for size in (1, 2)] for text in texts]
    lengths = [len(text.split()) for text in texts]
    have: list[Counter[tuple[str, ...]]] = [Counter(), Counter()]
    chosen: list[int] = []
    best = 0.0

    def worth(index: int) -> float:
        score = 0.0
        for size in (0, 1):
            new, target = own[index][size], wanted[size]
            hits = (have[size] & target).total()
            hits += sum(
                min(have[size][g] + n, target[g]) - min(have[size][g], target[g]) for g, n in new.items() if g in target
            )
            score += 2 * hits / max(1, have[size].total() + new.total() + target.total())
        return score

    while True:
        left = words - sum(lengths[index] for index in chosen)
        fits = [index for index in range(len(texts)) if index not in chosen and (not chosen or lengths[index] <= left)]
        top = max(fits, key=worth, default=None)
        if top is None or worth(top) <= best:
            return chosen
        best = worth(top)
        chosen.append(top)
        have = [have[size] + own[top][size] for size in (0, 1)]


def loss(scores: Tensor, chosen: Sequence[int], overlap: Tensor) -> Tensor:
    """Binary cross-entropy on the oracle, and listwise cross-entropy half on the oracle, half on the overlap."""
    wanted = torch.zeros(len(scores))
    wanted[list(chosen)] = 1
    each = nn.functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum") / max(20, 5 * len(chosen))
    soft = (overlap / _TEMPERATURE).softmax(0)
    target = (wanted / wanted.sum() + soft) / 2 if chosen else soft
    return each - (target * scores.log_softmax(0)).sum()


def fit(taught: Iterable[Example], seed: int) -> Network:
    """One network. The same examples and seed give the same weights on the same machine."""
    torch.manual_seed(seed)
    order = random.Random(seed)  # noqa: S311 - shuffles, hides nothing
    pool = list(taught)
    network = Network()
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.02)
    steps = _EPOCHS * -(-len(pool) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    network.train()
    for _ in range(_EPOCHS):
        order.shuffle(pool)
        for at in range(0, len(pool), _BATCH):
            batch = pool[at : at + _BATCH]
            sizes = [len(item.vectors) for item in batch]
            owner = torch.arange(len(batch)).repeat_interleave(torch.tensor(sizes))
            scores = network(torch.cat([i.vectors for i in batch]), torch.cat([i.features for i in batch]), owner)
            total = torch.zeros(())
            for item, own in zip(batch, scores.split(sizes), strict=True):
                total = total + sum(weight * loss(own, chosen, overlap) for weight, chosen, overlap in item.lessons)
            optimizer.zero_grad()
            (total / len(batch)).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def train(folder: Path, names: Sequence[str] = _TEACHERS) -> tuple[Head, list[Example]]:
    taught = list(examples(folder, names, Encoder(remembered=1000)))
    return Head([fit(taught, seed) for seed in _SEEDS]), taught


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the extractive summarizer's head.")
    parser.add_argument("summaries", type=Path, help="folder with <set>.jsonl.gz")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    head, taught = train(arguments.summaries)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    head.save(arguments.out)
    used = Counter(item.set for item in taught)
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes from {dict(used)}")  # noqa: T201


if __name__ == "__main__":
    main()
