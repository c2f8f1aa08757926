"""Feeds as static files: everything, and each matter, court, judge, defendant, outlet and type of filing.

Each as Atom, RSS and JSON Feed; a slice without a single entry is not written. The feed of everything has archives
(RFC 5005) that reach back to the first entry, so whoever was away for a year has missed nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from pipeline import __version__
from pipeline.publish import digest
from pipeline.publish.items import Query, Row, entry_of, fetch
from pipeline.publish.shelf import Shelf
from pipeline.publish.syndication import FORMATS, Entry, Feed, atom, opml
from pipeline.publish.wording import feed_name, short_caption

LEAST = 50  # entries of a feed, when there are as many
DAYS = 8  # of which a feed holds everything, so that a week away loses nothing …
MOST = 300  # … up to so many entries
ARCHIVE = 100  # entries of an archive
MARKS = ".archives.json"

Key = tuple[str, str]  # (place, id) of an item


@dataclass(frozen=True, slots=True)
class Channel:
    """One slice of everything: a condition on documents ``d``, one on entries ``e`` of dockets ``k``, their values."""

    group: str
    name: str
    title: str
    page: str
    documents: str
    entries: str
    values: Mapping[str, object] = field(default_factory=dict)


EVERYTHING = Channel("Everything", "all", "docketwire: AI copyright litigation", "/", "1", "1")

# Links below one half are candidates: a guess does not fire a feed.
_THROUGH_DOCKETS = """d.id IN (SELECT l.document FROM document_dockets l
  WHERE l.docket IN (SELECT value FROM json_each(:dockets)) AND l.confidence >= 0.5)"""
_OUTLETS = """
SELECT source, max(source_title) AS title FROM documents WHERE kind <> 'filing' GROUP BY source ORDER BY source"""
_COURTS = """
SELECT court, court_short AS name FROM matters WHERE court_short IS NOT NULL
UNION ALL SELECT court, max(court_name) FROM documents WHERE court_name IS NOT NULL GROUP BY court"""
_OF_DOCKETS = "e.docket IN (SELECT value FROM json_each(:dockets))"


def channels(query: Query) -> Iterator[Channel]:
    """Every slice that can be followed, whether or not anything stands in it. Names are unique."""
    yield EVERYTHING
    matters = list(query("SELECT slug, caption, defendants FROM matters ORDER BY slug", {}))
    for row in matters:
        title, page = f"docketwire: {short_caption(row['caption'])}", f"/matter/{quote(row['slug'], safe='')}"
        values = {"matter": row["slug"]}
        yield Channel("Matters", row["slug"], title, page, "d.matter = :matter", "e.matter = :matter", values)
    yield from _courts(query)
    yield from _judges(query)
    yield from _defendants(matters)
    for row in query(_OUTLETS, {}):
        title, name = f"docketwire: {row['title'] or row['source']}", feed_name("outlet", row["source"])
        condition = "d.source = :source AND d.kind <> 'filing'"
        yield Channel("Outlets", name, title, "/sources", condition, "0", {"source": row["source"]})
    types = "SELECT type FROM documents WHERE kind = 'filing' UNION SELECT type FROM entries ORDER BY 1"
    named = _named("type", (row["type"] for row in query(types, {}) if row["type"]))
    for name, spellings in named.items():
        yield Channel(
            "Types of filing", name, f"docketwire: {spellings[0]}", f"/search?type={quote(spellings[0])}",
            "d.kind = 'filing' AND d.type IN (SELECT value FROM json_each(:types))",
            "e.type IN (SELECT value FROM json_each(:types))", {"types": json.dumps(spellings)},
        )  # fmt: skip


def _courts(query: Query) -> Iterator[Channel]:
    names = {row["court"]: row["name"] for row in query(_COURTS, {})}
    dockets = defaultdict(list)
    for row in query("SELECT id, court FROM dockets ORDER BY court, id", {}):
        dockets[row["court"]].append(row["id"])
    for court, ids in dockets.items():
        yield Channel(
            "Courts", feed_name("court", court), f"docketwire: {names.get(court, court)}", "/courts",
            f"(d.court = :court OR {_THROUGH_DOCKETS})", _OF_DOCKETS, {"court": court, "dockets": json.dumps(ids)},
        )  # fmt: skip


def _judges(query: Query) -> Iterator[Channel]:
    """A judge’s feed holds what he or she signed, and what stands in a docket that he or she presides over."""
    dockets = defaultdict(set)
    for row in query("SELECT id, judges FROM dockets WHERE judges IS NOT NULL", {}):
        for judge in row["judges"].split("; "):
            dockets[feed_name("judge", judge)].add(row["id"])
    seated = (name for row in query("SELECT judges FROM dockets WHERE judges IS NOT NULL ORDER BY id", {})
              for name in row["judges"].split("; "))  # fmt: skip
    signed = (row["judge"] for row in query("SELECT DISTINCT judge FROM documents WHERE judge > '' ORDER BY 1", {}))
    for name, spellings in _named("judge", [*seated, *signed]).items():
        values = {"judges": json.dumps(spellings), "dockets": json.dumps(sorted(dockets[name]))}
        yield Channel(
            "Judges", name, f"docketwire: Judge {spellings[0]}", "/courts",
            f"(d.judge IN (SELECT value FROM json_each(:judges)) OR {_THROUGH_DOCKETS})",  # noqa: S608
            _OF_DOCKETS, values,
        )  # fmt: skip


def _defendants(matters: Iterable[Mapping[str, str | None]]) -> Iterator[Channel]:
    slugs = defaultdict(list)
    titles: dict[str, str] = {}
    for row in matters:
        for party in filter(None, (row["defendants"] or "").split("; ")):
            name = feed_name("defendant", short_caption(party))
            slugs[name].append(row["slug"])
            titles.setdefault(name, short_caption(party))
    slugs.pop("defendant-", None)  # a name without a Latin letter
    for name, of in slugs.items():
        condition = ".matter IN (SELECT value FROM json_each(:matters))"
        values = {"matters": json.dumps(of)}
        yield Channel(
            "Defendants", name, f"docketwire: {titles[name]}", "/defendants", "d" + condition, "e" + condition, values
        )


def _named(group: str, names: Iterable[str]) -> dict[str, list[str]]:
    """Spellings by the name of their feed, first seen first; what has no letters to be named by is left out."""
    named: dict[str, list[str]] = defaultdict(list)
    for spelling in names:
        name = feed_name(group, spelling)
        if name != f"{group}-" and spelling not in named[name]:
            named[name].append(spelling)
    return named


def recent(query: Query, channel: Channel) -> list[Key]:
    """What the feed of a channel holds, newest change first."""
    rows = _standing_in(query, channel, "changed DESC, first_seen DESC, id", MOST)
    if not rows:
        return []
    since = (datetime.fromisoformat(rows[0]["changed"]) - timedelta(days=DAYS)).isoformat()
    return [_key(row) for n, row in enumerate(rows) if n < LEAST or row["changed"] >= since]


def _key(row: Row) -> Key:
    return row["place"], row["id"]


def _standing_in(query: Query, channel: Channel, order: str, limit: int) -> list[Row]:
    """(place, id, changed). A reprint, and a line that stands in another docket as well, are told once."""
    sql = f"""
        SELECT 'document' AS place, d.id, d.first_seen, d.changed FROM documents d
        WHERE d.duplicate_of IS NULL AND {channel.documents}
        UNION ALL
        SELECT 'entry', e.id, e.first_seen, e.changed FROM entries e
        WHERE e.document IS NULL AND e.duplicate_of IS NULL AND {channel.entries}
        ORDER BY {order} LIMIT {limit}"""  # noqa: S608 - put together from this file alone
    return list(query(sql, channel.values))


# ---------------------------------------------------------------------------------------------- writing


def write_feeds(
    query: Query, folder: Path, *, site: str, authority: str, before: Path | None = None, hub: str = ""
) -> list[Path]:
    """Write all feeds and ``all.opml`` into ``folder``. Returns the paths.

    ``before`` is the folder of the last publication's feeds: what has not changed since stays the very file it was.
    ``hub`` is the WebSub hub that the feeds name, where there is one.
    Raises `PublishError` when two feeds would have one name.
    """
    site = site.rstrip("/")
    shelf = Shelf(folder, before)
    listed: dict[str, list[Feed]] = defaultdict(list)

    def put(feed: Feed, entries: Sequence[Entry]) -> None:
        for suffix, written in FORMATS.items():
            shelf.put(feed.name + suffix, written(entries, feed))

    def entries(chosen: Sequence[Key]) -> list[Entry]:
        return [entry_of(item, site=site, authority=authority) for item in fetch(query, chosen)]

    everything, *slices = channels(query)
    feed = Feed(everything.name, everything.title, everything.page, site, authority, hub=hub)
    ever = _standing_in(query, everything, "first_seen, id", -1)
    archived = _archives(feed, ever, shelf, entries, before)
    # What stands in no archive yet stands here, even where many older things have changed since.
    newest = dict.fromkeys([*recent(query, everything), *map(_key, reversed(ever[archived * ARCHIVE :]))])
    put(replace(feed, archives=_relations(feed, archived)), entries(list(newest)))
    listed[everything.group].append(feed)

    known: dict[Key, Entry] = {}
    for channel in slices:
        chosen = recent(query, channel)
        missing = [key for key in chosen if key not in known]
        known.update(zip(missing, entries(missing), strict=True))
        if chosen:
            feed = Feed(channel.name, channel.title, channel.page, site, authority, hub=hub)
            put(feed, [known[key] for key in chosen])
            listed[channel.group].append(feed)
    for feed, told in digest.feeds(query, site=site, authority=authority):
        listed["Digests"].append(feed)
        put(replace(feed, hub=hub), told)
    shelf.put("all.opml", opml(listed, title="docketwire"))
    return shelf.paths


def _archives(
    feed: Feed, ever: Sequence[Row], shelf: Shelf, entries: Callable[[Sequence[Key]], list[Entry]], before: Path | None
) -> int:
    """Write what came first, a hundred entries a file, and return the number of files.

    An archive is written anew only when something in it has come, gone or changed (RFC 5005 §4 wants it to stay); what
    each one holds is remembered in ``.archives.json`` beside it.
    """
    held = before / MARKS if before else None
    known: dict[str, str] = json.loads(held.read_bytes()) if held and held.is_file() else {}
    marks: dict[str, str] = {}
    for number in range(1, len(ever) // ARCHIVE + 1):
        rows = ever[(number - 1) * ARCHIVE : number * ARCHIVE]
        name = f"{feed.name}.{number}"
        said = repr((feed.site, feed.authority, __version__, [(*_key(row), row["changed"]) for row in rows]))
        marks[name] = hashlib.sha256(said.encode()).hexdigest()
        if known.get(name) != marks[name] or not shelf.adopt(f"{name}.atom"):
            archive = replace(feed, name=name, archives=_relations(feed, number - 1, "current"), hub="")
            shelf.put(f"{name}.atom", atom(entries([_key(row) for row in rows]), archive))
    shelf.put(MARKS, json.dumps(marks, indent=0).encode())
    return len(marks)


def _relations(feed: Feed, previous: int, *relations: str) -> dict[str, str]:
    """An archive links back only, so that it never changes when others follow it (RFC 5005, section 4)."""
    found = dict.fromkeys(relations, feed.name)
    return found | ({"prev-archive": f"{feed.name}.{previous}"} if previous else {})
