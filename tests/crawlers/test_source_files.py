"""Source files: written for a person, read back by a golden test that walks them all."""

from __future__ import annotations

import gzip
import importlib.util
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawlers import source_file
from crawlers.run import kinds
from pipeline.cli import main
from pipeline.errors import SourceError
from pipeline.model import Fetched, Kind, Role, Source
from pipeline.spool import read_spool

HERE = Path(__file__).parent
WEB = HERE.parent.parent / "data" / "demo" / "web"
KNOWN = [Source("gazette", "The Gazette", "feed", Kind.NEWS, "https://gazette.example/feed/")]
CLASSES = kinds()


def recorded(name):
    """A source's first answer: its recording, or the demonstration's own page; None when there is neither."""
    recording, kind = HERE / "recordings" / f"{name}.warc.gz", CLASSES[name]
    if recording.exists():
        return next(read_spool(recording))
    page = WEB / kind.url.lstrip("/")
    if not (kind.demo and page.is_file()):
        return None
    at = datetime(2026, 11, 21, tzinfo=UTC)
    url = "https://replay.example" + kind.url
    return Fetched(
        name, kind.kind, Role.FEED, url, url, at, 200, (("Content-Type", "application/xml"),), page.read_bytes()
    )


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_source_reads_its_recording_as_it_did_when_a_person_looked(name):
    answer, golden = recorded(name), HERE / "golden" / f"{name}.json"
    if answer is None:
        assert CLASSES[name].verified is None, "what was seen alive has a recording"
        return
    read = source_file.golden(CLASSES[name], answer)
    if not golden.exists():
        golden.write_text(read, encoding="utf-8")
        pytest.fail(f"{golden} was missing: written now, review it")
    assert json.loads(read) == json.loads(golden.read_text(encoding="utf-8"))


def test_no_recording_and_no_golden_file_is_left_behind():
    left = {path.name.partition(".")[0] for folder in ("recordings", "golden") for path in (HERE / folder).glob("*.*")}
    assert left <= CLASSES.keys()


# ------------------------------------------------------------------------------------------------ new


def loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (found,) = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == path.stem]
    return found


@pytest.mark.parametrize(
    ("kind", "more", "method"),
    [
        ("feed", {}, "feed"),
        ("lead", {}, "lead"),
        ("court-feed", {"court": "nysd"}, "court feed"),
        ("sitemap", {"only": r"/20\d\d/"}, "sitemap"),
        ("page", {"only": "\"'\\d"}, "page"),
        ("opinions", {"court": "cadc", "scraper": "federal_appellate.cadc"}, "opinions"),
        ("warc", {}, "warc"),
    ],
)
def test_a_written_source_says_what_it_was_told(tmp_path, kind, more, method):
    path = source_file.write(tmp_path, kind, "https://a.example/x?y=1", known=KNOWN, title='The "Æ" \\ Post', **more)
    made = loaded(path)
    assert (path.name, made.name, made.title, made.url) == (
        "the_post.py",
        "the_post",
        'The "Æ" \\ Post',
        "https://a.example/x?y=1",
    )
    assert (made.method, made.verified) == (method, None)
    assert {name: getattr(made, name) for name in more} == more


@pytest.mark.parametrize(
    ("kind", "url", "more", "what"),
    [
        ("feed", "gazette.example/feed", {}, "is no http"),
        ("feed", "https://GAZETTE.example/feed", {}, "is the source gazette already"),
        ("feed", "https://a.example/", {"name": "../evil"}, "cannot be a source’s id"),
        ("feed", "https://a.example/", {"name": "taken"}, "exists already"),
        ("court-feed", "https://a.example/", {}, "needs its court"),
        ("opinions", "https://a.example/", {"court": "ca9"}, "needs its scraper"),
    ],
)
def test_what_cannot_be_a_source_is_not_written(tmp_path, kind, url, more, what):
    (tmp_path / "taken.py").write_text("")
    with pytest.raises(SourceError, match=what):
        source_file.write(tmp_path, kind, url, known=KNOWN, **more)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.py"]


def test_recording_and_golden_file_are_made_of_the_first_answer(web, night, tmp_path):
    web.feed("/feed.xml", f"{web.url}/1")
    web.page("/1", "<p>1</p>")
    (run,) = night("paper", modules=["tests.crawlers.kind_sources"], limits={"CLOSESPIDER_ITEMCOUNT": 1})
    first = source_file.record(tmp_path / run.spool, tmp_path / "paper.warc.gz")
    assert [one.role for one in read_spool(tmp_path / "paper.warc.gz")] == [Role.FEED]
    (entry,) = json.loads(source_file.golden(kinds(["tests.crawlers.kind_sources"])["paper"], first))
    assert (entry["url"], entry["published"]) == (f"{web.url}/1", "2026-11-20T12:00:00+00:00")


# ------------------------------------------------------------------------------------------------ OPML

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Law"><outline type="rss" text="Copyright Post" xmlUrl="https://post.example/feed"/>
<outline type="rss" title="News" text="x" xmlUrl="https://one.example/rss"/></outline>
<outline type="rss" text="News" xmlURL="https://two.example/rss"/>
<outline type="rss" text="Again" xmlUrl="https://post.example/feed"/>
<outline text="EFF" xmlUrl="https://www.eff.org/rss/updates.xml"/><outline text="Bad" xmlUrl="ftp://a.example/"/></body></opml>"""


def test_an_opml_file_becomes_source_files_and_what_is_known_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(source_file, "FOLDER", tmp_path)
    (tmp_path / "mine.opml").write_text(OPML)
    done = CliRunner().invoke(main, ["source", "import", str(tmp_path / "mine.opml")])
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.glob("*.py")} == {"copyright_post.py", "news.py", "two_example_rss.py"}
    assert "is the source eff already" in done.output
    assert "ftp://a.example/: is no http(s) address" in done.output
    assert done.output.endswith("3 of 5 feeds are new sources; none is verified yet\n")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "not a whole OPML file"),
        (b"<opml><body>", "not a whole OPML file"),
        (b"<rss/>", "<rss>, not OPML"),
        (b'<opml><body><outline text="folder"/></body></opml>', "lists no feed"),
        (gzip.compress(b"<opml/>"), "not a whole OPML file"),
    ],
)
def test_what_is_no_opml_is_refused(body, what):
    with pytest.raises(SourceError, match=what):
        source_file.read_opml(body, place="x.opml")
