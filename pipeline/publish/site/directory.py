"""Who is in it: courts with their judges, defendants with the matters against them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from pipeline.publish.site import charts, files, page, queries
from pipeline.publish.site.queries import Row, ask
from pipeline.publish.wording import feed_name, short_caption

Feeds = Callable[[str], list[tuple[str, str]]]


async def courts(datasette: Any, request: Any) -> Response:
    db = page.database(datasette)
    dockets, signed = await ask(db, queries.ALL_DOCKETS), await ask(db, queries.COURTS)
    return await page.answer(
        datasette, request, "courts.html", benches=benches(dockets, signed), feeds=_feed(request, "court"),
        judge_feeds=_feed(request, "judge"),
    )  # fmt: skip


async def defendants(datasette: Any, request: Any) -> Response:
    rows = await ask(page.database(datasette), queries.MATTERS, today=page.today(request))
    against = _feed(request, "defendant")
    return await page.answer(
        datasette, request, "defendants.html", defendants=sued(rows), stage=charts.stage,
        feeds=lambda name: against(short_caption(name)),
    )  # fmt: skip


def _feed(request: Any, group: str) -> Feeds:
    """(address, word) of somebody's own Atom feed and calendar, where the publication has them."""
    folder = request.scope["docketwire"].folder
    words = {".atom": "feed", ".ics": "iCal"}
    return lambda name: [
        (address, words[Path(address).suffix])
        for address, _ in files.feeds_of(folder, feed_name(group, name))
        if Path(address).suffix in words
    ]


def benches(dockets: Sequence[Row], signed: Sequence[Row]) -> list[dict[str, Any]]:
    """A court with its matters and its judges, the court with most matters first.

    ``dockets`` are rows of `queries.ALL_DOCKETS`, ``signed`` of `queries.COURTS`. A judge sits by the registry, or by
    a ruling we hold.
    """
    found: dict[str, dict[str, Any]] = {}
    for docket in dockets:
        bench = found.setdefault(docket["court"], _bench(docket["court"]))
        bench["matters"].setdefault(docket["matter"], docket)
        for named in (docket["judges"] or "").split("; "):
            name, _, part = named.partition(" (")
            if name:
                judge = bench["judges"].setdefault(name, _judge(name, part.rstrip(")")))
                judge["matters"].setdefault(docket["matter"], docket)
    for row in signed:
        bench = found.setdefault(row["court"], _bench(row["court"]))
        bench["filings"] += row["filings"]
        bench["rulings"] += row["rulings"]
        if row["judge"] and (row["rulings"] or row["judge"] in bench["judges"]):
            judge = bench["judges"].setdefault(row["judge"], _judge(row["judge"]))
            judge |= {"rulings": row["rulings"], "latest": row["latest"]}
    for bench in found.values():
        bench["judges"] = sorted(
            bench["judges"].values(), key=lambda one: (-len(one["matters"]), -one["rulings"], one["name"])
        )
    return sorted(found.values(), key=lambda one: (-len(one["matters"]), -one["filings"], one["court"]))


def _bench(court: str) -> dict[str, Any]:
    return {"court": court, "matters": {}, "judges": {}, "filings": 0, "rulings": 0}


def _judge(name: str, part: str = "") -> dict[str, Any]:
    return {"name": name, "part": part, "matters": {}, "rulings": 0, "latest": None}


def sued(matters: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Defendant → the matters against it, who is sued most first. “OpenAI” and “OpenAI, Inc.” are one."""
    found: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for matter in matters:
        for name in dict.fromkeys((matter["defendants"] or "").split("; ")):
            if name:
                key = _plain(name)
                names[key] = min(names.get(key, name), name, key=len)
                if matter not in found.setdefault(key, []):
                    found[key].append(matter)
    return [(names[key], found[key]) for key in sorted(found, key=lambda key: (-len(found[key]), names[key].lower()))]


def _plain(name: str) -> str:
    plain = name.casefold().rstrip(".")
    for ending in (", inc", " inc", ", llc", " llc", " corp", " corporation", ", pbc", " pbc", ", ltd", " ltd", " llp"):
        plain = plain.removesuffix(ending)
    return plain.removeprefix("the ")
