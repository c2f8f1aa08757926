"""A court's CM/ECF feed → `DocketEntry`. Every item is an entry, or is counted as none."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from urllib.parse import urlsplit

from pipeline.docket_number import docket_key
from pipeline.model import DocketEntry, FeedEntry
from pipeline.refine.courts import zone
from pipeline.refine.docket_text import entry_type, weightiest
from pipeline.refine.feed import Feed, hashed, http_url, plain
from pipeline.refine.identify import canonical_url

_ANCHOR = re.compile(r"<a\s", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']*)""", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?\s*(?:(?:ECF|Doc|Docket|Document|Dkt|Entry|No)\.?\s+)*#?(\d{1,6})\s*\)?", re.IGNORECASE)


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
    link = _link(item.summary)
    before = item.summary[: link[0]] if link else item.summary
    events, rest = _bracketed(plain(before))
    numbered = _NUMBERED.fullmatch(plain(link[2]) if link else rest)
    number = int(numbered[1]) if numbered else None
    description = "; ".join(events) or ("" if numbered and not link else rest.rstrip("( "))
    filed = item.published or item.updated
    if filed and filed.precision != "day":
        filed = replace(filed, at=filed.at.astimezone(local))
    named = f"{item.id}\n{filed.at.astimezone(UTC).isoformat() if filed else description}"
    public = [href for href, kind in item.enclosures if kind == "application/pdf" and not behind_pacer(href)]
    return DocketEntry(
        id=f"{docket}#{number}" if number else f"{docket}@{hashed(named)[:10]}",
        docket=docket,
        number=number,
        filed=filed,
        type=weightiest(entry_type(event) for event in events or [description]),
        description=description,
        caption=caption or None,
        url=(http_url(html.unescape(link[1]), item.url or "") if link else None) or item.url,
        document_url=canonical_url(public[0]) if public else None,
        source=source,
    )


def _link(markup: str) -> tuple[int, str, str] | None:
    """(start, address, words) of the first link. A pattern for all of it would try for ever on what never closes."""
    lower = markup.lower()
    for anchor in _ANCHOR.finditer(markup):
        end = markup.find(">", anchor.end())
        close = lower.find("</a>", end) if end >= 0 else -1
        if close < 0:
            return None
        if href := _HREF.search(markup, anchor.end(), end):
            return anchor.start(), href[1], markup[end + 1 : close]
    return None


def _one_entry(events: Sequence[DocketEntry]) -> DocketEntry:
    first = events[0]
    if len(events) == 1:
        return first
    return replace(
        first,
        type=weightiest(event.type for event in events),
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
