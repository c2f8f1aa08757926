"""The guard. Every sentence of a summary stands in its source, whole and with its quotation marks, or is dropped."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Document, Point


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
