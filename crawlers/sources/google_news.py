from crawlers.kinds import Lead


class GoogleNews(Lead):
    name = "google_news"
    title = "Google News: AI copyright lawsuit"
    url = "https://news.google.com/rss/search?q=AI+copyright+lawsuit&hl=en-US&gl=US&ceid=US:en"
