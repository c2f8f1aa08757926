from __future__ import annotations

from pathlib import Path

import pytest

import summarize
from pipeline.errors import ModelError
from pipeline.model import Document
from summarize.encoder import Encoder
from summarize.explain import explain, lines
from summarize.extractive import Extractive
from tests.summarize.papers import ARTICLE, BARE, COMPLAINT, EMPTY, ORDER, PAPERS


@pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS.keys())
def test_what_is_explained_as_chosen_is_the_summary(extractive: Extractive, document: Document) -> None:
    [summary] = extractive.summarize([document])
    chosen = [one for one in explain(document, extractive) if one.place]
    assert [one.place for one in chosen] == list(range(1, len(chosen) + 1))
    assert sorted((one.text, one.role) for one in chosen) == sorted(
        (point.text, point.role) for point in summary.points
    )


@pytest.mark.parametrize("document", [ORDER, ARTICLE, COMPLAINT], ids=["order", "article", "complaint"])
def test_every_word_of_the_document_is_accounted_for(extractive: Extractive, document: Document) -> None:
    left = document.text
    for one in explain(document, extractive):
        assert document.text[one.start : one.end] == one.text
        left = left[: one.start] + " " * len(one.text) + left[one.end :]
    assert not any(character.isalpha() for character in left)


def why(extractive: Extractive, document: Document, words: str) -> str:
    [one] = [one for one in explain(document, extractive) if one.text.startswith(words)]
    return one.why


@pytest.mark.parametrize(
    ("document", "words", "reason"),
    [
        (ORDER, "QUINN R. SAMPLE", "left out: "),
        (ORDER, "SO ORDERED", "left out: "),
        (ORDER, "¹ “Brook has burned", "left out: a footnote"),
        (ORDER, "The Court has read", "left out: a formula"),
        (ORDER, "Because the Guild", "a reserved place"),
        (COMPLAINT, "2. Brook copied", "left out: a party argues"),
    ],
    ids=["caption", "formula", "footnote", "receipt", "decision", "argument"],
)
def test_reasons(extractive: Extractive, document: Document, words: str, reason: str) -> None:
    assert why(extractive, document, words).startswith(reason)


def test_what_found_no_room_and_what_repeats_is_said(encoder: Encoder) -> None:
    found = explain(ORDER, Extractive(encoder, words=30))
    assert any(one.why.startswith("no room: ") for one in found)


def test_the_features_named_are_those_that_move_the_score(extractive: Extractive) -> None:
    ranked = [one for one in explain(ORDER, extractive) if one.score is not None]
    assert all(one.moved for one in ranked)
    assert all(list(one.moved) == sorted(one.moved, key=lambda pair: -abs(pair[1])) for one in ranked)


def test_without_weights_the_fixed_sum_is_explained_too(encoder: Encoder, tmp_path: Path) -> None:
    by_hand = Extractive(encoder, words=60, weights=tmp_path / "none.safetensors")
    assert {name for one in explain(ORDER, by_hand) for name, _ in one.moved} <= {
        "to the centre",
        "to the title",
        "meaning",
    }


@pytest.mark.parametrize("document", [BARE, EMPTY], ids=["bare", "empty"])
def test_a_document_with_nothing_to_choose_from_is_explained(extractive: Extractive, document: Document) -> None:
    assert all(one.why.startswith("left out") for one in explain(document, extractive))


def test_lines_show_score_place_reason_and_words(extractive: Extractive) -> None:
    told = "\n".join(lines(explain(ORDER, extractive)))
    assert " 1 decision   a reserved place" in told
    assert "Because the Guild did not confer" in told


def test_a_summarizer_that_ranks_nothing_explains_nothing() -> None:
    with pytest.raises(ModelError, match="ranks no sentences"):
        summarize.explain(ORDER, summarize.load("lead"))
