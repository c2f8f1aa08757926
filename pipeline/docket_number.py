"""Any spelling of a docket number → one key.

A district docket stays the same docket whatever office digit, judge initials, defendant number, year or zeros it is
written with: the key is court + year + type + serial. An appellate number has no type (``ca2:25-1756``); a foreign or
state one is kept as its court writes it (``de-olg-hamburg:5 U 104/24``). A number that names no case type is believed
only where the words before it or the court make it one: "No. 94-1476" alone may be a committee report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class DocketNumber:
    """One spelling found in a text: ``text[start:end]``.

    District: ``year`` 2025, ``type`` "md", ``serial`` "3143". Appellate, foreign, state: ``year`` and ``type`` None,
    the whole number in ``serial``. ``court`` is set where the words beside the number name a court of appeals.
    """

    text: str
    start: int
    end: int
    year: int | None
    type: str | None
    serial: str
    court: str | None = None

    def key(self, court: str) -> str:
        """``nysd:2025-md-03143``, ``ca2:25-1756``. ``court``: id of the court that gave the number."""
        if self.year is None or self.type is None:
            return f"{court}:{self.serial}"
        return f"{court}:{self.year}-{self.type}-{int(self.serial):05}"


def find_docket_numbers(text: str, *, court: str | None = None) -> list[DocketNumber]:
    """Docket numbers in order of appearance.

    ``court`` is the court whose words these are: it allows forms that mean nothing elsewhere, such as "No. 25-1756" in
    a court of appeals, "25 C 12684" in Chicago, "42 O 14139/24" in Munich.
    """
    return _find(text, court or "", _forms(court or ""))


def find_local_numbers(text: str, court: str) -> list[DocketNumber]:
    """Numbers in the form that this one state or foreign court gives its own; empty for a federal court."""
    return _find(text, court, _local_forms(court))


def _find(text: str, court: str, forms: tuple[_Form, ...]) -> list[DocketNumber]:
    found: list[DocketNumber] = []
    for pattern, template in forms:
        for match in pattern.finditer(text):
            for number in _read(match, template, court):
                if not any(number.start < other.end and other.start < number.end for other in found):
                    found.append(number)
    return sorted([*found, *_further_serials(text, found)], key=lambda number: number.start)


def docket_key(number: str, court: str) -> str | None:
    """The key of a string that is, as a whole, a docket number of ``court``; None when it is not one."""
    for found in find_docket_numbers(number, court=court):
        ours = found.court in {None, court} and not (found.type and is_appellate(court))
        if ours and _BEFORE.fullmatch(number[: found.start]) and _AFTER.fullmatch(number[found.end :]):
            return found.key(court)
    bare = _BARE_APPEAL if is_appellate(court) else _BARE if is_district(court) or is_bankruptcy(court) else None
    match = bare and bare.fullmatch(_BEFORE.sub("", number, count=1).rstrip(" .,;"))
    return next((read.key(court) for read in _read(match, None, court)), None) if match else None


# ------------------------------------------------------------------------------------------------ courts by their id


def is_appellate(court: str) -> bool:
    """Federal courts of appeals and the Supreme Court: their numbers have no case type."""
    return re.fullmatch(r"ca\d{1,2}|cadc|cafc|scotus", court) is not None


def is_district(court: str) -> bool:
    """Federal district courts (courts-db ids of up to four letters ending in d) and the demonstration court."""
    return re.fullmatch(r"[a-z]{2,3}d|demo", court) is not None


def is_bankruptcy(court: str) -> bool:
    return re.fullmatch(r"[a-z]{2,3}b", court) is not None


# ------------------------------------------------------------------------------------------------ pieces of a spelling

_D = r"[-‐‑‒–—−]"  # the hyphens and dashes that typesetters and PDF writers put between the parts
_START = rf"(?<![A-Za-z0-9$§])(?<![0-9][:.,/])(?<![0-9]{_D})"
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
_SERIAL = r"(?P<serial>\d{1,5})"  # six digits are a state court's
_END = (
    rf"(?:{_D}[A-Za-z]{{1,4}}x?(?![A-Za-z0-9]))*"  # -SHS-OTW, -pp, -O
    rf"(?:{_D}\d{{1,3}}(?![\d/]|{_D}))?"  # defendant number
    r"(?:\s?\([A-Z][A-Za-z]{0,4}(?:[/-][A-Z]{1,4})*\))*"  # (SHS) (OTW), (JRT/DTS)
    r"(?![A-Za-z0-9]|[.,/]\d|\s?%)"
)
_NO = r"(?:(?i:nos?\b\.?|numbers?\b)|\#)"
# Words after which a bare number is a docket's. Any other before "No." (Pub. L., Rep., Patent, ECF) is another list.
_NUMBERED = (
    rf"(?:(?:(?m:^)|[,;:(\[]|\b(?i:cases?|civil|actions?|docket|cause|appeals?|in|and|see|USCA\w*)\b\.?)\s*{_NO}:?\s*"
    rf"|\b(?i:case)(?::\s*|\s*\#\s*|\s(?=\d\d{_D}\d{{3}}))|\b(?i:appeal):\s*)"
)
_BEFORE = re.compile(
    r"(?:[\s:,.(\[#]|\b(?:USCA|Cases?|Civil|Civ|Criminal|Misc|Adv|Proc|Action|Docket|Dkt|Cause|Appeal|Index|File"
    r"|Claim|Master|Lead|Member|Matter|Suit|Court|MDL|Az|Aktenzeichen|Processo|In|re|the|of|C?\.?A|Nos?|Numbers?)\b)*",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[\s,.;)\]]|\b[A-Z]{1,4}x?\b|\([A-Za-z/ -]{1,12}\))*")
_CASE_TYPES = {
    "c": "cv", "civ": "cv", "civil": "cv", "crim": "cr", "criminal": "cr", "mdl": "md", "misc": "mc",
    "miscellaneous": "mc", "mag": "mj", "adv": "ap", "adversary": "ap",
}  # fmt: skip

# ------------------------------------------------------------------------------------------------ district courts

# 1:25-sw-00123: any type, where office, dashes and zeros make it unmistakable
_CM_ECF = rf"{_START}\d{{1,2}}:{_YEAR}{_D}(?P<type>[A-Za-z]{{2,4}}){_D}(?P<serial>\d{{5}}){_END}"
# 25-md-3143 (SHS) (OTW) · 2023cv11195 · 25 Civ. 3143 · A-20-CV-123-RP · 24-CV-0084. "Md." is Maryland Reports.
_TYPED = (
    rf"{_START}(?:\d{{1,2}}\s?:[ \xa0]?|[A-Z]{{1,2}}:|(?:\d{{1,2}}|[A-Z]{{1,3}}){_D})?"
    rf"{_YEAR}\s{{0,2}}{_D}?\s{{0,2}}"
    r"(?P<type>(?i:cv|civ|cr|crim)|md|MD|mdl|MDL|ml|ML|mc|MC|mj|MJ|Mag(?=\.)|MAG)(?:(?<=[vrmVRMg])\.)?"
    rf"\s{{0,2}}{_D}?\s{{0,2}}{_SERIAL}{_END}"
)
# CV 25-05275-JAK · CIV-20-123-D · MD-15-02641-PHX · SACV 26-02897 · EDCV20-1234 · SACR 16-76JVS
_TYPE_FIRST = (
    rf"{_START}(?:(?:SA|ED|LA)\s?)?(?P<type>CV|CIV|CR|CRIM|MDL|MD|MC|MJ|ML|Civ|Crim|Cr)\.?(?:\s?{_NO})?"
    rf"(?:\s{{1,2}}|{_D}|(?<=CV)|(?<=CR))(?:[A-Z]{{1,3}}{_D})?(?P<year>\d\d){_D}{_SERIAL}(?:[A-Z]{{2,3}}\b)?{_END}"
)
# 24-0123-CV-W-BP · 24-62225-CIV-SINGHAL (W.D. Mo., S.D. Fla.); in small letters it is an appeal to the Second Circuit
_TYPE_LAST = rf"{_START}(?:\d:)?(?P<year>\d\d){_D}(?P<serial>\d{{4,5}}){_D}(?P<type>CV|CIV|CR|Civ)\b{_END}"
# C 23-03417 VC · C23-1234-RSM (N.D. Cal., W.D. Wash.)
_C_FIRST = rf"(?P<number>\b(?P<type>C)\s?{_D}?\s?(?P<year>\d\d){_D}(?P<serial>\d{{3,5}})(?:[A-Z]{{2,4}}\b)?{_END})"
# 25 C 12684 · 20-C-0123 (N.D. Ill., E.D. Wis.)
_C_BETWEEN = rf"(?P<number>{_START}(?P<year>\d\d)(?:\s|{_D})(?P<type>C)(?:\s|{_D})(?P<serial>\d{{2,5}}){_END})"
# Civil Action No. 20-613-SB · C.A. No. 24-11611 · Civil No. JKB-20-1234 · Criminal No. 20-123 · Adv. Proc. No. 20-01234
_WORDED = (
    r"(?:\b(?P<type>(?i:civil|civ|criminal|crim|cr|misc|miscellaneous|adv|adversary))\.?\s"
    rf"(?:(?i:action|case|docket|file|a\.|proc?\.?|proceeding)\s){{0,2}}|\b(?:C\.\s?A\.|C/?A)\s)"
    rf"(?:{_NO}:?\s?|:\s?|(?=[A-Z]{_D}\d\d{_D})|(?<=(?i:action|iv\. a\.)\s)(?=\d\d{_D}\d{{3}}))"
    rf"(?P<number>(?:\d{{1,2}}:|[A-Z]{{1,4}}{_D})?{_YEAR}{_D}(?P<serial>\d{{1,5}}){_END})"
)
# Case No. 20-12345, in a court that leaves the type out: D. Mass., E.D. Mich., D.N.J. mean a civil case; bankruptcy
# courts, a main case, with the office before it in Brooklyn: 1-20-41234.
_CASE_NO = rf"\b(?i:case)\s{_NO}\s?(?P<number>(?:\d{{1,2}}:)?(?P<year>\d\d){_D}(?P<serial>\d{{4,5}}){_END})"
_OFFICE_FIRST = rf"\b(?i:case)\s{_NO}\s?(?P<number>\d{_D}(?P<year>\d\d){_D}(?P<serial>\d{{5}})(?!{_D}\d){_END})"
_BARE = re.compile(
    rf"(?:\d{{1,2}}:|[A-Z]{{1,3}}{_D})?{_YEAR}{_D}(?P<serial>\d{{5}}|\d{{3,4}}(?={_D}[A-Za-z]|\s?\([A-Z])){_END}"
)

# ------------------------------------------------------------------------------------------------ courts of appeals

# 25-1756 · 25-1756-cv(L) · 2023-1234 (Fed. Cir.) · 25A449 (applications to the Supreme Court)
_APPEAL_NUMBER = (
    rf"(?P<appeal>{_START}(?:(?:20)?\d\d{_D}\d{{1,5}}|\d\d[AM]\d{{1,4}}))"
    rf"(?:{_D}(?:cv|cr|ag|bk|op|pr|mv))?(?:\s?\((?i:L|CON|XAP)\))?(?![A-Za-z0-9]|{_D}[A-Za-z0-9]|[./]\d|\s?%)"
)
_APPEAL = re.compile(_APPEAL_NUMBER)
_ONE_APPEAL = _APPEAL_NUMBER.replace("?P<appeal>", "?:")
_BARE_APPEAL = re.compile(rf"(?P<appeals>{_ONE_APPEAL})")
_APPEALS = rf"(?P<appeals>{_ONE_APPEAL}(?:(?:[,;]|,?\s?&|[,;]?\sand)\s{_ONE_APPEAL})*)"
# 25-1756-cv, 25-1778-cv (CON): what follows the number says enough
_APPEAL_TYPED = rf"(?P<appeals>{_START}(?=\d\d{_D}\d{{1,5}}{_D}(?:cv|cr|ag|bk|op|pr|mv)\b){_ONE_APPEAL})"
_APPEAL_LINE = rf"(?m:^)[^\S\n]*(?P<appeals>(?=\d\d{_D}\d{{3}}){_ONE_APPEAL})(?=[^\S\n]*(?m:$))"
_CIRCUITS = {
    "ca1": "1st|First", "ca2": "2n?d|Second", "ca3": "3r?d|Third", "ca4": "4th|Fourth", "ca5": "5th|Fifth",
    "ca6": "6th|Sixth", "ca7": "7th|Seventh", "ca8": "8th|Eighth", "ca9": "9th|Ninth", "ca10": "10th|Tenth",
    "ca11": "11th|Eleventh", "cadc": r"D\.?\s?C\.?", "cafc": r"Fed\.|Federal",
}  # fmt: skip
_CIRCUIT = (
    rf"(?P<circuit>\b(?:{'|'.join(_CIRCUITS.values())})\s?(?:U\.S\.\s)?Cir(?:cuit\b|\.)(?:\sCourt\sof\sAppeals\b)?"
    r"|\bSCOTUS\b|\bU\.S\.\sSupreme\sCourt\b|\bSupreme\sCourt\sof\sthe\sUnited\sStates\b"
    r"|\bU\.S\.(?=\sNo\.|\)|\s[A-Z][a-z]{2,8}\.?\s\d))"
)
_CIRCUIT_FIRST = rf"{_CIRCUIT}[,:]?\s(?:(?i:case|docket|appeal)\s)?(?:{_NO}\s|(?=\S+{_D}\d{{3}})){_APPEALS}"
# Without "No." they may be pages: 741 F.2d 73, 80-81 (2d Cir. 1984)
_CIRCUIT_LAST = rf"{_NO}\s*{_APPEALS}(?:\s\(|,\s){_CIRCUIT}"
_FOR_CIRCUIT = (
    rf"{_APPEALS},?\s\(?(?:in\s)?(?:the\s)?"
    rf"(?:U\.?S\.?|United\sStates)\sCourt\sof\sAppeals\s(?:for|in)\s(?:the\s)?{_CIRCUIT}"
)

# ------------------------------------------------------------------------------------------------ elsewhere

# Id of a court or of a family of courts, how it writes its numbers, and the one way we write them.
_ELSEWHERE = (
    ("br-", r"\b(?P<number>\d{7}-\d\d\.\d{4}\.\d\.\d\d\.\d{4})\b", r"\g<number>"),
    (
        "ca-",
        rf"\bCV{_D}(?P<y>\d\d){_D}(?P<n>\d{{8}})(?:{_D}(?P<x>\d{{2,4}}(?:CL|CP)?))?\b",
        r"CV-\g<y>-\g<n>-\g<x>",
    ),
    (
        "cn-",
        r"[(（](?P<y>\d{4})[)）]\s?(?P<court>[A-Z][a-z]+)\s?(?P<code>\d{2,4})\s(?P<kind>(?:[A-Z][a-z]+\s){1,3})(?:No\.\s?)?(?P<n>\d+)",
        r"(\g<y>) \g<court> \g<code> \g<kind> \g<n>",
    ),
    (  # as the court itself prints it: (2024)浙01民终10332号
        "cn-",
        r"[(（](?P<y>\d{4})[)）]\s?(?P<court>[\u4e00-\u9fff]{1,2})\s?(?P<code>\d{2,4})\s?(?P<kind>[\u4e00-\u9fff]{1,4})\s?(?P<n>\d+)\s?号",
        r"(\g<y>)\g<court>\g<code>\g<kind>\g<n>号",
    ),
    (
        "de-",
        r"\b(?P<chamber>\d{1,3}|[IVX]{1,4})\s?(?P<register>(?!Uhr|Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[A-Z][A-Za-z]{0,3})\s?(?P<n>\d{1,5})\s?/\s?(?:20)?(?P<y>\d\d)\b",
        r"\g<chamber> \g<register> \g<n>/\g<y>",
    ),
    ("eu-", rf"\b(?P<c>[CT])\s?{_D}\s?(?P<n>\d{{1,4}})/(?P<y>\d\d)\b", r"\g<c>-\g<n>/\g<y>"),
    (
        "in-",
        r"\bC\.?\s?S\.?\s?\((?i:COMM)\.?\)\s?(?:No\.?\s?)?(?P<n>\d{1,5})(?:\s?/\s?|\s?of\s)(?P<y>\d{4})\b",
        r"CS(COMM) \g<n>/\g<y>",
    ),
    (
        "uk-",
        rf"\b(?P<x>[A-Z]{{2}}){_D}(?P<y>\d{{4}}){_D}(?P<n>\d{{6}})\b",
        r"\g<x>-\g<y>-\g<n>",
    ),
    (  # neutral citations of judgments: [2025] EWHC 2863 (Ch)
        "uk-",
        r"[\[(](?P<y>20\d\d)[\])]\s{0,2}(?P<c>EWHC|EWCA|UKSC|UKUT)\s{1,2}(?P<d>(?:Civ\s)?)(?P<n>\d{1,5})(?P<e>(?:\s?\([A-Z][A-Za-z]{1,5}\))?)(?!\w)",
        r"[\g<y>] \g<c> \g<d>\g<n> \g<e>",
    ),
    ("us-ca-sf-superior", rf"\bCGC\s?{_D}?\s?(?P<y>\d\d)\s?{_D}?\s?(?P<n>\d{{6}})\b", r"CGC-\g<y>-\g<n>"),
    ("tex", rf"{_START}(?P<d>\d\d){_D}(?P<y>\d\d){_D}(?P<n>\d{{5}}){_D}(?P<t>CV|CR)\b", r"\g<d>-\g<y>-\g<n>-\g<t>"),
    ("wisctapp", r"\b(?P<y>\d{4})\s?AP\s?0*(?P<n>\d{1,6})\b", r"\g<y>AP\g<n>"),
)


_Form = tuple[re.Pattern[str], str | None]


@lru_cache(maxsize=256)
def _local_forms(court: str) -> tuple[_Form, ...]:
    own = [(pattern, template) for prefix, pattern, template in _ELSEWHERE if court.startswith(prefix)]
    return tuple((re.compile(pattern), template) for pattern, template in own)


@lru_cache(maxsize=256)
def _forms(court: str) -> tuple[_Form, ...]:
    """The spellings that mean a docket in the words of this court, the surest first; compiled once a court."""
    federal = [_CM_ECF, _TYPED, _TYPE_FIRST, _WORDED, _CIRCUIT_FIRST, _CIRCUIT_LAST, _FOR_CIRCUIT]
    federal += [_NUMBERED + _C_FIRST, _NUMBERED + _C_BETWEEN]
    if is_district(court) or is_bankruptcy(court):
        federal.append(_CASE_NO)
    if is_district(court):
        federal.append(_TYPE_LAST)
    if is_bankruptcy(court):
        federal.append(_OFFICE_FIRST)
    if court in {"ilnd", "wied"}:
        federal.append(_C_BETWEEN)
    if court in {"cand", "wawd"}:
        federal.append(_C_FIRST)
    if is_appellate(court):
        federal += [_NUMBERED + _APPEALS, _APPEAL_LINE, _APPEAL_TYPED]
    return (*_local_forms(court), *((re.compile(pattern), None) for pattern in federal))


def _read(match: re.Match[str], template: str | None, court: str) -> Iterator[DocketNumber]:
    parts = match.groupdict()
    if template:
        own = re.sub(r"\s+", " ", match.expand(template)).rstrip("- ")
        yield DocketNumber(match[0], match.start(), match.end(), None, None, own)
    elif "appeals" in parts:
        at, circuit = match.start("appeals"), _circuit(parts.get("circuit"))
        for each in _APPEAL.finditer(match["appeals"]):
            number = re.sub(_D, "-", each["appeal"])
            year, _, serial = number.partition("-")
            # Only the Federal Circuit writes the year in full; elsewhere 2024-2025 is a span of years.
            if len(year) == 4 and (circuit or court) != "cafc":
                continue
            plain = f"{year[-2:]}-{int(serial)}" if serial else number
            yield DocketNumber(each[0], at + each.start(), at + each.end(), None, None, plain, circuit)
    elif int(match["serial"]):
        start, end = match.span("number" if "number" in parts else 0)
        untyped = "bk" if is_bankruptcy(court) else "cv"
        case_type = (parts.get("type") or untyped).lower()
        case_type = _CASE_TYPES.get(case_type, case_type)
        yield DocketNumber(
            match.string[start:end], start, end, _year(match["year"]), case_type, match["serial"].lstrip("0")
        )


# Nos. 24 Civ. 1514, 1515 · Case Nos. 1:24-cv-01514, -01515 and -01516: the serials alone of the same year and type
_NEXT_SERIAL = re.compile(
    rf"(?:,\s?|,?\s(?:and|&)\s)(?P<number>{_D}?(?P<serial>\d{{3,5}}))(?!\w|{_D}\w|[.:/,]\d|\s(?:WL\b|[A-Z]\S*\.))"
)


def _further_serials(text: str, found: list[DocketNumber]) -> Iterator[DocketNumber]:
    for first in found:
        if first.type is None or not re.search(r"\b[Nn](?i:os)\b[^;]{0,80}$", text[: first.start]):
            continue
        at = first.end
        while (match := _NEXT_SERIAL.match(text, at)) and int(match["serial"]):
            start, at = match.span("number")
            yield replace(first, text=match["number"], start=start, end=at, serial=match["serial"].lstrip("0"))


def _circuit(name: str | None) -> str | None:
    if name is None or name == "SCOTUS" or name.startswith(("U.S.", "Supreme")):
        return name and "scotus"
    return next(court for court, names in _CIRCUITS.items() if re.match(rf"(?:{names})\s?(?:U\.S\.\s)?Cir", name))


def _year(digits: str) -> int:
    """Four digits from two: the oldest federal docket numbers still cited are of the 1950s."""
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 50 else 1900)
