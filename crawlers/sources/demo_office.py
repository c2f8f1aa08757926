from crawlers.kinds import Feed
from pipeline.model import Kind


class DemoOffice(Feed):
    name = "demo_office"
    title = "The Office (invented)"
    url = "/office/feed.json"
    kind = Kind.RELEASE
    cadence_hours = 24 * 7
    demo = True
