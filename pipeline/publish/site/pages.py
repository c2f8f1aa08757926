"""The front page, the calendar, sources and data; and which address leads to which page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from datasette.utils.asgi import Forbidden, NotFound, Response

from pipeline.publish.site import (
    charts,
    coverage,
    directory,
    document,
    files,
    linked_data,
    matter,
    page,
    queries,
    registry,
    search,
)
from pipeline.publish.site.health import condition
from pipeline.publish.site.queries import Row, ask, by, first
from pipeline.publish.wording import feed_name, outside

ENOUGH = 60  # lines of the front page: a day that has begun is shown whole
ADDRESSES = 20_000  # of one sitemap: the protocol allows 50,000


async def home(datasette: Any, request: Any) -> Response:
    db, today, reading = page.database(datasette), page.today(request), request.scope["docketwire"]
    since = _first_shown(await ask(db, queries.RECENT_DAYS)) or today
    newest = await page.lines(db, [row["id"] for row in await ask(db, queries.NEWEST, since=since)])
    entries = await ask(db, queries.NEWEST_ENTRIES, since=since)
    days = _days(await coverage.with_story(db, newest), entries)
    start = charts.first_monday(date.fromisoformat(today))
    chart = charts.weeks(await ask(db, queries.WEEKS, since=start.isoformat()), start)
    four_weeks = start + timedelta(weeks=charts.WEEKS - 4)
    return await page.answer(
        datasette,
        request,
        "home.html",
        days=days,
        answered=await first(db, queries.ANSWERED, day=days[0]["day"] if days else today),
        counts={row["day"]: row for row in await ask(db, queries.DAY_COUNTS, since=since)},
        dates=await ask(db, queries.NEXT_DATES, today=today, limit=8),
        chart=chart,
        most=charts.highest([chart]),
        active=await ask(db, queries.MOST_ACTIVE, since=four_weeks.isoformat()),
        coverage=await coverage.of_lines(db, [line["id"] for day in days for line in _filings(day)]),
        feeds=files.feeds_of(reading.folder, "all"),
        digests=[
            (address, f"{period.capitalize()} digest")
            for period in ("daily", "weekly")
            for address, _ in files.feeds_of(reading.folder, period)[:1]
        ],
        linked=linked_data.home(reading.about.get("site", "")),
    )


async def calendar(datasette: Any, request: Any) -> Response:
    db, today = page.database(datasette), page.today(request)
    coming = await ask(db, queries.AHEAD, today=today)
    past = await ask(db, queries.PAST, today=today)
    return await page.answer(datasette, request, "calendar.html", months=_months(coming), past=_months(past))


async def sources(datasette: Any, request: Any) -> Response:
    db, at, folder = page.database(datasette), request.scope["docketwire"].at, request.scope["docketwire"].folder
    rows = [row for row in await ask(db, queries.SOURCES) if row["handed_in"] != 0]
    worst_first = {"bad": 0, "late": 1, "unknown": 2, "good": 3, "given": 4}
    told = sorted(((row, condition(row, at)) for row in rows), key=lambda pair: worst_first[pair[1].level])
    crawled = [state for _, state in told if state.level != "given"]
    return await page.answer(
        datasette,
        request,
        "sources.html",
        sources=told,
        crawled=len(crawled),
        tally=Counter(state.level for state in crawled),
        audit=await first(db, queries.AUDIT),
        feed=lambda source: [
            address
            for address, word in files.feeds_of(folder, feed_name("outlet", source))
            if word == files.FEEDS[".atom"]
        ],
    )


async def issues(datasette: Any, request: Any) -> Response:
    rows = await ask(page.database(datasette), queries.ISSUES)
    return await page.answer(datasette, request, "issues.html", issues=by(rows, "source"))


async def about(datasette: Any, request: Any) -> Response:
    counts, contact = (
        await page.database(datasette).table_counts(),
        request.scope["docketwire"].about.get("contact", ""),
    )
    reach = (
        contact if outside(contact) else f"mailto:{contact}" if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", contact) else None
    )
    return await page.answer(datasette, request, "about.html", tables=counts, contact=reach, contact_word=contact)


async def data(datasette: Any, request: Any) -> Response:
    """Everything as data: the tables, what their columns mean, what may be done with them."""
    db, reading = page.database(datasette), request.scope["docketwire"]
    ruled_in = await first(db, queries.RULED_IN)
    return await page.answer(
        datasette,
        request,
        "data.html",
        one_matter=quote(ruled_in["slug"], safe="") if ruled_in else "",
        tables=await db.table_counts(),
        size=(reading.folder / f"{page.DATABASE}.db").stat().st_size,
        feeds=sorted(path.name for path in (reading.folder / "feeds").glob("all.*")),
        linked=linked_data.dataset(reading.about.get("site", ""), reading.about),
    )


async def schema() -> Response:
    """The columns and what they mean, as the SQL that made them."""
    return Response.text(files.SCHEMA.read_text(encoding="utf-8"), headers={"Access-Control-Allow-Origin": "*"})


# ---------------------------------------------------------------------------------------------- for machines


async def robots(request: Any) -> Response:
    about = request.scope["docketwire"].about
    if about.get("purpose") == "demo":  # what is invented must not be found
        return Response.text("User-agent: *\nDisallow: /\n")
    refused = f"User-agent: *\nDisallow: /{page.DATABASE}/\nDisallow: /search\nDisallow: /unsubscribe\n"
    return Response.text(f"{refused}\nSitemap: {about.get('site', '')}/sitemap.xml\n")


async def sitemap(datasette: Any, request: Any) -> Response:
    """The index of sitemaps: one of pages and matters, one for each `ADDRESSES` documents (sitemaps.org 0.9)."""
    db, site = page.database(datasette), request.scope["docketwire"].about.get("site", "")
    held = await first(db, queries.COUNTS) or {}
    parts = range((held.get("documents") or 0) // ADDRESSES + 2)
    listed = "".join(f"<sitemap><loc>{escape(site)}/sitemap-{n}.xml</loc></sitemap>\n" for n in parts)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</sitemapindex>\n')


async def sitemap_part(datasette: Any, request: Any) -> Response:
    db, site = page.database(datasette), request.scope["docketwire"].about.get("site", "")
    part = int(request.url_vars["part"])
    if part:
        after = (part - 1) * ADDRESSES
        rows = await ask(db, queries.SITEMAP, after=after, limit=ADDRESSES)
        found = [(f"/document/{quote(row['id'], safe='')}", row["fetched"]) for row in rows]
    else:
        rows = await ask(db, queries.MATTERS, today=page.today(request))
        pages = ["/", "/matters", "/stories", "/calendar", "/courts", "/defendants", "/sources", "/data", "/about"]
        pages += ["/audit", "/candidates"]
        found = [(path, None) for path in pages]
        found += [(f"/matter/{quote(row['slug'], safe='')}", None) for row in rows]
    if not found:
        raise NotFound("There is no such sitemap.")
    listed = "".join(
        f"<url><loc>{escape(site + path)}</loc>{f'<lastmod>{escape(day)}</lastmod>' if day else ''}</url>\n"
        for path, day in found
    )
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n')


def _xml(root: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'
    return Response(body, content_type="application/xml; charset=utf-8")


async def feed(request: Any) -> Response:
    folder = request.scope["docketwire"].folder / "feeds"
    return files.answer(folder, unquote(request.url_vars["name"]), request, cache="public, max-age=600")


async def static(request: Any) -> Response:
    fresh = request.args.get("v") == files.style_mark()
    cache = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return files.answer(files.STATIC, request.url_vars["name"], request, cache=cache)


async def unsubscribe(datasette: Any, request: Any) -> Response:
    """Asks again: an address that is only looked at, by a mail program or a scanner of links, strikes nobody off."""
    status, told = request.scope["docketwire"].told or (200, "")
    asked = {"reader": request.args.get("reader") or "", "told": told}
    return await page.answer(datasette, request, "unsubscribe.html", status=status, **asked)


async def favicon() -> Response:
    return Response.redirect("/static/icon.svg")


async def refuse() -> Response:
    raise Forbidden("The inside of this server is nobody’s reading matter.")


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/$", home),
    (r"^/matters$", matter.matters),
    (r"^/matter/(?P<slug>[^/]+)$", matter.matter),
    (r"^/document/(?P<id>[^/]+)$", document.document),
    (r"^/document/(?P<id>[^/]+)/versions/(?P<revision>[0-9]{1,6})$", document.versions),
    (r"^/stories$", document.stories),
    (r"^/story/(?P<id>[^/]+)$", document.story),
    (r"^/search$", search.search),
    (r"^/search(?P<suffix>\.(?:atom|rss|json))$", search.feed),
    (r"^/calendar$", calendar),
    (r"^/courts$", directory.courts),
    (r"^/defendants$", directory.defendants),
    (r"^/sources$", sources),
    (r"^/issues$", issues),
    (r"^/audit$", registry.audit),
    (r"^/candidates$", registry.candidates),
    (r"^/data$", data),
    (r"^/schema\.sql$", schema),
    (r"^/about$", about),
    (r"^/robots\.txt$", robots),
    (r"^/sitemap\.xml$", sitemap),
    (r"^/sitemap-(?P<part>[0-9]{1,6})\.xml$", sitemap_part),
    (r"^/feeds/(?P<name>[^/]+)$", feed),
    (r"^/static/(?P<name>[^/]+)$", static),
    (r"^/unsubscribe$", unsubscribe),
    (r"^/favicon\.ico$", favicon),
    (r"^/-/", refuse),
]


# ---------------------------------------------------------------------------------------------- arranging rows


def section(row: Row) -> str:
    """Where a line stands on the home page."""
    if row["routine"]:
        return "Routine"
    if row["kind"] == "filing":
        if row["ruling"]:
            return "Rulings"
        return "New cases" if "complaint" in (row["type"] or "") else "Filings"
    if not row["matter"]:
        return "Reported, no docket found yet"
    return AWAITED if row["reported"] and row["reported"]["state"] == "awaited" else "News"


AWAITED = "Reported, no entry found yet"
SECTIONS = ("Rulings", "New cases", "Filings", AWAITED, "News", "Reported, no docket found yet", "Routine")


def _days(rows: Sequence[Row], entries: Sequence[Row]) -> list[dict[str, Any]]:
    """Newest day first: the documents first seen on it and the docket entries of that date, by section and matter.

    Within a day the newest is first by its own date: in what order a night fetched them is nobody's business. A story
    stands behind the filing or entry of the same day that it reports.
    """
    lines = [{**row, "day": row["first_seen"][:10]} for row in rows]
    for entry in entries:
        ruling = entry["type"] in {"order", "opinion", "judgment"}
        lines.append({**entry, "day": entry["filed"][:10], "kind": "filing", "ruling": ruling, "is_entry": True})
    days = []
    for day, of_day in sorted(by(lines, "day").items(), reverse=True):
        sorted_out: dict[str, list[Row]] = {name: [] for name in SECTIONS}
        filed = {line["id"] for line in of_day if line["kind"] == "filing" and not line["routine"]}
        for line in sorted(of_day, key=lambda line: line.get("filed") or line["published"] or "", reverse=True):
            if not (line.get("reported") and line["reported"]["line"] in filed):
                sorted_out[section(line)].append(line)
        shown = {name: by(found, "matter") for name, found in sorted_out.items() if found}
        days.append({"day": day, "sections": shown, "routine": len(sorted_out["Routine"]), "lines": len(of_day)})
    return days


def _filings(day: dict[str, Any]) -> list[Row]:
    """The lines of a day that news may stand behind."""
    return [line for of_matter in day["sections"].values() for lines in of_matter.values() for line in lines
            if line["kind"] == "filing" and not line["routine"]]  # fmt: skip


def _first_shown(days: Sequence[Row]) -> str | None:
    """The first of the days that are shown: the last seven, or fewer where those are enough to read."""
    held = 0
    for n, row in enumerate(days):
        held += row["lines"]
        if held >= ENOUGH or n == 6:
            return str(row["day"])
    return str(days[-1]["day"]) if days else None


def _months(events: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    named = [{**row, "month": f"{datetime.fromisoformat(row['starts']):%B %Y}"} for row in events]
    return list(by(named, "month").items())
