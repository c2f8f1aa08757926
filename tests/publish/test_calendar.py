from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.publish.calendar import calendar, write_calendars
from pipeline.publish.wording import printable

NAMED = {"name": "Court dates", "site": "https://docketwire.example", "authority": "docketwire.example"}
EVENT = {
    "id": "order-91-1", "matter": "lantern", "matter_caption": "In re Lantern Models, Inc. Copyright Litigation", "docket": "demo:2030-md-09001",
    "number": "1:30-md-09001", "kind": "conference", "starts": "2030-12-04T14:00:00-05:00", "ends": None, "precision": "minute",
    "title": "conference", "actor": "the parties", "quote": "the conference on December 4, 2030, at 2:00 p.m.", "document": "order-91",
    "document_title": "Order", "state": "scheduled", "computed": None, "first_seen": "2030-11-21T04:10:00+00:00",
}  # fmt: skip


def only(row: dict[str, object]):
    [event] = Calendar.from_ical(calendar([row], **NAMED)).walk("VEVENT")
    return event


def test_an_event_quotes_and_links_its_order():
    event = only(EVENT)
    assert event["uid"] == "order-91-1@docketwire.example"
    assert event["summary"] == "In re Lantern Models: conference"
    assert event["dtstart"].dt == datetime(2030, 12, 4, 19, tzinfo=UTC)
    assert event["dtstamp"].dt == datetime(2030, 11, 21, 4, 10, tzinfo=UTC)
    assert event["url"] == "https://docketwire.example/document/order-91"
    assert "“the conference on December 4, 2030, at 2:00 p.m.”" in event["description"]
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)


def test_a_day_is_the_day_the_court_wrote():
    event = only(EVENT | {"starts": "2030-11-30T00:00:00-05:00", "precision": "day"})
    assert event["dtstart"].dt == date(2030, 11, 30)


def test_a_superseded_event_is_cancelled_for_those_who_have_it():
    event = only(EVENT | {"state": "superseded"})
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_the_same_rows_give_the_same_bytes_and_no_event_is_still_a_calendar():
    assert calendar([EVENT], **NAMED) == calendar([EVENT], **NAMED)
    empty = calendar([], **NAMED)
    assert empty.startswith(b"BEGIN:VCALENDAR\r\n")
    assert Calendar.from_ical(empty).walk("VEVENT") == []


@given(st.text(max_size=300) | st.sampled_from(["\r\nEND:VCALENDAR\r\n", "a;b,c\\n", "🦉" * 100, "\x00\x1b", "\ud800"]))
def test_any_text_stays_inside_its_property(text):
    body = calendar([EVENT | {"title": text, "quote": text, "actor": text, "kind": text or "x"}], **NAMED)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))  # RFC 5545 §3.1, in octets
    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert event["url"] == "https://docketwire.example/document/order-91"
    assert "".join(event["summary"].split()).endswith("".join(printable(text).split()))


def test_written_calendars_hold_everything_and_each_matter_its_own(query, tmp_path):
    paths = write_calendars(query, tmp_path, site="https://docketwire.example", authority="docketwire.example")
    assert [path.name for path in paths] == [
        "all.ics",
        "harbor-v-quillwright.ics",
        "lantern.ics",
        "nobody-v-nothing.ics",
    ]
    held = {path.stem: [str(e["uid"]) for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT")] for path in paths}
    expected = ["old-order-1", "order-91-0", "old-order-0", "order-91-1"]
    assert held["all"] == held["lantern"] == [f"{name}@docketwire.example" for name in expected]
    assert held["nobody-v-nothing"] == []
