"""CourtListener's answers → docket entries, documents, cases found. REST API v4 (courtlistener.com/help/api/rest/).

Strict at the border: a field that we need and do not find, and a field that nobody has told us of, are both said. A
search by a misspelt field finds nothing and reports success; that is how a tracker goes blind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from pipeline.docket_number import docket_key
from pipeline.errors import SourceError
from pipeline.model import Docket, DocketEntry, FeedEntry, Filed, When
from pipeline.refine.courts import zone
from pipeline.refine.docket_feed import behind_pacer
from pipeline.refine.docket_text import entry_type
from pipeline.refine.feed import Feed, plain
from pipeline.refine.identify import canonical_url

# Asked for by name (``fields=``), so that these and no others come.
DOCUMENT_FIELDS = ("id", "document_number", "attachment_number", "description", "is_available", "filepath_local")
ENTRY_FIELDS = (
    "id", "entry_number", "date_filed", "time_filed", "date_modified", "description", "recap_documents",
)  # fmt: skip
# A search cannot be asked for fields: all that a case found (type=r) may have. The first six are those we read.
_NEEDED = ("docket_id", "court_id", "docketNumber", "caseName", "dateFiled", "docket_absolute_url")
_HIT_FIELDS = frozenset({
    *_NEEDED, "assignedTo", "assigned_to_id", "attorney", "attorney_id", "case_name_full", "cause", "chapter", "court",
    "court_citation_string", "dateArgued", "dateTerminated", "firm", "firm_id", "jurisdictionType", "juryDemand",
    "meta", "pacer_case_id", "party", "party_id", "recap_documents", "referredTo", "referred_to_id", "suitNature",
    "trustee_str",
})  # fmt: skip
# What a search may be asked: parameters, and fields within ``q``.
_PARAMETERS = frozenset({
    "type", "q", "order_by", "court", "filed_after", "filed_before", "case_name", "docket_number", "description",
    "cause", "assigned_to", "referred_to", "party_name", "atty_name", "available_only",
})  # fmt: skip
_QUERY_FIELDS = frozenset({
    "assignedTo", "attorney", "caseName", "cause", "court", "court_citation_string", "court_id", "dateFiled",
    "dateTerminated", "description", "docketNumber", "docket_id", "document_number", "entry_date_filed", "firm",
    "jurisdictionType", "juryDemand", "pacer_case_id", "party", "referredTo", "short_description", "suitNature",
})  # fmt: skip

STORAGE = "https://storage.courtlistener.com/"
_LARGEST_ECF_NUMBER = 10**6
_SITE_CLOCK = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of results. ``next`` is the address of the page after it; ``unknown`` names fields new to us."""

    results: tuple[dict[str, Any], ...]
    next: str | None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case that a search found."""

    court: str
    number: str
    caption: str
    filed: date | None
    url: str

    @property
    def key(self) -> str | None:
        return docket_key(self.number, self.court)

    def __str__(self) -> str:
        return f"{self.caption}, {self.number} ({self.court})" + (f", filed {self.filed}" if self.filed else "")


def followed(dockets: Iterable[Docket]) -> dict[int, Docket]:
    """CourtListener's id of each docket whose case file gives its page there."""
    found = ((re.match(r"https://www\.courtlistener\.com/docket/(\d+)/", d.url or ""), d) for d in dockets)
    return {int(match[1]): docket for match, docket in found if match}


def check_query(query: Mapping[str, str], *, place: str) -> None:
    """Raise `SourceError` for a search parameter, or a field within ``q``, that CourtListener does not know."""
    if unknown := sorted(query.keys() - _PARAMETERS):
        raise SourceError(
            place, f"unknown search parameter “{unknown[0]}”", f"known are {', '.join(sorted(_PARAMETERS))}"
        )
    unquoted = re.sub(r'"[^"]*"', "", query.get("q", ""))
    if unknown := sorted(set(re.findall(r"\b([A-Za-z_]+):", unquoted)) - _QUERY_FIELDS):
        remedy = f"known are {', '.join(sorted(_QUERY_FIELDS))}"
        raise SourceError(place, f"unknown field “{unknown[0]}” in the search’s q", remedy)


def read_entries(body: bytes, *, url: str) -> Answer:
    """A page of ``docket-entries``. Raises `SourceError` when it is none, or a field we asked for is missing."""
    answer = _answer(body, url, needed=ENTRY_FIELDS, known=frozenset(ENTRY_FIELDS))
    documents = [document for row in answer.results for document in _rows(row["recap_documents"], url)]
    unknown = _checked(documents, url, needed=DOCUMENT_FIELDS, known=frozenset(DOCUMENT_FIELDS))
    return Answer(answer.results, answer.next, (*answer.unknown, *(f"recap_documents.{name}" for name in unknown)))


def read_documents(body: bytes, *, url: str) -> Answer:
    """A page of ``recap-documents``. Raises `SourceError` as `read_entries` does."""
    fields = (*DOCUMENT_FIELDS, "date_modified")
    return _answer(body, url, needed=fields, known=frozenset(fields))


def read_search(body: bytes, *, url: str) -> Answer:
    """A page of ``search`` (type=r). Raises `SourceError` as `read_entries` does."""
    return _answer(body, url, needed=_NEEDED, known=_HIT_FIELDS)


def _answer(body: bytes, url: str, *, needed: tuple[str, ...], known: frozenset[str]) -> Answer:
    try:
        top = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceError(url, f"not the JSON of an API answer ({error})", "fetch it again") from error
    if not isinstance(top, dict) or not {"results", "next"} <= top.keys():
        raise SourceError(url, "JSON, but not a page of results")
    rows = _rows(top["results"], url)
    unknown = [name for name in top if name not in {"count", "next", "previous", "results"}]
    after = top["next"]
    if after is not None and (not isinstance(after, str) or urlsplit(after)[:2] != urlsplit(url)[:2]):
        raise SourceError(url, "the next page of results lies elsewhere")
    if after == url:
        raise SourceError(url, "the next page of results is this page itself")
    return Answer(tuple(rows), after, (*unknown, *_checked(rows, url, needed=needed, known=known)))


def _rows(value: Any, url: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise SourceError(url, "a list of objects was expected among the results")
    return value


def _checked(rows: list[dict[str, Any]], url: str, *, needed: tuple[str, ...], known: frozenset[str]) -> list[str]:
    for name in needed:
        if any(name not in row for row in rows):
            raise SourceError(url, f"the field “{name}” is missing from the answer", "the API may have changed")
    return sorted({name for row in rows for name in row} - known)


# ------------------------------------------------------------------------------------------------ docket entries


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads the entries of one docket."""

    docket: str
    court: str
    source: str

    def rows(self, answer: Answer, *, url: str) -> tuple[list[DocketEntry], datetime | None, list[str]]:
        """An answer's entries; until when, by its newest change, the docket is read; a message for what was not."""
        found, times, lost = [], [], [f"“{name}” is a field that nobody has told us of" for name in answer.unknown]
        for row in answer.results:
            try:
                found.append(self._entry(row, page=urljoin(url, f"/docket/{_docket_id(url)}/")))
                times.append(modified(row))
            except (KeyError, TypeError, ValueError) as error:
                lost.append(f"entry {row.get('id')} cannot be read ({error})")
        return found, None if lost and not times else max(times, default=None), lost

    def _entry(self, row: Mapping[str, Any], *, page: str) -> DocketEntry:
        number, anchor = _ecf_number(row["entry_number"]), _whole(row["entry_number"])
        main = next((document for document in row["recap_documents"] if not document["attachment_number"]), None)
        description = plain(row["description"] or "") or plain(main["description"] or "" if main else "")
        return DocketEntry(
            id=f"{self.docket}#{number}" if number else f"{self.docket}@cl{int(row['id'])}",
            docket=self.docket,
            number=number,
            filed=_filed(row, self.court),
            type=entry_type(description),
            description=description,
            url=f"{page}#entry-{anchor}" if anchor else f"{page}#minute-entry-{int(row['id'])}",
            document_url=canonical_url(_pdf(main)) if main and _has_pdf(main) else None,
            source=self.source,
        )

    def documents(self, row: Mapping[str, Any]) -> list[tuple[FeedEntry, Filed]]:
        """The PDFs of an entry that RECAP holds: where each lies, and where it is filed. Raises as `modified`."""
        return [
            found
            for document in row["recap_documents"]
            for found in self.document(
                document, number=row["entry_number"], words=plain(row["description"] or ""), at=_filed(row, self.court)
            )
        ]

    def document(
        self, row: Mapping[str, Any], *, number: Any, words: str = "", at: When | None = None
    ) -> list[tuple[FeedEntry, Filed]]:
        """One document, when RECAP holds its PDF; ``number``, ``words`` and ``at`` are those of its entry."""
        if not _has_pdf(row):
            return []
        title = plain(row["description"] or "") or words
        return [
            (
                FeedEntry(id=f"recap:{int(row['id'])}", url=_pdf(row), title=title, published=at),
                Filed(self.docket, _ecf_number(number), _whole(row["attachment_number"])),
            )
        ]

    def feed(self, feed: Feed) -> tuple[list[DocketEntry], list[str]]:
        """The entries of a docket's Atom feed, which holds the newest thirty; and a message for each that is none.

        Titles read ``Entry #12 in …`` or ``Minute entry from … in …``; the date is the day of filing, at midnight of
        the Pacific coast, where the site's clock stands.
        """
        found, lost = [], []
        for item in feed.entries:
            title = re.match(r"Entry #(\d+) in |Minute entry from ", item.title)
            if title is None:
                lost.append(f"“{item.title or item.id}” is not titled as an entry")
                continue
            number = _ecf_number(title[1])
            minute = re.search(r"#minute-entry-(\d+)$", item.url or "")
            at = item.published or item.updated
            description = plain(item.summary or item.content)
            public = [url for url, _ in item.enclosures if not behind_pacer(url)]
            found.append(
                DocketEntry(
                    id=f"{self.docket}#{number}" if number else f"{self.docket}@cl{minute[1] if minute else item.id}",
                    docket=self.docket,
                    number=number,
                    filed=When.on(at.at.astimezone(_SITE_CLOCK).date(), zone(self.court)) if at else None,
                    type=entry_type(description),
                    description=description,
                    url=item.url,
                    document_url=canonical_url(public[0]) if public else None,
                    source=self.source,
                )
            )
        return found, lost


def documents_listed(answer: Answer, *, at: datetime) -> tuple[list[DocketEntry], datetime | None, list[str]]:
    """As `EntryReader.rows`, of an answer of documents, which holds no entries; it was asked for ``at``.

    One that is empty is read until a day before: whatever had changed by then was there to be listed.
    """
    times, lost = [], [f"“{name}” is a field that nobody has told us of" for name in answer.unknown]
    for row in answer.results:
        try:
            times.append(modified(row))
            int(row["id"]), _ecf_number(row["document_number"]), _whole(row["attachment_number"])
        except (TypeError, ValueError) as error:
            lost.append(f"document {row.get('id')} cannot be read ({error})")
    if not answer.results:
        return [], at - timedelta(days=1), lost
    return [], max(times, default=None), lost


def modified(row: Mapping[str, Any]) -> datetime:
    """When a row was last changed. Raises ValueError or TypeError when that cannot be read."""
    at = datetime.fromisoformat(row["date_modified"])
    if at.tzinfo is None:
        raise ValueError(f"{row['date_modified']} has no time zone")
    return at


def _filed(row: Mapping[str, Any], court: str) -> When | None:
    """Day and, where RECAP learned of the entry from the court's feed or its notice, time in the court's own zone."""
    if not row["date_filed"]:
        return None
    day = date.fromisoformat(row["date_filed"])
    if not row["time_filed"]:
        return When.on(day, zone(court))
    return When(datetime.combine(day, time.fromisoformat(row["time_filed"]), zone(court)), "second")


def _docket_id(url: str) -> str:
    found = re.search(r"[?&]docket=(\d+)", url)
    return found[1] if found else ""


def _has_pdf(document: Mapping[str, Any]) -> bool:
    return bool(document["is_available"] and document["filepath_local"])


def _pdf(document: Mapping[str, Any]) -> str:
    return urljoin(STORAGE, str(document["filepath_local"]))


def _ecf_number(value: Any) -> int | None:
    """None as well for appellate courts that number nothing: there the API puts a document's id in its place."""
    number = _whole(value)
    return number if number is not None and number < _LARGEST_ECF_NUMBER else None


def _whole(value: Any) -> int | None:
    return None if value in {None, ""} else int(value)


# ------------------------------------------------------------------------------------------------ cases found


def cases(answer: Answer, *, url: str) -> tuple[list[Case], list[str]]:
    """The cases of an answer; and a message for each that cannot be read, and for each field unknown to us."""
    found, lost = [], [f"“{name}” is a field that nobody has told us of" for name in answer.unknown]
    for row in answer.results:
        try:
            found.append(
                Case(
                    court=str(row["court_id"]),
                    number=str(row["docketNumber"] or ""),
                    caption=plain(str(row["caseName"] or "")),
                    filed=date.fromisoformat(row["dateFiled"][:10]) if row["dateFiled"] else None,
                    url=urljoin(url, str(row["docket_absolute_url"])),
                )
            )
        except (TypeError, ValueError) as error:
            lost.append(f"case {row.get('docket_id')} cannot be read ({error})")
    return found, lost
