from crawlers.kinds import Page


class BannerWitcoffTracker(Page):
    name = "banner_witcoff_tracker"
    title = "Banner Witcoff: AI case tracker"
    url = "https://bannerwitcoff.com/artificial-intelligence-case-tracker"
