"""A court's own docket page → `DocketSheet` and `DocketEntry`, by way of juriscraper.

District and appellate dockets, history reports, attachment pages and opinion reports of CM/ECF; ACMS (2d and 9th Cir.);
dockets of the Supreme Court; docket XML of the Internet Archive. Nothing else imports juriscraper.
"""

from __future__ import annotations

import html
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.court_names import all_courts, courts_named
from pipeline.docket_number import docket_key, is_appellate
from pipeline.errors import ReadError
from pipeline.model import DocketEntry, DocketSheet, Fetched, When
from pipeline.refine.courts import find_court, zone
from pipeline.refine.docket_text import entry_type, weightiest
from pipeline.refine.feed import hashed

# Form → what its pages hold and no other page does. The first that fits.
_FORMS = tuple(
    (form, re.compile(mark))
    for form, mark in (
    ("ACMS docket", r'"caseDetails"\s*:'),
    ("Supreme Court docket (JSON)", r'"ProceedingsandOrder"\s*:'),
    ("archived docket", r"<gov_uscourts_docket\b"),
    ("Supreme Court docket", r"<title>\s*(?:Search - Supreme Court of the United States|Docket for \d\d[-AMO]\d+)"),
    ("appellate docket", r"(?:Court of Appeals|Appellate Panel) Docket #|<title>\s*\d\d-\d+ (?:Docket|Summary)\b"),
    ("opinion report", r"Written Opinions Report"),
    ("attachment page", r"Document Selection Menu|document selection menu|Select the document you wish to view"),
    ("history report", r"History/Documents Query|HistDocQry|Filed (?:&amp;|&) Entered"),
    ("docket report", r"DOCKET FOR CASE|cmecf-?logo|CMECF\.MainMenu|<title>[^<]*CM/ECF|recap-action-button"),
    )
)  # fmt: skip

# What PACER answers instead of a docket, as far as it says.
_INSTEAD = (
    (r"may take a long time to run|To accept charges", "PACER asks whether to run and charge for the report"),
    (r"page ID does not exist", "PACER does not know the page"),
    (r"no documents in this case|no events docketed", "the case holds no documents"),
    (r"Incomplete request", "PACER says that the request was incomplete"),
    (r"administratively closed", "PACER says only that the case was administratively closed"),
    (r"(?:date|document number) must be less than", "PACER says that the range asked for is empty"),
    (r"Case not found", "PACER does not find the case"),
    (r"do not have permission to view", "PACER says that there is no such document, or none we may see"),
    (r"Unable to create PDF", "PACER could not make the document"),
    (r"in the process of being opened", "the case is only being opened"),
    (r"case is (?:under seal|sealed)", "the case is sealed"),
    (r"type=[\"']?password|Login failed", "PACER asks to log in"),
    (r"MetaMask|CloudMask|Drumpf|chrome-extension:", "a browser extension has rewritten the page"),
    (r"DktRpt\.pl", "it is the form that asks for a docket report"),
)


@dataclass(frozen=True, slots=True)
class DocketPage:
    """What a page says: one docket, or several in an opinion report; entries in page order."""

    form: str
    sheets: tuple[DocketSheet, ...]
    entries: tuple[DocketEntry, ...]


# Found fast in the many pages that are none: courts' own pages hold at least one of these.
_COURTS_OWN = (b"uscourts", b"CM/ECF", b"cgi-bin", b"supremecourt.gov", b"Database", b"Court of Appeals")


def docket_form(body: bytes) -> str | None:
    """Which kind of docket page these bytes are; None when they are none."""
    head = body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"{":
        forms = _FORMS[:2]
    elif b"<" in head and any(mark in body for mark in _COURTS_OWN):
        forms = _FORMS[2:]
    else:
        return None
    markup = body.decode("utf-8", "replace")
    return next((form for form, mark in forms if mark.search(markup)), None)


def parse(body: bytes, form: str, court: str) -> dict[str, Any] | list[dict[str, Any]]:
    """What juriscraper makes of a page of that ``form`` (one of ours), under its own names; empty for no docket."""
    # It would write to /var/log or to the terminal; we say ourselves what is wrong.
    logging.getLogger("juriscraper.lib.log_tools").addHandler(logging.NullHandler())
    from juriscraper import pacer  # noqa: PLC0415 - heavy, and only docket pages need it
    from juriscraper.scotus.scotus_docket_report import SCOTUSDocketReport  # noqa: PLC0415
    from juriscraper.scotus.scotus_docket_report_html import SCOTUSDocketReportHTML  # noqa: PLC0415

    parsers = {
        "ACMS docket": pacer.ACMSDocketReport,
        "Supreme Court docket (JSON)": SCOTUSDocketReport,
        "archived docket": pacer.InternetArchive,
        "Supreme Court docket": SCOTUSDocketReportHTML,
        "appellate docket": pacer.AppellateDocketReport,
        "attachment page": pacer.AttachmentPage,
        "history report": pacer.DocketHistoryReport,
        "docket report": pacer.DocketReport,
    }
    report = pacer.FreeOpinionReport(court, None) if form == "opinion report" else parsers[form](court)
    report._parse_text(body.decode("utf-8", "replace"))  # noqa: SLF001 - its way to parse without a network
    found: dict[str, Any] | list[dict[str, Any]] = report.data
    return found


def docket_data(fetched: Fetched) -> tuple[str, str, Any]:
    """(form, court, what `parse` found) of a page that `docket_form` knows.

    Raises `ReadError` with the reason when it is no docket, or does not say which court's it is.
    """
    form, place = docket_form(fetched.body), fetched.url or fetched.requested or fetched.source
    if form is None:
        raise ReadError(place, "is no docket page")
    court = fetched.court or _court(fetched, form)
    reason = _reason(fetched.body)
    if court is None and reason is None:
        raise ReadError(place, f"{form} that does not say which court's it is", "name it with --court")
    try:
        data = parse(fetched.body, form, court or "")
    except Exception as error:  # a parser of other people's markup raises whatever it meets
        raise ReadError(place, f"{form} that cannot be read: {error!r}", "fetch it again") from error
    if court is None or not data:
        why = reason or "the page holds neither docket number nor entries"
        raise ReadError(place, f"no docket: {why}", "fetch the docket itself")
    return form, court, data


def read_docket_page(fetched: Fetched, *, entry_at: Callable[[str], DocketEntry | None]) -> DocketPage:
    """Read a page that `docket_form` knows.

    ``entry_at`` finds the entry known to lead to an address: an attachment page does not name its docket. Raises
    `ReadError` with the reason when the page is no docket or does not say which court's or which docket it is.
    """
    return docket_page(fetched, *docket_data(fetched), entry_at=entry_at)


def docket_page(
    fetched: Fetched, form: str, court: str, data: Any, *, entry_at: Callable[[str], DocketEntry | None]
) -> DocketPage:
    """`read_docket_page` from what `docket_data` has found."""
    if form == "attachment page":
        return DocketPage(form, (), (_attached(data, fetched, court, entry_at),))
    reports = [data] if isinstance(data, dict) else _by_docket(data)
    known = [(report, key) for report in reports if (key := _key(report, court))]
    if not known:
        raise ReadError(fetched.url or fetched.source, f"{form} without a docket number", "fetch the docket itself")
    sheets = tuple(_sheet(report, key, fetched, court) for report, key in known)
    return DocketPage(form, sheets, tuple(_entries(known, fetched, court)))


# -------------------------------------------------------------------------------------------- which court, which docket


def _court(fetched: Fetched, form: str) -> str | None:
    if form.startswith("Supreme Court"):
        return "scotus"
    markup = f"{fetched.url or ''} {fetched.body.decode('utf-8', 'replace')}"
    if "Bankruptcy Appellate Panel" in markup:  # its pages are the circuit's
        return None
    if form in {"appellate docket", "ACMS docket"}:  # links lead to the court below as well
        heading = find_court(" ".join(re.sub(r"<[^>]+>", " ", markup).split())[:3000])
        if heading and is_appellate(heading):
            return heading
    hosts = Counter(re.findall(r"\b(?:ecf|ecf-train|pacer)\.([a-z]{2,5}\d{0,2})\.uscourts\.gov", markup.lower()))
    archived = re.findall(r"gov\.uscourts\.([a-z]{2,5}\d{0,2})\b|<court>(\w+)</court>", markup)
    hosts.update(one or other for one, other in archived)
    linked = [court for court, _ in hosts.most_common() if court in all_courts()]
    if form in {"appellate docket", "ACMS docket"}:
        return next((court for court in linked if is_appellate(court)), None)
    return linked[0] if linked else _heading_court(markup)


def _heading_court(markup: str) -> str | None:
    """The one district court that the page names, in either order: "California Northern District" is CM/ECF's."""
    words = " ".join(re.sub(r"<[^>]+>", " ", markup).split())[:3000]
    turned = re.sub(
        r"District Court ([A-Z]\w+(?: [A-Z]\w+)?) (\w+ern|Central|Middle) District\b", r"\2 District of \1", words
    )
    named = {name.court for name in courts_named(turned)}
    return named.pop() if len(named) == 1 else find_court(words)


def _key(report: Mapping[str, Any], court: str) -> str | None:
    number = str(report.get("docket_number") or "")
    # Panels, appellate panels and old dockets number as they like.
    return docket_key(number, court) or (f"{court}:{number}" if re.search(r"\d", number) else None)


def _by_docket(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """An opinion report's rows, each an entry with its docket's caption."""
    dockets: dict[str, dict[str, Any]] = {}
    for row in rows:
        number = row["docket_number"]
        docket = dockets.setdefault(
            number, {"docket_number": number, "case_name": row.get("case_name"), "docket_entries": []}
        )
        docket["docket_entries"].append(row)
    return list(dockets.values())


def _reason(body: bytes) -> str | None:
    markup = body.decode("utf-8", "replace")
    told = (why for words, why in _INSTEAD if re.search(r"\s+".join(words.split()), markup, re.IGNORECASE))
    return next(told, None)


# ------------------------------------------------------------------------------------------------ what it says


def _sheet(report: Mapping[str, Any], key: str, fetched: Fetched, court: str) -> DocketSheet:
    assigned = [report.get("assigned_to_str"), report.get("referred_to_str"), *(report.get("panel") or ())]
    judges = tuple(
        dict.fromkeys(name for name in assigned if name and name.lower() not in {"not assigned", "unassigned"})
    )
    return DocketSheet(
        docket=key,
        court=court,
        number=str(report["docket_number"]),
        caption=report.get("case_name") or None,
        judges=judges,
        filed=_day(report.get("date_filed")),
        terminated=_day(report.get("date_terminated")),
        cause=report.get("cause") or report.get("nature_of_suit") or None,
        source=fetched.source,
        seen=fetched.at,
        url=fetched.url,
    )


def _entries(reports: Sequence[tuple[Mapping[str, Any], str]], fetched: Fetched, court: str) -> Iterator[DocketEntry]:
    lines: dict[str, list[DocketEntry]] = {}
    for report, key in reports:
        for row in report.get("docket_entries") or ():
            entry = _entry(row, key, report.get("case_name") or None, fetched, court)
            lines.setdefault(entry.id, []).append(entry)
    for events in lines.values():
        yield _merged(events)


def _entry(row: Mapping[str, Any], key: str, caption: str | None, fetched: Fetched, court: str) -> DocketEntry:
    words = " ".join(html.unescape(row.get("description") or "").split())  # the Internet Archive's are escaped twice
    name = " ".join((row.get("short_description") or "").split())
    filed = _day(row.get("date_filed") or row.get("date_entered"))
    number = str(row.get("document_number") or "")
    # The Supreme Court numbers files, not entries; old appellate dockets count documents of the whole court.
    numbered = int(number) if number.isdigit() and len(number) < 6 and court != "scotus" else None
    described = words or name
    public = [a["document_url"] for a in row.get("attachments") or () if a.get("document_url")]
    return DocketEntry(
        id=f"{key}#{numbered}" if numbered else f"{key}@{hashed(f'{filed}{chr(10)}{described}')[:10]}",
        docket=key,
        number=numbered,
        filed=When.on(filed, zone(court)) if filed else None,
        type=entry_type(name or words),
        description=described,
        caption=caption,
        url=_document_page(row.get("pacer_doc_id"), court),
        document_url=public[0] if public else None,
        source=fetched.source,
    )


def _merged(events: Sequence[DocketEntry]) -> DocketEntry:
    """Several events under one number are one entry."""
    first = events[0]
    if len(events) == 1:
        return first
    words = "; ".join(dict.fromkeys(event.description for event in events if event.description))
    return DocketEntry(
        first.id, first.docket, first.number, first.filed, weightiest(event.type for event in events), words,
        first.caption, next((e.url for e in events if e.url), None),
        next((e.document_url for e in events if e.document_url), None), first.source,
    )  # fmt: skip


def _attached(data: Any, fetched: Fetched, court: str, entry_at: Callable[[str], DocketEntry | None]) -> DocketEntry:
    """The entry an attachment page belongs to, its attachments named in the words a docket report uses."""
    url = _document_page(data.get("pacer_doc_id"), court)
    # The fourth digit of a document's id says whether the link leads to the document (0) or to its menu (1).
    menu = url and re.sub(r"(/docs?1/\d{3})0", r"\g<1>1", url)
    entry = (entry_at(url) or entry_at(menu)) if url and menu else None
    if entry is None:
        raise ReadError(
            fetched.url or fetched.requested or fetched.source,
            f"attachment page of document {data.get('document_number')} of {court}, whose docket is not known",
            "ingest its docket report first",
        )
    names = [f"# {a['attachment_number']} {a['description']}".strip() for a in data["attachments"]]
    words = f"{entry.description} (Attachments: {', '.join(names)})" if names else entry.description
    return DocketEntry(
        entry.id, entry.docket, entry.number, entry.filed, entry.type,
        entry.description if "(Attachments: #" in entry.description else words.strip(),
        entry.caption, entry.url, entry.document_url, fetched.source,
    )  # fmt: skip


def _document_page(doc_id: Any, court: str) -> str | None:
    if not doc_id or not str(doc_id).isdigit():
        return None
    return f"https://ecf.{court}.uscourts.gov/{'docs1' if is_appellate(court) else 'doc1'}/{doc_id}"


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return datetime.fromisoformat(value).date() if isinstance(value, str) and value else None
