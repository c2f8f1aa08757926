from crawlers.kinds import Page


class CopyrightLitigation(Page):
    name = "copyright_litigation"
    title = "Copyright Litigation"
    url = "https://copyright-litigation.com/"
