"""What a source usually is.

A source is a small class in `crawlers.sources` that says where, and of which kind:

* `Feed` — RSS, Atom or JSON Feed; every new entry is followed to its page.
* `CourtFeed` — a CM/ECF feed: its entries are docket entries; only PDFs that the feed itself encloses are fetched.

Nothing is decided silently: what was left out, refused or broken becomes an `Issue` of the source's `Run`. Oddities
inside a feed are told when it is ingested.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawlers import expect, trouble
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, Fetched, Health, Issue, Kind, Ledger, Level, Role, Run, Source
from pipeline.refine.feed import behind_pacer

# The replay web is ours and on this machine: nobody is spared by waiting.
_NO_WAITING = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "CLOSESPIDER_TIMEOUT": 60,
    "DOWNLOAD_TIMEOUT": 10,
    "RETRY_TIMES": 1,
}
_LOG_LEVELS = {Level.NOTE: logging.INFO, Level.WARNING: logging.WARNING, Level.ERROR: logging.ERROR}


@dataclass(slots=True)
class Tally:
    """What happened so far. `Feed.health` judges it."""

    answered: bool = False  # the feed came, or is unchanged
    blocked: bool = False  # … or was refused to us
    short: bool = False  # it held fewer entries than a healthy one
    broken: bool = False  # the crawl itself did not reach its end
    entries: int = 0
    asked: int = 0  # pages
    pages: int = 0
    walls: int = 0  # pages refused to us: robots.txt, 403, a challenge, a consent or a login page
    not_modified: int = 0
    issues: list[Issue] = field(default_factory=list)


class Feed(Spider):
    """RSS, Atom, JSON Feed. The class attributes are the whole of a source file."""

    method: ClassVar[str] = "feed"
    title: ClassVar[str]
    url: ClassVar[str]  # of a demo source: a path on the replay web
    kind: ClassVar[Kind] = Kind.NEWS
    court: ClassVar[str | None] = None
    cadence_hours: ClassVar[int] = 24
    at_least: ClassVar[int] = 1  # entries in a healthy answer
    at_most: ClassVar[int] = 200  # pages asked for in one night
    verified: ClassVar[date | None] = None
    demo: ClassVar[bool] = False

    handle_httpstatus_list: ClassVar[list[int]] = [HTTPStatus.NOT_MODIFIED]

    def __init__(
        self,
        *args: Any,
        started: datetime | None = None,
        ledger: Ledger | None = None,
        demo_url: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.started = started or datetime.now(UTC)
        self.run = run_id(self.started, self.name)
        self.ledger: Ledger = ledger or {}
        self.address = (urljoin(demo_url, self.url) if demo_url else None) if self.demo else self.url
        self.tally = Tally()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.went_wrong, signals.spider_error)
        return spider

    @classmethod
    def source(cls) -> Source:
        """The source as the store and the sources page know it."""
        return Source(
            id=cls.name,
            title=cls.title,
            method=cls.method,
            kind=cls.kind,
            url=cls.url,
            court=cls.court,
            cadence_hours=cls.cadence_hours,
            at_least=cls.at_least,
            verified=cls.verified,
            demo=cls.demo,
        )

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if cls.demo:
            settings.setdict(_NO_WAITING, priority="spider")

    # -------------------------------------------------------------------------------------------- the crawl

    async def start(self) -> AsyncIterator[Any]:
        if self.address:
            yield self._ask(self.address)
        else:
            self._note(Level.ERROR, self.url, "a demonstration source; it needs the replay web: docketwire demo")

    def parse(self, response: Response, entry: FeedEntry | None = None) -> Iterator[Fetched | Request]:
        """Every good answer comes here: the feed first, then its entries' pages."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            self.tally.not_modified += 1
            self.tally.answered = True
        elif response.status != HTTPStatus.OK:
            self._trouble(entry, _asked_for(response), trouble.answered(response))
        elif entry is None:
            yield from self._feed_came(response)
        else:
            self.tally.pages += 1
            what = expect.wall(response.body, url=response.url, headers=_headers(response))
            if what:
                self.tally.walls += 1
                self._note(Level.WARNING, _asked_for(response), f"{what} in place of the page")
            yield self._fetched(response, Role.PAGE, entry)

    def _feed_came(self, response: Response) -> Iterator[Fetched | Request]:
        headers = _headers(response)
        media_type = {name.lower(): value for name, value in headers}.get("content-type", "")
        try:
            feed = expect.feed(response.body, url=response.url, content_type=media_type, headers=headers)
        except SourceError as error:
            self.tally.blocked = isinstance(error, expect.BlockedError)
            self._note(Level.ERROR, error.place, error.what)
            return
        self.tally.answered = True
        self.tally.entries = len(feed.entries)
        if len(feed.entries) < self.at_least:
            self.tally.short = True
            what = f"{len(feed.entries)} entries, where a healthy answer holds at least {self.at_least}"
            self._note(Level.ERROR, response.url, what)
        yield self._fetched(response, Role.FEED)
        # By URL: one filing stands in several dockets. Scrapy's own filter would also drop, and tell nobody, a redirect
        # to something that was asked for before.
        found = {request.url: request for entry in reversed(feed.entries) for request in self.follow(entry)}
        wanted = list(reversed(found.values()))
        if len(wanted) > self.at_most:
            left = len(wanted) - self.at_most
            self._note(
                Level.WARNING, response.url, f"{left} pages more than the night's {self.at_most}: left for later"
            )
        self.tally.asked = min(len(wanted), self.at_most)
        yield from wanted[: self.at_most]

    def follow(self, entry: FeedEntry) -> Iterator[Request]:
        """Requests that an entry gives rise to: its page, unless we have it and the entry is no newer."""
        if entry.url:
            yield from self._ask_if_new(entry.url, entry)

    def _ask_if_new(self, url: str, entry: FeedEntry) -> Iterator[Request]:
        request = self._ask(url, entry)
        visit = self.ledger.get(request.url)
        dates = [when.at for when in (entry.published, entry.updated) if when]
        if visit is None or (dates and max(dates) > visit.at):
            yield request

    def _ask(self, url: str, entry: FeedEntry | None = None) -> Request:
        request = Request(url, errback=self.failed, cb_kwargs={"entry": entry} if entry else {}, dont_filter=True)
        visit = self.ledger.get(request.url)
        if visit and visit.etag:
            request.headers["If-None-Match"] = visit.etag
        if visit and visit.last_modified:
            request.headers["If-Modified-Since"] = visit.last_modified
        return request

    def _fetched(self, response: Response, role: Role, entry: FeedEntry | None = None) -> Fetched:
        return Fetched(
            source=self.name,
            kind=self.kind,
            role=role,
            url=response.url,
            requested=_asked_for(response),
            at=datetime.now(UTC).replace(microsecond=0),
            status=response.status,
            headers=_headers(response),
            body=response.body,
            court=self.court,
            entry=entry,
            run=self.run,
        )

    # -------------------------------------------------------------------------------------------- what went wrong

    def failed(self, failure: Failure) -> None:
        """Scrapy's errback: no answer, or none that we may use."""
        request: Any = failure.request  # type: ignore[attr-defined]
        asked = request.meta.get("redirect_urls", [request.url])[0]
        what, blocked = trouble.why(failure.value, request.url)
        if asked != request.url:
            what = f"redirected to {request.url}: {what}"
        self._trouble(request.cb_kwargs.get("entry"), asked, what, blocked=blocked)

    def _trouble(self, entry: FeedEntry | None, place: str, what: str, *, blocked: bool = False) -> None:
        if entry is None:
            self.tally.blocked = blocked
        else:
            self.tally.walls += blocked
        # A page that robots.txt forbids is left out on purpose, every night: worth knowing, nobody need act.
        page = Level.NOTE if what == trouble.ROBOTS else Level.WARNING
        self._note(page if entry else Level.ERROR, place, what)

    def went_wrong(self, failure: Failure) -> None:
        """Our own fault: a callback raised. The source's other pages go on; the run does not pass for well."""
        self.tally.broken = True
        self._note(Level.ERROR, self.address or self.url, f"{type(failure.value).__name__}: {failure.value}")

    def spool_failed(self, error: OSError) -> None:
        self.tally.broken = True
        self._note(Level.ERROR, self.run, f"the spool cannot be written ({error.strerror})")

    def closed(self, reason: str) -> None:
        if reason != "finished":
            self.tally.broken = True
            known = {"closespider_timeout": "its time for the night was over", "shutdown": "the crawl was interrupted"}
            self._note(Level.ERROR, self.address or self.url, f"stopped early: {known.get(reason, reason)}")

    def _note(self, level: Level, place: str, message: str) -> None:
        self.tally.issues.append(Issue(level, self.name, place, message))
        self.logger.log(_LOG_LEVELS[level], "%s: %s", place, message)  # for `scrapy crawl`

    # -------------------------------------------------------------------------------------------- the result

    def health(self) -> Health:
        tally = self.tally
        answers = tally.pages + tally.not_modified
        if tally.blocked or (tally.asked and tally.walls == tally.asked):
            return Health.BLOCKED
        if not tally.answered or tally.short or tally.broken or (tally.asked and not answers):
            return Health.FAILING
        return Health.WELL if self.something_new() else Health.QUIET

    def something_new(self) -> bool:
        return self.tally.pages > 0

    def result(self, *, finished: datetime, received: int) -> Run:
        """The run, as told to the store. ``received``: bytes over the network. The spool's name is not known here."""
        return Run(
            id=self.run,
            source=self.name,
            started=self.started,
            finished=finished,
            health=self.health(),
            entries=self.tally.entries,
            pages=self.tally.pages,
            not_modified=self.tally.not_modified,
            bytes=received,
            spool=None,
            issues=tuple(self.tally.issues),
        )


class CourtFeed(Feed):
    """CM/ECF RSS. Links into PACER cost money and are never followed."""

    method = "court feed"
    kind = Kind.FILING
    cadence_hours = 12  # most of these feeds look back about 24 hours

    def follow(self, entry: FeedEntry) -> Iterator[Request]:
        for url, media_type in entry.enclosures:
            if media_type == "application/pdf" and not behind_pacer(url):
                yield from self._ask_if_new(url, entry)

    def something_new(self) -> bool:
        return self.tally.entries > 0  # its entries are its content


def run_id(started: datetime, source: str) -> str:
    """``20261121T031500Z-nysd``."""
    return f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{source}"


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    named: Mapping[bytes, list[bytes]] = response.headers
    return tuple((k.decode("latin-1"), v.decode("latin-1")) for k, values in named.items() for v in values)


def _asked_for(response: Response) -> str:
    """The URL before redirects: what the ledger knows."""
    request = response.request
    assert request is not None, "only answers to our requests come here"
    first: str = request.meta.get("redirect_urls", [request.url])[0]
    return first
