"""Where the weights of `pipeline.refine.same_event` come from. ``python -m benchmarks.story_weights``.

Two logistic regressions at once, whose product is the probability that two articles tell one event: that they are about
one case, and about one event of it. Each weight is held to the sign that its meaning gives it. Fitted to all pairs of
articles within four days in `tests/quality/stories.toml` that may tell one event; those marked sealed or unsealed are
left out. A set has few events in a week, a night of the press many: so all stories are told once more, in the same
three weeks, and the pairs of that crowd count a twentieth. Then each set of articles is put into stories with weights
fitted to the others.
"""

from __future__ import annotations

import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from pipeline.model import Document, Kind, PageClass, Provenance, StoryPlace, When
from pipeline.refine import happening, same_event
from pipeline.refine.same_event import CASE, EVENT, Signs
from pipeline.refine.stories import Stories

LABELLED = Path("tests/quality/stories.toml")
DAYS = 4  # between two reports of one event, as in pipeline.refine.stories
PENALTY = 0.3  # on half the sum of squares
STEPS = 1500
AS_PRINTED, CROWD = frozenset("olw"), 0.05  # sets with leads as the press writes them count twice
WEEKS, FIRST = 3, 739_697  # of the crowd; a Tuesday
Item = tuple[Document, int, str, list[str]]  # an article, its day (ordinal), its story, its matters


class Pair(NamedTuple):
    case: Signs
    event: Signs
    same: bool  # whether they tell one event
    sets: frozenset[str]  # of the two articles
    counts: float


def sets(path: Path) -> dict[str, list[Item]]:
    """By set, each in order of time."""
    found: dict[str, list[Item]] = defaultdict(list)
    labelled = tomllib.loads(path.read_text(encoding="utf-8"))["article"]
    for n, item in enumerate(sorted(labelled, key=lambda each: datetime.fromisoformat(each["published"]))):
        at = datetime.fromisoformat(item["published"])
        made = Provenance("labelled", at, "", "")
        document = Document(
            str(n), Kind.NEWS, PageClass.ARTICLE, item["title"], item["lead"], made, published=When(at)
        )  # fmt: skip
        if not (item.get("sealed") or item.get("unsealed")):
            of = item["story"][0] if item.get("later") else "tuning"
            found[of].append((document, at.toordinal(), item["story"], [item["matter"]] if "matter" in item else []))
    return dict(found)


def crowd(of_sets: Mapping[str, Sequence[Item]]) -> list[Item]:
    """All stories in the same weeks, each on its own weekdays; no two sets have a story or a matter in common."""
    found = []
    for name, items in of_sets.items():
        first: dict[str, int] = {}
        for _, day, story, _ in items:
            first.setdefault(story, day)
        for document, day, story, matters in items:
            week = FIRST + 7 * (zlib.crc32(f"{name}{story}".encode()) % WEEKS)
            shift = week + (first[story] - week) % 7 - first[story]
            at = document.provenance.fetched + timedelta(days=shift)
            moved = replace(document, id=f"{name}{document.id}", published=When(at))
            found.append((at, (moved, day + shift, f"{name}:{story}", [f"{name}:{matter}" for matter in matters])))
    return [item for _, item in sorted(found, key=lambda each: each[0])]


def pairs(items: Sequence[Item], of: Sequence[str], *, counts: float) -> Iterator[Pair]:
    """Each article beside all that came before it, where nothing says surely that they tell two events.

    ``of``: the set of each article.
    """
    stories = Stories()
    read = [happening.read(each.title, each.text, day) for each, day, _, _ in items]
    for n, (document, day, story, matters) in enumerate(items):
        weight = cache(stories._weight)  # noqa: SLF001 - as rare as it was then
        for before, (_, other, told, about) in enumerate(items[:n]):
            two_matters = matters and about and matters != about
            if day - other > DAYS or two_matters or same_event.are_two(read[n], read[before]):
                continue
            signs = same_event.signs(read[n], read[before], weight, same_matter=bool(matters and matters == about))
            yield Pair(*signs, told == story, frozenset({of[n], of[before]}), counts)
        stories.remember(document, StoryPlace(document.id, document.id), matters=matters)


def fitted(found: Sequence[Pair]) -> tuple[Signs, Signs]:
    """Weights of `CASE` and `EVENT`, by gradient; after each step none is left beyond zero on the wrong side."""
    same = torch.tensor([pair.same for pair in found], dtype=torch.float64)
    counts = torch.tensor([pair.counts for pair in found], dtype=torch.float64)
    halves = [(CASE, [pair.case for pair in found]), (EVENT, [pair.event for pair in found])]
    seen = [torch.tensor([[s[name] for name in w] for s in signs], dtype=torch.float64) for w, signs in halves]
    sign = [torch.tensor([0.0 if name == "always" else w[name] for name in w]).sign() for w, _ in halves]
    weights = [torch.zeros(len(w), dtype=torch.float64, requires_grad=True) for w, _ in halves]
    steps = torch.optim.Adam(weights, lr=0.1)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(steps, STEPS)
    for _ in range(STEPS):
        steps.zero_grad()
        _loss(weights, seen, sign, same, counts).backward()  # type: ignore[no-untyped-call]
        steps.step()
        slower.step()
        with torch.no_grad():
            for weight, held in zip(weights, sign, strict=True):
                weight[(held != 0) & (weight * held < 0)] = 0.0
    case, event = (
        {name: round(value, 1) for name, value in zip(of, weight.tolist(), strict=True)}
        for (of, _), weight in zip(halves, weights, strict=True)
    )
    return case, event


def _loss(
    weights: Sequence[Tensor], seen: Sequence[Tensor], sign: Sequence[Tensor], same: Tensor, counts: Tensor
) -> Tensor:
    case, event = (logsigmoid(each @ weight) for each, weight in zip(seen, weights, strict=True))
    both = case + event
    wrong = -(same * both + (1 - same) * torch.log(-torch.expm1(both.clamp(max=-1e-9))))
    size = sum(((weight**2) * held.abs()).sum() for weight, held in zip(weights, sign, strict=True))
    return (counts * wrong).sum() + PENALTY / 2 * size


def agreement(items: Sequence[Item]) -> tuple[int, int, int]:
    """Pairs told as one rightly, all told as one, all that are one."""
    stories = Stories()
    found = [stories.place(document, matters=matters).story for document, _, _, matters in items]
    both = list(combinations(range(len(items)), 2))
    together = {(a, b) for a, b in both if found[a] == found[b]}
    right = {(a, b) for a, b in both if items[a][2] == items[b][2]}
    return len(together & right), len(together), len(right)


def main() -> None:
    of_sets = sets(LABELLED)
    crowded = crowd(of_sets)
    found = list(pairs(crowded, [story.partition(":")[0] for _, _, story, _ in crowded], counts=CROWD))
    for name, items in of_sets.items():
        found += pairs(items, [name] * len(items), counts=2.0 if name in AS_PRINTED else 1.0)
    fit = fitted(found)
    for title, weights in zip(("case", "event"), fit, strict=True):
        print(title, *(f"{name}: {weight}" for name, weight in weights.items()), sep="\n  ")
    show("the crowd, by these weights", crowded, *fit)
    whole = [0, 0, 0]
    for name, items in of_sets.items():
        counts = show(name, items, *fitted([pair for pair in found if name not in pair.sets]))
        whole = [a + b for a, b in zip(whole, counts, strict=True)]
    print(f"all, each by weights fitted to the others: {figures(*whole)}")


def show(name: str, items: Sequence[Item], case: Signs, event: Signs) -> tuple[int, int, int]:
    CASE.update(case)
    EVENT.update(event)
    counts = agreement(items)
    print(f"{name}: {len(items)} articles, {figures(*counts)}")
    return counts


def figures(right: int, together: int, wanted: int) -> str:
    return f"precision {right / together:.3f}, recall {right / wanted:.3f}, F1 {2 * right / (together + wanted):.3f}"


if __name__ == "__main__":
    main()
