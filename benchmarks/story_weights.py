"""Where the weights of `pipeline.refine.same_event` come from. ``python -m benchmarks.story_weights``.

A logistic regression, each weight held to the sign that its meaning gives it, over all pairs of articles within four
days in `tests/quality/stories.toml` that may tell one event; those marked last are left out. Then each set of articles
is put into stories with weights fitted to the others.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from math import exp
from pathlib import Path

from pipeline.model import Document, Kind, PageClass, Provenance, StoryPlace, When
from pipeline.refine import happening, same_event
from pipeline.refine.stories import Stories

LABELLED = Path("tests/quality/stories.toml")
DAYS = 4  # between two reports of one event, as in pipeline.refine.stories
PENALTY = 1.0  # on half the sum of squares
Item = tuple[Document, int, str, list[str]]  # an article, its day (ordinal), its story, its matters
Pair = tuple[dict[str, float], bool]  # what is seen of two articles; whether they tell one event


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
        if not item.get("last"):
            of = item["story"][0] if item.get("later") else "tuning"
            found[of].append((document, at.toordinal(), item["story"], [item["matter"]] if "matter" in item else []))
    return dict(found)


def pairs(items: Sequence[Item]) -> Iterator[Pair]:
    """Each article beside all that came before it, where nothing says surely that they tell two events."""
    stories = Stories()
    read = [happening.read(each.title, each.text, day) for each, day, _, _ in items]
    for n, (document, day, story, matters) in enumerate(items):
        for before, (_, other, told, of) in enumerate(items[:n]):
            gap = day - other
            two_matters = matters and of and matters != of
            if gap > DAYS or two_matters or same_event.are_two(read[n], read[before]):
                continue
            weight = stories._weight  # noqa: SLF001 - as rare as it was then
            seen = same_event.signs(read[n], read[before], weight, gap=gap, same_matter=bool(matters and matters == of))
            if not same_event.are_rulings_apart(read[n], read[before], seen):
                yield seen, told == story
        stories.remember(document, StoryPlace(document.id, document.id), matters=matters)


def fitted(found: Sequence[Pair], signs: Mapping[str, float]) -> dict[str, float]:
    """Weights by Newton's steps, one coordinate after the other, until none moves."""
    weights = dict.fromkeys(signs, 0.0)
    odds = [0.0] * len(found)
    for _ in range(300):
        moved = 0.0
        for name, sign in signs.items():
            slope, bend = (0.0, 1e-9) if name == "always" else (PENALTY * weights[name], PENALTY)
            for at, (seen, same) in zip(odds, found, strict=True):
                if value := seen[name]:
                    likely = 1 / (1 + exp(-max(-50.0, min(50.0, at))))
                    slope += value * (likely - same)
                    bend += value * value * likely * (1 - likely)
            wanted = weights[name] - slope / bend
            if name != "always" and wanted * sign < 0:
                wanted = 0.0
            step = wanted - weights[name]
            if step:
                weights[name] = wanted
                odds = [at + step * seen[name] for at, (seen, _) in zip(odds, found, strict=True)]
                moved = max(moved, abs(step))
        if moved < 0.001:
            break
    return {name: round(weight, 1) for name, weight in weights.items()}


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
    found = {name: list(pairs(items)) for name, items in of_sets.items()}
    signs = dict(same_event.WEIGHTS)
    every = [pair for each in found.values() for pair in each]
    for name, weight in fitted(every, signs).items():
        print(f"{name}: {weight}")
    whole = [0, 0, 0]
    for name, items in of_sets.items():
        others = [pair for other, each in found.items() if other != name for pair in each]
        same_event.WEIGHTS.update(fitted(others, signs))
        counts = agreement(items)
        whole = [a + b for a, b in zip(whole, counts, strict=True)]
        print(
            f"{name}: {len(items)} articles, precision {counts[0] / counts[1]:.3f}, recall {counts[0] / counts[2]:.3f}"
        )
    right, together, wanted = whole
    print(
        f"all, each by weights fitted to the others: precision {right / together:.3f}, recall {right / wanted:.3f},"
        f" F1 {2 * right / (together + wanted):.3f}"
    )


if __name__ == "__main__":
    main()
