"""The site as a browser meets it, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
from lxml import html

from pipeline.publish.site.app import application

NOW = datetime(2030, 11, 21, 7, 0, tzinfo=UTC)
Get = Callable[..., httpx.Response]


def reader(public: Path, now: datetime = NOW) -> Iterator[Get]:
    """The site as a browser meets it: one event loop, no socket."""
    site = application(public, clock=lambda: now)
    with asyncio.Runner() as loop:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="https://docketwire.example")

        def get(path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return loop.run(client.request(method, path, headers=named))

        yield get
        loop.run(client.aclose())
        site.close()


def page(response: httpx.Response) -> html.HtmlElement:
    return html.document_fromstring(response.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
