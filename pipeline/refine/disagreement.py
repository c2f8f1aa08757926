"""Where an article and the filing it reports say different things, with the words of both.

Only what can be laid side by side is compared: the day of the same kind of appointment or deadline, the sum or number
in sentences about the same thing, the judge, the outcome. What the filing says anywhere is no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.docket_number import DocketNumber, find_docket_numbers
from pipeline.model import Disagreement, Document, Event, EventState, Passage
from pipeline.refine import prose
from pipeline.refine.dates import ANY_DAY, read_day
from pipeline.refine.judge import NAMED_BY_PRESS
from pipeline.refine.report import outcome

_NEAR = timedelta(days=45)  # a date further away is another appointment
_SHARED = 4  # words of meaning two sentences share before their numbers are compared


def disagreements(article: Document, filing: Document) -> tuple[Disagreement, ...]:
    """In the order of the article's words."""
    rules = (_dates, _figures, _docket, _judge, _outcome)
    found = [each for rule in rules for each in rule(article, filing)]
    return tuple(sorted(found, key=lambda each: each.article.start))


def _dates(article: Document, filing: Document) -> Iterator[Disagreement]:
    """A day that the filing nowhere names, in a sentence about something the filing sets for one other day."""
    said = filing.published.day if filing.published else filing.provenance.fetched.date()
    named = _days(filing.text, said)
    scheduled = [event for event in filing.events if event.state is EventState.SCHEDULED]
    for sentence in prose.sentences(article.text):
        days = _days(sentence.text, said)
        strange = [day for day in days if day not in named and day >= said]
        rivals = [
            event
            for event in scheduled
            if event.starts.day not in days
            and len(strange) == 1
            and abs(event.starts.day - strange[0]) <= _NEAR
            and _speaks_of(sentence.text, event)
        ]
        if len({rival.starts.day for rival in rivals}) == 1:
            filed = rivals[0]
            yield Disagreement("date", str(strange[0]), str(filed.starts.day), sentence, filed.passage)


def _days(text: str, since: date) -> list[date]:
    near = since - timedelta(days=14)
    return [day for found in ANY_DAY.finditer(text) if (day := read_day(found[0], near=near))]


def _speaks_of(sentence: str, event: Event) -> bool:
    """Whether a sentence has the words of an event's title: all of a short one, three of a long one."""
    title = _stems(event.title)
    return bool(title) and len(title & _stems(sentence)) >= min(3, len(title))


_FIGURE = re.compile(
    r"(?P<sum>[$€£]\s?\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion))?)"
    r"|\b(?P<number>\d[\d,]*(?:\.\d+)?)\s(?P<what>percent|per cent|%|[a-z]{4,})"
)


def _figures(article: Document, filing: Document) -> Iterator[Disagreement]:
    """Sums and counts in two sentences that share words: one figure of a kind in each, and not the same."""
    theirs = [(sentence, _figures_in(sentence)) for sentence in prose.sentences(filing.text)]
    stated = set().union(*({value for value, _ in figures} for _, figures in theirs)) if theirs else set()
    for sentence in prose.sentences(article.text):
        for value, what in _figures_in(sentence):
            if value in stated:
                continue
            rivals = {
                (other_value, other.start, other.end, other.text)
                for other, figures in theirs
                for other_value, other_what in figures
                if other_what == what and len([1 for _, w in figures if w == what]) == 1
                if len(_stems(sentence.text) & _stems(other.text)) >= _SHARED
            }
            if len({rival[0] for rival in rivals}) == 1:
                filed, start, end, text = min(rivals, key=lambda rival: rival[1])
                yield Disagreement(
                    "amount" if what == "sum" else "number", value, filed, sentence, Passage(start, end, text)
                )


def _figures_in(sentence: Passage) -> list[tuple[str, str]]:
    """(value, what is counted), dates and times left out."""
    found = []
    for match in _FIGURE.finditer(ANY_DAY.sub(" ", sentence.text)):
        value = " ".join((match["sum"] or match["number"]).split())
        what = "sum" if match["sum"] else match["what"].rstrip("s")
        if what not in {"day", "year", "hour", "week", "month", "minute"} and not re.fullmatch(r"(?:19|20)\d\d", value):
            found.append((value, what))
    return found


def _docket(article: Document, filing: Document) -> Iterator[Disagreement]:
    """The one docket number of the article, a slip away from the filing's own and nowhere in it.

    A number that is quite another one is another case.
    """
    told = find_docket_numbers(article.text)
    filed = find_docket_numbers(filing.text)
    if len({_plain(number) for number in told}) != 1 or not filed:
        return
    mine, own = told[0], filed[0]
    if _plain(mine) not in {_plain(number) for number in filed} and _is_slip(_plain(mine), _plain(own)):
        sentence = next(s for s in prose.sentences(article.text) if s.start <= mine.start < s.end)
        yield Disagreement("number", mine.text, own.text, sentence, Passage(own.start, own.end, own.text))


def _plain(number: DocketNumber) -> tuple[int | None, str | None, str]:
    return number.year, number.type, str(number.serial).lstrip("0")


def _is_slip(one: tuple[int | None, str | None, str], other: tuple[int | None, str | None, str]) -> bool:
    """Another year or type; or one digit wrong, lost, added, or two exchanged."""
    if one[2] == other[2]:
        return True
    if one[:2] != other[:2]:
        return False
    if sorted(one[2]) == sorted(other[2]):
        return True
    pairs = [(a, b) for a, b in zip(one[2], other[2], strict=False) if a != b]
    shorter, longer = sorted((one[2], other[2]), key=len)
    lost = len(longer) - len(shorter) == 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    return lost or (len(one[2]) == len(other[2]) and len(pairs) == 1)


def _judge(article: Document, filing: Document) -> Iterator[Disagreement]:
    """A judge named as the one who ruled, whom the filing does not name at all."""
    if not filing.judge:
        return
    last = filing.judge.split()[-1]
    for sentence in prose.sentences(article.text[:1500]):
        named = re.search(
            rf"{NAMED_BY_PRESS.pattern}\s"
            r"(?:ruled|ordered|granted|denied|wrote|refused|found|signed|dismissed|rejected|approved)\b",
            sentence.text,
        )
        if named and last not in article.text and named[1].split()[-1].lower() not in filing.text.lower():
            signed = re.search(rf"[^\n]*\b{re.escape(last)}\b[^\n]*", filing.text, re.IGNORECASE)
            if signed:
                words = Passage(signed.start(), signed.end(), signed[0])
                yield Disagreement("judge", named[1], filing.judge, sentence, words)
            return


def _outcome(article: Document, filing: Document) -> Iterator[Disagreement]:
    """Granted here and denied there, where the filing decides one thing."""
    if len(filing.dispositions) != 1:
        return
    [decided] = filing.dispositions
    filed = outcome(decided.outcome)
    for sentence in prose.sentences(article.text[:900]):
        said = outcome(sentence.text)
        if said and re.search(r"\b(?:motion|request|bid|application|petition)\b", sentence.text):
            if filed and {said, filed} == {"granted", "denied"}:
                yield Disagreement("disposition", said, decided.outcome, sentence, decided.passage)
            return


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _COMMON)


_COMMON = frozenset(
    ("that", "with", "from", "this", "will", "were", "have", "their", "they", "said", "says", "which", "after",
     "before", "court", "judge", "order", "would", "also", "company", "plaintiffs", "defendant", "shall")
)  # fmt: skip
