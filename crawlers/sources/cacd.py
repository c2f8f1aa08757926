from crawlers.kinds import CourtFeed


class CaliforniaCentral(CourtFeed):
    name = "cacd"
    title = "U.S. District Court, Central District of California"
    url = "https://ecf.cacd.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "cacd"
