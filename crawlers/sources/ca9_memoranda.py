from crawlers.kinds import Feed
from pipeline.model import Kind


class NinthCircuitMemoranda(Feed):
    """Holds 25 memoranda and no more, as the list of opinions does."""

    name = "ca9_memoranda"
    title = "U.S. Court of Appeals, Ninth Circuit: memoranda"
    url = "https://www.ca9.uscourts.gov/decisions/memoranda/index.xml"
    court = "ca9"
    kind = Kind.FILING
    cadence_hours = 12
