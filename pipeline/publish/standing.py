"""Where a matter stands: its last rulings, what moved it to its present stage, the motions nobody has decided as far as
we hold, and the dates ahead. Rules over the public tables; every sentence names its document or docket entry and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from pipeline.publish.items import Query, Row

RULINGS, PENDING, DATES = 3, 5, 6  # the most of each that is told

# What takes a case from one stage to the next, as courts name it. Discovery and calendar orders do not.
_STAGE = re.compile(
    r"""motions?\ to\ (dismiss|remand|transfer|stay)|summary\ judgment|judgment\ on\ the\ pleadings|new\ trial
    |class\ (certification|action\ settlement)|certif\w+\ (the|a)\ class|preliminary\ injunction|permanent\ injunction
    |judgment\ (is|be|shall\ be|will\ be)\ entered|(final|preliminary)\ approval|affirm|revers|vacat\w+\ the\ judgment
    |(action|case|proceedings?)\ (is|are)\ (\w+\ )?(dismissed|stayed|remanded|transferred|consolidated)""",
    re.IGNORECASE | re.VERBOSE,
)
# CM/ECF calls a motion by what it asks for: "MOTION to Compel", "Stay", "Order on Motion to Dismiss".
_ASKED = re.compile(r"motions?(?:\s*/application)?\s+(?:to|for|in)\s+(?P<asked>[\w'’\s-]{3,60})", re.IGNORECASE)
_DECIDES = re.compile(
    r"\b(?:granting|denying|granted|denied|terminat|withdraw|moot|ruling|order\w* on|so ordered|disposing|resolving)",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\b(?:motions?|applications?|requests?|petitions?|stipulations?|objections?|claims?|counts?|complaint|appeal"
    r"|judgment|ECF|Dkt|summary judgment|injunction)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s*(?:\(Attachments?:|\[?\(?Entered:|\([Ff]iling [Ff]ee|Document filed by\b|Signed by\b)", re.IGNORECASE
)

_MATTERS = "SELECT slug FROM matters ORDER BY rowid"
# Of a ruling with many decisions the one on its first motion is told, rather than the first in its text.
_RULED = """
SELECT s.document, s.text, s.start, s."end", d.published AS at FROM summaries s JOIN documents d ON d.id = s.document
WHERE s.role = 'decision' AND d.id IN
  (SELECT id FROM documents WHERE matter = :slug AND ruling ORDER BY published DESC LIMIT 12)
ORDER BY d.published DESC, d.id, NOT EXISTS (SELECT 1 FROM dispositions x
  WHERE x.document = s.document AND x.position = 0 AND x.start < s."end" AND s.start < x."end"), s.position"""
_DECIDED = """
SELECT x.document, x.outcome, x.motion, coalesce(s.text, x.quote) AS text, coalesce(s.start, x.start) AS start,
  coalesce(s."end", x."end") AS "end", x.quote, d.published AS at
FROM documents d JOIN dispositions x ON x.document = d.id
LEFT JOIN summaries s ON s.document = d.id AND s.start <= x.start AND s."end" >= x."end"
WHERE d.matter = :slug AND d.ruling ORDER BY d.published DESC, d.id, x.position"""
_ENTRIES = """
SELECT id, docket, number, filed, type, description, document FROM entries
WHERE matter = :slug AND duplicate_of IS NULL AND type IN ('motion', 'order', 'opinion', 'judgment', 'notice')
ORDER BY filed, number, id"""
_AHEAD = """
SELECT document, quote AS text, start, "end", starts AS at FROM events
WHERE matter = :slug AND state = 'scheduled' AND starts >= :today ORDER BY starts, id LIMIT :limit"""


def standings(query: Query) -> Iterator[tuple[Any, ...]]:
    """The rows of the public table ``matter_summaries``, in its columns' order. "Ahead" is seen from the day built."""
    built = [row["value"] for row in query("SELECT value FROM about WHERE key = 'built'", {})]
    today = built[0][:10] if built else ""
    for slug in [row["slug"] for row in query(_MATTERS, {})]:
        told = list(standing(query, slug, today=today))
        for position, (role, row) in enumerate(told):
            yield slug, position, role, row["at"], row["text"], row["document"], row["entry"], row["start"], row["end"]


def standing(query: Query, slug: str, *, today: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(role, row) of one matter: rulings newest first, then posture, pending motions newest first, dates in order."""
    said = groupby(query(_RULED, {"slug": slug}), key=lambda row: row["document"])
    ruled = [_of_document(_plainest(list(of_one))) for _, of_one in said][:RULINGS]
    yield from (("ruling", row) for row in ruled)
    decided = list(query(_DECIDED, {"slug": slug}))
    moved = next(
        (_of_document(row) for row in decided if row["outcome"] != "moot" and _STAGE.search(row["quote"])), None
    )
    if moved and not any(_overlap(moved, row) for row in ruled):
        yield "posture", moved
    entries = list(query(_ENTRIES, {"slug": slug}))
    yield from (("pending", _of_entry(row)) for row in pending(entries, decided)[:PENDING])
    ahead = query(_AHEAD, {"slug": slug, "today": today, "limit": DATES})
    yield from (("date", _of_document(row)) for row in ahead)


def pending(entries: Sequence[Row], decided: Iterable[Row]) -> list[Row]:
    """The motions among the entries that no later entry and no ruling seems to decide, newest first.

    In doubt a motion is taken for decided: by its number in a ruling or in the words of a later order or withdrawal,
    by an order on a motion of that kind, and by an order on some motion that it does not name.
    """
    numbers = {row["motion"] for row in decided}
    left: list[Row] = []
    for row in entries:
        words = _head(row["description"])
        if row["type"] == "motion":
            if f"ECF {row['number']}" not in numbers and "proposed" not in words.lower():
                left.append(row)
        elif _DECIDES.search(words):
            left = [motion for motion in left if not _about(motion, row, words)]
    return left[::-1]


def _about(motion: Row, order: Row, words: str) -> bool:
    """Whether this order may be the one that decides the motion."""
    cited = {int(number) for number in re.findall(r"(?<![\w:/.-])\d{1,5}(?![\w:/-])", words)}
    if cited - {order["number"]}:
        return motion["number"] in cited
    ruled = _asked(words)
    return not ruled or bool(ruled & (_asked(motion["description"]) or _stems(_head(motion["description"]))))


def _asked(words: str) -> set[str]:
    """The telling words of what a motion asks for; nothing where the words do not name a motion's object."""
    found = _ASKED.search(_head(words))
    return _stems(found["asked"]) if found else set()


def _stems(words: str) -> set[str]:
    common = {"motion", "order", "leave", "file", "their", "under", "with", "plaintiffs", "defendants"}
    return {word[:6] for word in re.findall(r"[a-z]{4,}", words.lower()) if word not in common}


def _head(description: str) -> str:
    """An entry's words before its attachments and the clerk's notes: a stretch from its start."""
    found = _HEAD.search(description)
    return (description[: found.start()] if found and found.start() > 10 else description)[:400]


def _plainest(said: Sequence[Row]) -> Row:
    """Of a ruling's decisions the one that says what was decided ("it is GRANTED" does not), else the first."""
    return next((row for row in said if _WHAT.search(row["text"])), said[0])


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["document"] == other["document"] and one["start"] < other["end"] and other["start"] < one["end"])


def _of_document(row: Row) -> dict[str, Any]:
    """Its words, without a heading that stands before them in the passage."""
    heading = re.match(r"(?:[^a-z\n]{0,80}\n)+", row["text"])
    cut = heading.end() if heading and heading.end() < len(row["text"]) else 0
    return {**row, "text": row["text"][cut:], "start": row["start"] + cut, "entry": None}


def _of_entry(row: Row) -> dict[str, Any]:
    text = _head(row["description"]).rstrip()
    return {"at": row["filed"], "text": text, "document": None, "entry": row["id"], "start": 0, "end": len(text)}
