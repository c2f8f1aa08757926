from crawlers.kinds import Page
from pipeline.model import Kind


class AuthorsGuildLawsuits(Page):
    name = "authors_guild_lawsuits"
    title = "Authors Guild: AI class action lawsuits"
    url = "https://authorsguild.org/news/ai-class-action-lawsuits/"
    kind = Kind.RELEASE
