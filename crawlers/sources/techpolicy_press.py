from crawlers.kinds import Feed


class TechPolicyPress(Feed):
    name = "techpolicy_press"
    title = "Tech Policy Press"
    url = "https://www.techpolicy.press/feed/"
    cadence_hours = 24 * 3
