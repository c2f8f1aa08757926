"""Where the weights of `pipeline.refine.relevance` and of its lexicon come from.

``python -m benchmarks.relevance_weights [ANSWERS...]`` fits a logistic regression over the signs of the vocabularies
and over every stem that three headlines have, names left out: those of `tests/quality/headlines.jsonl`, and the parts
of `relevance.toml` that rules were tuned on. It writes ``pipeline/refine/lexicon.tsv`` and prints the weights of the
signs, which are copied by hand; first it prints how well each writer's headlines are told apart by weights fitted to
all others.

ANSWERS are what ``python -m summarize.train_subject --without SETS --answers FILE`` has written: answers about
headlines that the model had not been taught. With them the weights of both together are fitted, and measured writer
by writer.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from pipeline.refine import lexicon, relevance
from summarize.train_subject import TUNED, labelled

LEXICON = Path("pipeline/refine/lexicon.tsv")
FEWEST = 3  # headlines in which a stem must stand
SCALE, PENALTY = 4.0, 1.0  # of the stems beside the signs; on half the sum of squares
Item = dict[str, str]


def fit(rows: Tensor, ours: Tensor, penalty: float) -> Tensor:
    """The weights of a logistic regression, the last of them the constant, which is not penalised."""
    weights = torch.zeros(rows.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    descent = torch.optim.LBFGS([weights], max_iter=400, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        descent.zero_grad()
        odds = rows @ weights[:-1] + weights[-1]
        lost = torch.nn.functional.binary_cross_entropy_with_logits(odds, ours, reduction="sum")
        lost = lost + penalty / 2 * (weights[:-1] ** 2).sum()
        lost.backward()
        return lost

    descent.step(loss)
    return weights.detach()


def answers(rows: Tensor, weights: Tensor) -> Tensor:
    return rows @ weights[:-1] + weights[-1]


def told_apart(odds: Tensor, ours: Tensor) -> str:
    said = odds > 0
    right = float((said & ours.bool()).sum())
    return f"| {len(odds)} | {right / float(said.sum()):.3f} | {right / float(ours.sum()):.3f} |"


def by_writer(name: str, rows: Tensor, ours: Tensor, items: Sequence[Item], penalty: float) -> Tensor:
    """Log odds of each headline by weights fitted to the other writers'; prints what came of it."""
    odds = torch.zeros(len(items), dtype=torch.float64)
    writers = [item["set"] for item in items]
    for writer in sorted(set(writers)):
        own = torch.tensor([each == writer for each in writers])
        odds[own] = answers(rows[own], fit(rows[~own], ours[~own], penalty))
        print(f"| {name}, {writer} {told_apart(odds[own], ours[own])}", flush=True)
    new = torch.tensor([writer not in TUNED for writer in writers])
    print(f"| {name}, all writers {told_apart(odds[new], ours[new])}", flush=True)
    return odds


def main() -> None:
    torch.set_num_threads(1)
    items = labelled()
    ours = torch.tensor([float(item["label"] == "ours") for item in items], dtype=torch.float64)
    shown = [relevance.without_outlet(item["title"], item["lead"], "") for item in items]
    found = [list(lexicon.stems(title, lead)) for title, lead in shown]
    counted = Counter(stem for stems in found for stem in stems)
    # A name says nothing of the next case: what is never written small is left out.
    small = {lexicon.stem(word) for _, lead in shown for word in lexicon.WORD.findall(lead) if word[0].islower()}
    place = {stem: n for n, stem in enumerate(sorted(small & {s for s in counted if counted[s] >= FEWEST}))}
    read = [relevance.signs(title, lead) for title, lead in shown]
    names = list(read[0])
    rows = torch.zeros(len(items), len(names) + len(place), dtype=torch.float64)
    for n, (signs, stems) in enumerate(zip(read, found, strict=True)):
        known = [place[stem] for stem in stems if stem in place]
        rows[n, : len(names)] = torch.tensor(list(signs.values()))
        rows[n, [len(names) + each for each in known]] = SCALE / max(1, len(known)) ** 0.5

    print("| headlines of | number | precision | recall |\n|---|---|---|---|")
    odds = by_writer("words", rows, ours, items, PENALTY)
    weights = fit(rows, ours, PENALTY)
    learned = {stem: SCALE * float(weights[len(names) + n]) for stem, n in place.items()}
    lines = [f"{stem}\t{weight:.2f}\n" for stem, weight in learned.items()]
    LEXICON.write_text("".join(lines), encoding="utf-8")
    signs = dict(zip(names, weights[: len(names)].tolist(), strict=True))

    whole = {}
    for path in sys.argv[1:]:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            whole[item["title"], item["lead"]] = item["odds"]
    asked = [n for n, item in enumerate(items) if (item["title"], item["lead"]) in whole]
    if asked:
        some = [items[n] for n in asked]
        said = [whole[item["title"], item["lead"]] for item in some]
        both = torch.stack([odds[asked], torch.tensor(said, dtype=torch.float64)], dim=1)
        by_writer("both", both, ours[asked], some, 0.1)
        print("\nboth:", dict(zip(("words", "whole", "always"), fit(both, ours[asked], 0.1).tolist(), strict=True)))
    print("\nsigns:", {"always": round(float(weights[-1]), 2)} | {name: round(w, 2) for name, w in signs.items()})


if __name__ == "__main__":
    main()
