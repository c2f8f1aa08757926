"""Nouns as the command line prints them: JSON, in which what is not known is null, and a matter in lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pipeline.model import Disposition, DocketLink, Document, Event, Fact, Matter, Passage, Stamp, Summary


def _quote(passage: Passage) -> dict[str, Any]:
    return {"quote": passage.text, "start": passage.start, "end": passage.end}


def _disposition(found: Disposition) -> dict[str, Any]:
    return {"outcome": found.outcome, "motion": found.motion, "confidence": found.confidence, **_quote(found.passage)}


def _event(found: Event) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "title": found.title,
        "starts": found.starts.iso(),
        "ends": found.ends.iso() if found.ends else None,
        "precision": found.starts.precision,
        "actor": found.actor,
        "state": str(found.state),
        "computed": found.computed,
        "confidence": found.confidence,
        **_quote(found.passage),
    }


def _stamp(stamp: Stamp) -> dict[str, Any]:
    return asdict(stamp) | {"filed": stamp.filed.isoformat() if stamp.filed else None}


def reading(path: str, document: Document, links: Sequence[DocketLink], matters: Sequence[str]) -> dict[str, Any]:
    """What the readers make of one file."""
    relevance = document.relevance
    return {
        "path": path,
        "url": document.url,
        "kind": str(document.kind),
        "type": document.type,
        "page_class": str(document.page_class),
        "state": document.state,
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published.iso() if document.published else None,
        "precision": document.published.precision if document.published else None,
        "language": document.language,
        "section": document.section,
        "agency": document.agency,
        "robots": list(document.robots),
        "court": document.court,
        "caption": document.caption,
        "docket_numbers": list(document.docket_numbers),
        "dockets": [
            {"key": link.docket, "confidence": link.confidence, "reason": link.reason, "evidence": link.evidence}
            for link in links
        ],
        "entry_number": document.entry_number,
        "attachment_number": document.attachment_number,
        "ecf_references": list(document.ecf_references),
        "judge": document.judge,
        "dispositions": [_disposition(found) for found in document.dispositions],
        "events": [_event(found) for found in document.events],
        "readings": [
            {"what": read.what, "value": read.value, "confidence": read.confidence, **_quote(read.passage)}
            for read in document.readings
        ],
        "text": document.text,
        "pages": len(document.page_starts) or None,
        "page_starts": list(document.page_starts),
        "withheld": document.withheld.state if document.withheld else None,
        "withheld_words": document.withheld.words if document.withheld else None,
        "notes": [
            {"mark": note.mark, "page": note.page, "start": note.start, "end": note.end, "at": note.at}
            for note in document.notes
        ],
        "scans": [{"page": scan.page, "confidence": scan.confidence} for scan in document.scans],
        "stamp": _stamp(document.stamp) if document.stamp else None,
        "relevance": {
            "verdict": relevance.verdict,
            "score": relevance.score,
            "reasons": list(relevance.reasons),
            "matters": list(matters),
        }
        if relevance
        else None,
        "reader": document.provenance.reader,
    }


def summary(path: str, document: Document, made: Summary) -> dict[str, Any]:
    """The summary of one file."""
    return {
        "path": path,
        "headline": made.headline,
        "caption": document.caption,
        "sentences": [
            {"text": p.text, "start": p.start, "end": p.end, "role": p.role, "short": p.short} for p in made.points
        ],
        "line": made.headline,
        "short": " ".join(p.text for p in made.short),
        "long": " ".join(p.text for p in made.points),
        "dispositions": [_disposition(found) for found in document.dispositions],
        "events": [_event(found) for found in document.events],
        "model": made.model,
        "revision": made.revision,
    }


def failure(path: str, why: str) -> dict[str, Any]:
    return {"path": path, "error": why}


def matter_lines(matter: Matter) -> list[str]:
    """A matter as ``docketwire case show`` prints it."""
    mdl = f"MDL {matter.mdl}" if matter.mdl else None
    lines = [f"{matter.slug}: {matter.caption}", *filter(None, (matter.status, mdl))]
    for name in ("aliases", "plaintiffs", "defendants", "claims", "content"):
        lines += [f"{name}: {'; '.join(getattr(matter, name))}"] if getattr(matter, name) else []
    for docket in matter.dockets:
        filed = f"filed {docket.filed}" if docket.filed else None
        lines += ["", "  ".join(filter(None, (docket.key, docket.number, docket.role, filed)))]
        lines += [f"  {line}" for line in (docket.caption, "; ".join(docket.judges), docket.url) if line]
        lines += [f"  also {alias}" for alias in docket.aliases]
        lines += [f"  {_fact(fact)}" for fact in docket.history]
    return [*lines, "", f"checked {matter.checked}", *(f"  {seen}" for seen in matter.evidence)]


def _fact(fact: Fact) -> str:
    time = " ".join(f"{word} {day}" for word, day in (("from", fact.since), ("until", fact.until)) if day)
    return f"{fact.what} {fact.value}{f' {time}' if time else ''} ({fact.evidence})"
