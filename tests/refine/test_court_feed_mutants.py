"""Whatever happens to a court's feed: no item of it is lost without a word. And 8,000 items take twice as long as 4,000."""

from __future__ import annotations

import pytest

from benchmarks import court_feeds as bench


def lost(body, court, **how):
    return [told for told in bench.fates(body, court, **how) if told[1] == "LOST"]


def test_no_mutation_loses_an_item_in_silence():
    told = list(bench.fates(bench.court_feed(12)))
    assert [one for one in told if one[1] == "LOST"] == []
    kinds = {fate for _, fate, _ in told}
    assert kinds == {"whole", "told", "refused"}, "the mutations bite"
    assert all(fate == "refused" for name, fate, _ in told if name.startswith("cut"))


@pytest.mark.parametrize("name", ["ca10", "ca4_1", "ca6", "cadc"])
def test_no_mutation_of_a_real_feed_loses_an_item_in_silence(shared, name):
    assert (
        lost((shared / "material" / "pacer_rss" / f"{name}.xml").read_bytes(), name.partition("_")[0], cuts=20, junk=16)
        == []
    )


def test_a_feed_is_read_in_linear_time():
    """4,000 items against 8,000 stand in benchmarks/court_feeds.py; merging alone was quadratic elsewhere."""
    assert min(bench.seconds(500, 1) / bench.seconds(250, 1) for _ in range(2)) < 2.6
