"""Where a matter stands, and that every word of it stands where it says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import PublishError
from pipeline.publish import database
from pipeline.publish.standing import pending
from tests.publish.conftest import ABOUT, ask, publish, rows
from tests.publish.site_reader import Get, page, words

NIGHT = "2030-11-{:02}T00:00:00-05:00"


def told(folder: Path, slug: str = "lantern") -> list[dict[str, Any]]:
    return ask(folder)("SELECT * FROM matter_summaries WHERE matter = :slug ORDER BY position", {"slug": slug})


@pytest.fixture(scope="module")
def lantern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("standing") / "public", rows(), ABOUT)


def test_rulings_then_motions_then_dates(lantern: Path) -> None:
    assert [row["role"] for row in told(lantern)] == ["ruling", "pending", "date", "date"]


def test_every_sentence_names_its_document_or_entry_and_its_place_there(lantern: Path) -> None:
    query = ask(lantern)
    texts = {row["document"]: row["text"] for row in query("SELECT * FROM bodies", {})}
    words = {row["id"]: row["description"] for row in query("SELECT * FROM entries", {})}
    found = query("SELECT * FROM matter_summaries", {})
    assert len(found) >= 5
    for row in found:
        assert (row["document"] is None) != (row["entry"] is None)
        whole = texts[row["document"]] if row["document"] else words[row["entry"]]
        assert whole[row["start"] : row["end"]] == row["text"]


def test_a_ruling_on_a_stage_is_the_posture_when_later_ones_are_not(tmp_path: Path) -> None:
    tables = rows()
    opinion = next(row for row in tables["documents"] if row["id"] == "opinion-45")
    dismissed = "The motion to dismiss is DENIED."
    later = "The request for more pages is GRANTED."
    for number, (said, day) in enumerate([(dismissed, 1), (later, 2), (later, 3), (later, 4)]):
        name, bare = f"ruling-{number}", said == later
        own = {"id": name, "published": NIGHT.format(day), "matter": "harbor-v-quillwright"}
        tables["documents"].append({**opinion, **own})
        tables["bodies"].append({**tables["bodies"][0], "document": name, "text": f"I. CONCLUSION\n{said}"})
        place = {"start": 14 if bare else 0, "end": 14 + len(said)}
        quote = said if bare else f"I. CONCLUSION\n{said}"
        ruled = {"document": name, "position": 0, "outcome": "denied", "quote": quote, **place}
        tables["dispositions"].append(ruled)
        if bare:
            point = {**tables["summaries"][0], "document": name, "position": 0, "role": "decision", "text": said}
            tables["summaries"].append({**point, **place})
    folder = publish(tmp_path / "public", tables, ABOUT)
    found = {row["document"]: row for row in told(folder, "harbor-v-quillwright")}
    assert found["ruling-0"]["role"] == "posture"
    assert found["ruling-0"]["text"] == dismissed


def test_a_publication_whose_sentences_do_not_stand_where_they_say_is_refused(lantern: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(lantern / "docketwire.db")) as whole, closing(sqlite3.connect(":memory:")) as db:
        whole.backup(db)
        db.execute("UPDATE matter_summaries SET text = replace(text, 'DENIED', 'GRANTED') WHERE role = 'ruling'")
        with pytest.raises(PublishError, match="the summary of matter lantern does not stand in what it names"):
            database._check(db, tmp_path, {"matters": 1})


def test_what_is_told_of_a_story_must_stand_in_a_summary(lantern: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(lantern / "docketwire.db")) as whole, closing(sqlite3.connect(":memory:")) as db:
        whole.backup(db)
        row = ("courier-1", 0, "all", "Lantern confessed.", "courier-1", 10, 28, json.dumps([]))
        db.execute("INSERT INTO story_summaries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        with pytest.raises(PublishError, match="the summary of story courier-1 does not stand in"):
            database._check(db, tmp_path, {"matters": 1})


# ------------------------------------------------------------------------------------------ motions


def entry(number: int, kind: str, words: str) -> dict[str, Any]:
    filed = NIGHT.format(number)
    return {
        "id": f"e{number}",
        "docket": "demo:1",
        "number": number,
        "filed": filed,
        "type": kind,
        "description": words,
        "document": None,
    }


COMPEL = entry(
    2,
    "motion",
    "MOTION to Compel production of the tile logs. Document filed by Ashdown Maps. (Attachments: # 1 Proposed Order)",
)
SEAL = entry(3, "motion", "LETTER MOTION to Seal Exhibit 4. Document filed by Lantern Models.")


@pytest.mark.parametrize(
    ("later", "ruled", "left"),
    [
        ([], [], [3, 2]),
        ([entry(5, "order", "ORDER denying 2 Motion to Compel.")], [], [3]),
        ([entry(5, "order", "ORDER granting 3 Letter Motion to Seal; denying 2 Motion to Compel.")], [], []),
        ([entry(5, "order", "ORDER granting 1 Motion for Pro Hac Vice.")], [], [3, 2]),
        ([entry(5, "order", "Order on Motion to Compel")], [], [3]),
        ([entry(5, "order", "Order on Motion for Miscellaneous Relief")], [], [3, 2]),
        ([entry(5, "order", "ORDER granting in part the motion.")], [], []),
        ([entry(5, "notice", "NOTICE of Withdrawal of Motion re 3 LETTER MOTION to Seal. Motion withdrawn.")], [], [2]),
        ([entry(5, "order", "SCHEDULING ORDER. Discovery due by December 5.")], [], [3, 2]),
        ([], [{"motion": "ECF 2"}], [3]),
        ([entry(5, "motion", "MOTION to Compel further answers.")], [{"motion": "ECF 2"}], [5, 3]),
    ],
    ids=[
        "nothing came", "denied by number", "both decided", "another was", "by kind, as feeds say it", "of another kind",
        "in doubt, decided", "withdrawn", "an order about something else", "in a ruling we hold", "the newest first",
    ],
)  # fmt: skip
def test_motions_without_a_ruling(later: list[dict[str, Any]], ruled: list[dict[str, Any]], left: list[int]) -> None:
    assert [row["number"] for row in pending([COMPEL, SEAL, *later], ruled)] == left


def test_a_proposed_order_is_no_motion_and_an_earlier_order_decides_nothing() -> None:
    proposed = entry(4, "motion", "PROPOSED ORDER. Motion to Compel.")
    assert [
        row["number"] for row in pending([entry(1, "order", "ORDER denying 2 Motion to Compel."), COMPEL, proposed], [])
    ] == [2]


# ------------------------------------------------------------------------------------------ on the site


def test_of_many_decisions_the_one_on_the_motion_is_told_and_once(site_over: Callable[..., Get]) -> None:
    """ "The motion is denied as to Count IV" stands first in many an opinion, and is not what the court did."""
    tables = rows()
    held, granted = (
        row for row in tables["summaries"] if row["document"] == "opinion-45" and row["role"] == "decision"
    )
    opinion = next(row for row in tables["bodies"] if row["document"] == "opinion-45")
    narrow = "The motion is denied as to Count IV."
    opinion["text"] = opinion["text"].replace(held["text"], narrow.ljust(len(held["text"])))
    held |= {"text": narrow, "end": held["start"] + len(narrow)}
    get = site_over(tables)
    standing = words(page(get("/matter/harbor-v-quillwright")).cssselect(".standing")[0])
    assert standing.count(granted["text"]) == 1
    assert narrow not in standing
    assert granted["text"] in words(page(get("/")).cssselect(".part.rulings")[0])


def test_a_story_s_page_says_what_all_report_and_what_only_one_does(site_over: Callable[..., Get]) -> None:
    tables = rows()
    [said] = [row for row in tables["summaries"] if row["document"] == "courier-1"]
    place = {name: said[name] for name in ("text", "document", "start", "end")}
    tables["story_summaries"] = [
        {"story": "courier-1", "position": n, "role": role, "also": "[]", **place}
        for n, role in enumerate(["all", "one"])
    ]
    told = page(site_over(tables)("/story/courier-1")).cssselect("section.summary")[0]
    assert [words(heading) for heading in told.cssselect("h3")] == ["All of them", "Only one of them"]
    assert told.xpath(".//li/a/@href") == ["/document/courier-1#p1"] * 2


def test_a_matter_s_page_names_the_motions_without_a_ruling(site_over: Callable[..., Get]) -> None:
    standing = page(site_over()("/matter/lantern")).cssselect(".standing")[0]
    assert "No ruling held on LETTER MOTION for extension of time by Lantern Models, Inc." in words(standing)
