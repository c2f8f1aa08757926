"""RSS, Atom and JSON Feed → `Feed`.

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
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from pipeline.errors import SourceError
from pipeline.model import FeedEntry, When


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
# References to what is no character of XML (1.0, 2.2): half of a surrogate pair stops the lenient parser.
_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+));", re.IGNORECASE)
_LONG_TAG = re.compile(rb"<[^<>]{16384,}>")
_MOST_ATTRIBUTES = 1000  # of an element; the parsers take quadratic time over them
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s/>]", re.IGNORECASE)


def _xml_feed(body: bytes, url: str, content_type: str) -> Feed:
    markup = body.replace(b"\0", b"")
    if _ENTITY.search(markup):
        # A few entities that name each other unpack to gigabytes; no feed needs them.
        raise SourceError(url, "the feed declares XML entities of its own, which are not expanded")
    if any(len(re.findall(rb"=\s*[\"']", tag[0])) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(markup)):
        raise SourceError(url, f"an element of the feed has more than {_MOST_ATTRIBUTES} attributes")
    body = _REFERENCE.sub(_character, body)
    # A file object: feedparser opens bytes and strings that look like file names or URLs.
    try:
        parsed = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-location": url, "content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError) as error:  # UnicodeError is a ValueError
        raise SourceError(url, f"the feed's own word on its encoding cannot be read ({error})") from error
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
    return Feed(plain(parsed.feed.get("title", "")), entries, (*notes, *_counted(issues, len(entries))))


def _character(reference: re.Match[bytes]) -> bytes:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    point = int(digits, base) if len(digits) < 8 else -1  # longer than any character's number
    whole = point in {9, 10, 13} or 0x20 <= point < 0xD800 or 0xE000 <= point < 0x110000
    return reference[0] if whole else b"&#xFFFD;"


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


def page_title(markup: bytes) -> str:
    """The words of an HTML page's title, looked for in its first 64 KiB; empty when it has none."""
    head = markup[: 2**16]
    start = re.search(rb"<title[^>]*>", head, re.IGNORECASE)
    words, closed, _ = (
        head[start.end() :].replace(b"</TITLE", b"</title").partition(b"</title") if start else (b"", b"", b"")
    )
    return plain(words.decode("utf-8", "replace")) if closed else ""


def _what_it_is(markup: bytes) -> str:
    head = markup[:4096].decode("utf-8", "replace").lower()
    if "<html" in head or "<!doctype html" in head or "<body" in head:
        title = page_title(markup)
        named = f" (“{title[:80]}”)" if title else ""
        return f"an HTML page{named}, not a feed"
    if markup.lstrip()[:5] == b"%PDF-":
        return "a PDF, not a feed"
    return "not a feed in any form we know"


def _xml_entry(item: Any, url: str, issues: Counter[str]) -> FeedEntry:
    # FeedParserDict answers "updated" with the published date (and a warning): ask the dict itself.
    has: dict[str, Any] = dict(item.items())
    link = http_url(has.get("link"), url)
    content = next((part.get("value", "") for part in has.get("content", ())), "")
    summary = has.get("summary", "")
    title = has.get("title", "")
    plain_text = has.get("title_detail", {}).get("type") == "text/plain" and "&" not in title
    enclosed = [one for one in has.get("links", ()) if one.get("rel") == "enclosure"]
    enclosures = [(http_url(one.get("href"), url), one.get("type", "")) for one in enclosed]
    return _checked(
        FeedEntry(
            id=has.get("id") or "",
            url=link,
            title=_one_line(title) if plain_text else plain(title),
            published=_when(has.get("published"), has.get("published_parsed"), issues),
            updated=_when(has.get("updated"), has.get("updated_parsed"), issues),
            authors=_names(has),
            summary="" if summary == content else summary,
            content=content,
            enclosures=tuple((href, kind) for href, kind in enclosures if href),
            publisher=plain(has.get("source", {}).get("title", "")),
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
    enclosures = [(http_url(_text(a, "url"), url), _text(a, "mime_type")) for a in _objects(item.get("attachments"))]
    return _checked(
        FeedEntry(
            id=_text(item, "id"),
            url=http_url(_text(item, "url"), url) or http_url(_text(item, "external_url"), url),
            title=_one_line(_text(item, "title")),
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
    words = "" if value is None or isinstance(value, (dict, list)) else str(value)
    return words.encode("utf-8", "replace").decode()  # JSON can write half of a surrogate pair


# ------------------------------------------------------------------------------------------------ what both share


def _checked(entry: FeedEntry, issues: Counter[str]) -> FeedEntry:
    issues["without a link"] += entry.url is None
    issues["without a title"] += not entry.title
    issues["without a date"] += not (entry.published or entry.updated)
    if entry.id:
        return entry
    words = f"{entry.url or ''}\n{entry.title}\n{entry.published.iso() if entry.published else ''}\n{entry.summary}"
    return replace(entry, id=entry.url or "sha256:" + hashed(words))


def hashed(words: str) -> str:
    return sha256(words.encode("utf-8", "replace")).hexdigest()


def _counted(issues: Counter[str], entries: int) -> list[str]:
    if not entries:
        return ["the feed holds no entries"]
    return [f"{count} of {entries} entries {what}" for what, count in issues.items() if count]


def http_url(link: Any, base: str) -> str | None:
    """An absolute http(s) URL, or None: mailto:, javascript: and the like lead nowhere."""
    if not link or not isinstance(link, str):
        return None
    try:
        whole = urljoin(base, link.strip())
        return whole if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname else None
    except ValueError:
        return None


def plain(markup: str) -> str:
    """Markup → one line of text. Feeds escape titles once, twice or not at all."""
    text = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", markup))
    return _one_line(re.sub(r"</?[A-Za-z][^<>]*>", "", text))


def _one_line(text: str) -> str:
    """Without line breaks, characters of control, and halves of surrogate pairs, which cannot be written anywhere."""
    return " ".join(_NO_TEXT.sub(" ", text).split())


_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


_FIRST_YEAR, _LAST_YEAR = 1970, 2200  # what else a feed says is a slip of the keyboard, and no moment in other zones
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
    if at is None or not _FIRST_YEAR <= at.year < _LAST_YEAR:
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
