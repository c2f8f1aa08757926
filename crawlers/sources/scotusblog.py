from crawlers.kinds import Feed


class ScotusBlog(Feed):
    name = "scotusblog"
    title = "SCOTUSblog"
    url = "https://www.scotusblog.com/feed/"
    cadence_hours = 24 * 3
