from __future__ import annotations

import pytest

from pipeline.model import Outcome


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"summaries": 1}, "summarize: 1 summary"),
        ({"matters": 1, "entries": 1, "documents": 0, "events": 2}, "summarize: 1 matter, 1 entry, 0 documents, 2 events"),
        ({"new": 1, "unchanged": 1, "problems": 1}, "summarize: 1 new, 1 unchanged, 1 problem"),
    ],
    ids=["one", "one, none, many", "what has no plural"],
)  # fmt: skip
def test_a_stage_says_one_summary_and_two_summaries(counts, line):
    assert Outcome("summarize", counts).line() == line
