"""Which docket entry an article reports, and where the two disagree.

Nothing is near proof but an entry's number, or words quoted that stand in the filing. Short of that, date, act,
subject, outcome, judge and shared words must speak together, and for one entry more than for the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from pipeline.model import DocketEntry, Document, Report
from pipeline.refine import act
from pipeline.refine.dates import ANY_DAY, read_day
from pipeline.refine.docket_text import entry_type

# Days from filing to report: courts file at night, papers print on Monday what was filed on Friday.
WINDOW = timedelta(days=14)
_LEAST = 0.5  # of the score, to be named at all
_AHEAD = 0.04  # of the next entry of another filing
_LEAD = 900  # characters: what is reported stands in the title and the first paragraphs


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
    def act(self) -> str | None:
        kinds = (self.filing.type if self.filing else None, self.entry.type, entry_type(self.entry.description))
        return next((found for kind in kinds if (found := act.act(kind, self.entry.description))), None)


def reports_a_paper(article: Document) -> bool:
    """Whether an article's headline tells of a paper that stands, or will stand, in a docket."""
    return max(act.reported_acts(article.title, article.text[:_LEAD]).values(), default=0.0) >= 1


def find_report(article: Document, lines: Iterable[Line]) -> Report | None:
    """The entry an article reports, with score and reasons; None when none is sure, or two are equally likely.

    ``lines`` are those of the article's dockets. One filing entered in several dockets is one: the first stands for it.
    """
    told = _Told(article)
    near = [line for line in lines if line.act and told.in_time(line)]
    common = Counter(word for line in near for word in _stems(line.words))
    scored = sorted(
        ((told.score(line, common, len(near)), position, line) for position, line in enumerate(near)),
        key=lambda each: (-each[0][0], each[1]),
    )
    if not scored or scored[0][0][0] < _LEAST:
        return None
    (score, reasons), _, best = scored[0]
    rivals = (other for (other, _), _, line in scored[1:] if not _same_filing(best.entry, line.entry))
    if score - next(rivals, 0.0) < _AHEAD:
        return None
    return Report(best.entry.id, round(min(score, 1.0), 3), reasons)


def _same_filing(one: DocketEntry, other: DocketEntry) -> bool:
    same_day = one.filed and other.filed and one.filed.day == other.filed.day
    return bool(same_day) and one.docket != other.docket and one.description == other.description


class _Told:
    """What an article tells, read once."""

    def __init__(self, article: Document) -> None:
        self.lead = article.text[:_LEAD]
        self.head = f"{article.title}\n{self.lead}"
        self.whole = f"{article.title}\n{article.text}"
        self.acts = act.reported_acts(article.title, self.lead)
        self.subjects = act.subjects(self.head)
        self.title_subjects = act.subjects(article.title)
        self.published = article.published.day if article.published else None
        self.days = _past_days(self.head, self.published)
        self.outcome = outcome(self.head)
        self.judges = frozenset(found[-1] for found in map(str.split, _JUDGE.findall(self.head)))
        self.stems = _stems(self.head)
        self.quotes = _quotations(self.whole)
        self.numbers = frozenset(map(int, _NUMBER.findall(self.whole)))

    def in_time(self, line: Line) -> bool:
        """Filed in the days before the report, or on a day that it names; a quarter before any other day."""
        filed = line.entry.filed
        if filed is None or self.published is None:
            return False
        return filed.day in self.days or self.published - WINDOW <= filed.day <= self.published + timedelta(days=1)

    def score(self, line: Line, common: Counter[str], lines: int) -> tuple[float, tuple[str, ...]]:
        """About 0 to 1, and the reasons: each sign adds or takes what it is worth."""
        signs = [*self._proof(line), self._date(line), self._act(line), self._subject(line)]
        signs += [self._words(line, common, lines), self._outcome(line), self._judge(line)]
        return sum(worth for worth, _ in signs), tuple(reason for worth, reason in signs if worth and reason)

    def _proof(self, line: Line) -> list[tuple[float, str]]:
        found: list[tuple[float, str]] = []
        if line.entry.number in self.numbers:
            found.append((0.9, f"ECF number {line.entry.number}"))
        text = _flat(f"{line.entry.description} {line.filing.text if line.filing else ''}")
        quote = next((quote for quote in self.quotes if _flat(quote) in text), None)
        if quote:
            found.append((0.6, f"quoted words: “{quote}”"))
        return found

    def _date(self, line: Line) -> tuple[float, str]:
        assert line.entry.filed is not None
        assert self.published is not None
        filed = line.entry.filed.day
        if filed in self.days:
            return 0.25, f"date: {filed}, as the article says"
        apart = (self.published - filed).days
        near = 0.2 if apart <= 2 else 0.14 if apart <= 4 else 0.07 if apart <= 7 else 0.0
        return near - (0.15 if self.days else 0.0), f"date: filed {apart} days before" if near else ""

    def _act(self, line: Line) -> tuple[float, str]:
        strength = self.acts.get(line.act or "", 0.0)
        if strength:
            return 0.12 + 0.12 * strength / max(self.acts.values()), f"act: {line.act}"
        return (-0.3, "") if self.acts else (-0.4, "")

    def _subject(self, line: Line) -> tuple[float, str]:
        entry = act.subjects(line.entry.description) or act.subjects(line.words)
        shared = entry & self.subjects
        if not shared:
            return (-0.1, "") if entry else (0.0, "")
        share = len(shared) / len(entry)
        worth = 0.1 + 0.14 * share + (0.08 if shared & self.title_subjects else 0.0)
        return worth, f"subject: {', '.join(sorted(shared))}"

    def _words(self, line: Line, common: Counter[str], lines: int) -> tuple[float, str]:
        shared = sorted(_stems(line.words) & self.stems, key=lambda word: (common[word], word))
        rare = sum(log((lines + 1) / common[word]) / log(lines + 1) for word in shared)
        return min(0.2, 0.05 * rare), f"words: {', '.join(shared[:5])}" if shared else ""

    def _outcome(self, line: Line) -> tuple[float, str]:
        if line.act != "order":
            return 0.0, ""
        said = line.filing.dispositions if line.filing else ()
        filed = outcome(" ".join(d.outcome for d in said)) or outcome(line.entry.description)
        if not (filed and self.outcome):
            return 0.0, ""
        if filed == self.outcome or "in part" in {filed, self.outcome}:
            return 0.1, f"outcome: {filed}"
        return -0.2, ""

    def _judge(self, line: Line) -> tuple[float, str]:
        words = f"{line.entry.description} {(line.filing.judge or '') if line.filing else ''}"
        named = re.search(r"\b(?:Judge|Justice)\s", words) or (line.filing and line.filing.judge)
        shared = next((judge for judge in self.judges if re.search(rf"\b{re.escape(judge)}\b", words)), None)
        if shared:
            return 0.1, f"judge: {shared}"
        return (-0.1, "") if named and self.judges and line.act == "order" else (0.0, "")


# ------------------------------------------------------------------------------------------------ words

_JUDGE = re.compile(r"\b(?:Judge|Justice)\s((?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w’'-]+)\b")
_NUMBER = re.compile(r"\b(?:ECF|Dkt\.?|Doc\.?|(?:docket )?entry)\s(?:Nos?\.\s)?(\d{1,5})\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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
    for found in re.finditer(rf"\b(?:on|late|early|last|earlier)\s+({'|'.join(_WEEKDAYS)})\b", text, re.IGNORECASE):
        if not re.match(r"[’']s\b", text[found.end() :]):
            days.add(published - timedelta(days=(published.weekday() - _WEEKDAYS.index(found[1].lower())) % 7))
    return frozenset(days)


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
