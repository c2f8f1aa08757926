"""What the trained head reads of each candidate besides its vector: ``(sentences, len(NAMES))`` floats near 0–1.

All of it is relative to the document (position, centrality, common words) or read from the wording, so that nothing
depends on a vocabulary. Time and memory are linear in the sentences.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarize.candidates import Candidate
from summarize.wording import DATE

if TYPE_CHECKING:
    import torch

_WORD = re.compile(r"[^\W\d_]{3,}")
_MONEY = re.compile(r"[$€£]\s?\d")
_CITES = re.compile(r"§|\bv\.\s|\b(?:ECF|Dkt|Id|U\.\s?S\.C?|F\.[23]d|Stat)\b")
_COURT = re.compile(r"\b(?:we|our|I|this court|the court|the board)\b", re.IGNORECASE)
_HELD = re.compile(r"\b(?:hold|holds|held|conclude[sd]?|question|issue|whether|must decide|presented)\b", re.IGNORECASE)
_PARTY = re.compile(r"\b(?:plaintiff|defendant|petitioner|respondent|appell|veteran|claimant|applicant)", re.IGNORECASE)
_ACTS = re.compile(
    r"\b(?:amends?|requires?|prohibits?|authorizes?|establish(?:es)?|directs?|provides?|shall)\b", re.IGNORECASE
)

NAMES = (
    "position", "from the start", "from the end", "first", "opens a paragraph", "length", "short", "long",
    "to the centre", "to the title", "to the opening", "rank of centrality", "to the one before", "to the one after",
    "date", "money", "numbers", "quoted", "cites",
    "decision", "orders", "due", "reason", "alleges", "recites", "connects",
    "capitals", "court speaks", "holding", "party", "enacts", "common words", "common pairs",
    "document's length", "under law", "under terms", "under issue", "under ruling", "under facts", "under opening",
    "opens a section", "any section", "past half", "cites a lot", "we", "shall", "says", "long-winded", "dense",
    "among the first 20", "among the first 80", "within the first 100 words", "within the first 400 words",
)  # fmt: skip


def features(found: Sequence[Candidate], vectors: torch.Tensor, title: torch.Tensor | None) -> torch.Tensor:
    """One row a candidate, in order. ``vectors``: their unit vectors; ``title``: that of the title, if any."""
    import torch  # noqa: PLC0415 - imported with the encoder, not with the program

    count = len(found)
    centre = vectors.mean(0)
    central = vectors @ (centre / centre.norm().clamp_min(1e-6))
    opening = vectors[:3].mean(0)
    rank = central.argsort().argsort().float() / max(1, count - 1)
    beside = (vectors[1:] * vectors[:-1]).sum(1)
    nothing = torch.zeros(1)
    measured = torch.stack(
        [
            central,
            vectors @ title if title is not None else torch.zeros(count),
            vectors @ opening,
            rank,
            torch.cat([nothing, beside]),
            torch.cat([beside, nothing]),
        ],
        dim=1,
    )
    common = _common(found)
    read = [_read(item, number, found) + common[number] for number, item in enumerate(found)]
    before, after = torch.tensor([row[:8] for row in read]), torch.tensor([row[8:] for row in read])
    size = torch.full((count, 1), math.log1p(count) / 8)
    voice = torch.tensor(_voice(found)).expand(count, -1)
    return torch.cat([before, measured, after, size, torch.tensor(_sections(found)), voice, _depth(found)], dim=1)


def _depth(found: Sequence[Candidate]) -> torch.Tensor:
    """How near the beginning, in sentences and in words whatever the length of the document: 1 there, towards 0."""
    import torch  # noqa: PLC0415

    sentences = torch.arange(float(len(found)))
    words = torch.tensor([0.0, *(float(item.words) for item in found[:-1])]).cumsum(0)
    return torch.stack([sentences / -20, sentences / -80, words / -100, words / -400], dim=1).exp()


_UNDER = ("law", "terms", "issue", "ruling", "facts", "opening")


def _sections(found: Sequence[Candidate]) -> list[list[float]]:
    parted = float(any(item.section for item in found))
    return [
        [
            *(float(item.section == name) for name in _UNDER),
            float(number > 0 and bool(item.section) and found[number - 1].section != item.section),
            parted,
            float(item.position > 0.5),
        ]
        for number, item in enumerate(found)
    ]


def _voice(found: Sequence[Candidate]) -> list[float]:
    """What kind of document this is, by how often its sentences speak like one; 0 to 1 each."""
    count = len(found)
    share = (sum(bool(pattern.search(item.text)) for item in found) / count for pattern in _VOICES)
    words = sum(item.words for item in found) / count
    return [*share, math.log1p(words) / 5, sum(item.cues.recites for item in found) / count]


_VOICES = (
    _CITES,
    re.compile(r"\b(?:[Ww]e|[Oo]ur|I)\b"),
    re.compile(r"\bshall\b"),
    re.compile(r"\b(?:said|says|told)\b"),
)


def _read(item: Candidate, number: int, found: Sequence[Candidate]) -> list[float]:
    text, said, words = item.text, item.cues, item.words
    capitals = sum(word[0].isupper() for word in text.split())
    quoted = sum(map(len, re.findall(r"“[^”]*”|\"[^\"]*\"", text))) / len(text)
    return [
        item.position,
        math.exp(-number / 5),
        math.exp(-(len(found) - 1 - number) / 5),
        float(number == 0),
        float(number == 0 or found[number - 1].paragraph != item.paragraph),
        math.log1p(words) / 4,
        float(words < 9),
        float(words > 45),
        float(bool(DATE.search(text))),
        float(bool(_MONEY.search(text))),
        min(1.0, len(re.findall(r"\d+", text)) / 5),
        quoted,
        min(1.0, len(_CITES.findall(text)) / 3),
        said.decision,
        float(said.orders),
        float(said.due),
        float(said.reason),
        float(said.alleges),
        float(said.recites),
        float(said.connects),
        capitals / words,
        float(bool(_COURT.search(text))),
        float(bool(_HELD.search(text))),
        float(bool(_PARTY.search(text))),
        float(bool(_ACTS.search(text))),
    ]


def _common(found: Sequence[Candidate]) -> list[list[float]]:
    """The shares of words, and of pairs of words, that the document keeps coming back to, a sentence each."""
    words = [[word.lower() for word in _WORD.findall(item.text)] for item in found]
    single = Counter(word for row in words for word in set(row) if len(word) > 3)
    double = Counter(pair for row in words for pair in set(pairwise(row)))
    top = math.log1p(max(single.values(), default=1)), math.log1p(max(double.values(), default=1))
    rows = []
    for row in words:
        longer = [word for word in row if len(word) > 3]
        pairs = list(pairwise(row))
        rows.append(
            [
                sum(math.log(single[word]) for word in longer) / (top[0] * max(1, len(longer))),
                sum(math.log(double[pair]) for pair in pairs) / (top[1] * max(1, len(pairs))),
            ]
        )
    return rows
