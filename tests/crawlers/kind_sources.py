"""One source of each kind, on the loopback server of the tests."""

from __future__ import annotations

from crawlers.kinds import CourtFeed, CourtListener, Feed, Lead, Opinions, Page, Sitemap, Warc


class Paper(Feed):
    name = "paper"
    title = "The Paper"
    url = "/feed.xml"
    demo = True


class Wire(Lead):
    name = "wire"
    title = "The Wire"
    url = "/wire.xml"
    demo = True


class Clerk(CourtFeed):
    name = "clerk"
    title = "The Clerk"
    url = "/rss_outside.pl"
    court = "nysd"
    demo = True


class Map(Sitemap):
    name = "map"
    title = "The Map"
    url = "/sitemap.xml"
    only = r"/20\d\d/"
    demo = True


class Index(Sitemap):
    name = "index"
    title = "The Map, in parts"
    url = "/index.xml"
    demo = True


class Tracker(Page):
    name = "tracker"
    title = "The Tracker"
    url = "/tracker"
    demo = True


class Newsroom(Page):
    name = "newsroom"
    title = "The Newsroom"
    url = "/newsroom"
    only = r"/newsroom/edition-\d+"
    demo = True


class Recap(CourtListener):
    name = "recap"
    title = "The Archive"
    url = "/api/rest/v4/"
    searches = ({"q": "copyright AND suitNature:820"},)
    demo = True


class Followed(CourtListener):
    name = "followed"
    title = "The Archive, without a search"
    url = "/api/rest/v4/"
    demo = True


class Misspelt(CourtListener):
    name = "misspelt"
    title = "The Archive, asked by a field that it does not know"
    url = "/api/rest/v4/"
    searches = ({"q": "nature_of_suit:820"},)
    demo = True


class Bench(Opinions):
    name = "bench"
    title = "The Bench"
    url = "/opinions"
    scraper = "federal_appellate.cadc"
    court = "cadc"
    demo = True


class Archive(Warc):
    name = "archive"
    title = "The Web Archive"
    url = "/CC-NEWS/warc.paths.gz"
    hosts = frozenset({"gazette.example"})
    keywords = (("copyright",), ("language model", "chatbot"))
    piece = 1000
    demo = True
