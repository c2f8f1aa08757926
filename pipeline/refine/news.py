"""What an article says about itself, put together into a Document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC

from pipeline.model import Document, Fetched, Kind, PageClass, Provenance, When
from pipeline.refine.events import find_events
from pipeline.refine.identify import document_id


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: text without furniture, and what its markup states. Unknown is None or empty."""

    title: str
    text: str
    page_class: PageClass = PageClass.ARTICLE
    url: str | None = None  # canonical
    authors: tuple[str, ...] = ()
    published: When | None = None
    language: str | None = None
    section: str | None = None
    agency: str | None = None
    robots: tuple[str, ...] = ()


def describe(fetched: Fetched, page: Page, *, reader: str) -> Document:
    """A page and how it was fetched → Document. The feed entry that led to it says what the page leaves out."""
    entry = fetched.entry
    published = page.published or (entry.published if entry else None)
    blocked = page.page_class in {PageClass.CONSENT, PageClass.LOGIN, PageClass.CHALLENGE, PageClass.ERROR}
    text = "" if blocked else page.text
    return Document(
        id=document_id(fetched.url, fetched.body),
        kind=Kind.RELEASE if fetched.kind is Kind.RELEASE else Kind.NEWS,
        page_class=page.page_class,
        title=(entry.title if entry and (blocked or not page.title) else page.title) or page.title,
        text=text,
        provenance=provenance(fetched, reader),
        url=page.url or fetched.url,
        authors=page.authors or (entry.authors if entry else ()),
        published=published,
        language=page.language,
        section=page.section,
        agency=page.agency,
        robots=page.robots,
        events=find_events(text, dated=published.day if published else None, zone=UTC, kind=Kind.NEWS),
        state="blocked" if blocked else "read",
    )


def provenance(fetched: Fetched, reader: str) -> Provenance:
    """How a document came to be: the bytes' digest and place, and the reader that made text of them."""
    record = fetched.record
    return Provenance(
        source=fetched.source,
        fetched=fetched.at,
        digest=record.digest if record else "sha256:" + hashlib.sha256(fetched.body).hexdigest(),
        reader=reader,
        spool=record.spool if record else None,
        offset=record.offset if record else None,
        run=fetched.run,
    )
