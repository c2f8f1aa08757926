"""How a source is doing, from its runs alone; and what only two of them together show."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model import Fetched, Health, Issue, Kind, Level, Role, Run, Source
from pipeline.registry import Registry
from pipeline.spool import SpoolWriter
from pipeline.stages import ingest, tell_silence
from pipeline.store import Store

NIGHT = datetime(2026, 11, 1, 4, tzinfo=UTC)
COURT = Source("demo_court", "Court", "court feed", Kind.FILING, "https://court.example/rss", "demo", 12, 5)
PAPER = Source("ledger", "Ledger", "feed", Kind.NEWS, "https://ledger.example/feed", cadence_hours=24)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "work.db") as opened:
        opened.sync_sources([COURT, PAPER])
        yield opened


def run(night, health, *, source=COURT, entries=6, pages=0, message=None, hours=0):
    at = NIGHT + timedelta(days=night, hours=hours)
    issues = (Issue(Level.ERROR, source.id, source.url, message),) if message else ()
    return Run(
        f"{at:%Y%m%dT%H%M%SZ}-{source.id}", source.id, at, at + timedelta(minutes=2), Health(health), entries, pages, 0,
        1000 + night, None, issues, ((200, 1), (404, 2)),
    )  # fmt: skip


def standing(store, source=COURT):
    return next(row for row in store.standings() if row["id"] == source.id)


def test_a_source_that_was_never_asked(store):
    row = standing(store)
    assert (row["state"], row["failures"], row["gaps"], row["entries"], row["at_least"]) == ("never run", 0, 0, None, 5)


@pytest.mark.parametrize(
    ("healths", "state", "failures"),
    [
        (["well"], "well", 0),
        (["well", "quiet"], "quiet", 0),
        (["well", "failing"], "failing", 1),
        (["well", "failing", "blocked"], "blocked", 2),
        (["well"] + ["failing"] * 6, "failing", 6),
        (["well"] + ["failing"] * 7, "dead", 7),
        (["failing"] * 8, "dead", 8),
        (["failing"] * 8 + ["well"], "well", 0),
        (["well"] + ["blocked"] * 20, "blocked", 20),
    ],
    ids=["well", "quiet", "failing once", "then blocked", "six days", "a week", "never once well", "back again", "blocked is not dead"],
)  # fmt: skip
def test_the_state_of_a_source(store, healths, state, failures):
    store.put_runs(run(night, health) for night, health in enumerate(healths))
    row = standing(store)
    assert (row["state"], row["failures"]) == (state, failures)


def test_dead_takes_time_not_only_failures(store):
    store.put_runs(run(0, "failing", hours=hour) for hour in range(20))
    assert standing(store)["state"] == "failing"


def test_the_last_run_in_figures_and_its_worst_word(store):
    store.put_runs([run(0, "well", entries=9), run(1, "failing", entries=2, message="answered 503")])
    row = standing(store)
    assert (row["entries"], row["bytes"], json.loads(row["statuses"])) == (2, 1001, {"200": 1, "404": 2})
    assert (row["message"], row["last_success"][:10], row["last_run"][:10]) == (
        "answered 503",
        "2026-11-01",
        "2026-11-02",
    )


# ------------------------------------------------------------------------------------------------ what feeds cover


def poll(store, folder, this, *dates, source=PAPER):
    """A run whose feed holds entries of these moments, recorded and ingested."""
    items = "".join(
        f"<item><title>{at}</title><link>https://ledger.example/{n}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n, at in enumerate(dates)
    )
    body = f'<rss version="2.0"><channel><title>L</title>{items}</channel></rss>'.encode()
    head = (("Content-Type", "application/rss+xml"), ("ETag", '"a"'))
    feed = Fetched(
        source.id, source.kind, Role.FEED, source.url, source.url, this.started, 200, head, body, run=this.id
    )
    with SpoolWriter(folder / f"{this.id}.warc.gz", source=source.id, run=this.id, started=this.started) as spool:
        spool.write(feed)
    store.put_runs([this])
    return ingest(store, Registry(()), [folder / f"{this.id}.warc.gz"]).issues


def test_two_polls_that_do_not_meet_leave_a_gap_and_an_issue(store, tmp_path):
    def at(day, hour):
        return datetime(2026, 11, day, hour, tzinfo=UTC)

    assert poll(store, tmp_path, run(0, "well", source=PAPER), at(1, 2), at(1, 3)) == ()
    assert poll(store, tmp_path, run(1, "well", source=PAPER), at(1, 3), at(2, 1)) == ()
    [issue] = poll(store, tmp_path, run(2, "well", source=PAPER), at(2, 9), at(3, 1))
    assert (issue.level, issue.source) == (Level.WARNING, "ledger")
    assert "between 2026-11-02 04:00 UTC and 2026-11-02 09:00 UTC" in issue.message
    row = standing(store, PAPER)
    assert (row["gaps"], row["last_item"], row["message"]) == (1, "2026-11-03T01:00:00+00:00", issue.message)
    # An entry that claims to come from the future is as new as the night it was seen.
    poll(store, tmp_path, run(3, "well", source=PAPER), at(3, 1), datetime(2031, 1, 1, tzinfo=UTC))
    assert standing(store, PAPER)["last_item"].startswith("2026-11-04T04:02")


def test_a_failed_poll_between_two_good_ones_hides_no_gap(store, tmp_path):
    poll(store, tmp_path, run(0, "well", source=PAPER), datetime(2026, 11, 1, 3, tzinfo=UTC))
    store.put_runs([run(1, "failing", source=PAPER)])
    [issue] = poll(store, tmp_path, run(2, "well", source=PAPER), datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert "between 2026-11-01 04:00 UTC and 2026-11-02 09:00 UTC" in issue.message


@pytest.mark.parametrize(
    ("recorded", "kept"),
    [("well", '"a"'), ("failing", None), (None, None)],
    ids=["a run in order", "a run in trouble", "a run that was killed before anybody heard of it"],
)
def test_a_feed_s_validators_are_kept_only_of_a_run_in_order(store, tmp_path, recorded, kept):
    this = run(0, recorded or "well", source=PAPER)
    poll_of = store.put_runs
    if recorded is None:
        store.put_runs = lambda runs: None
    poll(store, tmp_path, this, datetime(2026, 11, 1, 3, tzinfo=UTC))
    store.put_runs = poll_of
    assert store.ledger()[PAPER.url].etag == kept


def test_a_source_that_answers_and_says_nothing_is_told_of(store, tmp_path):
    poll(store, tmp_path, run(0, "well", source=PAPER, pages=1), datetime(2026, 11, 1, 3, tzinfo=UTC))
    store.put_runs([run(9, "quiet", source=PAPER)])
    tell_silence(store, NIGHT + timedelta(days=3))
    assert issues(store) == []
    tell_silence(store, NIGHT + timedelta(days=9))
    assert issues(store) == [("20261110T040000Z-ledger", "note", "silent for 9 days (expected daily)")]


def issues(store):
    return list(store._db.execute("SELECT run, level, message FROM issues"))
