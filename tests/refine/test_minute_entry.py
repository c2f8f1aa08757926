"""Two sources tell of an entry without a number: one row when something shows that it is one, else two."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import DocketEntry, When
from pipeline.refine.minute_entry import agree, same_minute_entry

ZONE = ZoneInfo("America/New_York")
HEARING = "Minute Entry for proceedings held before Judge Oak: Status Conference held on 11/18/2026."


def line(words, clock="10:31:07", *, source="nysd", day="2026-11-18", docket="nysd:2026-cv-04101", number=None):
    filed = When(datetime.fromisoformat(f"{day} {clock or '00:00'}").replace(tzinfo=ZONE), "second" if clock else "day")
    return DocketEntry(f"{docket}@{source}{words}{clock}", docket, number, filed, None, words, source=source)


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (line("Minute Entry"), line(HEARING, "10:31:40", source="cl"), True),
        (line("Minute Entry"), line("MINUTE  ENTRY", source="cl"), True),
        (line(HEARING, None), line(HEARING, source="cl"), True),
        (line(HEARING, None), line(HEARING, None, source="cl"), True),
        (line("Minute Entry"), line(HEARING, "10:32:01", source="cl"), False),
        (line("Order"), line(HEARING, source="cl"), False),
        (line("Minute Entry"), line("Minute Entry", None, source="cl"), False),
        (line("Minute Entry"), line(HEARING, None, source="cl"), False),
        (line(HEARING), line(HEARING, day="2026-11-19", source="cl"), False),
        (line(HEARING, None), line(HEARING.replace("Status", "Scheduling"), None, source="cl"), False),
        (line(HEARING), line(HEARING, docket="nysd:2026-cv-04102", source="cl"), False),
        (line(HEARING), line(HEARING, number=12, source="cl"), False),
        (line(""), line(HEARING, source="cl"), False),
        (replace(line(HEARING), filed=None), line(HEARING, source="cl"), False),
    ],
    ids=["name and text at one minute", "same name at one minute", "same text, one with a time", "same text on one day",
         "another minute", "another kind", "a bare name without a time", "a name and a text without a time",
         "another day", "another hearing", "another docket", "a number", "no words", "no date"],
)  # fmt: skip
def test_what_shows_that_two_lines_are_one_entry(ours, theirs, same):
    assert agree(ours, theirs) is agree(theirs, ours) is same


def test_of_two_that_fit_neither_is_taken():
    ours, theirs = line("Minute Entry"), line("Minute Entry", source="cl")
    again = replace(theirs, id="another")
    assert same_minute_entry(ours, [theirs], beside=[ours]) == theirs
    assert same_minute_entry(ours, [theirs, again], beside=[ours]) is None
    assert same_minute_entry(ours, [theirs], beside=[ours, replace(ours, id="one more")]) is None
    assert same_minute_entry(ours, [], beside=[ours]) is None


_LINES = st.builds(
    line,
    st.sampled_from(["Minute Entry", "Order", HEARING, HEARING + " Next on 12/2.", ""]),
    st.sampled_from([None, "10:31:07", "10:31:59", "11:00:00"]),
    source=st.sampled_from(["nysd", "cl"]),
)


@given(_LINES, _LINES)
def test_agreement_has_no_direction(one, other):
    assert agree(one, other) is agree(other, one)
