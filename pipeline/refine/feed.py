"""RSS, Atom and JSON Feed → `Feed`; a court's feed → `DocketEntry`.

Strict at the border: what is not a whole feed raises `SourceError` with the reason, and never passes for a quiet day.
Inside a feed nothing is dropped: an entry that lacks something is still an entry, and the lack is one of the issues.
"""

from __future__ import annotations

import html
import io
import json
import re
from calendar import timegm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from pipeline.errors import SourceError
from pipeline.model import DocketEntry, FeedEntry, When
from pipeline.refine.courts import zone
from pipeline.refine.docket_number import docket_key
from pipeline.refine.identify import canonical_url


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as published. ``issues`` say, in words, what was odd about it; they name nothing that was lost."""

    title: str
    entries: tuple[FeedEntry, ...]
    issues: tuple[str, ...] = ()


def read_feed(body: bytes, *, url: str, content_type: str = "") -> Feed:
    """RSS 0.9x–2.0, RDF, Atom, CDF or JSON Feed 1.x.

    ``url`` resolves relative links and names the source in errors. Raises `SourceError` when the bytes are empty, are
    another kind of page, break off, or declare entities of their own.
    """
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SourceError(url, "the answer is empty, not a feed")
    if start[:1] in {b"{", b"["}:
        return _json_feed(start, url)
    return _xml_feed(body, url, content_type)


# ------------------------------------------------------------------------------------------------ RSS, Atom, RDF, CDF

# Markup is looked for in the bytes, zeros left out: that finds it in UTF-16 and UTF-32 as well.
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_ROOT_CLOSED = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_CHANNEL = re.compile(rb"<channel\b", re.IGNORECASE)
_QUOTED = re.compile(rb"<!\[CDATA\[|<!--")
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s/>]", re.IGNORECASE)


def _xml_feed(body: bytes, url: str, content_type: str) -> Feed:
    markup = body.replace(b"\0", b"")
    if _ENTITY.search(markup):
        # A few entities that name each other unpack to gigabytes; no feed needs them.
        raise SourceError(url, "the feed declares XML entities of its own, which are not expanded")
    # A file object: feedparser opens bytes and strings that look like file names or URLs.
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-location": url, "content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not _CHANNEL.search(markup):
        raise SourceError(url, _what_it_is(markup))
    wrong = parsed.get("bozo_exception")
    ill_formed = _xml_error(wrong)
    if ill_formed and not _ROOT_CLOSED.search(markup):
        raise SourceError(url, f"the feed breaks off ({ill_formed})", "fetch it again")
    issues = Counter[str]()
    entries = tuple(_xml_entry(item, url, issues) for item in parsed.entries)
    items = len(_ITEM.findall(_unquoted(markup)))
    if items and not entries:
        raise SourceError(url, f"none of the feed's {items} items can be read ({ill_formed or 'unknown form'})")
    notes = [f"the XML is not well-formed ({ill_formed}) and was read leniently"] if ill_formed else []
    if len(entries) < items:
        notes.append(f"{items - len(entries)} of {items} items could not be read")
    return Feed(_plain(parsed.feed.get("title", "")), entries, (*notes, *_counted(issues, len(entries))))


def _unquoted(markup: bytes) -> bytes:
    """Without comments and CDATA sections. One pass: a lazy pattern takes quadratic time over what never closes."""
    kept, at = [], 0
    while quote := _QUOTED.search(markup, at):
        end = markup.find(b"-->" if quote[0] == b"<!--" else b"]]>", quote.end())
        if end < 0:
            break
        kept.append(markup[at : quote.start()])
        at = end + 3
    return b"".join([*kept, markup[at:]])


def _xml_error(error: object) -> str | None:
    """The parser's complaint; None for a feed whose only fault is its declared encoding or media type."""
    if error is None or isinstance(error, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)):
        return None
    getter = getattr(error, "getMessage", None)
    return str(getter() if getter else error)


def _what_it_is(markup: bytes) -> str:
    head = markup[:4096].decode("utf-8", "replace").lower()
    if "<html" in head or "<!doctype html" in head or "<body" in head:
        title = re.search(r"<title[^>]*>(.*?)</title>", markup.decode("utf-8", "replace"), re.DOTALL | re.IGNORECASE)
        named = f" (“{_plain(title[1])[:80]}”)" if title else ""
        return f"an HTML page{named}, not a feed"
    if markup.lstrip()[:5] == b"%PDF-":
        return "a PDF, not a feed"
    return "not a feed in any form we know"


def _xml_entry(item: Any, url: str, issues: Counter[str]) -> FeedEntry:
    # FeedParserDict answers "updated" with the published date (and a warning): ask the dict itself.
    has: dict[str, Any] = dict(item.items())
    link = _http(has.get("link"), url)
    content = next((part.get("value", "") for part in has.get("content", ())), "")
    summary = has.get("summary", "")
    title = has.get("title", "")
    plain_text = has.get("title_detail", {}).get("type") == "text/plain" and "&" not in title
    enclosed = [one for one in has.get("links", ()) if one.get("rel") == "enclosure"]
    enclosures = [(_http(one.get("href"), url), one.get("type", "")) for one in enclosed]
    return _checked(
        FeedEntry(
            id=has.get("id") or "",
            url=link,
            title=" ".join(title.split()) if plain_text else _plain(title),
            published=_when(has.get("published"), has.get("published_parsed"), issues),
            updated=_when(has.get("updated"), has.get("updated_parsed"), issues),
            authors=_names(has),
            summary="" if summary == content else summary,
            content=content,
            enclosures=tuple((href, kind) for href, kind in enclosures if href),
        ),
        issues,
    )


def _names(item: dict[str, Any]) -> tuple[str, ...]:
    names = [author.get("name") or author.get("email") or "" for author in item.get("authors", ())]
    names = [name.strip() for name in names if name.strip()] or [item.get("author", "").strip()]
    return tuple(dict.fromkeys(name for name in names if name))


# ------------------------------------------------------------------------------------------------ JSON Feed


def _json_feed(body: bytes, url: str) -> Feed:
    """JSON Feed 1.0 and 1.1, https://www.jsonfeed.org/version/1.1/."""
    try:
        top = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceError(url, f"JSON that breaks off or is damaged ({error})", "fetch it again") from error
    version = top.get("version") if isinstance(top, dict) else None
    items = top.get("items") if isinstance(top, dict) else None
    if "jsonfeed.org/version/" not in str(version) or not isinstance(items, list):
        raise SourceError(url, "JSON, but not a JSON Feed")
    issues = Counter[str]()
    entries = tuple(_json_entry(item, url, issues) for item in _objects(items))
    if items and not entries:
        raise SourceError(url, f"none of the feed's {len(items)} items can be read")
    notes = [f"{lost} of {len(items)} items could not be read"] if (lost := len(items) - len(entries)) else []
    return Feed(_text(top, "title"), entries, (*notes, *_counted(issues, len(entries))))


def _json_entry(item: dict[str, Any], url: str, issues: Counter[str]) -> FeedEntry:
    authors = item.get("authors") or [item.get("author")]  # 1.0 knew one author
    names = [_text(author, "name") for author in _objects(authors)]
    enclosures = [(_http(a.get("url"), url), _text(a, "mime_type")) for a in _objects(item.get("attachments"))]
    return _checked(
        FeedEntry(
            id=_text(item, "id"),
            url=_http(item.get("url"), url) or _http(item.get("external_url"), url),
            title=" ".join(_text(item, "title").split()),
            published=_when(_text(item, "date_published"), None, issues),
            updated=_when(_text(item, "date_modified"), None, issues),
            authors=tuple(name for name in names if name),
            summary=html.escape(_text(item, "summary"), quote=False),
            content=_text(item, "content_html") or html.escape(_text(item, "content_text"), quote=False),
            enclosures=tuple((href, kind) for href, kind in enclosures if href),
        ),
        issues,
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


# ------------------------------------------------------------------------------------------------ what both share


def _checked(entry: FeedEntry, issues: Counter[str]) -> FeedEntry:
    issues["without a link"] += entry.url is None
    issues["without a title"] += not entry.title
    issues["without a date"] += not (entry.published or entry.updated)
    if entry.id:
        return entry
    words = f"{entry.url or ''}\n{entry.title}\n{entry.published.iso() if entry.published else ''}\n{entry.summary}"
    return replace(entry, id=entry.url or "sha256:" + _hash(words))


def _hash(words: str) -> str:
    return sha256(words.encode("utf-8", "replace")).hexdigest()


def _counted(issues: Counter[str], entries: int) -> list[str]:
    if not entries:
        return ["the feed holds no entries"]
    return [f"{count} of {entries} entries {what}" for what, count in issues.items() if count]


def _http(link: Any, base: str) -> str | None:
    """An absolute http(s) URL, or None: mailto:, javascript: and the like lead nowhere."""
    if not link or not isinstance(link, str):
        return None
    try:
        whole = urljoin(base, link.strip())
        return whole if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname else None
    except ValueError:
        return None


def _plain(markup: str) -> str:
    """Markup → one line of text. Feeds escape titles once, twice or not at all."""
    text = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", markup))
    return " ".join(re.sub(r"</?[A-Za-z][^<>]*>", "", text).split())


_W3CDTF = re.compile(r"\d{4}-\d\d-\d\d")


def _when(written: Any, parsed: Any, issues: Counter[str]) -> When | None:
    """A date as the feed writes it, in the feed's own zone; UTC where it names none.

    RFC 822 / 2822 (RSS) and RFC 3339 (Atom, JSON Feed); ``parsed`` is feedparser's reading, in UTC, of anything else.
    """
    words = str(written or "").strip()
    if not words:
        return None
    try:
        at = _iso(words) if _W3CDTF.match(words) else _rfc822(words)
        if at is None and parsed:
            at = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError):
        at = None
    if at is None:
        issues["with a date that cannot be read"] += 1
        return None
    clock = re.search(r"\d:\d\d(:\d\d)?", words)
    return When(at, "day" if clock is None else "second" if clock[1] else "minute")


def _iso(words: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        date.fromisoformat(words[:10])  # no such day: feedparser would count on into the next month
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _rfc822(words: str) -> datetime | None:
    read = parsedate_tz(words)
    if read is None:
        return None
    offset = read[9]
    if offset is None and not re.search(r"(\d|-0000|UT|Z)$", words):
        return None  # a zone by a name that this parser does not know: feedparser may
    year, month, day, hour, minute, second, *_ = read
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone(timedelta(seconds=offset or 0)))


# ------------------------------------------------------------------------------------------------ a court's feed

_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>(.*?)</a>""", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"\(?\s*(?:(?:ECF|Doc|Docket|Document|Dkt|Entry|No)\.?\s+)*#?(\d{1,6})\s*\)?", re.IGNORECASE)

# What a docket event is, by the court's own short description: the first that fits. CM/ECF calls a motion by what it
# asks for ("Stay", "Compel"), and names the motion in what is filed around it ("Declaration in Support of Motion").
# "~Util" and the like are the clerk's bookkeeping.
_ROUTINE = (
    r"^~|\butil\b|appearance|pro hac vice|certificate of service|summons|filing fee|fee payment|transmission to"
    r"|mail(ed|ing)?\b|cover sheet|corporate disclosure|add (judge|trustee|and terminate)|terminate|^set |^auto "
    r"|case (assign|designat|opened)|waiver of service|documents sent"
)
_MOTION = (
    r"\bmotion|\bapplication|^(adjourn|compel|continue|dismiss|extension of time|in limine|leave to|preclude|quash"
    r"|seal|stay|strike|transfer|withdraw)\b"
)
_EVENTS = (
    ("routine", _ROUTINE),
    ("opinion", r"\bopinion|findings of fact"),
    ("judgment", r"\bjudgment"),
    ("order", r"(?<!proposed )(?<!proposed\] )\border|memo(randum)? endorse|\bruling|minute entry"),
    ("complaint", r"\bcomplaint|notice of removal|^petition|^(cross|counter)claim"),
    ("answer", r"^answer"),
    ("declaration", r"^(declaration|affidavit|affirmation)"),
    ("brief", r"\bbrief\b|^(reply )?memorandum (of law|in )|^opposition|^reply|^response"),
    ("motion", _MOTION),
    ("stipulation", r"stipulation"),
    ("transcript", r"transcript"),
    ("notice", r"\bnotice"),
    ("letter", r"\bletter"),
)
# When several events share one entry, the weightiest names it.
_WEIGHT = (
    "opinion", "judgment", "order", "complaint", "motion", "answer", "brief", "stipulation", "declaration",
    "transcript", "notice", "letter", None, "routine",
)  # fmt: skip


def behind_pacer(url: str) -> bool:
    """Whether following this link asks PACER for a document or a docket sheet, which costs money."""
    host = urlsplit(url).hostname or ""
    return host.endswith(".uscourts.gov") and host.startswith(("ecf.", "ecf-", "pacer.", "pcl."))


def docket_entries(feed: Feed, *, court: str, source: str) -> tuple[list[DocketEntry], list[str]]:
    """A CM/ECF feed's items as docket entries, in feed order; and one message for each item that is none.

    An item is titled ``<docket number> <caption>`` and described ``[<event>] (<a href=…>ECF number</a>)``; brackets
    nest, and a filing with several events comes as several items, or several brackets, with one number. Those become
    one entry. The id is made of the item alone, so that the next poll finds the entry again: of the docket and the ECF
    number, which a court gives once; without a number, of what the court calls the item, and when. Courts publish in
    GMT; ``filed`` is in the court's own zone, where the docket's day is counted.
    """
    lines: dict[str, list[DocketEntry]] = {}
    lost = []
    for item in feed.entries:
        number, _, caption = item.title.partition(" ")
        docket = docket_key(number, court)
        if docket:
            line = _docket_line(item, docket, caption.strip(), source, zone(court))
            lines.setdefault(line.id, []).append(line)
        else:
            lost.append(f"“{item.title or item.id}” does not start with a docket number")
    return [_one_entry(events) for events in lines.values()], lost


def _docket_line(item: FeedEntry, docket: str, caption: str, source: str, local: tzinfo) -> DocketEntry:
    link = _LINK.search(item.summary)
    before = item.summary[: link.start()] if link else item.summary
    events, rest = _bracketed(_plain(before))
    numbered = _NUMBERED.fullmatch(_plain(link[2]) if link else rest)
    number = int(numbered[1]) if numbered else None
    description = "; ".join(events) or ("" if numbered and not link else rest.rstrip("( "))
    filed = item.published or item.updated
    if filed and filed.precision != "day":
        filed = replace(filed, at=filed.at.astimezone(local))
    named = f"{item.id}\n{filed.at.astimezone(UTC).isoformat() if filed else description}"
    public = [href for href, kind in item.enclosures if kind == "application/pdf" and not behind_pacer(href)]
    return DocketEntry(
        id=f"{docket}#{number}" if number else f"{docket}@{_hash(named)[:10]}",
        docket=docket,
        number=number,
        filed=filed,
        type=min((_type(event) for event in events or [description]), key=_WEIGHT.index),
        description=description,
        caption=caption or None,
        url=(_http(html.unescape(link[1]), item.url or "") if link else None) or item.url,
        document_url=canonical_url(public[0]) if public else None,
        source=source,
    )


def _one_entry(events: Sequence[DocketEntry]) -> DocketEntry:
    first = events[0]
    if len(events) == 1:
        return first
    return replace(
        first,
        type=min((event.type for event in events), key=_WEIGHT.index),
        description="; ".join(dict.fromkeys(event.description for event in events if event.description)),
        filed=min((event.filed for event in events if event.filed), default=None),
        document_url=next((event.document_url for event in events if event.document_url), None),
    )


def _bracketed(text: str) -> tuple[list[str], str]:
    """("[Order on Motion [Doc 5] to Seal] [Order] x") → (["Order on Motion [Doc 5] to Seal", "Order"], "x")."""
    events: list[str] = []
    depth = opened = end = 0
    for found in re.finditer(r"[\[\]]", text):
        at = found.start()
        if found[0] == "[":
            if depth == 0 and events and text[end:at].strip(" ,;&"):
                break  # brackets further on are somebody's words, not another event
            opened = at if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                end = at + 1
                events.append(text[opened + 1 : at].strip())
    if depth and not events:  # a bracket that never closes: all of it is the event
        return [text[opened + 1 :].rstrip("( ").removesuffix("]")], ""
    return [event for event in events if event], text[end:].strip()


def _type(event: str) -> str | None:
    return next((name for name, words in _EVENTS if re.search(words, event, re.IGNORECASE)), None)
