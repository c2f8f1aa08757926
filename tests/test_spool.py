"""The contract between crawl and ingest: what goes in comes out, and what is damaged says so."""

from __future__ import annotations

import gzip
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import SpoolError
from pipeline.model import FeedEntry, Fetched, Kind, Role, When
from pipeline.spool import SpoolWriter, part_of, read_spool

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
RUN = "20261121T031500Z-ledger"
PAGE = Fetched(
    source="ledger",
    kind=Kind.NEWS,
    role=Role.PAGE,
    url="https://ledger.example/2026/logs",
    requested="https://ledger.example/?p=7",
    at=datetime(2026, 11, 21, 3, 15, 30, tzinfo=UTC),
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"x"'), ("Content-Length", "11")),
    body=b"<p>Logs</p>",
    entry=FeedEntry(
        id="urn:7",
        url="https://ledger.example/?p=7",
        title="Logs — “denied”",
        published=When(datetime(2026, 11, 20, 21, 0, tzinfo=timezone(timedelta(hours=-5))), "minute"),
        authors=("I. Quill",),
        summary="<b>No</b> logs",
        enclosures=(("https://ledger.example/a.pdf", "application/pdf"),),
    ),
    run=RUN,
)


def written(path, *pages):
    with SpoolWriter(path, source="ledger", run=RUN, started=STARTED) as spool:
        for page in pages:
            spool.write(page)
    return path


def bare(fetched):
    return replace(fetched, record=None)


def read_until_error(path):
    got = []
    try:
        got.extend(bare(fetched) for fetched in read_spool(path))
    except SpoolError as error:
        return got, error
    return got, None


# ------------------------------------------------------------------------------------------------ our own files


def test_what_was_fetched_comes_back_whole(tmp_path):
    handed_in = replace(PAGE, role=Role.FILE, url=None, requested=None, entry=None)
    filing = replace(PAGE, kind=Kind.FILING, court="nysd", body=b"%PDF-1.7 \xff", headers=(("Content-Length", "10"),))
    path = written(tmp_path / "a.warc.gz", PAGE, handed_in, filing)
    assert [bare(fetched) for fetched in read_spool(path)] == [PAGE, handed_in, filing]


def test_a_record_is_found_again_at_its_offset(tmp_path):
    path = written(tmp_path / "a.warc.gz", PAGE, replace(PAGE, body=b"<p>Other</p>"))
    for fetched in read_spool(path):
        member = gzip.decompress(path.read_bytes()[fetched.record.offset :])
        assert member.startswith(b"WARC/1.1\r\n")
        assert fetched.body in member
        assert fetched.record.spool == "a.warc.gz"


def test_the_same_crawl_gives_the_same_bytes(tmp_path):
    one, two = written(tmp_path / "1.warc.gz", PAGE), written(tmp_path / "2.warc.gz", PAGE)
    assert one.read_bytes() == two.read_bytes()


def test_an_empty_crawl_leaves_a_file_that_says_whose_it_is(tmp_path):
    path = written(tmp_path / "a.warc.gz")
    assert list(read_spool(path)) == []
    with path.open("rb") as file:
        (record,) = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(file)]
    assert record[0] == "warcinfo"
    assert b"software: docketwire/" in record[1]
    assert f"isPartOf: {RUN}".encode() in record[1]


def test_any_warc_tool_reads_our_files_and_finds_no_fault(tmp_path):
    path = written(tmp_path / "a.warc.gz", PAGE)
    with path.open("rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        kinds = []
        for record in iterator:
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", "metadata", "response"]


def test_headers_are_true_of_the_stored_body(tmp_path):
    chunked = replace(PAGE, headers=(("Transfer-Encoding", "chunked"), ("Content-Length", "99999")))
    (got,) = read_spool(written(tmp_path / "a.warc.gz", chunked))
    assert got.headers == (("Content-Length", "11"),)


def test_a_spool_has_its_name_only_once_it_is_whole(tmp_path):
    path = tmp_path / "deep" / "a.warc.gz"
    with SpoolWriter(path, source="ledger", run=RUN, started=STARTED) as spool:
        spool.write(PAGE)
        assert not path.exists()
        assert [bare(f) for f in read_spool(part_of(path))] == [PAGE]
    assert path.exists()
    assert not part_of(path).exists()


def test_a_crawl_that_fails_leaves_its_part(tmp_path):
    def crawl():
        with SpoolWriter(path, source="ledger", run=RUN, started=STARTED) as spool:
            spool.write(PAGE)
            raise RuntimeError

    path = tmp_path / "a.warc.gz"
    with pytest.raises(RuntimeError):
        crawl()
    assert not path.exists()
    assert [bare(f) for f in read_spool(part_of(path))] == [PAGE]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300),
    at=moments,
    status=st.integers(200, 599),
    role=st.sampled_from([Role.FEED, Role.PAGE]),
    entry=st.none() | st.builds(FeedEntry, id=words, url=st.none() | words, title=words, summary=words, content=words),
)
def test_any_page_survives(tmp_path, body, at, status, role, entry):
    page = replace(PAGE, body=body, at=at, status=status, role=role, entry=entry, headers=())
    (got,) = read_spool(written(tmp_path / "any.warc.gz", page))
    assert bare(got) == replace(page, headers=(("Content-Length", str(len(body))),))


# ------------------------------------------------------------------------------------------------ damage


def test_wherever_a_file_is_cut_its_whole_records_come_first(tmp_path):
    pages = [PAGE, replace(PAGE, body=b"<p>2</p>" * 50), replace(PAGE, body=b"<p>3</p>")]
    pages = [replace(p, headers=(("Content-Length", str(len(p.body))),)) for p in pages]
    whole = written(tmp_path / "a.warc.gz", *pages).read_bytes()
    ends = [f.record.offset for f in read_spool(tmp_path / "a.warc.gz")]
    cut, silent = tmp_path / "cut.warc.gz", 0
    for length in range(1, len(whole), 3):
        cut.write_bytes(whole[:length])
        got, error = read_until_error(cut)
        assert got == pages[: len(got)], length
        assert len(got) >= sum(end < length for end in ends) - 1, length
        silent += error is None
    # A cut between two gzip members cannot be seen; there are three such places, after each pair.
    assert silent <= 3


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"<html>hello</html>", "is not a WARC file"),
        (gzip.compress(b"just some text, compressed"), "no WARC record"),
        (b"\x1f\x8b\x08broken", "damaged compression"),
    ],
    ids=["nothing in it", "a web page", "another gzip file", "damaged gzip"],
)
def test_what_is_no_warc_is_refused_in_one_line(tmp_path, content, what):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(SpoolError, match=what) as caught:
        list(read_spool(path))
    assert caught.value.place == str(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SpoolError, match=r"gone\.warc\.gz: cannot be read"):
        list(read_spool(tmp_path / "gone.warc.gz"))


def test_a_changed_body_is_noticed(tmp_path):
    path = written(tmp_path / "a.warc.gz", PAGE)
    plain = gzip.decompress(path.read_bytes())
    path.write_bytes(plain.replace(b"<p>Logs</p>", b"<p>Lies</p>"))
    with pytest.raises(SpoolError, match="does not match its digest"):
        list(read_spool(path))


# ------------------------------------------------------------------------------------------------ others' files


def foreign(path, *answers, compressed=True):
    """A WARC as a news crawler writes it: request records, no metadata of ours, bodies as they came."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed)
        for status, headers, body in answers:
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    "https://paper.example/a", "response", io.BytesIO(body), len(body), http_headers=http
                )
            )
    return path


HTML = ("200 OK", [("Content-Type", "text/html")], b"<p>news</p>")


@pytest.mark.parametrize("compressed", [True, False], ids=["warc.gz", "warc"])
def test_anybodys_warc_gives_its_pages(tmp_path, compressed):
    picture = ("200 OK", [("Content-Type", "image/png")], b"\x89PNG")
    gone = ("404 Not Found", [("Content-Type", "text/html")], b"<p>gone</p>")
    (got,) = read_spool(foreign(tmp_path / "cc.warc", picture, HTML, gone, compressed=compressed))
    assert (got.source, got.kind, got.role, got.body) == ("warc", Kind.NEWS, Role.PAGE, b"<p>news</p>")
    assert (got.url, got.requested, got.entry, got.run) == (
        "https://paper.example/a",
        "https://paper.example/a",
        None,
        None,
    )


def test_packed_and_chunked_bodies_are_unpacked_and_the_headers_say_so(tmp_path):
    packed = gzip.compress(b"<p>news</p>")
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    (got,) = read_spool(foreign(tmp_path / "cc.warc.gz", ("200 OK", headers, chunked)))
    assert got.body == b"<p>news</p>"
    assert got.headers == (("Content-Type", "text/html"), ("Content-Length", "11"))


def test_a_cut_plain_warc_gives_what_is_whole(tmp_path):
    path = foreign(tmp_path / "cc.warc", HTML, HTML, compressed=False)
    path.write_bytes(path.read_bytes()[:-8])
    got, error = read_until_error(path)
    assert len(got) == 1
    assert "cut record" in error.what
