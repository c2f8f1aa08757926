"""A folder of web pages, served over real HTTP on a loopback port: the bundled demonstration web.

The whole folder is read when serving begins, so a request can reach nothing else: no listing, no way out.
Two conventions let plain files say what plain files cannot:

* `PLACEHOLDER` in a text file becomes the origin that is really listened on, so feeds may hold absolute links;
* ``feed.xml.410`` answers for ``feed.xml`` with status 410 (any three digits do).

Validators follow RFC 9110 §8.8 and §13: a strong ETag over the bytes sent, and one fixed Last-Modified, because the
times of checked-out files say nothing.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from pipeline.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PLACEHOLDER = "http://demo.invalid"
LAST_MODIFIED = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)

# First ending that fits; not the machine's own table, which differs from one to the next.
MEDIA_TYPES = (
    ("atom.xml", "application/atom+xml"),
    (".xml", "application/rss+xml"),  # no charset: the XML declaration says it (CM/ECF writes ISO-8859-1)
    (".json", "application/feed+json"),
    (".html", "text/html; charset=utf-8"),
    (".txt", "text/plain; charset=utf-8"),
    (".pdf", "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer, ready to send."""

    status: int
    media_type: str
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A running replay: where it listens, and every request so far as (method, target as asked, status)."""

    url: str  # origin without a slash at the end
    requests: list[tuple[str, str, int]] = field(default_factory=list)


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[Replay]:
    """Serve ``folder`` on 127.0.0.1 until the block ends; port 0 takes any free one.

    Raises SourceError when the folder holds nothing to serve or the port cannot be had.
    """
    try:
        server = _Server(("127.0.0.1", port), _Answer)
    except OSError as error:
        raise SourceError(f"127.0.0.1:{port}", f"cannot listen ({error.strerror})", "choose another port") from error
    with server:
        replay = Replay(f"http://127.0.0.1:{server.server_port}")
        server.pages, server.requests = read_web(folder, origin=replay.url), replay.requests
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="replay", daemon=True)
        thread.start()
        try:
            yield replay
        finally:
            server.shutdown()
            thread.join()


def read_web(folder: Path, *, origin: str) -> dict[str, Page]:
    """Every file below ``folder`` as the answer at its path (``/ledger/feed.xml``), links pointing at ``origin``."""
    pages = dict(_page(file, folder, origin) for file in sorted(folder.rglob("*")) if file.is_file())
    if not pages:
        raise SourceError(folder, "no pages to replay", "point at a folder like data/demo/web")
    return pages


def _page(file: Path, folder: Path, origin: str) -> tuple[str, Page]:
    path, status = "/" + file.relative_to(folder).as_posix(), int(HTTPStatus.OK)
    if ending := re.fullmatch(r"(.+)\.(\d{3})", path):
        path, status = ending[1], int(ending[2])
    media_type = next((kind for end, kind in MEDIA_TYPES if path.endswith(end)), "application/octet-stream")
    body = file.read_bytes()
    if media_type not in {"application/pdf", "application/octet-stream"}:
        body = body.replace(PLACEHOLDER.encode(), origin.encode())
    return path, Page(status, media_type, body, f'"{sha256(body).hexdigest()}"')


def unchanged(page: Page, headers: Mapping[str, str]) -> bool:
    """Whether a request's conditions are met by 304. If-None-Match outweighs If-Modified-Since (RFC 9110 §13.2.2)."""
    if (known := headers.get("If-None-Match")) is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or page.etag in tags
    if (since := headers.get("If-Modified-Since")) is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:  # a date that cannot be read is no condition
        return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) >= LAST_MODIFIED


class _Server(ThreadingHTTPServer):
    pages: dict[str, Page]
    requests: list[tuple[str, str, int]]


class _Answer(BaseHTTPRequestHandler):
    server_version = "docketwire-replay"
    sys_version = ""
    timeout = 10  # seconds; a caller that never asks must not hold up the end

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        page = cast("_Server", self.server).pages.get(unquote(urlsplit(self.path).path))
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        fresh = page.status == HTTPStatus.OK and unchanged(page, cast("Mapping[str, str]", self.headers))
        self.send_response(HTTPStatus.NOT_MODIFIED if fresh else page.status)
        if page.status == HTTPStatus.OK:
            self.send_header("ETag", page.etag)
            self.send_header("Last-Modified", format_datetime(LAST_MODIFIED, usegmt=True))
        if not fresh:
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if body and not fresh:
            self.wfile.write(page.body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002  the base class's shape
        cast("_Server", self.server).requests.append((self.command, self.path, int(code)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Say nothing on the terminal: the record is `Replay.requests`."""
