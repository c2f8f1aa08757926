from crawlers.kinds import Feed


class Lawfare(Feed):
    name = "lawfare"
    title = "Lawfare"
    url = "https://www.lawfaremedia.org/rss.xml"
    cadence_hours = 24 * 2
