from crawlers.kinds import Opinions


class FirstCircuitOpinions(Opinions):
    name = "ca1_opinions"
    title = "U.S. Court of Appeals, First Circuit: opinions"
    url = "https://www.ca1.uscourts.gov/opn/aci"
    court = "ca1"
    scraper = "federal_appellate.ca1"
