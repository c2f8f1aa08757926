"""The registry of matters and dockets."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.wiring import (
    Command,
    Commands,
    check_court,
    console,
    errors,
    holding,
    load_cases,
    now,
    read_settings,
    report,
)
from pipeline.errors import RegistryError
from pipeline.model import Candidate, silent
from pipeline.settings import CASES, Settings

if TYPE_CHECKING:
    from pipeline.registry import Registry
    from pipeline.store import Store

_cases = click.option(
    "--cases", type=click.Path(path_type=Path), default=CASES, help="Folder of case files.", metavar="FOLDER"
)


@click.group(cls=Commands)
def case() -> None:
    """The registry of matters and dockets."""


@case.command(name="check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def case_check(folder: Path | None) -> None:
    """Read all case files; the first wrong one is named with its line and key."""
    registry = load_cases(folder or CASES)
    dockets = sum(len(matter.dockets) for matter in registry.matters)
    console.print(f"{len(registry.matters)} matters, {dockets} dockets: all well", highlight=False)


@case.command(name="show")
@click.argument("slug", metavar="SLUG|DOCKET")
@_cases
def case_show(slug: str, cases: Path) -> None:
    """Print what the registry knows of a matter, by its slug or by any spelling of a docket number."""
    from pipeline.describe import matter_lines

    registry = load_cases(cases)
    matter = registry.matter(slug)
    for mention in () if matter else registry.resolve(slug):
        matter = matter or registry.matter_of(mention.docket)
    if matter is None:
        raise RegistryError(slug, "neither a matter nor one of their dockets", f"matters are the files in {cases}")
    click.echo("\n".join(matter_lines(matter)))


@case.command(name="new")
@click.argument("slug")
@click.option("--caption", required=True, help="As the court captions it.")
@click.option("--court", required=True, help="courts-db id of the court, as in CourtListener's addresses.")
@click.option("--number", required=True, help="Docket number, in any spelling of that court.")
@click.option("--evidence", required=True, multiple=True, help="Where these facts were seen; may be repeated.")
@click.option("--judge", multiple=True, help="District judge first; may be repeated.")
@click.option("--plaintiff", multiple=True)
@click.option("--defendant", multiple=True, help="With the names the press uses.")
@click.option("--filed", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--url", help="Public docket page.")
@_cases
def case_new(slug: str, cases: Path, **facts: object) -> None:
    """Write a new case file, dated today. It is read back before it stands."""
    from pipeline.case_file import write_case

    filed = facts.pop("filed")
    day = filed.date() if hasattr(filed, "date") else None
    click.echo(write_case(cases, slug, checked=now().date(), filed=day, **facts))  # type: ignore[arg-type]


@case.command(name="resolve")
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...|-")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a text, in order; else one docket key a line.")
@click.option("--court", help="courts-db id of the court whose words these are.")
@_cases
def case_resolve(texts: tuple[str, ...], court: str | None, cases: Path, *, as_json: bool) -> None:
    """Print the dockets that each TEXT names, with their spans; `-` reads one text a line from standard input."""
    registry = load_cases(cases)
    if court:
        check_court(registry, court)
    lines: Iterable[str] = (line.rstrip("\r\n") for line in sys.stdin) if texts == ("-",) else texts
    for text in lines:
        found = registry.resolve(text, court)
        if as_json:
            dockets = [{"key": m.docket, "start": m.start, "end": m.end, "text": m.text} for m in found]
            click.echo(json.dumps({"text": text, "dockets": dockets}, ensure_ascii=False))
        else:
            for mention in found:
                click.echo(f"{mention.docket}\t{mention.start}-{mention.end}\t{mention.text}")
            if not found:
                errors.print(f"{text}: names no docket", markup=False, highlight=False)


# ---------------------------------------------------------------------------------------------- candidates


@case.group(name="review", cls=Commands, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Those decided on as well.")
@click.pass_context
def review(ctx: click.Context, *, everything: bool) -> None:
    """Dockets nobody follows yet that look like ours: list them, or accept, reject or merge one."""
    if ctx.invoked_subcommand:
        return
    registry = load_cases()
    with holding(read_settings(), purpose=None) as store:
        found = store.candidates(state=None if everything else "open")
    found = [each for each in found if each.state != "open" or registry.docket(each.docket) is None]
    for each in found:
        state = each.state if each.note is None else f"{each.state}: {each.note}"
        lines = (f"{each.docket}  {each.caption or ''}", f"  {state}", f"  {each.reason}", f"  “{each.evidence}”")
        click.echo("\n".join((*lines, f"  {each.source}, {each.seen:%Y-%m-%d} {each.url or ''}".rstrip())))
    if not found:
        console.print("no candidates", highlight=False)


@review.command(name="accept")
@click.argument("docket")
@click.argument("slug")
@click.option("--caption", help="Else the candidate's.")
@_cases
def review_accept(docket: str, slug: str, caption: str | None, cases: Path) -> None:
    """Follow DOCKET: a new case file SLUG with what is known of it."""
    from pipeline.case_file import write_case

    with holding(read_settings()) as store:
        candidate = _candidate(store, docket)
        court, _, number = docket.partition(":")
        sheet = next((sheet for sheet in store.sheets() if sheet.docket == docket), None)
        path = write_case(
            cases,
            slug,
            caption=caption or candidate.caption or docket,
            court=court,
            number=sheet.number if sheet else number,
            evidence=[f"{candidate.source}, {candidate.seen:%Y-%m-%d}: {candidate.evidence}"],
            judge=sheet.judges if sheet else (),
            filed=sheet.filed if sheet else None,
            url=sheet.url if sheet else None,
            checked=now().date(),
        )
        store.decide_candidate(docket, "accepted", slug)
    click.echo(path)


@review.command(name="reject")
@click.argument("docket")
@click.option("--reason", required=True, help="Remembered: the docket is not brought up again.")
def review_reject(docket: str, reason: str) -> None:
    """DOCKET is not ours."""
    with holding(read_settings()) as store:
        _candidate(store, docket)
        store.decide_candidate(docket, "rejected", reason)


@review.command(name="merge")
@click.argument("docket")
@click.argument("slug")
@click.option("--role", type=click.Choice(["member", "related", "transferred", "remanded", "appeal"]), required=True)
@_cases
def review_merge(docket: str, slug: str, role: str, cases: Path) -> None:
    """DOCKET belongs to the matter SLUG."""
    from pipeline.case_file import add_docket

    with holding(read_settings()) as store:
        candidate = _candidate(store, docket)
        court, _, number = docket.partition(":")
        add_docket(cases / f"{slug}.toml", number=number, court=court, role=role, caption=candidate.caption)
        store.decide_candidate(docket, "merged", slug)


def _candidate(store: Store, docket: str) -> Candidate:
    candidate = store.candidate(docket)
    if candidate is None:
        raise RegistryError(docket, "no candidate", "docketwire case review lists them by docket key")
    return candidate


# ---------------------------------------------------------------------------------------------- audit


@click.command(cls=Command)
def audit() -> None:
    """Put the registry's facts beside what the dockets say, and name those that disagree.

    With a token CourtListener is asked first, for dockets not asked about in a week; else what was crawled decides.
    """
    from pipeline import stages

    settings, registry = read_settings(), load_cases()
    with holding(settings) as store:
        if settings.courtlistener_token:
            _ask_courtlistener(settings, store, registry)
        store.sync_registry(registry.matters, registry.courts())
        done = stages.audit(store, registry)
    console.print(done.line(), highlight=False)
    report(done.issues)


def _ask_courtlistener(settings: Settings, store: Store, registry: Registry) -> None:
    """Crawl the dockets' own facts and take them in. An answer that does not come leaves what was known."""
    from pipeline import stages
    from pipeline.cli.wiring import all_sources, crawl_sources, load_subject, report_runs

    store.sync_sources(all_sources(demo=False))
    runs = crawl_sources(settings, ["courtlistener_dockets"], store, registry, progress=silent)
    store.put_runs(runs)
    report_runs(runs)
    spools = [settings.spool / run.spool for run in runs if run.spool]
    stages.ingest(store, registry, spools, subject=load_subject())
