"""What a source answered when a person looked: a recording, and what was read from it (the golden file)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.http import TextResponse

from crawlers import settings as our_settings
from crawlers.kinds import SourceSpider
from crawlers.run import crawl, kinds
from pipeline.errors import SourceError
from pipeline.model import FeedEntry, Fetched, Issue, Level, Run
from pipeline.spool import SpoolWriter, read_spool

# Of a crawl that asks for a source's own address and for nothing that it leads to.
FIRST_ANSWER = {"SOURCE_ANSWERS": 1}


def record(
    names: Sequence[str],
    folder: Path,
    *,
    at: datetime,
    user_agent: str,
    demo_url: str | None = None,
    modules: Sequence[str] = our_settings.SPIDER_MODULES,
) -> Iterator[Path]:
    """Ask sources for their own addresses; keep ``recordings/<name>.warc.gz`` and ``golden/<name>.json`` in a folder.

    Raises `SourceError` for a source that gave nothing which can be read; of it, nothing is kept.
    """
    known = kinds(modules)
    with TemporaryDirectory(prefix="docketwire-record-") as spool:
        runs = crawl(
            names, spool=Path(spool), ledger={}, started=at, user_agent=user_agent, demo_url=demo_url,
            limits=FIRST_ANSWER, modules=modules,
        )  # fmt: skip
        for run in runs:
            answer = first_answer(Path(spool), run)
            if wrong := faults(run):
                raise SourceError(wrong[0].place, wrong[0].message)
            if answer is None:
                raise SourceError(run.source, "no answer")
            read = golden(known[run.source], answer)
            recording = folder / "recordings" / f"{run.source}.warc.gz"
            with SpoolWriter(recording, source=run.source, run=run.id, started=answer.at) as writer:
                writer.write(answer)
            yield recording
            file = folder / "golden" / f"{run.source}.json"
            file.parent.mkdir(exist_ok=True)
            file.write_text(read, encoding="utf-8")
            yield file


def first_answer(spool: Path, run: Run) -> Fetched | None:
    """What came from the source's own address."""
    return next(iter(read_spool(spool / run.spool)), None) if run.spool else None


def faults(run: Run) -> list[Issue]:
    """What is wrong with a source that was asked for its first answer alone: that it was stopped is not."""
    return [i for i in run.issues if i.level is not Level.NOTE and not i.message.startswith("stopped early")]


def entries(kind: type[SourceSpider], answer: Fetched) -> Sequence[FeedEntry]:
    """What a source reads from an answer that was kept. Raises `SourceError` as the source does."""
    headers = {name: value for name, value in answer.headers if name.lower() == "content-type"}
    return kind().read(TextResponse(answer.url or "", body=answer.body, headers=headers, encoding="utf-8"))


def golden(kind: type[SourceSpider], answer: Fetched) -> str:
    """What a source reads from an answer, as the JSON of a golden file. Raises `SourceError` as the source does."""
    found = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "published": (when := entry.published or entry.updated) and when.iso(),
        }
        for entry in entries(kind, answer)
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
