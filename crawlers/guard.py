"""What must not be fetched, whatever a feed or a redirect says; and how long to wait when a server asks for it.

Addresses are judged by name before anything is sent, again after every redirect, and once more when DNS has answered,
on the very address that is then connected to. Size, time and redirect limits are in `crawlers.settings`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.downloadermiddlewares.retry import RetryMiddleware, get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure
from twisted.web._newclient import BODY

from pipeline.refine.caching import seconds
from pipeline.refine.docket_feed import behind_pacer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

LONGEST_WAIT = 60  # seconds: limits by the minute. Whoever asks for more is left alone until the next night

_PATIENCE = 5  # times as often as for want of an answer

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(IgnoreRequest):
    """A request that the guard does not let out."""


class LeftAlone(IgnoreRequest):
    """A request to a host that has asked, in this very run, to be left alone."""


def refusal(url: str, *, own: str | None, demo: bool = False) -> str | None:
    """Why ``url`` must not be fetched; None when it may.

    ``own`` is the source's own address: the one page on a PACER host that is free, and, for a ``demo`` source, the
    origin of the replay web, which alone it may reach.
    """
    try:
        parts = urlsplit(url)
        origin = (parts.hostname or "", parts.port)
    except ValueError:
        return "not a URL"
    if parts.scheme not in {"http", "https"}:
        return f"only http and https are fetched, not “{parts.scheme}”"
    if "@" in parts.netloc:
        return "its address carries a name or a password"
    host = origin[0].rstrip(".")
    if demo:
        home = urlsplit(own or "")
        return None if origin == (home.hostname, home.port) else "a demonstration source stays on the replay web"
    address = _literal(host)
    if address and not _public(address):
        return f"{address} is not a public address"
    if address is None and ("." not in host or host.endswith((".localhost", ".local", ".internal", ".home.arpa"))):
        return f"“{host}” names a machine in a private network"
    if behind_pacer(url) and url != own and parts.path != "/robots.txt":
        return "PACER charges for it"
    return None


def _literal(host: str) -> Address | None:
    """The address that a host name spells, 127.1, 0x7f000001 and 2130706433 included."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host)) if re.fullmatch(r"[0-9a-fxA-FX.]+", host) else None
    except OSError:
        return None


def _public(address: Address) -> bool:
    # Reserved is all of ::/8, and with it every form that carries an IPv4 address (mapped, compatible, NAT64) but 6to4.
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    return not address.is_site_local and (address.sixtofour is None or _public(address.sixtofour))


class Guard:
    """Downloader middleware: asks `refusal` about every request, redirected ones and robots.txt included."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spider: Any = self._crawler.spider
        why = refusal(request.url, own=spider.address, demo=spider.demo)
        if why:
            raise Refused(why)
        if spider.busy(request.url):
            raise LeftAlone(request.url)


class GuardedResolver(CachingThreadedResolver):
    """DNS (IPv4) that does not hand out addresses inside a private network."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found if _literal(name) else found.addCallback(outward, name)


# Twisted keeps no reason for a failed look-up: host → why it was refused, for the message.
refused_names: dict[str, str] = {}


def outward(address: str, name: str) -> str:
    """``address`` when it is public. Raises `DNSLookupError` when it is not."""
    if _public(ipaddress.ip_address(address)):
        return address
    refused_names[name] = f"“{name}” leads to {address}, which is not a public address"
    raise DNSLookupError(refused_names[name])


class BoundedHead(HTTP11DownloadHandler):
    """Scrapy's handler, but an answer's head has an end: Twisted limits a line, not how many of them come.

    And when an answer asks to wait (``Retry-After``), nothing is asked of its host until then. Only here is that known
    before the next request goes out: a middleware hears of an answer when that is under way.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._until: dict[str, float] = {}  # host → when it may be asked again, by the loop's clock
        _Connection.longest = crawler.settings.getint("DOWNLOAD_MAXHEAD")
        self._pool._factory = _Connections  # noqa: SLF001  the one place where Twisted lets its protocol be chosen

    async def download_request(self, request: Request) -> Response:
        clock, host = asyncio.get_running_loop().time, urlsplit(request.url).netloc
        await asyncio.sleep(max(0.0, self._until.get(host, 0.0) - clock()))
        response: Response = await super().download_request(request)
        wait = patience(response)
        if wait is not None:
            self._until[host] = max(self._until.get(host, 0.0), clock() + wait)
        return response


def patience(response: Response) -> float | None:
    """Seconds that an answer 429 or 503 asks us to wait, when we are ready to; None when it asks nothing, or too much.

    RFC 9110, 10.2.3.
    """
    asked = response.headers.get("Retry-After") if response.status in {429, 503} else None
    wait = seconds(asked.decode("latin-1"), now=datetime.now(UTC)) if asked else None
    return None if wait is None or wait > LONGEST_WAIT else wait


class _Connection(_LenientHTTP11ClientProtocol):
    longest: ClassVar[int]  # bytes
    _head = 0

    def request(self, request: Any) -> Deferred[Any]:
        self._head = 0
        answer: Deferred[Any] = super().request(request)
        assert self._parser is not None
        self._parser.MAX_LENGTH = (
            2 * self.longest + 2**17
        )  # of one line: Twisted hangs up on a long one and tells nobody
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  Twisted's name
        if self._parser is not None and self._parser.state != BODY:
            self._head += len(data)
            if self._head > self.longest + 2**16:  # what is received at once may hold some of the body
                self._giveUp(Failure(OversizeHeadError()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class OversizeHeadError(Exception):
    """An answer whose status and headers do not come to an end."""


class _Connections(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Connection:  # noqa: ARG002, N802  Twisted's name and shape
        return _Connection(self._quiescentCallback)  # type: ignore[no-untyped-call]


class PatientRetry(RetryMiddleware):
    """Retries as Scrapy does; but whoever asks to be left alone for long is, and asking to wait is no failure."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if patience(response) is not None:
            # A limit by the minute turns away one in a few, again and again.
            spider: Any = self.crawler.spider
            most = _PATIENCE * self.max_retry_times
            again = get_retry_request(request, spider=spider, reason="Retry-After", max_retry_times=most)
            return again or response
        if response.status in {429, 503} and response.headers.get("Retry-After"):
            return response
        usual: Request | Response = super().process_response(request, response)
        return usual
