"""Sources, what was asked of them and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.model.evidence import When


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
