"""A model that cannot be used stops the intake before anything is kept: no news is not good news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline import stages
from pipeline.errors import ModelError
from pipeline.handed_in import LOCAL, hand_in
from pipeline.model import Docket, Kind, Matter
from pipeline.registry import Registry
from pipeline.settings import Settings
from pipeline.store import Store

AT = datetime(2030, 11, 20, 4, 10, tzinfo=UTC)


def test_without_its_model_nothing_is_taken_in_and_all_is_taken_when_it_is_back(tmp_path):
    def gone(title: str, text: str) -> float:
        raise ModelError("subject.safetensors", "cannot be used", "train it")

    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    article = tmp_path / "article.txt"
    article.write_text(
        "Weavers sue maker of pattern engine\n\nTheir complaint pleads copyright infringement by its AI."
    )
    spool = hand_in(article, settings, source="local", url=None, court=None, kind=Kind.NEWS, now=AT)
    with Store(settings.database) as store:
        store.sync_sources([LOCAL])
        with pytest.raises(ModelError, match="cannot be used"):
            stages.ingest(store, Registry(()), [spool], subject=gone)
        assert list(store.documents()) == []
        counts = stages.ingest(store, Registry(()), [spool], subject=lambda title, text: 0.9).counts
        assert counts["new"] == 1
        [document] = store.documents()
        assert document.relevance is not None
        assert document.relevance.reasons[-1] == "read as a whole: 90%"


def test_what_a_new_case_file_calls_for_is_done_even_when_a_night_broke_off(tmp_path):
    """Whoever made the registry known first (an audit, or a night that was killed), documents are matched anew."""
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    article = tmp_path / "article.txt"
    article.write_text("A conference\n\nThe parties of 1:26-cv-04101 in the Southern District of New York met.")
    spool = hand_in(article, settings, source="local", url=None, court=None, kind=Kind.NEWS, now=AT)
    docket = Docket("nysd:2026-cv-04101", "nysd", "1:26-cv-04101")
    followed = Registry([Matter("alder", "Alder v. Beacon", "nysd", (docket,))])
    with Store(settings.database) as store:
        store.sync_sources([LOCAL])
        stages.ingest(store, Registry(()), [spool])
        [document] = store.documents()
        store.sync_registry(followed.matters, followed.courts())  # and then the light went out
        stages.ingest(store, followed, [])
        assert [link.docket for link in store.links(document.id)] == [docket.key]
        assert store.document(document.id).relevance.verdict == "ours"
        assert not store.matching_due
