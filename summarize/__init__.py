"""ROOM 3 · a document in, a summary out: verbatim sentences, each with its place in the source.

The only room that imports torch and transformers, and it does so when the first document is summarized: asking for a
summarizer costs nothing. So `summarize.subject` is here too, which reads news as a whole and says whether it is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.model import Document, Summarizer
from summarize.abstractive import Abstractive
from summarize.compose import input_hash
from summarize.explain import explain as _explain
from summarize.explain import lines
from summarize.extractive import Extractive
from summarize.lead import Lead
from summarize.onnx import OnnxEncoder

__all__ = ["MODELS", "explain", "input_hash", "load"]

MODELS = ("extractive", "lead")


def load(name: str = "extractive", *, words: int = 150, onnx: Path | None = None) -> Summarizer:
    """The summarizer of that name, whose prose keeps to ``words`` words (a first sentence alone may be longer).

    A folder, or the owner/name of a model on the Hugging Face hub, is a model that writes text: see
    `summarize.abstractive`. It is loaded, and fetched, when the first document is summarized. ``onnx`` is a folder:
    sentences are then encoded by ONNX Runtime in int8, with a model that is made there (`summarize.onnx`).

    Raises `ModelError` for a name it does not know and for a model that is not installed.
    """
    if words < 1:
        raise ModelError(name, f"a summary of {words} words is none", "ask for at least one")
    if name == "extractive":
        return Extractive(OnnxEncoder(onnx) if onnx else None, words=words)
    if name == "lead":
        return Lead(words=words)
    if "/" in name or (name and Path(name).is_dir()):
        return Abstractive(name, Extractive(OnnxEncoder(onnx) if onnx else None, words=words))
    remedy = f"choose one of: {', '.join(MODELS)}; or a folder or owner/name of a model that writes text"
    raise ModelError(name, "no such summarizer", remedy)


def explain(document: Document, summarizer: Summarizer) -> Iterator[str]:
    """Lines that say why each sentence of the document is in its summary, or is not.

    Raises `ModelError` for a summarizer that ranks nothing.
    """
    if not isinstance(summarizer, Extractive):
        raise ModelError(summarizer.name, "ranks no sentences", "explain the extractive summary")
    return lines(_explain(document, summarizer))
