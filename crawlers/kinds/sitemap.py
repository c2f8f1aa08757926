"""Sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from crawlers import expect
from crawlers.kinds.base import headers_of
from crawlers.kinds.listing import Listing
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, Fetched, Level, Role
from pipeline.refine.sitemap import read_sitemap


class Sitemap(Listing):
    """A news sitemap, a plain one, or an index of either, gzipped or not.

    Pages are followed when their address fits `only`, and their date lies within `days`; one that states no date is
    followed as long as it is unknown. Of an index the sitemaps changed within `days` are read, newest first.
    """

    method = "sitemap"
    role = Role.LISTING
    only: ClassVar[str] = ""  # a regular expression that addresses of articles match
    days: ClassVar[int] = 7
    at_most_sitemaps: ClassVar[int] = 10  # of an index, in one night
    _index: bool = False

    def parse(self, response: Response, entry: FeedEntry | None = None, depth: int = 0) -> Iterator[Any]:
        """An answer; ``depth`` 1 is that of a sitemap that an index named."""
        if depth and response.status == 200:
            yield from self.list_came(response)
        else:
            yield from super().parse(response, entry)

    def read(self, response: Response) -> Sequence[FeedEntry]:
        found = read_sitemap(response.body, url=response.url)
        return found.sitemaps or found.pages

    def list_came(self, response: Response) -> Iterator[Fetched | Request]:
        try:
            found = read_sitemap(response.body, url=response.url)
        except SourceError as error:
            what = expect.wall(response.body, url=response.url, headers=headers_of(response))
            self.tally.blocked = what is not None
            self.note(Level.ERROR, error.place, f"{what} in place of the sitemap" if what else error.what)
            return
        for issue in found.issues:
            self.note(Level.WARNING, response.url, issue)
        if not found.sitemaps:
            yield from self._pages_listed(response, found.pages)
            return
        if response.cb_kwargs.get("depth"):
            self.note(Level.WARNING, response.url, "an index within an index: not followed")
            return
        self.tally.answered = self._index = True
        yield self.fetched(response, self.role)
        recent = sorted(filter(self._recent, found.sitemaps), key=_age, reverse=True)
        if len(recent) > self.at_most_sitemaps:
            left = len(recent) - self.at_most_sitemaps
            self.note(Level.WARNING, response.url, f"{left} sitemaps more than the night's {self.at_most_sitemaps}")
        for sitemap in recent[: self.at_most_sitemaps]:
            if sitemap.url and self.may_ask_again(sitemap.url):
                yield self.ask(sitemap.url, cb_kwargs={"depth": 1})

    def _pages_listed(self, response: Response, pages: Sequence[FeedEntry]) -> Iterator[Fetched | Request]:
        self.tally.answered = True
        self.tally.entries += len(pages)
        if not self._index:
            self._enough(response.url)
        yield self.fetched(response, self.role)
        articles = [page for page in pages if re.search(self.only, page.url or "")]
        if pages and not articles:
            self.note(Level.WARNING, response.url, f"none of {len(pages)} addresses matches “{self.only}”: redesign?")
        yield from self.follow_all(response, sorted(filter(self._recent, articles), key=_age, reverse=True))

    def closed(self, reason: str) -> None:
        if self._index and not self.tally.not_modified and reason == "finished":
            self._enough(self.address or self.url)
        super().closed(reason)

    def _enough(self, place: str) -> None:
        if self.tally.entries < self.at_least:
            self.tally.short = True
            what = f"{self.tally.entries} pages, where a healthy answer holds at least {self.at_least}"
            self.note(Level.ERROR, place, what)

    def _recent(self, entry: FeedEntry) -> bool:
        when = entry.updated or entry.published
        return when is None or when.at > self.started - timedelta(days=self.days)


def _age(entry: FeedEntry) -> float:
    when = entry.updated or entry.published
    return when.at.timestamp() if when else 0.0
