from __future__ import annotations

from datetime import date

import pytest

from pipeline.refine import happening, places

WEDNESDAY = date(2026, 9, 9)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        pytest.param("A judge ruled on Monday.", [date(2026, 9, 7)], id="the latest Monday"),
        pytest.param("A judge ruled on Wednesday.", [WEDNESDAY], id="today"),
        pytest.param("An answer is due by Friday.", [], id="a day to come"),
        pytest.param("A judge ruled on September 4.", [date(2026, 9, 4)], id="a date of the last week"),
        pytest.param("A judge ruled on 4 September.", [date(2026, 9, 4)], id="the day first"),
        pytest.param("The suit was filed on March 4.", [], id="a date of long ago"),
        pytest.param("A hearing is set for February 31.", [], id="no date"),
    ],
)
def test_the_days_an_article_speaks_of(said: str, days: list[date]) -> None:
    read = happening.read("Ruling on looms", said, WEDNESDAY.toordinal())
    assert read.days == {day.toordinal() for day in days}


def test_a_headline_set_in_capitals_keeps_its_names_alone() -> None:
    text = "The suit says that Loomwise copied patterns by Nora Quince."
    assert happening.in_small_letters("Weaver Sues Loomwise Over Patterns From Quince", text) == (
        "Weaver sues Loomwise over patterns from Quince"
    )
    assert happening.in_small_letters("Weaver sues Loomwise", text) == "Weaver sues Loomwise"


@pytest.mark.parametrize(
    ("said", "where"),
    [
        pytest.param("They filed suit in Hamburg.", {"Germany"}, id="a town abroad"),
        pytest.param("A Manhattan federal court ruled.", {"ny"}, id="before the court"),
        pytest.param("The complaint came from a Boston firm.", set(), id="a party's home"),
        pytest.param("A judge in the state of Ohio ruled.", {"oh"}, id="a state"),
    ],
)
def test_where_a_court_sits(said: str, where: set[str]) -> None:
    assert places.of_courts(said) == where


def test_a_judge_in_the_genitive_is_the_same_judge() -> None:
    read = [happening.read("", said, 1) for said in ("Judge Prather’s opinion is long.", "Judge Helen Prather ruled.")]
    assert read[0].judges == read[1].judges == {"Prather"}
