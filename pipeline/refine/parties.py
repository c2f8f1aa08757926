"""What the registry's parties and captions are called in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Docket, Matter
from pipeline.registry import Registry


@dataclass(frozen=True, slots=True)
class Sides:
    """One way to write a caption: the last tokens before "v." and the first after it."""

    docket: Docket
    plaintiff: tuple[str, ...]
    defendant: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    captions: tuple[Sides, ...]
    in_re: tuple[tuple[re.Pattern[str], Docket], ...]
    plaintiffs: dict[str, frozenset[str]]  # slug → plain names
    defendants: dict[str, frozenset[str]]
    names: re.Pattern[str]

    def parties(self, words: str) -> dict[str, str]:
        """Plain name → the words, for each party named; not where a newspaper is named as a source."""
        return {
            name_key(found[0]): found[0]
            for found in self.names.finditer(words)
            if not (_REPORTS.match(words, found.end()) or _AS_SOURCE.search(words[: found.start()][-20:]))
        }


_REPORTS = re.compile(r"\s(?:first |has |had |also )?reported\b(?! to)")
_AS_SOURCE = re.compile(r"\b(?:according to|reported by|told)\s(?:[Tt]he\s)?$")


@lru_cache(maxsize=4)
def names_of(registry: Registry) -> Names:
    captions: list[Sides] = []
    in_re: list[tuple[re.Pattern[str], Docket]] = []
    plaintiffs: dict[str, frozenset[str]] = {}
    defendants: dict[str, frozenset[str]] = {}
    names: set[str] = set()
    for matter in registry.matters:
        own = [name for party in matter.plaintiffs for name in _party_names(party, matter)]
        against = [name for party in matter.defendants for name in _party_names(party, None)]
        plaintiffs[matter.slug] = frozenset(map(name_key, own))
        defendants[matter.slug] = frozenset(map(name_key, against))
        names.update(own, against)
        for docket in matter.dockets:
            caption = docket.caption or (matter.caption if docket is matter.lead else "")
            left, versus, right = re.sub(r"\sv\s", " v. ", caption).partition(" v. ")  # London leaves the dot out
            if caption.startswith("In re "):
                in_re.append((_in_re_pattern(caption), docket))
            lefts = _forms(left) if versus else set()
            if docket is matter.lead and len(matter.dockets) == len({d.court for d in matter.dockets}):
                lefts |= {form for party in matter.plaintiffs for form in _forms(party)}
            rights = _forms(right) | {form for party in matter.defendants for form in _forms(party)}
            captions += [Sides(docket, before, after) for before in sorted(lefts) for after in sorted(rights)]
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
    pattern = re.compile(rf"(?<![\w-])(?:{spelled})(?![\w-])")
    return Names(tuple(captions), tuple(in_re), plaintiffs, defendants, pattern)


_LEGAL_FORMS = "inc llc lp llp ltd limited co corp corporation company plc pbc gmbh ag sa spa nv us opco"
_CORPORATE = frozenset(f"{_LEGAL_FORMS} the group et al".split())
_COMMON_FIRST = frozenset(("the", "new", "american", "city", "center", "daily", "university", "first", "national"))


def _forms(party: str) -> set[tuple[str, ...]]:
    """Token sequences a party is called by before or after "v.": without company forms, and by its first word."""
    tokens = tuple(token.word for token in tokenize(party, 0, len(party)) if token.counts)
    if not tokens:
        return set()
    short = tokens[:1] if len(tokens[0]) > 2 and tokens[0] not in _COMMON_FIRST else tokens
    return {tokens, short}


def _party_names(party: str, matter: Matter | None) -> list[str]:
    """Spellings of a party worth looking for in running text: without "The" and the company's legal form.

    A plaintiff known by one word counts when it is an acronym or part of a company's name in the caption: "Denial" and
    "James" are words of their own.
    """
    bare = re.sub(r"^The\s", "", party)
    bare = re.sub(r"(?:,?\s(?:Inc|LLC|LP|Ltd|Co|Corp|Corporation|Company|PBC|GmbH|SA|OpCo|e\.V)\b\.?)+$", "", bare)
    if matter is not None and " " not in bare and not bare.isupper():
        captions = [matter.caption, *(docket.caption or "" for docket in matter.dockets)]
        if not any(re.search(rf"\b{re.escape(bare)}(?:,? [A-Z]|\.com)(?!\w*\bv\.)", caption) for caption in captions):
            return []
    return [bare]


def _in_re_pattern(caption: str) -> re.Pattern[str]:
    words = re.findall(r"[\w']+", caption.removeprefix("In re "))
    spelled = [
        rf"(?:{word}[\s,.]+)?" if word.lower() in _CORPORATE else rf"{re.escape(word)}[\s,.]+" for word in words[:-1]
    ]
    return re.compile(rf"(?:\bIn\s+re:?\s+)?\b{''.join(spelled)}{re.escape(words[-1])}\b", re.IGNORECASE)


# ------------------------------------------------------------------------------------------------ words


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    start: int
    end: int

    @property
    def counts(self) -> bool:
        return self.word not in _CORPORATE


def tokenize(text: str, start: int, end: int) -> list[Token]:
    pattern = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
    return [Token(re.sub(r"[.’']", "", m[0]).lower(), m.start(), m.end()) for m in pattern.finditer(text, start, end)]


def name_key(name: str) -> str:
    return " ".join(re.sub(r"[.’']", "", name).lower().split())
