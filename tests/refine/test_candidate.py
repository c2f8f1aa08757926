"""What opens a candidate matter, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.model import Docket, DocketEntry, DocketLink, Document, Kind, Matter, PageClass, Provenance, Relevance
from pipeline.refine.candidate import from_document, from_entry
from pipeline.registry import Registry

SEEN = datetime(2026, 11, 20, tzinfo=UTC)


def line(caption, description="", kind=None):
    return DocketEntry("demo:2026-cv-00001#1", "demo:2026-cv-00001", 1, None, kind, description, caption)


WORTH_A_LOOK = [
    ("a new suit against an AI company", line("Quill v. OpenAI, Inc.", "Complaint", "complaint"), None, True),
    ("an order on copyright", line("Quill v. Midjourney, Inc.", "ORDER on copyright claims", "order"), None, True),
    (
        "the statute says copyright",
        line("Quill v. Anthropic PBC", "Letter", "letter"),
        "17:501 Copyright Infringement",
        True,
    ),
    ("a new suit against nobody we know", line("Quill v. Harbor", "Complaint", "complaint"), None, False),
    ("an order in an AI company's other business", line("Lease LLC v. OpenAI, Inc.", "ORDER", "order"), None, False),
    ("copyright without AI", line("Quill v. Harbor", "copyright complaint", "complaint"), "17:501", False),
    ("a common suit against a large company", line("Doe v. Google LLC", "Complaint", "complaint"), None, False),
]


@pytest.mark.parametrize(
    ("entry", "cause", "wanted"), [row[1:] for row in WORTH_A_LOOK], ids=[row[0] for row in WORTH_A_LOOK]
)
def test_an_entry_of_an_unknown_docket_is_worth_a_look(entry, cause, wanted):
    found = from_entry(entry, at=SEEN, cause=cause)
    assert (found is not None) is wanted
    assert found is None or (found.docket, found.state) == (entry.docket, "open")


# ------------------------------------------------------------------------------------------------ documents

KNOWN, UNKNOWN = "demo:2026-cv-07001", "demo:2026-cv-07009"
REGISTRY = Registry([Matter("inkwell", "Marrow v. Inkwell", "demo", (Docket(KNOWN, "demo", "1:26-cv-07001"),))])
LINKS = [
    DocketLink(KNOWN, 0.99, "26-cv-7001", "docket number"),
    DocketLink(UNKNOWN, 0.99, "26-cv-7009", "docket number"),
]


def article(verdict):
    known = Relevance(verdict, 0.9, ("AI: openai",)) if verdict else None
    return Document(
        "id",
        Kind.NEWS,
        PageClass.ARTICLE,
        "A new suit",
        "…",
        Provenance("paper", SEEN, "sha256:00", "test"),
        relevance=known,
    )


def test_a_docket_numbered_by_an_article_of_ours_is_a_candidate():
    (found,) = from_document(article("ours"), LINKS, REGISTRY)
    assert (found.docket, found.evidence, found.source) == (UNKNOWN, "A new suit … 26-cv-7009", "paper")


@pytest.mark.parametrize("verdict", ["not", "unsure", None])
def test_a_docket_numbered_by_another_article_is_none(verdict):
    assert from_document(article(verdict), LINKS, REGISTRY) == []


def test_a_docket_guessed_from_names_is_none():
    guessed = [DocketLink(UNKNOWN, 0.7, "Marrow … Inkwell", "parties and court")]
    assert from_document(article("ours"), guessed, REGISTRY) == []
