from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.model import Add, DocketEntry, Document, Kind, PageClass, Provenance, Revise, Same, When
from pipeline.refine.decide import decide, decide_entry

FIRST = Provenance("wire", datetime(2026, 11, 20, tzinfo=UTC), "sha256:1", "reader 1", "a.warc.gz", 10, "run-1")
SECOND = Provenance("wire", datetime(2026, 11, 21, tzinfo=UTC), "sha256:2", "reader 1", "b.warc.gz", 99, "run-2")
OLD = Document("d1", Kind.NEWS, PageClass.ARTICLE, "Inkwell sued", "Three illustrators sued Inkwell.", FIRST)
FULL = DocketEntry(
    "demo:2026-cv-07#4",
    "demo:2026-cv-07",
    4,
    When(datetime(2026, 11, 20, tzinfo=UTC)),
    "order",
    "ORDER denying 2 Motion",
)


def test_an_unknown_document_is_added() -> None:
    assert decide(None, OLD) == Add(OLD)


def test_the_same_words_fetched_again_change_nothing() -> None:
    assert decide(OLD, replace(OLD, provenance=SECOND)) == Same(OLD)


def test_other_words_are_a_revision_that_remembers_the_old() -> None:
    new = replace(OLD, text="Four illustrators sued Inkwell.", provenance=SECOND)
    assert decide(OLD, new) == Revise(new, was=OLD, removed=1, added=1)


def test_a_revision_counts_the_sentences_that_came_and_went() -> None:
    was = replace(OLD, text="Inkwell was sued. It denies all. It denies all. A hearing is on Monday.")
    new = replace(
        was, text="Inkwell was sued. It denies all. The judge is Ada Marlowe.\n\nA trial is near.", provenance=SECOND
    )
    assert decide(was, new) == Revise(new, was=was, removed=2, added=2)


def test_a_consent_page_does_not_replace_an_article() -> None:
    wall = replace(OLD, text="", page_class=PageClass.CONSENT, state="blocked", provenance=SECOND)
    assert decide(OLD, wall) == Same(OLD)
    assert decide(wall, OLD) == Revise(OLD, was=wall, added=1)


def test_a_stub_never_overwrites_a_fuller_entry() -> None:
    stub = replace(FULL, description="ORDER", filed=None, type=None)
    assert decide_entry(FULL, stub) is None
    assert decide_entry(stub, FULL) == FULL
    assert decide_entry(None, stub) == stub


def test_a_document_that_became_public_is_added_to_its_entry() -> None:
    known = replace(FULL, document_url="https://court.example/4.pdf")
    assert decide_entry(FULL, known) == known
    assert decide_entry(known, FULL) is None
