"""Scans: each page is judged by its own text layer; what is a picture is read by OCR, or waits for it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from shutil import which

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Fetched, Kind, Role, Scan
from pipeline.refine import isolation
from pipeline.refine.columns import Line
from pipeline.refine.ocr import Ocr, Seen, is_garbled, tesseract
from pipeline.refine.pdf import read_pdf

needs_tesseract = pytest.mark.skipif(which("tesseract") is None, reason="tesseract is not installed")

ORDER = (
    "The motion to compel is GRANTED. Tessellate shall produce",
    "the training logs of its third model to the Wren Guild",
    "no later than April 6, 2026.",
)
EXHIBIT = ("Minutes of the board of the Wren Guild.", "Eleven members were present and none objected.")
STAMP = "Case 1:26-cv-00417-RKM   Document 102-3   Filed 03/09/26   Page {} of {}"


def typed(lines, *, size=12) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    canvas.setFont("Times-Roman", size)
    for i, line in enumerate(lines):
        canvas.drawString(100, 640 - 24 * i, line)
    canvas.save()
    return out.getvalue()


def photographed(lines, **more):
    """The page as a scanner sees it."""
    return pypdfium2.PdfDocument(typed(lines, **more))[0].render(scale=200 / 72, grayscale=True).to_pil()


def bound(*pages, stamp=True, header=None) -> bytes:
    """A PDF of pages: lines are set as text, pictures are laid over the whole page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    for number, page in enumerate(pages, 1):
        if not isinstance(page, (list, tuple)):
            canvas.drawImage(ImageReader(page), 0, 0, *letter)
        canvas.setFont("Times-Roman", 12)
        if isinstance(page, (list, tuple)):
            for i, line in enumerate(page):
                canvas.drawString(100, 640 - 24 * i, line)
        elif header:
            canvas.drawString(260, 40, header)
        if stamp:
            canvas.drawString(90, 770, STAMP.format(number, len(pages)))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fetched(body: bytes) -> Fetched:
    return Fetched("file", Kind.FILING, Role.PAGE, None, "scan.pdf", datetime(2026, 3, 10, tzinfo=UTC), 200, (), body)


def seeing(*texts: str, confidence=0.9) -> Ocr:
    """An OCR that reads one line from each picture; where it is told nothing more, its time is up."""
    left = list(texts)
    line = lambda text: Line(text, 100, 100 + 6 * len(text), 640, 628, 12)  # noqa: E731
    return Ocr("eye 1", lambda page: Seen((line(left.pop(0)),), confidence) if left else None)


def test_without_ocr_a_scan_waits_and_is_known_by_its_stamp():
    document = read_pdf(fetched(bound(photographed(ORDER))))
    assert (document.state, document.text, document.scans) == ("needs_ocr", "", (Scan(1),))
    assert (document.entry_number, document.attachment_number) == (102, 3)


def test_each_page_is_judged_by_itself():
    document = read_pdf(fetched(bound(ORDER, photographed(EXHIBIT), ORDER[::-1])))
    assert document.scans == (Scan(2),)
    assert document.state == "needs_ocr"
    assert document.text.count("training logs") == 2
    assert len(document.page_starts) == 3


def test_what_ocr_reads_stands_on_its_own_page_and_says_how_surely():
    document = read_pdf(fetched(bound(ORDER, photographed(EXHIBIT), ORDER)), ocr=seeing("Minutes of the board."))
    assert document.scans == (Scan(2, 0.9),)
    assert document.state == "read"
    assert document.provenance.reader.endswith(", eye 1")
    second, third = document.page_starts[1:]
    assert document.text[second:third].strip() == "Minutes of the board."


def test_pages_left_when_time_is_up_wait():
    document = read_pdf(fetched(bound(*[photographed(EXHIBIT)] * 3)), ocr=seeing("Minutes of the board."))
    assert document.scans == (Scan(1, 0.9), Scan(2), Scan(3))
    assert (document.state, document.text) == ("needs_ocr", "Minutes of the board.")


def test_a_blank_page_is_no_scan():
    document = read_pdf(fetched(bound(ORDER, ())))
    assert (document.state, document.scans) == ("read", ())


def test_a_text_beside_a_small_picture_is_no_scan():
    seal = photographed(EXHIBIT).resize((80, 100))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    canvas.drawImage(ImageReader(seal), 100, 700, 40, 50)
    canvas.drawString(100, 640, "Exhibit B")
    canvas.save()
    assert read_pdf(fetched(out.getvalue())).scans == ()


def test_a_scan_with_a_bates_number_is_a_scan_and_keeps_it():
    document = read_pdf(fetched(bound(photographed(EXHIBIT), header="WREN-000417")), ocr=seeing("Minutes."))
    assert document.scans == (Scan(1, 0.9),)
    assert document.text.split() == ["Minutes.", "WREN-000417"]


def test_a_reader_that_says_what_everybody_reads_is_asked_only_for_scans():
    ocr = seeing()
    assert read_pdf(fetched(bound(ORDER)), ocr=ocr) == read_pdf(fetched(bound(ORDER)))


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        pytest.param("The motion is granted.\r\nSo ordered.", False, id="words"),
        pytest.param("81,7('\x0367$7(6\x03'\x11" * 9, True, id="glyph numbers for letters"),
        pytest.param("\ufffd\ufffd \ufffd\ufffd\ufffd" * 5, True, id="replacement characters"),
        pytest.param("\uf0b7 one thing and the other\r\n" * 9 + "words " * 99, False, id="a list's bullets"),
        pytest.param("copy\ufffe right " * 9, False, id="hyphens at line ends"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_font_without_letters_is_known(text, garbled):
    assert is_garbled(text) is garbled


@pytest.fixture(scope="module")
def document():
    return isolation.read_pdf_apart(fetched(bound(ORDER, photographed(ORDER, size=13))))


@needs_tesseract
class TestTesseract:
    def test_it_reads_a_scan_as_it_stands(self, document):
        typed, seen = document.text[: document.page_starts[1]], document.text[document.page_starts[1] :]
        assert seen.split() == typed.split()

    def test_the_page_says_that_it_was_read_so(self, document):
        [scan] = document.scans
        assert scan.page == 2
        assert scan.confidence > 0.8
        assert document.state == "read"
        assert "tesseract" in document.provenance.reader

    def test_the_stamp_is_taken_from_the_text_layer_alone(self, document):
        assert (document.entry_number, document.attachment_number) == (102, 3)
        assert "Document 102" not in document.text

    def test_a_stamp_in_the_picture_is_another_filing_s(self):
        seen = [*ORDER, "Case 2:19-cv-00001-AB   Document 5   Filed 01/02/19   Page 1 of 40"]
        document = read_pdf(fetched(bound(photographed(seen), stamp=False)), ocr=tesseract(seconds=30))
        assert "GRANTED" in document.text
        assert "2:19" not in document.text
        assert document.entry_number is None

    def test_what_is_no_text_is_not_made_into_words(self):
        ocr = tesseract(seconds=30)
        photograph = Image.effect_noise((850, 1100), 90)
        document = read_pdf(fetched(bound(photograph)), ocr=ocr)
        assert document.text == ""
        assert [scan.page for scan in document.scans] == [1]

    def test_it_stops_when_its_time_is_up(self):
        document = read_pdf(fetched(bound(photographed(ORDER))), ocr=tesseract(seconds=0))
        assert document.scans == (Scan(1),)

    def test_each_page_is_told(self):
        told = []
        read_pdf(fetched(bound(photographed(EXHIBIT))), ocr=tesseract(seconds=30, told=lambda: told.append(1)))
        assert told == [1]
