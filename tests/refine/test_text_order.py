"""Which entries speak for themselves, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.model import DocketEntry, Kind, Provenance, When, Withheld
from pipeline.refine.docket_text import entry_type
from pipeline.refine.text_order import says_something, text_order

ZONE = ZoneInfo("America/New_York")
SAID = Provenance("court", datetime(2026, 11, 18, 20, tzinfo=UTC), "sha256:aa", "docket text 1")
HEARD = (
    "Minute Entry for proceedings held before Judge Ada B. Oak: Status Conference held on 11/18/2026. Motion 31 is"
    " GRANTED. Joint status report due by 12/4/2026."
)


def line(words, number=None, **more):
    filed = When.on(date(2026, 11, 18), ZONE)
    name = f"nysd:2026-cv-04101{f'#{number}' if number else '@ab12'}"
    return replace(
        DocketEntry(name, "nysd:2026-cv-04101", number, filed, entry_type(words), words, source="court"), **more
    )


@pytest.mark.parametrize(
    ("entry", "title", "paper", "outcomes", "dates"),
    [
        (line(HEARD), "Docket text: Minute Entry for proceedings held before Judge Ada B. Oak", "minute entry", ["granted"], ["2026-12-04"]),
        (
            line("ORDER denying 12 Motion to Compel. Signed by Judge Ada B. Oak on 11/17/2026.", 45),
            "Docket text of ECF 45: ORDER denying 12 Motion to Compel.", "order", ["denied"], [],
        ),
        (
            line("MEMO ENDORSEMENT on 44 Letter. ENDORSEMENT: The conference is adjourned to December 9, 2026 at 10:00 a.m.", 46),
            "Docket text of ECF 46: MEMO ENDORSEMENT on 44 Letter.", "order", [], ["2026-12-09"],
        ),
        (
            line("ORDER: The parties shall file a joint letter by December 1, 2026. (Text Only Order)"),
            "Docket text: ORDER: The parties shall file", "order", [], ["2026-12-01"],
        ),
        (
            line("NOTICE OF HEARING: Oral Argument set for 1/12/2027 at 02:00 PM before Judge Ada B. Oak."),
            "Docket text: NOTICE OF HEARING: Oral Argument set", "notice", [], ["2027-01-12"],
        ),
    ],
    ids=["minutes", "a numbered order", "an endorsement", "a text order", "a notice of hearing"],
)  # fmt: skip
def test_an_entry_that_decides_or_sets_something(entry, title, paper, outcomes, dates):
    found = text_order(entry, SAID)
    assert says_something(found)
    assert (found.type, found.kind, found.court) == (paper, Kind.FILING, "nysd")
    assert found.title.startswith(title)
    assert len(found.title) <= 150
    assert (found.text, found.docket_entry, found.published) == (entry.description, entry.id, entry.filed)
    assert [each.outcome for each in found.dispositions] == outcomes
    assert [each.starts.day.isoformat() for each in found.events] == dates
    for passage in [each.passage for each in (*found.dispositions, *found.events, *found.readings)]:
        assert found.text[passage.start : passage.end] == passage.text


def test_who_decided_is_read_from_the_clerks_words():
    assert text_order(line(HEARD), SAID).judge == "Ada B. Oak"


@pytest.mark.parametrize(
    "entry",
    [
        line("MOTION to Compel. Responses due by 12/2/2026", 12),
        line("NOTICE of Appearance by Cy Counsel on behalf of Beacon. Hearing set for 12/2/2026", 13),
        line("NOTICE of Supplemental Authority; the conference is set for 12/2/2026", 14),
        line("Set/Reset Deadlines: Replies due by 12/2/2026."),
        line("ORDER granting 9 Motion to Appear Pro Hac Vice", 10),
        line("ORDER granting 9 Motion to Stay", 10, filed=None),
        line("", 15),
    ],
    ids=["a party's motion", "an appearance", "a party's notice", "bookkeeping", "an admission", "no date", "no words"],
)
def test_what_is_no_courts_word_or_routine_becomes_no_document(entry):
    assert text_order(entry, SAID) is None


def test_an_order_that_only_names_itself_says_nothing():
    assert not says_something(text_order(line("Order on Motion to Compel", 45), SAID))


def test_its_name_outlasts_its_words():
    stub, whole = line("Minute Entry"), line(HEARD)
    assert text_order(stub, SAID).id == text_order(whole, SAID).id
    assert text_order(line(HEARD), SAID).id != text_order(line(HEARD, id="nysd:2026-cv-04101@cd34"), SAID).id


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.courtlistener.com/docket/7001/#entry-45", "https://www.courtlistener.com/docket/7001/#entry-45"),
        ("https://ecf.nysd.uscourts.gov/doc1/127045", None),
        (None, None),
    ],
    ids=["a public docket", "behind PACER", "none"],
)
def test_its_link_costs_nobody_money(url, shown):
    assert text_order(line(HEARD, url=url), SAID).url == shown


def test_what_is_withheld_goes_with_it():
    sealed = Withheld("sealed", "SEALED ORDER")
    assert text_order(line("SEALED ORDER granting 31 Motion to Stay", 45, withheld=sealed), SAID).withheld == sealed
