from crawlers.kinds import CourtFeed


class IllinoisNorthern(CourtFeed):
    name = "ilnd"
    title = "U.S. District Court, Northern District of Illinois"
    url = "https://ecf.ilnd.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "ilnd"
