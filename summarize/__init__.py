"""ROOM 3 · a document in, a summary out: verbatim sentences, each with its place in the source.

The only room that imports torch and transformers, and it does so when the first document is summarized: asking for a
summarizer costs nothing.
"""

from __future__ import annotations

from pipeline.errors import ModelError
from pipeline.model import Summarizer
from summarize.compose import input_hash
from summarize.extractive import Extractive
from summarize.lead import Lead

__all__ = ["MODELS", "input_hash", "load"]

MODELS = ("extractive", "lead")


def load(name: str = "extractive", *, words: int = 120) -> Summarizer:
    """The summarizer of that name, whose prose keeps to ``words`` words (a first sentence alone may be longer).

    Raises `ModelError` for a name it does not know and for a model that is not installed.
    """
    if words < 1:
        raise ModelError(name, f"a summary of {words} words is none", "ask for at least one")
    if name == "extractive":
        return Extractive(words=words)
    if name == "lead":
        return Lead(words=words)
    raise ModelError(name, "no such summarizer", f"choose one of: {', '.join(MODELS)}")
