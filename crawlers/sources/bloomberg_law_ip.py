from crawlers.kinds import Lead


class BloombergLawIp(Lead):
    """Its articles are for subscribers."""

    name = "bloomberg_law_ip"
    title = "Bloomberg Law: intellectual property"
    url = "https://news.bloomberglaw.com/rss/ip-law"
    cadence_hours = 24 * 2
