"""CourtListener: the dockets we follow, and cases that we do not know of yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawlers import expect, trouble
from crawlers.kinds.base import BUSY, SourceSpider, headers_of
from pipeline.errors import SourceError
from pipeline.model import Docket, FeedEntry, Fetched, Filed, Health, Kind, Level, Role, When
from pipeline.refine import courtlistener
from pipeline.refine.courtlistener import DOCUMENT_FIELDS, ENTRY_FIELDS, STORAGE, Answer, EntryReader
from pipeline.refine.courts import zone
from pipeline.refine.docket_feed import behind_pacer

_FIELDS = ",".join((*ENTRY_FIELDS, *(f"recap_documents__{name}" for name in DOCUMENT_FIELDS)))
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class CourtListener(SourceSpider):
    """REST API v4. A docket is followed when its case file gives its page at CourtListener.

    With a token the entries changed since the last night are asked for, with the PDFs that RECAP holds; then the
    documents changed since: a PDF that somebody gave RECAP later does not change its entry. Without a token, or where
    the API refuses it, the docket's Atom feed stands in: the newest thirty entries. The API may be searched by anybody.
    It is offered to programs, under its own terms and limits; robots.txt, which speaks of pages, is obeyed for feeds
    and PDFs.
    """

    method = "courtlistener"
    kind = Kind.FILING
    searches: ClassVar[tuple[Mapping[str, str], ...]] = ()
    at_most_answers: ClassVar[int] = 200  # of the API and of feeds, in one night: an account may have 250 a day
    days: ClassVar[int] = 30  # how far back a first search looks
    recent: ClassVar[timedelta] = timedelta(days=30)  # changes of documents that a first look asks for
    overlap: ClassVar[timedelta] = timedelta(days=10)  # RECAP learns of a case days after it was filed

    handle_httpstatus_list: ClassVar[list[int]] = sorted({*SourceSpider.handle_httpstatus_list, HTTPStatus.BAD_REQUEST})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answers = self._left = self._found = 0
        self._pdfs: set[str] = set()  # asked for tonight
        self._refused = False  # the API has refused docket entries to this token

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        # Whoever has no larger allowance is let in five times a minute: two hundred answers take forty minutes.
        settings.set("CLOSESPIDER_TIMEOUT", 2700, priority="spider")
        super().update_settings(settings)

    async def start(self) -> AsyncIterator[Any]:
        try:
            for search in self.searches:
                courtlistener.check_query(search, place=self.name)
        except SourceError as error:
            self.note(Level.ERROR, error.place, f"{error.what}; {error.remedy}")
            return
        async for request in super().start():
            yield request

    def first(self, address: str) -> Iterator[Request]:
        if not (self.searches or self.followed):
            self.note(Level.ERROR, address, "nothing to ask: no search, and no case file gives a docket’s page there")
        for search in self.searches:
            yield from self._search(address, search)
        # Those read longest ago come first: a budget that is too small starves no docket.
        dockets = sorted(self.followed.items(), key=lambda pair: (self._read_at(pair[0]), pair[0]))
        for number, docket in dockets:
            yield from self._entries(number, docket) if self.token else self._feed(number, docket)
        if self.token:
            for number, docket in sorted(dockets, key=lambda pair: self._at(self._documents_url(pair[0]))):
                yield from self._documents(number, docket)

    def _read_at(self, number: int) -> float:
        return max(self._at(self._entries_url(number)), self._at(self._feed_url(number)))

    def _at(self, url: str) -> float:
        at = self.visited(url).at
        return at.timestamp() if at else 0.0

    # -------------------------------------------------------------------------------------------- asking

    def _api(self, url: str, callback: Any, **about: Any) -> Iterator[Request]:
        """One request of the night's budget. The token goes to the API alone, and to nobody it redirects to."""
        if self._answers >= self.at_most_answers:
            self._left += 1
            return
        self._answers += 1
        api = url.startswith(self.address or "-")
        headers = {"Authorization": f"Token {self.token}"} if self.token and api else {}
        headers |= {"Accept": "application/json"} if api else {}
        meta = {"dont_obey_robotstxt": True, "dont_redirect": True} if api else {}
        request = self.ask(url, callback=callback, cb_kwargs=about, meta=meta)
        request.headers.update(headers)
        yield request

    def _search(self, address: str, search: Mapping[str, str]) -> Iterator[Request]:
        key = f"{address}search/?{urlencode({'type': 'r', **search})}"
        last = self.visited(key).at
        since = last - self.overlap if last else self.started - timedelta(days=self.days)
        yield from self._api(f"{key}&filed_after={since:%Y-%m-%d}", self.cases_came, key=key)

    def _entries(self, number: int, docket: Docket) -> Iterator[Request]:
        url = self._changed(self._entries_url(number), _FIELDS)
        yield from self._api(url, self.entries_came, number=number, docket=docket)

    def _documents(self, number: int, docket: Docket) -> Iterator[Request]:
        """Those that changed since the docket's entries were first read: these name all that were there by then."""
        read = self.visited(self._entries_url(number)).at
        if read is None:
            return
        fields = ",".join((*DOCUMENT_FIELDS, "date_modified"))
        url = self._changed(self._documents_url(number), fields, last=read - self.recent)
        yield from self._api(url, self.documents_came, number=number, docket=docket)

    def _changed(self, key: str, fields: str, *, last: datetime | None = None) -> str:
        """Ascending by change: whatever part of it is read, the next night goes on from there."""
        last = self.visited(key).at or last
        since = {"date_modified__gte": last.isoformat()} if last else {}
        return f"{key}&{urlencode({'order_by': 'date_modified', 'fields': fields, **since})}"

    def _feed(self, number: int, docket: Docket) -> Iterator[Request]:
        yield from self._api(self._feed_url(number), self.feed_came, number=number, docket=docket)

    def _entries_url(self, number: int) -> str:
        return f"{self.address}docket-entries/?docket={number}"

    def _documents_url(self, number: int) -> str:
        return f"{self.address}recap-documents/?is_available=True&docket_entry__docket={number}"

    def _feed_url(self, number: int) -> str:
        return urljoin(self.address or "", f"/docket/{number}/feed/")

    # -------------------------------------------------------------------------------------------- what came

    def read(self, response: Response) -> Sequence[FeedEntry]:
        """The cases in the answer to a search."""
        found, _ = courtlistener.cases(courtlistener.read_search(response.body, url=response.url), url=response.url)
        return [
            FeedEntry(case.url, case.url, str(case), When.on(case.filed, zone(case.court)) if case.filed else None)
            for case in found
        ]

    def entries_came(self, response: Response, number: int, docket: Docket) -> Iterator[Fetched | Request]:
        """A page of a docket's entries, oldest change first."""
        if response.status in REFUSED:
            if not self._refused:
                self._refused = True
                what = f"{trouble.answered(response)}: dockets are followed by their feeds, which hold 30 entries each"
                self.note(Level.WARNING, self.address or self.url, what)
            yield from self._feed(number, docket)
            return
        answer = yield from self._understood(response, courtlistener.read_entries)
        if answer is None:
            return
        key = self._entries_url(number)
        yield self.fetched(response, Role.DOCKET, requested=key, court=docket.court, filed=Filed(docket.key))
        reader = EntryReader(docket.key, court=docket.court, source=self.name)
        last = self.visited(self._entries_url(number)).at
        for row in answer.results:
            try:
                self._found += last is None or courtlistener.modified(row) > last
                for entry, filed in reader.documents(row):
                    yield from self._pdf(entry, filed, docket)
            except (KeyError, TypeError, ValueError):
                continue  # told when it is ingested
        if answer.next:
            yield from self._api(answer.next, self.entries_came, number=number, docket=docket)

    def documents_came(self, response: Response, number: int, docket: Docket) -> Iterator[Fetched | Request]:
        """A page of a docket's documents that RECAP holds, oldest change first."""
        if response.status in REFUSED:
            return  # told when the entries were asked for
        answer = yield from self._understood(response, courtlistener.read_documents)
        if answer is None:
            return
        key = self._documents_url(number)
        yield self.fetched(response, Role.DOCKET, requested=key, court=docket.court, filed=Filed(docket.key))
        reader = EntryReader(docket.key, court=docket.court, source=self.name)
        for row in answer.results:
            with suppress(TypeError, ValueError):  # told when it is ingested
                for entry, filed in reader.document(row, number=row["document_number"]):
                    yield from self._pdf(entry, filed, docket)
        if answer.next:
            yield from self._api(answer.next, self.documents_came, number=number, docket=docket)

    def feed_came(self, response: Response, number: int, docket: Docket) -> Iterator[Fetched | Request]:
        """A docket's Atom feed."""
        del number
        if response.status == HTTPStatus.NOT_MODIFIED:
            self.tally.not_modified += 1
            self.tally.answered = True
            return
        if response.status != HTTPStatus.OK:
            yield from self.refused(response, None)
            return
        try:
            feed = expect.feed(response.body, url=response.url, content_type="", headers=headers_of(response))
        except SourceError as error:
            self.tally.blocked |= isinstance(error, expect.BlockedError)
            self.note(Level.ERROR, error.place, error.what)
            return
        self.tally.answered = True
        self.tally.entries += len(feed.entries)
        self._found += len(feed.entries)
        yield self.fetched(response, Role.DOCKET, court=docket.court, filed=Filed(docket.key))
        entries, _ = EntryReader(docket.key, court=docket.court, source=self.name).feed(feed)
        numbers = {entry.url: entry.number for entry in entries}
        for item in feed.entries:
            for url, _ in item.enclosures:
                if not behind_pacer(url):
                    yield from self._pdf(replace(item, url=url), Filed(docket.key, numbers.get(item.url)), docket)

    def cases_came(self, response: Response, key: str) -> Iterator[Fetched | Request]:
        """A page of cases found."""
        answer = yield from self._understood(response, courtlistener.read_search)
        if answer is None:
            return
        yield self.fetched(response, Role.SEARCH, requested=None if answer.next else key)
        self._found += len(answer.results)
        if answer.next:
            yield from self._api(answer.next, self.cases_came, key=key)

    def _understood(self, response: Response, read: Any) -> Any:
        """The `Answer`, or None when there is none: then it has been told."""
        if response.status != HTTPStatus.OK:
            if response.status == HTTPStatus.BAD_REQUEST:
                words = " ".join(response.text.split())[:200]
                self.note(Level.ERROR, _bare(response.url), f"{trouble.answered(response)}: {words}")
            else:
                yield from self.refused(response, None)
            return None
        try:
            answer: Answer = read(self._without_token(response.body), url=response.url)
        except SourceError as error:
            self.tally.broken = True
            self.note(Level.ERROR, _bare(response.url), error.what)
            return None
        for name in answer.unknown:
            self.tally.broken = True
            self.note(Level.ERROR, _bare(response.url), f"the answer has a field “{name}” that nobody has told us of")
        self.tally.answered = True
        self.tally.entries += len(answer.results)
        return answer

    def refused(self, response: Response, entry: FeedEntry | None) -> Iterator[Fetched]:
        """Too many requests: the whole API is left alone until it says, whichever address heard it."""
        for refusal in super().refused(response, entry):
            api = response.status in BUSY and response.url.startswith(self.address or "-")
            yield replace(refusal, requested=self.address) if api else refusal

    def _pdf(self, entry: FeedEntry, filed: Filed, docket: Docket) -> Iterator[Request]:
        url = urljoin(self.address or "", urlsplit(entry.url or "").path) if self.demo else entry.url
        if url is None or url in self._pdfs or not (self.demo or url.startswith(STORAGE)):
            return
        self._pdfs.add(url)
        for request in self.ask_if_new(url, entry, callback=self.pdf_came, cb_kwargs={
            "entry": replace(entry, url=url), "filed": filed, "docket": docket
        }):  # fmt: skip
            if self.tally.asked >= self.at_most:
                self._left += 1
            else:
                self.tally.asked += 1
                yield request

    def pdf_came(self, response: Response, entry: FeedEntry, filed: Filed, docket: Docket) -> Iterator[Any]:
        """A document of the RECAP archive."""
        if response.status != HTTPStatus.OK:
            yield from self.parse(response, entry)
            return
        self.tally.pages += 1
        yield self.fetched(response, Role.PAGE, entry=entry, court=docket.court, filed=filed)

    def fetched(self, response: Response, role: Role, entry: FeedEntry | None = None, **more: Any) -> Fetched:
        """As usual; but a server that repeats the token does not get it written down."""
        fetched = super().fetched(response, role, entry, **more)
        headers = tuple((name, self.without_secrets(value)) for name, value in fetched.headers)
        return replace(fetched, headers=headers, body=self._without_token(fetched.body))

    def _without_token(self, body: bytes) -> bytes:
        return body.replace(self.token.encode(), b"[token]") if self.token else body

    # -------------------------------------------------------------------------------------------- the result

    def closed(self, reason: str) -> None:
        if self._left:
            what = f"{self._left} requests more than the night’s {self.at_most_answers} answers and {self.at_most} PDFs"
            self.note(Level.WARNING, self.address or self.url, f"{what}: left for later")
        super().closed(reason)

    def health(self) -> Health:
        """Refused or failing when anything the source consists of was; PDFs that did not come are warnings."""
        failed = any(issue.level is Level.ERROR for issue in self.tally.issues)
        if failed and self.tally.answered and not self.tally.blocked:
            return Health.FAILING
        return super().health()

    def something_new(self) -> bool:
        return self._found > 0


def _bare(url: str) -> str:
    """Without the query, which is long, and tells a reader nothing."""
    return url.partition("?")[0]
