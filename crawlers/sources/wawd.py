from crawlers.kinds import CourtFeed


class WashingtonWestern(CourtFeed):
    name = "wawd"
    title = "U.S. District Court, Western District of Washington"
    url = "https://ecf.wawd.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "wawd"
