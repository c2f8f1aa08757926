"""One walk over all source files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from courts_db import courts

import crawlers.sources
from crawlers import guard
from crawlers.run import sources
from pipeline.model import Kind

ALL = sources()


def test_sources_come_sorted_and_none_is_missing():
    files = {path.stem for path in Path(crawlers.sources.__file__).parent.glob("*.py")} - {"__init__"}
    assert [source.id for source in ALL] == sorted(files), "the file name is the source's id"


def test_the_demonstration_s_sources_are_agreed_with_the_replay_web():
    assert {(source.id, source.url) for source in ALL if source.demo} == {
        ("demo_court", "/court/rss_outside.xml"),
        ("demo_gazette", "/gazette/atom.xml"),
        ("demo_ledger", "/ledger/feed.xml"),
        ("demo_office", "/office/feed.json"),
        ("demo_silent", "/silent/feed.xml"),
    }


@pytest.mark.parametrize("source", [s for s in ALL if not s.demo], ids=lambda source: source.id)
def test_a_live_source_is_complete_and_may_be_fetched(source):
    assert urlsplit(source.url).scheme == "https"
    assert guard.refusal(source.url, own=source.url) is None
    assert source.title
    assert source.cadence_hours > 0
    assert source.at_least > 0
    assert source.method != "court feed" or (source.court and source.kind is Kind.FILING)
    assert source.court in {None, *(court["id"] for court in courts)}


def test_importing_the_sources_starts_no_reactor():
    import subprocess
    import sys

    code = (
        "import sys; from crawlers.run import sources; sources(); sys.exit('twisted.internet.reactor' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
