"""What tells two events apart, and that it does not matter which article comes first. Every article is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.refine import happening, same_event
from pipeline.refine.happening import Happening

MONDAY = 739_000


def read(title: str, lead: str) -> Happening:
    return happening.read(title, lead, MONDAY)


def probability(one: Happening, other: Happening) -> float:
    return same_event.probability(one, other, lambda _: 2.0, gap=0, same_matter=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            ("Picture agency Halm sues Tintwell in London", "Halm wants an injunction against the image maker."),
            ("Picture agency Fjord sues Tintwell in Oslo", "Fjord wants an injunction against the image maker."),
            id="two agencies in two countries",
        ),
        pytest.param(
            ("Judge lets weavers’ suit against Loomwise proceed", "The judge denied the motion to dismiss."),
            ("Judge keeps out Loomwise economist", "The judge excluded an expert in the weavers’ case."),
            id="two rulings of one day",
        ),
        pytest.param(
            ("Loomwise must hand over logs", "The magistrate gave the company a week."),
            ("Weavers must hand over ledgers", "The magistrate gave Loomwise what it asked for."),
            id="orders to two sides",
        ),
        pytest.param(
            ("Weavers win verdict against Loomwise", "Jurors awarded two million dollars."),
            ("Loomwise asks for new trial against weavers", "The company says jurors were misled."),
            id="a verdict and what follows",
        ),
        pytest.param(
            ("Weavers sue Loomwise", "They filed a complaint about patterns."),
            ("Weavers and Loomwise settle", "They agreed on terms over patterns."),
            id="a suit and its end",
        ),
    ],
)
def test_two_events_are_told_apart_whatever_the_words(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert probability(read(*one), read(*other)) < 0.05


def test_two_rulings_without_a_common_topic_stay_apart_in_one_case_before_one_judge() -> None:
    one = read("Judge Orme decides dispute over archive", "Curators need not move boxes from Loomwise to Leeds.")
    other = read("Judge Orme rejects witness from Utrecht", "Loomwise had called a botanist about dyes.")
    assert probability(one, other) < 0.05


@given(
    st.lists(
        st.sampled_from(
            ["Judge Orme", "sues", "Loomwise", "weavers", "must", "hand over", "logs.", "On Monday", "Halm", "in Oslo",
             "appeals", "the ruling", "$3 million", "verdict", "settle", "court"]
        ),
        min_size=1, max_size=12,
    ),
    st.lists(st.sampled_from(["Judge Quent", "sued by", "Loomwise", "poets", "must", "denied", "Halm", "London"]), min_size=1),
)  # fmt: skip
def test_it_does_not_matter_which_comes_first(some: list[str], more: list[str]) -> None:
    one, other = read(" ".join(some[:4]), " ".join(some)), read(" ".join(more[:4]), " ".join(more))
    assert probability(one, other) == pytest.approx(probability(other, one))
