"""Lines on paper → running text. No PDF engine removes what a court's paper carries besides its words; this does.

Dropped: the numbers down the margin of pleading paper, vertical margin text, page numbers, running headers and footers.
Kept: headings, paragraphs, tables row by row, footnotes (behind the body, each starting with its mark).
Coordinates are PDF points, the origin at the lower left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from statistics import median

from pipeline.model import Note
from pipeline.refine import prose
from pipeline.refine.columns import Line
from pipeline.refine.furniture import Head, Page, running_heads, without_margin
from pipeline.refine.paragraphs import ENDED, in_paragraphs, in_rows, is_full

PAGE_MARK = "\f"  # stands before a page's first word until offsets are counted
NOTE_MARK = "\v"  # before a footnote's
_AT_ONCE = 64  # pages
_TAIL = 400  # characters that tell whether a paragraph goes on; one may run over a thousand pages


@dataclass(slots=True)
class _Text:
    """Paragraphs so far; ``open`` says that the last one may run on."""

    body: list[str] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)  # (page, words)
    open: bool = False


def running_text(pages: Iterable[Page]) -> tuple[str, tuple[int, ...], tuple[Note, ...]]:
    """Text of a paged document, the offset at which each page starts (one for each, never falling), its footnotes.

    Lines are held for some pages at a time; what runs at their head and foot is told by these and by those before.
    """
    text, known, number = _Text(), set[Head](), 0
    left = iter(pages)
    while bare := [without_margin(page) for page in islice(left, _AT_ONCE)]:
        heads = running_heads(bare, known, opens=number == 0)
        for at, page in enumerate(bare):
            number += 1
            lines = (line for i, line in enumerate(page.lines) if (at, i) not in heads)
            _add_page(text, replace(page, lines=tuple(lines)), number)
    joined = "\n\n".join([*text.body, *(NOTE_MARK + words for _, words in text.notes)])
    plain, starts, notes = _count(prose.mend_hyphens(joined), number)
    ends = [*(start - 2 for start in notes[1:]), len(plain)]
    places = zip((page for page, _ in text.notes), notes, ends, strict=False)
    return plain, starts, tuple(_note(plain, starts, *place) for place in places)


def _note(text: str, starts: Sequence[int], page: int, start: int, end: int) -> Note:
    """The footnote that stands there, tied to its mark on its page."""
    begins = re.match(f"{_RAISED}+", text[start:end])
    if begins is None:
        return Note("", page, start, end)
    mark = re.compile(f"(?<!{_RAISED}){begins[0]}(?!{_RAISED})")
    at = mark.search(text, starts[page - 1], min([start, *starts[page : page + 1]]))
    return Note(unicodedata.normalize("NFKC", begins[0]), page, start, end, at.start() if at else None)


_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"


def _plain(text: str) -> str:
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
    text = re.sub(r"[ \t\u00a0]{2,}|[\t\u00a0]", " ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n")


_LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\uf0b7": "•", "\uf0a7": "•", "\u2028": " "}
)
_LIGATURE = re.compile("[ﬁﬂﬀﬃﬄ\uf0b7\uf0a7\u2028]")


def _count(marked: str, pages: int) -> tuple[str, tuple[int, ...], list[int]]:
    """The text without its marks, trimmed; where its pages start; where its footnotes do."""
    at: dict[str, list[int]] = {PAGE_MARK: [], NOTE_MARK: []}
    pieces, length = [], 0
    for piece in re.split(f"([{PAGE_MARK}{NOTE_MARK}])", marked):
        if piece in at:
            at[piece].append(length)
        else:
            pieces.append(piece)
            length += len(piece)
    text = "".join(pieces)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    starts, notes = ([min(max(0, start - lead), len(text)) for start in found] for found in at.values())
    # A page without words starts where the next one does.
    return text, tuple(starts + [len(text)] * (pages - len(starts)))[:pages], notes


def _add_page(text: _Text, page: Page, number: int) -> None:
    lines = in_rows(page.lines)
    cut = _foot(lines, goes_on=_note_goes_on(text, number))
    body, foot = lines[:cut], lines[cut:]
    found = [(_plain(words), indented) for words, indented in in_paragraphs(body)]
    if found:
        found[0] = (PAGE_MARK + found[0][0], found[0][1])
    else:
        text.body.append(PAGE_MARK)
    for i, (paragraph, indented) in enumerate(found):
        above = text.body[-1][-_TAIL:].strip(PAGE_MARK) if text.body else ""
        below = paragraph.removeprefix(PAGE_MARK)
        if i == 0 and above and _continues(above, below, indented=indented, open_=text.open):
            text.body[-1] = _joined(text.body[-1], paragraph)
        elif text.body and not above:
            text.body[-1] += paragraph
        else:
            text.body.append(paragraph)
    if body:
        text.open = is_full(body, len(body) - 1)
    for paragraph in (_plain(words) for words, _ in in_paragraphs(foot)):
        if re.match(_RAISED, paragraph) or not text.notes:
            text.notes.append((number, paragraph))
        else:
            begun_on, begun = text.notes[-1]
            text.notes[-1] = (begun_on, _joined(begun, paragraph))


def _joined(above: str, below: str) -> str:
    """Two parts of a paragraph. A word parted between them is marked as PDFium marks it within a page."""
    if re.search(r"[^\W\d_]-$", above[-2:]) and below.removeprefix(PAGE_MARK)[:1].islower():
        above = f"{above[:-1]}\ufffe"
    return above + ("" if above.endswith("\ufffe") else " ") + below


def _note_goes_on(text: _Text, number: int) -> bool:
    """Whether the page before ended in the middle of a footnote."""
    if not text.notes:
        return False
    page, words = text.notes[-1]
    return page == number - 1 and ENDED.search(words[-_TAIL:]) is None


def _continues(above: str, below: str, *, indented: bool, open_: bool) -> bool:
    """Whether a page's first paragraph goes on with the last one of the page before."""
    if prose.runs_on(above, below):
        return True
    unfinished = re.search(r"[.!?:][”’\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", above) is None
    return open_ and not indented and unfinished and len(above.split()) >= 6 and not below.isupper()


def _foot(lines: list[Line], *, goes_on: bool) -> int:
    """Where the notes at the foot of the page begin: at the first that is marked, or at the rest of the last page's."""
    first = next((i for i, line in enumerate(lines) if line.marked and _is_foot(lines, i)), len(lines))
    if not goes_on:
        return first
    usual = median(line.size for line in lines)
    while first > 1 and lines[first - 1].size < 0.93 * usual and _is_foot(lines, first - 1):
        first -= 1
    return first


def _is_foot(lines: list[Line], i: int) -> bool:
    """Whether the marked line opens the notes at the foot of its page: all that follows stands below it."""
    return all(line.top <= lines[i].top + 2 for line in lines[i + 1 :]) and (i == 0 or lines[i - 1].top >= lines[i].top)
