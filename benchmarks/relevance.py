"""Is a headline with its lead ours? ``python -m benchmarks.relevance [../shared]``.

Precision and recall of the verdict on each part of `tests/quality/relevance.toml`, as ``docketwire read`` gives it, and
by the words alone. What the rules and the model were taught on says nothing of what comes: parts marked so are beside
the point.

With the shared material: how many of its whole texts (articles, news, agencies' pages; none is ours) get which verdict.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.intake import judge
from pipeline.model import Document, Kind, PageClass, Provenance, SubjectModel
from pipeline.refine.match import match
from pipeline.refine.relevance import relevance
from pipeline.registry import load_registry
from pipeline.settings import CASES
from summarize.subject import Subject

LABELLED = Path("tests/quality/relevance.toml")
TAUGHT = ("tuning", "later", "harder")
MADE = Provenance("", datetime(2026, 1, 1, tzinfo=UTC), "", "")


def told_apart(found: list[tuple[bool, bool]]) -> str:
    """Of (is it ours, is it said to be)."""
    right = sum(ours and said for ours, said in found)
    return f"{right / max(1, sum(said for _, said in found)):.3f} | {right / sum(ours for ours, _ in found):.3f}"


def texts_of_others(shared: Path) -> Iterator[tuple[str, str]]:
    articles = json.loads((shared / "material/html_articles_aeb/ground-truth.json").read_text(encoding="utf-8"))
    yield from (("", article["articleBody"]) for article in articles.values())
    for name in ("wikinews", "govnews"):
        with gzip.open(shared / f"summaries/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from ((text["title"] or "", text["text"]) for text in map(json.loads, lines))


def main() -> None:
    registry, subject = load_registry(CASES), Subject()
    subject("", "")  # loads it
    ways: dict[str, SubjectModel | None] = {"words": None, "words and model": subject}
    parts: dict[str, dict[str, list[tuple[bool, bool]]]] = {}
    spent = dict.fromkeys(ways, 0.0)
    items = tomllib.loads(LABELLED.read_text(encoding="utf-8"))["item"]
    for item in items:
        document = Document("d", Kind.NEWS, PageClass.ARTICLE, item["title"], item["lead"], MADE)
        links = match(document, registry)
        for way, asked in ways.items():
            started = time.process_time()
            said = judge(document, registry, links, subject=asked).verdict == "ours"
            spent[way] += time.process_time() - started
            parts.setdefault(item["half"], {}).setdefault(way, []).append((item["label"] == "ours", said))
    print("| part | headlines | precision, words | recall, words | precision | recall |\n|---|---|---|---|---|---|")
    for part, found in parts.items():
        name = f"{part} (taught)" if part in TAUGHT else part
        print(f"| {name} | {len(found['words'])} | {' | '.join(map(told_apart, found.values()))} |")
    print("\nms a headline:", {way: round(1000 * seconds / len(items), 1) for way, seconds in spent.items()})

    if len(sys.argv) > 1:
        for way, asked in ways.items():
            others = texts_of_others(Path(sys.argv[1]))
            print(way, Counter(relevance(title, text, subject=asked).verdict for title, text in others))


if __name__ == "__main__":
    main()
