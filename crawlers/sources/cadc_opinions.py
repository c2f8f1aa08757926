from crawlers.kinds import Opinions


class DistrictOfColumbiaCircuitOpinions(Opinions):
    name = "cadc_opinions"
    title = "U.S. Court of Appeals, District of Columbia Circuit: opinions"
    url = "https://media.cadc.uscourts.gov/opinions/bydate/recent"
    court = "cadc"
    scraper = "federal_appellate.cadc"
