"""Dockets, matters and entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pipeline.model.evidence import When


@dataclass(frozen=True, slots=True)
class Fact:
    """The judge, court or status of a docket for a time. What is not known of the time is None."""

    what: Literal["judge", "court", "status"]
    value: str  # a judge's name, a courts-db id, or words
    evidence: str  # where it was seen
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Docket:
    """One case number in one court.

    ``key`` is ``court:yyyy-type-serial`` (``nysd:2025-md-03143``): the office digit and judge initials are spellings,
    not identity (N.D. Cal. changes the digit on reassignment). ``number`` is how the court writes it.
    """

    key: str
    court: str
    number: str
    role: str = "lead"  # lead, member, related, transferred, remanded, appeal
    caption: str | None = None
    judges: tuple[str, ...] = ()
    filed: date | None = None
    url: str | None = None  # public docket page
    aliases: tuple[str, ...] = ()  # other captions and numbers of this very docket
    history: tuple[Fact, ...] = ()  # earlier judges and courts, and how its status changed

    @property
    def former_judges(self) -> tuple[str, ...]:
        return tuple(fact.value for fact in self.history if fact.what == "judge" and fact.value not in self.judges)


@dataclass(frozen=True, slots=True)
class Matter:
    """One dispute: a lead docket with its members, relations and appeals. One TOML file each."""

    slug: str
    caption: str
    court: str
    dockets: tuple[Docket, ...]
    status: str | None = None
    aliases: tuple[str, ...] = ()
    plaintiffs: tuple[str, ...] = ()
    defendants: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    mdl: int | None = None
    evidence: tuple[str, ...] = ()
    checked: date | None = None

    @property
    def lead(self) -> Docket:
        return self.dockets[0]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The line CM/ECF prints on each page of what is filed. ``entry`` and ``attachment`` are ECF numbers.

    ``page`` is the one that the stamp itself counts, on the first page of the file that bears it. Confidence 1 is for
    one alone; that of a filing says how surely it is the filing's own, and not an exhibit's from an earlier docket.
    """

    docket_number: str
    entry: int | None
    attachment: int | None  # 0 is the main document
    filed: date | None
    page: int | None = None
    pages: int | None = None  # of how many
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Withheld:
    """What the public does not get of a paper, and the words of its docket entry, or its own, that say so."""

    state: Literal["sealed", "redacted", "missing", "text only"]  # the last: an entry to which no paper belongs
    words: str


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """One line of a docket. ``id`` is stable across polls; a stub never overwrites a fuller row."""

    id: str
    docket: str  # Docket.key
    number: int | None  # ECF number; None for an entry without a document
    filed: When | None
    type: str | None  # order, opinion, motion, …, routine
    description: str
    caption: str | None = None
    url: str | None = None  # the court's page for the entry
    document_url: str | None = None  # canonical URL of the document, where one is public
    source: str = ""
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class DocketSheet:
    """What a court's own page says of a docket, on the day it was fetched."""

    docket: str  # Docket.key
    court: str
    number: str
    caption: str | None
    judges: tuple[str, ...]  # assigned, then referred to; the panel of an appeal
    filed: date | None
    terminated: date | None
    cause: str | None  # "17:501 Copyright Infringement"; the nature of suit where no statute is given
    source: str
    seen: datetime
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A docket nobody follows yet that looks like ours, for a person to accept, reject or merge into a matter."""

    docket: str  # Docket.key
    caption: str | None
    reason: str
    evidence: str  # the words: of an entry, or a document's title
    source: str
    seen: datetime
    url: str | None = None
    state: Literal["open", "accepted", "rejected", "merged"] = "open"
    note: str | None = None  # why it was rejected; the matter it went to


@dataclass(frozen=True, slots=True)
class Check:
    """One fact of the registry beside what the docket says."""

    matter: str
    docket: str
    what: Literal["number", "caption", "judge", "filed"]
    ours: str
    theirs: str
    agrees: bool
    our_source: str
    their_source: str
    seen: datetime  # when theirs was fetched


@dataclass(frozen=True, slots=True)
class DocketLink:
    """Document ↔ docket, with the words that made the link."""

    docket: str  # Docket.key
    confidence: float  # 0–1
    evidence: str  # the words, as they stand in the document or its feed entry
    reason: str  # "docket number", "caption", "party and court", …
    entry_number: int | None = None
