"""What there is to tell: documents, and lines of dockets that came without one. Feeds and digests list them.

The SQL takes named values; ``:ids`` is a JSON list of ids. Whoever has rows of their own (the site’s search) makes
items of them with `items`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pipeline.publish.syndication import Entry, Xml, tag, text
from pipeline.publish.wording import announcement, appointed, day, headline, outside, short_caption, shortened

Row = Mapping[str, Any]
Query = Callable[[str, Mapping[str, object]], Iterable[Row]]  # SQL over a public database, and its named values

DOCUMENTS = """
SELECT 'document' AS place, d.id, d.kind, d.type, d.title, d.headline, NULL AS words, d.url, d.source, d.source_title,
  d.author, d.judge, d.published, d.precision, d.disposition, d.entry_number, d.attachment_number, d.docket_entry,
  d.matter,
  m.caption AS matter_caption, d.first_seen, d.changed
FROM documents d LEFT JOIN matters m ON m.slug = d.matter WHERE d.id IN (SELECT value FROM json_each(:ids))"""
ENTRIES = """
SELECT 'entry' AS place, e.id, 'filing' AS kind, e.type, e.description AS title, NULL AS headline,
  e.description AS words, e.url, k.court AS source, k.number AS source_title, NULL AS author, NULL AS judge,
  e.filed AS published, e.precision, NULL AS disposition, e.number AS entry_number, NULL AS attachment_number,
  NULL AS docket_entry, e.matter,
  m.caption AS matter_caption, e.first_seen, e.changed
FROM entries e JOIN dockets k ON k.id = e.docket JOIN matters m ON m.slug = e.matter
WHERE e.id IN (SELECT value FROM json_each(:ids))"""
POINTS = """
SELECT * FROM summaries WHERE short AND document IN (SELECT value FROM json_each(:ids)) ORDER BY document, position"""
DATES = "SELECT * FROM events WHERE document IN (SELECT value FROM json_each(:ids)) ORDER BY document, starts, id"

_WEIGHT = {"decision": 0, "order": 1, "reason": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """One document or docket entry: its row, at most two sentences of its short summary, the dates it sets."""

    row: Row
    points: tuple[Row, ...] = ()
    dates: tuple[Row, ...] = ()


def items(rows: Iterable[Row], points: Iterable[Row], dates: Iterable[Row]) -> list[Item]:
    """Rows of `DOCUMENTS` or `ENTRIES`, in their order, with the rows of `POINTS` and `DATES` that are theirs."""
    said, due = _by_document(points), _by_document(dates)
    found = []
    for row in rows:
        if row["place"] == "entry":
            found.append(Item(dict(row) | {"headline": shortened(row["words"])}))
        else:
            found.append(Item(row, two_of(said.get(row["id"], [])), tuple(due.get(row["id"], []))))
    return found


def fetch(query: Query, keys: Sequence[tuple[str, str]]) -> list[Item]:
    """The items of (place, id), in this order."""
    documents = json.dumps([name for place, name in keys if place == "document"])
    entries = json.dumps([name for place, name in keys if place == "entry"])
    rows = [*query(DOCUMENTS, {"ids": documents}), *query(ENTRIES, {"ids": entries})]
    by_key = {(row["place"], row["id"]): row for row in rows}
    ids = {"ids": documents}
    return items([by_key[key] for key in keys], query(POINTS, ids), query(DATES, ids))


def two_of(points: Sequence[Row]) -> tuple[Row, ...]:
    """The two sentences that say most (decisions, then orders, then reasons), in the order of the document."""
    best = sorted(points, key=lambda point: (_WEIGHT.get(point["role"], 3), point["position"]))[:2]
    return tuple(sorted(best, key=lambda point: int(point["position"])))


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["document"]].append(row)
    return grouped


# ---------------------------------------------------------------------------------------------- telling


def page_of(row: Row, site: str) -> str:
    """Our page about an item: a document’s own, an entry’s matter."""
    if row["place"] == "entry":
        return matter_page(row["matter"], site)
    return f"{site}/document/{quote(row['id'], safe='')}"


def matter_page(slug: str, site: str) -> str:
    return f"{site}/matter/{quote(slug, safe='')}"


def entry_of(item: Item, *, site: str, authority: str) -> Entry:
    """The item as an entry of a feed. ``site`` is a base URL without a slash at its end."""
    row = item.row
    return Entry(
        id=f"tag:{authority},2026:{row['place']}/{quote(row['id'])}",
        title=announcement(row),
        html=body(item, site=site),
        summary=shortened(item.points[0]["text"] if item.points else row["words"] or headline(row), 400),
        page=page_of(row, site),
        updated=row["changed"],
        published=row["published"] or row["first_seen"],
        original=outside(row["url"]),
        author=row["author"] or row["judge"] or row["source_title"] or row["source"],
        terms=tuple(term for term in (row["kind"], row["type"], row["matter"]) if term),
    )


def body(item: Item, *, site: str) -> Xml:
    """The announcement, what was read from the document in its own words, dates, and where to check all of it."""
    row, page = item.row, page_of(item.row, site)
    parts = [paragraph(headline(row))]
    if row["words"] and row["words"] != headline(row):
        parts.append(tag("blockquote", paragraph(row["words"])))
    parts += [quotation(point["text"], f"{page}#p{point['position'] + 1}") for point in item.points]
    if item.dates:
        parts += [paragraph("Dates:"), tag("ul", *(tag("li", text(due(event))) for event in item.dates))]
    parts.append(line_of(links(row, site)))
    dated = [f"Dated {day(row['published'])}."] if row["published"] else []
    ours = ["Automatic summary: check the source."] if item.points else []
    return Xml("".join([*parts, paragraph(" ".join(dated + ours))]))


def _original(row: Row) -> str:
    """What stands at the address outside: of a docket text there is no original, only the docket."""
    if row["place"] == "entry":
        return f"Docket {row['source_title']}"
    return "On the docket" if row["docket_entry"] else f"Original at {row['source_title'] or 'its source'}"


def paragraph(words: str) -> Xml:
    return tag("p", text(words))


def quotation(words: str, place: str) -> Xml:
    """Words of a document, and a link to where they stand."""
    link = tag("a", text("in its place"), href=place)
    return tag("blockquote", tag("p", text(words), Xml(" "), link), cite=place)


def line_of(found: Iterable[tuple[str, str]]) -> Xml:
    """Links, (words, address), in one line."""
    return tag("p", Xml(" · ".join(tag("a", text(words), href=href) for words, href in found)))


def due(event: Row) -> str:
    """“Sat 30 Nov 2030: joint status letter”."""
    over = " (superseded)" if event["state"] == "superseded" else ""
    return f"{appointed(event['starts'], event['precision'])}: {event['title']}{over}"


def links(row: Row, site: str) -> list[tuple[str, str]]:
    """Where an item can be followed: (words, address)."""
    found = [("Document and sources", page_of(row, site))] if row["place"] == "document" else []
    if row["matter"]:
        found.append((short_caption(row["matter_caption"]), matter_page(row["matter"], site)))
    original = outside(row["url"])
    if original:
        found.append((_original(row), original))
    return found
