"""The nouns that rooms hand to each other: frozen, complete, no I/O.

The flow is ``Fetched → Document / DocketEntry → Summary``; everything that is claimed about a text carries the
`Passage` it was read from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Literal, Protocol

# ---------------------------------------------------------------------------------------------- time and evidence


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A point in time and how finely it is known.

    ``at`` always has a zone. A court's "June 24, 2025" is midnight in that court's zone with precision ``day``: it is
    shown as the day that was written, never converted.
    """

    at: datetime
    precision: Literal["day", "minute", "second"] = "second"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"{self.at!r} has no time zone")

    @classmethod
    def on(cls, day: date, zone: tzinfo) -> When:
        return cls(datetime.combine(day, time(), zone), "day")

    @property
    def day(self) -> date:
        return self.at.date()

    def iso(self) -> str:
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another; both have a zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document's text: ``document.text[start:end] == text``."""

    start: int
    end: int
    text: str


# ---------------------------------------------------------------------------------------------- sources and crawling


class Kind(StrEnum):
    """What a document is to the reader."""

    FILING = "filing"
    NEWS = "news"
    RELEASE = "release"  # an agency, a court or an association speaking for itself


@dataclass(frozen=True, slots=True)
class Source:
    """One place we collect from, as the store and the sources page know it."""

    id: str
    title: str
    method: str  # "feed", "court feed", …
    kind: Kind
    url: str
    court: str | None = None  # courts-db id of a court's own feed
    cadence_hours: int = 24  # how often something new is expected
    at_least: int = 1  # entries a healthy answer holds
    verified: date | None = None  # last day a live check has seen it answer
    demo: bool = False


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed as published, before anybody judges what it is."""

    id: str
    url: str | None
    title: str
    published: When | None = None
    updated: When | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""  # plain text or HTML as the feed has it
    content: str = ""  # HTML, when the feed carries whole articles
    enclosures: tuple[tuple[str, str], ...] = ()  # (url, media type)
    publisher: str = ""  # of an aggregator's entry: whose article it is


class Role(StrEnum):
    """Why a response was fetched."""

    FEED = "feed"
    LISTING = "listing"  # says where pages are, and nothing else: a sitemap, a court's list of opinions
    PAGE = "page"
    POLL = "poll"  # a page without a feed, asked for again and again
    ENTRY = "entry"  # a feed entry's own words; its page was not fetched
    DOCKET = "docket"  # CourtListener: entries of one docket
    SEARCH = "search"  # CourtListener: cases found
    FILE = "file"  # handed in by a person, not crawled


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a docket has a document, by the word of whoever serves both."""

    docket: str  # Docket.key
    entry_number: int | None = None
    attachment_number: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Where the bytes lie: a WARC file of the spool, byte offset of the record, digest of the payload."""

    spool: str
    offset: int
    digest: str  # "sha256:<hex>" over the body


@dataclass(frozen=True, slots=True)
class Fetched:
    """One response as received, and why it was asked for. The hand-over from crawl to ingest."""

    source: str
    kind: Kind
    role: Role
    url: str | None  # after redirects; None for a local file without ``--url``
    requested: str | None  # before redirects: the key of conditional requests
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    court: str | None = None
    entry: FeedEntry | None = None  # the feed entry that led here
    filed: Filed | None = None
    record: Record | None = None  # set when read back from a spool
    run: str | None = None  # id of the crawl run that wrote the spool
    reserved: str | None = None  # where the site's own policy file reserves text and data mining of this URL

    def header(self, name: str) -> str | None:
        """The last value of a header, by case-insensitive name."""
        wanted = name.lower()
        return next((value for key, value in reversed(self.headers) if key.lower() == wanted), None)

    @property
    def media_type(self) -> str:
        """``text/html`` without parameters; empty when the response does not say."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of a URL from one night to the next."""

    at: datetime | None = None  # of the last good answer; of CourtListener's dockets: how far they were read
    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None  # by the answer's own Cache-Control
    not_before: datetime | None = None  # by Retry-After: we were asked to stay away until then
    digest: str | None = None  # of the words of a polled page


# What the crawl may know of the past: requested URL → what is remembered of it.
Ledger = Mapping[str, Visit]


class Level(StrEnum):
    NOTE = "note"  # worth a look, nobody need act
    WARNING = "warning"  # something was left out
    ERROR = "error"  # a source or a file gave nothing


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Expected trouble, published: silence is never success."""

    level: Level
    source: str
    place: str  # URL, file or key
    message: str


class Health(StrEnum):
    WELL = "well"
    QUIET = "quiet"  # answered, nothing new
    FAILING = "failing"
    BLOCKED = "blocked"  # bot challenge, consent or login page, robots.txt


@dataclass(frozen=True, slots=True)
class Run:
    """One source in one crawl."""

    id: str  # "<start, compact UTC>-<source>"
    source: str
    started: datetime
    finished: datetime
    health: Health
    entries: int  # entries the feed held
    pages: int  # pages and files followed and received
    not_modified: int  # answers 304
    bytes: int
    spool: str | None
    issues: tuple[Issue, ...] = ()
    statuses: tuple[tuple[int, int], ...] = ()  # (HTTP status, answers), ascending; robots.txt left out


# ---------------------------------------------------------------------------------------------- dockets and matters


@dataclass(frozen=True, slots=True)
class Fact:
    """The judge, court or status of a docket for a time. What is not known of the time is None."""

    what: Literal["judge", "court", "status"]
    value: str  # a judge's name, a courts-db id, or words
    evidence: str  # where it was seen
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Docket:
    """One case number in one court.

    ``key`` is ``court:yyyy-type-serial`` (``nysd:2025-md-03143``): the office digit and judge initials are spellings,
    not identity (N.D. Cal. changes the digit on reassignment). ``number`` is how the court writes it.
    """

    key: str
    court: str
    number: str
    role: str = "lead"  # lead, member, related, transferred, remanded, appeal
    caption: str | None = None
    judges: tuple[str, ...] = ()
    filed: date | None = None
    url: str | None = None  # public docket page
    aliases: tuple[str, ...] = ()  # other captions and numbers of this very docket
    history: tuple[Fact, ...] = ()  # earlier judges and courts, and how its status changed

    @property
    def former_judges(self) -> tuple[str, ...]:
        return tuple(fact.value for fact in self.history if fact.what == "judge" and fact.value not in self.judges)


@dataclass(frozen=True, slots=True)
class Matter:
    """One dispute: a lead docket with its members, relations and appeals. One TOML file each."""

    slug: str
    caption: str
    court: str
    dockets: tuple[Docket, ...]
    status: str | None = None
    aliases: tuple[str, ...] = ()
    plaintiffs: tuple[str, ...] = ()
    defendants: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    mdl: int | None = None
    evidence: tuple[str, ...] = ()
    checked: date | None = None

    @property
    def lead(self) -> Docket:
        return self.dockets[0]


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """One line of a docket. ``id`` is stable across polls; a stub never overwrites a fuller row."""

    id: str
    docket: str  # Docket.key
    number: int | None  # ECF number; None for an entry without a document
    filed: When | None
    type: str | None  # order, opinion, motion, …, routine
    description: str
    caption: str | None = None
    url: str | None = None  # the court's page for the entry
    document_url: str | None = None  # canonical URL of the document, where one is public
    source: str = ""


@dataclass(frozen=True, slots=True)
class DocketSheet:
    """What a court's own page says of a docket, on the day it was fetched."""

    docket: str  # Docket.key
    court: str
    number: str
    caption: str | None
    judges: tuple[str, ...]  # assigned, then referred to; the panel of an appeal
    filed: date | None
    terminated: date | None
    cause: str | None  # "17:501 Copyright Infringement"; the nature of suit where no statute is given
    source: str
    seen: datetime
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A docket nobody follows yet that looks like ours, for a person to accept, reject or merge into a matter."""

    docket: str  # Docket.key
    caption: str | None
    reason: str
    evidence: str  # the words: of an entry, or a document's title
    source: str
    seen: datetime
    url: str | None = None
    state: Literal["open", "accepted", "rejected", "merged"] = "open"
    note: str | None = None  # why it was rejected; the matter it went to


@dataclass(frozen=True, slots=True)
class Check:
    """One fact of the registry beside what the docket says."""

    matter: str
    docket: str
    what: Literal["caption", "judge", "filed"]
    ours: str
    theirs: str
    agrees: bool
    our_source: str
    their_source: str
    seen: datetime  # when theirs was fetched


@dataclass(frozen=True, slots=True)
class DocketLink:
    """Document ↔ docket, with the words that made the link."""

    docket: str  # Docket.key
    confidence: float  # 0–1
    evidence: str  # the words, as they stand in the document or its feed entry
    reason: str  # "docket number", "caption", "party and court", …
    entry_number: int | None = None


# ---------------------------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Disposition:
    """What a court did with what it was asked."""

    outcome: str  # "granted", "denied without prejudice", "granted in part", "moot", "stayed", …
    motion: str | None  # "ECF 159" or the motion's name, when the words say
    passage: Passage


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
class Relevance:
    verdict: Literal["ours", "not", "unsure"]
    score: float
    reasons: tuple[str, ...]


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
    court: str | None = None
    caption: str | None = None
    judge: str | None = None
    docket_numbers: tuple[str, ...] = ()  # as written, first the document's own
    entry_number: int | None = None
    attachment_number: int | None = None
    ecf_references: tuple[int, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    events: tuple[Event, ...] = ()
    page_starts: tuple[int, ...] = ()
    state: str = "read"  # read, needs_ocr, blocked, unavailable, reserved
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


# ---------------------------------------------------------------------------------------------- changes


@dataclass(frozen=True, slots=True)
class Add:
    document: Document


@dataclass(frozen=True, slots=True)
class Revise:
    document: Document
    was: Document


@dataclass(frozen=True, slots=True)
class Same:
    document: Document


Change = Add | Revise | Same


# ---------------------------------------------------------------------------------------------- summaries


@dataclass(frozen=True, slots=True)
class Point:
    """One published sentence, verbatim: ``document.text[start:end] == text`` but for white-listed trims."""

    text: str
    start: int
    end: int
    role: Literal["decision", "order", "reason", "background"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Points in document order, and exactly what made them."""

    document: str
    headline: str
    points: tuple[Point, ...]
    model: str
    revision: str
    parameters: str  # JSON, sorted keys
    input_hash: str  # hash over everything of the document the summarizer reads


class Summarizer(Protocol):
    """Documents in, summaries out, in the same order. Loads its model once, on first use."""

    name: str
    revision: str
    parameters: str

    def summarize(self, documents: Sequence[Document]) -> list[Summary]: ...


# Called with (what, done, total or None) while a stage works. The command line draws it.
Progress = Callable[[str, int, int | None], None]


def silent(what: str, done: int, total: int | None) -> None:
    """Progress for those who do not watch."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one stage did, for the terminal and the runs table."""

    stage: str
    counts: Mapping[str, int] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    def line(self) -> str:
        return f"{self.stage}: " + ", ".join(f"{value} {key}" for key, value in self.counts.items())
