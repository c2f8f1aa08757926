"""(old, new) → what should happen to the store. Touches nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pipeline.model import Add, Change, DocketEntry, Document, PageClass, Revise, Same
from pipeline.refine import prose


def decide(old: Document | None, new: Document) -> Change:
    """Add what is unknown, revise what reads differently, and leave the rest untouched.

    Where and when the bytes were fetched is no difference: a page fetched again that says the same keeps the
    provenance of the first night it was seen. A page that was readable once is not replaced by the consent page, the
    error or the teaser that stands at its address today; a reservation, though, counts from the night it is first
    stated.
    """
    if old is None:
        return Add(new)
    if replace(new, provenance=old.provenance) == old or (new.state != "reserved" and _gives(new) < _gives(old)):
        return Same(old)
    removed, added = _sentences(old), _sentences(new)
    return Revise(new, was=old, removed=(removed - added).total(), added=(added - removed).total())


def _sentences(document: Document) -> Counter[str]:
    """Each sentence with how often it stands there; of a title alone, nothing."""
    return Counter(" ".join(sentence.text.split()) for sentence in prose.sentences(document.text))


def _gives(document: Document) -> int:
    """How much a page gave: 2 all of it, 1 its opening or its feed's own words, 0 nothing."""
    if document.state == "read" and document.page_class is not PageClass.TEASER:
        return 2
    return 1 if document.state == "unavailable" or document.text else 0


def decide_entry(old: DocketEntry | None, new: DocketEntry) -> DocketEntry | None:
    """The row to store, or None when nothing changes. A stub never overwrites a fuller row."""
    if old is None:
        return new
    merged = replace(
        old,
        number=old.number if new.number is None else new.number,
        filed=old.filed or new.filed,
        type=new.type or old.type,
        description=max(old.description, new.description, key=len),
        caption=old.caption or new.caption,
        url=old.url or new.url,
        document_url=old.document_url or new.document_url,
        withheld=new.withheld or old.withheld,
    )
    return None if merged == old else merged
