"""PDFs as nobody should make them: what can be read is read, what cannot is refused in one line, nothing is made up."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from reportlab.lib.pagesizes import landscape, letter
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import ReadError
from pipeline.model import Fetched, Kind, Role
from pipeline.refine.pdf import read_pdf

LINES = (
    "Having read the letters of both sides, the Court finds that the terms of",
    "the search are too narrow to find what was asked for. The custodians are",
    "eleven, and none of them objects. The motion to compel is GRANTED.",
)
STAMP = "Case 1:26-cv-00417-RKM   Document 102   Filed 03/09/26   Page {} of {}"


def fetched(body: bytes) -> Fetched:
    return Fetched("file", Kind.FILING, Role.PAGE, None, "paper.pdf", datetime(2026, 3, 10, tzinfo=UTC), 200, (), body)


class Paper:
    """A PDF that is drawn line by line."""

    def __init__(self, size=letter) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=size, invariant=1)

    def write(self, lines, *, left=100.0, top=700.0, pitch=24.0, size=12) -> Paper:
        self.canvas.setFont("Times-Roman", size)
        for i, line in enumerate(lines):
            self.canvas.drawString(left, top - pitch * i, line)
        return self

    def turn(self) -> Paper:
        self.canvas.showPage()
        return self

    def read(self):
        self.canvas.save()
        return read_pdf(fetched(self.out.getvalue()))


def of_objects(*objects: str) -> bytes:
    """A PDF without a table of where its objects stand: readers must find them."""
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1))
    return (body + "trailer\n<< /Root 1 0 R >>\nstartxref\n9999\n%%EOF\n").encode()


def one_page(box="0 0 612 792", extra="", content="BT /F 12 Tf 100 700 Td (So ordered.) Tj ET") -> bytes:
    return of_objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {extra} /Contents 4 0 R"
        " /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )


# ---------------------------------------------------------------------------------------------- broken files


def test_a_file_whose_table_of_objects_is_wrong_is_read():
    assert read_pdf(fetched(one_page())).text == "So ordered."


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(of_objects("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"), id="no page"),
        pytest.param(of_objects("<< /Type /Catalog >>"), id="no tree of pages"),
        pytest.param(of_objects("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), id="a tree that is its own branch"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF", id="noise"),
        pytest.param(b"%PDF-1.7\n%%EOF", id="nothing"),
    ],
)  # fmt: skip
def test_what_holds_no_page_is_refused(body):
    with pytest.raises(ReadError) as refused:
        read_pdf(fetched(body))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(one_page(box="0 0 14400 14400"), id="two hundred inches wide"),
        pytest.param(one_page(box="0 0 9000000 9000000"), id="as wide as a county"),
        pytest.param(one_page(box="0 0 0 0"), id="without an extent"),
        pytest.param(one_page(content="BT /F 12 Tf 100 700 Td (So ordered.) Tj ET " + "q " * 5000), id="never closed"),
        pytest.param(one_page(content="q 1 0 0 1 0 0 cm Q " * 10_000 + "BT /F 12 Tf 100 700 Td (So ordered.) Tj ET"), id="ten thousand operators"),
        pytest.param(one_page(content="".join(f"{i % 600} {i % 790} 1 1 re f " for i in range(10_000)) + "BT /F 12 Tf 100 700 Td (So ordered.) Tj ET"), id="ten thousand dots"),
    ],
)  # fmt: skip
def test_an_odd_page_is_read(body):
    assert read_pdf(fetched(body)).text == "So ordered."


@pytest.mark.parametrize("box", ["0 0 14400 14400", "0 0 9000000 9000000", "0 0 0 0", "-5 -5 1 1"])
def test_an_odd_page_without_words_is_looked_at_in_bounds(box):
    assert read_pdf(fetched(one_page(box=box, content="0 0 9000000 9000000 re f"))).text == ""


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_is_refused(keep):
    paper = Paper()
    for _ in range(3):
        paper.write(LINES).turn()
    paper.canvas.save()
    body = paper.out.getvalue()
    with pytest.raises(ReadError, match="cut off"):
        read_pdf(fetched(body[: int(keep * len(body))]))


# ---------------------------------------------------------------------------------------------- odd sheets


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read(turned):
    paper = Paper()
    paper.canvas.setPageRotation(turned)
    paper.canvas.translate(*{0: (0, 0), 90: (612, 0), 180: (612, 792), 270: (0, 792)}[turned])
    paper.canvas.rotate(turned)
    paper.write([STAMP.format(1, 1)], top=590, left=90).write(LINES, top=500)
    document = paper.read()
    assert document.text == " ".join(LINES)
    assert document.entry_number == 102


def test_a_sheet_set_sideways_is_read():
    paper = Paper()
    paper.canvas.translate(612, 0)
    paper.canvas.rotate(90)
    paper.write(LINES, left=80, top=500)
    assert " ".join(paper.read().text.split()) == " ".join(LINES)


def test_landscape_is_read():
    assert Paper(landscape(letter)).write(LINES, top=500).read().text == " ".join(LINES)


# ---------------------------------------------------------------------------------------------- stamps


def test_a_transferred_case_bears_two_stamps_and_neither_is_left():
    paper = Paper()
    for page in (1, 2):
        paper.write([f"Case: 26-1756, 03/30/2026, ID: 99887766, DktEntry: 12, Page {page} of 2"], top=772, left=90)
        paper.write(
            [f"Case 1:26-cv-00417-RKM   Document 102   Filed 03/09/26   Page {page + 3} of 9"], top=755, left=90
        )
        paper.write(LINES).turn()
    document = paper.read()
    assert document.entry_number == 12  # its own: the page total is that of the file
    assert "DktEntry" not in document.text
    assert "Document 102" not in document.text


def test_stamps_printed_over_each_other_invent_no_number():
    paper = Paper()
    paper.write(["Case 1:26-cv-00417-RKM Document 102 Filed 03/09/26 Page 1 of 1"], top=770, left=90)
    paper.write(["Case 1:26-cv-00417-RKM Document 9-1 Filed 01/02/26 Page 7 of 8"], top=770.4, left=91)
    document = paper.write(LINES).read()
    assert document.entry_number in {102, 9, None}
    assert "Tj" not in document.text


def test_an_exhibit_without_a_stamp_has_none():
    document = Paper().write(["In Roe v. Doe, No. 2:19-cv-00001 (Document 5 at 3), filed 01/02/2019, the"]).write(LINES, top=640).read()  # fmt: skip
    assert (document.entry_number, document.attachment_number) == (None, None)


# ---------------------------------------------------------------------------------------------- across pages


def test_a_word_parted_by_the_end_of_a_page_is_mended():
    first = [*LINES[:2], "eleven, and none of the wit-"]
    paper = Paper().write(first).turn().write(["nesses objects to it. The motion is GRANTED."])
    text = paper.read().text
    assert "none of the witnesses objects" in text
    assert "\n" not in text


def footed(paper: Paper, *notes: str, mark: str | None) -> Paper:
    if mark:
        paper.write([mark], top=105, left=100, size=7)
    return paper.write(notes, top=100, left=105, pitch=11, size=9)


def marked(paper: Paper, mark: str) -> Paper:
    """The body, with a raised mark behind its last word."""
    paper.write(LINES)
    at = 100 + paper.canvas.stringWidth(LINES[-1], "Times-Roman", 12)
    return paper.write([mark], left=at, top=700 - 48 + 5, size=7)


def test_a_footnote_that_goes_on_overleaf_is_one_and_keeps_its_page():
    paper = footed(marked(Paper(), "1"), "Two of the eleven left the company before the complaint was", mark="1").turn()
    paper.write(LINES)
    paper.write(["served, and one has died."], top=150, left=105, size=9)
    footed(paper, "The letters are under seal.", mark="2").turn()
    document = paper.read()
    first, second = document.notes
    words = document.text[first.start : first.end]
    assert words == "¹ Two of the eleven left the company before the complaint was served, and one has died."
    assert (first.mark, first.page, second.mark, second.page) == ("1", 1, "2", 2)
    assert document.text[first.at] == "¹"
    assert document.text[: first.at].endswith("GRANTED.")
    assert "served, and" not in document.text[: first.start]


def test_notes_numbered_anew_on_each_page_are_tied_to_their_own_marks():
    paper = Paper()
    for what in ("first", "second"):
        footed(marked(paper, "1"), f"A note of the {what} page.", mark="1").turn()
    notes = paper.read().notes
    assert [(note.mark, note.page) for note in notes] == [("1", 1), ("1", 2)]
    assert notes[0].at is not None
    assert notes[1].at is not None
    assert notes[0].at < notes[1].at


def test_a_figure_is_no_footnote_mark():
    paper = Paper().write(["Assets"], size=14).write(["$ 140,020,554   2.004   H2O"], top=660, size=9)
    assert not {"⁰", "¹", "²", "⁴", "⁵"} & set(paper.read().text)


def test_a_mark_behind_a_year_is_raised():
    paper = Paper().write(["The custodians were named on June 2, 2021"])
    at = 100 + paper.canvas.stringWidth("The custodians were named on June 2, 2021", "Times-Roman", 12)
    paper.write(["7"], left=at, top=705, size=7)
    assert paper.read().text.endswith("June 2, 2021⁷")


# ---------------------------------------------------------------------------------------------- transcripts


def test_a_transcript_s_numbers_go_also_when_they_are_set_small():
    turns = [
        "     Q.   Did you read the letter before the", "meeting of the board?", "     A.   I did.",
        "     Q.   And who else had read it by then, as", "far as you know?", "     A.   I would not know that.",
        "          THE COURT:  Let us go on.", "     Q.   Thank you, Your Honor.", "     A.   May I have some water?",
        "          THE COURT:  Of course.",
    ]  # fmt: skip
    paper = Paper()
    for i, turn in enumerate(turns):
        paper.canvas.setFont("Courier", 8)
        paper.canvas.drawString(70, 700 - 24 * i, str(i + 1))
        paper.canvas.setFont("Courier", 12)
        paper.canvas.drawString(100 + 7.2 * (len(turn) - len(turn.lstrip())), 700 - 24 * i, turn.lstrip())
    text = paper.read().text
    assert [" ".join(turn.split()) for turn in text.split("\n\n")][:2] == [
        "Q. Did you read the letter before the meeting of the board?",
        "A. I did.",
    ]
    assert text.count("\n\n") == 7
    assert not any(part[:1].isdigit() for part in text.split())


def test_dots_in_place_of_spaces_are_spaces():
    paper = Paper().write(["·1· · · · Q.· ·Do you know the letter?", "·2· · · · A.· ·I do not, not at all."])
    assert "·" not in paper.read().text


def test_signatures_keep_their_lines():
    paper = Paper().write(LINES).write(
        ["Dated: March 9, 2026", "Respectfully submitted,", "/s/ Ada Wren", "Ada Wren", "12 Quarry Lane", "Loom, NY 10000"],
        top=560, left=320, pitch=14,
    )  # fmt: skip
    lines = [line for line in paper.read().text.split("\n") if line]
    assert lines[-4:] == ["/s/ Ada Wren", "Ada Wren", "12 Quarry Lane", "Loom, NY 10000"]
