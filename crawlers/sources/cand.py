from crawlers.kinds import CourtFeed


class CaliforniaNorthern(CourtFeed):
    name = "cand"
    title = "U.S. District Court, Northern District of California"
    url = "https://ecf.cand.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "cand"
