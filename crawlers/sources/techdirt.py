from crawlers.kinds import Feed


class Techdirt(Feed):
    name = "techdirt"
    title = "Techdirt"
    url = "https://www.techdirt.com/feed/"
    cadence_hours = 24 * 2
