from crawlers.kinds import Sitemap


class Guardian(Sitemap):
    """The last two days of the whole paper: only the sections that write about us are followed."""

    name = "guardian"
    title = "The Guardian"
    url = "https://www.theguardian.com/sitemaps/news.xml"
    only = r"/(technology|books|music|media|law|film)/20\d\d/"
