from crawlers.kinds import Feed
from pipeline.model import Kind


class Ftc(Feed):
    name = "ftc"
    title = "Federal Trade Commission: press releases"
    url = "https://www.ftc.gov/feeds/press-release.xml"
    kind = Kind.RELEASE
    cadence_hours = 24 * 3
