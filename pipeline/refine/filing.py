"""What a court paper says about itself: type, court, caption, judge, dates, decisions. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.model import Document, Fetched, Kind, PageClass, Passage, Role, When
from pipeline.refine import courts, dates, prose
from pipeline.refine.dispositions import dispositions
from pipeline.refine.docket_number import find_docket_numbers
from pipeline.refine.identify import document_id
from pipeline.refine.news import provenance
from pipeline.refine.stamp import Stamp

_HEAD = 4000  # characters within which a caption ends


def describe(
    fetched: Fetched,
    text: str,
    *,
    reader: str,
    stamp: Stamp | None = None,
    page_starts: tuple[int, ...] = (),
    state: str = "read",
) -> Document:
    """A filing's text, its CM/ECF stamp and how it was fetched → Document.

    What the paper leaves out is taken from the feed entry that led to it. ``published`` is the day it was filed by its
    stamp, else the day it is dated.
    """
    entry = fetched.entry
    top = head(text)
    court = find_court(top) or fetched.court
    zone = courts.zone(court)
    title = find_title(top)
    paper = paper_type(title) or (paper_type(_shouted(entry.title)) if entry else None)
    signed = find_dated(text)
    day = (stamp.filed if stamp else None) or (signed[0] if signed else None)
    published = When.on(day, zone) if day else (entry.published if entry else None)
    dated = signed[0] if signed and (day is None or abs((signed[0] - day).days) < 60) else day
    return Document(
        id=document_id(fetched.url, fetched.body),
        kind=Kind.FILING,
        page_class=PageClass.FILING,
        title=_display(title) or (entry.title if entry else "") or _file_name(fetched),
        text=text,
        provenance=provenance(fetched, reader),
        type=paper,
        url=fetched.url,
        published=published,
        court=court,
        caption=find_caption(top),
        judge=find_judge(text),
        docket_numbers=own_docket_numbers(top, court=court, stamp=stamp),
        entry_number=stamp.entry if stamp else None,
        attachment_number=stamp.attachment if stamp else None,
        ecf_references=ecf_references(text),
        dispositions=dispositions(text, paper=paper) if paper else (),
        events=dates.events(text, dated=dated, zone=zone, kind=Kind.FILING, paper=paper),
        page_starts=page_starts,
        state=state,
    )


_COURT_WORDS = re.compile(
    r"SO ORDERED|UNITED STATES (?:DISTRICT|MAGISTRATE|CIRCUIT|BANKRUPTCY) (?:COURT|JUDGE)|UNITED STATES COURT OF APPEALS"
    r"|SUPREME COURT OF|SUPERIOR COURT OF|COURT OF APPEALS? (?:OF|FOR)|PLEASE TAKE NOTICE|Respectfully submitted"
    r"|TO ALL PARTIES AND THEIR",
    re.IGNORECASE,
)
_CAPTION_LINE = re.compile(
    r"^(?:IN RE:?\b.*|(?:Plaintiffs?|Petitioners?|Appellants?)(?:[-\s/]\w+)*[,.]|(?:Defendants?|Respondents?|Appellees?)(?:[-\s/]\w+)*[,.]|v(?:s)?\.|-?\s*against\s*-?)$",
    re.IGNORECASE | re.MULTILINE,
)


def is_filing(fetched: Fetched, text: str) -> bool:
    """The crawler's word for what it crawled. A file handed in is a filing when it has a caption or a court's formulas."""
    if fetched.role is not Role.FILE:
        return fetched.kind is Kind.FILING
    top = text[:_HEAD]
    shouted = re.search(r"^[^a-z\n]*\bCOURT\b[^a-z\n]*$", top, re.MULTILINE) is not None
    signs = [
        shouted,
        _CAPTION_LINE.search(top) is not None,
        len(_COURT_WORDS.findall(text)) >= 2,
        re.search(r"^(?:IT IS )?(?:HEREBY )?SO ORDERED\b|^Dated:", text, re.MULTILINE) is not None,
        bool(find_docket_numbers(top[:1500])),
    ]
    return sum(signs) >= 2


# ---------------------------------------------------------------------------------------------- head and caption


def head(text: str) -> str:
    """The part before the first paragraph of prose: court, caption, number, title, judge."""
    for start, end in prose.paragraphs(text[: _HEAD * 2]):
        if _is_prose(text[start:end]):
            # A filing may open with counsel's addresses; one long paragraph there is not yet the body.
            if start > 200 or start == 0:
                return text[: max(start, 200)]
    return text[:_HEAD]


def _is_prose(paragraph: str) -> bool:
    words = paragraph.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) >= 25 and small > 0.45 * len(words) and "\n" not in paragraph.strip()[:60]


def find_court(top: str) -> str | None:
    """courts-db id of the court a filing's head names."""
    return courts.find_court(top)


_PARTY_END = re.compile(
    r"^(?:(?:Consolidated\s+|Counter-?|Cross-?)?(?:Plaintiff|Defendant|Petitioner|Respondent|Appellant|Appellee|Debtor)s?"
    r"(?:[-–—/\s]+(?:in|and|Appell\w+|Plaintiff\w*|Defendant\w*|Counter\w*|Cross\w*|Respondent\w*|Petitioner\w*|Intervenor\w*))*)[,.;]*$",
    re.IGNORECASE,
)


def find_caption(top: str) -> str | None:
    """``Plaintiff v. Defendant`` or ``In re Something``, on one line, as the paper spells it."""
    lines = [" ".join(line.split()) for line in top.split("\n") if line.strip()]
    for i, line in enumerate(lines):
        if re.match(r"IN\s+RE\b", line, re.IGNORECASE) and len(line) < 120:
            rest = [] if re.search(r"LITIGATION|\w{4}.*\w[.]?$", line[6:]) and len(line) > 12 else lines[i + 1 : i + 6]
            return _join_caption([line, *_until_number(rest)])
        if re.fullmatch(r"(?:v|vs|versus|-?\s*against\s*-?)\.?,?", line, re.IGNORECASE):
            left = _party(reversed(lines[:i]), backwards=True)
            right = _party(lines[i + 1 :], backwards=False)
            if left and right:
                return f"{left} v. {right}"
    one = re.search(r"^(?=[^.]{0,80}[A-Z])([A-Z][^\n]{2,80}?)\s+(?:v|vs|V)\.\s+([A-Z][^\n]{2,80}?)(?:\s+No\..*)?$", top, re.MULTILINE)
    return f"{one[1].strip(' ,')} v. {one[2].strip(' ,')}" if one else None


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
    return re.sub(r"\s+([,.])", r"\1", " ".join(lines)).strip(" ,:;")


_NOT_PARTY = re.compile(
    r"\bCOURT\b|\bDISTRICT OF\b|\bDIVISION\b|\bNo\.|\d\d-|Attorneys?\s+for|Counsel\s+for|@|^\(|\bTelephone|\bFacsimile|^CASE\b|\bCircuit$",
    re.IGNORECASE,
)


def _party(lines: Iterable[str], *, backwards: bool) -> str | None:
    taken: list[str] = []
    for line in lines:
        if _PARTY_END.match(line):
            if taken:
                break
            continue
        if _NOT_PARTY.search(line) or not re.search(r"[A-Za-z]{2}", line) or len(taken) == 6:
            break
        taken.append(line)
    name = " ".join(reversed(taken) if backwards else taken)
    # "…, individually and on behalf of all others" describes the party; "et al." stands for more of them.
    name = re.split(r",?\s+(?:individually|on behalf of|an? \w+ (?:corporation|company|limited))\b", name, flags=re.IGNORECASE)[0]
    name = re.split(r",?\s+(?:Plaintiff|Defendant|Petitioner|Respondent|Appell)\w*", name)[0]
    return name.strip(" ,;.:") + ("." if re.search(r"\b(?:al|Inc|Corp|Ltd|Co)$", name.strip(" ,;.:"), re.IGNORECASE) else "") or None


def own_docket_numbers(top: str, *, court: str | None, stamp: Stamp | None) -> tuple[str, ...]:
    """As written: the stamp's first, then the head's. Members named under "relates to" come after the paper's own."""
    found = find_docket_numbers(top, court=court)
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


# ---------------------------------------------------------------------------------------------- type and title

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
    ("declaration", r"declaration|affidavit|affirmation"),
    ("brief", r"memorandum|brief\b|opposition|reply|response|points\s+and\s+authorities|objections?"),
    ("transcript", r"(?:reporter[’']s\s+)?transcript|deposition\s+of"),
    ("motion", r"motions?\b|applications?\b|requests?\s+(?:for|to)\b|petition"),
    ("exhibit", r"exhibits?\b|appendix|attachment\s+\w+$"),
    ("letter", r"letter\b"),
    ("report", r"(?:joint\s+)?(?:status|case\s+management)\s+(?:report|statement|conference\s+statement)|expert\s+report|report\b"),
    ("statement", r"statement\b|certificat(?:e|ion)|disclosure"),
    ("verdict", r"verdict"),
    ("subpoena", r"subpoena|summons"),
)
_TYPE = re.compile("|".join(rf"(?P<t{i}>\b(?:{pattern}))" for i, (_, pattern) in enumerate(_TYPES)), re.IGNORECASE)


def paper_type(title: str | None) -> str | None:
    """The kind of paper a title announces: order, opinion, motion, brief, complaint, notice, …; None when it says none."""
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
    if said == "order" and re.match(r"opinion", name[found.end() :].strip(" &").removeprefix("and "), re.IGNORECASE):
        return "opinion"
    return said


def find_title(top: str) -> str | None:
    """The paper's own heading: capital lines (or a short line) of the head that name a kind of paper."""
    lines = [" ".join(line.split()) for line in top.split("\n")]
    for i, line in enumerate(lines):
        if not _heads(line):
            continue
        block = [line]
        for above in reversed(lines[max(0, i - 4) : i]):  # "DEFENDANTS' NOTICE OF" above "MOTION"
            if not above or not _is_capitals(above) or _NOT_TITLE.search(above) or _PARTY_END.match(above):
                break
            block.insert(0, above)
        for below in lines[i + 1 : i + 8]:
            if not below or not _is_capitals(below) or _NOT_TITLE.search(below):
                break
            block.append(below)
        return " ".join(block)
    return None


_NOT_TITLE = re.compile(
    r"\bCOURT\b(?!.{0,20}ORDER)|\bDISTRICT OF\b|\bCOUNTY\b|\bJUDGE\b|^v\.?$|\bLLP\b|\bINC\b|\bCase\s+No|\bNo\.\s*\d|\d:\d\d-|\bESQ\b|^IN RE\b|LITIGATION,?$"
    r"|^(?:Complaint|Action|Trial|Date|Discovery|Hearing|Motion)\b[^:]{0,30}:|\bSBN\b|^\(.*\)$|\b\d{5}\b",
    re.IGNORECASE,
)


def _heads(line: str) -> bool:
    if not line or len(line) > 160 or _NOT_TITLE.search(line) or not _TYPE.search(line):
        return False
    return _is_capitals(line) or (len(line.split()) <= 12 and line.istitle())


def _is_capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _shouted(title: str) -> str:
    return title.split("(", maxsplit=1)[0]


_SMALL = frozenset("a an and as at by for from in of on or the to under with re v. vs.".split())


def _display(title: str | None) -> str:
    """A capital heading as a title is printed; "ORDER ON FAIR USE" → "Order on Fair Use"."""
    if not title:
        return ""
    words = [word.lower() if word.lower() in _SMALL else word.capitalize() for word in title.split()]
    return " ".join([words[0].capitalize(), *words[1:]]).strip(" ;:,")


def _file_name(fetched: Fetched) -> str:
    place = fetched.url or fetched.requested or fetched.source
    return place.rstrip("/").rpartition("/")[2] or place


# ---------------------------------------------------------------------------------------------- judge and date

_NAME = r"(?:[A-Z][\w’'-]*\.?|[A-Z]\.)(?:\s+(?:[A-Z][\w’'-]*\.?|[A-Z]\.|de|la|van|von|del)){1,4}"
_TITLE = r"(?:(?:Chief|Senior|Presiding)\s+)?(?:United\s+States|U\.\s?S\.)\s+(?:(?:Chief|Senior)\s+)?(?:District|Magistrate|Circuit|Bankruptcy)(?:\s+Court)?\s+Judge"
_SIGNED = re.compile(
    rf"(?:^|\n|/s/|s/)\s*(?:/s/\s*|s/\s*)?_*\s*(?:Hon(?:orable|\.)\s+|THE\s+HONORABLE\s+|HON(?:ORABLE|\.)\s+|Judge\s+)?(?P<name>{_NAME})\s*[,.]?\s*\n?\s*(?i:{_TITLE})\b",
)
_NAMED = re.compile(
    rf"(?:\b(?:The\s+)?(?:Hon\.|Honorable|HON\.|HONORABLE)\s+|\b(?:Judge|JUDGE):?\s+(?:Hon\.\s+|Honorable\s+)?)(?P<name>{_NAME})",
)


def find_judge(text: str) -> str | None:
    """The judge who signs, or whom the caption names; in mixed case. None when several are named and none signs."""
    signed = [*_SIGNED.finditer(text)]
    if signed:
        return _person(signed[-1]["name"], text)
    named = _NAMED.search(text[:_HEAD])
    return _person(named["name"], text) if named else None


def _person(name: str, text: str) -> str | None:
    plain = " ".join(re.sub(r"\s+(?:United|UNITED|U\.S\.|Chief|Senior|Dept|Courtroom|Date|Time|Trial|Crtrm|Place|Hearing|Action|Complaint).*", "", " ".join(name.split())).split())
    plain = plain.rstrip(".,") if not re.search(r"\b(?:Jr|Sr)\.$", plain) else plain
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


_DATED = re.compile(
    rf"^(?:IT\s+IS\s+)?(?:SO\s+ORDERED[.,]?\s+)?(?:Signed|Dated|DATED|Date|DATE|Entered|ENTERED|Done|DONE)\b[^\n]{{0,60}}?(?P<date>{dates.DAY})",
    re.MULTILINE | re.IGNORECASE,
)


def find_dated(text: str) -> tuple[date, Passage] | None:
    """The day a paper is dated, with the words: the judge's date where an order follows a stipulation, else the first."""
    found = []
    for match in _DATED.finditer(text):
        day = dates.read_day(match["date"])
        if day:
            found.append((day, Passage(match.start(), match.end(), match[0])))
    ordered = [m.start() for m in re.finditer(r"SO ORDERED", text)]
    after = [item for item in found if ordered and item[1].start >= ordered[-1] - 5]
    return (after or found or [None])[0]


# ---------------------------------------------------------------------------------------------- references

_ECF = re.compile(
    r"(?P<before>\S+\s+)?\b(?:ECF|Dkt\.?|Docket|Doc\.|D\.E\.)\s*(?:Nos?\.?|Entry|Entries|Numbers?|\#)?\s*"
    r"(?P<numbers>\d{1,5}(?:-\d{1,3})?(?:(?:\s*[,/&]\s*|\s*,?\s*and\s+)(?:ECF\s+)?\d{1,5}(?:-\d{1,3})?)*)(?![\d:]|-[a-z]{2}-)",
)
_OTHER_DOCKET = re.compile(r"^(?!See\b|In\b|The\b|Id\b|At\b|Order\b|Motion\b|Opp\b|Mot\b|Br\b|Reply\b)[A-Z][a-z]+[a-zA-Z]*\s+$")


def ecf_references(text: str) -> tuple[int, ...]:
    """Entries of its own docket a paper cites, each once, in order. "Smith Dkt. 349" is another docket's."""
    seen: dict[int, None] = {}
    for match in _ECF.finditer(text):
        if match["before"] and _OTHER_DOCKET.match(match["before"]):
            continue
        for number in re.findall(r"\d+(?:-\d+)?", match["numbers"]):
            seen.setdefault(int(number.partition("-")[0]))
    seen.pop(0, None)
    return tuple(seen)
