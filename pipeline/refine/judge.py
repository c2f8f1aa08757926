"""Who decides: the judge who signs a paper, or whom its caption names."""

from __future__ import annotations

import re

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


def find_judge(text: str, *, appellate: bool = False) -> str | None:
    """The judge who signs, or whom the caption names; in mixed case.

    An ``appellate`` court's caption names the judge below, so there only a signature counts.
    """
    signed = [*_SIGNED.finditer(text)]
    if signed:
        return _person(signed[-1]["name"], text)
    named = None if appellate else _NAMED.search(text[:HEAD])
    return _person(named["name"], text) if named else None


def _person(name: str, text: str) -> str | None:
    plain = " ".join(
        re.sub(
            r"\s+(?:United|UNITED|U\.S\.|Chief|Senior|Dept|Courtroom|Date|Time|Trial|Crtrm|Place|Hearing|Action|Complaint).*",
            "",
            " ".join(name.split()),
        ).split()
    )
    plain = re.sub(r"^(?:Judge|Hon\.?|Honorable)\s+", "", plain)
    plain = plain.rstrip(".,") if not re.search(r"\b(?:Jr|Sr)\.$", plain) else plain
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
