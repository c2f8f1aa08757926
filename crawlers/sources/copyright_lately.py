from crawlers.kinds import Feed


class CopyrightLately(Feed):
    name = "copyright_lately"
    title = "Copyright Lately"
    url = "https://copyrightlately.com/rss"
    cadence_hours = 24 * 14
