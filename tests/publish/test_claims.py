"""Claims × rulings on sentences that were read wrongly once: a count is nobody else's claim, and no wider than its words."""

from __future__ import annotations

import pytest

from pipeline.publish.site.claims import counts_in, decided
from tests.publish.test_site_matter import named, ruling


@pytest.mark.parametrize(
    ("quote", "counts"),
    [
        ("Count I is DISMISSED, but Count II shall proceed.", ["I"]),
        ("Count I is DISMISSED and Count II may proceed.", ["I"]),
        ("Counts I through IV are dismissed.", []),
        ("Counts I-III are dismissed.", []),
        ("Counts I, II & IV are dismissed.", ["I", "II", "IV"]),
    ],
)
def test_only_the_counts_that_the_words_decide(quote, counts):
    assert counts_in(quote) == counts


@pytest.mark.parametrize(
    "around",
    [
        "The motion to dismiss Count I is DENIED, but the claim of contributory infringement is DISMISSED.",
        "As to Count I: DENIED, the claim of contributory infringement is dismissed.",
    ],
)
def test_a_count_that_is_ruled_on_before_a_claim_is_not_that_claim(around):
    reading = named("contributory infringement", around, "contributory infringement")
    [one] = decided(["contributory infringement"], [ruling("Count I is DENIED")], [reading])
    assert one.claim is None


def test_the_same_words_twice_stand_each_in_their_own_paragraph():
    text = "The contributory claim.\n\nThe motion is DENIED.\n\nThe vicarious claim. The motion is DENIED."
    claims = ["contributory infringement", "vicarious infringement"]
    second = ruling("The motion is DENIED.", text) | {"start": text.rindex("The motion")}
    [one] = decided(claims, [second])
    assert (one.claim, one.by) == ("vicarious infringement", "its paragraph")
