from crawlers.kinds import Feed
from pipeline.model import Kind


class CopyrightOfficeLegislation(Feed):
    name = "copyright_office_legislation"
    title = "U.S. Copyright Office: legislation"
    url = "https://www.copyright.gov/rss/legislation.xml"
    kind = Kind.RELEASE
    cadence_hours = 24 * 60
