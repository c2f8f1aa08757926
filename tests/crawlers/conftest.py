"""A real server on loopback, and whole crawls against it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawlers.run import crawl
from pipeline.spool import read_spool

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)


@dataclass
class Web:
    """Path → (status, headers, body), or a function of the number of times it was asked. Unknown paths are 404."""

    url: str = ""
    pages: dict = field(default_factory=dict)
    programs: list = field(default_factory=list)  # (start of a path, function of path and request headers)
    asked: list = field(default_factory=list)  # (path, request headers)
    slow: float = 0

    def paths(self):
        return [path for path, _ in self.asked if path not in {"/robots.txt", "/.well-known/tdmrep.json"}]

    def page(self, path, body, content_type="text/html", status=200, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (
            status,
            {"Content-Type": content_type, **named},
            body.encode() if isinstance(body, str) else body,
        )

    def feed(self, path, *links, dated="Fri, 20 Nov 2026 12:00:00 GMT", **headers):
        items = "".join(
            f"<item><title>{link}</title><link>{link}</link><pubDate>{dated}</pubDate></item>" for link in links
        )
        body = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
        self.page(path, body, "application/rss+xml", **headers)


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        web = self.server.web
        web.asked.append((self.path, dict(self.headers)))
        page = web.pages.get(self.path, (404, {}, b"gone"))
        for start, program in web.programs:
            if self.path.startswith(start):
                page = program(self.path, self.headers)
        if callable(page):
            page = page(sum(path == self.path for path, _ in web.asked))
        status, headers, body = page
        if web.slow and self.path != "/robots.txt":
            time.sleep(web.slow)
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def serving():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answer) as server:
        server.daemon_threads = True
        server.web = Web(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.web
        server.shutdown()
        thread.join()


@pytest.fixture
def web():
    with serving() as web:
        yield web


@pytest.fixture
def night(web, tmp_path):
    def crawled(*names, ledger=None, **more):
        given = {"started": STARTED, "user_agent": "docketwire/test (+http://a.example)", "demo_url": web.url} | more
        return crawl(names, spool=tmp_path, ledger=ledger or {}, **given)

    return crawled


@pytest.fixture
def spooled(tmp_path):
    return lambda run: list(read_spool(tmp_path / run.spool))
