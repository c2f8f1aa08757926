"""The honest baseline: the first sentences of the document, as many as the budget holds."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Document, Summary, Told
from summarize.candidates import Candidate, candidates
from summarize.compose import compose, parameters


class Lead:
    """A `pipeline.model.Summarizer` without a model."""

    name = "lead"
    revision = "1"

    def __init__(self, *, words: int) -> None:
        self.words = words
        self.parameters = parameters(words=words)

    def summarize(self, documents: Sequence[Document]) -> list[Summary]:
        return [self._one(document) for document in documents]

    def tell(self, story: Sequence[tuple[Document, Summary]]) -> tuple[Told, ...]:
        """Nothing: without a model nobody knows whether two sentences say the same."""
        del story
        return ()

    def _one(self, document: Document) -> Summary:
        chosen: list[Candidate] = []
        left = self.words
        for candidate in candidates(document):
            if chosen and candidate.words > left:
                break
            chosen.append(candidate)
            left -= candidate.words
        return compose(document, chosen, self)
