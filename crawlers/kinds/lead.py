"""Feeds whose links cannot be followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scrapy import Request
from scrapy.http import Response

from crawlers.kinds.feed import Feed
from pipeline.model import FeedEntry, Fetched


class Lead(Feed):
    """Headline, publisher and date; never a body.

    Google News links are opaque tokens that end on a consent page, and its terms allow no more than reading the feed; a
    paper behind a paywall has nothing else to give. What the feed says of an article is stripped before it is spooled.
    """

    method = "lead"

    def follow_all(self, response: Response, entries: Sequence[FeedEntry]) -> Iterator[Fetched | Request]:
        del response
        for entry in entries:
            if entry.url is None or self.visited(entry.url).at is None:
                self.tally.pages += 1
                yield self.own_words(headline(entry), known_again=True)


def headline(entry: FeedEntry) -> FeedEntry:
    """An entry reduced to headline, publisher (as its author) and date."""
    title = entry.title.removesuffix(f" - {entry.publisher}") if entry.publisher else entry.title
    authors = (entry.publisher,) if entry.publisher else entry.authors
    return replace(entry, title=title, authors=authors, summary="", content="", enclosures=())
