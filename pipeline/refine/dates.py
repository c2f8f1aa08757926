"""When things are due: deadlines, conferences, hearings and trials, each with the sentence it was read from.

No date is invented: an event is a date that the words tie to something to be done or attended. Dates that a text tells
as history are none. "Within 14 days of this Order" is computed, and says under which rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from pipeline.model import Event, EventState, Kind, Passage, When
from pipeline.refine import calendar_rules, prose

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?{_MONTH}\s*,?\s+(?:19|20)\d\d"
    r"|\d{1,2}/\d{1,2}/(?:20\d\d|\d\d)(?!\d)|20\d\d-\d\d-\d\d)"
)
_ANY_DAY = re.compile(
    rf"\b(?:(?P<full>{DAY})|(?P<short>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)\b(?!\s*,?\s*\d))", re.IGNORECASE
)


def read_day(text: str, *, near: date | None = None) -> date | None:
    """The day a spelling names. Without a year it is the first such day on or after ``near``; None if there is none.

    >>> read_day("3rd day of June, 2025")
    datetime.date(2025, 6, 3)
    """
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    named = re.search(rf"\b{_MONTH}(?![a-z])", text, re.IGNORECASE)
    if named is None and re.search(r"[A-Za-z]{3,}", text):
        return None
    try:
        if named:
            month = _MONTHS.index(named[0].lower()[:3]) + 1
            if len(numbers) == 2:
                return date(numbers[1], month, numbers[0])
            if near is None:
                return None
            this_year = date(near.year, month, numbers[0])
            return this_year if this_year >= near else date(near.year + 1, month, numbers[0])
        if numbers[0] > 31:
            return date(*numbers)
        month, day, year = numbers
        return date(year + 2000 if year < 100 else year, month, day)
    except (ValueError, IndexError):
        return None


# ---------------------------------------------------------------------------------------------- events

_COURT_PAPERS = frozenset({"order", "opinion", "judgment", "minute entry", "notice"})
_NOTICING_PAPERS = frozenset({"motion", "brief"})


@dataclass(frozen=True, slots=True)
class _Reading:
    dated: date | None
    zone: tzinfo
    state: EventState
    full: bool  # read every kind of event, not only the hearing a motion is noticed for


def events(text: str, *, dated: date | None, zone: tzinfo, kind: Kind, paper: str | None = None) -> tuple[Event, ...]:
    """Events in order of appearance, one for each kind and time.

    ``dated`` is the day of the text (days before it are history), ``zone`` the court's, ``paper`` the type of a filing:
    a party's paper sets no deadline, though its notice of motion names the hearing. What news reports is ``REPORTED``.
    """
    filing = kind is Kind.FILING
    if filing and paper not in _COURT_PAPERS | _NOTICING_PAPERS:
        return ()
    state = EventState.SCHEDULED if filing else EventState.REPORTED
    reading = _Reading(dated, zone, state, full=not filing or paper in _COURT_PAPERS)
    found: dict[tuple[str, When], Event] = {}
    for sentence in _units(text):
        for event in _in_sentence(sentence, reading):
            key = (event.kind, event.starts)
            same_day = next((k for k in found if k[0] == event.kind and k[1].day == event.starts.day), None)
            if same_day is None:
                found[key] = event
            elif found[same_day].starts.precision == "day" and event.starts.precision == "minute":
                found[same_day] = event  # the same hearing, now with its hour
    return tuple(found.values())


def _units(text: str) -> list[Passage]:
    """Sentences; the lines of a schedule one by one."""
    units: list[Passage] = []
    for sentence in prose.sentences(text):
        lines = sentence.text.split("\n")
        if len(lines) > 1 and sum(_ANY_DAY.search(line) is not None for line in lines) > 1:
            at = sentence.start
            for line in lines:
                units.append(Passage(at, at + len(line), line))
                at += len(line) + 1
        else:
            units.append(sentence)
    return units


_GATHERING = (
    r"(?:(?:initial|status|case[\s-]management|pre-?trial|settlement|discovery|scheduling|final|telephonic|telephone|video|"
    r"fairness|evidentiary|claim\s+construction|markman|motion|preliminary|injunction|approval|sentencing|bench|jury|oral|"
    r"show\s+cause|class|further|remote|in-person)[\s-]+)*"
    r"(?P<noun>conferences?|hearings?|trial|arguments?|mediation|depositions?)"
)
_GATHERING_AFTER = re.compile(rf"^\s*,?\s*(?:{_GATHERING})\b", re.IGNORECASE)
_GATHERING_BEFORE = re.compile(
    rf"\b(?P<what>{_GATHERING})\b(?P<between>[^.;]{{0,160}}?)(?:\b(?:on|for|to|begin(?:ning)?|commenc\w+|set|at|is|:)|:|\s[-–—]|\.{{2,}}|\|)\s*"
    r"(?:the\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*,?\s*)?(?:the\s+)?$",
    re.IGNORECASE,
)
_DUE_BEFORE = re.compile(
    r"\b(?:by|before|until|till|(?:no|not)\s+later\s+than|(?:is|are|be)\s+due(?:\s+(?:on|by))?|due(?:\s+(?:on|by|date))?:?"
    r"|deadlines?[^.;]{0,60}?\b(?:is|of|to|for|:)|(?:extended|continued)(?:\s+to)?|cut-?off[^.;]{0,40}?(?:is|:)?)\s*"
    r"(?:close\s+of\s+business\s+(?:on\s+)?|(?:noon|midnight|\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?)(?:\s+[ECMP][SD]?T)?,?\s*(?:on\s+)?|end\s+of\s+(?:the\s+)?day\s+(?:on\s+)?)?"
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
    r"continued|to\s+be|reset|until|(?:is|are)\s+to)\b",
    re.IGNORECASE,
)
# Without a date of the text's own, only words that bind tell the future from history.
_BINDING = re.compile(r"\b(?:shall|must|will|directed|ordered|until|has|have|deadline)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:requests?|requested|requesting|seeks?|sought|proposes?|proposed|asks?|asked|argues?|contends?|moves?\s+for)\b",
    re.IGNORECASE,
)
_PAST_ACT = re.compile(
    r"\b(?:filed|served|held|entered|issued|informed|asked|sent|wrote|occurred|began|denied|published|signed|produced|expired|argued)\s+"
    r"(?:\w+\s+){0,6}?(?:on|by|before)?\s*$",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"^[^.;]{0,60}?\b(?:is|are|was|be)\s+(?:(?:hereby|now|also)\s+)*(?:adjourned|vacated|cancell?ed|continued|reset|rescheduled|postponed|stricken|extended|terminated|moved)\b",
    re.IGNORECASE,
)


_SPEAKS_OF_TIME = re.compile(r"\d[/-]\d|\b(?:days?|weeks?)\b|" + _MONTH, re.IGNORECASE)


def _in_sentence(sentence: Passage, reading: _Reading) -> list[Event]:
    if not _SPEAKS_OF_TIME.search(sentence.text):
        return []
    words = re.sub(r"“[^”]*”|\"[^\"]*\"", lambda quote: " " * len(quote[0]), sentence.text)
    found = [event for match in _ANY_DAY.finditer(words) if (event := _dated_event(words, match, sentence, reading))]
    if reading.full:
        found += _counted_events(words, sentence, reading)
    return found


def _dated_event(words: str, match: re.Match[str], sentence: Passage, reading: _Reading) -> Event | None:
    day = read_day(match[0], near=reading.dated)
    if day is None or (reading.dated and not reading.dated <= day < reading.dated + timedelta(366 * 6)):
        return None
    before, after = words[: match.start()], words[match.end() :]
    kind = _kind(words, before, after, reading)
    if kind is None:
        return None
    state = reading.state
    if state is EventState.SCHEDULED and (_CALLED_OFF.match(after) or re.search(r"\bfrom\s+$", before)):
        state = EventState.SUPERSEDED
    title = _title(kind, before, after)
    return Event(kind[0], title, _when(day, before, after, reading.zone), sentence, actor=_actor(before), state=state)


def _kind(words: str, before: str, after: str, reading: _Reading) -> tuple[str, str] | None:
    """(kind, the words that name it), or None when nothing ties the date to something to come."""
    attended = _GATHERING_AFTER.match(after) or _GATHERING_BEFORE.search(before)
    if not reading.full:
        noticed = re.search(r"\b(?:hearing|date|noticed?\s+for)\b[\s:]*(?:date)?[\s:]*$", before, re.IGNORECASE)
        noticed = noticed or re.search(r"\bPLEASE\s+TAKE\s+NOTICE\b.*\bon\s+$", before, re.IGNORECASE | re.DOTALL)
        return ("hearing", "hearing") if noticed and re.search(r"\d\s*[ap]\.?m", words, re.IGNORECASE) else None
    if _PAST_ACT.search(before):
        return None
    if attended and (reading.dated or _FORWARD.search(words)) and not re.search(r"\b(?:was|were|had)\b[^,;]*$", before):
        what = re.sub(r"^\W+", "", attended[0]) if attended.re is _GATHERING_AFTER else attended["what"]
        return _attended(attended["noun"]), what
    due = _DUE_BEFORE.search(before)
    forward = _FORWARD if reading.dated or reading.state is EventState.REPORTED else _BINDING
    if (due or _DUE_AFTER.match(after)) and forward.search(words):
        if _ASKED.search(words) and not re.search(r"\b(?:shall|must|directed|ordered|GRANTED|deadline)\b", words):
            return None
        return "deadline", ""
    rest = (before + after).strip(" \t|:.–—-")
    row = _ROW if reading.dated else re.compile(r"\b(?:deadline|cut-?off|due)\b", re.IGNORECASE)
    if (
        len(rest.split()) <= 25
        and row.search(rest)
        and (not before.strip(" |") or not after.strip(" |."))
        and "\n" not in rest
    ):
        # A row of a schedule: what is due, and the day, with no verb between.
        return (
            None
            if re.search(r"[.!?]$|\b(?:was|were|filed|dated|on|of|from|since)\s*$", before.strip())
            else ("deadline", rest)
        )
    return None


def _attended(noun: str) -> str:
    singular = noun.lower().rstrip("s")
    return {"argument": "hearing", "mediation": "mediation", "deposition": "deposition"}.get(singular, singular)


def _when(day: date, before: str, after: str, zone: tzinfo) -> When:
    clock = r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>[ap])\.?\s?m\b|(?P<noon>noon)"
    said = re.match(rf"[^.;\n]{{0,40}}?\bat\s+(?:{clock})", after, re.IGNORECASE) or re.match(
        rf"\W*(?:at|@|Time:?)?\W*(?:{clock})", after, re.IGNORECASE
    )
    said = said or re.search(
        rf"(?:{clock})(?:\.|\s|[ECMP][SD]?T|\(\w+\))*,?\s*(?:on\s+)?(?:\w+day,?\s+)?$", before, re.IGNORECASE
    )
    if said is None:
        return When.on(day, zone)
    hour, minute = (
        (12, 0)
        if said["noon"]
        else (int(said["hour"]) % 12 + 12 * (said["half"].lower() == "p"), int(said["minute"] or 0))
    )
    try:
        return When(datetime.combine(day, time(hour, minute), zone), "minute")
    except ValueError:
        return When.on(day, zone)


_NP = (
    r"(?:[Tt]he\s+|[Aa]ll\s+|[Bb]oth\s+|[Ee]ach\s+|[Aa]ny\s+)?(?:[Cc]lass\s+|[Ll]ead\s+|[Nn]ews\s+)?"
    r"(?:Clerk\s+of\s+(?:the\s+)?Court|[Pp]laintiffs?|[Dd]efendants?|[Pp]art(?:ies|y)|[Gg]overnment|[Cc]ounsel|[Mm]ovants?|[Pp]etitioners?|"
    r"[Rr]espondents?|[Aa]ppell(?:ants?|ees?)|[A-Z][\w&’'-]*(?:\s+(?:of\s+)?[A-Z][\w&’'.-]*){0,4})"
)
_MODAL = (
    r"(?:(?:is|are|was|were)\s+(?:(?:hereby|further|also|respectfully|jointly)\s+)*(?:directed|ordered|required|instructed|expected)\s+to"
    r"|shall|must|should|will|may|(?:has|have)\s+until)"
)
_ACTOR = re.compile(rf"(?P<actor>{_NP})\s+(?:(?:also|each|further|jointly)\s+)?{_MODAL}\b(?P<rest>[^;]*)$")
_GIVEN = re.compile(
    rf"\b(?:gave|gives?|given|grants?|granted|allow(?:s|ed)?|orders?|ordered|direct(?:s|ed)?)\s+(?P<actor>{_NP})\s+(?:until|to)\b"
)


def _actor(before: str) -> str | None:
    """Who must act, when the sentence says: the subject nearest before the date."""
    flat = " ".join(before.split())
    found = list(re.finditer(rf"(?P<actor>{_NP})\s+(?:(?:also|each|further|jointly)\s+)?{_MODAL}\b", flat)) or list(
        _GIVEN.finditer(flat + " until")
    )
    if not found:
        return None
    actor = re.sub(r"^(?:[Tt]he|[Aa]ll|[Bb]oth|[Ee]ach|[Aa]ny)\s+(?=[A-Z])", "", found[-1]["actor"])
    return None if _NO_ACTOR.fullmatch(actor) else actor


_NO_ACTOR = re.compile(
    r"(?!Clerk)(?:.*\b)?(?:Court|It|This|That|There|Such|They|He|She|Orders?|Judge\b.*|Trial|Hearings?|Conferences?|Arguments?"
    r"|Motions?|Oppositions?|Repl(?:y|ies)|Reports?|Letters?|Briefs?|Discovery|Papers|Statements?|Disclosures?|Mediation)",
)


def _title(kind: tuple[str, str], before: str, after: str) -> str:
    if kind[0] != "deadline" or kind[1]:
        return _sentence_case(kind[1]) if kind[1] else kind[0].capitalize()
    flat = " ".join(before.split())
    # "…by December 5, and make them available by December 19": the second date has an act of its own.
    if own := re.search(rf"(?:{DAY})\s*,?\s+and\s+(?P<act>(?:to\s+)?[a-z]\w+\s.*)$", flat):
        flat = f"shall {own['act'].removeprefix('to ')}"
    done = re.search(r".*\b(?:shall|must|will|may|(?:directed|ordered|required)\s+to)\s+(?P<act>.+?)\W*$", flat)
    later = re.match(r"\W*to\s+(?P<act>[a-z].*)", " ".join(after.split()))
    act = later["act"] if later else (done["act"] if done else "")
    act = re.sub(
        r"[,\s]*\b(?:by|before|until|on|no later than|not later than|or before|on or before)(?:\s+\w+day)?,?$", "", act
    )
    words = act.split()
    return _sentence_case(" ".join(words[:14]) + (" …" if len(words) > 14 else "")) if words else "Deadline"


def _sentence_case(text: str) -> str:
    flat = " ".join(text.split()).strip(" ,;:|.-–—")
    return flat[:1].upper() + flat[1:]


# ---------------------------------------------------------------------------------------------- counted days

_COUNT_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-one": 21, "twenty-eight": 28,
    "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_COUNTED = re.compile(
    r"\b(?:within|no\s+later\s+than|not\s+later\s+than)\s+"
    rf"(?:(?:[a-z]+(?:-[a-z]+)?\s+\()?(?P<number>\d{{1,3}})\)?|(?P<word>{'|'.join(_COUNT_WORDS)}))[\s-]*"
    r"(?:calendar\s+)?(?P<business>(?:business|court)\s+)?(?P<unit>days?|weeks?)\s+(?:of|from|after|following)\s+"
    r"(?:the\s+)?(?:date\s+(?:of|on)\s+)?(?:the\s+)?(?:entry\s+of\s+|issuance\s+of\s+|date\s+of\s+)?(?:this|the\s+present)\s+"
    r"(?:Memorandum\s+)?(?:Opinion\s+and\s+)?(?:Order|Opinion|Decision|Ruling)\b",
    re.IGNORECASE,
)


def _counted_events(words: str, sentence: Passage, reading: _Reading) -> list[Event]:
    """Periods such as "within 14 days of this Order", counted from its own date. Other counts stay uncounted."""
    if reading.dated is None or reading.state is EventState.REPORTED:
        return []
    found = []
    for match in _COUNTED.finditer(words):
        count = int(match["number"] or _COUNT_WORDS.get((match["word"] or "").lower(), 0))
        if not count:
            continue
        days = count * (7 if match["unit"].lower().startswith("week") else 1)
        if match["business"]:
            day, rule = calendar_rules.business_days_after(reading.dated, days), "Fed. R. Civ. P. 6(a)(6)"
        else:
            day, rule = calendar_rules.after(reading.dated, days), calendar_rules.RULE
        before, after = words[: match.start()], words[match.end() :]
        actor = _actor(before) or _actor_after(after)
        computed = f"{' '.join(match[0].split())}, dated {reading.dated.isoformat()}: {rule}"
        found.append(
            Event(
                "deadline",
                _title(("deadline", ""), before, after),
                When.on(day, reading.zone),
                sentence,
                actor=actor,
                computed=computed,
            )
        )
    return found


def _actor_after(after: str) -> str | None:
    subject = re.match(rf"\W*(?P<actor>{_NP})\s+{_MODAL}\b", after)
    return subject["actor"] if subject else None
