"""Ask sources, outside of any night, whether they still answer: what `docketwire source check` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from crawlers import manners, trouble
from crawlers import settings as our_settings
from crawlers.kinds import SourceSpider
from crawlers.recording import FIRST_ANSWER, entries, faults, first_answer
from crawlers.run import crawl, kinds
from pipeline.errors import DocketwireError
from pipeline.health import covers
from pipeline.model import Fetched, Progress, Run, Span, Visit, silent


@dataclass(frozen=True, slots=True)
class Checked:
    """One source, asked twice: for what it has, and whether that has changed since."""

    source: str
    well: bool
    statuses: tuple[int, ...]
    entries: int
    covers: Span | None
    conditional: Literal["304", "ignored", "no validator", "—"]
    robots: Literal["allowed", "forbidden", "unknown"]  # unknown is obeyed as forbidden
    message: str  # what is wrong; empty when nothing is


def check(
    names: Sequence[str],
    *,
    user_agent: str,
    at: datetime,
    demo_url: str | None = None,
    modules: Sequence[str] = our_settings.SPIDER_MODULES,
    progress: Progress = silent,
) -> list[Checked]:
    """Ask each source for its own address alone, and once more with the validators it gave. Nothing is kept.

    Raises `SourceError` for a name that is no source.
    """
    with TemporaryDirectory(prefix="docketwire-check-") as folder:

        def ask(which: Sequence[str], ledger: dict[str, Visit], spool: Path) -> list[Run]:
            return crawl(
                which, spool=spool, ledger=ledger, started=at, user_agent=user_agent, demo_url=demo_url,
                limits=FIRST_ANSWER, modules=modules, progress=progress,
            )  # fmt: skip

        runs = ask(names, {}, Path(folder, "first"))
        answers = {run.source: first_answer(Path(folder, "first"), run) for run in runs}
        dated = {source: answer for source, answer in answers.items() if answer and _validators(answer)}
        ledger = {answer.requested: _visit(answer) for answer in dated.values() if answer.requested}
        again = {run.source: run for run in ask(list(dated), ledger, Path(folder, "second"))}
    known = kinds(modules)
    return [_checked(known[run.source], run, answers[run.source], again.get(run.source)) for run in runs]


def _validators(answer: Fetched) -> bool:
    return bool(answer.header("ETag") or answer.header("Last-Modified"))


def _visit(answer: Fetched) -> Visit:
    return Visit(answer.at, answer.header("ETag"), answer.header("Last-Modified"))


def _checked(kind: type[SourceSpider], run: Run, answer: Fetched | None, again: Run | None) -> Checked:
    wrong = faults(run)
    unchanged = again is not None and again.not_modified > 0
    return Checked(
        source=run.source,
        well=answer is not None and not wrong,
        statuses=tuple(status for status, _ in run.statuses),
        entries=run.entries,
        covers=_covers(kind, answer),
        conditional="304" if unchanged else "ignored" if again else "no validator" if answer else "—",
        robots=_robots({issue.message for issue in run.issues}),
        message=wrong[0].message if wrong else "" if answer else "no answer",
    )


def _robots(messages: set[str]) -> Literal["allowed", "forbidden", "unknown"]:
    if any(message.startswith(manners.NO_ROBOTS) for message in messages):
        return "unknown"
    return "forbidden" if trouble.ROBOTS in messages else "allowed"


def _covers(kind: type[SourceSpider], answer: Fetched | None) -> Span | None:
    try:
        return covers(entries(kind, answer)) if answer else None
    except DocketwireError:
        return None  # the run has said what is wrong with it
