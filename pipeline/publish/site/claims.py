"""Claims × rulings: which claim of a matter a court's words decide, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

# A claim goes by its name in the registry or by what a court calls it.
_CALLED = (
    (r"^direct", r"\bdirect(?:ly)?\W+infring\w+"),
    (r"^contributory", r"\bcontributory\b"),
    (r"^vicarious", r"\bvicarious(?:ly)?\b"),
    (r"1202|management information", r"\b1202\b|copyright management information|\bDMCA\b(?!\W+1201)"),
    (r"1201|circumvention", r"\b1201\b|circumvent"),
    (r"lanham|trademark", r"lanham act|trademark|1125"),
    (r"computer fraud", r"computer fraud|\bCFAA\b|\b1030\b"),
    (r"unfair competition", r"unfair competition|\b17200\b"),
    (r"right of publicity|publicity", r"right of publicity|likeness"),
)


@dataclass(frozen=True, slots=True)
class Decided:
    claim: str | None  # None: the words name no claim of the registry, or more than one around them
    ruling: Row
    near: bool  # the claim is named in the paragraph, not in the words themselves


def decided(claims: Sequence[str], rulings: Sequence[Row]) -> list[Decided]:
    """Each ruling with each claim its quote names; failing that, with the only claim its paragraph names.

    A ruling needs ``quote`` and ``around`` (text around the quote, cut to its paragraph here). Rulings that name no
    claim come back once with none.
    """
    called = {claim: re.compile(_spelling(claim), re.IGNORECASE) for claim in claims}
    found = []
    for ruling in rulings:
        named = [claim for claim, words in called.items() if words.search(ruling["quote"])]
        if named:
            found += [Decided(claim, ruling, near=False) for claim in _most_exact(named)]
            continue
        paragraph = _paragraph(ruling)
        beside = _most_exact([claim for claim, words in called.items() if words.search(paragraph)])
        found.append(Decided(beside[0] if len(beside) == 1 else None, ruling, near=len(beside) == 1))
    return found


def _spelling(claim: str) -> str:
    for name, spelled in _CALLED:
        if re.search(name, claim, re.IGNORECASE):
            exact = re.search(r"\b(1201|1202)\s*(\(\w\)(?:\(\d\))?)", claim)
            return re.escape(exact[0]) + "|" + spelled if exact else spelled
    return r"\b" + r"\W+".join(map(re.escape, re.findall(r"\w+", claim))) + r"\b"


def _most_exact(claims: Sequence[str]) -> list[str]:
    """One a statute: the registry may list § 1202(b) and § 1202(b)(1) both, and a court's words fit either."""
    kept: dict[str, str] = {}
    for claim in claims:
        section = re.search(r"\b1\d{3}\b", claim)
        kept.setdefault(section[0] if section else claim, claim)
    return list(kept.values())


def _paragraph(ruling: Row) -> str:
    around, quote = ruling["around"] or "", ruling["quote"]
    at = around.find(quote)
    if at < 0:
        return str(quote)
    start = around.rfind("\n\n", 0, at) + 1
    end = around.find("\n\n", at + len(quote))
    return str(around[start : end if end >= 0 else len(around)])
