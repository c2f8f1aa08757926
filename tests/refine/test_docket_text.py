"""What a docket entry's words say: its type, and its numbers in other dockets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import DocketEntry
from pipeline.refine.docket_text import entry_type, everywhere, same_filing, weightiest

TYPES = [
    # the words of a docket report
    ("ORDER granting 119 Motion to Seal. Signed by Judge Ada Example on 5/31/2026.", "order"),
    ("LETTER ORDER granting 64 request for an extension.", "order"),
    ("STIPULATION AND ORDER regarding discovery of stored information. Signed by Judge Ada Example", "order"),
    ("STIPULATION WITH PROPOSED ORDER to shorten time", "stipulation"),
    ("MEMO ENDORSED on re: 12 Letter", "order"),
    ("TEXT ORDER: A status conference is scheduled for February 13, 2026.", "order"),
    ("MINUTE entry before the Honorable Bo Sample: motion hearing held", "order"),
    ("MOTION to Compel Production. (Attachments: # 1 Text of Proposed Order)", "motion"),
    ("CONSENT LETTER MOTION to Adjourn Conference addressed to Judge Ada Example", "motion"),
    ("JOINT LETTER addressed to Magistrate Judge Bo Sample from Pat Example", "letter"),
    ("LETTER MOTION for Extension of Time", "motion"),
    ("RESPONSE in Opposition to Motion re: 34 MOTION to Seal . Document filed by Inkwell, Inc.", "brief"),
    ("MEMORANDUM OF LAW in Support re: 40 MOTION for Summary Judgment", "brief"),
    ("MEMORANDUM OPINION AND ORDER", "opinion"),
    ("DECLARATION of Pat Example in Support re: 49 MOTION to Strike", "declaration"),
    ("First AMENDED COMPLAINT against all defendants", "complaint"),
    ("NOTICE OF REMOVAL from Superior Court", "complaint"),
    ("ANSWER to 16 Counterclaim with Jury Demand", "answer"),
    ("JUDGMENT: For the 42 written reasons assigned", "judgment"),
    ("MOTION for Judgment on the Pleadings", "motion"),
    ("TRANSCRIPT of Proceedings re: CONFERENCE held on 6/28/2026", "transcript"),
    ("NOTICE of Supplemental Authority", "notice"),
    # the names of a feed or a history report
    ("Order on Motion to Dismiss", "order"),
    ("Report and Recommendations", "order"),
    ("Stay", "motion"),
    ("Dismiss/Lack of Jurisdiction", "motion"),
    ("Reply to Response to Motion", "brief"),
    ("Minute Entry", "order"),
    # routine, whatever else they say
    ("MOTION for Pat Example to Appear Pro Hac Vice", "routine"),
    ("ORDER granting 34 Motion for Leave to Appear Pro Hac Vice", "routine"),
    ("NOTICE OF APPEARANCE by Pat Example on behalf of Inkwell, Inc.", "routine"),
    ("SUMMONS Returned Executed", "routine"),
    ("Transcript Order Form", "routine"),
    ("NOTICE OF FILING OF OFFICIAL TRANSCRIPT", "routine"),
    ("CLERK'S NOTICE resetting the conference", "routine"),
    ("Clerks Notice", "routine"),
    ("Certificate of Service", "routine"),
    ("RULE 7.1 CORPORATE DISCLOSURE STATEMENT", "routine"),
    ("***NOTICE TO ATTORNEY to re-file", "routine"),
    ("Set/Reset Deadlines", "routine"),
    ("~Util - Terminate Motions", "routine"),
    # nothing we know, and nothing guessed
    ("Hearing held, no document", None),
    ("*", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "kind"), TYPES, ids=[row[0][:40] or "nothing" for row in TYPES])
def test_an_entry_is_what_its_first_words_say(words, kind):
    assert entry_type(words) == kind


def test_an_initial_appearance_is_a_hearing_and_no_routine():
    assert entry_type("Minute Entry: Initial Appearance held") == "order"


def test_the_weightiest_of_several_events_names_the_entry():
    assert weightiest(["routine", None, "motion", "letter"]) == "motion"
    assert weightiest(["routine", None]) is None


@given(st.text())
def test_any_words_have_a_type_or_none(words):
    assert entry_type(words) is None or entry_type(words).islower()


# ------------------------------------------------------------------------------------------------ one filing, many numbers


def entry(words, *, docket="nysd:2025-md-03143", number=1400):
    return DocketEntry(f"{docket}#{number}", docket, number, None, None, words)


def numbers(found):
    return {each.docket: each.number for each in found}


def test_an_entry_bears_its_number_in_each_member_docket():
    line = entry("ORDER (585 in 1:24-cv-01515-SHS-OTW, 1345 in 1:23-cv-08292-SHS-OTW)")
    ((named, is_entry),) = same_filing(line)
    assert is_entry
    assert numbers(named) == {"nysd:2025-md-03143": 1400, "nysd:2024-cv-01515": 585, "nysd:2023-cv-08292": 1345}
    assert [each.id for each in everywhere(line)] == [
        "nysd:2025-md-03143#1400", "nysd:2024-cv-01515#585", "nysd:2023-cv-08292#1345",
    ]  # fmt: skip


def test_the_list_may_name_the_entrys_own_docket():
    line = entry("MOTION to Seal. (585 in 1:24-cv-01515-SHS-OTW, 1400 in 1:25-md-03143-SHS-OTW)")
    ((named, is_entry),) = same_filing(line)
    assert is_entry
    assert numbers(named) == {"nysd:2024-cv-01515": 585, "nysd:2025-md-03143": 1400}


REFERENCES = [
    "ORDER granting (585 in 1:24-cv-01515-SHS-OTW, 1345 in 1:23-cv-08292-SHS-OTW) Motion to Seal",
    "RESPONSE re: (585 in 1:24-cv-01515-SHS-OTW; 1345 in 1:23-cv-08292-SHS-OTW) Letter",
    "REPLY to 585 in 1:24-cv-01515-SHS-OTW and 1345 in 1:23-cv-08292-SHS-OTW",
]


@pytest.mark.parametrize("words", REFERENCES)
def test_what_an_entry_is_about_is_another_filing_with_two_numbers(words):
    ((named, is_entry),) = same_filing(entry(words))
    assert not is_entry
    assert numbers(named) == {"nysd:2024-cv-01515": 585, "nysd:2023-cv-08292": 1345}
    assert everywhere(entry(words)) == (entry(words),)


SAYING_NOTHING = [
    "two filings in one docket: (5 in 1:24-cv-01515, 6 in 1:24-cv-01515)",
    "re: 585 in 1:24-cv-01515",
    "ORDER in 1:24-cv-01515 and 1:23-cv-08292",
    "filed 12 pages in 25 copies",
]


@pytest.mark.parametrize("words", SAYING_NOTHING)
def test_words_that_do_not_say_which_is_which_say_nothing(words):
    assert [named for named, _ in same_filing(entry(words, number=None))] == []
