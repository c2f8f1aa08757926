from crawlers.kinds import Feed
from pipeline.model import Kind


class CopyrightOffice(Feed):
    name = "copyright_office"
    title = "U.S. Copyright Office: NewsNet"
    url = "https://www.copyright.gov/rss/newsnet.xml"
    kind = Kind.RELEASE
    cadence_hours = 24 * 14
