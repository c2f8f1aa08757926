from crawlers.kinds import CourtFeed


class NinthCircuit(CourtFeed):
    name = "ca9"
    title = "U.S. Court of Appeals, Ninth Circuit"
    url = "https://ecf.ca9.uscourts.gov/n/beam/servlet/TransportRoom?servlet=RSSGenerator"
    court = "ca9"
