"""Which court a text comes from, as a courts-db id, and the clock on its wall.

courts-db gives federal trial courts the id ``<postal code><district letter>d`` (``nysd``, ``ded``; ``b`` for the
bankruptcy court beside it). Its own regexes miss common wordings ("US District Court for the …") and answer with the
bankruptcy court for a district header, so headers are read here; a test holds every id against courts-db.
"""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from pipeline.court_names import all_courts

_STATES = {
    "Alabama": "al", "Alaska": "ak", "Arizona": "az", "Arkansas": "ar", "California": "ca", "Colorado": "co",
    "Connecticut": "ct", "Delaware": "de", "Columbia": "dc", "Florida": "fl", "Georgia": "ga", "Guam": "gu",
    "Hawaii": "hi", "Idaho": "id", "Illinois": "il", "Indiana": "in", "Iowa": "ia", "Kansas": "ks", "Kentucky": "ky",
    "Louisiana": "la", "Maine": "me", "Maryland": "md", "Massachusetts": "ma", "Michigan": "mi", "Minnesota": "mn",
    "Mississippi": "ms", "Missouri": "mo", "Montana": "mt", "Nebraska": "ne", "Nevada": "nv", "New Hampshire": "nh",
    "New Jersey": "nj", "New Mexico": "nm", "New York": "ny", "North Carolina": "nc", "North Dakota": "nd",
    "Ohio": "oh", "Oklahoma": "ok", "Oregon": "or", "Pennsylvania": "pa", "Puerto Rico": "pr", "Rhode Island": "ri",
    "South Carolina": "sc", "South Dakota": "sd", "Tennessee": "tn", "Texas": "tx", "Utah": "ut", "Vermont": "vt",
    "Virginia": "va", "Washington": "wa", "West Virginia": "wv", "Wisconsin": "wi", "Wyoming": "wy",
}  # fmt: skip
_CIRCUITS = {
    "first": "ca1", "second": "ca2", "third": "ca3", "fourth": "ca4", "fifth": "ca5", "sixth": "ca6", "seventh": "ca7",
    "eighth": "ca8", "ninth": "ca9", "tenth": "ca10", "eleventh": "ca11", "district of columbia": "cadc",
    "d.c.": "cadc", "federal": "cafc",
}  # fmt: skip
# Districts that states with several are divided into; the others have one, "District of Delaware".
_DIVIDED = {
    "al": "nms", "ar": "ew", "ca": "cens", "fl": "nms", "ga": "nms", "il": "ncs", "in": "ns", "ia": "ns", "ky": "ew",
    "la": "emw", "mi": "ew", "ms": "ns", "mo": "ew", "ny": "ensw", "nc": "emw", "oh": "ns", "ok": "enw", "pa": "emw",
    "tn": "emw", "tx": "ensw", "va": "ew", "wa": "ew", "wv": "ns", "wi": "ew",
}  # fmt: skip

_STATE = "|".join(sorted(map(re.escape, _STATES), key=len, reverse=True)).replace(r"\ ", r"\s+")
_DISTRICT = re.compile(
    rf"(?:(?P<side>Northern|Southern|Eastern|Western|Central|Middle)\s+)?District\s+of\s+(?P<state>{_STATE})\b",
    re.IGNORECASE,
)
_TRIAL_COURT = re.compile(
    rf"\b(?:U(?:nited|\.)?\s*S(?:tates|\.)?\s+)?(?P<kind>District|Bankruptcy)\s+Court\b[\s,]*(?:(?:in\s+and\s+)?for\s+)?(?:the\s+)?{_DISTRICT.pattern}",
    re.IGNORECASE,
)
_CIRCUIT_COURT = re.compile(
    r"\bCourt\s+of\s+Appeals[\s,]*(?:for\s+)?(?:the\s+)?"
    rf"(?P<circuit>{'|'.join(map(re.escape, _CIRCUITS))})\s+Circuit\b",
    re.IGNORECASE,
)
_OTHER = (
    ("scotus", re.compile(r"\bSupreme\s+Court\s+of\s+the\s+United\s+States\b", re.IGNORECASE)),
    ("jpml", re.compile(r"\bJudicial\s+Panel\s+on\s+Multi-?district\s+Litigation\b", re.IGNORECASE)),
    ("uscfc", re.compile(r"\bCourt\s+of\s+Federal\s+Claims\b", re.IGNORECASE)),
    ("cit", re.compile(r"\bCourt\s+of\s+International\s+Trade\b", re.IGNORECASE)),
    ("demo", re.compile(r"^\W*(?:for\s+the\s+)?Demonstration\s+District\b", re.IGNORECASE | re.MULTILINE)),
)
# The district alone on its line, where the line with the court's own name cannot be read.
_DISTRICT_LINE = re.compile(rf"^\W*(?:FOR\s+THE\s+)?{_DISTRICT.pattern}\W*$", re.IGNORECASE | re.MULTILINE)
_STATE_COURT = re.compile(
    rf"^\W*(?:IN\s+THE\s+)?SUPREME\s+COURT\s+OF\s+(?:THE\s+STATE\s+OF\s+)?(?P<state>{_STATE})\b",
    re.IGNORECASE | re.MULTILINE,
)
_HOST = re.compile(r"\bwww\.(ca\d{1,2}|cadc|cafc)\.uscourts\.gov\b")
_BEFORE_HERE = re.compile(
    r"(?:appeals?\s+from|review\s+of|certiorari\s+to|transferred\s+from)\b[^.]{0,80}$", re.IGNORECASE
)


def find_court(head: str) -> str | None:
    """courts-db id of the first court the head of a filing names as its own; None rather than a guess.

    The court an appeal is taken from is not the court that speaks.
    """
    named = named_court(head)
    return named[0] if named else None


def named_court(head: str) -> tuple[str, tuple[int, int]] | None:
    """What `find_court` finds, and where its name stands."""
    found = [
        (match.span(), court)
        for pattern, name in ((_TRIAL_COURT, _trial_court), (_CIRCUIT_COURT, _circuit))
        for match in pattern.finditer(head)
        if (court := name(match)) and not _BEFORE_HERE.search(head[max(0, match.start() - 120) : match.start()])
    ]
    found += [(match.span(), court) for court, pattern in _OTHER if (match := pattern.search(head))]
    if found:
        span, court = min(found)
        return court, span
    match, court = _DISTRICT_LINE.search(head), None
    if match:
        court = _trial_court(match)
    elif match := _HOST.search(head):  # a clerk's letterhead
        court = match[1]
    elif match := _STATE_COURT.search(head):
        court = _supreme_courts().get(" ".join(match["state"].split()).title())
    return (court, match.span()) if match and court else None


def _trial_court(match: re.Match[str]) -> str | None:
    state = _STATES[" ".join(match["state"].split()).title()]
    side = (match["side"] or "")[:1].lower()
    if side not in _DIVIDED.get(state, "") or (not side and state in _DIVIDED):
        return None  # no such district
    return f"{state}{side}{match.groupdict().get('kind', 'd')[0].lower()}"


@cache
def _supreme_courts() -> dict[str, str]:
    """State → courts-db id of its highest court, for the states whose court bears that name."""
    names = {name: court for court, (name, _) in all_courts().items()}
    spelled = {state: (f"Supreme Court of {state}", f"{state} Supreme Court") for state in _STATES}
    return {state: names[name] for state, either in spelled.items() for name in either if name in names}


def _circuit(match: re.Match[str]) -> str:
    return _CIRCUITS[match["circuit"].lower()]


# Where the state (or the seat of a circuit) lies in one zone for all its federal courthouses. Split states are left out
# unless the district itself is whole; those courts have no wall clock we could name, and get UTC.
_ZONES = {
    "America/New_York": "ny nj ct ma pa de md va dc ga oh mied miwd nc sc me nh vt ri wv flmd flsd tned kyed insd "
    "ca1 ca2 ca3 ca4 ca6 ca11 cadc cafc scotus uscfc cit jpml demo",
    "America/Chicago": "il wi mn mo ia ar la ms al ok txsd txnd txed tnmd tnwd ca5 ca7 ca8",
    "America/Denver": "co ut nm wy mt ca10",
    "America/Phoenix": "az",
    "America/Los_Angeles": "ca wa nv ca9",
    "America/Anchorage": "ak",
    "Pacific/Honolulu": "hi",
    "America/Puerto_Rico": "pr",
}
_ZONE_OF = {key: zone for zone, keys in _ZONES.items() for key in keys.split()}


def zone(court: str | None) -> tzinfo:
    """The time zone a court's dates are meant in; UTC where it is not known."""
    if court is None:
        return UTC
    name = _ZONE_OF.get(court)
    if name is None and re.fullmatch(r"[a-z]{2}[nsewcm]?[db]", court):
        name = _ZONE_OF.get(court[:2])
    return ZoneInfo(name) if name else UTC
