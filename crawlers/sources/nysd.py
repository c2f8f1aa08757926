from crawlers.kinds import CourtFeed


class NewYorkSouthern(CourtFeed):
    """Which event types this court publishes stands in the feed’s own description."""

    name = "nysd"
    title = "U.S. District Court, Southern District of New York"
    url = "https://ecf.nysd.uscourts.gov/cgi-bin/rss_outside.pl"
    court = "nysd"
