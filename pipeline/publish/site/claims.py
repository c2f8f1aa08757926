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
_NUMERAL = r"(?:[IVX]{1,5}|\d{1,2})\b"
_COUNTS = re.compile(rf"\bcounts?\s+({_NUMERAL}(?:(?:\s*,|\s*&|\s+and|\s*,\s*and)\s*{_NUMERAL})*)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|to\b|through\b)\s*(?:[IVX]{1,5}|\d)", re.IGNORECASE)  # "Counts I through IV"
_CLAUSE = re.compile(r";|,?\s+(?:but|while|and)\s+(?=counts?\b)", re.IGNORECASE)
_DECIDES = re.compile(r"\b(?:grant|den(?:y|ied)|dismiss|strik|struck|surviv|sustain|overrul|judgment)", re.IGNORECASE)
# "Count IV: contributory infringement", "COUNT 4 (unjust enrichment", a heading of two lines; "Count IV, for …".
_COUNT_BEFORE = re.compile(
    rf"\bcount\s+({_NUMERAL})(?:\s*[:(—–-]|\s*\n|,?\s+(?:for|of|alleges|alleging|asserts|asserting|under|is)\b)"
    r"[^\n]{0,80}$",
    re.IGNORECASE,
)
_COUNT_BEHIND = re.compile(rf"^[^.;\n]{{0,30}}\(count\s+({_NUMERAL})\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decided:
    claim: str | None  # None: the words name no claim of the registry, or more than one around them
    ruling: Row
    by: str = ""  # how, where the words themselves do not name it: "Count IV", "its paragraph"
    citing: tuple[str, ...] = ()  # the statutes and cases that its paragraph cites


def decided(claims: Sequence[str], rulings: Sequence[Row], named: Sequence[Row] = ()) -> list[Decided]:
    """Each ruling with each claim its quote names, by its name or as a count that the same paper says the claim of;
    failing both, with the only claim its paragraph names.

    A ruling needs ``document``, ``quote``, ``start`` and ``around`` (text around the quote, cut to its paragraph here).
    ``named`` are the claims, statutes and cases those papers name (rows of readings; ``around`` beside a claim).
    Rulings that name no claim come back once with none.
    """
    called = {claim: re.compile(_spelling(claim), re.IGNORECASE) for claim in claims}

    def speak_of(words: str) -> list[str]:
        return _most_exact([claim for claim, spelled in called.items() if spelled.search(words)])

    counted = _counted(named)
    found = []
    for ruling in rulings:
        start, paragraph = _paragraph(ruling)
        citing = dict.fromkeys(
            row["quote"] if row["what"] == "case" else row["value"]
            for row in named
            if row["document"] == ruling["document"] and row["what"] != "claim"
            and start <= row["start"] < start + len(paragraph)
        )  # fmt: skip
        by_name = dict.fromkeys(speak_of(ruling["quote"]), "")
        known = [(count, counted[key]) for count in counts_in(ruling["quote"])
                 if (key := (ruling["document"], count)) in counted]  # fmt: skip
        by_count = {claim: f"Count {count}" for count, value in known for claim in speak_of(value)}
        beside = [] if by_name or known else speak_of(paragraph)
        by_paragraph = dict.fromkeys(beside, "its paragraph") if len(beside) == 1 else {}
        hows = (by_count | by_name or by_paragraph).items() or [(None, "")]
        found += [Decided(claim, ruling, how, tuple(citing)) for claim, how in hows]
    return found


def counts_in(quote: str) -> list[str]:
    """The counts that a ruling's words decide: "DENIED as to Counts II and IV; Count I shall proceed" → II, IV."""
    clauses = (clause for clause in _CLAUSE.split(quote) if _DECIDES.search(clause))
    found = (
        counts[1]
        for clause in clauses
        for counts in _COUNTS.finditer(clause)
        if not _RANGE.match(clause, counts.end())  # which counts are between, only the complaint knows
    )
    return [one.upper() for numerals in found for one in re.findall(_NUMERAL, numerals, re.IGNORECASE)]


def _counted(named: Sequence[Row]) -> dict[tuple[str, str], str]:
    """(paper, count) → the claim that the paper says it is, in the vocabulary of readings; none where it says two."""
    said: dict[tuple[str, str], set[str]] = {}
    for row in named:
        if row["value"].endswith("(defence)"):  # it answers the claim of a count
            continue
        if row["what"] != "claim" or not row["around"]:
            continue
        at = _place(row["around"], row["quote"], min(row["start"], 120))
        count = _COUNT_BEFORE.search(row["around"][:at]) or _COUNT_BEHIND.search(
            row["around"][at + len(row["quote"]) :]
        )
        if count and not _DECIDES.search(count[0]):  # "Count I is DENIED, but the claim of …" is of another count
            said.setdefault((row["document"], count[1].upper()), set()).add(row["value"])
    return {key: values.pop() for key, values in said.items() if len(values) == 1}


def _place(around: str, quote: str, expected: int) -> int:
    """Where the quote stands in the text around it, by `queries` at ``expected``; -1 where it does not."""
    return expected if around.startswith(quote, expected) else around.find(quote)


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


def _paragraph(ruling: Row) -> tuple[int, str]:
    """The paragraph of a ruling's words as far as ``around`` holds it, and its place in the text."""
    around, quote = ruling["around"] or "", ruling["quote"]
    at = _place(around, quote, min(ruling["start"], 1001))
    if at < 0:
        return ruling["start"], quote
    start = around.rfind("\n\n", 0, at) + 1
    end = around.find("\n\n", at + len(quote))
    return ruling["start"] - (at - start), around[start : end if end >= 0 else len(around)]
