"""Is a headline with its lead ours? ``python -m benchmarks.relevance [../shared]``.

Precision and recall of the verdict on each part of `tests/quality/relevance.toml`, as ``docketwire read`` gives it; and
whether sentence vectors add to it: the cosine to the nearest matter's description (caption, claims, content), by the
encoder of the summaries, weighed into the score. The weight is the best of a row on the tuning half.

With the shared material: how many of its whole texts (articles, news, agencies' pages; none is ours) get which verdict.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipeline.intake import judge
from pipeline.model import Document, Kind, Matter, PageClass, Provenance
from pipeline.refine.match import match
from pipeline.refine.relevance import OURS, relevance
from pipeline.registry import load_registry
from pipeline.settings import CASES
from summarize.encoder import Encoder

MADE = Provenance("", datetime(2026, 1, 1, tzinfo=UTC), "", "")
Scored = list[tuple[bool, float, float]]  # is it ours, our score, cosine to the nearest matter


def described(matter: Matter) -> str:
    return f"{matter.caption}: {', '.join(matter.claims)}; {', '.join(matter.content)} used to train AI models"


def rates(scored: Scored, weight: float, mean: float) -> tuple[float, float]:
    said = [score + weight * (near - mean) >= OURS for _, score, near in scored]
    right = sum(ours and yes for (ours, _, _), yes in zip(scored, said, strict=True))
    return right / max(1, sum(said)), right / sum(ours for ours, _, _ in scored)


def f1(rate: tuple[float, float]) -> float:
    return 2 * rate[0] * rate[1] / (sum(rate) or 1)


def measure(items: Sequence[dict[str, str]]) -> dict[str, Scored]:
    registry = load_registry(CASES)
    encoder = Encoder()
    matters = encoder.encode([described(matter) for matter in registry.matters])
    nearest = (encoder.encode([f"{i['title']}. {i['lead']}" for i in items]) @ matters.T).max(dim=1).values.tolist()
    found: dict[str, Scored] = {}
    for item, near in zip(items, nearest, strict=True):
        document = Document("d", Kind.NEWS, PageClass.ARTICLE, item["title"], item["lead"], MADE)
        verdict = judge(document, registry, match(document, registry))
        found.setdefault(item["half"], []).append((item["label"] == "ours", verdict.score, near))
    return found


def texts_of_others(shared: Path) -> Iterator[tuple[str, str]]:
    articles = json.loads((shared / "material/html_articles_aeb/ground-truth.json").read_text(encoding="utf-8"))
    yield from (("", article["articleBody"]) for article in articles.values())
    for name in ("wikinews", "govnews"):
        with gzip.open(shared / f"summaries/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from ((text["title"] or "", text["text"]) for text in map(json.loads, lines))


def main() -> None:
    found = measure(tomllib.loads(Path("tests/quality/relevance.toml").read_text(encoding="utf-8"))["item"])
    tuning = found["tuning"]
    mean = sum(near for _, _, near in tuning) / len(tuning)
    best = max((w / 20 for w in range(1, 21)), key=lambda weight: f1(rates(tuning, weight, mean)))
    print("| part | headlines | precision | recall | with vectors |\n|---|---|---|---|---|")
    for half, scored in found.items():
        words, both = rates(scored, 0.0, mean), rates(scored, best, mean)
        print(f"| {half} | {len(scored)} | {words[0]:.3f} | {words[1]:.3f} | {both[0]:.3f}, {both[1]:.3f} (× {best}) |")

    if len(sys.argv) > 1:
        print(Counter(relevance(title, text).verdict for title, text in texts_of_others(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
