"""Our pages. Each asks the public database, arranges the rows for reading, and fills a template."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import unquote, urlencode

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Forbidden, NotFound, Response
from markupsafe import Markup, escape

from pipeline.publish.site import files, queries
from pipeline.publish.site.health import condition
from pipeline.publish.site.passages import Mark, page_of, render
from pipeline.publish.site.queries import Row, ask, by, first

DATABASE = "docketwire"
WEEKS = 12  # of the chart
PAGE = 20  # search results
STRETCH = 150  # lines of a timeline on one page


async def home(datasette: Any, request: Any) -> Response:
    database, today = datasette.get_database(DATABASE), _today(request)
    rows = await _lines(database, [row["id"] for row in await ask(database, queries.NEWEST, limit=400)])
    since = min((row["first_seen"][:10] for row in rows), default=today)
    entries = await ask(database, queries.NEWEST_ENTRIES, since=since)
    days = _days(rows, entries)[:7]
    counts = await ask(database, queries.DAY_COUNTS, since=days[-1]["day"] if days else today)
    start = _monday(date.fromisoformat(today)) - timedelta(weeks=WEEKS - 1)
    published = await ask(database, queries.PUBLISHED_SINCE, since=start.isoformat())
    return await _page(
        datasette,
        request,
        "home.html",
        days=days,
        counts={row["day"]: row for row in counts},
        dates=await ask(database, queries.NEXT_DATES, today=today, slug=None, limit=8),
        chart=(chart := weeks(published, start)),
        most=max(max(week["filings"], week["stories"]) for week in chart),
        active=await _most_active(database, published, (date.fromisoformat(today) - timedelta(days=28)).isoformat()),
        reprints=await _reprints(database, rows),
    )


async def matters(datasette: Any, request: Any) -> Response:
    rows = await ask(datasette.get_database(DATABASE), queries.MATTERS, today=_today(request))
    return await _page(datasette, request, "matters.html", matters=rows)


async def matter(datasette: Any, request: Any) -> Response:
    database, slug = datasette.get_database(DATABASE), unquote(request.url_vars["slug"])
    row = await first(database, queries.MATTER, slug=slug)
    if row is None:
        raise NotFound(f"There is no matter “{slug}” here.")
    show = request.args.get("show") if request.args.get("show") in {"rulings", "filings", "news"} else "all"
    routine = request.args.get("routine") == "1"
    number = _number(request.args.get("page"))
    offset = (number - 1) * STRETCH
    places = await ask(
        database, queries.TIMELINE, slug=slug, show=show, routine=routine, limit=STRETCH + 1, offset=offset
    )
    lines = await _timeline(database, places[:STRETCH])
    return await _page(
        datasette,
        request,
        "matter.html",
        matter=row,
        dockets=await ask(database, queries.DOCKETS, slug=slug),
        standing=await ask(database, queries.STANDING, slug=slug),
        dates=await ask(database, queries.NEXT_DATES, today=_today(request), slug=slug, limit=12),
        superseded=await ask(database, queries.SUPERSEDED, slug=slug),
        years=[(year, list(group)) for year, group in groupby(lines, key=lambda line: (line["at"] or "")[:4])],
        totals=await first(database, queries.TIMELINE_COUNTS, slug=slug, routine=routine),
        reprints=await _reprints(database, lines),
        show=show,
        routine=routine,
        number=number,
        more=len(places) > STRETCH,
    )


async def document(datasette: Any, request: Any) -> Response:
    database, id = datasette.get_database(DATABASE), unquote(request.url_vars["id"])  # noqa: A001 - the column's name
    row = await first(database, queries.DOCUMENT, id=id)
    if row is None:
        raise NotFound("There is no document of this address here.")
    body = await first(database, queries.BODY, id=id)
    points = await ask(database, queries.SUMMARY, id=id)
    dispositions = await ask(database, queries.DISPOSITIONS, id=id)
    events = await ask(database, queries.EVENTS_OF, id=id)
    reported = await ask(database, queries.REPORTED, id=id)
    for lead in reported:  # a sentence that the summary quotes already is pointed at, not said again
        lead["sentence"] = next((n for n, point in enumerate(points, 1) if lead["quote"] in point["text"]), None)
    starts = json.loads(body["page_starts"]) if body else []
    for claim in [*points, *dispositions, *events]:
        claim["page"] = page_of(claim["start"], starts)
    return await _page(
        datasette,
        request,
        "document.html",
        document=row,
        points=points,
        dispositions=dispositions,
        events=events,
        reported=reported,
        links=await ask(database, queries.STANDS_IN, id=id),
        reprints=await ask(database, queries.REPRINTS_OF, ids=json.dumps([id])),
        original=await first(database, queries.DOCUMENT, id=row["duplicate_of"]) if row["duplicate_of"] else None,
        text=render(body["text"], starts, _marks(points, dispositions, events)) if body else None,
        pages=len(starts),
    )


async def search(datasette: Any, request: Any) -> Response:
    database = datasette.get_database(DATABASE)
    asked = (request.args.get("q") or "")[:400].strip()
    match = queries.fts(asked)
    order = "best" if request.args.get("order") == "best" else "newest"
    number = _number(request.args.get("page"))
    chosen = {name: (request.args.get(name) or "") for name in ("kind", "matter")}
    values = {**chosen, "limit": PAGE + 1, "offset": (number - 1) * PAGE}
    slow = False
    found: list[Row] = []
    facets: list[Row] = []
    try:
        if match:
            found = await ask(database, queries.SEARCH[order], match=match, **values)
            facets = await ask(database, queries.SEARCH_COUNTS, match=match)
        elif not asked:
            found = await ask(database, queries.BROWSE, **values)
    except QueryInterrupted:
        slow = True
    snippets = {row["document"]: _snippet(row["snippet"]) for row in found}
    return await _page(
        datasette,
        request,
        "search.html",
        results=await _lines(database, list(snippets)[:PAGE]),
        snippets=snippets,
        matters_found=await ask(database, queries.MATTERS_LIKE, like=queries.like(asked)) if len(asked) > 2 else [],
        kinds=_totals(facets, "kind", "matter", chosen["matter"]),
        in_matters=_totals(facets, "matter", "kind", chosen["kind"]),
        captions={row["matter"]: row["matter_caption"] for row in facets if row["matter"]},
        chosen=chosen,
        order=order,
        number=number,
        more=len(found) > PAGE,
        slow=slow,
        address=lambda **changes: "/search?" + urlencode(_given({"q": asked, "order": order, **chosen} | changes)),
    )


async def calendar(datasette: Any, request: Any) -> Response:
    database, today = datasette.get_database(DATABASE), _today(request)
    coming = await ask(database, queries.CALENDAR, today=today, past=False, limit=500)
    past = await ask(database, queries.CALENDAR, today=today, past=True, limit=200)
    return await _page(datasette, request, "calendar.html", months=_months(coming), past=_months(past))


async def sources(datasette: Any, request: Any) -> Response:
    rows = await ask(datasette.get_database(DATABASE), queries.SOURCES)
    at = request.scope["docketwire"].at
    worst_first = {"bad": 0, "late": 1, "unknown": 2, "good": 3}
    told = sorted(((row, condition(row, at)) for row in rows), key=lambda pair: worst_first[pair[1].level])
    tally = Counter(state.level for _, state in told)
    return await _page(datasette, request, "sources.html", sources=told, tally=tally)


async def issues(datasette: Any, request: Any) -> Response:
    rows = await ask(datasette.get_database(DATABASE), queries.ISSUES)
    return await _page(datasette, request, "issues.html", issues=by(rows, "source"))


async def about(datasette: Any, request: Any) -> Response:
    counts = await datasette.get_database(DATABASE).table_counts()
    return await _page(datasette, request, "about.html", tables=counts)


async def robots(request: Any) -> Response:
    site = request.scope["docketwire"].about.get("site", "")
    return Response.text(f"# {site}\nUser-agent: *\nDisallow: /{DATABASE}/\nDisallow: /search\n")


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
    (r"^/matters$", matters),
    (r"^/matter/(?P<slug>[^/]+)$", matter),
    (r"^/document/(?P<id>[^/]+)$", document),
    (r"^/search$", search),
    (r"^/calendar$", calendar),
    (r"^/sources$", sources),
    (r"^/issues$", issues),
    (r"^/about$", about),
    (r"^/robots\.txt$", robots),
    (r"^/feeds/(?P<name>[^/]+)$", feed),
    (r"^/static/(?P<name>[^/]+)$", static),
    (r"^/favicon\.ico$", favicon),
    (r"^/-/", refuse),
]


# ---------------------------------------------------------------------------------------------- arranging rows


def weeks(published: Sequence[Row], start: date) -> list[dict[str, Any]]:
    """Filings and stories for each of `WEEKS` weeks from the Monday ``start``, oldest first."""
    bars = [{"monday": start + timedelta(weeks=n), "filings": 0, "stories": 0} for n in range(WEEKS)]
    for row in published:
        n = (date.fromisoformat(row["day"]) - start).days // 7
        if 0 <= n < WEEKS:
            bars[n]["filings" if row["kind"] == "filing" else "stories"] += row["documents"]
    return bars


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
        days.append({"day": day, "sections": shown, "routine": len(sorted_out["Routine"])})
    return days


def _months(events: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    named = [{**row, "month": f"{datetime.fromisoformat(row['starts']):%B %Y}"} for row in events]
    return list(by(named, "month").items())


def _marks(points: Sequence[Row], dispositions: Sequence[Row], events: Sequence[Row]) -> list[Mark]:
    marks = []
    for n, point in enumerate(points, 1):
        marks.append(Mark(f"p{n}", "point", point["start"], point["end"], back=f"s{n}", label=str(n)))
    for n, ruling in enumerate(dispositions, 1):
        marks.append(Mark(f"d{n}", "ruling", ruling["start"], ruling["end"]))
    for n, event in enumerate(events, 1):
        marks.append(Mark(f"e{n}", "date", event["start"], event["end"]))
    return marks


async def _lines(database: Any, ids: Sequence[str]) -> list[Row]:
    """The lines of these documents, in this order."""
    lines = {row["id"]: row for row in await ask(database, queries.LINES_OF, ids=json.dumps(ids))}
    return [lines[one] for one in ids]


async def _timeline(database: Any, places: Sequence[Row]) -> list[Row]:
    """The lines of a stretch of the timeline, in its order."""
    documents = iter(await _lines(database, [place["document"] for place in places if place["document"]]))
    ids = json.dumps([place["entry"] for place in places if place["entry"]])
    entries = {row["id"]: {**row, "is_entry": True} for row in await ask(database, queries.ENTRIES_OF, ids=ids)}
    lines = [next(documents) if place["document"] else entries[place["entry"]] for place in places]
    return [{**line, "at": place["at"], "ruling": place["ruling"]} for line, place in zip(lines, places, strict=True)]


async def _reprints(database: Any, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The other outlets of each story, by its original."""
    ids = [row["id"] for row in rows if row.get("reprints")]
    return by(await ask(database, queries.REPRINTS_OF, ids=json.dumps(ids)), "story") if ids else {}


async def _most_active(database: Any, published: Sequence[Row], since: str) -> list[tuple[Row, int]]:
    totals: dict[str, int] = {}
    for row in published:
        if row["matter"] and row["day"] >= since:
            totals[row["matter"]] = totals.get(row["matter"], 0) + row["documents"]
    best = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    rows = [(await first(database, queries.MATTER, slug=slug), number) for slug, number in best]
    return [(row, number) for row, number in rows if row]


def _totals(facets: Sequence[Row], key: str, other: str, chosen: str) -> dict[str, int]:
    """How many results each choice of ``key`` would show, the other choice being what it is."""
    totals: dict[str, int] = {}
    for row in facets:
        if row[key] and (not chosen or row[other] == chosen):
            totals[row[key]] = totals.get(row[key], 0) + row["documents"]
    return dict(sorted(totals.items(), key=lambda pair: -pair[1]))


def _snippet(marked: str) -> Markup:
    """A snippet of `queries.SEARCH` as HTML: everything escaped but the marks around what was found."""
    html = re.sub("\x02([^\x02\x03]*)\x03", r"<mark>\1</mark>", str(escape(marked)))
    return Markup(html.translate({2: None, 3: None}))  # noqa: S704 - escaped above


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value and (key, value) != ("order", "newest")}


def _number(page: str | None) -> int:
    return min(int(page), 10_000) if page and page.isascii() and page.isdigit() and int(page) else 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _today(request: Any) -> str:
    return str(request.scope["docketwire"].at.date().isoformat())


def hours_old(reading: Any) -> float:
    """Age of the publication: a night that did not run must not look like a quiet one."""
    built = reading.about.get("built")
    return (reading.at - datetime.fromisoformat(built)).total_seconds() / 3600 if built else 0.0


async def _page(datasette: Any, request: Any, template: str, **context: Any) -> Response:
    return Response.html(await datasette.render_template(template, context, request=request))
