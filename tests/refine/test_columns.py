"""What stands side by side on paper: captions are read column by column, tables row by row."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Fetched, Kind, Role
from pipeline.refine.columns import Line, in_reading_order
from pipeline.refine.pdf import read_pdf


def drawn(*rows, right=320.0, mark=None) -> str:
    """The text of a page of (left, right) pieces, drawn row by row, as Word never does and other programs do."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    canvas.setFont("Times-Roman", 12)
    for n, (left, beside) in enumerate(rows):
        top = 700 - 16 * n
        if left:
            canvas.drawString(90, top, left)
        if mark and (left or beside) and beside is not None:
            canvas.drawString(300, top, mark)
        if beside:
            canvas.drawString(right, top, beside)
    canvas.save()
    headers = (("Content-Type", "application/pdf"),)
    return read_pdf(
        Fetched("x", Kind.FILING, Role.PAGE, None, "x", datetime(2026, 3, 3, tzinfo=UTC), 200, headers, out.getvalue())
    ).text


@pytest.mark.parametrize("mark", [":", ")", "§", "|"])
def test_a_caption_drawn_with_marks_is_read_down_its_columns(mark):
    text = drawn(
        ("WREN GUILD, INC.,", ""), ("", "No. 26-cv-417 (RKM)"), ("Plaintiff,", ""), ("v.", "ORDER"),
        ("TESSELLATE AI, INC.,", ""), ("Defendant.", ""), mark=mark,
    )  # fmt: skip
    left, right = text.split("No. 26-cv-417")
    assert left.split() == ["WREN", "GUILD,", "INC.,", "Plaintiff,", "v.", "TESSELLATE", "AI,", "INC.,", "Defendant."]
    assert right.split() == ["(RKM)", "ORDER"]


def test_a_caption_parted_by_white_is_read_down_its_columns():
    text = drawn(
        ("WREN GUILD, INC.,", "No. 26-cv-417 (RKM)"), ("Plaintiff,", None), ("v.", "ORDER TO SHOW CAUSE"),
        ("TESSELLATE AI, INC.,", None), ("Defendant.", None),
    )  # fmt: skip
    assert text.index("Defendant.") < text.index("No. 26-cv-417") < text.index("ORDER TO SHOW CAUSE")


def test_a_schedule_is_read_row_by_row_with_its_wrapped_cells():
    text = drawn(
        ("Event", "Date"), ("Opening brief", "Friday, April 3, 2026"), ("Motions to amend pleadings or to", "May 1, 2026"),
        ("join parties", None), ("Reply", "May 15, 2026"),
    )  # fmt: skip
    assert text.split("\n")[1:4] == [
        "Opening brief | Friday, April 3, 2026",
        "Motions to amend pleadings or to join parties | May 1, 2026",
        "Reply | May 15, 2026",
    ]


def test_a_label_that_reaches_the_next_column_is_parted_where_the_other_rows_are():
    text = drawn(
        ("Reply", "May 15, 2026"),
        ("Joint letter, not to exceed six full pages", "May 22, 2026"),
        ("Trial", "June 1, 2026"),
    )
    assert "Joint letter, not to exceed six full pages | May 22, 2026" in text.split("\n")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([90, 92, 300, 320]),
            st.integers(1, 40),
            st.sampled_from(["v.", ":", "Plaintiff,", "May 1", "some words"]),
        ),
        max_size=14,
    )
)
def test_no_line_is_lost_or_told_twice(placed):
    lines = [
        Line(text, left, left + 6 * len(text), 700 - 15.0 * row, 688 - 15.0 * row, 12) for left, row, text in placed
    ]
    words = sorted(" ".join(line.text for line in in_reading_order(lines)).replace(" | ", " ").split())
    kept = [word for line in lines if line.text != ":" for word in line.text.split()]
    assert [word for word in words if word != ":"] == sorted(kept)
