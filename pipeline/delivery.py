"""The digest to its readers: to each place what it has not had yet, remembered for each that took it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from pipeline.errors import DocketwireError, SendError
from pipeline.model import Issue, Level, Outcome
from pipeline.publish import database, mail
from pipeline.publish.digest import Digest, title_of
from pipeline.publish.digest import digest as compose
from pipeline.publish.items import Query
from pipeline.publish.leaving import Leaving
from pipeline.settings import Settings
from pipeline.store import Store

Period = Literal["daily", "weekly"]
WEBHOOK = "webhook"


def places(settings: Settings) -> list[str]:
    """Where digests go: ``mailto:`` addresses and the webhook."""
    return [f"mailto:{address}" for address in recipients(settings)] + [WEBHOOK] * bool(settings.webhook)


def recipients(settings: Settings) -> list[str]:
    """The addresses of ``mail_to`` but for those that have left by one click."""
    leaving = Leaving(settings.data)
    listed, left = [address.strip() for address in settings.mail_to.split(",") if address.strip()], leaving.left()
    return [address for address in listed if leaving.token(address) not in left] if left else listed


def one_click(settings: Settings, address: str) -> str:
    """Where this reader leaves with one POST (RFC 8058): the address set, else that of our own https site."""
    if settings.unsubscribe or not settings.site.startswith("https://"):
        return settings.unsubscribe
    return f"{settings.site.rstrip('/')}/unsubscribe?reader={Leaving(settings.data).token(address)}"


def told_so_far(query: Query, settings: Settings, period: Period, *, since: str | None) -> Digest:
    """What came up to the publication, since a moment or, failing that, for a day or a week."""
    until = datetime.fromisoformat(built(query))
    start = since or (until - timedelta(days=1 if period == "daily" else 7)).isoformat()
    title = title_of("daily", until.date()) if period == "daily" else f"The week to {title_of('daily', until.date())}"
    return compose(query, since=start, until=until.isoformat(), title=title, site=settings.site)


def built(query: Query) -> str:
    """When the publication was made, ISO 8601."""
    [row] = query("SELECT value FROM about WHERE key = 'built'", {})
    return str(row["value"])


def due(last: str | None, built: str, period: Period) -> bool:
    """Whether a place that had its last digest at ``last`` gets another tonight: one a day, or one an ISO week."""
    if last is None:
        return True
    before, now = datetime.fromisoformat(last), datetime.fromisoformat(built)
    return now.date() > before.date() if period == "daily" else now.isocalendar()[:2] > before.isocalendar()[:2]


# ---------------------------------------------------------------------------------------------- sending


def send(
    store: Store, settings: Settings, query: Query, period: Period, chosen: Sequence[str], *, since: str | None = None
) -> Iterator[tuple[str, str | None]]:
    """Send to each of the chosen places what is new to it. Yields (place, what went wrong or None) where there was any.

    Raises `SendError` when the settings cannot be sent by.
    """
    told = {
        place: told_so_far(query, settings, period, since=since or store.meta(_key(period, place))) for place in chosen
    }
    for place, trouble in _deliver({place: one for place, one in told.items() if not one.empty}, settings, period):
        if trouble is None:
            with store.transaction():
                store.set_meta(_key(period, place), told[place].until)
        yield place, trouble


def _key(period: Period, place: str) -> str:
    return f"digest {period} {place}"


def _deliver(told: Mapping[str, Digest], settings: Settings, period: Period) -> Iterator[tuple[str, str | None]]:
    readers = {place.removeprefix("mailto:"): one for place, one in told.items() if place != WEBHOOK}
    if readers:
        try:
            for recipient, trouble in mail.send(_mails(readers, settings, period), _account(settings)):
                yield f"mailto:{recipient}", trouble
        except SendError as error:
            yield f"mail for {len(readers)} readers", str(error)
    if WEBHOOK in told:
        try:
            mail.post(settings.webhook, mail.payload(told[WEBHOOK], settings.webhook, site=settings.site))
            yield WEBHOOK, None
        except SendError as error:
            yield WEBHOOK, str(error)


def _mails(readers: Mapping[str, Digest], settings: Settings, period: Period) -> list[tuple[str, bytes]]:
    named = {"sender": settings.mail_from, "authority": settings.authority}
    return [
        (to, mail.message(told, period=period, recipient=to, unsubscribe=one_click(settings, to), **named))
        for to, told in readers.items()
    ]


def _account(settings: Settings) -> mail.Account:
    if not (settings.mail_host and settings.mail_from):
        raise SendError("docketwire.toml", "has mail_to but no mail_host or mail_from", "set both")
    return mail.Account(
        settings.mail_host, settings.mail_from, settings.mail_port, settings.mail_security,  # type: ignore[arg-type]
        settings.mail_user, settings.mail_password,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- the night's


def tell_readers(store: Store, settings: Settings) -> Outcome:
    """Send the night's digest to whom it is due. What went wrong is an issue: the night itself has gone well.

    Issues are published, readers are not: an issue says how many were not reached, the outcome's say whom.
    """
    wanted = places(settings)
    if settings.digest == "off" or not wanted:
        return Outcome("digest")
    period: Period = "weekly" if settings.digest == "weekly" else "daily"
    troubles: list[Issue] = []
    sent = 0
    try:
        with database.reader(settings.public.resolve()) as query:
            at = built(query)
            chosen = [place for place in wanted if due(store.meta(_key(period, place)), at, period)]
            for place, trouble in send(store, settings, query, period, chosen):
                sent += trouble is None
                troubles += [Issue(Level.ERROR, "digest", place, trouble)] if trouble else []
    except DocketwireError as error:
        troubles.append(Issue(Level.ERROR, "digest", "docketwire.toml", str(error)))
    missed = f"{sent} sent, {len(troubles)} failed; the night’s own output says which"
    with store.transaction():
        store.replace_issues("digest", [Issue(Level.ERROR, "digest", "mail and webhook", missed)] if troubles else [])
    return Outcome("digest", {"sent": sent, "failed": len(troubles)}, tuple(troubles))
