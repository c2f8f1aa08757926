"""How well are filings read? ``python -m benchmarks.filings ../shared [--held-out | --development] [--faults]``.

Against `tests/quality/filings.toml`, which was written from the papers themselves: type, court, docket, date, judge as
shares of the filings; dispositions and events (deadlines, hearings) as F1 over the filings together, where a second
reading of the same thing is as wrong as an invented one; ``invented`` counts events on days that the paper does not
name for anything. What reading costs is told by `benchmarks.pdfs`.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.docket_number import docket_key
from pipeline.model import Disposition, Document, Event, EventState, Fetched, Kind, Role
from pipeline.refine.pdf import read_pdf
from pipeline.refine.text import read_text

LABELS = Path(__file__).parent.parent / "tests" / "quality" / "filings.toml"
FIELDS = ("type", "court", "docket", "date", "judge")


@dataclass
class Score:
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    filings: int = 0
    found: dict[str, int] = field(default_factory=lambda: {"dispositions": 0, "events": 0})
    said: dict[str, int] = field(default_factory=lambda: {"dispositions": 0, "events": 0})
    wanted: dict[str, int] = field(default_factory=lambda: {"dispositions": 0, "events": 0})
    invented: int = 0
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1, and the count ``invented``."""
        shares = {name: self.right[name] / self.filings for name in FIELDS}
        f1 = {
            name: 2 * self.found[name] / (self.said[name] + self.wanted[name] or 1)
            for name in ("dispositions", "events")
        }
        return shares | f1 | {"invented": self.invented}


def labels(*, held_out: bool | None = None) -> list[dict[str, Any]]:
    """The labelled filings; of one half where it is said."""
    table = tomllib.loads(LABELS.read_text(encoding="utf-8"))["filing"]
    return [row for row in table if held_out is None or row.get("held_out", False) == held_out]


def read_file(path: Path) -> Document:
    media = "application/pdf" if path.suffix == ".pdf" else "text/plain"
    kind, role = (Kind.FILING, Role.PAGE) if path.suffix == ".pdf" else (Kind.NEWS, Role.FILE)
    headers = (("Content-Type", media),)
    read = read_pdf if path.suffix == ".pdf" else read_text  # in this process, whose CPU seconds count
    return read(Fetched("local", kind, role, None, path.name, datetime.now(UTC), 200, headers, path.read_bytes()))


def located(shared: Path, name: str) -> Path:
    return shared / ("material/court_pdfs" if name.endswith(".pdf") else "seeds") / name


def score(rows: Iterable[dict[str, Any]], shared: Path) -> Score:
    total = Score()
    for row in rows:
        compare(row, read_file(located(shared, row["file"])), total)
    return total


def compare(row: dict[str, Any], paper: Document, total: Score) -> None:
    """Add one filing to the total."""
    total.filings += 1
    said = {
        "type": paper.type,
        "court": paper.court,
        "docket": docket_key(paper.docket_numbers[0], paper.court or "") if paper.docket_numbers else None,
        "date": paper.published.day if paper.published else None,
        "judge": paper.judge,
    }
    for name in FIELDS:
        same = str(said[name]).casefold() == str(row.get(name)).casefold()
        total.right[name] += same or (name == "docket" and name not in row)
        if not same:
            total.faults.append(f"{row['file']}: {name} is {row.get(name)}, read {said[name]}")
    decided(row, total, paper.dispositions, paper.events)


def decided(row: dict[str, Any], total: Score, dispositions: Iterable[Disposition], events: Iterable[Event]) -> None:
    """Add what a paper, or a clerk's line, decided and set."""
    pair(row, total, "dispositions", row.get("dispositions", []), list(dispositions), same_disposition)
    events = [event for event in events if event.state is not EventState.SUPERSEDED]
    repeated = set(row.get("also", []))
    wanted = row.get("events", [])
    only = {datetime.fromisoformat(when).date() for when, _ in wanted}
    total.invented += sum(event.starts.day not in repeated | only for event in events)
    events = [event for event in events if event.starts.day in only or event.starts.day not in repeated]
    pair(row, total, "events", wanted, events, same_event)


def pair(row: dict[str, Any], total: Score, what: str, wanted: list[Any], said: list[Any], same: Any) -> None:
    left = list(said)
    for label in wanted:
        match = next((item for item in left if same(label, item)), None)
        if match is None:
            total.faults.append(f"{row['file']}: missed {label}")
        else:
            left.remove(match)
            total.found[what] += 1
    total.faults += [f"{row['file']}: not there: {_words(item)}" for item in left]
    total.said[what] += len(said)
    total.wanted[what] += len(wanted)


def same_disposition(label: list[str], said: Disposition) -> bool:
    words = f"{said.motion or ''} {said.passage.text}".casefold()
    return said.outcome in label[0].split("|") and any(word.casefold() in words for word in label[1].split("|"))


def same_event(label: list[str], said: Event) -> bool:
    when = datetime.fromisoformat(label[0])
    timed = len(label[0]) > 10
    on_time = said.starts.at.replace(tzinfo=None) == when if timed else said.starts.day == when.date()
    words = f"{said.kind} {said.title}".casefold()
    return on_time and any(word.casefold() in words for word in label[1].split("|"))


def _words(item: Disposition | Event) -> str:
    if isinstance(item, Event):
        return f"{item.kind} {item.starts.iso()} {item.title!r}"
    return f"{item.outcome} {item.motion!r}: {' '.join(item.passage.text.split())[:90]!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with material/court_pdfs and seeds")
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--held-out", action="store_true")
    half.add_argument("--development", action="store_true")
    parser.add_argument("--faults", action="store_true", help="say what was wrong")
    asked = parser.parse_args()
    rows = labels(held_out=True if asked.held_out else False if asked.development else None)
    total = score(rows, asked.shared)
    print(f"{total.filings} filings, {total.wanted['dispositions']} dispositions, {total.wanted['events']} events")
    for name, value in total.figures().items():
        print(f"{name:13s} {value:.3f}" if name != "invented" else f"{name:13s} {value}")
    if asked.faults:
        print(*total.faults, sep="\n")


if __name__ == "__main__":
    main()
