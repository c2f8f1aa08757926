"""A publication is whole or is not there: killed, out of disk, or asked for while it changes."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import httpx
import pytest

from pipeline import stages
from pipeline.errors import PublishError
from pipeline.publish import database
from pipeline.publish.shelf import Shelf
from pipeline.publish.site.app import application
from pipeline.settings import Settings
from tests.publish.site_reader import NOW
from tests.publish.test_database import filled

# Publishes over and over, and says when each stage of a publication has begun.
PUBLISHING = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from pipeline import stages
from pipeline.publish import database
from pipeline.settings import Settings
from pipeline.store import Store

settings = Settings(data=Path(sys.argv[1]))
limit = int(sys.argv[2])
if limit:  # a disk that is full after so many bytes of one file
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
with Store(settings.database, purpose="demo") as store:
    for n in range(1 if limit else 1000):
        stages.publish(
            store, settings, now=datetime(2026, 11, 21, tzinfo=UTC) + timedelta(hours=n),
            progress=lambda stage, done, of: print(done, flush=True),
        )
"""


def holds_together(public: Path) -> str:
    """When the publication that readers see was built. Fails when it is torn."""
    with closing(sqlite3.connect(f"file:{public / database.NAME}?mode=ro", uri=True)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        assert (public / "feeds" / "all.atom").read_bytes().rstrip().endswith(b"</feed>")
        assert (public / "feeds" / "all.ics").read_bytes().rstrip().endswith(b"END:VCALENDAR")
        [(built,)] = db.execute("SELECT value FROM about WHERE key = 'built'")
    assert not list((public / "feeds").glob(".*.part"))
    return str(built)


@pytest.mark.parametrize("stage", ["0", "1", "2"], ids=["the database", "the feeds", "the swap"])
def test_publishing_that_is_killed_leaves_a_whole_publication_and_is_no_trouble_later(
    tmp_path: Path, stage: str
) -> None:
    with filled(tmp_path / "docketwire.db"):
        pass
    command = [sys.executable, "-c", PUBLISHING, str(tmp_path), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as publishing:
        assert publishing.stdout
        while publishing.stdout.readline().strip() != "2":  # the first publication stands
            pass
        while publishing.stdout.readline().strip() != stage:
            pass
        publishing.send_signal(signal.SIGKILL)
    seen = (tmp_path / "public").resolve()
    assert holds_together(tmp_path / "public") >= "2026-11-21"
    with filled(tmp_path / "again.db") as store, database.publication(tmp_path / "public") as folder:
        database.build(store.path, folder, {})
    left = {path.name for path in tmp_path.glob("public-*")}
    assert left == {seen.name, (tmp_path / "public").resolve().name}  # what was torn is gone; the one before stays


def test_a_disk_that_fills_up_under_the_database_is_one_line(tmp_path: Path) -> None:
    with filled(tmp_path / "docketwire.db") as store:
        stages.publish(store, Settings(data=tmp_path), now=NOW)
    before = (tmp_path / "public").resolve()
    command = [sys.executable, "-c", PUBLISHING, str(tmp_path), "60000"]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert re.search(
        r"PublishError: .* cannot be filled from docketwire.db: .*; check disk and database; the site stays as it was",
        failed.stderr.splitlines()[-1],
    )
    assert (tmp_path / "public").resolve() == before
    assert [path.name for path in tmp_path.glob("public-*")] == [before.name]
    holds_together(tmp_path / "public")


def test_a_disk_that_fills_up_under_the_feeds_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with filled(tmp_path / "docketwire.db") as store:
        stages.publish(store, Settings(data=tmp_path), now=NOW)
        before = (tmp_path / "public").resolve()
        monkeypatch.setattr(Shelf, "put", full)
        with pytest.raises(PublishError, match="No space left on device; check the disk; the site stays as it was"):
            stages.publish(store, Settings(data=tmp_path), now=NOW)
    assert (tmp_path / "public").resolve() == before
    assert [path.name for path in tmp_path.glob("public-*")] == [before.name]


def test_no_request_fails_while_one_publication_follows_another(tmp_path: Path, put) -> None:
    """Readers who never stop asking, of five publications each of which removes the last but one."""
    public, paths = tmp_path / "public", ["/", "/document/order-91", "/search?q=lantern", "/docketwire/matters.json"]

    def publish(n: int) -> None:
        with database.publication(public) as folder:
            put(folder, version=f"number {n}")
            (folder / "feeds").mkdir()
            (folder / "feeds" / "all.atom").write_text(f"<feed>{n}</feed>")

    async def read() -> tuple[dict[int, int], set[str]]:
        site, over, versions, answers = application(public, clock=lambda: NOW), asyncio.Event(), set(), {}
        transport = httpx.ASGITransport(site)

        async def reader(first: int) -> None:
            for turn in count(first):
                path = [*paths, "/feeds/all.atom"][turn % 5]
                answer = await client.get(f"{path}{'&' if '?' in path else '?'}turn={turn}")  # never a kept answer
                answers[answer.status_code] = answers.get(answer.status_code, 0) + 1
                if over.is_set():
                    return

        async with httpx.AsyncClient(transport=transport, base_url="https://docketwire.example") as client:
            readers = [asyncio.create_task(reader(n * 1000)) for n in range(8)]
            for n in range(2, 7):
                await asyncio.to_thread(publish, n)
                versions |= {n for n in range(8) if f"number {n}" in (await client.get("/about")).text}
            over.set()
            await asyncio.gather(*readers)
            versions |= {n for n in range(8) if f"number {n}" in (await client.get("/about")).text}
        site.close()
        return answers, versions

    publish(1)
    answers, versions = asyncio.run(read())
    assert set(answers) == {200}
    assert answers[200] > 40
    assert 6 in versions
    assert len(versions) > 2  # one that is opening when the next one comes may be passed over
    assert len(list(tmp_path.glob("public-*"))) == 2
    assert not os.path.lexists(tmp_path / ".public.new")
