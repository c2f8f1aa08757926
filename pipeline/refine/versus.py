"""Captions as running text writes them: "Kadrey v. Meta". A name that goes on is another name: "v. Apple Valley"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.refine.nicknames import OF_A_CASE
from pipeline.refine.parties import Sides, Token, tokenize

_VERSUS = re.compile(r"\s(?:v|vs|versus)\b\.?(?=\s)")
_ROOM = 90  # characters on either side of "v." in which a party is named

# Words in capitals that are no part of the name before them: they begin another phrase, or say what case it is …
_ANOTHER_PHRASE = re.compile(rf"(?:AI|Copyright|Class|Judge|Justice|Nos?|Docket|Dkt|(?i:{OF_A_CASE}))")
# … nor of the name after them: they begin a sentence, or lead up to a case.
_OPENER = re.compile(
    r"About|After|Against|And|As|At|Before|Beyond|Both|But|By|Case|Cf|Citing|Did|Does|Following|For|From|How|In|Inside"
    r"|Is|Like|Of|On|Or|Per|Post|Re|See|Since|The|To|Under|Unlike|Was|What|When|Where|Why|With"
)
_BEFORE = re.compile(r"([A-Z][\w’'-]*)\.?[^\S\n](?:(?:of|&)[^\S\n])?$")
_AFTER = re.compile(r"[^\S\n](?:(?:of|&)[^\S\n])?([A-Z][\w’'-]*)")
_SMALL = re.compile(r"(?<![\w’'-])(?!(?:with|from|over|that|into|after|than|upon|against|about|under)\b)[a-z]\w{3,}")


def captions(text: str, known: Iterable[Sides], *, ours: Callable[[], bool]) -> Iterator[dict[Sides, str]]:
    """For each "v." of a text, the captions that may be meant there, each with its words; those of the longest
    plaintiff alone. ``ours``: whether the text is perhaps about our subject.
    """
    for versus in _VERSUS.finditer(text):
        before = [t for t in tokenize(text, max(0, versus.start() - _ROOM), versus.start()) if t.counts]
        after = [t for t in tokenize(text, versus.end(), min(len(text), versus.end() + _ROOM)) if t.counts]
        found = {
            side: text[start[0].start : end[-1].end]
            for side in known
            if (start := _named(before[::-1], side.plaintiff[::-1])[::-1])
            and (end := _named(after, side.defendant))
            and (side.person or not _goes_on_before(text, start, ours=ours))
            and not _goes_on_after(text, end, ours=ours)
        }
        longest = max((len(side.plaintiff) for side in found), default=0)
        yield {side: words for side, words in found.items() if len(side.plaintiff) == longest}


def _named(tokens: list[Token], wanted: tuple[str, ...]) -> list[Token]:
    """The first tokens, where they are the wanted words, written apart or as one: "ElevenLabs"."""
    words = [token.word for token in tokens[: len(wanted)]]
    if tuple(words) == wanted:
        return tokens[: len(wanted)]
    return tokens[:1] if words[:1] == ["".join(wanted)] else []


def _goes_on_before(text: str, name: list[Token], *, ours: Callable[[], bool]) -> bool:
    more = _BEFORE.search(text[max(0, name[0].start - _ROOM) : name[0].start])
    if more is None or _OPENER.fullmatch(more[1]) or not Token(more[1], 0, 0).counts:
        return False
    return _are_one_name(text, name[0].start - len(more[0]), name[-1].end, ours=ours)


def _goes_on_after(text: str, name: list[Token], *, ours: Callable[[], bool]) -> bool:
    more = _AFTER.match(text, name[-1].end)
    if more is None or _ANOTHER_PHRASE.fullmatch(more[1]) or not Token(more[1], 0, 0).counts:
        return False
    return _are_one_name(text, name[0].start, more.end(), ours=ours)


def _are_one_name(text: str, start: int, end: int, *, ours: Callable[[], bool]) -> bool:
    """Whether words in capitals are one name. In a headline that has every word in capitals they are where the text
    has them together elsewhere, or where it is not about our subject.
    """
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return bool(_SMALL.search(line)) or not ours() or text.count(text[start:end]) > 1
