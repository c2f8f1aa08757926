"""The statutes and cases a paper cites, by eyecite's tokenizer (https://github.com/freelawproject/eyecite).

eyecite knows some 3,000 reporters and codes by the spellings courts use. It is run over the stretches in which a
citation may stand, found by its digits: the same citations as over the whole text, in a tenth of the time. Nothing else
imports eyecite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import Passage, Reading

if TYPE_CHECKING:
    from eyecite.models import CitationToken, TokenExtractor
    from eyecite.tokenizers import Tokenizer

# Volume, reporter and page ("598 U.S. 508"), or a code. It begins with all its first characters: `re` then skips ahead.
_LIKELY = re.compile(
    r"[\d§CU](?:(?<=\b\d)\d{0,3}\s+[A-Z][\w.’'& ]{0,30}?\s*§{0,2}\s*\d"
    r"|(?<=§)|(?<=\bC)\.\s?F\.\s?R|(?<=\bU)\.\s?S\.\s?C)"
)
_ROOM = 60  # characters around, for what stands between title, code and section
_NAME = re.compile(
    r"(?:\b[A-Z][\w.’'&-]*(?:,?\s+(?:[A-Z&][\w.’'&-]*|of|the|for|and|de|ex\s+rel\.))*\s+v\.\s+[A-Z][^;()\n]{1,90}?"
    r"|\bIn\s+re:?\s+[A-Z][^;()\n]{2,90}?),\s*$"
)
_SIGNAL = re.compile(
    r"^(?:(?:See|Cf\.?|In|Accord|But|Compare|Contra|Under|Citing|E\.g\.,?|also|generally)\s+)+(?=[A-Z])"
)
_SUBSECTION = re.compile(r"(?:\([A-Za-z0-9]{1,4}\))+")
_NEXT_SECTION = re.compile(
    r"(?:,\s|,?\s(?:and|&|or)\s)(\d{2,5}[a-z]?(?:\([A-Za-z0-9]{1,4}\))*)(?![\w.]*\s[A-Z]\.)(?![\d,])"
)


def find_citations(text: str) -> tuple[Reading, ...]:
    """Each statute ("17 U.S.C. § 107(1)") and case ("598 U.S. 508") once, where it is first cited in full.

    The words of a case are its name, where the text gives one, and the citation. Confidence is .98, and .8 where the
    spelling is not the reporter's own.
    """
    found: dict[tuple[str, str], Reading] = {}
    for start, token in _tokens(text):
        for reading in _readings(text, start, token):
            found.setdefault((reading.what, reading.value), reading)
    return tuple(found.values())


def _tokens(text: str) -> Iterator[tuple[int, CitationToken]]:
    """Citations in full and the offset of the stretch they were found in."""
    stretches: list[list[int]] = []
    for match in _LIKELY.finditer(text):
        start, end = max(0, match.start() - _ROOM), match.end() + _ROOM
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = end
        else:
            stretches.append([start, end])
    if not stretches:
        return
    from eyecite.models import CitationToken  # noqa: PLC0415 - half a second, and only papers that cite need it

    tokenizer = _tokenizer()
    for start, end in stretches:
        for _, token in tokenizer.tokenize(text[start:end])[1]:
            if isinstance(token, CitationToken) and not token.short:
                yield start, token


@cache
def _tokenizer() -> Tokenizer:
    """The one of eyecite, which tells its extractors apart by a hash of their printed form; here by what they are.

    That was a third of its time, and their order no longer changes from process to process.
    """
    from eyecite.tokenizers import Tokenizer, default_tokenizer  # noqa: PLC0415

    always = [extractor for extractor in default_tokenizer.extractors if not extractor.strings]
    exact, folded = default_tokenizer.case_sensitive_filter, default_tokenizer.case_insensitive_filter

    class ByIdentity(Tokenizer):
        def get_extractors(self, text: str) -> Iterable[TokenExtractor]:
            bare = "".join(text.split())
            found = (each for _, some in (*exact.iter(bare), *folded.iter(bare.lower())) for each in some)
            return {id(each): each for each in (*always, *found)}.values()

    return ByIdentity()


def _readings(text: str, offset: int, token: CitationToken) -> Iterator[Reading]:
    start, end = offset + token.start, offset + token.end
    editions = token.exact_editions or token.variation_editions
    kinds = {edition.reporter.source for edition in editions}
    sure = 0.98 if token.exact_editions and len({edition.reporter for edition in editions}) == 1 else 0.8
    reporter = editions[0].short_name
    if "reporters" in kinds:
        named = _NAME.search(text, max(0, start - 200), start)
        first = named.start() if named else start
        if named and (signal := _SIGNAL.match(named[0])):
            first += signal.end()
        value = f"{token.groups['volume']} {reporter} {token.groups['page']}"
        yield Reading("case", value, Passage(first, end, text[first:end]), sure)
    elif "laws" in kinds and token.groups.get("section"):
        if more := _SUBSECTION.match(text, end):
            end = more.end()
        # "Cal. Penal Code", where eyecite's own name for it is "Cal. Code".
        name = token.groups["reporter"] if token.groups.get("subject") else reporter
        code = " ".join(filter(None, (token.groups.get("title") or token.groups.get("chapter"), name)))
        section = token.groups["section"] + (more[0] if more else "")
        yield Reading("statute", f"{code} § {section}", Passage(start, end, text[start:end]), sure)
        while "§§" in text[start:end] and (next_ := _NEXT_SECTION.match(text, end)):  # §§ 106, 501 and 504(c)
            end = next_.end()
            yield Reading("statute", f"{code} § {next_[1]}", Passage(start, end, text[start:end]), sure)
