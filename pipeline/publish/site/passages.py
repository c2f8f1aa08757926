"""A filing's text as HTML in which every passage that a claim was read from can be pointed at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

_BREAK = re.compile(r"\n[ \t]*\n\s*")
_FOOTNOTE = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_DATE = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+\d{1,2},\s+(?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of the text as the element ``id``; ``back`` is the id of the claim they bear."""

    id: str
    kind: str  # point, ruling or date
    start: int
    end: int
    back: str | None = None
    label: str = ""


def page_of(offset: int, page_starts: Sequence[int], notes: Iterable[Mapping[str, Any]] = ()) -> int | None:
    """The page, from 1, that an offset into the text lies on; None for a text without pages.

    Footnotes stand behind the body and say themselves where they stood on paper.
    """
    foot = next((note["page"] for note in notes if note["start"] <= offset < note["end"]), None)
    if foot is not None:
        return int(foot)
    return max(1, sum(start <= offset for start in page_starts)) if page_starts else None


def parties_in(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """Of ``names`` (name → what it is in the matter) those that can be told from plain words in this text.

    A party called Alter or Denial is left unmarked where the text also says “alter” or “denial”.
    """
    return {
        name: role
        for name, role in names.items()
        if " " in name or not re.search(rf"\b{re.escape(name.lower())}\b", text) or name.islower()
    }


def render(
    text: str, page_starts: Sequence[int] = (), marks: Iterable[Mark] = (), parties: Mapping[str, str] | None = None
) -> Markup:
    """Paragraphs with ``<mark id>`` around each passage, a mark where each page begins, dates and parties marked.

    Points (sentences of the summary) are the outer marks, rulings and dates lie in or outside them. What would overlap
    is cut to what is left; a mark with nothing left keeps its id as an empty anchor, so that no link leads nowhere.
    ``parties`` are names and what each is (plaintiff, defendant); written dates become ``<time>``.
    """
    ordered = sorted((mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
    page = _Page(
        text,
        points=[mark for mark in ordered if mark.kind == "point"],
        details=[mark for mark in ordered if mark.kind != "point"],
        pages={start: number for number, start in enumerate(page_starts, 1) if 0 <= start < max(1, len(text))},
        parties=parties or {},
    )
    return Markup("\n").join(page.paragraph(start, end) for start, end in _paragraphs(text))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs that hold anything but white space."""
    edges = [0]
    for gap in _BREAK.finditer(text):
        edges += gap.span()
    edges.append(len(text))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]


def _shape(paragraph: str) -> str:
    if _FOOTNOTE.match(paragraph):
        return "footnote"
    if len(paragraph) >= 90 or "\n" in paragraph:
        return ""
    letters = [character for character in paragraph if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return "heading" if letters and capitals > 0.9 * len(letters) else ""


class _Page:
    """Writes paragraphs in order and remembers which ids it has written."""

    def __init__(
        self, text: str, points: list[Mark], details: list[Mark], pages: dict[int, int], parties: Mapping[str, str]
    ) -> None:
        self.text = text
        self.points = points
        self.details = details
        self.pages = pages
        self.cuts = sorted(pages)
        self.roles = {name.casefold(): role for name, role in parties.items()}
        longest_first = sorted(parties, key=lambda name: (-len(name), name))
        spelled = [form for name in longest_first for form in dict.fromkeys((re.escape(name), re.escape(name.upper())))]
        self.names = re.compile(rf"\b(?:{'|'.join([*spelled, _DATE])})(?!\w)")
        self.written: set[str] = set()
        self.begun = 0  # pages whose beginning lies before the paragraph at hand
        self.page_written = 0

    def paragraph(self, start: int, end: int) -> Markup:
        shape = _shape(self.text[start:end])
        opening = Markup('<p class="{}">').format(shape) if shape else Markup("<p>")
        # A page may begin in the white space before the paragraph.
        begun = bisect_right(self.cuts, start)
        late = [self.pages[at] for at in self.cuts[self.begun : begun]]
        self.begun = begun
        return opening + self._page_mark(late) + self._layer(start, end, self.points, outer=True) + Markup("</p>")

    def _layer(self, start: int, end: int, marks: list[Mark], *, outer: bool) -> Markup:
        """The text from start to end with one layer of marks; the outer layer holds the inner one."""
        out, at = Markup(), start
        for mark in marks:
            if mark.end <= start or mark.start >= end:
                continue
            first, last = max(mark.start, at), min(mark.end, end)
            if first >= last:
                out += self._anchor(mark)
                continue
            out += self._between(at, first, outer=outer)
            inner = self._between(first, last, outer=outer)
            out += self._element(mark, inner, ends=last in {mark.end, end})
            at = last
        return out + self._between(at, end, outer=outer)

    def _between(self, start: int, end: int, *, outer: bool) -> Markup:
        return self._layer(start, end, self.details, outer=False) if outer else self._words(start, end)

    def _words(self, start: int, end: int) -> Markup:
        out = Markup()
        cuts = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        for first, last in zip([start, *cuts], [*cuts, end], strict=True):
            if first in self.pages:
                out += self._page_mark([self.pages[first]])
            out += self._named(self.text[first:last])
        return out

    def _named(self, words: str) -> Markup:
        """Words with the dates and the parties among them marked."""
        out, at = [], 0
        for found in self.names.finditer(words):
            out += [escape(words[at : found.start()]), self._name(found[0])]
            at = found.end()
        return Markup().join([*out, escape(words[at:])])

    def _name(self, name: str) -> Markup:
        role = self.roles.get(name.casefold())
        if role is not None:
            return Markup('<span class="party {0}" title="{0}">{1}</span>').format(role, name)
        try:
            day = datetime.strptime(" ".join(name.split()), "%B %d, %Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:  # February 30
            return escape(name)
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), name)

    def _page_mark(self, numbers: list[int]) -> Markup:
        fresh = [number for number in sorted(numbers) if number > self.page_written]
        if not fresh:
            return Markup()
        self.page_written = fresh[-1]
        mark = Markup('<span class="page" id="page-{0}"><span class="unseen">page </span>{0}</span>')
        return Markup().join(mark.format(number) for number in fresh)

    def _element(self, mark: Mark, inner: Markup, *, ends: bool) -> Markup:
        tag = "mark" if mark.kind == "point" else "span"
        identity = Markup() if mark.id in self.written else Markup(' id="{}"').format(mark.id)
        self.written.add(mark.id)
        back = Markup()
        if mark.back and ends and f"{mark.id}-back" not in self.written:
            self.written.add(f"{mark.id}-back")
            back = Markup('<a class="back" href="#{}" aria-label="{}">{}</a>').format(
                mark.back, f"back to sentence {mark.label} of the summary", mark.label
            )
        # A passage that goes over several paragraphs has its id once and its name in each.
        named = f"{mark.kind} {mark.id}" if mark.kind == "point" else mark.kind
        return Markup(f'<{tag} class="{{}}"{{}}>{{}}{{}}</{tag}>').format(  # noqa: S704 - the tag is ours
            named, identity, inner, back
        )

    def _anchor(self, mark: Mark) -> Markup:
        if mark.id in self.written:
            return Markup()
        self.written.add(mark.id)
        return Markup('<span id="{}"></span>').format(mark.id)
