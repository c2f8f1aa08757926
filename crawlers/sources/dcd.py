from crawlers.kinds import CourtFeed


class DistrictOfColumbia(CourtFeed):
    name = "dcd"
    title = "U.S. District Court, District of Columbia"
    url = "https://ecf.dcd.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "dcd"
