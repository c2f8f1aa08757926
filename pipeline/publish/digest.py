"""The digest: what has changed since the last one, ranked, capped, and with a count of the routine left out.

Rulings come first, then dates that were set, new cases, filings of weight, stories. One composition is told as HTML, as
plain text and, in the feeds ``daily`` and ``weekly``, as an entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Literal

from pipeline.publish.items import Item, Query, Row, due, fetch, line_of, links, page_of, paragraph, quotation
from pipeline.publish.syndication import Entry, Feed, Xml, tag
from pipeline.publish.syndication import text as xml
from pipeline.publish.wording import announcement, day, event_anchor, short_caption, shortened

Period = Literal["daily", "weekly"]

# Section → lines of it that are told; the rest is counted.
CAPS = {"Rulings": 10, "Dates set": 12, "New cases": 8, "Filings": 10, "News": 10}
_WORDS = {  # section → what one and what many of it are called
    "Rulings": ("ruling", "rulings"),
    "Dates set": ("date set", "dates set"),
    "New cases": ("new case", "new cases"),
    "Filings": ("filing", "filings"),
    "News": ("story", "stories"),
}
_WEIGHTY = ("motion", "brief", "memorandum", "opposition", "answer", "settlement", "stipulation")
KEPT = {"daily": 30, "weekly": 12}  # entries of the digest feeds


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: what, in which words, and where to follow it."""

    title: str
    quotes: tuple[str, ...]
    cites: tuple[str, ...]  # where each quote stands: our page of its document, and the place on it
    links: tuple[tuple[str, str], ...]  # (words, address)


@dataclass(frozen=True, slots=True)
class Digest:
    """What came between two moments, ``since`` included and ``until`` not."""

    title: str
    since: str
    until: str
    sections: Mapping[str, Sequence[Line]]
    counts: Mapping[str, int]  # section → everything in it, told or not
    routine: int
    changed: str  # when the newest of it changed

    @property
    def empty(self) -> bool:
        return not self.sections

    @property
    def subject(self) -> str:
        """“3 rulings, 1 new case, 9 stories”."""
        return ", ".join(_counted(section, number) for section, number in self.counts.items() if number)


# A filing comes again when it has changed; a story only once, with the article that begins its line.
_CAME = """
SELECT 'document' AS place, d.id, d.kind, d.type, d.disposition, d.matter, d.published, d.changed FROM documents d
WHERE d.duplicate_of IS NULL AND d.kind = 'filing' AND d.changed >= :since AND d.changed < :until
UNION ALL
SELECT 'document', d.id, d.kind, d.type, d.disposition, d.matter, d.published, d.first_seen FROM documents d
WHERE d.id IN (SELECT document FROM timeline
               WHERE document IS NOT NULL AND seen >= :since AND seen < :until AND NOT filing)
UNION ALL
SELECT 'entry', e.id, 'filing', e.type, NULL, e.matter, e.filed, e.changed FROM entries e
WHERE e.document IS NULL AND e.duplicate_of IS NULL AND e.changed >= :since AND e.changed < :until"""
_DATES = """
SELECT e.*, m.caption AS matter_caption, d.url, d.type AS paper FROM events e JOIN documents d ON d.id = e.document
LEFT JOIN matters m ON m.slug = e.matter
WHERE e.state = 'scheduled' AND d.changed >= :since AND d.changed < :until
  AND e.starts >= substr(:since, 1, 10) ORDER BY e.starts, e.id"""
_TOLD = """
SELECT t.story, t.text, t.document, p.position FROM story_summaries t
LEFT JOIN summaries p ON p.document = t.document AND p.start = t.start
WHERE t.role <> 'one' AND t.story IN (SELECT value FROM json_each(:ids)) ORDER BY t.story, t.position"""
_DAYS = """
SELECT substr(changed, 1, 10) AS day FROM documents WHERE kind = 'filing' UNION
SELECT substr(first_seen, 1, 10) FROM documents WHERE kind <> 'filing' UNION
SELECT substr(changed, 1, 10) FROM entries ORDER BY 1 DESC"""


def section_of(row: Row) -> str:
    """Where a document or entry stands in a digest; empty for routine."""
    kind = row["type"] or ""
    if kind == "routine":
        return ""
    if row["kind"] != "filing":
        return "News"
    spoke = any(word in kind for word in ("order", "opinion", "judgment", "verdict")) and "proposed" not in kind
    if row["disposition"] or spoke:
        return "Rulings"
    return "New cases" if "complaint" in kind else "Filings"


def ranked(rows: Iterable[Row]) -> list[Row]:
    """The rows of one section, weightiest first, then newest."""
    newest = sorted(rows, key=lambda row: (row["published"] or row["changed"], row["place"], row["id"]), reverse=True)
    return sorted(newest, key=lambda row: not _weighty(row))


def _weighty(row: Row) -> bool:
    kind, section = row["type"] or "", section_of(row)
    if section == "Rulings":
        return bool(row["disposition"]) or "opinion" in kind or "judgment" in kind
    if section == "Filings":
        return any(word in kind for word in _WEIGHTY)
    return row["matter"] is not None


def digest(query: Query, *, since: str, until: str, title: str, site: str) -> Digest:
    """Compose what came between two moments (ISO 8601, UTC, as ``first_seen`` is written)."""
    site = site.rstrip("/")
    span = {"since": since, "until": until}
    came = list(query(_CAME, span))
    dates = list(query(_DATES, span))
    sorted_out: dict[str, list[Row]] = {section: [] for section in CAPS}
    for row in came:
        if section_of(row):
            sorted_out[section_of(row)].append(row)
    sections: dict[str, list[Line]] = {}
    for section, rows in sorted_out.items():
        if section == "Dates set":
            lines = [_date_line(event, site) for event in dates[: CAPS[section]]]
        else:
            best = ranked(rows)[: CAPS[section]]
            told = by_story(query, [row["id"] for row in best]) if section == "News" else {}
            found = fetch(query, [(row["place"], row["id"]) for row in best])
            lines = [_line(item, site, told.get(item.row["id"], item.points)) for item in found]
        if lines:
            sections[section] = lines
    counts = {section: len(rows) for section, rows in sorted_out.items()} | {"Dates set": len(dates)}
    changed = max((row["changed"] for row in came), default=since)
    return Digest(title, since, until, sections, counts, sum(not section_of(row) for row in came), changed)


def by_story(query: Query, ids: Sequence[str]) -> dict[str, Sequence[Row]]:
    """Story → the sentences that more than one of its articles report, at most two."""
    rows = query(_TOLD, {"ids": json.dumps(ids)})
    return {story: list(told)[:2] for story, told in groupby(rows, key=lambda row: str(row["story"]))}


def _line(item: Item, site: str, said: Sequence[Row]) -> Line:
    """``said``: sentences of this document's summary, or of its story's."""
    quotes = [sentence["text"] for sentence in said]
    cites = [_place(sentence, site) for sentence in said]
    if item.row["words"] and item.row["words"] != item.row["headline"]:
        quotes.append(shortened(item.row["words"], 600))
        cites.append(page_of(item.row, site))
    return Line(announcement(item.row), tuple(quotes), tuple(cites), tuple(links(item.row, site)))


def _place(sentence: Row, site: str) -> str:
    page = page_of({"place": "document", "id": sentence["document"]}, site)
    return page if sentence["position"] is None else f"{page}#p{sentence['position'] + 1}"


def _date_line(event: Row, site: str) -> Line:
    caption = f" — {short_caption(event['matter_caption'])}" if event["matter_caption"] else ""
    paper = (f"The {event['paper'] or 'document'}", page_of({"place": "document", "id": event["document"]}, site))
    place = f"{paper[1]}#{event_anchor(event)}"
    return Line(due(event) + caption, (event["quote"],), (place,), (paper,))


# ---------------------------------------------------------------------------------------------- telling


def html(told: Digest) -> Xml:
    """Block elements, well-formed as XML."""
    parts = []
    for section, lines in told.sections.items():
        parts.append(tag("h3", xml(section)))
        for line in lines:
            parts.append(tag("p", tag("strong", xml(line.title))))
            parts += [quotation(quoted, place) for quoted, place in zip(line.quotes, line.cites, strict=True)]
            parts.append(line_of(line.links))
        if rest := _rest(told, section):
            parts.append(paragraph(rest))
    return Xml("".join([*parts, paragraph(_foot(told))]))


def text(told: Digest, *, leave: str = "") -> str:
    """The same as plain text; with where to ``leave`` in a mail."""
    parts = []
    for section, lines in told.sections.items():
        parts.append(section.upper())
        for line in lines:
            quoted = zip(line.quotes, line.cites, strict=True)
            said = [f"* {line.title}", *(f"  “{words}”\n  in its place: {place}" for words, place in quoted)]
            parts.append("\n".join([*said, *(f"  {words}: {href}" for words, href in line.links)]))
        if rest := _rest(told, section):
            parts.append(rest)
    return "\n\n".join([*parts, _foot(told), *([f"No more of these mails: {leave}"] if leave else [])]) + "\n"


def page(told: Digest, *, leave: str = "") -> str:
    """The digest as a whole HTML document, for mail."""
    style = "body{font:16px/1.5 Georgia,serif;max-width:42em;margin:auto;padding:1em}h1,h3{font-family:sans-serif}"
    head = tag("head", Xml('<meta charset="utf-8">'), tag("title", xml(told.title)), tag("style", xml(style)))
    foot = [line_of([("No more of these mails", leave)])] if leave else []
    body = tag("body", tag("h1", xml(told.title)), paragraph(told.subject), html(told), *foot)
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang="en")


def _rest(told: Digest, section: str) -> str:
    rest = told.counts[section] - len(told.sections[section])
    return f"And {_counted(section, rest)} more." if rest else ""


def _foot(told: Digest) -> str:
    routine = f"{told.routine} routine filing{'' if told.routine == 1 else 's'} left out. " if told.routine else ""
    return f"{routine}Automatic summaries, in the documents’ own words: check the source."


def _counted(section: str, number: int) -> str:
    return f"{number:,} {_WORDS[section][number != 1]}"


# ---------------------------------------------------------------------------------------------- feeds


def feeds(query: Query, *, site: str, authority: str) -> Iterator[tuple[Feed, list[Entry]]]:
    """The feeds ``daily`` and ``weekly``, newest entry first; neither when nothing has ever come.

    A day is one of UTC, and told from its first publication on: its entry changes when more comes. A week is told once
    it is over.
    """
    days = [date.fromisoformat(row["day"]) for row in query(_DAYS, {})]
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    weeks = [monday for monday in dict.fromkeys(mondays) if monday < mondays[0]]
    for period, starts, length in (("daily", days, 1), ("weekly", weeks, 7)):
        entries = []
        for start in starts[: KEPT[period]]:
            told = digest(
                query, since=_midnight(start), until=_midnight(start + timedelta(days=length)),
                title=title_of(period, start), site=site,
            )  # fmt: skip
            if not told.empty:
                entries.append(_entry(told, f"tag:{authority},2026:digest/{period}/{start}", site))
        if entries:
            yield Feed(str(period), f"docketwire: {period} digest", "/", site, authority), entries


def title_of(period: str, start: date) -> str:
    return day(start.isoformat()) if period == "daily" else f"Week of {day(start.isoformat())}"


def _entry(told: Digest, identity: str, site: str) -> Entry:
    return Entry(
        identity, f"{told.title}: {told.subject}", html(told), told.subject, f"{site}/", told.changed, told.since,
    )  # fmt: skip


def _midnight(start: date) -> str:
    return datetime(start.year, start.month, start.day, tzinfo=UTC).isoformat()
