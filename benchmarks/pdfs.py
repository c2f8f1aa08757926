"""What reading PDFs costs: ``python -m benchmarks.pdfs speed ../shared`` and ``… memory [pages ...]``.

``speed``: CPU seconds for all filings of ``material/court_pdfs``, each the least of some rounds, for other work on the
machine only adds: pypdfium2's bare extraction, our text, and the whole reading (what the paper is, decides, sets,
cites). ``memory``: the greatest resident size of a process that reads one made PDF (default 50, 500 and 2,000 pages).
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from pipeline.model import Document, Fetched, Kind, Role
from pipeline.refine import layout
from pipeline.refine.pdf import read_pages, read_pdf

ROUNDS = 3
LINES = 26  # a double-spaced page


def bare(body: bytes) -> None:
    document = pypdfium2.PdfDocument(body)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def text(body: bytes) -> None:
    layout.running_text(sheet.page for sheet in read_pages(body, place="a filing"))


def whole(body: bytes) -> Document:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return read_pdf(Fetched("local", Kind.FILING, Role.PAGE, None, "paper.pdf", at, 200, (), body))


def seconds(step: Callable[[bytes], object], body: bytes) -> float:
    start = time.process_time()
    step(body)
    return time.process_time() - start


def speed(folder: Path) -> None:
    bodies = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    pages = sum(len(whole(body).page_starts) for body in bodies)  # and imports and compiled patterns are paid
    rounds = [[[seconds(step, body) for body in bodies] for step in (bare, text, whole)] for _ in range(ROUNDS)]
    least = [sum(map(min, *of_step)) for of_step in zip(*rounds, strict=True)]
    for name, took in zip(("bare extraction", "text", "whole reading"), least, strict=True):
        print(f"{name:15s} {took:5.2f} s  {pages / took:4.0f} pages a CPU-second  {took / least[0]:.2f} times bare")


def made(pages: int) -> bytes:
    """A paper of prose; its paragraphs run over the ends of pages."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792))
    for page in range(pages):
        for line in range(LINES):
            ends = "." if (page * LINES + line) % 40 == 0 else ""
            canvas.drawString(
                90, 720 - 24 * line, f"page {page} line {line} speaks at some length of the custodians{ends}"
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def memory(counts: list[int]) -> None:
    for pages in counts:
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.pdfs", "peak"], input=made(pages), capture_output=True, check=True
        )
        rest, peak, words = map(int, told.stdout.split())
        print(f"{pages:6d} pages, {words >> 10:6d} KiB of text: {rest >> 10} MiB at rest, {peak >> 10} at most")


def peak() -> None:
    """Print the KiB at rest and at most, and the characters read, of the PDF on standard input."""
    body = sys.stdin.buffer.read()
    rest = high_water()
    read = whole(body)
    print(rest, high_water(), len(read.text))


def high_water() -> int:
    """KiB, of Linux. ``ru_maxrss`` would count what the parent held when it started us."""
    [kib] = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(kib)


def main() -> None:
    match sys.argv[1:]:
        case ["speed", shared]:
            speed(Path(shared) / "material" / "court_pdfs")
        case ["memory", *counts]:
            memory([int(count) for count in counts] or [50, 500, 2000])
        case ["peak"]:
            peak()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
