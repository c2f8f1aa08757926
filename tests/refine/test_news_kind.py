from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.refine import news_kind


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        pytest.param("Weavers sue Loomwise over patterns", "suit", id="a suit"),
        pytest.param("Loomwise hauled into court by weavers", "suit", id="a suit in other words"),
        pytest.param("Loomwise asks court to throw out weavers' suit", "motion", id="a motion about a suit"),
        pytest.param("Judge asks Loomwise for its logs", "ruling", id="what a judge asks is no motion"),
        pytest.param("Loomwise loses bid to throw out weavers' suit", "ruling", id="a motion that failed"),
        pytest.param("Loomwise must face weavers' claims", "ruling", id="a ruling without a judge"),
        pytest.param("Third Circuit revives weavers' suit", "appeal ruling", id="a ruling on appeal"),
        pytest.param("Weavers lose appeal against Loomwise", "appeal ruling", id="an appeal lost"),
        pytest.param("Loomwise appeals injunction", "appeal", id="an appeal taken"),
        pytest.param("Loomwise to pay weavers $3 million", None, id="a payment may be many things"),
        pytest.param("Loomwise ordered to pay $3 million to writers", "ruling", id="an order to pay settles nothing"),
        pytest.param("Judge denies Loomwise's bid for stay during appeal", "ruling", id="a stay during an appeal"),
        pytest.param("Judge gives first nod to weavers' settlement", "approval", id="a settlement approved"),
        pytest.param("Weavers and Loomwise settle", "settlement", id="a settlement"),
        pytest.param("Jury finds for weavers", "verdict", id="a verdict"),
        pytest.param("Loomwise asks for new trial after verdict", "post-trial", id="after a verdict"),
        pytest.param("Trial opens over woven patterns", "trial", id="a trial opens"),
        pytest.param("Senators hear weavers on AI", "lawmakers", id="lawmakers"),
        pytest.param("Loomwise countersues weavers", "counterclaim", id="a counterclaim"),
        pytest.param("Weavers round-up: the week in copyright", "many", id="many at once"),
        pytest.param("Harvest is late this year", None, id="something else"),
    ],
)
def test_what_a_headline_tells(headline: str, kind: str | None) -> None:
    if kind is None and "pay" in headline:
        assert news_kind.kind(headline) in {None, "settlement"}
    else:
        assert news_kind.kind(headline) == kind


def test_of_a_lead_the_first_kind_counts() -> None:
    assert news_kind.first_kind("The complaint came first. A judge ruled later.") == "suit"
    assert news_kind.first_kind("A judge ruled on Monday; the complaint is of May.") == "ruling"
    assert news_kind.first_kind("Rain is expected.") is None


def test_an_appeals_courts_ruling_is_a_ruling() -> None:
    assert news_kind.is_same("ruling", "appeal ruling")
    assert not news_kind.is_same("ruling", "settlement")


@given(st.text(max_size=80))
def test_what_a_headline_tells_is_among_the_kinds_of_its_words(headline: str) -> None:
    told = news_kind.kind(headline)
    assert told is None or told in news_kind.kinds(headline)
