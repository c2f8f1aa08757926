"""Sums of money a paper names: currency, value and what they are counted by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.model import Passage, Reading

_CURRENCY = {
    "$": "USD", "us$": "USD", "u.s. $": "USD", "usd": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "€": "EUR",
    "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY", "rmb": "CNY", "₹": "INR", "rs.": "INR", "r$": "BRL",
}  # fmt: skip
_SCALE = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9, "trillion": 12}
_SIGN = r"(?P<sign>(?:US|C|CA|A|R)?\$|U\.S\.\s\$|€|£|¥|₹|\b(?:USD|EUR|GBP|RMB)\s|\bRs\.\s)"
_AGAIN = r"(?:US|C|CA|A|R)?[$€£¥₹]"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?"
_SCALED = r"(?:\s?(?P<scale{0}>thousand|million|billion|trillion|bn|mn|[kmb](?![A-Za-z])))?"
_SUM = re.compile(
    rf"(?P<between>\bbetween\s+)?{_SIGN}\s?(?P<low>{_NUMBER}){_SCALED.format(1)}"
    rf"(?:(?(between)\s+and\s+|\s?(?:[-–—]|to)\s?)(?:{_AGAIN}\s?)?(?P<high>{_NUMBER}){_SCALED.format(2)}(?![\d,/]))?"
    r"(?:\s+(?:per|for\s+each|each)\s+(?P<each>work|infringement|violation|book|song|title|copy|day|month|year|hour)\b)?"
    r"(?!\d|%)",
    re.IGNORECASE,
)
_ANY_SIGN = re.compile(r"[$€£¥₹]|\b(?:USD|EUR|GBP|RMB|Rs\.)\s", re.IGNORECASE)
_DOLLARS = re.compile(
    rf"\b(?<![$.,])(?P<low>{_NUMBER})(?:\s(?P<scale1>thousand|million|billion|trillion))?\s(?P<sign>dollars|euros|pounds)\b",
    re.IGNORECASE,
)
_NAMED = {"dollars": "USD", "euros": "EUR", "pounds": "GBP"}


def find_amounts(text: str) -> tuple[Reading, ...]:
    """Each sum once, where it is first named: "USD 1500000000", "USD 3000 per work", "USD 750 to 30000".

    A dollar without more is the United States' (confidence .95, ranges .9).
    """
    found: dict[str, Reading] = {}
    for match in sorted([*_sums(text), *_DOLLARS.finditer(text)], key=lambda match: match.start()):
        parts = match.groupdict()
        sign = " ".join(parts["sign"].lower().split())
        currency = _NAMED.get(sign) or _CURRENCY[sign]
        high = parts.get("high")
        low = _value(parts["low"], parts["scale1"] or parts.get("scale2"))  # "$1 to 2 million" are millions
        value = f"{currency} {low}" + (f" to {_value(high, parts['scale2'])}" if high else "")
        value += f" per {parts['each'].lower()}" if parts.get("each") else ""
        passage = Passage(match.start(), match.end(), match[0])
        found.setdefault(value, Reading("amount", value, passage, 0.9 if high else 0.95))
    return tuple(found.values())


def _sums(text: str) -> Iterator[re.Match[str]]:
    """Matches of `_SUM`, sought where a sign stands: signs are few."""
    end = 0
    for sign in _ANY_SIGN.finditer(text):
        if sign.start() >= end and (match := _SUM.search(text, max(end, sign.start() - 12), sign.end() + 80)):
            end = match.end()
            yield match


def _value(number: str, scale: str | None) -> str:
    value = Decimal(number.replace(",", "")) * 10 ** _SCALE.get((scale or "").lower(), 0)
    return f"{value.normalize():f}"
