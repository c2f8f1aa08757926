"""What Datasette is told: our pages, what every template knows, what is refused, how trouble is shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator
from typing import Any

from datasette.utils import add_cors_headers
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

from pipeline.publish import wording
from pipeline.publish.site import files, linked_data, page, pages

log = logging.getLogger(__name__)
hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return pages.ROUTES


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.trim_blocks = env.lstrip_blocks = True
    env.filters |= {
        "day": wording.day,
        "moment": wording.moment,
        "spelled_days": wording.spelled_days,
        "appointed": wording.appointed,
        "hour_appointed": wording.hour_appointed,
        "short_caption": wording.short_caption,
        "ecf": wording.ecf,
        "headline": wording.headline,
        "outside": wording.outside,
        "event_anchor": wording.event_anchor,
        "media_type": files.media_type,
        "telling": _telling,
        "json_ld": linked_data.script,
        "as_ours": _as_ours,
        "lower_first": lambda words: words[:1].lower() + words[1:],
        "listed": lambda joined: [part for part in (joined or "").split("; ") if part],
        "counted": lambda number, one, many=None: f"{number:,} {one if number == 1 else many or one + 's'}",
    }


def _telling(reasons: str) -> str:
    """Why an article is said to report an entry, without the list of common words, which tells a reader nothing."""
    return wording.spelled_days("; ".join(part for part in reasons.split("; ") if not part.startswith("words: ")))


def _as_ours(html: str) -> Markup:
    """A page of Datasette's without inline styles, which our policy refuses, and with its form's fields named."""
    named = re.sub(r'name="_filter_(column|op|value)\b', r'aria-label="\1" \g<0>', re.sub(r' style="[^"]*"', "", html))
    return Markup(named)  # noqa: S704 - Datasette has escaped it


@hookimpl
def extra_template_vars(request: Any) -> dict[str, Any]:
    """For Datasette's own pages what every page of ours has."""
    return page.shared(request)


@hookimpl
def permission_allowed(action: str, resource: Any) -> bool | None:
    # The tables of the full-text index hold nothing that the others do not, in a shape that helps nobody.
    if action == "view-table" and resource[1].startswith("search"):
        return False
    return None


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """Our page instead of Datasette's, which would also print every 404 with all local variables."""
    outcome = yield
    outcome.force_result([lambda: _trouble(datasette, request, exception)])


async def _trouble(datasette: Any, request: Any, exception: Exception) -> Response:
    status = exception.status if isinstance(exception, (Base400, DatasetteError)) else 500
    message = str(exception) if status != 500 else "Something went wrong on our side. It has been written down."
    if status == 500:
        log.error("%s", request.path, exc_info=exception)
    if request.path.endswith(".json"):
        headers: dict[str, str] = {}
        add_cors_headers(headers)
        return Response.json({"ok": False, "status": status, "error": message}, status=status, headers=headers)
    told = "" if message in {"404", "None"} else message
    return await page.answer(datasette, request, "trouble.html", status=status, message=told)


@hookimpl
def forbidden(datasette: Any, request: Any, message: str) -> Callable[[], Any]:
    async def refuse() -> Response:
        return await page.answer(datasette, request, "trouble.html", status=403, message=message)

    return refuse
