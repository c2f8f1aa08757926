"""Lines on paper → running text. No PDF engine removes what a court's paper carries besides its words; this does.

Dropped: the numbers down the margin of pleading paper, vertical margin text, page numbers, running headers and footers.
Kept: headings, paragraphs, tables row by row, footnotes (behind the body, each starting with its mark).
Coordinates are PDF points, the origin at the lower left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from pipeline.refine import columns, prose
from pipeline.refine.columns import Line, same_row

PAGE_MARK = "\f"  # stands before a page's first word until offsets are counted


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    height: float


@dataclass(slots=True)
class _Text:
    """Paragraphs so far; ``open`` says that the last one may run on."""

    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    open: bool = False


def running_text(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """Text of a paged document and the offset at which each page starts (one for each page, never falling)."""
    bare = [_without_margin(page) for page in pages]
    furniture = _running_heads(bare)
    text = _Text()
    for number, page in enumerate(bare):
        lines = [line for i, line in enumerate(page.lines) if (number, i) not in furniture]
        _add_page(text, replace(page, lines=tuple(lines)))
    joined = "\n\n".join([*text.body, *text.notes])
    return _count_pages(prose.mend_hyphens(_plain(joined)), len(pages))


def _plain(text: str) -> str:
    text = text.translate(_LIGATURES)
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n")


_LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\uf0b7": "•", "\uf0a7": "•", "\u2028": " "}
)


def _count_pages(marked: str, pages: int) -> tuple[str, tuple[int, ...]]:
    pieces = marked.split(PAGE_MARK)
    starts, at = [], 0
    for piece in pieces[:-1]:
        at += len(piece)
        starts.append(at)
    text = "".join(pieces)
    # The text's own ends are trimmed; a page without words starts where the next one does.
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    starts = [min(max(0, start - lead), len(text)) for start in starts]
    return text, tuple(starts + [len(text)] * (pages - len(starts)))[:pages]


_SHORT_NUMBER = re.compile(r"\d{1,2}")
_LEADING_NUMBER = re.compile(r"(\d{1,2})\s+(?=\S)")
_ENDED = re.compile(r"[.!?:;][”’\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BOX = re.compile(r"[\s):|(§_=*~.\-–—]+|[-=_*~–—\s]{3,}x", re.IGNORECASE)


# ---------------------------------------------------------------------------------------------- furniture


def _without_margin(page: Page) -> Page:
    """Without margin numbers, vertical text, page numbers and what is no word at all."""
    lines = [line for line in page.lines if line.upright and line.text.strip()]
    numbers = [line for line in lines if _SHORT_NUMBER.fullmatch(line.text.strip())]
    column = _margin_numbers(numbers)
    kept = [line for line in lines if id(line) not in column and not _is_page_number(line, page, lines)]
    ordered = columns.in_reading_order(_without_leading_numbers(kept))
    return replace(page, lines=tuple(line for line in ordered if not _is_box(line)))


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
    """Where the margin's number was read as the first word of its line, it goes too: most of the page's lines count."""
    numbered = [(i, int(match[1])) for i, line in enumerate(lines) if (match := _LEADING_NUMBER.match(line.text))]
    if len(numbered) < max(8, 0.6 * len(lines)):
        return lines
    rising = sum(0 < b[1] - a[1] <= 2 for a, b in pairwise(numbered))
    if rising < 0.8 * (len(numbered) - 1):
        return lines
    which = {i for i, _ in numbered}
    return [
        replace(line, text=re.sub(r"^\d{1,2}\s+", "", line.text)) if i in which else line
        for i, line in enumerate(lines)
    ]


def _running_heads(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """(page, line) of lines that recur at the same place of other pages; the first page keeps its own header."""
    seen: dict[tuple[str, bool, int], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        order = sorted(range(len(page.lines)), key=lambda i: -page.lines[i].top)
        for rank, i in enumerate(order):
            line = page.lines[i]
            high = rank < 10 and line.top > 0.7 * page.height
            low = len(order) - rank <= 6 and line.bottom < 0.2 * page.height
            if high or low:
                seen.setdefault((_key(line.text), high, round(line.top / 8)), []).append((number, i))
    found: set[tuple[int, int]] = set()
    for (_, high, _), places in seen.items():
        on = {number for number, _ in places}
        if len(on) >= max(3, 0.25 * len(pages)) or (len(on) == len(pages) == 2 and not high):
            first = min(on)
            found.update(place for place in places if not (high and place[0] == first == 0))
    return found


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\W+", " ", text)).strip().lower()


# ---------------------------------------------------------------------------------------------- paragraphs


def _add_page(text: _Text, page: Page) -> None:
    lines = _rows(page.lines)
    cut = next((i for i, line in enumerate(lines) if line.marked and _is_foot(lines, i)), len(lines))
    body, foot = lines[:cut], lines[cut:]
    paragraphs = _paragraphs(body)
    if paragraphs:
        paragraphs[0] = (PAGE_MARK + paragraphs[0][0], paragraphs[0][1])
    else:
        text.body.append(PAGE_MARK)
    for i, (paragraph, indented) in enumerate(paragraphs):
        above = text.body[-1].strip(PAGE_MARK) if text.body else ""
        below = paragraph.removeprefix(PAGE_MARK)
        if i == 0 and above and _continues(above, below, indented=indented, open_=text.open):
            text.body[-1] += ("" if text.body[-1].endswith("\ufffe") else " ") + paragraph
        elif text.body and not text.body[-1].strip(PAGE_MARK):
            text.body[-1] += paragraph
        else:
            text.body.append(paragraph)
    if body:
        text.open = _is_full(body, len(body) - 1)
    for paragraph, _ in _paragraphs(foot):
        if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", paragraph) or not text.notes:
            text.notes.append(paragraph)
        else:
            text.notes[-1] += " " + paragraph


def _continues(above: str, below: str, *, indented: bool, open_: bool) -> bool:
    """Whether a page's first paragraph goes on with the last one of the page before."""
    if prose.runs_on(above, below):
        return True
    unfinished = re.search(r"[.!?:][”’\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", above) is None
    return open_ and not indented and unfinished and len(above.split()) >= 6 and not below.isupper()


def _rows(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one row joined: a footnote's mark and its first line, cells of a table."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last and same_row(last, line):
            bare_mark = re.fullmatch(r"\d{1,3}", last.text.strip()) is not None and last.size < 0.85 * line.size
            words = last.text.strip()
            joined = (
                f"{words.translate(prose.SUPERSCRIPT)} {line.text.strip()}"
                if bare_mark
                else f"{words} {line.text.strip()}"
            )
            rows[-1] = replace(
                line,
                text=joined,
                left=min(last.left, line.left),
                size=max(last.size, line.size),
                marked=bare_mark or last.marked,
                cells=last.cells or (line.left - last.right > 18 and not bare_mark),
            )
        else:
            rows.append(line)
    return rows


def _is_foot(lines: list[Line], i: int) -> bool:
    """Whether the marked line opens the notes at the foot of its page: all that follows stands below it."""
    return all(line.top <= lines[i].top + 2 for line in lines[i + 1 :]) and (i == 0 or lines[i - 1].top >= lines[i].top)


def _paragraphs(lines: list[Line]) -> list[tuple[str, bool]]:
    """Paragraphs of a page and whether each begins indented."""
    if not lines:
        return []
    left, right = _measure(lines)
    gaps = [above.bottom - line.bottom for above, line in pairwise(lines) if 4 < above.bottom - line.bottom < 60]
    pitch = median(gaps) if gaps else 14.0
    out: list[tuple[str, bool]] = []
    for i, line in enumerate(lines):
        words = line.text.strip()
        indented = line.left > left + 12
        if i == 0 or (joint := _joint(lines, i, left, right, pitch)) == "\n\n":
            out.append((words, indented))
        else:
            # A broken word's halves meet: what PDFium marks as a hyphen at the line's end is mended later.
            glue = "" if out[-1][0].endswith("\ufffe") else joint
            out[-1] = (out[-1][0] + glue + words, out[-1][1])
    return _no_bare_numbers(out)


def _no_bare_numbers(paragraphs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """A number alone (a cell, a count) goes with the words before it."""
    out: list[tuple[str, bool]] = []
    for words, indented in paragraphs:
        flat = re.sub(r"\n(\d{1,2})(?=\n|$)", r" \1", re.sub(r"^(\d{1,2})\n", r"\1 ", words))
        if (out and _SHORT_NUMBER.fullmatch(flat)) or (out and _SHORT_NUMBER.fullmatch(out[-1][0])):
            out[-1] = (f"{out[-1][0]} {flat}", out[-1][1])
        else:
            out.append((flat, indented))
    return out


def _measure(lines: list[Line]) -> tuple[float, float]:
    """Left and right edge of the column that the long lines fill."""
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left > 0.6 * widest]
    lefts = Counter(round(line.left / 4) for line in long)
    return lefts.most_common(1)[0][0] * 4.0, max(line.right for line in long)


def _is_full(lines: list[Line], i: int) -> bool:
    _, right = _measure(lines)
    return lines[i].right > right - 0.12 * right


def _joint(lines: list[Line], i: int, left: float, right: float, pitch: float) -> str:
    """What stands between a line and the one above: a space, a line break, or a new paragraph."""
    above, line = lines[i - 1], lines[i]
    gap = (
        above.bottom
        - line.bottom
        - (line.top - line.bottom - line.size if line.top - line.bottom > 1.5 * line.size else 0)
    )
    if line.marked or line.top > above.top + 2 or above.bottom - line.top > 0.8 * max(pitch, line.size):
        return "\n\n"  # a footnote, another column, a gap
    if abs(line.size - above.size) > 0.18 * above.size:
        return "\n\n"
    if above.cells or line.cells:
        return "\n"
    if _OWN_NUMBER.fullmatch(above.text.strip()) or (_is_heading(above.text) and _is_prose(line.text)):
        return "\n\n"
    if _FIELD.match(line.text):
        return "\n"
    first = line.text.split()[0]
    width = (line.right - line.left) / max(1, len(line.text)) if line.top - line.bottom < 1.5 * line.size else 6.0
    fits = above.right + width * (len(first) + 1) < right - 6
    ended = _ENDED.search(above.text.strip()) is not None
    indents = line.left > above.left + 12
    if indents and (fits or ended or (line.left > left + 12 and above.left <= left + 6)):
        return "\n\n"
    if gap > 1.35 * pitch and fits:
        return "\n\n"
    filled = (above.right - above.left) / (right - left) if right > left else 1.0
    if not fits or (not ended and filled > 0.6 and first[:1].islower()):
        return " "
    return "\n\n" if ended and filled > 0.3 and above.left <= left + 40 else "\n"


# The case number closes its cell of the caption; the paper's title comes next.
_OWN_NUMBER = re.compile(
    r"(?:\w+\s+){0,2}(?:Case|Action|Civil|Civ\.|Cause|Docket)?\s*(?:No\.|Nos\.|Number):?\s*"
    r"\S*\d\S*(?:\s+[A-Z]{2,3})?(?:\s+\([A-Za-z]+\))*",
    re.IGNORECASE,
)


# What a caption says below the title, a line each.
_FIELD = re.compile(
    r"(?:(?:Hearing|Trial|Motion)?\s*(?:Date|Time|Place|Location|Judge|Courtroom|Ctrm|Crtrm|Dept)|Hearing|(?:Complaint|Action)\s+Filed)"
    r"\b\.?:",
    re.IGNORECASE,
)


def _is_heading(text: str) -> bool:
    words = text.split()
    return len(words) >= 3 and text.isupper() and not text.rstrip().endswith(",")


def _is_prose(text: str) -> bool:
    words = text.split()
    return len(words) >= 5 and sum(word.islower() for word in words) > 0.5 * len(words)
