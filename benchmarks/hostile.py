"""A loopback server that misbehaves on purpose: one path a fault. For tests and benchmarks of the crawl."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import brotli
from backports import zstd

Fault = Callable[["Answer"], None]
LINE = b"X-Filler: " + b"a" * 80 + b"\r\n"


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        web: Hostile = self.server  # type: ignore[assignment]
        web.asked.append(self.path)
        fault = web.paths.get(self.path.partition("?")[0], missing)
        with contextlib.suppress(OSError):
            fault(self)

    def say(self, body: bytes, media_type: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        named = {"Content-Type": media_type, "Content-Length": str(len(body))}
        for name, value in (named | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def over(self) -> bool:
        """Whether the server goes down: whoever never ends must look now and then."""
        return self.server.ended.is_set()  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


class Hostile(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.paths: dict[str, Fault] = {}
        self.asked: list[str] = []
        self.ended = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Callers who hang up are what this server is for."""


@contextlib.contextmanager
def hostile() -> Iterator[Hostile]:
    with Hostile() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


# ------------------------------------------------------------------------------------------------ faults


def missing(answer: Answer) -> None:
    answer.say(b"no such page", status=404)


def page(words: str = "an ordinary page") -> Fault:
    return lambda answer: answer.say(f"<html><body><p>{words}</p></body></html>".encode())


def stall(answer: Answer) -> None:
    answer.server.ended.wait(120)  # type: ignore[attr-defined]
    answer.close_connection = True


def stall_in_body(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>half")
    stall(answer)


def drip(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while not answer.over():
        answer.wfile.write(b".")
        answer.wfile.flush()
        time.sleep(0.1)


def reset(answer: Answer) -> None:
    answer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answer.connection.close()
    answer.close_connection = True


def half_a_body(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>half")
    answer.close_connection = True


def no_length(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: many\r\n\r\n<p>x")
    answer.close_connection = True


def half_a_chunk(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n<p>")
    answer.close_connection = True


def endless(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not answer.over():
        answer.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")


def endless_head(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not answer.over():
        answer.wfile.write(LINE * 500)


def endless_line(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nX-Filler: ")
    while not answer.over():
        answer.wfile.write(b"a" * 50_000)


def not_http(answer: Answer) -> None:
    answer.wfile.write(b"220 mail.example ESMTP\r\n")
    answer.close_connection = True


def busy(status: int, retry_after: str) -> Fault:
    return lambda answer: answer.say(b"later", status=status, Retry_After=retry_after)


def redirect_loop(answer: Answer) -> None:
    path, _, count = answer.path.partition("?")
    answer.say(b"", status=302, Location=f"{path}?{int(count or 0) + 1}")


def bomb(encoding: str, size: int) -> Fault:
    """``size`` zeros, packed without ever being held."""
    packed = _packed(encoding, size)
    return lambda answer: answer.say(packed, Content_Encoding=encoding)


def _packed(encoding: str, size: int) -> bytes:
    if encoding == "br":
        packer = brotli.Compressor(quality=1)
        parts = [packer.process(bytes(2**20)) for _ in range(size >> 20)]
        return b"".join([*parts, packer.finish()])
    made = zlib.compressobj(9, zlib.DEFLATED, 31) if encoding == "gzip" else zstd.ZstdCompressor()
    return b"".join([made.compress(bytes(2**20)) for _ in range(size >> 20)] + [made.flush()])


def gzip_in_gzip(size: int) -> Fault:
    packed = gzip.compress(_packed("gzip", size))
    return lambda answer: answer.say(packed, Content_Encoding="gzip, gzip")


def feed(*links: str) -> Fault:
    body = rss(*links)
    return lambda answer: answer.say(body, "application/rss+xml")


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def json_feed(*links: str) -> Fault:
    items = [{"id": link, "url": link, "title": link} for link in links]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}).encode()
    return lambda answer: answer.say(body, "application/feed+json")


def entities(levels: int = 9) -> Fault:
    """A billion laughs."""
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1))
    top = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{names}]>'
    body = f'{top}<rss version="2.0"><channel><title>&e{levels};</title></channel></rss>'.encode()
    return lambda answer: answer.say(body, "application/rss+xml")


PAGE_FAULTS: dict[str, Fault] = {
    "stall": stall,
    "stall-in-body": stall_in_body,
    "drip": drip,
    "reset": reset,
    "half-a-body": half_a_body,
    "half-a-chunk": half_a_chunk,
    "no-length": no_length,
    "endless": endless,
    "endless-head": endless_head,
    "endless-line": endless_line,
    "not-http": not_http,
    "redirect-loop": redirect_loop,
}


class HighWater:
    """The largest resident size, in MiB, of the processes that this one starts meanwhile."""

    def __init__(self) -> None:
        self.mebibytes = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        children = Path("/proc/self/task")
        while not self._end.wait(0.05):
            for task in children.iterdir():
                with contextlib.suppress(OSError):
                    for child in (task / "children").read_text().split():
                        status = Path(f"/proc/{child}/status").read_text(encoding="utf-8")
                        peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
                        self.mebibytes = max(self.mebibytes, int(peak) / 1024)
