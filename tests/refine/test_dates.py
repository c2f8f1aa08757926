"""When things are due: what counts as an event, and what only tells of the past."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import EventState, Kind
from pipeline.refine import calendar_rules
from pipeline.refine.dates import latest, read_day
from pipeline.refine.events import find_events

NEW_YORK = ZoneInfo("America/New_York")
DATED = date(2026, 3, 3)  # a Tuesday


def in_order(text, *, paper="order", dated=DATED):
    return find_events(text, dated=dated, zone=NEW_YORK, kind=Kind.FILING, paper=paper)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Plaintiffs shall file their reply by March 20, 2026.", [("deadline", date(2026, 3, 20), "Plaintiffs")], id="by"),
        pytest.param("Tessellate has until April 6, 2026 to produce the logs.", [("deadline", date(2026, 4, 6), "Tessellate")], id="until"),
        pytest.param("The parties must submit a joint letter no later than Friday, March 13, 2026.", [("deadline", date(2026, 3, 13), "The parties")], id="weekday"),
        pytest.param("A status conference is scheduled for April 2, 2026, in Courtroom 4.", [("conference", date(2026, 4, 2), None)], id="scheduled conference"),
        pytest.param("The parties should be ready to report at the March 9 conference.", [("conference", date(2026, 3, 9), "The parties")], id="no year"),
        pytest.param("Trial will begin on 9/14/2026.", [("trial", date(2026, 9, 14), None)], id="trial"),
        pytest.param("Oral argument is set for the 7th day of May, 2026.", [("hearing", date(2026, 5, 7), None)], id="argument"),
        pytest.param("Opposition due by 5:00 p.m. on March 17, 2026.", [("deadline", date(2026, 3, 17), None)], id="hour before"),
        pytest.param("Close of fact discovery: June 30, 2026", [("deadline", date(2026, 6, 30), None)], id="a schedule's row"),
        pytest.param("The exhibits are to be exchanged by 5:00 p.m., on Thursday, March 12, 2026.", [("deadline", date(2026, 3, 12), None)], id="hour and comma before"),
        pytest.param("The deadline to respond is hereby extended to and including March 30, 2026.", [("deadline", date(2026, 3, 30), None)], id="to and including"),
        pytest.param("An initial report is required and shall be filed on or before 4/13/26.", [("deadline", date(2026, 4, 13), None)], id="shall be filed on or before"),
        pytest.param("The deadline to answer is extended to 4-11-2026.", [("deadline", date(2026, 4, 11), None)], id="hyphens"),
        pytest.param("Defendant to file the acknowledgment by March 17, 2026.", [("deadline", date(2026, 3, 17), None)], id="to file"),
        pytest.param("Sentencing is set for May 22, 2026 at 11:30 a.m.", [("sentencing", date(2026, 5, 22), None)], id="sentencing"),
        pytest.param("The Court will hold a teleconference on the motion, Dkt. No. 40, on April 3, 2026 at 1:00 p.m.", [("conference", date(2026, 4, 3), None)], id="teleconference"),
        pytest.param("ORDER TO SHOW CAUSE by March 19, 2026 why the case goes on.", [("deadline", date(2026, 3, 19), None)], id="show cause"),
    ],
)  # fmt: skip
def test_what_an_order_sets(text, expected):
    assert [(e.kind, e.starts.day, e.actor) for e in in_order(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The joint letter, due March 10, 2026, is now due at noon on March 17, 2026.",
        "The joint letter previously due on March 10, 2026, is now due on Tuesday, March 17, 2026, at noon.",
        "The joint letter due March 10, 2026, is now due by 12:00 p.m. on Tuesday, March 17, 2026.",
    ],
    ids=["hour before the new day", "hour after it", "hour and weekday before it"],
)
def test_what_is_now_due_was_due_before_and_each_day_has_its_own_hour(text):
    before, after = in_order(text)
    assert (before.starts.day, before.starts.precision, before.state) == (
        date(2026, 3, 10),
        "day",
        EventState.SUPERSEDED,
    )
    assert (after.starts.at.isoformat(), after.state) == ("2026-03-17T12:00:00-04:00", EventState.SCHEDULED)
    [reported] = find_events(text, dated=DATED, zone=UTC, kind=Kind.NEWS)
    assert (reported.starts.at.isoformat(), reported.starts.precision) == ("2026-03-17T12:00:00+00:00", "minute")


def test_a_day_before_another_s_new_date_stands():
    first, second = in_order(
        "The brief is due March 10, 2026, and the conference is now set for March 17, 2026 at 2 p.m."
    )
    assert {first.state, second.state} == {EventState.SCHEDULED}
    assert (first.starts.precision, second.starts.precision) == ("day", "minute")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("On February 4, 2026, Plaintiffs filed their motion.", id="before the order"),
        pytest.param("The motion was filed on March 5, 2026.", id="filed"),
        pytest.param("“The report shall be served by April 1, 2026,” the letter says.", id="quoted"),
        pytest.param("Plaintiffs request an extension until May 1, 2026.", id="asked for"),
        pytest.param("Counsel moved to adjourn the conference set for March 24, 2026.", id="asked to be moved"),
        pytest.param("Minute entry: motion hearing held on 3/6/2026 before Judge Wren.", id="held"),
        pytest.param("The model was trained on books published by 2024.", id="a year alone"),
        pytest.param("The contract of June 5, 2026 governs.", id="a date with no duty"),
        pytest.param("See Roe v. Doe, 2026 WL 12 (D. Del. Apr. 2, 2026).", id="a citation"),
        pytest.param(
            "The response shall be served within 14 days of service of the motion.", id="counted from the unknown"
        ),
    ],
)
def test_what_is_no_event(text):
    assert in_order(text) == ()


def test_a_schedule_gives_all_its_dates():
    schedule = (
        "The following schedule is ORDERED:\n\n"
        "Deadline to amend pleadings: April 10, 2026\nClose of fact discovery: June 30, 2026\n"
        "Opening expert reports: July 31, 2026\nRebuttal expert reports: August 28, 2026\n"
        "Summary judgment motions: October 16, 2026\nPretrial conference: January 12, 2027 at 10:00 a.m.\n"
        "Jury trial: February 1, 2027 at 9:30 a.m."
    )
    found = in_order(schedule)
    assert [(e.kind, e.starts.day.isoformat()) for e in found] == [
        ("deadline", "2026-04-10"), ("deadline", "2026-06-30"), ("deadline", "2026-07-31"), ("deadline", "2026-08-28"),
        ("deadline", "2026-10-16"), ("conference", "2027-01-12"), ("trial", "2027-02-01"),
    ]  # fmt: skip
    assert found[-1].starts.iso() == "2027-02-01T09:30:00-05:00"
    assert found[-1].starts.precision == "minute"


def test_every_event_carries_the_whole_sentence():
    text = "The motion is stayed. The Clerk of Court shall mail this Order by March 9, 2026. So ordered."
    [event] = in_order(text)
    assert event.passage.text == "The Clerk of Court shall mail this Order by March 9, 2026."
    assert text[event.passage.start : event.passage.end] == event.passage.text
    assert event.actor == "Clerk of Court"
    assert event.title == "Mail this Order"


def test_two_dates_of_one_sentence_have_an_act_of_their_own():
    text = "Tessellate shall name its engineers by April 3, 2026, and make them available no later than April 24, 2026."
    assert [(e.starts.day.day, e.title) for e in in_order(text)] == [
        (3, "Name its engineers"),
        (24, "Make them available"),
    ]


def test_a_conference_that_is_moved_is_superseded_by_the_new_one():
    found = in_order("The conference set for March 18, 2026 is ADJOURNED to April 8, 2026 at 2:00 p.m.")
    assert [(e.kind, e.starts.day.isoformat(), e.state) for e in found] == [
        ("conference", "2026-03-18", EventState.SUPERSEDED),
        ("conference", "2026-04-08", EventState.SCHEDULED),
    ]


def test_one_hearing_told_twice_is_one_event_and_keeps_its_hour():
    [hearing] = in_order("The hearing on May 5, 2026 will be remote. The hearing is set for May 5, 2026 at 1:30 p.m.")
    assert hearing.starts.iso() == "2026-05-05T13:30:00-04:00"


@pytest.mark.parametrize("paper", ["brief", "complaint", "declaration", "exhibit", "letter", None])
def test_a_partys_paper_sets_no_deadline(paper):
    assert in_order("Tessellate shall produce the logs by April 6, 2026.", paper=paper) == ()


def test_a_notice_of_motion_names_its_hearing():
    [hearing] = in_order("Date: April 14, 2026\nTime: 10:00 a.m.\nCourtroom 4", paper="motion")
    assert (hearing.kind, hearing.starts.iso()) == ("hearing", "2026-04-14T10:00:00-04:00")


def test_news_reports():
    [event] = find_events(
        "The judge gave Tessellate until April 6, 2026 to produce its logs.", dated=None, zone=UTC, kind=Kind.NEWS
    )
    assert (event.state, event.actor, event.title) == (EventState.REPORTED, "Tessellate", "Produce its logs")


@pytest.mark.parametrize(
    ("words", "due", "rule"),
    [
        pytest.param("Within 14 days of this Order, Defendants shall answer.", date(2026, 3, 17), "Fed. R. Civ. P. 6(a)(1)", id="days"),
        pytest.param("Defendants shall answer within eleven (11) days of the date of this Order.", date(2026, 3, 16), "Fed. R. Civ. P. 6(a)(1)", id="a Saturday runs to Monday"),
        pytest.param("Defendants shall answer within three business days of this Order.", date(2026, 3, 6), "Fed. R. Civ. P. 6(a)(6)", id="business days"),
        pytest.param("Defendants shall answer within two weeks of entry of this Order.", date(2026, 3, 17), "Fed. R. Civ. P. 6(a)(1)", id="weeks"),
    ],
)  # fmt: skip
def test_counted_days_are_computed_and_say_so(words, due, rule):
    [event] = in_order(words)
    assert event.starts.day == due
    assert event.computed is not None
    assert rule in event.computed
    assert event.actor == "Defendants"


def test_nothing_is_counted_from_an_unknown_day():
    assert in_order("Defendants shall answer within 14 days of this Order.", dated=None) == ()


@pytest.mark.parametrize(
    ("words", "day"),
    [("June 24, 2025", (2025, 6, 24)), ("3rd day of June, 2025", (2025, 6, 3)), ("24 June 2025", (2025, 6, 24)),
     ("Sept. 5, 2025", (2025, 9, 5)), ("6/4/25", (2025, 6, 4)), ("2025-06-04", (2025, 6, 4)), ("AUG 18 2020", (2020, 8, 18))],
)  # fmt: skip
def test_spellings_of_a_day(words, day):
    assert read_day(words) == date(*day)


@pytest.mark.parametrize("words", ["February 30, 2025", "13/45/25", "June 24", "Juno 4, 2025"])
def test_no_day_is_invented(words):
    assert read_day(words) is None


@pytest.mark.parametrize(
    ("year", "day"),
    [(2026, "2026-07-03"), (2027, "2027-07-05"), (2025, "2025-11-27"), (2026, "2026-05-25"), (2026, "2026-01-19"),
     (2021, "2021-12-31"), (2022, "2022-06-20")],
)  # fmt: skip
def test_legal_holidays_with_their_observed_weekday(year, day):
    assert date.fromisoformat(day) in calendar_rules.legal_holidays(year)


def test_juneteenth_is_a_holiday_since_2021():
    assert date(2020, 6, 19) not in calendar_rules.legal_holidays(2020)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 400))
def test_a_period_never_ends_early_nor_on_a_day_courts_are_closed(trigger, days):
    last = calendar_rules.after(trigger, days)
    assert calendar_rules.is_court_day(last)
    assert 0 <= (last - trigger).days - days <= 5


@given(st.text("May 1203,:/shallby.\n", max_size=120))
def test_any_text_is_read_without_complaint(text):
    for event in in_order(text):
        assert text[event.passage.start : event.passage.end] == event.passage.text
        assert event.starts.at >= datetime(2026, 3, 3, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("weekday", "day"),
    [("Tuesday", date(2026, 3, 3)), ("monday", date(2026, 3, 2)), ("WEDNESDAY", date(2026, 2, 25))],
)
def test_the_latest_day_of_a_name(weekday, day):
    assert latest(weekday, DATED) == day
