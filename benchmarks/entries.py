"""How well are clerks' lines read? ``python -m benchmarks.entries ../shared [--round N] [--faults]``.

Dispositions and dates of docket entries against `tests/quality/entries.toml`, as F1 over the entries together;
``invented`` counts events on days that the entry does not name for anything.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.filings import Score, decided
from pipeline.model import DocketEntry, Fetched, Kind, Role
from pipeline.refine import courts
from pipeline.refine.dispositions import dispositions
from pipeline.refine.docket_page import read_docket_page
from pipeline.refine.events import find_events

LABELS = Path(__file__).parent.parent / "tests" / "quality" / "entries.toml"


def labels(*, round_: int | None = None) -> list[dict[str, Any]]:
    """The labelled entries; of one round where it is said."""
    table = tomllib.loads(LABELS.read_text(encoding="utf-8"))["entry"]
    return [row for row in table if round_ in {None, row["round"]}]


def score(rows: list[dict[str, Any]], shared: Path) -> Score:
    total = Score()
    for page in sorted({row["page"] for row in rows}):
        known = {digest(entry.description): entry for entry in _entries(shared / "material" / "pacer_dockets" / page)}
        for row in rows:
            if row["page"] == page:
                compare(row, known[row["words"]].description, Path(page).stem.partition("_")[0], total)
    return total


def compare(row: dict[str, Any], words: str, court: str, total: Score) -> None:
    zone = courts.zone(court)
    title = re.split(r"\.\s|--", words)[0]
    events = find_events(words, dated=row["filed"], zone=zone, kind=Kind.FILING, paper="order", about=title)
    decided(
        {"file": f"{row['page']} {row['words']}", **row}, total, dispositions(words, paper="order", title=title), events
    )
    total.filings += 1


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _entries(path: Path) -> tuple[DocketEntry, ...]:
    court = path.stem.partition("_")[0]
    page = Fetched(
        "local", Kind.FILING, Role.FILE, None, None, datetime.now(UTC), 200, (), path.read_bytes(), court=court
    )
    return read_docket_page(page, entry_at=lambda _: None).entries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with material/pacer_dockets")
    parser.add_argument("--round", type=int, choices=[1, 2, 3])
    parser.add_argument("--faults", action="store_true", help="say what was wrong")
    asked = parser.parse_args()
    total = score(labels(round_=asked.round), asked.shared)
    figures = total.figures()
    print(f"{total.filings} entries, {total.wanted['dispositions']} dispositions, {total.wanted['events']} events")
    print(*(f"{name:13s} {figures[name]:.3f}" for name in ("dispositions", "events", "invented")), sep="\n")
    if asked.faults:
        print(*total.faults, sep="\n")


if __name__ == "__main__":
    main()
