from crawlers.kinds import Feed


class TechCrunchAi(Feed):
    name = "techcrunch_ai"
    title = "TechCrunch: artificial intelligence"
    url = "https://techcrunch.com/category/artificial-intelligence/feed/"
    cadence_hours = 24 * 2
