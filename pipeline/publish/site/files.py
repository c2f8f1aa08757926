"""Files as they lie on disk, with the validators that let a reader ask “anything new?” and hear 304."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.utils.asgi import NotFound, Response

from pipeline.publish.wording import shortened

STATIC = Path(__file__).parent / "static"
SCHEMA = Path(__file__).parent.parent / "schema.sql"
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
# How a subscription is offered, in this order.
FEEDS = {".atom": "Atom", ".rss": "RSS", ".json": "JSON Feed", ".ics": "Calendar (iCal)"}


def feeds_of(folder: Path, name: str) -> list[tuple[str, str]]:
    """The feeds and calendars of this name that the publication in ``folder`` has, as (address, word)."""
    return [
        (f"/feeds/{quote(name + suffix)}", word)
        for suffix, word in FEEDS.items()
        if (folder / "feeds" / (name + suffix)).is_file()
    ]


def media_type(address: str) -> str:
    """What a feed or calendar of this address is, as a link says it."""
    return TYPES[Path(address).suffix].partition(";")[0]


def answer(folder: Path, name: str, request: Any, *, cache: str) -> Response:
    """The file ``folder/name``, or 304 (RFC 9110 §13). `NotFound` for all but files of a known type."""
    path = folder / name
    try:
        status = path.stat() if Path(name).name == name and not name.startswith(".") and path.suffix in TYPES else None
    except (OSError, ValueError):  # not there; longer than a name can be; with a character that none may have
        status = None
    if status is None or not stat.S_ISREG(status.st_mode):
        raise NotFound(f"There is no file {shortened(name)} here.")
    body, tag = _read(path, status.st_mtime_ns, status.st_size)
    modified = datetime.fromtimestamp(int(status.st_mtime), UTC)
    headers = {"ETag": tag, "Last-Modified": format_datetime(modified, usegmt=True), "Cache-Control": cache}
    if _unchanged(request, tag, modified):
        return Response(b"", status=304, headers=headers, content_type=TYPES[path.suffix])
    headers |= {"Content-Length": str(len(body)), "Access-Control-Allow-Origin": "*"}
    return Response(body, headers=headers, content_type=TYPES[path.suffix])


def _unchanged(request: Any, tag: str, modified: datetime) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:  # then the date does not count: RFC 9110 §13.1.3
        return "*" in asked or tag in {part.strip().removeprefix("W/") for part in asked.split(",")}
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))


@lru_cache(maxsize=512)
def _read(path: Path, _modified: int, _size: int) -> tuple[bytes, str]:
    body = path.read_bytes()
    return body, f'"{sha256(body).hexdigest()[:32]}"'


def style_mark() -> str:
    """Changes with the style sheet, so that its address can be kept for a year."""
    path = STATIC / "docketwire.css"
    status = path.stat()
    return _read(path, status.st_mtime_ns, status.st_size)[1][1:11]
