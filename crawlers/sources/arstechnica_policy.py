from crawlers.kinds import Feed


class ArsTechnicaPolicy(Feed):
    name = "arstechnica_policy"
    title = "Ars Technica: policy"
    url = "https://feeds.arstechnica.com/arstechnica/tech-policy"
    cadence_hours = 24 * 2
