from crawlers.kinds import Feed
from pipeline.model import Kind


class FederalRegisterAi(Feed):
    name = "federal_register_ai"
    title = "Federal Register: artificial intelligence"
    url = "https://www.federalregister.gov/api/v1/documents.rss?conditions[term]=artificial+intelligence&order=newest"
    kind = Kind.RELEASE
    cadence_hours = 24 * 3
