"""What later papers of a matter do to the dates of earlier ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from pipeline.model import Document, Event, EventState, Kind, PageClass, Passage, Provenance, When
from pipeline.refine.events import find_events
from pipeline.refine.supersede import Fate, fates


def paper(name, day, text, kind="order"):
    filed = date(2026, *day)
    return Document(
        id=name, kind=Kind.FILING, page_class=PageClass.FILING, title="Order", text=text, type=kind,
        provenance=Provenance("x", datetime(2026, 12, 1, tzinfo=UTC), "sha256:0", "text 1"),
        published=When.on(filed, UTC),
        events=find_events(text, dated=filed, zone=UTC, kind=Kind.FILING, paper=kind),
    )  # fmt: skip


SCHEDULE = paper(
    "schedule",
    (3, 2),
    "A status conference is set for April 2, 2026. The parties shall file a joint letter by March 27, 2026.",
)


@pytest.mark.parametrize(
    ("later", "became"),
    [
        pytest.param(
            "The status conference previously set for April 2, 2026, is RESET to April 9, 2026, at 11:30 a.m.",
            [Fate("schedule", 0, "superseded", "later"), Fate("later", 0, "repeated", "schedule")],
            id="reset, with the old date",
        ),
        pytest.param(
            "The status conference is adjourned to April 9, 2026.",
            [Fate("schedule", 0, "superseded", "later")],
            id="adjourned, without it",
        ),
        pytest.param(
            "The status conference set for April 2, 2026, is VACATED.",
            [Fate("schedule", 0, "superseded", "later"), Fate("later", 0, "repeated", "schedule")],
            id="vacated",
        ),
        pytest.param(
            "The deadline for the joint letter is extended to April 3, 2026.",
            [Fate("schedule", 1, "superseded", "later")],
            id="a deadline extended",
        ),
        pytest.param(
            "The parties shall file their joint letter by March 27, 2026.",
            [Fate("later", 0, "repeated", "schedule")],
            id="told again",
        ),
        pytest.param(
            "The status conference will be held on April 2, 2026, at 10:00 a.m.",
            [Fate("schedule", 0, "repeated", "later")],
            id="told again with its hour",
        ),
        pytest.param("The deadline to move to dismiss is extended to May 8, 2026.", [], id="another deadline extended"),
        pytest.param("A settlement conference is set for April 30, 2026.", [], id="another conference"),
        pytest.param("The parties shall file a stipulation by March 27, 2026.", [], id="another paper on the same day"),
    ],
)  # fmt: skip
def test_what_a_later_order_does(later, became):
    papers = [SCHEDULE, paper("later", (3, 9), later)]
    for order in permutations(papers):
        assert fates(order) == became


def test_what_parties_propose_moves_nothing():
    proposed = paper("proposed", (3, 9), "The status conference is adjourned to April 9, 2026.", "stipulation")
    assert proposed.events[0].state is EventState.REPORTED
    assert fates([SCHEDULE, proposed]) == []


def test_an_order_does_not_move_its_own_dates():
    once = paper("once", (3, 2), "The hearing set for April 2, 2026 is continued to April 9, 2026.")
    assert [event.state for event in once.events] == [EventState.SUPERSEDED, EventState.SCHEDULED]
    assert fates([once]) == []


def test_no_event_has_two_fates():
    passage = Passage(0, 1, "x")
    twice = tuple(Event("hearing", "Hearing", When.on(date(2026, 4, day), UTC), passage) for day in (2, 2, 9))
    papers = [
        SCHEDULE,
        *(paper(f"p{n}", (3, 9 + n), "The status conference is reset to April 9, 2026.") for n in range(4)),
    ]
    found = fates(
        [
            *papers,
            Document(
                **{**{f: getattr(SCHEDULE, f) for f in SCHEDULE.__dataclass_fields__}, "id": "h", "events": twice}
            ),
        ]
    )
    assert len({(fate.document, fate.position) for fate in found}) == len(found)
