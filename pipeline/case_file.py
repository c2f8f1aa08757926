"""One matter, one TOML file: read strictly, written by `docketwire case new`.

`docs/add-a-case.md` shows a whole file. A wrong file stops the reading with its name, line and key: a misspelt key that
is silently dropped is how a tracker comes to point at another case.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.court_names import all_courts
from pipeline.docket_number import docket_key
from pipeline.errors import RegistryError
from pipeline.model import Docket, Fact, Matter

ROLES = ("lead", "member", "related", "transferred", "remanded", "appeal")
_FACTS = {"judge", "court", "status"}

Place = tuple[int, ...]


class CaseFile:
    """One TOML file and the line each of its keys stands on."""

    def __init__(self, path: Path, *, slug: str | None = None) -> None:
        self.path = path
        self.slug = slug or path.stem
        try:
            self.text = path.read_text(encoding="utf-8")
            self.values = tomllib.loads(self.text)
        except (OSError, UnicodeDecodeError) as error:
            raise RegistryError(path, f"cannot be read: {error}") from error
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise RegistryError(f"{path}:{line[1]}" if line else path, f"not TOML: {error}") from error

    def error(self, key: str, what: str, remedy: str = "", *, place: Place = ()) -> RegistryError:
        """``place``: () for the file's head, (2,) for its third docket, (2, 0) for the first fact of its history."""
        return RegistryError(f"{self.path}:{self._line(key, place)}", f"{key}: {what}", remedy)

    def _line(self, key: str, place: Place) -> int:
        """Line of ``key`` in its section; the section's first line when it is missing."""
        docket, fact, first = -1, -1, 1
        here: Place = ()
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(r"\s*\[\[\s*dockets\s*\]\]", line):
                docket, fact = docket + 1, -1
                here = (docket,)
                first = number if here == place else first
            elif re.match(r"\s*\[\[\s*dockets\s*\.\s*history\s*\]\]", line):
                fact += 1
                here = (docket, fact)
                first = number if here == place else first
            if here == place and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return number
        return first

    def matter(self) -> Matter:
        values = self.values
        self._only_known(values, {field.name for field in fields(Matter)}, ())
        tables = values.get("dockets")
        if not isinstance(tables, list) or not tables:
            raise self.error("dockets", "missing", "write a [[dockets]] section for the lead docket")
        take = self._taker(values, ())
        slug, court = take("slug", _text), take("court", _court)
        if slug != self.slug:
            raise self.error("slug", f"{slug!r} is not the file's name", f"write {self.slug!r}")
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
        place = (index,)
        self._only_known(values, {field.name for field in fields(Docket)} - {"key"}, place)
        take = self._taker(values, place)
        court = take("court", _court, court_of_matter)
        number = take("number", _text)
        key = docket_key(number, court)
        if key is None:
            raise self.error("number", f"{number!r} is not how {court} writes a docket number", place=place)
        role = take("role", _text)
        if role not in ROLES or (role == "lead") != (index == 0):
            allowed = "lead" if index == 0 else ", ".join(ROLES[1:])
            raise self.error("role", f"{role!r} cannot be docket {index + 1}", f"allowed here: {allowed}", place=place)
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
            history=tuple(self._fact(table, (*place, n)) for n, table in enumerate(take("history", _tables, ()))),
        )

    def _fact(self, values: dict[str, Any], place: Place) -> Fact:
        self._only_known(values, _FACTS | {"since", "until", "evidence"}, place)
        take = self._taker(values, place)
        told = [what for what in ("judge", "court", "status") if what in values]
        if len(told) != 1:
            raise self.error("history", "says not exactly one of judge, court and status", place=place)
        since, until = take("since", _day, None), take("until", _day, None)
        if since and until and until < since:
            raise self.error("until", f"{until} is before {since}", place=place)
        value = take(told[0], _court if told[0] == "court" else _text)
        return Fact(told[0], value, take("evidence", _text), since, until)

    def _taker(self, values: dict[str, Any], place: Place) -> Callable[..., Any]:
        def take(key: str, read: Callable[[Any], Any], *default: Any) -> Any:
            if key not in values:
                if default:
                    return default[0]
                raise self.error(key, "missing", place=place)
            try:
                return read(values[key])
            except ValueError as error:
                raise self.error(key, str(error), place=place) from None

        return take

    def _only_known(self, values: dict[str, Any], known: set[str], place: Place) -> None:
        # Said before anything is found missing: the misspelt key is the missing one.
        for key in values.keys() - known:
            raise self.error(key, "unknown key", f"known keys are {', '.join(sorted(known))}", place=place)


# ------------------------------------------------------------------------------------------------ values, read strictly


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text in quotes, not {value!r}")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f'must be a list of texts, ["…"], not {value!r}')
    for item in value:
        if value.count(item) > 1:
            raise ValueError(f"says {item!r} twice")
    return tuple(value)


def _tables(value: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"must be [[dockets.history]] sections, not {value!r}")
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
    if _text(value) not in all_courts():
        raise ValueError(f"unknown court {value!r}; use its courts-db id, as in CourtListener's addresses")
    return str(value)


# ------------------------------------------------------------------------------------------------ writing


def write_case(
    folder: Path,
    slug: str,
    *,
    caption: str,
    court: str,
    number: str,
    evidence: Sequence[str],
    checked: date,
    judge: Sequence[str] = (),
    plaintiff: Sequence[str] = (),
    defendant: Sequence[str] = (),
    filed: date | None = None,
    url: str | None = None,
) -> Path:
    """A new case file with one docket, read back before it stands. Returns its path.

    Raises `RegistryError` when the file exists or what was given would be refused by the reader.
    """
    path = folder / f"{slug}.toml"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise RegistryError(slug, "is no slug", "small letters, digits and single hyphens: quill-v-lumenode")
    if path.exists():
        raise RegistryError(path, "exists already", "choose another slug, or edit the file")
    head = {
        "slug": slug, "caption": caption, "court": court, "plaintiffs": list(plaintiff),
        "defendants": list(defendant), "checked": checked, "evidence": list(evidence),
    }  # fmt: skip
    docket = {"number": number, "court": court, "role": "lead", "judges": list(judge), "filed": filed, "url": url}
    text = f"{_toml(head)}\n[[dockets]]\n{_toml(docket)}"
    draft = path.with_suffix(".toml.new")
    try:
        draft.write_text(text, encoding="utf-8")
        CaseFile(draft, slug=slug).matter()
        draft.rename(path)
    except OSError as error:
        raise RegistryError(path, f"cannot be written: {error.strerror}", "check the folder") from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def add_docket(path: Path, *, number: str, court: str, role: str, caption: str | None = None) -> None:
    """Put one more docket at the end of a case file. Raises `RegistryError` when the reader would refuse the result."""
    before = CaseFile(path)
    docket = _toml({"number": number, "court": court, "role": role, "caption": caption})
    draft = path.with_suffix(".toml.new")
    try:
        draft.write_text(f"{before.text.rstrip()}\n\n[[dockets]]\n{docket}", encoding="utf-8")
        CaseFile(draft, slug=path.stem).matter()
        draft.replace(path)
    except OSError as error:
        raise RegistryError(path, f"cannot be written: {error.strerror}", "check the folder") from error
    finally:
        draft.unlink(missing_ok=True)


def _toml(table: dict[str, Any]) -> str:
    # JSON's strings and lists are TOML's, but for one character; dates are written bare.
    def value(known: Any) -> str:
        return (
            known.isoformat()
            if isinstance(known, date)
            else json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007f")
        )

    return "".join(f"{key} = {value(known)}\n" for key, known in table.items() if known)
