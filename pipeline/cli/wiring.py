"""What all commands share: settings, the store behind its lock, errors in one line. Wiring only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console

from pipeline import __version__
from pipeline.errors import BusyError, DocketwireError, ReadError, RegistryError
from pipeline.model import Issue, Level, Progress, Run, Source, SubjectModel, Summarizer
from pipeline.settings import CASES, Settings, load_settings

if TYPE_CHECKING:
    from pipeline.registry import Registry
    from pipeline.store import Purpose, Store

# Heavy rooms (Scrapy, torch, Datasette, trafilatura) are imported inside the commands that enter them, so that
# `docketwire --help` answers at once.

console = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)


def _remember_data(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    ctx.obj = value or (ctx.parent.obj if ctx.parent else None)


def _data_option() -> click.Option:
    return click.Option(
        ["--data"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        callback=_remember_data,
        expose_value=False,
        is_eager=True,
        help="Working folder (spool, database, public site). Default: $DOCKETWIRE_DATA, else ./data.",
    )


class Command(click.Command):
    """Every command takes --data."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_data_option())


class Commands(click.Group):
    """A group takes --data too, and turns expected trouble into one line on standard error and exit code 1."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_data_option())

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DocketwireError as error:
            fail(error)
        except KeyboardInterrupt:
            errors.print("stopped; everything already ingested is safe")
            sys.exit(130)


def fail(error: DocketwireError) -> NoReturn:
    errors.print(f"docketwire: {error}", style="red", markup=False, highlight=False)
    sys.exit(1)


def read_settings() -> Settings:
    return load_settings(click.get_current_context().obj)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def working(settings: Settings, *, purpose: Purpose | None = "live") -> Iterator[Store]:
    """The store, with the working folder to ourselves. Raises `BusyError` when another docketwire holds it."""
    from filelock import FileLock, Timeout

    from pipeline.store import Store

    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.lock)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BusyError(
            settings.data, "another docketwire is at work here", "wait for it, or choose another --data"
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise BusyError(settings.data, "is a file, not a working folder", "choose another --data") from error
    except OSError as error:
        raise BusyError(
            settings.data, f"cannot be written: {error.strerror}", "check the folder’s permissions"
        ) from error
    try:
        with Store(settings.database, purpose=purpose) as store:
            yield store
    finally:
        lock.release()


@contextmanager
def holding(settings: Settings, *, purpose: Purpose | None = "live") -> Iterator[Store]:
    """The store of a working folder that has one: whoever asks what it holds makes none. Raises `ReadError`."""
    if not settings.database.exists():
        raise ReadError(settings.database, "does not exist", "check --data, or run docketwire ingest first")
    with working(settings, purpose=purpose) as store:
        yield store


def load_cases(folder: Path = CASES) -> Registry:
    from pipeline.registry import load_registry

    return load_registry(folder)


def check_court(registry: Registry, court: str) -> None:
    """Raises `RegistryError` for an id that no court has."""
    if court not in {known for known, _, _ in registry.courts()}:
        raise RegistryError(court, "unknown court", "use its courts-db id, as in CourtListener's addresses")


def user_agent(settings: Settings) -> str:
    """Who we are and whom to tell, for servers."""
    return f"docketwire/{__version__} (+{settings.contact})"


def crawl_sources(
    settings: Settings,
    names: Sequence[str],
    store: Store,
    registry: Registry,
    *,
    progress: Progress,
    demo_url: str | None = None,
) -> list[Run]:
    from crawlers.run import crawl
    from pipeline.refine.courtlistener import followed

    return crawl(
        names,
        spool=settings.spool,
        ledger=store.ledger(),
        started=now(),
        user_agent=user_agent(settings),
        demo_url=demo_url,
        followed=followed(docket for matter in registry.matters for docket in matter.dockets),
        token=settings.courtlistener_token,
        progress=progress,
    )


def load_summarizer(settings: Settings, *, model: str | None = None, words: int | None = None) -> Summarizer:
    from summarize import load

    onnx = settings.onnx if settings.encoder == "onnx" else None
    return load(model or settings.summarizer, words=words or settings.words, onnx=onnx)


def load_subject() -> SubjectModel:
    """What says whether news is ours; its model is loaded when the first article asks."""
    from summarize.subject import Subject

    return Subject()


def all_sources(*, demo: bool) -> list[Source]:
    from crawlers.run import sources

    return [source for source in sources() if source.demo is demo]


def report(issues: Iterable[Issue]) -> None:
    for issue in issues:
        if issue.level is not Level.NOTE:
            errors.print(
                f"{issue.level}: {issue.source}: {issue.place}: {issue.message}", markup=False, highlight=False
            )


def report_runs(runs: Sequence[Run]) -> None:
    for run in runs:
        counts = f"{run.entries:>4} entries {run.pages:>4} fetched {run.not_modified:>4} unchanged"
        console.print(f"{run.source:<24} {run.health:<8} {counts}", markup=False, highlight=False)
        report(run.issues)
