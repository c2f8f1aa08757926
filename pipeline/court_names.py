"""Courts that a text names: "S.D.N.Y.", "District of Delaware", "9th Cir.", "Manhattan federal court"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.docket_number import is_appellate, is_district


@dataclass(frozen=True, slots=True)
class CourtName:
    """One mention: ``text[start:end]`` names ``court`` (courts-db id)."""

    court: str
    start: int
    end: int


@lru_cache(maxsize=8)  # the same article is asked about by several rules
def courts_named(text: str) -> tuple[CourtName, ...]:
    """Mentions in order of appearance. Only names of one court: "a federal judge" is none."""
    pattern, courts = _names()
    return tuple(CourtName(courts[_plain(match[0])], match.start(), match.end()) for match in pattern.finditer(text))


_SIDES = {"N": "Northern", "S": "Southern", "E": "Eastern", "W": "Western", "C": "Central", "M": "Middle"}
_ORDINALS = {
    "ca1": "First", "ca2": "Second", "ca3": "Third", "ca4": "Fourth", "ca5": "Fifth", "ca6": "Sixth", "ca7": "Seventh",
    "ca8": "Eighth", "ca9": "Ninth", "ca10": "Tenth", "ca11": "Eleventh", "cadc": "D.C.", "cafc": "Federal",
}  # fmt: skip
# The press names a court by its town.
_SEATS = {
    "nysd": ("Manhattan", "New York"), "nyed": ("Brooklyn",), "cand": ("San Francisco", "Oakland", "San Jose"),
    "cacd": ("Los Angeles",), "mad": ("Boston", "Massachusetts"), "ded": ("Delaware", "Wilmington"),
    "ilnd": ("Chicago",), "dcd": ("Washington",), "wawd": ("Seattle",), "cod": ("Denver", "Colorado"),
    "tnmd": ("Nashville",),
}  # fmt: skip
# Courts courts-db does not hold: id → (name, short name). Ids: country, then court; they follow the court's own name.
_ELSEWHERE = {
    "demo": ("U.S. District Court for the Demonstration District (invented)", "D. Demo."),
    "br-tjsp": ("Court of Justice of São Paulo, Brazil", "TJSP"),
    "ca-onsc": ("Superior Court of Justice, Ontario", "Ont. S.C.J."),
    "cn-hangzhou-ipc": ("Hangzhou Intermediate People's Court", "Hangzhou IPC"),
    "de-lg-muenchen-i": ("Regional Court Munich I", "LG München I"),
    "de-olg-hamburg": ("Higher Regional Court Hamburg", "OLG Hamburg"),
    "eu-cjeu": ("Court of Justice of the European Union", "CJEU"),
    "in-delhi-hc": ("High Court of Delhi", "Delhi HC"),
    "uk-ewhc-ch": ("High Court of England and Wales, Chancery Division", "EWHC (Ch)"),
    "us-ca-sf-superior": ("Superior Court of California, County of San Francisco", "S.F. Super. Ct."),
}
# How the press names them, and how lawyers abbreviate.
_SAID = {
    "nysd": ("SDNY",), "nyed": ("EDNY",), "vaed": ("EDVA",), "txed": ("EDTX",), "cand": ("NDCA", "ND Cal"),
    "cacd": ("CDCA", "CD Cal"),
    "demo": ("Demonstration District", "Demonstration Court"),
    "uk-ewhc-ch": ("High Court of England and Wales", "High Court in London", "London's High Court", "UK High Court",
                   "London High Court", "EWHC"),
    "de-lg-muenchen-i": ("Munich Regional Court", "Regional Court of Munich", "Landgericht München", "LG München"),
    "de-olg-hamburg": ("Hamburg Higher Regional Court", "Higher Regional Court of Hamburg", "OLG Hamburg",
                      "Hanseatic Higher Regional Court"),
    "eu-cjeu": ("Court of Justice of the European Union", "European Court of Justice", "CJEU"),
    "in-delhi-hc": ("Delhi High Court", "High Court of Delhi"),
    "ca-onsc": ("Ontario Superior Court", "Superior Court of Justice of Ontario"),
    "us-ca-sf-superior": ("San Francisco Superior Court", "San Francisco County Superior Court"),
}  # fmt: skip


def court_title(court: str, name: str) -> str:
    """A courts-db name as people write it: "District Court, S.D. New York" is the Southern District of New York."""
    if is_district(court) and (match := re.fullmatch(r"District Court, (?:([NSEWCM])\.\s?)?D\.\s?(.+)", name)):
        side = f"{_SIDES[match[1]]} " if match[1] else ""
        return f"U.S. District Court, {side}District of {match[2]}"
    if is_district(court) and (match := re.search(r"(?:\w+ern |Central |Middle )?District of [A-Z].*", name)):
        return f"U.S. District Court, {match[0]}"
    return " ".join(name.split())


@cache
def all_courts() -> dict[str, tuple[str, str]]:
    """Every court a document of ours may come from: id → (name, short name)."""
    from courts_db import courts  # noqa: PLC0415 - reads a large file: only those who load a registry pay for it

    known = {c["id"]: (court_title(c["id"], c["name"]), c["citation_string"] or c["id"]) for c in courts}
    return known | _ELSEWHERE


@cache
def is_listed(court: str) -> bool:
    """Whether courts-db holds a court, or its id names the country it sits in."""
    from courts_db import courts  # noqa: PLC0415 - as above

    return "-" in court or any(known["id"] == court for known in courts)


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    from courts_db import courts  # noqa: PLC0415 - reads a large file, and only texts without a court need it

    names: dict[str, str] = {}
    for court in courts:
        if is_district(court["id"]):
            names[court_title(court["id"], court["name"]).removeprefix("U.S. District Court, ")] = court["id"]
            names[court["citation_string"]] = court["id"]
        elif is_appellate(court["id"]) and court["id"] in _ORDINALS:
            names[f"{_ORDINALS[court['id']]} Circuit"] = names[court["citation_string"]] = court["id"]
            names[re.sub(r"(\d)(?:d|nd|rd|th) Cir\.", r"\1th Circuit", court["citation_string"])] = court["id"]
            names[f"{_ORDINALS[court['id']]} U.S. Circuit"] = court["id"]
    names |= {
        "2nd Circuit": "ca2",
        "3rd Circuit": "ca3",
        "1st Circuit": "ca1",
        "2d Circuit": "ca2",
        "3d Circuit": "ca3",
    }
    names |= {"2nd Cir.": "ca2", "3rd Cir.": "ca3"}
    names |= {
        f"{name.removesuffix(' Circuit')} U.S. Circuit": court
        for name, court in names.items()
        if re.match(r"\d+\w\w Circuit", name)
    }
    names |= {"U.S. Supreme Court": "scotus", "Supreme Court of the United States": "scotus"}
    for court, towns in _SEATS.items():
        for town in towns:
            names[f"{town} federal court"] = names[f"federal court in {town}"] = court
            names[f"federal judge in {town}"] = names[f"{town} federal judge"] = court
    names |= {name: court for court, said in _SAID.items() for name in said}
    spellings = sorted((name for name in names if name), key=len, reverse=True)
    flexible = (re.escape(name).replace(r"\ ", r"\s{1,2}").replace(r"\.", r"\.\s?") for name in spellings)
    pattern = re.compile(rf"(?<![A-Za-z0-9.])(?=[A-Z0-9f])(?:{'|'.join(flexible)})(?![A-Za-z0-9])")
    return pattern, {_plain(name): court for name, court in names.items()}


def _plain(name: str) -> str:
    return re.sub(r"[\s.]", "", name).lower()
