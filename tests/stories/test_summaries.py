"""The stage that summarizes: what it does again, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.model import (
    Add,
    Document,
    Kind,
    PageClass,
    Place,
    Point,
    Provenance,
    Relevance,
    Revise,
    StoryPlace,
    Summary,
    Told,
)
from pipeline.publish import database
from pipeline.store import Store

NIGHT = datetime(2031, 6, 25, 4, tzinfo=UTC)


class Counting:
    """Summarizes with the first sentence, tells a story with its first article's; remembers what it was asked."""

    name = "counting"

    def __init__(self, *, revision: str = "1", parameters: str = "{}") -> None:
        self.revision, self.parameters = revision, parameters
        self.summarized: list[str] = []
        self.told: list[list[str]] = []

    def summarize(self, documents: Sequence[Document]) -> list[Summary]:
        self.summarized += [document.id for document in documents]
        return [self._one(document) for document in documents]

    def _one(self, document: Document) -> Summary:
        end = document.text.index(".") + 1
        point = Point(document.text[:end], 0, end, "background")
        read = f"sha256:{hash(document.text)}"
        return Summary(document.id, document.title, (point,), self.name, self.revision, self.parameters, read)

    def tell(self, story: Sequence[tuple[Document, Summary]]) -> tuple[Told, ...]:
        self.told.append([document.id for document, _ in story])
        (first, made), (other, _), *_ = story
        point = made.points[0]
        return (Told("all", point.text, first.id, point.start, point.end, (Place(other.id, 0, 4),)),)


def article(name: str, text: str) -> Document:
    return Document(
        name, Kind.NEWS, PageClass.ARTICLE, name, text, Provenance("paper", NIGHT, "sha256:00", "html 1"),
        relevance=Relevance("ours", 1.0, ("names a matter",)),
    )  # fmt: skip


ONE, TWO, ALONE = (article(name, f"{name} says so. More follows.") for name in ("one", "two", "alone"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "work.db") as opened:
        for document in (ONE, TWO, ALONE):
            opened.apply(Add(document))
        for name, story in (("one", "one"), ("two", "one"), ("alone", "alone")):
            opened.put_place(StoryPlace(name, story), f"the story of {story}")
        yield opened


def again(store: Store, summarizer: Counting | None = None) -> tuple[list[str], list[list[str]]]:
    """What one more run of the stage summarizes, and which stories it tells."""
    summarizer = summarizer or Counting()
    stages.summarize(store, summarizer)
    return summarizer.summarized, summarizer.told


def test_the_first_night_summarizes_all_and_tells_what_several_articles_report(store: Store) -> None:
    assert again(store) == (["alone", "one", "two"], [["one", "two"]])


def test_what_has_not_changed_is_left_alone(store: Store) -> None:
    again(store)
    assert again(store) == ([], [])


def test_an_article_that_changed_is_summarized_again_and_its_story_told_again(store: Store) -> None:
    again(store)
    later = replace(TWO.provenance, fetched=NIGHT + timedelta(days=1))
    store.apply(Revise(replace(TWO, text="two says otherwise. More follows.", provenance=later), was=TWO))
    assert again(store) == (["two"], [["one", "two"]])
    assert again(store) == ([], [])


@pytest.mark.parametrize(
    "other", [{"revision": "2"}, {"parameters": '{"words": 60}'}], ids=["another revision", "other parameters"]
)
def test_another_model_or_other_parameters_do_all_of_it_again(store: Store, other: dict[str, str]) -> None:
    again(store)
    assert again(store, Counting(**other)) == (["alone", "one", "two"], [["one", "two"]])
    assert again(store, Counting(**other)) == ([], [])


def test_a_reprint_adds_nothing_to_a_story(store: Store) -> None:
    again(store)
    store.apply(Add(article("copy", "one says so. More follows.")))
    store.put_place(StoryPlace("copy", "one", reprint_of="one"), "")
    assert again(store) == (["copy"], [])


def test_what_is_told_is_published_until_an_article_is_hidden(store: Store, tmp_path: Path) -> None:
    again(store)
    query = "SELECT role, text, document, also FROM public_story_summaries"
    assert [tuple(row.values()) for row in store._db.query(query)] == [
        ("all", "one says so.", "one", '[{"document":"two","start":0,"end":4}]')
    ]
    store.put_decision("two", "not", "it is about ferries", at=NIGHT)
    assert list(store._db.query(query)) == []
    assert "story_summaries" in database.TABLES


def test_a_story_that_is_no_more_is_not_told(store: Store) -> None:
    again(store)
    store.put_decision("one", "not", "it is about ferries", at=NIGHT)
    store.drop_hidden_from_stories()
    again(store)
    assert list(store._db.query("SELECT * FROM story_summaries")) == []
