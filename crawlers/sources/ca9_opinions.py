from crawlers.kinds import Feed
from pipeline.model import Kind


class NinthCircuitOpinions(Feed):
    """Holds 25 opinions and no more: on a busy day a nightly poll can miss some, so it is polled twice a day."""

    name = "ca9_opinions"
    title = "U.S. Court of Appeals, Ninth Circuit: opinions"
    url = "https://www.ca9.uscourts.gov/decisions/opinions/index.xml"
    court = "ca9"
    kind = Kind.FILING
    cadence_hours = 12
