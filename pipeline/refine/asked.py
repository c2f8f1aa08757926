"""What a court was asked: the ECF number of a motion, its name, or its bare noun, in the words around a ruling."""

from __future__ import annotations

import re

_ECF = re.compile(
    r"\b(?:ECF|Dkt\.?|Doc\.?|Docket|D\.E\.|DE|Document)\s*(?:Nos?\.?|Entry|Numbers?|\#)?\s*(\d{1,5}(?:/\d{1,5})?)\b",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:cross-)?(?:motions?|requests?|applications?|petitions?|objections?|leave|appeals?|stipulations?"
    r"|(?:partial\s+)?summary\s+judgment|judgment|decision|opinion|actions?|case|complaint|designation|scheduling|discovery)"
)
_NAME = re.compile(
    rf"\b(?P<noun>{_NOUN})(?P<of>\s+(?:to|for|in\s+limine|of)\b[^,;:.()]{{0,80}}?)?"
    r"(?=\s*(?:$|[,;:.()]|\b(?:is|are|be|shall|filed|pursuant|under|against|with|without|as|for|that|which|because|insofar|until|pending|and\s+the|"
    r"on\s+the\s+grounds?|in\s+(?:its|their)\s+entirety|in\s+part)\b))",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<!as to )(?<!on )\b(Counts?\s+(?:[IVX]+|\d+)(?:(?:,\s*|,?\s+and\s+)(?:[IVX]+|\d+))*)\s*$")


def asked(before: str, after: str) -> tuple[str | None, str | None, str | None]:
    """What is decided, as far as the words say: its ECF number, its name, and its bare noun."""
    numbers = [
        match
        for match in _ECF.finditer(before)
        if not re.search(r"\b(?:opp|repl|respon|brief|decl|see)\w*\W*$", before[: match.start()], re.IGNORECASE)
    ]
    number = numbers[-1] if numbers else _ECF.search(re.split(r";|\band\b", after)[0][:160])
    if count := _COUNT.search(before):
        return None, " ".join(count[1].split()), None
    names = [*_NAME.finditer(before)]
    chosen = names[-1] if names else _NAME.search(after[:160])
    if chosen is None:
        return number[1] if number else None, None, None
    name = " ".join((chosen["noun"] + (chosen["of"] or "")).split())
    noun = chosen["noun"].lower().rstrip("s")
    named = chosen["of"] or " " in chosen["noun"] or "-" in chosen["noun"]
    return number[1] if number else None, name if named else None, noun


def alike(a: str | None, b: str | None) -> bool:
    """Whether two names are one motion's: "request for further production", "motion for further production of …"."""
    words, more = sorted((_words(a), _words(b)), key=len)
    return len(words) >= 2 and (words == more[: len(words)] or (len(words) >= 3 and set(words) <= set(more)))


def _words(name: str | None) -> list[str]:
    """The words of what is asked for, without the noun that says how."""
    asked = re.sub(rf"^{_NOUN}\s+(?:to|for|of)\b", "", name or "", flags=re.IGNORECASE)
    return [
        word for word in re.findall(r"[a-z]+", asked.lower()) if word not in {"all", "any", "the", "a", "of", "for"}
    ]
