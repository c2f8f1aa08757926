"""Pages of real filings as a person saw them printed: nothing of the body is gone, and paragraphs are what they were."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from benchmarks.filings import read_file
from pipeline.model import Document

SEEN = tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))["page"]
ids = [f"{page['what']}: {page['file']} {page['page']}" for page in SEEN]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"[’'‘]", "", text.lower()))


def places(words: list[str], seen: str) -> Iterator[int]:
    """Where the words that were seen stand; they are known by their number and their hash alone."""
    length, digest = int(seen.partition(":")[0]), seen.partition(":")[2]
    for i in range(len(words) - length + 1):
        if hashlib.sha256(" ".join(words[i : i + length]).encode()).hexdigest().startswith(digest):
            yield i


def is_prose(paragraph: str) -> bool:
    words = paragraph.split()
    return len(words) >= 15 and (sum(word[:1].islower() for word in words) >= 4 or paragraph.isupper())


@cache
def read(path: Path) -> Document:
    return read_file(path)


def body(document: Document, page: int) -> str:
    ends = [*document.page_starts[1:], len(document.text)]
    return document.text[document.page_starts[page - 1] : ends[page - 1]]


@pytest.fixture(params=SEEN, ids=ids)
def page(request, shared):
    seen = request.param
    document = read(shared / "material" / "court_pdfs" / seen["file"])
    return seen, document, body(document, seen["page"])


def test_the_body_is_there_from_its_first_sentence_to_its_last(page):
    seen, _, text = page
    words = words_of(text)
    first, last = next(places(words, seen["first"]), None), [*places(words, seen["last"])]
    assert first is not None, "the first sentence is gone"
    assert last, "the last sentence is gone"
    assert first <= last[-1]


def test_its_paragraphs_are_those_that_are_printed(page):
    seen, _, text = page
    found = sum(map(is_prose, re.split(r"\n+", text)))
    assert found == seen.get("paragraphs", found)


def test_its_footnotes_stand_behind_the_body(page):
    seen, document, text = page
    for note in seen.get("notes", ()):
        assert not [*places(words_of(text), note)] or seen["page"] == len(document.page_starts)
        assert [*places(words_of(document.text), note)]


def test_thirty_pages_were_looked_at():
    assert len(SEEN) >= 30
    assert len({page["file"] for page in SEEN}) >= 30
