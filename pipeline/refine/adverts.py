"""Adverts that a page's markup gives away, whatever they say: taken out before the text is read."""

from __future__ import annotations

import re
from typing import Any

from pipeline.refine import prose

_BOX_WORDS = 80  # an advert is short; a longer element that calls itself one holds the article too

_MARKED = """//*[@data-ad or @data-ad-slot or @data-ad-unit or @data-ad-client or @data-ad-name or @data-google-query-id
    or (@id and (starts-with(@id, 'google_ads_') or starts-with(@id, 'div-gpt-ad')))
    or (self::ins and contains(@class, 'adsbygoogle'))]"""
_CALLED = re.compile(
    r"(?:advert(?:isement|ising|orial)?|sponsor(?:ed|s)?(?: content| message| ad)?|ads?)\W*", re.IGNORECASE
)
_BLOCKS = frozenset(("p", "div", "li", "aside", "section", "figure", "span", "ul", "td", "center", "ins"))


def remove(tree: Any) -> None:
    """Take adverts out of a parsed page (lxml), in place.

    Three signs: an attribute of the advertising networks or a label for screen readers; a link that is marked as paid
    (``rel="sponsored"``, Google's and the WHATWG's word for it) in a box that holds nothing else; a box that opens with
    the word "advertisement" and holds little else. A paid link within a sentence stays: the sentence is the author's.
    """
    marked = tree.xpath(_MARKED)
    called = [element for element in tree.xpath("//*[@aria-label]") if _CALLED.fullmatch(element.get("aria-label"))]
    paid = [_box(link) for link in tree.xpath("//a[@rel]") if "sponsored" in link.get("rel").lower().split()]
    labelled = [_labelled(element) for element in tree.iter("p", "span", "div", "small", "h4", "h5", "h6")]
    for element in (*marked, *called, *paid, *labelled):
        if element is not None and element.getparent() is not None and _count(element) <= _BOX_WORDS:
            element.drop_tree()


def _count(element: Any) -> int:
    return len(element.text_content().split())


def _box(link: Any) -> Any:
    """The outermost element around a paid link that holds only such links and their label; None in a sentence."""
    box: Any = None
    for element in (link, *link.iterancestors(*_BLOCKS)):
        if _count(element) > _BOX_WORDS or not _only_paid(element):
            break
        box = element
    alone = link.getparent() is not None and link.getparent().tag in {"article", "body", "main"}
    return box if box is not link or alone else None


def _only_paid(element: Any) -> bool:
    words = " ".join(element.text_content().split())
    for link in element.iter("a"):
        if "sponsored" in (link.get("rel") or "").lower().split():
            words = words.replace(" ".join(link.text_content().split()), " ", 1)
    words = " ".join(words.split())
    return not re.search(r"\w", words) or prose.is_advert(words)


def _labelled(element: Any) -> Any:
    """The box that an advert's label opens: the label's parent, when little else stands in it."""
    own = " ".join((element.text or "").split())
    if len(own) > 60 or not _LABEL.fullmatch(own):
        return None
    if len(element) and _count(element) > len(own.split()):  # label and advert in one element
        return element
    parent = element.getparent()
    if parent is None or parent.tag not in _BLOCKS or parent.index(element) > 1:
        return None
    return parent


_LABEL = re.compile(
    r"(?:advert(?:isement|ising)?|sponsor(?:ed)?(?:\s+(?:ad|content|message|by))?|paid\s+(?:content|promotion|post)"
    r"|(?:a\s+(?:message|word)\s+)?from\s+our\s+(?:sponsors?|partners?|advertisers?))"
    r"(?:\s*[-–—:·]\s*.{0,40})?",
    re.IGNORECASE,
)
