"""What kind of court paper a heading announces: order, opinion, motion, brief, complaint, notice, letter and others."""

from __future__ import annotations

import re

from pipeline.refine import casing
from pipeline.refine.caption import HEAD, PARTY_END
from pipeline.refine.judge import is_signed_by_judge, opens_opinion

# The first of these that a title names says what the paper is: a "declaration in support of motion" is a declaration.
_TYPES = (
    ("proposed order", r"\[?\(?proposed\)?\]?\s+(?:\w+\s+){0,3}?(?:order|judgment)"),
    ("motion", r"notice\s+of\s+(?:\w+\s+){0,6}?(?:motion|application)"),
    ("notice", r"notices?\b"),
    ("stipulation", r"(?:joint\s+)?stipulat(?:ion|ed)"),
    ("opinion", r"(?:memorandum\s+)?opinion|memorandum\s+(?:and|&)\s+order|memorandum\s+decision|per\s+curiam"),
    ("judgment", r"(?:final\s+|consent\s+)?judgment|decree"),
    ("minute entry", r"(?:civil\s+|criminal\s+)?minutes?\b(?:\s+(?:entry|order|sheet))?|minute\s+entry"),
    ("order", r"orders?\b|order(?:ed)?\s+to\s+show\s+cause"),
    ("complaint", r"complaint|petition\s+for\s+(?:a\s+)?writ|class\s+action\s+complaint"),
    ("answer", r"answer\b"),
    ("declaration", r"decl\.|declaration|affidavit|affirmation"),
    ("brief", r"memorandum|brief\b|opposition|reply|response|points\s+and\s+authorities|objections?"),
    ("transcript", r"(?:reporter[’']s\s+)?transcript|deposition\s+of"),
    ("motion", r"motions?\b|applications?\b|requests?\s+(?:for|to)\b|petition\b"),
    ("exhibit", r"exhibits?\b|appendix|attachment\s+\w+$"),
    ("letter", r"letter\b"),
    (
        "report",
        r"(?:joint\s+)?(?:status|case\s+management)\s+(?:report|statement|conference\s+statement)|expert\s+report|report\b",
    ),
    ("statement", r"statement\b|certificat(?:e|ion)|disclosure"),
    ("verdict", r"verdict"),
    ("subpoena", r"subpoena|summons"),
)
_TYPE = re.compile("|".join(rf"(?P<t{i}>\b(?:{pattern}))" for i, (_, pattern) in enumerate(_TYPES)), re.IGNORECASE)


def paper_type(title: str | None) -> str | None:
    """The kind of paper a title announces (order, opinion, motion, brief, …); None when it announces none."""
    if not title:
        return None
    name = " ".join(title.split())
    found = _TYPE.search(name)
    if found is None:
        return None
    said = _TYPES[int(str(found.lastgroup)[1:])][0]
    if said == "stipulation" and re.search(r"\band\s+order\b", name, re.IGNORECASE):
        return "order"
    if said == "brief" and re.search(r"\bnotice\s+of\s+motion\b", name, re.IGNORECASE):
        return "motion"
    if said == "order" and re.match(r"\s*(?:and|&)\s+opinion", name[found.end() :], re.IGNORECASE):
        return "opinion"
    return said


def find_title(top: str) -> str | None:
    """The paper's own heading: capital lines (or a short line) of the head that name a kind of paper."""
    lines = [_OWN_NUMBER.sub("", " ".join(line.split())) for line in top.split("\n")]
    for i, line in enumerate(lines):
        if not _heads(line):
            continue
        block = [line]
        for above in reversed(lines[max(0, i - 4) : i]):  # "DEFENDANTS' NOTICE OF" above "MOTION"
            if not above or not _is_capitals(above) or _NOT_TITLE.search(above) or PARTY_END.match(above):
                break
            block.insert(0, above)
        for below in lines[i + 1 : i + 8]:
            if not below or not _is_capitals(below) or _NOT_TITLE.search(below):
                break
            block.append(below)
        return " ".join(block)
    return None


_OWN_NUMBER = re.compile(
    r"^(?:(?:Master|Civil|Case|Action|File|MDL)\s+)*(?:No[.:]|Case:)?:?\s*(?:MDL\s+)?(?:\S*\d\d-\S+)(?:\s*\([A-Zx]+\))*(?:\s+[A-Z]{2,3}x?\b(?=\s+[A-Z]{4}))?\s+(?=[A-Z]{3})"
)
_NOT_TITLE = re.compile(
    r"\bCOURT\b(?!.{0,20}ORDER)|\bDISTRICT OF\b|\bCOUNTY\b|\bJUDGE\b|^v\.?$|\bLLP\b|\bINC\b"
    r"|\bCase\s+No|\bNo\.\s*\d|\d:\d\d-|\bESQ\b|^IN RE\b|LITIGATION,?$"
    r"|^(?:Complaint|Action|Trial|Date|Discovery|Hearing|Motion)\b[^:]{0,30}:|\bSBN\b|^\(.*\)$|\b\d{5}\b",
    re.IGNORECASE,
)


_NO_HEADING = re.compile(
    r"^IN RE\b|LITIGATION,?$|^(?:(?:Complaint|Action)\s+Filed|Trial|Hearing|Discovery|Motion)\b[^:]{0,20}:"
    r"|\bCONFIDENTIAL\b"
    r"|SUBJECT TO|PROTECTIVE ORDER$|\bSBN\b|^\(.*\)$|\bAttorneys? for\b",
    re.IGNORECASE,
)


def _heads(line: str) -> bool:
    if (
        not line
        or len(line) > 500
        or line[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹"
        or "....." in line
        or _NO_HEADING.search(line)
        or not _TYPE.search(line)
    ):
        return False
    return _is_capitals(line) or (len(line.split()) <= 12 and line.istitle())


def _is_capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def type_by_formula(text: str) -> str | None:
    """The type by the words that only such a paper uses, where no heading says it."""
    if re.search(r"^(?:IT IS )?(?:HEREBY )?(?:SO )?ORDERED\b", text, re.MULTILINE) and is_signed_by_judge(text):
        return "proposed order" if re.search(r"\bproposed\W+order\b", text, re.IGNORECASE) else "order"
    if opens_opinion(text):
        return "opinion"
    if re.search(r"\bIT IS (?:HEREBY )?STIPULATED\b|\bIT IS SO STIPULATED\b", text):
        return "stipulation"
    if re.match(r"\s*I, [^\n]{3,60}, (?:hereby )?declare\b", text) or re.search(
        r"^I, [^\n]{3,60}, (?:hereby )?declare\b", text[:HEAD], re.MULTILINE
    ):
        return "declaration"
    if re.search(r"^Dear (?:Judge|Magistrate Judge|Justice|Counsel|Mr\.|Ms\.)", text[:HEAD], re.MULTILINE):
        return "letter"
    return None


_NUMBERS = re.compile(
    r"(?:\bCASE\s+)?(?:\bNOS?\.?\s*)?\b\d:\d\d-[a-z]{2}-\d{3,}[\w-]*(?:\s*\([\w,\s]+\))*/?", re.IGNORECASE
)
_IN_CHAMBERS = re.compile(r"^\W*\(?\[?IN\s+CHAMBERS\W*", re.IGNORECASE)


def as_printed(title: str | None, text: str = "") -> str:
    """A capital heading as a title is printed, with the names as ``text`` spells them elsewhere.

    "ORDER ON FAIR USE" → "Order on Fair Use"; "NOTICE OF MOTION AND MOTION TO STAY" → "Motion to Stay".
    """
    if not title:
        return ""
    title = re.sub(r"\bNOTICE\s+OF\s+MOTION\s+(?:AND|&)\s+(?=MOTION\b)", "", title, flags=re.IGNORECASE)
    title = (
        re.sub(r"\W*(?:DEMAND\s+FOR\s+JURY\s+TRIAL|JURY\s+TRIAL\s+DEMANDED)$", "", title, flags=re.IGNORECASE) or title
    )
    title = " ".join(_NUMBERS.sub("", title).split()) or title
    words = casing.mixed(title, text)
    return (words[:1].upper() + words[1:]).strip(" ;:,*–—-")


def minutes_title(top: str) -> str | None:
    """What civil minutes call "Proceedings", on which their own heading ("Civil Minutes - General") is silent."""
    found = re.search(r"\bProceedings:?\s+(?:\([^)]*\):?\s*)?(?P<what>[^\n]+(?:\n+[^\na-z]+(?=\n))*)", top)
    what = _IN_CHAMBERS.sub("", " ".join(found["what"].split())) if found else ""
    what = re.split(r"\s*(?:\(Filed|\(Dkt|\[\d)", what)[0].strip(" -–—")
    return what[:160] or None
