"""Pages that are pictures of text, read by Tesseract where it is installed (the extra ``ocr``).

What it reads becomes `Line`s in the page's own points, so that everything said of a page of text holds for a scan too:
margin numbers go, captions are read by column, footnotes are found.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from shutil import which
from statistics import fmean, median
from time import monotonic
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pipeline.refine.columns import Line
from pipeline.refine.stamp import strip_stamps

_DPI = 300.0  # what Tesseract is made for: https://tesseract-ocr.github.io/tessdoc/ImproveQuality.html
_PIXELS = 20e6  # a drawing's page is rendered smaller
_PAGE_SECONDS = 20.0
_SURE = 50.0  # per cent: a line that is read less surely is dust, a signature, numbers down the margin
_INK = 40  # dark dots at 36 dpi, one short word: fewer are dust
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW = 15  # words: a Bates number, an exhibit's header; a page has more


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a picture, and how surely: the mean over its words, 0–1; 0 where there are none."""

    lines: tuple[Line, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Ocr:
    """A reader of pictures. ``see`` gives None for a page that takes too long, and once its time is up."""

    name: str
    see: Callable[[pypdfium2.PdfPage], Seen | None]


# ---------------------------------------------------------------------------------------------- what to read


def is_garbled(text: str) -> bool:
    """Whether a text layer does not say which letters it draws: 2 % or more are characters that nobody writes."""
    return len(_NOBODY_WRITES.findall(text)) >= max(10, 0.02 * len(text))


_NOBODY_WRITES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")  # controls and private use


def is_picture(page: pypdfium2.PdfPage, lines: Sequence[Line]) -> bool:
    """Whether what a page says is not in ``lines``, its text without the stamp, because it is a picture.

    If so the text is taken off the page: OCR shall not tell it twice, nor read the stamp.
    """
    words = 0
    for line in lines:
        words += len(_WORD.findall(line.text))
        if words > _FEW:
            return False
    covered = _is_covered(page)
    if words and not covered:
        return False
    for written in list(page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        page.remove_obj(written)
    return covered or sum(_render(page, dpi=36.0).histogram()[:160]) > _INK  # to unpack a scan takes its time


def _is_covered(page: pypdfium2.PdfPage) -> bool:
    """Whether images cover half of the page or more."""
    width, height = _size(page)
    covered = math.fsum(abs((right - left) * (top - bottom)) for left, bottom, right, top in _images(page))
    return covered >= 0.5 * width * height


def _images(page: pypdfium2.PdfPage, form: Any = None, depth: int = 3) -> Iterator[tuple[float, float, float, float]]:
    """Bounds of the images of a page and of the forms on it. A drawing has paths by the thousand: none is wrapped."""
    within = form or page.raw
    count, at = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if form
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for i in range(count(within)):
        found = at(within, i)
        kind = raw.FPDFPageObj_GetType(found)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield pypdfium2.PdfObject(found, page=page).get_bounds()
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _images(page, found, depth - 1)


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return float(width), float(height)


def _render(page: pypdfium2.PdfPage, *, dpi: float) -> Any:
    """The page as a grey Pillow image, 255 white; smaller than ``dpi`` asks for where it would not fit in memory."""
    return page.render(scale=_scale(page, dpi), grayscale=True).to_pil()


def _scale(page: pypdfium2.PdfPage, dpi: float) -> float:
    width, height = _size(page)
    return min(dpi / 72, math.sqrt(_PIXELS / max(1.0, width * height)))


# ---------------------------------------------------------------------------------------------- reading


def tesseract(*, seconds: float, told: Callable[[], None] = lambda: None) -> Ocr | None:
    """A reader that stops ``seconds`` from now and calls ``told`` after each page; None where none is installed."""
    try:
        import pytesseract  # noqa: PLC0415 - optional
    except ImportError:
        return None
    if which(pytesseract.pytesseract.tesseract_cmd) is None:
        return None
    until = monotonic() + seconds

    def see(page: pypdfium2.PdfPage) -> Seen | None:
        left = min(_PAGE_SECONDS, until - monotonic())
        if left <= 0:
            return None
        scale = _scale(page, _DPI)
        try:
            read = pytesseract.image_to_data(
                _render(page, dpi=_DPI),
                config=f"--dpi {round(72 * scale)}",
                timeout=left,
                output_type=pytesseract.Output.DICT,
            )
        except RuntimeError:  # what pytesseract raises when the time is up, and when Tesseract fails
            return None
        finally:
            told()
        return _seen(read, scale=scale, height=_size(page)[1])

    return Ocr(f"tesseract {pytesseract.get_tesseract_version()}", see)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float  # per cent
    left: float
    right: float
    bottom: float
    height: float
    line: tuple[int, int, int]


def _seen(read: dict[str, list[Any]], *, scale: float, height: float) -> Seen:
    """Tesseract's words, in pixels from the top, → lines in points from the bottom."""
    words = [_word(read, i, scale, height) for i, text in enumerate(read["text"]) if text.strip()]
    every = (list(row) for _, row in groupby(words, key=lambda word: word.line))
    rows = [row for row in every if fmean(word.confidence for word in row) >= _SURE]
    if not rows:
        return Seen((), 0.0)
    kept = [word for row in rows for word in row]
    usual = median(word.height for word in kept)
    lines = [_line(row, usual=usual) for row in rows]
    clean = (replace(line, text=strip_stamps(line.text)[0].strip()) for line in lines)
    return Seen(tuple(line for line in clean if line.text), round(fmean(word.confidence for word in kept) / 100, 3))


def _word(read: dict[str, list[Any]], i: int, scale: float, height: float) -> _Word:
    left, top, wide, tall = (read[side][i] / scale for side in ("left", "top", "width", "height"))
    line = (read["block_num"][i], read["par_num"][i], read["line_num"][i])
    return _Word(read["text"][i], max(0.0, read["conf"][i]), left, left + wide, height - top - tall, tall, line)


def _line(words: list[_Word], *, usual: float) -> Line:
    # A box is as tall as its letters happen to be; the font is taller, and on most lines the page's own.
    own = median(word.height for word in words)
    size = 1.5 * (usual if 0.6 * usual < own < 1.6 * usual else own)
    bottom = median(word.bottom for word in words) - 0.2 * size
    text = " ".join(word.text for word in words)
    left, right = min(word.left for word in words), max(word.right for word in words)
    return Line(text, left, right, bottom + size, bottom, size)
