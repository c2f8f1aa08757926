from crawlers.kinds import Feed


class IpWatchdog(Feed):
    name = "ipwatchdog"
    title = "IPWatchdog"
    url = "https://ipwatchdog.com/feed/"
    cadence_hours = 24 * 2
