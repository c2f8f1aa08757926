"""Where we collect from."""

from __future__ import annotations

import sys

import click

from pipeline import terminal
from pipeline.cli.wiring import Commands, all_sources, console, now, read_settings, user_agent


@click.group(cls=Commands)
def source() -> None:
    """Where we collect from."""


@source.command(name="list")
def source_list() -> None:
    """All live sources, and how each is doing by its last runs."""
    from pipeline.publish.site.health import condition
    from pipeline.store import Store

    settings = read_settings()
    standings = {}
    if settings.database.exists():
        with Store(settings.database) as store:
            standings = {row["id"]: row for row in store.standings()}
    for item in all_sources(demo=False):
        row = standings.get(item.id, {"state": "never run", "last_run": None, "last_success": None, "last_new": None})
        found = condition(row, now())
        fact = "" if row.get("entries") is None else f"{row['entries']}/{item.at_least} entries"
        gaps = f" {row['gaps']} gaps." if row.get("gaps") else ""
        why = f" {row['message']}" if row.get("message") else ""
        line = f"{item.id:<24} {item.method:<12} {found.word:<13} {fact:<14} {found.sentence}{gaps}{why}"
        console.print(line, markup=False, highlight=False)


@source.command(name="check")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def source_check(names: tuple[str, ...]) -> None:
    """Ask all live sources, or those named, for their own address alone, and say what came. Exit code 3: one is unwell.

    Window: the dates of the oldest and newest entry. Conditional: whether a source says “304 not modified”.
    """
    from crawlers.check import check

    settings = read_settings()
    wanted = names or tuple(item.id for item in all_sources(demo=False))
    with terminal.progress(console) as progress:
        found = check(wanted, user_agent=user_agent(settings), at=now(), progress=progress)
    row = "{:<24} {:<8} {:>6} {:<37} {:<13} {:<10} {}"
    console.print(row.format("source", "status", "items", "window", "conditional", "robots", "").rstrip(), markup=False)
    for one in found:
        window = f"{one.covers.start:%Y-%m-%d %H:%M} – {one.covers.end:%Y-%m-%d %H:%M}" if one.covers else "—"
        statuses = " ".join(map(str, one.statuses)) or "—"
        line = row.format(one.source, statuses, one.entries, window, one.conditional, one.robots, one.message)
        console.print(line.rstrip(), markup=False, highlight=False)
    if not all(one.well for one in found):
        sys.exit(3)
