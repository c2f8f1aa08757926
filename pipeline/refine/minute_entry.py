"""A docket entry without a number, told by two sources: when it is one and the same.

A court numbers entries that have a document. A minute entry or an order that is text alone has no number, so a court's
feed, CourtListener and a page of the docket each give it an id of their own. Two such rows are one entry only when
something shows it; two rows too many are better than one entry lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import DocketEntry

_SUBSTANCE = 8  # words: the text of an entry, where “Minute Entry” or “Order” is but the name of its kind


def same_minute_entry(
    entry: DocketEntry, known: Iterable[DocketEntry], *, beside: Iterable[DocketEntry]
) -> DocketEntry | None:
    """The one of ``known``, rows of other sources, that ``entry`` is; None when none is, or more than one may be.

    ``beside`` is what came in the same answer: when another line of it would fit as well, nobody can tell them apart.
    """
    found = [row for row in known if agree(entry, row)]
    if len(found) != 1 or any(agree(other, found[0]) for other in beside if other.id != entry.id):
        return None
    return found[0]


def agree(one: DocketEntry, other: DocketEntry) -> bool:
    """Whether two unnumbered lines of one docket say the same thing of the same moment.

    Where both know the time, it must be the same minute, and one text must begin with the other: a feed says "Minute
    Entry", the docket "Minute Entry for proceedings held before …". Where a time is missing, the same day and the same
    text are asked for, and text that says more than what kind of entry it is.
    """
    if one.docket != other.docket or one.number or other.number or not (one.filed and other.filed):
        return False
    short, long = sorted((_words(one.description), _words(other.description)), key=len)
    if "day" in {one.filed.precision, other.filed.precision}:
        return one.filed.at.date() == other.filed.at.date() and short == long and len(long) >= _SUBSTANCE
    minutes = {entry.filed.at.replace(second=0, microsecond=0).timestamp() for entry in (one, other) if entry.filed}
    return len(minutes) == 1 and bool(short) and long[: len(short)] == short


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
