"""Dockets nobody follows yet that look like ours, for a person to decide on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pipeline.model import Candidate, DocketEntry, DocketLink, Document
from pipeline.registry import Registry

# Companies whose business is AI, and words of it: large companies are sued over much else.
_AI = re.compile(
    r"\b(?:artificial intelligence|generative|large language models?|AI|OpenAI|Anthropic|Midjourney|Suno|Udio"
    r"|Perplexity|Stability AI|Uncharted Labs|Cohere|xAI|X\.AI|Character\.?AI|Character Technologies|ElevenLabs"
    r"|Runway AI|MiniMax|Databricks|Together Computer|LAION|EleutherAI|Mistral|DeepSeek|ChatGPT|Copilot"
    r"|Stable Diffusion)\b"
)
_COPYRIGHT = re.compile(r"\bcopyrights?\b|\bDMCA\b|\b17:\s?(?:101|106|501|1201|1202)\b|\binfring\w+", re.IGNORECASE)


def from_entry(entry: DocketEntry, *, at: datetime, cause: str | None = None) -> Candidate | None:
    """The candidate that an entry opens, if any.

    Its caption or words must speak of AI, and either of copyright (``cause`` is the docket's statute or nature of
    suit) or open a suit: what a new complaint is about is not said in a feed.
    """
    words = f"{entry.caption or ''} {entry.description}"
    ai, claimed = _AI.search(words), _COPYRIGHT.search(f"{words} {cause or ''}")
    if ai is None or not (claimed or entry.type == "complaint"):
        return None
    about = f"copyright: {claimed[0]}" if claimed else "a new complaint"
    evidence = entry.description[:300] or entry.caption or ""
    return Candidate(entry.docket, entry.caption, f"AI: {ai[0]}; {about}", evidence, entry.source, at, entry.url)


def from_document(document: Document, links: Iterable[DocketLink], registry: Registry) -> list[Candidate]:
    """One for each docket that nobody follows and that a document about our subject numbers."""
    verdict = document.relevance
    if verdict is None or verdict.verdict != "ours":
        return []
    unknown = [link for link in links if link.confidence >= 0.9 and registry.docket(link.docket) is None]
    reason = f"named by a {document.kind} about our subject: {'; '.join(verdict.reasons)}"
    made = document.provenance
    return [
        Candidate(
            link.docket, document.caption, reason, f"{document.title} … {link.evidence}", made.source, made.fetched,
            document.url,
        )
        for link in unknown
    ]  # fmt: skip
