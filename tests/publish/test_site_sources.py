from __future__ import annotations

from tests.publish.conftest import document, rows
from tests.publish.site_reader import page, words

LOCAL = {
    "id": "local",
    "title": "Files handed in",
    "kind": "filing",
    "method": "file",
    "url": "",
    "cadence_hours": 24,
    "state": "never run",
}
FACT = {"matter": "lantern", "docket": "demo:2030-md-09001", "ours": "a", "theirs": "b", "our_source": "x", "their_source": "y",
        "seen": "2030-11-20T00:00:00+00:00"}  # fmt: skip


def test_files_handed_in_are_no_source_that_was_not_asked(site_over):
    tables = rows()
    tables["sources"].append(LOCAL)
    assert "Files handed in" not in words(page(site_over(tables)("/sources")))  # nobody has handed in any
    tables["documents"].append(document("brief-7", "filing", "Brief", source="local", source_title="Files handed in"))
    tree = page(site_over(tables)("/sources"))
    [given] = tree.cssselect("#local")
    assert words(given).startswith("by hand Files handed in 1 handed in, the last Thu 21 Nov 2030.")
    assert "of 6 sources answer" in words(tree.cssselect(".lede")[0])


def test_a_gap_between_polls_is_said_with_its_days_and_its_list(site_over):
    tables = rows()
    [court] = [row for row in tables["sources"] if row["id"] == "demo-court"]
    court["gaps"] = 1
    tables["runs"].append({
        "id": "20301121T041000Z-demo-court", "source": "demo-court", "started": "2030-11-21T04:10:00+00:00", "finished": "2030-11-21T04:10:09+00:00",
        "state": "well", "entries": 9, "pages": 0, "not_modified": 0, "bytes": 0, "gap_from": "2030-11-19T04:10:00+00:00", "gap_to": "2030-11-20T09:00:00+00:00",
    })  # fmt: skip
    get = site_over(tables)
    [gaps] = page(get("/sources")).cssselect("#demo-court .gaps")
    assert words(gaps).startswith(
        "1 gap between polls, the last from Tue 19 Nov 2030, 04:10 UTC to Wed 20 Nov 2030, 09:00 UTC"
    )
    assert "20301121T041000Z-demo-court" in get(gaps.xpath(".//a/@href")[0]).text


def test_the_registrys_drift_is_a_rate_that_can_be_followed(site_over):
    tables = rows()
    tables["audit"] = [
        FACT | {"what": what, "agrees": agrees} for what, agrees in [("judge", 0), ("caption", 1), ("filed", 1)]
    ]
    [audit] = page(site_over(tables)("/sources")).xpath("//*[@aria-labelledby='audit']")
    assert (
        "1 fact of 3 differs: a drift of 33.3 %, in 1 matter whose docket pages were read, the last Wed 20 Nov 2030"
        in words(audit)
    )
    tables["audit"] = [FACT | {"what": "judge", "agrees": 1}]
    [audit] = page(site_over(tables)("/sources")).xpath("//*[@aria-labelledby='audit']")
    assert "None of 1 fact differs" in words(audit)
    assert not page(site_over()("/sources")).xpath("//*[@aria-labelledby='audit']")


def test_a_page_names_the_feeds_that_there_are_and_no_other(get, site_over):
    for path in ("/matter/lantern", "/document/order-91", "/document/courier-3", "/matter/nobody-v-nothing"):
        named = page(get(path)).xpath("//link[@rel='alternate']/@href")
        assert "/feeds/all.atom" in named
        assert {get(address).status_code for address in named} == {200}, path
    assert "text/calendar" in page(get("/calendar")).xpath("//link[@rel='alternate']/@type")
    everything = page(get("/")).xpath("//link[@rel='alternate']/@href")
    assert everything == ["/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json", "/feeds/all.ics"]
    types = page(get("/matter/lantern")).xpath("//link[@rel='alternate']/@type")
    assert set(types) == {"application/atom+xml", "application/rss+xml", "application/feed+json", "text/calendar"}
    bare = page(site_over()("/matter/lantern")).xpath("//link[@rel='alternate']/@href")
    assert bare == ["/feeds/all.atom"]


def test_a_front_page_with_nothing_new_says_when_it_was_last_checked(site_over):
    from datetime import UTC, datetime

    get = site_over(rows(), now=datetime(2030, 11, 22, 7, tzinfo=UTC))
    [checked] = page(get("/")).cssselect(".checked")
    assert words(checked) == (
        "Nothing new since Thu 21 Nov 2030. Last checked Thu 21 Nov 2030, 04:10 UTC: 3 of 5 sources answered."
    )
    assert not page(site_over()("/")).cssselect(".checked")
