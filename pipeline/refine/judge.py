"""Who decides: the judge who signs a paper, or whom its caption names."""

from __future__ import annotations

import re

from pipeline.model import Passage
from pipeline.refine.caption import HEAD

_NAME = r"(?:[A-Z][\w’'-]*\.?|[A-Z]\.)(?:[^\S\n]+(?:[A-Z][\w’'-]*\.?|[A-Z]\.|de|la|van|von|del)){1,4}"
_TITLE = (
    r"(?:(?:Chief|Senior|Presiding)\s+)?(?:United\s+States|U\.\s?S\.)\s+(?:(?:Chief|Senior)\s+)?"
    r"(?:District|Magistrate|Circuit|Bankruptcy)(?:\s+Court)?\s+Judge"
)
_SIGNED = re.compile(
    rf"(?:^|\n|/s/|s/)\s*(?:/s/\s*|s/\s*)?_*\s*(?:Hon(?:orable|\.)\s+|THE\s+HONORABLE\s+|HON(?:ORABLE|\.)\s+|Judge\s+)?(?P<name>{_NAME})\s*[,.]?\s*\n?\s*(?i:{_TITLE})\b",
)
_NAMED = re.compile(
    rf"(?:\b(?:The\s+)?(?:Hon\.|Honorable|HON\.|HONORABLE)\s+|\b(?:Judge|JUDGE):?[^\S\n]+(?:Hon\.\s+|Honorable\s+)?)(?P<name>{_NAME})",
)


_TITLED = re.compile(
    rf"\b(?:United\s+States|U\.\s?S\.)\s+(?:District|Magistrate)\s+Judge[^\S\n]+(?P<name>{_NAME})$", re.MULTILINE
)
# "Rivera, Circuit Judge:" and "RIVERA, Justice." open an opinion; a panel ("Circuit Judges") names no author.
_AUTHOR = re.compile(
    r"^(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?),\s+(?:Chief\s+|Associate\s+|Senior\s+)?(?:Justice|Circuit\s+Judge)[.:]"
    r"|\bJUSTICE\s+(?P<justice>[A-Z][\w’'-]+)\s+delivered\s+the\s+opinion",
    re.MULTILINE,
)


_REST = r"(?:[’'](?=[A-Z])|[\w-])"  # of a name: not the ’s after it
# "Judge Ona T. Wang", "Justice O’Hara’s", as clerks and papers write of a judge.
NAMED_BY_PRESS = re.compile(
    rf"\b(?:Judge|Justice)[^\S\n]((?:[A-Z]{_REST}*\.?[^\S\n]){{0,3}}?[A-Z]{_REST}+)(?:[’']s\b|\b(?![^\S\n][A-Z]))"
)


def judges_named(text: str) -> list[str]:
    """The names that follow "Judge" and "Justice", as written, in order of appearance."""
    return NAMED_BY_PRESS.findall(text)


def find_judge(text: str, *, appellate: bool = False) -> str | None:
    """The judge who signs, or whom the caption names; in mixed case.

    An ``appellate`` court's caption names the judge below, so there only a signature counts.
    """
    signed = [*_SIGNED.finditer(text)]
    if signed:
        return _person(signed[-1]["name"], text)
    if author := _AUTHOR.search(text[: 4 * HEAD]):
        return _cased(author["name"] or author["justice"])
    if appellate:
        return None
    named = _NAMED.search(text[:HEAD]) or _TITLED.search(text)
    return _person(named["name"], text) if named else None


_MAGISTRATE = re.compile(
    rf"(?:U(?:nited|\.)\s?S(?:tates|\.)\s+)?Magistrate\s+Judge:?[^\S\n]+(?:Hon\.\s+)?(?P<name>{_NAME})"
    rf"|(?P<signed>{_NAME})\s*[,.]?\s*\n?\s*(?i:(?:United\s+States|U\.\s?S\.)\s+(?:Chief\s+)?Magistrate\s+Judge)\b"
)


def find_magistrate(text: str) -> tuple[str, Passage] | None:
    """The magistrate judge that a paper's head or signature names, with the words; in mixed case."""
    first, last = text[:HEAD], text[-HEAD:]
    if "magistrate" not in first.lower() and "magistrate" not in last.lower():
        return None
    for found in [*_MAGISTRATE.finditer(first), *_MAGISTRATE.finditer(text, len(text) - len(last))]:
        group = "name" if found["name"] else "signed"
        if person := _person(found[group], text):
            end = found.start(group) + len(found[group].rstrip())
            return person, Passage(found.start(group), end, text[found.start(group) : end])
    return None


def opens_opinion(text: str) -> bool:
    """Whether its first pages have the words with which an appeals court begins an opinion."""
    top = text[: 4 * HEAD]
    return bool(_AUTHOR.search(top) or re.search(r"^Per Curiam\b", top, re.MULTILINE | re.IGNORECASE))


def _person(name: str, text: str) -> str | None:
    plain = " ".join(
        re.sub(
            r"\s+(?:United|UNITED|U\.S\.|Chief|Senior|Dept|Courtroom|Date|Time|Trial|Crtrm|Place|Hearing|Action|Complaint).*",
            "",
            " ".join(name.split()),
        ).split()
    )
    plain = re.sub(r"^(?:Judge|Hon\.?|Honorable)\s+", "", plain)
    plain = re.sub(r"\b(Jr|Sr)$", r"\1.", plain.rstrip(".,"), flags=re.IGNORECASE)
    # In a caption the next column's words follow on the line: "Hon. Ann Lee MEMORANDUM OF POINTS".
    if not plain.isupper() and re.search(r"[a-z]", plain):
        plain = re.sub(r"\s+(?:[A-Z][A-Z’']{2,}.*|(?:Case|Location|Magistrate|Deputy|Filed|Hon)\b.*)$", "", plain)
    if len(plain.split()) < 2 or re.search(r"\b(?:COURT|DISTRICT|CLERK|ORDER|ORDERED|DATED)\b", plain, re.IGNORECASE):
        return None
    if not plain.isupper():
        return plain
    mixed = re.search(rf"\b{re.escape(plain)}\b", re.sub(re.escape(plain), "", text), re.IGNORECASE)
    return mixed[0] if mixed else " ".join(_cased(word) for word in plain.split())


def _cased(word: str) -> str:
    if re.match(r"MC[A-Z]", word):
        return "Mc" + word[2:].capitalize()
    return "-".join(part.capitalize() for part in word.split("-")) if word not in {"II", "III", "IV"} else word


def is_signed_by_judge(text: str) -> bool:
    """Whether a signature block names a judge (also an empty one, waiting for ink)."""
    return _SIGNED.search(text) is not None
