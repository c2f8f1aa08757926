"""Are stories found in time and memory? ``python -m benchmarks.stories [--known 100000] [--new 500]``.

Invented articles of 400 words, spread over five years: how long it takes to remember all of them, what memory they
take, and how long a night's new ones take to find their stories.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pipeline.model import Document, Kind, PageClass, Provenance, StoryPlace, When
from pipeline.refine.stories import Stories

FIRST = datetime(2021, 1, 1, tzinfo=UTC)


def articles(number: int, *, since: datetime, days: float, seed: int) -> Iterator[Document]:
    """Words drawn as in a language: few of them often, most of them rarely."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("bcdfglmnprstvaeiou", k=rng.randint(3, 9))) for _ in range(60_000)]
    drawn = [int(len(words) * rng.random() ** 3) for _ in range(400_000)]
    for n in range(number):
        at = since + timedelta(days=days * n / number)
        start = rng.randrange(len(drawn) - 420)
        picked = [words[index] for index in drawn[start : start + 420]]
        rng.shuffle(picked)
        made = Provenance("bench", at, "", "")
        title, text = " ".join(picked[:10]).capitalize(), " ".join(picked[10:])
        yield Document(f"{seed}-{n}", Kind.NEWS, PageClass.ARTICLE, title, text, made, published=When(at))


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=500)
    arguments = parser.parse_args()
    stories, before, started = Stories(), megabytes(), time.perf_counter()
    for document in articles(arguments.known, since=FIRST, days=1800, seed=1):
        stories.remember(document, StoryPlace(document.id, document.id))
    print(f"{arguments.known} remembered in {time.perf_counter() - started:.0f} s, {megabytes() - before:.0f} MB more")
    new = list(articles(arguments.new, since=FIRST + timedelta(days=1799), days=1, seed=2))
    started, worked = time.perf_counter(), time.process_time()
    joined = sum(stories.place(document).story != document.id for document in new)
    took, worked = time.perf_counter() - started, time.process_time() - worked
    print(f"{arguments.new} new in {took:.1f} s ({worked:.1f} s CPU), {joined} joined; peak {megabytes():.0f} MB")


if __name__ == "__main__":
    main()
