"""The ASGI application: the newest publication, read-only, opened anew when another one takes its place."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from datasette.app import Datasette
from datasette.plugins import pm

from pipeline.errors import PublishError
from pipeline.publish.site import plugin, queries
from pipeline.publish.site.kept import Kept

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HERE = Path(__file__).parent
DATABASE = "docketwire"
NAME = f"{DATABASE}.db"
THREADS = 4

# No script, no frame, nothing from elsewhere: pages are whole when they arrive.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"cross-origin-opener-policy": b"same-origin",
}

log = logging.getLogger(__name__)


def application(
    public: Path,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    leave: Callable[[str], bool] | None = None,
) -> Site:
    """The site over ``public`` (a folder or a link to one, holding ``docketwire.db`` and ``feeds/``), as an ASGI app.

    ``leave`` takes the token of a reader who wants no more mail and says whether it is one of ours (`Leaving.leave`).
    Raises `PublishError` when there is nothing published yet.
    """
    if not (public / NAME).is_file():
        raise PublishError(public / NAME, "there is no publication", "run docketwire publish first")
    if pm.get_plugin("docketwire") is None:
        pm.register(plugin, "docketwire")
    return Site(public, clock, leave)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page may know of the request beside its address. Stands in the ASGI scope as ``docketwire``."""

    at: datetime
    folder: Path  # of the publication
    about: dict[str, str]
    courts: dict[str, str]  # courts-db id → short name
    told: tuple[int, str] | None = None  # what came of a reader's wish to leave: status, words


class Edition:
    """One publication, open. Answers while it is current, and until its last request has ended."""

    def __init__(self, folder: Path, mark: str) -> None:
        self.folder = folder
        self.kept = Kept()
        self.mark = mark  # changes with the publication and with the code that shows it
        self.readers = 0
        self.retired = False
        self.about: dict[str, str] = {}
        self.courts: dict[str, str] = {}
        self.datasette = Datasette(
            files=[],
            immutables=[str(folder / NAME)],
            cors=True,
            template_dir=str(HERE / "templates"),
            metadata={"title": "docketwire", "databases": {DATABASE: {"queries": queries.CANNED}}},
            settings={
                "default_allow_sql": False,
                "num_sql_threads": THREADS,
                "suggest_facets": False,  # a query for every column of every table page
                "truncate_cells_html": 240,
                "default_page_size": 50,
                "max_csv_mb": 0,
            },
        )
        self._asgi = self.datasette.app()

    async def open(self) -> None:
        """Do now what Datasette would do in its first request, which others could overtake."""
        await self.datasette.invoke_startup()
        database = self.datasette.get_database(DATABASE)
        # Every thread opens its file now, so that requests under way survive the removal of an old folder.
        together = threading.Barrier(THREADS)
        await asyncio.gather(*(database.execute_fn(lambda _: together.wait(timeout=10)) for _ in range(THREADS)))
        await database.table_counts(limit=60_000)
        self.about = {row["key"]: row["value"] for row in await database.execute("SELECT key, value FROM about")}
        named = """SELECT court, court_name FROM matters WHERE court_name IS NOT NULL
                   UNION ALL SELECT DISTINCT court, court_name FROM documents WHERE court_name IS NOT NULL"""
        self.courts = {row["court"]: row["court_name"] for row in await database.execute(named)}

    def modified(self, at: datetime) -> bytes:
        """When a page last changed: with the publication, or at midnight (“in 4 days”)."""
        built = datetime.fromisoformat(self.about["built"]) if "built" in self.about else at
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return format_datetime(max(built, midnight).astimezone(UTC), usegmt=True).encode()

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send, *, at: datetime, told: tuple[int, str] | None = None
    ) -> None:
        self.readers += 1
        try:
            reading = Reading(at, self.folder, self.about, self.courts, told)
            await self._asgi({**scope, "docketwire": reading}, receive, send)
        finally:
            self.readers -= 1
            self.close_if_left()

    def close_if_left(self) -> None:
        if self.retired and not self.readers:
            self.datasette.executor.shutdown(wait=False)
            self.datasette.get_database(DATABASE).close()


class Site:
    """Sends each request to the current edition; gives every answer its headers; says 304 where nothing has changed."""

    def __init__(self, public: Path, clock: Callable[[], datetime], leave: Callable[[str], bool] | None = None) -> None:
        self._public = public
        self._leave = leave
        self._code = max(path.stat().st_mtime_ns for path in HERE.rglob("*") if path.suffix in {".py", ".html", ".css"})
        self._clock = clock
        self._edition: Edition | None = None
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._current()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                self.close()
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = None
        if scope["method"] == "POST" and scope["path"] == "/unsubscribe" and self._leave:
            told, scope = _unsubscribe(scope, self._leave), {**scope, "method": "GET"}  # and a page that says so
        if scope["method"] not in {"GET", "HEAD", "OPTIONS"}:
            await _plain(send, 405, {b"allow": b"GET, HEAD, OPTIONS"})
            return
        edition = await self._current()
        at = self._clock()
        own_tag = scope["path"].startswith(("/feeds/", "/static/"))  # files are tagged by their bytes
        personal = scope["path"] == "/unsubscribe"  # its address says who asks
        # A page can change with its publication, with the code, and with the day ("in 4 days").
        tag = f'W/"{edition.mark}-{at:%Y%m%d}"'.encode()
        fresh = {b"etag": tag, b"last-modified": edition.modified(at), b"cache-control": b"no-cache"}
        if not (own_tag or personal) and _unchanged(dict(scope["headers"]), fresh):
            await _plain(send, 304, {**fresh, **HEADERS})
            return

        # What is asked for, and the day: nothing else decides what a page says.
        address = (scope["method"], scope.get("raw_path", scope["path"]), scope["query_string"], tag)
        if not (own_tag or personal) and await edition.kept.send(address, send):
            return
        onward = send if own_tag or personal else edition.kept.keeping(address, send)

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = {key.lower(): value for key, value in message["headers"]}
                headers.pop(b"vary", None)  # nobody logs in: an answer depends on its address alone
                if personal:
                    headers |= {b"cache-control": b"no-store"}
                elif not own_tag:
                    headers |= fresh if message["status"] == 200 else {b"cache-control": b"no-cache"}
                message = {**message, "headers": list({**headers, **HEADERS}.items())}
            await onward(message)

        anonymous = [pair for pair in scope["headers"] if pair[0] not in {b"cookie", b"authorization"}]
        await edition({**scope, "headers": anonymous}, receive, send_with_headers, at=at, told=told)

    async def _current(self) -> Edition:
        """The edition of the newest publication; one that cannot be opened leaves the last good one standing."""
        now = self._edition
        try:
            folder = self._public.resolve(strict=True)
            mark = _mark(folder, self._code)
        except OSError:
            mark = None
        if now is not None and (mark is None or mark == now.mark):
            return now
        # While the next one opens, this one goes on answering; but for a folder that is gone, two publications later.
        if now is not None and self._opening.locked() and now.folder.exists():
            return now
        async with self._opening:
            if self._edition is not None and self._edition is not now:
                return self._edition  # opened while this request waited
            if mark is None:
                raise PublishError(self._public / NAME, "there is no publication", "run docketwire publish first")
            edition = Edition(folder, mark)
            try:
                await edition.open()
            except Exception:
                edition.retired = True
                edition.close_if_left()
                if now is None:
                    raise
                log.exception("%s cannot be opened; the publication before it stays", folder)
                return now
            self._edition = edition
        if now is not None:
            now.retired = True
            now.close_if_left()
        return edition

    def close(self) -> None:
        if self._edition is not None:
            self._edition.retired = True
            self._edition.close_if_left()
            self._edition = None


def _mark(folder: Path, code: int) -> str:
    """A short name of what would be shown: this publication (its file, not its bytes) by this code."""
    database = (folder / NAME).stat()
    identity = (str(folder), database.st_ino, database.st_mtime_ns, database.st_size, code)
    return sha256(repr(identity).encode()).hexdigest()[:16]


def _unchanged(asked: Mapping[bytes, bytes], fresh: Mapping[bytes, bytes]) -> bool:
    """Whether a reader who asks with these headers has the page already (RFC 9110 §13.1)."""
    if b"if-none-match" in asked:  # then the date does not count
        return fresh[b"etag"] in {part.strip() for part in asked[b"if-none-match"].split(b",")}
    try:
        since = parsedate_to_datetime(asked.get(b"if-modified-since", b"").decode("latin-1"))
        return parsedate_to_datetime(fresh[b"last-modified"].decode()) <= since
    except (ValueError, TypeError):  # no date; a date without zone
        return False


def _unsubscribe(scope: Scope, leave: Callable[[str], bool]) -> tuple[int, str]:
    """One click (RFC 8058): the address says all, so that a mail program need send nothing that identifies anybody."""
    [token] = parse_qs(scope["query_string"].decode("latin-1")).get("reader", [""])[:1]
    try:
        return (200, "You will get no more digests.") if leave(token) else (404, "No reader has this address.")
    except OSError:
        log.exception("a reader cannot leave")
        return 503, "That could not be written down. Please try again later."


async def _plain(send: Send, status: int, headers: dict[bytes, bytes], body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(headers.items())})
    await send({"type": "http.response.body", "body": body})
