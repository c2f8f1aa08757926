"""What readers get beside the site: the digest, and the data as files."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.wiring import Command, console, errors, read_settings, working
from pipeline.errors import ReadError, SendError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.delivery import Period
    from pipeline.publish.items import Query


def _published(settings: Settings) -> Path:
    if not settings.public.exists():
        raise ReadError(settings.public, "has no publication yet", "run docketwire nightly or docketwire publish")
    return settings.public.resolve()


@click.command(cls=Command)
@click.argument("period", type=click.Choice(["daily", "weekly"]), default="daily")
@click.option("--as", "form", type=click.Choice(["text", "html", "eml"]), default="text", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day told. Default: a day or a week back.")
@click.option("--send", is_flag=True, help="Send it to mail_to and the webhook: to each, what it has not had yet.")
def digest(period: Period, form: str, since: datetime | None, *, send: bool) -> None:
    """Print what is new in the publication, ranked and capped; or send it."""
    from pipeline.delivery import one_click, recipients, told_so_far
    from pipeline.publish import database, mail
    from pipeline.publish.digest import page, text

    settings = read_settings()
    with database.reader(_published(settings)) as query:
        if send:
            sys.exit(_send(query, settings, period, since))
        told = told_so_far(query, settings, period, since=since.date().isoformat() if since else None)
    if form == "eml":
        recipient = next(iter(recipients(settings)), "reader@invalid")
        sender = settings.mail_from or f"digest@{settings.authority}"
        click.echo(
            mail.message(
                told, period=period, sender=sender, recipient=recipient, authority=settings.authority,
                unsubscribe=one_click(settings, recipient),
            ),
            nl=False,
        )  # fmt: skip
    else:
        click.echo(text(told) if form == "text" else page(told), nl=False)


def _send(query: Query, settings: Settings, period: Period, since: datetime | None) -> int:
    """Send to each place what it has not had yet. Returns the exit code."""
    from pipeline import delivery

    places = delivery.places(settings)
    if not places:
        raise SendError("docketwire.toml", "names nobody to send to", "set mail_to, or DOCKETWIRE_WEBHOOK")
    sent = failed = 0
    with working(settings) as store:
        given = since.date().isoformat() if since else None
        for place, trouble in delivery.send(store, settings, query, period, places, since=given):
            if trouble is None:
                sent += 1
            else:
                failed += 1
                errors.print(f"docketwire: {place}: {trouble}", style="red", markup=False, highlight=False)
    console.print(
        f"digest: {sent} sent, {failed} failed, {len(places) - sent - failed} with nothing new", highlight=False
    )
    return 3 if failed else 0


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--parquet", is_flag=True, help="Parquet beside CSV; needs docketwire[parquet].")
def export(folder: Path, *, parquet: bool) -> None:
    """Write the publication into FOLDER: one CSV file a table and a datapackage.json that describes them."""
    from pipeline.publish import database
    from pipeline.publish import export as files

    with database.reader(_published(read_settings())) as query:
        written = files.export(query, folder, parquet=parquet)
    console.print(f"export: {len(written)} files in {folder}", highlight=False)
