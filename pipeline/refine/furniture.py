"""What a court's paper carries besides its words: margin numbers, margin text, page numbers, running heads."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.refine import columns
from pipeline.refine.columns import Line


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    height: float


_SHORT_NUMBER = re.compile(r"\d{1,2}")
_LEADING_NUMBER = re.compile(r"(\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?:\s+(?=\S)|$)")
_BOX = re.compile(r"[\s):|(§_=*~.\-–—]+|[-=_*~–—\s]{3,}x", re.IGNORECASE)


def without_margin(page: Page) -> Page:
    """Without margin numbers, vertical text, page numbers and what is no word at all."""
    lines = [line for line in page.lines if line.upright and line.text.strip()]
    lines = _without_leading_numbers(lines)
    numbers = [line for line in lines if _SHORT_NUMBER.fullmatch(line.text.strip())]
    column = _margin_numbers(numbers)
    kept = [line for line in lines if id(line) not in column and not _is_page_number(line, page, lines)]
    return replace(page, lines=tuple(line for line in columns.in_reading_order(kept) if not _is_box(line)))


def _margin_numbers(numbers: list[Line]) -> set[int]:
    """Numbers (their ids) that stand one below the other at the same edge, counting up: pleading paper's margin."""
    found: set[int] = set()
    by_edge: dict[int, list[Line]] = {}
    for line in numbers:
        by_edge.setdefault(round(line.right / 12), []).append(line)
    for edge, lines in by_edge.items():
        near = sorted(lines + by_edge.get(edge + 1, []), key=lambda line: -line.top)
        values = [int(line.text) for line in near]
        rising = sum(b - a in {0, 1, 2} for a, b in pairwise(values))
        if len(near) >= 5 and rising >= 0.7 * (len(near) - 1):
            found.update(map(id, near))
    return found


_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:Page\s+)?(?:\d{1,4}|[ivxl]{1,6}|[A-Z]-\d{1,3})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s.]*|[-–—\s]*Page\s*[-–—\s]*",
    re.IGNORECASE,
)


def _is_page_number(line: Line, page: Page, lines: list[Line]) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    at_edge = line.top > 0.9 * page.height or line.bottom < 0.12 * page.height
    return at_edge or line in (min(lines, key=lambda other: other.bottom), max(lines, key=lambda other: other.top))


def _is_box(line: Line) -> bool:
    """Rules and the brackets of a caption's box."""
    return _BOX.fullmatch(line.text) is not None


def _without_leading_numbers(lines: list[Line]) -> list[Line]:
    """Where the margin's numbers were read as the first words of their lines, they go: most of the page's rows count.

    Reporters set theirs smaller than the words, as footnote marks are. Some rows may bear theirs as a line of its own.
    """
    told = {i: match for i, line in enumerate(lines) if (match := _LEADING_NUMBER.match(line.text))}
    if all(match.end() == len(lines[i].text) for i, match in told.items()):
        return lines
    [(edge, _)] = Counter(round(lines[i].left / 12) for i in told).most_common(1)
    column = sorted((i for i in told if abs(lines[i].left - 12 * edge) < 18), key=lambda i: -lines[i].top)
    feet = sorted(line.bottom for line in lines)
    rows = 1 + sum(above - below > 4 for below, above in pairwise(feet))
    if len(column) < max(8, 0.6 * rows):
        return lines
    values = [int(unicodedata.normalize("NFKC", told[i][1])) for i in column]
    if sum(0 < b - a <= 2 for a, b in pairwise(values)) < 0.8 * (len(values) - 1):
        return lines
    bare = (
        replace(line, text=line.text[told[i].end() :], left=line.words_left or line.left, marked=False)
        if i in column
        else line
        for i, line in enumerate(lines)
    )
    return [line for line in bare if line.text]


# Words of a header or footer, whether it is a header, and its height on the page.
Head = tuple[str, bool, int]


def running_heads(pages: Sequence[Page], known: set[Head], *, opens: bool) -> set[tuple[int, int]]:
    """(page, line) of lines that recur at the same place of other pages, or are ``known`` from earlier ones.

    What recurs is added to ``known``. The first page keeps its own header where the pages open the document.
    """
    seen: dict[Head, list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        order = sorted(range(len(page.lines)), key=lambda i: -page.lines[i].top)
        for rank, i in enumerate(order):
            line = page.lines[i]
            high = rank < 10 and line.top > 0.7 * page.height
            low = len(order) - rank <= 6 and line.bottom < 0.2 * page.height
            if (high or low) and not _is_note_s_mark(page.lines, i):
                seen.setdefault((_key(line.text), high, round(line.top / 8)), []).append((number, i))
    found: set[tuple[int, int]] = set()
    for head, places in seen.items():
        high, on = head[1], {number for number, _ in places}
        if head in known or len(on) >= max(3, 0.25 * len(pages)) or (len(on) == len(pages) == 2 and not high):
            known.add(head)
            keeps = opens and high and min(on) == 0
            found.update(place for place in places if not (keeps and place[0] == 0))
    return found


def _is_note_s_mark(lines: Sequence[Line], i: int) -> bool:
    """Whether a number alone stands, smaller, before words of its row: footnotes begin at like places of many pages."""
    mark, words = lines[i], lines[min(i + 1, len(lines) - 1)]
    return mark.text.strip().isdigit() and mark.size < 0.85 * words.size and columns.same_row(mark, words)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\W+", " ", text)).strip().lower()
