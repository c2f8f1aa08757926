from crawlers.kinds import Feed


class CopyrightAlliance(Feed):
    name = "copyright_alliance"
    title = "Copyright Alliance"
    url = "https://copyrightalliance.org/feed/"
    cadence_hours = 24 * 7
