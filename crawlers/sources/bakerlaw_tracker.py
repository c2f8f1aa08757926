from crawlers.kinds import Page


class BakerLawTracker(Page):
    name = "bakerlaw_tracker"
    title = "BakerHostetler: AI case tracker"
    url = "https://www.bakerlaw.com/services/artificial-intelligence-ai/case-tracker-artificial-intelligence-copyrights-and-class-actions/"
