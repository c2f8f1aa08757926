"""The registry of matters and dockets."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.wiring import Commands, console, load_cases
from pipeline.settings import CASES


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
