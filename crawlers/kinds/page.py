"""Pages without a feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from crawlers import expect
from crawlers.kinds.base import asked_for, headers_of
from crawlers.kinds.listing import Listing
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, Fetched, Level, Role
from pipeline.refine import polled
from pipeline.refine.feed import hashed


class Page(Listing):
    """A page that is asked for every night and kept when its words have changed; what is new becomes a document.

    With `only`, a regular expression, the page is a list: it is the new links that match which are followed and kept.
    """

    method = "page"
    role = Role.POLL
    cadence_hours = 24 * 7
    only: ClassVar[str] = ""

    def read(self, response: Response) -> Sequence[FeedEntry]:
        if self.only:
            return polled.links(response.body, url=response.url, only=self.only)
        digest = hashed(polled.digest(response.body, url=response.url))
        return [FeedEntry(id=f"sha256:{digest}", url=response.url, title=self.title)]

    def list_came(self, response: Response) -> Iterator[Fetched | Request]:
        what = expect.wall(response.body, url=response.url, headers=headers_of(response))
        if what:
            self.tally.blocked = True
            self.note(Level.ERROR, response.url, f"{what} in place of the page")
            return
        try:
            words = polled.digest(response.body, url=response.url)
            entries = self.read(response)
        except SourceError as error:
            self.note(Level.ERROR, error.place, error.what)
            return
        self.tally.answered = True
        self.tally.entries = len(entries)
        if self.tally.entries < self.at_least:
            self.tally.short = True
            self.note(
                Level.ERROR, response.url, f"{len(entries)} links match “{self.only}”, fewer than {self.at_least}"
            )
        if self.only:
            yield self.fetched(response, Role.LISTING)
            yield from self.follow_all(response, entries)
        elif words != self.visited(asked_for(response)).digest:
            self.tally.pages += 1
            yield self.fetched(response, self.role)

    def follow(self, entry: FeedEntry) -> Iterator[Request]:
        if entry.url != self.address:
            yield from super().follow(entry)
