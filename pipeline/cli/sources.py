"""Where we collect from."""

from __future__ import annotations

import click

from pipeline.cli.wiring import Commands, all_sources, console


@click.group(cls=Commands)
def source() -> None:
    """Where we collect from."""


@source.command(name="list")
def source_list() -> None:
    """All live sources."""
    for item in all_sources(demo=False):
        seen = f"seen {item.verified}" if item.verified else "not yet verified"
        console.print(f"{item.id:<24} {item.method:<12} {seen:<18} {item.url}", markup=False, highlight=False)
