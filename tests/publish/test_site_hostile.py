"""Titles, captions, names of files and everything else that comes from outside, as somebody who means harm would write it."""

from __future__ import annotations

import json
from itertools import cycle, islice

import nh3
import pytest
from lxml import etree, html

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
    "reasons", "message", "place", "spool", "reader", "model", "url", "words", "note", "ours", "theirs", "reported", "filed_as", "text",
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


def with_words(turn: int):
    """The publication of all tests with hostile words in turn, wherever words come from outside."""
    tables, words = rows(), islice(cycle(HOSTILE), turn, None)
    for table, of_table in tables.items():
        for row in of_table:
            for name in row.keys() & FROM_OUTSIDE:
                if isinstance(row[name], str) and (name, table) != ("text", "bodies"):
                    row[name] = next(words)
    return tables


def shape(tree: html.HtmlElement) -> set[tuple[str, str]]:
    """What stands on a page: (element, "") and (element, attribute) of each."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    return {(element.tag, name) for element in elements for name in ["", *element.attrib]}


@pytest.fixture(scope="module")
def harmless(get) -> set[tuple[str, str]]:
    """What our pages are made of when nobody means harm."""
    return set().union(*(shape(page(get(path))) for path in PAGES)) | {("details", ""), ("summary", ""), ("wbr", "")}


@pytest.mark.parametrize("turn", range(3))
def test_words_that_mean_harm_are_words_on_every_page(tmp_path, turn, harmless):
    folder = publish(tmp_path / "public", with_words(turn), ABOUT)
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
    query = ask(publish(tmp_path / "public", with_words(turn), ABOUT))
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
