"""PDF → Document. PDFium reads the characters and where they stand; `layout` makes text of them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version

import pypdfium2
from pypdfium2 import raw

from pipeline.errors import ReadError
from pipeline.model import Document, Fetched
from pipeline.refine import filing, layout, prose
from pipeline.refine.layout import Line, Page
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
        lines = [line for match in re.finditer(r"[^\n]*\S[^\n]*", without) if (line := _line(index, match))]
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


def _line(index: _CharIndex, match: re.Match[str]) -> Line | None:
    words = match[0]
    first = match.start() + len(words) - len(words.lstrip())
    last = match.start() + len(words.rstrip()) - 1
    left, bottom, _, top = index.box(first)
    _, end_bottom, right, _ = index.box(last)
    size = top - bottom
    upright = not 0.1 < index.angle(first) < 6.18
    marked = False
    if lead := _LEADING.match(words):
        body = match.start() + lead.end() + len(words[lead.end() :]) - len(words[lead.end() :].lstrip())
        if body <= last:
            box = index.box(body)
            if size < 0.85 * (box[3] - box[1]):
                marked, size = True, box[3] - box[1]
                words = lead[1].translate(prose.SUPERSCRIPT) + " " + words[lead.end() :].lstrip()
    if not marked:
        words = _raise_marks(index, match, size)
    return Line(
        words.strip(), left, right, max(top, bottom), min(end_bottom, bottom), size, upright=upright, marked=marked
    )


def _raise_marks(index: _CharIndex, match: re.Match[str], size: float) -> str:
    """Footnote marks in running text, set smaller than their line, as superscript digits."""
    words = match[0]
    for mark in reversed([*_GLUED.finditer(words)]):
        _, bottom, _, top = index.box(match.start() + mark.start())
        if top - bottom < 0.85 * size:
            words = words[: mark.start()] + mark[1].translate(prose.SUPERSCRIPT) + words[mark.end() :]
    return words
