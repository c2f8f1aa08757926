"""Which dockets a document is about, with the words that say so.

A filing is about the dockets in its caption; what it cites is other people's business. An article names its case in
many ways; from the surest to the least sure: docket number, MDL number or alias, caption, parties of both sides with
the court, one party with the judge and the court, the one name the case goes by. A party's name alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.court_names import courts_named
from pipeline.docket_number import docket_key
from pipeline.model import Docket, DocketLink, Document, Kind, Matter
from pipeline.refine import nicknames
from pipeline.refine import vocabulary as words_of
from pipeline.refine.parties import name_key, names_of
from pipeline.refine.relevance import relevance
from pipeline.refine.versus import captions
from pipeline.registry import Mention, Registry

_CAPTION_PAGE = 3000  # characters of a filing in which its caption stands


def match(document: Document, registry: Registry) -> tuple[DocketLink, ...]:
    """Dockets of a document, best first; empty when nothing sure is said.

    A docket that the document numbers is linked whether or not the registry knows it.
    """
    if document.kind is Kind.FILING:
        found = list(_own_numbers(document, registry)) or list(_head(document, registry))
    else:
        ours = _perhaps_ours(document)
        found = [*_numbers(document, registry), *_captions(document, registry, ours=ours)]
        for rule in (_parties, _judges, _litigations, _nicknames):
            # Parties and judges add nothing to a matter that number or caption have already named.
            named = {_slug(link, registry) for link in found}
            found += [link for link in rule(document, registry, ours=ours) if _slug(link, registry) not in named]
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
    return (link for link in _caption_links(words, registry, courts, ours=True) if _court(link.docket) in courts)


# ------------------------------------------------------------------------------------------------ articles


def _numbers(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """Docket numbers, MDL numbers and aliases. The same number exists in every court: a text that names other courts
    and not the docket's means another case.
    """
    words = _words(document)
    courts = {name.court for name in courts_named(words)} | ({document.court} if document.court else set())
    for mention in registry.resolve(words, document.court):
        is_number = any(character.isdigit() for character in mention.text)
        if not is_number and not _alias_stands(mention, document, registry):
            continue
        if is_number and courts and _court(mention.docket) not in courts and "MDL" not in mention.text:
            continue
        reason = "MDL number" if mention.text.startswith("MDL") else "docket number" if is_number else "alias"
        yield DocketLink(mention.docket, 0.97 if is_number else 0.88, mention.text, reason)


def _alias_stands(mention: Mention, document: Document, registry: Registry) -> bool:
    """Whether an alias in words means its docket. One that is a caption is read as captions are. One with a word that
    is hardly anything but a name, and is only that in this text, stands for itself; one of ordinary words ("Authors
    Action") needs another party, a judge or the court beside it, in a text that is perhaps ours without it.
    """
    if re.search(r"\sv\.?\s", mention.text):
        return False
    words = _words(document)
    if any(nicknames.is_rare(name) and name.lower() not in words for name in re.findall(r"[A-Z][\w-]+", mention.text)):
        return True
    docket = registry.docket(mention.docket)
    rest = replace(document, title=document.title.replace(mention.text, ""), text=document.text.replace(mention.text, ""))
    return docket is not None and _perhaps_ours(rest) and _own_sign(docket, mention.text, words, registry) is not None


def _captions(document: Document, registry: Registry, *, ours: bool) -> Iterator[DocketLink]:
    words = _words(document)
    courts = {name.court for name in courts_named(words)} | ({document.court} if document.court else set())
    return _caption_links(words, registry, courts, ours=ours)


def _caption_links(words: str, registry: Registry, courts: set[str], *, ours: bool) -> Iterator[DocketLink]:
    called = names_of(registry)
    in_re = {docket: found[0] for pattern, docket in called.in_re if (found := pattern.search(words))}
    for docket in _one_a_matter(in_re, registry, courts):
        yield DocketLink(docket.key, 0.92, _one_line(in_re[docket]), "caption")
    for sides in captions(words, called.captions, ours=ours):
        dockets = _one_a_matter((side.docket for side in sides), registry, courts)
        for docket in dockets:
            said = next(said for side, said in sides.items() if side.docket == docket)
            sure = 0.92 if len(dockets) == 1 else 0.5  # two suits between the same parties
            yield DocketLink(docket.key, sure, _one_line(said), "caption")


def _parties(document: Document, registry: Registry, *, ours: bool) -> Iterator[DocketLink]:
    """Both sides in one paragraph, and the court or a judge (or, in one sentence that speaks of suing, neither).

    The title is read as part of the first paragraph. Two well-known companies meet in many courts.
    """
    words = _words(document)
    courts = {name.court for name in courts_named(words)}
    called = names_of(registry)
    first, *rest = document.text.strip().split("\n")
    for paragraph in (f"{document.title}\n\n{first}", *rest):
        named = called.parties(paragraph)
        if not named:
            continue
        pairs: dict[tuple[str, str], list[Matter]] = {}
        for matter in registry.matters:
            plaintiffs = named.keys() & called.plaintiffs[matter.slug]
            defendants = named.keys() & called.defendants[matter.slug]
            if plaintiffs and defendants:
                pairs.setdefault((named[min(plaintiffs)], named[min(defendants)]), []).append(matter)
        for (plaintiff, defendant), matters in pairs.items():
            if not ours and nicknames.is_common(plaintiff) and nicknames.is_common(defendant):
                continue
            benches = {
                matter.slug: _named_court(matter.dockets, words) or _named_judge(matter.dockets, words)
                for matter in matters
            }
            here = [matter for matter in matters if benches[matter.slug]]
            for matter in here:
                evidence = f"{plaintiff} … {defendant} … {benches[matter.slug]}"
                sure = 0.75 if len(here) == 1 else 0.5
                yield DocketLink(_named_member(matter, plaintiff, courts).key, sure, evidence, "parties and court")
            sentence = None if here or len(matters) > 1 else _suing(paragraph, plaintiff, defendant)
            if sentence and not courts:
                docket = _named_member(matters[0], plaintiff, courts)
                yield DocketLink(docket.key, 0.65, _one_line(sentence), "parties in one sentence")


def _judges(document: Document, registry: Registry, *, ours: bool) -> Iterator[DocketLink]:
    """One party, the judge, the court: enough where only one matter has all three, or where one of them is the MDL.

    A judge sees a well-known company in many cases.
    """
    words = _words(document)
    courts = {name.court: words[name.start : name.end] for name in courts_named(words)}
    called = names_of(registry)
    named = {name: said for name, said in called.parties(words).items() if ours or not nicknames.is_common(said)}
    found: list[tuple[Matter, str]] = []
    for matter in registry.matters:
        sides = called.plaintiffs[matter.slug] | called.defendants[matter.slug]
        party = next((said for name, said in named.items() if name in sides), None)
        if party is None or matter.lead.court not in courts:
            continue
        if judge := _named_judge([matter.lead], words):
            found.append((matter, f"{party} … {judge} … {courts[matter.lead.court]}"))
    chosen = [each for each in found if each[0].mdl] or found
    if len(chosen) == 1:
        matter, evidence = chosen[0]
        yield DocketLink(matter.lead.key, 0.7, evidence, "party, judge and court")


def _litigations(document: Document, registry: Registry, *, ours: bool) -> Iterator[DocketLink]:
    """The MDL against a company that is a defendant in one multidistrict litigation and no more."""
    words = _words(document)
    said = re.search(r"\bMDL\b|\bmultidistrict litigation\b", words)
    if said is None or not ours or not words_of.COPYRIGHT.words.search(words):
        return
    called = names_of(registry)
    named = called.parties(words)
    found = [
        (matter, min(shared))
        for matter in registry.matters
        if matter.mdl and (shared := named.keys() & called.defendants[matter.slug])
    ]
    if len(found) == 1:
        matter, party = found[0]
        yield DocketLink(matter.lead.key, 0.65, f"{named[party]} … {said[0]}", "party and MDL")


def _nicknames(document: Document, registry: Registry, *, ours: bool) -> Iterator[DocketLink]:
    """A case by its one name, beside its other side, judge or court; a rare name also beside a word of our subject, a
    common one only where copyright or somebody's works are spoken of as well: a party stands in many courts.

    A rare name alone is worth a look and no more.
    """
    words = _words(document)
    of_works = any(heard.words.search(words) for heard in (words_of.COPYRIGHT, words_of.WORKS))
    ours = ours or of_works or words_of.AI.words.search(words) is not None
    for name, said, dockets in nicknames.case_names(words, registry):
        rare = nicknames.is_rare(name)
        signs = {docket: _own_sign(docket, name, words, registry) for docket in dockets if rare or of_works}
        beside = {docket: sign for docket, sign in signs.items() if sign}
        if beside or (rare and ours):
            sure = 0.5 if len(beside or dockets) > 1 else 0.7 if beside else 0.6
            for docket in beside or dockets:
                yield DocketLink(docket.key, sure, " … ".join(filter(None, (said, beside.get(docket)))), "case name")
        elif rare:
            yield from (DocketLink(docket.key, 0.3, said, "case name alone") for docket in dockets)


def _own_sign(docket: Docket, name: str, words: str, registry: Registry) -> str | None:
    """Another party, a judge or the court of a docket's matter, as the words have it."""
    matter = registry.matter_of(docket.key)
    assert matter is not None
    called = names_of(registry)
    sides = called.plaintiffs[matter.slug] | called.defendants[matter.slug]
    party = next((said for plain, said in called.parties(words).items() if plain in sides and name not in said), None)
    return party or _named_judge(matter.dockets, words) or _named_court(matter.dockets, words)


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


def _named_member(matter: Matter, plaintiff: str, courts: set[str]) -> Docket:
    """The docket whose own caption begins with this plaintiff, else the lead; in a court the text names if any."""
    mine = [d for d in matter.dockets if d.caption and name_key(d.caption).startswith(name_key(plaintiff))]
    return next((d for d in (*mine, matter.lead) if d.court in courts), mine[0] if mine else matter.lead)


# ------------------------------------------------------------------------------------------------ words


def _perhaps_ours(document: Document) -> bool:
    """Whether its words alone, without any docket, speak perhaps of our subject: large companies are in court over
    much else.
    """
    return relevance(document.title, document.text).verdict != "not"


def _words(document: Document) -> str:
    return f"{document.title}\n\n{document.text}"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _court(key: str) -> str:
    return key.partition(":")[0]


def _slug(link: DocketLink, registry: Registry) -> str | None:
    matter = registry.matter_of(link.docket)
    return matter.slug if matter else None


def _named_court(dockets: Iterable[Docket], words: str) -> str | None:
    courts = {docket.court for docket in dockets}
    return next((words[found.start : found.end] for found in courts_named(words) if found.court in courts), None)


def _named_judge(dockets: Iterable[Docket], words: str) -> str | None:
    judges = (judge for docket in dockets for judge in (*docket.judges, *docket.former_judges))
    return next((said for judge in judges if (said := _judge(judge, words))), None)


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
            and _SUIT.search(sentence)
        ):
            return sentence
    return None


_SUIT = re.compile(
    r"\b(?:sue[sd]?|suing|(?:law)?suits?|(?:cases?|complaints?|class actions?) against|infring\w+|settle[sd]?)\b"
)
