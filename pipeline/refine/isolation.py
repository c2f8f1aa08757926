"""PDFs from strangers are read in a process of their own, with a limit on its time and its memory.

PDFium is a large C++ program that reads bytes anybody may have written: one file may crash it, never end, or swell. The
process starts with the first PDF, reads one after the other, and is started anew when it had to be ended. It gets a
`Fetched` and gives back the `Document`, both pickled behind their length; it opens no connection, and no file but the
pictures that it hands to Tesseract. A page read by OCR takes seconds: after each it gives a sign of life.
"""

from __future__ import annotations

import atexit
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
from contextlib import suppress
from functools import cache, partial
from typing import IO

from pipeline.errors import DocketwireError, ReadError
from pipeline.model import Document, Fetched

SECONDS = 60.0  # without a sign of life; 967 pages of real filings take 5
OCR_SECONDS = 300.0  # a file: about 100 pages. Those left wait for OCR, as where there is none
MEMORY = 2 << 30  # bytes of address space; a reader at rest has 0.2 GiB
_ALIVE = "a page was read"
_LENGTH = struct.Struct(">Q")


def read_pdf_apart(fetched: Fetched, *, seconds: float = SECONDS, memory: int = MEMORY) -> Document:
    """`pdf.read_pdf` in another process, with OCR where it is installed.

    Raises ReadError for what it raises, and when the limits are passed.
    """
    place = fetched.url or fetched.requested or fetched.source
    worker = _worker(memory)
    answer = worker.ask(fetched, seconds=seconds)
    if answer is None:
        why = f"took longer than {seconds:.0f} seconds to read" if worker.running else "crashed the PDF reader"
        worker.end()
        _worker.cache_clear()
        raise ReadError(place, why, "leave it out, or look at it by hand")
    if isinstance(answer, DocketwireError):
        raise answer
    return answer


class _Worker:
    def __init__(self, memory: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter and this very module
            [sys.executable, "-m", __name__, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it says when it crashes is not for the terminal
        )
        atexit.register(self.end)

    @property
    def running(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)  # one that has crashed needs a moment to be gone
        return self._process.poll() is None

    def ask(self, fetched: Fetched, *, seconds: float) -> Document | DocketwireError | None:
        """The document, why there is none, or nothing: the process is dead or does not come to an end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            _send(self._process.stdin, fetched)
            answer: object = _ALIVE
            while answer == _ALIVE:
                ready, _, _ = select.select([self._process.stdout], [], [], seconds)
                answer = _receive(self._process.stdout) if ready else None
        except BrokenPipeError:
            return None
        return answer if isinstance(answer, (Document, DocketwireError)) else None

    def end(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()


_worker = cache(_Worker)


def _send(pipe: IO[bytes], what: object) -> None:
    body = pickle.dumps(what)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    """The next object; None at the end. What comes down this pipe is our own: a child's that we started."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    body = pipe.read(_LENGTH.unpack(head)[0])
    return pickle.loads(body) if body else None  # noqa: S301


def _serve(memory: int) -> None:
    """The other process: one PDF after the other until nobody asks any more."""
    from pipeline.refine.ocr import tesseract  # noqa: PLC0415
    from pipeline.refine.pdf import read_pdf  # noqa: PLC0415 - PDFium is loaded in this process alone

    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's threads wait for each other more than they work
    with suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while isinstance(fetched := _receive(sys.stdin.buffer), Fetched):
        answer: Document | DocketwireError
        try:
            alive = partial(_send, sys.stdout.buffer, _ALIVE)
            answer = read_pdf(fetched, ocr=tesseract(seconds=OCR_SECONDS, told=alive))
        except DocketwireError as error:
            answer = error
        except MemoryError:
            place = fetched.url or fetched.requested or fetched.source
            answer = ReadError(place, f"needs more than {memory >> 20} MiB to read", "look at it by hand")
        _send(sys.stdout.buffer, answer)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
