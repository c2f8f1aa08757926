"""The whole program on one page: crawl → spool → ingest → summarize → publish.

Every stage can be run again at any time and does only what is left to do. Stages are handed what they work with; the
command line (`pipeline.cli`) is where the rooms meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pipeline import __version__, health
from pipeline.delivery import tell_readers
from pipeline.errors import SendError
from pipeline.handed_in import LOCAL
from pipeline.intake import Intake
from pipeline.model import (
    Disagreement,
    Health,
    Issue,
    Level,
    Outcome,
    Progress,
    Report,
    Run,
    Source,
    SubjectModel,
    Summarizer,
    silent,
)
from pipeline.publish import calendar, database, feeds, gate, websub
from pipeline.refine.audit import audit as audited
from pipeline.refine.disagreement import disagreements
from pipeline.refine.report import LATEST, Line, find_report, reports_a_paper
from pipeline.refine.stories import Stories
from pipeline.refine.supersede import fates
from pipeline.registry import Registry
from pipeline.settings import Settings
from pipeline.store import Store

Crawl = Callable[[Store], list[Run]]
Clock = Callable[[], datetime]


# ---------------------------------------------------------------------------------------------- one night


def nightly(
    store: Store,
    registry: Registry,
    settings: Settings,
    *,
    crawl: Crawl,
    subject: SubjectModel,
    summarizer: Summarizer,
    sources: Sequence[Source],
    clock: Clock,
    progress: Progress = silent,
) -> tuple[list[Run], Outcome]:
    """Everything, once: the runs, and what came of telling readers.

    ``clock`` is read when the night has been read, not when it begins: a digest tells what came up to its publication.

    A source that fails is recorded and stops nothing, nor does a digest that cannot be sent; any other failure keeps
    yesterday's site.
    """
    store.sync_sources([*sources, LOCAL])
    runs = crawl(store)
    store.put_runs(runs)
    obey = settings.reservations == "obey"
    ingest(store, registry, spooled(settings), subject=subject, obey=obey, progress=progress)
    tell_silence(store, clock())
    audit(store, registry)
    summarize(store, summarizer, progress=progress)
    published = publish(store, settings, now=clock(), gated=True, progress=progress)
    told = tell_readers(store, settings)
    return runs, replace(told, issues=(*published.issues, *told.issues))


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


def ingest(
    store: Store,
    registry: Registry,
    spools: Sequence[Path],
    *,
    subject: SubjectModel | None = None,
    again: bool = False,
    obey: bool = True,
    progress: Progress = silent,
) -> Outcome:
    """Read spool files into the store; those already ingested only ``again``. The same bytes change nothing.

    Of a page whose publisher reserves it (`pipeline.refine.reservation`) only title, link and date are kept; when we do
    not ``obey``, the reservation is an issue and no more. Without a ``subject`` words alone say which news is ours.
    """
    store.sync_registry(registry.matters, registry.courts())
    anew = store.matching_due
    counts = Counter({"new": 0, "revised": 0, "unchanged": 0, "entries": 0, "problems": 0})
    intake = Intake(store=store, registry=registry, subject=subject, obey=obey, counts=counts)
    issues: list[Issue] = []
    todo = [path for path in spools if again or not store.spool_known(path.name, path.stat().st_size)]
    for done, path in enumerate(todo):
        progress("ingest", done, len(todo))
        with store.transaction():
            issues += intake.take_spool(path)
            store.put_spool(path.name, path.stat().st_size)
    progress("ingest", len(todo), len(todo))
    if anew:
        Intake(store=store, registry=registry, subject=subject).match_again()  # nothing of it is new: not counted
    if todo or anew:
        with store.transaction():
            store.replace_event_fates([fate for papers in store.filings_with_dates() for fate in fates(papers)])
        match_reports(store, everything=anew)
        tell_stories(store)
    if anew:
        with store.transaction():
            store.set_matched()
    counts["problems"] = len(issues)
    return Outcome("ingest", counts, tuple(issues))


def match_reports(store: Store, *, everything: bool) -> None:
    """Which docket entry each recent article reports. What was awaited is found when its entry has arrived."""
    for article, matters in store.matters_in_the_news(days=None if everything else 60):
        assert article.published is not None
        at = article.published.at
        found: list[tuple[str, Report | None, str | None, tuple[Disagreement, ...]]] = []
        for matter in matters:
            rows = store.lines(matter, since=at - timedelta(days=45), until=at + LATEST)
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
    with store.transaction():
        for story, made_of in store.stories_to_tell():
            store.put_telling(story, summarizer.tell(store.telling(story)), made_of=made_of)
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
            feeds.write_feeds(query, folder / "feeds", before=last, hub=settings.hub, **named)
            calendar.write_calendars(query, folder / "feeds", before=last, **named)
    progress("publish", 2, 2)
    issues = tell_hub(store, settings, folder / "feeds", last) if settings.hub and last.exists() else ()
    shown = ("matters", "documents", "entries", "events", "summaries")
    return Outcome("publish", {name: counts[name] for name in shown}, issues)


def tell_hub(store: Store, settings: Settings, folder: Path, before: Path) -> tuple[Issue, ...]:
    """Ping the WebSub hub for the feeds that have changed; a hub that is down is an issue, and the site stands."""
    issues: tuple[Issue, ...] = ()
    try:
        websub.ping(settings.hub, websub.changed(folder, before, site=settings.site))
    except SendError as error:
        issues = (Issue(Level.WARNING, "hub", settings.hub, str(error)),)
    with store.transaction():
        store.replace_issues("hub", issues)
    return issues
