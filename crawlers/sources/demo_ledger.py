from crawlers.kinds import Feed


class DemoLedger(Feed):
    name = "demo_ledger"
    title = "The Ledger (invented)"
    url = "/ledger/feed.xml"
    demo = True
