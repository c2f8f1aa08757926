from crawlers.kinds import Page
from pipeline.model import Kind


class AnthropicSettlement(Page):
    name = "anthropic_settlement"
    title = "Bartz v. Anthropic settlement"
    url = "https://www.anthropiccopyrightsettlement.com/"
    kind = Kind.RELEASE
