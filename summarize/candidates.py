"""Which sentences of a document may stand in its summary at all, before anything is ranked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Document, Kind, Passage
from summarize.ground import balanced
from summarize.sentences import Sentence, sentences, without_mark
from summarize.wording import Cues, afterword, cues, idle

_LEAST_WORDS = 5
_ITEM = (";", "; and", "; or")
# "It has until January 29", "They may not do so": of whom, says a sentence that may not be chosen. "She gave Brook
# until July 18" leans too, but who decides and orders is the judge.
_LEANS = re.compile(r"(?:It|They|This|These|Those|Both|Their|Its)\s|(?P<judge>He|She|His|Her)\s")
DECIDES = 0.5  # cues.decision from here on is taken for a decision

_NAMES = re.compile(
    r"(?P<ruling>order|opinion|judgment|decision|ruling|memorandum and|findings|decree|minute)"
    r"|proposed|motion|brief|complaint|petition|declaration|letter|stipulat|memorandum|opposition|objection|reply|answer",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that could be published: ``document.text[start:end] == text``, marks trimmed."""

    text: str
    start: int
    end: int
    paragraph: int
    position: float  # 0 at the start of the document's own words, towards 1 at their end
    cues: Cues
    disposition: bool  # the reader of the filing found a disposition in it
    event: bool  # … a deadline or hearing

    @property
    def words(self) -> int:
        return len(self.text.split())


def candidates(document: Document) -> list[Candidate]:
    """In document order.

    Left out: headings, caption, signature, footnotes, citations, fragments, questions, formulas, words inside
    somebody's longer quotation, and everything under "Further reading" and the like; of news, what opens with a
    pronoun, unless there is nothing else.
    """
    own = list(_own_words(sentences(document.text)))
    last = max(1, len(own) - 1)
    found = []
    for number, sentence in enumerate(own):
        start, end = without_mark(document.text, sentence.start, sentence.end)
        text = document.text[start:end]
        disposition = _touches(start, end, (item.passage for item in document.dispositions))
        said = cues(text, document.kind)
        decides = disposition or said.decision >= DECIDES
        # "The appeal is dismissed." is short, and "REMANDED for the following:" ends in a colon; both decide. An item
        # of a list that neither decides nor orders is a thing in a heap.
        loose = len(text.split()) < _LEAST_WORDS or text.endswith((":", *_ITEM))
        if loose and not (decides or (said.orders and text.endswith(_ITEM))):
            continue
        if idle(text) or not balanced(text) or text.endswith("?") or text == document.title:
            continue
        found.append(
            Candidate(
                text,
                start,
                end,
                sentence.paragraph,
                number / last,
                said,
                disposition,
                _touches(start, end, (item.passage for item in document.events)),
            )
        )
    if document.kind is not Kind.FILING:
        return [item for item in found if not _leans(item)] or found
    # A party's paper argues: its sentences would stand as facts, but for those that say what the party asks.
    asking = [item for item in found if item.event or item.cues.asks]
    return asking if asking and pleads(document) else found


def _leans(item: Candidate) -> bool:
    opening = _LEANS.match(item.text)
    ruled = item.event or item.cues.due or item.cues.orders or item.cues.decision >= DECIDES
    return opening is not None and not (opening["judge"] and ruled)


def rules(document: Document) -> bool:
    """Whether this is a court's own ruling, by its type or else its title."""
    return document.kind is Kind.FILING and _named(document) == "ruling"


def pleads(document: Document) -> bool:
    """Whether this is a party's paper, which asks and argues; a proposed order is one."""
    return document.kind is Kind.FILING and _named(document) == "plea"


def _named(document: Document) -> str | None:
    """What a type or title is by its first telling word: "Order on Motion to Seal" is not "Motion for an Order"."""
    name = _NAMES.search(document.type or document.title)
    if name is None or name.lastgroup == "ruling":
        return name and ("plea" if "proposed" in name.string.lower() else "ruling")
    return "plea"


def _own_words(parts: Iterable[Sentence]) -> Iterable[Sentence]:
    """The sentences in which the document speaks for itself: no quotation that began earlier, no afterword."""
    paragraph, open_marks, afterwords = -1, 0, False
    for part in parts:
        if part.kind == "heading":
            afterwords = afterword(part.text)
        if part.paragraph != paragraph:
            paragraph, open_marks = part.paragraph, 0
        quoted = open_marks > 0 or _only_quotes(part.text)
        open_marks = max(0, open_marks + part.text.count("“") - part.text.count("”"))
        if part.text.count('"') % 2:
            open_marks = 0 if open_marks else 1
        if part.kind == "sentence" and not afterwords and not quoted:
            yield part


def _only_quotes(text: str) -> bool:
    """Hardly a word stands outside the quotation marks: nobody is said to have said it."""
    outside = re.sub(r"“[^”]*”?|\"[^\"]*\"?", "", text)
    return text.startswith(("“", '"')) and len(outside.split()) < 2


def _touches(start: int, end: int, passages: Iterable[Passage]) -> bool:
    return any(passage.start < end and start < passage.end for passage in passages)
