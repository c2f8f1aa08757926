"""Values with their words: citations, claims, sums, and what a paper says of itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Fetched, Kind, Role
from pipeline.refine.amounts import find_amounts
from pipeline.refine.citations import find_citations
from pipeline.refine.claims import VOCABULARY, find_claims
from pipeline.refine.filing import describe

ORDER = """UNITED STATES DISTRICT COURT
NORTHERN DISTRICT OF CALIFORNIA

QUILL & SONS, LLC,
Plaintiff,
v.
LUMENODE AI, INC.,
Defendant.

Case No. 3:31-cv-00017-RKM

ORDER GRANTING MOTION TO DISMISS

Before the Court is the motion of Lumenode to dismiss the claim for vicarious infringement (Dkt. No. 41) and the claim under 17 U.S.C. § 1202(b)(1). The prayer asks for $2.5 million, or $750 to $30,000 per work, whichever is more, and says little else of what the plaintiff has lost in the years since the copying began.

The motion is GRANTED. See Campbell v. Acuff-Rose Music, Inc., 510 U.S. 569, 577 (1994); Feist, 499 U.S. at 345.

IT IS SO ORDERED.

Dated: March 3, 2031

/s/ Ruth K. Marlowe
Ruth K. Marlowe
United States District Judge
"""


def values(found, what=None):
    return [reading.value for reading in found if what in {None, reading.what}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See 17 U.S.C. § 107.", ["17 U.S.C. § 107"]),
        ("under 17 U.S.C. § 504(c)(2), and", ["17 U.S.C. § 504(c)(2)"]),
        ("under 17 U.S.C. §§ 106, 501 and 504(c) the", ["17 U.S.C. § 106", "17 U.S.C. § 501", "17 U.S.C. § 504(c)"]),
        ("as 37 C.F.R. § 202.1 says", ["37 C.F.R. § 202.1"]),
        ("Campbell v. Acuff-Rose Music, Inc., 510 U.S. 569, 577 (1994)", ["510 U.S. 569"]),
        ("598 U.S. at 533", []),  # short: it is cited in full elsewhere
        ("No. 24-cv-1514, 2025 WL 1741691 (N.D. Cal. June 23, 2025)", ["2025 WL 1741691"]),
        ("804 F.3d 202; 804 F.3d 202; 804 F. 3d 202", ["804 F.3d 202"]),
        ("on 3 May 2031 in room 17 of Building 4", []),
        ("", []),
    ],
)  # fmt: skip
def test_statutes_and_cases_are_read_once_and_normalized(text, expected):
    assert values(find_citations(text)) == expected


def test_a_case_is_cited_with_its_name_and_without_the_signal():
    text = "It is settled. See Campbell v. Acuff-Rose Music, Inc., 510 U.S. 569 (1994)."
    (cited,) = find_citations(text)
    assert cited.passage.text == "Campbell v. Acuff-Rose Music, Inc., 510 U.S. 569"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a settlement of $1.5 billion", ["USD 1500000000"]),
        ("about $3,000 per work", ["USD 3000 per work"]),
        ("from $750 to $30,000 per work", ["USD 750 to 30000 per work"]),
        ("between $750 and $150,000", ["USD 750 to 150000"]),
        ("$5 and $6", ["USD 5", "USD 6"]),
        ("$1-2 million", ["USD 1000000 to 2000000"]),
        ("fined €250 million", ["EUR 250000000"]),
        ("£1.2m in costs", ["GBP 1200000"]),
        ("RMB 10,000", ["CNY 10000"]),
        ("1.5 billion dollars", ["USD 1500000000"]),
        ("$144,398.50", ["USD 144398.5"]),
        ("$0", ["USD 0"]),
        ("Dkt. 750, 30,000 books, 12 %", []),
        ("$10,000, $10,000 and again $10,000", ["USD 10000"]),
    ],
)  # fmt: skip
def test_sums_are_read_with_currency_and_size(text, expected):
    found = find_amounts(text)
    assert values(found) == expected
    assert all(text[read.passage.start : read.passage.end] == read.passage.text for read in found)


@pytest.mark.parametrize(
    ("text", "expected", "sure"),
    [
        ("COUNT II\nVicarious Copyright Infringement", ["vicarious infringement"], 0.9),
        ("the claim for contributory copyright infringement fails", ["contributory infringement"], 0.9),
        ("The DMCA claim under § 1202(b) survives.", ["DMCA § 1202(b)"], 0.9),
        ("Its second cause of action, unjust enrichment, is preempted", ["unjust enrichment"], 0.9),
        ("a defense of fair use", ["fair use (defence)"], 0.9),
        ("The fair use question is close.", ["fair use (defence)"], 0.6),
        ("directly infringed the works", ["direct infringement"], 0.6),
        ("The conversion of the file took an hour.", [], None),
        ("They trained on novels.", [], None),
    ],
)  # fmt: skip
def test_claims_are_read_in_our_own_words(text, expected, sure):
    found = find_claims(text)
    assert values(found) == expected
    assert all(reading.confidence == sure for reading in found)
    assert set(values(found)) <= VOCABULARY.keys()


@given(st.text(alphabet="$€£0123456789,. -–millionbtoandU.S.C§F3dvIn rework", max_size=80))
def test_what_is_read_stands_in_the_text(text):
    for read in (*find_citations(text), *find_amounts(text), *find_claims(text)):
        assert text[read.passage.start : read.passage.end] == read.passage.text


def test_a_filing_says_each_of_its_values_with_the_words():
    fetched = Fetched(
        "local", Kind.FILING, Role.FILE, None, "order.txt", datetime(2031, 3, 4, tzinfo=UTC), 200, (), b""
    )
    paper = describe(fetched, ORDER, reader="text 1")
    said = {(read.what, read.value) for read in paper.readings}
    assert said == {
        ("court", "cand"), ("caption", "Quill & Sons, LLC v. Lumenode AI, Inc."), ("party", "plaintiff: Quill & Sons, LLC"),
        ("party", "defendant: Lumenode AI, Inc."), ("docket", "3:31-cv-00017-RKM"), ("type", "order"), ("ecf", "41"),
        ("claim", "vicarious infringement"), ("claim", "DMCA § 1202(b)"), ("statute", "17 U.S.C. § 1202(b)(1)"),
        ("amount", "USD 2500000"), ("amount", "USD 750 to 30000 per work"), ("case", "510 U.S. 569"),
        ("dated", "2031-03-03"), ("judge", "Ruth K. Marlowe"), ("author", "Ruth K. Marlowe"),
    }  # fmt: skip
    assert all(ORDER[read.passage.start : read.passage.end] == read.passage.text for read in paper.readings)
    assert all(0 < read.confidence <= 1 for read in paper.readings)
