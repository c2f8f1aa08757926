"""Matters: the list of them, and the page of one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import NotFound, Response

from pipeline.publish.site import charts, coverage, files, linked_data, page, queries
from pipeline.publish.site.claims import Decided, decided
from pipeline.publish.site.passages import page_of
from pipeline.publish.site.queries import Row, ask, by, first
from pipeline.publish.wording import short_caption

STRETCH = 60  # lines of a timeline on one page
MOST_CANDIDATES = 50


async def matters(datasette: Any, request: Any) -> Response:
    db, today = page.database(datasette), page.today(request)
    rows = await ask(db, queries.MATTERS, today=today)
    start = charts.first_monday(date.fromisoformat(today))
    counted = by(await ask(db, queries.WEEKS_OF_MATTERS, since=start.isoformat()), "matter")
    drawn = {slug: charts.weeks(of, start) for slug, of in counted.items()}
    court, stage = request.args.get("court") or "", request.args.get("stage") or ""
    chosen = [
        row for row in rows if court in {"", row["court"]} and stage in {"", charts.stage(row["status"])}
    ]  # fmt: skip
    court_map = charts.court_map(rows)
    return await page.answer(
        datasette,
        request,
        "matters.html",
        matters=chosen,
        held=len(rows),
        map=court_map,
        map_most=max((most for stages in court_map.values() for most in stages.values()), default=0),
        chosen=(court, stage),
        charts_of=drawn,
        candidates=[] if court or stage else await ask(db, queries.CANDIDATES),
        most=charts.highest(list(drawn.values())),
    )


async def matter(datasette: Any, request: Any) -> Response:
    db, slug = page.database(datasette), unquote(request.url_vars["slug"])
    row = await first(db, queries.MATTER, slug=slug)
    if row is None:
        raise NotFound(f"There is no matter “{slug}” here.")
    today, reading = page.today(request), request.scope["docketwire"]
    show = request.args.get("show") if request.args.get("show") in {"rulings", "filings", "news"} else "all"
    routine = request.args.get("routine") == "1"
    number = page.number(request.args.get("page"))
    asked = {"slug": slug, "show": show, "routine": routine, "offset": (number - 1) * STRETCH}
    places = await ask(db, queries.TIMELINE, limit=STRETCH + 1, **asked)
    lines = await _timeline(db, places[:STRETCH])
    dockets = await ask(db, queries.DOCKETS, slug=slug)
    claims = (row["claims"] or "").split("; ") if row["claims"] else []
    disposed = await ask(db, queries.DISPOSED, slug=slug)
    ids = json.dumps(list({ruling["document"] for ruling in disposed} if claims else ()))
    return await page.answer(
        datasette,
        request,
        "matter.html",
        matter=row,
        dockets=dockets,
        standing=await ask(db, queries.STANDING, slug=slug),
        pending=await ask(db, queries.PENDING, slug=slug),
        judges=_judges(dockets, await ask(db, queries.SIGNED, slug=slug)),
        claims=claims_table(claims, disposed, await ask(db, queries.NAMED_IN, ids=ids)),
        history=await ask(db, queries.HISTORY, slug=slug),
        audited=await ask(db, queries.AUDITED, slug=slug),
        disagreements=await ask(db, queries.DISAGREEMENTS, slug=slug),
        doubtful=await ask(db, queries.DOUBTFUL, slug=slug),
        candidates=await _candidates(db, row["defendants"]),
        dates=await ask(db, queries.NEXT_DATES_OF, today=today, slug=slug, limit=12),
        superseded=await ask(db, queries.SUPERSEDED, slug=slug),
        years=[(year, list(group)) for year, group in groupby(lines, key=lambda line: (line["at"] or "")[:4])],
        totals=await first(db, queries.TIMELINE_COUNTS, slug=slug, routine=routine),
        coverage=await coverage.of_lines(db, [line["id"] for line in lines]),
        numbers=by(await ask(db, queries.NUMBERS_OF, ids=json.dumps([line["id"] for line in lines])), "of"),
        feeds=files.feeds_of(reading.folder, slug),
        show=show,
        routine=routine,
        number=number,
        more=len(places) > STRETCH,
        linked=linked_data.matter(row, reading.about.get("site", "")),
    )


def claims_table(
    claims: Sequence[str], rulings: Sequence[Row], named: Sequence[Row]
) -> dict[str | None, list[Decided]]:
    """Every claim of the registry with the rulings that name it; under None the rulings that name none."""
    for ruling in rulings:
        ruling["page"] = page_of(
            ruling["start"], json.loads(ruling["page_starts"] or "[]"), json.loads(ruling["notes"] or "[]")
        )
    table: dict[str | None, list[Decided]] = {claim: [] for claim in claims}
    for one in decided(claims, rulings, named):
        table.setdefault(one.claim, []).append(one)
    return table


async def _candidates(db: Any, defendants: str | None) -> list[Row]:
    """The newest candidates whose caption names one of these defendants, joined by "; "."""
    names = [name for name in map(short_caption, (defendants or "").split("; ")) if len(name) > 2]
    rows = await ask(db, queries.CANDIDATES_NAMING, names=json.dumps(names)) if names else []
    called = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.IGNORECASE)
    return [row for row in rows if called.search(row["caption"])][:MOST_CANDIDATES]


def _judges(dockets: Sequence[Row], signed: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Who sits by the registry and who signed rulings we hold, each once; the registry's order first."""
    found: dict[str, dict[str, Any]] = {}
    for docket in dockets:
        for named in (docket["judges"] or "").split("; "):
            name, _, part = named.partition(" (")
            if name:
                found.setdefault(name, {"judge": name, "part": part.rstrip(")"), "rulings": 0})
    for row in signed:
        found[row["judge"]] = found.get(row["judge"], {"part": ""}) | row
    return list(found.values())


async def _timeline(db: Any, places: Sequence[Row]) -> list[Row]:
    """The lines of a stretch of the timeline, in its order."""
    found = await page.lines(db, [place["document"] for place in places if place["document"]])
    documents = iter(await coverage.with_story(db, found))
    ids = json.dumps([place["entry"] for place in places if place["entry"]])
    entries = {row["id"]: {**row, "is_entry": True} for row in await ask(db, queries.ENTRIES_OF, ids=ids)}
    lines = [next(documents) if place["document"] else entries[place["entry"]] for place in places]
    return [{**line, "at": place["at"], "ruling": place["ruling"]} for line, place in zip(lines, places, strict=True)]
