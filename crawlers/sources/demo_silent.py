from crawlers.kinds import Feed


class DemoSilent(Feed):
    """Answers 410 Gone: what a dead source looks like."""

    name = "demo_silent"
    title = "The Silent Gazette (invented; its feed is dead on purpose)"
    url = "/silent/feed.xml"
    demo = True
