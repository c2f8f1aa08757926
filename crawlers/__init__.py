"""Room 1, the network: sources in, `Fetched` out. The only room that imports Scrapy. Start in `crawlers.kinds`."""
