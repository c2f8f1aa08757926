from crawlers.kinds import Feed


class JdSupraTechnology(Feed):
    """Law firms’ alerts, many of them printed elsewhere as well."""

    name = "jdsupra_technology"
    title = "JD Supra: science, computers and technology"
    url = "https://www.jdsupra.com/resources/syndication/docsRSSfeed.aspx?ftype=ScienceComputersTechnology"
    cadence_hours = 24 * 2
