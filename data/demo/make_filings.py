#!/usr/bin/env python3
"""Make the demonstration filings: data/demo/filings/*.txt → data/demo/web/court/doc/*.pdf, the same bytes every time.

A source is a header of ``key: value`` lines (``case``, ``document``, ``filed``, and if wanted ``paper: pleading``,
``leading`` in points, ``footer``), a blank line, then blocks parted by blank lines. A block's first mark says its kind:

    ^  centred lines                      <  lines flush left, single-spaced
    |  rows of a caption, "left | right"  @  lines of a signature, kept on one page
    =  rows of a table, "left | right"    >  a quotation, indented and single-spaced
    [^2]  the text of footnote 2          anything else: a paragraph

Within the text ``**bold**``, ``*italic*`` and ``[^2]``, the mark of a footnote, which then stands at the foot of that
page. Needs reportlab (BSD), which only those who change a filing must have.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 612, 792  # points: US letter
LEFT, RIGHT, TOP, BOTTOM = 90, 540, 708, 84
MIDDLE, GUTTER = 320, 12
BODY, NOTE = 12, 10  # type sizes in points
NOTICE = "Demonstration document: invented for docketwire, not a court record."
FACES = {"": "Times-Roman", "*": "Times-Italic", "**": "Times-Bold"}
MARK = re.compile(r"\[\^(\d+)\]")


@dataclass(frozen=True)
class Piece:
    """Characters in one face; ``note`` is set on a footnote mark."""

    text: str
    face: str
    size: float
    note: int | None = None

    @property
    def width(self) -> float:
        return float(stringWidth(self.text, self.face, self.size))


Word = tuple[Piece, ...]


@dataclass(frozen=True)
class Line:
    """Words side by side, ``down`` points below the top of their strip."""

    words: tuple[Word, ...]
    x: float
    down: float


@dataclass(frozen=True)
class Strip:
    """What must stay on one page."""

    lines: tuple[Line, ...]
    height: float
    with_next: bool = False  # a heading never ends a page

    @property
    def notes(self) -> list[int]:
        pieces = (piece for line in self.lines for word in line.words for piece in word)
        return [piece.note for piece in pieces if piece.note is not None]


@dataclass
class Page:
    strips: list[Strip] = field(default_factory=list)
    notes: list[Strip] = field(default_factory=list)


def words(text: str, size: float) -> list[Word]:
    """Inline marks read; a word may change face in the middle, as ``renewal.[^2]`` does."""
    found: list[list[Piece]] = [[]]
    face = ""
    for token in re.findall(r"\*\*|\*|\[\^\d+\]|\s+|[^\s*\[]+|\[", text):
        if token in {"*", "**"}:
            face = "" if face == token else token
        elif token.isspace():
            found.append([])
        elif mark := MARK.fullmatch(token):
            found[-1].append(Piece(mark[1], FACES[""], size * 0.62, int(mark[1])))
        else:
            found[-1].append(Piece(token, FACES[face], size))
    return [tuple(word) for word in found if word]


def wrap(text: str, *, x: float, width: float, leading: float, size: float = BODY, indent: float = 0) -> list[Line]:
    """Fill lines of at most ``width`` points from the left."""
    lines: list[Line] = []
    row: list[Word] = []
    used, space = indent, stringWidth(" ", FACES[""], size)
    for word in words(text, size):
        wide = sum(piece.width for piece in word)
        if row and used + wide > width:
            lines.append(Line(tuple(row), x + (0 if lines else indent), leading * len(lines)))
            row, used = [], 0
        row.append(word)
        used += wide + space
    return [*lines, Line(tuple(row), x + (0 if lines else indent), leading * len(lines))]


def one_by_one(lines: list[Line], leading: float, *, after: float = 0) -> list[Strip]:
    """A strip a line, so that a paragraph may break across pages."""
    strips = [Strip((Line(line.words, line.x, 0),), leading) for line in lines]
    return [*strips[:-1], Strip(strips[-1].lines, leading + after)]


def centred(rows: list[str], *, heading: bool) -> list[Strip]:
    lines = []
    for number, row in enumerate(rows):
        wide = sum(piece.width for word in words(row, BODY) for piece in word)
        wide += (len(row.split()) - 1) * stringWidth(" ", FACES[""], BODY)
        lines.append(Line(tuple(words(row, BODY)), LEFT + (RIGHT - LEFT - wide) / 2, 14 * number))
    return [Strip(tuple(lines), 14 * len(rows) + 10, with_next=heading)]


def caption(rows: list[str]) -> list[Strip]:
    """Parties left, number and title right, a column of colons between; closed by a typed rule as courts do."""
    lines = [Line(tuple(words("-" * 55 + "x", BODY)), LEFT, 0)]
    for number, row in enumerate(rows, start=1):
        left, _, right = (part.strip() for part in row.partition("|"))
        lines += [
            Line(tuple(words(left, BODY)), LEFT, 14 * number),
            Line(tuple(words(":", BODY)), MIDDLE - 12, 14 * number),
        ]
        lines += [Line(tuple(words(right, BODY)), MIDDLE + 6, 14 * number)] if right else []
    lines.append(Line(tuple(words("-" * 55 + "x", BODY)), LEFT, 14 * (len(rows) + 1)))
    return [Strip(tuple(lines), 14 * (len(rows) + 2) + 14)]


def table(rows: list[str]) -> list[Strip]:
    strips = []
    for row in rows:
        left, _, right = (part.strip() for part in row.partition("|"))
        cells = wrap(left, x=LEFT, width=MIDDLE - LEFT - GUTTER, leading=14)
        beside = wrap(right, x=MIDDLE, width=RIGHT - MIDDLE, leading=14)
        strips.append(Strip((*cells, *beside), 14 * max(len(cells), len(beside)) + 6))
    return [*strips[:-1], Strip(strips[-1].lines, strips[-1].height + 8)]


def strips_of(block: str, leading: float) -> list[Strip]:
    mark, rows = block[0], [row[1:].strip() for row in block.splitlines()]
    if mark == "^":
        return centred(rows, heading=True)
    if mark == "|":
        return caption(rows)
    if mark == "=":
        return table(rows)
    if mark == "<":
        lines = [line for row in rows for line in wrap(row, x=LEFT, width=RIGHT - LEFT, leading=14)]
        return one_by_one(lines, 14, after=10)
    if mark == "@":
        lines = [Line(tuple(words(row, BODY)), MIDDLE, 14 * number) for number, row in enumerate(rows)]
        return [Strip(tuple(lines), 14 * len(rows) + 10)]
    if mark == ">":
        quoted = " ".join(rows)
        return one_by_one(wrap(quoted, x=LEFT + 36, width=RIGHT - LEFT - 72, leading=14), 14, after=10)
    text = " ".join(block.split())
    return one_by_one(wrap(text, x=LEFT, width=RIGHT - LEFT, leading=leading, indent=36), leading)


def footnote(number: int, text: str) -> Strip:
    lines = wrap(f"[^{number}] {text}", x=LEFT, width=RIGHT - LEFT, leading=12, size=NOTE)
    return Strip(tuple(lines), 12 * len(lines) + 3)


def pages_of(strips: list[Strip], notes: dict[int, Strip]) -> list[Page]:
    """Fill pages from the top; a footnote takes its room at the foot of the page that holds its mark."""
    pages, left = [Page()], float(TOP - BOTTOM)
    for number, strip in enumerate(strips):
        own = [notes[note] for note in strip.notes]
        need = strip.height + sum(note.height for note in own) + (12 if own and not pages[-1].notes else 0)
        if strip.with_next and number + 1 < len(strips):
            need += strips[number + 1].height
        if need > left:
            pages.append(Page())
            left = float(TOP - BOTTOM)
        left -= strip.height + sum(note.height for note in own) + (12 if own and not pages[-1].notes else 0)
        pages[-1].strips.append(strip)
        pages[-1].notes += own
    return pages


def spaced(row: tuple[Word, ...]) -> Iterator[Piece]:
    """The pieces of a line in order, blanks between words; a blank is never raised."""
    for place, word in enumerate(row):
        if place:
            before = row[place - 1][0]
            yield Piece(" ", before.face, before.size)
        yield from word


def draw(canvas: Canvas, strips: list[Strip], top: float) -> None:
    for strip in strips:
        for line in strip.lines:
            text = canvas.beginText(line.x, top - line.down - BODY)
            for (face, size, note), run in groupby(
                spaced(line.words), lambda piece: (piece.face, piece.size, piece.note)
            ):
                text.setFont(face, size)
                text.setRise(4 if note is not None else 0)
                text.textOut("".join(piece.text for piece in run))
            canvas.drawText(text)
        top -= strip.height


def make(source: Path, target: Path) -> None:
    """Set one source as a PDF. The same source gives the same bytes: no dates, no compression that zlib may vary."""
    head, _, body = source.read_text(encoding="utf-8").partition("\n\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    leading = float(about.get("leading", "22"))
    pleading = about.get("paper") == "pleading"
    blocks = re.split(r"\n\s*\n", body.strip())
    texts = {int(mark[1]): block[mark.end() :].strip() for block in blocks if (mark := MARK.match(block))}
    notes = {number: footnote(number, " ".join(text.split())) for number, text in texts.items()}
    strips = [strip for block in blocks if not MARK.match(block) for strip in strips_of(block, leading)]
    pages = pages_of(strips, notes)
    cited = [note for strip in strips for note in strip.notes]
    if cited != sorted(notes):
        sys.exit(f"{source}: footnotes {sorted(notes)} but marks {cited}; give every note one mark, in order")
    canvas = Canvas(str(target), pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    canvas.setTitle(f"{about['case']} Document {about['document']} (demonstration)")
    canvas.setAuthor("docketwire demonstration")
    filed = f"{date.fromisoformat(about['filed']):%m/%d/%y}"
    for number, page in enumerate(pages, start=1):
        canvas.setFont("Helvetica", 9)
        stamp = f"Case {about['case']}   Document {about['document']}   Filed {filed}   Page {number} of {len(pages)}"
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 30, stamp)
        if pleading:
            canvas.setFont(FACES[""], BODY)
            for row in range(28):
                canvas.drawRightString(LEFT - 18, TOP - BODY - 22 * row, str(row + 1))
            canvas.line(LEFT - 10, HEIGHT - 48, LEFT - 10, 40)
            canvas.line(LEFT - 7, HEIGHT - 48, LEFT - 7, 40)
        draw(canvas, page.strips, TOP)
        if page.notes:
            room = sum(note.height for note in page.notes)
            canvas.line(LEFT, BOTTOM + room + 2, LEFT + 144, BOTTOM + room + 2)
            draw(canvas, page.notes, BOTTOM + room)
        canvas.setFont(FACES[""], BODY)
        canvas.drawCentredString(WIDTH / 2, 56, str(number))
        canvas.setFont("Helvetica", 7)
        canvas.drawCentredString(WIDTH / 2, 42, f"{about['footer']}  ·  {NOTICE}" if "footer" in about else NOTICE)
        canvas.showPage()
    canvas.save()


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for source in sorted((HERE / "filings").glob("*.txt")):
        make(source, target / f"{source.stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "web/court/doc")
