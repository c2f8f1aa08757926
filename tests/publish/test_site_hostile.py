"""Titles, captions, names of files and everything else that comes from outside, as somebody who means harm would write it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle, islice

import nh3
import pytest
from lxml import etree, html

from pipeline.publish import database
from pipeline.publish.calendar import write_calendars
from pipeline.publish.digest import digest
from pipeline.publish.digest import page as mail_page
from pipeline.publish.feeds import write_feeds
from tests.publish.conftest import ABOUT, ask, publish, rows
from tests.publish.site_reader import page, reader

# Columns whose words come from pages, feeds and files of others.
FROM_OUTSIDE = {
    "title", "headline", "caption", "source_title", "author", "judge", "judges", "court_name", "status", "aliases", "plaintiffs",
    "defendants", "claims", "quote", "filing_quote", "motion", "outcome", "disposition", "actor", "description", "evidence", "reason",
    "reasons", "message", "place", "spool", "reader", "model", "url", "note", "ours", "theirs", "reported", "text", "agency",
    "withheld_words", "our_source", "their_source", "court_short",
}  # fmt: skip
# These are words in the tables named, and of our making in others.
AT_TIMES = {("docket_history", "value"), ("readings", "value"), ("disagreements", "filed")}
# Ids, days, codes and words of our own lists: nothing that anybody else has written.
OURS = {
    "slug", "court", "updated", "id", "matter", "number", "role", "filed", "docket", "what", "value", "since", "until", "source", "seen",
    "state", "kind", "type", "published", "precision", "withheld", "page_class", "docket_entry", "first_seen", "changed", "fetched",
    "digest", "duplicate_of", "document", "page_starts", "notes", "scans", "revision", "starts", "ends", "computed", "superseded_by",
    "first_published", "story", "reprint_of", "also", "entry", "filing", "method", "last_run", "last_success", "last_new", "last_item",
    "statuses", "started", "finished", "covers_from", "covers_to", "gap_from", "gap_to", "run", "level", "at", "behind", "monday",
    "latest", "key",
}  # fmt: skip
# What the publication of all tests has no row of.
MORE = {
    "docket_history": [{"docket": "demo:2030-md-09001", "position": 0, "what": "judge", "value": "", "evidence": ""}],
    "candidates": [
        {
            "docket": "demo:2030-cv-7", "caption": "", "reason": "", "evidence": "", "source": "demo-court", "url": "", "note": "",
            "seen": "2030-11-20T00:00:00+00:00", "state": "open",
        }
    ],
    "audit": [
        {
            "matter": "lantern", "docket": "demo:2030-md-09001", "what": "judge", "ours": "", "theirs": "", "agrees": 0, "our_source": "",
            "their_source": "", "seen": "2030-11-20T00:00:00+00:00",
        }
    ],
    "story_summaries": [
        {"story": "courier-1", "position": 0, "role": "all", "text": "", "document": "courier-1", "start": 0, "end": 1, "also": "[]"}
    ],
    "reports": [{"document": "courier-1", "matter": "lantern", "entry": "e91", "score": 0.9, "reasons": "", "state": "found"}],
    "disagreements": [
        {
            "document": "courier-1", "position": 0, "entry": "e91", "filing": "order-91", "what": "date", "reported": "", "filed": "",
            "quote": "", "filing_quote": "", "start": 0, "end": 1,
        }
    ],
}  # fmt: skip
HOSTILE = [
    "</title></script><script>alert(1)</script>",
    "\" autofocus onfocus='alert(1)' x=\"",
    "<img src=https://elsewhere.example/x onerror=alert(1)><style>*{display:none}</style>",
    "{{ 7*7 }}{% raise %}<!--]]>&#x3c;svg/onload=alert(1)>",
    "\u202e\u2066gnp.exe\u202c\u2069\u200f",
    "javascript:alert(1)//\r\nSet-Cookie: a=b",
    "../../etc/passwd%00<iframe src=//elsewhere.example>.pdf",
    "Ünaufhörlich" * 833,
    "a\x00\x08\x1b\ufffe\ud7ff\u2028b",
]
PAGES = (
    "/", "/matters", "/matter/lantern", "/matter/lantern?show=news&routine=1", "/matter/harbor-v-quillwright", "/document/order-91",
    "/document/courier-1", "/document/order-91/versions/1", "/stories", "/story/courier-1", "/search?q=a*", "/calendar", "/courts",
    "/defendants", "/sources", "/audit", "/candidates", "/issues", "/data", "/about", "/document/none", "/docketwire/documents", "/docketwire/documents/order-91",
)  # fmt: skip


def with_words(listed: Sequence[str], turn: int = 0):
    """The publication of all tests and `MORE` with these words in turn, wherever words come from outside."""
    tables, words = rows(), islice(cycle(listed), turn, None)
    tables |= {table: [*tables.get(table, []), *map(dict, more)] for table, more in MORE.items()}
    tables["documents"][0] |= {"withheld": "redacted", "withheld_words": ""}
    tables["documents"][7] |= {"agency": ""}
    tables["entries"][1] |= {"withheld": "sealed", "withheld_words": ""}
    tables["runs"][0] |= {"spool": ""}
    tables["matters"][0] |= {"court_short": ""}
    for table, of_table in tables.items():
        for row in of_table:
            for name in sorted(row):
                outside = name in FROM_OUTSIDE or (table, name) in AT_TIMES
                if outside and isinstance(row[name], str) and (name, table) != ("text", "bodies"):
                    row[name] = next(words)
    return tables


def test_every_column_that_holds_words_is_either_ours_or_planted(tmp_path):
    planted = {(table, name) for table, of_table in with_words(HOSTILE).items() for row in of_table for name in row}
    with closing(sqlite3.connect(tmp_path / "empty.db")) as db:
        db.executescript(database.schema())
        tables = [*database.TABLES, *database.DERIVED, "about"]
        held = {(t, row[1]) for t in tables for row in db.execute(f"PRAGMA table_info({t})") if row[2] == "TEXT"}
    assert {(table, name) for table, name in held if name not in FROM_OUTSIDE | OURS} == set()
    # Of what is computed from the others it is enough that they are planted; of a news text nothing is held.
    wanted = {(table, name) for table, name in held if name in FROM_OUTSIDE or (table, name) in AT_TIMES}
    assert {of for of in wanted - planted if of[0] not in database.DERIVED} == set()


def shape(tree: html.HtmlElement) -> set[tuple[str, str]]:
    """What stands on a page: (element, "") and (element, attribute) of each."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    return {(element.tag, name) for element in elements for name in ["", *element.attrib]}


@pytest.fixture(scope="module")
def harmless(get, tmp_path_factory) -> set[tuple[str, str]]:
    """What our pages are made of when nobody means harm."""
    plain = publish(tmp_path_factory.mktemp("plain") / "public", with_words(["Plain words"]), ABOUT)
    shapes = [shape(page(get(path))) for path in PAGES]
    shapes += [shape(page(ask_plain(path))) for ask_plain in reader(plain) for path in PAGES]
    return set().union(*shapes) | {("details", ""), ("summary", ""), ("wbr", "")}


@pytest.mark.parametrize("turn", range(3))
def test_words_that_mean_harm_are_words_on_every_page(tmp_path, turn, harmless):
    folder = publish(tmp_path / "public", with_words(HOSTILE, turn), ABOUT)
    tags = {tag for tag, _ in harmless} - {"script"}
    allowed = {tag: {name for of, name in harmless if of == tag and name} for tag in tags}
    for get in reader(folder):
        for path in PAGES:
            answer = get(path)
            tree = page(answer)
            assert answer.status_code in {200, 404}, path
            assert shape(tree) <= harmless, path
            assert not tree.xpath("//*[starts-with(normalize-space(@href), 'javascript:') or @onfocus or @onerror]"), (
                path
            )
            for data in tree.xpath("//script"):
                assert data.get("type") == "application/ld+json", path
                json.loads(data.text)
            # A sanitizer that knows no more than what our pages are made of finds nothing to take away.
            main = html.tostring(tree.xpath("//main")[0], encoding="unicode")
            kept = nh3.clean(main, tags=tags, clean_content_tags={"script"}, attributes=allowed, link_rel=None)
            assert elements(kept) == elements(main), path


def elements(fragment: str) -> list[str]:
    found = html.fragment_fromstring(fragment, create_parent=True).iter()
    return [str(element.tag) for element in found if element.tag != "tbody"]  # HTML 5 puts one in where none is written


@pytest.mark.parametrize("turn", range(3))
def test_words_that_mean_harm_are_words_in_feeds_calendars_and_mail(tmp_path, turn):
    query = ask(publish(tmp_path / "public", with_words(HOSTILE, turn), ABOUT))
    named = {"site": ABOUT["site"], "authority": "docketwire.example"}
    for path in [
        *write_feeds(query, tmp_path / "feeds", **named),
        *write_calendars(query, tmp_path / "feeds", **named),
    ]:
        if path.suffix in {".atom", ".rss", ".opml"}:
            tree = etree.parse(path)
            held = [
                etree.tostring(one, encoding="unicode") for one in tree.iter("{http://www.w3.org/2005/Atom}content")
            ]
            held += [one.text or "" for one in tree.iterfind(".//item/description")]
        elif path.suffix == ".json" and not path.name.startswith("."):
            held = [item["content_html"] for item in json.loads(path.read_bytes())["items"]]
        else:
            held = []
            assert b"\r\nSet-Cookie" not in path.read_bytes()
        for body in filter(None, held):
            assert not {"script", "img", "iframe", "svg", "style"} & {
                e.tag for e in html.fragment_fromstring(body, create_parent=True).iter()
            }
    told = digest(
        query,
        since="2030-11-20T04:12:00+00:00",
        until="2030-11-21T04:12:00+00:00",
        title=HOSTILE[turn],
        site=ABOUT["site"],
    )
    assert not html.document_fromstring(mail_page(told)).xpath("//script | //img | //iframe | //*[@onfocus]")
