from __future__ import annotations

import asyncio
import os
import re
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.errors import PublishError
from pipeline.publish.site.app import application
from pipeline.publish.site.health import condition
from pipeline.publish.site.passages import Mark, page_of, render
from pipeline.publish.site.queries import fts
from tests.publish.conftest import rows
from tests.publish.site_reader import NOW, page, reader, words

# Address → status: one of every kind of page.
PAGES = {"/": 200, "/matters": 200, "/matters?court=demo&stage=Discovery": 200, "/matter/lantern": 200, "/matter/harbor-v-quillwright": 200,
         "/document/order-91": 200, "/document/courier-1": 200, "/document/scan-12": 200, "/document/order-91/versions/1": 200, "/stories": 200,
         "/story/courier-1": 200, "/search": 200, "/search?q=zebra": 200, "/search?q=privilege": 200, "/search?q=lantern&type=order&since=2030-01-01": 200,
         "/calendar": 200, "/courts": 200, "/defendants": 200, "/sources": 200, "/issues": 200, "/about": 200, "/data": 200, "/docketwire": 200,
         "/docketwire/documents": 200, "/docketwire/documents/order-91": 200, "/docketwire/rulings_of?matter=lantern": 200, "/document/none": 404,
         "/matter/none": 404, "/story/none": 404, "/-/threads": 403, "/docketwire?sql=select+1": 403}  # fmt: skip

# ---------------------------------------------------------------------------------------------- every page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_says_that_it_is_a_demonstration(get, path):
    assert get(path).status_code == PAGES[path]
    [banner] = page(get(path)).cssselect(".banner")
    assert banner.get("role") == "status"
    assert "every party, docket and article here is invented" in words(banner)


def test_a_live_publication_has_no_banner(site_over):
    get = site_over(purpose="live")
    assert not page(get("/")).cssselect(".banner")


def test_missed_nights_are_said_on_every_page(site_over):
    get = site_over(purpose="live", now=datetime(2030, 11, 24, tzinfo=UTC))
    assert "Not up to date" in words(page(get("/calendar")).cssselect(".banner")[0])


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_lead_nowhere_else_and_run_nothing(get, path):
    response = get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    tree = page(response)
    assert not tree.cssselect("iframe, object, style, script:not([type='application/ld+json'])")
    assert not [
        element for element in tree.iter() if any(name.startswith("on") or name == "style" for name in element.attrib)
    ]
    loaded = [e.get("src") or e.get("href") for e in tree.cssselect("img, link[rel=stylesheet], link[rel=icon]")]
    assert all(address.startswith("/static/") for address in loaded)
    assert not [a for a in tree.cssselect("a[href]") if not re.match(r"https?://|/|#|\?", a.get("href"))]


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_one_heading_landmarks_a_way_past_them_and_no_id_twice(get, path):
    tree = page(get(path))
    assert len(tree.cssselect("h1")) == 1
    assert [
        len(tree.cssselect(name))
        for name in (
            "html[lang=en]",
            "main#content",
            "header.masthead nav",
            "footer.colophon",
            "a.skip[href='#content']",
        )
    ] == [1] * 5
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    own = {address[1:] for address in tree.xpath("//a/@href") if address.startswith("#")}
    if not path.startswith("/docketwire"):
        assert own <= set(ids)


def test_links_of_our_pages_lead_somewhere(get):
    ours = [path for path in PAGES if not path.startswith(("/docketwire", "/-/"))]
    addresses = {
        address.partition("#")[0]
        for path in ours
        for address in page(get(path)).xpath("//a/@href | //link/@href")
        if address.startswith("/")
    }
    assert {address: get(address).status_code for address in sorted(addresses)} == dict.fromkeys(sorted(addresses), 200)


def test_words_from_outside_are_words(get):
    for path in (
        "/",
        "/matters",
        "/matter/harbor-v-quillwright",
        "/document/courier-2",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/matter/%3Cscript%3E",
    ):
        assert "<script>" not in get(path).text, path
    tree = page(get("/document/courier-2"))
    assert "<script>alert(1)</script>" in words(tree.cssselect("h1")[0])
    assert not tree.cssselect("a[href^=javascript]")


# ---------------------------------------------------------------------------------------------- what each page says


def test_home_puts_rulings_before_filings_before_news_and_hides_routine(get):
    tree = page(get("/"))
    today = tree.cssselect(".day")[0]
    assert words(today.cssselect("h2")[0]) == "Thu 21 Nov 2030 today, since Wed 20 Nov 2030, 04:10 UTC"
    assert words(today.cssselect(".tally")[0]) == "4 filings2 rulings4 stories1 routine"
    assert [words(part) for part in today.cssselect(".part > h3")] == [
        "Rulings",
        "New cases",
        "Filings",
        "News",
        "Reported, no docket found yet",
    ]
    ruling = next(line for line in today.cssselect(".line") if "Motion to compel" in words(line))
    for fact in ("1:30-md-09001", "ECF 91", "Wed 20 Nov 2030", "Otto Wren", "DENIED without prejudice"):
        assert fact in words(ruling)
    assert [a.get("href") for a in ruling.cssselect(".marks a")] == [f"/document/order-91#p{n}" for n in (1, 2, 3)]
    assert "Notice of appearance" in words(today.cssselect("details.routine")[0])
    assert "Notice of appearance" not in "".join(words(part) for part in today.cssselect(".part"))
    assert "also in Fictional Herald" in words(today)


def test_of_one_night_the_newest_order_is_first_whichever_was_fetched_last(get):
    [rulings] = [part for part in page(get("/")).cssselect("section") if words(part).startswith("Rulings")][:1]
    assert words(rulings).index("ECF 91") < words(rulings).index(
        "ECF 45"
    )  # of 20 and of 19 November; fetched 04:10, 04:11


def test_next_dates_leave_out_what_is_superseded_or_past(get):
    assert [words(date) for date in page(get("/")).cssselect(".beside .due a")] == ["joint status letter", "conference"]


def test_home_without_documents_says_so(site_over):
    get = site_over({})
    assert "holds no filing and no article" in words(page(get("/")))
    assert "registry of matters is empty" in words(page(get("/matters")))
    assert "No date ahead" in words(page(get("/calendar")))
    assert "No source has been registered yet" in words(page(get("/sources")))
    assert get("/search").status_code == 200


def test_a_matter_shows_its_dockets_its_standing_and_one_timeline(get):
    tree = page(get("/matter/lantern"))
    assert "MDL 9001" in words(tree.cssselect(".opening")[0])
    assert len(tree.cssselect(".dockets li")) == 8
    assert "DENIED without prejudice" in words(tree.cssselect(".standing")[0])
    shown = [words(head) for head in tree.cssselect(".timeline .head")]
    assert shown.index("Motion to compel training logs denied without prejudice") < shown.index(
        "Judge sends authors and Lantern back to the telephone"
    )
    assert "LETTER MOTION for extension of time by Lantern Models, Inc." in shown  # an entry without a public document
    assert "CERTIFICATE OF SERVICE" not in shown
    assert [year.text for year in tree.cssselect(".year")] == ["2030", "2029"]
    assert "/feeds/lantern.atom" in tree.xpath("//link[@rel='alternate']/@href")
    assert "superseded" in words(tree.cssselect(".due.gone")[0])


@pytest.mark.parametrize(
    ("choice", "found", "missing"),
    [("rulings", "Motion to compel", "Judge sends"), ("news", "Judge sends", "Motion to compel"), ("filings", "LETTER MOTION", "Judge sends"),
     ("all&routine=1", "CERTIFICATE OF SERVICE", "zebra"), ("'; drop table", "Judge sends", "CERTIFICATE")],
)  # fmt: skip
def test_a_timeline_can_be_narrowed(get, choice, found, missing):
    timeline = words(page(get(f"/matter/lantern?show={choice}")).cssselect(".timeline")[0])
    assert found in timeline
    assert missing not in timeline


def test_each_sentence_of_a_summary_leads_to_its_words_in_the_text(get):
    tree = page(get("/document/order-91"))
    sentences = tree.cssselect(".summary a.sentence")
    assert len(sentences) == 3
    for sentence in sentences:
        [passage] = tree.cssselect(f"mark{sentence.get('href')}")
        for aside in passage.cssselect(".back, .page"):
            aside.drop_tree()
        assert passage.text_content() == sentence.text_content()
    assert "check the source" in words(tree.cssselect(".summary")[0])
    assert words(tree.cssselect(".decided")[0]) == "Decided denied without prejudice ECF 88 p. 2"
    assert "Wed 4 Dec 2030, 14:00 UTC−5" in words(tree.cssselect(".when")[0])
    assert words(tree.cssselect("#d1")[0]) == "DENIED without prejudice"
    assert words(tree.cssselect("#e0")[0]) == "by November 30, 2030"
    stands_in = words(tree.cssselect(".dockets")[0])
    for fact in ("1:30-md-09001 ECF 91", "1:29-cv-07001 ECF 204", "docket number: 30-md-9001 (AB)"):
        assert fact in stands_in
    assert "sha256:abab" in words(tree.cssselect(".provenance")[0])


def test_of_news_only_quotations_and_the_way_out_are_shown(get):
    tree = page(get("/document/courier-1"))
    assert [words(quote) for quote in tree.cssselect("blockquote")] == [
        "Lantern must hand over its training logs by December 12, the authors’ counsel said after the hearing."
    ]
    assert not tree.cssselect(".body")
    assert "https://paper.example/courier-1" in tree.xpath("//a/@href")
    reported = tree.cssselect(".reported")[0]
    assert "As reported" in words(reported)
    assert reported.cssselect("li a")[0].get("href") == "#p1"  # the sentence stands above: it is not said twice
    assert "70 % sure" in words(tree.cssselect(".dockets")[0])
    assert "Fictional Herald" in words(tree.cssselect(".beside")[0])
    assert "A reprint of" in words(page(get("/document/reprint-1")).cssselect(".notice")[0])


@pytest.mark.parametrize(
    ("id", "why"),
    [("scan-12", "is a scan"), ("teaser-1", "title and the link only"), ("complaint-1", "Not summarized yet")],
)
def test_a_document_without_summary_says_why(get, id, why):  # noqa: A002
    assert why in words(page(get(f"/document/{id}")).cssselect(".summary")[0])


def test_search_finds_filings_by_their_text_and_news_by_what_we_say_of_it(get):
    found = page(get("/search?q=good+faith"))
    assert [a.get("href") for a in found.cssselect(".result .head a")] == ["/document/order-91"]
    assert [mark.text for mark in found.cssselect(".result mark")] == ["good", "faith"]
    assert page(get("/search?q=counsel")).cssselect(".result .head a")[0].get("href") == "/document/courier-1"
    assert page(get('/search?q="faith+good"')).cssselect(".empty")
    assert page(get("/search?q=telep*&kind=filing")).xpath("//*[@class='result']//h2/a/@href") == ["/document/order-91"]
    assert not page(get("/search?q=good+faith&kind=news")).cssselect(".result")
    assert "In re Lantern Models" in words(page(get("/search?q=1:29-cv-07003")).cssselect(".found-matters")[0])


def test_search_shows_the_newest_first_unless_the_best_is_asked_for(get):
    newest = page(get("/search?q=lantern")).xpath("//*[@class='result']//h2/a/@href")
    assert newest == sorted(
        newest,
        key=[
            "/document/order-91",
            "/document/complaint-1",
            "/document/courier-1",
            "/document/reprint-1",
            "/document/teaser-1",
        ].index,
        reverse=True,
    )
    assert set(page(get("/search?q=lantern&order=best")).xpath("//*[@class='result']//h2/a/@href")) == set(newest)


@pytest.mark.parametrize(
    "asked",
    [
        '"',
        '"""',
        "*",
        "a AND",
        "NEAR(",
        "^x",
        "-",
        "title:x",
        "(",
        "%00",
        "%ff",
        "{}",
        "x" * 5000,
        "'",
        "\\",
        "a* *",
        "%22%22%22*",
    ],
)
def test_no_question_is_an_error(get, asked):
    assert get(f"/search?q={asked}").status_code == 200


@given(st.text(max_size=60))
@settings(max_examples=400)
def test_any_question_is_valid_fts5(asked):
    import sqlite3

    match = fts(asked)
    if match:
        with sqlite3.connect(":memory:") as db:
            db.execute(
                "CREATE VIRTUAL TABLE search USING fts5(document UNINDEXED, title, text, tokenize='porter unicode61')"
            )
            db.execute("SELECT * FROM search WHERE search MATCH ?", [match]).fetchall()
        db.close()


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=²", "page=99999999999999999999", "kind=%27&matter=%22", "order=random"],
)
def test_odd_parameters_are_harmless(get, query):
    assert get(f"/search?q=lantern&{query}").status_code == 200
    assert get(f"/matter/lantern?{query}").status_code == 200


def test_sources_tell_the_worst_first_and_link_their_issues(get):
    tree = page(get("/sources"))
    assert (
        "2 of 6 sources answer as they should; 2 failing or blocked; 1 silent for longer than expected; 1 not asked yet"
        in words(tree.cssselect(".lede")[0])
    )
    assert [words(state) for state in tree.cssselect(".sources .state")] == [
        "failing",
        "blocked",
        "silent",
        "not asked yet",
        "well",
        "quiet",
    ]
    assert "answered 503" in words(tree.cssselect("#gazette")[0])
    assert "Silent for 6 days (expected daily)" in words(tree.cssselect("#herald")[0])


def test_issues_are_those_of_the_latest_run(get):
    said = words(page(get("/issues")).cssselect("#gazette")[0])
    assert "answered 503" in said
    assert "yesterday" not in said


SOURCE = {
    "state": "quiet",
    "cadence_hours": 24,
    "last_run": "2030-11-21T04:00:00+00:00",
    "last_success": "2030-11-21T04:00:00+00:00",
    "last_new": "2030-11-20T04:00:00+00:00",
}


@pytest.mark.parametrize(
    ("changes", "level", "says"),
    [
        ({}, "good", "Nothing new since Wed 20 Nov 2030. Last checked Thu 21 Nov 2030, 04:00 UTC; it answered."),
        ({"state": "well"}, "good", "Something new Wed 20 Nov 2030, 04:00 UTC."),
        ({"last_new": "2030-11-15T04:00:00+00:00"}, "late", "Silent for 6 days (expected daily). Last checked Thu 21 Nov 2030, 04:00 UTC; it answered."),
        ({"last_new": "2030-11-15T04:00:00+00:00", "cadence_hours": 168}, "good", "Nothing new since Fri 15 Nov 2030. Last checked Thu 21 Nov 2030, 04:00 UTC; it answered."),
        ({"last_new": None}, "late", "Nothing has come from it yet (expected daily). Last checked Thu 21 Nov 2030, 04:00 UTC; it answered."),
        ({"state": "failing"}, "bad", "It did not answer as it should. It last answered Thu 21 Nov 2030, 04:00 UTC."),
        ({"state": "failing", "last_success": None}, "bad", "It did not answer as it should. It has never answered."),
        ({"state": "blocked"}, "bad", "It answered with a challenge or consent page instead of its content. It last answered Thu 21 Nov 2030, 04:00 UTC."),
        ({"state": "never run", "last_run": None}, "unknown", "No crawl has asked this source yet."),
    ],
    ids=["quiet", "well", "silent", "slow but in time", "empty so far", "failing", "never well", "blocked", "not asked"],
)  # fmt: skip
def test_the_health_of_a_source_in_words(changes, level, says):
    found = condition(SOURCE | changes, NOW)
    assert (found.level, found.sentence) == (level, says)


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("path", "status"),
    [("/docketwire?sql=select+1", 403), ("/docketwire.json?sql=select+1", 403), ("/docketwire/documents?_where=1=1", 403),
     ("/-/threads", 403), ("/-/settings", 403), ("/-/settings.json", 403), ("/-/metadata.json", 403), ("/-/versions.json", 403),
     ("/-/databases.json", 403), ("/-/static/app.css", 403), ("/docketwire/search", 403), ("/docketwire/search_data", 403),
     ("/docketwire/search_content.json", 403), ("/docketwire/search_idx.csv", 403), ("/_internal", 403), ("/feeds/none.atom", 404),
     ("/feeds/..%2Fdocketwire.db", 404), ("/static/..%2fapp.py", 404), ("/document/none", 404), ("/matter/none", 404), ("/nothing", 404),
     (f"/feeds/{'long' * 80}.atom", 404), ("/feeds/%00.atom", 404), ("/feeds/.atom", 404)],
)  # fmt: skip
def test_the_inside_is_not_open(get, path, status):
    response = get(path)
    while response.is_redirect:  # Datasette tries another spelling of % first
        response = get(response.headers["location"])
    assert response.status_code == status


def test_only_reading_is_possible(get):
    assert [get("/", method=method).status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3


def test_tables_can_be_read_by_machines_of_any_origin(get):
    response = get("/docketwire/documents.json?_shape=objects&kind=filing&_size=1")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.json()["rows"][0]["kind"] == "filing"
    assert get("/docketwire.db").content.startswith(b"SQLite format 3\x00")


# ---------------------------------------------------------------------------------------------- asking again


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/document/order-91",
        "/docketwire/documents",
        "/feeds/all.atom",
        "/feeds/lantern.ics",
        "/static/docketwire.css",
    ],
)
def test_what_has_not_changed_is_not_sent_again(get, path):
    first = get(path)
    assert first.status_code == 200
    again = get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert get(path, if_none_match='"something else"').status_code == 200


def test_files_know_when_they_changed(get):
    feed = get("/feeds/all.atom")
    assert feed.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert get("/feeds/all.atom", if_modified_since=feed.headers["last-modified"]).status_code == 304
    assert get("/feeds/all.atom", if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status_code == 200
    assert get("/feeds/all.atom", if_modified_since="yesterday").status_code == 200
    assert (
        get("/feeds/all.atom", if_none_match='"other"', if_modified_since=feed.headers["last-modified"]).status_code
        == 200
    )


def test_a_page_is_fresh_each_day(public):
    tags = []
    for day in (21, 22):
        get = reader(public, datetime(2030, 11, day, tzinfo=UTC))
        tags.append(next(get)("/").headers["etag"])
        next(get, None)
    assert tags[0] != tags[1]


def test_a_cookie_changes_nothing(get):
    plain, with_cookie = get("/"), get("/", cookie="ds_actor=x")
    assert with_cookie.text == plain.text
    assert with_cookie.headers["cache-control"] == plain.headers["cache-control"] == "no-cache"


# ---------------------------------------------------------------------------------------------- a new publication


def test_a_new_publication_is_noticed_and_no_request_fails(tmp_path, put):
    def swap(number: int) -> None:
        put(tmp_path / f"public-{number}", version=f"of publication {number}")
        (tmp_path / "next").symlink_to(f"public-{number}")
        os.replace(tmp_path / "next", tmp_path / "public")  # noqa: PTH105 - the rename is the point

    async def read() -> None:
        swap(1)
        site = application(tmp_path / "public", clock=lambda: NOW)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(site), base_url="https://docketwire.example"
        ) as client:
            assert "of publication 1" in (await client.get("/about")).text
            for number in (2, 3):
                under_way = [asyncio.create_task(client.get("/")) for _ in range(12)]
                await asyncio.sleep(0)
                swap(number)
                under_way += [asyncio.create_task(client.get("/document/order-91")) for _ in range(12)]
                assert {response.status_code for response in await asyncio.gather(*under_way)} == {200}
                assert f"of publication {number}" in (await client.get("/about")).text
        site.close()

    asyncio.run(read())


def test_a_publication_that_cannot_be_opened_leaves_the_last_one(tmp_path, put, caplog):
    put(tmp_path / "public-1")
    (tmp_path / "public").symlink_to("public-1")
    opened = reader(tmp_path / "public")
    get = next(opened)
    assert get("/").status_code == 200
    (tmp_path / "public-2").mkdir()
    (tmp_path / "public-2" / "docketwire.db").write_bytes(b"not a database" * 400)
    (tmp_path / "public").unlink()
    assert get("/matters").status_code == 200
    (tmp_path / "public").symlink_to("public-2")
    assert get("/calendar").status_code == 200
    assert "the publication before it stays" in caplog.text
    next(opened, None)


def test_without_a_publication_one_line_says_what_to_do(tmp_path):
    with pytest.raises(PublishError, match=r"docketwire\.db: there is no publication; run docketwire publish first"):
        application(tmp_path)


# ---------------------------------------------------------------------------------------------- passages


def test_marks_nest_and_pages_are_numbered():
    text = "One two three.\n\nFour five six."
    marked = render(text, [0, 16], [Mark("p1", "point", 4, 25, back="s1", label="1"), Mark("e1", "date", 8, 13)])
    assert str(marked) == (
        '<p><span class="page" id="page-1"><span class="unseen">page </span>1</span>One <mark class="point p1" id="p1">two '
        '<span class="date" id="e1">three</span>.<a class="back" href="#s1" aria-label="back to sentence 1 of the summary">1</a></mark></p>\n'
        '<p><span class="page" id="page-2"><span class="unseen">page </span>2</span><mark class="point p1">Four five</mark> six.</p>'
    )


def test_an_offset_has_its_page():
    assert [page_of(offset, [0, 10, 20]) for offset in (0, 9, 10, 25)] == [1, 1, 2, 3]
    assert page_of(5, []) is None


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[int], list[Mark]]:
    text = draw(st.text("ab <&>\"'\n ¹A", max_size=80))
    offsets = st.integers(0, max(0, len(text)))
    spans = draw(st.lists(st.tuples(offsets, offsets, st.sampled_from(["point", "ruling", "date"])), max_size=6))
    marks = [
        Mark(f"m{n}", kind, *sorted((a, b)), back=f"s{n}" if kind == "point" else None, label=str(n))
        for n, (a, b, kind) in enumerate(spans)
    ]
    return text, sorted(set(draw(st.lists(offsets, max_size=4)))), marks


@given(marked_texts())
def test_any_marks_leave_the_text_as_it_is(case):
    text, page_starts, marks = case
    tree = html.fragment_fromstring(str(render(text, page_starts, marks)), create_parent="div")
    ids = tree.xpath(".//@id")
    assert len(ids) == len(set(ids))
    shown = {mark.id for mark in marks if text[mark.start : mark.end].strip()}
    assert shown <= set(ids)  # no claim points at nothing
    for aside in tree.cssselect(".back, .page"):
        aside.drop_tree()
    assert tree.text_content().split() == text.split()


def test_a_date_that_a_motion_notices_is_not_said_to_be_set(site_over):
    tables = rows()
    [paper] = [row for row in tables["documents"] if row["id"] == "order-91"]
    facts = []
    for paper["type"] in ("order", "motion"):
        tree = page(site_over(tables)("/calendar"))
        facts.append(words(tree.xpath("//li[.//h3/a[starts-with(@href, '/document/order-91#')]]")[0]))
    assert ["noticed by a party, in a motion" in each for each in facts] == [False, True]
