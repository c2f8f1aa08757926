from crawlers.kinds import CourtFeed


class ThirdCircuit(CourtFeed):
    name = "ca3"
    title = "U.S. Court of Appeals, Third Circuit"
    url = "https://ecf.ca3.uscourts.gov/n/beam/servlet/TransportRoom?servlet=RSSGenerator"
    court = "ca3"
