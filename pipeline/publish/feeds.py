"""Atom feeds (RFC 4287) as static files: everything, and one a matter.

The same rows give the same bytes: every time in a feed is a row's own, none is the clock's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree

from pipeline.publish.wording import announcement, day, headline, moment, outside, printable, short_caption

Row = Mapping[str, Any]
Query = Callable[[str, Sequence[object]], Iterable[Row]]  # SQL over the public database, and its values

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
LONGEST = 100  # entries of one feed
SINCE = "1970-01-01T00:00:00+00:00"  # "updated" of a feed that has had no entry yet: RFC 4287 wants one


@dataclass(frozen=True, slots=True)
class Item:
    """One document as a feed tells it: its row, at most two sentences of its summary, the dates it sets."""

    document: Row
    points: tuple[Row, ...] = ()
    dates: tuple[Row, ...] = ()


def atom(items: Sequence[Item], *, title: str, name: str, page: str, site: str, authority: str) -> bytes:
    """The feed ``<site>/feeds/<name>`` of the page ``<site><page>``, with ``tag:`` ids of ``authority`` (RFC 4151)."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    updated = max((item.document["first_seen"] for item in items), default=SINCE)
    _add(feed, "id", f"tag:{authority},2026:feeds/{quote(name)}")
    _add(feed, "title", title)
    _add(feed, "updated", updated)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site}/feeds/{quote(name)}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{site}{page}")
    _add(_add(feed, "author"), "name", "docketwire")
    _add(feed, "generator", "docketwire", uri=f"{site}/about")
    for item in items:
        _entry(feed, item, site=site, authority=authority)
    etree.indent(feed, level=0)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(feed: etree._Element, item: Item, *, site: str, authority: str) -> None:
    row = item.document
    page = f"{site}/document/{quote(row['id'], safe='')}"
    original = outside(row["url"])
    entry = _add(feed, "entry")
    _add(entry, "id", f"tag:{authority},2026:document/{quote(row['id'])}")
    _add(entry, "title", announcement(row))
    _add(entry, "updated", row["first_seen"])
    if row["published"]:
        _add(entry, "published", row["published"])
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    if original:
        _add(entry, "link", rel="via", href=original)
    speaker = row["author"] or row["judge"] or row["source_title"] or row["source"]
    _add(_add(entry, "author"), "name", speaker)
    for term in (row["kind"], row["type"], row["matter"]):
        if term:
            _add(entry, "category", term=term)
    content = _add(entry, "content", type="xhtml")
    content.append(_body(item, page=page, site=site, original=original))


def _body(item: Item, *, page: str, site: str, original: str | None) -> etree._Element:
    row = item.document
    div = etree.Element(f"{{{XHTML}}}div", nsmap={None: XHTML})
    _html(div, "p", headline(row))
    for point in item.points:
        quoted = _html(div, "blockquote", cite=f"{page}#p{point['position'] + 1}")
        _html(quoted, "p", point["text"])
    if item.dates:
        _html(div, "p", "Dates:")
        dates = _html(div, "ul")
        for event in item.dates:
            over = " (superseded)" if event["state"] == "superseded" else ""
            _html(dates, "li", f"{moment(event['starts'], event['precision'])}: {event['title']}{over}")
    links = [("Document and sources", page)]
    if row["matter"]:
        links.append((short_caption(row["matter_caption"]), f"{site}/matter/{quote(row['matter'], safe='')}"))
    if original:
        links.append((f"Original at {row['source_title'] or 'its source'}", original))
    line = _html(div, "p")
    for number, (text, href) in enumerate(links):
        _html(line, "a", text, href=href).tail = " · " if number < len(links) - 1 else ". "
    dated = f"Dated {day(row['published'])}. " if row["published"] else ""
    _html(div, "p", f"{dated}Automatic summary: check the source.")
    return div


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    return _element(parent, f"{{{ATOM}}}{tag}", text, attributes)


def _html(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    return _element(parent, f"{{{XHTML}}}{tag}", text, attributes)


def _element(parent: etree._Element, tag: str, text: str | None, attributes: Mapping[str, str]) -> etree._Element:
    element = etree.SubElement(parent, tag, {key: printable(value) for key, value in attributes.items()})
    if text is not None:
        element.text = printable(text)
    return element


# ---------------------------------------------------------------------------------------------- writing

_DOCUMENTS = """
SELECT d.*, m.caption AS matter_caption FROM documents d LEFT JOIN matters m ON m.slug = d.matter
WHERE d.duplicate_of IS NULL AND (? IS NULL OR d.matter = ?)
ORDER BY d.first_seen DESC, d.published DESC, d.id LIMIT ?"""
_POINTS = "SELECT * FROM summaries WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, position"
_DATES = "SELECT * FROM events WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, starts, id"
_WEIGHT = {"decision": 0, "order": 1, "reason": 2}


def write_feeds(query: Query, folder: Path, *, site: str, authority: str) -> list[Path]:
    """Write ``all.atom`` and a ``<slug>.atom`` a matter into ``folder``; files that would not change are left alone.

    ``query`` answers SQL on the public database with rows as mappings. Returns the paths, ``all.atom`` first.
    """
    site = site.rstrip("/")
    feeds: list[tuple[str, str, str, str | None]] = [("all.atom", "docketwire: AI copyright litigation", "/", None)]
    for matter in query("SELECT slug, caption FROM matters ORDER BY slug", ()):
        page = f"/matter/{quote(matter['slug'], safe='')}"
        feeds.append(
            (f"{matter['slug']}.atom", f"docketwire: {short_caption(matter['caption'])}", page, matter["slug"])
        )
    for name, title, page, slug in feeds:
        items = _items(query, slug)
        keep(folder / name, atom(items, title=title, name=name, page=page, site=site, authority=authority))
    return [folder / name for name, *_ in feeds]


def _items(query: Query, slug: str | None) -> list[Item]:
    documents = list(query(_DOCUMENTS, (slug, slug, LONGEST)))
    ids = json.dumps([row["id"] for row in documents])
    points = _by_document(query(_POINTS, (ids,)))
    dates = _by_document(query(_DATES, (ids,)))
    return [Item(row, two_of(points.get(row["id"], [])), tuple(dates.get(row["id"], []))) for row in documents]


def two_of(points: Sequence[Row]) -> tuple[Row, ...]:
    """The two sentences that say most (decisions, then orders, then reasons), in the order of the document."""
    best = sorted(points, key=lambda point: (_WEIGHT.get(point["role"], 3), point["position"]))[:2]
    return tuple(sorted(best, key=lambda point: int(point["position"])))


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["document"], []).append(row)
    return grouped


def keep(path: Path, body: bytes) -> bool:
    """Write the file whole, unless it already holds these bytes. Says whether it was written."""
    if path.is_file() and path.read_bytes() == body:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(body)
    part.replace(path)
    return True
