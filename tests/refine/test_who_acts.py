from __future__ import annotations

import pytest

from pipeline.refine import who_acts
from pipeline.refine.who_acts import OTHER, OWNERS


@pytest.mark.parametrize(
    ("title", "lead", "named"),
    [
        pytest.param("Poet Nora Quince sues Loomwise", "She wants damages.", {"nora", "quince"}, id="sues"),
        pytest.param("Loomwise sued by Nora Quince", "She wants damages.", {"nora", "quince"}, id="sued by"),
        pytest.param("Suit over looms", "A complaint by Nora Quince says so.", {"nora", "quince"}, id="a complaint by"),
        pytest.param("Poets sue Loomwise", "They want damages.", set(), id="a trade is no name"),
        pytest.param("Poets sue", "Quince & Sons says its cloth was copied.", {"quince", "sons"}, id="says"),
        pytest.param("Poet sues", "Nora Quince filed suit in Hamburg.", {"nora", "quince"}, id="a place is no name"),
    ],
)
def test_who_sues(title: str, lead: str, named: set[str]) -> None:
    assert who_acts.plaintiffs(title, lead) == named


@pytest.mark.parametrize(
    ("title", "lead", "ordered"),
    [
        pytest.param("Weavers must hand over ledgers", "", {OWNERS}, id="owners"),
        pytest.param("AI firm must hand over logs", "", {OTHER}, id="the other side"),
        pytest.param(
            "Judge orders Loomwise to produce logs", "The company has a week.", {OTHER, "loomwi"}, id="a name"
        ),
        pytest.param("Judge orders Quince to produce drafts", "She has a week.", {"quince"}, id="a name alone"),
        pytest.param("Weavers sue Loomwise", "", set(), id="nobody"),
    ],
)
def test_who_is_ordered(title: str, lead: str, ordered: set[str]) -> None:
    assert who_acts.ordered(title, lead) == ordered


def test_orders_to_two_sides_or_two_names_are_two() -> None:
    assert who_acts.are_two_ordered(frozenset({OWNERS}), frozenset({OTHER}))
    assert who_acts.are_two_ordered(frozenset({"quince"}), frozenset({"loomwi", OTHER}))
    assert not who_acts.are_two_ordered(frozenset({OTHER}), frozenset({"loomwi", OTHER}))
    assert not who_acts.are_two_ordered(frozenset(), frozenset({OTHER}))
