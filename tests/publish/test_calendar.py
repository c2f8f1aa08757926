from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.publish.calendar import calendar, event, names, told_before, write_calendars
from pipeline.publish.wording import printable
from tests.publish.conftest import ask, document, rows

SITE = {"site": "https://docketwire.example", "authority": "docketwire.example"}
EVENT = {
    "id": "order-91-1", "matter": "lantern", "matter_caption": "In re Lantern Models, Inc. Copyright Litigation", "docket": "demo:2030-md-09001",
    "number": "1:30-md-09001", "kind": "conference", "starts": "2030-12-04T14:00:00-05:00", "ends": None, "precision": "minute",
    "title": "conference", "actor": "the parties", "quote": "the conference on December 4, 2030, at 2:00 p.m.", "document": "order-91",
    "document_title": "Order", "paper": "order", "state": "scheduled", "superseded_by": None, "computed": None, "first_seen": "2030-11-20T04:10:00+00:00",
    "changed": "2030-11-21T04:10:00+00:00", "revision": 1,
}  # fmt: skip


# RFC 5545 §3.6.1: in a VEVENT these must stand, these may stand once, and nothing else of ours may stand at all.
MUST = {"UID", "DTSTAMP", "DTSTART"}
ONCE = {
    "CREATED",
    "LAST-MODIFIED",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "URL",
    "STATUS",
    "SEQUENCE",
    "TRANSP",
    "CATEGORIES",
}
STAMP = re.compile(r"\d{8}T\d{6}Z")


def whole(body: bytes):
    """The calendar, when it keeps every MUST of RFC 5545 that concerns what we write."""
    assert body.endswith(b"\r\n")
    lines = body.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in lines)  # §3.1, in octets
    assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", b"".join(lines))  # §3.1: no control character but the tab
    assert all(line.decode() for line in lines)  # no character is cut in two
    parsed = Calendar.from_ical(body)
    assert (parsed["VERSION"], parsed["PRODID"], parsed["CALSCALE"]) == (
        "2.0",
        "-//docketwire//court dates//EN",
        "GREGORIAN",
    )
    assert "METHOD" not in parsed
    unfolded = body.replace(b"\r\n ", b"").decode().split("\r\n")
    uids = []
    for number, component in enumerate(parsed.walk("VEVENT")):
        assert not component.errors
        starts = [n for n, line in enumerate(unfolded) if line == "BEGIN:VEVENT"][number]
        names = [re.split("[:;]", line)[0] for line in unfolded[starts + 1 : unfolded.index("END:VEVENT", starts)]]
        assert len(names) == len(set(names))
        assert set(names) >= MUST
        assert set(names) <= MUST | ONCE
        uids.append(component["UID"])
        raw = dict(line.split(":", 1) for line in unfolded[starts + 1 : unfolded.index("END:VEVENT", starts)])
        assert all(STAMP.fullmatch(raw[name]) for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"))
        if "DTEND" in component:
            begins, ends = component["DTSTART"].dt, component["DTEND"].dt
            assert type(begins) is type(ends)
            assert ends > begins
        assert component["STATUS"] in {"CONFIRMED", "CANCELLED"}
        assert component["SEQUENCE"] >= 0
        assert component["URL"].startswith("https://")
    assert len(uids) == len(set(uids))
    return parsed


def only(row: dict[str, object]):
    [found] = whole(calendar([event(row, "a1b2", **SITE)], name="Court dates")).walk("VEVENT")
    return found


def test_an_event_quotes_and_links_its_order():
    told = only(EVENT)
    assert told["uid"] == "a1b2@docketwire.example"
    assert told["summary"] == "In re Lantern Models: conference"
    assert told["dtstart"].dt == datetime(2030, 12, 4, 19, tzinfo=UTC)
    assert told["dtstamp"].dt == told["last-modified"].dt == datetime(2030, 11, 21, 4, 10, tzinfo=UTC)
    assert told["created"].dt == datetime(2030, 11, 20, 4, 10, tzinfo=UTC)
    assert told["url"] == "https://docketwire.example/document/order-91"
    assert "“the conference on December 4, 2030, at 2:00 p.m.”" in told["description"]
    assert told["url"] in told["description"]
    assert (told["status"], told["sequence"]) == ("CONFIRMED", 0)


@pytest.mark.parametrize(
    ("ends", "last"),
    [(None, date(2030, 12, 1)), ("2030-11-30T00:00:00-05:00", date(2030, 12, 1)), ("2030-12-02T00:00:00-05:00", date(2030, 12, 3)),
     ("2030-11-01T00:00:00-04:00", date(2030, 12, 1))],
    ids=["one day", "the same day", "three days", "nonsense"],
)  # fmt: skip
def test_a_day_is_the_day_the_court_wrote_and_ends_with_it(ends, last):
    told = only(EVENT | {"starts": "2030-11-30T00:00:00-05:00", "ends": ends, "precision": "day"})
    assert (told["dtstart"].dt, told["dtend"].dt) == (date(2030, 11, 30), last)


def test_an_end_is_told_only_when_it_comes_after_the_start():
    assert only(EVENT | {"ends": "2030-12-04T15:30:00-05:00"})["dtend"].dt == datetime(2030, 12, 4, 20, 30, tzinfo=UTC)
    assert "dtend" not in only(EVENT | {"ends": EVENT["starts"]})


def test_a_time_of_no_known_zone_is_told_as_the_court_wrote_it():
    """A hearing at nine in the morning must not stand in a calendar at four (RFC 5545 §3.3.5, “floating”)."""
    told = only(EVENT | {"starts": "2030-12-04T09:00:00Z", "ends": "2030-12-04T10:30:00Z"})
    ends = [told[name].dt for name in ("dtstart", "dtend")]
    assert [at.isoformat() for at in ends] == ["2030-12-04T09:00:00", "2030-12-04T10:30:00"]


@pytest.mark.parametrize(("paper", "check"), [("order", "order"), ("motion", "motion"), (None, "document")])
def test_an_event_says_which_kind_of_paper_it_was_read_in(paper, check):
    """A motion notices a date; it sets none, and must not be called an order."""
    assert only(EVENT | {"paper": paper})["description"].endswith(f"Read automatically: check the {check}.")


def test_an_event_names_the_entry_of_its_order():
    about = only(EVENT | {"entry_number": 91, "attachment_number": None})["description"]
    assert "1:30-md-09001, ECF 91" in about.split("\n")


def test_a_superseded_event_is_cancelled_and_every_change_counts_up():
    history = [(1, "scheduled"), (1, "superseded"), (2, "scheduled"), (3, "scheduled"), (3, "superseded")]
    told = [only(EVENT | {"revision": revision, "state": state}) for revision, state in history]
    assert [event["status"] for event in told] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    numbers = [event["sequence"] for event in told]
    assert numbers == sorted(set(numbers))


def test_a_superseded_event_names_the_paper_that_moved_it():
    told = only(EVENT | {"state": "superseded", "superseded_by": "order-99"})
    assert "Moved or vacated by https://docketwire.example/document/order-99" in told["description"]


def test_it_is_as_new_as_the_paper_that_moved_it(put, tmp_path):
    tables = rows()
    later = {"changed": "2030-11-25T04:10:00+00:00", "first_seen": "2030-11-25T04:10:00+00:00"}
    tables["documents"].append(document("order-99", "filing", "Order", matter="lantern") | later)
    [moved] = [row for row in tables["events"] if row["id"] == "order-91-1"]
    moved |= {"state": "superseded", "superseded_by": "order-99"}
    [everything, *_] = write_calendars(ask(put(tmp_path / "p", tables)), tmp_path / "feeds", **SITE)
    stamps = {str(e["summary"]): e["dtstamp"].dt.day for e in whole(everything.read_bytes()).walk("VEVENT")}
    assert stamps["In re Lantern Models: joint status letter"] == 21
    assert stamps["In re Lantern Models: conference"] == 25


def test_a_revised_order_leaves_every_event_its_name(put, tmp_path):
    """One date put in before the others, one moved: subscribers keep what they have, and learn where it went."""

    def told(folder: str, events: list[dict[str, object]], revision: int):
        tables = rows()
        [order] = [row for row in tables["documents"] if row["id"] == "order-91"]
        order |= {"revision": revision}
        tables["events"] = [row | {"id": f"order-91-{n}", "document": "order-91"} for n, row in enumerate(events)]
        [everything, *_] = write_calendars(ask(put(tmp_path / folder, tables)), tmp_path / f"{folder}-feeds", **SITE)
        return {str(e["summary"]).rpartition(": ")[2]: e for e in whole(everything.read_bytes()).walk("VEVENT")}

    letter, conference, *_ = rows()["events"]
    inserted = letter | {"title": "privilege logs", "starts": "2030-11-25T00:00:00-05:00"}
    before = told("a", [letter, conference], 1)
    after = told("b", [inserted, letter, conference | {"starts": "2030-12-11T14:00:00-05:00", "ends": None}], 2)
    assert {name: after[name]["uid"] for name in before} == {name: before[name]["uid"] for name in before}
    assert after["privilege logs"]["uid"] not in {event["uid"] for event in before.values()}
    assert (before["conference"]["dtstart"].dt.day, after["conference"]["dtstart"].dt.day) == (4, 11)
    assert after["conference"]["sequence"] > before["conference"]["sequence"]


def test_an_event_that_stands_again_is_newer_than_its_cancellation(put, tmp_path):
    """An order moves the conference; a correction of ours says that it did not; a third night changes nothing."""
    moved = {"state": "superseded", "superseded_by": "order-99"}
    before, seen = None, []
    for night, fate in enumerate([{}, moved, {}, {}, moved]):
        tables = rows()
        later = {"changed": "2030-11-25T04:10:00+00:00", "first_seen": "2030-11-25T04:10:00+00:00"}
        tables["documents"].append(document("order-99", "filing", "Order", matter="lantern") | later)
        [row] = [row for row in tables["events"] if row["id"] == "order-91-1"]
        row |= fate
        feeds = tmp_path / f"feeds-{night}"
        [everything, *_] = write_calendars(ask(put(tmp_path / f"p-{night}", tables)), feeds, before=before, **SITE)
        told = {str(e["summary"]).rpartition(": ")[2]: e for e in whole(everything.read_bytes()).walk("VEVENT")}
        assert told["joint status letter"]["sequence"] == 0
        seen.append(
            (told["conference"]["sequence"], str(told["conference"]["status"]), told["conference"]["dtstamp"].dt.day)
        )
        before = feeds
    assert seen == [
        (0, "CONFIRMED", 21), (1, "CANCELLED", 25), (2, "CONFIRMED", 25), (2, "CONFIRMED", 25), (3, "CANCELLED", 25),
    ]  # fmt: skip


def test_events_that_sound_alike_are_told_apart_by_their_time():
    one, two, same = (
        EVENT | {"id": n, "start": n, "starts": f"2030-12-0{day}T14:00:00-05:00"} for n, day in enumerate([4, 6, 6])
    )
    found = names([one, two, same])
    assert len(set(found.values())) == 3
    earlier = EVENT | {"id": 9, "start": 9, "starts": "2030-12-01T14:00:00-05:00"}
    assert {key: name for key, name in names([earlier, one, two, same]).items() if key != 9} == found


def test_the_same_rows_give_the_same_bytes_and_no_event_is_still_a_calendar():
    assert event(EVENT, "a1b2", **SITE) == event(EVENT, "a1b2", **SITE)
    empty = calendar([], name="Court dates")
    assert empty.startswith(b"BEGIN:VCALENDAR\r\n")
    assert whole(empty).walk("VEVENT") == []


@given(
    st.text(max_size=300)
    | st.sampled_from(["\r\nEND:VCALENDAR\r\n", "a;b,c\\n", "🦉" * 100, "\x00\x1b", "\ud800", "]]>", "\u202eRTL", "x" * 10_000, "\x85\u2028"])
)  # fmt: skip
def test_any_text_stays_inside_its_property(text):
    told = only(EVENT | {"title": text, "quote": text, "actor": text, "kind": text or "x"})
    assert told["url"] == "https://docketwire.example/document/order-91"
    assert "".join(told["summary"].split()).endswith("".join(printable(text).split()))
    assert whole(calendar([], name=text))


ZONES = st.timezones() | st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=ZONES, allow_imaginary=False) | st.sampled_from(
    [datetime(9999, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5))), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))]
)  # fmt: skip


@given(MOMENTS, st.none() | MOMENTS, st.sampled_from(["day", "minute", "second"]))
def test_any_date_is_told_as_it_was_read(starts, ends, precision):
    dates = {"starts": starts.isoformat(), "ends": ends and ends.isoformat(), "precision": precision}
    told = only(EVENT | dates)["dtstart"].dt
    if precision == "day":
        assert told == starts.date()
    elif told.tzinfo:
        assert told == starts.replace(microsecond=0)
    else:
        assert not starts.utcoffset() or {starts.year, ends and ends.year} & {1, 9999}
        assert told == starts.replace(microsecond=0, tzinfo=None)


@given(st.text(alphabet='🦉é,;:\\\n\r\t "\u2028\u200b\ud800nN', max_size=300), st.text(max_size=100))
def test_what_was_told_is_read_back_letter_for_letter(quote, title):
    """By a parser that is not ours, and by `told_before`, which tells nothing new of what has not changed."""
    row = EVENT | {"quote": quote, "title": title}
    written = event(row, "a1b2", **SITE)
    [told] = whole(calendar([written], name=title)).walk("VEVENT")
    said = re.sub("\r\n?", "\n", printable(f"“{quote}”\nOrder\n").replace("\x85", " "))
    assert str(told["description"]).startswith(said)
    with TemporaryDirectory() as folder:
        (Path(folder) / "all.ics").write_bytes(calendar([written], name=title))
        [(uid, before)] = told_before(Path(folder)).items()
    assert uid == "a1b2@docketwire.example"
    assert event(row, "a1b2", **SITE, before=before) == written


def test_written_calendars_hold_everything_and_each_slice_its_own(query, tmp_path):
    paths = write_calendars(query, tmp_path, **SITE)
    actors = [{"actor": None} | row for row in rows()["events"]]
    called = {f"{name}@docketwire.example": event for event, name in names(actors).items()}
    held = {path.stem: [called[str(e["uid"])] for e in whole(path.read_bytes()).walk("VEVENT")] for path in paths}
    # Nothing is due in the other matters, nor before the other judge.
    assert list(held) == ["all", "lantern", "court-demo", "judge-ada-birch", "judge-otto-wren"]
    everything = ["old-order-1", "order-91-0", "old-order-0", "order-91-1"]
    assert held["all"] == held["lantern"] == held["court-demo"] == held["judge-ada-birch"] == everything
    assert held["judge-otto-wren"] == ["order-91-0", "order-91-1"]


def test_what_has_not_changed_stays_the_very_file_it_was(query, tmp_path):
    one = write_calendars(query, tmp_path / "a", **SITE)
    two = write_calendars(query, tmp_path / "b", before=tmp_path / "a", **SITE)
    assert [path.stat().st_ino for path in one] == [path.stat().st_ino for path in two]
