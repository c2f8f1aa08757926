from crawlers.kinds import CourtFeed


class NewYorkEastern(CourtFeed):
    """Its feed stands at an address of its own."""

    name = "nyed"
    title = "U.S. District Court, Eastern District of New York"
    url = "https://ecf.nyed.uscourts.gov/cgi-bin/readyDockets.pl"
    court = "nyed"
