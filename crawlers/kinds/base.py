"""What every source has: an address, a budget, a tally of the night, and the run that comes of it."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any, ClassVar, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawlers import guard, manners, trouble
from pipeline.model import Docket, FeedEntry, Fetched, Health, Issue, Kind, Ledger, Level, Role, Run, Source, Visit
from pipeline.refine.caching import seconds

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

# Answers that refuse us: for want of an account, of money, of trust, or for legal reasons.
CLOSED = frozenset({401, 402, 403, 451})
# Answers that say when to come back.
BUSY = frozenset({429, 503})


@dataclass(slots=True)
class Tally:
    """What happened so far. `SourceSpider.health` judges it."""

    answered: bool = False  # the source came, or is unchanged
    blocked: bool = False  # … or was refused to us
    short: bool = False  # it held fewer entries than a healthy one
    broken: bool = False  # the crawl itself did not reach its end
    entries: int = 0
    asked: int = 0  # pages
    pages: int = 0
    walls: int = 0  # pages refused to us: robots.txt, 403, a challenge, a consent or a login page
    spared: int = 0  # pages not asked for tonight: their host asked to be left alone, or its robots.txt cannot be had
    not_modified: int = 0
    issues: list[Issue] = field(default_factory=list)


class SourceSpider(Spider):
    """The base of all kinds. The class attributes are the whole of a source file."""

    method: ClassVar[str]
    title: ClassVar[str]
    url: ClassVar[str]  # of a demo source: a path on the replay web
    kind: ClassVar[Kind] = Kind.NEWS
    court: ClassVar[str | None] = None
    cadence_hours: ClassVar[int] = 24
    at_least: ClassVar[int] = 1  # entries in a healthy answer
    at_most: ClassVar[int] = 200  # pages asked for in one night
    verified: ClassVar[date | None] = None
    demo: ClassVar[bool] = False

    role: ClassVar[Role] = Role.FEED  # of the answer at the source's own address
    handle_httpstatus_list: ClassVar[list[int]] = sorted({HTTPStatus.NOT_MODIFIED, *CLOSED, *BUSY})

    def __init__(
        self,
        *args: Any,
        started: datetime | None = None,
        ledger: Ledger | None = None,
        demo_url: str | None = None,
        followed: Mapping[int, Docket] | None = None,
        token: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.started = started or datetime.now(UTC)
        self.run = run_id(self.started, self.name)
        self.ledger: Ledger = ledger or {}
        self.address = (urljoin(demo_url, self.url) if demo_url else None) if self.demo else self.url
        self.followed = followed or {}
        self.token = token
        self.tally = Tally()
        self._busy_hosts: dict[str, datetime] = {}

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

    # -------------------------------------------------------------------------------------------- asking

    async def start(self) -> AsyncIterator[Any]:
        if not self.address:
            self.note(Level.ERROR, self.url, "a demonstration source; it needs the replay web: docketwire demo")
        elif self.may_ask_again(self.address):
            for request in self.first(self.address):
                yield request

    def first(self, address: str) -> Iterator[Request]:
        """What is asked for at the beginning: the source's own address."""
        yield self.ask(address)

    def may_ask_again(self, url: str) -> bool:
        """Whether the server's own word of an earlier night lets us ask for a listing now. If not, a note says so."""
        visit = self.visited(url)
        if visit.not_before and visit.not_before > self.started:
            self.note(Level.ERROR, url, f"asked not to be called before {visit.not_before:%Y-%m-%d %H:%M %Z}")
            return False
        if visit.fresh_until and visit.fresh_until > self.started:
            self.tally.answered = True
            self.note(Level.NOTE, url, f"not asked: fresh until {visit.fresh_until:%Y-%m-%d %H:%M %Z} by its own word")
            return False
        return True

    def ask(self, url: str, entry: FeedEntry | None = None, **more: Any) -> Request:
        """A request, conditional where an earlier answer is known. ``more`` goes to Scrapy's `Request`."""
        more = {"cb_kwargs": {"entry": entry} if entry else {}} | more
        request = Request(url, errback=self.failed, dont_filter=True, **more)
        visit = self.visited(request.url)
        if visit.etag:
            request.headers["If-None-Match"] = visit.etag
        if visit.last_modified:
            request.headers["If-Modified-Since"] = visit.last_modified
        return request

    def ask_if_new(self, url: str, entry: FeedEntry, **more: Any) -> Iterator[Request]:
        """The request for an entry's page, unless we have the page and the entry is no newer."""
        request = self.ask(url, entry, **more)
        visit = self.visited(request.url)
        if visit.not_before and visit.not_before > self.started:
            self.tally.spared += 1
            return
        dates = [when.at for when in (entry.published, entry.updated) if when]
        if visit.at is None or (dates and max(dates) > visit.at):
            yield request

    def visited(self, url: str) -> Visit:
        return self.ledger.get(url) or Visit()

    # -------------------------------------------------------------------------------------------- what came

    def parse(self, response: Response, entry: FeedEntry | None = None) -> Iterator[Fetched | Request]:
        """Every answer that is not a plain error comes here."""
        if response.status == HTTPStatus.OK:
            yield from self.came(response, entry)
        elif response.status == HTTPStatus.NOT_MODIFIED:
            self.tally.not_modified += 1
            self.tally.answered = True
        else:
            yield from self.refused(response, entry)

    def read(self, response: Response) -> Sequence[FeedEntry]:
        """What an answer at the source's own address lists. Raises `SourceError` when it is not what it should be."""
        raise NotImplementedError

    def came(self, response: Response, entry: FeedEntry | None) -> Iterator[Fetched | Request]:
        """A good answer: the source's own when ``entry`` is None, else an entry's page."""
        raise NotImplementedError

    def refused(self, response: Response, entry: FeedEntry | None) -> Iterator[Fetched]:
        """An answer that closes a page to us stays on record; one that says when to come back is obeyed."""
        closed = response.status in CLOSED
        self.troubled(entry, asked_for(response), trouble.answered(response), blocked=closed)
        if self._wait(response) or (closed and entry):
            yield self.fetched(response, Role.PAGE if entry else self.role, entry)

    def _wait(self, response: Response) -> bool:
        """Whether an answer says when to come back. Until then, after a bare 429 for the night, its host is spared."""
        header = response.headers.get("Retry-After")
        stated = seconds(header.decode("latin-1"), now=datetime.now(UTC)) if header else None
        wait = stated if stated is not None or response.status != HTTPStatus.TOO_MANY_REQUESTS else 24 * 3600
        if response.status not in BUSY or wait is None:
            return False
        self._busy_hosts[urlsplit(response.url).netloc] = datetime.now(UTC) + timedelta(seconds=min(wait, 10**7))
        return stated is not None

    def busy(self, url: str) -> bool:
        """Whether this host has asked, in this very run, to be left alone."""
        until = self._busy_hosts.get(urlsplit(url).netloc)
        return until is not None and until > datetime.now(UTC)

    def fetched(self, response: Response, role: Role, entry: FeedEntry | None = None, **more: Any) -> Fetched:
        """A response as the spool takes it. ``more`` are fields of `Fetched` that differ from the usual."""
        usual = Fetched(
            source=self.name,
            kind=self.kind,
            role=role,
            url=response.url,
            requested=asked_for(response),
            at=datetime.now(UTC).replace(microsecond=0),
            status=response.status,
            headers=headers_of(response),
            body=response.body,
            court=self.court,
            entry=entry,
            run=self.run,
        )
        return replace(usual, **more)

    def own_words(self, entry: FeedEntry, *, known_again: bool) -> Fetched:
        """An entry without its page. ``known_again``: the ledger remembers it, and it is not told a second time."""
        words = json.dumps(asdict(entry), ensure_ascii=False, default=lambda at: at.isoformat())
        return Fetched(
            source=self.name,
            kind=self.kind,
            role=Role.ENTRY,
            url=entry.url,
            requested=entry.url if known_again else None,
            at=datetime.now(UTC).replace(microsecond=0),
            status=HTTPStatus.OK,
            headers=(("Content-Type", "application/json"),),
            body=words.encode(),
            entry=entry,
            run=self.run,
        )

    # -------------------------------------------------------------------------------------------- what went wrong

    def failed(self, failure: Failure) -> Iterator[Fetched]:
        """Scrapy's errback: no answer, or none that we may use."""
        request: Any = failure.request  # type: ignore[attr-defined]
        entry = request.cb_kwargs.get("entry")
        if isinstance(failure.value, guard.LeftAlone):
            self.tally.spared += 1
            return
        if isinstance(failure.value, manners.Unruled) and entry:
            self._unruled(request.url, str(failure.value))
            return
        asked = request.meta.get("redirect_urls", [request.url])[0]
        what, blocked = trouble.why(failure.value, request.url)
        if asked != request.url:
            what = f"redirected to {request.url}: {what}"
        self.troubled(entry, asked, what, blocked=blocked)
        if entry and what == trouble.ROBOTS and self.kind is not Kind.FILING:
            yield self.own_words(entry, known_again=False)

    def _unruled(self, url: str, why: str) -> None:
        """A page on a host whose robots.txt cannot be had: told once a host."""
        self.tally.spared += 1
        place = urljoin(url, "/robots.txt")
        if not any(issue.place == place for issue in self.tally.issues):
            self.note(Level.WARNING, place, why)

    def troubled(self, entry: FeedEntry | None, place: str, what: str, *, blocked: bool = False) -> None:
        """Tell of a page (``entry``) or of the source itself that did not come."""
        if entry is None:
            self.tally.blocked = blocked
        else:
            self.tally.walls += blocked
        # A page that robots.txt forbids is left out on purpose, every night: worth knowing, nobody need act.
        page = Level.NOTE if what == trouble.ROBOTS else Level.WARNING
        self.note(page if entry else Level.ERROR, place, what)

    def went_wrong(self, failure: Failure) -> None:
        """Our own fault: a callback raised. The source's other pages go on; the run does not pass for well."""
        self.tally.broken = True
        self.note(Level.ERROR, self.address or self.url, f"{type(failure.value).__name__}: {failure.value}")

    def spool_failed(self, error: OSError) -> None:
        self.tally.broken = True
        self.note(Level.ERROR, self.run, f"the spool cannot be written ({error.strerror})")

    def closed(self, reason: str) -> None:
        if self.tally.spared:
            why = "their host asked to be left alone, or its robots.txt cannot be had"
            self.note(Level.WARNING, self.address or self.url, f"{self.tally.spared} pages left for later: {why}")
        if reason != "finished":
            self.tally.broken = True
            known = {"closespider_timeout": "its time for the night was over", "shutdown": "the crawl was interrupted"}
            self.note(Level.ERROR, self.address or self.url, f"stopped early: {known.get(reason, reason)}")

    def note(self, level: Level, place: str, message: str) -> None:
        place, message = self.without_secrets(place), self.without_secrets(message)
        self.tally.issues.append(Issue(level, self.name, place, message))
        self.logger.log(_LOG_LEVELS[level], "%s: %s", place, message)  # for `scrapy crawl`

    def without_secrets(self, words: str) -> str:
        return words.replace(self.token, "[token]") if self.token else words

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


def run_id(started: datetime, source: str) -> str:
    """``20261121T031500Z-nysd``."""
    return f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{source}"


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    named: Mapping[bytes, list[bytes]] = response.headers
    return tuple((k.decode("latin-1"), v.decode("latin-1")) for k, values in named.items() for v in values)


def asked_for(response: Response) -> str:
    """The URL before redirects: what the ledger knows."""
    request = response.request
    assert request is not None, "only answers to our requests come here"
    first: str = request.meta.get("redirect_urls", [request.url])[0]
    return first
