"""What the registry's parties and captions are called in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Docket, Matter
from pipeline.refine import places
from pipeline.refine.nicknames import is_a_surname, is_rare
from pipeline.registry import Registry


@dataclass(frozen=True, slots=True)
class Sides:
    """One way to write a caption: the last tokens before "v." and the first after it."""

    docket: Docket
    plaintiff: tuple[str, ...]
    defendant: tuple[str, ...]
    person: bool  # the plaintiff goes by a surname, before which first names may stand


@dataclass(frozen=True)
class Names:
    captions: tuple[Sides, ...]
    in_re: tuple[tuple[re.Pattern[str], Docket], ...]
    plaintiffs: dict[str, frozenset[str]]  # slug → plain names
    defendants: dict[str, frozenset[str]]
    names: re.Pattern[str]

    def parties(self, words: str) -> dict[str, str]:
        """Plain name → the words, for each party named; not where a newspaper is named as a source."""
        named = {
            name_key(found[0]): found[0]
            for found in self.names.finditer(words)
            if not (_REPORTS.match(words, found.end()) or _AS_SOURCE.search(words[: found.start()][-20:]))
        }
        # Of several plaintiffs one name may be short: the full name of one case, the surname in another.
        last = {name_key(end): said for said in named.values() if self.names.fullmatch(end := said.rpartition(" ")[2])}
        return last | named


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
        said = [side for docket in matter.dockets for side in _other_captions(docket, matter)]
        own = _running_names([*matter.plaintiffs, *(name for left, _ in said for name in left.split("/"))], matter)
        against = _running_names(matter.defendants) | _running_names([right for _, right in said], matter)
        plaintiffs[matter.slug] = frozenset(map(name_key, own))
        defendants[matter.slug] = frozenset(map(name_key, against))
        names |= own | against
        for docket in matter.dockets:
            if (words := caption(docket, matter)).startswith("In re "):
                in_re.append((_in_re_pattern(words), docket))
            captions += _sides(docket, matter)
    names |= {re.sub(r"\b[A-Z]{4,}\b", lambda word: word[0].capitalize(), name) for name in names}  # "Nvidia", "Ross"
    spelled = "|".join(re.escape(name).replace(r"\ ", r"\s?") for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{spelled or '(?!)'})(?![\w-])")
    return Names(tuple(captions), tuple(in_re), plaintiffs, defendants, pattern)


_LEGAL_FORMS = "inc llc lp llp ltd limited co corp corporation company plc pbc pvt gmbh ag sa spa nv us opco"
_CORPORATE = frozenset(f"{_LEGAL_FORMS} the group et al".split())


def caption(docket: Docket, matter: Matter) -> str:
    """A docket's own caption; for the lead that of its matter. Empty where the registry has none."""
    return docket.caption or (matter.caption if docket is matter.lead else "")


def _split(caption: str) -> tuple[str, str] | None:
    left, versus, right = re.sub(r"\sv\s", " v. ", caption).partition(" v. ")  # London leaves the dot out
    return (left, right) if versus else None


def _other_captions(docket: Docket, matter: Matter) -> list[tuple[str, str]]:
    """The sides of the aliases that are captions: "NYT v. OpenAI"."""
    aliases = (*docket.aliases, *(matter.aliases if docket is matter.lead else ()))
    return [sides for alias in aliases if (sides := _split(alias))]


def _sides(docket: Docket, matter: Matter) -> Iterator[Sides]:
    own, other = _split(caption(docket, matter)), _other_captions(docket, matter)
    lefts = {form: is_a_surname(own[0]) for form in _forms(own[0])} if own else {}
    rights = {form for _, right in (*other, *filter(None, [own])) for form in _forms(right)}
    rights |= {form for party in matter.defendants for form in _forms(party)[-1:]}
    as_written = [left for left, _ in other]
    if docket is matter.lead and len(matter.dockets) == len({d.court for d in matter.dockets}):
        as_written += matter.plaintiffs
    lefts = {form: is_a_surname(party) for party in as_written for form in _forms(party)[-1:]} | lefts
    for before, person in sorted(lefts.items()):
        yield from (Sides(docket, before, after, person) for after in sorted(rights))


# What a company does, which the press leaves out.
_TRADE = (
    r"(?:\s(?:AI|Communications|Compute|Enterprises|Entertainment|Group|Holdings|Images|Intelligence|Labs|Media|Music"
    r"|Platforms|Productions|Publishing|Recordings|Services|Software|Systems|Tech)\b)"
)
_OPENS_MANY = re.compile("American|City|Center|Daily|University|First|National|New")


def _forms(party: str) -> list[tuple[str, ...]]:
    """Token sequences a party is called by before or after "v.": its first words, without company forms; the longest
    last. One word ("Disney") stands for a name whose other words say where or what it is, or is hardly anything but a
    name; a place alone ("New York") is somebody else.
    """
    party = re.sub(r"^The\s", "", party)
    tokens = [token for token in tokenize(party, 0, len(party)) if token.counts]
    words = tuple(token.word for token in tokens)
    forms = [words]
    for many in range(len(tokens) - 1, 0, -1):
        first, rest = party[: tokens[many - 1].end], "".join(f" {token.said}" for token in tokens[many:])
        only_says_what = re.fullmatch(rf"(?:\s\d+|{_TRADE})*\s*", places.without(rest))
        is_somebody_else = len(first) < 3 or _OPENS_MANY.fullmatch(first) or not places.without(first).strip()
        if (many > 1 or is_rare(first) or only_says_what) and not is_somebody_else:
            forms.insert(0, words[:many])
    return [form for form in forms if form]


_LEGAL_ENDING = r"(?:,?\s(?:Inc|LLC|LP|Ltd|Co|Corp|Corporation|Company|PBC|GmbH|SA|OpCo|e\.V)\b\.?)+$"


def _running_names(parties: Iterable[str], matter: Matter | None = None) -> set[str]:
    """Spellings of parties worth looking for in running text: without "The", the legal form and the trade.

    One word counts where it is hardly anything but a name; without ``matter`` always, with it also where it is an
    acronym or part of a company's name in a caption: "Denial" and "James" are words of their own.
    """
    found = set()
    for party in parties:
        whole = re.sub(r"^The\s", "", party)
        bare = re.sub(_LEGAL_ENDING, "", whole)
        short = re.sub(rf"{_TRADE}+$", "", bare)
        if bare != whole and not _is_name(bare):  # "News Corp"
            found.add(whole)
        elif matter is None or _is_name(bare) or bare.isupper() or _is_company(bare, matter):
            found.add(bare)
        if _is_name(short):
            found.add(short)
        elif party.startswith("The ") and short != bare:
            found.add(f"The {short}")
    return found


def _is_name(words: str) -> bool:
    return " " in words or is_rare(words)


def _is_company(name: str, matter: Matter) -> bool:
    captions = [matter.caption, *(docket.caption or "" for docket in matter.dockets)]
    return any(re.search(rf"\b{re.escape(name)}(?:,? [A-Z]|\.com)(?!\w*\bv\.)", caption) for caption in captions)


def _in_re_pattern(caption: str) -> re.Pattern[str]:
    words = re.findall(r"[\w']+", caption.removeprefix("In re "))
    spelled = [
        rf"(?:{word}[\s,.]+)?" if word.lower() in _CORPORATE else rf"{re.escape(word)}[\s,.]+" for word in words[:-1]
    ]
    return re.compile(rf"(?:\bIn\s+re:?\s+)?\b{''.join(spelled)}{re.escape(words[-1])}\b", re.IGNORECASE)


# ------------------------------------------------------------------------------------------------ words


@dataclass(frozen=True, slots=True)
class Token:
    said: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return re.sub(r"\.com$|[.’']", "", self.said).lower()

    @property
    def counts(self) -> bool:
        """Whether it is more than a company's legal form or an article."""
        return self.word not in _CORPORATE


def tokenize(text: str, start: int, end: int) -> list[Token]:
    pattern = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
    return [Token(m[0], m.start(), m.end()) for m in pattern.finditer(text, start, end)]


def name_key(name: str) -> str:
    """Small letters and digits alone: "ElevenLabs" is "Eleven Labs"."""
    return re.sub(r"[.’'\s]", "", name).lower()
