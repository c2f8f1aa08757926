from crawlers.kinds import Feed


class Eff(Feed):
    name = "eff"
    title = "Electronic Frontier Foundation: updates"
    url = "https://www.eff.org/rss/updates.xml"
    cadence_hours = 24 * 3
