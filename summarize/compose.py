"""Chosen sentences → `Summary`: roles, headline, the guard, and the hash of all that was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Literal

from pipeline.model import Document, Kind, Passage, Point, Summarizer, Summary
from summarize.candidates import DECIDES, Candidate, pleads
from summarize.ground import grounded
from summarize.headline import headline

SHORT = 60  # words of the short summary
RULES = 5  # raised when the rules change, so that what was summarized under the old ones is done again


def compose(document: Document, chosen: Iterable[Candidate], summarizer: Summarizer) -> Summary:
    """The summary of ``document``: what the guard lets through of ``chosen``, which comes weightiest first."""
    chosen = list(chosen)
    short = brief(chosen)
    points = [Point(item.text, item.start, item.end, role(item, document), item in short) for item in chosen]
    return Summary(
        document=document.id,
        headline=headline(document),
        points=grounded(points, document),
        model=summarizer.name,
        revision=summarizer.revision,
        parameters=summarizer.parameters,
        input_hash=input_hash(document),
    )


def brief(chosen: Sequence[Candidate], words: int = SHORT) -> list[Candidate]:
    """The weightiest of ``chosen``, which comes weightiest first, that ``words`` words hold; always one.

    What leans on the sentence before it follows that one or stays out.
    """
    kept: list[Candidate] = []
    for item in chosen:
        before = max((other for other in chosen if other.start < item.start), key=lambda it: it.start, default=None)
        fits = not kept or sum(other.words for other in kept) + item.words <= words
        if fits and not (item.leans and before and before not in kept):
            kept.append(item)
    return kept or list(chosen[:1])


def role(candidate: Candidate, document: Document) -> Literal["decision", "order", "reason", "background"]:
    """What the sentence does. Nothing is decided in a party's paper, a proposed order included."""
    said = candidate.cues
    if not pleads(document) and (candidate.disposition or said.decision >= DECIDES):
        return "decision"
    orders = said.orders and document.kind is Kind.FILING and not (said.recites or said.alleges or pleads(document))
    if candidate.event or said.due or orders:
        return "order"
    return "reason" if said.reason and not said.alleges else "background"


def parameters(**values: object) -> str:
    """JSON with sorted keys, the number of the rules included."""
    return json.dumps({"rules": RULES, **values}, sort_keys=True)


def input_hash(document: Document) -> str:
    """SHA-256 over everything of the document that a summary depends on. Where it was found does not matter."""

    def passage(item: Passage) -> tuple[int, int]:
        return item.start, item.end

    read = (
        document.kind,
        document.type,
        document.title,
        document.text,
        document.caption,
        document.judge,
        [(item.outcome, item.motion, passage(item.passage)) for item in document.dispositions],
        [passage(item.passage) for item in document.events],
    )
    return "sha256:" + hashlib.sha256(json.dumps(read, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
