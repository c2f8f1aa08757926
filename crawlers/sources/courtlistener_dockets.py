from crawlers.kinds import Dockets


class CourtListenerDockets(Dockets):
    """What the registry is audited against."""

    name = "courtlistener_dockets"
    title = "CourtListener: captions, judges and dates of dockets"
    url = "https://www.courtlistener.com/api/rest/v4/"
    cadence_hours = 168
