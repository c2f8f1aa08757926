"""Scrapy's settings: polite and guarded by default. `crawlers.run` adds who we are and where the spool lies."""

from __future__ import annotations

from pipeline import __version__

BOT_NAME = "docketwire"
SPIDER_MODULES = ["crawlers.sources"]

# Manners. Courts and small publishers: one connection to a host, slower when it answers slowly.
USER_AGENT = f"docketwire/{__version__}"  # `docketwire crawl` adds the contact from docketwire.toml
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "docketwire"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0  # seconds; never 0: then Scrapy lets a queue go at once, whatever the line above says
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
RETRY_TIMES = 2
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "application/rss+xml,application/atom+xml,application/feed+json,text/html;q=0.9,*/*;q=0.8",
    "Accept-Language": "en",
}

# Limits. No host, however slow or endless, holds the night.
DOWNLOAD_TIMEOUT = 60  # seconds for one answer
DOWNLOAD_MAXSIZE = 32 * 2**20  # bytes, also after decompression
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_MAXHEAD = 256 * 2**10  # bytes of an answer's head
CLOSESPIDER_TIMEOUT = 900  # seconds for one source
SOURCE_BYTES = 256 * 2**20  # of one source in one night; how many pages it may follow stands in its own file
SOURCE_ANSWERS = 2000  # of one source in one night, whatever it makes us ask
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False

# Guard. Only http and https, and no address inside anybody's network.
DOWNLOAD_HANDLERS = {
    "http": "crawlers.guard.BoundedHead",
    "https": "crawlers.guard.BoundedHead",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
HTTPPROXY_ENABLED = False  # a proxy would resolve names where the guard does not see it
TWISTED_DNS_RESOLVER = "crawlers.guard.GuardedResolver"
DOWNLOADER_MIDDLEWARES = {
    "crawlers.manners.Budget": 5,
    "crawlers.guard.Guard": 10,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.manners.Robots": 100,
    "crawlers.manners.Reservations": 110,  # after robots.txt has let the request pass
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.guard.PatientRetry": 550,
}

SPIDER_MIDDLEWARES = {"crawlers.manners.Recorded": 10}

# Scrapy starts so many workers for each answer, however few items it holds: at its own 100, a fifth of all its work.
CONCURRENT_ITEMS = 1

# Out: one WARC file a source, also when there was nothing.
FEED_EXPORTERS = {"warc": "crawlers.export.WarcExporter"}
FEED_STORAGES = {"": "crawlers.export.SpoolStorage", "file": "crawlers.export.SpoolStorage"}
FEED_URI_PARAMS = "crawlers.export.uri_params"
FEED_STORE_EMPTY = True
FEEDS = {"data/spool/%(run)s.warc.gz": {"format": "warc"}}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
