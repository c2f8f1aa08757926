"""The line CM/ECF prints on every page of what is filed: taken off the text, read as metadata.

District courts: ``Case 1:25-md-03143-SHS-OTW   Document 231-2   Filed 06/24/25   Page 1 of 3``, with or without colons,
"Doc. #", "Pg" and "PageID #". Courts of appeals each have an order of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.model import Stamp

_GAP = r"[\s,:;#-]*"
_NUMBER = r"(?P<number>\d:\d\d-[a-z]{2}-\d{3,6}(?:-[A-Za-z0-9]+)*|\d{1,2}-\d{1,5}|MDL\s+No\.\s+\d+)"
_DOCUMENT = rf"(?:Document|Doc\.?|DktEntry|Dkt\.?){_GAP}(?P<entry>\d+)(?:-(?P<attachment>\d{{1,4}})(?![\d/]))?"
_FILED = (
    rf"(?:(?:Date\s+)?(?:Filed|Entered)(?:\s+on\s+\S+\s+Docket)?{_GAP})?(?P<filed>\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d))"
)
_PAGE = rf"(?:Page|Pg)\.?{_GAP}(?P<page>\d+)(?:\s*of\s*(?P<pages>\d+))?"
_PAGE_ID = rf"(?:Page|Pg)\.?\s?ID{_GAP}\d*"
# After the case number the other parts come in any order, with at most a receipt number or an id between them.
_STAMP = re.compile(
    r"(?:Case|CASE|Appeal)(?i:(?:\s+No\.)?[\s:#.]*"
    rf"{_NUMBER}(?=[\s,])"
    rf"(?:[\s,;|-]*(?:{_PAGE_ID}|{_PAGE}|{_DOCUMENT}|{_FILED}|ID:\s*\d+|\d{{6,8}}(?=,)))+(?:[ \t-]*\d+\s+of\s+\d+)?)",
)
_BEFORE = re.compile(r"(?:USDC[ \t]+\S+|USCA\d*|Appellate)[ \t]+(?=\n{16})")  # what stood before one that is blanked
# Northern Alabama prints a receipt of its own above the caption.
_RECEIPT = re.compile(
    r"FILED\s+\d{4}\s+[A-Z][a-z]{2}-\d\d\s+[AP]M\s+\d\d:\d\d\s+U\.S\. DISTRICT COURT\s+[NSEWM]\.?D\.? OF [A-Z ]+"
)


def strip_stamps(page: str) -> tuple[str, list[Stamp]]:
    """A page's text with its stamps blanked out by line breaks (its length is kept), and the stamps."""
    found: list[Stamp] = []

    def blank(match: re.Match[str]) -> str:
        # A citation in prose names a case and a document; a stamp also says when, or which page of how many.
        if not (match["filed"] or match["pages"]) or not (match["entry"] or match["pages"]):
            return match[0]
        found.append(_stamp(match))
        return "\n" * len(match[0])

    blanked = _STAMP.sub(blank, page)
    for leftover in (_BEFORE, _RECEIPT) if found else (_RECEIPT,):
        blanked = leftover.sub(lambda match: "\n" * len(match[0]), blanked)
    return blanked, found


def _stamp(match: re.Match[str]) -> Stamp:
    # Courts of appeals print the id of the file (003112692106) where district courts print the docket entry's number.
    entry = int(match["entry"]) if match["entry"] and len(match["entry"]) <= 6 else None
    return Stamp(
        docket_number=" ".join(match["number"].split()),
        entry=entry,
        attachment=None if entry is None else int(match["attachment"] or 0),
        filed=_date(match["filed"]),
        page=int(match["page"]) if match["page"] else None,
        pages=int(match["pages"]) if match["pages"] else None,
    )


def _date(text: str | None) -> date | None:
    if not text:
        return None
    month, day, year = map(int, text.split("/"))
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def own_stamp(stamps: Sequence[Stamp], *, pages: int) -> Stamp | None:
    """The stamp of this filing among all that its pages carry: an exhibit also shows those of earlier filings.

    Its page total is that of the file (confidence .99: right on each of 83 real filings); failing that the most
    frequent one counts, then the latest: .95 where half of the pages bear it and no other, else .8, both by rule.
    """
    counted = Counter(replace(stamp, page=None) for stamp in stamps)
    own = max(counted, key=lambda s: (s.pages == pages, counted[s], s.filed or date.min), default=None)
    if own is None:
        return None
    alone = len(counted) == 1 and 2 * counted[own] >= pages
    first = next(stamp.page for stamp in stamps if replace(stamp, page=None) == own)
    return replace(own, page=first, confidence=0.99 if own.pages == pages else 0.95 if alone else 0.8)
