"""Which dates of a matter later papers have moved, and which they only repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from pipeline.model import Document, Event, EventState
from pipeline.refine.events import same_subject


class Fate(NamedTuple):
    """What became of one event: ``document``'s event number ``position``, at the hands of the document ``by``."""

    document: str
    position: int
    fate: Literal["superseded", "repeated"]
    by: str


class _Live(NamedTuple):
    paper: Document
    position: int
    event: Event


_MOVES = re.compile(
    r"\b(?:re-?set|continue[ds]|continuing|adjourn\w*|extend\w*|reschedul\w*|postpon\w*|advanc\w*|moved|vacat\w*)\b",
    re.IGNORECASE,
)


def fates(papers: Iterable[Document]) -> list[Fate]:
    """What became of the events of one matter's filings. An event that is not named stands as it was read.

    A date that a later paper takes back ("previously set for") or moves ("is RESET to", of the same subject) is
    superseded by it. A date told again is "repeated": the paper that told it first, or with its hour, keeps the event.
    """
    live: list[_Live] = []
    found: list[Fate] = []
    for paper in sorted(papers, key=_when):
        own: list[_Live] = []
        for position, event in enumerate(paper.events):
            if event.state is EventState.REPORTED:
                continue
            here = _Live(paper, position, event)
            for old in [old for old in live if _same(old.event, event)]:
                if event.state is EventState.SUPERSEDED:
                    live.remove(old)
                    found += [Fate(old.paper.id, old.position, "superseded", paper.id)]
                    found += [Fate(paper.id, position, "repeated", old.paper.id)]
                elif old.event.starts.precision == "day" and event.starts.precision == "minute":
                    live.remove(old)
                    found.append(Fate(old.paper.id, old.position, "repeated", paper.id))
                    own.append(here)
                else:
                    found.append(Fate(paper.id, position, "repeated", old.paper.id))
                break
            else:
                if event.state is EventState.SCHEDULED:
                    own.append(here)
                    for old in [old for old in live if _moved(old.event, event)]:
                        live.remove(old)
                        found.append(Fate(old.paper.id, old.position, "superseded", paper.id))
        live += own
    return found


def _when(paper: Document) -> tuple[datetime, int, str]:
    at = paper.published.at if paper.published else paper.provenance.fetched
    return at, paper.entry_number or 0, paper.id


def _same(old: Event, new: Event) -> bool:
    """Whether both are the same thing on the same day."""
    return (
        old.kind == new.kind and old.starts.day == new.starts.day and (old.kind != "deadline" or same_subject(old, new))
    )


def _moved(old: Event, new: Event) -> bool:
    """Whether the words of the new date move the old one: the same thing, on another day."""
    said = _MOVES.search(new.passage.text) is not None
    return said and old.kind == new.kind and old.starts.day != new.starts.day and same_subject(old, new, whole=True)
