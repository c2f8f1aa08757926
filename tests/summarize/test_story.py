"""What several articles report and what one does: only sentences of their own summaries, only where nothing disagrees."""

from __future__ import annotations

import dataclasses

import pytest

import summarize
from pipeline.model import Document, Kind, Point, Summary
from summarize.encoder import Encoder
from summarize.story import agrees, tell
from tests.summarize.papers import paper

LOGS = "A magistrate judge ordered Brook Data to hand over 2,600 of its training logs by December 8, 2031."
LOGS_TOO = "Brook Data must turn over 2,600 training logs by December 8, a magistrate judge ruled on Monday."
LOGS_LATER = "Brook Data must turn over 2,600 training logs by December 19, a magistrate judge ruled on Monday."
FINE = "The Guild also asked the court to fine the company for erasing the shelf corpus."
WEATHER = "Ferries to the island were late that morning because of fog."
SPARED = "The judge declined to order Brook Data to hand over its training logs."


def article(name: str, *sentences: str, points: int | None = None) -> tuple[Document, Summary]:
    text = "\n\n".join(sentences)
    document = dataclasses.replace(paper(text, kind=Kind.NEWS, title=name), id=name)
    chosen = sentences[:points] if points is not None else sentences
    found = tuple(Point(one, text.index(one), text.index(one) + len(one), "background") for one in chosen)
    return document, Summary(name, name, found, "lead", "1", "{}", "sha256:0")


def test_what_both_report_comes_first_with_the_place_where_the_other_says_it(encoder: Encoder) -> None:
    one, two = article("one", LOGS, FINE), article("two", WEATHER, LOGS_TOO)
    told = tell([one, two], encoder)
    assert [(each.role, each.text) for each in told] == [("all", LOGS), ("one", FINE), ("one", WEATHER)]
    [place] = told[0].also
    assert two[0].text[place.start : place.end] == LOGS_TOO
    assert place.document == "two"


def test_every_sentence_stands_in_the_article_it_names(encoder: Encoder) -> None:
    story = [article("one", LOGS, FINE), article("two", WEATHER, LOGS_TOO), article("three", LOGS_LATER, FINE)]
    texts = {document.id: document.text for document, _ in story}
    told = tell(story, encoder)
    assert told
    for each in told:
        assert texts[each.document][each.start : each.end] == each.text
        assert all(texts[place.document][place.start : place.end] for place in each.also)


def test_what_another_article_says_outside_its_summary_counts(encoder: Encoder) -> None:
    told = tell([article("one", LOGS), article("two", WEATHER, LOGS_TOO, points=1)], encoder)
    assert [each.role for each in told if each.text == LOGS] == ["all"]


def test_of_three_two_are_several(encoder: Encoder) -> None:
    told = tell([article("one", LOGS), article("two", LOGS_TOO), article("three", WEATHER)], encoder)
    assert [(each.role, len(each.also)) for each in told if each.document == "one"] == [("several", 1)]


@pytest.mark.parametrize("other", [LOGS_LATER, SPARED], ids=["another day", "the other way round"])
def test_what_the_other_contradicts_is_not_what_all_report(encoder: Encoder, other: str) -> None:
    told = tell([article("one", LOGS), article("two", other)], encoder)
    assert [each for each in told if each.role != "one"] == []
    # Nor does "only one of them" report it: the other does, differently.
    assert LOGS not in [each.text for each in told]


def test_one_article_is_no_story(encoder: Encoder) -> None:
    assert tell([article("one", LOGS)], encoder) == ()


def test_without_words_nothing_is_told(encoder: Encoder) -> None:
    assert tell([article("one"), article("two")], encoder) == ()


def test_without_a_model_nothing_is_told() -> None:
    assert summarize.load("lead").tell([article("one", LOGS), article("two", LOGS_TOO)]) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The judge granted the motion.", "The motion was granted.", True),
        ("The judge granted the motion.", "The judge denied the motion.", False),
        ("It is due on July 9.", "July 9 is the day.", True),
        ("It is due on July 9.", "July 19 is the day.", False),
        ("It may appeal.", "It may not appeal.", False),
        ("It paid $1,200.", "It paid $1,200, twice.", True),
    ],
)
def test_agreement(one: str, other: str, *, same: bool) -> None:
    assert agrees(one, other, other) is same
