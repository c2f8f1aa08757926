from crawlers.kinds import Feed


class NewsMediaAlliance(Feed):
    name = "news_media_alliance"
    title = "News/Media Alliance"
    url = "https://www.newsmediaalliance.org/feed/"
    cadence_hours = 24 * 7
