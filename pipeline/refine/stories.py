"""Which articles are one article printed twice, and which tell one story. Grown article by article, oldest first.

A *reprint* has the original's words: most of the shorter text's five-word runs stand in the longer one (shingling after
Broder, "On the resemblance and containment of documents", 1997; of all runs a fixed sample is kept, so that sets of
different articles can be compared). A *story* is one event as several outlets tell it: words that few other articles
have, within days, and nothing that speaks of two events; the weights of these signs are a logistic regression's, fitted
to `tests/quality/stories.toml` and rounded. What has been joined stays joined; a new article joins a
story or opens one, so that last week's stories have the same members tomorrow.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import exp, log, sqrt

from pipeline.model import Document, StoryPlace
from pipeline.refine import act

# The share of the shorter text's runs in the other. Reposts and wire copies measure above 0.8, different reports of one
# ruling (which quote the same order) below 0.3.
_REPRINT = 0.6
_RUN = 5
_KEPT, _LOOKED_UP = 8, 16  # of all runs one in eight is kept, one in sixteen finds candidates

_DAYS = timedelta(days=4)  # between two reports of one event
_SAME = 0.5  # least probability of an event told twice
_LEAD = 600  # characters in which an article says what happened
_RAREST, _COMPARED = 12, 40  # words of an article that find candidates, and how many of those are weighed


# What each of `Stories._signs`, in their order, adds to the log odds that two articles tell one event.
_WEIGHTS = (-2.9, 3.1, -0.3, 4.7, 1.3, -1.3, -1.8, -1.3, 0.2, 0.3, -0.4, -0.6, -1.4, 0.3, -0.6, -1.4, 1.2, -1.6, 1.0)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of an article, some 1,500 bytes."""

    id: str
    day: int  # ordinal
    words: array[int]  # numbers of the words of title and lead, sorted
    title: frozenset[int]
    runs: array[int]  # kept hashes of five-word runs, sorted
    entries: frozenset[str]  # docket entries it reports
    matters: frozenset[str]
    subjects: frozenset[str]
    title_subjects: frozenset[str]
    acts: frozenset[str]
    judges: frozenset[str]
    names: frozenset[str]
    first_words: frozenset[str]  # of headline and sentences: names, where the other article has them as names
    figures: frozenset[str]
    of_a_case: bool
    people: frozenset[str]  # of the headline
    ordered: str | None  # the side that the headline says was ordered to do something
    of_lawmakers: bool
    of_one_more: bool  # suit, beside an earlier one


class Stories:
    """The stories known so far. Use `remember` for what earlier nights decided, then `place` for each new article."""

    def __init__(self) -> None:
        self._told: list[_Told] = []
        self._story: list[str] = []
        self._members: dict[str, list[int]] = {}
        self._original: dict[str, str] = {}  # reprint → its original
        self._numbers = {word: number for number, word in enumerate(sorted(_FIELD))}  # word → number
        self._of_the_field = frozenset(self._numbers.values())
        self._holding = [array("l") for _ in self._numbers]  # word's number → articles with it
        self._runs: dict[int, int | list[int]] = {}  # looked-up run → the article, or articles, with it

    def remember(
        self, document: Document, place: StoryPlace, *, entries: Iterable[str] = (), matters: Iterable[str] = ()
    ) -> None:
        """Take an article with the place it was given."""
        self._keep(self._read(document, entries, matters), place)

    def place(self, document: Document, *, entries: Iterable[str] = (), matters: Iterable[str] = ()) -> StoryPlace:
        """Give a new article its place, and remember it."""
        told = self._read(document, entries, matters)
        copy = self._copied(told)
        if copy is not None:
            found = self._told[copy].id
            place = StoryPlace(told.id, self._story[copy], self._original.get(found, found))
        else:
            place = StoryPlace(told.id, self._same_event(told) or told.id)
        self._keep(told, place)
        return place

    # ------------------------------------------------------------------------------------------ reading

    def _read(self, document: Document, entries: Iterable[str], matters: Iterable[str]) -> _Told:
        lead = document.text[:_LEAD]
        head = f"{document.title}\n{lead}"
        parties = re.sub(r"\b(?:Judge|Justice)\s(?:[A-Z][\w.’'-]*\s?){1,4}", " ", head)  # a judge has many cases
        when = document.published.day if document.published else document.provenance.fetched.date()
        subjects = act.subjects(head)
        acts = act.reported_acts(document.title, lead)
        title = frozenset(self._number(word) for word in stems(document.title))
        named = (f"about {name}" for name in (*subjects, *act.people(head)))
        words = title | {self._number(word) for word in (*stems(lead), *named)}
        return _Told(
            document.id,
            when.toordinal(),
            array("l", sorted(words)),
            title,
            _runs(document.text),
            frozenset(entries),
            frozenset(matters),
            subjects,
            act.subjects(document.title),
            frozenset(name for name, strength in acts.items() if strength == max(acts.values())),
            frozenset(re.findall(r"\b(?:Judge|Justice)\s(?:[A-Z][\w.’'-]*\s){0,3}?([A-Z][\w’'-]+)\b(?!\s[A-Z])", head)),
            frozenset(name.lower()[:6] for name in _NAME.findall(parties)),
            frozenset(word.lower()[:6] for word in _FIRST.findall(parties)),
            frozenset(re.sub(r"[$€£,\s]|illion", "", figure) for figure in _FIGURE.findall(head)),
            act.is_about_a_case(document.title) and not act.is_about_lawmakers(document.title),
            act.people(document.title),
            act.ordered_side(document.title),
            act.is_about_lawmakers(document.title),
            act.is_one_more(document.title),
        )

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(word, len(self._numbers))
        if number == len(self._holding):
            self._holding.append(array("l"))
        return number

    def _keep(self, told: _Told, place: StoryPlace) -> None:
        position = len(self._told)
        self._told.append(told)
        self._story.append(place.story)
        self._members.setdefault(place.story, []).append(position)
        if place.reprint_of:
            self._original[told.id] = place.reprint_of
        for word in told.words:
            self._holding[word].append(position)
        for run in _looked_up(told.runs):
            at = self._runs.setdefault(run, position)
            if isinstance(at, list):
                at.append(position)
            elif at != position:
                self._runs[run] = [at, position]

    # ------------------------------------------------------------------------------------------ reprints

    def _copied(self, told: _Told) -> int | None:
        """The earliest article whose words these are."""
        found = (self._runs[run] for run in _looked_up(told.runs) if run in self._runs)
        shared = Counter(position for at in found for position in ((at,) if isinstance(at, int) else at))
        for position in sorted(position for position, _ in shared.most_common(_COMPARED)):
            other = self._told[position]
            if not _two_events(told, other) and _shared(told.runs, other.runs) >= _REPRINT:
                return position
        return None

    # ------------------------------------------------------------------------------------------ events

    def _weight(self, word: int) -> float:
        """Rare words weigh more; with few articles known all are rare but those of the field."""
        known = len(self._told) + 60
        held = len(self._holding[word]) + 1
        return log(known / (max(held, known / 10) if word in self._of_the_field else held))

    def _same_event(self, told: _Told) -> str | None:
        if len(told.words) < 5:
            return None
        weights = {word: self._weight(word) for word in told.words}
        known = (word for word in weights if self._holding[word])
        rarest = sorted(known, key=lambda word: (-weights[word], word))[:_RAREST]
        near = Counter(
            position
            for word in rarest
            for position in _latest(self._holding[word])
            if abs(self._told[position].day - told.day) <= _DAYS.days
        )
        stories: dict[str, float] = {}
        for position, _ in near.most_common(_COMPARED):
            story = self._story[position]
            if story not in stories:
                likeness = [self._likeness(told, weights, self._told[member]) for member in self._members[story][-8:]]
                stories[story] = 0.6 * max(likeness) + 0.4 * sum(likeness) / len(likeness) if min(likeness) else 0.0
        best = max(stories, key=lambda story: (stories[story], story), default=None)
        return best if best is not None and stories[best] >= _SAME else None

    def _likeness(self, one: _Told, weights: dict[int, float], other: _Told) -> float:
        """How probable it is, 0 to 1, that two articles tell one event. Surely, when they report one docket entry;
        surely not, when they report two, or are about different matters.
        """
        if _two_events(one, other):
            return 0.0
        if one.entries & other.entries:
            return 1.0
        if _two_acts(one, other):
            return 0.0
        signs = self._signs(one, weights, other)
        return 1 / (1 + exp(-sum(weight * sign for weight, sign in zip(_WEIGHTS, signs, strict=True))))

    def _signs(self, one: _Told, weights: dict[int, float], other: _Told) -> tuple[float, ...]:
        theirs = {word: self._weight(word) for word in other.words}
        titles = ({word: weights[word] for word in one.title}, {word: theirs[word] for word in other.title})
        covered = (_covered(titles[0], theirs), _covered(titles[1], weights))
        shared_acts = one.acts & other.acts
        return (
            1.0,
            _cosine(weights, theirs),
            _cosine(*titles),
            max(covered),
            min(covered),
            abs(one.day - other.day),
            _differ(one.subjects, other.subjects),
            _differ(one.title_subjects, other.title_subjects),
            bool(shared_acts),
            _differ(one.acts, other.acts),
            bool(one.acts and other.acts) and ("order" in one.acts) is not ("order" in other.acts),
            "complaint" in shared_acts and _own_names(one, other) > 0,  # two plaintiffs, one defendant
            _differ(one.judges, other.judges),
            min(3, _shared_names(one, other)),
            min(2, _own_names(one, other)),
            _own_names(one, other) > 0 and not _shared_names(one, other),
            bool(one.figures & other.figures),
            one.of_a_case is not other.of_a_case,
            bool(one.matters & other.matters),
        )


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    shared = sum(one[word] * other[word] for word in one.keys() & other.keys())
    size = sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / size if size else 0.0


def _covered(title: Mapping[int, float], words: Mapping[int, float]) -> float:
    """The share of a headline that the other article's words have, by weight."""
    whole = sum(title.values())
    return sum(weight for word, weight in title.items() if word in words) / whole if whole else 0.0


# Names within a sentence; not of days, months and courts.
_NAME = re.compile(
    r"(?<=[\w,] )(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Judge"
    r"|Court|Circuit|District|Magistrate|Rule|Copyright|Act|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth"
    r"|Tenth|Eleventh|Supreme|High|Appeals|Federal|Senate|House|Congress|The|An?)\b)[A-Z][\w-]{2,}"
)
_FIRST = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))[A-Z][\w-]{2,}")
_FIGURE = re.compile(r"[$€£]\s?\d[\d.,]*\d?(?:\s?(?:m|b)(?:illion)?\b)?|\b\d[\d,]*\d\b|\b\d\b")


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _shared_names(one: _Told, other: _Told) -> int:
    return len((one.names & other.names) | (one.names & other.first_words) | (one.first_words & other.names))


def _own_names(one: _Told, other: _Told) -> int:
    """The fewer of the names that each article has to itself."""
    return min(len(one.names - other.names - other.first_words), len(other.names - one.names - one.first_words))


def _latest(holding: array[int]) -> array[int]:
    """Of a word that very many articles have, the newest ones are enough to find this week's."""
    return holding[-2000:]


def _two_events(one: _Told, other: _Told) -> bool:
    """Whether the dockets say so: two entries are reported, or two matters."""
    if one.entries and other.entries:
        return not one.entries & other.entries
    return bool(one.matters and other.matters and not one.matters & other.matters)


def _two_acts(one: _Told, other: _Told) -> bool:
    """Two rulings, two plaintiffs, or a court and lawmakers: a story split is better than two told as one."""
    shared = one.acts & other.acts
    if "order" in shared and _differ(one.title_subjects, other.title_subjects):
        return True
    if "complaint" in shared and (_differ(one.people, other.people) or one.of_one_more is not other.of_one_more):
        return True
    if one.ordered and other.ordered and one.ordered != other.ordered:
        return True
    return one.of_lawmakers is not other.of_lawmakers


def _runs(text: str) -> array[int]:
    """A fixed sample of the hashes of all five-word runs; of a text too short for a sample, all."""
    words = re.findall(r"\w+", text.lower())
    found = {
        int.from_bytes(hashlib.blake2b(" ".join(words[i : i + _RUN]).encode(), digest_size=7).digest())
        for i in range(max(1, len(words) - _RUN + 1) if words else 0)
    }
    sample = sorted(run for run in found if run % _KEPT == 0)
    return array("q", sample if len(sample) >= 6 else sorted(found))


def _looked_up(runs: Sequence[int]) -> Sequence[int]:
    return runs if _all_kept(runs) else [run for run in runs if run % _LOOKED_UP == 0]


def _all_kept(runs: Iterable[int]) -> bool:
    return any(run % _KEPT for run in runs)


def _shared(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of the shorter text's runs in the longer one; of a sample of both, where one is kept as a sample."""
    mine, theirs = set(one), set(other)
    if not (_all_kept(one) and _all_kept(other)):
        mine, theirs = ({run for run in runs if run % _KEPT == 0} for runs in (mine, theirs))
    fewest = min(len(mine), len(theirs))
    return len(mine & theirs) / fewest if fewest else 0.0


_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the and for with that from this will was were has have had its his her their they not but who what when which"
        " after before against about into over upon case court judge said says company its are one two out may must"
        " been than other more also new would could lawsuit suit sue sues copyright ai training trained model",
    )
)


# The field's own words, cut as `stems` cuts them: half of all articles have some.
_FIELD = frozenset(
    word[:6]
    for word in re.findall(
        r"\w+",
        "accuse accuses action agency agree ai alleges alleging allowed amended answer appeal appeals approval"
        " approved archive argued argues article articles artist artists asked asks assistant attorney author"
        " authors ban bench bid book books brief chatbot circuit claim claims class code complaint content copied"
        " copies copy copying counsel damages data decided decision denied denies denying developer discovery"
        " dismiss dismissal dismissed dispute district documents engine evidence expert face faces fair federal"
        " fees fight filed files filing firm fourth freed generator grant granted grants heard hearing held high"
        " image images infringed infringement injunction judges judgment jurors jury justices labels lawyer"
        " lawyers licence license loses lower magistrate maker makers material million model models motion music"
        " must names news newspaper newspapers novel novelist novelists novels office order ordered orders page"
        " panel part pay photographers photos picture pictures pirate pirated plaintiffs play preliminary press"
        " private produce proceed protected publisher publishers question recordings refused register rejected"
        " rejects request research rights ruled rules ruling rulings scraped scraping search second seek seeks"
        " service settle settled settlement settles site software songs start state statement stop studio summary"
        " supreme system takes tech technology testify text third throw times told tool tossed trial tried united"
        " use used users using video wants win wins without witness word work works write writer writers writing"
        " written",
    )
)


def stems(text: str) -> frozenset[str]:
    """Words that carry meaning, cut to six letters."""
    words = re.findall(r"[^\W_]{3,}", re.sub(r"[’']s\b", "", text.lower()))
    return frozenset(word[:6] for word in words if word not in _COMMON)
