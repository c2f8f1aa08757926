from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Document, Kind, PageClass, Provenance, When
from pipeline.refine.identify import canonical_url, document_id, originals, stories

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
RULING = (
    "A federal judge on Monday refused to throw out a lawsuit brought by three illustrators who say that Inkwell trained "
    "its image model on their drawings without a licence, and told both sides to exchange documents by the end of January."
)
OTHER_REPORT = (
    "Inkwell must face copyright claims from three illustrators after Judge Marrow denied its motion to dismiss, holding "
    "that the complaint says enough about copying during training for the case to go forward."
)


def article(name: str, text: str, *, hours: int = 0, kind: Kind = Kind.NEWS) -> Document:
    published = When(MONDAY + timedelta(hours=hours))
    provenance = Provenance("wire", MONDAY, "sha256:0", "test 1")
    return Document(name, kind, PageClass.ARTICLE, f"Title {name}", text, provenance, published=published)


@pytest.mark.parametrize(
    ("spelled", "canonical"),
    [
        pytest.param("HTTPS://News.Example/a", "https://news.example/a", id="case of scheme and host"),
        pytest.param("https://news.example:443/a", "https://news.example/a", id="default port"),
        pytest.param("https://news.example:8443/a", "https://news.example:8443/a", id="other port stays"),
        pytest.param("https://news.example/a/", "https://news.example/a", id="trailing slash"),
        pytest.param("https://news.example/a#part", "https://news.example/a", id="fragment"),
        pytest.param("https://news.example/a?utm_source=x&id=7", "https://news.example/a?id=7", id="tracking"),
        pytest.param("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2", id="order of parameters"),
        pytest.param("https://news.example/A", "https://news.example/A", id="case of the path stays"),
    ],
)
def test_one_spelling_of_a_url(spelled: str, canonical: str) -> None:
    assert canonical_url(spelled) == canonical


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}\.example(:\d{2,4})?/[a-z/]{0,12}(\?[a-z]=[a-z0-9]{0,3}(&[a-z]=[a-z]){0,2})?",
        fullmatch=True,
    )
)
def test_canonical_twice_is_canonical_once(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_a_file_is_known_by_its_bytes_and_a_page_by_its_address() -> None:
    assert document_id(None, b"one") == document_id(None, b"one") != document_id(None, b"two")
    assert document_id("https://a.example/x?utm_source=y", b"one") == document_id("https://a.example/x", b"two")


def test_a_reprint_joins_its_original_and_another_report_does_not() -> None:
    documents = [
        article("original", RULING),
        article("reprint", "This article was first published elsewhere. " + RULING, hours=5),
        article("shortened", " ".join(RULING.split()[:25]), hours=6),
        article("other", OTHER_REPORT, hours=1),
    ]
    for order in permutations(documents):
        found = stories(order)
        assert {s.id: set(s.documents) for s in found} == {
            "original": {"original", "reprint", "shortened"},
            "other": {"other"},
        }
        assert originals(found) == {"reprint": "original", "shortened": "original"}


def test_filings_and_empty_pages_are_no_stories_of_each_other() -> None:
    found = stories([article("a", ""), article("b", ""), article("filing", RULING, kind=Kind.FILING)])
    assert {s.documents for s in found} == {("a",), ("b",)}
