"""Fetched ⇄ WARC: the contract between crawl and ingest.

A spool file is one WARC 1.1 file (ISO 28500:2017), a gzip member a record, that any standard tool opens: a `warcinfo`
record, then for each `Fetched` a `metadata` record (JSON: who asked, and why) and its concurrent `response` record
(headers and body as received, transport encodings undone). The metadata stands first, so that a reader needs no
look-ahead and a cut never leaves a response without its reason. Bytes depend on what is written alone.

`read_spool` also reads anybody's WARC, such as Common Crawl News.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, Self
from uuid import NAMESPACE_URL, uuid5

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline import __version__
from pipeline.errors import SpoolError
from pipeline.model import FeedEntry, Fetched, Filed, Kind, Record, Role, When

# A record larger than this, unpacked, is no page: it is refused before it fills the memory.
_LARGEST_RECORD = 512 * 2**20
# What we read of WARC files that others wrote: pages, not pictures.
_READABLE = re.compile(r"text/|application/(pdf|xml|(xhtml|rss|atom)\+xml)")
_ENCODINGS_WE_UNDO = {"gzip", "x-gzip", "deflate", "br"}


# ------------------------------------------------------------------------------------------------ writing


class RecordWriter:
    """Writes the records of one source's crawl into an open binary file."""

    def __init__(self, file: IO[bytes], *, source: str, run: str, started: datetime) -> None:
        self._warc = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        self._source, self._run, self._count = source, run, 0
        about = {
            "software": f"docketwire/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": run,
            "source": source,
            "started": started.isoformat(),
        }
        fields = "".join(f"{name}: {value}\r\n" for name, value in about.items())
        self._record("warcinfo", None, started, fields.encode(), "application/warc-fields")

    def write(self, fetched: Fetched) -> None:
        """Append one response and why it was asked for."""
        self._count += 1
        digest = hashlib.sha256(fetched.body).hexdigest()
        target = fetched.url or fetched.requested or f"urn:sha256:{digest}"
        over_http = target.startswith(("http:", "https:")) and fetched.role not in {Role.FILE, Role.ENTRY}
        kind = "response" if over_http else "resource"
        headers = _plain(fetched.headers, fetched.body)
        why: dict[str, Any] = {
            "source": fetched.source,
            "kind": fetched.kind,
            "role": fetched.role,
            "court": fetched.court,
            "requested": fetched.requested,
            "run": fetched.run or self._run,
            "entry": _entry_as_json(fetched.entry),
            "filed": asdict(fetched.filed) if fetched.filed else None,
            "reserved": fetched.reserved,
        }
        if not over_http:
            why.update(url=fetched.url, status=fetched.status, headers=headers)
        self._record(
            "metadata", target, fetched.at, json.dumps(why, ensure_ascii=False).encode(), "application/json",
            {"WARC-Concurrent-To": self._id(kind)},
        )  # fmt: skip
        self._record(
            kind, target, fetched.at, fetched.body,
            "" if over_http else fetched.media_type or "application/octet-stream",
            {"WARC-Payload-Digest": f"sha256:{digest}"},
            StatusAndHeaders(_status_line(fetched.status), headers, protocol="HTTP/1.1") if over_http else None,
        )  # fmt: skip

    def _record(
        self,
        kind: str,
        target: str | None,
        at: datetime,
        payload: bytes,
        content_type: str,
        extra: Mapping[str, str] | None = None,
        http: StatusAndHeaders | None = None,
    ) -> None:
        named = {"WARC-Record-ID": self._id(kind), "WARC-Date": _warc_date(at), **(extra or {})}
        record = self._warc.create_warc_record(
            target or "", kind, io.BytesIO(payload), len(payload), content_type, named, http_headers=http
        )
        self._warc.write_record(record)

    def _id(self, kind: str) -> str:
        return f"<{uuid5(NAMESPACE_URL, f'docketwire:{self._run}/{self._source}/{self._count}/{kind}').urn}>"


class SpoolWriter:
    """A spool file being written: ``<path>.part`` until it is closed cleanly, then ``path``, in one step.

    What a killed crawl leaves is a readable ``.part`` file. Raises `SpoolError` when the file cannot be created.
    """

    def __init__(self, path: Path, *, source: str, run: str, started: datetime) -> None:
        self.path = path
        self._file = open_part(path)
        self._records = RecordWriter(self._file, source=source, run=run, started=started)

    def write(self, fetched: Fetched) -> None:
        self._records.write(fetched)

    def close(self) -> None:
        close_part(self._file, self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()


def open_part(path: Path) -> IO[bytes]:
    """``<path>.part``, open for writing; folders are made as needed. Raises `SpoolError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return part_of(path).open("wb")
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise SpoolError(path, what, "check the folder's permissions and free space") from error


def close_part(file: IO[bytes], path: Path) -> None:
    """The whole file takes its name: readers see all of it or nothing."""
    file.close()
    part_of(path).replace(path)


def part_of(path: Path) -> Path:
    return path.with_name(path.name + ".part")


# ------------------------------------------------------------------------------------------------ reading


def read_spool(path: Path) -> Iterator[Fetched]:
    """Every response of a WARC file (.warc, .warc.gz, .part), in order, `Fetched.record` set.

    A file that others wrote gives its 200 answers that are HTML, PDF, XML or text, as pages of source ``warc``; ours
    gives everything. Raises `SpoolError`, after the last whole record, when the file is missing, empty, cut, damaged or
    not a WARC file.
    """
    why: dict[str, Any] | None = None
    for offset, record in _records(path):
        if record.rec_type == "metadata":
            why = _our_metadata(record)
            continue
        if record.rec_type in {"response", "resource"}:
            try:
                fetched = _fetched(record, why)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise _damaged(path, offset, f"a record that cannot be understood ({error})") from error
            digest = hashlib.sha256(fetched.body).hexdigest()
            if why and record.rec_headers.get_header("WARC-Payload-Digest") != f"sha256:{digest}":
                raise _damaged(path, offset, "a body that does not match its digest")
            if why or _of_use(fetched):
                yield replace(fetched, record=Record(path.name, offset, f"sha256:{digest}"))
        why = None
    if why:
        raise _damaged(path, path.stat().st_size, "an end before the response that its last record announces")


def _fetched(record: Any, why: dict[str, Any] | None) -> Fetched:
    head = record.rec_headers
    http = record.http_headers
    body = record.content_stream().read()
    headers = [(str(k), str(v)) for k, v in http.headers] if http else []
    if http and (http.get_header("Content-Encoding") or "").strip().lower() in _ENCODINGS_WE_UNDO:
        headers = [(k, v) for k, v in headers if k.lower() != "content-encoding"]
    url = head.get_header("WARC-Target-URI")
    found = Fetched(
        source="warc",
        kind=Kind.NEWS,
        role=Role.PAGE,
        url=url,
        requested=url,
        at=datetime.fromisoformat(head.get_header("WARC-Date")),
        status=int(http.get_statuscode()) if http else 200,
        headers=tuple(_plain(headers or [("Content-Type", head.get_header("Content-Type") or "")], body)),
        body=body,
    )
    if why is None:
        return found
    if record.rec_type == "resource":
        found = replace(
            found, url=why["url"], status=why["status"], headers=tuple((name, value) for name, value in why["headers"])
        )
    return replace(
        found,
        source=why["source"],
        kind=Kind(why["kind"]),
        role=Role(why["role"]),
        court=why["court"],
        requested=why["requested"],
        run=why["run"],
        reserved=why.get("reserved"),
        entry=_entry_from_json(why["entry"]),
        filed=Filed(**why["filed"]) if why.get("filed") else None,
    )


def _of_use(fetched: Fetched) -> bool:
    return fetched.status == HTTPStatus.OK and _READABLE.match(fetched.media_type) is not None and bool(fetched.body)


def _our_metadata(record: Any) -> dict[str, Any] | None:
    """The JSON of a metadata record that we wrote; None for anybody else's."""
    if record.content_type != "application/json":
        return None
    try:
        read = json.loads(record.content_stream().read())
    except ValueError:
        return None
    return read if isinstance(read, dict) and {"source", "kind", "role", "requested", "entry"} <= read.keys() else None


# ------------------------------------------------------------------------------------------------ records of a file


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    """(byte offset, warcio record) of every whole record. A record must be used before the next is asked for."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise SpoolError(path, f"cannot be read ({error.strerror})", "check the path") from error
    with file:
        start = file.read(5)
        file.seek(0)
        if not start:
            raise SpoolError(path, "is empty", "remove it; the crawl that made it wrote nothing")
        if start.startswith(b"\x1f\x8b"):
            for offset, member in _members(file, path):
                yield from ((offset, record) for _, record in _parse(io.BytesIO(member), path, offset))
        elif start == b"WARC/":
            yield from _parse(file, path, 0)
        else:
            raise SpoolError(path, "is not a WARC file", "a .warc or .warc.gz file is expected")


def _members(file: IO[bytes], path: Path) -> Iterator[tuple[int, bytes]]:
    """(offset, unpacked bytes) of each gzip member (RFC 1952, 2.2)."""
    unpacker = Unpacker(path)
    while data := file.read(2**16):
        yield from unpacker.feed(data)
    unpacker.end()


class Unpacker:
    """A gzipped WARC that arrives in pieces → its members, unpacked; one holds one record. ``path`` names errors.

    Raises `SpoolError` where the compression is damaged or a record is too large to be a page.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._offset = path, 0
        self._begin()

    def _begin(self) -> None:
        self._unpack, self._unpacked, self._used = zlib.decompressobj(zlib.MAX_WBITS + 16), bytearray(), 0

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(byte offset in the file, unpacked bytes) of every member that ends in these bytes."""
        while data:
            try:
                self._unpacked += self._unpack.decompress(data, _LARGEST_RECORD - len(self._unpacked) + 1)
            except zlib.error as error:
                raise _damaged(self._path, self._offset, f"damaged compression ({error})") from error
            if len(self._unpacked) > _LARGEST_RECORD:
                what = f"has, at byte {self._offset}, a record of more than {_LARGEST_RECORD >> 20} MiB"
                raise SpoolError(self._path, what, "if it is packed as a whole, run: warcio recompress")
            left = self._unpack.unconsumed_tail or self._unpack.unused_data
            self._used += len(data) - len(left)
            data = left
            if self._unpack.eof:
                yield self._offset, bytes(self._unpacked)
                self._offset += self._used
                self._begin()

    def end(self) -> None:
        """Raises `SpoolError` when the last member is not whole."""
        if self._used:
            raise _damaged(self._path, self._offset, "a cut record")


def page_in(member: bytes, path: Path) -> Fetched | None:
    """The page in one unpacked member of anybody's WARC; None when it holds anything else.

    Raises `SpoolError` when it is no WARC record.
    """
    for _, record in _parse(io.BytesIO(member), path, 0):
        if record.rec_type == "response":
            try:
                fetched = _fetched(record, None)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise _damaged(path, 0, f"a record that cannot be understood ({error})") from error
            return fetched if _of_use(fetched) else None
    return None


def _parse(stream: IO[bytes], path: Path, base: int) -> Iterator[tuple[int, Any]]:
    """(offset in the stream, record) of each record in an uncompressed stream. ``base`` places messages."""
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while True:
        offset = stream.tell()
        line = stream.readline()
        if not line:
            return
        if not line.strip():
            continue  # the two blank lines that close a record
        try:
            record = loader.parse_record_stream(stream, line.decode("utf-8", "replace").rstrip("\r\n"), "warc")
        except (ArchiveLoadFailed, EOFError, ValueError) as error:
            raise _damaged(path, base + offset, "something that is no WARC record") from error
        if record.length is None:
            raise _damaged(path, base + offset, "a cut record")
        # All of it must be there before any of it is handed on.
        block = record.raw_stream.read()
        if record.raw_stream.limit:
            raise _damaged(path, base + offset, "a cut record")
        record.raw_stream = io.BytesIO(block)
        yield offset, record


def _damaged(path: Path, offset: int, what: str) -> SpoolError:
    return SpoolError(path, f"has, at byte {offset}, {what}", "what stands before it was read; fetch the rest again")


# ------------------------------------------------------------------------------------------------ small translations


def _plain(headers: Sequence[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """Headers that are true of the body as it is stored: no transfer encoding, its own length."""
    kept = [(k, v) for k, v in headers if k.lower() not in {"transfer-encoding", "content-length"}]
    return [*kept, ("Content-Length", str(len(body)))]


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} "


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _entry_as_json(entry: FeedEntry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return asdict(entry) | {name: _when_as_json(getattr(entry, name)) for name in ("published", "updated")}


def _entry_from_json(entry: dict[str, Any] | None) -> FeedEntry | None:
    if entry is None:
        return None
    lists = {
        "authors": tuple(entry["authors"]),
        "enclosures": tuple((url, media_type) for url, media_type in entry["enclosures"]),
    }
    return FeedEntry(**entry | lists | {name: _when_from_json(entry[name]) for name in ("published", "updated")})


def _when_as_json(when: When | None) -> list[str] | None:
    return [when.at.isoformat(), when.precision] if when else None


def _when_from_json(when: list[Any] | None) -> When | None:
    return When(datetime.fromisoformat(when[0]), when[1]) if when else None
