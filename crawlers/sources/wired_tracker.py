from crawlers.kinds import Page


class WiredTracker(Page):
    name = "wired_tracker"
    title = "WIRED: AI copyright case tracker"
    url = "https://www.wired.com/story/ai-copyright-case-tracker/"
