"""CourtListener's own word on the dockets we follow, for the audit of the registry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from crawlers import trouble
from crawlers.kinds.courtlistener import REFUSED, CourtListener
from pipeline.model import Docket, Fetched, Filed, Level, Role
from pipeline.refine.courtlistener_docket import FIELDS, read_docket


class Dockets(CourtListener):
    """Caption, number, judges and dates of each followed docket, once a week, those read longest ago first.

    Needs a token; without one nothing is asked, and the registry is audited against what was crawled.
    """

    at_most_answers: ClassVar[int] = 40  # of the 250 a day that an account may have; the entries take 200
    again: ClassVar[timedelta] = timedelta(days=7)

    def first(self, address: str) -> Iterator[Request]:
        if not self.token:
            self.tally.answered = True
            self.note(Level.NOTE, address, "no token: the registry is audited against what was crawled")
            return
        due = (self.started - self.again).timestamp()
        for number, docket in sorted(self.followed.items(), key=lambda pair: (self._at(self._url(pair[0])), pair[0])):
            if self._at(self._url(number)) <= due:
                url = f"{self._url(number)}?fields={','.join(FIELDS)}"
                yield from self._api(url, self.docket_came, number=number, docket=docket)

    def docket_came(self, response: Response, number: int, docket: Docket) -> Iterator[Any]:
        """One docket. One that the API no longer has is an issue: the case file points to nothing."""
        if response.status in REFUSED:
            if not self._refused:
                self._refused = True
                what = f"{trouble.answered(response)}: the registry is audited against what was crawled"
                self.note(Level.WARNING, self.address or self.url, what)
            return
        answer = yield from self._understood(response, read_docket)
        if answer is None:
            return
        self._found += 1
        yield self._fetched_docket(response, number, docket)

    def _fetched_docket(self, response: Response, number: int, docket: Docket) -> Fetched:
        filed = Filed(docket.key)
        return self.fetched(response, Role.DOCKET, requested=self._url(number), court=docket.court, filed=filed)

    def _url(self, number: int) -> str:
        return f"{self.address}dockets/{number}/"
