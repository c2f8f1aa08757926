"""Whole pages of invented outlets, in six languages and more, are of the class that a person gave them."""

from __future__ import annotations

import html
import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.model import Fetched, Kind, PageClass, Role
from pipeline.refine import read

HERE = Path(__file__).parent
SET = tomllib.loads((HERE / "page_classes.toml").read_text(encoding="utf-8"))
FLOORS = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))
TUNING, HELD_OUT, LATER = (
    [page for page in SET["page"] if page["half"] == half] for half in ("tuning", "held out", "later")
)


def as_sent(page: dict[str, str]) -> Fetched:
    """The page within its outlet's navigation and footer, as a server would have sent it."""
    site = SET["site"].get(page.get("site"), {})
    linked_data = f'<script type="application/ld+json">{page["ld"]}</script>' if "ld" in page else ""
    head = f"<title>{html.escape(page['title'])}</title>{site.get('head', '')}{page.get('head', '')}{linked_data}"
    body = re.sub(r"\{([a-z]{2})(?::(\d))?\}", _prose, page["body"])
    sent = (
        f'<!DOCTYPE html><html lang="{page.get("lang") or site["lang"]}"><head><meta charset="utf-8">{head}</head>'
        f"<body>{site.get('top', '')}{body}{site.get('foot', '')}</body></html>"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    at = datetime(2026, 4, 1, tzinfo=UTC)
    url, status = page["url"], int(page.get("status", 200))
    return Fetched("news", Kind.NEWS, Role.PAGE, url, url, at, status, headers, sent.encode())


def _prose(named: re.Match[str]) -> str:
    paragraphs = SET["prose"][named[1]][: int(named[2]) if named[2] else None]
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.mark.parametrize("page", TUNING, ids=[f"{page['class']}: {page['about']}" for page in TUNING])
def test_a_page_is_what_a_person_calls_it(page):
    assert read(as_sent(page)).page_class.value == page["class"]


@pytest.mark.parametrize(
    ("name", "pages"), [("page_classes.held_out", HELD_OUT), ("page_classes.later", LATER)], ids=["held out", "later"]
)
def test_most_other_pages_are_told_apart_too(name, pages):
    right = sum(read(as_sent(page)).page_class.value == page["class"] for page in pages)
    assert right / len(pages) >= FLOORS[name]


@pytest.mark.parametrize("pages", [TUNING, HELD_OUT, LATER], ids=["tuning", "held out", "later"])
def test_each_part_has_every_class_of_page_and_a_third_in_other_languages(pages):
    assert {page["class"] for page in pages} == {str(known) for known in PageClass} - {"filing"}
    other = [page for page in pages if not (page.get("lang") or SET["site"][page["site"]]["lang"]).startswith("en")]
    assert len(other) >= len(pages) / 3
