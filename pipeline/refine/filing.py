"""What a court paper says about itself: type, court, caption, judge, dates, decisions. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

from pipeline.docket_number import find_docket_numbers, is_appellate
from pipeline.model import Document, Fetched, Kind, Note, PageClass, Passage, Reading, Role, Scan, Stamp, When
from pipeline.refine import courts, dates
from pipeline.refine.caption import HEAD, find_caption, head, in_mixed_case, own_docket_numbers
from pipeline.refine.dispositions import dispositions
from pipeline.refine.events import find_events
from pipeline.refine.identify import document_id
from pipeline.refine.judge import find_judge
from pipeline.refine.news import provenance
from pipeline.refine.papers import as_printed, find_title, minutes_title, paper_type, type_by_formula
from pipeline.refine.readings import read_values
from pipeline.refine.withheld import of_paper


def describe(
    fetched: Fetched,
    text: str,
    *,
    reader: str,
    stamp: Stamp | None = None,
    page_starts: tuple[int, ...] = (),
    notes: tuple[Note, ...] = (),
    scans: tuple[Scan, ...] = (),
    state: str = "read",
) -> Document:
    """A filing's text, its CM/ECF stamp and how it was fetched → Document.

    What the paper leaves out is taken from the feed entry that led to it. ``published`` is the day it was filed by its
    stamp, else the day it is dated.
    """
    entry = fetched.entry
    top = head(text)
    court = courts.find_court(top) or fetched.court
    zone = courts.zone(court)
    title = find_title(top)
    signed = find_dated(text)
    paper = _paper(title, entry.title if entry else None, text, signed=signed)
    heading = _heading(title, text, paper)
    printed = as_printed(heading, text)
    caption = in_mixed_case(named, text) if (named := find_caption(top)) else None
    day = (stamp.filed if stamp else None) or (signed[0] if signed else None)
    published = When.on(day, zone) if day else (entry.published if entry else None)
    dated = signed[0] if signed and (day is None or 0 <= (day - signed[0]).days < 60) else day
    judge = find_judge(text, appellate=court is not None and is_appellate(court))
    ecf = ecf_references(text)
    return Document(
        id=document_id(fetched.url, fetched.body),
        kind=Kind.FILING,
        page_class=PageClass.FILING,
        title=printed or (entry.title if entry else "") or caption or _file_name(fetched),
        text=text,
        provenance=provenance(fetched, reader),
        type=paper,
        url=fetched.url,
        published=published,
        court=court,
        caption=caption,
        judge=judge,
        docket_numbers=own_docket_numbers(top, court=court, stamp=stamp),
        entry_number=stamp.entry if stamp else None,
        attachment_number=stamp.attachment if stamp else None,
        ecf_references=tuple(int(reference.value) for reference in ecf),
        dispositions=dispositions(text, paper=paper, title=heading or ""),
        events=find_events(text, dated=dated, zone=zone, kind=Kind.FILING, paper=paper, about=printed),
        readings=read_values(
            text,
            top=top,
            court=court,
            title=title,
            paper=paper,
            caption=caption,
            judge=judge,
            dates=said_dates(text),
            ecf=ecf,
        ),
        page_starts=page_starts,
        notes=notes,
        scans=scans,
        stamp=stamp,
        withheld=of_paper(text),
        state=state,
    )


def _paper(title: str | None, listed: str | None, text: str, *, signed: tuple[date, Passage] | None) -> str | None:
    """What the paper is by its title, else by the title it is ``listed`` under, else by the formulas of its text."""
    paper = paper_type(title) or paper_type(listed) or type_by_formula(text)
    if paper == "proposed order" and signed and re.search(r"SO ORDERED", text[: signed[1].end]):
        return "order"  # the judge has dated the party's draft
    return paper


def _heading(title: str | None, text: str, paper: str | None) -> str | None:
    if paper == "minute entry" and title and "MINUTES" in title.upper():
        return minutes_title(text[: 2 * HEAD]) or title
    return title


_COURT_WORDS = re.compile(
    r"SO ORDERED|UNITED STATES (?:DISTRICT|MAGISTRATE|CIRCUIT|BANKRUPTCY) (?:COURT|JUDGE)"
    r"|UNITED STATES COURT OF APPEALS"
    r"|SUPREME COURT OF|SUPERIOR COURT OF|COURT OF APPEALS? (?:OF|FOR)|PLEASE TAKE NOTICE|Respectfully submitted"
    r"|TO ALL PARTIES AND THEIR",
    re.IGNORECASE,
)
_CAPTION_LINE = re.compile(
    r"^(?:IN RE:?\b.*|(?:Plaintiffs?|Petitioners?|Appellants?)(?:[-\s/]\w+)*[,.]"
    r"|(?:Defendants?|Respondents?|Appellees?)(?:[-\s/]\w+)*[,.]|v(?:s)?\.|-?\s*against\s*-?)$",
    re.IGNORECASE | re.MULTILINE,
)


def is_filing(fetched: Fetched, text: str) -> bool:
    """The crawler's word for what it crawled. A file handed in is one when it has a caption or a court's formulas."""
    if fetched.role is not Role.FILE:
        return fetched.kind is Kind.FILING
    top = text[:HEAD]
    shouted = re.search(r"^[^a-z\n]*\bCOURT\b[^a-z\n]*$", top, re.MULTILINE) is not None
    signs = [
        shouted,
        _CAPTION_LINE.search(top) is not None,
        len(_COURT_WORDS.findall(text)) >= 2,
        re.search(r"^(?:IT IS )?(?:HEREBY )?SO ORDERED\b|^Dated:", text, re.MULTILINE) is not None,
        bool(find_docket_numbers(top[:1500])),
    ]
    return sum(signs) >= 2 or _opines(text)


# An opinion copied without its caption still cites law all along, and says "we hold", "the Board finds", "petitioner".
_LAW = re.compile(r"\b\d{1,4}\s(?:U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:2d|3d|4th|Supp)|C\.\s?F\.\s?R\.)|\bU\.\s?S\.\s?C\.")
_BENCH = re.compile(
    r"\b(?:we (?:hold|conclude|affirm|reverse|vacate|agree|granted certiorari|granted review)"
    r"|the (?:court|board) (?:finds|concludes|holds|grants|denies|orders)"
    r"|judgment is (?:affirmed|reversed|vacated))\b|^(?:findings? of fact|conclusions? of law)$",
    re.IGNORECASE | re.MULTILINE,
)
_ROLE = re.compile(r"\b(?:petitioner|respondent|appell(?:ant|ee)|plaintiff|defendant|veteran)s?\b", re.IGNORECASE)


def _opines(text: str) -> bool:
    words = len(text.split())
    argues = len(_BENCH.findall(text)) >= 2 or len(_ROLE.findall(text)) >= max(4, words / 400)
    return argues and len(_LAW.findall(text)) >= max(3, words / 700)


def _file_name(fetched: Fetched) -> str:
    place = fetched.url or fetched.requested or fetched.source
    return place.rstrip("/").rpartition("/")[2] or place


_DATED = re.compile(
    rf"^(?:IT\s+IS\s+)?(?:SO\s+ORDERED[.,]?\s+)?(?:Signed|Dated|DATED|Date|DATE|Entered|ENTERED|Done|DONE)\b[^\n]{{0,60}}?(?P<date>{dates.DAY})"
    r"(?![^\n]*\n+Time\b)",  # a caption's "Date" is the hearing's
    re.MULTILINE | re.IGNORECASE,
)


def find_dated(text: str) -> tuple[date, Passage] | None:
    """The day a paper is dated, with the words: the judge's where an order follows a stipulation, else the first."""
    found = _days(_DATED, text) or _days(_ABOVE, text)
    ordered = [m.start() for m in re.finditer(r"SO ORDERED", text)]
    after = [item for item in found if ordered and item[1].end > ordered[-1]]
    found = after or found or _days(_MINUTES_DATE, text[:HEAD]) or _days(_FILED, text[:1500])
    return found[0] if found else None


def said_dates(text: str) -> list[tuple[str, date, Passage]]:
    """(dated, filed or entered, day, words): what the paper says of its own dates, each day once."""
    said = [*_days(_DATED, text), *_days(_ABOVE, text), *_days(_MINUTES_DATE, text[:HEAD]), *_days(_FILED, text[:1500])]
    found: dict[tuple[str, date], Passage] = {}
    for day, passage in said:
        word = re.search(r"\b(?:(?P<filed>filed)|(?P<entered>entered))\b", passage.text, re.IGNORECASE)
        if re.search(r"\b(?:Action|Case|Complaint|Petition)\s$", text[max(0, passage.start - 12) : passage.start]):
            continue  # "Complaint Filed: …" is not this paper
        found.setdefault((word.lastgroup or "dated" if word else "dated", day), passage)
    return [(what, day, passage) for (what, day), passage in found.items()]


# A form has the word below the line on which the date is written.
_ABOVE = re.compile(rf"^(?P<date>{dates.DAY})[^\n]{{0,40}}\n+Date\b", re.MULTILINE)


def _days(pattern: re.Pattern[str], text: str) -> list[tuple[date, Passage]]:
    return [
        (day, Passage(match.start(), match.end(), match[0]))
        for match in pattern.finditer(text)
        if (day := dates.read_day(match["date"]))
    ]


# Minutes carry their date beside the case number; clerks stamp FILED and a date, with the court's name between.
_MINUTES_DATE = re.compile(rf"\bCase\s+No\.[^\n]{{0,80}}\n?\s*Date:?\s+(?P<date>{dates.DAY})", re.IGNORECASE)
_FILED = re.compile(
    r"\b(?:FILED|Filed|Decided|DECIDED)\b(?:[^.]|\.(?=[A-Z ,]))" + r"{0,120}?\b" + rf"(?P<date>{dates.DAY})"
)


# ---------------------------------------------------------------------------------------------- references

_ECF = re.compile(
    r"\b(?:ECF|Dkt\.?|Docket|Doc\.|D\.E\.)\s*(?:Nos?\.?|Entry|Entries|Numbers?|\#)?\s*"
    r"(?P<numbers>\d{1,5}(?:-\d{1,3})?(?:(?:\s*[,/&]\s*|\s*,?\s*and\s+)(?:ECF\s+)?\d{1,5}(?:-\d{1,3})?)*)(?![\d:]|-[a-z]{2}-)",
)
_OTHER_DOCKET = re.compile(
    r"(?:^|\s)(?!(?:See|In|The|Id|At|Order|Motion|Opp|Mot|Br|Reply)\s)[A-Z][a-z]+[A-Za-z]*\s+\Z",
)


def ecf_references(text: str) -> tuple[Reading, ...]:
    """Entries of its own docket a paper cites, each once, in order. "Smith Dkt. 349" is another docket's."""
    seen: dict[int, Reading] = {}
    for match in _ECF.finditer(text):
        if _OTHER_DOCKET.search(text, max(0, match.start() - 40), match.start()):
            continue
        for number in re.findall(r"\d+(?:-\d+)?", match["numbers"]):
            entry = int(number.partition("-")[0])
            seen.setdefault(entry, Reading("ecf", str(entry), Passage(match.start(), match.end(), match[0]), 0.95))
    seen.pop(0, None)
    return tuple(seen.values())
