from crawlers.kinds import Feed


class Riaa(Feed):
    name = "riaa"
    title = "Recording Industry Association of America"
    url = "https://www.riaa.com/feed/"
    cadence_hours = 24 * 14
