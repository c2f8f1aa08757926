"""Which docket entry an article reports, and where the two disagree.

Nothing is near proof but an entry's number, or words quoted that stand in the filing. Short of that, date, act,
subject, outcome, judge and shared words must speak together, and for one entry more than for the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt

from pipeline.model import DocketEntry, Document, Report, When
from pipeline.refine import act, bench
from pipeline.refine.dates import ANY_DAY, DAY, WEEKDAYS, latest, read_day
from pipeline.refine.docket_text import entry_type
from pipeline.refine.judge import judges_named

# Days from filing to report: courts file at night, papers print on Monday what was filed on Friday.
WINDOW = timedelta(days=14)
# A ruling is in the paper before it is in the docket by hours, with strong evidence by a day. What happened in a
# courtroom may be docketed, or written down, days later: the entry then names that day, or the report the bench.
_AHEAD_OF_DOCKET, _AHEAD_WITH_PROOF, LATEST = timedelta(hours=12), timedelta(days=1), timedelta(days=10)
_LIKELIER = 1.25  # times as likely as the next entry of another filing
_SHORT = 25  # words of meaning in a clerk's line; a whole filing shares words with every report on its case
_LEAD = 900  # characters: what is reported stands in the title and the first paragraphs


# What each sign adds to the log odds that an article reports an entry rather than none: those of a conditional logit
# (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974), fitted to
# `tests/quality/reports.toml` and rounded.
WEIGHTS = {
    "entry": -3.0, "no paper": -3.0, "number": 5.0, "quote": 4.0, "day": 2.0, "near": 2.1, "another day": -1.6,
    "act": 2.4, "another act": -1.3, "a order": 0.6, "a hearing": 0.0, "a complaint": 0.5, "a motion": 0.1,
    "a brief": 0.0, "a answer": 0.0, "a objection": 0.5, "a appeal": 0.5, "a settlement": 0.5, "a notice": -1.0,
    "a transcript": -2.0, "subject": 2.1, "subject of the headline": 0.6, "another subject": -1.1, "words": 1.2,
    "filer": 1.0, "outcome": 1.0, "another outcome": -1.5, "judge": 1.1, "another judge": -1.0, "another bench": -0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A docket entry, and its document where we hold it."""

    entry: DocketEntry
    filing: Document | None = None

    @property
    def words(self) -> str:
        filing = self.filing
        return f"{self.entry.description}\n{filing.title}\n{filing.text[:3000]}" if filing else self.entry.description

    @property
    def day(self) -> date | None:
        """The day in court that minutes and orders name as theirs; else the day of filing."""
        if self.entry.filed is None:
            return None
        filed = self.entry.filed.day
        said = _IN_COURT.search(self.entry.description) if self.act in {"order", "hearing"} else None
        day = read_day(said[1]) if said else None
        return day if day and filed - WINDOW <= day <= filed else filed

    @property
    def act(self) -> str | None:
        kinds = (self.filing.type if self.filing else None, self.entry.type, entry_type(self.entry.description))
        return next((found for kind in kinds if (found := act.act(kind, self.entry.description))), None)


def reports_a_paper(article: Document) -> bool:
    """Whether an article's headline tells of a paper that stands, or will stand, in a docket."""
    return max(act.reported_acts(article.title, article.text[:_LEAD]).values(), default=0.0) >= 1


def find_report(article: Document, lines: Iterable[Line]) -> Report | None:
    """The entry an article reports, with score and reasons; None when none is sure, or two are equally likely,
    and for a preview or round-up, which tells of many.

    ``lines`` are those of the article's dockets. One filing entered in several dockets is one: the first stands for it.
    """
    if act.is_about_many(article.title):
        return None
    told = _Told(article)
    near = _one_a_filing(line for line in lines if told.may_report(line) and told.in_time(line))
    common = Counter(word for line in near for word in _stems(line.words))
    signs = [told.signs(line, common, len(near)) for line in near]
    odds = [exp(sum(sign.value * WEIGHTS[sign.name] for sign in each)) for each in signs]
    first, second = (*sorted(odds, reverse=True)[:2], 0.0, 0.0)[:2]
    if first < 1 or first < _LIKELIER * second:
        return None
    best = odds.index(first)
    reasons = tuple(sign.reason for sign in signs[best] if sign.reason and sign.value * WEIGHTS[sign.name] > 0)
    return Report(near[best].entry.id, round(first / (1 + first), 3), reasons)


def _one_a_filing(lines: Iterable[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if not any(_same_filing(line.entry, other.entry) for other in found):
            found.append(line)
    return found


def _same_filing(one: DocketEntry, other: DocketEntry) -> bool:
    same_day = one.filed and other.filed and one.filed.day == other.filed.day
    return bool(same_day) and one.docket != other.docket and one.description == other.description


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str  # in WEIGHTS
    value: float
    reason: str = ""


class _Told:
    """What an article tells, read once."""

    def __init__(self, article: Document) -> None:
        self.lead = article.text[:_LEAD]
        self.head = f"{article.title}\n{self.lead}"
        self.whole = f"{article.title}\n{article.text}"
        self.acts = act.reported_acts(article.title, self.lead)
        self.subjects = act.subjects(self.head)
        self.title_subjects = act.subjects(article.title)
        self.when = article.published
        self.published = article.published.day if article.published else None
        self.from_the_bench = bool(_ORAL.search(self.whole))
        self.days = _past_days(self.head, self.published)
        self.outcome = outcome(self.head)
        judges = judges_named(self.head)
        self.judges = frozenset(name.split()[-1] for name in judges)
        self.magistrate = bool(re.search(r"\bmagistrate", self.head, re.IGNORECASE))
        self.courts = bench.courts_of(article.title, self.lead)
        self.no_paper = not act.is_about_a_case(article.title)
        self.judge_stems = _stems(" ".join(judges))
        self.stems = _stems(self.head)
        self.who_stems = _stems(re.split(r"\bagainst\b|\bsues?\b", article.title)[0])
        self.quotes = _quotations(self.whole)
        self.numbers = frozenset(map(int, _NUMBER.findall(self.whole)))

    def may_report(self, line: Line) -> bool:
        """Not bookkeeping; nor, unless its number or words are given, another court's paper, or one of another kind on
        another subject.
        """
        other_kind = bool(self.acts) and line.act not in self.acts
        spoken = self.from_the_bench and line.act not in {"order", "hearing"}
        told_otherwise = other_kind and (spoken or not _subjects(line) & self.subjects)
        elsewhere = bench.is_elsewhere(self.courts, line.entry.docket, line.entry.description)
        return line.act is not None and not ((told_otherwise or elsewhere) and not any(self._proof(line)))

    def in_time(self, line: Line) -> bool:
        """Filed in the days before the report, or on a day that it names; hardly ever after it."""
        filed = line.entry.filed
        if filed is None or self.when is None or self.published is None:
            return False
        ahead = _ahead(self.when, filed)
        if ahead > _AHEAD_OF_DOCKET:
            in_court = line.day is not None and line.day < filed.day and line.day <= self.published
            later = in_court or (self.from_the_bench and line.act == "order" and bool(_subjects(line) & self.subjects))
            return (later and ahead <= LATEST) or (
                ahead <= _AHEAD_WITH_PROOF and (self.from_the_bench or any(self._proof(line)))
            )
        return filed.day in self.days or self.published - WINDOW <= filed.day

    def signs(self, line: Line, common: Counter[str], lines: int) -> list[_Sign]:
        """All that speaks for an entry or against it; ``common`` counts the words of the ``lines`` entries near it."""
        return [
            _Sign("entry", 1.0),
            _Sign("no paper", float(self.no_paper)),
            *self._proof(line),
            *self._date(line),
            *self._act(line),
            *self._subject(line),
            *self._words(line, common, lines),
            *self._outcome(line),
            *self._judge(line),
        ]

    def _proof(self, line: Line) -> Iterator[_Sign]:
        if line.entry.number in self.numbers:
            yield _Sign("number", 1.0, f"ECF number {line.entry.number}")
        text = _flat(f"{line.entry.description} {line.filing.text if line.filing else ''}")
        quote = next((quote for quote in self.quotes if _flat(quote) in text), None)
        if quote:
            yield _Sign("quote", 1.0, f"quoted words: “{quote}”")

    def _date(self, line: Line) -> Iterator[_Sign]:
        assert line.day is not None
        assert self.published is not None
        filed = line.day
        apart = (self.published - filed).days
        near = 1.0 if 0 <= apart <= 2 else 0.6 if 0 <= apart <= 4 else 0.3 if 0 <= apart <= 7 else 0.0
        if filed in self.days:
            yield _Sign("day", 1.0, f"date: {filed}, as the article says")
            yield _Sign("near", near)
        else:
            yield _Sign("near", near, f"date: filed {apart} days before" if near else "")
            yield _Sign("another day", float(bool(self.days)))

    def _act(self, line: Line) -> Iterator[_Sign]:
        assert line.act is not None
        yield _Sign(f"a {line.act}", 1.0)
        strength = self.acts.get(line.act, 0.0)
        if strength:
            yield _Sign("act", strength / max(self.acts.values()), f"act: {line.act}")
        elif self.acts:
            yield _Sign("another act", max(self.acts.values()))

    def _subject(self, line: Line) -> Iterator[_Sign]:
        entry = _subjects(line)
        shared = entry & self.subjects
        if shared:
            yield _Sign("subject", len(shared) / len(entry), f"subject: {', '.join(sorted(shared))}")
            yield _Sign("subject of the headline", float(bool(shared & self.title_subjects)))
        if entry and self.subjects:
            yield _Sign("another subject", len(entry - self.subjects) / len(entry))

    def _words(self, line: Line, common: Counter[str], lines: int) -> Iterator[_Sign]:
        judges = self.judge_stems | _stems(" ".join(judges_named(line.entry.description)))  # a sign of their own
        shared = sorted(_stems(line.words) & self.stems - judges, key=lambda word: (common[word], word))
        rare = sum(log((lines + 1) / common[word]) / log(lines + 1) for word in shared)
        rare /= max(1.0, sqrt(len(_stems(line.words)) / _SHORT))
        if shared:
            yield _Sign("words", min(4.0, rare), f"words: {', '.join(shared[:5])}")
        filer = _FILER.search(line.entry.description)
        if filer and _stems(filer[1]) & self.who_stems:
            yield _Sign("filer", 1.0, f"filed by: {filer[1].strip()}")

    def _outcome(self, line: Line) -> Iterator[_Sign]:
        if line.act != "order":
            return
        said = line.filing.dispositions if line.filing else ()
        filed = outcome(" ".join(d.outcome for d in said)) or outcome(line.entry.description)
        if filed and self.outcome:
            agree = filed == self.outcome or "in part" in {filed, self.outcome}
            yield _Sign("outcome", 1.0, f"outcome: {filed}") if agree else _Sign("another outcome", 1.0)

    def _judge(self, line: Line) -> Iterator[_Sign]:
        words = f"{line.entry.description} {(line.filing.judge or '') if line.filing else ''}"
        named = re.search(r"\b(?:Judge|Justice|Honorable)\s", words) or (line.filing and line.filing.judge)
        shared = next((judge for judge in self.judges if re.search(rf"\b{re.escape(judge)}\b", words)), None)
        if shared and line.act in {"order", "hearing"}:  # motions and letters are all addressed to the judge
            yield _Sign("judge", 1.0, f"judge: {shared}")
        elif named and not shared and line.act == "order":
            yield _Sign("another judge", float(bool(self.judges)))
            yield _Sign("another bench", float(self.magistrate != bool(re.search("magistrate", words, re.IGNORECASE))))


def _subjects(line: Line) -> frozenset[str]:
    return act.subjects(line.entry.description) or act.subjects(line.words)


def _ahead(told: When, filed: When) -> timedelta:
    """How long a report came before the entry; in whole days where either is known only by the day."""
    if "day" in {told.precision, filed.precision}:
        return filed.day - told.day
    return filed.at - told.at


# ------------------------------------------------------------------------------------------------ words

_ORAL = re.compile(r"\bfrom the bench\b|\b(?:ruled|rules|ruling) (?:orally|aloud)|\boral(?:ly)? rul", re.IGNORECASE)
# "held on 5/19/2026", "for the reasons stated on the record at the hearing of May 19, 2026".
_IN_COURT = re.compile(
    rf"\b(?:held|heard|had|conducted|stated|ruled|announced|from the bench|on the record|in open court|hearing"
    rf"|conference) (?:of|on) ({DAY})",
    re.IGNORECASE,
)
_FILER = re.compile(r"\b(?:[Ff]iled|[Ss]ubmitted)? ?by (?!the\b|Judge|Magistrate)([A-Z][^.()]{3,60})")
_NUMBER = re.compile(r"\b(?:ECF|Dkt\.?|Doc\.?|[Dd]ocket entry|[Ee]ntry(?= No))\s(?:Nos?\.\s)?(\d{1,5})\b")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the and for with that from this will was were has have had its his her their they not but who what when"
        " which after before against about into over upon order motion filed document attachments signed judge court"
        " case said says plaintiff plaintiffs defendant defendants inc llc exhibit exhibits part company lawyers suit"
        " united states district magistrate entered notice letter would could should been being also than other more"
        " must may until granting granted denying denied",
    )
)


def _stems(text: str) -> frozenset[str]:
    """Words that carry meaning, cut to six letters."""
    words = re.findall(r"[a-z][a-z0-9-]{2,}|\d[\d,.-]*\d", text.lower().replace("’", "'"))
    return frozenset(word[:6] for word in words if word not in _COMMON)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _quotations(text: str) -> list[str]:
    """Quoted runs of five words or more: shorter ones stand in many papers."""
    found = re.findall(r"“([^“”]{15,400})”|\"([^\"]{15,400})\"", text)
    quotes = [(curly or straight).strip(" ,.;") for curly, straight in found]
    return [quote for quote in quotes if len(quote.split()) >= 5]


def _past_days(text: str, published: date | None) -> frozenset[date]:
    """Days up to its publication that a report names: in full, without the year, or by the day of the week.

    A day on which something *will* happen is not the day of what is reported.
    """
    if published is None:
        return frozenset()
    days: set[date] = set()
    for found in ANY_DAY.finditer(text):
        day = read_day(found[0], near=published - timedelta(days=300))
        if day and day <= published:
            days.add(day)
    for found in re.finditer(rf"\b(?:on|late|early|last|earlier)\s+({'|'.join(WEEKDAYS)})\b", text, re.IGNORECASE):
        before = re.split(r"[.!?]\s", text[: found.start()])[-1]
        if not (re.match(r"[’']s\b", text[found.end() :]) or _TO_COME.search(before)):
            days.add(latest(found[1], published))
    return frozenset(days)


_TO_COME = re.compile(r"\b(?:will|to hear|(?:is|are) (?:set|due|scheduled))\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:in part|split\w*|trim(?:s|med)|partial(?:ly)?|but (?:not|let)|half of)\b", re.IGNORECASE)
_YES = re.compile(
    r"\b(?:grant(?:s|ed|ing)?|approv(?:es|ed|ing)|first nod|affirm(?:s|ed|ing)|must (?:turn|hand|produce))\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)|refus(?:es|ed|al)|overrul(?:es|ed|ing)|declin(?:es|ed)|need not"
    r"|loses bid|no (?:class|injunction))\b",
    re.IGNORECASE,
)


def outcome(text: str) -> str | None:
    """``granted``, ``denied`` or ``in part``, as courts and papers say it; None when nothing, or both, is said."""
    if _BOTH.search(text):
        return "in part"
    yes, no = _YES.search(text), _NO.search(text)
    return None if bool(yes) == bool(no) else "granted" if yes else "denied"
