"""Search: full text with facets, the newest first, and no error on any question."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response
from markupsafe import Markup, escape

from pipeline.publish import items, syndication
from pipeline.publish.site import page, queries
from pipeline.publish.site.queries import Row, ask

PAGE = 20
FED = 50  # entries of a search's feed
LISTED = 8  # choices of a facet that are shown


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, every part of it usable: whatever cannot be meant is left out."""

    words: str = ""
    kind: str = ""  # "", filing or news
    court: str = ""
    matter: str = ""
    type: str = ""
    judge: str = ""
    source: str = ""
    since: str = ""  # days, both included
    until: str = ""
    order: str = ""  # "", the newest first, or best
    page: int = 1

    @classmethod
    def of(cls, args: Any) -> Question:
        """From the arguments of a request."""
        kind, text = args.get("kind"), {name: _clean(args.get(name)) for name in queries.FACETS}
        return cls(
            words=_clean(args.get("q"))[:400].strip(),
            kind=kind if kind in {"filing", "news"} else "",
            since=_day(args.get("since")),
            until=_day(args.get("until")),
            order="best" if args.get("order") == "best" else "",
            page=page.number(args.get("page")),
            **text,
        )

    def address(self, path: str = "/search", **changes: Any) -> str:
        """The address of this question with something changed; any change but of the page itself starts at page 1."""
        asked = replace(self, **({"page": 1} | changes))
        given = {
            "q": asked.words,
            **asked.narrowings,
            "order": asked.order,
            "page": asked.page if asked.page > 1 else "",
        }
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{path}?{query}" if query else path

    @property
    def narrowings(self) -> dict[str, str]:
        """What narrows the words, as it stands in an address; empty where it does not."""
        return {name: getattr(self, name) for name in ("kind", *queries.FACETS, "since", "until")}

    @property
    def match(self) -> str:
        return queries.fts(self.words)

    @property
    def chosen(self) -> dict[str, str]:
        """The narrowings that are in force, by the name of their value in SQL."""
        values = self.narrowings
        if self.until:
            values["until"] = (date.fromisoformat(self.until) + timedelta(days=1)).isoformat()
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow: (value, word, results) of the most frequent choices, or the one chosen."""

    name: str
    title: str
    choices: tuple[tuple[str, str, int], ...]
    chosen: str


async def search(datasette: Any, request: Any) -> Response:
    db, asked = page.database(datasette), Question.of(request.args)
    found: list[Row] = []
    counted: list[Row] = []
    snippets: dict[int, str] = {}
    slow = False
    if asked.match or not asked.words:
        try:
            found, counted, snippets = await _find(db, asked)
        except QueryInterrupted:
            slow = True
    captions = {row["slug"]: row["caption"] for row in await ask(db, queries.CAPTIONS)}
    courts, like = request.scope["docketwire"].courts, queries.like(asked.words)
    return await page.answer(
        datasette,
        request,
        "search.html",
        question=asked,
        results=await page.lines(db, [row["id"] for row in found[:PAGE]]),
        snippets={row["id"]: _snippet(snippets.get(row["place"], "")) for row in found},
        matters_found=await ask(db, queries.MATTERS_LIKE, like=like) if len(asked.words) > 2 else [],
        counts=Counter("news" if row["news"] else "filing" for row in counted),
        facets=facets(asked, counted, captions=captions, courts=courts),
        years=sorted(Counter(row["year"] for row in counted if row["year"]).items(), reverse=True)[:LISTED],
        sampled=len(counted) == queries.SAMPLE,
        held=len(counted),
        more=len(found) > PAGE,
        slow=slow,
    )  # fmt: skip


async def feed(datasette: Any, request: Any) -> Response:
    """What a search finds, newest first, as a feed that can be followed."""
    db, asked, about = page.database(datasette), Question.of(request.args), request.scope["docketwire"].about
    suffix, rows = request.url_vars["suffix"], []
    if asked.match or not asked.words:
        try:
            sql = queries.places(asked.chosen, match=bool(asked.match))
            places = await ask(db, sql, match=asked.match, limit=FED, offset=0, **asked.chosen)
            rows = await ask(db, queries.IDS, places=json.dumps([row["place"] for row in places]))
        except QueryInterrupted:
            return Response.text("That search takes too long: add a word.", status=503)
    ids = json.dumps([row["id"] for row in sorted(rows, key=lambda row: -row["place"])])
    found = {row["id"]: row for row in await ask(db, items.DOCUMENTS, ids=ids)}
    told = items.items(
        [found[one] for one in json.loads(ids)],
        await ask(db, items.POINTS, ids=ids),
        await ask(db, items.DATES, ids=ids),
    )
    named = {"site": about.get("site", ""), "authority": about.get("authority", "docketwire.example")}
    own = syndication.of_search(asked.words, **named, **asked.narrowings)
    entries = [items.entry_of(item, site=own.site, authority=own.authority) for item in told]
    return Response(
        syndication.FORMATS[suffix](entries, own),
        content_type=f"{syndication.TYPES[suffix]}; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*"},
    )


async def _find(db: Any, asked: Question) -> tuple[list[Row], list[Row], dict[int, str]]:
    """One result more than a page; the rows that facets are counted from; what was found, marked, by place."""
    match, values = bool(asked.match), {"match": asked.match, **asked.chosen}
    sql = queries.places(asked.chosen, match=match, best=asked.order == "best")
    places = await ask(db, sql, limit=PAGE + 1, offset=(asked.page - 1) * PAGE, **values)
    listed = json.dumps([row["place"] for row in places])
    ids = {row["place"]: row["id"] for row in await ask(db, queries.IDS, places=listed)}
    counted = await ask(db, queries.sample(asked.chosen, match=match), limit=queries.SAMPLE, offset=0, **values)
    snippets = await ask(db, queries.SNIPPETS, match=asked.match, places=listed) if match else []
    found = [{"place": row["place"], "id": ids[row["place"]]} for row in places]
    return found, counted, {row["place"]: row["snippet"] for row in snippets}


def facets(
    asked: Question, counted: Sequence[Row], *, captions: Mapping[str, str], courts: Mapping[str, str]
) -> list[Facet]:
    """What the results may be narrowed by: a facet with a single choice that is not in force says nothing."""
    outlets = {row["source"]: row["source_title"] or row["source"] for row in counted}
    named: list[tuple[str, str, Callable[[str], str]]] = [
        ("matter", "Matter", lambda value: captions.get(value, value)),
        ("court", "Court", lambda value: courts.get(value, value)),
        ("judge", "Judge", str),
        ("type", "Type", str),
        ("source", "Outlet or source", lambda value: outlets.get(value, value)),
    ]
    found = []
    for name, title, word in named:
        chosen, counts = getattr(asked, name), Counter(row[name] for row in counted if row[name])
        choices = [(value, word(value), number) for value, number in counts.most_common(LISTED)]
        if chosen:
            choices = [(chosen, word(chosen), counts[chosen])]
        if chosen or len(choices) > 1:
            found.append(Facet(name, title, tuple(choices), chosen))
    return found


def _clean(value: str | None) -> str:
    """What a person can have typed: no control characters, no half of a character."""
    return "".join(one if one.isprintable() else " " for one in (value or "")[:2000]).encode("utf-8", "ignore").decode()


def _day(value: str | None) -> str:
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return ""
    return day.isoformat() if date.min < day < date.max else ""


def _snippet(marked: str) -> Markup:
    """A snippet of `queries.SNIPPETS` as HTML: everything escaped but the marks around what was found."""
    html = re.sub("\x02([^\x02\x03]*)\x03", r"<mark>\1</mark>", str(escape(marked)))
    return Markup(html.translate({2: None, 3: None}))  # noqa: S704 - escaped above
