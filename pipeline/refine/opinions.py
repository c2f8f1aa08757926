"""A court's list of opinions → feed entries, by juriscraper's scrapers.

A scraper is handed the answer that was fetched for it. Its own network is a wall: what it asks for is refused.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from pipeline.errors import SourceError
from pipeline.model import FeedEntry, When
from pipeline.refine.courts import zone
from pipeline.refine.feed import http_url

_ROOM = "juriscraper.opinions.united_states."


@dataclass(frozen=True, slots=True)
class Asking:
    """How a scraper wants its list asked for. ``form`` is a POST's body."""

    url: str
    form: Mapping[str, str] | None = None


def asking(scraper: str) -> Asking:
    """Of ``federal_appellate.ca9_u`` and the like. Raises `SourceError` when juriscraper has no such scraper."""
    site = _site(scraper)
    if site.method not in {"GET", "POST"}:
        raise SourceError(scraper, f"asks by {site.method}, which is not done here")
    return Asking(str(site.url), {k: str(v) for k, v in site.parameters.items()} if site.method == "POST" else None)


def read_opinions(
    body: bytes, *, url: str, scraper: str, court: str, headers: tuple[tuple[str, str], ...] = ()
) -> tuple[FeedEntry, ...]:
    """The opinions on a list, newest first; titled ``<docket number> <case name>``, linked to the document.

    Raises `SourceError` when the scraper cannot read the page, finds nothing on it, or wants to ask for more.
    """
    import httpx  # noqa: PLC0415  juriscraper's own; heavy, and only those who read opinions pay for it

    site = _site(scraper)
    site.downloader_executed = True
    kept = [(name, value) for name, value in headers if name.lower() not in {"content-encoding", "content-length"}]
    site.request["url"] = url
    site.request["response"] = httpx.Response(200, headers=kept, content=body, request=httpx.Request("GET", url))
    try:
        with _quiet():
            site.html = site._return_response_text_object()  # noqa: SLF001  the first half of its download
            _finish(site._process_html())  # noqa: SLF001
            _finish(site.parse())
    except SourceError:
        raise
    except Exception as error:
        # Whatever a scraper does not understand of a page it says in any way it likes.
        what = f"juriscraper cannot read the list ({type(error).__name__}: {error})"
        raise SourceError(url, what, "the court may have redesigned its page; upgrade juriscraper") from error
    if not len(site):
        raise SourceError(url, "no opinions on the list", "redesign, or a bot challenge?")
    return tuple(_entry(item, url, court) for item in site)


def _site(scraper: str) -> Any:
    import httpx  # noqa: PLC0415

    class NoNetwork(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise SourceError(str(request.url), "juriscraper wants a page of its own, and gets none")

    try:
        with _quiet():
            return import_module(_ROOM + scraper).Site(transport=NoNetwork())
    except (ModuleNotFoundError, AttributeError) as error:
        raise SourceError(scraper, "juriscraper has no scraper of this name", "see juriscraper.opinions") from error


def _finish(step: Any) -> None:
    """Run a coroutine that has nothing to wait for."""
    if step is None:
        return
    try:
        step.send(None)
    except StopIteration:
        return
    step.close()
    raise SourceError("juriscraper", "a scraper waits for something, and there is nothing to wait for")


def _entry(item: Mapping[str, Any], url: str, court: str) -> FeedEntry:
    address = http_url(item["download_urls"], url)
    if address is None:
        raise SourceError(url, f"an opinion without an address: {item['case_names']}")
    day = item["case_dates"]
    number = str(item.get("docket_numbers") or "")
    return FeedEntry(
        id=address,
        url=address,
        title=f"{number} {item['case_names']}".strip(),
        published=When.on(day.date() if isinstance(day, datetime) else _day(day), zone(court)),
        summary=str(item.get("summaries") or ""),
    )


def _day(day: Any) -> date:
    if not isinstance(day, date):
        raise TypeError(f"{day!r} is no date")
    return day


@contextmanager
def _quiet() -> Iterator[None]:
    """Juriscraper speaks on the terminal; what it has to say comes out of here as entries or as an error."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
