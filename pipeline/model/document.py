"""Filings, articles and releases as they were read; what a new reading changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from pipeline.model.crawl import Kind
from pipeline.model.docket import Stamp, Withheld
from pipeline.model.evidence import Passage, When


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that a filing states, normalized, with the words it was read from. What is not stated has none."""

    what: str  # court, docket, caption, party, judge, magistrate, author, type, dated, filed, entered, ecf, statute, …
    value: str  # "nysd", "17 U.S.C. § 107", "USD 1500000000", "2025-06-24"
    passage: Passage
    confidence: float  # 0–1


@dataclass(frozen=True, slots=True)
class Disposition:
    """What a court did with what it was asked."""

    outcome: str  # "granted", "denied without prejudice", "granted in part", "moot", "stayed", …
    motion: str | None  # "ECF 159" or the motion's name, when the words say
    passage: Passage
    confidence: float = 0.9  # 0–1


class EventState(StrEnum):
    SCHEDULED = "scheduled"
    REPORTED = "reported"  # read from news: a lead, never a calendar event
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Event:
    """A deadline or hearing, with the words it was read from."""

    kind: str  # "deadline", "conference", "hearing", "trial", …
    title: str
    starts: When
    passage: Passage
    ends: When | None = None
    actor: str | None = None
    computed: str | None = None  # the rule it was computed under, when it was not written as a date
    state: EventState = EventState.SCHEDULED
    confidence: float = 0.9  # 0–1


class PageClass(StrEnum):
    """What kind of page arrived. Only articles and filings are summarized; the rest keep title, link and class."""

    ARTICLE = "article"
    FILING = "filing"
    LIVE = "live"
    INDEX = "index"
    TEASER = "teaser"
    CONSENT = "consent"
    LOGIN = "login"
    CHALLENGE = "challenge"
    ERROR = "error"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a document came to be, so that anyone can repeat it."""

    source: str
    fetched: datetime
    digest: str  # "sha256:<hex>" of the bytes read
    reader: str  # "trafilatura 2.3.1", "pypdfium2 5.15.2", "text 1"
    spool: str | None = None
    offset: int | None = None
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: ``text[start:end]``, behind the body; and where it stood on paper."""

    mark: str  # "12"; empty where it begins without one
    page: int  # 1 is the first
    start: int
    end: int
    at: int | None = None  # offset of its mark in the body of that page, where it was found


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that is a picture of text."""

    page: int  # 1 is the first
    confidence: float | None = None  # 0–1, of the OCR that read it: the mean over its words. None: it waits for OCR


@dataclass(frozen=True, slots=True)
class Relevance:
    verdict: Literal["ours", "not", "unsure"]
    score: float
    reasons: tuple[str, ...]


class SubjectModel(Protocol):
    """Headline and text in, how probable it is that they tell of a dispute over AI and copyright out.

    Loads itself on first use.
    """

    def __call__(self, title: str, text: str) -> float: ...


@dataclass(frozen=True, slots=True)
class Document:
    """One filing, article or release, read. What is not known is None or empty, never guessed.

    ``text`` is plain text: paragraphs parted by a blank line, footnote marks as superscript digits, footnotes at the
    end. Every `Passage` refers to it. ``page_starts`` are offsets into ``text``, one a page, for paged formats.
    """

    id: str
    kind: Kind
    page_class: PageClass
    title: str
    text: str
    provenance: Provenance
    type: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: When | None = None
    language: str | None = None
    section: str | None = None  # of the outlet: "Business"
    agency: str | None = None  # the wire service whose report an outlet prints
    robots: tuple[str, ...] = ()  # what its publisher tells machines: "noindex", "tdm-reservation", …
    court: str | None = None
    caption: str | None = None
    judge: str | None = None
    docket_numbers: tuple[str, ...] = ()  # as written, first the document's own
    entry_number: int | None = None
    attachment_number: int | None = None
    docket_entry: str | None = None  # DocketEntry.id, where the text is that entry's own words and not a paper's
    ecf_references: tuple[int, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    events: tuple[Event, ...] = ()
    readings: tuple[Reading, ...] = ()  # of a filing: its values with their words
    page_starts: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    scans: tuple[Scan, ...] = ()  # its pages without a text layer
    stamp: Stamp | None = None
    withheld: Withheld | None = None
    state: str = "read"  # read, needs_ocr (some page waits for it), blocked, unavailable, reserved
    relevance: Relevance | None = None

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Where an article stands: ``story`` is the id of the story's first article, ``reprint_of`` an article's id."""

    document: str
    story: str
    reprint_of: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """An article reports a docket entry."""

    entry: str  # DocketEntry.id
    score: float  # 0–1
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An article and the filing it reports say different things of one matter of fact."""

    what: Literal["date", "amount", "judge", "number", "disposition"]
    reported: str  # as the article has it: "2026-12-16", "$38,500", …
    filed: str  # as the filing has it
    article: Passage  # of the article's text
    filing: Passage  # of the filing's text


@dataclass(frozen=True, slots=True)
class Add:
    document: Document


@dataclass(frozen=True, slots=True)
class Revise:
    """``removed`` and ``added`` count the sentences that only the old and only the new text has."""

    document: Document
    was: Document
    removed: int = 0
    added: int = 0


@dataclass(frozen=True, slots=True)
class Same:
    document: Document


Change = Add | Revise | Same
