"""More like this: documents whose title lines share the words that say most."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publish.wording import headline

Row = Mapping[str, Any]

MOST = 5
# Words that say nothing about what a filing or a story is about.
_PLAIN = frozenset(
    """about after again against also among amid and another any because been before being between both but case cases
    company copyright could court courts does during each ever every filed filing filings first for from had has have
    his how include infringement into its judge judges last law lawsuit lawyers litigation magistrate may memorandum
    more most must new news not now of off on one only opinion order other over own per says second should sue sued
    sues suit than that the their them then there these they this those three through till time today two under until
    upon used using versus was week were what when where which while who why will with without would year years you
    regarding granted denied grants denies part motion inc llc ltd corp pbc corporation limited proposed""".split()  # noqa: SIM905 - a list of words reads as words
)


@dataclass(frozen=True, slots=True)
class Likeness:
    document: Row
    words: tuple[str, ...]  # that both say
    same: str  # "matter", "type", "matter and type" or ""


def telling_words(row: Row) -> list[str]:
    """The words of a document's title and headline that may be found elsewhere, its own matter's name left out."""
    own = _words(f"{row['caption'] or ''} {row['matter_caption'] or ''}")
    words = dict.fromkeys([*_words(headline(row)), *_words(row["title"])])
    return [word for word in words if word not in own][:8]


def most_like(row: Row, candidates: Sequence[Row]) -> list[Likeness]:
    """The `MOST` of ``candidates`` that share most with ``row``: words, then matter and type; then the newest."""
    wanted = telling_words(row)
    found = []
    for other in candidates:
        said = set(_words(f"{headline(other)} {other['title']}"))
        shared = tuple(word for word in wanted if word in said)
        same = [name for name in ("matter", "type") if row[name] and row[name] == other[name]]
        if len(shared) + len(same) > 1 and shared:
            found.append(Likeness(other, shared, " and ".join(same)))
    return sorted(found, key=lambda one: (-len(one.words), -len(one.same)))[:MOST]


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return [word for word in words if word not in _PLAIN]
