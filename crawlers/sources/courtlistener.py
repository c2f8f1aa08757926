from crawlers.kinds import CourtListener as Service


class CourtListener(Service):
    """The dockets of the case files, and copyright cases about AI that no case file has yet."""

    name = "courtlistener"
    title = "CourtListener: RECAP archive"
    url = "https://www.courtlistener.com/api/rest/v4/"
    searches = (
        {
            "q": "suitNature:copyright AND "
            '("artificial intelligence" OR "language model" OR "generative AI" OR chatbot)',
            "order_by": "dateFiled desc",
        },
    )
