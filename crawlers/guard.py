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
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from pipeline.refine.feed import behind_pacer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

LONGEST_WAIT = 30  # seconds; whoever asks for more is left alone until the next night

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(IgnoreRequest):
    """A request that the guard does not let out."""


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
    # Both of these IPv6 forms carry an IPv4 address to which they lead.
    inner = isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address.sixtofour)
    return address.is_global and not address.is_multicast and (not inner or _public(inner))


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


class PatientRetry(RetryMiddleware):
    """Retries as Scrapy does, but waits as long as ``Retry-After`` asks (RFC 9110, 10.2.3), or lets it be."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        asked = response.headers.get("Retry-After")
        if asked is None or response.status not in self.retry_http_codes:
            again: Request | Response = super().process_response(request, response)
            return again
        wait = seconds(asked.decode("latin-1"), now=datetime.now(UTC))
        if wait is None or wait > LONGEST_WAIT:
            return response
        await asyncio.sleep(wait)
        return self._retry(request, f"{response.status}, Retry-After {wait:.0f} s") or response


def seconds(retry_after: str, *, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, given as such or as a date; None when it cannot be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp())
