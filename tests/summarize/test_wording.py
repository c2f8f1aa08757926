from __future__ import annotations

import pytest

from pipeline.model import Kind
from summarize.candidates import DECIDES
from summarize.wording import (
    afterword,
    asides_of_others,
    bare_ruling,
    briefing,
    cues,
    from_the_bench,
    idle,
    label,
    leans,
    narrates,
    of_the_rest,
    section,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The motion to compel is DENIED without prejudice.",
        "The motion is granted in part.",
        "Because the Guild did not confer, its motion is denied.",
        "IT IS HEREBY ORDERED that Brook shall produce the log.",
        "It is further ordered that the hearing is vacated.",
        "THE MOTION TO COMPEL IS DENIED.",
        "The Court GRANTS the stipulation.",
        "This order grants summary judgment for Brook.",
        "Accordingly, the Court hereby dismisses the complaint.",
        "For these reasons, we affirm.",
        "We therefore reverse the judgment and remand.",
        "The judgment of the district court is affirmed.",
        "The appeal is dismissed.",
        "Service connection for claimed hearing loss is denied.",
        "Accordingly, the case is REMANDED for the following action:",
        "Unfortunately, another remand is required to find the missing records.",
        "Judgment shall be entered for the defendant.",
        "The objections are overruled.",
    ],
)
def test_courts_decide_in_these_words(sentence: str) -> None:
    assert cues(sentence, Kind.FILING).decision >= DECIDES


@pytest.mark.parametrize(
    "sentence",
    [
        "The Guild moved to compel the log on May 2.",
        "The Guild asks that the motion be denied.",
        "Brook argues that the claim is barred and should be dismissed.",
        "A motion to dismiss must be denied if the complaint states a claim.",
        "The district court granted the motion.",
        "In Tern v. Lake, 44 F.3d 100, the claim was held to be moot and is dismissed.",
        "The question is whether the motion is granted.",
        "Anthology Press did not need a court order to offer the list.",
        "I certify that the foregoing is true.",
        "Items under seal must be omitted from Court orders.",
        "Courts may deny such motions.",
    ],
)
def test_these_words_do_not_decide(sentence: str) -> None:
    assert cues(sentence, Kind.FILING).decision < DECIDES


@pytest.mark.parametrize(
    ("sentence", "decides"),
    [
        ("Judge Quinn Sample ruled that Brook had waived privilege.", True),
        ("A jury found Brook liable on Tuesday.", True),
        ("Brook was ordered to produce the messages.", True),
        ("The court gave Brook until July 18 to produce the messages.", True),
        ("Justice Lena Ortiz dismissed the appeal.", True),
        ("The Second Circuit revived the case.", True),
        ("Lawyers for the Guild argued that the court had denied them a hearing.", False),
        ("Justice Department officials said the inquiry goes on.", False),
        ("Detectives found the files in May.", False),
        ("The judge may yet rule for Brook.", False),
        ("The Guild represents four hundred novelists.", False),
    ],
)
def test_what_the_press_reports_as_a_ruling(sentence: str, *, decides: bool) -> None:
    assert (cues(sentence, Kind.NEWS).decision >= DECIDES) is decides


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Brook shall answer by July 9, 2031.", True),
        ("The reply is due on Monday, July 14, 2031.", True),
        ("Counsel shall appear at the June 25, 2031, conference.", True),
        ("The trial is set for 5 May 2032.", True),
        ("The response must be filed within 14 days.", True),
        ("Objections are due within fourteen (14) days of service.", True),
        ("Brook shall file no\nlater than July 9, 2031.", True),
        ("The copying began on May 2, 2029.", False),
        ("The plaque, unveiled on July 2, 1923, honours the founder.", False),
        ("The Guild sued on June 3, 2030.", False),
    ],
)
def test_terms_and_dates_that_bind(sentence: str, *, due: bool) -> None:
    assert cues(sentence, Kind.FILING).due is due


@pytest.mark.parametrize(
    "sentence",
    [
        "SO ORDERED.",
        "The Court is in receipt of ECF Nos. 60 and 61.",
        "IT IS SO ORDERED.",
        "Accordingly, IT IS HEREBY ORDERED that:",
        "Sign up for our weekly letter.",
        "Tern Ledger will provide updates.",
        "© 2031 Tern Ledger.",
        "Respectfully submitted.",
        "Photo: a shelf of novels.",
        "Reporting by Lena Ortiz in Tern City.",
    ],
)
def test_formulas_are_idle(sentence: str) -> None:
    assert idle(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "IT IS ORDERED that the motion is granted.",
        "The case is REMANDED for the following:",
        "Advertising revenue fell after the ruling.",
    ],
)
def test_what_says_something_is_not_idle(sentence: str) -> None:
    assert not idle(sentence)


@pytest.mark.parametrize(
    ("heading", "after"),
    [("Further reading", True), ("**Related:**", True), ("Why it matters", False), ("II. DISCUSSION", False)],
)
def test_afterwords(heading: str, *, after: bool) -> None:
    assert afterword(heading) is after


@pytest.mark.parametrize(
    ("sentence", "on"),
    [
        ("It lapsed in June.", "thing"),
        ("They may not do so before May 25.", "thing"),
        ("Those claims fail.", "thing"),
        ("The pair also launched a press.", "thing"),
        ("When asked, they refused.", "thing"),
        ("For example, Brook kept no log.", "thing"),
        ("She denied the motion.", "person"),
        ("Later, she said she had three copies.", "person"),
        ("In 2029, he filed suit.", "person"),
        ("“I would like to thank the court,” he wrote.", "person"),
        ('"We kept no log," says she.', "person"),
        ("“We kept no log,” said Ortiz of the Guild.", None),
        ("It is not shown that Brook kept a log.", None),
        ("It is ordered that Brook keep a log.", None),
        ("This case arises from a dispute over novels.", None),
        ("Those two motions are denied.", None),
        ("Judge Sample told Brook on Monday that it may appeal.", None),
        ("Itself a party, Brook sued.", None),
        ("Because it failed, the motion is denied.", None),
    ],
)
def test_what_leans_on_the_sentence_before(sentence: str, on: str | None) -> None:
    assert leans(sentence) == on


@pytest.mark.parametrize(
    ("sentence", "self"),
    [
        ("Later, I got a letter from Brook.", True),
        ("This might alter my novels in ways that nobody wants.", True),
        ("“I kept no log,” said Ortiz of the Guild.", False),
        ("Ortiz said ‘I kept no log’ and left.", False),
    ],
)
def test_a_writer_who_speaks_of_himself(sentence: str, *, self: bool) -> None:
    assert narrates(sentence) is self


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Separate Statement of Undisputed Material Fact in support of the Motion for Summary Judgment.", True),
        ("Rosa Tern v. B. D. Brook, Inc. 2:31-cv-00790 T. Tern S.D.", True),
        ("The Plan is Addendum III to the Rules of the Circuit.", False),
        ("Brook and Lake opposed the Motion.", False),
        ("Affirmed and remanded.", False),
    ],
)
def test_labels(text: str, *, named: bool) -> None:
    assert label(text) is named


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("II. LEGAL STANDARD", "law"),
        ("SEC. 2. DEFINITIONS.", "terms"),
        ("THE ISSUE", "issue"),
        ("IV. CONCLUSION AND ORDER", "ruling"),
        ("FINDINGS OF FACT", "facts"),
        ("Introduction", "opening"),
        ("A. The Motion to Compel", ""),
    ],
)
def test_what_a_part_does_by_its_heading(heading: str, part: str) -> None:
    assert section(heading) == part


@pytest.mark.parametrize(
    ("text", "bench"),
    [
        ("We granted certiorari to settle it. The judgment below is reversed.", True),
        ("The Board finds no injury.\n\nORDER\n\nThe claim is denied.", True),
        ("The court denies it. The motion is denied. WHEREFORE, Brook prays for judgment.", False),
        ("The press kept two copies. Both were lost in the move.", False),
    ],
    ids=["opinion", "ruling of a board", "a party quotes the court", "no law at all"],
)
def test_papers_that_speak_from_the_bench(text: str, *, bench: bool) -> None:
    assert from_the_bench(text) is bench


@pytest.mark.parametrize(
    ("sentence", "kind", "decides"),
    [
        ("The motions in limine are taken under submission.", Kind.FILING, False),
        ("The Court takes the motions in limine under submission.", Kind.FILING, True),
        ("The undersigned recommends that the motion be denied.", Kind.FILING, True),
        ("The Guild is awarded $450 in fees.", Kind.FILING, True),
        ("Counsel has been advised that another court suspended him.", Kind.FILING, False),
        ("He may say why he should not be similarly suspended.", Kind.FILING, False),
        ("A judge denied the motion on Monday.", Kind.NEWS, True),
        ("A judge denied an earlier motion last year.", Kind.NEWS, False),
        ("He scolded the judge who ruled against him.", Kind.NEWS, False),
    ],
)
def test_what_is_decided_here_and_now(sentence: str, kind: Kind, *, decides: bool) -> None:
    assert (cues(sentence, kind).decision >= 0.5) is decides


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("According to court documents, his prints were found on the log.", Kind.NEWS),
        ("Brook asked the court to halt discovery until its defense is decided.", Kind.NEWS),
        ("The Tenth Circuit affirmed.", Kind.FILING),
        ("The contract provides that “the license is terminated at its end.”", Kind.FILING),
        ("In the event the contract with Brook is terminated, the fee is owed.", Kind.FILING),
    ],
)
def test_nobody_decides_here(sentence: str, kind: Kind) -> None:
    assert cues(sentence, kind).decision < DECIDES


@pytest.mark.parametrize(
    ("sentence", "on"),
    [
        ("But then she and her brother looked for the log.", "person"),
        ("And that burden falls on Brook.", "thing"),
        ("But the log is thin.", None),
        ("And it is undisputed that the log is thin.", None),
    ],
)
def test_a_conjunction_hides_no_pronoun(sentence: str, on: str | None) -> None:
    assert leans(sentence) == on


@pytest.mark.parametrize(
    ("sentence", "only"),
    [
        ("Brook opposes the motion (ECF 39), and the Guild has replied (ECF 40).", True),
        ("The Court held a case management conference on May 3, 2031.", True),
        ("Brook filed a timely response to the notice on May 6.", True),
        ("The motion is fully briefed.", True),
        ("Brook filed a motion to seal the log.", False),
        ("Because Brook did not oppose the motion, it is unopposed.", False),
    ],
)
def test_what_only_tells_of_the_briefing(sentence: str, *, only: bool) -> None:
    assert briefing(sentence) is only


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("MODIFIED AND AFFIRMED.", {"modif", "affir"}),
        ("For the following reasons, we AFFIRM.", {"affir"}),
        ("Reversed and remanded.", {"rever", "reman"}),
        ("We affirm the judgment of the district court.", set()),
        ("The motion is denied.", set()),
    ],
)
def test_rulings_that_do_not_say_on_what(sentence: str, does: set[str]) -> None:
    assert bare_ruling(sentence) == does


def test_rulings_on_what_is_left() -> None:
    assert of_the_rest("In all other respects, the motion is denied.")
    assert not of_the_rest("The motion is denied.")


@pytest.mark.parametrize(
    ("sentence", "only"),
    [
        ("“It is a budget for a generation of readers,” the governor said.", True),
        ("I worry that the log will never be found.", True),
        ("“I find no intent to destroy it at all,” the judge said.", False),
        ("Brook said that its log was “thin” at the time.", False),
    ],
)
def test_quotations_and_remarks_of_others_than_judges(sentence: str, *, only: bool) -> None:
    assert asides_of_others(sentence) is only
