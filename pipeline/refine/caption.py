"""The head of a court paper: what stands before its first paragraph, its caption and its own docket numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.docket_number import find_docket_numbers
from pipeline.model import Stamp
from pipeline.refine import casing, prose

HEAD = 4000  # characters within which a caption ends


def head(text: str) -> str:
    """The part before the first paragraph of prose (or a table of contents): court, caption, number, title, judge."""
    if contents := re.search(r"\bTABLE OF (?:CONTENTS|AUTHORITIES)\b", text[: HEAD * 2]):
        return text[: contents.start()]
    for start, end in prose.paragraphs(text[: HEAD * 2]):
        # A filing may open with counsel's addresses; one long paragraph there is not yet the body.
        if _is_prose(text[start:end]) and (start > 200 or start == 0) and not _REPORTERS_NOTE.match(text, start):
            number = _NUMBER_FIRST.match(text, start)
            return text[: number.end() if number else max(start, 200)]
    return text[:HEAD]


# On every slip opinion of the Supreme Court the Reporter of Decisions speaks before the caption.
_REPORTERS_NOTE = re.compile(r"\W*(?:NOTE:|The\s+syllabus\s+constitutes\s+no\s+part)", re.IGNORECASE)


# A syllabus runs on from its number: "No. 11-889. Argued April 23, 2013 …".
_NUMBER_FIRST = re.compile(r"Nos?\.\s*\d[^.\n]{0,60}")


def _is_prose(paragraph: str) -> bool:
    words = paragraph.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) >= 25 and small > 0.45 * len(words) and "\n" not in paragraph.strip()[:60]


PARTY_END = re.compile(
    r"^(?:(?:Consolidated\s+|Counter-?|Cross-?)?(?:Plaintiff|Defendant|Petitioner|Respondent|Appellant|Appellee|Debtor)s?"
    r"(?:[-–—/\s]+(?:in|and|Appell\w+|Plaintiff\w*|Defendant\w*|Counter\w*|Cross\w*|Respondent\w*|Petitioner\w*|Intervenor\w*))*)[,.;]*$",
    re.IGNORECASE,
)


def find_caption(top: str) -> str | None:
    """``Plaintiff v. Defendant`` or ``In re Something``, on one line, as the paper spells it."""
    lines = [_BESIDE.sub("", " ".join(line.split())) for line in top.split("\n") if line.strip()]
    for i, line in enumerate(lines):
        if re.match(r"IN\s+RE\b", line, re.IGNORECASE) and len(line) < 120:
            rest = [] if re.search(r"LITIGATION|\w{4}.*\w[.]?$", line[6:]) and len(line) > 12 else lines[i + 1 : i + 6]
            return _join_caption([line, *_until_number(rest)])
        if re.fullmatch(r"(?:v|vs|versus|-?\s*against\s*-?)\.?,?", line, re.IGNORECASE):
            left = _party(reversed(lines[:i]), backwards=True)
            right = _party(lines[i + 1 :], backwards=False)
            if left and right:
                return f"{left} v. {right}"
    if titled := _IN_RE.search(top):
        return " ".join(titled[1].split())
    for one in _ONE_LINE.finditer(top):
        named = not re.match(r"(?:See|THE|In|Cf)\b|.*\bin the matter\b", one[1]) and not one[2].startswith("Docket")
        if named and ":" not in one[1] + one[2]:
            return f"{one[1].strip(' ,')} v. {one[2].strip(' ,')}"
    return None


# The other column on a party's line: "Plaintiffs, Case No. 26-CV-6794", and the judge's initials below it.
_BESIDE = re.compile(r"(?<=[,.])\s+(?:Case|Civil\s+Action|Civ\.)\s+No\..*$|^[A-Z]{2,4}\s?\([A-Za-z]{2,3}x?\)$")
_IN_RE = re.compile(r"^(?:Case\s+)?Title:?\s+(In\s+re:?\s+[^\n(]{4,110}[\w.])", re.MULTILINE | re.IGNORECASE)
_ONE_LINE = re.compile(
    r"^(?:(?:Short\s+)?Title:?\s+|R[Ee]:\s+|.*\bTitle:?\s+(?=[A-Z]))?([A-Z][^\n]{2,90}?)\s+(?:v|vs|V|VS)\.\s+([A-Z][^\n]{2,90}?)"
    r"(?:,?\s+(?:No\.|Page\s+\d|Case\b).*)?$",
    re.MULTILINE,
)


def in_mixed_case(caption: str, text: str) -> str:
    """A caption in capitals as names are printed: "IN RE: X, INC. LITIGATION" → "In re X, Inc. Litigation"."""
    caption = re.sub(r"^IN\s+RE\b:?", "In re", caption, flags=re.IGNORECASE)
    return re.sub(r"[^\Wa-z]{2}[^a-z]*(?<=[\w.,])(?![a-z])", lambda found: casing.name(found[0], text), caption)


def _until_number(lines: list[str]) -> list[str]:
    taken: list[str] = []
    for line in lines:
        if re.search(r"\d{2}-|\bNo\.|Relates?\s+To|^(?:Case|Civil|Master)\b", line, re.IGNORECASE):
            break
        taken.append(line)
        if re.search(r"LITIGATION|Debtors?\b", line, re.IGNORECASE):
            break
    return taken


def _join_caption(lines: list[str]) -> str:
    joined = re.sub(r"\s+([,.])", r"\1", " ".join(lines))
    return re.sub(r"\s+(?:Case\s+)?No\.\s*\S+.*$|\s+\)(?=\s)", "", joined).strip(" ,:;)")


_NOT_PARTY = re.compile(
    r"\bCOURT\b|\bDISTRICT OF\b|\bDIVISION\b|\bNo\.|\d\d-|Attorneys?\s+for|Counsel\s+for|@|^\(|\bTelephone|\bFacsimile"
    r"|\bHonorable\b|\bJudge\s+Presiding|^CASE\b|^Docket\b|\bCircuit$|\bDISTRICT$|^Filed\b",
    re.IGNORECASE,
)


def _party(lines: Iterable[str], *, backwards: bool) -> str | None:
    taken: list[str] = []
    for line in filter(None, lines):
        if PARTY_END.match(line):
            if taken:
                break
            continue
        if _NOT_PARTY.search(line) or not re.search(r"[A-Za-z]{2}|^(?:[A-Z]\.){2}", line) or len(taken) == 6:
            break
        taken.append(line)
    name = " ".join(reversed(taken) if backwards else taken)
    # "…, individually and on behalf of all others" describes the party; "et al." stands for more of them.
    name = re.split(
        r",?\s+(?:individually|on behalf of|ex rel\.|in (?:his|her|their) official"
        r"|an? \w+ (?:corporation|company|limited))(?!\w)",
        name,
        flags=re.IGNORECASE,
    )[0]
    name = re.split(r",?\s+(?:Plaintiff|Defendant|Petitioner|Respondent|Appell)\w*", name)[0]
    name = name.strip(" ,;.:")
    shortened = re.search(r"\b(?:al|Inc|Corp|Ltd|Co)$|^(?:[A-Z]\.)+[A-Z]$", name, re.IGNORECASE)
    return f"{name}." if shortened else name or None


def own_docket_numbers(top: str, *, court: str | None, stamp: Stamp | None) -> tuple[str, ...]:
    """As written: the stamp's first, then the head's. Members named under "relates to" come after the paper's own."""
    found = find_docket_numbers(top.replace("–", "-"), court=court)  # the Supreme Court prints "No. 11–889"
    members = range(0)
    if relates := re.search(r"\b(?:relates?|applies)\s+to\b", top, re.IGNORECASE):
        blank = top.find("\n\n", relates.end())
        members = range(relates.start(), blank if blank > 0 else len(top))
    ordered = sorted(found, key=lambda number: (number.start in members, number.start))
    written: dict[str, str] = {}
    if stamp:
        for number in find_docket_numbers(stamp.docket_number, court=court):
            written[number.key(court or "")] = number.text
    for number in ordered:
        if number.court in {None, court}:
            written.setdefault(number.key(court or ""), number.text)
    return tuple(written.values())
