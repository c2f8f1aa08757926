"""Whether two articles tell one event: what speaks of two, and how probable it is where nothing does.

The weights are a logistic regression's over the pairs of `tests/quality/stories.toml`, each held to the sign that its
meaning gives it, fitted by ``python -m benchmarks.story_weights`` and rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import exp, sqrt

from pipeline.refine.happening import FIELD, Happening
from pipeline.refine.news_kind import FOLLOWING, RULINGS, is_same
from pipeline.refine.who_acts import are_two_ordered

Weight = Callable[[str], float]  # how rare a word is, from 0

# What each of `signs` adds to the log odds that two articles tell one event.
WEIGHTS = {
    "always": -2.4,
    "days apart": -0.7,
    "matter": 1.0,
    "alike": 1.1,
    "topic": 1.0,
    "topic of rulings": 0.5,
    "headline in the other": 1.4,
    "both headlines": 0.9,
    "headline's topic in the other": 0.8,
    "names": 2.1,
    "rarest name": 1.2,
    "headline's names in the other": 0.3,
    "no name shared": -1.8,
    "subjects": 0.7,
    "subjects alike": 0.8,
    "no subject shared": -0.7,
    "headlines' subjects": -1.2,
    "subject of rulings": 0.6,
    "rulings on two subjects": -0.3,
    "two suits": -1.1,
    "kind": 1.3,
    "kind by half": -0.9,
    "what follows": -2.3,
    "plaintiff": 1.0,
    "plaintiff not in the other": -1.9,
    "two trades": -0.3,
    "places": 0.4,
    "two places": -1.5,
    "two judges": -0.7,
    "two benches": -1.5,
    "money": 0.5,
    "figures": 0.5,
}

# What a report of any ruling may mention; and rulings on what is to be produced differ by what it is.
_ASIDE = frozenset({"complaint", "trial", "verdict", "appeal", "licence", "registration", "mining"})
_WIDE = frozenset({"production"})
# Of two rulings that share no narrow subject, so much of one headline must be in the other article; else this is left.
_TOLD, _UNTOLD = 0.2, 0.01
_LONG = 25  # words in which a report of a suit names who sues


def probability(one: Happening, other: Happening, weight: Weight, *, gap: int, same_matter: bool) -> float:
    """0 to 1; ``gap``: days between the two publications. 0 means that it cannot be."""
    if are_two(one, other):
        return 0.0
    found = signs(one, other, weight, gap=gap, same_matter=same_matter)
    if are_rulings_apart(one, other, found):
        return _UNTOLD
    return 1 / (1 + exp(-sum(WEIGHTS[name] * sign for name, sign in found.items())))


def are_rulings_apart(one: Happening, other: Happening, found: Mapping[str, float]) -> bool:
    """Two rulings in one case share its names and its judge: that they are one must be seen by what they are about."""
    about = found["subject of rulings"] or found["headline's topic in the other"] >= _TOLD
    return {one.kind, other.kind} <= RULINGS and not about


# ---------------------------------------------------------------------------------------------- two events


def are_two(one: Happening, other: Happening) -> bool:
    """Two suits, two rulings, or two kinds of event: a story split is better than two told as one."""
    kinds = {one.kind, other.kind}
    if kinds <= {"suit", "amended", None} and _two_suits(one, other):
        return True
    if (kinds <= RULINGS or kinds == {"motion"}) and _two_subjects(one, other):
        return True
    if kinds <= RULINGS and _no_name_in_common(one, other):
        return True
    if kinds & {"lawmakers", "many"} and len(kinds) > 1:
        return True
    return are_two_ordered(one.ordered, other.ordered) or _two_kinds(one, other) or _apart(one.days, other.days)


def _two_suits(one: Happening, other: Happening) -> bool:
    """By two trades, in two courts, one of them "another", or by two who are named, each in one lead alone."""
    named = one.plaintiffs and other.plaintiffs
    if named and not one.plaintiffs & other.words and not other.plaintiffs & one.words:
        return True
    sit = one.court_places and other.court_places
    if sit and not one.court_places & other.places and not other.court_places & one.places:
        return True
    return _apart(one.trades, other.trades) or one.one_more is not other.one_more


def _two_subjects(one: Happening, other: Happening) -> bool:
    """The headlines have no subject in common, and not each lead speaks of the other's."""
    mine, theirs = one.title_subjects - _ASIDE, other.title_subjects - _ASIDE
    return _apart(mine, theirs) and not (mine & other.subjects.keys() and theirs & one.subjects.keys())


def _no_name_in_common(one: Happening, other: Happening) -> bool:
    """Each names two or more, and neither text has one of the other's."""
    enough = min(len(one.names), len(other.names)) > 1
    return enough and not one.names & other.said and not other.names & one.said


def _two_kinds(one: Happening, other: Happening) -> bool:
    """Each tells of a kind of which the other has no word."""
    told = one.kind and other.kind and not is_same(one.kind, other.kind)
    return bool(told and one.kind not in other.kinds and other.kind not in one.kinds)


# ---------------------------------------------------------------------------------------------- signs


def signs(one: Happening, other: Happening, weight: Weight, *, gap: int, same_matter: bool) -> dict[str, float]:
    """What speaks for one event, and what against; each 0 to 1 or so, days as they are."""
    return (
        {"always": 1.0, "days apart": 0.0 if one.days & other.days else float(gap), "matter": float(same_matter)}
        | _signs_of_words(one, other, weight)
        | _signs_of_names(one, other, weight)
        | _signs_of_subjects(one, other)
        | {
            "plaintiff": float(bool(one.plaintiffs & other.plaintiffs)),
            "plaintiff not in the other": float(_unnamed(one, other) or _unnamed(other, one)),
            "two trades": float(_apart(one.trades, other.trades)),
            "places": float(bool(one.places & other.places)),
            "two places": float(_apart(one.places, other.places)),
            "two judges": float(_apart(one.judges, other.judges)),
            "two benches": float(_apart(one.benches, other.benches)),
            "money": float(bool(one.money & other.money)),
            "figures": float(bool(one.figures & other.figures)),
        }
    )


def _signs_of_words(one: Happening, other: Happening, weight: Weight) -> dict[str, float]:
    """Words that are no names: of what kind of work, of what is asked, of what came out."""
    first = (one.first_words & other.first_words) - one.small - other.small - FIELD
    judges = frozenset(name.lower()[:6] for name in one.judges | other.judges)  # who has many cases
    names = one.names | other.names | first | judges
    covered = sorted(_share(a.title_words - names, b.words, weight) for a, b in ((one, other), (other, one)))
    topics = (_share(a.title_words - names - FIELD, b.said, weight) for a, b in ((one, other), (other, one)))
    topic = _cosine(one.words - names - FIELD, other.words - names - FIELD, weight)
    return {
        "alike": _cosine(one.words - names, other.words - names, weight),
        "topic": topic,
        "topic of rulings": topic if {one.kind, other.kind} <= RULINGS else 0.0,
        "headline in the other": covered[1],
        "both headlines": covered[0],
        "headline's topic in the other": max(topics),
    }


def _signs_of_names(one: Happening, other: Happening, weight: Weight) -> dict[str, float]:
    shared = (one.names & other.names) | (one.names & other.first_words) | (one.first_words & other.names)
    mine = one.names | (one.first_words & (other.names | other.first_words))
    theirs = other.names | (other.first_words & (one.names | one.first_words))
    size = sqrt(sum(map(weight, mine)) * sum(map(weight, theirs)))
    named = (_share(one.title_names, other.said, weight), _share(other.title_names, one.said, weight))
    return {
        "names": sum(map(weight, shared)) / size if size else 0.0,
        "rarest name": max(map(weight, shared), default=0.0) / 5,
        "headline's names in the other": min(named),
        "no name shared": float(bool(one.names and other.names) and not shared),
    }


def _signs_of_subjects(one: Happening, other: Happening) -> dict[str, float]:
    shared = one.subjects.keys() & other.subjects.keys()
    rulings = {one.kind, other.kind} <= RULINGS
    both = one.kind is not None and other.kind is not None
    same = is_same(one.kind, other.kind)
    half = both and not same and (one.kind in other.kinds) is not (other.kind in one.kinds)
    foreign = not one.title_subjects & other.subjects.keys() and not other.title_subjects & one.subjects.keys()
    return {
        "subjects": min(3, len(shared)) / 3,
        "subjects alike": _alike(one.subjects, other.subjects),
        "no subject shared": float(bool(one.subjects and other.subjects) and not shared),
        "headlines' subjects": float(_apart(one.title_subjects, other.title_subjects) and foreign),
        "subject of rulings": float(rulings and bool(shared - _ASIDE - _WIDE)),
        "rulings on two subjects": float(
            rulings and _apart(one.subjects.keys() - _ASIDE, other.subjects.keys() - _ASIDE)
        ),
        "two suits": float(one.kind == other.kind == "suit"),
        "kind": float(one.by_headline and other.by_headline and same),
        "kind by half": float(half),
        "what follows": float(both and one.kind != other.kind and bool({one.kind, other.kind} & FOLLOWING)),
    }


def _unnamed(one: Happening, other: Happening) -> bool:
    """Who sues here is not named there, in a text long enough to do so."""
    return bool(one.plaintiffs and len(other.said) >= _LONG and not one.plaintiffs & other.said)


def _apart(one: Iterable[object], other: Iterable[object]) -> bool:
    mine, theirs = frozenset(one), frozenset(other)
    return bool(mine and theirs and not mine & theirs)


def _share(words: frozenset[str], among: frozenset[str], weight: Weight) -> float:
    """The share of some words, by weight, that are among others."""
    whole = sum(map(weight, words))
    return sum(map(weight, words & among)) / whole if whole else 0.0


def _cosine(one: frozenset[str], other: frozenset[str], weight: Weight) -> float:
    return _alike({word: weight(word) for word in one}, {word: weight(word) for word in other})


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    size = sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return sum(one[name] * other[name] for name in one.keys() & other.keys()) / size if size else 0.0
