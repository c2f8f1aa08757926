"""Atom (RFC 4287, archives as in RFC 5005), RSS 2.0 and JSON Feed 1.1 of the same entries.

The same entries give the same bytes: every time in a feed is an entry's own, none is the clock's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import NewType
from urllib.parse import quote, urlencode

from pipeline.publish.wording import UNPRINTABLE, printable

SINCE = "1970-01-01T00:00:00+00:00"  # "updated" of a feed that has had no entry yet: RFC 4287 wants one
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
KEPT = 50_000  # rendered entries in memory: a document stands in half a dozen feeds
TYPES = {".atom": "application/atom+xml", ".rss": "application/rss+xml", ".json": "application/feed+json"}

# Text that may stand in XML and HTML. The type checker sees that nothing else does.
Xml = NewType("Xml", str)

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_SPECIAL = re.compile("[&<>\"']|" + UNPRINTABLE.pattern)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told, in any format."""

    id: str  # a tag: URI (RFC 4151)
    title: str
    html: Xml  # block elements, well-formed as XML
    summary: str  # one plain line
    page: str  # our page about it
    updated: str  # when what it says last changed, ISO 8601 with zone
    published: str  # when it was published or, failing that, first seen
    original: str | None = None  # where the original stands
    author: str = "docketwire"
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself. ``site`` is a base URL, ``page`` the path of the page that it follows."""

    name: str
    title: str
    page: str
    site: str
    authority: str  # of tag: ids
    stem: str = ""  # path of the feed without suffix; /feeds/<name> when empty
    query: str = ""  # "?q=…" of a feed made of a search
    archives: Mapping[str, str] = field(default_factory=dict)  # RFC 5005 relation → name of that feed
    hub: str = ""  # of WebSub

    @property
    def id(self) -> str:
        return f"tag:{self.authority},2026:feeds/{quote(self.name)}.atom"

    def url(self, suffix: str) -> str:
        return f"{self.site}{self.stem or f'/feeds/{quote(self.name)}'}{suffix}{self.query}"


def of_search(asked: str, *, site: str, authority: str, **filters: str) -> Feed:
    """The feed ``/search.atom?q=…`` of what a search finds, with the search page's own filters (kind, matter, …)."""
    given = {"q": asked} | {name: value for name, value in sorted(filters.items()) if value}
    query = "?" + urlencode(given)
    title = f"docketwire: {asked}" if asked else "docketwire: search"
    return Feed(f"search{query}", title, f"/search{query}", site.rstrip("/"), authority, "/search", query)


def text(words: str) -> Xml:
    """Words as XML: escaped, and without what XML 1.0 (§2.2) cannot carry."""
    return Xml(_SPECIAL.sub(lambda found: _ESCAPES.get(found[0], ""), words))


def tag(name: str, *inside: Xml, **attributes: str) -> Xml:
    given = "".join([f' {key}="{text(value)}"' for key, value in attributes.items()])
    return Xml(f"<{name}{given}>{''.join(inside)}</{name}>")


# ---------------------------------------------------------------------------------------------- Atom


def atom(entries: Sequence[Entry], feed: Feed) -> bytes:
    """The feed as Atom. With a relation ``current`` in its archives it is an archive itself."""
    archive = feed.archives.get("current")
    parts = [
        # An archive is a part of the feed that it belongs to, and has its id.
        tag("id", text(replace(feed, name=archive).id if archive else feed.id)),
        tag("title", text(feed.title)),
        tag("updated", text(_latest(entries))),
        tag("link", rel="self", type=TYPES[".atom"], href=feed.url(".atom")),
        *([tag("link", rel="hub", href=feed.hub)] if feed.hub else []),
        tag("link", rel="alternate", type="text/html", href=feed.site + feed.page),
        *(
            tag("link", rel=relation, type=TYPES[".atom"], href=f"{feed.site}/feeds/{quote(name)}.atom")
            for relation, name in feed.archives.items()
        ),
        *([tag("archive", xmlns=HISTORY)] if archive else []),
        tag("author", tag("name", text("docketwire"))),
        tag("generator", text("docketwire"), uri=f"{feed.site}/about"),
        *map(_atom_entry, entries),
    ]
    return _document(tag("feed", _lines(parts), xmlns=ATOM))


@lru_cache(KEPT)
def _atom_entry(entry: Entry) -> Xml:
    parts = [
        tag("id", text(entry.id)),
        tag("title", text(entry.title)),
        tag("updated", text(_iso(entry.updated))),
        tag("published", text(_iso(entry.published))),
        tag("link", rel="alternate", type="text/html", href=entry.page),
        *([tag("link", rel="via", href=entry.original)] if entry.original else []),
        tag("author", tag("name", text(entry.author))),
        *(tag("category", term=term) for term in entry.terms),
        tag("summary", text(entry.summary)),
        tag("content", tag("div", entry.html, xmlns="http://www.w3.org/1999/xhtml"), type="xhtml"),
    ]
    return tag("entry", _lines(parts))


# ---------------------------------------------------------------------------------------------- RSS


def rss(entries: Sequence[Entry], feed: Feed) -> bytes:
    """The feed as RSS 2.0 (rssboard.org), with the elements of Atom and Dublin Core that readers know."""
    parts = [
        tag("title", text(feed.title)),
        tag("link", text(feed.site + feed.page)),
        tag("description", text(f"{feed.title}: filings and news, each claim with its evidence.")),
        tag("language", text("en")),
        tag("lastBuildDate", text(_rfc822(_latest(entries)))),
        tag("atom:link", rel="self", type=TYPES[".rss"], href=feed.url(".rss")),
        *([tag("atom:link", rel="hub", href=feed.hub)] if feed.hub else []),
        *map(_rss_item, entries),
    ]
    names = {"xmlns:atom": ATOM, "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
    return _document(tag("rss", tag("channel", _lines(parts)), version="2.0", **names))


@lru_cache(KEPT)
def _rss_item(entry: Entry) -> Xml:
    parts = [
        tag("title", text(entry.title)),
        tag("link", text(entry.page)),
        tag("guid", text(entry.id), isPermaLink="false"),
        tag("pubDate", text(_rfc822(entry.published))),
        tag("dc:creator", text(entry.author)),
        *(tag("category", text(term)) for term in entry.terms),
        tag("description", text(entry.html)),
        tag("atom:updated", text(_iso(entry.updated))),
    ]
    return tag("item", _lines(parts))


# ---------------------------------------------------------------------------------------------- JSON Feed


def json_feed(entries: Sequence[Entry], feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org), one item a line."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": printable(feed.title),
        "home_page_url": feed.site + feed.page,
        "feed_url": feed.url(".json"),
        "authors": [{"name": "docketwire", "url": f"{feed.site}/about"}],
        "language": "en",
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [],
    }
    opening = json.dumps(head, ensure_ascii=False).removesuffix("]}")
    return (opening + "\n" + ",\n".join(map(_json_item, entries)) + "\n]}\n").encode()


@lru_cache(KEPT)
def _json_item(entry: Entry) -> str:
    item = {
        "id": entry.id,
        "url": entry.page,
        "external_url": entry.original,
        "title": printable(entry.title),
        "content_html": entry.html,
        "summary": printable(entry.summary),
        "date_published": _iso(entry.published),
        "date_modified": _iso(entry.updated),
        "authors": [{"name": printable(entry.author)}],
        "tags": [printable(term) for term in entry.terms],
    }
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


FORMATS = {".atom": atom, ".rss": rss, ".json": json_feed}


# ---------------------------------------------------------------------------------------------- all of them


def opml(groups: Mapping[str, Sequence[Feed]], *, title: str) -> bytes:
    """OPML 2.0 (opml.org): every feed, in groups, for a reader to import at once."""
    outlines = [
        tag("outline", _lines([_outline(feed) for feed in feeds]), text=group, title=group)
        for group, feeds in groups.items()
    ]
    parts = [tag("head", tag("title", text(title))), tag("body", _lines(outlines))]
    return _document(tag("opml", _lines(parts), version="2.0"))


def _outline(feed: Feed) -> Xml:
    names = {"text": feed.title, "title": feed.title, "type": "rss"}  # "rss" is any feed, Atom too
    return tag("outline", **names, xmlUrl=feed.url(".atom"), htmlUrl=feed.site + feed.page)


def _latest(entries: Sequence[Entry]) -> str:
    return max((_iso(entry.updated) for entry in entries), key=datetime.fromisoformat, default=SINCE)


def _iso(at: str) -> str:
    """RFC 3339, as Atom and JSON Feed want it: with seconds, in the zone it was written in."""
    return datetime.fromisoformat(at).isoformat(timespec="seconds")


def _rfc822(at: str) -> str:
    return format_datetime(datetime.fromisoformat(at).astimezone(UTC), usegmt=True)


def _lines(parts: Sequence[Xml]) -> Xml:
    return Xml("\n".join(["", *parts, ""]))


def _document(root: Xml) -> bytes:
    return f"{HEAD}{root}\n".encode()
