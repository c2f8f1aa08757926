"""What a page's markup states about itself: JSON-LD, OpenGraph, other meta tags, then the visible page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

import htmldate

from pipeline.model import When
from pipeline.refine import origin
from pipeline.refine.dates import DAY, read_day

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$")
_MEDIA = frozenset({"VideoObject", "AudioObject", "PodcastEpisode", "video", "audio"})


@dataclass(frozen=True, slots=True)
class Metadata:
    """Unknown is None or empty. ``types`` are the schema.org and OpenGraph types the page gives itself."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: When | None = None
    canonical: str | None = None
    language: str | None = None
    types: frozenset[str] = frozenset()
    word_count: int | None = None  # of the whole article, also where the page shows a part
    free: bool | None = None  # isAccessibleForFree
    section: str | None = None
    article: Mapping[str, Any] = field(default_factory=dict)  # the article's own node of the JSON-LD
    meta: Mapping[str, list[str]] = field(default_factory=dict)  # lower-case name → contents

    @property
    def is_article(self) -> bool:
        return "article" in self.types or any(_ARTICLE.search(name) for name in self.types)

    @property
    def is_media(self) -> bool:
        return bool(self.types & _MEDIA) or any(name.startswith("video.") for name in self.types)


def read_metadata(tree: Any, *, url: str | None) -> Metadata:
    """A parsed page (lxml) → what it states. Never raises: broken statements are left out."""
    nodes = [node for node in _nodes(_linked_data(tree)) if _types(node)]
    meta = _meta(tree)
    article = _article(tree, nodes, meta)
    return Metadata(
        title=_title(tree, article, meta, url),
        authors=_authors(tree, article, nodes, meta),
        published=_published(tree, article, nodes, meta),
        canonical=_canonical(tree, meta, url),
        language=_language(tree, article, meta),
        types=frozenset(name for node in nodes for name in _types(node)) | frozenset(meta.get("og:type", [])[:1]),
        word_count=_word_count(article),
        free=_flag(article.get("isAccessibleForFree")),
        section=origin.section(article, meta),
        article=article,
        meta=meta,
    )


def _article(tree: Any, nodes: list[dict[str, Any]], meta: dict[str, list[str]]) -> dict[str, Any]:
    """The node of the page's own article: the one with the headline that is shown, else the first with a headline."""
    articles = [node for node in nodes if any(_ARTICLE.search(name) for name in _types(node))]
    titled = [node for node in articles if _first_string(node.get("headline"))]
    shown = {
        _plain(words).lower() for words in [*meta.get("og:title", []), *(h1.text_content() for h1 in tree.iter("h1"))]
    }
    own = (node for node in titled if _plain(_first_string(node["headline"])).lower() in shown)
    return next(own, None) or next(iter(titled or articles), {})


# ---------------------------------------------------------------------------------------------- JSON-LD and meta


def _linked_data(tree: Any) -> list[Any]:
    found = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        source = (
            re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script.text or "").strip().rstrip(";")
        )
        for text in (source, re.sub(r",\s*([}\]])", r"\1", source).replace("\\'", "'")):
            try:
                found += _objects(text)
                break
            except (ValueError, RecursionError):  # brackets by the thousand are nobody's statement
                continue
    return found


def _objects(text: str) -> list[Any]:
    """The JSON values of a text, which may stand one after the other. Raises ValueError where one is none."""
    found, start = [], 0
    decoder = json.JSONDecoder(strict=False)
    while start < len(text):
        value, end = decoder.raw_decode(text, start)
        found.append(value)
        start = end + len(text[end:]) - len(text[end:].lstrip(" \t\r\n;,"))
    return found


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every typed object, outermost first; what stands inside an article (its author, its videos) comes after it."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "video", "isPartOf"):
            if key in value and not isinstance(value[key], str):
                yield from _nodes(value[key], depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    stated = node.get("@type") or []
    names = stated if isinstance(stated, list) else [stated]
    return [str(name).rpartition("/")[2] for name in names]


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _first_string(value: Any) -> str:
    """A value that should be one string and may be a list of them; empty where it is neither."""
    offered = value if isinstance(value, list) else [value]
    return next((one for one in offered if isinstance(one, str)), "")


def _plain(value: Any) -> str:
    text = html.unescape(html.unescape(str(value)))
    return " ".join(re.sub(r"<[^<>]*>", "", text).split())


# ---------------------------------------------------------------------------------------------- title and authors


def _title(tree: Any, article: dict[str, Any], meta: dict[str, list[str]], url: str | None) -> str | None:
    shown = [_plain(h1.text_content()) for h1 in tree.iter("h1")]
    offered = [
        _plain(_first_string(article.get("headline"))),
        *(
            _plain(value)
            for value in [_first(meta, "og:title"), _first(meta, "twitter:title", "parsely-title", "dc.title")]
            if value
        ),
        *shown,
        *(_plain(title.text_content()) for title in tree.iter("title")),
    ]
    site = _first(meta, "og:site_name", "application-name") or ""
    cleaned = [_without_site(title, site, url) for title in offered]
    best = next((title for title in cleaned if title), None)
    if best and re.search(r"(?:\.\.\.|…)$", best):  # cut to length by the markup: the page has the whole
        stem = best.rstrip(".… ")
        best = next(
            (title for title in cleaned if title.startswith(stem) and not re.search(r"(?:\.\.\.|…)$", title)), best
        )
    return best


def _without_site(title: str, site: str, url: str | None) -> str:
    """``Headline - The Outlet`` → ``Headline``, where the tail is the site's name or its host's."""
    host = re.sub(r"^www\.", "", urlsplit(url or "").hostname or "")
    match = re.search(r"\s+(?:[|–—·•:]+|-{1,2}|::|»)\s+(?P<tail>[^|]{2,40})$", title)
    if not match:
        return title
    tail = re.sub(r"\W+", "", match["tail"]).lower().removeprefix("the")
    names = [re.sub(r"\W+", "", name).lower().removeprefix("the") for name in (site, host, host.split(".")[0])]
    known = any(name and (name in tail or tail in name) for name in names if len(name) > 2)
    return title[: match.start()] if known or "|" in match[0] else title


def _authors(
    tree: Any, article: dict[str, Any], nodes: list[dict[str, Any]], meta: dict[str, list[str]]
) -> tuple[str, ...]:
    stated = _people(article.get("author") or article.get("creator"), nodes)
    if not stated:
        tags = (
            meta.get(name)
            for name in (
                "author",
                "article:author",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "byl",
                "dcterms.creator",
            )
        )
        listed = next((values for values in tags if values and not all(v.startswith("http") for v in values)), [])
        stated = [part for value in listed if not value.startswith("http") for part in _names(value)]
    if not stated:
        shown = tree.xpath("//*[@rel='author' or @itemprop='author']")[:4]
        stated = [part for element in shown for part in _names(element.text_content())]
    return tuple(dict.fromkeys(name for name in (_plain(s) for s in stated) if name and len(name) < 80))


def _people(value: Any, nodes: list[dict[str, Any]], depth: int = 0) -> list[str]:
    if depth > 6:  # a name that names itself
        return []
    if isinstance(value, list):
        return [name for item in value for name in _people(item, nodes, depth + 1)]
    if isinstance(value, dict):
        if "name" not in value and "@id" in value:
            value = next((n for n in nodes if n.get("@id") == value["@id"] and "name" in n), {})
        return _people(value.get("name"), nodes, depth + 1)
    return _names(value) if isinstance(value, str) else []


def _names(text: str) -> list[str]:
    """``By Ann Lee and Bo Chen, Reuters`` → the names."""
    line = re.sub(r"^\s*(?:by|written by|author:?)\s+", "", _plain(text), flags=re.IGNORECASE)
    return [name.strip() for name in re.split(r"\s*(?:;|,|\s+and\s+|\s+&\s+|\|)\s*", line) if name.strip()]


# ---------------------------------------------------------------------------------------------- dates

_TIME_TAGS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate", "publish-date", "publishdate",
    "publication_date", "article.published", "cxenseparse:recs:publishtime", "published_time",
    "dc.terms.created",
)  # fmt: skip


def _published(
    tree: Any, article: dict[str, Any], nodes: list[dict[str, Any]], meta: dict[str, list[str]]
) -> When | None:
    """The first statement with clock and zone; else the first that gives a day."""
    offered = [_first_string(article.get(name)) for name in ("datePublished", "dateCreated")]
    offered += [_first_string(node.get("datePublished")) for node in nodes]
    offered += [value for name in _TIME_TAGS for value in meta.get(name, [])[:1]]
    days = []
    for value in chain(offered, _time_elements(tree)):
        when = parse_time(value) if value else None
        if when and when.precision != "day":
            return when
        days.append(when)
    return next(filter(None, days), None)


def _time_elements(tree: Any) -> Iterator[str]:
    shown = "//*[@itemprop='datePublished'] | //article//time[@datetime] | //time[@datetime][@pubdate]"
    for element in tree.xpath(shown)[:3]:
        yield element.get("datetime") or element.get("content") or ""


_HOURS_WEST = {"E": 5, "C": 6, "M": 7, "P": 8}  # of Greenwich, in winter: the zones that RFC 5322 names
_DAY_IN_WORDS = re.compile(rf"(?:\w+day,?\s+)?(?=\w*\s*[A-Za-z]){DAY}")


def parse_time(text: str) -> When | None:
    """An ISO 8601 (RFC 3339, RFC 9557) or RFC 5322 timestamp, or a day in words.

    A clock without a zone says only the day; nonsense, and a day that two countries read differently, says nothing.
    """
    value = re.sub(r"\[[\w/+=-]+\]$", "", text.strip())
    iso = re.sub(r"^(\d{4}-\d\d-\d\d)(?:\s+|t)(?=\d)", r"\1T", value).replace("z", "Z")
    iso = re.sub(r"(?<=\d)\s?([ECMP])([SD])T$", lambda m: f"-{_HOURS_WEST[m[1]] - (m[2] == 'D'):02}:00", iso)
    iso = re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)|(?<=[+-]\d\d)\s(?=\d\d$)", "", iso)
    iso = re.sub(r"\s?(?:UTC|GMT)$", "Z", iso)
    iso = re.sub(r"(\.\d{1,9})(?=Z|[+-]|$)", lambda m: m[1][:7].ljust(7, "0"), iso)
    try:
        at = datetime.fromisoformat(iso)
    except (ValueError, OverflowError):
        try:
            at = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError):
            named = re.match(_DAY_IN_WORDS, value)
            day = read_day(named[0]) if named else None
            return When.on(day, UTC) if day and 1990 < day.year < 2100 else None
    if not 1990 < at.year < 2100:
        return None
    if at.tzinfo is None:
        return When.on(at.date(), UTC)
    return When(at, "second")


def guessed_day(tree: Any, *, until: date) -> When | None:
    """The day, no later than ``until``, that htmldate reads from the visible page, where the markup states none."""
    latest = datetime(until.year, until.month, until.day, 23, 59)  # noqa: DTZ001 - htmldate compares without zones
    found = htmldate.find_date(tree, original_date=True, extensive_search=False, max_date=latest)
    return When.on(date.fromisoformat(found), UTC) if found else None


# ---------------------------------------------------------------------------------------------- the rest


def _canonical(tree: Any, meta: dict[str, list[str]], url: str | None) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    stated = next((link for link in [*links, *meta.get("og:url", [])] if link), None)
    if stated is None:
        return url
    try:
        full = urljoin(url or "", stated.strip())
        parts = urlsplit(full)
    except ValueError:  # "https://[object Object]/", which a template has printed
        return url
    if parts.scheme not in {"http", "https"}:
        return url
    # A template that names the front page of every page as canonical would make them one.
    return url if url and parts.path in {"", "/"} and urlsplit(url).path not in {"", "/"} else full


def _language(tree: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str | None:
    stated = tree.get("lang") or article.get("inLanguage") or _first(meta, "og:locale", "content-language", "language")
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", stated) if isinstance(stated, str) else None
    return match[0].lower() if match else None


def _word_count(article: dict[str, Any]) -> int | None:
    stated = re.fullmatch(r"[0-9]{1,3}(?:,?[0-9]{3}){0,2}", str(article.get("wordCount") or "").strip())
    if stated:
        return int(stated[0].replace(",", ""))
    body = article.get("articleBody")
    return len(body.split()) if isinstance(body, str) and body else None


def _flag(value: Any) -> bool | None:
    return None if value is None else str(value).strip().lower() in {"true", "1", "yes"}
