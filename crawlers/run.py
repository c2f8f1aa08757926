"""Crawl some sources: Scrapy in a child process, one `Run` a source out.

Twisted's reactor can be started once in a process and takes it over; in a child of its own it can also be killed.
The child tells of each finished source over a pipe; sources it did not live to finish come back as failing runs.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawlers import settings as our_settings
from crawlers.kinds import SourceSpider, run_id
from crawlers.manners import ASIDE, RECEIVED
from pipeline.errors import SourceError, SpoolError
from pipeline.model import Docket, Health, Issue, Ledger, Level, Progress, Run, Source, silent
from pipeline.spool import part_of

_PATIENCE = 20  # seconds for the child to put things in order after Ctrl-C
_IN_VAIN = 240  # seconds more than a source's own limit without any finishing: then the child hangs


def sources() -> list[Source]:
    """All sources, the demonstration's included, by id."""
    return sorted((kind.source() for kind in kinds().values()), key=lambda source: source.id)


def kinds(modules: Sequence[str] = our_settings.SPIDER_MODULES) -> dict[str, type[SourceSpider]]:
    """The sources' classes, by id."""
    loader: Any = SpiderLoader.from_settings(_settings(SPIDER_MODULES=list(modules)))
    return {name: loader.load(name) for name in loader.list()}


def _settings(**more: Any) -> Settings:
    values = Settings()
    values.setmodule(our_settings, priority="project")
    values.setdict(more, priority="cmdline")
    return values


def crawl(
    names: Sequence[str],
    *,
    spool: Path,
    ledger: Ledger,
    started: datetime,
    user_agent: str,
    demo_url: str | None = None,
    limits: Mapping[str, int | float] | None = None,
    followed: Mapping[int, Docket] | None = None,
    token: str = "",
    modules: Sequence[str] = our_settings.SPIDER_MODULES,
    progress: Progress = silent,
) -> list[Run]:
    """Crawl the sources ``names`` into ``spool``, one file ``<run id>.warc.gz`` each, and say how each went.

    One run a name comes back, in that order, whatever happened to it. ``ledger`` makes the requests conditional;
    ``demo_url`` is the origin of the replay web, which demonstration sources need; ``limits`` are numbers that stand in
    the place of those in `crawlers.settings`; ``followed`` are dockets by CourtListener's id, ``token`` is the key to
    its API; ``modules`` hold the sources. Raises `SourceError` for a name that is no source and `SpoolError` when the
    folder cannot be written; `KeyboardInterrupt` ends the child in order first.
    """
    names = list(dict.fromkeys(names))
    known = kinds(modules) if names else {}
    for name in names:
        if name not in known:
            raise SourceError(name, "no source of this name", "docketwire source list shows them all")
    try:
        spool.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SpoolError(spool, f"cannot be made ({error.strerror})", "choose another folder with --data") from error
    done: dict[str, Run] = {}
    progress("crawl", 0, len(names))
    if names:
        job = _Job(
            tuple(names), str(spool.absolute()), dict(ledger), started, user_agent, demo_url, dict(limits or {}),
            dict(followed or {}), token, tuple(modules),
        )  # fmt: skip
        hangs = _longest((known[name] for name in names), job.limits) + _IN_VAIN
        with _child(job) as reports, contextlib.suppress(EOFError):
            while len(done) < len(names) and reports.poll(hangs):
                run: Run = reports.recv()
                done[run.source] = run
                progress("crawl", len(done), len(names))
    now = datetime.now(UTC).replace(microsecond=0)
    return [_with_spool(done.get(name) or _unfinished(name, started, now), spool) for name in names]


def _longest(wanted: Iterable[type[SourceSpider]], limits: Mapping[str, int | float]) -> int:
    """Seconds that the slowest of some sources may take."""

    def allowed(kind: type[SourceSpider]) -> int:
        settings = _settings(**limits)
        kind.update_settings(settings)
        return int(settings.getint("CLOSESPIDER_TIMEOUT"))

    return max(map(allowed, wanted))


def _unfinished(
    name: str, started: datetime, now: datetime, why: str = "the crawl ended before this source did"
) -> Run:
    issue = Issue(Level.ERROR, name, name, why)
    return Run(run_id(started, name), name, started, now, Health.FAILING, 0, 0, 0, 0, None, (issue,))


def _with_spool(run: Run, folder: Path) -> Run:
    """The run with the name of the file that it really left; a run without a file did not go well."""
    path = folder / f"{run.id}.warc.gz"
    left = next((file for file in (path, part_of(path)) if file.exists()), None)
    if left == path:
        return replace(run, spool=path.name)
    issue = Issue(
        Level.ERROR, run.source, str(path), "the spool file was not finished" if left else "no spool file was written"
    )
    return replace(run, spool=left.name if left else None, health=Health.FAILING, issues=(*run.issues, issue))


# ------------------------------------------------------------------------------------------------ the child process


@dataclass(frozen=True, slots=True)
class _Job:
    names: tuple[str, ...]
    spool: str
    ledger: Ledger
    started: datetime
    user_agent: str
    demo_url: str | None
    limits: Mapping[str, int | float]
    followed: Mapping[int, Docket]
    token: str = field(repr=False)
    modules: tuple[str, ...]


@contextlib.contextmanager
def _child(job: _Job) -> Iterator[Connection]:
    """A running crawl; what it reports, as `Run`s, until EOFError."""
    context = get_context("spawn")
    reports, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_in_child, args=(job, theirs), name="docketwire-crawl", daemon=True)
    child.start()
    theirs.close()
    try:
        yield reports
    except BaseException:
        child.terminate()  # Scrapy lets go of what it holds and closes its files
        raise
    finally:
        child.join(_PATIENCE)
        child.kill()
        child.join()
        reports.close()


def _in_child(job: _Job, reports: Connection) -> None:
    os.setsid()  # Ctrl-C is for our parent, which then tells us
    Thread(target=_end_with_parent, daemon=True).start()
    process = AsyncCrawlerProcess(
        _settings(
            **job.limits,
            SPIDER_MODULES=list(job.modules),
            USER_AGENT=job.user_agent,
            LOG_ENABLED=False,
            FEEDS={f"{job.spool}/%(run)s.warc.gz": {"format": "warc"}},
        )
    )
    for name in job.names:
        crawler = process.create_crawler(name)
        task = process.crawl(
            crawler, started=job.started, ledger=job.ledger, demo_url=job.demo_url,
            followed=job.followed, token=job.token,
        )  # fmt: skip
        task.add_done_callback(partial(_report, reports, name, crawler, job.started))
    process.start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _report(reports: Connection, name: str, crawler: Crawler, started: datetime, task: asyncio.Task[None]) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    error = None if task.cancelled() else task.exception()
    if isinstance(crawler.spider, SourceSpider) and error is None:
        stats = crawler.stats.get_stats() if crawler.stats else {}
        run = crawler.spider.result(finished=now, received=stats.get(RECEIVED, 0))
        run = replace(run, statuses=_statuses(stats))
    else:
        run = _unfinished(
            name, started, now, f"{type(error).__name__}: {error}" if error else "the crawl was broken off"
        )
    with contextlib.suppress(BrokenPipeError):  # nobody is left to hear it
        reports.send(run)


def _statuses(stats: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """(status, answers) of a source's own answers, ascending: what robots.txt and its like answered is taken off."""
    counts = {
        status: stats.get(f"downloader/response_status_count/{status}", 0)
        - sum(stats.get(f"{aside}/{status}", 0) for aside in ("robotstxt/response_status_count", ASIDE))
        for status in range(100, 600)
    }
    return tuple((status, count) for status, count in counts.items() if count > 0)
