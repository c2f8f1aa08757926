"""The registry in the open: how it differs from the dockets, and which dockets wait for a person's decision."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from pipeline.publish.site import page, queries
from pipeline.publish.site.queries import ask, by


async def audit(datasette: Any, request: Any) -> Response:
    rows = await ask(page.database(datasette), queries.AUDIT_ROWS)
    drift = [row for row in rows if not row["agrees"]]
    checked = {row["matter"] for row in rows}
    agreeing = by([row for row in rows if row["agrees"]], "matter")
    return await page.answer(
        datasette, request, "audit.html", drift=drift, facts=len(rows), matters=len(checked),
        wrong=len({row["matter"] for row in drift}), agreeing=agreeing,
    )  # fmt: skip


async def candidates(datasette: Any, request: Any) -> Response:
    rows = await ask(page.database(datasette), queries.ALL_CANDIDATES)
    return await page.answer(datasette, request, "candidates.html", candidates=by(rows, "state"))
