"""Words in capitals, as courts set captions and headings, spelled as names and titles are printed."""

from __future__ import annotations

import re
from functools import lru_cache

_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "under", "with", "re",
     "v.", "vs.", "et", "al.", "al.,", "dba", "ex", "rel."}
)  # fmt: skip
_KEPT = re.compile(
    r"(?:LL[CP]|PLLC|PBC|L\.?P|N\.?A|AI|USA|MDL|ADR|DMCA|ECF|TRO|U\.S\.(?:A\.)?|[IVX]{2,4}|[A-Z]&[A-Z]|[A-Z](?:\.[A-Z])+)\.?,?",
    re.IGNORECASE,
)
_EDGES = "\"“”‘[](){}.,;:*’'"


def mixed(words: str, text: str = "") -> str:
    """Words in capitals as ``text`` spells them elsewhere, else by rule; what is in mixed case already stays.

    "LUMENFORGE, INC. COPYRIGHT LITIGATION" → "Lumenforge, Inc. Copyright Litigation".
    """
    return re.sub(r"\S+", lambda word: _word(word[0], text), words)


def sentence(title: str, text: str) -> str:
    """A title in capitals throughout as other titles are told: small after the first letter, but for abbreviations, and
    for names, which ``text`` has in capitals within its sentences and never in small letters. A name that stands
    nowhere but in capitals cannot be told from a word.

    "MDL CONFERENCE ON QUARTO LOGS" → "MDL conference on Quarto logs".
    """
    if not title.isupper() or len(title) < 5:
        return title
    names = {word.lower(): word for word in re.findall(r"(?<=[a-z,] )[A-Z]\w*[a-z]\w*", text)}
    names = {small: word for small, word in names.items() if not re.search(rf"\b{small}\b", text)}
    _, acronyms = _spellings(text)

    def told(word: re.Match[str]) -> str:
        kept = _KEPT.fullmatch(word[0]) or word[0] in acronyms
        return word[0] if kept else names.get(word[0].lower(), word[0].lower())

    said = re.sub(r"[^\W\d_](?:[\w.&]*\w)?", told, title)
    return said[0].upper() + said[1:]


def name(words: str, text: str) -> str:
    """A name in capitals as ``text`` spells the whole of it elsewhere, else word by word."""
    bare = words.strip(" ,")
    spelled = re.compile(r"\s+".join(map(re.escape, bare.split())), re.IGNORECASE)
    printed = (" ".join(found[0].split()) for found in spelled.finditer(text))
    elsewhere = next((found for found in printed if re.search(r"[a-z]{2}", found) and found[:1].isupper()), None)
    return words.replace(bare, elsewhere) if elsewhere else mixed(words, text)


def _word(word: str, text: str) -> str:
    core = word.strip(_EDGES)
    if not core or not core.isupper() or _KEPT.fullmatch(core):
        return word
    if word.lower() in _SMALL:
        return word.lower()
    printed, acronyms = _spellings(text)
    if core in acronyms:
        return word
    by_rule = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), core) if "-" in core else core.capitalize()
    return word.replace(core, printed.get(core.lower(), by_rule))


@lru_cache(maxsize=2)  # one paper's heading and caption are asked about word by word
def _spellings(text: str) -> tuple[dict[str, str], frozenset[str]]:
    """How a text spells words outside capitals, by their small letters; and acronyms: capitals amid small letters."""
    printed: dict[str, str] = {}
    for word in re.findall(r"\b[A-Z]\w*[a-z]\w*(?:\.\w+)?", text):
        printed.setdefault(word.lower(), word)
    return printed, frozenset(re.findall(r"[a-z]{2},? ([A-Z]{2,5}) (?=(?:\w+ )?[a-z]{2})", text))
