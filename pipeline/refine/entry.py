"""A feed entry's own words → Document, for pages that are closed to us."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from http import HTTPStatus

from pipeline.errors import ReadError
from pipeline.model import Document, FeedEntry, Fetched, Kind, PageClass, Role
from pipeline.refine import read
from pipeline.refine.feed import plain
from pipeline.refine.html import read_html
from pipeline.refine.news import Page, describe

_READER = "feed entry 1"
_WHOLE = 150  # words: fewer are a teaser, whatever the feed calls its content


def read_or_own_words(fetched: Fetched) -> tuple[Document, bool]:
    """The page or, where it is closed to us, its feed entry's own words; and whether to ask for the page again.

    Closed is what a status, a challenge, a consent or login page, or a paywall keeps from us. The fuller text wins.
    Raises ReadError for a page that cannot be read.
    """
    words = own_words(fetched)
    if fetched.role is Role.ENTRY or fetched.status != HTTPStatus.OK:
        if words is None:
            raise ReadError(fetched.url or fetched.source, "is closed to us, and its feed says nothing of it")
        return words, fetched.role is not Role.ENTRY
    page = read(fetched)
    blocked = page.state == "blocked"
    if words and (blocked or page.page_class is PageClass.TEASER) and words.words > page.words:
        return words, blocked
    return page, blocked


def own_words(fetched: Fetched) -> Document | None:
    """What the feed itself says of a page: a whole article, a lead, or the bare headline. None for filings.

    An article is one when the feed carries at least 150 words of it. A lead is a teaser in state ``unavailable``: it is
    shown with its link, and never summarized.
    """
    entry = fetched.entry
    if entry is None or not entry.title or fetched.kind is Kind.FILING:
        return None
    if plain(entry.content or entry.summary):
        said = read_html(page_of(fetched, entry))
    else:
        said = describe(fetched, Page(title=entry.title, text=""), reader=_READER)
    whole = bool(entry.content) and said.words >= _WHOLE and said.page_class is PageClass.ARTICLE
    return replace(
        said,
        title=entry.title,
        url=entry.url or said.url,
        page_class=PageClass.ARTICLE if whole else PageClass.TEASER,
        state="read" if whole else "unavailable",
        provenance=replace(said.provenance, reader=_READER),
    )


def page_of(fetched: Fetched, entry: FeedEntry) -> Fetched:
    """A feed entry as a page of its own, from the words the feed carries."""
    words = entry.content or entry.summary or entry.title
    title = escape(entry.title)
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{words}</article></body></html>"
    return replace(
        fetched, role=Role.PAGE, url=entry.url, requested=None, status=200, body=page.encode(), entry=entry,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )  # fmt: skip
