"""Docket pages of many courts: pages read, entries, how many entries have a type, and how long it takes.

python benchmarks/dockets.py [MATERIAL]
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from pipeline.errors import ReadError
from pipeline.model import DocketEntry, Fetched, Kind, Role
from pipeline.refine.docket_page import docket_form, read_docket_page


def nobody(_: str) -> DocketEntry | None:
    return None


def measure(material: Path) -> dict[str, float]:
    """Figures over all pages of ``pacer_dockets`` and ``scotus_dockets``; attachment pages have no docket to go to."""
    found: Counter[str] = Counter()
    started = perf_counter()
    for path in sorted([*material.glob("pacer_dockets/*/*"), *material.glob("scotus_dockets/*/*")]):
        body = path.read_bytes()
        if path.parent.name == "attachment_pages" or docket_form(body) is None:
            continue
        court = "scotus" if "scotus" in str(path.parent) else path.stem.partition("_")[0]
        page = Fetched("local", Kind.FILING, Role.FILE, None, None, datetime.now(UTC), 200, (), body, court=court)
        try:
            read = read_docket_page(page, entry_at=nobody)
        except ReadError:
            found["refused"] += 1
            continue
        described = [entry for entry in read.entries if entry.description]
        found["pages"] += 1
        found["entries"] += len(described)
        found["typed"] += sum(entry.type is not None for entry in described)
        found["routine"] += sum(entry.type == "routine" for entry in described)
    seconds = perf_counter() - started
    return {
        "dockets.pages": found["pages"], "dockets.refused": found["refused"], "dockets.entries": found["entries"],
        "dockets.typed": round(found["typed"] / found["entries"], 3),
        "dockets.routine": round(found["routine"] / found["entries"], 3),
        "dockets.entries_a_second": round(found["entries"] / seconds),
    }  # fmt: skip


if __name__ == "__main__":
    for name, figure in measure(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/material")).items():
        print(f"{name:28} {figure}")
