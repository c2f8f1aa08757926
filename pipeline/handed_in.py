"""Files that a person hands in, as if they had been crawled: they go through the spool like everything else."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import datetime
from itertools import islice
from pathlib import Path

from pipeline.errors import DocketwireError, ReadError
from pipeline.model import Fetched, Kind, Role, Source
from pipeline.refine import read
from pipeline.refine.docket_page import docket_data, docket_form
from pipeline.refine.entry import page_of
from pipeline.refine.feed import read_feed
from pipeline.settings import Settings
from pipeline.spool import SpoolWriter, read_spool

_ADDRESSES = (("http:",), ("https:",))  # how an address begins that was taken for a path

# Files handed in stand under this source.
LOCAL = Source(id="local", title="Files handed in", method="file", kind=Kind.FILING, url="")


def hand_in(
    path: Path, settings: Settings, *, source: str, url: str | None, court: str | None, kind: Kind | None, now: datetime
) -> Path:
    """Put a local file into the spool as if it had been crawled, once; a WARC file is taken as it is.

    Raises `ReadError`, naming the file, when nothing could be read from it: then nothing is written.
    """
    if is_warc(path):
        for _ in islice(read_spool(path), 1):
            pass
        return path
    fetched = fetched_from(path, source=source, url=url, court=court, kind=kind, now=now)
    records = [fetched]
    try:
        if docket_form(fetched.body):
            docket_data(fetched)
        elif fetched.role is not Role.FEED:
            read(fetched)
        else:
            feed = read_feed(fetched.body, url=url or path.name)
            if not court:  # nobody follows its links: its own words are all there is
                records += [page_of(fetched, entry) for entry in feed.entries]
    except DocketwireError as error:
        raise ReadError(path, error.what, error.remedy or "leave it out, or fetch it again") from error
    seed = "\n".join([source, url or "", court or "", kind or ""]).encode() + fetched.body
    spool = settings.spool / f"{source}-{hashlib.sha256(seed).hexdigest()[:12]}.warc.gz"
    if not spool.exists():
        with SpoolWriter(spool, source=source, run=source, started=now) as writer:
            for record in records:
                writer.write(record)
    return spool


def is_warc(path: Path) -> bool:
    return path.name.endswith((".warc", ".warc.gz", ".warc.gz.part"))


def fetched_from(
    path: Path, *, source: str, url: str | None, court: str | None, kind: Kind | None, now: datetime
) -> Fetched:
    """A local file as the response it might have been. Raises `ReadError` when it is missing, empty or no file."""
    try:
        body = path.read_bytes()
    except OSError as error:
        remedy = "fetch it first: only files are read" if path.parts[:1] in _ADDRESSES else "check the path"
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}", remedy) from error
    if not body.strip():
        raise ReadError(path, "is empty", "fetch it again")
    suffix = path.suffix.lower()
    # A person's word on what a file is makes it a page; without one the reader judges by its text.
    role = Role.FEED if suffix in {".xml", ".rss", ".atom", ".json"} else Role.PAGE if kind else Role.FILE
    return Fetched(
        source=source,
        kind=kind or Kind.NEWS,
        role=role,
        url=url,
        requested=url,
        at=now,
        status=200,
        headers=(("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream"),),
        body=body,
        court=court,
    )
