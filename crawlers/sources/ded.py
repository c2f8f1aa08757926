from crawlers.kinds import CourtFeed


class Delaware(CourtFeed):
    name = "ded"
    title = "U.S. District Court, District of Delaware"
    url = "https://ecf.ded.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "ded"
