"""A web page → Document: its text by trafilatura, cleaned, with what its markup states."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import dropwhile, groupby
from typing import Any

import trafilatura
from trafilatura.utils import load_html

from pipeline.errors import ReadError
from pipeline.model import Document, Fetched, Kind, PageClass, When
from pipeline.refine import adverts, body, filing, metadata, news, origin, page_class, prose

_READER = f"trafilatura {trafilatura.__version__}"


def read_html(fetched: Fetched) -> Document:
    """An article, a press release or a court's opinion page. Raises ReadError when the markup holds no page."""
    place = fetched.url or fetched.requested or fetched.source
    tree = load_html(fetched.body)
    if tree is None:
        raise ReadError(place, "holds no HTML that can be read", "open it in a browser and fetch it again")
    stated = metadata.read_metadata(tree, url=fetched.url)
    text = _text(tree, stated, whole=fetched.kind is Kind.FILING)
    if not (text or stated.title or tree.text_content().strip()):
        raise ReadError(place, "is an HTML page without words", "open it in a browser and fetch it again")
    found = page_class.of(fetched, stated, text)
    if found is PageClass.ARTICLE and "NewsArticle" not in stated.types and filing.is_filing(fetched, text):
        return filing.describe(fetched, text, reader=_READER)
    page = news.Page(
        title=stated.title or _first_words(text) or place,
        text=text,
        page_class=found,
        url=stated.canonical,
        authors=stated.authors,
        published=_published(stated, tree if text else None, until=fetched.at + timedelta(days=1)),
        language=stated.language,
        section=stated.section,
        agency=origin.agency(stated.article, stated.authors, text, url=stated.canonical),
        robots=origin.robots(fetched, stated.meta),
    )
    return news.describe(fetched, page, reader=_READER)


def _published(stated: metadata.Metadata, tree: Any, *, until: datetime) -> When | None:
    """What the markup states, else the day the page shows; a day after the page was fetched is a slip or a trick."""
    if stated.published and stated.published.at <= until:
        return stated.published
    return metadata.guessed_day(tree, until=until.date()) if tree is not None else None


def _first_words(text: str) -> str:
    first = text.partition("\n")[0].split()
    return " ".join(first[:14]) + (" …" if len(first) > 14 else "")


# ---------------------------------------------------------------------------------------------- text


def _text(tree: Any, stated: metadata.Metadata, *, whole: bool) -> str:
    """The page's own words; ``whole`` keeps what is in doubt, as for a court's opinion, which has no adverts."""
    if not whole:
        adverts.remove(tree)
        body.drop_link_piles(tree)
        body.unfold_tables(tree)
        body.drop_captions(tree)
    links = frozenset(_words(link.text_content()) for link in tree.iter("a"))  # before the extraction takes them away
    titles = [stated.title or "", *(h1.text_content() for h1 in tree.iter("h1"))]
    spare = copy.deepcopy(tree) if not whole and body.in_pieces(tree) else None
    text = _extracted(tree, whole=whole)
    if spare is not None and body.join_pieces(spare, text):
        text = max(text, _extracted(spare, whole=whole), key=len)
    if whole:
        return clean(text, titles=titles)
    return clean(text, titles=titles, authors=stated.authors, links=links)


def _extracted(tree: Any, *, whole: bool) -> str:
    """The main text of a tree, which is used up by it."""
    extracted = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=whole)
    return getattr(extracted, "text", None) or ""


def clean(
    text: str,
    *,
    titles: Sequence[str] = (),
    authors: Sequence[str] | None = None,
    links: AbstractSet[str] = frozenset(),
) -> str:
    """Lines of an extracted page → paragraphs, without the repeated title and what is not the article's.

    That is adverts and boxes, known by their wording, headlines that are links to other pages (``links``: the words of
    every link), lines that say no more than who wrote it and when (unless ``authors`` is None: an order is signed and
    dated), bare addresses, and paragraphs printed a second time.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line and not prose.is_advert(line) and not _ADDRESS.fullmatch(line)]
    elsewhere = [_is_headline_link(line, links) for line in lines]
    if sum(elsewhere) <= 0.5 * len(lines):  # else the page is a list of links, and they are what it says
        lines = [line for line, leads_away in zip(lines, elsewhere, strict=True) if not leads_away]
        lines = _without_offers(_without_ends(lines, links), links)
    lines = _without_signature(lines, titles, authors)
    paragraphs: list[str] = []
    for line in _once(lines):
        listed = line.startswith("- ") and bool(paragraphs) and paragraphs[-1].startswith("- ")
        paragraphs += ["\n" if listed else "\n\n", line]
    return "".join(paragraphs).strip()


_WORD = re.compile(r"\w+")
# An address or a stamp for machines, and nothing else.
_ADDRESS = re.compile(
    r"(?:https?://|(?:twitter|x|facebook|instagram)\.com/)\S+|\S+@\S+\.\w+|@\w+"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d\S*",
    re.IGNORECASE,
)
_BY = re.compile(r"^\W*(?:by|von|par|por|di|da|door|av|text|words)\b(?![-’'])[:\s]*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"[,/&|;]|\s(?:and|und|et|y|e|en|och)\s")
_TOP = 4  # lines within which title, author and date stand
_BESIDE_A_DATE, _FEW_DATES = 8, 2  # words; lines
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年\s?\d{1,2}月\s?\d{1,2}日"
    r"|\b\d{1,2}(?:\.|st|nd|rd|th|º)?\s(?:de\s|di\s)?[^\W\d_]{3,}\.?,?\s(?:de\s)?(?:19|20)\d\d\b"
    r"|\b[^\W\d_]{3,}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b"
)
# "Issue date: 17 November 2026 · Release No. 26-45", also where the extraction has lost the date.
_STATED = (
    r"(?:(?:issue|release|publication|posted|published|last (?:updated|modified|reviewed)|updated|date)(?: date| on)?"
    r" ?: ?[\w ,.:/+-]{0,40}|(?:news |press )?release (?:no|number|#)?[.:]? ?[\w./-]*\d[\w./-]*"
    r"|(?:for )?immediate release|embargoed until\b.{0,40}|ref(?:erence)?(?: no)?[.:] ?[\w./-]{2,20})"
)
_ISSUED = re.compile(rf"{_STATED}(?> ?[·•|;–—]+ ?(?:{_STATED}|[\w ,.:/-]{{0,30}}))*+[ ·•|]*", re.IGNORECASE)
_LEAD_IN = re.compile(r"^(?:[-•|»>(\[]\s*)*(?:[^\W\d]+(?:\s[^\W\d]+){0,3}\s?[:|]\s)?")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _without_signature(lines: list[str], titles: Sequence[str], authors: Sequence[str] | None) -> list[str]:
    """Without title, authors and date where a page prints them: among its first lines, or last.

    More than two dates in lines of their own are a chronicle, and stay.
    """
    headlines, names = {_words(title) for title in titles}, {_words(name) for name in authors or ()}
    dates = {line for line in lines if _is_date(line)} if authors is not None else set()

    def signs(line: str) -> bool:
        return _is_by(line, names) or (line in dates and len(dates) <= _FEW_DATES)

    top = [line for line in lines[:_TOP] if not (_words(line) in headlines or signs(line))]
    kept = list(dropwhile(_ISSUED.fullmatch, top + lines[_TOP:]))
    while kept and "@" not in kept[-1] and signs(kept[-1]):
        kept.pop()
    return kept if kept == lines else _without_signature(kept, titles, authors)


def _is_by(line: str, names: AbstractSet[str]) -> bool:
    """Whether a line names the page's authors and says no more."""
    parts = (_words(part) for part in _BETWEEN_NAMES.split(_BY.sub("", line)))
    said = [part for part in parts if part]
    return bool(said) and all(part in names for part in said)


def _is_date(line: str) -> bool:
    """Whether a line is a date, with what stands beside one: the hour, "updated", a name."""
    if len(line) > 160 or line.endswith((".", "!", "?", ":")) or not _DATE.search(line):
        return False
    return len(_WORD.findall(_DATE.sub("", line))) <= _BESIDE_A_DATE


def _is_headline_link(line: str, links: AbstractSet[str]) -> bool:
    """Whether a line is nothing but a link to another page, with or without "ALSO READ:" before it."""
    if len(line) > 400:
        return False
    offered = {_words(line), _words(_LEAD_IN.sub("", line))}
    return any(words in links for words in offered if words.count(" ") >= 3)


def _without_ends(lines: list[str], links: AbstractSet[str]) -> list[str]:
    """Without breadcrumbs above and tags below: at both ends a line that is only links goes, however short."""
    start, end = 0, len(lines)
    while start < end and _is_only_links(lines[start], links):
        start += 1
    while end > start and _is_only_links(lines[end - 1], links):
        end -= 1
    return lines[start:end] if start < end else lines


def _is_only_links(line: str, links: AbstractSet[str]) -> bool:
    parts = [words for part in re.split(r"[,|·•/;>#]", line) if (words := _words(part))]
    return len(line) < 400 and bool(parts) and (_words(line) in links or all(words in links for words in parts))


def _without_offers(lines: list[str], links: AbstractSet[str]) -> list[str]:
    """Without the list of other stories below the article: each item opens with a link and says a line about it."""
    end = len(lines)
    while end and lines[end - 1].startswith("- ") and _opens_with_link(lines[end - 1], links):
        end -= 1
    return lines[:end] if 0 < end <= len(lines) - 3 else lines


def _opens_with_link(line: str, links: AbstractSet[str]) -> bool:
    words = _words(line).split()
    return any(" ".join(words[:n]) in links for n in range(4, min(len(words), 20)))


def _once(lines: Sequence[str]) -> Iterator[str]:
    """Without what a page prints a second time: a run of paragraphs again in one piece, or a long paragraph or two.

    A question asked of each guest, a dish of each day's menu: what recurs one by one, and often, is meant.
    """
    words = [_words(line) for line in lines]
    first: dict[str, int] = {}
    for i, said in enumerate(words):
        first.setdefault(said, i)
    again = [said.count(" ") >= 7 and first[said] < i for i, said in enumerate(words)]
    few = len({said for said, repeated in zip(words, again, strict=True) if repeated}) <= 2
    for _, run in groupby(range(len(lines)), key=again.__getitem__):
        places = list(run)
        for i in places:
            if not again[i] or not (len(places) >= 3 or (few and words[i].count(" ") >= 25)):
                yield lines[i]
