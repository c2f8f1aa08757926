"""Sitemaps (sitemaps.org/protocol.html), with Google's news extension → feed entries and further sitemaps."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from pipeline.errors import SourceError
from pipeline.model import FeedEntry, When
from pipeline.refine.feed import http_url

_LARGEST = 50 * 2**20  # bytes unpacked: the protocol's own limit


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, or, when it is an index, further sitemaps as entries without a title."""

    pages: tuple[FeedEntry, ...] = ()
    sitemaps: tuple[FeedEntry, ...] = ()
    issues: tuple[str, ...] = ()


def read_sitemap(body: bytes, *, url: str) -> Sitemap:
    """A ``urlset`` or a ``sitemapindex``, gzipped or not. ``url`` resolves relative addresses and names errors.

    An entry's title, authors (the publication), language and date are those of ``news:news``; ``updated`` is
    ``lastmod``. Raises `SourceError` when the bytes are no whole sitemap, are larger than the protocol's 50 MiB, or
    declare entities.
    """
    body = _unpacked(body, url)
    if b"<!ENTITY" in body.replace(b"\0", b""):
        raise SourceError(url, "the sitemap declares XML entities of its own, which are not expanded")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(url, f"not a whole sitemap ({error})", "fetch it again") from error
    kind = _name(root)
    if kind not in {"urlset", "sitemapindex"}:
        raise SourceError(url, f"<{kind}>, not a sitemap")
    entries, odd = [], 0
    items = [item for item in root if isinstance(item.tag, str)]  # comments are none
    for item in items:
        entry = _entry(item, url) if _name(item) in {"url", "sitemap"} else None
        odd += entry is None
        entries += [entry] if entry else []
    issues = (f"{odd} of {len(items)} items could not be read",) if odd else ()
    if odd and not entries:
        raise SourceError(url, f"none of the sitemap's {odd} items can be read")
    if kind == "sitemapindex":
        return Sitemap(sitemaps=tuple(entries), issues=issues)
    return Sitemap(pages=tuple(entries), issues=issues)


def _unpacked(body: bytes, url: str) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body.strip()
    unpack = zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        whole = unpack.decompress(body, _LARGEST)
    except zlib.error as error:
        raise SourceError(url, f"damaged compression ({error})", "fetch it again") from error
    if not unpack.eof:
        raise SourceError(url, "a gzip file that breaks off, or unpacks to more than 50 MiB")
    return whole.strip()


def _entry(item: etree._Element, base: str) -> FeedEntry | None:
    """None when the item has no address that could be fetched."""
    said = dict(_texts(item))
    url = http_url(said.get("loc"), base)
    if url is None:
        return None
    return FeedEntry(
        id=url,
        url=url,
        title=said.get("title", ""),
        published=_when(said.get("publication_date")),
        updated=_when(said.get("lastmod")),
        publisher=said.get("name", ""),
    )


def _texts(item: etree._Element) -> Iterator[tuple[str, str]]:
    """(local name, words) of what stands in an item or in its ``news:news``; images and videos have titles as well."""
    for child in item:
        name = _name(child)
        if name in {"news", "publication"}:
            yield from _texts(child)
        elif name in {"loc", "lastmod", "title", "publication_date", "name"} and child.text:
            yield name, " ".join(child.text.split())


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _when(words: str | None) -> When | None:
    """A W3C date (YYYY-MM-DD, or with time and zone); None when it is missing, or names no day."""
    try:
        at = datetime.fromisoformat(words or "")
    except ValueError:
        return None
    return When(at if at.tzinfo else at.replace(tzinfo=UTC), "second" if "T" in (words or "") else "day")
