"""A page that is asked for again and again: what it says, apart from what changes with every request."""

from __future__ import annotations

import re
from hashlib import sha256

from lxml import html

from pipeline.errors import SourceError
from pipeline.model import FeedEntry
from pipeline.refine.feed import http_url

# Clocks, nonces and adverts live here; what is left is what a reader reads.
_FURNITURE = "//script|//style|//noscript|//template|//iframe|//svg|//nav|//header|//footer|//aside|//form|//comment()"


def digest(body: bytes, *, url: str) -> str:
    """``sha256:`` over the words of a page, without its furniture. Raises `SourceError` when it has none."""
    tree = _tree(body, url)
    for element in tree.xpath(_FURNITURE):
        element.drop_tree()
    words = " ".join(" ".join(tree.itertext()).split())
    if not words:
        raise SourceError(url, "a page without words", "it may be drawn by scripts")
    return "sha256:" + sha256(words.encode()).hexdigest()


def links(body: bytes, *, url: str, only: str) -> tuple[FeedEntry, ...]:
    """The links of a page whose address matches ``only``, each once, in order; the title is the longest words."""
    tree = _tree(body, url)
    base = next(iter(tree.xpath("//base/@href")), url)
    titles: dict[str, str] = {}
    for link in tree.iter("a"):
        address = http_url(link.get("href"), base)
        if address and re.search(only, address):
            address, words = address.partition("#")[0], " ".join(link.text_content().split())
            titles[address] = max(titles.get(address, ""), words, key=len)
    return tuple(FeedEntry(id=address, url=address, title=title) for address, title in titles.items())


def _tree(body: bytes, url: str) -> html.HtmlElement:
    try:
        tree = html.document_fromstring(body)
    except (ValueError, html.etree.ParserError) as error:
        raise SourceError(url, f"not an HTML page ({error})") from error
    return tree
