"""What kind of page arrived: an article, or what stands in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from trafilatura.utils import load_html

from pipeline.model import Fetched, PageClass
from pipeline.refine.metadata import Metadata

# A wall or an error page has little to read; these are words, of the article's text or of the whole page.
_WALL, _NOTICE, _LONG = 150, 80, 200
_BANNER = 40  # … besides those of a banner, from which on it stands beside an article and not in its place

_CHALLENGE = re.compile(
    r"just a moment\.\.\.|attention required! \| cloudflare|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a)|"
    r"are you a robot|you[’']?(?:re| are) not a (?:ro)?bot|made us think you were a bot|slide to verify|"
    r"(?:human|robot) verification|(?:complete|solve) (?:the|this|a) captcha|robot check|"
    r"enable javascript and (?:cookies|disable)|enable js and disable any ad blocker|(?:check|verify)ing your browser|"
    r"unusual traffic from your|pardon our interruption|access to this page has been denied|"
    r"request unsuccessful\. incapsula|website firewall|access denied.{0,400}reference (?:#|id)|security checkpoint",
    re.IGNORECASE | re.DOTALL,
)
_ERROR = re.compile(
    r"\b(?:404|403|410|500|502|503)\b.{0,30}\b(?:error|not found|forbidden|gone)|"
    r"page (?:not found|can[’']t be found|unavailable)|"
    r"not found\b.{0,5}$|access denied|(?:bad gateway|service unavailable|internal server error)",
    re.IGNORECASE,
)
# Said by a whole page, which says nothing else.
_NOTHING_HERE = re.compile(
    r"(?:no longer|not|isn[’']t|currently un)\s*available "
    r"(?:in your (?:country|region|location|area)|on this site|here)|"
    r"(?:page|article|story|content|video) (?:is|has been|was) (?:no longer available|removed|unavailable)|"
    r"down for (?:scheduled )?maintenance|we(?:[’']ll| will) be (?:right )?back (?:soon|shortly)|"
    r"(?:this )?domain (?:name )?(?:may be|is) (?:for sale|parked)|client-side exception|"
    r"something went wrong|temporarily unavailable|an? (?:unexpected )?error (?:has )?occurred",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:value|care about) your privacy|accept (?:all )?cookies|cookie (?:consent|preferences)|"
    r"we and our (?:\d+ )?partners|manage (?:your )?(?:consent|privacy)|consent to (?:the )?(?:use|processing)",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(
    r"(?:before you continue\b.{0,40}|we (?:value|care about) your privacy"
    r"|(?:your |manage )?privacy (?:choices|settings)"
    r"|cookie (?:consent|preferences|settings|wall))\W*",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\b(?:log|sign)[\s-]?(?:in|on)\b|\blogin\b|\bauthenticat", re.IGNORECASE)
_PAYWALL = re.compile(
    r"(?:subscribe|register|sign up|log in|become an? (?:\w+ )?(?:member|subscriber)|start (?:a|your) (?:free )?trial"
    r"|create (?:an|a free|your) account)(?: now| today)? to (?:continue|keep|read|unlock|access|view)|"
    r"(?:continue|keep) reading with|(?:already|existing) (?:a )?subscriber|to (?:continue|keep) reading|"
    r"this (?:article|content|story) is (?:only |exclusively |reserved )*(?:available )?(?:for|to) (?:\w+ )?"
    r"(?:subscribers|members)|(?:unlock|access) (?:this|the full|the whole) (?:article|story)|"
    r"subscriber[- ](?:only|exclusive) (?:article|content|story)",
    re.IGNORECASE,
)
_LIVE_ADDRESS = re.compile(r"/live(?:-?(?:updates?|blog|coverage|news))?/|[/-]live-?(?:updates?|blog|coverage)\b")
_LIVE_TITLE = re.compile(
    r"^\W*live\s*[:|–—-]|\blive[ -]?(?:updates?|blog|coverage)\b|[-–—|:]\s*(?:as it happened|live)\W*$", re.IGNORECASE
)
_LISTING = re.compile(r"/(?:tags?|topics?|categor(?:y|ies)|authors?|sections?|search|archives?)(?:/|$)")
_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})


_SHOWN = "//body//text()[not(parent::script or parent::style or parent::noscript)]"


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page's tree shows of its kind."""

    words: str = ""  # the page's visible words, its first 6,000 characters
    paywall: bool = False  # anywhere on it
    password: bool = False  # it asks for one
    headlines: int = 0  # headings of four words or more that are links
    links: frozenset[str] = frozenset()  # words of its links
    players: int = 0  # of video or sound
    stamps: int = 0  # elements that give a time


def look(tree: Any) -> Signs:
    """A parsed page (lxml) → its signs."""
    headings = tree.xpath("//*[self::h2 or self::h3 or self::h4][.//a or ancestor::a]")
    shown = " ".join(" ".join(tree.xpath(_SHOWN)).split())
    if len(shown) < 100:  # what a page says to those without scripts is all that some walls say
        shown += " " + " ".join(" ".join(tree.xpath("//noscript//text()")).split())
    return Signs(
        words=shown[:6000],
        paywall=_PAYWALL.search(shown) is not None,
        password=bool(tree.xpath("//input[@type='password']")),
        headlines=sum(len(heading.text_content().split()) >= 4 for heading in headings),
        links=frozenset(" ".join(link.text_content().split()) for link in tree.iter("a")),
        players=len(tree.xpath("//video | //audio | //iframe[contains(@src, '/embed') or contains(@src, 'player')]")),
        stamps=len(tree.xpath("//time")),
    )


def of(fetched: Fetched, stated: Metadata, text: str) -> PageClass:
    """The class of a page by its status, its markup's own word for itself, and the little text it has.

    A page that calls itself an article is no wall, whatever it is about; one of some length needs no closer look.
    """
    words = len(text.split())
    plain = stated.is_article and words >= _LONG and not _LIVE_TITLE.search(stated.title or "")
    # Read anew: the extraction has used up the tree.
    tree = None if plain else load_html(fetched.body)
    signs = Signs() if tree is None else look(tree)
    wall = _wall(fetched, stated, signs, text)
    if wall is not None:
        return wall
    if _is_live(fetched, stated, signs):
        return PageClass.LIVE
    if words < 100 and stated.is_media:
        return PageClass.MEDIA
    if not words:  # drawn by scripts, or behind a wall
        return PageClass.TEASER if stated.is_article else PageClass.ERROR
    if _is_teaser(stated, signs, words):
        return PageClass.TEASER
    if words < 40 and signs.players and not stated.is_article:
        return PageClass.MEDIA
    if not stated.is_article and _is_index(fetched, stated, signs, text):
        return PageClass.INDEX
    return PageClass.ARTICLE


def _wall(fetched: Fetched, stated: Metadata, signs: Signs, text: str) -> PageClass | None:
    """What keeps the article from us, if anything does."""
    title, words = stated.title or "", len(text.split())
    said = f"{title} {signs.words}"
    if fetched.status >= 400:
        refused = fetched.status in {403, 429, 503} and _CHALLENGE.search(
            said + fetched.body[:20000].decode("utf-8", "replace")
        )
        return PageClass.CHALLENGE if refused else PageClass.ERROR
    if words >= _WALL:
        return None
    if _CONSENT_TITLE.fullmatch(title):
        return PageClass.CONSENT
    told = [line for line in text.split("\n") if not (_CONSENT.search(line) or _CHALLENGE.search(line))]
    behind = len(" ".join(told).split()) < _BANNER
    if not stated.is_article:
        if behind and _CHALLENGE.search(said):
            return PageClass.CHALLENGE
        if behind and _CONSENT.search(said):
            return PageClass.CONSENT
        if signs.password and _LOGIN.search(title):
            return PageClass.LOGIN
        if len(signs.words.split()) < _NOTICE and _NOTHING_HERE.search(said):
            return PageClass.ERROR
    return PageClass.ERROR if words < 120 and _ERROR.search(title) and not stated.article else None


def _is_live(fetched: Fetched, stated: Metadata, signs: Signs) -> bool:
    if "LiveBlogPosting" in stated.types or _LIVE_ADDRESS.search(stated.canonical or fetched.url or ""):
        return True
    return signs.stamps >= 4 and _LIVE_TITLE.search(stated.title or "") is not None


def _is_teaser(stated: Metadata, signs: Signs, words: int) -> bool:
    if stated.word_count and words < min(400, 0.4 * stated.word_count):
        return True
    if words < 150 and (stated.free is False or "locked" in stated.meta.get("article:content_tier", [])):
        return True
    return words < _LONG and stated.free is not True and signs.paywall


def _is_index(fetched: Fetched, stated: Metadata, signs: Signs, text: str) -> bool:
    """Mostly headlines that link elsewhere, with a line or two each."""
    words, longest = len(text.split()), max(len(line.split()) for line in text.split("\n"))
    if signs.headlines >= 8 and words < 40 * signs.headlines and longest < 60:
        return True
    if words < 400 and (stated.types & _LISTS or re.match(r"search results\b", stated.title or "", re.IGNORECASE)):
        return True
    place = urlsplit(fetched.url or "")
    front = bool(place.netloc) and place.path in {"", "/"} and not place.query
    if words < 400 and (front or (_LISTING.search(place.path) and signs.headlines >= 3 and longest < 60)):
        return True
    lines = [line.removeprefix("- ") for line in text.split("\n") if line]
    linked = [line for line in lines if line in signs.links and len(line.split()) >= 4]
    return len(linked) >= 8 and len(linked) > 0.5 * len(lines)
