"""What a source usually is.

A source is a small class in `crawlers.sources` that says where, and of which kind:

* `Feed` — RSS, Atom or JSON Feed; every new entry is followed to its page.
* `Lead` — a feed whose links cannot be followed: headline, publisher and date, never a body.
* `CourtFeed` — a CM/ECF feed: its entries are docket entries; only PDFs that the feed itself encloses are fetched.
* `CourtListener` — REST API v4: followed dockets, their entries and PDFs, and a search for cases unknown to us.
* `Dockets` — the same API's word on each followed docket, for the audit.
* `Sitemap` — a news sitemap, a plain one, or an index of either.
* `Page` — a page without a feed; kept when its words change, or read for new links.
* `Opinions` — a court's list of opinions, read by one of juriscraper's scrapers.
* `Warc` — a web archive, such as Common Crawl News, filtered before anything is parsed.

Nothing is decided silently: what was left out, refused or broken becomes an `Issue` of the source's `Run`. Oddities
inside a feed are told when it is ingested.
"""

from __future__ import annotations

from crawlers.kinds.base import SourceSpider, run_id
from crawlers.kinds.court_feed import CourtFeed
from crawlers.kinds.courtlistener import CourtListener
from crawlers.kinds.dockets import Dockets
from crawlers.kinds.feed import Feed
from crawlers.kinds.lead import Lead
from crawlers.kinds.opinions import Opinions
from crawlers.kinds.page import Page
from crawlers.kinds.sitemap import Sitemap
from crawlers.kinds.warc import Warc

__all__ = [
    "CourtFeed", "CourtListener", "Dockets", "Feed", "Lead", "Opinions", "Page", "Sitemap", "SourceSpider", "Warc",
    "run_id",
]  # fmt: skip
