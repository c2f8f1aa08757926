"""RSS, Atom, JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapy import Request
from scrapy.http import Response

from crawlers import expect
from crawlers.kinds.base import headers_of
from crawlers.kinds.listing import Listing
from pipeline.model import FeedEntry, Fetched, Role


class Feed(Listing):
    """A feed; every new entry is followed to its page. Where that is closed to us, the entry's own words remain."""

    method = "feed"
    role = Role.FEED

    def read(self, response: Response) -> Sequence[FeedEntry]:
        headers = headers_of(response)
        media_type = {name.lower(): value for name, value in headers}.get("content-type", "")
        return expect.feed(response.body, url=response.url, content_type=media_type, headers=headers).entries

    def follow_all(self, response: Response, entries: Sequence[FeedEntry]) -> Iterator[Fetched | Request]:
        yield from super().follow_all(response, entries)
        yield from self.without_page(entries)

    def without_page(self, entries: Sequence[FeedEntry]) -> Iterator[Fetched]:
        """Entries that link nowhere: their own words are all there is."""
        for entry in entries:
            if entry.url is None and (entry.content or entry.summary):
                yield self.own_words(entry, known_again=False)
