"""Courts' own lists of opinions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from scrapy import FormRequest, Request
from scrapy.http import Response

from crawlers import expect
from crawlers.kinds.base import headers_of
from crawlers.kinds.listing import Listing
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, Kind, Level, Role
from pipeline.refine import opinions


class Opinions(Listing):
    """A list that one of juriscraper's scrapers reads; every new opinion is fetched. Scrapy does all the asking.

    `url` is where the list stands, for the sources page; where a scraper asks elsewhere (by form, or with today's date
    in the address), it is asked as the scraper says, on the same host.
    """

    method = "opinions"
    kind = Kind.FILING
    role = Role.LISTING
    scraper: ClassVar[str]  # below juriscraper.opinions.united_states: "federal_appellate.cadc"

    def first(self, address: str) -> Iterator[Request]:
        try:
            wanted = opinions.asking(self.scraper)
        except SourceError as error:
            self.note(Level.ERROR, error.place, error.what)
            return
        where = address if self.demo else wanted.url
        if wanted.form is None:
            yield self.ask(where)
        else:
            yield FormRequest(where, formdata=dict(wanted.form), errback=self.failed, dont_filter=True)

    def read(self, response: Response) -> Sequence[FeedEntry]:
        headers = headers_of(response)
        what = expect.wall(response.body, url=response.url, headers=headers)
        if what:
            raise expect.BlockedError(response.url, f"{what} in place of the list")
        court = self.court or ""
        return opinions.read_opinions(
            response.body, url=response.url, scraper=self.scraper, court=court, headers=headers
        )
