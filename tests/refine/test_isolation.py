"""A PDF is read in a process of its own: what it does there harms nobody."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import ReadError
from pipeline.model import Fetched, Kind, Role
from pipeline.refine import isolation
from pipeline.refine.pdf import read_pdf


@pytest.fixture(scope="module")
def filing() -> Fetched:
    paper = BytesIO()
    canvas = Canvas(paper)
    canvas.drawString(72, 700, "UNITED STATES DISTRICT COURT")
    canvas.drawString(72, 680, "The motion to compel is GRANTED.")
    canvas.save()
    headers = (("Content-Type", "application/pdf"),)
    return Fetched(
        "x",
        Kind.FILING,
        Role.PAGE,
        "https://court.example/1.pdf",
        None,
        datetime(2026, 3, 3, tzinfo=UTC),
        200,
        headers,
        paper.getvalue(),
    )


def test_it_reads_what_is_read_here(filing):
    assert isolation.read_pdf_apart(filing) == read_pdf(filing)


def test_what_cannot_be_read_says_so_in_the_same_words(filing):
    broken = replace(filing, body=filing.body[:200])
    with pytest.raises(ReadError) as here:
        read_pdf(broken)
    with pytest.raises(ReadError) as apart:
        isolation.read_pdf_apart(broken)
    assert str(apart.value) == str(here.value)
    assert apart.value.place == "https://court.example/1.pdf"


def test_one_that_never_ends_is_ended_and_the_next_is_read(filing):
    isolation.read_pdf_apart(filing)  # the process is up
    os.kill(isolation._worker(isolation.MEMORY)._process.pid, signal.SIGSTOP)
    with pytest.raises(ReadError, match="took longer than 0 seconds"):
        isolation.read_pdf_apart(filing, seconds=0.1)
    assert isolation.read_pdf_apart(filing).words > 5


def test_a_crash_is_one_file_s_trouble(filing):
    isolation._worker(isolation.MEMORY)._process.kill()
    with pytest.raises(ReadError, match="crashed the PDF reader"):
        isolation.read_pdf_apart(filing)
    assert isolation.read_pdf_apart(filing).words > 5


def test_memory_is_limited(filing):
    large = replace(filing, body=filing.body + b"%" * (40 << 20))
    with pytest.raises(ReadError, match="crashed the PDF reader"):
        isolation.read_pdf_apart(large, memory=32 << 20)
    assert isolation.read_pdf_apart(filing).words > 5
