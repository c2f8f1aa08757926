"""What a source may take in one night, and what its publisher asks of us, in robots.txt and besides.

Downloader middleware (`Budget`, `Robots`, `Reservations`) and spider middleware (`Recorded`); the order stands in
`crawlers.settings`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http.request import NO_CALLBACK

from crawlers import trouble
from pipeline.model import Fetched
from pipeline.refine.reservation import reserved_in

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

# Answers to our own questions about manners, by status: they are not the source's.
ASIDE = "docketwire/aside"
# Bytes of bodies over the network, those of answers that we broke off included.
RECEIVED = "docketwire/received"
# How an issue begins that tells of a host whose robots.txt failed; why it did follows.
NO_ROBOTS = "robots.txt cannot be had"


def _aside(request: Request) -> bool:
    """robots.txt and its like. Scrapy marks its own question with this very key."""
    return bool(request.meta.get("dont_obey_robotstxt"))


class Budget:
    """Ends a source's crawl, in order, when it has had its answers or its bytes for the night."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most_answers = crawler.settings.getint("SOURCE_ANSWERS")
        self._most_bytes = crawler.settings.getint("SOURCE_BYTES")
        self._answers = self._bytes = 0
        self._end: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        budget = cls(crawler)
        crawler.signals.connect(budget.received, signals.bytes_received)
        return budget

    def received(self, data: bytes) -> None:
        self._bytes += len(data)
        assert self._crawler.stats is not None
        self._crawler.stats.set_value(RECEIVED, self._bytes)
        if self._bytes > self._most_bytes:
            self._stop(f"its {self._most_bytes >> 20} MiB for the night were used up")
            raise StopDownload(fail=True)

    def process_response(self, request: Request, response: Response) -> Response:
        self._answers += not _aside(request)
        if self._answers >= self._most_answers:
            self._stop(f"its {self._most_answers} answers for the night were used up")
        return response

    def _stop(self, reason: str) -> None:
        if self._end is None:
            engine: Any = self._crawler.engine
            self._end = asyncio.ensure_future(engine.close_spider_async(reason=reason))


class Unruled(IgnoreRequest):
    """A request to a host whose robots.txt cannot be had tonight: it is taken to forbid everything."""


class Robots(RobotsTxtMiddleware):
    """robots.txt as RFC 9309, 2.3.1 has it; Scrapy takes one that fails for one that allows everything.

    *Unavailable* (4xx; redirects without end) allows everything. *Unreachable* (5xx, the network) forbids everything,
    for this night; so does 429, by which a host asks for fewer requests and not for more. Text that comes with any
    status but 2xx holds no rules.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unruled: dict[str, str] = {}  # host → why

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == HTTPStatus.TOO_MANY_REQUESTS or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unruled(trouble.answered(response))
        rules = response.body if 200 <= response.status < 300 else b""
        await super()._parse_robots(response.replace(body=rules), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not (isinstance(exc, IgnoreRequest) and "redirection" in str(exc)):
            what = str(exc) if isinstance(exc, Unruled) else trouble.why(exc, f"//{netloc}")[0]
            self._unruled[netloc] = f"{NO_ROBOTS} ({what}): taken to forbid everything tonight"
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: Any, request: Request) -> None:
        if why := self._unruled.get(urlsplit(request.url).netloc):
            raise Unruled(why)
        super().process_request_2(rp, request)


class Reservations:
    """Asks each host once a night, before its first page, what its policy file reserves (TDM Reservation Protocol).

    The page is fetched all the same: it has title, author and date. That it is reserved goes on record with it. The
    source's own address is published for machines and needs no asking.
    """

    file = "/.well-known/tdmrep.json"

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policies: dict[str, asyncio.Future[bytes]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        spider: Any = self._crawler.spider
        if _aside(request) or request.url == spider.address:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._policies:
            self._policies[origin] = asyncio.ensure_future(self._ask(origin))
        policy = await asyncio.shield(self._policies[origin])
        request.meta["reserved"] = f"{self.file}: tdm-reservation 1" if reserved_in(policy, parts.path or "/") else None

    async def _ask(self, origin: str) -> bytes:
        engine: Any = self._crawler.engine
        meta = {"dont_obey_robotstxt": True, "dont_retry": True, "dont_redirect": True}
        try:
            answer = await engine.download_async(Request(origin + self.file, meta=meta, callback=NO_CALLBACK))
        except Exception:  # noqa: BLE001 - whatever went wrong: a file that is not there reserves nothing
            return b""
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(f"{ASIDE}/{answer.status}")
        return bytes(answer.body) if answer.status == HTTPStatus.OK else b""


class Recorded:
    """What goes into the spool: with the reservation that a request met, without cookies, which open sessions."""

    async def process_spider_output_async(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for item in result:
            yield self._of_record(item, response) if isinstance(item, Fetched) else item

    def process_spider_output(self, response: Response, result: Any) -> Any:
        for item in result:
            yield self._of_record(item, response) if isinstance(item, Fetched) else item

    @staticmethod
    def _of_record(item: Fetched, response: Any) -> Fetched:
        request = getattr(response, "request", None)
        headers = tuple(
            (name, value) for name, value in item.headers if name.lower() not in {"set-cookie", "set-cookie2"}
        )
        return replace(item, headers=headers, reserved=request.meta.get("reserved") if request else None)
