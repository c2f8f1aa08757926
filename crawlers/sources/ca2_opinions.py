from crawlers.kinds import Opinions


class SecondCircuitOpinions(Opinions):
    """Asked for by the form on this page: the last fifteen days."""

    name = "ca2_opinions"
    title = "U.S. Court of Appeals, Second Circuit: opinions"
    url = "https://ww3.ca2.uscourts.gov/decisions.html"
    court = "ca2"
    scraper = "federal_appellate.ca2_p"
