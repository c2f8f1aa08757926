from __future__ import annotations

import dataclasses

import pytest

from pipeline.model import Disposition, Document
from summarize.headline import headline
from tests.summarize.papers import ARTICLE, COMPLAINT, ORDER, paper, passage


def ruled(text: str, outcome: str, motion: str | None, **fields: object) -> Document:
    made = paper(
        text,
        type="order",
        title="Order",
        judge="Quinn R. Sample",
        dispositions=(Disposition(outcome, motion, passage(text, text)),),
    )
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


def test_judge_disposition_and_motion() -> None:
    assert headline(ORDER) == "Magistrate Judge Sample denied the motion (ECF 61) without prejudice"


@pytest.mark.parametrize(
    ("text", "outcome", "motion", "expected"),
    [
        (
            "The motion to compel is granted.",
            "granted",
            "motion to compel",
            "Judge Sample granted the motion to compel",
        ),
        ("The motion is granted in part.", "granted in part", None, "Judge Sample granted the motion in part"),
        ("The parties’ stipulation is approved.", "approved", None, "Judge Sample approved the stipulation"),
        (
            "The applications to seal are denied.",
            "denied",
            "applications to seal",
            "Judge Sample denied the applications to seal",
        ),
        ("ECF 12 is denied as moot.", "denied as moot", "ECF 12", "Judge Sample denied the request (ECF 12) as moot"),
        ("ECF 12 is adopted.", "adopted", "ECF 12", "Judge Sample adopted ECF 12"),
        (
            "The motion is granted in part and denied in part.",
            "granted in part and denied in part",
            "motion to seal",
            "Judge Sample granted in part and denied in part the motion to seal",
        ),
        ("ORDER GRANTING THE STAY", "granted", "MOTION TO STAY", "Judge Sample granted the motion to stay"),
        (
            "The confidential designation of the log is lifted.",
            "lifted",
            None,
            "Judge Sample lifted the confidential designation",
        ),
        (
            "Summary judgment for Brook is granted.",
            "granted",
            "summary judgment for Brook",
            "Judge Sample granted summary judgment for Brook",
        ),
        ("The motion is moot.", "moot", None, "Judge Sample found the motion moot"),
        ("Brook’s motion is denied.", "denied", "Brook’s motion", "Judge Sample denied Brook’s motion"),
        ("The judgment is affirmed.", "affirmed", None, "The court affirmed the judgment"),
        (
            "The district court’s order dismissing the suit is REVERSED.",
            "reversed",
            None,
            "The court reversed the district court’s order",
        ),
        (
            "We modify and affirm the decision of the Court of Appeals.",
            "modified and affirmed",
            "decision of the Court of Appeals",
            "The court modified and affirmed the decision of the Court of Appeals",
        ),
        ("Affirmed.", "affirmed", None, "The court affirmed"),
        ("The relief sought is granted.", "granted", None, "Order"),
        ("It is so.", "something new", None, "Order"),
    ],
)
def test_what_was_done_to_what(text: str, outcome: str, motion: str | None, expected: str) -> None:
    assert headline(ruled(text, outcome, motion)) == expected


@pytest.mark.parametrize(
    ("judge", "expected"),
    [
        (None, "The court denied the motion"),
        ("QUINN R. SAMPLE", "Judge Sample denied the motion"),
        ("Quinn R. Sample, Jr.", "Judge Sample denied the motion"),
        ("Chief Judge Sample", "Chief Judge Sample denied the motion"),
    ],
)
def test_who(judge: str | None, expected: str) -> None:
    assert headline(ruled("The motion is denied.", "denied", None, judge=judge)) == expected


def test_a_ruling_with_two_outcomes() -> None:
    text = "The motion to compel is granted. The motion to seal is denied."
    two = (
        Disposition("granted", "motion to compel", passage(text, "The motion to compel is granted.")),
        Disposition("denied", "motion to seal", passage(text, "The motion to seal is denied.")),
    )
    made = paper(text, judge="Quinn Sample", dispositions=two)
    assert headline(made) == "Judge Sample granted the motion to compel and denied the motion to seal"


def test_more_rulings_than_a_line_holds_are_counted() -> None:
    text = "The motion to seal is granted. The motion to stay is denied. Counts I is dismissed. The plan is adopted."
    four = tuple(
        Disposition(outcome, motion, passage(text, text))
        for outcome, motion in (
            ("granted", "motion to seal"),
            ("denied", "motion to stay"),
            ("dismissed", "Count I"),
            ("adopted", "plan"),
        )
    )
    line = "Judge Sample granted the motion to seal, denied the motion to stay and made 2 more rulings"
    assert headline(paper(text, judge="Quinn Sample", dispositions=four)) == line
    line = "Judge Sample granted the motion to seal, denied the motion to stay and dismissed Count I"
    assert headline(paper(text, judge="Quinn Sample", dispositions=four[:3])) == line


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("minute entry", "(In Chambers) - Brook’s Notice of May 3 ( ECF No. 53", "Minutes on Brook’s Notice of May 3"),
        ("order", "[Proposed] Order Re: Stipulation", "Order Re: Stipulation"),
        ("order", "Motion to Seal", "Order on Motion to Seal"),
        ("order", "Order on Motion to Seal", "Order on Motion to Seal"),
        ("proposed order", "[Proposed] Order Re: Stipulation", "[Proposed] Order Re: Stipulation"),
        ("motion", "Motion to Seal", "Motion to Seal"),
    ],
)
def test_a_ruling_under_a_party_s_title_says_that_it_rules(kind: str, title: str, expected: str) -> None:
    assert headline(paper("Nothing is decided.", type=kind, title=title)) == expected


def test_other_filings_keep_the_paper_s_title() -> None:
    assert headline(COMPLAINT) == COMPLAINT.title
    assert headline(paper("Nothing is known.", title="Exhibit 4")) == "Exhibit 4"


def test_news_keeps_its_own_title() -> None:
    assert headline(ARTICLE) == ARTICLE.title


@pytest.mark.parametrize(
    ("text", "done", "expected"),
    [
        ("The conviction is AFFIRMED and the sentence is VACATED.", ("affirmed", "vacated"),
         "The court affirmed the conviction and vacated the sentence"),
        ("The award of fees is REVERSED; the judgment is otherwise AFFIRMED.", ("reversed", "affirmed"),
         "The court affirmed the judgment"),
        ("The award of fees is VACATED because the judgment did not mention it.", ("vacated",), "The court vacated"),
        ("We affirm the judgment of the district court.", ("affirmed",), "The court affirmed the judgment of the district court"),
    ],
    ids=["each its own", "the verb of another", "a judgment beside it", "in the active voice"],
)  # fmt: skip
def test_a_judgment_goes_with_the_verb_it_is_the_object_of(text: str, done: tuple[str, ...], expected: str) -> None:
    two = tuple(Disposition(outcome, None, passage(text, text)) for outcome in done)
    assert headline(paper(text, type="opinion", judge="Quinn Sample", dispositions=two)) == expected


def test_a_hearing_that_is_vacated_leaves_the_judge_her_name() -> None:
    text = "The motion to dismiss is GRANTED. The hearing set for December 10 is VACATED."
    two = (
        Disposition("granted", "motion to dismiss", passage(text, "The motion to dismiss is GRANTED.")),
        Disposition("vacated", None, passage(text, "The hearing set for December 10 is VACATED.")),
    )
    assert headline(paper(text, type="order", judge="Quinn Sample", dispositions=two)) == (
        "Judge Sample granted the motion to dismiss"
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Stipulation and Order", "Stipulation and Order"),
        ("Notice of Hearing", "Notice of Hearing"),
        ("Briefing Schedule", "Briefing Schedule"),
        ("Sealed Air Corp. v. Vell", "Sealed Air Corp. v. Vell"),
        ("Sealed Order", "Order"),
        ("Proposed Intervenors’ Motion to Unseal", "Order on Proposed Intervenors’ Motion to Unseal"),
        ("(Corrected Order", "Corrected Order"),
        ("Order (granting motion (ECF 5)", "Order"),
    ],
)
def test_an_order_s_own_title_is_not_cut_into_another(title: str, expected: str) -> None:
    assert headline(paper("x", type="order", title=title)) == expected
