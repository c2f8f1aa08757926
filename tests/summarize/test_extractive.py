from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from pipeline.errors import ModelError
from pipeline.model import Document, Kind
from summarize.candidates import Candidate, candidates, pleads, rules
from summarize.encoder import Encoder
from summarize.extractive import Extractive, Ranked, choose, slots
from summarize.wording import Cues
from tests.summarize.papers import ARTICLE, COMPLAINT, ORDER, paper


@pytest.fixture(params=["trained", "by hand"])
def either(request: pytest.FixtureRequest, encoder: Encoder, tmp_path: Path) -> Extractive:
    """With the trained head and, where its weights are missing, without it."""
    if request.param == "trained":
        return Extractive(encoder, words=120)
    return Extractive(encoder, words=120, weights=tmp_path / "none.safetensors")


def said(summarizer: Extractive, document: Document) -> dict[str, str]:
    return {point.text: point.role for point in summarizer.summarize([document])[0].points}


def test_an_order_s_summary_says_what_was_decided_why_and_what_is_due(either: Extractive) -> None:
    points = said(either, ORDER)
    decided = "Because the Guild did not confer with Brook before it filed ECF 61, the motion to compel is DENIED without prejudice."
    due = "The parties shall confer by video and file a joint chart of the messages still in dispute by July 9, 2031."
    assert points[decided] == "decision"
    assert points[due] == "order"


def test_news_of_a_ruling_gives_the_ruling_and_its_deadlines(either: Extractive) -> None:
    points = said(either, ARTICLE)
    assert (
        "Judge Quinn Sample ruled that Brook had waived privilege by giving a reason for the deletion and then taking it back."
        in points
    )
    assert any("July 18, 2031" in text for text in points)
    assert any("July 11, 2031" in text for text in points)


def test_the_footnote_s_accusation_does_not_stand_for_the_decision(either: Extractive) -> None:
    assert not any("burned" in text for text in said(either, ORDER))


def test_the_shortest_summary_of_an_order_is_its_decision(encoder: Encoder) -> None:
    [point] = Extractive(encoder, words=25).summarize([ORDER])[0].points
    assert "DENIED without prejudice" in point.text


def test_the_footnote_mark_is_trimmed_and_the_span_with_it(either: Extractive) -> None:
    [point] = [point for point in either.summarize([ORDER])[0].points if "DENIED" in point.text]
    assert point.text.endswith("prejudice.")
    assert ORDER.text[point.end] == "²"


@pytest.mark.parametrize(
    ("document", "places"),
    [(ORDER, 3), (ARTICLE, 3), (COMPLAINT, 1), (paper("x"), 2), (paper("x", title="Motion to compel"), 1)],
    ids=["order", "news", "complaint", "unknown filing", "motion by its title"],
)
def test_reserved_places(document: Document, places: int) -> None:
    assert slots(document) == places


@pytest.mark.parametrize(
    ("name", "ruling", "plea"),
    [
        ("order", True, False),
        ("opinion", True, False),
        ("minute entry", True, False),
        ("Memorandum and Order", True, False),
        ("Order on Motion to Seal", True, False),
        ("Motion for a Protective Order", False, True),
        ("proposed order", False, True),
        ("[Proposed] Order Granting Motion", False, True),
        ("brief", False, True),
        ("Memorandum in Support of Motion", False, True),
        ("complaint", False, True),
        ("exhibit", False, False),
    ],
)
def test_rulings_are_told_from_parties_papers(name: str, *, ruling: bool, plea: bool) -> None:
    for document in (paper("x", type=name.lower()), paper("x", title=name)):
        assert (rules(document), pleads(document)) == (ruling, plea)


def test_a_party_s_argument_does_not_stand_as_fact(either: Extractive) -> None:
    assert list(said(either, COMPLAINT)) == [
        "Plaintiff Tern Guild of Writers brings this action against Brook Data Co. for copying forty thousand novels without a license.",
        "The Guild seeks damages and an injunction that requires Brook to destroy the copies.",
        "The Guild demands a trial by jury on all issues so triable.",
    ]


def test_a_paper_that_only_argues_is_summarized_all_the_same() -> None:
    assert len(candidates(paper("The log lists ten items in all.", type="brief"))) == 1


def test_a_proposed_order_decides_nothing(either: Extractive) -> None:
    proposed = paper("The motion to strike the second defense is GRANTED.", type="proposed order")
    assert set(said(either, proposed).values()) == {"background"}


@pytest.mark.parametrize(
    ("kind", "sentence", "claims"),
    [
        ("order", "The motion to seal is granted.", True),
        (None, "The motion to seal is granted.", False),
        (None, "The motion to seal is GRANTED.", True),
        ("complaint", "The license is granted without limit of time.", False),
        ("order", "A motion to seal must be denied if the page is public.", False),
    ],
    ids=["a ruling says it", "an unknown paper", "in capitals", "a party's paper", "a rule of law"],
)
def test_who_claims_a_reserved_place(extractive: Extractive, kind: str | None, sentence: str, *, claims: bool) -> None:
    found = extractive.rank(paper(f"{sentence}\n\nThe clerk keeps the page under seal.", type=kind))
    assert (found[0].claim > 0) is claims


def ranked(
    number: int, score: float, words: int, claim: float = 0.0, vector: int | None = None, text: str = ""
) -> Ranked:
    axis = torch.zeros(9)
    axis[number if vector is None else vector] = 1
    text = text or " ".join(["word"] * words)
    return Ranked(
        Candidate(text, 100 * number, 100 * number + len(text), number, 0.5, Cues(), False, False), score, claim, axis
    )


def starts(chosen: list[Candidate]) -> list[int]:
    return [item.start // 100 for item in chosen]


def test_claims_take_the_reserved_places_first() -> None:
    items = [ranked(0, 9.0, 10), ranked(1, 0.0, 10, claim=1.0), ranked(2, 0.0, 10, claim=2.0)]
    assert starts(choose(items, 1, 20)) == [2, 0]
    assert starts(choose(items, 2, 20)) == [2, 1]


def test_a_ruling_on_one_count_goes_where_another_rules_on_it_and_more() -> None:
    part = ranked(0, 2.0, 0, claim=2.0, text="The motion is denied as to Count IV.")
    whole = ranked(1, 1.0, 0, claim=1.0, text="It is GRANTED as to Counts III and V and DENIED as to Counts II and IV.")
    other = ranked(2, 0.0, 0, claim=1.0, text="The motion is denied as to Count I.")
    assert starts(choose([part, whole, other], 3, 60)) == [1, 2]
    assert starts(choose([part, other], 3, 60)) == [0, 2]
    mixed = ranked(1, 1.0, 0, claim=1.0, text="It is GRANTED IN PART and DENIED IN PART as to Counts III and IV.")
    assert starts(choose([part, mixed], 3, 60)) == [0, 1]  # which part, only the other says
    dismissed = ranked(1, 1.0, 0, claim=1.0, text="Counts III and IV are DISMISSED.")
    assert starts(choose([part, dismissed], 3, 60)) == [0, 1]
    told = ranked(1, 1.0, 0, text="Counts II and IV allege removal of notices.")  # names them, and rules on none
    assert starts(choose([part, told], 3, 60)) == [0, 1]


def test_what_does_not_fit_is_passed_over() -> None:
    assert starts(choose([ranked(0, 2.0, 10), ranked(1, 1.0, 15), ranked(2, 0.0, 5)], 0, 16)) == [0, 2]


@pytest.mark.parametrize(("score", "taken"), [(1.5, 5), (2.5, 4)], ids=["nearly as good", "far better"])
def test_the_last_place_goes_rather_to_a_sentence_that_uses_the_words(score: float, taken: int) -> None:
    items = [ranked(number, 9.0, 10) for number in range(4)]
    assert starts(choose([*items, ranked(4, score, 6), ranked(5, 1.0, 60)], 0, 100)) == [0, 1, 2, 3, taken]


def test_a_sentence_that_repeats_another_is_not_taken() -> None:
    assert starts(choose([ranked(0, 2.0, 5), ranked(1, 1.0, 5, vector=0), ranked(2, 0.0, 5)], 0, 100)) == [0, 2]


def test_the_first_may_exceed_the_budget_and_stands_alone() -> None:
    assert starts(choose([ranked(0, 1.0, 50), ranked(1, 0.0, 5)], 0, 10)) in ([0], [1])
    assert starts(choose([ranked(0, 1.0, 50)], 0, 10)) == [0]


def test_damaged_weights_are_a_model_error(encoder: Encoder, tmp_path: Path) -> None:
    weights = tmp_path / "extractive.safetensors"
    weights.write_bytes(b"not weights")
    with pytest.raises(ModelError, match=r"extractive\.safetensors: .*; run python -m summarize"):
        Extractive(encoder, words=120, weights=weights).summarize([ORDER])


def test_the_revision_names_encoder_and_head(encoder: Encoder, tmp_path: Path) -> None:
    assert Extractive(encoder, words=9, weights=tmp_path / "none").revision == "53aa51172d14"
    weights = tmp_path / "some.safetensors"
    weights.write_bytes(b"x")
    assert Extractive(encoder, words=9, weights=weights).revision == "53aa51172d14+2d711642"


NEWS_THAT_LEANS = paper(
    "Judge Sample told Brook Data on Monday to describe its logs by March 2. "
    "The Guild may ask again for the logs themselves. They may not do so before May 25.",
    kind=Kind.NEWS,
)


def leaning(first: float, second: float, *, leans: bool, apart: int = 0) -> list[Ranked]:
    """Two sentences of ten words, the second ``apart`` characters from the first."""
    one, two = ranked(0, first, 10), ranked(1, second, 10)
    start = one.candidate.end + 1 + apart
    moved = replace(two.candidate, start=start, end=start + 49, leans=leans)
    return [one, replace(two, candidate=moved)]


@pytest.mark.parametrize(
    ("items", "words", "count"),
    [
        (leaning(1.0, 2.0, leans=True), 20, 2),
        (leaning(1.0, 2.0, leans=False), 10, 1),
        (leaning(1.0, 2.0, leans=True), 10, 1),
        (leaning(1.0, 2.0, leans=True, apart=300), 20, 1),
    ],
    ids=["after the one before it", "alone, leaning on none", "no room for both", "the one before it was left out"],
)
def test_a_sentence_that_leans_on_the_one_before_never_stands_without_it(
    items: list[Ranked], words: int, count: int
) -> None:
    chosen = choose(items, 0, words)
    assert len(chosen) == count
    assert not (chosen[0].leans and len(chosen) == 1)


def test_where_every_sentence_leans_one_is_chosen_all_the_same() -> None:
    alone = paper("It must describe its logs by March 2.", kind=Kind.NEWS)
    [found] = candidates(alone)
    item = Ranked(found, 0.0, 0.0, torch.ones(1))
    assert choose([item], 0, 50) == [found]


def test_what_leans_is_seen_where_it_stands() -> None:
    assert [item.leans for item in candidates(NEWS_THAT_LEANS)] == [False, False, True]
    ruling = paper("She granted the motion to seal. She is a novelist of note.", type="order")
    assert [item.leans for item in candidates(ruling)] == [True, True]
    reported = paper("She gave Brook until July 18, 2031 to answer. She has written novels since.", kind=Kind.NEWS)
    assert [item.leans for item in candidates(reported)] == [False, True]


def test_labels_and_recited_law_are_no_candidates() -> None:
    text = """The motion to seal is granted.

LEGAL STANDARD

A party that asks to seal a record gives compelling reasons for it.

DISCUSSION

Brook gives such reasons for ten pages of the log.

Brook’s Separate Statement of Undisputed Material Fact, Exhibit Q to the Memorandum of Brook."""
    assert [item.text for item in candidates(paper(text, type="order"))] == [
        "The motion to seal is granted.",
        "Brook gives such reasons for ten pages of the log.",
    ]


def test_a_ruling_that_does_not_say_what_it_is_keeps_its_outcome(either: Extractive) -> None:
    background = (
        "The Guild wrote to Brook in the spring and asked for its lists of scanned novels and of their sources."
    )
    text = "\n\n".join(
        [
            "INTRODUCTION",
            *(f"{background} This was letter {number}." for number in range(30)),
            "The Board finds that no list was kept.",
            "ORDER",
            "The claim for a list of sources is denied.",
        ]
    )
    assert rules(paper(text))
    assert slots(paper(text)) == 1
    assert "The claim for a list of sources is denied." in said(either, paper(text))


def test_news_is_said_first_where_it_stands_first(either: Extractive) -> None:
    text = "The library of Tern City opened its reading room again on Monday.\n\n" + "\n\n".join(
        f"Shelf {number} holds scanned novels in boxes that visitors may borrow." for number in range(12)
    )
    assert next(iter(said(either, paper(text, kind=Kind.NEWS)))).startswith("The library of Tern City opened")


def test_a_reason_follows_its_decision() -> None:
    decision, reason, other = ranked(0, 0.0, 10, claim=1.7), ranked(1, 0.5, 10), ranked(2, 0.6, 10)
    tied = replace(reason, candidate=replace(reason.candidate, cues=Cues(reason=True), paragraph=0))
    assert starts(choose([decision, tied, other], 1, 20)) == [0, 1]
    assert starts(choose([decision, reason, other], 1, 20)) == [0, 2]


def test_a_quotation_whose_end_was_forgotten_does_not_swallow_the_paragraph() -> None:
    text = (
        "Judge Sample wrote that “Brook has gone back and forth. “Brook cannot name a reason and then hide it.” "
        "For this reason the judge declared that Brook had waived privilege."
    )
    assert [item.text for item in candidates(paper(text, kind=Kind.NEWS))] == [
        "For this reason the judge declared that Brook had waived privilege."
    ]


def test_a_ruling_s_summary_leaves_out_its_briefing_and_what_it_says_again_in_one_word() -> None:
    text = (
        "Brook opposes the motion (ECF 61), and the Guild has replied (ECF 66).\n\n"
        "We affirm the order of the district court in every part.\n\nAFFIRMED."
    )
    found = [item.text for item in candidates(paper(text, type="opinion"))]
    assert found == ["We affirm the order of the district court in every part."]
    alone = [
        item.text
        for item in candidates(paper("The Guild appeals from the order of May 3.\n\nAFFIRMED.", type="opinion"))
    ]
    assert "AFFIRMED." in alone


def test_news_that_begins_with_somebody_s_story_is_told_from_where_the_news_begins(extractive: Extractive) -> None:
    story = (
        "Ona Lark had always loved the old mill by the river. Most evenings Lark walked there with a lamp and two dogs. "
        "Nobody in the valley had ever minded the walks. "
    )
    news = (
        "The town council voted on Monday to close the public library of Tern at the end of the year. "
        "The closing will save the town 40,000 dollars a year. "
        "The library was opened in 1931 and holds 22,000 books, of which 3,000 are about the river. "
        "The books will go to the schools of the county."
    )
    article = replace(
        ARTICLE, text=story + news, title="Tern council votes to close the public library", dispositions=(), events=()
    )
    ranked = extractive.rank(article)
    first = max(ranked, key=lambda item: item.score)
    assert first.candidate.text.startswith("The town council voted")
