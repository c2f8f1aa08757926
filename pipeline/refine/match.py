"""Which dockets a document is about, with the words that say so.

A filing is about the dockets in its caption; what it cites is other people's business. An article names its case in
many ways; from the surest to the least sure: docket number, MDL number or alias, caption, parties of both sides with
the court, one party with the judge and the court. A party's name alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.court_names import courts_named
from pipeline.docket_number import docket_key
from pipeline.model import Docket, DocketLink, Document, Kind, Matter
from pipeline.registry import Registry

_CAPTION_PAGE = 3000  # characters of a filing in which its caption stands


def match(document: Document, registry: Registry) -> tuple[DocketLink, ...]:
    """Dockets of a document, best first; empty when nothing sure is said.

    A docket that the document numbers is linked whether or not the registry knows it.
    """
    if document.kind is Kind.FILING:
        found = list(_own_numbers(document, registry)) or list(_head(document, registry))
    else:
        found = [*_numbers(document, registry), *_captions(document, registry)]
        for rule in (_parties, _judges, _litigations):
            # Parties and judges add nothing to a matter that number or caption have already named.
            named = {_slug(link, registry) for link in found}
            found += [link for link in rule(document, registry) if _slug(link, registry) not in named]
    links: dict[str, DocketLink] = {}
    for link in sorted(found, key=lambda link: -link.confidence):
        links.setdefault(link.docket, link)
    return tuple(links.values())


# ------------------------------------------------------------------------------------------------ filings


def _own_numbers(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """The numbers the reader took from stamp and caption. The entry number is the stamp's: that of the first docket."""
    for position, number in enumerate(document.docket_numbers):
        entry = document.entry_number if position == 0 else None
        key = docket_key(number, document.court) if document.court else None
        if key:
            yield DocketLink(key, 0.99, number, "docket number", entry)
            continue
        for mention in registry.resolve(number, document.court):
            yield DocketLink(mention.docket, 0.95, mention.text, "docket number", entry)


def _head(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """For a filing whose number was not read: numbers, else the caption, on its first page."""
    head = document.text[:_CAPTION_PAGE]
    numbers = [
        DocketLink(mention.docket, 0.9, mention.text, "docket number in the caption")
        for mention in registry.resolve(head, document.court)
    ]
    if numbers:
        return iter(numbers)
    words = "\n".join(filter(None, (document.caption, document.title, head)))
    courts = {document.court} if document.court else {name.court for name in courts_named(head)}
    return (link for link in _caption_links(words, registry, courts) if _court(link.docket) in courts)


# ------------------------------------------------------------------------------------------------ articles


def _numbers(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """Docket numbers, MDL numbers and aliases. The same number exists in every court: a text that names other courts
    and not the docket's means another case.
    """
    words = _words(document)
    courts = {name.court for name in courts_named(words)} | ({document.court} if document.court else set())
    for mention in registry.resolve(words, document.court):
        is_number = any(character.isdigit() for character in mention.text)
        if is_number and courts and _court(mention.docket) not in courts and "MDL" not in mention.text:
            continue
        reason = "MDL number" if mention.text.startswith("MDL") else "docket number" if is_number else "alias"
        yield DocketLink(mention.docket, 0.97 if is_number else 0.88, mention.text, reason)


def _captions(document: Document, registry: Registry) -> Iterator[DocketLink]:
    words = _words(document)
    courts = {name.court for name in courts_named(words)} | ({document.court} if document.court else set())
    return _caption_links(words, registry, courts)


def _caption_links(words: str, registry: Registry, courts: set[str]) -> Iterator[DocketLink]:
    index = _index(registry)
    in_re = {docket: found[0] for pattern, docket in index.in_re if (found := pattern.search(words))}
    for docket in _one_a_matter(in_re, registry, courts):
        yield DocketLink(docket.key, 0.92, _one_line(in_re[docket]), "caption")
    for versus in re.finditer(r"\s(?:v|vs|versus)\b\.?(?=\s)", words):
        before = _tokens(words, max(0, versus.start() - 90), versus.start())
        after = _tokens(words, versus.end(), min(len(words), versus.end() + 90))
        fits = [side for side in index.captions if _ends(before, side.plaintiff) and _begins(after, side.defendant)]
        longest = max((len(side.plaintiff) for side in fits), default=0)
        dockets = _one_a_matter((side.docket for side in fits if len(side.plaintiff) == longest), registry, courts)
        for docket in dockets:
            side = next(side for side in fits if side.docket == docket)
            start = [token for token in before if token.counts][-len(side.plaintiff)].start
            end = [token for token in after if token.counts][len(side.defendant) - 1].end
            sure = 0.92 if len(dockets) == 1 else 0.5  # two suits between the same parties
            yield DocketLink(docket.key, sure, _one_line(words[start:end]), "caption")


def _parties(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """Both sides in one paragraph, and the court (or, in one sentence that speaks of suing, without it)."""
    words = _words(document)
    courts = {name.court: words[name.start : name.end] for name in courts_named(words)}
    index = _index(registry)
    for paragraph in re.split(r"\n\s*\n|\n", words):
        named = index.parties(paragraph)
        if not named:
            continue
        pairs: dict[tuple[str, str], list[Matter]] = {}
        for matter in registry.matters:
            plaintiffs = named.keys() & index.plaintiffs[matter.slug]
            defendants = named.keys() & index.defendants[matter.slug]
            if plaintiffs and defendants:
                pairs.setdefault((named[min(plaintiffs)], named[min(defendants)]), []).append(matter)
        for (plaintiff, defendant), matters in pairs.items():
            here = [matter for matter in matters if any(docket.court in courts for docket in matter.dockets)]
            for matter in here:
                docket = _named_member(matter, plaintiff, courts)
                evidence = f"{plaintiff} … {defendant} … {courts.get(docket.court) or next(iter(courts.values()))}"
                sure = 0.75 if len(here) == 1 else 0.5
                yield DocketLink(docket.key, sure, evidence, "parties and court")
            sentence = None if here or len(matters) > 1 else _suing(paragraph, plaintiff, defendant)
            if sentence and not courts:
                docket = _named_member(matters[0], plaintiff, courts)
                yield DocketLink(docket.key, 0.65, sentence, "parties in one sentence")


def _judges(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """One party, the judge, the court: enough where only one matter has all three, or where one of them is the MDL."""
    words = _words(document)
    courts = {name.court: words[name.start : name.end] for name in courts_named(words)}
    index = _index(registry)
    named = index.parties(words)
    found: list[tuple[Matter, str]] = []
    for matter in registry.matters:
        party = next(
            (name for name in named if name in index.plaintiffs[matter.slug] | index.defendants[matter.slug]), None
        )
        if party is None or matter.lead.court not in courts:
            continue
        judges = (*matter.lead.judges, *matter.lead.former_judges)
        judge = next((said for judge in judges if (said := _judge(judge, words))), None)
        if judge:
            found.append((matter, f"{named[party]} … {judge} … {courts[matter.lead.court]}"))
    chosen = [each for each in found if each[0].mdl] or found
    if len(chosen) == 1:
        matter, evidence = chosen[0]
        yield DocketLink(matter.lead.key, 0.7, evidence, "party, judge and court")


def _litigations(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """The MDL against a company that is a defendant in one multidistrict litigation and no more."""
    words = _words(document)
    said = re.search(r"\bMDL\b|\bmultidistrict litigation\b", words)
    if said is None:
        return
    index = _index(registry)
    named = index.parties(words)
    found = [
        (matter, min(shared))
        for matter in registry.matters
        if matter.mdl and (shared := named.keys() & index.defendants[matter.slug])
    ]
    if len(found) == 1:
        matter, party = found[0]
        yield DocketLink(matter.lead.key, 0.65, f"{named[party]} … {said[0]}", "party and MDL")


# ------------------------------------------------------------------------------------------------ names of the registry


@dataclass(frozen=True, slots=True)
class _Sides:
    """One way to write a caption: the last tokens before "v." and the first after it."""

    docket: Docket
    plaintiff: tuple[str, ...]
    defendant: tuple[str, ...]


@dataclass(frozen=True)
class _Index:
    captions: tuple[_Sides, ...]
    in_re: tuple[tuple[re.Pattern[str], Docket], ...]
    plaintiffs: dict[str, frozenset[str]]  # slug → plain names
    defendants: dict[str, frozenset[str]]
    names: re.Pattern[str]

    def parties(self, words: str) -> dict[str, str]:
        """Plain name → the words, for each party named."""
        return {_plain(found[0]): found[0] for found in self.names.finditer(words)}


@lru_cache(maxsize=4)
def _index(registry: Registry) -> _Index:
    captions: list[_Sides] = []
    in_re: list[tuple[re.Pattern[str], Docket]] = []
    plaintiffs: dict[str, frozenset[str]] = {}
    defendants: dict[str, frozenset[str]] = {}
    names: set[str] = set()
    for matter in registry.matters:
        own = [name for party in matter.plaintiffs for name in _party_names(party, matter)]
        against = [name for party in matter.defendants for name in _party_names(party, None)]
        plaintiffs[matter.slug] = frozenset(map(_plain, own))
        defendants[matter.slug] = frozenset(map(_plain, against))
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
            captions += [_Sides(docket, before, after) for before in sorted(lefts) for after in sorted(rights)]
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
    pattern = re.compile(rf"(?<![\w-])(?:{spelled})(?![\w-])")
    return _Index(tuple(captions), tuple(in_re), plaintiffs, defendants, pattern)


_LEGAL_FORMS = "inc llc lp llp ltd limited co corp corporation company plc pbc gmbh ag sa spa nv us opco"
_CORPORATE = frozenset(f"{_LEGAL_FORMS} the group et al".split())
_COMMON_FIRST = frozenset(("the", "new", "american", "city", "center", "daily", "university", "first", "national"))


def _forms(party: str) -> set[tuple[str, ...]]:
    """Token sequences a party is called by before or after "v.": without company forms, and by its first word."""
    tokens = tuple(token.word for token in _tokens(party, 0, len(party)) if token.counts)
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


def _one_a_matter(dockets: Iterable[Docket], registry: Registry, courts: set[str]) -> list[Docket]:
    """Of dockets that share a caption, the one of each matter that stands in a court the text names; else the first."""
    by_matter: dict[str, list[Docket]] = {}
    for docket in dockets:
        matter = registry.matter_of(docket.key)
        if matter and docket not in (mine := by_matter.setdefault(matter.slug, [])):
            mine.append(docket)
    here = {slug: [d for d in mine if d.court in courts] for slug, mine in by_matter.items()}
    if any(here.values()):
        return [mine[0] for mine in here.values() if mine]
    return [mine[0] for mine in by_matter.values()]


def _named_member(matter: Matter, plaintiff: str, courts: Iterable[str]) -> Docket:
    """The docket whose own caption begins with this plaintiff, in a court the text names if any; else the lead."""
    first = _plain(plaintiff).split()
    mine = [
        d for d in matter.dockets if d.caption and [t.word for t in _tokens(d.caption, 0, 90)][: len(first)] == first
    ]
    return next((d for d in mine if d.court in set(courts)), mine[0] if mine else matter.lead)


# ------------------------------------------------------------------------------------------------ words


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int

    @property
    def counts(self) -> bool:
        return self.word not in _CORPORATE


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    pattern = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
    return [_Token(re.sub(r"[.’']", "", m[0]).lower(), m.start(), m.end()) for m in pattern.finditer(text, start, end)]


def _ends(tokens: list[_Token], wanted: tuple[str, ...]) -> bool:
    return tuple(token.word for token in tokens if token.counts)[-len(wanted) :] == wanted


def _begins(tokens: list[_Token], wanted: tuple[str, ...]) -> bool:
    return tuple(token.word for token in tokens if token.counts)[: len(wanted)] == wanted


def _words(document: Document) -> str:
    return f"{document.title}\n\n{document.text}"


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[.’']", "", name).lower().split())


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _court(key: str) -> str:
    return key.partition(":")[0]


def _slug(link: DocketLink, registry: Registry) -> str | None:
    matter = registry.matter_of(link.docket)
    return matter.slug if matter else None


def _judge(name: str, words: str) -> str | None:
    """A judge as the press writes the name: Ona Wang, Judge Wang, Magistrate Judge Ona T. Wang."""
    parts = re.sub(r"\s\([^)]*\)|\s(?:Jr\.|Sr\.|I{1,3}|IV)$", "", name).split()
    first, last = re.escape(parts[0]), re.escape(parts[-1])
    found = re.search(rf"\b(?:Judge|Justice)\s{last}\b|\b{first}\s(?:[A-Z][\w.]*\s){{0,2}}{last}\b", words)
    return found[0] if found else None


def _suing(paragraph: str, plaintiff: str, defendant: str) -> str | None:
    """The sentence in which the one sues the other."""
    for start, end in pairwise(
        [0, *(m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z“\"])", paragraph)), len(paragraph)]
    ):
        sentence = paragraph[start:end].strip()
        if (
            plaintiff in sentence
            and defendant in sentence
            and re.search(r"\b(?:sue[sd]?|suing|lawsuit|files? suit|complaint against|infring\w+)\b", sentence)
        ):
            return sentence
    return None
