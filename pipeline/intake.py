"""One spooled response → what it changes in the store: the inside of the stage `ingest`."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import shorten
from urllib.parse import urlsplit

from pipeline import health
from pipeline.errors import DocketwireError, ModelError, ReadError, SpoolError
from pipeline.handed_in import LOCAL
from pipeline.model import (
    Candidate,
    DocketEntry,
    DocketLink,
    Document,
    Fetched,
    Issue,
    Kind,
    Level,
    Provenance,
    Relevance,
    Role,
    SubjectModel,
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


def judge(
    document: Document, registry: Registry, links: Iterable[DocketLink], *, subject: SubjectModel | None = None
) -> Relevance:
    """Whether a document is ours. Only dockets we follow speak for it: every filing stands in some docket.

    The model was taught on news, and is asked about nothing else.
    """
    followed = tuple(link for link in links if registry.docket(link.docket))
    outlet = urlsplit(document.url or "").hostname or document.provenance.source
    asked = subject if document.kind is Kind.NEWS else None
    return relevance(document.title, document.text, links=followed, outlet=outlet, subject=asked)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What responses are taken with. Without a ``subject`` words alone say what is ours.

    ``obey``: of a page whose publisher reserves it only title, link and date are kept. ``counts``: of documents that
    were new, revised, unchanged, and of entries.
    """

    store: Store
    registry: Registry
    subject: SubjectModel | None = None
    obey: bool = True
    counts: Counter[str] = field(default_factory=Counter)

    def take_spool(self, path: Path) -> list[Issue]:
        """Every response of one spool file. What goes wrong with one is an issue and stops no other.

        Raises `ModelError` when the subject's model cannot be used.
        """
        found: list[Issue] = []
        source, run = path.name.removesuffix(".part").removesuffix(".warc.gz"), path.name
        try:
            for fetched in read_spool(path):
                source, run = fetched.source, fetched.run or path.name
                if source.startswith("demo_") and self.store.meta("purpose") != "demo":
                    why = "demonstration material is not taken into live data; docketwire demo shows it"
                    found.append(Issue(Level.ERROR, source, path.name, why))
                    break
                try:
                    found += self._take(fetched)
                except ModelError:
                    raise  # without it no news is ours: that is no trouble of one page
                except DocketwireError as error:
                    place = fetched.url or fetched.requested or path.name
                    found.append(Issue(Level.WARNING, source, place, f"{error.what}; {error.remedy}".rstrip("; ")))
        except SpoolError as error:
            found.append(Issue(Level.ERROR, source, path.name, f"{error.what}; {error.remedy}"))
        for issue in found:
            self.store.put_issue(issue, run=run)
        return found

    def _take(self, fetched: Fetched) -> list[Issue]:
        if fetched.status in {429, 503}:
            if fetched.requested and (until := caching.not_before(fetched)):
                self.store.put_not_before(fetched.requested, until)
            return []  # the crawl has already said it
        if fetched.role not in {Role.DOCKET, Role.SEARCH} and docket_form(fetched.body):
            return self._take_docket_page(fetched)
        match fetched.role:
            case Role.FEED:
                return self._take_feed(fetched)
            case Role.DOCKET:
                return self._take_docket(fetched)
            case Role.SEARCH:
                return self._take_search(fetched)
            case Role.LISTING:
                self._remember(fetched)
                return []
            case _:
                return self._take_page(fetched)

    def _take_page(self, fetched: Fetched) -> list[Issue]:
        document, blocked = read_or_own_words(fetched)
        if fetched.filed:
            document = replace(
                document,
                entry_number=document.entry_number or fetched.filed.entry_number,
                attachment_number=document.attachment_number or fetched.filed.attachment_number,
            )
        # What a person hands in is theirs to read.
        reserved = reservation(fetched) if document.state == "read" and fetched.source != LOCAL.id else None
        if reserved and self.obey:
            document = withheld(document)
        links = self._links(document, _entry_links(fetched) + self.store.links(document.id))
        self._keep(document, links)
        if fetched.role is Role.POLL and document.state == "read":
            self._take_change(fetched, document)
        if not blocked:  # what was blocked is asked for again
            self._remember(fetched)
        if reserved:
            kept = "title, link and date are kept" if self.obey else "read all the same, by your settings"
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

    def _take_change(self, fetched: Fetched, page: Document) -> None:
        """What is new on a page since its last visit, as a document beside the page's own."""
        seen = self.store.visit(fetched.requested) if fetched.requested else None
        if seen is None or seen.digest is None or seen.at is None or seen.at >= fetched.at:
            return  # the first time all of it is new; an older visit, read again, has nothing to add
        new = change(fetched, page, known=seen.digest)
        if new:
            self._keep(new, self._links(new, self.store.links(new.id)))

    def _remember(self, fetched: Fetched) -> None:
        """Keep the validators for the next conditional request.

        Not those of a feed whose run had trouble, or was killed before anybody heard how it went: "304 not modified"
        would hide the entries that were not brought home.
        """
        if fetched.requested is None:
            return
        if fetched.role in {Role.FEED, Role.LISTING} and fetched.run and not self.store.in_order(fetched.run):
            self.store.put_visit(fetched.requested, Visit(fetched.at))
        else:
            words = polled.digest(fetched.body, url=fetched.requested) if fetched.role is Role.POLL else None
            self.store.put_visit(fetched.requested, replace(caching.visit(fetched), digest=words))

    def _take_feed(self, fetched: Fetched) -> list[Issue]:
        feed = read_feed(fetched.body, url=fetched.url or "", content_type=fetched.media_type)
        gaps = self._covered(fetched, feed)
        self._remember(fetched)
        problems = list(feed.issues)
        if fetched.court:
            entries, unread = docket_entries(feed, court=fetched.court, source=fetched.source)
            problems += unread
            self._put_entries(entries, fetched)
        return gaps + [
            Issue(Level.NOTE, fetched.source, fetched.url or fetched.source, problem) for problem in problems
        ]

    def _covered(self, fetched: Fetched, feed: Feed) -> list[Issue]:
        """Note in the ledger what a poll covers; an issue when it does not reach back to the last good poll."""
        covered = health.covers(feed.entries)
        if covered is None or fetched.run is None:
            return []
        polls = self.store.good_poll_before(fetched.run)
        missed = health.gap(covered, polled=polls[0], before=polls[1], court_feed=polls[2]) if polls else None
        self.store.put_covers(fetched.run, covered, missed)
        words = health.gap_in_words(missed) if missed else ""
        return [Issue(Level.WARNING, fetched.source, fetched.url or fetched.source, words)] if missed else []

    def _take_docket(self, fetched: Fetched) -> list[Issue]:
        """One page of a docket's entries: the API's JSON, or the docket's Atom feed."""
        place = fetched.url or fetched.source
        if fetched.filed is None or fetched.court is None:
            raise ReadError(place, "docket entries, but of which docket is not on record")
        docket, problems = fetched.filed.docket, list[str]()
        reader = courtlistener.EntryReader(docket, court=fetched.court, source=fetched.source)
        if re.search(r"/dockets/\d+/$", urlsplit(fetched.requested or "").path):
            found = courtlistener_docket.read_docket(fetched.body, url=place)
            self.store.put_sheet(courtlistener_docket.sheet(found, docket, source=fetched.source, at=fetched.at))
            self._remember(fetched)
            return []
        if fetched.body.lstrip()[:1] == b"{":
            if urlsplit(fetched.requested or "").path.endswith("/recap-documents/"):
                answer = courtlistener.read_documents(fetched.body, url=place)
                entries, read_to, problems = courtlistener.documents_listed(answer, at=fetched.at)
            else:
                answer = courtlistener.read_entries(fetched.body, url=place)
                entries, read_to, problems = reader.rows(answer, url=fetched.requested or place)
            if fetched.requested and read_to:
                self.store.put_visit(fetched.requested, Visit(read_to))
        else:
            entries, problems = reader.feed(read_feed(fetched.body, url=place, content_type=fetched.media_type))
            self._remember(fetched)
        self._put_entries(entries, fetched)
        return [Issue(Level.WARNING, fetched.source, place, problem) for problem in problems]

    def _take_search(self, fetched: Fetched) -> list[Issue]:
        """Cases found. What no case file follows is told: whether it is ours is for a person to say."""
        place = fetched.url or fetched.source
        cases, problems = courtlistener.cases(courtlistener.read_search(fetched.body, url=place), url=place)
        new = [case for case in cases if case.key is None or self.registry.docket(case.key) is None]
        if fetched.requested:
            self.store.put_visit(fetched.requested, Visit(fetched.at))
        # What a person has decided on, or has been told of before, is not told again.
        new = [
            case
            for case in new
            if case.key is None or self.store.put_candidate(_found_by_search(case, case.key, fetched))
        ]
        found = [Issue(Level.WARNING, fetched.source, case.url, f"no case file follows it: {case}") for case in new]
        return found + [Issue(Level.WARNING, fetched.source, place, problem) for problem in problems]

    def _take_docket_page(self, fetched: Fetched) -> list[Issue]:
        """A court's own page of a docket: its facts, its entries."""
        page = read_docket_page(fetched, entry_at=self.store.entry_at)
        for sheet in page.sheets:
            self.store.put_sheet(sheet)
        causes = {sheet.docket: sheet.cause for sheet in page.sheets}
        self._put_entries(page.entries, fetched, causes=causes)
        self._remember(fetched)
        return []

    def _put_entries(
        self,
        entries: Iterable[DocketEntry],
        fetched: Fetched,
        *,
        causes: Mapping[str, str | None] | None = None,
    ) -> None:
        batch = list(entries)
        for read_entry in batch:
            for entry in everywhere(read_entry):
                row = decide_entry(self._known(entry, batch), entry)
                if row is not None:
                    self.store.put_entry(row, at=fetched.at)
                    self.counts["entries"] += 1
            for named, _ in same_filing(read_entry):
                self.store.put_same_filing([(each.docket, each.number, each.words) for each in named])
            told = next((each for each in everywhere(read_entry) if self.registry.docket(each.docket)), None)
            row = self.store.entry(told.id) if told else None
            if told and row and row.description == told.description:  # else the fuller words are from somewhere else
                self._put_text_order(row, provenance(fetched, READER))
            cause = (causes or {}).get(read_entry.docket)
            found = candidate.from_entry(read_entry, at=fetched.at, cause=cause)
            if found and self.registry.docket(found.docket) is None:
                self.store.put_candidate(found)

    def _put_text_order(self, entry: DocketEntry, said: Provenance) -> None:
        """An entry whose own words decide or set something, as a filing of each docket in which they number it."""
        found = text_order(entry, said)
        if found and (says_something(found) or self.store.document(found.id)):
            words = shorten(entry.description, 120, placeholder=" …")
            own = [DocketLink(each.docket, 1.0, words, DOCKET_ENTRY, each.number) for each in everywhere(entry)]
            self._keep(found, self._links(found, own))

    def _known(self, entry: DocketEntry, beside: Iterable[DocketEntry]) -> DocketEntry | None:
        """The row of an entry; of one without a number also a row that another source wrote of it."""
        known = self.store.entry(entry.id)
        if known is None and entry.number is None:
            known = same_minute_entry(entry, self.store.unnumbered_entries(entry), beside=beside)
            if known:
                self.store.put_entry_name(entry, known)
        return known

    def _links(self, document: Document, known: Iterable[DocketLink]) -> tuple[DocketLink, ...]:
        """Dockets of a document: first those a court's own feed filed it in (they stay), then those its words name."""
        own = {link.docket: link for link in known if link.reason == DOCKET_ENTRY}
        return (*own.values(), *(link for link in match(document, self.registry) if link.docket not in own))

    def _judged(self, document: Document, links: Iterable[DocketLink]) -> Relevance:
        """What a person has decided stays."""
        return self.store.decision(document.id) or judge(document, self.registry, links, subject=self.subject)

    def _keep(self, document: Document, links: tuple[DocketLink, ...]) -> None:
        verdict = self._judged(document, links)
        change = decide(self.store.document(document.id), replace(document, relevance=verdict))
        self.store.apply(change)
        self.store.put_links(document.id, links)
        for found in candidate.from_document(replace(document, relevance=verdict), links, self.registry):
            self.store.put_candidate(found)
        self.counts[{"Add": "new", "Revise": "revised", "Same": "unchanged"}[type(change).__name__]] += 1

    def match_again(self) -> None:
        """The registry changed: every document may stand in other dockets now. What a court's feed said stays."""
        for document in list(self.store.documents()):
            with self.store.transaction():
                links = self._links(document, self.store.links(document.id))
                if self.store.put_links(document.id, links) or links:  # the same docket may be followed now
                    self.store.put_relevance(document.id, self._judged(document, links))
        for entry, at in self.store.entries_without_text():  # those of dockets that nobody followed before, too
            digest = "sha256:" + hashlib.sha256(entry.description.encode()).hexdigest()
            with self.store.transaction():
                self._put_text_order(entry, Provenance(entry.source, at, digest, READER))


def _found_by_search(case: courtlistener.Case, docket: str, fetched: Fetched) -> Candidate:
    return Candidate(docket, case.caption, "found by a search", str(case), fetched.source, fetched.at, case.url)


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
