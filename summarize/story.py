"""What the articles of one story report together, and what only one of them does.

Only sentences of the articles' own summaries are told, so that no more of anybody's article is quoted than before.
Whether another article says the same is looked up in all of its sentences: near in meaning, with the same numbers and
dates, and not the other way round ("granted" beside "denied", a "not" more or less).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pipeline.model import Document, Place, Point, Summary, Told
from summarize.encoder import Encoder
from summarize.sentences import Sentence, sentences

if TYPE_CHECKING:
    import torch

Role = Literal["all", "several", "one"]

SAME = 0.66  # cosine of MiniLM from which two sentences of one story are taken to report the same
APART = 0.5  # below it the other article is taken not to report it at all; between the two nothing is claimed
_MOST: dict[Role, int] = {"all": 3, "several": 2, "one": 3}
_WEIGHT = {"decision": 0, "order": 1, "reason": 2, "background": 3}
_NUMBER = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?<![\d,.$])(?:19|20)\d\d(?![\d,])")
_NOT = re.compile(r"\b(?:not|never|no|nor|neither|without|cannot|declined|refused|failed)\b|n[’']t\b", re.IGNORECASE)
_OUTCOMES = (
    re.compile(r"\b(?:grant|allow|approv|uph[eo]ld|affirm|revive|side[sd]? with)", re.IGNORECASE),
    re.compile(r"\b(?:den(?:y|ies|ied|ial)|reject|dismiss|toss|threw out|revers|overturn|block|vacat)", re.IGNORECASE),
)


def tell(story: Sequence[tuple[Document, Summary]], encoder: Encoder) -> tuple[Told, ...]:
    """What all articles report, then what several do, then what only one does: each in the articles' order.

    A point that another article may or may not report (its likeness is neither near nor far) is not told.
    """
    if len(story) < 2:
        return ()
    bodies = [[one for one in sentences(document.text) if one.kind == "sentence"] for document, _ in story]
    vectors = [encoder.encode([one.text for one in body]) for body in bodies]
    told: list[tuple[tuple[int, int, int], Told]] = []
    known: list[torch.Tensor] = []
    for number, (document, summary) in enumerate(story):
        weighty = sorted(summary.points, key=lambda point: (_WEIGHT[point.role], point.start))
        for point, vector in zip(weighty, encoder.encode([point.text for point in weighty]), strict=True):
            if any(float(vector @ other) >= SAME for other in known):
                continue
            others = [at for at in range(len(story)) if at != number]
            found = [_saying(point, vector, bodies[at], vectors[at]) for at in others]
            role = _role(found)
            if role is None:
                continue
            known.append(vector)
            also = tuple(
                Place(story[at][0].id, one.start, one.end)
                for at, one in zip(others, found, strict=True)
                if isinstance(one, Sentence)
            )
            order = (list(_MOST).index(role), _WEIGHT[point.role], number)
            told.append((order, Told(role, point.text, document.id, point.start, point.end, also)))
    told.sort(key=lambda pair: pair[0])
    return tuple(kept for role, most in _MOST.items() for kept in [one for _, one in told if one.role == role][:most])


def _saying(point: Point, vector: torch.Tensor, body: Sequence[Sentence], vectors: torch.Tensor) -> Sentence | bool:
    """The sentence that says the same; False where none comes near; True where one may."""
    if not body:
        return False
    likeness = vectors @ vector
    best = int(likeness.argmax())
    if float(likeness[best]) >= SAME and agrees(point.text, body[best].text, " ".join(one.text for one in body)):
        return body[best]
    return float(likeness[best]) >= APART


def _role(found: Sequence[Sentence | bool]) -> Role | None:
    saying = sum(isinstance(one, Sentence) for one in found)
    if saying == len(found):
        return "all"
    if saying:
        return "several"
    return None if any(found) else "one"


def agrees(sentence: str, other: str, whole: str) -> bool:
    """Whether nothing in ``other`` speaks against it: numbers of the one all stand in the ``whole`` other article.

    A year need not stand there where the other names none.
    """
    numbers = _numbers(sentence)
    if not _YEAR.search(other):
        numbers = {number for number in numbers if not _YEAR.fullmatch(number)}
    if not numbers <= _numbers(whole):
        return False
    if bool(_NOT.search(sentence)) != bool(_NOT.search(other)):
        return False
    outcomes = [{n for n, way in enumerate(_OUTCOMES) if way.search(text)} for text in (sentence, other)]
    return not outcomes[0] or not outcomes[1] or bool(outcomes[0] & outcomes[1])


def _numbers(text: str) -> set[str]:
    return {number.rstrip(".,") for number in _NUMBER.findall(text)}
