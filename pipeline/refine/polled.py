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


# fmt: off
_LINES = ("p", "li", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "table", "ul",
          "ol", "blockquote", "pre", "br")
# fmt: on
_NOTED = 10  # hexadecimal digits of a line's hash


def lines(body: bytes, *, url: str) -> tuple[str, ...]:
    """What a page says, without its furniture: a paragraph, a list's item, a table's row each. No line twice.

    Raises `SourceError` when it says nothing.
    """
    tree = _tree(body, url)
    for element in tree.xpath(_FURNITURE):
        element.drop_tree()
    for element in tree.iter(*_LINES, "td", "th"):
        # What stands in a table's row stays together: a case, its court, its state.
        inside = element.tag in {"td", "th"} or (
            element.tag != "tr" and next(element.iterancestors("tr"), None) is not None
        )
        element.text = (" " if inside else "\n") + (element.text or "")
        element.tail = (" " if inside else "\n") + (element.tail or "")
    told = (" ".join(line.split()) for line in "".join(tree.itertext()).split("\n"))
    found = tuple(dict.fromkeys(line for line in told if line))
    if not found:
        raise SourceError(url, "a page without words", "it may be drawn by scripts")
    return found


def digest(body: bytes, *, url: str) -> str:
    """A hash of each line of a page, sorted: what `added` compares. Raises as `lines` does."""
    return " ".join(sorted({_noted(line) for line in lines(body, url=url)}))


def added(body: bytes, *, url: str, known: str) -> tuple[str, ...]:
    """The lines of a page that were not on it when its digest was ``known``. Raises as `lines` does."""
    old = set(known.split())
    return tuple(line for line in lines(body, url=url) if _noted(line) not in old)


def _noted(line: str) -> str:
    return sha256(line.encode("utf-8", "replace")).hexdigest()[:_NOTED]


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
