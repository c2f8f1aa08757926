"""A filing's text as HTML in which every passage that a claim was read from can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_BREAK = re.compile(r"\n[ \t]*\n\s*")
_FOOTNOTE = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of the text as the element ``id``; ``back`` is the id of the claim they bear."""

    id: str
    kind: str  # point, ruling or date
    start: int
    end: int
    back: str | None = None
    label: str = ""


def page_of(offset: int, page_starts: Sequence[int]) -> int | None:
    """The page, from 1, that an offset into the text lies on; None for a text without pages."""
    return max(1, sum(start <= offset for start in page_starts)) if page_starts else None


def render(text: str, page_starts: Sequence[int] = (), marks: Iterable[Mark] = ()) -> Markup:
    """Paragraphs with ``<mark id>`` around each passage and a mark where each page begins.

    Points (sentences of the summary) are the outer marks, rulings and dates lie in or outside them. What would overlap
    is cut to what is left; a mark with nothing left keeps its id as an empty anchor, so that no link leads nowhere.
    """
    ordered = sorted((mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
    page = _Page(
        text,
        points=[mark for mark in ordered if mark.kind == "point"],
        details=[mark for mark in ordered if mark.kind != "point"],
        pages={start: number for number, start in enumerate(page_starts, 1) if 0 <= start < max(1, len(text))},
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

    def __init__(self, text: str, points: list[Mark], details: list[Mark], pages: dict[int, int]) -> None:
        self.text = text
        self.points = points
        self.details = details
        self.pages = pages
        self.written: set[str] = set()
        self.page_written = 0

    def paragraph(self, start: int, end: int) -> Markup:
        shape = _shape(self.text[start:end])
        opening = Markup('<p class="{}">').format(shape) if shape else Markup("<p>")
        # A page may begin in the white space before the paragraph.
        late = [number for at, number in self.pages.items() if at <= start and number > self.page_written]
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
        cuts = [at for at in sorted(self.pages) if start < at < end]
        for first, last in zip([start, *cuts], [*cuts, end], strict=True):
            if first in self.pages:
                out += self._page_mark([self.pages[first]])
            out += escape(self.text[first:last])
        return out

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
        return Markup(f'<{tag} class="{mark.kind}"{{}}>{{}}{{}}</{tag}>').format(  # noqa: S704 - both words are ours
            identity, inner, back
        )

    def _anchor(self, mark: Mark) -> Markup:
        if mark.id in self.written:
            return Markup()
        self.written.add(mark.id)
        return Markup('<span id="{}"></span>').format(mark.id)
