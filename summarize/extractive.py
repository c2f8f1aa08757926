"""The default: a transformer's sentence vectors say what the document is about, its words what was decided and is due.

A trained head scores every sentence from its vector and its features (`summarize.head`); where its weights are missing,
a fixed sum of closeness to the document's centre and title, position and cues does. Decisions and dates take reserved
places first; the rest of the budget goes to the best remaining sentences that do not repeat what is already said
(maximal marginal relevance, Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import Document, Kind, Summary, Told
from summarize.candidates import DECIDES, Candidate, candidates, pleads, rules
from summarize.compose import compose, parameters
from summarize.encoder import Encoder
from summarize.features import NAMES, features
from summarize.story import tell
from summarize.wording import aside, counts, from_the_bench, of_the_rest, outcomes

if TYPE_CHECKING:
    import torch

    from summarize.head import Head

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "models" / "extractive.safetensors"
_LOUD = 0.99  # cues.decision of what is decided in capitals
_REST = 1.5  # what a ruling on all other respects yields to the ruling that it completes
_LEDE = 2.0  # what news gains where it begins, the next sentences ever less: journalists say the news first
_BEGINS = 0.5  # of the best closeness to the title that has it; before that, somebody's story leads up to the news
_LEADS_UP = 0.5  # what those sentences lose
_TITLED = 1.5  # what a news sentence gains by being closer to the title than others
_ASIDE = 1.0  # what it loses when it is all quotation, or the writer's own remark
_NEWNESS = 0.8  # what likeness to a chosen sentence costs, in deviations of the score
FILLER = -0.75  # a score from which down a sentence is not worth the words that are left
_FEW = 6
_MOST = 5  # sentences: what comes after them is mostly idle
_MODEL = 0.5  # what the model's score weighs among the claims to a reserved place
_LENGTH = 0.01  # … and each of its words
_REASON = 0.3  # what a reason gains by standing beside its decision
_FILLS = 1.0  # what a sentence that would be the last gains by using all the words that are left
_NEAR = 40  # characters between a sentence and the one it leans on
REPEATS = 0.8  # cosine from which two sentences say the same


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A candidate with its score, its share of reserved places, and its unit vector."""

    candidate: Candidate
    score: float
    claim: float  # how strongly it claims a reserved place; 0 for none
    vector: torch.Tensor


class Extractive:
    """A `pipeline.model.Summarizer` that publishes only sentences of the document."""

    name = "extractive"

    def __init__(self, encoder: Encoder | None = None, *, words: int, weights: Path = WEIGHTS) -> None:
        self.words = words
        self.parameters = parameters(words=words)
        self._encoder = encoder or Encoder()
        self.revision = self._encoder.revision
        self._weights = weights if weights.is_file() else None
        if self._weights:
            self.revision += "+" + hashlib.sha256(self._weights.read_bytes()).hexdigest()[:8]

    def summarize(self, documents: Sequence[Document]) -> list[Summary]:
        """Raises `ModelError` when the encoder's weights are missing, or any weights are not what they should be."""
        return [self._one(document) for document in documents]

    def tell(self, story: Sequence[tuple[Document, Summary]]) -> tuple[Told, ...]:
        """What the articles of one story report together: see `summarize.story`."""
        return tell(story, self._encoder)

    def rank(self, document: Document) -> list[Ranked]:
        """Every candidate with its score, in document order."""
        found = candidates(document)
        if not found:
            return []
        vectors, measured = self.measure(document, found)
        scores = self.scores(document, found, vectors, measured)
        ruling = rules(document)
        return [
            Ranked(item, score, _claim(item, document, ruling=ruling), vector)
            for item, score, vector in zip(found, scores.tolist(), vectors, strict=True)
        ]

    def measure(self, document: Document, found: Sequence[Candidate]) -> tuple[torch.Tensor, torch.Tensor]:
        """Unit vectors (sentences, 384) and features (sentences, len(NAMES)) of its candidates."""
        encoded = self._encoder.encode([document.title, *(item.text for item in found)])
        vectors = encoded[1:]
        return vectors, features(found, vectors, encoded[0] if document.title else None)

    def scores(
        self, document: Document, found: Sequence[Candidate], vectors: torch.Tensor, measured: torch.Tensor
    ) -> torch.Tensor:
        """One score a candidate, (sentences,), in deviations from the document's mean; news has its lead besides."""
        import torch  # noqa: PLC0415 - it comes with the first document

        scores = self._head.scores(vectors, measured) if self._head else _by_hand(found, measured, document.kind)
        if document.kind is Kind.FILING:
            return scores
        titled = measured[:, NAMES.index("to the title")]
        asides = torch.tensor([aside(item.text) for item in found])
        after = torch.arange(len(found)) - _lede(found, titled.tolist(), asides.tolist())
        lede = torch.where(after >= 0, _LEDE * (after / -3).exp(), torch.tensor(-_LEADS_UP))
        return scores + lede + _TITLED * (titled - titled.mean()) - _ASIDE * asides

    def _one(self, document: Document) -> Summary:
        ranked = self.rank(document)
        return compose(document, choose(ranked, slots(document), self.words), self)

    @cached_property
    def _head(self) -> Head | None:
        if self._weights is None:
            return None
        from summarize.head import Head  # noqa: PLC0415 - torch comes with the first document

        return Head.load(self._weights)


def slots(document: Document) -> int:
    """Places reserved for decisions and dates: three for rulings and news, one for parties' papers.

    A paper that does not say what it is has one, when it speaks from the bench, else two.
    """
    if document.kind is not Kind.FILING:
        return 3
    if document.type is None and from_the_bench(document.text):
        return 1
    return 3 if rules(document) else 1 if document.type or pleads(document) else 2


def choose(ranked: Sequence[Ranked], reserved: int, words: int) -> list[Candidate]:
    """The weightiest first: the claims to a reserved place, then the rest by score.

    At most ``words`` words, but always one sentence; five sentences, or one for every thirty words when that is more.

    A sentence that leans on the one before it follows only where that one was chosen.
    """
    chosen: list[Ranked] = []
    filler = FILLER if len(ranked) > _FEW else -math.inf  # deviations mean little among a few
    leaning = _leaning(ranked)

    def left() -> int:
        return words - sum(other.candidate.words for other in chosen)

    def fits(item: Ranked) -> bool:
        return (not chosen or item.candidate.words <= left()) and not any(_same(item, other) for other in chosen)

    def stands(item: Ranked) -> bool:
        before = leaning.get(item.candidate.start)
        return before is None or any(other.candidate.start == before for other in chosen)

    ranked = _whole_rulings(ranked)
    claims = sorted(
        (item for item in ranked if item.claim > 0), key=lambda item: (-_weight(item), item.candidate.start)
    )
    for item in claims:
        if len(chosen) < reserved and fits(item):
            chosen.append(item)
    rest = [item for item in ranked if item not in chosen]
    most = max(_MOST, words // 30)
    while rest and len(chosen) < most:
        # A first sentence beyond the budget is better than none, but only when every sentence is.
        rest = [item for item in rest if fits(item) and (len(chosen) < 2 or item.score >= filler)]
        within = [item for item in rest if item.candidate.words <= words and stands(item)] or (
            rest if not chosen else []
        )
        if not within:
            break
        fills = _FILLS / left() if len(chosen) == most - 1 else 0.0
        worth = {item: _worthwhile(item, chosen) + fills * item.candidate.words for item in within}
        best = max(within, key=lambda item: (worth[item], -item.candidate.start))
        chosen.append(best)
        rest.remove(best)
    return [item.candidate for item in chosen]


def _whole_rulings(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Without the rulings on some counts of a complaint where another sentence rules on these and more, as clearly."""
    ruled = {item: (counts(item.candidate.text), outcomes(item.candidate.text)) for item in ranked if item.claim > 0}

    def said_again(item: Ranked) -> bool:
        own, did = ruled.get(item, (frozenset(), frozenset()))
        return bool(own) and any(own < more and did <= does and "in part" not in does for more, does in ruled.values())

    return [item for item in ranked if not said_again(item)]


def _lede(found: Sequence[Candidate], titled: Sequence[float], asides: Sequence[float]) -> int:
    """Where the news begins: at the first sentence that speaks of what the title does, stands alone and tells it."""
    least = _BEGINS * max(titled)
    tells = (at for at, item in enumerate(found) if titled[at] >= least and not item.leans and asides[at] < 0.5)
    return next(tells, 0)


def _weight(item: Ranked) -> float:
    """Among those that claim a place: a ruling's last word, what a syllabus would hold, and rather the shorter one."""
    return item.claim + _MODEL * item.score - _LENGTH * item.candidate.words


def _worthwhile(item: Ranked, chosen: Sequence[Ranked]) -> float:
    return item.score - _NEWNESS * _nearest(item, chosen) + _REASON * any(_explains(item, other) for other in chosen)


def _explains(item: Ranked, other: Ranked) -> bool:
    """A reason in the paragraph of the decision that it is given for."""
    near = item.candidate.paragraph == other.candidate.paragraph
    return near and item.candidate.cues.reason and other.claim > 0


def _leaning(ranked: Sequence[Ranked]) -> dict[int, int]:
    """Where a leaning sentence starts → where the sentence before it does; none where all lean."""
    if all(item.candidate.leans for item in ranked):
        return {}
    found = {}
    for number, item in enumerate(ranked):
        if item.candidate.leans:
            before = ranked[number - 1].candidate if number else None
            near = before is not None and item.candidate.start - before.end < _NEAR
            found[item.candidate.start] = before.start if before and near else -1
    return found


def _nearest(item: Ranked, chosen: Sequence[Ranked]) -> float:
    return max((float(item.vector @ other.vector) for other in chosen), default=0.0)


def _same(item: Ranked, other: Ranked) -> bool:
    return float(item.vector @ other.vector) > REPEATS


def _claim(item: Candidate, document: Document, *, ruling: bool) -> float:
    """Decisions first, and among them what the filing's reader found; then orders that set a date."""
    said = item.cues
    claim = 1.0 + said.decision if said.decision >= DECIDES else 0.0
    if item.disposition:  # the filing's reader tied it to what was asked, however mild its wording
        claim = 1.0 + max(claim, 1.0 + DECIDES)
    claim += 0.6 * item.event - _REST * (claim > 0 and of_the_rest(item.text))
    if said.due and (said.orders or claim):
        claim += 0.5
    if document.kind is not Kind.FILING:
        return claim + 0.3 * (1 - item.position) if claim else 0.0
    read = item.disposition or item.event
    if not claim or (said.recites and not read):
        return 0.0
    # Any paper may say that something "is granted"; only a ruling says it of itself, or in capitals.
    if not (read or ruling or said.decision >= _LOUD):
        return 0.0
    # A ruling stands at the end of an order and, in short orders, at its start: the middle recites.
    return claim + 0.3 * abs(2 * item.position - 1) + 0.6 * (item.section == "ruling")


def _by_hand(found: Sequence[Candidate], measured: torch.Tensor, kind: Kind) -> torch.Tensor:
    """What stands in for the head when its weights are missing. On the same scale: mean 0, deviation 1."""
    import torch  # noqa: PLC0415

    central, titled = measured[:, NAMES.index("to the centre")], measured[:, NAMES.index("to the title")]
    scores = central + 0.3 * titled + torch.tensor([_worth(item, kind) for item in found])
    return (scores - scores.mean()) / scores.std(correction=0).clamp_min(1e-6)


def _worth(item: Candidate, kind: Kind) -> float:
    said = item.cues
    worth = 0.4 * math.exp(-4 * item.position)
    worth += 0.4 * said.decision + 0.2 * item.event + 0.15 * said.due + 0.1 * (said.orders or said.reason)
    worth -= 0.15 * said.recites + 0.25 * said.connects + 0.15 * (said.alleges and kind is Kind.FILING)
    # Neither a remark nor a paragraph of one sentence summarizes well.
    return worth - 0.02 * max(0, 12 - item.words) - 0.006 * max(0, item.words - 45)
