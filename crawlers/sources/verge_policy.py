from crawlers.kinds import Feed


class VergePolicy(Feed):
    name = "verge_policy"
    title = "The Verge: policy"
    url = "https://www.theverge.com/rss/policy/index.xml"
    cadence_hours = 24 * 2
