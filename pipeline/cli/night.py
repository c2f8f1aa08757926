"""The night, whole and stage by stage."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import click

from pipeline import terminal
from pipeline.cli.reading import explain_document, summarize_files
from pipeline.cli.site import free_port, show_site
from pipeline.cli.wiring import (
    Command,
    all_sources,
    check_court,
    console,
    crawl_sources,
    errors,
    holding,
    load_cases,
    load_subject,
    load_summarizer,
    now,
    read_settings,
    report,
    report_runs,
    working,
)
from pipeline.errors import ReadError, SourceError
from pipeline.model import Kind, Level, Outcome, Run, Source
from pipeline.settings import DEMO, Settings

if TYPE_CHECKING:
    from pipeline.registry import Registry
    from pipeline.store import Purpose


# ---------------------------------------------------------------------------------------------- the night


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
def crawl(names: tuple[str, ...]) -> None:
    """Fetch what is new from all sources, or from those named, into the spool."""
    settings = read_settings()
    sources = all_sources(demo=False)
    with working(settings) as store, terminal.progress(console) as progress:
        store.sync_sources(sources)
        runs = crawl_sources(
            settings, names or [source.id for source in sources], store, load_cases(), progress=progress
        )
        store.put_runs(runs)
    report_runs(runs)
    exit_for(runs)


@click.command(cls=Command)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--source", default="local", show_default=True, help="Source the files are filed under.")
@click.option("--url", help="Address the file was fetched from (one file).")
@click.option("--court", help="courts-db id, for a court's feed handed in as a file.")
@click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="What the files are; else read from them.")
def ingest(files: tuple[Path, ...], source: str, url: str | None, court: str | None, kind: str | None) -> None:
    """Read the spool into the database, or FILES (.html .pdf .txt .md .xml .warc .warc.gz) as if crawled."""
    from pipeline import stages
    from pipeline.handed_in import LOCAL, hand_in

    if url and len(files) != 1:
        raise click.UsageError("--url goes with exactly one FILE")
    if url and not _has_host(url):
        raise click.BadParameter(f"{url!r} is no address with a host", param_hint="--url")
    settings = read_settings()
    wrong: list[ReadError] = []
    registry, subject = load_cases(), load_subject()
    if court:
        check_court(registry, court)
    with working(settings) as store:
        store.sync_sources([*all_sources(demo=False), LOCAL])
        spools = []
        for path in files:
            try:
                chosen = Kind(kind) if kind else None
                spools.append(hand_in(path, settings, source=source, url=url, court=court, kind=chosen, now=now()))
            except ReadError as unreadable:
                wrong.append(unreadable)
        with terminal.progress(console) as progress:
            todo = spools if files else stages.spooled(settings)
            obey = settings.reservations == "obey"
            done = stages.ingest(
                store, registry, todo, subject=subject, again=bool(files), obey=obey, progress=progress
            )
        kept = store.unpublished([path.name for path in spools])
    counts = dict(done.counts)
    counts["problems"] += len(wrong)
    console.print(replace(done, counts=counts).line(), highlight=False)
    report(done.issues)
    for row in kept:
        console.print(f"{row['title']}: {_not_shown(row)}", markup=False, highlight=False)
    for refused in wrong:
        errors.print(f"docketwire: {refused}", style="red", markup=False, highlight=False)
    if wrong or any(issue.level is Level.ERROR for issue in done.issues):
        sys.exit(3)


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False


def _not_shown(row: Mapping[str, str]) -> str:
    if row["kind"] == Kind.FILING:
        return "kept, not published: it stands in no docket of a case file; docketwire case new writes one"
    why = "unsure whether it is ours" if row["verdict"] == "unsure" else "it does not seem ours"
    return f"kept, not published: {why}; docketwire review accept {row['id']} --reason … shows it"


@click.command(cls=Command)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print of FILES one JSON object a line; else text.")
@click.option("--words", type=click.IntRange(20, 1000), help="Length of a summary.")
@click.option("--length", type=click.Choice(["line", "short", "long"]), help="Print of FILES this alone.")
@click.option(
    "--model", help="extractive (default), lead, or a model that writes text: a folder, or owner/name on the hub."
)
@click.option("--explain", "explained", metavar="ID", help="Print why each sentence of a document is chosen or not.")
def summarize(
    files: tuple[Path, ...],
    words: int | None,
    length: Literal["line", "short", "long"] | None,
    model: str | None,
    explained: str | None,
    *,
    as_json: bool,
) -> None:
    """Summarize what is new or changed; or FILES, touching no database."""
    from pipeline import stages

    settings = read_settings()
    summarizer = load_summarizer(settings, model=model, words=words)
    if explained:
        if files or as_json:
            raise click.UsageError("--explain goes with neither FILES nor --json")
        explain_document(settings, explained, summarizer)
        return
    if files:
        sys.exit(summarize_files(files, summarizer, as_json=as_json, length=length))
    if as_json or length:
        raise click.UsageError("--json and --length go with FILES")
    with working(settings) as store, terminal.progress(console) as progress:
        done = stages.summarize(store, summarizer, progress=progress)
    console.print(done.line(), highlight=False)


@click.command(cls=Command)
@click.option(
    "--gate", "gated", is_flag=True, help="Refuse a publication that has lost or flooded something (nightly does)."
)
def publish(*, gated: bool) -> None:
    """Build the public database, feeds and calendars, and put them in the place of the last publication."""
    from pipeline import stages

    settings = read_settings()
    with holding(settings) as store, terminal.progress(console) as progress:
        done = stages.publish(store, settings, now=now(), gated=gated, progress=progress)
    console.print(done.line(), highlight=False)
    report(done.issues)


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
def nightly(names: tuple[str, ...]) -> None:
    """The whole job on the live sources: crawl, ingest, summarize, publish, send the digest.

    Exit code 3 when a source failed or a reader was not reached.
    """
    settings = read_settings()
    live = {source.id: source for source in all_sources(demo=False)}
    for name in names:
        if name not in live:
            raise SourceError(name, "is no live source", "docketwire source list shows them all")
    chosen = [live[name] for name in names or live]
    runs, told = night(settings, load_cases(), chosen)
    report(told.issues)
    exit_for(runs)
    if told.issues:
        sys.exit(3)


def night(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    *,
    purpose: Purpose = "live",
    demo_url: str | None = None,
) -> tuple[list[Run], Outcome]:
    from pipeline import stages

    with working(settings, purpose=purpose) as store, terminal.progress(console) as progress:
        runs, told = stages.nightly(
            store,
            registry,
            settings,
            crawl=lambda store: crawl_sources(
                settings, [source.id for source in sources], store, registry, progress=progress, demo_url=demo_url
            ),
            subject=load_subject(),
            summarizer=load_summarizer(settings),
            sources=sources,
            clock=now,
            progress=progress,
        )
    report_runs(runs)
    if told.counts:
        console.print(told.line(), highlight=False)
    return runs, told


def exit_for(runs: Sequence[Run]) -> None:
    from pipeline.stages import failed

    bad = failed(runs)
    if bad:
        errors.print(
            f"{len(bad)} of {len(runs)} sources failed: {', '.join(run.source for run in bad)}", highlight=False
        )
        sys.exit(3)


@click.command(cls=Command)
@click.option("--at", default="04:10", show_default=True, help="Local time, HH:MM.")
def schedule(at: str) -> None:
    """Print a systemd timer and a cron line for the nightly job."""
    from pipeline.schedule import cron, systemd

    program = shutil.which("docketwire") or sys.argv[0]
    folder = read_settings().data.resolve()
    try:
        hour, minute = (int(part) for part in at.split(":"))
        datetime(2000, 1, 1, hour, minute)  # noqa: DTZ001 - only checks the numbers
    except ValueError as error:
        raise click.BadParameter(f"{at!r} is not HH:MM", param_hint="--at") from error
    click.echo(systemd(program, folder, hour, minute))
    click.echo(cron(program, folder, hour, minute))


@click.command(cls=Command)
@click.option("--serve/--no-serve", "show", default=True, help="Serve the site when done.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
def demo(port: int, *, show: bool) -> None:
    """The whole job on the bundled, invented web, in a folder of its own; then serve the site."""
    from crawlers.replay import serve as replay

    given = click.get_current_context().obj or os.environ.get("DOCKETWIRE_DATA")
    settings = read_settings()
    if not given:
        # Our own scratch folder: every demonstration starts from nothing.
        settings = replace(settings, data=settings.data / "demo-run")
        shutil.rmtree(settings.data, ignore_errors=True)
    settings = replace(settings, site=f"http://127.0.0.1:{port}")
    sources = all_sources(demo=True)
    with replay(DEMO / "web", free_port("127.0.0.1", 8765)) as web:
        runs, _ = night(settings, load_cases(DEMO / "cases"), sources, purpose="demo", demo_url=web.url)
        unexpected = [r.source for r in runs if (r.health in {"failing", "blocked"}) != (r.source == "demo_silent")]
        if unexpected:
            errors.print(f"not as the demonstration should go: {', '.join(unexpected)}", style="red", highlight=False)
            sys.exit(3)
        console.print("demo_silent is dead on purpose: see the sources page", highlight=False)
        if show:
            show_site(settings, "127.0.0.1", port)
        else:
            console.print(f"{sys.argv[0]} --data {settings.data} serve shows the site", markup=False, highlight=False)
