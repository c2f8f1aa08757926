"""The guard. What a summary says stands in its source, whole and with its quotation marks, or it is dropped.

Two checks. `grounded` runs on every summary: each point is the very words of its span. `Witnesses` stand before it
wherever a model has generated words: they let through only what one sentence of the source says in the same words.
Leaving words out is not enough to stay true ("made up half of the income" → "made up the income"), so nothing may be
left out but record citations and footnote marks; and what passes is published as the source has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model import Document, Point

# The white list. A record citation holds numbers and the names of records, nothing that could deny, allow or qualify:
# "(ECF 61 at 2)", "(Dkt. Nos. 12, 14; Tr. 8:3–9)", "(Compl. ¶¶ 4-6)".
_RECORD = r"(?:ECF|Dkts?|Docket|Docs?|D\.E|D\.I|Exs?|Exhibits?|Tr|Id|Compl|Decl|Opp[’']n|Mot|Br|Mem|R)\b\.?"
_PLACE = r"(?:Nos?\.?|at|¶+|§+|[A-Z]?\d[\d.:–\-]*|[A-Z])"
_CITED = rf"(?:[Ss]ee\s)?{_RECORD}(?:,?\s(?:and\s)?{_PLACE})*"
_ASIDE = rf"[(\[]{_CITED}(?:[;,]\s(?:and\s)?{_CITED})*\.?[)\]]"
_TRIM = re.compile(
    # After a full stop the citation brings its own: “… by email. (ECF 64 at 1).”
    rf"(?<=[.!?\"])\s{_ASIDE}\.?|\s?{_ASIDE}"
    # A footnote's mark follows a word or punctuation; after a digit or a unit ("12 m²") it is a power.
    r"|(?:(?<=[^\W\d_]{3})|(?<=[.,;:\"')\]]))[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
)
_ALIKE = str.maketrans("“”«»‘’‚‛`–—‑−\xad", "\"\"\"\"'''''----\x00")


def grounded(points: Sequence[Point], document: Document) -> tuple[Point, ...]:
    """The points that the document supports, in document order and without overlap."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda point: (point.start, point.end)):
        stands = (
            0 <= point.start < point.end <= len(document.text) and document.text[point.start : point.end] == point.text
        )
        apart = not kept or kept[-1].end <= point.start
        if stands and apart and balanced(point.text):
            kept.append(point)
    return tuple(kept)


def supports(source: str, claim: str) -> bool:
    """Whether ``claim`` is ``source`` word for word, white-listed trims apart.

    White space and the shape of quotation marks and dashes do not count; capitals, digits and punctuation do.
    """
    whole, at, pattern = _plain(source), 0, []
    for trim in _TRIM.finditer(whole):
        pattern += [re.escape(whole[at : trim.start()]), f"(?:{re.escape(trim[0])})?"]
        at = trim.end()
    return re.fullmatch("".join([*pattern, re.escape(whole[at:])]), _plain(claim)) is not None


class Witnesses:
    """Sentences of one source, asked whether one of them says what is claimed."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._saying: dict[str, list[int]] = defaultdict(list)
        for index, source in enumerate(sources):
            self._saying[_untrimmed(source)].append(index)

    def find(self, claim: str) -> int | None:
        """The first sentence that `supports` the claim, as its place in the sequence given; None where none does."""
        alike = self._saying.get(_untrimmed(claim), [])
        return next((index for index in alike if supports(self._sources[index], claim)), None)


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes, in order.

    A sentence cut out of a longer quotation would put the quoted party's words into our mouth. Single quotation marks
    are not judged: the closing one is also the apostrophe.
    """
    stack: list[str] = []
    for character in text:
        if character in _CLOSES:
            stack.append(_CLOSES[character])
        elif character in _CLOSES.values() and (not stack or stack.pop() != character):
            return False
    return not stack and text.count('"') % 2 == 0


_CLOSES = {"“": "”", "(": ")", "[": "]", "«": "»"}


def _plain(text: str) -> str:
    return " ".join(text.translate(_ALIKE).replace("\x00", "").split())


def _untrimmed(text: str) -> str:
    return _TRIM.sub("", _plain(text))
