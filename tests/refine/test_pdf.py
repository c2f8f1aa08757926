"""PDF filings: court furniture goes, every word of the paper stays. The papers are drawn here, about invented parties."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import ReadError
from pipeline.model import Fetched, Kind, Role, Stamp
from pipeline.refine import layout, read
from pipeline.refine.columns import Line
from pipeline.refine.furniture import Page
from pipeline.refine.pdf import read_pdf
from pipeline.refine.stamp import own_stamp, strip_stamps

BODY = (
    ("Having read the letters of both sides, the Court finds that the search terms", 0),
    ("are too narrow to find what was asked for. The custodians are eleven, and none", 0),
    ("of them objects.", 0),
    ("The motion to compel (ECF No. 88) is GRANTED. Tessellate shall produce the", 36),
    ("training logs no later than April 6, 2026.", 0),
)


def draw(pages, *, stamp=True, pleading=False, footer=None, password=None, footnote=None) -> bytes:
    """Pages of (text, indent) lines, double spaced, with what courts print around them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, encrypt=StandardEncryption(password) if password else None, invariant=1)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("Times-Roman", 12)
        if stamp:
            canvas.drawString(
                90, 770, f"Case 1:26-cv-00417-RKM   Document 102-3   Filed 03/09/26   Page {number} of {len(pages)}"
            )
        if pleading:
            for i in range(28):
                canvas.drawRightString(80, 730 - 24 * i, str(i + 1))
        for i, (text, indent) in enumerate(lines):
            canvas.drawString(100 + indent, 730 - 24 * i, text)
            if footnote and text.endswith("objects."):
                canvas.setFont("Times-Roman", 7)
                canvas.drawString(100 + canvas.stringWidth(text, "Times-Roman", 12), 730 - 24 * i + 5, "1")
                canvas.setFont("Times-Roman", 12)
        if footnote and number == 1:
            canvas.setFont("Times-Roman", 7)
            canvas.drawString(100, 105, "1")
            canvas.setFont("Times-Roman", 12)
            canvas.drawString(105, 100, footnote)
        canvas.drawString(300, 30, str(number))
        if footer:
            canvas.drawString(120, 45, footer)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fetched(body: bytes, name: str = "paper.pdf") -> Fetched:
    at = datetime(2026, 3, 10, tzinfo=UTC)
    return Fetched("file", Kind.NEWS, Role.FILE, None, name, at, 200, (), body)


def test_a_filing_is_its_words_without_the_courts_furniture():
    pages = [BODY, BODY[:1], BODY[:2]]
    document = read(fetched(draw(pages, pleading=True, footer="ORDER ON MOTION TO COMPEL - 26-cv-00417")))
    assert document.kind is Kind.FILING
    assert document.text.startswith(
        "Having read the letters of both sides, the Court finds that the search terms are too narrow"
    )
    assert "Document 102" not in document.text
    assert "ORDER ON MOTION" not in document.text
    assert not any(line.strip().isdigit() for line in document.text.split("\n"))


def test_the_stamp_is_read_as_metadata():
    document = read(fetched(draw([BODY])))
    assert (document.entry_number, document.attachment_number) == (102, 3)
    assert document.published is not None
    assert document.published.day == date(2026, 3, 9)
    assert document.stamp == Stamp("1:26-cv-00417-RKM", 102, 3, date(2026, 3, 9), page=1, pages=1, confidence=0.99)
    assert [number.startswith("1:26-cv-00417") for number in document.docket_numbers] == [True]


def test_paragraphs_are_kept_apart_and_page_breaks_inside_them_are_not():
    document = read(fetched(draw([BODY[:2], BODY[2:]])))
    first, second = document.text.split("\n\n")
    assert first == (
        "Having read the letters of both sides, the Court finds that the search terms are too narrow to find what was asked "
        "for. The custodians are eleven, and none of them objects."
    )
    assert second == (
        "The motion to compel (ECF No. 88) is GRANTED. Tessellate shall produce the training logs no later than April 6, 2026."
    )
    assert document.page_starts == (0, document.text.index("of them objects"))


def test_a_footnote_stands_behind_the_body_and_its_mark_is_raised():
    document = read(fetched(draw([BODY, BODY[3:]], footnote="Two of the eleven have left the company.")))
    assert "objects.¹" in document.text
    assert document.text.split("\n\n")[-1] == "¹ Two of the eleven have left the company."


def test_each_page_starts_somewhere():
    document = read(fetched(draw([BODY, [], BODY])))
    assert len(document.page_starts) == 3
    assert list(document.page_starts) == sorted(document.page_starts)


def test_pages_without_words_wait_for_ocr():
    document = read(fetched(draw([[], []])))
    assert (document.state, document.text) == ("needs_ocr", "")
    assert document.entry_number == 102


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(draw([BODY], password="secret"), "password", id="locked"),
        pytest.param(draw([BODY, BODY])[:-400], "cut off", id="cut before its end"),
        pytest.param(draw([BODY])[:300], "PDF", id="cut near its start"),
        pytest.param(b"%PDF-1.7\nnothing else\n%%EOF", "damaged", id="damaged"),
        pytest.param(b"<html>Not found</html>", None, id="a web page under a PDF's name"),
        pytest.param(b"Just text, though its name says PDF.", "not a PDF", id="no PDF at all"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_line(body, says):
    if says is None:
        assert read(fetched(body)).provenance.reader.startswith("trafilatura")
        return
    with pytest.raises(ReadError, match=says) as refused:
        read(fetched(body, "filings/88.pdf"))
    assert refused.value.place == "filings/88.pdf"
    assert "\n" not in str(refused.value)


# ---------------------------------------------------------------------------------------------- stamps


@pytest.mark.parametrize(
    ("line", "number", "entry", "attachment", "filed"),
    [
        ("Case 1:26-cv-00417-RKM Document 102 Filed 03/09/26 Page 1 of 3", "1:26-cv-00417-RKM", 102, 0, "2026-03-09"),
        ("Case 1:26-cv-00417-RKM   Document 102-13   Filed 03/09/26   Page 12 of 113 Page ID #:11634", "1:26-cv-00417-RKM", 102, 13, "2026-03-09"),
        ("Case: 1:26-cv-00417-RKM Doc #: 102 Filed: 03/09/26 Page: 1 of 3  PAGEID #: 88", "1:26-cv-00417-RKM", 102, 0, "2026-03-09"),
        ("Case 1:26-cv-00417-UNA Document 1 Filed 03/09/26 Page 1 of 9 PageID #: 1", "1:26-cv-00417-UNA", 1, 0, "2026-03-09"),
        ("Case 9:26-cv-80417-RKM Document 102 Entered on FLSD Docket 03/09/2026 Page 1 of 5", "9:26-cv-80417-RKM", 102, 0, "2026-03-09"),
        ("Case: 26-16276, 03/09/2026, ID: 11778722, DktEntry: 19, Page 1 of 15", "26-16276", 19, 0, "2026-03-09"),
        ("Case 26-3510, Document 1-1, 03/09/2026, 2161300, Page1 of 2", "26-3510", 1, 1, "2026-03-09"),
        ("Case: 26-50498 Document: 00516242060 Page: 1 Date Filed: 03/09/2026", "26-50498", None, None, "2026-03-09"),
        ("Appellate Case: 26-800 Document: 010110462922 Date Filed: 03/09/2026 Page: 1", "26-800", None, None, "2026-03-09"),
        ("USCA4 Appeal: 26-1234 Doc: 5 Filed: 03/09/2026 Pg: 1 of 3", "26-1234", 5, 0, "2026-03-09"),
        ("Case MDL No. 3199 Document 85 Filed 03/09/26 Page 1 of 4", "MDL No. 3199", 85, 0, "2026-03-09"),
    ],
)  # fmt: skip
def test_stamps_of_many_courts(line, number, entry, attachment, filed):
    page = f"The last line of the page.\n{line}\nThe first of the next."
    left, stamps = strip_stamps(page)
    assert len(left) == len(page)
    assert left.split() == ["The", "last", "line", "of", "the", "page.", "The", "first", "of", "the", "next."]
    [found] = stamps
    assert (found.docket_number, found.entry, found.attachment) == (number, entry, attachment)
    assert found.filed == date.fromisoformat(filed)


@pytest.mark.parametrize(
    "line",
    ["See Roe v. Doe, Case No. 1:20-cv-00123, Document 45 at 3.", "in Case 1:20-cv-00123-AB the motion was denied",
     "(ECF No. 12, filed 03/09/26, page 4)"],
)  # fmt: skip
def test_a_citation_is_no_stamp(line):
    assert strip_stamps(line) == (line, [])


def test_an_exhibit_that_was_filed_before_carries_two_stamps_and_the_new_one_counts():
    old = Stamp("2:19-cv-00001", 5, 0, date(2019, 1, 2), pages=40)
    new = Stamp("1:26-cv-00417", 102, 3, date(2026, 3, 9), pages=2)
    own = own_stamp([old, replace(new, page=1), old, replace(new, page=2)], pages=2)
    assert own == replace(new, page=1, confidence=0.99)
    assert own_stamp([], pages=2) is None


@pytest.mark.parametrize(
    ("stated", "of", "others", "confidence"),
    [
        pytest.param(3, 3, 0, 0.99, id="it counts the file's pages"),
        pytest.param(None, 3, 0, 0.95, id="it counts none, and stands on every page"),
        pytest.param(9, 3, 0, 0.95, id="pages of the filing were left out"),
        pytest.param(None, 9, 0, 0.8, id="most pages bear none"),
        pytest.param(None, 3, 1, 0.8, id="another stands beside it"),
    ],
)
def test_a_stamp_is_as_sure_as_what_speaks_for_it(stated, of, others, confidence):
    own = Stamp("1:26-cv-00417", 102, 0, date(2026, 3, 9), pages=stated)
    other = Stamp("2:19-cv-00001", 5, 0, date(2019, 1, 2), pages=40)
    found = own_stamp([*(replace(own, page=n) for n in (1, 2, 3)), *[other] * others], pages=of)
    assert found == replace(own, page=1, confidence=confidence)


# ---------------------------------------------------------------------------------------------- layout alone


def line(text, top, *, left=100.0, right=None, size=12.0, **more) -> Line:
    return Line(text, left, right or left + 6.0 * len(text), top, top - size, size, **more)


def test_margin_text_set_sideways_is_dropped():
    page = Page(
        (line("United States District Court", 400, left=20, upright=False), line("The motion is granted.", 700)), 792
    )
    assert layout.running_text([page])[0] == "The motion is granted."


def test_a_number_of_the_body_is_not_taken_for_a_margin_number():
    page = Page((line("Counts decided", 500), line("7", 480, left=300), line("Counts left", 460)), 792)
    assert layout.running_text([page])[0].split() == ["Counts", "decided", "7", "Counts", "left"]


def test_a_header_on_every_page_stays_on_the_first_alone():
    pages = [
        Page((line("QUILL v. TESSELLATE", 770), line(f"Page {i} has words of its own.", 500)), 792) for i in "ABCD"
    ]
    text, *_ = layout.running_text(pages)
    assert text.count("QUILL v. TESSELLATE") == 1
    assert all(f"Page {i} has words of its own." in text for i in "ABCD")


def test_a_sentence_that_runs_over_a_thousand_pages_takes_room_for_its_words_alone():
    words = "and the next custodian of the eleven, who was asked for the logs of the year before it"
    pages = [Page(tuple(line(words, 450 - 14 * i) for i in range(3)), 792) for _ in range(1000)]
    tracemalloc.start()
    try:
        text, *_ = layout.running_text(pages)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "\n" not in text
    assert peak < 8 * len(text)


def test_a_text_set_wide_beside_a_close_list_is_not_parted_line_by_line():
    wide = ["The order that governs the year says of every log that is served that the names", "shall stand in it."]
    wide = [wide[0], wide[0].replace("The", "the"), wide[1]]
    close = [f"{mark}. An item of the list that the rule names." for mark in "abcdefgh"]
    lines = [line(words, 700 - 26 * i, right=500 if i < 2 else 200) for i, words in enumerate(wide)]
    lines += [line(words, 620 - 13 * i, right=330) for i, words in enumerate(close)]
    text = layout.running_text([Page(tuple(lines), 792)])[0]
    assert text.startswith(" ".join(wide))
    assert "\na. An item" in text


def test_rows_of_a_table_keep_their_lines():
    rows = [("Opening brief", "April 3, 2026"), ("Opposition", "May 1, 2026"), ("Reply", "May 15, 2026")]
    cells = [cell for i, (a, b) in enumerate(rows) for cell in (line(a, 600 - 14 * i), line(b, 600 - 14 * i, left=400))]
    assert layout.running_text([Page(tuple(cells), 792)])[0].split("\n") == [f"{a} | {b}" for a, b in rows]


@pytest.fixture(scope="module")
def filings(shared):
    folder = shared / "material" / "court_pdfs"
    paths = sorted(p for p in folder.glob("gov.uscourts.*.pdf") if p.stat().st_size < 250_000)[:25]
    return {
        path.name: read_pdf(fetched(path.read_bytes(), path.name)) for path in paths
    }  # in this process, without OCR


class TestMaterial:
    """Real filings beside the checkout: what is left of the furniture, and that numbers are never wrong."""

    def test_no_furniture_is_left(self, filings):
        lines = [line for document in filings.values() for line in document.text.split("\n")]
        assert not [line for line in lines if line.strip().isdigit() and len(line.strip()) < 3]
        assert not [line for line in lines if "\ufffe" in line or "\f" in line]

    def test_the_stamp_agrees_with_the_file_name(self, filings):
        stamped = {name: document for name, document in filings.items() if document.entry_number is not None}
        assert len(stamped) > 20
        for name, document in stamped.items():
            stated = name.removesuffix(".pdf").split("_")[0].split(".")[4:6]
            assert [str(document.entry_number), str(document.attachment_number)] == stated
