"""What the wording of a headline and its lead says of its subject, word by word.

`lexicon.tsv` holds a stem and what it adds a line, learned from headlines labelled by hand: written by
``python -m benchmarks.relevance_weights``. The vocabularies of `pipeline.refine.vocabulary` know what a word means;
these weights know how much more often a word stands in what is ours.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_LEAD = 400  # characters of a text that are counted: the leads that taught the weights are no longer
STEM = 7  # letters: "novelist" and "novelists", "scraping" and "scraped" are one
WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")  # shorter ones say how somebody writes, not of what


def stem(word: str) -> str:
    """Without the ending of a possessive, however it is written."""
    return re.sub(r"['’]s?$", "", word.lower())[:STEM]


def stems(title: str, opening: str) -> dict[str, str]:
    """Each stem of the headline and the lead, with the word that had it first."""
    found: dict[str, str] = {}
    for word in WORD.findall(f"{title} {opening[:_LEAD]}".lower()):
        found.setdefault(stem(word), word)
    return found


def heard(title: str, opening: str) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
    """What the wording adds to the log odds; at most three words that speak most for it, and three against."""
    known = _weights()
    weights = {word: known[each] for each, word in stems(title, opening).items() if each in known}
    if not weights:
        return 0.0, (), ()
    ranked = sorted((word for word in weights if len(word) > 3), key=lambda word: (weights[word], word))
    return (  # "the" and "its" count, and tell nobody anything
        sum(weights.values()) / len(weights) ** 0.5,
        tuple(word for word in reversed(ranked[-3:]) if weights[word] > 0),
        tuple(word for word in ranked[:3] if weights[word] < 0),
    )


@cache
def _weights() -> dict[str, float]:
    lines = files("pipeline.refine").joinpath("lexicon.tsv").read_text(encoding="utf-8").splitlines()
    return {each: float(weight) for each, weight in (line.split("\t") for line in lines)}
