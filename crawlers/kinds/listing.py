"""Sources that list their pages: the list is read, what it names is followed. Feeds, sitemaps, opinion lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapy import Request
from scrapy.http import Response

from crawlers import expect
from crawlers.kinds.base import SourceSpider, asked_for, headers_of
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, Fetched, Level, Role


class Listing(SourceSpider):
    """A list of entries, newest first; every new one is followed to its page."""

    def came(self, response: Response, entry: FeedEntry | None) -> Iterator[Fetched | Request]:
        if entry is None:
            yield from self.list_came(response)
        else:
            yield from self.page_came(response, entry)

    def list_came(self, response: Response) -> Iterator[Fetched | Request]:
        try:
            entries = self.read(response)
        except SourceError as error:
            self.tally.blocked = isinstance(error, expect.BlockedError)
            self.note(Level.ERROR, error.place, error.what)
            return
        self.tally.answered = True
        self.tally.entries += len(entries)
        if len(entries) < self.at_least:
            self.tally.short = True
            what = f"{len(entries)} entries, where a healthy answer holds at least {self.at_least}"
            self.note(Level.ERROR, response.url, what)
        yield self.fetched(response, self.role)
        yield from self.follow_all(response, entries)

    def follow_all(self, response: Response, entries: Sequence[FeedEntry]) -> Iterator[Fetched | Request]:
        # By URL: one filing stands in several dockets. Scrapy's own filter would also drop, and tell nobody, a redirect
        # to something that was asked for before.
        found = {request.url: request for entry in reversed(entries) for request in self.follow(entry)}
        wanted = list(reversed(found.values()))
        left = len(wanted) - (self.at_most - self.tally.asked)
        if left > 0:
            what = f"{left} pages more than the night's {self.at_most}: left for later"
            self.note(Level.WARNING, response.url, what)
            wanted = wanted[:-left]
        self.tally.asked += len(wanted)
        yield from wanted

    def follow(self, entry: FeedEntry) -> Iterator[Request]:
        """Requests that an entry gives rise to."""
        if entry.url:
            yield from self.ask_if_new(entry.url, entry)

    def page_came(self, response: Response, entry: FeedEntry) -> Iterator[Fetched]:
        self.tally.pages += 1
        what = expect.wall(response.body, url=response.url, headers=headers_of(response))
        if what:
            self.tally.walls += 1
            self.note(Level.WARNING, asked_for(response), f"{what} in place of the page")
        yield self.fetched(response, Role.PAGE, entry)
