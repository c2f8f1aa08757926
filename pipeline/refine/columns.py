"""Lines that stand side by side on paper, put in the order in which they are read.

A caption's box is read down its left column (the parties), then down its right (number, title, judge); a table row by
row, its cells parted by `` | ``. Coordinates are PDF points, the origin at the lower left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

_NEAR = 4.0  # points within which two lines begin at the same edge
_REACH = 80.0  # points that a column of a caption runs on beside white
_MARK = re.compile(r"[:)|§]{1,2}")
_PARTY = re.compile(
    r"(?:v|vs)\.?|IN RE\b.*|(?:Plaintiff|Defendant|Petitioner|Respondent|Appell)\w*[,.]?|-?\s*against\s*-?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where it starts and ends, and how tall its font is. ``bottom`` is that of its last word."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    upright: bool = True
    marked: bool = False  # begins with a footnote mark: a raised, smaller number
    cells: bool = False  # a table's row: pieces with wide gaps between
    words_left: float | None = None  # where the words after a leading number begin


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, without margin numbers, as they are read."""
    before, box, after = _caption(list(lines))
    return [*before, *box, *_tables(after)]


def same_row(a: Line, b: Line) -> bool:
    """Whether ``b`` stands to the right of ``a`` on the same row."""
    if b.left < a.right - 2:
        return False
    return min(a.top, b.top) - max(a.bottom, b.bottom) > 0.5 * min(a.size, b.size)


# ---------------------------------------------------------------------------------------------- captions


def _caption(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """What stands before the box of the caption, the box in reading order, and the rest; all in the last if none."""
    gutter = _drawn(lines) or _blank(lines)
    if gutter is None:
        return [], [], lines
    x, top, bottom = gutter
    inside = [line for line in lines if bottom <= (line.top + line.bottom) / 2 <= top]
    left = sorted((line for line in inside if line.right <= x + _NEAR), key=lambda line: -line.top)
    right = sorted((line for line in inside if line.left >= x - _NEAR), key=lambda line: -line.top)
    box = {*map(id, left), *map(id, right)}
    if not left or not right:
        return [], [], lines
    first = next(i for i, line in enumerate(lines) if id(line) in box)
    read = [replace(line, cells=True) for line in (*left, *right) if not _MARK.fullmatch(line.text)]
    return lines[:first], read, [line for line in lines[first:] if id(line) not in box]


def _drawn(lines: list[Line]) -> tuple[float, float, float] | None:
    """Where a column of marks parts the page's caption: its edge, its top and its bottom."""
    marks = [line for line in lines if _MARK.fullmatch(line.text)]
    edges = Counter(round(mark.left / _NEAR) for mark in marks)
    if not edges or edges.most_common(1)[0][1] < 3:
        return None
    x = edges.most_common(1)[0][0] * _NEAR
    column = [mark for mark in marks if abs(mark.left - x) <= 2 * _NEAR]
    return x, max(mark.top for mark in column), min(mark.bottom for mark in column)


def _blank(lines: list[Line]) -> tuple[float, float, float] | None:
    """Where nothing but white parts it, and its rows are read one by one: parties left, an aligned column right."""
    pairs = [(a, b) for a, b in pairwise(lines) if same_row(a, b) and b.left - a.right > 18]
    edges = Counter(round(b.left / _NEAR) for _, b in pairs)
    if not edges or edges.most_common(1)[0][1] < 2:
        return None
    x = edges.most_common(1)[0][0] * _NEAR
    rows = [(a, b) for a, b in pairs if abs(b.left - x) <= 2 * _NEAR]
    across = [line for line in lines if line.left < x - _NEAR and line.right > x + _NEAR]
    # Up and down to the lines that run across it, but no further than a caption goes.
    first, last = rows[0][0], rows[-1][0]
    top = min((line.bottom for line in across if line.bottom >= first.top - 2), default=first.top + _REACH)
    bottom = max((line.top for line in across if line.top <= last.bottom + 2), default=last.bottom - _REACH)
    top, bottom = min(top, first.top + _REACH), max(bottom, last.bottom - _REACH)
    parties = [line for line in lines if line.right < x and bottom < line.top <= top and _PARTY.fullmatch(line.text)]
    return (x, top, bottom) if len(parties) >= 2 else None


# ---------------------------------------------------------------------------------------------- tables


def _tables(lines: list[Line]) -> list[Line]:
    """Rows of a table joined: three rows at least that share an edge, with no line running across it between them."""
    if not _many(lines):
        return lines
    seconds = [b for a in lines for b in lines if b.left - a.right > 6 and b.top > a.bottom and same_row(a, b)]
    counted = Counter(round(line.left / _NEAR) for line in {id(b): b for b in seconds}.values())
    edges = sorted(x * _NEAR for x, count in counted.items() if count >= 3)
    if not edges:
        return lines
    out: list[Line] = []
    for across, group in groupby(lines, key=lambda line: _crosses(line, edges)):
        run = list(group)
        out += run if across else _table(run, edges)
    return out


def _table(lines: list[Line], edges: Sequence[float]) -> list[Line]:
    rows = _rows_of_cells(sorted(lines, key=lambda line: (-round(line.top), line.left)), edges)
    if len(rows) < 3 or _runs_on(rows) or not _set_row_by_row(rows, lines):
        return lines
    taken = {id(line) for row in rows for cell in row for line in cell}
    first = next(i for i, line in enumerate(lines) if id(line) in taken)
    return [*lines[:first], *map(_joined, rows), *(line for line in lines[first:] if id(line) not in taken)]


def _many(lines: list[Line]) -> bool:
    """Whether some neighbours stand side by side: most pages are spared the search of all pairs."""
    return sum(same_row(a, b) for a, b in pairwise(lines)) >= 2


def _column(line: Line, edges: Sequence[float]) -> int:
    """0 for the first column, else the number of the edge at or left of which the line begins."""
    return sum(line.left >= edge - 2 * _NEAR for edge in edges)


def _crosses(line: Line, edges: Sequence[float]) -> bool:
    column = _column(line, edges)
    return column < len(edges) and line.right > edges[column] + _NEAR


Row = list[list[Line]]


def _rows_of_cells(lines: Iterable[Line], edges: Sequence[float]) -> list[Row]:
    """Cells by row. A row begins where its first cell has a neighbour; lines below it, close by, wrap."""
    rows: list[Row] = []
    lines = list(lines)
    for line in lines:
        column = _column(line, edges)
        begins = column == 0 and any(same_row(line, other) and _column(other, edges) for other in lines)
        if begins:
            rows.append([[] for _ in range(len(edges) + 1)])
        elif not rows:
            continue
        elif line.top < min(cell[-1].bottom for cell in rows[-1] if cell) - 0.6 * line.size:
            continue  # below the table
        rows[-1][column].append(line)
    return rows


def _runs_on(rows: Sequence[Row]) -> bool:
    """Whether sentences go on from row to row: columns of prose, not a table."""
    for above, below in pairwise(rows):
        for cell, after in zip(above, below, strict=True):
            full = cell and len(cell[-1].text.split()) >= 6 and re.search(r"[a-z,]$", cell[-1].text)
            if full and after and after[0].text[:1].islower():
                return True
    return False


def _set_row_by_row(rows: Sequence[Row], lines: Sequence[Line]) -> bool:
    """Whether the file goes from cell to cell; columns side by side, as in a caption, it gives one after the other."""
    at = {id(line): i for i, line in enumerate(lines)}
    turns = [at[id(row[1][0])] - at[id(row[0][-1])] for row in rows if row[0] and row[1]]
    parties = sum(_PARTY.fullmatch(row[0][-1].text) is not None for row in rows if row[0])
    return parties < 2 and 2 * sum(0 < turn <= 2 for turn in turns) >= len(turns)


def _joined(row: Row) -> Line:
    lines = [line for cell in row for line in cell]
    return replace(
        lines[0],
        text=" | ".join(" ".join(line.text.strip() for line in cell) for cell in row if cell),
        right=max(line.right for line in lines),
        top=max(line.top for line in lines),
        bottom=min(line.bottom for line in lines),
        cells=True,
    )
