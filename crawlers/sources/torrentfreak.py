from crawlers.kinds import Feed


class TorrentFreak(Feed):
    name = "torrentfreak"
    title = "TorrentFreak"
    url = "https://torrentfreak.com/feed/"
    cadence_hours = 24 * 2
