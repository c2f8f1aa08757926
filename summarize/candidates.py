"""Which sentences of a document may stand in its summary at all, before anything is ranked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Document, Kind, Passage
from summarize.ground import balanced
from summarize.sentences import Sentence, sentences, without_mark
from summarize.wording import (
    Cues,
    afterword,
    asides_of_others,
    bare_ruling,
    briefing,
    cues,
    from_the_bench,
    idle,
    label,
    leans,
    narrates,
    section,
)

_LEAST_WORDS = 5
_REMARK = {Kind.FILING: 8}  # words under which a sentence that neither decides nor asks only fills up …
_NEWS_REMARK = 10
_ENOUGH = 5  # sentences that tell, to leave out those that only quote or remark
_FULL = 8  # words of a ruling that says on what it rules
_FEW = 12  # … a document of more sentences than these
_ITEM = (";", "; and", "; or")
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
    leans: bool = False  # only the sentence before it says of whom or what it speaks
    section: str = ""  # what the part it stands in does, by its heading (`wording.section`)

    @property
    def words(self) -> int:
        return len(self.text.split())


def candidates(document: Document) -> list[Candidate]:
    """In document order.

    Left out: headings, caption, signature, footnotes, citations, fragments, questions, formulas, words inside
    somebody's longer quotation, labels, the law that a paper recites under a heading of its own, and everything under
    "Further reading" and the like.
    """
    ruling = rules(document)
    own = list(_own_words(sentences(document.text)))
    last = max(1, len(own) - 1)
    found = []
    for number, (sentence, part) in enumerate(own):
        start, end = without_mark(document.text, sentence.start, sentence.end)
        text = document.text[start:end]
        disposition = _touches(start, end, (item.passage for item in document.dispositions))
        event = _touches(start, end, (item.passage for item in document.events))
        said = cues(text, document.kind)
        decides = disposition or said.decision >= DECIDES
        does = event or said.due or said.orders or said.asks
        if (
            text == document.title
            or _no_statement(text, said, decides=decides)
            or (not decides and part == "law" and document.kind is Kind.FILING)
            or (not decides and part != "issue" and label(text))
            or (not (decides or event or said.orders) and ruling and briefing(text))
            or (
                len(own) > _FEW
                and len(text.split()) < _REMARK.get(document.kind, _NEWS_REMARK)
                and not (decides or does)
            )
        ):
            continue
        leaning = _leans(text, said, event=event, kind=document.kind)
        found.append(
            Candidate(
                text,
                start,
                end,
                sentence.paragraph,
                number / last,
                said,
                disposition,
                event,
                leaning,
                part,
            )
        )
    if document.docket_entry and not found:
        return _clerks_line(document)
    if document.kind is not Kind.FILING:
        told = [item for item in found if item.cues.decision >= DECIDES or not asides_of_others(item.text)]
        return told if len(told) >= _ENOUGH else found
    found = [item for item in found if not _said_again(item, found)]
    # A party's paper argues: its sentences would stand as facts, but for those that say what the party asks.
    asking = [item for item in found if item.event or item.cues.asks]
    return asking if asking and pleads(document) else found


def _said_again(item: Candidate, found: Iterable[Candidate]) -> bool:
    """Whether it does no more than to repeat, without saying on what, a ruling that another sentence gives in full."""
    does = bare_ruling(item.text)
    stems = (
        frozenset(word[:5] for word in re.findall(r"\w{4,}", other.text.lower()))
        for other in found
        if other.words > _FULL and (other.disposition or other.cues.decision >= DECIDES)
    )
    return bool(does) and any(does <= said for said in stems)


def _clerks_line(document: Document) -> list[Candidate]:
    """“NOTICE OF HEARING: Oral Argument set for 1/12/2027” has the form of a label, and is all that the court says."""
    found = []
    for part in sentences(document.text):
        disposition = _touches(part.start, part.end, (item.passage for item in document.dispositions))
        event = _touches(part.start, part.end, (item.passage for item in document.events))
        if disposition or event:
            said = cues(part.text, document.kind)
            found.append(Candidate(part.text, part.start, part.end, part.paragraph, 0.0, said, disposition, event))
    return found


def _no_statement(text: str, said: Cues, *, decides: bool) -> bool:
    """A fragment, a question, a formula, or words in marks that do not close."""
    # "The appeal is dismissed." is short, and "REMANDED for the following:" ends in a colon; both decide. An item
    # of a list that neither decides nor orders is a thing in a heap.
    loose = len(text.split()) < _LEAST_WORDS or text.endswith((":", *_ITEM))
    if loose and not (decides or (said.orders and text.endswith(_ITEM))):
        return True
    if idle(text) or not balanced(text) or text.endswith("?"):
        return True
    return not decides and text[0].islower()


def _leans(text: str, said: Cues, *, event: bool, kind: Kind) -> bool:
    """In news, "She gave Brook until July 18" stands alone: who decides and orders is the judge."""
    ruled = event or said.due or said.orders or said.decision >= DECIDES
    if kind is not Kind.FILING and narrates(text):
        return True
    leaning = leans(text)
    return leaning == "thing" or (leaning == "person" and not (ruled and kind is not Kind.FILING))


def rules(document: Document) -> bool:
    """Whether this is a court's own ruling, by its type or else its title, or else by how it speaks."""
    if document.kind is not Kind.FILING:
        return False
    named = _named(document)
    return named == "ruling" or (named is None and document.type is None and from_the_bench(document.text))


def pleads(document: Document) -> bool:
    """Whether this is a party's paper, which asks and argues; a proposed order is one."""
    return document.kind is Kind.FILING and _named(document) == "plea"


def _named(document: Document) -> str | None:
    """What a type or title is by its first telling word: "Order on Motion to Seal" is not "Motion for an Order"."""
    name = _NAMES.search(document.type or document.title)
    if name is None or name.lastgroup == "ruling":
        return name and ("plea" if "proposed" in name.string.lower() else "ruling")
    return "plea"


def _own_words(parts: Iterable[Sentence]) -> Iterable[tuple[Sentence, str]]:
    """The sentences in which the document speaks for itself: no quotation that began earlier, no afterword."""
    paragraph, open_marks, afterwords, under = -1, 0, False, ""
    for part in parts:
        if part.kind == "heading":
            afterwords = afterword(part.text)
            under = section(part.text)
        if part.paragraph != paragraph:
            paragraph, open_marks = part.paragraph, 0
        if part.text.startswith("“"):
            open_marks = 0  # nobody opens a second quotation inside the first: that one's closing mark was forgotten
        quoted = open_marks > 0 or _only_quotes(part.text)
        open_marks = max(0, open_marks + part.text.count("“") - part.text.count("”"))
        if part.text.count('"') % 2:
            open_marks = 0 if open_marks else 1
        if part.kind == "sentence" and not afterwords and not quoted:
            yield part, under


def _only_quotes(text: str) -> bool:
    """Hardly a word stands outside the quotation marks: nobody is said to have said it."""
    outside = re.sub(r"“[^”]*”?|\"[^\"]*\"?", "", text)
    return text.startswith(("“", '"')) and len(outside.split()) < 2


def _touches(start: int, end: int, passages: Iterable[Passage]) -> bool:
    return any(passage.start < end and start < passage.end for passage in passages)
