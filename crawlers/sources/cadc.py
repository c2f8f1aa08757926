from crawlers.kinds import CourtFeed


class DistrictOfColumbiaCircuit(CourtFeed):
    name = "cadc"
    title = "U.S. Court of Appeals, District of Columbia Circuit"
    url = "https://ecf.cadc.uscourts.gov/n/beam/servlet/TransportRoom?servlet=RSSGenerator"
    court = "cadc"
