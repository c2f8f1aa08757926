from crawlers.kinds import Feed
from pipeline.model import Kind


class UkDsit(Feed):
    name = "uk_dsit"
    title = "UK Department for Science, Innovation and Technology"
    url = "https://www.gov.uk/government/organisations/department-for-science-innovation-and-technology.atom"
    kind = Kind.RELEASE
    cadence_hours = 24 * 3
