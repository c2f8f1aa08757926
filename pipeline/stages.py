"""The whole program on one page: crawl → spool → ingest → summarize → publish.

Every stage can be run again at any time and does only what is left to do. Stages are handed what they work with; the
command line (`pipeline.cli`) is where the rooms meet.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from pipeline import __version__, health
from pipeline.errors import DocketwireError, ReadError, SpoolError
from pipeline.model import (
    Candidate,
    Disagreement,
    DocketEntry,
    DocketLink,
    Document,
    Fetched,
    Health,
    Issue,
    Kind,
    Level,
    Outcome,
    Progress,
    Relevance,
    Report,
    Role,
    Run,
    Source,
    Summarizer,
    Visit,
    silent,
)
from pipeline.publish import calendar, database, feeds, gate
from pipeline.refine import caching, candidate, courtlistener, polled, read
from pipeline.refine.audit import audit as audited
from pipeline.refine.decide import decide, decide_entry
from pipeline.refine.disagreement import disagreements
from pipeline.refine.docket_feed import docket_entries
from pipeline.refine.docket_page import docket_data, docket_form, read_docket_page
from pipeline.refine.docket_text import everywhere, same_filing
from pipeline.refine.entry import page_of, read_or_own_words
from pipeline.refine.feed import Feed, read_feed
from pipeline.refine.match import match
from pipeline.refine.relevance import relevance
from pipeline.refine.report import Line, find_report, reports_a_paper
from pipeline.refine.reservation import reservation, withheld
from pipeline.refine.stories import Stories
from pipeline.refine.supersede import fates
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
    ingest(store, registry, spooled(settings), obey=settings.reservations == "obey", progress=progress)
    tell_silence(store, now)
    audit(store, registry)
    summarize(store, summarizer, progress=progress)
    publish(store, settings, now=now, gated=True, progress=progress)
    return runs


def tell_silence(store: Store, now: datetime) -> None:
    """An issue for each source that answers, and has not said anything new for far longer than it should."""
    with store.transaction():
        for source in store.standings():
            last, run = health.last_word(source["last_new"], source["last_item"]), store.latest_run(source["id"])
            if not (last and run and source["state"] in {"well", "quiet"}):
                continue
            silent = health.silence(last, cadence_hours=source["cadence_hours"], at=now)
            if silent:
                words = health.silence_in_words(silent, cadence_hours=source["cadence_hours"])
                store.put_issue(Issue(Level.NOTE, source["id"], source["url"], words), run=run)


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
        if docket_form(fetched.body):
            docket_data(fetched)
        elif fetched.role is not Role.FEED:
            read(fetched)
        else:
            feed = read_feed(fetched.body, url=url or path.name)
            if not court:  # nobody follows its links: its own words are all there is
                records += [page_of(fetched, entry) for entry in feed.entries]
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


def ingest(
    store: Store,
    registry: Registry,
    spools: Sequence[Path],
    *,
    again: bool = False,
    obey: bool = True,
    progress: Progress = silent,
) -> Outcome:
    """Read spool files into the store; those already ingested only ``again``. The same bytes change nothing.

    Of a page whose publisher reserves it (`pipeline.refine.reservation`) only title, link and date are kept; when we do
    not ``obey``, the reservation is an issue and no more.
    """
    changed_registry = store.sync_registry(registry.matters, registry.courts())
    counts = {"new": 0, "revised": 0, "unchanged": 0, "entries": 0, "problems": 0}
    issues: list[Issue] = []
    todo = [path for path in spools if again or not store.spool_known(path.name, path.stat().st_size)]
    for done, path in enumerate(todo):
        progress("ingest", done, len(todo))
        with store.transaction():
            issues += _ingest_spool(store, registry, path, counts, obey=obey)
            store.put_spool(path.name, path.stat().st_size)
    progress("ingest", len(todo), len(todo))
    if changed_registry:
        _match_again(store, registry)
    if todo or changed_registry:
        with store.transaction():
            store.replace_event_fates([fate for papers in store.filings_with_dates() for fate in fates(papers)])
        match_reports(store, everything=changed_registry)
        tell_stories(store)
    counts["problems"] = len(issues)
    return Outcome("ingest", counts, tuple(issues))


def _ingest_spool(store: Store, registry: Registry, path: Path, counts: dict[str, int], *, obey: bool) -> list[Issue]:
    found: list[Issue] = []
    source, run = path.name.removesuffix(".part").removesuffix(".warc.gz"), path.name
    try:
        for fetched in read_spool(path):
            source, run = fetched.source, fetched.run or path.name
            try:
                found += _ingest_one(store, registry, fetched, counts, obey=obey)
            except DocketwireError as error:
                place = fetched.url or fetched.requested or path.name
                found.append(Issue(Level.WARNING, source, place, f"{error.what}; {error.remedy}".rstrip("; ")))
    except SpoolError as error:
        found.append(Issue(Level.ERROR, source, path.name, f"{error.what}; {error.remedy}"))
    for issue in found:
        store.put_issue(issue, run=run)
    return found


def _ingest_one(
    store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int], *, obey: bool
) -> list[Issue]:
    if fetched.status in {429, 503}:
        if fetched.requested and (until := caching.not_before(fetched)):
            store.put_not_before(fetched.requested, until)
        return []  # the crawl has already said it
    if fetched.role not in {Role.DOCKET, Role.SEARCH} and docket_form(fetched.body):
        return _ingest_docket_page(store, registry, fetched, counts)
    match fetched.role:
        case Role.FEED:
            return _ingest_feed(store, registry, fetched, counts)
        case Role.DOCKET:
            return _ingest_docket(store, registry, fetched, counts)
        case Role.SEARCH:
            return _ingest_search(store, registry, fetched)
        case Role.LISTING:
            _remember(store, fetched)
            return []
        case _:
            return _ingest_page(store, registry, fetched, counts, obey=obey)


def _ingest_page(
    store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int], *, obey: bool
) -> list[Issue]:
    document, blocked = read_or_own_words(fetched)
    if fetched.filed:
        document = replace(
            document,
            entry_number=document.entry_number or fetched.filed.entry_number,
            attachment_number=document.attachment_number or fetched.filed.attachment_number,
        )
    # What a person hands in is theirs to read.
    reserved = reservation(fetched) if document.state == "read" and fetched.source != LOCAL.id else None
    if reserved and obey:
        document = withheld(document)
    links = _links(document, registry, _entry_links(fetched) + store.links(document.id))
    _keep(store, registry, document, links, counts)
    if not blocked:  # what was blocked is asked for again
        _remember(store, fetched)
    if reserved:
        kept = "title, link and date are kept" if obey else "read all the same, by your settings"
        return [Issue(Level.NOTE, fetched.source, document.url or document.title, f"{reserved}: {kept}")]
    if document.state in {"read", "unavailable"} or (document.state == "blocked" and fetched.role is Role.PAGE):
        return []  # the crawl has already said what was closed to us
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

    Not those of a feed whose run had trouble, or was killed before anybody heard how it went: "304 not modified" would
    hide the entries that were not brought home.
    """
    if fetched.requested is None:
        return
    if fetched.role in {Role.FEED, Role.LISTING} and fetched.run and not store.in_order(fetched.run):
        store.put_visit(fetched.requested, Visit(fetched.at))
    else:
        words = polled.digest(fetched.body, url=fetched.requested) if fetched.role is Role.POLL else None
        store.put_visit(fetched.requested, replace(caching.visit(fetched), digest=words))


def _ingest_feed(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    feed = read_feed(fetched.body, url=fetched.url or "", content_type=fetched.media_type)
    gaps = _covered(store, fetched, feed)
    _remember(store, fetched)
    problems = list(feed.issues)
    if fetched.court:
        entries, unread = docket_entries(feed, court=fetched.court, source=fetched.source)
        problems += unread
        _put_entries(store, registry, entries, fetched.at, counts)
    return gaps + [Issue(Level.NOTE, fetched.source, fetched.url or fetched.source, problem) for problem in problems]


def _covered(store: Store, fetched: Fetched, feed: Feed) -> list[Issue]:
    """Note in the ledger what a poll covers; an issue when it does not reach back to the last good poll."""
    covered = health.covers(feed.entries)
    if covered is None or fetched.run is None:
        return []
    polls = store.good_poll_before(fetched.run)
    missed = health.gap(covered, polled=polls[0], before=polls[1], court_feed=polls[2]) if polls else None
    store.put_covers(fetched.run, covered, missed)
    words = health.gap_in_words(missed) if missed else ""
    return [Issue(Level.WARNING, fetched.source, fetched.url or fetched.source, words)] if missed else []


def _ingest_docket(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    """One page of a docket's entries: the API's JSON, or the docket's Atom feed."""
    place = fetched.url or fetched.source
    if fetched.filed is None or fetched.court is None:
        raise ReadError(place, "docket entries, but of which docket is not on record")
    docket, problems = fetched.filed.docket, list[str]()
    reader = courtlistener.EntryReader(docket, court=fetched.court, source=fetched.source)
    if fetched.body.lstrip()[:1] == b"{":
        entries, read_to, problems = reader.rows(
            courtlistener.read_entries(fetched.body, url=place), url=fetched.requested or place
        )
        if fetched.requested and read_to:
            store.put_visit(fetched.requested, Visit(read_to))
    else:
        entries, problems = reader.feed(read_feed(fetched.body, url=place, content_type=fetched.media_type))
        _remember(store, fetched)
    _put_entries(store, registry, entries, fetched.at, counts)
    return [Issue(Level.WARNING, fetched.source, place, problem) for problem in problems]


def _ingest_search(store: Store, registry: Registry, fetched: Fetched) -> list[Issue]:
    """Cases found. What no case file follows is told: whether it is ours is for a person to say."""
    place = fetched.url or fetched.source
    cases, problems = courtlistener.cases(courtlistener.read_search(fetched.body, url=place), url=place)
    new = [case for case in cases if case.key is None or registry.docket(case.key) is None]
    if fetched.requested:
        store.put_visit(fetched.requested, Visit(fetched.at))
    # What a person has decided on, or has been told of before, is not told again.
    new = [case for case in new if case.key is None or store.put_candidate(_found_by_search(case, case.key, fetched))]
    found = [Issue(Level.WARNING, fetched.source, case.url, f"no case file follows it: {case}") for case in new]
    return found + [Issue(Level.WARNING, fetched.source, place, problem) for problem in problems]


def _ingest_docket_page(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    """A court's own page of a docket: its facts, its entries."""
    page = read_docket_page(fetched, entry_at=store.entry_at)
    for sheet in page.sheets:
        store.put_sheet(sheet)
    causes = {sheet.docket: sheet.cause for sheet in page.sheets}
    _put_entries(store, registry, page.entries, fetched.at, counts, causes=causes)
    _remember(store, fetched)
    return []


def _found_by_search(case: courtlistener.Case, docket: str, fetched: Fetched) -> Candidate:
    return Candidate(docket, case.caption, "found by a search", str(case), fetched.source, fetched.at, case.url)


def _put_entries(
    store: Store,
    registry: Registry,
    entries: Iterable[DocketEntry],
    at: datetime,
    counts: dict[str, int],
    *,
    causes: Mapping[str, str | None] | None = None,
) -> None:
    for read_entry in entries:
        for entry in everywhere(read_entry):
            row = decide_entry(store.entry(entry.id), entry)
            if row is not None:
                store.put_entry(row, at=at)
                counts["entries"] += 1
        for named, _ in same_filing(read_entry):
            store.put_same_filing([(each.docket, each.number, each.words) for each in named])
        cause = (causes or {}).get(read_entry.docket)
        found = candidate.from_entry(read_entry, at=at, cause=cause)
        if found and registry.docket(found.docket) is None:
            store.put_candidate(found)


def _entry_links(fetched: Fetched) -> tuple[DocketLink, ...]:
    """The dockets in which the court's own feed, or whoever serves docket and document, files this document."""
    if filed := fetched.filed:
        words = fetched.entry.title if fetched.entry else ""
        return (DocketLink(filed.docket, 1.0, words, DOCKET_ENTRY, filed.entry_number),)
    if not (fetched.court and fetched.entry):
        return ()
    entries, _ = docket_entries(Feed("", (fetched.entry,), ()), court=fetched.court, source=fetched.source)
    numbered = (e for entry in entries for e in everywhere(entry))
    return tuple(DocketLink(e.docket, 1.0, fetched.entry.title, DOCKET_ENTRY, e.number) for e in numbered)


def _links(document: Document, registry: Registry, known: Iterable[DocketLink]) -> tuple[DocketLink, ...]:
    """Dockets of a document: first those a court's own feed filed it in (they stay), then those its words name."""
    own = {link.docket: link for link in known if link.reason == DOCKET_ENTRY}
    return (*own.values(), *(link for link in match(document, registry) if link.docket not in own))


def judge(document: Document, registry: Registry, links: Iterable[DocketLink]) -> Relevance:
    """Whether a document is ours. Only dockets we follow speak for it: every filing stands in some docket."""
    followed = tuple(link for link in links if registry.docket(link.docket))
    outlet = urlsplit(document.url or "").hostname or document.provenance.source
    return relevance(document.title, document.text, links=followed, outlet=outlet)


def _keep(
    store: Store, registry: Registry, document: Document, links: tuple[DocketLink, ...], counts: dict[str, int]
) -> None:
    verdict = store.decision(document.id) or judge(document, registry, links)
    change = decide(store.document(document.id), replace(document, relevance=verdict))
    store.apply(change)
    store.put_links(document.id, links)
    for found in candidate.from_document(replace(document, relevance=verdict), links, registry):
        store.put_candidate(found)
    counts[{"Add": "new", "Revise": "revised", "Same": "unchanged"}[type(change).__name__]] += 1


def _match_again(store: Store, registry: Registry) -> None:
    """The registry changed: every document may stand in other dockets now. What a court's feed said stays."""
    for document in list(store.documents()):
        with store.transaction():
            links = _links(document, registry, store.links(document.id))
            if store.put_links(document.id, links):
                store.put_relevance(document.id, store.decision(document.id) or judge(document, registry, links))


def match_reports(store: Store, *, everything: bool) -> None:
    """Which docket entry each recent article reports. What was awaited is found when its entry has arrived."""
    for article, matters in store.matters_in_the_news(days=None if everything else 60):
        assert article.published is not None
        at = article.published.at
        found: list[tuple[str, Report | None, str | None, tuple[Disagreement, ...]]] = []
        for matter in matters:
            rows = store.lines(matter, since=at - timedelta(days=45), until=at + timedelta(days=1))
            held = {entry.id: filing for entry, filing in rows}
            report = find_report(article, (Line(entry, filing) for entry, filing in rows))
            filing = held[report.entry] if report else None
            if report or (len(matters) == 1 and reports_a_paper(article)):
                said = disagreements(article, filing) if filing else ()
                found.append((matter, report, filing.id if filing else None, said))
        with store.transaction():
            store.put_reports(article.id, found)


def tell_stories(store: Store) -> None:
    """Put each new article into the story it tells. What earlier nights put together stays together."""
    with store.transaction():
        store.drop_hidden_from_stories()
        new = store.news_without_story()
        if not new:
            return
        stories = Stories()
        since = min(document.provenance.fetched for document, _, _ in new) - timedelta(days=100)
        for document, entries, matters, place in store.news_with_story(since=since):
            stories.remember(document, place, entries=entries, matters=matters)
        for document, entries, matters in new:
            store.put_place(stories.place(document, entries=entries, matters=matters), document.title)


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


# ---------------------------------------------------------------------------------------------- audit


def audit(store: Store, registry: Registry) -> Outcome:
    """Put the registry's facts beside what the dockets that were crawled say; the result is published."""
    checks = audited(registry, store.sheets(), store.captions())
    with store.transaction():
        store.replace_checks(checks)
    drift = [check for check in checks if not check.agrees]
    issues = (
        Issue(
            Level.WARNING,
            "registry",
            check.docket,
            f"{check.what}: {check.ours!r}, but {check.theirs!r} in {check.their_source}",
        )
        for check in drift
    )
    matters = len({check.matter for check in checks})
    counts = {
        "matters": len(registry.matters),
        "checked": matters,
        "facts compared": len(checks),
        "disagree": len(drift),
    }
    return Outcome("audit", counts, tuple(issues))


# ---------------------------------------------------------------------------------------------- publish


def publish(
    store: Store, settings: Settings, *, now: datetime, gated: bool = False, progress: Progress = silent
) -> Outcome:
    """Build database, feeds and calendars in a new folder and put it in the place of the last publication.

    When ``gated``, raises `PublishError` instead when the new publication is an unlikely successor of the last.
    """
    purpose = store.meta("purpose") or "live"
    about = {
        "purpose": purpose,
        "built": now.isoformat(timespec="seconds"),
        "site": settings.site,
        "contact": settings.contact,
        "authority": settings.authority,
        "title": "docketwire",
        "version": __version__,
    }
    progress("publish", 0, 2)
    with database.publication(settings.public) as folder:
        counts = database.build(store.path, folder, about)
        if gated and settings.public.exists():
            with database.reader(settings.public) as before, database.reader(folder) as after:
                gate.check(after, gate.figures(before), place=settings.public)
        progress("publish", 1, 2)
        with database.reader(folder) as query:
            named = {"site": settings.site, "authority": settings.authority}
            last = (settings.public / "feeds").resolve()
            feeds.write_feeds(query, folder / "feeds", before=last, **named)
            calendar.write_calendars(query, folder / "feeds", before=last, **named)
    progress("publish", 2, 2)
    return Outcome(
        "publish", {name: counts[name] for name in ("matters", "documents", "entries", "events", "summaries")}
    )
