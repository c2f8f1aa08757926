from crawlers.kinds import CourtFeed


class SecondCircuit(CourtFeed):
    """Orders and opinions only: briefs never appear."""

    name = "ca2"
    title = "U.S. Court of Appeals, Second Circuit"
    url = "https://ecf.ca2.uscourts.gov/n/beam/servlet/TransportRoom?servlet=RSSGenerator"
    court = "ca2"
