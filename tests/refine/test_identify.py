from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.refine.identify import canonical_url, document_id


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
