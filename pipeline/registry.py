"""The cases we follow: a folder of TOML files, one a matter, read strictly; any spelling of a docket → one key.

`docs/add-a-case.md` shows a whole file. A wrong file stops the reading with its name, line and key: a misspelt key that
is silently dropped is how a tracker comes to point at another case.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import RegistryError
from pipeline.model import Docket, Matter
from pipeline.refine.court_names import CourtName, court_title, courts_named
from pipeline.refine.docket_number import DocketNumber, docket_key, find_docket_numbers, is_appellate

ROLES = ("lead", "member", "related", "transferred", "remanded", "appeal")

# Courts courts-db does not hold: id → (name, short name). Ids: country, then court; they follow the court's own name.
_ELSEWHERE = {
    "demo": ("Demonstration Court", "Demo Ct."),
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


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a docket: ``text[start:end]``. ``docket`` is a key, which the registry need not know."""

    docket: str
    start: int
    end: int
    text: str


class Registry:
    """Matters and their dockets, found by slug, by key, or by any spelling in a text."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        self.matters = tuple(sorted(matters, key=lambda matter: matter.slug))
        self._matters = {matter.slug: matter for matter in self.matters}
        self._dockets = {docket.key: docket for matter in self.matters for docket in matter.dockets}
        self._matter_of = {docket.key: matter for matter in self.matters for docket in matter.dockets}
        self._mdls = {matter.mdl: matter.lead.key for matter in self.matters if matter.mdl}
        self._aliases = {_plain(alias): key for alias, key in _aliases(self.matters)}
        by_tail: dict[str, set[str]] = {}
        for key in self._dockets:
            by_tail.setdefault(key.partition(":")[2], set()).add(key)
        self._by_tail = by_tail
        spelled = sorted({*self._literal_numbers(), *self._aliases}, key=len, reverse=True)
        flexible = (re.escape(name).replace(r"\ ", r"\s{1,2}").replace(r"\-", "[-‐‑‒–—−]") for name in spelled)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(flexible)})(?![\w-]*\w)", re.IGNORECASE) if spelled else None

    def matter(self, slug: str) -> Matter | None:
        return self._matters.get(slug)

    def docket(self, key: str) -> Docket | None:
        return self._dockets.get(key)

    def matter_of(self, key: str) -> Matter | None:
        """The matter in which a docket stands."""
        return self._matter_of.get(key)

    def courts(self) -> list[tuple[str, str, str]]:
        """Every court a document of ours may come from: id, name, short name."""
        return sorted((court, name, short) for court, (name, short) in _courts().items())

    def resolve(self, text: str, court: str | None = None) -> list[Mention]:
        """Dockets that a text names by number, MDL number or alias, in order of appearance.

        A number belongs to the court named beside it; else to ``court``, where that court writes such numbers; else to
        the one docket of the registry that bears it; else to the one court the whole text names. Otherwise it is left
        out: the same number exists in every court.
        """
        found: list[Mention] = []
        for mention in (*self._by_number(text, court), *self._by_mdl(text), *self._by_name(text)):
            if not any(mention.start < other.end and other.start < mention.end for other in found):
                found.append(mention)
        return sorted(found, key=lambda mention: mention.start)

    def _by_number(self, text: str, court: str | None) -> Iterator[Mention]:
        numbers = find_docket_numbers(text, court=court)
        named = courts_named(text) if numbers else ()
        for number in numbers:
            if key := self._key(number, text, court, named):
                yield Mention(key, number.start, number.end, number.text)

    def _key(self, number: DocketNumber, text: str, court: str | None, named: Sequence[CourtName]) -> str | None:
        if beside := number.court or _court_beside(number, text, named):
            return number.key(beside)
        if court and _may_number(court, number):
            key = number.key(court)
            return key if key in self._dockets else self._aliases.get(_plain(_tail(key)), key)
        known = self._by_tail.get(_tail(number.key("")), set())
        if len(known) == 1:
            return next(iter(known))
        courts = {name.court for name in named if _may_number(name.court, number)}
        return number.key(courts.pop()) if len(courts) == 1 else None

    def _by_mdl(self, text: str) -> Iterator[Mention]:
        for match in re.finditer(r"\bMDL(?:\s+Docket)?[\s-]*(?:Nos?\.?|Number|#)?\s*(\d{2,4})\b(?![-–]\d)", text):
            if key := self._mdls.get(int(match[1])):
                yield Mention(key, match.start(), match.end(), match[0])

    def _by_name(self, text: str) -> Iterator[Mention]:
        for match in self._names.finditer(text) if self._names else ():
            plain = _plain(match[0])
            key = self._aliases.get(plain) or next(key for key in self._dockets if _plain(_tail(key)) == plain)
            yield Mention(key, match.start(), match.end(), match[0])

    def _literal_numbers(self) -> Iterator[str]:
        """Foreign and state numbers: unmistakable as they stand."""
        return (_plain(_tail(key)) for key in self._dockets if "-" in key.partition(":")[0])


def load_registry(folder: Path) -> Registry:
    """Read ``folder/*.toml``.

    Raises `RegistryError` naming file, line and key: unreadable TOML, unknown or missing key, wrong type, unknown
    court, a number that is no docket number of its court, a docket or alias that two matters claim.
    """
    if not folder.is_dir():
        raise RegistryError(folder, "no such folder of case files")
    matters: list[Matter] = []
    claimed: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        file = _CaseFile(path)
        matter = file.matter()
        for index, docket in enumerate(matter.dockets):
            if other := claimed.get(docket.key):
                raise file.error("number", f"docket {docket.key} stands already in {other.name}", docket=index)
            claimed[docket.key] = path
        for alias, _ in _aliases([matter]):
            other = claimed.setdefault(_plain(alias), path)
            if other != path:
                raise file.error("aliases", f"{alias!r} is an alias in {other.name} too", "an alias names one matter")
        matters.append(matter)
    return Registry(matters)


class _CaseFile:
    """One TOML file and the line each of its keys stands on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.values = tomllib.loads(self.text)
        except (OSError, UnicodeDecodeError) as error:
            raise RegistryError(path, f"cannot be read: {error}") from error
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise RegistryError(f"{path}:{line[1]}" if line else path, f"not TOML: {error}") from error

    def error(self, key: str, what: str, remedy: str = "", *, docket: int | None = None) -> RegistryError:
        return RegistryError(f"{self.path}:{self._line(key, docket)}", f"{key}: {what}", remedy)

    def _line(self, key: str, docket: int | None) -> int:
        """Line of ``key``, in the file's head or its docket with that index; the section's first line when missing."""
        section, first = -1, 1
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(r"\s*\[\[\s*dockets\s*\]\]", line):
                section += 1
                first = number if section == docket else first
            if section == (-1 if docket is None else docket) and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return number
        return first

    def matter(self) -> Matter:
        values = self.values
        self._only_known(values, {field.name for field in fields(Matter)}, None)
        tables = values.get("dockets")
        if not isinstance(tables, list) or not tables:
            raise self.error("dockets", "missing", "write a [[dockets]] section for the lead docket")
        take = self._taker(values, None)
        slug, court = take("slug", _text), take("court", _court)
        if slug != self.path.stem:
            raise self.error("slug", f"{slug!r} is not the file's name", f"write {self.path.stem!r}")
        return Matter(
            slug=slug,
            caption=take("caption", _text),
            court=court,
            dockets=tuple(self._docket(table, index, court) for index, table in enumerate(tables)),
            status=take("status", _text, None),
            mdl=take("mdl", _number, None),
            aliases=take("aliases", _texts, ()),
            plaintiffs=take("plaintiffs", _texts, ()),
            defendants=take("defendants", _texts, ()),
            claims=take("claims", _texts, ()),
            content=take("content", _texts, ()),
            evidence=take("evidence", _texts),
            checked=take("checked", _day),
        )

    def _docket(self, values: dict[str, Any], index: int, court_of_matter: str) -> Docket:
        self._only_known(values, {field.name for field in fields(Docket)} - {"key"}, index)
        take = self._taker(values, index)
        court = take("court", _court, court_of_matter)
        number = take("number", _text)
        key = docket_key(number, court)
        if key is None:
            raise self.error("number", f"{number!r} is not how {court} writes a docket number", docket=index)
        role = take("role", _text)
        if role not in ROLES or (role == "lead") != (index == 0):
            allowed = "lead" if index == 0 else ", ".join(ROLES[1:])
            raise self.error("role", f"{role!r} cannot be docket {index + 1}", f"allowed here: {allowed}", docket=index)
        return Docket(
            key=key,
            court=court,
            number=number,
            role=role,
            caption=take("caption", _text, None),
            judges=take("judges", _texts, ()),
            filed=take("filed", _day, None),
            url=take("url", _url, None),
            aliases=take("aliases", _texts, ()),
        )

    def _taker(self, values: dict[str, Any], docket: int | None) -> Callable[..., Any]:
        def take(key: str, read: Callable[[Any], Any], *default: Any) -> Any:
            if key not in values:
                if default:
                    return default[0]
                raise self.error(key, "missing", docket=docket)
            try:
                return read(values[key])
            except ValueError as error:
                raise self.error(key, str(error), docket=docket) from None

        return take

    def _only_known(self, values: dict[str, Any], known: set[str], docket: int | None) -> None:
        # Said before anything is found missing: the misspelt key is the missing one.
        for key in values.keys() - known:
            raise self.error(key, "unknown key", f"known keys are {', '.join(sorted(known))}", docket=docket)


# ------------------------------------------------------------------------------------------------ values, read strictly


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text in quotes, not {value!r}")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f'must be a list of texts, ["…"], not {value!r}')
    return tuple(value)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"must be a whole number, not {value!r}")  # noqa: TRY004 - one kind of error a value
    return value


def _day(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"must be a date without quotes, 2025-06-24, not {value!r}")  # noqa: TRY004 - likewise
    return value


def _url(value: Any) -> str:
    if not isinstance(value, str) or not re.match(r"https?://\S+$", value):
        raise ValueError(f"must be an http(s) address, not {value!r}")
    return value


def _court(value: Any) -> str:
    if _text(value) not in _courts():
        raise ValueError(f"unknown court {value!r}; use its courts-db id, as in CourtListener's addresses")
    return str(value)


@cache
def _courts() -> dict[str, tuple[str, str]]:
    from courts_db import courts  # noqa: PLC0415 - reads a large file: only those who load a registry pay for it

    known = {c["id"]: (court_title(c["id"], c["name"]), c["citation_string"] or c["id"]) for c in courts}
    return known | _ELSEWHERE


# ------------------------------------------------------------------------------------------------ names


def _may_number(court: str, number: DocketNumber) -> bool:
    """Courts of appeals and courts abroad write no case type; the others do."""
    return (number.type is None) == (is_appellate(court) or "-" in court)


def _court_beside(number: DocketNumber, text: str, named: Sequence[CourtName]) -> str | None:
    """The court in "1:24-cv-11611 (D. Mass.)" or "N.D. Cal. No. 3:23-cv-03417"."""
    for name in named:
        between = text[number.end : name.start] if name.start >= number.end else text[name.end : number.start]
        beside = _AFTER_NUMBER if name.start >= number.end else _BEFORE_NUMBER
        if len(between) < 60 and beside.fullmatch(between) and _may_number(name.court, number):
            return name.court
    return None


_AFTER_NUMBER = re.compile(
    r"[\s,]*(?:\(|in\s|before\s)?(?:the\s)?(?:(?:U\.?S\.?|United\sStates)\s(?:District\s)?Court\s(?:of\sAppeals\s)?for\s(?:the\s)?)?"
)
_BEFORE_NUMBER = re.compile(r"[\s,:)]*(?:(?:case|docket|civil\saction|appeal)\s)?(?:nos?\.?)?\s*", re.IGNORECASE)


def _aliases(matters: Iterable[Matter]) -> Iterator[tuple[str, str]]:
    for matter in matters:
        yield from ((alias, matter.lead.key) for alias in matter.aliases)
        for docket in matter.dockets:
            yield from ((alias, docket.key) for alias in docket.aliases)


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[‐‑‒–—−]", "-", name)).strip().lower()


def _tail(key: str) -> str:
    return key.partition(":")[2]
