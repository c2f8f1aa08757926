"""Whether two articles tell one event: what speaks of two, and how probable it is where nothing does.

They tell one event if they are about *one case*, and then about *one event of it*: two probabilities, each of its own
signs. The weights were fitted to the pairs of `tests/quality/stories.toml` by ``python -m benchmarks.story_weights``,
both at once, each held to the sign that its meaning gives it, and rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import exp
from typing import NamedTuple

from pipeline.refine.happening import FIELD, Happening
from pipeline.refine.news_kind import FOLLOWING, RULINGS, is_same
from pipeline.refine.who_acts import are_two_ordered

Weight = Callable[[str], float]  # how rare a word is, from 0
Signs = dict[str, float]


class Odds(NamedTuple):
    """How probable it is, 0 to 1, that two articles are about one case; and, if they are, about one event of it."""

    case: float
    event: float

    @property
    def both(self) -> float:
        return self.case * self.event


# What each sign adds to the log odds that two articles are about one case …
CASE = {
    "always": -1.9,
    "matter": 5.3,
    "headline's names in the other": 3.9,
    "two names": 1.7,
    "three names": 0.8,
    "three names anywhere": 0.8,
    "no name shared": -1.5,
    "rare words": 6.9,
    "places": 0.9,
    "two places": -3.4,
    "two courts": -1.7,
    "two benches": -2.1,
    "plaintiff not in the other": -2.5,
    "two trades": -1.9,
}
# … and about one event of it.
EVENT = {
    "always": -0.8,
    "one day": 1.6,
    "days apart": -0.8,
    "headline in the other": 3.7,
    "rare words": 3.8,
    "rare name": 2.1,
    "figures": 2.2,
    "subjects": 4.1,
    "narrow subjects": 2.2,
    "rulings on two subjects": -3.2,
    "one kind": 1.6,
    "kind by half": -1.8,
    "two kinds": -3.6,
    "what follows": -3.4,
    "one of several": -1.8,
}

# What a report of any ruling may mention; and rulings on what is to be produced differ by what it is.
_ASIDE = frozenset({"complaint", "trial", "verdict", "appeal", "licence", "registration", "mining"})
_WIDE = frozenset({"production"})
# Steps of a case that no headline takes for each other.
_STEPS = ({"suit", "settlement"}, {"amended", "settlement"}, {"suit", "counterclaim"}, {"trial", "verdict"})
_LONG = 25  # words in which a report of a suit names who sues
_RAREST, _RARE = 5.0, 2.5  # no word weighs more, however many articles are known; what every twelfth has is not rare
_SHARED = 8  # rarest words that are in both


def odds(one: Happening, other: Happening, weight: Weight, *, same_matter: bool) -> Odds | None:
    """None where the two articles cannot tell one event."""
    if are_two(one, other):
        return None
    case, event = signs(one, other, weight, same_matter=same_matter)
    return Odds(_probability(case, CASE), _probability(event, EVENT))


def _probability(found: Signs, weights: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-sum(weights[name] * sign for name, sign in found.items())))


# ---------------------------------------------------------------------------------------------- two events


def are_two(one: Happening, other: Happening) -> bool:
    """Two days, two suits, two steps of a case, rulings by two judges or on two subjects, orders to two."""
    kinds = {one.kind, other.kind}
    if kinds <= {"suit", "amended", None} and _two_suits(one, other):
        return True
    if (kinds <= RULINGS or kinds == {"motion"}) and _two_subjects(one, other):
        return True
    if kinds <= RULINGS and (_two_judges(one, other) or _two_rulings(one, other)):
        return True
    if kinds in _STEPS and one.by_headline and other.by_headline and not one.title_kinds & other.title_kinds:
        return True
    return are_two_ordered(one.ordered, other.ordered) or _given_away(one, other) or _two_days(one, other)


def _two_days(one: Happening, other: Happening) -> bool:
    """By the day that each tells first: they differ, or one was to come when the other was published."""
    early, late = sorted((one, other), key=lambda each: each.day)
    if late.first_day is None:
        return False
    return late.first_day > early.day or (early.first_day is not None and early.first_day != late.first_day)


def _two_suits(one: Happening, other: Happening) -> bool:
    """By two trades, by two who are named, each in one lead alone, by one who is named and by a trade, of which the
    report does not name them, or one of them "another" by nobody in common.
    """
    if one.plaintiffs and other.plaintiffs and not one.plaintiffs & other.words and not other.plaintiffs & one.words:
        return True
    if any(_unnamed(a, b) and b.trades and not a.trades & b.trades for a, b in ((one, other), (other, one))):
        return True
    in_common = one.plaintiffs & other.plaintiffs or one.trades & other.trades
    return _apart(one.trades, other.trades) or (one.one_more is not other.one_more and not in_common)


def _two_subjects(one: Happening, other: Happening) -> bool:
    """The headlines have no subject in common, and neither article speaks of the other's."""
    mine, theirs = one.title_subjects - _ASIDE, other.title_subjects - _ASIDE
    return _apart(mine, theirs) and not mine & other.subjects and not theirs & one.subjects


def _two_judges(one: Happening, other: Happening) -> bool:
    """Not of a panel, where one writes and another dissents; and not each named in the other article."""
    if not _apart(one.judges, other.judges) or (one.benches | other.benches) & {"appeals", "supreme"}:
        return False
    return not (_cut(one.judges) & other.said and _cut(other.judges) & one.said)


def _two_rulings(one: Happening, other: Happening) -> bool:
    """Without a subject in common, by one judge, or one of them told beside another."""
    judge_or_beside = one.judges & other.judges or one.beside is not other.beside
    return bool(judge_or_beside) and _apart(one.subjects - _ASIDE, other.subjects - _ASIDE)


def _given_away(one: Happening, other: Happening) -> bool:
    """One must hand over to whom the other says must hand over."""
    return bool(one.given & other.ordered or other.given & one.ordered)


# ---------------------------------------------------------------------------------------------- signs


def signs(one: Happening, other: Happening, weight: Weight, *, same_matter: bool) -> tuple[Signs, Signs]:
    """What speaks for one case and against, and for one event and against; each 0 to 1 or so, days as they are."""

    def rare(word: str) -> float:
        return min(_RAREST, weight(word))

    named = one.names | other.names | one.no_parties | other.no_parties
    words = (one.words - named - FIELD) & (other.words - named - FIELD)
    shared = sum(sorted((max(0.0, rare(word) - _RARE) for word in words), reverse=True)[:_SHARED]) / 10
    case = {"always": 1.0, "matter": float(same_matter), "rare words": shared}
    event = {"always": 1.0, "rare words": shared}
    told = (_share(a.title_words - named, b.words, rare) for a, b in ((one, other), (other, one)))
    event |= {"headline in the other": max(told), "figures": float(bool(one.figures & other.figures))}
    names, rarest = _names(one, other, rare)
    event |= {"rare name": max(0.0, rarest - _RARE) / (_RAREST - _RARE)}
    return case | names | _court(one, other), event | _what(one, other)


def _names(one: Happening, other: Happening, weight: Weight) -> tuple[Signs, float]:
    """Of parties, products and works; and how rare the rarest one is that both have.

    What opens a sentence is a name where it opens one in the other article too.
    """
    nobody = one.no_parties | other.no_parties
    no_name = nobody | one.small | other.small | FIELD
    openers = ((one.openers | one.names) & (other.openers | other.names)) - no_name
    found = {
        key: (mine - nobody, theirs - nobody)
        for key, mine, theirs in (("top", one.top_names, other.top_names), ("all", one.names, other.names))
    }
    both = {key: (mine & other.proper) | (theirs & one.proper) | openers for key, (mine, theirs) in found.items()}
    shares = (_share(names | openers, both["top"], weight) for names in found["top"])
    return {
        "headline's names in the other": max(shares),
        "two names": float(len(both["top"]) > 1),
        "three names": float(len(both["top"]) > 2),
        "three names anywhere": float(len(both["all"]) > 2),
        "no name shared": float(min(map(len, found["all"])) > 1 and not both["all"]),
    }, max(map(weight, both["all"]), default=0.0)


def _court(one: Happening, other: Happening) -> Signs:
    sit = _apart(one.court_places, other.court_places)
    return {
        "places": float(bool(one.places & other.places)),
        "two places": float(_apart(one.places, other.places)),
        "two courts": float(sit and not one.court_places & other.places and not other.court_places & one.places),
        "two benches": float(_apart(one.benches, other.benches)),
        "plaintiff not in the other": float(_unnamed(one, other) or _unnamed(other, one)),
        "two trades": float(_apart(one.trades, other.trades)),
    }


def _what(one: Happening, other: Happening) -> Signs:
    shared, rulings = one.subjects & other.subjects, {one.kind, other.kind} <= RULINGS
    same_day = bool(one.days & other.days)
    return {
        "one day": float(same_day),
        "days apart": 0.0 if same_day else float(abs(one.day - other.day)),
        "subjects": min(3, len(shared)) / 3,
        "narrow subjects": min(3, len(shared - _ASIDE - _WIDE)) / 3,
        "rulings on two subjects": float(rulings and _apart(one.subjects - _ASIDE, other.subjects - _ASIDE)),
        "one of several": float(one.beside is not other.beside),
    } | _kinds(one, other)


def _kinds(one: Happening, other: Happening) -> Signs:
    """A lead alone is no sure witness of the kind, so that kinds differ only where two headlines tell them."""
    has_word = (one.kind in other.kinds, other.kind in one.kinds)
    differ = one.by_headline and other.by_headline and not is_same(one.kind, other.kind)
    follows = differ and not all(has_word) and bool({one.kind, other.kind} & FOLLOWING)
    return {
        "one kind": float(one.kind is not None and one.kind == other.kind),
        "two kinds": float(differ and not follows and not any(has_word)),
        "kind by half": float(differ and not follows and has_word[0] is not has_word[1]),
        "what follows": float(follows),
    }


def _unnamed(one: Happening, other: Happening) -> bool:
    """Who sues here is not named there, in a text long enough to do so."""
    return bool(one.plaintiffs and len(other.said) >= _LONG and not one.plaintiffs & other.said)


def _apart(one: Iterable[object], other: Iterable[object]) -> bool:
    mine, theirs = frozenset(one), frozenset(other)
    return bool(mine and theirs and not mine & theirs)


def _cut(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower()[:6] for name in names)


def _share(words: frozenset[str], among: frozenset[str], weight: Weight) -> float:
    """The share of some words, by weight, that are among others."""
    whole = sum(map(weight, words))
    return sum(map(weight, words & among)) / whole if whole else 0.0
