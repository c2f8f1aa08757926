"""Web archives: pages that others have fetched."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawlers.kinds.base import SourceSpider, asked_for
from pipeline.errors import SourceError, SpoolError
from pipeline.model import FeedEntry, Fetched, Level, Role
from pipeline.spool import Unpacker, page_in

_TARGET = re.compile(rb"^WARC-Target-URI: *<?(https?://[^\s>]+)", re.IGNORECASE | re.MULTILINE)
_LANGUAGE = re.compile(
    rb"<html[^<>]*?\slang=[\"']?([a-z]{2})|^Content-Language: *([a-z]{2})", re.IGNORECASE | re.MULTILINE
)


class Warc(SourceSpider):
    """A WARC file, or a list of them (Common Crawl News: ``…/CC-NEWS/{year}/{month}/warc.paths.gz``), newest first.

    A file is fetched in pieces and never held whole. A record is parsed only when its bytes pass: its host is one of
    `hosts` (with subdomains; empty: any), a language that it states is one of `languages`, and of every group of
    `keywords` one word stands in it.
    """

    method = "warc"
    role = Role.LISTING
    hosts: ClassVar[frozenset[str]] = frozenset()
    languages: ClassVar[frozenset[str]] = frozenset({"en"})
    keywords: ClassVar[tuple[tuple[str, ...], ...]]
    at_most_files: ClassVar[int] = 1  # new files in one night
    piece: ClassVar[int] = 16 * 2**20  # bytes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = [re.compile(b"|".join(re.escape(w.lower().encode()) for w in group)) for group in self.keywords]
        self._left = 0  # pages beyond the night's budget

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        settings.set("SOURCE_BYTES", 2 * 2**30, priority="spider")  # one file of Common Crawl News is 1 GiB

    def first(self, address: str) -> Iterator[Request]:
        address = address.format(year=f"{self.started:%Y}", month=f"{self.started:%m}")
        if urlsplit(address).path.endswith(".warc.gz"):
            yield from self._files([address])
        else:
            yield self.ask(address)

    def read(self, response: Response) -> Sequence[FeedEntry]:
        body = response.body
        try:
            lines = (_unpacked(body) if body.startswith(b"\x1f\x8b") else body).decode("ascii").split()
        except (zlib.error, UnicodeDecodeError) as error:
            raise SourceError(response.url, f"not a list of WARC files ({error})") from error
        files = [urljoin(response.url, "/" + line.lstrip("/")) for line in lines if line.endswith(".warc.gz")]
        if not files:
            raise SourceError(response.url, "no WARC files on the list")
        return [FeedEntry(id=file, url=file, title="") for file in files]

    def came(self, response: Response, entry: FeedEntry | None) -> Iterator[Fetched | Request]:
        del entry
        try:
            files = [found.id for found in self.read(response)]
        except SourceError as error:
            self.note(Level.ERROR, error.place, error.what)
            return
        self.tally.entries = len(files)
        self.tally.answered = True
        yield self.fetched(response, self.role)
        yield from self._files(sorted(files, reverse=True))

    def _files(self, files: list[str]) -> Iterator[Request]:
        new = [file for file in files if self.visited(file).at is None]
        if len(new) > self.at_most_files:
            left = len(new) - self.at_most_files
            self.note(Level.NOTE, self.address or self.url, f"{left} files more than the night's {self.at_most_files}")
        for file in new[: self.at_most_files]:
            yield self._piece(file, 0, Unpacker(Path(urlsplit(file).path)), (0, 0))
        self.tally.answered = True

    def _piece(self, file: str, start: int, unpacker: Unpacker, seen: tuple[int, int]) -> Request:
        return Request(
            file,
            headers={"Range": f"bytes={start}-{start + self.piece - 1}", "Accept-Encoding": "identity"},
            callback=self.piece_came,
            cb_kwargs={"start": start, "unpacker": unpacker, "seen": seen},
            errback=self.failed,
            dont_filter=True,
        )

    def piece_came(
        self, response: Response, start: int, unpacker: Unpacker, seen: tuple[int, int]
    ) -> Iterator[Fetched | Request]:
        """Bytes of a file from ``start``; ``seen`` counts (records, pages kept) so far."""
        if response.status not in {200, 206}:
            yield from self.refused(response, None)
            return
        records, kept = seen
        whole = response.status == 200
        if whole and start:
            self.note(Level.ERROR, response.url, "the server does not give a file in pieces")
            return
        try:
            for _, member in unpacker.feed(response.body):
                records += 1
                page = page_in(member, Path(response.url)) if self.passes(member) else None
                if page and self.tally.pages >= self.at_most:
                    self._left += 1
                elif page:
                    kept += 1
                    self.tally.pages += 1
                    yield replace(page, source=self.name, kind=self.kind, requested=None, run=self.run)
            end = start + len(response.body)
            total = end if whole else _total(response)
            if end < total and response.body:
                yield self._piece(asked_for(response), end, unpacker, (records, kept))
                return
            unpacker.end()
        except SpoolError as error:
            self.tally.broken = True
            self.note(Level.ERROR, response.url, error.what)
            return
        self.note(Level.NOTE, response.url, f"{kept} of {records} records kept")
        yield self.fetched(response, Role.LISTING, status=200, body=b"", headers=())

    def passes(self, member: bytes) -> bool:
        """Whether a record's bytes are worth parsing."""
        head = member[:4096]
        target = _TARGET.search(head)
        host = (urlsplit(target[1].decode("latin-1")).hostname or "") if target else ""
        if b"WARC-Type: response" not in head or not host:
            return False
        if self.hosts and not any(host == ours or host.endswith("." + ours) for ours in self.hosts):
            return False
        stated = {(m[1] or m[2]).decode().lower() for m in _LANGUAGE.finditer(member[: 2**15])}
        if stated and self.languages and not stated & self.languages:
            return False
        lower = member.lower()
        return all(words.search(lower) for words in self._words)

    def closed(self, reason: str) -> None:
        if self._left:
            what = f"{self._left} pages more than the night's {self.at_most}: left out"
            self.note(Level.WARNING, self.address or self.url, what)
        super().closed(reason)


def _unpacked(body: bytes) -> bytes:
    return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(body, 2**24)  # a month's list is some 20 kB


def _total(response: Response) -> int:
    """Length of the whole file, by ``Content-Range: bytes 0-9/100`` (RFC 9110, 14.4)."""
    stated = re.fullmatch(rb"bytes \d+-\d+/(\d+)", response.headers.get("Content-Range") or b"")
    if stated is None:
        raise SpoolError(response.url, "a piece of a file without its length")
    return int(stated[1])
