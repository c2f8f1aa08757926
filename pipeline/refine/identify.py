"""Who is who: canonical URLs, stable document ids, reposts and stories. Pure; no order dependence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.model import Document, Kind

# Parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|msclkid|mc_[ce]id|igshid|cmpid|ref|ref_src|smid|src|sh)$", re.IGNORECASE)

# Two texts with this share of the shorter one's five-word shingles in common are one article. Reposts and wire copies
# measure above 0.8, different reports of one ruling (which quote the same order) below 0.3.
_SAME_TEXT = 0.6
_SHINGLE = 5
_SAMPLING = 4


def canonical_url(url: str) -> str:
    """One spelling of a URL: lower-case host, no default port, fragment, tracking parameters or trailing slash.

    A malformed one is returned as it is.

    >>> canonical_url("HTTPS://Example.org:443/a/?utm_source=x&id=7#top")
    'https://example.org/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:  # not an address anybody can fetch; still a name to know it by
        return url.strip()
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if port and (scheme, port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{port}"
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    )
    return urlunsplit((scheme, host, parts.path.rstrip("/"), query, ""))


def document_id(url: str | None, body: bytes) -> str:
    """Twelve hex digits: of the canonical URL where there is one, else of the bytes themselves."""
    seed = canonical_url(url).encode() if url else b"sha256:" + hashlib.sha256(body).digest()
    return hashlib.sha256(seed).hexdigest()[:12]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of five words; of the whole text when it is shorter. Empty for an empty text."""
    words = _words(text)
    if not words:
        return frozenset()
    runs = (" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def same_text(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two shingle sets are one article printed twice, a shortened reprint included."""
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= _SAME_TEXT


@dataclass(frozen=True, slots=True)
class Story:
    """One article and its reprints, original first. ``id`` is the original's: it stays as more arrive."""

    id: str
    title: str
    documents: tuple[str, ...]  # Document ids


def _by_age(document: Document) -> tuple[str, str]:
    # Compared as instants; an undated page comes last, so that it never claims to be the original.
    published = document.published
    return (str(published.at.timestamp()).zfill(20) if published else "~", document.id)


def stories(documents: Iterable[Document]) -> tuple[Story, ...]:
    """News documents, grouped when their texts are one article. The result does not depend on their order."""
    groups: list[tuple[frozenset[int], list[Document]]] = []
    holding: dict[int, list[int]] = {}  # a sampled shingle → the groups whose original holds it
    for document in sorted((d for d in documents if d.kind is Kind.NEWS), key=_by_age):
        marks = shingles(document.text)
        # Only articles with a sampled shingle in common are compared in full: linear in the number of articles.
        sample = [mark for mark in marks if mark % _SAMPLING == 0]
        for candidate in sorted({group for mark in sample for group in holding.get(mark, ())}):
            original, members = groups[candidate]
            if same_text(original, marks):
                members.append(document)
                break
        else:
            for mark in sample:
                holding.setdefault(mark, []).append(len(groups))
            groups.append((marks, [document]))
    return tuple(Story(m[0].id, m[0].title, tuple(d.id for d in m)) for _, m in groups)


def originals(found: Sequence[Story]) -> dict[str, str]:
    """Reprint's document id → its original's."""
    return {copy: story.documents[0] for story in found for copy in story.documents[1:]}
