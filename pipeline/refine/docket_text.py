"""What the words of a docket entry say: what it is, and which numbers it bears in other dockets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.docket_number import docket_key
from pipeline.model import DocketEntry
from pipeline.refine.withheld import of_entry

# The clerk's bookkeeping and counsel's comings and goings, wherever the words stand in an entry's head. "~Util" and the
# like are CM/ECF's own.
_ROUTINE = re.compile(
    r"""
    # counsel and parties
    (?<!initial\ )appearance | pro\ hac\ vice | \bphv\b | admi(t|ssion\ of)\ attorney | change\ of\ address
    | attorney\ (added|terminated|update|admission) | corporate\ disclosure | certificate\ of\ interest
    | (disclosure|rule\ 7\.?1|rule\ 26\.1)\ (statement|certificate) | add\ (judge|trustee|parties|and\ terminate)
    | terminate
    | notice\ of\ (change|withdrawal\ of\ (appearance|counsel|attorney)|substitution\ of|lead)
    # service and money
    | (certificate|certification|proof|return|affidavit)\ of\ (service|mailing|good\ standing) | electronic\ service
    | waiver\ of\ service | summons | filing\ fee | fee\ payment | receipt | credit\ card | mail(ed|ing)?\b
    | documents?\ sent
    # the clerk
    | ^~ | \butil\b | ^auto | \*\*\* | ^\(?set\b | reset\ (deadline|hearing) | ^case\ (assign|number) | cover\ sheet
    | case\ (designat|opened|(re)?assigned) | (re)?assign(ed|ment)\  | staff\ notes | deficien(t|cy) | transmission\ to
    | magistrate\ judge\ (\S+\ ){1,4}is\ (so\ )?(re)?designated | docketing\ (notice|statement)
    | ready\ for\ (service|docketing) | ^(?!order\b|opinion\b).*\b(to|of)\ (the\ )?magistrate\ judge(\ jurisdiction)?$
    | ^motions?(\(s\))?\ (no\ longer\ )?(referred|submitted) | clerk['’]?s?['’]?\ (office\ )?(notice|certificate|note)
    | notice\ to\ (attorney|counsel|filer|court|docket) | notice\ of\ (electronic|docket) | transmit(ted|tal)
    | record\ (on\ appeal\ )?(transmitted|received) | distributed\ for\ conference | rule\ 5\(c\)\(3\)\ documents
    # transcripts ordered, and reports to the Patent and Copyright Offices
    | (transcript|court\ reporter)\ (order|request|designation|ackno|information) | transcript\ redaction
    | (order|request|designation)\ (for|of)\ transcript | notice\ of\ filing\ of\ official\ transcript
    | report\ (to\ commissioner|on\ (the\ )?filing) | patent/trademark | ao\ 1(20|21)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What the first of these words says. A feed or a history report names the event shortly ("Order on Motion to
# Dismiss"); a docket report writes a sentence that begins with its name. CM/ECF calls a motion by what it asks for
# ("Stay", "Compel"), and names the motion in what is filed around it ("Declaration in Support of Motion").
_FIRST = re.compile(
    r"""
    (?P<opinion> \b((memorandum\ )?opinion | memorandum\ (and|&)\ (order|opinion|decision)
        | (?<!proposed\ )findings\ of\ fact))
    | (?P<order> \b(
        (letter\ |text\ |minute\ |text-only\ |scheduling\ |transfer\ |stipulated\ (protective\ )?
        |stipulation\ (and|&)\ )?
        (?<!proposed\ )(?<!proposed\]\ )(?<!proposed\)\ )orders?\b(?!\ to\ show\ cause\ response)
        | so\ ordered | memo(randum)?\ endorse\w* | rulings?\b | (civil\ |courtroom\ )?minutes?\b(\ entry)? | mandate
        | report\ (and|&)\ recommendations?))
    | (?P<judgment> \bjudgment)
    | (?P<motion> \b(letter\ motion | motions?\b | (emergency\ )?application
        | petition\ for\ (rehearing|permission|a\ writ|writ))
        | ^(adjourn|bifurcate|compel|continue|dismiss|extension\ of\ time|in\ limine|leave\ to|preclude|quash|seal|stay
        |strike|transfer|withdraw)\b)
    | (?P<complaint> \b(complaint | notice\ of\ removal | (cross|counter|third.party\ )-?claim | indictment
        | information\ -) | ^petition | ^information\b)
    | (?P<answer> \banswer\b(?!\ to\ interrog))
    | (?P<brief> \b(points\ and\ authorities | memorandum\ (of\ (law|points)|in\ ) | memo\ in\  | \w*\bbriefs?\b
    | opposition
        | reply | sur-?reply | response\b | amic(us|i)\ curiae))
    | (?P<declaration> \b(declaration | affidavit | affirmation | exhibits?\b | appendix))
    | (?P<stipulation> \b(stipulations?\b | stipulated))
    | (?P<transcript> \btranscripts?\b)
    | (?P<letter> \bletter)
    | (?P<notice> \bnotice)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# When several events share one entry, the weightiest names it.
_WEIGHT = (
    "opinion", "judgment", "order", "complaint", "motion", "answer", "brief", "stipulation", "declaration",
    "transcript", "notice", "letter", None, "routine",
)  # fmt: skip


def entry_type(words: str) -> str | None:
    """``order``, ``motion``, …, ``routine``; None when the words say nothing we know.

    Only what comes before the first detail counts: "ORDER granting 95 Motion for Pro Hac Vice" is about an admission,
    "MOTION to Compel. (Attachments: # 1 Proposed Order)" is no order.
    """
    head = re.split(
        r"\(Attachments?:|\([Ff]iling [Ff]ee\b|[\[(]Entered:|\bDocument filed by\b|\bSigned by\b"
        r"|(?<=[a-z)])\. (?=[A-Z(])",
        words.lstrip(" *-"),
        maxsplit=1,
    )[0][:140]
    if _ROUTINE.search(head):
        return "routine"
    first = _FIRST.search(head)
    return first.lastgroup if first else None


def weightiest(types: Iterable[str | None]) -> str | None:
    return min(types, key=_WEIGHT.index)


# ------------------------------------------------------------------------------------------------ numbers


@dataclass(frozen=True, slots=True)
class Numbered:
    """A filing's ECF number in one docket, with the words that say so."""

    docket: str
    number: int
    words: str


_IN = re.compile(
    r"(?P<number>\d{1,6})\s+in\s+(?:case\s+)?(?P<docket>\d{1,2}:\d\d-[A-Za-z]{2,4}-\d{5}(?:-[A-Za-z]{1,4}x?(?![A-Za-z]))*)"
)
# Words after which a number is what the entry is about, anywhere before it or right before it.
_ABOUT = re.compile(
    r"\b(?:re|regarding|granting|denying|terminating|adopting|approving|in (?:support|opposition))\b"
    r"|^\W*(?:\w+ )?(?:response|reply|opposition|objection|answer)\b.*\bto\b"
    r"|\b(?:to|of|on|for|in|see|from|with)[:;,\s]*$",
    re.IGNORECASE | re.DOTALL,
)


def same_filing(entry: DocketEntry) -> list[tuple[tuple[Numbered, ...], bool]]:
    """Lists such as "(585 in 1:24-cv-01515-SHS-OTW, 1345 in 1:23-cv-08292-SHS-OTW)": one filing, a number a docket.

    Each comes with whether it is the entry itself; after "re", "granting" and the like it is what the entry is about.
    A docket that appears twice in a list has two filings there: such a list does not say which is which.
    """
    words, court = entry.description, entry.docket.partition(":")[0]
    runs: list[list[re.Match[str]]] = []
    for found in _IN.finditer(words):
        if runs and re.fullmatch(r"[\s,;&]*(?:and\s)?", words[runs[-1][-1].end() : found.start()]):
            runs[-1].append(found)
        else:
            runs.append([found])
    lists = []
    for run in runs:
        keyed = [(docket_key(each["docket"], court), each) for each in run]
        named = tuple(Numbered(key, int(each["number"]), each[0]) for key, each in keyed if key)
        is_entry = _ABOUT.search(words[: run[0].start()].rstrip("(# ")) is None
        if is_entry and entry.number and entry.docket not in {each.docket for each in named}:
            named = (Numbered(entry.docket, entry.number, named[0].words), *named)
        if len(named) > 1 and len({each.docket for each in named}) == len(named):
            lists.append((named, is_entry))
    return lists


def everywhere(entry: DocketEntry) -> tuple[DocketEntry, ...]:
    """The entry, and the same line in each member docket in which its own words number it; with what is withheld."""
    entry = replace(entry, withheld=entry.withheld or of_entry(entry.description))
    numbered = {each.docket: each.number for named, is_entry in same_filing(entry) if is_entry for each in named}
    numbered.pop(entry.docket, None)
    members = (
        replace(entry, id=f"{docket}#{number}", docket=docket, number=number, caption=None, url=None)
        for docket, number in numbered.items()
    )
    return (entry, *members)
