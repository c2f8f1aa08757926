"""The whole program on one page: crawl → spool → ingest → summarize → publish.

Every stage can be run again at any time and does only what is left to do. Stages are handed what they work with; the
command line (`pipeline.cli`) is where the rooms meet.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import islice
from pathlib import Path

from pipeline import __version__
from pipeline.errors import DocketwireError, ReadError, SpoolError
from pipeline.model import (
    DocketLink,
    Document,
    FeedEntry,
    Fetched,
    Health,
    Issue,
    Kind,
    Level,
    Outcome,
    Progress,
    Relevance,
    Role,
    Run,
    Source,
    Summarizer,
    Visit,
    silent,
)
from pipeline.publish import calendar, database, feeds
from pipeline.refine import read
from pipeline.refine.decide import decide, decide_entry
from pipeline.refine.feed import Feed, docket_entries, read_feed
from pipeline.refine.identify import stories
from pipeline.refine.match import match
from pipeline.refine.relevance import relevance
from pipeline.registry import Registry
from pipeline.settings import Settings
from pipeline.spool import SpoolWriter, read_spool
from pipeline.store import Store

# Files handed in by a person stand under this source.
LOCAL = Source(id="local", title="Files handed in", method="file", kind=Kind.FILING, url="")

DOCKET_ENTRY = "docket entry"  # reason of a link that the court itself made

Crawl = Callable[[Store], list[Run]]


# ---------------------------------------------------------------------------------------------- one night


def nightly(
    store: Store,
    registry: Registry,
    settings: Settings,
    *,
    crawl: Crawl,
    summarizer: Summarizer,
    sources: Sequence[Source],
    now: datetime,
    progress: Progress = silent,
) -> list[Run]:
    """Everything, once. A source that fails is recorded and stops nothing; any other failure keeps yesterday's site."""
    store.sync_sources([*sources, LOCAL])
    runs = crawl(store)
    store.put_runs(runs)
    ingest(store, registry, spooled(settings), progress=progress)
    summarize(store, summarizer, progress=progress)
    publish(store, settings, now=now, progress=progress)
    return runs


def failed(runs: Iterable[Run]) -> list[Run]:
    return [run for run in runs if run.health in {Health.FAILING, Health.BLOCKED}]


# ---------------------------------------------------------------------------------------------- ingest


def spooled(settings: Settings) -> list[Path]:
    """Spool files, oldest first; what a killed crawl left behind included."""
    return sorted([*settings.spool.glob("*.warc.gz"), *settings.spool.glob("*.warc.gz.part")])


def hand_in(
    path: Path, settings: Settings, *, source: str, url: str | None, court: str | None, kind: Kind | None, now: datetime
) -> Path:
    """Put a local file into the spool as if it had been crawled, once; a WARC file is taken as it is.

    Raises `ReadError`, naming the file, when nothing could be read from it: then nothing is written.
    """
    if is_warc(path):
        for _ in islice(read_spool(path), 1):
            pass
        return path
    fetched = fetched_from(path, source=source, url=url, court=court, kind=kind, now=now)
    records = [fetched]
    try:
        if fetched.role is not Role.FEED:
            read(fetched)
        else:
            feed = read_feed(fetched.body, url=url or path.name)
            if not court:  # nobody follows its links: its own words are all there is
                records += [_page_of(fetched, entry) for entry in feed.entries]
    except DocketwireError as error:
        raise ReadError(path, error.what, error.remedy or "leave it out, or fetch it again") from error
    seed = "\n".join([source, url or "", court or "", kind or ""]).encode() + fetched.body
    spool = settings.spool / f"{source}-{hashlib.sha256(seed).hexdigest()[:12]}.warc.gz"
    if not spool.exists():
        with SpoolWriter(spool, source=source, run=source, started=now) as writer:
            for record in records:
                writer.write(record)
    return spool


def is_warc(path: Path) -> bool:
    return path.name.endswith((".warc", ".warc.gz", ".warc.gz.part"))


def fetched_from(
    path: Path, *, source: str, url: str | None, court: str | None, kind: Kind | None, now: datetime
) -> Fetched:
    """A local file as the response it might have been. Raises `ReadError` when it is missing, empty or no file."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}", "check the path") from error
    if not body.strip():
        raise ReadError(path, "is empty", "fetch it again")
    suffix = path.suffix.lower()
    # A person's word on what a file is makes it a page; without one the reader judges by its text.
    role = Role.FEED if suffix in {".xml", ".rss", ".atom", ".json"} else Role.PAGE if kind else Role.FILE
    return Fetched(
        source=source,
        kind=kind or Kind.NEWS,
        role=role,
        url=url,
        requested=url,
        at=now,
        status=200,
        headers=(("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream"),),
        body=body,
        court=court,
    )


def ingest(store: Store, registry: Registry, spools: Sequence[Path], *, progress: Progress = silent) -> Outcome:
    """Read spool files into the store. Files already ingested are passed over; the same bytes change nothing."""
    changed_registry = store.sync_registry(registry.matters, registry.courts())
    counts = {"new": 0, "revised": 0, "unchanged": 0, "entries": 0, "problems": 0}
    issues: list[Issue] = []
    todo = [path for path in spools if not store.spool_known(path.name, path.stat().st_size)]
    for done, path in enumerate(todo):
        progress("ingest", done, len(todo))
        with store.transaction():
            issues += _ingest_spool(store, registry, path, counts)
            store.put_spool(path.name, path.stat().st_size)
    progress("ingest", len(todo), len(todo))
    if changed_registry:
        _match_again(store, registry)
    if todo or changed_registry:
        with store.transaction():
            store.replace_stories((s.id, s.title, s.documents) for s in stories(store.visible_news()))
    counts["problems"] = len(issues)
    return Outcome("ingest", counts, tuple(issues))


def _ingest_spool(store: Store, registry: Registry, path: Path, counts: dict[str, int]) -> list[Issue]:
    found: list[Issue] = []
    source, run = path.name.removesuffix(".part").removesuffix(".warc.gz"), path.name
    try:
        for fetched in read_spool(path):
            source, run = fetched.source, fetched.run or path.name
            try:
                found += _ingest_one(store, registry, fetched, counts)
            except DocketwireError as error:
                place = fetched.url or fetched.requested or path.name
                found.append(Issue(Level.WARNING, source, place, f"{error.what}; {error.remedy}".rstrip("; ")))
    except SpoolError as error:
        found.append(Issue(Level.ERROR, source, path.name, f"{error.what}; {error.remedy}"))
    for issue in found:
        store.put_issue(issue, run=run)
    return found


def _ingest_one(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    if fetched.role is Role.FEED:
        return _ingest_feed(store, fetched, counts)
    document = read(fetched)
    links = _links(document, registry, _entry_links(fetched) + store.links(document.id))
    _keep(store, registry, document, links, counts)
    if document.state != "blocked":  # what was blocked is asked for again
        _remember(store, fetched)
    if document.state == "read" or (document.state == "blocked" and fetched.role is Role.PAGE):
        return []  # the crawl has already said that it was blocked
    return [
        Issue(
            Level.WARNING,
            fetched.source,
            document.url or document.title,
            f"no text: {document.page_class}, {document.state}",
        )
    ]


def _remember(store: Store, fetched: Fetched) -> None:
    """Keep the validators for the next conditional request.

    Not those of a feed whose run had trouble: "304 not modified" would hide the entries that were not brought home.
    """
    if fetched.requested is None:
        return
    if fetched.role is Role.FEED and fetched.run and store.troubled(fetched.run):
        store.put_visit(fetched.requested, Visit(fetched.at))
    else:
        store.put_visit(fetched.requested, Visit(fetched.at, fetched.header("ETag"), fetched.header("Last-Modified")))


def _ingest_feed(store: Store, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    feed = read_feed(fetched.body, url=fetched.url or "", content_type=fetched.media_type)
    _remember(store, fetched)
    problems = list(feed.issues)
    if fetched.court:
        entries, unread = docket_entries(feed, court=fetched.court, source=fetched.source)
        problems += unread
        for entry in entries:
            row = decide_entry(store.entry(entry.id), entry)
            if row is not None:
                store.put_entry(row)
                counts["entries"] += 1
    return [Issue(Level.NOTE, fetched.source, fetched.url or fetched.source, problem) for problem in problems]


def _page_of(feed: Fetched, entry: FeedEntry) -> Fetched:
    """A feed entry as a page of its own, from the words the feed carries."""
    words = entry.content or entry.summary or entry.title
    title = escape(entry.title)
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{words}</article></body></html>"
    return replace(
        feed, role=Role.PAGE, url=entry.url, requested=None, body=page.encode(), entry=entry,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )  # fmt: skip


def _entry_links(fetched: Fetched) -> tuple[DocketLink, ...]:
    """The dockets a court's own feed entry files this document in."""
    if not (fetched.court and fetched.entry):
        return ()
    entries, _ = docket_entries(Feed("", (fetched.entry,), ()), court=fetched.court, source=fetched.source)
    return tuple(DocketLink(e.docket, 1.0, fetched.entry.title, DOCKET_ENTRY, e.number) for e in entries)


def _links(document: Document, registry: Registry, known: Iterable[DocketLink]) -> tuple[DocketLink, ...]:
    """Dockets of a document: first those a court's own feed filed it in (they stay), then those its words name."""
    own = {link.docket: link for link in known if link.reason == DOCKET_ENTRY}
    return (*own.values(), *(link for link in match(document, registry) if link.docket not in own))


def judge(document: Document, registry: Registry, links: Iterable[DocketLink]) -> Relevance:
    """Whether a document is ours. Only dockets we follow speak for it: every filing stands in some docket."""
    followed = tuple(link for link in links if registry.docket(link.docket))
    return relevance(document.title, document.text, links=followed)


def _keep(
    store: Store, registry: Registry, document: Document, links: tuple[DocketLink, ...], counts: dict[str, int]
) -> None:
    verdict = judge(document, registry, links)
    change = decide(store.document(document.id), replace(document, relevance=verdict))
    store.apply(change)
    store.put_links(document.id, links)
    counts[{"Add": "new", "Revise": "revised", "Same": "unchanged"}[type(change).__name__]] += 1


def _match_again(store: Store, registry: Registry) -> None:
    """The registry changed: every document may stand in other dockets now. What a court's feed said stays."""
    for document in list(store.documents()):
        with store.transaction():
            links = _links(document, registry, store.links(document.id))
            if store.put_links(document.id, links):
                store.put_relevance(document.id, judge(document, registry, links))


# ---------------------------------------------------------------------------------------------- summarize


def summarize(store: Store, summarizer: Summarizer, *, progress: Progress = silent) -> Outcome:
    """Summarize what is new or changed; written batch by batch, so that a night cut short loses one batch."""
    waiting = store.awaiting_summary(
        model=summarizer.name, revision=summarizer.revision, parameters=summarizer.parameters
    )
    for start in range(0, len(waiting), 16):
        progress("summarize", start, len(waiting))
        with store.transaction():
            for summary in summarizer.summarize(waiting[start : start + 16]):
                store.put_summary(summary)
    progress("summarize", len(waiting), len(waiting))
    return Outcome("summarize", {"summaries": len(waiting)})


# ---------------------------------------------------------------------------------------------- publish


def publish(store: Store, settings: Settings, *, now: datetime, progress: Progress = silent) -> Outcome:
    """Build database, feeds and calendars in a new folder and put it in the place of the last publication."""
    purpose = store.meta("purpose") or "live"
    about = {
        "purpose": purpose,
        "built": now.isoformat(timespec="seconds"),
        "site": settings.site,
        "title": "docketwire",
        "version": __version__,
    }
    progress("publish", 0, 2)
    with database.publication(settings.public) as folder:
        counts = database.build(store.path, folder, about)
        progress("publish", 1, 2)
        with database.reader(folder) as query:
            feeds.write_feeds(query, folder / "feeds", site=settings.site, authority=settings.authority)
            calendar.write_calendars(query, folder / "feeds", site=settings.site, authority=settings.authority)
    progress("publish", 2, 2)
    return Outcome(
        "publish", {name: counts[name] for name in ("matters", "documents", "entries", "events", "summaries")}
    )
