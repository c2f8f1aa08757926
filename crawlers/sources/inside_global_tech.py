from crawlers.kinds import Feed


class InsideGlobalTech(Feed):
    name = "inside_global_tech"
    title = "Inside Global Tech"
    url = "https://www.insideglobaltech.com/feed/"
    cadence_hours = 24 * 7
