from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Point
from summarize.ground import balanced, grounded
from tests.summarize.papers import paper

TEXT = "The motion is denied. The hearing is vacated."
DENIED = Point("The motion is denied.", 0, 21, "decision")
VACATED = Point("The hearing is vacated.", 22, 45, "decision")


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "“quoted”",
        "say “a” and “b”",
        "(aside)",
        "[i]f (so “it” goes)",
        '"straight"',
        "Brook’s ‘reason’",
        "the writers’ motion",
    ],
)
def test_balanced(text: str) -> None:
    assert balanced(text)


@pytest.mark.parametrize(
    "text",
    ["“open", "closed”", "”turned“", '"half', "(open", "closed)", "a) first", "“(crossed”)", "[half", "“a “b” c"],
)
def test_unbalanced(text: str) -> None:
    assert not balanced(text)


def test_points_come_back_in_document_order() -> None:
    assert grounded([VACATED, DENIED], paper(TEXT)) == (DENIED, VACATED)


@pytest.mark.parametrize(
    "point",
    [
        Point("The motion is granted.", 0, 21, "decision"),
        Point("The motion is denied.", 1, 22, "decision"),
        Point("The motion is denied", 0, 21, "decision"),
        Point("", 3, 3, "decision"),
        Point("vacated.", -8, 45, "decision"),
        Point("The hearing is vacated.", 22, 900, "decision"),
    ],
    ids=["other words", "shifted", "shorter than its span", "empty", "negative offset", "beyond the end"],
)
def test_what_the_source_does_not_say_is_dropped(point: Point) -> None:
    assert grounded([point, VACATED], paper(TEXT)) == (VACATED,)


def test_overlapping_points_are_said_once() -> None:
    assert grounded([DENIED, Point("is denied.", 11, 21, "decision")], paper(TEXT)) == (DENIED,)


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.text(max_size=9)), max_size=6))
def test_everything_published_stands_in_the_source(text: str, spans: list[tuple[int, int, str]]) -> None:
    points = [
        Point(words or text[max(0, start) : max(0, end)], start, end, "background") for start, end, words in spans
    ]
    assert all(text[point.start : point.end] == point.text != "" for point in grounded(points, paper(text)))
