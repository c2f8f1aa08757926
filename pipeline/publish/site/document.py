"""A document, its versions, and the stories that news documents tell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import NotFound, Response

from pipeline.publish.site import charts, coverage, files, linked_data, page, queries, scans
from pipeline.publish.site.passages import Mark, page_of, parties_in, render
from pipeline.publish.site.queries import Row, ask, by, first
from pipeline.publish.site.similar import Likeness, most_like, telling_words
from pipeline.publish.site.versions import changes
from pipeline.publish.wording import event_anchor

STORIES = 60  # on one page
COVERED = timedelta(weeks=52)  # how far back the coverage lag looks
BEFORE = timedelta(days=7)  # filings shown beside a story


async def document(datasette: Any, request: Any) -> Response:
    db, row = await _found(datasette, request)
    id = row["id"]  # noqa: A001 - the column's name
    body = await first(db, queries.BODY, id=id)
    points = await ask(db, queries.SUMMARY, id=id)
    dispositions = await ask(db, queries.DISPOSITIONS, id=id)
    events = await ask(db, queries.EVENTS_OF, id=id)
    reported = await ask(db, queries.REPORTED, id=id)
    for lead in reported:  # a sentence that the summary quotes already is pointed at, not said again
        lead["sentence"] = next((n for n, point in enumerate(points, 1) if lead["quote"] in point["text"]), None)
    starts = json.loads(body["page_starts"]) if body else []
    notes = json.loads(body["notes"]) if body else []
    named = await ask(db, queries.READINGS, id=id)
    for claim in [*points, *dispositions, *events, *named]:
        claim["page"] = page_of(claim["start"], starts, notes)
    parties = parties_in(body["text"], _parties(row)) if body else {}
    story = await first(db, queries.STORY_OF, id=id)
    return await page.answer(
        datasette,
        request,
        "document.html",
        document=row,
        points=points,
        dispositions=dispositions,
        events=events,
        reported=reported,
        named=by(named, "what"),
        links=await ask(db, queries.STANDS_IN, id=id),
        reports=await ask(db, queries.REPORTS, id=id) if row["kind"] != "filing" else [],
        disagreements=await ask(db, queries.DISAGREES, id=id),
        versions=await ask(db, queries.VERSIONS, id=id),
        story=story,
        told_by=await ask(db, queries.TOLD_BY, id=story["id"]) if story and story["documents"] > 1 else [],
        original=await first(db, queries.DOCUMENT, id=row["duplicate_of"]) if row["duplicate_of"] else None,
        likenesses=await _like(db, row),
        parties=parties,
        coverage=(await coverage.of_lines(db, [id])).get(id),
        feeds=files.feeds_of(request.scope["docketwire"].folder, row["matter"]) if row["matter"] else [],
        text=render(body["text"], starts, _marks(points, dispositions, events), parties) if body else None,
        pages=len(starts),
        scanned=scans.in_words(json.loads(body["scans"])) if body else [],
        linked=linked_data.document(row, points, request.scope["docketwire"].about.get("site", "")),
    )


async def versions(datasette: Any, request: Any) -> Response:
    """What changed between a version of a filing and the next."""
    db, row = await _found(datasette, request)
    two = await first(db, queries.TWO_VERSIONS, id=row["id"], revision=int(request.url_vars["revision"]))
    if two is None or two["text"] is None or two["next_text"] is None:
        raise NotFound("There is no such version here. Of news articles we say that they changed, not how.")
    return await page.answer(
        datasette,
        request,
        "versions.html",
        document=row,
        two=two,
        stretches=changes(two["text"], two["next_text"]),
        versions=await ask(db, queries.VERSIONS, id=row["id"]),
    )


async def story(datasette: Any, request: Any) -> Response:
    db, id = page.database(datasette), unquote(request.url_vars["id"])  # noqa: A001 - the column's name
    row = await first(db, queries.STORY, id=id)
    if row is None:
        raise NotFound("There is no story of this address here.")
    told = await ask(db, queries.TOLD_BY, id=id)
    reports = await ask(db, queries.REPORTS, id=id)
    named = list(dict.fromkeys(row["document"] for row in reports if row["document"]))
    return await page.answer(
        datasette,
        request,
        "story.html",
        story=row,
        told=told,
        points=await ask(db, queries.SUMMARY, id=id),
        agreed=by(await ask(db, queries.TELLING, id=id), "role"),
        reports=reports,
        before=await page.lines(db, [one for one in await _filed_before(db, row) if one not in named]),
        linked=linked_data.story(row, told, request.scope["docketwire"].about.get("site", "")),
    )


async def stories(datasette: Any, request: Any) -> Response:
    db, number = page.database(datasette), page.number(request.args.get("page"))
    rows = await ask(db, queries.STORIES, limit=STORIES + 1, offset=(number - 1) * STORIES)
    since = (request.scope["docketwire"].at - COVERED).date().isoformat()
    lags = charts.lags(await ask(db, queries.COVERAGE, since=since)) if number == 1 else {}
    shown = rows[:STORIES]
    retold = [row["id"] for row in shown if row["documents"] > 1]
    return await page.answer(
        datasette,
        request,
        "stories.html",
        stories=shown,
        others=by(await ask(db, queries.OTHERS_OF, ids=json.dumps(retold)), "story"),
        lags=lags,
        lagging=any(lags.values()),
        number=number,
        more=len(rows) > STORIES,
    )


async def _found(datasette: Any, request: Any) -> tuple[Any, Row]:
    db = page.database(datasette)
    row = await first(db, queries.DOCUMENT, id=unquote(request.url_vars["id"]))
    if row is None:
        raise NotFound("There is no document of this address here.")
    return db, row


async def _like(db: Any, row: Row) -> list[Likeness]:
    words = telling_words(row)
    if not words:
        return []
    match = "title : (" + " OR ".join(f'"{word}"' for word in words) + ")"
    return most_like(row, await ask(db, queries.SIMILAR, match=match, id=row["id"]))


async def _filed_before(db: Any, story: Row) -> list[str]:
    if not story["matter"] or not story["first_published"]:
        return []
    until = datetime.fromisoformat(story["first_published"])
    since = (until - BEFORE).date().isoformat()
    asked = {"slug": story["matter"], "since": since, "until": story["first_published"]}
    return [row["id"] for row in await ask(db, queries.FILED_BEFORE, **asked)]


def _parties(row: Row) -> Mapping[str, str]:
    """Name → what it is, from the registry's matter."""
    listed = {role: (row[f"matter_{role}s"] or "").split("; ") for role in ("plaintiff", "defendant")}
    return {name: role for role, names in listed.items() for name in names if len(name) > 2}


def _marks(points: Sequence[Row], dispositions: Sequence[Row], events: Sequence[Row]) -> list[Mark]:
    marks = [Mark(f"p{n}", "point", one["start"], one["end"], f"s{n}", str(n)) for n, one in enumerate(points, 1)]
    marks += [Mark(f"d{n}", "ruling", one["start"], one["end"]) for n, one in enumerate(dispositions, 1)]
    marks += [Mark(event_anchor(one), "date", one["start"], one["end"]) for one in events]
    return marks
