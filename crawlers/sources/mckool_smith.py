from crawlers.kinds import Page


class McKoolSmith(Page):
    """A list of numbered weekly editions."""

    name = "mckool_smith"
    title = "McKool Smith: AI litigation tracker"
    url = "https://www.mckoolsmith.com/newsroom-ailitigation"
    only = r"/newsroom-ailitigation-\d+"
