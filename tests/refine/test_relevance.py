"""Ours, near misses, and how often the verdict is right on headlines labelled by hand."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake import judge
from pipeline.model import DocketLink, Document, Kind, PageClass, Provenance, Relevance, SubjectModel
from pipeline.refine.match import match
from pipeline.refine.relevance import relevance, without_outlet
from pipeline.registry import load_registry
from pipeline.settings import CASES
from summarize.subject import Subject

QUALITY = Path(__file__).parent.parent / "quality"
LABELLED = tomllib.loads((QUALITY / "relevance.toml").read_text(encoding="utf-8"))["item"]
FLOORS = json.loads((QUALITY / "baseline.json").read_text(encoding="utf-8"))
MADE = Provenance("test", datetime(2026, 1, 1, tzinfo=UTC), "sha256:0", "test 1")
LINK = DocketLink("demo:2026-cv-00612", 0.97, "1:26-cv-00612", "docket number")


REGISTRY = load_registry(CASES)
SUBJECT = Subject()


def judged(title: str, lead: str = "", *, subject: SubjectModel | None = SUBJECT) -> Relevance:
    """The verdict as ``docketwire read`` gives it."""
    document = Document("d", Kind.NEWS, PageClass.ARTICLE, title, lead, MADE)
    return judge(document, REGISTRY, match(document, REGISTRY), subject=subject)


@pytest.mark.parametrize(("title", "lead"), [
    pytest.param("Chip maker wins patent suit over AI accelerators", "A jury found two patents infringed.", id="patents"),
    pytest.param("AI note taker sued over voice prints", "The class action pleads the biometric privacy law.", id="privacy"),
    pytest.param("Jury clears singer of copying", "The copyright trial took three weeks.", id="copyright without AI"),
    pytest.param("Senate debates AI bill", "Developers would have to list copyrighted works.", id="bill"),
    pytest.param("Lawyer fined for hallucinated cases", "An AI tool made up citations in a copyright brief.", id="citations"),
    pytest.param("", "", id="nothing"),
])  # fmt: skip
def test_a_near_miss_is_not_ours(title, lead):
    assert judged(title, lead).verdict == "not"


def test_the_reasons_name_the_words():
    found = relevance("Painters sue AI image generator", "The complaint pleads copyright infringement.")
    assert found.verdict == "ours"
    assert any("copyright" in reason and "infringement" in reason for reason in found.reasons)
    assert any(reason.startswith("dispute") and "sue" in reason for reason in found.reasons)


def test_a_neighbouring_field_is_named_among_the_reasons():
    found = relevance("AI start-up sued", "The patents and the copyright claims go to a jury.")
    assert "but patents: patents" in found.reasons


def test_the_model_is_asked_about_news_alone_and_its_answer_is_a_reason():
    asked = []

    def certain(title: str, text: str) -> float:
        asked.append((title, text))
        return 1.0

    order = Document("o", Kind.FILING, PageClass.FILING, "Order", "The motion is denied.", MADE)
    assert judge(order, REGISTRY, (), subject=certain) == judge(order, REGISTRY, ())
    assert asked == []
    found = judged("A quiet day | The Docket Post", "Nothing is said.", subject=certain)
    assert asked == [("A quiet day", "Nothing is said.")]
    assert found.reasons[-1] == "read as a whole: 100%"
    assert found.score > judged("A quiet day", "Nothing is said.", subject=None).score


def test_a_followed_docket_is_enough():
    found = relevance("Conference moved to Thursday", "The parties meet at ten.", links=(LINK,))
    assert (found.verdict, found.score) == ("ours", 0.97)
    assert found.reasons[0] == "docket demo:2026-cv-00612 (docket number)"


@pytest.mark.parametrize(
    ("title", "lead", "verdict"),
    [
        pytest.param("I read the Bartz settlement so you need not", "Who splits with the publisher.", "ours", id="a rare name"),
        pytest.param("Court won’t split Bartz-style claims", "Authors wanted two trials.", "ours", id="in a compound"),
        pytest.param("In Thaler, the petition is denied", "", "ours", id="a rare name and a petition"),
        pytest.param("Bartz bakery settles with landlord", "The shop stays until June.", "not", id="not for a case"),
        pytest.param("Pierce ruling splits town", "The library keeps its tower.", "not", id="a common name"),
        pytest.param("Pierce ruling: Photobucket must answer", "Users want a say over their photographs.", "ours", id="a common name beside its other side"),
    ],
)  # fmt: skip
def test_a_case_by_its_one_name(title, lead, verdict):
    found = judged(title, lead)
    assert found.verdict == verdict
    assert verdict == "not" or found.reasons[0].startswith("docket ")


def test_a_lone_word_that_may_speak_of_ai_is_not_enough_in_a_long_text():
    suit = "The songwriters’ copyright suit against Apple, over the theme of a series, was dismissed."
    assert relevance("Theme was not copied, judge rules", suit + " The judge heard a pianist." * 20).verdict != "ours"


def test_what_else_a_company_is_sued_for_is_background():
    lead = "Novelists may pursue their copyright claims against the maker of a chatbot, a judge in Oakland ruled. "
    more = (
        "Its investors face suits over privacy and trademarks. Regulators opened an inquiry; partners signed licences. "
    )
    assert (
        relevance("Judge lets novelists’ case go on", lead + "The hearing took an hour. " * 20 + more * 3).verdict
        == "ours"
    )


def test_hints_far_apart_in_a_long_text_say_nothing():
    text = (
        "The developers chose a model. " * 12
        + "A designer wrote the story in columns. " * 8
        + "In that case rules settle it. " * 8
    )
    assert judged("How we built the search tool", text).verdict != "ours"


def test_background_far_below_does_not_decide():
    text = "The ferry leaves at nine. " * 150 + "An AI copyright lawsuit was filed."
    assert relevance("New ferry timetable", text).verdict == "not"


def test_a_copied_work_says_copyright_where_the_word_does_not_stand():
    found = relevance(
        "Injunction against Midjourney? Not yet", "The studios’ motion over blocked characters was denied."
    )
    assert found.verdict == "ours"
    assert any(reason.startswith("copyright: ") and "characters" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("title", "lead", "outlet"),
    [
        pytest.param("Harbour dredging starts | AI Copyright Lawsuit Tracker", "The work takes a week.", "", id="after the headline"),
        pytest.param("Court rejects suit over noisy cockerel - Generative Copyright News", "It was there first.", "", id="after a dash"),
        pytest.param("Bar association elects president", "She told Copyright and AI Law Reporter about courts.", "", id="as a source"),
        pytest.param("Judge opens library", "AI Copyright Watch thanks all readers of AI Copyright Watch.", "www.aicopyrightwatch.com", id="by its address"),
    ],
)  # fmt: skip
def test_an_outlets_own_name_is_no_sign(title, lead, outlet):
    assert relevance(title, lead, outlet=outlet).verdict == "not"


@cache
def _judged(half: str) -> dict[str, float]:
    """Precision and recall of the verdict."""
    items = [item for item in LABELLED if item["half"] == half]
    found = [(item["label"], judged(item["title"], item["lead"]).verdict) for item in items]
    right = sum(label == verdict == "ours" for label, verdict in found)
    said, of = sum(verdict == "ours" for _, verdict in found), sum(label == "ours" for label, _ in found)
    return {"precision": right / said, "recall": right / of}


def test_the_labelled_set_is_large_and_has_two_halves():
    assert len(LABELLED) >= 300
    assert len({(item["title"], item["lead"]) for item in LABELLED}) == len(LABELLED)
    assert sum(item["half"] == "held out" for item in LABELLED) >= 150


@pytest.mark.parametrize("floor", [name for name in FLOORS if name.startswith("relevance.")])
def test_verdicts_agree_with_the_labels(floor):
    _, half, measure = floor.split(".")
    assert _judged(half)[measure] >= FLOORS[floor]


@given(st.text(max_size=200), st.text(max_size=400), st.sampled_from([None, 0.0, 0.5, 1.0]))
def test_any_text_gets_a_score_between_0_and_1(title, text, whole):
    asked = None if whole is None else lambda title, text: whole
    assert 0 <= relevance(title, text, subject=asked).score <= 1


def test_what_the_words_call_ours_the_model_leaves_for_a_person_to_see():
    """It was taught in English."""
    said = (
        "Escritores demandan a una empresa de IA por derechos de autor",
        "Copyright, dice la demanda: sued in Madrid.",
    )
    assert relevance(*said).verdict == "ours"
    assert relevance(*said, subject=lambda title, text: 0.0).verdict == "unsure"


@pytest.mark.parametrize(
    ("title", "opening"),
    [("Ep. 214 | Kadrey and the tale of two judges", ""), ("A long wait", "Counsel told the Third Circuit that copying is learning.")],
    ids=["a short number before the bar", "a court that is told"],
)  # fmt: skip
def test_what_is_no_outlet_stays(title, opening):
    assert without_outlet(title, opening, "") == (title, opening)
