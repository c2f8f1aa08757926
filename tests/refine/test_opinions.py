"""juriscraper's scrapers on real lists of opinions, without its network."""

from __future__ import annotations

import importlib
import json
import socket

import pytest

from pipeline.errors import SourceError
from pipeline.refine import opinions

MEDIA = {".html": "text/html", ".json": "application/json", ".xml": "text/xml"}


@pytest.mark.parametrize(
    ("page", "scraper"),
    [
        ("ca1_example.html", "federal_appellate.ca1"),
        ("ca2_p_example_2.html", "federal_appellate.ca2_p"),
        ("ca5_example.html", "federal_appellate.ca5"),
        ("ca7_example.html", "federal_appellate.ca7"),
        ("ca9_u_example.html", "federal_appellate.ca9_u"),
        ("cadc_example.html", "federal_appellate.cadc"),
        ("cafc_example.xml", "federal_appellate.cafc"),
        ("uscfc_example_2.html", "federal_special.uscfc"),
    ],
)
def test_a_real_list_gives_the_opinions_that_juriscraper_s_own_tests_expect(shared, monkeypatch, page, scraper):
    file = shared / "material" / "court_opinion_pages" / page
    expected = json.loads(file.with_name(file.stem + ".compare.json").read_text())
    monkeypatch.setattr(socket, "socket", None)  # whoever asks the network falls
    wanted = opinions.asking(scraper)
    found = opinions.read_opinions(
        file.read_bytes(), url=wanted.url, scraper=scraper, court=page.partition("_")[0],
        headers=(("Content-Type", MEDIA[file.suffix]),),
    )  # fmt: skip
    assert {(one.url, one.published.day.isoformat()) for one in found} == {
        (row["download_urls"], row["case_dates"]) for row in expected
    }
    assert {one.title for one in found} == {f"{row['docket_numbers']} {row['case_names']}" for row in expected}


def test_a_form_is_asked_for_as_the_scraper_says():
    wanted = opinions.asking("federal_appellate.ca2_p")
    assert wanted.url.startswith("https://ww3.ca2.uscourts.gov/")
    assert wanted.form["sort"] == "date"


def test_a_scraper_that_does_not_exist():
    with pytest.raises(SourceError, match="no scraper of this name"):
        opinions.asking("federal_appellate.ca99")


def test_a_scraper_that_asks_for_more_pages_is_refused(monkeypatch):
    module = importlib.import_module("juriscraper.opinions.united_states.federal_appellate.cadc")

    async def asks(self):
        await self._request_url_get("https://media.cadc.uscourts.gov/another")

    monkeypatch.setattr(module.Site, "_process_html", asks)
    with pytest.raises(SourceError, match="wants a page of its own, and gets none"):
        opinions.read_opinions(
            b"<html><p>x</p></html>", url="https://a.example/", scraper="federal_appellate.cadc", court="cadc"
        )


def test_a_page_that_a_scraper_does_not_understand():
    with pytest.raises(SourceError, match="no opinions on the list"):
        opinions.read_opinions(
            b"<html><p>moved</p></html>", url="https://a.example/", scraper="federal_appellate.cadc", court="cadc"
        )
