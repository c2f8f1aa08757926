"""What a person sees while a stage works: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from pipeline.model import Progress


@contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """A `Progress` that draws on the console: a bar a stage, or a line when a stage ends."""
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def draw(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield draw


def _lines(console: Console) -> Progress:
    said: set[str] = set()

    def say(what: str, done: int, total: int | None) -> None:
        if total is not None and done == total:
            console.print(f"{what}: {done} of {total}", highlight=False)
        elif what not in said:
            console.print(f"{what} …", highlight=False)
        said.add(what)

    return say
