"""Summaries, and what makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.model.document import Document


@dataclass(frozen=True, slots=True)
class Point:
    """One published sentence, verbatim: ``document.text[start:end] == text`` but for white-listed trims."""

    text: str
    start: int
    end: int
    role: Literal["decision", "order", "reason", "background"]
    short: bool = True  # it stands in the short summary too, of about 60 words


@dataclass(frozen=True, slots=True)
class Summary:
    """Points in document order, and exactly what made them."""

    document: str
    headline: str
    points: tuple[Point, ...]
    model: str
    revision: str
    parameters: str  # JSON, sorted keys
    input_hash: str  # hash over everything of the document the summarizer reads

    @property
    def short(self) -> tuple[Point, ...]:
        """What of it a reader in a hurry reads, about 60 words; nothing that the whole does not say."""
        return tuple(point for point in self.points if point.short)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document something is said."""

    document: str  # Document.id
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of what several articles report: a point of one article's summary, and where the others say it."""

    role: Literal["all", "several", "one"]  # how many of the articles say so
    text: str
    document: str
    start: int
    end: int
    also: tuple[Place, ...] = ()


class Summarizer(Protocol):
    """Documents in, summaries out, in the same order. Loads its model once, on first use."""

    name: str
    parameters: str

    @property
    def revision(self) -> str: ...

    def summarize(self, documents: Sequence[Document]) -> list[Summary]: ...

    def tell(self, story: Sequence[tuple[Document, Summary]]) -> tuple[Told, ...]:
        """What the articles of one story report together, and what only one of them does; in that order."""
        ...
