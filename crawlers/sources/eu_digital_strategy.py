from crawlers.kinds import Feed
from pipeline.model import Kind


class EuDigitalStrategy(Feed):
    name = "eu_digital_strategy"
    title = "European Commission: digital strategy"
    url = "https://digital-strategy.ec.europa.eu/en/rss.xml"
    kind = Kind.RELEASE
    cadence_hours = 24 * 3
