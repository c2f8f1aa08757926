from crawlers.kinds import Warc


class CommonCrawlNews(Warc):
    """What Common Crawl was given of papers that have no feed for us: the newest file of the month."""

    name = "common_crawl_news"
    title = "Common Crawl: news"
    url = "https://data.commoncrawl.org/crawl-data/CC-NEWS/{year}/{month}/warc.paths.gz"
    hosts = frozenset(
        {"apnews.com", "courthousenews.com", "npr.org", "publishersweekly.com", "theregister.com", "variety.com"}
    )
    keywords = (
        ("copyright", "infring"),
        ("artificial intelligence", "generative ai", "chatbot", "language model", "openai", "anthropic", "midjourney"),
        ("lawsuit", "plaintiff", "sued", "court"),
    )
