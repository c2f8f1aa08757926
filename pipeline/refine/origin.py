"""Where an article comes from beyond its outlet: section, the wire service that wrote it, what machines are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from pipeline.model import Fetched

# Name → spellings in bylines, datelines and credits. Initials count only where nothing else can be meant.
_AGENCIES = {
    "AP": r"(?:The )?Associated Press|AP",
    "Reuters": r"(?:Thomson )?Reuters",
    "AFP": r"Agence France-Presse|AFP",
    "dpa": r"Deutsche Presse-Agentur|dpa",
    "PA Media": r"PA Media|Press Association",
    "UPI": r"United Press International|UPI",
    "The Canadian Press": r"(?:The )?Canadian Press",
    "AAP": r"Australian Associated Press|AAP",
    "EFE": r"(?:Agencia )?EFE",
    "ANSA": r"ANSA",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap(?: News Agency)?",
    "Xinhua": r"Xinhua(?: News Agency)?",
    "PTI": r"Press Trust of India|PTI",
    "ANI": r"Asian News International|ANI",
    "Bloomberg": r"Bloomberg(?: News)?",
}
_HOSTS = re.compile(
    r"(?:^|\.)(?:apnews|reuters|afp|dpa(?:-international)?|pa\.media|upi|thecanadianpress|aapnews|efe|ansa|kyodonews"
    r"|yna|xinhuanet|ptinews|aninews|bloomberg)\."
)
# "SAN FRANCISCO, Nov 2 (Reuters) - …", "NEW YORK (AP) — …"
_DATELINE = re.compile(r"^\W{0,3}(?:[A-Z][^()\n]{0,60} )?\((?P<who>[^()\n]{2,30})\)\s*[-–—:]")
# "Copyright 2026 The Associated Press. All rights reserved", "© AFP", "— Reuters" at the end
_CREDIT = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:\d{4}\s*)?(?P<right>[^.\n]{2,40})|^\W*[-–—]\s*(?P<who>[^.\n]{2,30})\W*$", re.IGNORECASE
)
_ROBOTS = {"noindex", "none", "nosnippet", "noarchive", "noai", "noimageai", "nocache", "max-snippet:0"}


def section(article: Mapping[str, Any], meta: Mapping[str, list[str]]) -> str | None:
    """``articleSection`` of the JSON-LD, or the section a meta tag names."""
    stated = article.get("articleSection")
    first = next((value for value in stated if isinstance(value, str)), None) if isinstance(stated, list) else stated
    tags = ("article:section", "og:article:section", "parsely-section", "section", "sailthru.section", "dc.subject")
    found = first if isinstance(first, str) else next((meta[name][0] for name in tags if name in meta), "")
    words = " ".join(found.split())
    return words if 0 < len(words) <= 60 else None


def agency(article: Mapping[str, Any], authors: Iterable[str], text: str, *, url: str | None) -> str | None:
    """The wire service whose report this is: by the markup's word, the byline, the dateline, the credit at the end.

    None for a service's own site, and where nothing says so.
    """
    if _HOSTS.search(f"{urlsplit(url or '').hostname or ''}."):
        return None
    stated = [article.get(name) for name in ("sourceOrganization", "provider", "copyrightHolder", "creditText")]
    for said in [*_names(stated), *authors]:
        if found := _agency(said):
            return found
    dateline = _DATELINE.match(text[:120])
    if dateline and (found := _agency(dateline["who"])):
        return found
    for line in text[-400:].split("\n"):
        credit = _CREDIT.search(line)
        if credit and (found := _agency(credit["right"] or credit["who"])):
            return found
    return None


def robots(fetched: Fetched, meta: Mapping[str, list[str]]) -> tuple[str, ...]:
    """What page and headers tell machines to leave undone, sorted; whether it is obeyed is decided elsewhere."""
    said = [value for name in ("robots", "googlebot", "docketwire") for value in meta.get(name, [])]
    said += [value.rpartition(": ")[2] for name, value in fetched.headers if name.lower() == "x-robots-tag"]
    words = {word.strip().lower().replace(" ", "") for value in said for word in value.split(",")}
    reserves = [*meta.get("tdm-reservation", []), fetched.header("tdm-reservation") or ""]
    reserved = {"tdm-reservation"} if fetched.reserved or any(value.strip() == "1" for value in reserves) else set()
    return tuple(sorted((words & _ROBOTS) | reserved))


def _agency(said: str) -> str | None:
    words = " ".join(said.split())
    for name, spelled in _AGENCIES.items():
        if re.fullmatch(rf"(?:[Bb]y |[Ss]ource: ?)?(?:{spelled})(?:[,/ -].{{0,30}})?", words) and "Law" not in words:
            return name
        if re.search(rf"[,/(|] ?(?:{spelled})\)?$", words):
            return name
    return None


def _names(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict) and isinstance(value.get("name"), str):
            yield value["name"]
        elif isinstance(value, list):
            yield from _names(value)
