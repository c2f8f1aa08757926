"""Which docket an article means that gives no number, alias or caption.

From the surest to the least sure: parties of both sides with the court or the judge, one party with both, parties of
both sides in a sentence that speaks of suing, the one name the case goes by. Large companies are in court over much
else: they count in a text that is by its words perhaps ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pipeline.court_names import courts_named
from pipeline.model import Docket, DocketLink, Document, Matter
from pipeline.refine import nicknames
from pipeline.refine import vocabulary as words_of
from pipeline.refine.parties import Names, caption, name_key, names_of
from pipeline.refine.relevance import relevance
from pipeline.registry import Registry

_OPENING = 500  # characters: the headline and what stands under it


def are_perhaps_ours(title: str, text: str) -> bool:
    """Whether words alone, without any docket, speak perhaps of our subject."""
    return relevance(title, text).verdict != "not"


class Article:
    """What is read in an article once, when a rule first asks."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self.words = f"{document.title}\n\n{document.text}"

    @cached_property
    def is_perhaps_ours(self) -> bool:
        return are_perhaps_ours(self.document.title, self.document.text)

    @cached_property
    def courts(self) -> dict[str, str]:
        """Id → the words, for each court named."""
        found: dict[str, str] = {}
        for name in courts_named(self.words):
            found.setdefault(name.court, self.words[name.start : name.end])
        return found

    @cached_property
    def parties(self) -> dict[str, str]:
        """Plain name → the words, for each party of the registry that is named."""
        return self.called.parties(self.words)

    @cached_property
    def called(self) -> Names:
        return names_of(self.registry)

    def court(self, dockets: Iterable[Docket]) -> str | None:
        """The words that name the court of one of these dockets."""
        courts = {docket.court for docket in dockets}
        return next((said for court, said in self.courts.items() if court in courts), None)

    def judge(self, dockets: Iterable[Docket]) -> str | None:
        """The words that name a judge, or former judge, of one of these dockets."""
        judges = (judge for docket in dockets for judge in (*docket.judges, *docket.former_judges))
        return next((said for judge in judges if (said := _judge(judge, self.words))), None)

    def own_sign(self, docket: Docket, *, beside: str, or_court: bool = True) -> str | None:
        """A party, a judge or the court of a docket's matter, as the words have it; no party in ``beside``."""
        matter = self.registry.matter_of(docket.key)
        assert matter is not None
        sides = self.called.plaintiffs[matter.slug] | self.called.defendants[matter.slug]
        party = next((said for name, said in self.parties.items() if name in sides and beside not in said), None)
        return party or self.judge(matter.dockets) or (self.court(matter.dockets) if or_court else None)


# ------------------------------------------------------------------------------------------------ rules


def _both_sides(article: Article) -> Iterator[DocketLink]:
    """Both sides in one paragraph, and the court or a judge (or, in one sentence that speaks of suing, neither). The
    title is read with the first paragraph.
    """
    called = article.called
    if not (article.parties.keys() & _all(called.plaintiffs) and article.parties.keys() & _all(called.defendants)):
        return
    first, *rest = article.document.text.strip().split("\n")
    for title, paragraph in ((article.document.title, first), *(("", each) for each in rest)):
        named = called.parties(f"{title}\n{paragraph}")
        pairs: dict[tuple[str, str], list[Matter]] = {}
        for matter in article.registry.matters if len(named) > 1 else ():
            plaintiffs = named.keys() & called.plaintiffs[matter.slug]
            defendants = named.keys() & called.defendants[matter.slug]
            if plaintiffs and defendants:
                pairs.setdefault((named[min(plaintiffs)], named[min(defendants)]), []).append(matter)
        for (plaintiff, defendant), matters in pairs.items():
            counts = nicknames.are_rare(plaintiff, defendant) or _counts(article, plaintiff, defendant)
            if counts:
                yield from _in_court(article, plaintiff, defendant, matters)
            if counts or nicknames.are_rare(plaintiff) or nicknames.are_rare(defendant):
                yield from _suing_one(article, plaintiff, defendant, matters, (title, paragraph))


def _in_court(article: Article, plaintiff: str, defendant: str, matters: list[Matter]) -> Iterator[DocketLink]:
    """Those of these parties' matters whose court or judge is named."""
    benches = {matter.slug: _bench(article, matter) for matter in matters}
    here = [matter for matter in matters if benches[matter.slug]]
    for matter in here:
        evidence = f"{plaintiff} … {defendant} … {benches[matter.slug]}"
        sure = 0.75 if len(here) == 1 else 0.5
        yield DocketLink(_named_member(matter, plaintiff, article).key, sure, evidence, "parties and court")


def _suing_one(
    article: Article, plaintiff: str, defendant: str, matters: list[Matter], said: tuple[str, str]
) -> Iterator[DocketLink]:
    """The one matter that these parties have, where a sentence says that one sues the other, and no court is named."""
    if article.courts or len(matters) > 1 or _bench(article, matters[0]):
        return
    title, paragraph = said
    rare = nicknames.are_rare(plaintiff) or nicknames.are_rare(defendant)
    if sentence := _suing(title if rare or article.is_perhaps_ours else "", paragraph, plaintiff, defendant):
        docket = _named_member(matters[0], plaintiff, article)
        yield DocketLink(docket.key, 0.65, sentence, "parties in one sentence")


def _bench(article: Article, matter: Matter) -> str | None:
    return article.court(matter.dockets) or article.judge(matter.dockets)


def _judges(article: Article) -> Iterator[DocketLink]:
    """One party, the judge, the court: enough where only one matter has all three, or where one of them is the MDL."""
    found: list[tuple[Matter, str]] = []
    for matter in article.registry.matters:
        if matter.lead.court not in article.courts:
            continue
        sides = article.called.plaintiffs[matter.slug] | article.called.defendants[matter.slug]
        named = (said for name, said in article.parties.items() if name in sides)
        judge = article.judge([matter.lead])
        if judge and (party := next((said for said in named if _counts(article, said)), None)):
            found.append((matter, f"{party} … {judge} … {article.courts[matter.lead.court]}"))
    chosen = [each for each in found if each[0].mdl] or found
    if len(chosen) == 1:
        matter, evidence = chosen[0]
        yield DocketLink(matter.lead.key, 0.7, evidence, "party, judge and court")


def _litigations(article: Article) -> Iterator[DocketLink]:
    """The MDL against a company that is a defendant in one multidistrict litigation and no more."""
    said = re.search(r"\bMDL\b|\bmultidistrict litigation\b", article.words)
    if not (said and words_of.COPYRIGHT.words.search(article.words) and article.is_perhaps_ours):
        return
    found = [
        (matter, min(shared))
        for matter in article.registry.matters
        if matter.mdl and (shared := article.parties.keys() & article.called.defendants[matter.slug])
    ]
    if len(found) == 1:
        matter, party = found[0]
        yield DocketLink(matter.lead.key, 0.65, f"{article.parties[party]} … {said[0]}", "party and MDL")


def _nicknames(article: Article) -> Iterator[DocketLink]:
    """A case by its one name, beside its other side, judge or court. A rare name also stands beside AI, copyright or
    works; a common one needs works as well, and beside the court alone AI or copyright: a party, and a name, stands in
    many courts. Works count in the opening: somewhere every article speaks of pictures or stories.

    A rare name alone is worth a look and no more.
    """
    of_copyright = words_of.COPYRIGHT.words.search(article.words) is not None
    ours = of_copyright or words_of.AI.words.search(article.words) is not None
    of_works = of_copyright or words_of.WORKS.words.search(article.words[:_OPENING])
    for name, said, dockets in nicknames.case_names(article.words, article.registry):
        rare = nicknames.is_rare(name)
        asked = dockets if rare or of_works else ()
        signs = {docket: article.own_sign(docket, beside=name, or_court=rare or ours) for docket in asked}
        beside = {docket: sign for docket, sign in signs.items() if sign}
        if beside or (rare and (ours or of_works)):
            sure = 0.5 if len(beside or dockets) > 1 else 0.7 if beside else 0.6
            for docket in beside or dockets:
                yield DocketLink(docket.key, sure, " … ".join(filter(None, (said, beside.get(docket)))), "case name")
        elif rare:
            yield from (DocketLink(docket.key, 0.3, said, "case name alone") for docket in dockets)


RULES: tuple[Callable[[Article], Iterator[DocketLink]], ...] = (_both_sides, _judges, _litigations, _nicknames)


def _counts(article: Article, *parties: str) -> bool:
    """Whether a court case of these parties may be of our subject: one of them makes models, or the text is ours."""
    return any(map(words_of.NAMED_AI.search, parties)) or article.is_perhaps_ours


def _all(names: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*names.values())


def _named_member(matter: Matter, plaintiff: str, article: Article) -> Docket:
    """The docket whose own caption begins with this plaintiff, else the lead; whose court or judge the text names, if
    any.
    """
    mine = [d for d in matter.dockets if name_key(caption(d, matter)).startswith(name_key(plaintiff))] or [matter.lead]
    here = (d for bench in (article.court, article.judge) for d in (*mine, matter.lead) if bench([d]))
    return next(here, mine[0])


def _judge(name: str, words: str) -> str | None:
    """A judge as the press writes the name: Ona Wang, Judge Wang, Magistrate Judge Ona T. Wang."""
    parts = re.sub(r"\s\([^)]*\)|\s(?:Jr\.|Sr\.|I{1,3}|IV)$", "", name).split()
    first, last = re.escape(parts[0]), re.escape(parts[-1])
    found = re.search(rf"\b(?:Judge|Justice)\s{last}\b|\b{first}\s(?:[A-Z][\w.]*\s){{0,2}}{last}\b", words)
    return found[0] if found else None


def _suing(title: str, paragraph: str, plaintiff: str, defendant: str) -> str | None:
    """The sentence in which the one sues the other, or the title with the first sentence after it."""
    sentences = re.split(r"(?<!\b[A-Z][.!?])(?<=[.!?])\s+(?=[A-Z“\"])", paragraph.strip())
    for said in (title, *sentences, f"{title} … {sentences[0]}"):
        if plaintiff in said and defendant in said and _SUIT.search(said):
            return " ".join(said.split())
    return None


_SUIT = re.compile(
    r"\b(?:sue[sd]?|suing|(?:law)?suits?|(?:cases?|complaints?|class actions?) against|infring\w+|settle[sd]?)\b",
    re.IGNORECASE,
)
