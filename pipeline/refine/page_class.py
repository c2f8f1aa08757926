"""What kind of page arrived: an article, or what stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from trafilatura.utils import load_html

from pipeline.model import Fetched, PageClass
from pipeline.refine import page_words
from pipeline.refine.metadata import Metadata

# A wall or an error page has little to read; these are words, of the article's text or of the whole page.
_WALL, _NOTICE, _LONG = 150, 80, 200
_FIRST = 200  # characters of a text, in which it says that there is none
_BANNER = 40  # … besides those of a banner, from which on it stands beside an article and not in its place

_LISTS = frozenset({"CollectionPage", "ItemList", "ProfilePage", "SearchResultsPage"})
_CARD = 60  # words of a headline that is a link, and of what is said below it

_CUT_OFF = re.compile(r"[^\n]{60}(?:\.\.\.|…)[\s\])]*$", re.MULTILINE)  # a paragraph
_HEADINGS = ("h2", "h3", "h4")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")

_SHOWN = "//body//text()[not(parent::script or parent::style or parent::noscript)]"
_MAIN = _SHOWN + "[not(ancestor::nav or ancestor::footer or ancestor::header[not(ancestor::article)])]"
_CAPTCHA = """//*[contains(@class, 'captcha') or contains(@id, 'captcha') or contains(@src, 'captcha')
    or contains(@class, 'turnstile') or contains(@id, 'turnstile')]"""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page's tree shows of its kind."""

    words: str = ""  # the page's visible words, its first 6,000 characters
    heading: str = ""  # its first
    paywall: bool = False  # anywhere on it but in its navigation
    password: bool = False  # it asks for one
    address: bool = False  # … or for a mail address
    captcha: bool = False
    headlines: int = 0  # headings of four words or more that are links
    cards: str = ""  # words of the boxes that hold one such heading each
    links: frozenset[str] = frozenset()  # words of its links
    players: int = 0  # of video or sound
    stamps: int = 0  # elements that give a time, of a page whose title says that it is live


def look(tree: Any, stated: Metadata, *, short: bool) -> Signs:
    """A parsed page (lxml) → its signs: those of walls if it is ``short``, those of lists if it is no article."""
    signs = _signs_of_walls(tree) if short else Signs()
    if page_words.LIVE_TITLE.search(stated.title or ""):
        signs = replace(signs, stamps=max(len(tree.xpath("//time")), sum(map(_is_clock, tree.xpath(_MAIN)))))
    if stated.is_article:
        return signs
    headings = tree.xpath("//*[self::h2 or self::h3 or self::h4][.//a or ancestor::a]")
    headlines = [heading for heading in headings if len(heading.text_content().split()) >= 4]
    return replace(
        signs,
        headlines=len(headlines),
        cards=" ".join(_card(heading, headlines) for heading in headlines),
        links=frozenset(" ".join(link.text_content().split()) for link in tree.iter("a")),
    )


def _signs_of_walls(tree: Any) -> Signs:
    shown = _joined(tree.xpath(_SHOWN))
    if len(shown) < 100:  # what a page says to those without scripts is all that some walls say
        shown += " " + _joined(tree.xpath("//noscript//text()"))
    return Signs(
        words=shown[:6000],
        heading=_joined(tree.xpath("(//h1)[1]//text()")),
        paywall=page_words.PAYWALL.search(_joined(tree.xpath(_MAIN))) is not None,
        password=bool(tree.xpath("//input[@type='password']")),
        address=bool(tree.xpath("//input[@type='email' or @autocomplete='username']")),
        captcha=bool(tree.xpath(_CAPTCHA)),
        players=len(tree.xpath("//video | //audio | //iframe[contains(@src, '/embed') or contains(@src, 'player')]")),
    )


def _joined(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())


def _is_clock(text: str) -> bool:
    return len(text) < 30 and page_words.CLOCK.fullmatch(text.strip()) is not None


def _card(heading: Any, headlines: Sequence[Any]) -> str:
    """Words of the outermost box around a headline that holds no other, or of the headline and what stands below it.

    None where that is more than such a box says.
    """
    others = {other for other in headlines if other is not heading}
    inside = [heading]
    for box in heading.iterancestors():
        if not others.isdisjoint(box.iter(*_HEADINGS)):
            break
        inside = [box]
    else:
        return ""
    if inside == [heading]:
        for below in heading.itersiblings():
            if below in others or not others.isdisjoint(below.iter(*_HEADINGS)):
                break
            inside.append(below)
    said = _joined(text for element in inside for text in element.itertext())
    return said if _length(said) <= _CARD else ""


def _length(text: str) -> int:
    """Words, of which two characters make one where a script (Chinese, Japanese, Thai, Lao) sets no spaces."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def of(fetched: Fetched, stated: Metadata, text: str) -> PageClass:
    """The class of a page by its status, its markup's own word for itself, and the little text it has.

    A page that calls itself an article is no wall, whatever it is about; one of some length needs no closer look.
    """
    words = _length(text)
    plain = stated.is_article and words >= _LONG and not page_words.LIVE_TITLE.search(stated.title or "")
    # Read anew: the extraction has used up the tree.
    tree = None if plain else load_html(fetched.body)
    signs = Signs() if tree is None else look(tree, stated, short=words < _LONG or fetched.status >= 400)
    wall = _wall(fetched, stated, signs, text)
    if wall is not None:
        return wall
    if _is_live(fetched, stated, signs):
        return PageClass.LIVE
    if words < 100 and stated.is_media:
        return PageClass.MEDIA
    if not words:  # drawn by scripts, or behind a wall
        return PageClass.TEASER if stated.is_article else PageClass.ERROR
    if not stated.is_article and _is_index(fetched, stated, signs, text):
        return PageClass.INDEX
    if _is_teaser(stated, signs, text):
        return PageClass.TEASER
    if words < 40 and signs.players and not stated.is_article:
        return PageClass.MEDIA
    return PageClass.ARTICLE


def _wall(fetched: Fetched, stated: Metadata, signs: Signs, text: str) -> PageClass | None:
    """What keeps the article from us, if anything does."""
    title, words = stated.title or "", _length(text)
    said = f"{title} {signs.words}"
    if fetched.status >= 400:
        refused = fetched.status in {403, 429, 503} and (
            signs.captcha or page_words.CHALLENGE.search(said + fetched.body[:20000].decode("utf-8", "replace"))
        )
        return PageClass.CHALLENGE if refused else PageClass.ERROR
    if words >= _WALL:
        return None
    if page_words.CONSENT_TITLE.fullmatch(title):
        return PageClass.CONSENT
    heads = f"{title}\n{signs.heading}"
    if words < 120 and page_words.ERROR.search(title) and not stated.article:
        return PageClass.ERROR
    return None if stated.is_article else _notice(signs, heads, text)


def _notice(signs: Signs, heads: str, text: str) -> PageClass | None:
    """What a page that does not call itself an article says in an article's place; ``heads``: its title and heading."""
    told = [
        line for line in text.split("\n") if not (page_words.CONSENT.search(line) or page_words.CHALLENGE.search(line))
    ]
    behind = _length(" ".join(told)) < _BANNER
    little = _length(signs.words) < _NOTICE
    alone = f"{heads} {signs.words if little else text[:_FIRST]}"
    if behind and (page_words.CHALLENGE.search(f"{heads} {signs.words}") or (signs.captcha and not signs.password)):
        return PageClass.CHALLENGE
    if _length(text) < 120 and page_words.ERROR.search(heads):
        return PageClass.ERROR
    if (little or _length(text) < _BANNER) and page_words.NOTHING_HERE.search(alone):
        return PageClass.ERROR
    if behind and _asks_consent(signs, f"{heads}\n{text}"):
        return PageClass.CONSENT
    if page_words.LOGIN.search(heads) and (signs.password or (signs.address and behind)):
        return PageClass.LOGIN
    return PageClass.LOGIN if signs.password and behind and not signs.headlines else None


def _asks_consent(signs: Signs, said: str) -> bool:
    """Whether it says so where an article would stand; a footer links to cookie preferences on every page."""
    if page_words.CONSENT.search(said):
        return True
    return len({found[0].lower() for found in page_words.CONSENT.finditer(signs.words)}) > 1


def _is_live(fetched: Fetched, stated: Metadata, signs: Signs) -> bool:
    if "LiveBlogPosting" in stated.types or page_words.LIVE_ADDRESS.search(stated.canonical or fetched.url or ""):
        return True
    return signs.stamps >= 4


def _is_teaser(stated: Metadata, signs: Signs, text: str) -> bool:
    words = _length(text)
    whole = stated.word_count or 0
    if words < min(400, 0.4 * whole):
        return True
    locked = stated.free is False or "locked" in stated.meta.get("article:content_tier", [])
    if words < 150 and locked and not (whole and words > 0.9 * whole):  # some pages are paid for, and shown whole
        return True
    if words < 2 * _LONG and locked and _CUT_OFF.search(text):
        return True
    return words < _LONG and stated.free is not True and signs.paywall


def _is_index(fetched: Fetched, stated: Metadata, signs: Signs, text: str) -> bool:
    """Mostly headlines that link elsewhere, with a line or two each."""
    words, longest = _length(text), max(len(line.split()) for line in text.split("\n"))
    if words < 400 and (stated.types & _LISTS or page_words.LISTING_TITLE.match(stated.title or "")):
        return True
    place = urlsplit(fetched.url or "")
    front = bool(place.netloc) and place.path in {"", "/"} and not place.query
    if words < 400 and (
        front or (page_words.LISTING_ADDRESS.search(place.path) and signs.headlines >= 3 and longest < 60)
    ):
        return True
    parts = (part for line in text.split("\n") for part in line.removeprefix("- ").split("|"))
    lines = [line for part in parts if (line := " ".join(part.split()))]
    if signs.headlines >= 3 and sum(line in signs.cards for line in lines) > 0.5 * len(lines):
        return True
    linked = [line for line in lines if line in signs.links and len(line.split()) >= 4]
    return len(linked) >= 3 and _length(" ".join(linked)) > 0.5 * _length(" ".join(lines))
