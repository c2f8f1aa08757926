"""What a calendar calls a date."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pipeline.model import EventState, Kind
from pipeline.refine.casing import mixed, name, sentence
from pipeline.refine.events import find_events
from pipeline.refine.papers import as_printed, minutes_title


def events(text, paper="order", about=""):
    return find_events(
        text, dated=date(2026, 3, 3), zone=ZoneInfo("America/New_York"), kind=Kind.FILING, paper=paper, about=about
    )


@pytest.mark.parametrize(
    ("sentence", "title", "actor"),
    [
        ("By April 3, 2026, they shall file a joint letter of no more than five pages that sets out a plan.", "Joint letter due", None),
        ("Wren shall answer or otherwise respond by April 3, 2026, whether or not it amends.", "Answer or otherwise respond", "Wren"),
        ("Tessellate may file an amended complaint, limited to Count II, by April 3, 2026.", "Amended complaint due", "Tessellate"),
        ("The Joint Status Report must be filed no later than Friday, April 3, 2026.", "Joint Status Report due", None),
        ("The deadline for motions to join parties is April 3, 2026.", "Motions to join parties due", None),
        ("The deadline to answer is extended to April 3, 2026.", "Answer", None),
        ("Plaintiffs’ opposition to the motion is due on April 3, 2026.", "Plaintiffs’ opposition to the motion due", None),
        ("By April 3, 2026, Tessellate shall produce a data dictionary.", "Produce a data dictionary", "Tessellate"),
        ("It is further ordered that the defendant surrender himself on or before 12 noon, on April 3, 2026.", "Surrender himself", None),
        ("The Court directs the parties to submit a request for redactions (or none) on or before April 3, 2026.", "Request for redactions due", "The parties"),
        ("The Court will hear the parties on the letter at a conference on April 3, 2026, by video.", "Conference on the letter", None),
        ("A conference will be held on April 3, 2026, by telephone.", "Conference by telephone", None),
    ],
)  # fmt: skip
def test_titles_say_what_is_due(sentence, title, actor):
    [event] = events(sentence)
    assert (event.title, event.actor) == (title, actor)


def test_they_are_those_named_before():
    *_, last = events("The parties shall meet and confer. By April 3, 2026, they shall file a joint letter.")
    assert last.actor == "The parties"


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("Privilege logs | Friday, April 3, 2026", "Privilege logs due"),
        ("Close of fact discovery   Friday, April 3, 2026", "Close of fact discovery"),
        ("Joint letter, not to exceed six pages | April 3, 2026", "Joint letter due"),
        ("Status conference, Courtroom 4B | Friday, April 3, 2026, at 10:00 a.m.", "Status conference"),
    ],
)
def test_rows_of_a_schedule(row, title):
    found = events(f"{row}\nReplies | May 1, 2026")
    assert [event.title for event in found] == [title, "Replies due"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The deadline for motions to join parties remains April 3, 2026.",
        "The conference before Judge Marlowe on April 3, 2026, is not affected by this Order.",
        "The hearing is currently set for April 3, 2026.",
        "Plaintiffs may not renew their motion before April 3, 2026.",
    ],
)
def test_what_is_only_repeated_is_no_event(sentence):
    assert events(sentence) == ()


def test_what_is_due_again_keeps_both_dates():
    old, new = events(
        "The joint letter previously due on April 3, 2026, is now due on Friday, April 10, 2026, at noon."
    )
    assert [(e.title, e.state) for e in (old, new)] == [
        ("Joint letter due", EventState.SUPERSEDED),
        ("Joint letter due", EventState.SCHEDULED),
    ]
    assert (new.starts.iso(), new.starts.precision) == ("2026-04-10T12:00:00-04:00", "minute")


def test_days_before_a_hearing_are_counted_back_over_a_weekend():
    _, plan = events(
        "The parties shall appear for a conference on Monday, April 13, 2026, and shall submit a plan eight days before that date."
    )
    assert (plan.starts.day, plan.title) == (date(2026, 4, 3), "Plan due")
    assert "6(a)(5)" in plan.computed


def test_a_notice_of_motion_names_its_hearing_and_its_briefs():
    text = "Date: April 14, 2026\nTime: 9:30 a.m.\n\nAny opposition is due by March 31, 2026, and any reply by April 7, 2026."
    assert [(e.kind, e.title, e.starts.day.isoformat()) for e in events(text, "motion", "Motion to Stay")] == [
        ("hearing", "Hearing on Motion to Stay", "2026-04-14"),
        ("deadline", "Opposition due", "2026-03-31"),
        ("deadline", "Reply due", "2026-04-07"),
    ]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "NOTICE of Hearing Date set for April 3, 2026 re 22 MOTION to Dismiss (Lark, Ana)",
            "Hearing on Motion to Dismiss",
        ),
        ("The motion to stay is set for a hearing on April 3, 2026.", "Hearing on motion to stay"),
        ("Detention Hearing set for April 3, 2026 before Judge Marlowe.", "Detention Hearing"),
        (
            "Motions to Dismiss and Motion for Sanctions Hearing set for April 3, 2026.",
            "Motions to Dismiss and Motion for Sanctions Hearing",
        ),
        ("HEARING set for April 3, 2026 at 10:00 AM.", "Hearing"),
        ("The hearing is set for April 3, 2026.", "Hearing"),
    ],
    ids=[
        "re a numbered motion",
        "a motion set for it",
        "its kind",
        "motions named before it",
        "capitals",
        "nothing said",
    ],
)
def test_a_hearing_says_which_when_the_words_do(sentence, title):
    assert [event.title for event in events(sentence)][:1] == [title]


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        pytest.param("HEARING ON MOTION", "", "Hearing on motion", id="capitals throughout"),
        pytest.param("HEARING", "", "Hearing", id="one word"),
        pytest.param("Hearing on MTD", "", "Hearing on MTD", id="an abbreviation within"),
        pytest.param("ADR", "", "ADR", id="an abbreviation alone"),
        pytest.param("MDL STATUS CONFERENCE", "", "MDL status conference", id="an abbreviation in capitals"),
        pytest.param("HEARING ON U.S. EVIDENCE", "", "Hearing on U.S. evidence", id="an abbreviation with points"),
        pytest.param("CONFERENCE ON QUARTO LOGS", "Both sides and Quarto, Inc. were heard.", "Conference on Quarto logs", id="a name"),
        pytest.param("CONFERENCE ON OPENROAD’S LOGS", "The parties and OpenRoad were heard.", "Conference on OpenRoad’s logs", id="whose logs"),
        pytest.param("HEARING ON MOTION", "The Motion is set. The motion to stay and Motion to seal.", "Hearing on motion", id="a word that is also printed large"),
        pytest.param("2026", "", "2026", id="no letters"),
    ],
)  # fmt: skip
def test_a_title_in_capitals_is_told_as_others_are(title, text, told):
    assert sentence(title, text) == told


def test_an_event_set_in_capitals_keeps_the_names_of_its_text():
    [event] = events("Counsel and Quarto were heard.\n\nCLOSE OF QUARTO DISCOVERY: April 3, 2026")
    assert event.title == "Close of Quarto discovery"


@pytest.mark.parametrize("paper", ["stipulation", "proposed order"])
def test_what_parties_propose_is_a_lead(paper):
    [event] = events("Defendant shall answer by April 3, 2026.", paper)
    assert event.state is EventState.REPORTED


@pytest.mark.parametrize(
    ("capitals", "text", "printed"),
    [
        ("WREN GUILD, INC.", "", "Wren Guild, Inc."),
        ("OPENBOOK AI, LLC", "A copy of OpenBook’s answer.", "OpenBook AI, LLC"),
        ("SONO GROUP", "The motion of SONO is denied.", "SONO Group"),
        ("Wren v. Tessellate", "", "Wren v. Tessellate"),
    ],
)
def test_capitals_as_they_are_printed(capitals, text, printed):
    assert mixed(capitals, text) == printed


def test_a_name_spelled_elsewhere_is_taken_whole():
    assert name("ANN DE LA WREN", "Plaintiff Ann de la Wren moves.") == "Ann de la Wren"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("NOTICE OF MOTION AND MOTION TO STAY DISCOVERY", "Motion to Stay Discovery"),
        ("STIPULATION AND [PROPOSED] ORDER", "Stipulation and [Proposed] Order"),
        ("COMPLAINT DEMAND FOR JURY TRIAL", "Complaint"),
        ("ORDER Case No. 1:26-cv-00417-RKM", "Order"),
    ],
)
def test_titles_of_papers(heading, title):
    assert as_printed(heading) == title


def test_minutes_are_called_by_their_proceedings():
    assert (
        minutes_title("Attorneys: none\nProceedings: [In Chambers] ORDER DENYING APPLICATION (Dkt. 8)\n\nText")
        == "ORDER DENYING APPLICATION"
    )
