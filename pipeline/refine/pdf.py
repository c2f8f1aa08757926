"""PDF → Document. PDFium reads the characters and where they stand; `layout` makes text of them."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from pipeline.errors import ReadError
from pipeline.model import Document, Fetched, Scan, Stamp
from pipeline.refine import filing, layout, prose
from pipeline.refine.columns import Line
from pipeline.refine.furniture import Page
from pipeline.refine.ocr import Ocr, is_garbled, is_picture
from pipeline.refine.paragraphs import NUMBERING
from pipeline.refine.stamp import own_stamp, strip_stamps

_READER = f"pypdfium2 {version('pypdfium2')}"


def read_pdf(fetched: Fetched, *, ocr: Ocr | None = None) -> Document:
    """A filing. Its state is ``needs_ocr`` while one of its pages is a picture that nothing has read.

    Raises ReadError (locked, damaged, cut off).
    """
    place = fetched.url or fetched.requested or fetched.source
    stamps: list[Stamp] = []
    scans: list[Scan] = []

    def pages() -> Iterator[Page]:
        for sheet in read_pages(fetched.body, place=place, ocr=ocr):
            stamps.extend(sheet.stamps)
            scans.extend([sheet.scan] if sheet.scan else [])
            yield sheet.page

    text, starts, notes = layout.running_text(pages())
    return filing.describe(
        fetched,
        text,
        reader=f"{_READER}, {ocr.name}" if ocr and any(scan.confidence is not None for scan in scans) else _READER,
        stamp=own_stamp(stamps, pages=len(starts)),
        page_starts=starts,
        notes=notes,
        scans=tuple(scans),
        state="needs_ocr" if any(s.confidence is None for s in scans) or not (text or scans) else "read",
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it was read: its lines without the CM/ECF stamp, the stamps, and whether it is a picture."""

    page: Page
    stamps: tuple[Stamp, ...]
    scan: Scan | None = None


def read_pages(body: bytes, *, place: str, ocr: Ocr | None = None) -> Iterator[Sheet]:
    """The pages in order; one is held open at a time. Raises ReadError."""
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
                yield _read_page(page, index + 1, ocr)
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


def _read_page(page: pypdfium2.PdfPage, number: int, ocr: Ocr | None) -> Sheet:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        index = _CharIndex(textpage, text, page)
        plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text).replace("\r\n", "\n\n")
        if plain.count("·") > 0.05 * len(plain):  # what some reporters' programs set in place of spaces
            plain = plain.replace("·", " ")
        without, stamps = strip_stamps(plain)
        lines = _lines(index, without)
    finally:
        textpage.close()
    if sum(not line.upright for line in lines) * 2 > len(lines):  # a sheet set sideways, not a margin
        lines = [replace(line, upright=True) for line in lines]
    scan = None
    if (garbled := is_garbled(text)) or is_picture(page, lines):
        seen = ocr.see(page) if ocr else None
        scan = Scan(number, seen.confidence if seen else None)
        if seen:
            lines = [*seen.lines] if garbled else _around(lines, seen.lines, page.get_height() / 2)
    return Sheet(Page(tuple(lines), page.get_height()), tuple(stamps), scan)


def _around(lines: list[Line], picture: tuple[Line, ...], middle: float) -> list[Line]:
    """A picture's lines between those set on its page: an exhibit's header, a Bates number."""
    return [*(li for li in lines if li.top > middle), *picture, *(li for li in lines if li.top <= middle)]


class _CharIndex:
    """Where the character at an offset of a page's text stands, on the page as it is shown."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, text: str, page: pypdfium2.PdfPage) -> None:
        self._page = textpage.raw
        self._rect = raw.FS_RECTF()
        self._into = ctypes.byref(self._rect)
        self._same = textpage.count_chars() == len(text)
        self._turned = page.get_rotation()  # degrees, clockwise
        self._width, self._height = page.get_size()

    def at(self, offset: int) -> int:
        return offset if self._same else int(raw.FPDFText_GetCharIndexFromTextIndex(self._page, offset))

    def box(self, offset: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in points, spanning the font's whole height."""
        rect = self._rect
        if not raw.FPDFText_GetLooseCharBox(self._page, offset if self._same else self.at(offset), self._into):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        match self._turned:
            case 0:
                return left, bottom, right, top
            case 90:
                return bottom, self._height - right, top, self._height - left
            case 180:
                return self._width - right, self._height - top, self._width - left, self._height - bottom
            case _:
                return self._width - top, left, self._width - bottom, right

    def angle(self, offset: int) -> float:
        """Of the character's base line to the page's, in radians from 0 to 2π."""
        angle = float(raw.FPDFText_GetCharAngle(self._page, self.at(offset)))
        return (angle + math.radians(self._turned)) % math.tau if self._turned else angle


_LEADING = re.compile(r"\s*(\d{1,3})(?=\D)")
_NUMBER = re.compile(r"(?<=[A-Za-z.,;:”’\"')\]])\d{1,3}(?=\s|$)|(?<![\w.,])\d{2,7}(?=[\s.,;:)]|$)")
_DIGIT = re.compile(r"\d")
_MARGIN = re.compile(r"\s*\d{1,2}(?=\s)")
_MARK = re.compile(r"(?:(?<=\s)|^)[:)|§]{1,2}(?=\s|$)", re.MULTILINE)
# A space so many times as wide as the font is tall parts two columns; on a typewriter two spaces end a sentence.
_GAP = 1.3
_BESIDE = 60.0  # points above and below its rows to which a column is taken to run on


def _lines(index: _CharIndex, text: str) -> list[Line]:
    """The page's lines; what PDFium reads as one line is parted where columns stand side by side."""
    spans = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    whole = [_line(index, text, *span) for span in spans]
    widths = [(line.right - line.left) / len(line.text) for line in whole if len(line.text) > 20]
    letter = median(widths) if widths else 5.0
    size = median(line.size for line in whole) if whole else 0.0
    usual, letter = min(letter, 0.5 * size), min(letter, 0.6 * size)
    cuts = _caption_cuts(index, text)
    edges: dict[int, list[float]] = {}
    for line, (start, end) in zip(whole, spans, strict=True):
        if " " in line.text and line.right - line.left > 1.2 * usual * len(line.text):
            for cut in _wide_gaps(index, text, start, end, max(_GAP * line.size, 2.8 * letter)):
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


def _wide_gaps(index: _CharIndex, text: str, start: int, end: int, width: float) -> Iterator[int]:
    """Offsets of words that stand so many points behind the word before."""
    numbering = NUMBERING.match(text, start, end) or _MARGIN.match(text, start, end)
    for space in re.finditer(r"(?<=\S) +(?=\S)", text[start:end]):
        if numbering and start + space.start() <= numbering.end():
            continue  # a number stands far before what it numbers, and makes no table of it
        before, word = start + space.start() - 1, start + space.end()
        if index.box(word)[0] - index.box(before)[2] > width:
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
    _, end_bottom, right, end_top = index.box(last)
    size = top - bottom
    level = right - left > 2 * size and abs(end_bottom - bottom) < 2
    upright = level or not 0.1 < index.angle(first) < 6.18
    marked, words_left = False, None
    if lead := _LEADING.match(words):
        body = start + lead.end() + len(words[lead.end() :]) - len(words[lead.end() :].lstrip())
        if body <= last:
            box = index.box(body)
            words_left = box[0]
            if size < 0.85 * (box[3] - box[1]):
                marked, size = True, box[3] - box[1]
                words = lead[1].translate(prose.SUPERSCRIPT) + " " + words[lead.end() :].lstrip()
    if not marked:
        size = max(size, end_top - end_bottom)  # a paragraph's number may be set small
        words = _raise_marks(index, words, start, size)
    top, bottom = max(top, bottom), min(end_bottom, bottom)
    return Line(words.strip(), left, right, top, bottom, size, upright=upright, marked=marked, words_left=words_left)


def _raise_marks(index: _CharIndex, words: str, start: int, size: float) -> str:
    """Footnote marks in running text, set smaller than what they follow and not below it, as superscript digits."""
    if not _DIGIT.search(words):
        return words
    for number in reversed([*_NUMBER.finditer(words)]):
        mark = number.end()
        _, bottom, _, top = index.box(start + mark - 1)
        if top - bottom >= 0.85 * size:
            continue
        while mark > max(1, number.start()) and _is_raised(index, start + mark - 1, start + number.start() - 1):
            mark -= 1
        if mark == number.end() and _is_raised(index, start + mark - 1, start + number.start()):  # after a year
            while _is_raised(index, start + mark - 1, start + number.start()):
                mark -= 1
        words = words[:mark] + words[mark : number.end()].translate(prose.SUPERSCRIPT) + words[number.end() :]
    return words


def _is_raised(index: _CharIndex, at: int, base: int) -> bool:
    _, bottom, _, top = index.box(at)
    _, foot, _, head = index.box(base)
    return top - bottom < 0.85 * (head - foot) and bottom >= foot
