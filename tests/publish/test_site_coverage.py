from __future__ import annotations

import pytest

from pipeline.publish.site.coverage import covered, lag
from tests.publish.conftest import document, rows
from tests.publish.site_reader import page, words


def report(filed: str | None, published: str | None, filed_precision: str = "second", precision: str = "minute"):
    return {"filed": filed, "published": published, "filed_precision": filed_precision, "precision": precision}


@pytest.mark.parametrize(
    ("told", "said"),
    [(report("2030-11-20T10:00:00-05:00", "2030-11-20T15:20:00+00:00"), "within the hour"),
     (report("2030-11-20T10:00:00-05:00", "2030-11-20T18:10:00+00:00"), "3 h after entry"),
     (report("2030-11-20T10:00:00-05:00", "2030-11-22T09:00:00-05:00"), "47 h after entry"),
     (report("2030-11-20T10:00:00-05:00", "2030-11-23T10:00:00-05:00"), "3 days after entry"),
     (report("2030-11-20T10:00:00-05:00", "2030-11-20T09:00:00-05:00"), "before the entry"),
     (report("2030-11-20T00:00:00-05:00", "2030-11-20T17:00:00-05:00", "day"), "the day of the entry"),
     (report("2030-11-20T00:00:00-05:00", "2030-11-21T00:00:00-05:00", "day", "day"), "1 day after entry"),
     (report("2030-11-20T00:00:00-05:00", "2030-11-19T17:00:00-05:00", "day"), "before the entry"),
     (report(None, "2030-11-19T17:00:00-05:00"), ""), (report("2030-11-20T00:00:00-05:00", None), "")],
    ids=["soon", "hours", "nearly two days", "days", "before", "a day alone", "two days alone", "the day before", "no entry time", "undated"],
)  # fmt: skip
def test_how_long_the_press_took_is_said_as_finely_as_it_is_known(told, said):
    assert lag(told) == said


def article(id: str, story: str, source: str | None, published: str | None, *, reports: int = 1):  # noqa: A002 - the column's name
    return {"reports": reports, "line": "order", "story": story, "id": id, "title": f"title of {id}", "source_title": source,
            **report("2030-11-20T10:00:00-05:00", published)}  # fmt: skip


def test_stories_stand_behind_a_line_with_each_outlet_once():
    told = [article("a", "a", "Courier", "2030-11-20T15:00:00-05:00"), article("b", "a", "Herald", "2030-11-20T13:00:00-05:00"),
            article("c", "c", "Courier", None), article("d", "d", None, "2030-11-25T10:00:00-05:00")]  # fmt: skip
    told.append(article("e", "a", "Courier", "2030-11-19T10:00:00-05:00", reports=0))
    found = covered(told)["order"]
    assert found.outlets == ("Courier", "Herald", "an outlet unknown")
    assert found.lag == "3 h after entry"
    assert [story["page"] for story in found.stories] == ["/story/a", "/document/c", "/document/d"]


def reported(kind: str = "order"):
    """The rows of every test, but an article reports the order, another outlet tells its story in other words."""
    tables = rows()
    tables["documents"].append(
        document("retold-1", "news", "Lantern and authors: talk first, says magistrate", source="herald", source_title="Fictional Herald",
                 published="2030-11-21T03:00:00+00:00", precision="minute", matter="lantern")
    )  # fmt: skip
    tables["story_documents"].append({"story": "courier-1", "document": "retold-1", "position": 2})
    [entry] = [row for row in tables["entries"] if row["id"] == "e91"]
    entry |= {"type": kind, "filed": "2030-11-20T14:30:00-05:00", "precision": "second"}
    tables["reports"] = [
        {"document": "courier-1", "matter": "lantern", "entry": "e91", "score": 0.9, "reasons": "x", "state": "found"},
        {"document": "teaser-1", "matter": "lantern", "entry": None, "score": 0, "reasons": "", "state": "awaited"},
    ]
    return tables


def test_a_story_is_one_line_behind_the_entry_it_reports(site_over):
    get = site_over(reported())
    for path in ("/matter/lantern", "/"):
        tree = page(get(path))
        assert not [line for line in tree.cssselect(".line.news") if "back to the telephone" in words(line)]
        [behind] = tree.cssselect(".coverage")
        assert "Motion to compel" in words(behind.getparent())
        assert words(behind.cssselect("summary")[0]) == (
            "1 story The Demo Courier, Fictional Herald first report 3 h after entry"
        )
        assert behind.xpath(".//li/a/@href") == ["/story/courier-1"]
    assert get("/story/courier-1").status_code == 200


def test_among_the_news_a_story_stands_for_itself_and_names_its_entry(site_over):
    tree = page(site_over(reported())("/matter/lantern?show=news"))
    [line] = [words(one) for one in tree.cssselect(".timeline .line") if "telephone" in words(one)]
    assert "also in Fictional Herald" in line
    assert "reports ECF 91, 3 h after entry" in line
    assert not [one for one in tree.cssselect(".timeline .line") if "talk first" in words(one)]  # told already


def test_a_story_behind_a_routine_entry_is_not_hidden_with_it(site_over):
    tree = page(site_over(reported("routine"))("/matter/lantern"))
    assert [line for line in tree.cssselect(".line.news") if "back to the telephone" in words(line)]


def test_what_is_reported_before_its_entry_is_said_apart(site_over):
    tables = reported()
    [teaser] = [row for row in tables["documents"] if row["id"] == "teaser-1"]
    teaser |= {"first_seen": "2030-11-21T04:10:00+00:00"}
    [part] = [one for one in page(site_over(tables)("/")).cssselect(".part") if "no entry found yet" in words(one)]
    assert "what Lantern paid" in words(part)


def test_a_days_tally_counts_stories_not_articles(site_over):
    before, after = (page(site_over(tables)("/")).cssselect(".tally")[0] for tables in (rows(), reported()))
    assert words(before).partition("filings")[2] == words(after).partition("filings")[2]
