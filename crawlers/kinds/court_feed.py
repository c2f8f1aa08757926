"""CM/ECF RSS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapy import Request

from crawlers.kinds.feed import Feed
from pipeline.model import FeedEntry, Fetched, Kind
from pipeline.refine.docket_feed import behind_pacer


class CourtFeed(Feed):
    """Its entries are docket entries. Links into PACER cost money and are never followed; enclosed PDFs are free."""

    method = "court feed"
    kind = Kind.FILING
    cadence_hours = 12  # most of these feeds look back about 24 hours

    def follow(self, entry: FeedEntry) -> Iterator[Request]:
        for url, media_type in entry.enclosures:
            if media_type == "application/pdf" and not behind_pacer(url):
                yield from self.ask_if_new(url, entry)

    def without_page(self, entries: Sequence[FeedEntry]) -> Iterator[Fetched]:
        del entries  # ingested from the feed itself
        yield from ()

    def something_new(self) -> bool:
        return self.tally.entries > 0  # its entries are its content
