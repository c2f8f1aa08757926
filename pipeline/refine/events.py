"""When things are due: deadlines, conferences, hearings and trials, each with the sentence it was read from.

No date is invented: an event is a date that the words tie to something to be done or attended. Dates that a text tells
as history, or that it only repeats ("remains December 18"), are none. "Within 14 days of this Order" is computed, and
says under which rule. A date that the words take back ("previously set for", "is VACATED") is superseded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from pipeline.model import Event, EventState, Kind, Passage, When
from pipeline.refine import casing, event_words, prose
from pipeline.refine.counted_days import CountedDay, counted_back, counted_from
from pipeline.refine.dates import ANY_DAY, moment, read_day

_COURT_PAPERS = frozenset({"order", "opinion", "judgment", "minute entry", "notice"})
_NOTICING_PAPERS = frozenset({"motion", "brief"})
_PROPOSING_PAPERS = frozenset({"stipulation", "proposed order"})
_WORKS = frozenset(
    {"respond", "answer", "comply", "do so", "file", "serve"}
)  # titles that say no more than the deadline


@dataclass(frozen=True, slots=True)
class _Reading:
    dated: date | None
    zone: tzinfo
    state: EventState
    full: bool  # read every kind of event, not only what a motion is noticed for
    about: str  # the paper's title


def find_events(
    text: str, *, dated: date | None, zone: tzinfo, kind: Kind, paper: str | None = None, about: str = ""
) -> tuple[Event, ...]:
    """Events in order of appearance, each thing once.

    ``dated`` is the day of the text (days before it are history), ``zone`` the court's, ``paper`` the type of a filing
    and ``about`` its title: a party's paper sets no deadline, though its notice of motion names hearing and briefs.
    What news reports and what parties propose to the court is ``REPORTED``: a lead, never a calendar event.
    """
    filing = kind is Kind.FILING
    if filing and paper not in _COURT_PAPERS | _NOTICING_PAPERS | _PROPOSING_PAPERS:
        return ()
    state = EventState.SCHEDULED if filing and paper not in _PROPOSING_PAPERS else EventState.REPORTED
    reading = _Reading(dated, zone, state, full=not filing or paper not in _NOTICING_PAPERS, about=about)
    found: list[Event] = []
    for unit in _units(text):
        for event in _in_unit(unit, reading):
            title = casing.sentence(event.title, text)
            _add(found, replace(event, title=title, actor=event.actor or _whom_they_means(text, unit.passage)))
    return tuple(found)


def _whom_they_means(text: str, passage: Passage) -> str | None:
    """The last in the paragraph who shall do something, where a sentence goes on with "they shall"."""
    if not re.search(r"\b(?:they|it)\s+(?:shall|must|will)\b", passage.text):
        return None
    return event_words.subject(text[text.rfind("\n\n", 0, passage.start) + 1 : passage.start])


def _add(found: list[Event], event: Event) -> None:
    """One more event, unless it is there already; told twice, the telling with the hour stays."""
    for i, known in enumerate(found):
        if known.state is event.state and _same_thing(known, event):
            if known.starts.precision == "day" and event.starts.precision == "minute":
                found[i] = event
            return
    found.append(event)


def _same_thing(a: Event, b: Event) -> bool:
    if a.kind != b.kind or a.starts.day != b.starts.day:
        return False
    timed = a.starts.precision == b.starts.precision == "minute"
    if a.kind != "deadline":
        return not timed or a.starts == b.starts
    return same_subject(a, b)


def same_subject(a: Event, b: Event, *, whole: bool = False) -> bool:
    """Whether two titles speak of one thing: a word in common, or all words of one where the ``whole`` must agree.

    A title without words of its own ("Respond") agrees with any; two who must act never do.
    """
    if a.actor and b.actor and a.actor != b.actor:
        return False
    words, more = _content(a.title), _content(b.title)
    if whole:
        return bool(words and more) and (words <= more or more <= words)
    return bool(words & more) or not words or not more


def _content(title: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", title.lower()) if word not in _WORKS | {"deadline"}}


@dataclass(frozen=True, slots=True)
class _Unit:
    passage: Passage
    row: bool  # a line of a schedule


def _units(text: str) -> Iterator[_Unit]:
    """Sentences; the lines of a schedule one by one, a line that is a date alone with the line above it."""
    times = [match.start() for match in _SPEAKS_OF_TIME.finditer(text)]
    for start, end in prose.paragraphs(text):
        if bisect_left(times, start) == bisect_left(times, end):
            continue
        lines = text[start:end].split("\n")
        dates = [line for line in lines if ANY_DAY.search(line) and len(line.split()) <= 25]
        if len(dates) < 2 and not any(" | " in line for line in dates):
            for sentence in prose.sentences(text[start:end]):
                yield _Unit(Passage(sentence.start + start, sentence.end + start, sentence.text), row=False)
            continue
        begin, at = start, start
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            end_of_line = at + len(line) + (len(below) + 1 if re.match(r"Time\b", below, re.IGNORECASE) else 0)
            dated = ANY_DAY.search(line)
            label = dated and re.search(r"[A-Za-z]{3}", _WEEKDAYS.sub("", line[: dated.start()] + line[dated.end() :]))
            first = at if label or not dated else begin
            if dated:
                yield _Unit(Passage(first, end_of_line, text[first:end_of_line]), row=len(dates) > 1 or " | " in line)
            at += len(line) + 1
            begin = at if dated else at - len(line) - 1


_WEEKDAYS = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
_SPEAKS_OF_TIME = re.compile(
    r"[Dd]ays?\b|[Ww]eeks?\b|\d[/-]\d"
    r"|(?:J(?:an|AN|un|UN|ul|UL)|F(?:eb|EB)|M(?:ar|AR|ay|AY)|A(?:pr|PR|ug|UG)|S(?:ep|EP)|O(?:ct|CT)|N(?:ov|OV)|D(?:ec|EC))"
    r"[A-Za-z]*\.?,?\s+[\d\w]"
)


def _in_unit(unit: _Unit, reading: _Reading) -> list[Event]:
    passage = unit.passage
    words = _plain(passage.text)
    found = []
    for match in ANY_DAY.finditer(words):
        day = read_day(match[0], near=reading.dated)
        if day is None or (reading.dated and not reading.dated <= day < reading.dated + timedelta(366 * 6)):
            continue
        event = _dated_event(_Mention(words, words[: match.start()], words[match.end() :], unit), day, reading)
        found += [event] if event else []
    if reading.full:
        found += _counted_events(words, passage, reading)
    return found


def _plain(text: str) -> str:
    """The same length, without what is quoted, and without the stops of "a.m.", which end no clause."""
    text = re.sub(r"“[^”]*”|\"[^\"]*\"", lambda quote: " " * len(quote[0]), text)
    return re.sub(r"\b([ap])\.\s?m\.", lambda half: f"{half[1]}m".ljust(len(half[0])), text, flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A date in its sentence: all words, those before and those behind it."""

    words: str
    before: str
    after: str
    unit: _Unit


_TAKEN_BACK = re.compile(
    r"^[^.;]{0,60}?\b(?:is|are|was|be)\s+(?:(?:hereby|now|also)\s+)*"
    r"(?:adjourned|vacated|cancell?ed|continued|reset|rescheduled|postponed|stricken|extended|terminated|moved|taken\s+off)\b"
    r"|^\s*,?\s*(?:is|are)\s+now\s+(?:due|set|scheduled)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:(?:previously|originally|formerly|initially)\s+(?:set|scheduled|due|noticed|calendared|fixed|ordered)"
    r"(?:\s+(?:for|on|by|to\s+be\s+held\s+on))?|from)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?$",
    re.IGNORECASE,
)
_REPEATED_BEFORE = re.compile(
    r"\b(?:(?:remains?|stays?)(?:\s+(?:set|due|scheduled))?|(?:currently|presently|already)\s+(?:set|scheduled|due|noticed|calendared))"
    r"(?:\s+(?:for|on|by|at))?\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?$",
    re.IGNORECASE,
)
# What is asked to be moved, or is moved elsewhere in the sentence: "to adjourn the conference set for".
_TO_BE_MOVED = re.compile(
    r"\bto\s+(?:adjourn|continue|reschedule|postpone|vacate|reset|move|advance)\s+[^,;]{0,80}?"
    r"\b(?:set|scheduled|noticed|calendared)\s+(?:for|on)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?$",
    re.IGNORECASE,
)
_REPEATED_AFTER = re.compile(
    r"^[^.;]{0,80}?\b(?:(?:is|are)\s+(?:not\s+affected|unaffected|unchanged|not\s+changed)|remains?\s+(?:in\s+effect|on\s+calendar|as\s+set|unchanged))",
    re.IGNORECASE,
)


def _dated_event(mention: _Mention, day: date, reading: _Reading) -> Event | None:
    tied = _tie(mention, reading) if reading.full else _noticed(mention, reading)
    if tied is None:
        return None
    kind, title = tied
    state = reading.state
    if _TAKEN_BACK.match(mention.after) or _FORMER.search(mention.before):
        if state is EventState.REPORTED:
            return None
        state = EventState.SUPERSEDED
    elif (
        _REPEATED_BEFORE.search(mention.before)
        or _TO_BE_MOVED.search(mention.before)
        or _REPEATED_AFTER.match(mention.after)
    ):
        return None
    elif re.search(r"\bnot\b[^,;]*\bbefore\s+$", mention.before):
        return None  # a day before which nothing may be done
    starts = moment(day, mention.before, mention.after, reading.zone)
    who = event_words.actor(mention.before, mention.after) if not mention.unit.row else None
    sure = 0.5 if state is EventState.REPORTED else 0.95
    return Event(kind, title or "Deadline", starts, mention.unit.passage, actor=who, state=state, confidence=sure)


# ---------------------------------------------------------------------------------------------- what ties a date

_GATHERING = (
    r"(?:(?:initial|status|case[\s-]management|pre-?trial|settlement|discovery|scheduling|final|telephonic|telephone|video|"
    r"fairness|evidentiary|claim\s+construction|markman|motion|preliminary|injunction|approval|sentencing|bench|jury|oral|"
    r"show\s+cause|class|certification|further|remote|in-person)[\s-]+)*"
    r"(?P<noun>(?:tele|video)?conferences?|hearings?|trial|arguments?|mediation|depositions?|arraignment|sentencing(?!\s+(?:hearing|memo|guid)))"
)
_GATHERING_AFTER = re.compile(rf"^\s*,?\s*(?P<what>{_GATHERING})\b", re.IGNORECASE)
_GATHERING_BEFORE = re.compile(
    rf"\b(?P<what>{_GATHERING})\b(?P<between>(?:[^.;]|(?<=No)\.|(?<=Dkt)\.|(?<=Doc)\.){{0,160}}?)(?:\b(?:on|for|to|begin(?:ning)?|commenc\w+|set|at|is|from|:)|:|\s[-–—]|\.{{2,}}|\|)\s*"
    r"(?:the\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?(?:the\s+)?$",
    re.IGNORECASE,
)
_DUE_BEFORE = re.compile(
    r"\b(?:by|before|until|till|(?:no|not)\s+later\s+than|(?:is|are|be)\s+(?:now\s+)?due(?:\s+(?:on|by))?|due(?:\s+(?:on|by|date))?:?"
    r"|deadlines?[^.;]{0,90}?\b(?:is|of|to|for|:)|(?:extended|continued)(?:\s+(?:to|through)(?:\s+and\s+including)?)?|cut-?off[^.;]{0,40}?(?:is|:)?)\s*"
    r"(?:close\s+of\s+business\s+(?:on\s+)?|(?:at\s+)?(?:(?:12(?::00)?\s*)?noon|midnight|\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?)(?:\s+[ECMP][SD]?T)?\s*,?\s*(?:on\s+)?"
    r"|end\s+of\s+(?:the\s+)?day\s+(?:on\s+)?)?"
    r"(?:the\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?(?:the\s+)?$",
    re.IGNORECASE,
)
_DUE_AFTER = re.compile(r"^\s*,?\s*(?:deadline|cut-?off|due\s+date)\b", re.IGNORECASE)
_ROW = re.compile(
    r"\b(?:deadline|cut-?off|discovery|disclosures?|motions?|briefs?|opposition|reply|reports?|experts?|amend\w*|joinder|"
    r"class\s+certification|summary\s+judgment|mediation|completion|filing|submission|exchange|production)\b",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\b(?:shall|must|will|should|may|directed|ordered|ORDERS|DIRECTS|told|gave|requires?|required|sets?|scheduled|due|deadlines?|cut-?off|granted|extended|adjourned|"
    r"continued|to\s+be|reset|until|(?:is|are)\s+to|to\s+(?:file|serve|submit|respond|reply|produce|prepare|provide)|show\s+cause)\b",
    re.IGNORECASE,
)
# Without a date of the text's own, only words that bind tell the future from history.
_BINDING = re.compile(r"\b(?:shall|must|will|directed|ordered|until|has|have|deadline)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:requests?|requested|requesting|seeks?|sought|proposes?|proposed|asks?|asked|argues?|contends?|moves?\s+for)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(r"\b(?:shall|must|directed|directs|orders|ordered|GRANTED|deadline|extends)\b", re.IGNORECASE)
_PAST_ACT = re.compile(
    r"\b(?<!be )(?:filed|served|held|entered|issued|informed|asked|sent|wrote|occurred|began|denied|published|signed"
    r"|produced|expired|argued)\s+"
    r"(?:\w+\s+){0,6}?(?:on|by|before)?\s*$",
    re.IGNORECASE,
)
_TOLD_OF_PAPER = re.compile(r"\b(?:was|were|filed|dated|on|of|from|since)\s*$")


def _tie(mention: _Mention, reading: _Reading) -> tuple[str, str] | None:
    """(kind, title), or None when nothing ties the date to something to come."""
    words, before, after = mention.words, mention.before, mention.after
    if mention.unit.row and (label := _row_label(mention, reading)):
        attended = re.match(rf"\W*(?P<what>{_GATHERING})\b", label, re.IGNORECASE)
        return (_attended(attended["noun"]) if attended else "deadline", event_words.label_title(label))
    if _PAST_ACT.search(before):
        return None
    attended = _GATHERING_AFTER.match(after) or _GATHERING_BEFORE.search(before)
    if attended and (reading.dated or _FORWARD.search(words)) and not re.search(r"\b(?:was|were|had)\b[^,;]*$", before):
        between = attended.groupdict().get("between") or ""
        if re.search(r"(?<!be )\bheld\b", between):
            return None
        return _attended(attended["noun"]), event_words.gathering_title(attended["what"], between, before, after)
    forward = _FORWARD if reading.dated or reading.state is EventState.REPORTED else _BINDING
    if (_DUE_BEFORE.search(before) or _DUE_AFTER.match(after)) and forward.search(words):
        if _ASKED.search(words) and not _ORDERS.search(words):
            return None
        return "deadline", event_words.due_title(before, after)
    label = _row_label(mention, reading)
    return ("deadline", event_words.label_title(label)) if label else None


def _row_label(mention: _Mention, reading: _Reading) -> str:
    """What a schedule's row names beside its date, with no verb between; empty when this is no row."""
    before = mention.before.strip(" \t|:.–—-")
    after = re.sub(r"^[\s,]*(?:at\s+)?(?:\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?|noon)[\s,.]*", "", mention.after).strip(
        " \t|:.–—-"
    )
    label = _WEEKDAYS.sub("", before).strip(" \t|:.,–—-")
    if label and after and " | " not in mention.words:
        return ""
    label = label or after
    if (
        len(label.split()) > 25
        or ("\n" in mention.words.strip() and not mention.unit.row)
        or _TOLD_OF_PAPER.search(before)
    ):
        return ""
    if re.search(r"[.!?]$", mention.before.strip()) and not mention.unit.row:
        return ""
    certain = _ROW if reading.dated else re.compile(r"\b(?:deadline|cut-?off|due)\b", re.IGNORECASE)
    in_table = mention.unit.row and reading.dated is not None and re.search(r"[A-Za-z]{3}", label) is not None
    in_table = in_table and not re.match(
        r"(?:Dated?|Filed|Signed|Entered|Executed|Complaint|Action|Page|Case|Doc|Re)\b", label
    )
    if re.match(r"/?s/", label):
        return ""  # a signature
    return label if in_table or certain.search(label) else ""


def _attended(noun: str) -> str:
    singular = noun.lower().rstrip("s")
    return {"argument": "hearing", "teleconference": "conference", "videoconference": "conference"}.get(
        singular, singular
    )


_NOTICED = re.compile(
    r"\b(?:(?:hearing|date|noticed?\s+for)\b[\s:]*(?:date\b)?[\s:]*|PLEASE\s+TAKE\s+NOTICE\b.*\bon\s+|will\s+(?:and\s+hereby\s+do(?:es)?\s+)?move\s+on\s+)"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?$",
    re.IGNORECASE | re.DOTALL,
)
_BRIEF = re.compile(r"\b(?:opposition|repl(?:y|ies)|response)\b[^.;]{0,80}$", re.IGNORECASE)


def _noticed(mention: _Mention, reading: _Reading) -> tuple[str, str] | None:
    """What a party's paper may tell of the calendar: the hearing it is noticed for, and the briefs due before it."""
    if _NOTICED.search(mention.before) and re.search(r"\d\s*[ap]\.?m|will\s+move\s+on", mention.words, re.IGNORECASE):
        motion = re.search(r"\b(?:motions?|applications?)\s+(?:to|for|in|of)\b.*", reading.about, re.IGNORECASE)
        return "hearing", f"Hearing on {motion[0]}" if motion else "Hearing"
    if (
        _BRIEF.search(mention.before)
        and _DUE_BEFORE.search(mention.before)
        and re.search(r"\bdue\b|\bmust\b|\bshall\b", mention.words)
    ):
        return "deadline", event_words.due_title(mention.before, mention.after)
    return None


# ---------------------------------------------------------------------------------------------- counted days


def _counted_events(words: str, passage: Passage, reading: _Reading) -> list[Event]:
    """Days counted from the text's own date, and back from the only date of a sentence."""
    if reading.state is EventState.REPORTED:
        return []
    counted = [*counted_from(words, reading.dated)] if reading.dated else []
    named = {day for match in ANY_DAY.finditer(words) if (day := read_day(match[0], near=reading.dated))}
    if len(named) == 1:
        back = counted_back(words, named.pop())
        counted += [each for each in back if reading.dated is None or each.day >= reading.dated]
    return [_computed(each, words, passage, reading) for each in counted]


def _computed(counted: CountedDay, words: str, passage: Passage, reading: _Reading) -> Event:
    before, after = words[: counted.start], words[counted.end :]
    title = event_words.due_title(before, after) or "Deadline"
    who = event_words.actor(before, after)
    when = When.on(counted.day, reading.zone)
    return Event("deadline", title, when, passage, actor=who, computed=counted.computed, confidence=0.85)
