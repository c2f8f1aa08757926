"""What is new on a page that is asked for again and again → a Document of its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC

from pipeline.model import Document, Fetched, When
from pipeline.refine import polled
from pipeline.refine.news import Page, describe

_READER = "page change 1"
_LEAST = 5  # words: shorter lines are dates, counters, buttons


def change(fetched: Fetched, page: Document, *, known: str) -> Document | None:
    """The lines that a page has now and had not when its digest was ``known``; None when nothing of substance is new.

    It is dated by the day on which they were first seen, and has an id of that day: a week later there may be more.
    Raises `SourceError` when the page cannot be read.
    """
    new = [line for line in polled.added(fetched.body, url=page.url or "", known=known) if len(line.split()) >= _LEAST]
    if not new:
        return None
    day = fetched.at.astimezone(UTC).date()
    told = Page(
        title=f"{page.title}: new on {day.day} {day:%B %Y}",
        text="\n\n".join(new),
        url=page.url,
        authors=page.authors,
        published=When.on(day, UTC),
        language=page.language,
    )
    named = hashlib.sha256(f"{page.id} {day.isoformat()}".encode()).hexdigest()[:12]
    return replace(describe(fetched, told, reader=_READER), id=named)
