"""Two versions of a filing, side by side in one text: what was taken out, what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_LONG = 1500  # words: beyond, two paragraphs are shown whole, one after the other

Word = tuple[Literal["same", "gone", "new"], str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some paragraphs: alike in both versions (then only counted and shown in ``text``) or changed, word by word."""

    alike: bool
    text: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()


def changes(old: str, new: str) -> list[Stretch]:
    """The new text from beginning to end, paragraph by paragraph, with what was taken out in its place."""
    before, after = _paragraphs(old), _paragraphs(new)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Stretch(alike=True, text=tuple(after[c:d])))
        else:
            found.append(Stretch(alike=False, words=tuple(_words("\n\n".join(before[a:b]), "\n\n".join(after[c:d])))))
    return found


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in re.split(r"\n[ \t]*\n", text) if paragraph.strip()]


def _words(old: str, new: str) -> Iterator[Word]:
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    if max(len(before), len(after)) > _LONG:
        yield from _one("gone", before)
        yield from _one("new", after)
        return
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from _one("same", after[c:d])
        else:
            yield from _one("gone", before[a:b])
            yield from _one("new", after[c:d])


def _one(kind: Literal["same", "gone", "new"], words: Sequence[str]) -> Iterator[Word]:
    if words:
        yield kind, "".join(words)
