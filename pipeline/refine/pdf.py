"""PDF → Document. PDFium reads the characters and where they stand; `layout` makes text of them."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from pipeline.errors import ReadError
from pipeline.model import Document, Fetched
from pipeline.refine import filing, layout, prose
from pipeline.refine.columns import Line
from pipeline.refine.layout import Page
from pipeline.refine.stamp import Stamp, own_stamp, strip_stamps

_READER = f"pypdfium2 {version('pypdfium2')}"


def read_pdf(fetched: Fetched) -> Document:
    """A filing. Its state is ``needs_ocr`` when most pages are pictures of text. Raises ReadError (locked, damaged)."""
    place = fetched.url or fetched.requested or fetched.source
    pages: list[Page] = []
    stamps: list[Stamp] = []
    for page, stamped in read_pages(fetched.body, place=place):
        pages.append(page)
        stamps += stamped
    text, starts = layout.running_text(pages)
    with_words = sum(any(re.search(r"[^\W\d_]{2}", line.text) for line in page.lines) for page in pages)
    return filing.describe(
        fetched,
        text,
        reader=_READER,
        stamp=own_stamp(stamps, pages=len(pages)),
        page_starts=starts,
        state="read" if with_words * 2 > len(pages) else "needs_ocr",
    )


def read_pages(body: bytes, *, place: str) -> Iterator[tuple[Page, list[Stamp]]]:
    """Each page's lines without the CM/ECF stamp, and the stamps. One page is held open at a time."""
    if b"%PDF-" not in body[:1024]:
        raise ReadError(place, "is not a PDF", "fetch it again")
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, body, place) from error
    try:
        # PDFium repairs a file cut in the middle by leaving pages out without a word. %%EOF ends a whole one
        # (PDF 32000-1, 7.5.5).
        if b"%%EOF" not in body[-4096:]:
            raise ReadError(place, "is a PDF cut off before its end", "fetch it again")
        if not len(document):
            raise ReadError(place, "is a PDF without pages", "fetch it again")
        for index in range(len(document)):
            page = document[index]
            try:
                yield _read_page(page)
            finally:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, body, place) from error
    finally:
        document.close()


def _refusal(error: Exception, body: bytes, place: str) -> ReadError:
    if "password" in str(error).lower() or b"/Encrypt" in body[-4096:]:
        return ReadError(place, "is a PDF locked with a password", "unlock it and hand it in again")
    if b"%%EOF" not in body[-4096:]:
        return ReadError(place, "is a PDF cut off before its end", "fetch it again")
    return ReadError(place, "is a damaged PDF", "fetch it again")


def _read_page(page: pypdfium2.PdfPage) -> tuple[Page, list[Stamp]]:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        index = _CharIndex(textpage, text)
        plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text).replace("\r\n", "\n\n")
        without, stamps = strip_stamps(plain)
        lines = _lines(index, without)
        if sum(not line.upright for line in lines) * 2 > len(lines):  # a sheet set sideways, not a margin
            lines = [replace(line, upright=True) for line in lines]
        return Page(tuple(lines), page.get_height()), stamps
    finally:
        textpage.close()


class _CharIndex:
    """Where the character at an offset of a page's text stands."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, text: str) -> None:
        self._page = textpage.raw
        self._rect = raw.FS_RECTF()
        self._same = textpage.count_chars() == len(text)

    def at(self, offset: int) -> int:
        return offset if self._same else int(raw.FPDFText_GetCharIndexFromTextIndex(self._page, offset))

    def box(self, offset: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in points, spanning the font's whole height."""
        if not raw.FPDFText_GetLooseCharBox(self._page, self.at(offset), ctypes.byref(self._rect)):
            return 0.0, 0.0, 0.0, 0.0
        return self._rect.left, self._rect.bottom, self._rect.right, self._rect.top

    def angle(self, offset: int) -> float:
        return float(raw.FPDFText_GetCharAngle(self._page, self.at(offset)))


_LEADING = re.compile(r"\s*(\d{1,3})(?=\D)")
_GLUED = re.compile(r"(?<=[A-Za-z.,;:”’\"')\]])(\d{1,3})(?=[\s\n]|$)")
_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"(?:(?<=\s)|^)[:)|§]{1,2}(?=\s|$)", re.MULTILINE)
_GAP = 1.3  # a space so many times as wide as the font is tall parts two columns
_BESIDE = 60.0  # points above and below its rows to which a column is taken to run on


def _lines(index: _CharIndex, text: str) -> list[Line]:
    """The page's lines; what PDFium reads as one line is parted where columns stand side by side."""
    spans = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    whole = [_line(index, text, *span) for span in spans]
    widths = [(line.right - line.left) / len(line.text) for line in whole if len(line.text) > 20]
    usual = min(median(widths), 0.5 * median(line.size for line in whole)) if widths else 5.0
    cuts = _caption_cuts(index, text)
    edges: dict[int, list[float]] = {}
    for line, (start, end) in zip(whole, spans, strict=True):
        if " " in line.text and line.right - line.left > 1.2 * usual * len(line.text):
            for cut in _wide_gaps(index, text, start, end, line.size):
                cuts.setdefault(cut, cut)
                edges.setdefault(round(index.box(cut)[0]), []).append(line.top)
    columns = {x: (max(tops) + _BESIDE, min(tops) - _BESIDE) for x, tops in edges.items() if len(tops) >= 2}
    out: list[Line] = []
    for line, (start, end) in zip(whole, spans, strict=True):
        own = {cut: cuts[cut] for cut in cuts if start <= cut < end}
        if columns and not own:
            beside = [x for x, (top, bottom) in columns.items() if top > line.top > bottom]
            found = (_word_at(index, text, start, end, line, x) for x in beside)
            own = {cut: cut for cut in found if cut}
        ends = sorted({start, end, *own, *own.values()})
        out += (
            [_line(index, text, *piece) for piece in pairwise(ends) if text[slice(*piece)].strip()] if own else [line]
        )
    return out


def _caption_cuts(index: _CharIndex, text: str) -> dict[int, int]:
    """Where a caption's box is drawn with ``:`` or ``)``, one below the other: each mark's start → its end."""
    marks = [(match, round(index.box(match.start())[0] / 4)) for match in _MARK.finditer(text)]
    at = Counter(x for _, x in marks)
    return {match.start(): match.end() for match, x in marks if at[x - 1] + at[x] + at[x + 1] >= 3}


def _wide_gaps(index: _CharIndex, text: str, start: int, end: int, size: float) -> Iterator[int]:
    """Offsets of words that stand far behind the word before."""
    for space in re.finditer(r"(?<=\S) +(?=\S)", text[start:end]):
        before, word = start + space.start() - 1, start + space.end()
        if index.box(word)[0] - index.box(before)[2] > _GAP * size:
            yield word


def _word_at(index: _CharIndex, text: str, start: int, end: int, line: Line, x: int) -> int | None:
    """Offset of the word of a line that begins at ``x``, where a column of the page's other lines begins."""
    if not line.left + 30 < x < line.right - 10:
        return None
    at = bisect_left(range(start, end), x - 1, key=lambda offset: int(index.box(offset)[0])) + start
    return at if at < end and text[at - 1] == " " and abs(index.box(at)[0] - x) < 1 else None


def _line(index: _CharIndex, text: str, start: int, end: int) -> Line:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip()) - 1
    left, bottom, _, top = index.box(first)
    _, end_bottom, right, _ = index.box(last)
    size = top - bottom
    level = right - left > 2 * size and abs(end_bottom - bottom) < 2
    upright = level or not 0.1 < index.angle(first) < 6.18
    marked = False
    if lead := _LEADING.match(words):
        body = start + lead.end() + len(words[lead.end() :]) - len(words[lead.end() :].lstrip())
        if body <= last:
            box = index.box(body)
            if size < 0.85 * (box[3] - box[1]):
                marked, size = True, box[3] - box[1]
                words = lead[1].translate(prose.SUPERSCRIPT) + " " + words[lead.end() :].lstrip()
    if not marked:
        words = _raise_marks(index, words, start, size)
    return Line(
        words.strip(), left, right, max(top, bottom), min(end_bottom, bottom), size, upright=upright, marked=marked
    )


def _raise_marks(index: _CharIndex, words: str, start: int, size: float) -> str:
    """Footnote marks in running text, set smaller than their line, as superscript digits."""
    if not _DIGIT.search(words):
        return words
    for mark in reversed([*_GLUED.finditer(words)]):
        _, bottom, _, top = index.box(start + mark.start())
        if top - bottom < 0.85 * size:
            words = words[: mark.start()] + mark[1].translate(prose.SUPERSCRIPT) + words[mark.end() :]
    return words
