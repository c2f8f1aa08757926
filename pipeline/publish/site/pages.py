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

from pipeline.publish.site import charts, directory, document, files, linked_data, matter, page, queries, search
from pipeline.publish.site.health import condition
from pipeline.publish.site.queries import Row, ask, by, first
from pipeline.publish.wording import outside

ENOUGH = 60  # lines of the front page: a day that has begun is shown whole
ADDRESSES = 20_000  # of one sitemap: the protocol allows 50,000


async def home(datasette: Any, request: Any) -> Response:
    db, today, reading = page.database(datasette), page.today(request), request.scope["docketwire"]
    rows = await page.lines(db, [row["id"] for row in await ask(db, queries.NEWEST, limit=400)])
    since = min((row["first_seen"][:10] for row in rows), default=today)
    entries = await ask(db, queries.NEWEST_ENTRIES, since=since)
    days = _newest(_days(rows, entries))
    counts = await ask(db, queries.DAY_COUNTS, since=days[-1]["day"] if days else today)
    start = charts.first_monday(date.fromisoformat(today))
    published = await ask(db, queries.PUBLISHED_SINCE, since=start.isoformat())
    chart = charts.weeks(published, start)
    return await page.answer(
        datasette,
        request,
        "home.html",
        days=days,
        counts={row["day"]: row for row in counts},
        dates=await ask(db, queries.NEXT_DATES, today=today, slug=None, limit=8),
        chart=chart,
        most=charts.highest([chart]),
        active=await _most_active(db, published, (date.fromisoformat(today) - timedelta(days=28)).isoformat()),
        reprints=await page.reprints(db, rows),
        feeds=files.feeds_of(reading.folder, "all"),
        linked=linked_data.home(reading.about.get("site", "")),
    )


async def calendar(datasette: Any, request: Any) -> Response:
    db, today = page.database(datasette), page.today(request)
    coming = await ask(db, queries.CALENDAR, today=today, past=False, limit=500)
    past = await ask(db, queries.CALENDAR, today=today, past=True, limit=200)
    return await page.answer(datasette, request, "calendar.html", months=_months(coming), past=_months(past))


async def sources(datasette: Any, request: Any) -> Response:
    rows = await ask(page.database(datasette), queries.SOURCES)
    at = request.scope["docketwire"].at
    worst_first = {"bad": 0, "late": 1, "unknown": 2, "good": 3}
    told = sorted(((row, condition(row, at)) for row in rows), key=lambda pair: worst_first[pair[1].level])
    tally = Counter(state.level for _, state in told)
    return await page.answer(datasette, request, "sources.html", sources=told, tally=tally)


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
    some = await ask(db, queries.MATTERS, today=page.today(request))
    return await page.answer(
        datasette,
        request,
        "data.html",
        one_matter=quote(some[0]["slug"], safe="") if some else "",
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
    refused = f"User-agent: *\nDisallow: /{page.DATABASE}/\nDisallow: /search\n"
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
    (r"^/data$", data),
    (r"^/schema\.sql$", schema),
    (r"^/about$", about),
    (r"^/robots\.txt$", robots),
    (r"^/sitemap\.xml$", sitemap),
    (r"^/sitemap-(?P<part>[0-9]{1,6})\.xml$", sitemap_part),
    (r"^/feeds/(?P<name>[^/]+)$", feed),
    (r"^/static/(?P<name>[^/]+)$", static),
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
    return "News" if row["matter"] else "Reported, no docket found yet"


SECTIONS = ("Rulings", "New cases", "Filings", "News", "Reported, no docket found yet", "Routine")


def _days(rows: Sequence[Row], entries: Sequence[Row]) -> list[dict[str, Any]]:
    """Newest day first: the documents first seen on it and the docket entries of that date, by section and matter."""
    lines = [{**row, "day": row["first_seen"][:10]} for row in rows]
    for entry in entries:
        ruling = entry["type"] in {"order", "opinion", "judgment"}
        lines.append({**entry, "day": entry["filed"][:10], "kind": "filing", "ruling": ruling, "is_entry": True})
    days = []
    for day, of_day in sorted(by(lines, "day").items(), reverse=True):
        sorted_out: dict[str, list[Row]] = {name: [] for name in SECTIONS}
        for line in of_day:
            sorted_out[section(line)].append(line)
        shown = {name: by(found, "matter") for name, found in sorted_out.items() if found}
        days.append({"day": day, "sections": shown, "routine": len(sorted_out["Routine"]), "lines": len(of_day)})
    return days


def _newest(days: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last days, at most seven, and no more once there is enough to read."""
    shown: list[dict[str, Any]] = []
    for day in days[:7]:
        if sum(one["lines"] for one in shown) >= ENOUGH:
            break
        shown.append(day)
    return shown


def _months(events: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    named = [{**row, "month": f"{datetime.fromisoformat(row['starts']):%B %Y}"} for row in events]
    return list(by(named, "month").items())


async def _most_active(db: Any, published: Sequence[Row], since: str) -> list[tuple[Row, int]]:
    totals: dict[str, int] = {}
    for row in published:
        if row["matter"] and row["day"] >= since:
            totals[row["matter"]] = totals.get(row["matter"], 0) + row["documents"]
    best = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    rows = [(await first(db, queries.MATTER, slug=slug), number) for slug, number in best]
    return [(row, number) for row, number in rows if row]
