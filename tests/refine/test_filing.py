"""What a court paper says about itself: type, court, caption, judge, day, decisions, references."""

from __future__ import annotations

from datetime import UTC, date

import pytest
from courts_db import find_court_by_id

from pipeline.refine import courts
from pipeline.refine.caption import find_caption, head
from pipeline.refine.dispositions import dispositions
from pipeline.refine.filing import ecf_references, find_dated
from pipeline.refine.judge import find_judge, judges_named
from pipeline.refine.papers import as_printed, find_title, paper_type


@pytest.mark.parametrize(
    ("words", "court"),
    [
        ("UNITED STATES DISTRICT COURT\nSOUTHERN DISTRICT OF NEW YORK", "nysd"),
        ("US District Court for the Southern District of New York", "nysd"),
        ("IN THE UNITED STATES DISTRICT COURT\nFOR THE DISTRICT OF DELAWARE", "ded"),
        ("U.S. District Court, District of Columbia", "dcd"),
        ("UNITED STATES DISTRICT COURT\n\nNORTHERN DISTRICT OF CALIFORNIA\n\nOAKLAND DIVISION", "cand"),
        ("UNITED STATES DISTRICT COURT\nWESTERN DISTRICT OF WEST VIRGINIA", None),
        ("UNITED STATES DISTRICT COURT\nDISTRICT OF CALIFORNIA", None),
        ("United States Court of Appeals\nfor the Second Circuit", "ca2"),
        ("UNITED STATES COURT OF APPEALS FOR THE DISTRICT OF COLUMBIA CIRCUIT", "cadc"),
        ("United States Court of Appeals for the Federal Circuit", "cafc"),
        ("United States Court of Appeals for the Ninth Circuit\nOn appeal from the United States District Court\nfor the District of Arizona", "ca9"),
        ("UNITED STATES BANKRUPTCY COURT\nSOUTHERN DISTRICT OF NEW YORK", "nysb"),
        ("UNITED STATES BANKRUPTCY COURT FOR THE DISTRICT OF DELAWARE", "deb"),
        ("SUPREME COURT OF THE UNITED STATES", "scotus"),
        ("UNITED STATES COURT OF APPEALS\n601 SOME STREET\nWebsite: www.ca3.uscourts.gov", "ca3"),
        ("BEFORE THE UNITED STATES JUDICIAL PANEL ON MULTIDISTRICT LITIGATION", "jpml"),
        ("A letter about a court, but of none.", None),
    ],
)  # fmt: skip
def test_the_court_a_header_names(words, court):
    assert courts.find_court(words) == court


def test_every_court_that_can_be_found_is_known_to_courts_db():
    found = set(courts._CIRCUITS.values()) | {name for name, _ in courts._OTHER}
    for state in courts._STATES.values():
        found |= {f"{state}{side}d" for side in courts._DIVIDED.get(state, "")} or {f"{state}d"}
    assert {court for court in found if not find_court_by_id(court)} == {"demo"}  # the invented one
    assert len(found) > 100


def test_no_header_of_a_district_court_gives_a_bankruptcy_court():
    for name, state in courts._STATES.items():
        for side, letter in courts_sides(state):
            court = courts.find_court(f"UNITED STATES DISTRICT COURT\n{side} DISTRICT OF {name}".upper())
            assert court == f"{state}{letter}d"


def courts_sides(state):
    names = {"n": "Northern", "s": "Southern", "e": "Eastern", "w": "Western", "c": "Central", "m": "Middle"}
    return [(names[letter], letter) for letter in courts._DIVIDED.get(state, "")]


@pytest.mark.parametrize(
    ("court", "zone"),
    [("nysd", "America/New_York"), ("cand", "America/Los_Angeles"), ("ilnd", "America/Chicago"), ("azd", "America/Phoenix"),
     ("txwd", "UTC"), ("flsd", "America/New_York"), ("ca9", "America/Los_Angeles"), (None, "UTC"), ("nysb", "America/New_York"),
     ("uk-ewhc", "UTC")],
)  # fmt: skip
def test_the_clock_on_a_courts_wall(court, zone):
    assert str(courts.zone(court)) == zone


@pytest.mark.parametrize(
    ("title", "paper"),
    [
        ("ORDER ON FAIR USE", "order"),
        ("OPINION AND ORDER", "opinion"),
        ("MEMORANDUM OPINION", "opinion"),
        ("ORDER AND OPINION", "opinion"),
        ("ORDER GRANTING DEFENDANTS’ MOTION TO DISMISS", "order"),
        ("[PROPOSED] ORDER GRANTING MOTION TO DISMISS", "proposed order"),
        ("DEFENDANT TESSELLATE’S NOTICE OF MOTION AND MOTION TO DISMISS", "motion"),
        ("PLAINTIFFS’ MOTION FOR AN ORDER COMPELLING PRODUCTION", "motion"),
        ("MEMORANDUM OF LAW IN SUPPORT OF MOTION TO DISMISS", "brief"),
        ("REPLY IN SUPPORT OF MOTION TO DISMISS", "brief"),
        ("DECLARATION OF A. WREN IN SUPPORT OF MOTION TO DISMISS", "declaration"),
        ("NOTICE OF APPEAL", "notice"),
        ("FIRST AMENDED CLASS ACTION COMPLAINT", "complaint"),
        ("STIPULATION OF DISMISSAL", "stipulation"),
        ("STIPULATION AND ORDER EXTENDING TIME", "order"),
        ("CIVIL MINUTES – GENERAL", "minute entry"),
        ("REPORTER’S TRANSCRIPT OF PROCEEDINGS", "transcript"),
        ("EXHIBIT A", "exhibit"),
        ("FINAL JUDGMENT", "judgment"),
        ("JURY TRIAL DEMANDED", None),
        (None, None),
    ],
)
def test_the_type_a_title_announces(title, paper):
    assert paper_type(title) == paper


CAPTION = """Ann Wren (SBN 123456)
wren@wren-law.example
Attorneys for Defendant Tessellate AI, Inc.

UNITED STATES DISTRICT COURT

NORTHERN DISTRICT OF CALIFORNIA

QUILL & LANTERN PRESS, a Delaware
corporation, and TOMAS ABARA, individually and on behalf of all others similarly situated,

Plaintiffs,

v.

TESSELLATE AI, INC., et al.,

Defendants.

Case No. 3:26-cv-00417-RKM

DEFENDANT’S NOTICE OF MOTION AND
MOTION TO DISMISS

Judge: Hon. Ruth K. Marlowe

Complaint Filed: January 5, 2026

TO ALL PARTIES AND THEIR COUNSEL: Please take notice that on April 14, 2026, or as soon as the matter may be heard, the defendant will and hereby does move to dismiss the complaint on the grounds that are set out below.
"""


def test_the_head_of_a_paper():
    top = head(CAPTION)
    assert "hereby does move" not in top
    assert find_title(top) == "DEFENDANT’S NOTICE OF MOTION AND MOTION TO DISMISS"
    assert find_caption(top) == "QUILL & LANTERN PRESS v. TESSELLATE AI, INC., et al."
    assert find_judge(CAPTION) == "Ruth K. Marlowe"


@pytest.mark.parametrize(
    ("top", "caption"),
    [
        ("IN RE:\nTESSELLATE AI, INC.,\nCOPYRIGHT LITIGATION,\n26-md-3199", "IN RE: TESSELLATE AI, INC., COPYRIGHT LITIGATION"),
        ("In re: ANN WREN No. 26-800", "In re: ANN WREN"),
        ("Title Quill & Lantern Press v. Tessellate AI, Inc. Page 1 of 2", "Quill & Lantern Press v. Tessellate AI, Inc."),
        ("See Doe v. Roe, 1 F.4th 2.", None),
    ],
)  # fmt: skip
def test_captions(top, caption):
    assert find_caption(top) == caption


def test_a_capital_heading_is_printed_as_a_title():
    assert as_printed("ORDER ON FAIR USE") == "Order on Fair Use"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Signed by Judge Ruth K. Marlowe on 3/3.", ["Ruth K. Marlowe"], id="in full"),
        pytest.param("Judge Marlowe’s order binds.", ["Marlowe"], id="whose order"),
        pytest.param("Judge Marlowe’s Order Binds", ["Marlowe"], id="whose order, in a headline"),
        pytest.param("Justice O’Hara and Judge Abel-Ruiz agreed.", ["O’Hara", "Abel-Ruiz"], id="two"),
        pytest.param("Papers please Judge Marlowe\nThe order binds.", ["Marlowe"], id="at the end of a line"),
        pytest.param("A judge of Marlowe ruled.", [], id="nobody"),
    ],
)
def test_judges_as_the_press_names_them(text, named):
    assert judges_named(text) == named


@pytest.mark.parametrize(
    ("text", "judge"),
    [
        ("s/ Ruth K. Marlowe\nRuth K. Marlowe\nUnited States District Judge", "Ruth K. Marlowe"),
        ("RUTH K. MARLOWE, United States Magistrate Judge:", "Ruth K. Marlowe"),
        ("Hon. Paul Ost\n\nIT IS SO ORDERED.\n\n__________________\nRUTH K. McMARLOWE\nUnited States District Judge", "Ruth K. McMarlowe"),
        ("Judge: Hon. Ruth K. Marlowe MEMORANDUM OF POINTS", "Ruth K. Marlowe"),
        ("Attorneys for Defendant Ann Wren", None),
    ],
)  # fmt: skip
def test_who_decides(text, judge):
    found = find_judge(text)
    assert found == judge or (judge is not None and found is not None and found.lower() == judge.lower())


def test_the_judge_below_is_not_the_judge_of_an_appeal():
    text = "On appeal from the United States District Court\nHon. Ruth K. Marlowe\n\nBRIEF FOR APPELLANT"
    assert find_judge(text) == "Ruth K. Marlowe"
    assert find_judge(text, appellate=True) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dated: March 3, 2026\nWilmington, Delaware", date(2026, 3, 3)),
        ("DATED this 3rd day of March, 2026.", date(2026, 3, 3)),
        ("Dated: March 1, 2026\n/s/ Ann Wren\n\nIT IS SO ORDERED.\n\nDated: March 3, 2026\nRuth K. Marlowe", date(2026, 3, 3)),
        ("Case No. 26-cv-00417 Date March 3, 2026 Title Quill v. Tessellate", date(2026, 3, 3)),
        ("FILED\nUnited States Court of Appeals\nMarch 3, 2026\nClerk", date(2026, 3, 3)),
        ("Dated: ____________, 2026", None),
        ("The letter of March 1, 2026 is attached.", None),
    ],
)  # fmt: skip
def test_the_day_a_paper_is_dated(text, day):
    found = find_dated(text)
    assert (found[0] if found else None) == day
    if found:
        assert text[found[1].start : found[1].end] == found[1].text


@pytest.mark.parametrize(
    ("sentence", "decided"),
    [
        ("The motion to compel (ECF No. 88) is GRANTED.", [("granted", "ECF 88")]),
        ("Their motion is DENIED without prejudice to renewal.", [("denied without prejudice", None)]),
        ("The Court GRANTS in part and DENIES in part Tessellate’s motion to dismiss.", [("granted in part and denied in part", "motion to dismiss")]),
        ("The Court DENIES Plaintiffs’ motion to seal without prejudice.", [("denied without prejudice", "motion to seal")]),
        ("The motion to dismiss is GRANTED as to Count I and DENIED as to Count II.", [("granted in part and denied in part", "motion to dismiss")]),
        ("The request at ECF 91 is denied as moot.", [("denied as moot", "ECF 91")]),
        ("Having considered the opposition (ECF 95), the motion (ECF 88) is GRANTED.", [("granted", "ECF 88")]),
        ("This action is STAYED pending the appeal.", [("stayed", None)]),
        ("For these reasons we AFFIRM.", [("affirmed", None)]),
        ("This order grants the motion to seal. But it denies the motion to stay.", [("granted", "motion to seal"), ("denied", "motion to stay")]),
        ("We reverse the judgment and remand.", [("reversed", None)]),
        ("We reverse the judgment of the court below, and remand the case for trial.", [("reversed", "judgment of the court below"), ("remanded", "case for trial")]),
        ("Affirmed.", [("affirmed", None)]),
        ("Reversed and remanded. [26-101] (AB)", [("reversed and remanded", None)]),
        ("The parties’ settlement is approved.", [("approved", None)]),
        ("ORDER granting 43 Motion to Continue as to Tessellate. Signed by Judge Wren.", [("granted", "ECF 43")]),
        ("ORDER granting in part and denying in part [12] Motion for Extension of Time.", [("granted in part and denied in part", "ECF 12")]),
        ("ORDER granting 5 Motion in Limine; denying 6 Motion in Limine.", [("granted", "ECF 5"), ("denied", "ECF 6")]),
        ("ORDER granting motion to extend time to file brief.", [("granted", "motion to extend time to file brief")]),
        ("ORDER granting 34 Letter Motion for Conference. Application GRANTED.", [("granted", "ECF 34")]),
        ("IT IS HEREBY ORDERED that the application to seal is granted.", [("granted", "application to seal")]),
        ("Accordingly, the case is DISMISSED with prejudice.", [("dismissed with prejudice", None)]),
    ],
)  # fmt: skip
def test_what_was_decided(sentence, decided):
    assert [(d.outcome, d.motion) for d in dispositions(sentence, paper="order")] == decided


@pytest.mark.parametrize(
    "sentence",
    [
        "Plaintiffs ask that the motion be granted.",
        "Tessellate argues that the motion should be DENIED.",
        "The Court may deny any such motion outright.",
        "On May 2, the motion was denied.",
        "The Court previously granted leave to amend.",
        "“The motion is DENIED,” the earlier order said.",
        "Summary judgment is granted where there is no genuine dispute.",
        "If the motion is granted, discovery will end.",
        "The petition asks whether certiorari is granted.",
        "ORDER GRANTING MOTION TO DISMISS",
        "No further extensions of the deadline will be granted.",
        "Schedule B lists the cases to be transferred.",
        "Old institutions are sustained by tradition, and they adapt.",
        "The conference is adjourned to May 4, 2026.",
        "The respondents shall say why the case shouldn’t be dismissed.",
        "Tessellate has a policy. It denies all requests.",
    ],
)
def test_what_was_not_decided(sentence):
    assert dispositions(sentence, paper="order") == ()


@pytest.mark.parametrize("paper", ["motion", "brief", "proposed order", "complaint", "letter", None])
def test_parties_decide_nothing(paper):
    assert dispositions("The motion to compel is GRANTED.", paper=paper) == ()


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        pytest.param(
            "For these reasons the motion is DENIED without prejudice.\n\nPlaintiffs’ request for costs is DENIED.\n\n"
            "The Clerk of Court is directed to close ECF 36.",
            [("denied without prejudice", "ECF 36"), ("denied", "request for costs")],
            id="the one that is closed",
        ),
        pytest.param(
            "The motion is GRANTED IN PART.\n\nThe motion is denied as to Count II. Count III is dismissed with prejudice.\n\n"
            "Wren’s motion to dismiss (ECF 34) is GRANTED as to Count III and DENIED as to Count II.",
            [("granted in part and denied in part", "ECF 34"), ("dismissed with prejudice", "Count III")],
            id="told three times, decided once",
        ),
        pytest.param(
            "We affirm.\n\nThe judgment of the district court is AFFIRMED.",
            [("affirmed", "judgment of the district court")],
            id="what is affirmed",
        ),
        pytest.param(
            "This order grants summary judgment for Wren that the use was fair. But it denies summary judgment for Wren that "
            "the library was.",
            [("granted in part and denied in part", "summary judgment for Wren")],
            id="one judgment, two holdings",
        ),
        pytest.param("The requests (ECF 7) are denied as to the rates and granted as to the discounts.", [("granted in part and denied in part", "ECF 7")], id="and granted as to"),
        pytest.param("We modify and affirm the decision of the Court of Appeals.", [("modified and affirmed", "decision of the Court of Appeals")], id="modified"),
    ],
)  # fmt: skip
def test_each_motion_once(text, decided):
    found = dispositions(text, paper="order")
    assert [(d.outcome, d.motion) for d in found] == decided
    assert all(text[d.passage.start : d.passage.end] == d.passage.text for d in found)


def test_a_title_decides_where_no_sentence_does():
    text = "ORDER GRANTING APPLICATION FOR A\nPRELIMINARY INJUNCTION\n\nWren is enjoined from copying."
    [found] = dispositions(text, paper="order", title="ORDER GRANTING APPLICATION FOR A PRELIMINARY INJUNCTION")
    assert (found.outcome, found.motion) == ("granted", "APPLICATION FOR A PRELIMINARY INJUNCTION")
    assert text[found.passage.start : found.passage.end] == found.passage.text


@pytest.mark.parametrize(
    ("text", "judge"),
    [
        ("MARLOWE, Justice.\n\nThis appeal asks.", "Marlowe"),
        ("JUSTICE MARLOWE delivered the opinion of the Court.", "Marlowe"),
        ("Before Rivera, Wren, and Marlowe, Circuit Judges.", None),
        ("Date U. S. District Judge Ruth K Marlowe", "Ruth K Marlowe"),
        ("s/ R.\nRUTH K. MARLOWE JR.\nUnited States District Judge", "Ruth K. Marlowe Jr."),
    ],
)
def test_an_author_decides_and_a_panel_names_none(text, judge):
    assert find_judge(text) == judge


def test_a_disposition_carries_its_sentence():
    text = "I have read the letters. The motion (ECF 88) is DENIED. So ordered."
    [found] = dispositions(text, paper="order")
    assert found.passage.text == "The motion (ECF 88) is DENIED."
    assert text[found.passage.start : found.passage.end] == found.passage.text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ECF Nos. 156, 159, 197, and 201-18", (156, 159, 197, 201)),
        ("In ECF 156/159 they ask; see Dkt. 12 & Doc. 14.", (156, 159, 12, 14)),
        ("as explained at Wren Guild Dkt. 349", ()),
        ("See Dkt. 349 at 3.", (349,)),
        ("(ECF No. 88 at 4-5; ECF No. 88-2)", (88,)),
        ("Docket No. 1:26-cv-00417", ()),
    ],
)
def test_entries_of_its_own_docket(text, numbers):
    assert tuple(int(found.value) for found in ecf_references(text)) == numbers
    assert all(text[found.passage.start : found.passage.end] == found.passage.text for found in ecf_references(text))


def test_an_unknown_zone_is_utc():
    assert courts.zone("eu-cjeu") is UTC
    assert str(courts.zone("demo")) == "America/New_York"


@pytest.mark.parametrize(
    ("lines", "caption"),
    [
        ("D.S.,\nPlaintiff,\nv.\nJOHN WARDEN, et al.,\nDefendants.", "D.S. v. JOHN WARDEN, et al."),
        ("ADA MARROW, et al.,\nPlaintiffs, Case No. 31-CV-6794\nAB(JCx)\nv.\nINKWELL, INC.,\nDefendant.", "ADA MARROW, et al. v. INKWELL, INC."),
        ("UNITED STATES DISTRICT JUDGE PRESIDING\nMARROW LTD.,\nPlaintiff,\nVS.\nINKWELL, INC.,", "MARROW LTD. v. INKWELL, INC."),
    ],
    ids=["initials", "the other column on a party's line", "the judge above"],
)  # fmt: skip
def test_only_parties_are_read_into_a_caption(lines, caption):
    assert find_caption(f"UNITED STATES DISTRICT COURT\nDISTRICT OF DELAWARE\n\n{lines}") == caption


def test_a_slip_opinion_keeps_its_number_behind_the_reporters_note():
    text = (
        "(Slip Opinion) OCTOBER TERM, 2030\n\nNOTE: Where it is feasible a syllabus will be released, as is being done in "
        "this case, at the time the opinion is issued to everybody who asks for it.\n\nSUPREME COURT OF THE UNITED STATES\n\n"
        "MARROW v. INKWELL\n\nNo. 30–889. Argued April 2, 2031—Decided June 1, 2031 The compact is an agreement that the "
        "states have made among themselves and that the court has been asked to read as it stands, without more.\n"
    )
    assert "No. 30–889" in head(text)
    assert "compact" not in head(text)
