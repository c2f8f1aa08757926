from crawlers.kinds import Feed


class Volokh(Feed):
    name = "volokh"
    title = "The Volokh Conspiracy"
    url = "https://reason.com/volokh/feed/"
    cadence_hours = 24 * 2
