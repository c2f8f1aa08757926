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
from safetensors import safe_open
from safetensors.torch import save_file
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
TEACHERS = (*LEGAL, "govnews")  # a Wikinews lead holds facts its body lacks: it cannot be chosen from it
_WORDS = 100
_EPOCHS, _BATCH, _RATE = 10, 16, 3e-3
SEEDS = (1, 2, 3)
_SHORT = 0.9  # what the short view of an opinion counts; the whole syllabus teaches the rest
_TEMPERATURE = 0.08
_WEIGHT = {"bva": 3.0, "billsum": 3.0, "crs": 3.0}  # a document of the small sets: they would drown among opinions


Lesson = tuple[float, list[int], Tensor]  # weight, indices the oracle chose, overlap of each sentence


@dataclass(frozen=True)
class Example:
    """One document as the head sees it, and what its summaries teach."""

    id: str
    set: str
    vectors: Tensor
    features: Tensor
    lessons: tuple[Lesson, ...]


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


def examples(folder: Path, names: Sequence[str], encoder: Encoder, *, kept: Path | None = None) -> Iterator[Example]:
    """The teaching part of each set, in its order. ``kept`` is a scratch file that remembers sentence vectors."""
    known = _remembered(kept, encoder)
    for name in names:
        teaching = [record for record in records(folder, name) if not in_dev(record["id"])]
        papers = [(record, paper, candidates(paper)) for record in teaching for paper in [document(record, name)]]
        papers = [item for item in papers if item[2]]
        texts = [text for _, paper, found in papers for text in (paper.title, *(item.text for item in found))]
        _embed([text for text in dict.fromkeys(texts) if _key(text) not in known], encoder, known)
        for number, (record, paper, found) in enumerate(papers, 1):
            _tell(f"{name}: {number} of {len(papers)} documents")
            vectors = torch.stack([known[_key(item.text)] for item in found])
            title = known[_key(paper.title)] if paper.title else None
            yield Example(paper.id, name, vectors, features(found, vectors, title), lessons(record, found))
        print()  # noqa: T201
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        keys = torch.frombuffer(bytearray(b"".join(known)), dtype=torch.uint8).view(-1, 16)
        save_file(
            {"keys": keys, "vectors": torch.stack(list(known.values()))}, kept, metadata={"encoder": _made(encoder)}
        )


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def _made(encoder: Encoder) -> str:
    return f"{encoder.revision} {encoder.device}"


def _remembered(kept: Path | None, encoder: Encoder) -> dict[bytes, Tensor]:
    """Vectors by the hash of their sentence; none where another encoder, or another device, made them."""
    if not (kept and kept.is_file()):
        return {}
    with safe_open(kept, framework="pt") as file:
        if file.metadata()["encoder"] != _made(encoder):
            return {}
        keys, vectors = file.get_tensor("keys"), file.get_tensor("vectors")
    return {bytes(key): vector for key, vector in zip(keys.numpy(), vectors, strict=True)}


def _embed(texts: Sequence[str], encoder: Encoder, known: dict[bytes, Tensor]) -> None:
    for at in range(0, len(texts), 2000):
        _tell(f"{at} of {len(texts)} sentences")
        part = texts[at : at + 2000]
        known.update(zip(map(_key, part), encoder.encode(part), strict=True))


def _tell(progress: str) -> None:
    print(f"\r{progress:50}", end="", flush=True)  # noqa: T201 - a command's progress


def lessons(record: dict[str, Any], found: Sequence[Candidate]) -> tuple[Lesson, ...]:
    """What its summaries teach of each candidate; of an opinion, the short view and the whole syllabus."""
    if "summary_short" not in record:
        return ((1.0, *lesson(found, record["summary"], _WORDS)),)
    return (
        (1 - _SHORT, *lesson(found, record["summary"], 3 * _WORDS)),
        (_SHORT, *lesson(found, record["summary_short"], _WORDS)),
    )


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
    shared = [
        [Counter({g: n for g, n in own[i][k].items() if g in wanted[k]}) for k in (0, 1)] for i in range(len(own))
    ]
    totals = [[own[i][k].total() for k in (0, 1)] for i in range(len(own))]
    have: list[Counter[tuple[str, ...]]] = [Counter(), Counter()]  # of what is wanted alone
    hit, length = [0, 0], [0, 0]
    chosen: list[int] = []
    best = 0.0

    def new(index: int, size: int) -> int:
        got, target = have[size], wanted[size]
        return sum(min(got[g] + n, target[g]) - min(got[g], target[g]) for g, n in shared[index][size].items())

    def worth(index: int) -> float:
        return sum(
            2 * (hit[size] + new(index, size)) / max(1, length[size] + totals[index][size] + wanted[size].total())
            for size in (0, 1)
        )

    while True:
        left = words - sum(lengths[index] for index in chosen)
        fits = [index for index in range(len(texts)) if index not in chosen and (not chosen or lengths[index] <= left)]
        top = max(fits, key=worth, default=None)
        if top is None or worth(top) <= best:
            return chosen
        best = worth(top)
        chosen.append(top)
        for size in (0, 1):
            hit[size] += new(top, size)
            length[size] += totals[top][size]
            have[size] += shared[top][size]


def loss(scores: Tensor, chosen: Sequence[int], overlap: Tensor) -> Tensor:
    """Binary cross-entropy on the oracle, and listwise cross-entropy half on the oracle, half on the overlap."""
    wanted = torch.zeros(len(scores))
    wanted[list(chosen)] = 1
    each = nn.functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum") / max(20, 5 * len(chosen))
    soft = (overlap / _TEMPERATURE).softmax(0)
    target = (wanted / wanted.sum() + soft) / 2 if chosen else soft
    return each - (target * scores.log_softmax(0)).sum()


def fit(taught: Iterable[Example], seed: int) -> Network:
    """One network. The same examples, seed and number of threads give the same weights."""
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
                missed = sum(weight * loss(own, chosen, overlap) for weight, chosen, overlap in item.lessons)
                total = total + _WEIGHT.get(item.set, 1.0) * missed
            optimizer.zero_grad()
            (total / len(batch)).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def train(folder: Path, *, kept: Path | None = None) -> tuple[Head, list[Example]]:
    taught = list(examples(folder, TEACHERS, Encoder(remembered=1000), kept=kept))
    networks: list[Network] = []
    for seed in SEEDS:
        _tell(f"network {len(networks) + 1} of {len(SEEDS)}")
        networks.append(fit(taught, seed))
    print()  # noqa: T201
    return Head(networks), taught


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the extractive summarizer's head.")
    parser.add_argument("summaries", type=Path, help="folder with <set>.jsonl.gz")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--keep", type=Path, help="scratch file for sentence vectors: the next run starts from them")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # sums over several threads differ in their last bits, and with them the weights
    head, taught = train(arguments.summaries, kept=arguments.keep)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    head.save(arguments.out)
    weights = arguments.out.read_bytes()
    used = dict(Counter(item.set for item in taught))
    print(f"{arguments.out}: {len(weights):,} bytes, SHA-256 {hashlib.sha256(weights).hexdigest()[:12]}, from {used}")  # noqa: T201


if __name__ == "__main__":
    main()
