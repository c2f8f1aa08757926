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
        pytest.param("Takeaways from Friday’s ruling.", [date(2026, 9, 4)], id="of a day"),
        pytest.param("The court ruled yesterday.", [date(2026, 9, 8)], id="yesterday"),
        pytest.param("A judge ruled on September 4.", [date(2026, 9, 4)], id="a date of the last week"),
        pytest.param("A judge ruled on 4 September.", [date(2026, 9, 4)], id="the day first"),
        pytest.param("The suit was filed on March 4.", [], id="a date of long ago"),
        pytest.param("A hearing is set for February 31.", [], id="no date"),
    ],
)
def test_the_days_an_article_speaks_of(said: str, days: list[date]) -> None:
    read = happening.read("Ruling on looms", said, WEDNESDAY.toordinal())
    assert read.days == {day.toordinal() for day in days}


def test_the_day_told_first_is_the_day_of_the_event() -> None:
    read = happening.read("Ruling on looms", "The order of Tuesday follows a hearing on Monday.", WEDNESDAY.toordinal())
    assert read.first_day == date(2026, 9, 8).toordinal()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        pytest.param(
            "The judge ruled. Meanwhile Halm sued. It will appeal.",
            "The judge ruled. It will appeal.",
            id="another case",
        ),
        pytest.param("Meanwhile Halm sued.", "Meanwhile Halm sued.", id="the first sentence stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_sentences_on_another_case_are_left_out(said: str, left: str) -> None:
    assert happening.of_this_case(said) == left


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("It paid $88.4 million.", "It paid $88M.", True, id="rounded"),
        pytest.param("It paid $640 million.", "It paid $640,000,000.", True, id="written out"),
        pytest.param("It paid $3 million.", "It paid $5 million.", False, id="two sums"),
        pytest.param("A law of 2023.", "A law of 2023.", False, id="years are no figures"),
    ],
)
def test_figures_are_compared_as_papers_round_them(one: str, other: str, *, same: bool) -> None:
    read = [happening.read("Looms", said, 1) for said in (one, other)]
    assert bool(read[0].figures & read[1].figures) is same


def test_a_name_is_no_word_that_stands_in_small_letters_too() -> None:
    read = happening.read("Weavers sue Loom", "Every loom that Halm sold was built by Loom.", 1)
    assert "halm" in read.proper
    assert "loom" not in read.proper


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


def test_where_and_when_a_report_was_filed_names_no_party_and_counts_nothing() -> None:
    read = happening.read(
        "Weavers sue Loomwise", "NEW YORK, March 3 - Weavers sued Loomwise on May 12 over 40 looms.", 739_000
    )
    assert not {"york", "march", "may"} & (read.names | read.openers | read.plaintiffs)
    assert read.figures == {"40"}
