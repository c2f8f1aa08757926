"""Source files: written for a person, read back by a golden test that walks them all."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawlers import recording, source_file
from crawlers.run import kinds
from pipeline.cli import main
from pipeline.errors import SourceError
from pipeline.model import Fetched, Kind, Role, Source
from pipeline.spool import read_spool
from tests.crawlers import kind_web
from tests.crawlers.conftest import serving

HERE = Path(__file__).parent
WEB = HERE.parent.parent / "data" / "demo" / "web"
KNOWN = [Source("gazette", "The Gazette", "feed", Kind.NEWS, "https://gazette.example/feed/")]
KINDS = "tests.crawlers.kind_sources"
AT = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
CLASSES = kinds() | kinds([KINDS])


def recorded(name):
    """A source's first answer: its recording, or the demonstration's own page; None when there is neither."""
    recording, kind = HERE / "recordings" / f"{name}.warc.gz", CLASSES[name]
    if recording.exists():
        return next(read_spool(recording))
    page = WEB / kind.url.lstrip("/")
    if not (kind.demo and page.is_file()):
        return None
    url = "https://replay.example" + kind.url
    return Fetched(
        name, kind.kind, Role.FEED, url, url, AT, 200, (("Content-Type", "application/xml"),), page.read_bytes()
    )


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_source_reads_its_recording_as_it_did_when_a_person_looked(name):
    answer, golden = recorded(name), HERE / "golden" / f"{name}.json"
    if answer is None:
        assert CLASSES[name].verified is None, "what was seen alive has a recording"
        return
    read = recording.golden(CLASSES[name], answer)
    if not golden.exists():
        golden.write_text(read, encoding="utf-8")
        pytest.fail(f"{golden} was missing: written now, review it")
    assert json.loads(read) == json.loads(golden.read_text(encoding="utf-8"))


def test_every_kind_of_source_has_a_recording():
    held = {path.name.partition(".")[0] for path in (HERE / "recordings").glob("*.warc.gz")}
    assert {CLASSES[name].method for name in held} == {kind.method for kind in CLASSES.values()}


def test_no_recording_and_no_golden_file_is_left_behind():
    left = {path.name.partition(".")[0] for folder in ("recordings", "golden") for path in (HERE / folder).glob("*.*")}
    assert left <= CLASSES.keys()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Recordings and golden files of one source of each kind, made as `source new` makes them."""
    folder = tmp_path_factory.mktemp("made")
    with serving() as web:
        kind_web.fill(web)
        files = list(recording.record(kind_web.NAMES, folder, at=AT, user_agent="x", demo_url=web.url, modules=[KINDS]))
        return folder, files, web


def test_the_first_answer_is_asked_for_and_nothing_that_it_leads_to(made):
    _, files, web = made
    assert len(files) == 2 * len(kind_web.NAMES)
    assert len(web.paths()) == len(kind_web.NAMES)


@pytest.mark.parametrize("name", kind_web.NAMES)
def test_what_is_recorded_now_reads_as_what_was_recorded_then(made, name):
    folder = made[0]
    now = (folder / "golden" / f"{name}.json").read_text(encoding="utf-8")
    then = (HERE / "golden" / f"{name}.json").read_text(encoding="utf-8")
    # The loopback port is another each time.
    assert json.loads(re.sub(r"http://127\.0\.0\.1:\d+", "", now)) == json.loads(
        re.sub(r"http://127\.0\.0\.1:\d+", "", then)
    )
    (kept,) = read_spool(folder / "recordings" / f"{name}.warc.gz")
    assert (kept.source, kept.status) == (name, 200)


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


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ({"body": "<html><title>Down for maintenance</title></html>"}, "an HTML page (“Down for maintenance”), not a feed"),
        ({"body": "<title>Just a moment...</title>", "status": 403}, "answered 403 Forbidden"),
        ({"body": ""}, "the answer is empty, not a feed"),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_feed_leaves_no_recording(web, tmp_path, page, what):
    web.page("/feed.xml", **page)
    with pytest.raises(SourceError) as raised:
        list(recording.record(["paper"], tmp_path, at=AT, user_agent="x", demo_url=web.url, modules=[KINDS]))
    assert raised.value.what == what
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fed", "https://a.example/"], "fed: is no kind of source; known are feed, lead, court-feed, sitemap, page, opinions, warc"),
        (["courtlistener", "https://a.example/"], "courtlistener: is one service and has its source; follow a docket in its case file, or add a search to crawlers/sources/courtlistener.py"),
        (["feed", "a.example/feed"], "a.example/feed: is no http(s) address"),
        (["feed", "http://127.0.0.1:8000/feed"], "http://127.0.0.1:8000/feed: would never be fetched: 127.0.0.1 is not a public address"),
        (["feed", "https://intranet/feed"], "https://intranet/feed: would never be fetched: “intranet” names a machine in a private network"),
        (["opinions", "https://a.example/", "--court", "ca9"], "https://a.example/: a source of kind opinions needs its scraper; add --scraper"),
        (["feed", "https://1.2.4.8/"], "https://1.2.4.8/: no id can be made of its title or address; add --id"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_source_is_said_in_one_line(tmp_path, monkeypatch, arguments, said):
    monkeypatch.setattr(source_file, "FOLDER", tmp_path)
    done = CliRunner().invoke(main, ["source", "new", *arguments])
    assert (done.exit_code, done.stderr) == (1, f"docketwire: {said}\n")
    assert not list(tmp_path.iterdir())


def test_a_source_is_written_asked_and_recorded_by_one_command(web, tmp_path, monkeypatch):
    """On loopback, where only a demonstration source may be: the written class is made one."""
    kind_web.fill(web)
    (tmp_path / "fresh" / "__init__.py").parent.mkdir()
    (tmp_path / "fresh" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    plain = source_file.text
    monkeypatch.setattr(
        source_file, "text", lambda *all: plain(*all).replace("https://paper.example", "") + "    demo = True\n"
    )
    monkeypatch.setattr(source_file, "FOLDER", tmp_path / "fresh")
    monkeypatch.setattr("pipeline.cli.source_files.RECORDINGS", tmp_path)
    monkeypatch.setattr(recording, "record", partial(recording.record, demo_url=web.url, modules=["fresh"]))
    done = CliRunner().invoke(
        main, ["source", "new", "feed", "https://paper.example/feed.xml", "--title", "Fresh Paper"]
    )
    assert done.exit_code == 0, done.output
    assert [line.rpartition("/")[2] for line in done.output.splitlines()] == [
        "fresh_paper.py written", "fresh_paper.warc.gz written: review it", "fresh_paper.json written: review it",
    ]  # fmt: skip
    (entry, _) = json.loads((tmp_path / "golden" / "fresh_paper.json").read_text())
    assert (entry["url"], entry["published"]) == (f"{web.url}/1", "2026-11-20T12:00:00+00:00")
    web.page("/feed.xml", "<title>Just a moment...</title>")
    again = CliRunner().invoke(main, ["source", "new", "feed", "https://paper.example/feed.xml", "--id", "walled"])
    assert (again.exit_code, again.stderr) == (
        3,
        f"docketwire: no recording: {web.url}/feed.xml: a bot challenge in place of the feed\n",
    )


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
