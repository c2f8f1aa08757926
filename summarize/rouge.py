"""ROUGE-1, -2 and -L F1 (Lin 2004): lower case, runs of letters and digits, no stemming, no stop words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def grams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[at:] for at in range(size)), strict=False))


def rouge(candidate: str, reference: str) -> tuple[float, float, float]:
    """(R1, R2, RL) as F1, each 0–1."""
    ours, theirs = tokens(candidate), tokens(reference)
    overlaps = [(grams(ours, size) & grams(theirs, size)).total() for size in (1, 2)]
    return (
        _f1(overlaps[0], len(ours), len(theirs)),
        _f1(overlaps[1], len(ours) - 1, len(theirs) - 1),
        _f1(_longest(ours, theirs), len(ours), len(theirs)),
    )


def _f1(hits: int, ours: int, theirs: int) -> float:
    return 2 * hits / (ours + theirs) if hits else 0.0


def _longest(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Length of the longest common subsequence, by bit parallelism (Hyyrö 2004): one integer operation a word."""
    places: dict[str, int] = {}
    for at, word in enumerate(ours):
        places[word] = places.get(word, 0) | 1 << at
    full = (1 << len(ours)) - 1
    row = full
    for word in theirs:
        hit = row & places.get(word, 0)
        row = (row + hit | row - hit) & full
    return len(ours) - row.bit_count()
