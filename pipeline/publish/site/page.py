"""What all pages share: what a reader asked, the lines about documents, and the answer as HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from datasette.utils.asgi import Response
from jinja2 import Environment

from pipeline.publish import wording
from pipeline.publish.site import files, queries
from pipeline.publish.site.queries import Row, ask

DATABASE = "docketwire"


def database(datasette: Any) -> Any:
    return datasette.get_database(DATABASE)


def today(request: Any) -> str:
    return str(request.scope["docketwire"].at.date().isoformat())


def number(page: str | None) -> int:
    """The page asked for, from 1; whatever is no number is the first."""
    return min(int(page), 10_000) if page and page.isascii() and page.isdigit() and int(page) else 1


def hours_old(reading: Any) -> float:
    """Age of the publication: a night that did not run must not look like a quiet one."""
    built = reading.about.get("built")
    return (reading.at - datetime.fromisoformat(built)).total_seconds() / 3600 if built else 0.0


async def lines(db: Any, ids: Sequence[str]) -> list[Row]:
    """The lines of these documents, in this order."""
    found = {row["id"]: row for row in await ask(db, queries.LINES_OF, ids=json.dumps(ids))}
    return [found[one] for one in ids]


def shared(request: Any) -> dict[str, Any]:
    """What every template knows."""
    reading = request.scope["docketwire"]
    return {
        "about": reading.about,
        "courts": reading.courts,
        "path": request.path,
        "asked": request.args.get("q") or "",
        "style": files.style_mark(),
        "apart": lambda iso: wording.apart(iso, reading.at.date()),
        "hours_old": hours_old(reading),
        "site": (wording.outside(reading.about.get("site")) or "").rstrip("/"),
        # The invented court of a demonstration has no docket pages.
        "court_page": (lambda _: None) if reading.about.get("purpose") == "demo" else wording.outside,
    }


async def answer(datasette: Any, request: Any, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page of ours: all its rows are here, so its template need not wait for anything."""
    environment = _at_once(datasette.jinja_env)
    known = {"urls": datasette.urls, "status": status, **shared(request), **context}
    return Response.html(environment.get_template(template).render(known), status=status)


@lru_cache(maxsize=2)
def _at_once(environment: Environment) -> Environment:
    """Datasette's templates and filters without ``async``, in which every call of a macro costs as much again."""
    return environment.overlay(enable_async=False)
