"""A page's lines → its paragraphs. Coordinates are PDF points, the origin at the lower left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.refine import prose
from pipeline.refine.columns import Line, same_row

# What stands before the paragraph that it numbers, or before a witness's question and answer.
NUMBERING = re.compile(  # "v." stands between the parties
    r"\s*(?:\d{1,2}\s+)?(?:¶+\s*\d{1,4}|\(?(?:\d{1,3}|[A-UW-Za-uw-z]|[ivxlIVXL]{2,5})[.)]|\(v\)|[•▪➢➤o-]|[QA]:)(?=\s|$)"
)
ENDED = re.compile(r"[.!?:;][”’\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")


def in_rows(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one row joined: a footnote's mark and its first line, cells of a table."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last and same_row(last, line):
            bare_mark = re.fullmatch(r"\d{1,3}", last.text.strip()) is not None and last.size < 0.85 * line.size
            words = last.text.strip()
            numbering = NUMBERING.fullmatch(words) is not None
            joined = (
                f"{words.translate(prose.SUPERSCRIPT)} {line.text.strip()}"
                if bare_mark
                else f"{words} {line.text.strip()}"
            )
            rows[-1] = replace(
                line,
                text=joined,
                left=min(last.left, line.left),
                size=line.size if numbering else max(last.size, line.size),
                marked=bare_mark or last.marked,
                cells=last.cells or (line.left - last.right > 18 and not bare_mark and not numbering),
            )
        else:
            rows.append(line)
    return rows


def in_paragraphs(lines: list[Line]) -> list[tuple[str, bool]]:
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


def _no_bare_numbers(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """A number alone (a cell, a count) goes with the words before it."""
    out: list[tuple[str, bool]] = []
    for words, indented in found:
        flat = re.sub(r"\n(\d{1,2})(?=\n|$)", r" \1", re.sub(r"^(\d{1,2})\n", r"\1 ", words))
        if out and any(re.fullmatch(r"\d{1,2}", each) for each in (flat, out[-1][0])):
            out[-1] = (f"{out[-1][0]} {flat}", out[-1][1])
        else:
            out.append((flat, indented))
    return out


def _measure(lines: list[Line]) -> tuple[float, float]:
    """Left and right edge of the column that the long lines fill."""
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left > 0.6 * widest]
    lefts = Counter(round(line.left / 4) for line in long)
    often = min(edge for edge, count in lefts.items() if count >= min(0.25 * len(long), max(lefts.values())))
    return often * 4.0, max(line.right for line in long)


def is_full(lines: list[Line], i: int) -> bool:
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
    apart = above.bottom - line.top > 0.8 * max(pitch, line.size) and not _evenly_apart(lines, i, right)
    if line.marked or line.top > above.top + 2 or apart:
        return "\n\n"  # a footnote, another column, a gap
    if abs(line.size - above.size) > 0.18 * above.size:
        return "\n\n"
    if above.cells or line.cells:
        return "\n"
    if _OWN_NUMBER.fullmatch(above.text.strip()) or (_is_heading(above.text) and _is_prose(line.text)):
        return "\n\n"
    if _SPEAKER.match(line.text):
        return "\n\n"
    if _FIELD.match(line.text) or _ADDRESS_END.search(above.text):
        return "\n"
    first = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) / max(1, len(line.text)) if line.top - line.bottom < 1.5 * line.size else 6.0
    fits = above.right + width * (len(first) + 1) < right - 6
    ended = ENDED.search(above.text.strip()) is not None
    if fits and not ended and sum(word[:1].islower() for word in above.text.split()) >= 4:
        # A quotation has a measure of its own.
        peers = [other.right for other in lines if abs(other.left - line.left) < 3]
        fits = len(peers) < 3 or max(peers) > right - 12 or above.right < max(peers) - 6
    hangs = above.left < left - 12 and NUMBERING.match(above.text)  # its number stands in the margin
    indents = line.left > above.left + 12 and not hangs
    opens = i + 1 < len(lines) and line.left > left + 12 and lines[i + 1].left <= left + 6 < above.left
    if ended and opens and line.left >= above.left - 6:
        return "\n\n"  # one first line, indented, below another
    if indents and (fits or ended or (line.left > left + 12 and above.left <= left + 6)):
        return "\n\n"
    if gap > 1.35 * pitch and fits:
        return "\n\n"
    filled = (above.right - above.left) / (right - left) if right > left else 1.0
    if (fits and _ITEM.match(line.text)) or _stands_apart(above, line, left, right):
        return "\n"
    if not fits or (not ended and filled > 0.6 and first[:1].islower()) or _UNFINISHED.search(above.text):
        return " "
    return "\n\n" if ended and filled > 0.3 and above.left <= left + 40 else "\n"


def _evenly_apart(lines: list[Line], i: int, right: float) -> bool:
    """Whether prose that fills its line goes on below at its own wide spacing, on a page of closer lines besides."""
    above, line = lines[i - 1], lines[i]
    prose_like = sum(word[:1].islower() for word in above.text.split()) >= 2
    if not prose_like or above.right < 0.88 * right or ENDED.search(above.text.strip()):
        return False
    gap = above.bottom - line.bottom
    around = [pair for pair in ((i - 2, i - 1), (i, i + 1)) if pair[0] >= 0 and pair[1] < len(lines)]
    return gap < 40 and any(abs(lines[a].bottom - lines[b].bottom - gap) < 2 for a, b in around)


def _stands_apart(above: Line, line: Line, left: float, right: float) -> bool:
    """Whether two lines stand in the right half of the page, as signatures and addresses do, and are no prose."""
    aside = min(above.left, line.left) > left + 0.35 * (right - left) and abs(line.left - above.left) < 3
    return aside and sum(word[:1].islower() for word in above.text.split()) < 4


# The case number closes its cell of the caption; the paper's title comes next.
_OWN_NUMBER = re.compile(
    r"(?:\w+\s+){0,2}(?:Case|Action|Civil|Civ\.|Cause|Docket)?\s*(?:No\.|Nos\.|Number):?\s*"
    r"\S*\d\S*(?:\s+[A-Z]{2,3})?(?:\s+\([A-Za-z]+\))*",
    re.IGNORECASE,
)


# A transcript's turns: "Q.", "THE COURT:", "MR. WREN:".
_SPEAKER = re.compile(r"(?:[QA][.:]\s|(?:THE|MR|MRS|MS|DR|BY)\.?\s[A-Z.'’ -]{2,30}:)")
_ADDRESS_END = re.compile(r"\S@\S+\.\w+[)>]?\s*$")
_ITEM = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[•▪➢➤])\s")
# Words that end no sentence, no line of an address and no title.
_UNFINISHED = re.compile(r"\b(?:a|an|and|any|as|at|by|for|from|in|its|of|on|or|that|the|their|this|to|with)\s*$")


# What a caption says below the title, a line each.
_FIELD = re.compile(
    r"(?:(?:Hearing|Trial|Motion)?\s*(?:Date|Time|Place|Location|Judge|Courtroom|Ctrm|Crtrm|Dept)|Hearing|(?:Complaint|Action)\s+Filed)"
    r"\b\.?:",
    re.IGNORECASE,
)


def _is_heading(text: str) -> bool:
    return text.isupper() and len(text.split()) >= 3 and not text.rstrip().endswith(",")


def _is_prose(text: str) -> bool:
    words = text.split()
    return len(words) >= 5 and sum(word.islower() for word in words) > 0.5 * len(words)
