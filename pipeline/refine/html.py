"""A web page → Document: its text by trafilatura, what its markup states, and what kind of page it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import trafilatura
from trafilatura.utils import load_html

from pipeline.errors import ReadError
from pipeline.model import Document, Fetched, Kind, PageClass
from pipeline.refine import adverts, filing, metadata, news, origin, prose

_READER = f"trafilatura {trafilatura.__version__}"


def read_html(fetched: Fetched) -> Document:
    """An article, a press release or a court's opinion page. Raises ReadError when the markup holds no page."""
    place = fetched.url or fetched.requested or fetched.source
    tree = load_html(fetched.body)
    if tree is None:
        raise ReadError(place, "holds no HTML that can be read", "open it in a browser and fetch it again")
    stated = metadata.read_metadata(tree, url=fetched.url)
    headlines = _linked_headlines(tree)  # before the extraction takes them away
    text = _text(tree, stated, whole=fetched.kind is Kind.FILING)
    if not (text or stated.title or tree.text_content().strip()):
        raise ReadError(place, "is an HTML page without words", "open it in a browser and fetch it again")
    found = page_class(fetched, stated, tree, text, headlines=headlines)
    if found is PageClass.ARTICLE and filing.is_filing(fetched, text):
        return filing.describe(fetched, text, reader=_READER)
    page = news.Page(
        title=stated.title or _first_words(text) or place,
        text=text,
        page_class=found,
        url=stated.canonical,
        authors=stated.authors,
        published=stated.published or (metadata.guessed_day(tree) if text else None),
        language=stated.language,
        section=stated.section,
        agency=origin.agency(stated.article, stated.authors, text, url=stated.canonical),
        robots=origin.robots(fetched, stated.meta),
    )
    return news.describe(fetched, page, reader=_READER)


def _first_words(text: str) -> str:
    first = text.partition("\n")[0].split()
    return " ".join(first[:14]) + (" …" if len(first) > 14 else "")


# ---------------------------------------------------------------------------------------------- text


def _text(tree: Any, stated: metadata.Metadata, *, whole: bool) -> str:
    """The page's own words; ``whole`` keeps what is in doubt, as for a court's opinion, which has no adverts."""
    if not whole:
        adverts.remove(tree)
    links = frozenset(_words(link.text_content()) for link in tree.iter("a"))  # before the extraction takes them away
    titles = [stated.title or "", *(h1.text_content() for h1 in tree.iter("h1"))]
    extracted = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=whole)
    text = getattr(extracted, "text", None) or ""
    return clean(text, titles=titles, links=frozenset() if whole else links)


def clean(text: str, *, titles: Sequence[str] = (), links: AbstractSet[str] = frozenset()) -> str:
    """Lines of an extracted page → paragraphs, without the repeated title and what is not the article's.

    That is adverts and boxes, known by their wording, headlines that are links to other pages (``links``: the words of
    every link), bare URLs, and paragraphs printed a second time.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line and not prose.is_advert(line) and not _URL.fullmatch(line)]
    elsewhere = [_is_headline_link(line, links) for line in lines]
    if sum(elsewhere) <= 0.5 * len(lines):  # else the page is a list of links, and they are what it says
        lines = [line for line, leads_away in zip(lines, elsewhere, strict=True) if not leads_away]
    if lines and _words(lines[0]) in {_words(title) for title in titles}:
        lines = lines[1:]
    while lines and _ISSUED.fullmatch(lines[0]):
        lines = lines[1:]
    paragraphs = ""
    for line in _once(lines):
        listed = line.startswith("- ") and paragraphs.rpartition("\n")[2].startswith("- ")
        paragraphs += ("\n" if listed else "\n\n") + line
    return paragraphs.strip()


_URL = re.compile(r"https?://\S+")
# "Issue date: 17 November 2026 · Release No. 26-45", also where the extraction has lost the date.
_STATED = (
    r"(?:(?:issue|release|publication|posted|published|last (?:updated|modified|reviewed)|updated|date)(?: date| on)?"
    r" ?: ?[\w ,.:/+-]{0,40}|(?:news |press )?release (?:no|number|#)?[.:]? ?[\w./-]*\d[\w./-]*"
    r"|(?:for )?immediate release|embargoed until\b.{0,40}|ref(?:erence)?(?: no)?[.:] ?[\w./-]{2,20})"
)
_ISSUED = re.compile(rf"{_STATED}(?: ?[·•|;–—]+ ?(?:{_STATED}|[\w ,.:/-]{{0,30}}))*[ ·•|]*", re.IGNORECASE)
_LEAD_IN = re.compile(r"^(?:[-•|»>(\[]\s*)*(?:[^\W\d]+(?:\s[^\W\d]+){0,3}\s?[:|]\s)?")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _is_headline_link(line: str, links: AbstractSet[str]) -> bool:
    """Whether a line is nothing but a link to another page, with or without "ALSO READ:" before it."""
    if len(line) > 400:
        return False
    offered = {_words(line), _words(_LEAD_IN.sub("", line))}
    return any(words in links for words in offered if words.count(" ") >= 3)


def _once(lines: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        words = _words(line)
        if words.count(" ") < 7 or words not in seen:
            yield line
        seen.add(words)


# ---------------------------------------------------------------------------------------------- what kind of page

_CHALLENGE = re.compile(
    r"just a moment\.\.\.|attention required! \| cloudflare|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"are you a robot|"
    r"enable javascript and (?:cookies|disable)|enable js and disable any ad blocker|checking your browser|"
    r"unusual traffic from your|pardon our interruption|access to this page has been denied|"
    r"request unsuccessful\. incapsula",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:404|403|410|500|502|503)\b.{0,30}\b(?:error|not found|forbidden|gone)|"
    r"page (?:not found|can[’']t be found|unavailable)|"
    r"not found\b.{0,5}$|access denied|(?:bad gateway|service unavailable|internal server error)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:value|care about) your privacy|accept (?:all )?cookies|cookie (?:consent|preferences)|"
    r"we and our (?:\d+ )?partners|manage (?:your )?(?:consent|privacy)|consent to (?:the )?(?:use|processing)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\b(?:log|sign)[\s-]?(?:in|on)\b|\blogin\b|\bauthenticat", re.IGNORECASE)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock)|(?:continue|keep) reading with|"
    r"(?:already|existing) (?:a )?subscriber|to (?:continue|keep) reading|"
    r"this (?:article|content|story) is (?:only |exclusively )?(?:available )?(?:for|to) subscribers|"
    r"register to (?:continue|read)|create an account to (?:continue|read)|"
    r"(?:unlock|access) (?:this|the full) (?:article|story)",
    re.IGNORECASE,
)


def page_class(fetched: Fetched, stated: metadata.Metadata, tree: Any, text: str, *, headlines: int = 0) -> PageClass:
    """What kind of page arrived, by its status, its markup's own word for itself, and the little text it has.

    ``headlines`` is the number of headings that are links.
    """
    words = len(text.split())
    title = stated.title or ""
    if fetched.status >= 400 or (words < 120 and _ERROR.search(title)):
        challenge = fetched.status in {403, 429, 503} and _CHALLENGE.search(
            title + fetched.body[:20000].decode("utf-8", "replace")
        )
        return PageClass.CHALLENGE if challenge else PageClass.ERROR
    if words < 150:
        page = " ".join(tree.text_content().split())[:6000]
        if _CHALLENGE.search(f"{title} {page}"):
            return PageClass.CHALLENGE
        if not stated.is_article and _CONSENT.search(f"{title} {page}"):
            return PageClass.CONSENT
        if words < 60 and not stated.is_article and tree.xpath("//input[@type='password']") and _LOGIN.search(title):
            return PageClass.LOGIN
    if "LiveBlogPosting" in stated.types or re.search(
        r"/live(?:-updates?|-blog)?(?:/|-)", stated.canonical or fetched.url or ""
    ):
        return PageClass.LIVE
    if words < 100 and stated.is_media:
        return PageClass.MEDIA
    if not words:  # drawn by scripts, or behind a wall
        return PageClass.TEASER if stated.is_article else PageClass.ERROR
    if _is_teaser(stated, tree, words):
        return PageClass.TEASER
    if not stated.is_article and _is_index(stated, tree, text, fetched.url, headlines):
        return PageClass.INDEX
    return PageClass.ARTICLE


def _is_teaser(stated: metadata.Metadata, tree: Any, words: int) -> bool:
    if stated.word_count and words < min(400, 0.4 * stated.word_count):
        return True
    if stated.free is False and words < 150:
        return True
    return (
        words < 200 and stated.free is not True and _PAYWALL.search(" ".join(tree.text_content().split())) is not None
    )


def _linked_headlines(tree: Any) -> int:
    found = tree.xpath("//*[self::h2 or self::h3 or self::h4][.//a or ancestor::a]")
    return sum(len(heading.text_content().split()) >= 4 for heading in found)


def _is_index(stated: metadata.Metadata, tree: Any, text: str, url: str | None, headlines: int) -> bool:
    """Mostly headlines that link elsewhere, with a line or two each."""
    words = len(text.split())
    if headlines >= 8 and words < 40 * headlines and max(len(line.split()) for line in text.split("\n")) < 60:
        return True
    if stated.types & {"CollectionPage", "ItemList", "SearchResultsPage"} and words < 400:
        return True
    if re.fullmatch(r"https?://[^/]+/?", url or "") and words < 400:
        return True
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    lines = [line.removeprefix("- ") for line in text.split("\n") if line]
    linked = [line for line in lines if line in links and len(line.split()) >= 4]
    return len(linked) >= 8 and len(linked) > 0.5 * len(lines)
