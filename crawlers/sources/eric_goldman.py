from crawlers.kinds import Feed


class EricGoldman(Feed):
    name = "eric_goldman"
    title = "Technology & Marketing Law Blog"
    url = "https://blog.ericgoldman.org/feed"
    cadence_hours = 24 * 3
