from crawlers.kinds import CourtFeed


class DemoCourt(CourtFeed):
    name = "demo_court"
    title = "Demonstration court (invented)"
    url = "/court/rss_outside.xml"
    court = "demo"
    demo = True
