"""The command line: where the rooms meet. Wiring only; what happens stands in `pipeline.stages`.

Exit codes: 0 all is well; 1 the command failed; 2 wrong usage; 3 it finished, but some source or file gave nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console

from pipeline import __version__, terminal
from pipeline.errors import BusyError, DocketwireError, ReadError
from pipeline.model import Document, Issue, Kind, Level, Run, Source, Summarizer
from pipeline.settings import CASES, DEMO, Settings, load_settings

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
            _fail(error)
        except KeyboardInterrupt:
            errors.print("stopped; everything already ingested is safe")
            sys.exit(130)


def _fail(error: DocketwireError) -> NoReturn:
    errors.print(f"docketwire: {error}", style="red", markup=False, highlight=False)
    sys.exit(1)


def _settings() -> Settings:
    return load_settings(click.get_current_context().obj)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def _working(settings: Settings, *, purpose: Purpose = "live") -> Iterator[Store]:
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
    except OSError as error:
        raise BusyError(
            settings.data, f"cannot be written: {error.strerror}", "check the folder’s permissions"
        ) from error
    try:
        with Store(settings.database, purpose=purpose) as store:
            yield store
    finally:
        lock.release()


def _registry(folder: Path = CASES) -> Registry:
    from pipeline.registry import load_registry

    return load_registry(folder)


def _crawl(
    settings: Settings, names: Sequence[str], store: Store, *, progress: Any, demo_url: str | None = None
) -> list[Run]:
    from crawlers.run import crawl

    return crawl(
        names,
        spool=settings.spool,
        ledger=store.ledger(),
        started=_now(),
        user_agent=f"docketwire/{__version__} (+{settings.contact})",
        demo_url=demo_url,
        progress=progress,
    )


def _summarizer(settings: Settings, *, model: str | None = None, words: int | None = None) -> Summarizer:
    from summarize import load

    return load(model or settings.summarizer, words=words or settings.words)


def _sources(*, demo: bool) -> list[Source]:
    from crawlers.run import sources

    return [source for source in sources() if source.demo is demo]


def _report(issues: Iterable[Issue]) -> None:
    for issue in issues:
        if issue.level is not Level.NOTE:
            errors.print(
                f"{issue.level}: {issue.source}: {issue.place}: {issue.message}", markup=False, highlight=False
            )


def _report_runs(runs: Sequence[Run]) -> None:
    for run in runs:
        counts = f"{run.entries:>4} entries {run.pages:>4} fetched {run.not_modified:>4} unchanged"
        console.print(f"{run.source:<24} {run.health:<8} {counts}", markup=False, highlight=False)
        _report(run.issues)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="docketwire")
def main() -> None:
    """AI-copyright litigation, read every night.

    Crawls courts, agencies and the press, reads what arrives, summarizes it with sentences of its own, and publishes a
    site, feeds and a calendar.
    """


# ---------------------------------------------------------------------------------------------- the night


@main.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
def crawl(names: tuple[str, ...]) -> None:
    """Fetch what is new from all sources, or from those named, into the spool."""
    settings = _settings()
    sources = _sources(demo=False)
    with _working(settings) as store, terminal.progress(console) as progress:
        store.sync_sources(sources)
        runs = _crawl(settings, names or [source.id for source in sources], store, progress=progress)
        store.put_runs(runs)
    _report_runs(runs)
    _exit_for(runs)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--source", default="local", show_default=True, help="Source the files are filed under.")
@click.option("--url", help="Address the file was fetched from (one file).")
@click.option("--court", help="courts-db id, for a court's feed handed in as a file.")
@click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="What the files are; else read from them.")
def ingest(files: tuple[Path, ...], source: str, url: str | None, court: str | None, kind: str | None) -> None:
    """Read the spool into the database, or FILES (.html .pdf .txt .md .xml .warc .warc.gz) as if crawled."""
    from pipeline import stages

    if url and len(files) != 1:
        raise click.UsageError("--url goes with exactly one FILE")
    settings = _settings()
    wrong: list[ReadError] = []
    with _working(settings) as store:
        registry = _registry()
        store.sync_sources([*_sources(demo=False), stages.LOCAL])
        spools = []
        for path in files:
            try:
                chosen = Kind(kind) if kind else None
                spools.append(
                    stages.hand_in(path, settings, source=source, url=url, court=court, kind=chosen, now=_now())
                )
            except ReadError as unreadable:
                wrong.append(unreadable)
        with terminal.progress(console) as progress:
            done = stages.ingest(store, registry, spools if files else stages.spooled(settings), progress=progress)
    console.print(done.line(), highlight=False)
    _report(done.issues)
    for refused in wrong:
        errors.print(f"docketwire: {refused}", style="red", markup=False, highlight=False)
    if wrong or any(issue.level is Level.ERROR for issue in done.issues):
        sys.exit(1)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Summarize FILES alone and print one JSON object a line.")
@click.option("--words", type=click.IntRange(20, 1000), help="Length of a summary.")
@click.option("--model", help="extractive (default) or lead.")
def summarize(files: tuple[Path, ...], words: int | None, model: str | None, *, as_json: bool) -> None:
    """Summarize what is new or changed; or FILES, touching no database."""
    from pipeline import describe, stages

    settings = _settings()
    summarizer = _summarizer(settings, model=model, words=words)
    if not files:
        if as_json:
            raise click.UsageError("--json goes with FILES")
        with _working(settings) as store, terminal.progress(console) as progress:
            done = stages.summarize(store, summarizer, progress=progress)
        console.print(done.line(), highlight=False)
        return
    wrong = 0
    for path, found in _read_all(files, kind=None):
        if isinstance(found, DocketwireError):
            wrong += 1
            click.echo(json.dumps(describe.failure(str(path), str(found)), ensure_ascii=False))
        else:
            [made] = summarizer.summarize([found])
            click.echo(json.dumps(describe.summary(str(path), found, made), ensure_ascii=False))
    sys.exit(3 if wrong else 0)


@main.command()
def publish() -> None:
    """Build the public database, feeds and calendars, and put them in the place of the last publication."""
    from pipeline import stages

    settings = _settings()
    if not settings.database.exists():
        raise ReadError(settings.database, "does not exist", "run docketwire ingest first")
    with _working(settings) as store, terminal.progress(console) as progress:
        done = stages.publish(store, settings, now=_now(), progress=progress)
    console.print(done.line(), highlight=False)


@main.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
def nightly(names: tuple[str, ...]) -> None:
    """The whole job on the live sources: crawl, ingest, summarize, publish. Exit code 3 when a source failed."""
    settings = _settings()
    chosen = [source for source in _sources(demo=False) if not names or source.id in names]
    runs = _night(settings, _registry(), chosen)
    _exit_for(runs)


def _night(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    *,
    purpose: Purpose = "live",
    demo_url: str | None = None,
) -> list[Run]:
    from pipeline import stages

    with _working(settings, purpose=purpose) as store, terminal.progress(console) as progress:
        runs = stages.nightly(
            store,
            registry,
            settings,
            crawl=lambda store: _crawl(
                settings, [source.id for source in sources], store, progress=progress, demo_url=demo_url
            ),
            summarizer=_summarizer(settings),
            sources=sources,
            now=_now(),
            progress=progress,
        )
    _report_runs(runs)
    return runs


def _exit_for(runs: Sequence[Run]) -> None:
    from pipeline.stages import failed

    bad = failed(runs)
    if bad:
        errors.print(
            f"{len(bad)} of {len(runs)} sources failed: {', '.join(run.source for run in bad)}", highlight=False
        )
        sys.exit(3)


@main.command()
@click.option("--at", default="04:10", show_default=True, help="Local time, HH:MM.")
def schedule(at: str) -> None:
    """Print a systemd timer and a cron line for the nightly job."""
    from pipeline.schedule import cron, systemd

    program = shutil.which("docketwire") or sys.argv[0]
    folder = _settings().data.resolve()
    try:
        hour, minute = (int(part) for part in at.split(":"))
        datetime(2000, 1, 1, hour, minute)  # noqa: DTZ001 - only checks the numbers
    except ValueError as error:
        raise click.BadParameter(f"{at!r} is not HH:MM", param_hint="--at") from error
    click.echo(systemd(program, folder, hour, minute))
    click.echo(cron(program, folder, hour, minute))


# ---------------------------------------------------------------------------------------------- reading


@main.command(name="read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; else the text.")
@click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="What the files are; else read from them.")
def read_files(files: tuple[Path, ...], kind: str | None, *, as_json: bool) -> None:
    """Print what the readers make of FILES. Touches no database."""
    from pipeline import describe
    from pipeline.refine.match import match
    from pipeline.refine.relevance import relevance

    registry = _registry()
    wrong = 0
    for path, found in _read_all(files, kind=Kind(kind) if kind else None):
        if isinstance(found, DocketwireError):
            wrong += 1
            if as_json:
                click.echo(json.dumps(describe.failure(str(path), str(found)), ensure_ascii=False))
            else:
                errors.print(f"docketwire: {found}", style="red", markup=False, highlight=False)
            continue
        if not as_json:
            click.echo(found.text)
            continue
        links = match(found, registry)
        document = replace(found, relevance=relevance(found.title, found.text, links=links))
        matters = {m.slug: None for link in links if (m := registry.matter_of(link.docket))}
        click.echo(json.dumps(describe.reading(str(path), document, links, list(matters)), ensure_ascii=False))
    sys.exit(3 if wrong else 0)


def _read_all(files: Iterable[Path], *, kind: Kind | None) -> Iterator[tuple[Path, Document | DocketwireError]]:
    from pipeline import stages
    from pipeline.refine import read

    for path in files:
        try:
            fetched = stages.fetched_from(path, source="local", url=None, court=None, kind=kind, now=_now())
            yield path, read(fetched)
        except DocketwireError as error:
            yield path, ReadError(path, error.what, error.remedy)


# ---------------------------------------------------------------------------------------------- the site


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Show the published site. A later publication is picked up by itself."""
    settings = _settings()
    if not settings.public.exists():
        raise ReadError(settings.public, "has no publication yet", "run docketwire nightly or docketwire publish")
    _serve(settings, host, port)


def _serve(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from pipeline.publish.site.app import application

    free = _free_port(host, port)
    if free != port:
        errors.print(f"port {port} is busy; using {free}", style="yellow", highlight=False)
    console.print(f"the site is at http://{host}:{free}/ (Ctrl-C stops it)", highlight=False)
    uvicorn.run(application(settings.public), host=host, port=free, log_level="warning")


def _free_port(host: str, port: int) -> int:
    for candidate in range(port, min(port + 50, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except PermissionError as error:
                raise DocketwireError(
                    f"{host}:{candidate}", "may not be opened", "choose a --port above 1023"
                ) from error
            except OSError:
                continue
            return candidate
    raise DocketwireError(f"{host}:{port}", "is busy, and so are the next 49 ports", "choose another --port")


@main.command()
@click.option("--serve/--no-serve", "show", default=True, help="Serve the site when done.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
def demo(port: int, *, show: bool) -> None:
    """The whole job on the bundled, invented web, in a folder of its own; then serve the site."""
    from crawlers.replay import serve as replay

    given = click.get_current_context().obj or os.environ.get("DOCKETWIRE_DATA")
    settings = _settings()
    if not given:
        # Our own scratch folder: every demonstration starts from nothing.
        settings = replace(settings, data=settings.data / "demo-run")
        shutil.rmtree(settings.data, ignore_errors=True)
    settings = replace(settings, site=f"http://127.0.0.1:{port}")
    sources = _sources(demo=True)
    with replay(DEMO / "web", _free_port("127.0.0.1", 8765)) as web:
        runs = _night(settings, _registry(DEMO / "cases"), sources, purpose="demo", demo_url=web.url)
        unexpected = [r.source for r in runs if (r.health in {"failing", "blocked"}) != (r.source == "demo_silent")]
        if unexpected:
            errors.print(f"not as the demonstration should go: {', '.join(unexpected)}", style="red", highlight=False)
            sys.exit(3)
        console.print("demo_silent is dead on purpose: see the sources page", highlight=False)
        if show:
            _serve(settings, "127.0.0.1", port)


# ---------------------------------------------------------------------------------------------- curating


@main.group(cls=Commands)
def source() -> None:
    """Where we collect from."""


@source.command(name="list")
def source_list() -> None:
    """All live sources."""
    for item in _sources(demo=False):
        seen = f"seen {item.verified}" if item.verified else "not yet verified"
        console.print(f"{item.id:<24} {item.method:<12} {seen:<18} {item.url}", markup=False, highlight=False)


@main.group(cls=Commands)
def case() -> None:
    """The registry of matters and dockets."""


@case.command(name="check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def case_check(folder: Path | None) -> None:
    """Read all case files; the first wrong one is named with its line and key."""
    registry = _registry(folder or CASES)
    dockets = sum(len(matter.dockets) for matter in registry.matters)
    console.print(f"{len(registry.matters)} matters, {dockets} dockets: all well", highlight=False)
