from __future__ import annotations

import re

import pytest

from pipeline.errors import PublishError
from pipeline.publish import database, gate
from tests.publish.conftest import ask, document, rows


def stories(tables, number: int, day: str, **values):
    """So many stories first seen on a day, each filed in its docket."""
    given = {"headline": "h", "matter": "lantern", "published": f"{day}T00:00:00+00:00"} | values
    for n in range(number):
        row = document(f"n{n}-{day}", "news", f"Story {n}", first_seen=f"{day}T04:10:00+00:00", **given)
        tables["documents"].append(row)
        link = {"docket": "demo:2030-md-09001", "confidence": 0.8, "evidence": "x", "reason": "caption"}
        tables["document_dockets"].append({"document": row["id"], **link})


def history():
    """The tables, and six stories of the Courier a day in ten days before."""
    tables = rows()
    for day in range(10):
        stories(tables, 6, f"2030-11-{day + 1:02}")
    return tables


def drop(table, condition):
    def change(tables):
        gone = {row.get("id", row.get("slug")) for row in tables[table] if condition(row)}
        tables[table] = [row for row in tables[table] if row.get("id", row.get("slug")) not in gone]
        for other in tables.values():  # nothing may point to what is gone
            for row in other:
                for column in ("duplicate_of", "matter"):
                    if row.get(column) in gone:
                        row[column] = None
            other[:] = [row for row in other if row.get("document") not in gone and row.get("story") not in gone]

    return change


def tonight(number, **values):
    return lambda tables: stories(tables, number, "2030-11-22", **values)


def dateless(tables):
    for row in tables["documents"]:
        if row["kind"] == "news":
            row["published"] = None


def unfiled(tables):
    tables["document_dockets"] = [row for row in tables["document_dockets"] if row["document"] != "order-91"]


def textless(tables):
    tables["bodies"] = [row for row in tables["bodies"] if row["document"] != "order-91"]
    tables["summaries"] = [row for row in tables["summaries"] if row["document"] != "order-91"]


def lost_docket(tables):
    tables["events"][0]["docket"] = "demo:1999-cv-00001"


def vanished(tables):
    drop("matters", lambda row: row["slug"] == "nobody-v-nothing")(tables)
    tables["dockets"] = [row for row in tables["dockets"] if row["matter"] != "nobody-v-nothing" and row["matter"]]


def emptied(tables):
    for row in tables["documents"]:
        row["matter"] = (
            None if row["matter" if "matter" in row else "id"] == "harbor-v-quillwright" else row.get("matter")
        )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(vanished, "matter nobody-v-nothing has vanished", id="a matter vanishes"),
        pytest.param(emptied, "matter harbor-v-quillwright has lost all of its 2 documents", id="a matter is emptied"),
        pytest.param(drop("documents", lambda r: r["id"].startswith("n") and r["id"] > "n3"), "documents fell from # rows to #", id="rows are lost"),
        pytest.param(lambda t: t["events"].clear(), "events fell from 4 rows to 0", id="a small table is emptied"),
        pytest.param(dateless, "news with a date: 100% before, #% now", id="dates are no longer read"),
        pytest.param(tonight(30, headline=None), "news with a summary of tonight: #% before, 0% now", id="tonight's summaries are missing"),
        pytest.param(tonight(60), "courier brought 60 documents at once; a usual day is 6", id="ten times a usual day"),
        pytest.param(tonight(60, source="brand-new"), "all sources brought 60 documents at once", id="a flood from nowhere"),
        pytest.param(textless, "1 filings read have no text", id="a filing has lost its text"),
        pytest.param(unfiled, "1 documents stand in a matter that none of their dockets belongs to", id="a document lost its docket"),
        pytest.param(lost_docket, "1 events name a docket that is not there", id="an event's docket is gone"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_publication_is_said_and_yesterdays_stays(put, tmp_path, change, said):
    public, tables = tmp_path / "public", history()
    with database.publication(public) as folder:
        put(folder, history())
    yesterdays = public.resolve()
    change(tables)
    with pytest.raises(PublishError) as caught, database.publication(public) as folder:
        gate.check(ask(put(folder, tables)), gate.figures(ask(public)), place="public")
    assert public.resolve() == yesterdays
    assert [path.name for path in tmp_path.glob("public-*")] == [yesterdays.name]
    message = str(caught.value)
    assert re.search(re.escape(said).replace(r"\#", r"[\d,]+"), message), message
    assert "\n" not in message
    assert "without --gate" in message


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda tables: None, id="nothing new"),
        pytest.param(tonight(40), id="a busy night"),
        pytest.param(tonight(59, source="brand-new"), id="a new source's first night"),
        pytest.param(drop("documents", lambda row: row["id"] == "courier-3"), id="one document withdrawn"),
        pytest.param(drop("documents", lambda row: row["id"].endswith("2030-11-01")), id="a few withdrawn"),
        pytest.param(tonight(3, headline=None, published=None), id="a few that could not be read"),
    ],
)
def test_a_usual_night_passes(put, tmp_path, change):
    before = gate.figures(ask(put(tmp_path / "before", history())))
    tables = history()
    change(tables)
    gate.check(ask(put(tmp_path / "after", tables)), before, place="public")


def test_a_flood_that_was_let_through_once_is_not_refused_again(put, tmp_path):
    tables = history()
    tonight(500)(tables)
    before = gate.figures(ask(put(tmp_path / "before", tables)))
    gate.check(ask(put(tmp_path / "after", tables)), before, place="public")
