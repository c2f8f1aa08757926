from crawlers.kinds import Feed


class DebevoiseDataBlog(Feed):
    name = "debevoise_data_blog"
    title = "Debevoise Data Blog"
    url = "https://www.debevoisedatablog.com/feed/"
    cadence_hours = 24 * 14
