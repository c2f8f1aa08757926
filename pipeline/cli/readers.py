"""What readers get beside the site: the digest, and the data as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.wiring import Command, console, errors, read_settings, working
from pipeline.errors import DocketwireError, ReadError, SendError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.publish.digest import Digest
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
def digest(period: str, form: str, since: datetime | None, *, send: bool) -> None:
    """Print what is new in the publication, ranked and capped; or send it."""
    from pipeline.publish import database, mail
    from pipeline.publish.digest import page, text

    settings = read_settings()
    with database.reader(_published(settings)) as query:
        if send:
            sys.exit(_send(query, settings, period, since))
        told = _compose(query, settings, period, since=since.date().isoformat() if since else None)
    if form == "eml":
        recipient = next(iter(_recipients(settings)), "reader@invalid")
        sender = settings.mail_from or f"digest@{settings.authority}"
        click.echo(
            mail.message(
                told, period=period, sender=sender, recipient=recipient, authority=settings.authority,
                unsubscribe=settings.unsubscribe,
            ),
            nl=False,
        )  # fmt: skip
    else:
        click.echo(text(told) if form == "text" else page(told), nl=False)


def _compose(query: Query, settings: Settings, period: str, *, since: str | None) -> Digest:
    """What came up to the publication, since a moment or, failing that, for a day or a week."""
    from pipeline.publish.digest import digest as compose
    from pipeline.publish.digest import title_of

    [built] = [row["value"] for row in query("SELECT value FROM about WHERE key = 'built'", {})]
    until = datetime.fromisoformat(built)
    start = since or (until - timedelta(days=1 if period == "daily" else 7)).isoformat()
    title = title_of("daily", until.date()) if period == "daily" else f"The week to {title_of('daily', until.date())}"
    return compose(query, since=start, until=built, title=title, site=settings.site)


def _recipients(settings: Settings) -> list[str]:
    return [address.strip() for address in settings.mail_to.split(",") if address.strip()]


def _send(query: Query, settings: Settings, period: str, since: datetime | None) -> int:
    """Send to each place what it has not had yet, and remember it for each that took it. Returns the exit code."""
    places = [f"mailto:{address}" for address in _recipients(settings)] + ["webhook"] * bool(settings.webhook)
    if not places:
        raise SendError("docketwire.toml", "names nobody to send to", "set mail_to, or DOCKETWIRE_WEBHOOK")
    with working(settings) as store:
        starts = {place: store.meta(f"digest {period} {place}") for place in places}
        given = since.date().isoformat() if since else None
        told = {place: _compose(query, settings, period, since=given or starts[place]) for place in places}
        sent = failed = 0
        for place, trouble in _deliver({p: d for p, d in told.items() if not d.empty}, settings, period):
            if trouble is None:
                sent += 1
                store.set_meta(f"digest {period} {place}", told[place].until)
            else:
                failed += 1
                errors.print(f"docketwire: {place}: {trouble}", style="red", markup=False, highlight=False)
    console.print(
        f"digest: {sent} sent, {failed} failed, {len(places) - sent - failed} with nothing new", highlight=False
    )
    return 3 if failed else 0


def _deliver(told: dict[str, Digest], settings: Settings, period: str) -> Iterator[tuple[str, str | None]]:
    """(place, what went wrong or None) for each place."""
    from pipeline.publish import mail

    readers = {place: digest for place, digest in told.items() if place != "webhook"}
    if readers:
        if not (settings.mail_host and settings.mail_from):
            raise SendError("docketwire.toml", "has mail_to but no mail_host or mail_from", "set both")
        account = mail.Account(
            settings.mail_host, settings.mail_from, settings.mail_port, settings.mail_security,  # type: ignore[arg-type]
            settings.mail_user, settings.mail_password,
        )  # fmt: skip
        mails = [
            (
                place.removeprefix("mailto:"),
                mail.message(
                    digest, period=period, sender=settings.mail_from, recipient=place.removeprefix("mailto:"),
                    authority=settings.authority, unsubscribe=settings.unsubscribe,
                ),
            )
            for place, digest in readers.items()
        ]  # fmt: skip
        try:
            for recipient, trouble in mail.send(mails, account):
                yield f"mailto:{recipient}", trouble
        except SendError as error:
            yield f"mail for {len(mails)} readers", str(error)
    if "webhook" in told:
        try:
            mail.post(settings.webhook, mail.payload(told["webhook"], settings.webhook, site=settings.site))
            yield "webhook", None
        except DocketwireError as error:
            yield "webhook", str(error)


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
