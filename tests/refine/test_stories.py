"""Reprints and stories. Every article here is invented."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Document, Kind, PageClass, Provenance, StoryPlace, When
from pipeline.refine import happening, same_event
from pipeline.refine.news_kind import RULINGS
from pipeline.refine.stories import Stories

QUALITY = Path(__file__).parent.parent / "quality"
ALL = tomllib.loads((QUALITY / "stories.toml").read_text(encoding="utf-8"))["article"]
LABELLED = [item for item in ALL if not {"later", "unsealed", "sealed"} & set(item)]
SEALED = [item for item in ALL if item.get("sealed")]
UNSEALED = [item for item in ALL if item.get("unsealed")]
LATER = [item for item in ALL if item.get("later")]
FLOORS = json.loads((QUALITY / "baseline.json").read_text(encoding="utf-8"))
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
RULING = (
    "A federal judge on Monday refused to throw out a lawsuit brought by three illustrators who say that Inkwell trained "
    "its image model on their drawings without a licence, and told both sides to exchange documents by the end of January."
)
OTHER_REPORT = (
    "Inkwell must face copyright claims from three illustrators after Judge Marrow denied its motion to dismiss, holding "
    "that the complaint says enough about copying during training for the case to go forward."
)


def article(name: str, text: str, *, title: str = "", hours: float = 0) -> Document:
    published = When(MONDAY + timedelta(hours=hours))
    made = Provenance("wire", MONDAY, "sha256:0", "test 1")
    return Document(name, Kind.NEWS, PageClass.ARTICLE, title or f"Title {name}", text, made, published=published)


def placed(*articles: Document) -> dict[str, tuple[str, str | None]]:
    stories = Stories()
    return {a.id: ((p := stories.place(a)).story, p.reprint_of) for a in articles}


def test_a_reprint_and_a_shortened_one_stand_under_their_original() -> None:
    found = placed(
        article("original", RULING),
        article("reprint", "This article was first published elsewhere. " + RULING, hours=5),
        article("shortened", " ".join(RULING.split()[:25]), hours=6),
        article("years later", RULING, hours=20_000),
    )
    assert found == {
        "original": ("original", None),
        "reprint": ("original", "original"),
        "shortened": ("original", "original"),
        "years later": ("original", "original"),
    }


def test_another_report_of_the_event_is_in_the_story_and_no_reprint() -> None:
    title = "Judge keeps illustrators’ suit against Inkwell alive"
    found = placed(
        article("original", RULING, title=title),
        article("other", OTHER_REPORT, title="Inkwell must face illustrators’ suit, judge rules", hours=3),
    )
    assert found["other"] == ("original", None)


def test_a_reprint_of_the_second_report_is_in_the_story_too() -> None:
    title = "Judge keeps illustrators’ suit against Inkwell alive"
    second = article("second", OTHER_REPORT, title="Inkwell must face illustrators’ suit, judge rules", hours=3)
    copy = article("copy", OTHER_REPORT, title="Inkwell must face suit", hours=9)
    assert placed(article("original", RULING, title=title), second, copy)["copy"] == ("original", "second")


def test_empty_pages_tell_no_common_story() -> None:
    assert {story for story, _ in placed(article("a", ""), article("b", "")).values()} == {"a", "b"}


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        pytest.param({"entries": ["d#1"]}, {"entries": ["d#1"]}, True, id="one entry"),
        pytest.param({"entries": ["d#1"]}, {"entries": ["d#2"]}, False, id="two entries of one day"),
        pytest.param({"matters": ["m1"]}, {"matters": ["m2"]}, False, id="two matters"),
    ],
)
def test_what_is_known_of_the_docket_decides(first, second, together) -> None:
    stories = Stories()
    text = "Judge Holm ruled on the motion on Monday in the case about the chatbot."
    stories.place(article("a", text + " The dictionary has lost.", title="Judge Holm rules for OpenLex"), **first)
    place = stories.place(
        article("b", text + " The encyclopedia has won.", title="Judge Holm rules on OpenLex"), **second
    )
    assert (place.story == "a") is together


def test_two_rulings_of_one_day_in_one_case_are_two_stories() -> None:
    found = placed(
        article(
            "a",
            "Judge Dario Quent certified a class of 40,000 photographers.",
            title="Photographers win class status against Lumipix",
        ),
        article(
            "b",
            "Judge Dario Quent refused to exclude the company’s economist.",
            title="Lumipix economist may testify on market harm",
            hours=1,
        ),
    )
    assert len({story for story, _ in found.values()}) == 2


@pytest.mark.parametrize(("matters", "together"), [((), False), (("m1",), True)])
def test_words_tie_no_articles_that_are_not_of_the_field_but_the_docket_does(matters, together) -> None:
    stories = Stories()
    text = "The Harbour Museum in Ystad shows the boats that Greta Lindqvist painted between two winters by the quay. "
    stories.place(article("a", text + "Doors open at ten.", title="Boats of Greta Lindqvist in Ystad"), matters=matters)
    second = article("b", "Greta Lindqvist painted boats. " + text[:60], title="Greta Lindqvist’s boats", hours=2)
    assert (stories.place(second, matters=matters).story == "a") is together


def test_last_weeks_stories_are_as_they_were() -> None:
    """What earlier nights decided is taken as it is, even where this night would decide otherwise."""
    stories = Stories()
    stories.remember(article("a", RULING), StoryPlace("a", "a"))
    stories.remember(article("b", "Ferries return to the north quay."), StoryPlace("b", "a"))
    assert stories.place(article("c", RULING, hours=2)) == StoryPlace("c", "a", "a")


def _story_of(items: list[dict[str, str]]) -> list[str]:
    stories = Stories()
    order = sorted(range(len(items)), key=lambda n: (items[n]["published"], n))
    found = {}
    for n in order:
        item = items[n]
        at = datetime.fromisoformat(item["published"])
        made = Provenance("s", at, "", "")
        document = Document(str(n), Kind.NEWS, PageClass.ARTICLE, item["title"], item["lead"], made, published=When(at))
        found[n] = stories.place(document, matters=[item["matter"]] if "matter" in item else ()).story
    return [found[n] for n in range(len(items))]


PARTS = {"tuning": LABELLED, "later": LATER, "unsealed": UNSEALED, "sealed": SEALED}


@cache
def _found(part: str) -> list[str]:
    return _story_of(PARTS[part])


@pytest.mark.parametrize(
    ("part", "floor"),
    [
        ("tuning", "stories.f1"),
        ("later", "stories.later.f1"),
        ("unsealed", "stories.unsealed.f1"),
        ("sealed", "stories.sealed.f1"),
    ],
)
def test_stories_agree_with_the_labels(part, floor) -> None:
    items = PARTS[part]
    found, wanted = _found(part), [item["story"] for item in items]
    pairs = list(combinations(range(len(items)), 2))
    together = {(a, b) for a, b in pairs if found[a] == found[b]}
    right = {(a, b) for a, b in pairs if wanted[a] == wanted[b]}
    assert right
    assert 2 * len(together & right) / (len(together) + len(right)) >= FLOORS[floor]


def test_no_two_rulings_of_one_day_are_merged() -> None:
    """In the labelled set: rulings of one judge, or in one case, on one day; and suits against one company on one day."""
    of = {item["story"]: set() for item in ALL}
    for part, items in PARTS.items():
        for item, story in zip(items, _found(part), strict=True):
            of[item["story"]].add((part, story))
    rulings = (
        "c3 c4, b3 b4, j3 j4, a4 a5, d4 d5, n3 n4, n5 n6, n18 n19, n26 n27, p3 p4, p7 p8, p11 p12, p21 p22, q2 q3, q4 q5"
        ", r3 r4, r5 r6, s2 s3, s7 s8, s13 s14, o08 o09, o20 o21, o05 o06, t16 t17, u3 u4, u6 u7, u10 u11, u12 u13, v3 v4"
        ", v9 v10, v11 v12, w17 w18, w23 w24, w30 w31, w33 w34, w41 w42"
    )
    suits = (
        "n1 n2, n10 n11, n20 n21, n28 n29, p14 p15, p19 p20, r1 r2, s11 s12, o03 o04, o01 o02, t6 t7, u1 u2, v1 v2"
        ", w03 w05, w65 w66"
    )
    for one, other in (pair.split() for pair in f"{rulings}, {suits}".split(", ")):
        assert not of[one] & of[other], (one, other)


def test_no_story_tells_two_rulings_of_one_day() -> None:
    """Of all articles that may be read, as their headlines or leads tell kind and day."""
    for part, items in PARTS.items():
        read = [
            happening.read(item["title"], item["lead"], datetime.fromisoformat(item["published"]).toordinal())
            for item in items
        ]
        for one, other in combinations(range(len(items)), 2):
            if _found(part)[one] == _found(part)[other] and {read[one].kind, read[other].kind} <= RULINGS:
                same = items[one]["story"] == items[other]["story"]
                assert same or not read[one].days & read[other].days, (items[one]["title"], items[other]["title"])


def test_grown_night_by_night_or_at_once_is_the_same() -> None:
    """A night remembers what earlier nights decided, and decides on its own articles alone."""
    made = Provenance("s", MONDAY, "", "")
    items = sorted(LATER, key=lambda item: item["published"])[:120]
    documents = [
        Document(
            str(n), Kind.NEWS, PageClass.ARTICLE, item["title"], item["lead"], made,
            published=When(datetime.fromisoformat(item["published"])),
        )
        for n, item in enumerate(items)
    ]  # fmt: skip
    at_once = Stories()
    expected = [at_once.place(document) for document in documents]
    known: list[tuple[Document, StoryPlace]] = []
    for start in range(0, len(documents), 40):
        night = Stories()
        for document, place in known:
            night.remember(document, place)
        known += [(document, night.place(document)) for document in documents[start : start + 40]]
    assert [place for _, place in known] == expected


def test_what_stands_in_the_body_tells_two_reports_of_a_suit_from_two_suits() -> None:
    """Who sues may be named below the lead: then the body says that it is the same suit."""
    suit = article(
        "a", "Ines Corbeau sued Limner on Monday over its portrait model, saying it was trained on her sketchbooks.",
        title="Ines Corbeau sues Limner over portraits",
    )  # fmt: skip
    lead = "A Belgian portraitist wants Limner to stop selling pictures in her manner, according to a complaint. " * 2
    rest = "The company has twelve employees and an office by the harbour, where nobody answered the telephone. " * 5
    other = article("b", lead + rest + "Ines Corbeau lives in Ghent.", title="Limner sued over portrait model", hours=3)
    without = article("b", lead + rest, title="Limner sued over portrait model", hours=3)
    likeness = [_probability(suit, report) for report in (other, without)]
    assert likeness[0] > likeness[1]


def _probability(one: Document, other: Document) -> float:
    read = [happening.read(each.title, each.text, MONDAY.toordinal()) for each in (one, other)]
    odds = same_event.odds(*read, lambda _: 4.0, same_matter=False)
    return odds.both if odds else 0.0


@given(st.lists(st.text(max_size=200), max_size=6))
def test_every_article_gets_one_place_and_no_story_is_without_its_first(texts) -> None:
    found = placed(*(article(str(n), text, hours=n) for n, text in enumerate(texts)))
    assert len(found) == len(texts)
    for story, original in found.values():
        assert found[story][0] == story
        assert original is None or found[original][0] == story
