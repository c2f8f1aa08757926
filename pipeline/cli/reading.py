"""Files read, summarized and matched for whoever asks, touching no database; and the review of what was unsure."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pipeline.cli.wiring import (
    Command,
    Commands,
    console,
    errors,
    holding,
    load_cases,
    load_subject,
    now,
    read_settings,
)
from pipeline.errors import DocketwireError, ReadError
from pipeline.model import Document, Kind, Summarizer, When
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.refine.report import Line


@click.command(cls=Command, name="read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; else the text.")
@click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="What the files are; else read from them.")
def read_files(files: tuple[Path, ...], kind: str | None, *, as_json: bool) -> None:
    """Print what the readers make of FILES. Touches no database."""
    from pipeline import describe
    from pipeline.intake import judge
    from pipeline.refine.match import match

    registry, subject = load_cases(), load_subject() if as_json else None
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
        document = replace(found, relevance=judge(found, registry, links, subject=subject))
        matters = {m.slug: None for link in links if (m := registry.matter_of(link.docket))}
        click.echo(json.dumps(describe.reading(str(path), document, links, list(matters)), ensure_ascii=False))
    sys.exit(3 if wrong else 0)


def read_all(files: Iterable[Path], *, kind: Kind | None) -> Iterator[tuple[Path, Document | DocketwireError]]:
    from pipeline.handed_in import fetched_from
    from pipeline.refine import read

    for path in files:
        try:
            fetched = fetched_from(path, source="local", url=None, court=None, kind=kind, now=now())
            yield path, read(fetched)
        except DocketwireError as error:
            yield path, ReadError(path, error.what, error.remedy)


def summarize_files(
    files: Iterable[Path],
    summarizer: Summarizer,
    *,
    as_json: bool,
    length: Literal["line", "short", "long"] | None,
) -> int:
    """Print the summary of each file: one JSON object a line, or text: the headline and all of it, or one length alone.

    Returns the exit code: 3 when one could not be read.
    """
    from pipeline import describe

    wrong = 0
    for path, found in read_all(files, kind=None):
        if isinstance(found, DocketwireError):
            wrong += 1
            if as_json:
                click.echo(json.dumps(describe.failure(str(path), str(found)), ensure_ascii=False))
            else:
                errors.print(f"docketwire: {found}", style="red", markup=False, highlight=False)
            continue
        [made] = summarizer.summarize([found])
        told = describe.summary(str(path), found, made)
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(told[length] if length else f"{told['line']}\n\n{told['long']}\n")
    return 3 if wrong else 0


def explain_document(settings: Settings, document: str, summarizer: Summarizer) -> None:
    """Print the ranking of a document that we hold. Raises `ReadError` when we hold none of that id."""
    from summarize import explain

    with holding(settings, purpose=None) as store:
        found = store.document(document)
    if found is None:
        raise ReadError(document, "is no document we hold", "the last part of its page’s address is its id")
    click.echo(f"{found.id}  {found.title}\n{summarizer.name} {summarizer.revision} {summarizer.parameters}\n")
    for line in explain(found, summarizer):
        click.echo(line)


@click.command(cls=Command, name="match")
@click.argument("source", type=click.Choice(["-"]), metavar="-")
@click.option("--json", "as_json", is_flag=True, required=True, help="The answers are JSON lines too.")
def match_articles(source: str, *, as_json: bool) -> None:
    """Which docket entry does an article report? JSON lines on standard input, one article with its entries a line.

    {"id", "article": {"title", "lead", "published"}, "entries": [{"key", "number", "filed", "description"}]} is
    answered by {"id", "number", "score", "reasons"}; the number is null where no entry is sure. Touches no database.
    """
    del source, as_json  # the only form there is
    from pipeline import describe
    from pipeline.refine.report import find_report

    wrong = 0
    for place, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            entries = asked["entries"]
            report = find_report(*_question(asked["article"], entries))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            wrong += 1
            click.echo(json.dumps(describe.failure(f"line {place}", _why(error)), ensure_ascii=False))
            continue
        answer = {
            "id": asked.get("id"),
            "number": entries[int(report.entry)]["number"] if report else None,
            "score": report.score if report else 0.0,
            "reasons": list(report.reasons) if report else ["no entry is sure enough"],
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
    sys.exit(3 if wrong else 0)


def _why(error: Exception) -> str:
    """What is wrong with a line, for the one who wrote it."""
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg}, character {error.pos + 1}"
    if isinstance(error, KeyError):
        return f"has no {error.args[0]!r}; docketwire match --help shows the form"
    if isinstance(error, ValueError):
        return f"{error}; dates are written 2026-05-06 or 2026-05-06T09:00:00-04:00"
    return "is not of the form that docketwire match --help shows"


def _question(article: dict[str, Any], entries: list[dict[str, Any]]) -> tuple[Document, list[Line]]:
    """An article and entries as JSON has them → nouns; an entry's id is its place in the list."""
    from pipeline.model import DocketEntry, PageClass, Provenance
    from pipeline.refine.courts import zone
    from pipeline.refine.docket_text import entry_type
    from pipeline.refine.report import Line

    document = Document(
        id="",
        kind=Kind.NEWS,
        page_class=PageClass.ARTICLE,
        title=article["title"],
        text=article.get("lead") or "",
        provenance=Provenance("standard input", now(), "", ""),
        published=_when(article["published"], UTC),
    )
    lines = []
    for place, entry in enumerate(entries):
        key, words = str(entry["key"]), str(entry["description"] or "")
        filed = _when(entry["filed"], zone(key.partition(":")[0]))
        kind = entry_type(words.strip("[]"))
        lines.append(Line(DocketEntry(str(place), key, entry["number"], filed, kind, words)))
    return document, lines


def _when(text: str | None, zone: tzinfo) -> When | None:
    """A date, or a moment; one without a zone is meant in this one. Raises ValueError for anything else."""
    if not text:
        return None
    if len(text) == 10:
        return When.on(date.fromisoformat(text), zone)
    at = datetime.fromisoformat(text)
    return When(at if at.tzinfo else at.replace(tzinfo=zone))


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def review(ctx: click.Context) -> None:
    """News whose relevance is unsure, for a person to decide on. Without a command: the list."""
    if ctx.invoked_subcommand:
        return
    with holding(read_settings(), purpose=None) as store:
        waiting = store.awaiting_review()
    for row in waiting:
        click.echo(
            f"{row['id']}  {row['score']:.2f}  {row['title']}\n    {row['reasons']}\n    {row['url'] or ''}".rstrip()
        )
    console.print(f"{len(waiting)} waiting for a decision", highlight=False)


@review.command(name="accept")
@click.argument("document")
@click.option("--reason", required=True, help="Why it is ours.")
def review_accept(document: str, reason: str) -> None:
    """DOCUMENT is ours."""
    _decide(document, "ours", reason)


@review.command(name="reject")
@click.argument("document")
@click.option("--reason", required=True, help="Why it is not ours.")
def review_reject(document: str, reason: str) -> None:
    """DOCUMENT is not ours: it is no longer shown."""
    _decide(document, "not", reason)


def _decide(document: str, verdict: Literal["ours", "not"], reason: str) -> None:
    with holding(read_settings()) as store:
        found = store.document(document)
        if found is None or found.kind is Kind.FILING:
            raise ReadError(document, "is no news we hold", "docketwire review lists what waits")
        with store.transaction():
            store.put_decision(document, verdict, reason, at=now())
    console.print(f"{document}: {verdict}; the next publish shows it", highlight=False)
