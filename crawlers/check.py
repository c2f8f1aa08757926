"""Ask sources, outside of any night, whether they still answer: what `docketwire source check` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from crawlers import trouble
from crawlers.run import crawl
from pipeline.errors import DocketwireError
from pipeline.health import covers
from pipeline.model import Fetched, Level, Progress, Role, Run, Span, Visit, silent
from pipeline.refine.feed import read_feed
from pipeline.spool import read_spool

# The source's own address and nothing that it leads to.
_FIRST_ANSWER = {"SOURCE_ANSWERS": 1}


@dataclass(frozen=True, slots=True)
class Checked:
    """One source, asked twice: for what it has, and whether that has changed since."""

    source: str
    well: bool
    statuses: tuple[int, ...]
    entries: int
    covers: Span | None
    conditional: Literal["304", "ignored", "no validator", "—"]
    robots: Literal["allowed", "forbidden"]
    message: str  # what is wrong; empty when nothing is


def check(
    names: Sequence[str], *, user_agent: str, at: datetime, demo_url: str | None = None, progress: Progress = silent
) -> list[Checked]:
    """Ask each source for its own address alone, and once more with the validators it gave. Nothing is kept.

    Raises `SourceError` for a name that is no source.
    """
    with TemporaryDirectory(prefix="docketwire-check-") as folder:

        def ask(which: Sequence[str], ledger: dict[str, Visit], spool: Path) -> list[Run]:
            return crawl(
                which, spool=spool, ledger=ledger, started=at, user_agent=user_agent, demo_url=demo_url,
                limits=_FIRST_ANSWER, progress=progress,
            )  # fmt: skip

        runs = ask(names, {}, Path(folder, "first"))
        answers = {run.source: _answer(Path(folder, "first"), run) for run in runs}
        known = {source: answer for source, answer in answers.items() if answer and _validators(answer)}
        ledger = {answer.requested: _visit(answer) for answer in known.values() if answer.requested}
        again = {run.source: run for run in ask(list(known), ledger, Path(folder, "second"))}
    return [_checked(run, answers[run.source], again.get(run.source)) for run in runs]


def _answer(spool: Path, run: Run) -> Fetched | None:
    """What came from the source's own address."""
    return next(iter(read_spool(spool / run.spool)), None) if run.spool else None


def _validators(answer: Fetched) -> bool:
    return bool(answer.header("ETag") or answer.header("Last-Modified"))


def _visit(answer: Fetched) -> Visit:
    return Visit(answer.at, answer.header("ETag"), answer.header("Last-Modified"))


def _checked(run: Run, answer: Fetched | None, again: Run | None) -> Checked:
    wrong = [i for i in run.issues if i.level is not Level.NOTE and not i.message.startswith("stopped early")]
    unchanged = again is not None and again.not_modified > 0
    return Checked(
        source=run.source,
        well=answer is not None and not wrong,
        statuses=tuple(status for status, _ in run.statuses),
        entries=run.entries,
        covers=_covers(answer),
        conditional="304" if unchanged else "ignored" if again else "no validator" if answer else "—",
        robots="forbidden" if any(issue.message == trouble.ROBOTS for issue in run.issues) else "allowed",
        message=wrong[0].message if wrong else "" if answer else "no answer",
    )


def _covers(answer: Fetched | None) -> Span | None:
    if answer is None or answer.role is not Role.FEED:
        return None
    try:
        return covers(read_feed(answer.body, url=answer.url or "", content_type=answer.media_type).entries)
    except DocketwireError:
        return None  # the run has said what is wrong with it
