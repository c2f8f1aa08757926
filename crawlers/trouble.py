"""What went wrong with a request, in the words that the sources page prints."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectionClosed
from twisted.web._newclient import ParseError

from crawlers import guard

if TYPE_CHECKING:
    from scrapy.http import Response

ROBOTS = "forbidden by robots.txt"


def answered(response: Response) -> str:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    wait = response.headers.get("Retry-After")
    later = f", asks to come back later (Retry-After: {wait.decode('latin-1')})" if wait else ""
    return f"answered {response.status} {phrase}".rstrip() + later


def why(error: BaseException | None, url: str) -> tuple[str, bool]:
    """(what happened, whether it was refused to us rather than broken), in words for the sources page."""
    if isinstance(error, HttpError):
        # 401, 403: bot protection answers so; 451 is a refusal for legal reasons.
        return answered(error.response), error.response.status in {401, 403, 451}
    if isinstance(error, guard.Refused):
        return f"not fetched: {error}", False
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if "exceeded DOWNLOAD_MAXSIZE" in text:
            return "larger than we take, once unpacked", False
        robots = text == "Forbidden by robots.txt"
        return (ROBOTS if robots else text.partition(" because ")[2] or text), robots
    if isinstance(error, CannotResolveHostError):
        host = urlsplit(url).hostname or ""
        return guard.refused_names.get(host, f"the name “{host}” cannot be resolved"), False
    known: dict[Any, str] = {
        DownloadConnectionRefusedError: "the connection was refused",
        DownloadTimeoutError: "no whole answer in time",
        DownloadCancelledError: "larger than we take",
        ResponseDataLossError: "the answer broke off",
        StopDownload: "broken off: its bytes for the night were used up",
        guard.OversizeHeadError: "its head alone is larger than we take",
        ConnectionClosed: "the connection broke off",
        (ParseError, ValueError): "the answer is not HTTP",
    }
    if isinstance(error, DownloadFailedError):
        causes = [failure.value for failure in getattr(error.__cause__, "reasons", ())]
        error = causes[-1] if causes else error
    words = next((words for kind, words in known.items() if isinstance(error, kind)), None)
    return words or f"{type(error).__name__}: {error}".splitlines()[0], False
