"""Why each sentence of a document is in its summary, or is not: ``docketwire summarize --explain ID``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.model import Document
from summarize.candidates import pleads
from summarize.compose import role
from summarize.extractive import FILLER, REPEATS, Extractive, Ranked, choose, slots
from summarize.features import NAMES
from summarize.ground import balanced
from summarize.sentences import Sentence, sentences
from summarize.wording import idle

_TOLD = 4  # features named for a sentence
_KINDS = {
    "heading": "a heading",
    "caption": "caption or signature",
    "citation": "only cites",
    "footnote": "a footnote",
    "fragment": "no whole sentence",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence. ``score`` is None for what was left out before anything was ranked."""

    text: str
    start: int
    end: int
    why: str
    place: int | None = None  # in the order in which the sentences were chosen, from 1
    role: str | None = None
    score: float | None = None
    moved: tuple[tuple[str, float], ...] = ()  # (feature, how much of the score is due to it), the weightiest first


def explain(document: Document, extractive: Extractive) -> list[Explained]:
    """The chosen in the order of choice, then the others by score, then in document order what was not ranked."""
    ranked = extractive.rank(document)
    picked = choose(ranked, slots(document), extractive.words)
    of = {item.candidate.start: item for item in ranked}
    chosen = [of[candidate.start] for candidate in picked]
    moved = dict(zip(of, _moved(ranked, document, extractive), strict=True))
    reserved = slots(document)
    found = []
    for place, item in enumerate(chosen, 1):
        why = f"a reserved place (claim {item.claim:.1f})" if item.claim > 0 and place <= reserved else "by its score"
        found.append(_explained(item, why, document, moved[item.candidate.start], place))
    for item in sorted(ranked, key=lambda item: -item.score):
        if item not in chosen:
            why = _not_chosen(item, chosen, extractive.words)
            found.append(_explained(item, why, document, moved[item.candidate.start]))
    return [*found, *_left_out(document, ranked)]


def lines(explained: Sequence[Explained]) -> Iterator[str]:
    """As the terminal shows it: the score, the place, the reason, what moved the score, the words and their offsets."""
    for one in explained:
        score = "     " if one.score is None else f"{one.score:+5.2f}"
        place = f"{one.place:>2} {one.role}" if one.place else " –"
        yield f"{score} {place:<13} {one.why}"
        if one.moved:
            yield " " * 20 + ", ".join(f"{name} {by:+.2f}" for name, by in one.moved)
        yield " " * 20 + f"[{one.start}:{one.end}] {' '.join(one.text.split())}"


def _explained(
    item: Ranked, why: str, document: Document, moved: tuple[tuple[str, float], ...], place: int | None = None
) -> Explained:
    told = item.candidate
    return Explained(told.text, told.start, told.end, why, place, role(told, document), item.score, moved)


def _not_chosen(item: Ranked, chosen: Sequence[Ranked], words: int) -> str:
    """The first of the rules of `choose` that keeps this one out when all the others are in."""
    if item.candidate.leans:
        return "leans on the sentence before it, which is not chosen"
    near = [float(item.vector @ other.vector) for other in chosen]
    if near and max(near) > REPEATS:
        return f"repeats sentence {near.index(max(near)) + 1} (cosine {max(near):.2f})"
    left = words - sum(other.candidate.words for other in chosen)
    if item.candidate.words > left:
        return f"no room: {item.candidate.words} words, {max(0, left)} left"
    return f"not worth the room: score below {FILLER}" if item.score < FILLER else "outranked"


def _moved(
    ranked: Sequence[Ranked], document: Document, extractive: Extractive
) -> Iterator[tuple[tuple[str, float], ...]]:
    """For each sentence the features without which, set to the document's mean, its score would differ most."""
    if not ranked:
        return
    import torch  # noqa: PLC0415

    found = [item.candidate for item in ranked]
    vectors, measured = extractive.measure(document, found)
    scored = partial(extractive.scores, document, found)
    base = scored(vectors, measured)
    effects = []
    for column in range(len(NAMES)):
        without = measured.clone()
        without[:, column] = measured[:, column].mean()
        effects.append(base - scored(vectors, without))
    centre = torch.nn.functional.normalize(vectors.mean(0), dim=0).expand_as(vectors)
    effects.append(base - scored(centre, measured))
    names = (*NAMES, "meaning")
    for row in torch.stack(effects, dim=1).tolist():
        weighty = sorted(zip(names, row, strict=True), key=lambda pair: -abs(pair[1]))[:_TOLD]
        yield tuple((name, by) for name, by in weighty if abs(by) >= 0.05)


def _left_out(document: Document, ranked: Sequence[Ranked]) -> Iterator[Explained]:
    held = {item.candidate.start for item in ranked}
    for one in sentences(document.text):
        if not any(one.start <= start < one.end for start in held):
            yield Explained(one.text, one.start, one.end, f"left out: {_reason(one, document)}")


def _reason(one: Sentence, document: Document) -> str:
    if one.kind != "sentence":
        return _KINDS[one.kind]
    if not balanced(one.text):
        return "a quotation mark or bracket does not close"
    if idle(one.text):
        return "a formula"
    if one.text.endswith("?"):
        return "a question"
    if len(one.text.split()) < 5 or one.text.endswith((":", ";")):
        return "too short, or an item of a list"
    if pleads(document):
        return "a party argues"
    return "not the document's own words, or leaning on a sentence that may not be chosen"
