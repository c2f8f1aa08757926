"""The gate: is the new publication a likely successor of the one before? What is not is kept from readers.

Everything is compared with the publication before, so the first one always passes. A loss that is meant (a case file
removed) is published by hand, without the gate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from pipeline.errors import PublishError
from pipeline.publish.items import Query

# What only grows. runs and issues are left out: they may be pruned.
TABLES = (
    "matters", "dockets", "documents", "bodies", "document_dockets", "summaries", "dispositions", "entries", "events",
    "stories", "sources",
)  # fmt: skip

SHRINKS = 0.9  # a table that keeps less than this share of its rows has lost something
FALLS = 0.05  # of a fill rate over everything
FALLS_TONIGHT = 0.3  # of tonight's documents against everything before: one night varies more
ENOUGH = 20  # rows below which a share says nothing
FLOOD = 10  # times a usual day
FLOOD_LEAST = 50  # documents: a quiet source may well bring ten times nothing
DAYS = 28  # of which a usual day is the median


@dataclass(frozen=True, slots=True)
class Figures:
    """What the gate knows of a publication."""

    rows: Mapping[str, int]  # table → rows
    filled: Mapping[str, tuple[int, int]]  # what → (rows that have it, rows that could)
    matters: Mapping[str, int]  # slug → documents
    arrivals: Mapping[tuple[str, str], int]  # (source, day) → documents first seen
    loose: Mapping[str, int]  # a link between tables → rows where it leads nowhere
    newest: str  # latest first_seen


_FILLED = """
SELECT CASE kind WHEN 'filing' THEN 'filing' ELSE 'news' END AS kind, count(*) AS held, count(published) AS date,
  count(matter) AS matter, count(headline) AS summary, sum(state = 'read') AS text, count(court) AS court,
  count(type) AS type
FROM documents WHERE first_seen > :since GROUP BY 1"""
_APPLIES = {"filing": ("date", "matter", "summary", "text", "court", "type"), "news": ("date", "matter", "summary")}

_LOOSE = {
    "documents are missing from the search index": """
        SELECT abs((SELECT count(*) FROM documents) - (SELECT count(*) FROM search)) AS n""",
    "filings read have no text": """
        SELECT count(*) AS n FROM documents d WHERE kind = 'filing' AND state = 'read'
          AND NOT EXISTS (SELECT 1 FROM bodies b WHERE b.document = d.id)""",
    "documents stand in a matter that none of their dockets belongs to": """
        SELECT count(*) AS n FROM documents d WHERE matter IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM document_dockets l JOIN dockets k ON k.id = l.docket
          WHERE l.document = d.id AND k.matter = d.matter)""",
    "events name a docket that is not there": """
        SELECT count(*) AS n FROM events WHERE docket IS NOT NULL AND docket NOT IN (SELECT id FROM dockets)""",
    "stories have lost their original": """
        SELECT count(*) AS n FROM stories WHERE id NOT IN (SELECT id FROM documents)""",
}


def figures(query: Query) -> Figures:
    """Weigh a public database."""
    counts = "SELECT matter, count(*) AS n FROM documents WHERE matter IS NOT NULL GROUP BY matter"
    documents = {row["matter"]: row["n"] for row in query(counts, {})}
    arrivals = "SELECT source, substr(first_seen, 1, 10) AS day, count(*) AS n FROM documents GROUP BY 1, 2"
    [newest] = query("SELECT max(first_seen) AS at FROM documents", {})
    return Figures(
        rows={table: _number(query, f"SELECT count(*) AS n FROM {table}") for table in TABLES},  # noqa: S608
        filled=filled(query),
        matters={row["slug"]: documents.get(row["slug"], 0) for row in query("SELECT slug FROM matters", {})},
        arrivals={(row["source"], row["day"]): row["n"] for row in query(arrivals, {})},
        loose={what: _number(query, sql) for what, sql in _LOOSE.items()},
        newest=newest["at"] or "",
    )


def filled(query: Query, *, since: str = "") -> dict[str, tuple[int, int]]:
    """Of the documents first seen after a moment: how many have what they could have."""
    return {
        f"{row['kind']}s with a {name}" if row["kind"] == "filing" else f"news with a {name}": (row[name], row["held"])
        for row in query(_FILLED, {"since": since})
        for name in _APPLIES[row["kind"]]
    }


def _number(query: Query, sql: str) -> int:
    [row] = query(sql, {})
    return int(row["n"])


# ---------------------------------------------------------------------------------------------- judging


def check(query: Query, before: Figures, *, place: object) -> None:
    """Raises `PublishError` saying in one line what speaks against the publication that ``query`` asks."""
    found = list(objections(before, figures(query), tonight=filled(query, since=before.newest)))
    if found:
        more = f"; and {len(found) - 4} more" if len(found) > 4 else ""
        raise PublishError(
            place,
            f"refused by the gate: {'; '.join(found[:4])}{more}",
            "the site stays as it was; if this is meant, run docketwire publish without --gate",
        )


def objections(before: Figures, after: Figures, *, tonight: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """What makes ``after`` an unlikely successor of ``before``, gravest first. ``tonight``: fill of what is new."""
    for slug, documents in before.matters.items():
        if slug not in after.matters:
            yield f"matter {slug} has vanished" + (f" with {_counted(documents)}" if documents else "")
        elif documents and not after.matters[slug]:
            yield f"matter {slug} has lost all of its {_counted(documents)}"
    for table, had in before.rows.items():
        has = after.rows[table]
        if has < had * SHRINKS - 5 or (had and not has):
            yield f"{table} fell from {had:,} rows to {has:,}"
    for what, loose in after.loose.items():
        if loose > before.loose[what]:
            yield f"{loose - before.loose[what]:,} {what}"
    yield from _emptier(before.filled, after.filled, FALLS, "")
    yield from _emptier(before.filled, tonight, FALLS_TONIGHT, " of tonight")
    yield from _floods(before, after)


def _emptier(
    before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]], limit: float, which: str
) -> Iterator[str]:
    for what, (have, could) in after.items():
        had, could_have = before.get(what, (0, 0))
        if min(could, could_have) >= ENOUGH and had / could_have - have / could > limit:
            yield f"{what}{which}: {had / could_have:.0%} before, {have / could:.0%} now"


def _floods(before: Figures, after: Figures) -> Iterator[str]:
    """Sources, or all of them together, that brought ten times what they bring on a usual day."""
    new: dict[str, int] = defaultdict(int)
    for (source, day), documents in after.arrivals.items():
        gained = max(0, documents - before.arrivals.get((source, day), 0))
        new[source] += gained
        new["all sources"] += gained
    usual = _usual(before)
    for source, documents in new.items():
        if source in usual and documents >= max(FLOOD_LEAST, FLOOD * usual[source]):
            yield f"{source} brought {_counted(documents)} at once; a usual day is {usual[source]:g}"


def _usual(before: Figures) -> dict[str, float]:
    """The median day on which anything came, over four weeks; only where there have been five such days."""
    if not before.newest:
        return {}
    since = (date.fromisoformat(before.newest[:10]) - timedelta(days=DAYS)).isoformat()
    days: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (source, day), documents in before.arrivals.items():
        if day > since:
            days[source][day] += documents
            days["all sources"][day] += documents
    return {source: median(counts.values()) for source, counts in days.items() if len(counts) >= 5}


def _counted(documents: int) -> str:
    return f"{documents:,} document{'' if documents == 1 else 's'}"
