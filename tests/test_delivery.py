from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from pipeline import delivery
from pipeline.delivery import due, tell_readers
from pipeline.errors import SendError
from pipeline.model import Run
from pipeline.publish import mail
from pipeline.publish.leaving import Leaving
from pipeline.settings import Settings
from pipeline.store import Store
from tests.publish.conftest import ABOUT, posted, publish, rows  # noqa: F401 - posted is a fixture

NIGHT = "2030-11-21T04:12:00+00:00"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    publish(tmp_path / "public", rows(), ABOUT)
    return Settings(
        data=tmp_path, mail_host="mail.example", mail_from="digest@d.example", mail_to="pat@r.example, gone@r.example"
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store(settings.database) as opened:
        yield opened


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mail server that knows nobody called gone. Yields whom it was handed mail for."""
    handed: list[str] = []

    def server(mails: Sequence[tuple[str, bytes]], account: mail.Account) -> Iterator[tuple[str, str | None]]:
        for recipient, _ in mails:
            handed.append(recipient)
            yield recipient, "refused: 550 gone@r.example is no such reader" if recipient.startswith("gone") else None

    monkeypatch.setattr(mail, "send", server)
    return handed


def published_again(settings: Settings, built: str) -> None:
    import shutil

    shutil.rmtree(settings.public)
    tables = rows()
    tables["documents"][0] |= {"changed": built.replace(":12:", ":10:")}
    publish(settings.public, tables, ABOUT | {"built": built})


@pytest.mark.parametrize(
    ("last", "built", "daily", "weekly"),
    [(None, NIGHT, True, True), (NIGHT, NIGHT, False, False), (NIGHT, "2030-11-21T16:12:00+00:00", False, False),
     (NIGHT, "2030-11-22T04:12:00+00:00", True, False), (NIGHT, "2030-11-25T04:12:00+00:00", True, True),
     ("2030-12-30T04:12:00+00:00", "2031-01-01T04:12:00+00:00", True, False)],
    ids=["never", "the same night", "twice a day", "the next day", "the next week", "one week, two years"],
)  # fmt: skip
def test_a_digest_is_due_once_a_day_or_once_a_week(last, built, daily, weekly):
    assert (due(last, built, "daily"), due(last, built, "weekly")) == (daily, weekly)


def test_a_reader_who_has_left_is_sent_no_more(store, settings, post):
    live = replace(settings, site="https://d.example/")
    click = delivery.one_click(live, "pat@r.example")
    assert click.startswith("https://d.example/unsubscribe?reader=")
    assert delivery.one_click(settings, "pat@r.example") == ""  # a header that leads nowhere is none
    assert delivery.one_click(replace(live, unsubscribe="https://l.example"), "pat@r.example") == "https://l.example"
    assert Leaving(settings.data).leave(click.partition("=")[2])
    tell_readers(store, live)
    assert post == ["gone@r.example"]


def test_a_night_tells_each_reader_once(store, settings, post):
    first = tell_readers(store, settings)
    assert (dict(first.counts), post) == ({"sent": 1, "failed": 1}, ["pat@r.example", "gone@r.example"])
    tell_readers(store, settings)
    assert post[2:] == ["gone@r.example"]  # who has it already is left alone
    published_again(settings, "2030-11-21T16:12:00+00:00")
    tell_readers(store, settings)
    assert post[3:] == ["gone@r.example"]  # a second poll on the same day is no second mail
    published_again(settings, "2030-11-22T04:12:00+00:00")
    assert tell_readers(store, settings).counts["sent"] == 1
    assert post[4:] == ["pat@r.example", "gone@r.example"]


def issues(settings: Settings) -> list[tuple[str, str, str]]:
    import sqlite3

    with closing(sqlite3.connect(settings.database)) as db:
        return list(db.execute("SELECT source, place, message FROM public_issues"))


def test_a_digest_that_fails_is_an_issue_that_names_no_reader_and_goes_when_it_is_mended(store, settings, post):
    told = tell_readers(store, settings)
    assert "gone@r.example" in told.issues[0].message
    assert issues(settings) == [("digest", "mail and webhook", "1 sent, 1 failed; the night’s own output says which")]
    tell_readers(store, replace(settings, mail_to="pat@r.example"))
    assert issues(settings) == []


def test_settings_that_cannot_be_sent_by_do_not_stop_the_night(store, settings, post):
    told = tell_readers(store, replace(settings, mail_host=""))
    assert "mail_host" in told.issues[0].message
    assert (post, len(issues(settings))) == ([], 1)


def test_a_server_that_is_down_and_a_hook_that_is_closed_are_two_failures(store, settings, monkeypatch):
    def down(*_: object) -> Iterator[tuple[str, str | None]]:
        raise SendError("mail.example:587", "cannot be handed mail: refused", "check mail_host")
        yield

    monkeypatch.setattr(mail, "send", down)
    told = tell_readers(store, replace(settings, webhook="http://127.0.0.1:1/secret"))
    assert dict(told.counts) == {"sent": 0, "failed": 2}
    assert "secret" not in str(told.issues)


@pytest.mark.parametrize("change", [{"digest": "off"}, {"mail_to": ""}], ids=["off", "nobody"])
def test_nothing_is_sent_that_was_not_asked_for(store, settings, post, change):
    assert tell_readers(store, replace(settings, **change)).counts == {}
    assert post == []


def test_a_weekly_digest_is_the_weeks(store, settings, monkeypatch):
    seen: list[bytes] = []
    monkeypatch.setattr(mail, "send", lambda mails, _: (seen.append(body) or (to, None) for to, body in mails))
    tell_readers(store, replace(settings, digest="weekly"))
    assert seen[0].count(b"<weekly.digest.docketwire.example>") == 1
    assert store.meta("digest weekly mailto:pat@r.example") == NIGHT
    assert delivery.places(settings) == ["mailto:pat@r.example", "mailto:gone@r.example"]


ORDER = """\
UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK

MARROW et al.,
                Plaintiffs,
        v.                                  25-md-3143 (SHS) (OTW)
INKWELL, INC.,
                Defendant.

ORDER

PAT Q. EXAMPLE, United States Magistrate Judge:

Defendant's motion to stay discovery (ECF No. {number}) is DENIED. The parties shall file a joint status letter by
December 4, 2030.

SO ORDERED.

Dated: November {day}, 2030
"""


def test_a_night_ends_with_its_digest_and_tells_the_hub_what_has_changed(tmp_path, post, posted):  # noqa: F811
    from datetime import datetime

    from pipeline import stages
    from pipeline.handed_in import hand_in
    from pipeline.registry import load_registry
    from pipeline.settings import CASES
    from summarize import load

    address, took = posted
    settings = Settings(
        data=tmp_path / "work",
        mail_host="m.example",
        mail_from="d@d.example",
        mail_to="pat@r.example",
        hub=f"{address}/taken",
    )
    registry, summarizer = load_registry(CASES), load("lead", words=60)

    def night(day: int):
        order = tmp_path / f"order-{day}.txt"
        order.write_text(ORDER.format(number=day, day=day))
        minutes = (datetime.fromisoformat(f"2030-11-{day + 1}T04:{minute}:00+00:00") for minute in range(10, 60))

        def crawl(_: Store) -> list[Run]:
            hand_in(order, settings, source="local", url=None, court=None, kind=None, now=next(minutes))
            return []

        with Store(settings.database) as store:
            return stages.nightly(
                store, registry, settings,
                crawl=crawl, subject=lambda title, text: 0.5, summarizer=summarizer, sources=[], clock=lambda: next(minutes),
            )  # fmt: skip

    settings.data.mkdir()
    _, told = night(20)
    assert (dict(told.counts), told.issues, post, took) == ({"sent": 1, "failed": 0}, (), ["pat@r.example"], [])
    _, told = night(21)
    assert (told.issues, post) == ((), ["pat@r.example"] * 2)
    [(_, form)] = took
    named = [value for name, value in parse_qsl(form.decode()) if name == "hub.url"]
    assert f"{settings.site}/feeds/all.atom" in named
    settings = replace(settings, hub=f"{address}/closed")
    _, told = night(22)
    assert [(issue.source, "answered 410" in issue.message) for issue in told.issues] == [("hub", True)]
    assert len(post) == 3
