from crawlers.kinds import Feed


class BillboardBusiness(Feed):
    name = "billboard_business"
    title = "Billboard: business"
    url = "https://www.billboard.com/c/business/feed/"
    cadence_hours = 24 * 2
