"""The values of a filing with the words they were read from: what `filing.describe` says, and where it says so.

Confidence is how often such a value was right on the labelled filings (`tests/quality/filings.toml`), rounded down;
amounts, claims and citations set their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.docket_number import find_docket_numbers
from pipeline.model import Passage, Reading
from pipeline.refine import courts
from pipeline.refine.amounts import find_amounts
from pipeline.refine.caption import HEAD, PARTY_END
from pipeline.refine.citations import find_citations
from pipeline.refine.claims import find_claims
from pipeline.refine.judge import find_magistrate, is_signed_by_judge

_SIGNED = re.compile(r"^\W*(?:By:?\s*)?/?s/?/\s*(?P<name>[A-Z][\w.’'-]*(?:[^\S\n]+[A-Z][\w.’'-]*){1,3})", re.MULTILINE)
_PARTIES_PAPERS = frozenset(
    {"motion", "brief", "complaint", "answer", "declaration", "letter", "notice", "statement", "report", "stipulation"}
)
# The words by which a paper without a heading is known (`papers.type_by_formula`).
_FORMULA = {
    "order": r"\b(?:SO )?ORDERED\b", "proposed order": r"\bproposed\W+order\b", "stipulation": r"\bSTIPULATED\b",
    "opinion": r"\bdelivered\s+the\s+opinion\b|\b(?:Justice|Circuit\s+Judge)[.:]|^Per\s+Curiam\b",
    "declaration": r"^\s*I, [^\n]{3,60}, (?:hereby )?declare\b", "letter": r"^Dear\b[^\n]*",
}  # fmt: skip


def read_values(
    text: str,
    *,
    top: str,
    court: str | None,
    title: str | None,
    paper: str | None,
    caption: str | None,
    judge: str | None,
    dates: Sequence[tuple[str, date, Passage]],
    ecf: Sequence[Reading],
) -> tuple[Reading, ...]:
    """Each value that stands in ``text``, in order of appearance. What a stamp or a feed said has no words there.

    ``top`` is the head of ``text``; ``dates`` are (dated, filed or entered, day, words).
    """
    found = [*_court(top, court), *_dockets(top, court), *_type(text, top, title, paper), *_caption(top, caption)]
    found += _people(text, paper, judge)
    found += [Reading(what, day.isoformat(), passage, 0.95) for what, day, passage in dates]
    named = max((reading.passage.end for reading in found if reading.what == "caption"), default=0)
    found += [*ecf, *find_citations(text), *find_claims(text, after=named), *find_amounts(text)]
    return tuple(sorted(found, key=lambda reading: (reading.passage.start, reading.what, reading.value)))


def _court(top: str, court: str | None) -> Iterator[Reading]:
    named = courts.named_court(top)
    if named and named[0] == court:
        yield Reading("court", named[0], _passage(top, *named[1]), 0.97)


def _dockets(top: str, court: str | None) -> Iterator[Reading]:
    seen = set()
    for number in find_docket_numbers(top, court=court):
        if number.court in {None, court} and number.key(court or "") not in seen:
            seen.add(number.key(court or ""))
            yield Reading("docket", number.text, Passage(number.start, number.end, number.text), 0.95)


def _type(text: str, top: str, title: str | None, paper: str | None) -> Iterator[Reading]:
    if paper is None:
        return
    if title and (words := _located(title, top)):
        yield Reading("type", paper, words, 0.97)
    elif paper in _FORMULA and (said := re.search(_FORMULA[paper], text, re.MULTILINE)):
        yield Reading("type", paper, Passage(said.start(), said.end(), said[0]), 0.9)


def _caption(top: str, caption: str | None) -> Iterator[Reading]:
    """The caption and, of two sides, each; from the first word of the one to the last of the other."""
    if caption is None:
        return
    left, _, right = caption.partition(" v. ")
    first = _located(left, top)
    if first and right:
        second = _located(right, top, after=first.end)
        if second:
            role, other = _roles(top[first.end : second.end + 80])
            yield Reading("caption", caption, _passage(top, first.start, second.end), 0.95)
            yield Reading("party", f"{role}: {left}", first, 0.95)
            yield Reading("party", f"{other}: {right}", second, 0.95)
    elif first:
        yield Reading("caption", caption, first, 0.95)


def _roles(between: str) -> tuple[str, str]:
    """What the two sides are called: plaintiff and defendant, unless the caption says otherwise."""
    said = [line.strip(" ,.;").lower().rstrip("s") for line in between.split("\n") if PARTY_END.match(line.strip())]
    for one, other in (("petitioner", "respondent"), ("appellant", "appellee")):
        if any(one in word or other in word for word in said):
            return one, other
    return "plaintiff", "defendant"


def _people(text: str, paper: str | None, judge: str | None) -> Iterator[Reading]:
    if judge:
        signed = is_signed_by_judge(text)
        words = _located(judge, text, last=True) if signed else _located(judge, text[: 4 * HEAD])
        if words:
            yield Reading("judge", judge, words, 0.97 if signed else 0.9)
            if paper in {"order", "opinion", "judgment"} and signed:
                yield Reading("author", judge, words, 0.95)
    if magistrate := find_magistrate(text):
        yield Reading("magistrate", magistrate[0], magistrate[1], 0.9)
    if paper in _PARTIES_PAPERS and (signature := _SIGNED.search(text)):
        # Beside the signature its name may be typed again, or the next line's words begin.
        name = re.match(r"(\S+)(?:\s+(?!\1\b|[A-Z]{2,}\b)\S+)*", signature["name"])
        said = name[0] if name and " " in name[0] and not signature["name"].isupper() else signature["name"]
        start = signature.start("name")
        yield Reading("author", " ".join(said.split()), Passage(start, start + len(said), said), 0.9)


def _located(value: str, text: str, *, after: int = 0, last: bool = False) -> Passage | None:
    """Where the words of a value stand, whatever spaces, punctuation and capitals the paper gives them."""
    words = re.findall(r"\w+", value)
    if not words:
        return None
    pattern = re.compile(r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b", re.IGNORECASE)
    found = [*pattern.finditer(text, after)]
    return _passage(text, *found[-1 if last else 0].span()) if found else None


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(start, end, text[start:end])
