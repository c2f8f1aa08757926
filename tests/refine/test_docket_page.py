"""Docket pages → sheet and entries; what is no docket is refused with its reason."""

from __future__ import annotations

import gzip
import html
import json
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.refine.docket_page import docket_data, docket_form, docket_page, parse, read_docket_page

_spec = spec_from_file_location("docket_pages", Path(__file__).parent / "docket_pages.py")
pages = module_from_spec(_spec)
_spec.loader.exec_module(pages)


def nobody(url):
    return None


def read(body, **known):
    return read_docket_page(pages.fetched(body, **known), entry_at=nobody)


def test_a_docket_report_is_its_facts_and_its_lines():
    page = read(pages.docket_report())
    (sheet,) = page.sheets
    assert (sheet.docket, sheet.caption, sheet.judges, sheet.filed) == (
        "nysd:2026-cv-07001", "Marrow v. Inkwell, Inc.", ("Ada Example",), date(2026, 1, 5),
    )  # fmt: skip
    assert sheet.cause == "17:501 Copyright Infringement"
    assert [(entry.number, entry.type) for entry in page.entries] == [
        (1, "complaint"), (2, "routine"), (None, "order"), (9, "order"),
    ]  # fmt: skip
    first = page.entries[0]
    assert first.id == "nysd:2026-cv-07001#1"  # the same as from the court's feed
    assert first.filed.iso() == "2026-01-05T00:00:00-05:00"
    assert first.filed.precision == "day"
    assert first.description.startswith("COMPLAINT against Inkwell")
    assert first.url == "https://ecf.nysd.uscourts.gov/doc1/127040000001"


def test_an_entry_without_a_number_keeps_its_id_when_the_page_is_read_again():
    assert [e.id for e in read(pages.docket_report()).entries] == [e.id for e in read(pages.docket_report()).entries]
    later = read(pages.docket_report((*pages.ROWS, ("03/01/2026", 10, "127040000011", "ORDER."))))
    assert read(pages.docket_report()).entries[2].id == later.entries[2].id


def test_several_events_under_one_number_are_one_entry():
    rows = (
        ("01/05/2026", 4, "127040000004", "MOTION to Compel."),
        ("01/05/2026", 4, "127040000004", "MOTION to Stay."),
    )
    (entry,) = read(pages.docket_report(rows)).entries
    assert entry.description == "MOTION to Compel.; MOTION to Stay."
    assert entry.type == "motion"


def test_a_history_report_names_the_event_shortly():
    page = read(pages.HISTORY)
    assert page.form == "history report"
    (entry,) = page.entries
    assert (entry.id, entry.description, entry.type) == ("nysd:2026-cv-07001#1", "Complaint", "complaint")
    assert page.sheets[0].judges == ("Ada Example",)


def test_an_attachment_page_belongs_to_the_entry_at_its_address():
    entries = {entry.url: entry for entry in read(pages.docket_report()).entries}
    page = read_docket_page(pages.fetched(pages.ATTACHMENTS), entry_at=entries.get)
    (entry,) = page.entries
    assert entry.id == "nysd:2026-cv-07001#9"
    assert entry.description.startswith("ORDER on discovery")
    assert entry.description.endswith("(Attachments: # 1 Exhibit A)")


def test_an_attachment_page_of_an_unknown_docket_is_refused():
    with pytest.raises(
        ReadError, match="document 9 of nysd, whose docket is not known; ingest its docket report first"
    ):
        read(pages.ATTACHMENTS)


ANSWERS = [
    ("case not found", pages.NOT_FOUND, "PACER does not find the case"),
    ("log in", b'<html><title>CM/ECF</title><input type="password" name="pw"></html>', "PACER asks to log in"),
    ("empty range", b"<html><title>CM/ECF</title><p>The start date must be less than or equal to the end date</html>",
     "the range asked for is empty"),
    ("rewritten", b"<html><title>CM/ECF - nysd</title><script>var MetaMask = 1; // web3</script></html>", "browser extension"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "why"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_what_is_no_docket_is_refused_with_its_reason(body, why):
    with pytest.raises(ReadError, match=why):
        docket_data(pages.fetched(body))


NO_DOCKET_PAGES = [
    ("an article", b'<html><title>Court News</title><p>See <a href="https://www.courtlistener.com/docket/1/">docket</a></html>'),
    ("an article linking PACER", b'<html><title>News</title><a href="https://ecf.nysd.uscourts.gov/doc1/1">order</a></html>'),
    ("plain text", b"CIVIL DOCKET FOR CASE #: 1:26-cv-07001"),
    ("JSON", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'),
    ("a feed", b'<?xml version="1.0"?><rss><channel><link>https://ecf.nysd.uscourts.gov</link></channel></rss>'),
]  # fmt: skip


@pytest.mark.parametrize("body", [row[1] for row in NO_DOCKET_PAGES], ids=[row[0] for row in NO_DOCKET_PAGES])
def test_other_pages_are_left_to_their_readers(body):
    assert docket_form(body) is None


# ------------------------------------------------------------------------------------------------ real pages

FORMS = {
    "acms": "ACMS docket", "appellate": "appellate docket", "attachment_pages": "attachment page",
    "district": "docket report", "free_opinion_report": "opinion report", "history_reports": "history report",
    "internet_archive_xml": "archived docket", "not_dockets": "docket report", "special": "docket report",
}  # fmt: skip


def real_pages(shared):
    """(page, what juriscraper's own tests expect of it, form, court)."""
    for folder, form in FORMS.items():
        for path in sorted((shared / "material" / "pacer_dockets" / folder).iterdir()):
            if path.suffix not in {".json", ".md"}:
                yield path, path.with_suffix(".json"), form, path.stem.split("_")[0]
    scotus = shared / "material" / "scotus_dockets"
    for path in sorted((scotus / "html").glob("*.html")):
        yield path, path.with_suffix(".json"), "Supreme Court docket", "scotus"
    for path in sorted((scotus / "json").glob("*.compare.json")):
        yield path, path.with_name(path.name.replace(".compare", "")), "Supreme Court docket (JSON)", "scotus"


def test_every_real_page_gives_what_is_expected_of_it(shared):
    asked = 0
    for path, wanted, form, court in real_pages(shared):
        body, asked = path.read_bytes(), asked + 1
        assert docket_form(body) == form, path
        data = parse(body, form, court)
        expected = json.loads(wanted.read_text(encoding="utf-8"))
        assert json.loads(json.dumps(data, default=lambda value: value.isoformat())) == expected, path
        if form == "attachment page" or not expected:
            continue
        page = docket_page(pages.fetched(body), form, court, data, entry_at=nobody)
        rows = expected if isinstance(expected, list) else expected["docket_entries"]
        assert len(page.sheets) == (len({row["docket_number"] for row in rows}) if form == "opinion report" else 1), (
            path
        )
        assert len({entry.id for entry in page.entries}) == len(page.entries), path
        kept = " ".join(entry.description for entry in page.entries)
        for row in rows:
            said = " ".join(html.unescape(row.get("description") or row.get("short_description") or "").split())
            assert said in kept, (path, said)
    assert asked == 293


EMPTY = (
    "district/canb_1",
    "district/dcd_2",
    "district/nysd_3",
    "history_reports/ksd_8097",
    "attachment_pages/nysb_269295",
)


@pytest.mark.parametrize("name", EMPTY)
def test_a_real_page_without_a_docket_is_refused(shared, name):
    body = (shared / "material" / "pacer_dockets" / f"{name}.html").read_bytes()
    with pytest.raises(ReadError, match="no docket: "):
        docket_data(pages.fetched(body))


def test_every_page_that_is_no_docket_is_refused_with_its_reason(shared):
    folder = shared / "material" / "pacer_dockets" / "not_dockets"
    reasons = {}
    for path in sorted(folder.glob("*.html")):
        with pytest.raises(ReadError) as refused:
            docket_data(pages.fetched(path.read_bytes()))
        reasons[path.stem] = refused.value.what.removeprefix("no docket: ")
    assert len(reasons) == 8
    assert not any("holds neither" in why for why in reasons.values()), reasons


def test_no_article_is_taken_for_a_docket(shared):
    folder = shared / "material"
    names = ("html_articles_aeb", "html_news_fundus", "html_news_newspaper4k", "court_opinion_pages")
    articles = [path for name in names for path in (folder / name).rglob("*.html*")]
    assert len(articles) > 100
    taken = [p for p in articles if docket_form(gzip.decompress(b) if (b := p.read_bytes())[:2] == b"\x1f\x8b" else b)]
    assert taken == []
