"""Which pages of a filing are pictures, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from statistics import fmean
from typing import Any


def in_words(scans: Sequence[Mapping[str, Any]]) -> list[str]:
    """``scans`` as the table ``bodies`` has them, {page, confidence} each → at most two sentences."""
    read = [scan for scan in scans if scan["confidence"] is not None]
    waiting = [scan["page"] for scan in scans if scan["confidence"] is None]
    said = []
    if read:
        sure = round(100 * fmean(scan["confidence"] for scan in read))
        said.append(f"Scanned, and read by OCR ({sure} % sure of the words): {_pages(scan['page'] for scan in read)}.")
    if waiting:
        said.append(f"Scanned, and not read yet: {_pages(waiting)}.")
    return said


def _pages(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 → "pages 1–3 and 7"."""
    runs = [
        [number for _, number in run] for _, run in groupby(enumerate(sorted(numbers)), key=lambda at: at[1] - at[0])
    ]
    spans = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    listed = spans[0] if len(spans) == 1 else f"{', '.join(spans[:-1])} and {spans[-1]}"
    return f"page {listed}" if spans == [str(runs[0][0])] else f"pages {listed}"
