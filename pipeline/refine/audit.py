"""The registry's facts beside what the dockets say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pipeline.docket_number import docket_key
from pipeline.model import Check, DocketSheet
from pipeline.registry import Registry


def audit(
    registry: Registry, sheets: Iterable[DocketSheet], captions: Iterable[tuple[str, str, str, str]]
) -> list[Check]:
    """Each fact that both the registry and a docket state, side by side; disagreements first.

    ``captions`` are (docket, caption, source, when) as courts' feeds have them, asked where no sheet is known. A fact
    that one side leaves out is no disagreement.
    """
    said = {
        key: DocketSheet(key, "", "", caption, (), None, None, None, source, datetime.fromisoformat(when))
        for key, caption, source, when in captions
    } | {sheet.docket: sheet for sheet in sheets}
    checks = [check for sheet in said.values() for check in _checks(registry, sheet)]
    return sorted(checks, key=lambda check: (check.agrees, check.docket, check.what))


def _checks(registry: Registry, sheet: DocketSheet) -> list[Check]:
    docket, matter = registry.docket(sheet.docket), registry.matter_of(sheet.docket)
    if docket is None or matter is None:
        return []
    lead = docket is matter.lead
    caption = docket.caption or (matter.caption if lead else None)
    ours_from = f"registry, checked {matter.checked}: {'; '.join(matter.evidence)}"
    theirs_from = sheet.url or f"docket, by way of {sheet.source}"
    checks = []
    if sheet.number:  # its page may be another case's
        agrees = docket_key(sheet.number, docket.court) == docket.key
        numbers = (docket.number, sheet.number)
        checks.append(Check(matter.slug, docket.key, "number", *numbers, agrees, ours_from, theirs_from, sheet.seen))
    if caption and sheet.caption:
        names = [caption, *docket.aliases, *(matter.aliases if lead else ())]
        agrees = any(_sides(name) <= _sides(sheet.caption) for name in names if _sides(name))
        checks.append(
            Check(
                matter.slug, docket.key, "caption", caption, sheet.caption, agrees, ours_from, theirs_from, sheet.seen
            )
        )
    if docket.judges and sheet.judges:
        ours, theirs = {_surname(name) for name in docket.judges}, {_surname(name) for name in sheet.judges}
        # Either may leave out a magistrate judge; neither may name somebody else.
        agrees = ours <= theirs or theirs <= ours
        names = ["; ".join(docket.judges), "; ".join(sheet.judges)]
        checks.append(
            Check(matter.slug, docket.key, "judge", names[0], names[1], agrees, ours_from, theirs_from, sheet.seen)
        )
    if docket.filed and sheet.filed:
        days = (str(docket.filed), str(sheet.filed))
        agrees = docket.filed == sheet.filed
        checks.append(Check(matter.slug, docket.key, "filed", *days, agrees, ours_from, theirs_from, sheet.seen))
    return checks


_COMPANY_FORMS = frozenset(
    ("inc", "llc", "lp", "llp", "ltd", "co", "corp", "company", "plc", "pbc", "the", "et", "al", "of", "re", "in")
)


def _sides(caption: str) -> set[tuple[int, str]]:
    """(side, first word of its first party): courts and we shorten captions differently."""
    sides = re.split(r"\s(?:v|vs|versus)\b\.?\s", caption.lower(), maxsplit=1)
    words = [[word for word in re.findall(r"[^\W_]+", side) if word not in _COMPANY_FORMS] for side in sides]
    return {(n, side[0]) for n, side in enumerate(words) if side}


def _surname(name: str) -> str:
    bare = re.sub(r",?\s(?:Jr|Sr|I{2,3}|IV)\b\.?|\s\(.*\)|\sJ\b", "", name).split()
    return bare[-1].lower() if bare else ""
