"""One spooled response → what it changes in the store: the inside of the stage `ingest`."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from urllib.parse import urlsplit

from pipeline import health
from pipeline.errors import DocketwireError, ReadError, SpoolError
from pipeline.handed_in import LOCAL
from pipeline.model import (
    Candidate,
    DocketEntry,
    DocketLink,
    Document,
    Fetched,
    Issue,
    Level,
    Provenance,
    Relevance,
    Role,
    Visit,
)
from pipeline.refine import caching, candidate, courtlistener, courtlistener_docket, polled
from pipeline.refine.decide import decide, decide_entry
from pipeline.refine.docket_feed import docket_entries
from pipeline.refine.docket_page import docket_form, read_docket_page
from pipeline.refine.docket_text import everywhere, same_filing
from pipeline.refine.entry import read_or_own_words
from pipeline.refine.feed import Feed, read_feed
from pipeline.refine.match import match
from pipeline.refine.minute_entry import same_minute_entry
from pipeline.refine.news import provenance
from pipeline.refine.page_change import change
from pipeline.refine.relevance import relevance
from pipeline.refine.reservation import reservation, withheld
from pipeline.refine.text_order import READER, says_something, text_order
from pipeline.registry import Registry
from pipeline.spool import read_spool
from pipeline.store import Store

DOCKET_ENTRY = "docket entry"  # reason of a link that the court itself made


def take_spool(store: Store, registry: Registry, path: Path, counts: dict[str, int], *, obey: bool) -> list[Issue]:
    """Every response of one spool file. What goes wrong with one is an issue and stops no other.

    Adds to ``counts``: new, revised, unchanged documents, and entries.
    """
    found: list[Issue] = []
    source, run = path.name.removesuffix(".part").removesuffix(".warc.gz"), path.name
    try:
        for fetched in read_spool(path):
            source, run = fetched.source, fetched.run or path.name
            if source.startswith("demo_") and store.meta("purpose") != "demo":
                why = "demonstration material is not taken into live data; docketwire demo shows it"
                found.append(Issue(Level.ERROR, source, path.name, why))
                break
            try:
                found += _take(store, registry, fetched, counts, obey=obey)
            except DocketwireError as error:
                place = fetched.url or fetched.requested or path.name
                found.append(Issue(Level.WARNING, source, place, f"{error.what}; {error.remedy}".rstrip("; ")))
    except SpoolError as error:
        found.append(Issue(Level.ERROR, source, path.name, f"{error.what}; {error.remedy}"))
    for issue in found:
        store.put_issue(issue, run=run)
    return found


def _take(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int], *, obey: bool) -> list[Issue]:
    if fetched.status in {429, 503}:
        if fetched.requested and (until := caching.not_before(fetched)):
            store.put_not_before(fetched.requested, until)
        return []  # the crawl has already said it
    if fetched.role not in {Role.DOCKET, Role.SEARCH} and docket_form(fetched.body):
        return _take_docket_page(store, registry, fetched, counts)
    match fetched.role:
        case Role.FEED:
            return _take_feed(store, registry, fetched, counts)
        case Role.DOCKET:
            return _take_docket(store, registry, fetched, counts)
        case Role.SEARCH:
            return _take_search(store, registry, fetched)
        case Role.LISTING:
            _remember(store, fetched)
            return []
        case _:
            return _take_page(store, registry, fetched, counts, obey=obey)


def _take_page(
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
    if fetched.role is Role.POLL and document.state == "read":
        _take_change(store, registry, fetched, document, counts)
    if not blocked:  # what was blocked is asked for again
        _remember(store, fetched)
    if reserved:
        kept = "title, link and date are kept" if obey else "read all the same, by your settings"
        return [Issue(Level.NOTE, fetched.source, document.url or document.title, f"{reserved}: {kept}")]
    if document.state in {"read", "unavailable"} or (document.state == "blocked" and fetched.role is Role.PAGE):
        return []  # the crawl has already said what was closed to us
    waiting = sum(scan.confidence is None for scan in document.scans)
    why = f"scanned and not read: {waiting} of {len(document.page_starts)} pages" if waiting else "no text"
    return [
        Issue(
            Level.WARNING,
            fetched.source,
            document.url or document.title,
            f"{why}: {document.page_class}, {document.state}",
        )
    ]


def _take_change(store: Store, registry: Registry, fetched: Fetched, page: Document, counts: dict[str, int]) -> None:
    """What is new on a page since its last visit, as a document beside the page's own."""
    seen = store.visit(fetched.requested) if fetched.requested else None
    if seen is None or seen.digest is None or seen.at is None or seen.at >= fetched.at:
        return  # the first time all of it is new; an older visit, read again, has nothing to add
    new = change(fetched, page, known=seen.digest)
    if new:
        _keep(store, registry, new, _links(new, registry, store.links(new.id)), counts)


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


def _take_feed(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    feed = read_feed(fetched.body, url=fetched.url or "", content_type=fetched.media_type)
    gaps = _covered(store, fetched, feed)
    _remember(store, fetched)
    problems = list(feed.issues)
    if fetched.court:
        entries, unread = docket_entries(feed, court=fetched.court, source=fetched.source)
        problems += unread
        _put_entries(store, registry, entries, fetched, counts)
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


def _take_docket(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    """One page of a docket's entries: the API's JSON, or the docket's Atom feed."""
    place = fetched.url or fetched.source
    if fetched.filed is None or fetched.court is None:
        raise ReadError(place, "docket entries, but of which docket is not on record")
    docket, problems = fetched.filed.docket, list[str]()
    reader = courtlistener.EntryReader(docket, court=fetched.court, source=fetched.source)
    if re.search(r"/dockets/\d+/$", urlsplit(fetched.requested or "").path):
        found = courtlistener_docket.read_docket(fetched.body, url=place)
        store.put_sheet(courtlistener_docket.sheet(found, docket, source=fetched.source, at=fetched.at))
        _remember(store, fetched)
        return []
    if fetched.body.lstrip()[:1] == b"{":
        if urlsplit(fetched.requested or "").path.endswith("/recap-documents/"):
            answer = courtlistener.read_documents(fetched.body, url=place)
            entries, read_to, problems = courtlistener.documents_listed(answer, at=fetched.at)
        else:
            answer = courtlistener.read_entries(fetched.body, url=place)
            entries, read_to, problems = reader.rows(answer, url=fetched.requested or place)
        if fetched.requested and read_to:
            store.put_visit(fetched.requested, Visit(read_to))
    else:
        entries, problems = reader.feed(read_feed(fetched.body, url=place, content_type=fetched.media_type))
        _remember(store, fetched)
    _put_entries(store, registry, entries, fetched, counts)
    return [Issue(Level.WARNING, fetched.source, place, problem) for problem in problems]


def _take_search(store: Store, registry: Registry, fetched: Fetched) -> list[Issue]:
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


def _take_docket_page(store: Store, registry: Registry, fetched: Fetched, counts: dict[str, int]) -> list[Issue]:
    """A court's own page of a docket: its facts, its entries."""
    page = read_docket_page(fetched, entry_at=store.entry_at)
    for sheet in page.sheets:
        store.put_sheet(sheet)
    causes = {sheet.docket: sheet.cause for sheet in page.sheets}
    _put_entries(store, registry, page.entries, fetched, counts, causes=causes)
    _remember(store, fetched)
    return []


def _found_by_search(case: courtlistener.Case, docket: str, fetched: Fetched) -> Candidate:
    return Candidate(docket, case.caption, "found by a search", str(case), fetched.source, fetched.at, case.url)


def _put_entries(
    store: Store,
    registry: Registry,
    entries: Iterable[DocketEntry],
    fetched: Fetched,
    counts: dict[str, int],
    *,
    causes: Mapping[str, str | None] | None = None,
) -> None:
    batch = list(entries)
    for read_entry in batch:
        for entry in everywhere(read_entry):
            row = decide_entry(_known(store, entry, batch), entry)
            if row is not None:
                store.put_entry(row, at=fetched.at)
                counts["entries"] += 1
        for named, _ in same_filing(read_entry):
            store.put_same_filing([(each.docket, each.number, each.words) for each in named])
        told = next((each for each in everywhere(read_entry) if registry.docket(each.docket)), None)
        row = store.entry(told.id) if told else None
        if told and row and row.description == told.description:  # else the fuller words are from somewhere else
            _put_text_order(store, registry, row, provenance(fetched, READER), counts)
        cause = (causes or {}).get(read_entry.docket)
        found = candidate.from_entry(read_entry, at=fetched.at, cause=cause)
        if found and registry.docket(found.docket) is None:
            store.put_candidate(found)


def _put_text_order(
    store: Store, registry: Registry, entry: DocketEntry, said: Provenance, counts: dict[str, int]
) -> None:
    """An entry whose own words decide or set something, as a filing of each docket in which they number it."""
    found = text_order(entry, said)
    if found and (says_something(found) or store.document(found.id)):
        words = shorten(entry.description, 120, placeholder=" …")
        own = [DocketLink(each.docket, 1.0, words, DOCKET_ENTRY, each.number) for each in everywhere(entry)]
        _keep(store, registry, found, _links(found, registry, own), counts)


def _known(store: Store, entry: DocketEntry, beside: Iterable[DocketEntry]) -> DocketEntry | None:
    """The row of an entry; of one without a number also a row that another source wrote of it."""
    known = store.entry(entry.id)
    if known is None and entry.number is None:
        known = same_minute_entry(entry, store.unnumbered_entries(entry), beside=beside)
        if known:
            store.put_entry_name(entry, known)
    return known


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


def match_again(store: Store, registry: Registry) -> None:
    """The registry changed: every document may stand in other dockets now. What a court's feed said stays."""
    for document in list(store.documents()):
        with store.transaction():
            links = _links(document, registry, store.links(document.id))
            if store.put_links(document.id, links):
                store.put_relevance(document.id, store.decision(document.id) or judge(document, registry, links))
    for entry, at in store.entries_without_text():  # those of dockets that nobody followed before, too
        digest = "sha256:" + hashlib.sha256(entry.description.encode()).hexdigest()
        with store.transaction():
            _put_text_order(store, registry, entry, Provenance(entry.source, at, digest, READER), Counter())
