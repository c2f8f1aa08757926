"""Sealed, redacted, missing: what the public does not get of a paper, read from the words that say so.

A docket says it of an entry ("SEALED MOTION", "(no document attached)"), a paper of itself: on the sheet that stands in
for a sealed exhibit, or in the heading of the version that the public may read.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.model import Withheld

State = Literal["sealed", "redacted", "missing", "text only"]

_SEALED = r"""
    ^\W*(?:(?:unredacted|second|amended|proposed|joint|ex\ parte)\s+){0,2}sealed\b(?!:|\s+(?:materials?|records?)\b)
    | [(\[*]\s*(?:filed\s+|lodged\s+|submitted\s+)?(?:under\s+seal|sealed|restricted)(?:\s+document)?\s*[)\]*]
    | \s[-–—]\s*(?:sealed|filed\s+under\s+seal)\s*$
    | (?:document|exhibit|entry)\s+is\s+(?:sealed|restricted|under\s+seal) | ^\W*restricted\b
    | selected\s+parties
"""
_REDACTED = r"""
    ^\W*(?:public\s+)?redacted\b(?!\s+transcript)
    | ^\W*redaction\s+(?:to|of|by)\b
    | [(\[*]\s*(?:public\s+)?redacted(?:\s+version)?\s*[)\]*] | \s[-–—]\s*redacted\s*$
    | (?<!un)\bredacted\s+(?:public\s+)?(?:version|copy)\b | \bfiling\s+redacted\s+document
"""
_TEXT_ONLY = r"""
    text[\s-]+(?:entry[\s-]+)?only | no\s+(?:pdf|document|image)\s+(?:is\s+|was\s+)?(?:attached|associated)
    | there\s+is\s+no\s+(?:pdf\s+)?document
"""
_MISSING = r"""
    (?:document|pdf|image)\s+(?:is\s+)?(?:not\s+(?:yet\s+)?available|unavailable|missing|not\s+scanned)
    | notice\s+of\s+manual(?:ly)?\s+fil(?:ing|ed) | manual\s+filing\s+notification
    | (?:filed|lodged|maintained|submitted)\s+(?:conventionally|manually|in\s+(?:paper|physical)(?:\s+form)?)
    | \b(?:document|exhibit|page|tab)s?\s+(?:intentionally\s+)?(?:omitted|left\s+blank|withheld)
"""
# The rest of an entry is about other papers, and about who filed what.
_REST = re.compile(
    r"\(attachments?:|[(\[]entered:|\bdocument filed by\b|\bsigned by\b|\bredaction request\b", re.IGNORECASE
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_OF_ENTRY: tuple[tuple[State, re.Pattern[str]], ...] = (
    ("sealed", _compiled(_SEALED)),
    ("redacted", _compiled(_REDACTED)),
    ("missing", _compiled(_MISSING)),
)
_WITHOUT_PAPER = _compiled(_TEXT_ONLY)


def of_entry(description: str) -> Withheld | None:
    """What a docket entry says of its document; ``text only`` is an entry to which none belongs."""
    cut = _REST.search(description)
    head = description[: cut.start() if cut else 200][:200].strip()
    for state, pattern in _OF_ENTRY:
        if found := pattern.search(head):
            return Withheld(state, _said(found))
    bare = _WITHOUT_PAPER.search(description)
    return Withheld("text only", _said(bare)) if bare else None


def _said(found: re.Match[str]) -> str:
    return " ".join(found[0].split()).strip(" -–—")


# ---------------------------------------------------------------------------------------------- papers

_HEAD = 1500  # characters in which a heading stands
_SHEET = 120  # words: what is longer says something of its own
_SHEET_SAYS = re.compile(
    r"^\W*(?:(?:entire\s+)?(?:document|exhibit|attachment)\b[^\n]{0,60}?)?(?:to\s+be\s+)?"
    r"(?:filed|lodged|submitted|file|kept)?\s*(?:entirely\s+)?under\s+seal\b[^\n]{0,40}$|^\W*sealed(?:\s+\w+)?\W*$",
    re.IGNORECASE | re.MULTILINE,
)
# A short line in capitals, or in brackets: prose, and what a motion asks for, speak of other papers.
_HEADING_SAYS = re.compile(
    r"""
    ^(?=[^a-z\n]*$)(?!.*\b(?:TO\ FILE|MOTION|APPLICATION|FILED\ AT)\b)(?:\S+\ ){0,8}?[^\w\n]*(?<!UN)REDACTED\b
        (?!\ TRANSCRIPT)(?:\ \S+){0,10}$
    | \bREDACTED\ VERSION\ OF\ DOCUMENTS?\ (?:PROPOSED|SOUGHT|REQUESTED)\ TO\ BE\ (?:FILED\ UNDER\ )?SEAL(?:ED)?
    | ^.{0,40}[\[(](?:PUBLIC\ )?(?i:redacted)(?:\ (?i:version))?[\])]
    | ^\W*(?:PUBLIC|Public)(?:[\ ,-]+(?:REDACTED|Redacted))?\ (?:VERSION|Version)\W*$
    """,
    re.MULTILINE | re.VERBOSE,
)


def of_paper(text: str) -> Withheld | None:
    """What a paper says of itself: a sheet that stands in for it, or the heading of its public version."""
    if len(text.split(maxsplit=_SHEET)) <= _SHEET:
        if found := _SHEET_SAYS.search(text):
            return Withheld("sealed", _said(found))
        if found := _OF_ENTRY[2][1].search(text):
            return Withheld("missing", _said(found))
    found = _HEADING_SAYS.search(text[:_HEAD])
    return Withheld("redacted", _said(found)) if found else None
