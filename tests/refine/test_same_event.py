"""What tells two events apart, and that it does not matter which article comes first. Every article is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.refine import happening, same_event
from pipeline.refine.happening import Happening

MONDAY = 739_000


def read(title: str, lead: str) -> Happening:
    return happening.read(title, lead, MONDAY)


def probability(one: Happening, other: Happening) -> float:
    odds = same_event.odds(one, other, lambda _: 2.0, same_matter=False)
    return odds.both if odds else 0.0


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
            ("Curator must hand over ledgers to Loomwise", "The magistrate gave her a week."),
            ("Loomwise must let weavers see its looms", "The magistrate gave it a week."),
            id="handed over to whom another order binds",
        ),
        pytest.param(
            ("Judge lets weavers’ suit against Loomwise proceed", "Judge Orme ruled on Monday."),
            ("Loomwise rival must face weavers’ suit", "Judge Quent ruled on Monday."),
            id="rulings by two judges",
        ),
        pytest.param(
            ("Weavers sue Loomwise", "They filed a complaint about patterns."),
            ("Loomwise settles with cloth makers", "They agreed on terms over patterns."),
            id="a suit and its end",
        ),
        pytest.param(
            ("Judge sides with weavers", "Judge Orme kept out an economist of Loomwise."),
            ("Loomwise loses round", "Judge Orme certified a class of weavers against Loomwise."),
            id="two rulings of one judge without a common subject",
        ),
        pytest.param(
            ("Weavers’ trial against Loomwise opens", "Lawyers spoke for an hour."),
            ("Jury finds for Loomwise", "Weavers have lost."),
            id="a trial’s first day and its last",
        ),
        pytest.param(
            ("Weavers sue Loomwise", "They say it copied patterns."),
            ("Loomwise countersues", "It says the weavers broke its terms."),
            id="a suit and the answer to it",
        ),
        pytest.param(
            ("Weavers sue Loomwise", "The complaint was filed on Saturday."),
            ("Loomwise faces suit by weavers", "The complaint was filed on Sunday."),
            id="two days",
        ),
    ],
)
def test_two_events_are_told_apart_whatever_the_words(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert probability(read(*one), read(*other)) < 0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            ("Weavers win verdict against Loomwise", "Jurors awarded two million dollars."),
            ("Loomwise asks for new trial against weavers", "The company says jurors were misled."),
            id="a verdict and what follows",
        ),
        pytest.param(
            ("Judge lets weavers’ suit against Loomwise proceed", "Judge Orme ruled for them."),
            ("Loomwise appeals ruling for weavers", "The company says that Judge Orme erred."),
            id="a ruling and the appeal",
        ),
    ],
)
def test_what_follows_in_a_case_is_another_event(one: tuple[str, str], other: tuple[str, str]) -> None:
    odds = same_event.odds(read(*one), read(*other), lambda _: 2.0, same_matter=True)
    assert odds is not None
    assert odds.case > 0.9
    assert odds.event < 0.4


def test_what_one_tells_as_today_the_other_could_not_know_yesterday() -> None:
    """Only the later article names a day, and it is after the other was published."""
    lead = "A judge refused to dismiss the weavers’ claims against Loomwise"
    early = happening.read("Loomwise must face weavers", f"{lead}.", MONDAY)
    late = [
        happening.read("Judge keeps weavers’ suit alive", f"{lead} {when}.", MONDAY + 1) for when in ("today", day(1))
    ]
    assert probability(early, late[0]) > probability(early, late[1]) == 0.0


def day(later: int) -> str:
    return f"on {date.fromordinal(MONDAY + later):%A}"


def test_a_panel_has_more_than_one_judge() -> None:
    one = read("Appeals court revives weavers’ suit", "The panel sided with them, Judge Orme wrote.")
    other = read("Weavers get second chance on appeal", "Judge Quent dissented from the panel’s decision.")
    assert probability(one, other) > 0


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
