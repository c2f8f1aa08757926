"""Files read and summarized for whoever asks. No database is touched."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.wiring import Command, errors, load_cases, now
from pipeline.errors import DocketwireError, ReadError
from pipeline.model import Document, Kind, Summarizer


@click.command(cls=Command, name="read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; else the text.")
@click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="What the files are; else read from them.")
def read_files(files: tuple[Path, ...], kind: str | None, *, as_json: bool) -> None:
    """Print what the readers make of FILES. Touches no database."""
    from pipeline import describe, stages
    from pipeline.refine.match import match

    registry = load_cases()
    wrong = 0
    for path, found in read_all(files, kind=Kind(kind) if kind else None):
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
        document = replace(found, relevance=stages.judge(found, registry, links))
        matters = {m.slug: None for link in links if (m := registry.matter_of(link.docket))}
        click.echo(json.dumps(describe.reading(str(path), document, links, list(matters)), ensure_ascii=False))
    sys.exit(3 if wrong else 0)


def read_all(files: Iterable[Path], *, kind: Kind | None) -> Iterator[tuple[Path, Document | DocketwireError]]:
    from pipeline import stages
    from pipeline.refine import read

    for path in files:
        try:
            fetched = stages.fetched_from(path, source="local", url=None, court=None, kind=kind, now=now())
            yield path, read(fetched)
        except DocketwireError as error:
            yield path, ReadError(path, error.what, error.remedy)


def summarize_files(files: Iterable[Path], summarizer: Summarizer) -> int:
    """Print the summary of each file as one JSON object a line. Returns the exit code: 3 when one could not be read."""
    from pipeline import describe

    wrong = 0
    for path, found in read_all(files, kind=None):
        if isinstance(found, DocketwireError):
            wrong += 1
            click.echo(json.dumps(describe.failure(str(path), str(found)), ensure_ascii=False))
        else:
            [made] = summarizer.summarize([found])
            click.echo(json.dumps(describe.summary(str(path), found, made), ensure_ascii=False))
    return 3 if wrong else 0
