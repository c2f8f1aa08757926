"""A docket entry whose own words order, decide or set something → Document.

Much that a court decides has no paper: text orders, minute entries, notices of a hearing. The clerk's words on the
docket are then the ruling itself; and of an order whose paper is not public they are all there is.
"""

from __future__ import annotations

import hashlib
import re
from textwrap import shorten

from pipeline.model import DocketEntry, Document, Kind, PageClass, Provenance
from pipeline.refine import courts
from pipeline.refine.dispositions import dispositions
from pipeline.refine.docket_feed import behind_pacer
from pipeline.refine.events import find_events
from pipeline.refine.filing import ecf_references
from pipeline.refine.judge import find_judge
from pipeline.refine.readings import read_values

READER = "docket text 1"

_MINUTES = re.compile(
    r"\W*(?:(?:electronic|text|clerk['’]s)\s+){0,2}(?:(?:civil|courtroom)\s+)?minute(?:s\b|\s+entr)", re.IGNORECASE
)
# Of notices only those that call parties to court.
_CALLS = re.compile(
    r"\W*(?:\w+\s+){0,3}?notice\s+(?:\w+\s+){0,3}?(?:\w*setting|hearing|conference|argument|trial)\b", re.IGNORECASE
)


def text_order(entry: DocketEntry, provenance: Provenance) -> Document | None:
    """The entry's description as a filing; None where it is no court's, or was filed nobody knows when.

    Whether it says anything is for `says_something`: one that said something once may be corrected to say nothing.
    """
    paper = _paper(entry)
    if paper is None or entry.filed is None:
        return None
    text, court = entry.description, entry.docket.partition(":")[0]
    judge, ecf = find_judge(text), ecf_references(text)
    opening = shorten(text, 120, placeholder=" …")  # a clerk begins with what it is: "Minute Entry for proceedings …"
    return Document(
        id=hashlib.sha256(f"docket entry\n{entry.id}".encode()).hexdigest()[:12],
        kind=Kind.FILING,
        page_class=PageClass.FILING,
        title=f"Docket text{f' of ECF {entry.number}' if entry.number else ''}: {opening}",
        text=text,
        provenance=provenance,
        type=paper,
        url=entry.url if entry.url and not behind_pacer(entry.url) else None,
        published=entry.filed,
        court=court,
        caption=entry.caption,
        judge=judge,
        entry_number=entry.number,
        ecf_references=tuple(int(reference.value) for reference in ecf),
        dispositions=dispositions(text, paper=paper),
        events=find_events(text, dated=entry.filed.day, zone=courts.zone(court), kind=Kind.FILING, paper=paper),
        readings=read_values(
            text, top="", court=court, title=None, paper=paper, caption=None, judge=judge, dates=(), ecf=ecf
        ),
        withheld=entry.withheld,
        docket_entry=entry.id,
    )


def says_something(document: Document) -> bool:
    """Whether it decides something or sets a date."""
    return bool(document.dispositions or document.events)


def _paper(entry: DocketEntry) -> str | None:
    """The kind of paper a court's entry stands for; None for a party's, and for bookkeeping."""
    match entry.type:
        case "order" if _MINUTES.match(entry.description):
            return "minute entry"
        case "order" | "opinion" | "judgment":
            return entry.type
        case "notice" if _CALLS.match(entry.description):
            return "notice"
        case _:
            return None
