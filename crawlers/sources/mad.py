from crawlers.kinds import CourtFeed


class Massachusetts(CourtFeed):
    name = "mad"
    title = "U.S. District Court, District of Massachusetts"
    url = "https://ecf.mad.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "mad"
