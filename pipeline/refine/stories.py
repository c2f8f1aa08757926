"""Which articles are one article printed twice, and which tell one story. Grown article by article, oldest first.

A *reprint* has the original's words: most of the shorter text's five-word runs stand in the longer one (shingling after
Broder, "On the resemblance and containment of documents", 1997; of all runs a fixed sample is kept, so that sets of
different articles can be compared). A *story* is one event as several outlets tell it, within days: an article joins
the story whose articles most probably tell what it tells (`pipeline.refine.same_event`), and none of whose articles
surely tells another event. What has been joined stays joined; a new article joins a story or opens one, so
that last week's stories have the same members tomorrow.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from statistics import fmean

from pipeline.model import Document, StoryPlace
from pipeline.refine import happening, same_event
from pipeline.refine.happening import FIELD, LEAD, Happening, stems
from pipeline.refine.same_event import Odds, Weight

# The share of the shorter text's runs in the other. Reposts and wire copies measure above 0.8, different reports of one
# ruling (which quote the same order) below 0.3.
_REPRINT = 0.6
_RUN = 5
_KEPT, _LOOKED_UP = 8, 16  # of all runs one in eight is kept, one in sixteen finds candidates

_DAYS = 4  # between two reports of one event
_SAME = 0.375  # least probability of an event told twice
_READ = 2400  # characters of an article that are kept to compare it
_RAREST, _COMPARED = 30, 40  # words of an article that find candidates, and how many of those are weighed
_MEMBERS = 8  # of a story, the latest, that are weighed


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of an article, some 3,000 bytes."""

    id: str
    day: int  # ordinal
    title: str
    text: str
    runs: array[int]  # kept hashes of five-word runs, sorted
    entries: frozenset[str]  # docket entries it reports
    matters: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return stems(f"{self.title}\n{self.text[:LEAD]}")

    @property
    def happening(self) -> Happening:
        return happening.read(self.title, self.text, self.day)


class Stories:
    """The stories known so far. Use `remember` for what earlier nights decided, then `place` for each new article."""

    def __init__(self) -> None:
        self._told: list[_Told] = []
        self._days = array("i")  # of publication, ordinals
        self._story: list[str] = []
        self._members: dict[str, list[int]] = {}
        self._original: dict[str, str] = {}  # reprint → its original
        self._holding: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))  # word → articles with it
        self._of_matter: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self._runs: dict[int, int | list[int]] = {}  # looked-up run → the article, or articles, with it

    def remember(
        self, document: Document, place: StoryPlace, *, entries: Iterable[str] = (), matters: Iterable[str] = ()
    ) -> None:
        """Take an article with the place it was given."""
        self._keep(_told(document, entries, matters), place)

    def place(self, document: Document, *, entries: Iterable[str] = (), matters: Iterable[str] = ()) -> StoryPlace:
        """Give a new article its place, and remember it."""
        told = _told(document, entries, matters)
        copy = self._copied(told)
        if copy is not None:
            found = self._told[copy].id
            place = StoryPlace(told.id, self._story[copy], self._original.get(found, found))
        else:
            place = StoryPlace(told.id, self._same_event(told) or told.id)
        self._keep(told, place)
        return place

    def _keep(self, told: _Told, place: StoryPlace) -> None:
        position = len(self._told)
        self._told.append(told)
        self._days.append(told.day)
        self._story.append(place.story)
        self._members.setdefault(place.story, []).append(position)
        if place.reprint_of:
            self._original[told.id] = place.reprint_of
        for word in told.words:
            self._holding[word].append(position)
        for matter in told.matters:
            self._of_matter[matter].append(position)
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

    def _weight(self, word: str) -> float:
        """Rare words weigh more; with few articles known all are rare but those of the field."""
        known = len(self._told) + 60
        held = (len(self._holding[word]) if word in self._holding else 0) + 1
        return log(known / (max(held, known / 10) if word in FIELD else held))

    def _same_event(self, told: _Told) -> str | None:
        words = told.words
        if len(words) < 5:
            return None
        weight = cache(self._weight)  # which changes with every article that is kept
        known = (word for word in words if word in self._holding)
        rarest = sorted(known, key=lambda word: (-weight(word), word))[:_RAREST]
        holding = [self._holding[word] for word in rarest]
        holding += [self._of_matter[matter] for matter in sorted(told.matters) if matter in self._of_matter]
        first, last, days = told.day - _DAYS, told.day + _DAYS, self._days
        near = Counter(at for held in holding for at in _latest(held) if first <= days[at] <= last)
        nearest = sorted(near, key=lambda position: (-near[position], -position))[:_COMPARED]
        stories = {self._story[position] for position in nearest}
        likeness = {story: self._likeness(told, story, weight) for story in stories}
        best = max(likeness, key=lambda story: (likeness[story], story), default=None)
        return best if best is not None and likeness[best] >= _SAME else None

    def _in_time(self, told: _Told, position: int) -> bool:
        return abs(self._days[position] - told.day) <= _DAYS

    def _likeness(self, told: _Told, story: str, weight: Weight) -> float:
        """How probable it is that the story's articles tell what this one does; 0 where one cannot.

        That they are about one case may be seen from any one of them, that they tell one event only from all: half of
        the first is what the best says, half the average; the second is the average.
        """
        members = [position for position in self._members[story] if self._in_time(told, position)]
        latest = [self._told[position] for position in members[-_MEMBERS:]]
        found = [_odds(told, other, weight) for other in latest]
        if None in found or not any(_are_comparable(told, other) for other in latest):
            return 0.0
        cases, events = [each.case for each in found if each], [each.event for each in found if each]
        return (max(cases) + fmean(cases)) / 2 * fmean(events)


def _odds(one: _Told, other: _Told, weight: Weight) -> Odds | None:
    """Surely one event, when they report one docket entry; surely not (None), when they report two, or are about
    different matters.
    """
    if _two_events(one, other):
        return None
    if one.entries & other.entries:
        return Odds(1.0, 1.0)
    return same_event.odds(one.happening, other.happening, weight, same_matter=bool(one.matters & other.matters))


def _are_comparable(one: _Told, other: _Told) -> bool:
    """The weights are for articles of the field: words of others tie nothing, only the docket does."""
    by_docket = one.matters & other.matters or one.entries & other.entries
    return bool(by_docket) or (one.happening.of_field and other.happening.of_field)


def _told(document: Document, entries: Iterable[str], matters: Iterable[str]) -> _Told:
    day = document.published.day if document.published else document.provenance.fetched.date()
    text, runs = document.text[:_READ], _runs(document.text)
    return _Told(document.id, day.toordinal(), document.title, text, runs, frozenset(entries), frozenset(matters))


def _latest(holding: array[int]) -> array[int]:
    """Of a word that very many articles have, the newest ones are enough to find this week's."""
    return holding[-2000:]


def _two_events(one: _Told, other: _Told) -> bool:
    """Whether the dockets say so: two entries are reported, or two matters."""
    if one.entries and other.entries:
        return not one.entries & other.entries
    return bool(one.matters and other.matters and not one.matters & other.matters)


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
