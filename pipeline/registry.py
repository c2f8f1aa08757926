"""The cases we follow: a folder of TOML files, one a matter; any spelling of a docket → one key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.case_file import CaseFile
from pipeline.court_names import CourtName, all_courts, courts_named
from pipeline.docket_number import (
    DocketNumber,
    docket_key,
    find_docket_numbers,
    find_local_numbers,
    is_appellate,
    is_bankruptcy,
    is_district,
)
from pipeline.errors import RegistryError
from pipeline.model import Docket, Matter


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
        self._aliases = {_plain(alias): key for alias, key in _aliases(self.matters) if not is_one_word(alias)}
        by_tail: dict[str, set[str]] = {}
        for key in self._dockets:
            by_tail.setdefault(key.partition(":")[2], set()).add(key)
        self._by_tail = by_tail
        self._local_courts = sorted({docket.court for docket in self._dockets.values() if "-" in docket.court})
        spelled = sorted({*self._local_numbers(), *self._aliases}, key=len, reverse=True)
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
        return sorted((court, name, short) for court, (name, short) in all_courts().items())

    def resolve(self, text: str, court: str | None = None) -> list[Mention]:
        """Dockets that a text names by number, MDL number or alias, in order of appearance.

        A number belongs to the court named beside it; else to ``court``, where that court writes such numbers; else to
        the one docket of the registry that bears it; else to the one court the whole text names. Otherwise it is left
        out: the same number exists in every court. A text that is nothing but a number of ``court`` needs no word
        beside it that says so.
        """
        found: list[Mention] = []
        for mention in (*self._by_number(text, court), *self._by_mdl(text), *self._by_name(text)):
            if not any(mention.start < other.end and other.start < mention.end for other in found):
                found.append(mention)
        alone = text.strip()
        # Five digits and no word before them: "17-20" is pages, "Dkt. No. 23-1" another list.
        bare = re.match(r"\d", alone) and sum(map(str.isdigit, alone)) >= 5
        if not found and bare and court and (key := docket_key(alone, court)):
            start = text.index(alone)
            found.append(Mention(self._known(key), start, start + len(alone), alone))
        return sorted(found, key=lambda mention: mention.start)

    def _known(self, key: str) -> str:
        """The key itself, or the docket one of whose aliases it is: another number of the same case."""
        return key if key in self._dockets else self._aliases.get(_plain(_tail(key)), key)

    def _by_number(self, text: str, court: str | None) -> Iterator[Mention]:
        numbers = find_docket_numbers(text, court=court)
        named = courts_named(text) if numbers else ()
        for number in numbers:
            if key := self._key(number, text, court, named):
                yield Mention(key, number.start, number.end, number.text)
        # Numbers of the courts abroad are unmistakable, whoever writes them, where it is a docket that we follow.
        for abroad in self._local_courts:
            for number in find_local_numbers(text, abroad):
                if (key := self._known(number.key(abroad))) in self._dockets:
                    yield Mention(key, number.start, number.end, number.text)

    def _key(self, number: DocketNumber, text: str, court: str | None, named: Sequence[CourtName]) -> str | None:
        if beside := number.court or _court_beside(number, text, named):
            return self._known(number.key(beside))
        if court and _may_number(court, number):
            return self._known(number.key(court))
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

    def _local_numbers(self) -> Iterator[str]:
        """Foreign and state numbers as they stand."""
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
        file = CaseFile(path)
        matter = file.matter()
        for index, docket in enumerate(matter.dockets):
            if other := claimed.get(docket.key):
                raise file.error("number", f"docket {docket.key} stands already in {other.name}", place=(index,))
            claimed[docket.key] = path
        for alias, _ in _aliases([matter]):
            other = claimed.setdefault(_plain(alias), path)
            if other != path:
                raise file.error("aliases", f"{alias!r} is an alias in {other.name} too", "an alias names one matter")
        matters.append(matter)
    return Registry(matters)


# ------------------------------------------------------------------------------------------------ names


def _may_number(court: str, number: DocketNumber) -> bool:
    """Federal trial courts write a case type; courts of appeals, states and courts abroad do not."""
    if number.type is None:
        return not (is_district(court) or is_bankruptcy(court))
    return not (is_appellate(court) or "-" in court)


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


def is_one_word(alias: str) -> bool:
    """Whether an alias is a mere name, "Ross": it counts where it stands for a case (`pipeline.refine.nicknames`)."""
    return re.fullmatch(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", alias) is not None


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[‐‑‒–—−]", "-", name)).strip().lower()


def _tail(key: str) -> str:
    return key.partition(":")[2]
