"""New sources: the file that declares one, the recording of its first answer, and what was read from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree
from scrapy.http import TextResponse

from crawlers.kinds import CourtFeed, Feed, Lead, Opinions, Page, Sitemap, SourceSpider, Warc
from pipeline.errors import SourceError
from pipeline.model import Fetched, Source
from pipeline.spool import SpoolWriter, read_spool

FOLDER = Path(__file__).parent / "sources"
# What `docketwire source new` can write. CourtListener is one service, and has its file.
KINDS: dict[str, type[SourceSpider]] = {
    "feed": Feed, "lead": Lead, "court-feed": CourtFeed, "sitemap": Sitemap, "page": Page, "opinions": Opinions,
    "warc": Warc,
}  # fmt: skip


def write(
    folder: Path, kind: str, url: str, *, known: Iterable[Source], title: str = "", name: str = "", **more: str
) -> Path:
    """Write ``folder/<name>.py`` and say where it is. ``more`` are further attributes: court, scraper, only.

    Without a name the title, without a title the host gives one. Raises `SourceError` for an address that is none, one
    that a source has already, a name that is taken or cannot be one, and a kind whose attributes are missing.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SourceError(url, "is no http(s) address")
    title = " ".join(title.split()) or parts.hostname.removeprefix("www.")
    # Two papers may call their feed "News": then the address tells them apart.
    offered = [name] if name else [id_of(title), id_of(f"{parts.hostname} {parts.path}")]
    name = next((one for one in offered if one and not (folder / f"{one}.py").exists()), offered[-1])
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SourceError(name, "cannot be a source’s id", "lower-case letters, digits and underscores, a letter first")
    for source in known:
        if _same_place(source.url, url):
            raise SourceError(url, f"is the source {source.id} already")
    path = folder / f"{name}.py"
    if path.exists():
        raise SourceError(path, "exists already", "choose another --id")
    needed = {"court-feed": ["court"], "opinions": ["court", "scraper"]}.get(kind, [])
    if missing := [attribute for attribute in needed if not more.get(attribute)]:
        raise SourceError(url, f"a source of kind {kind} needs its {missing[0]}", f"add --{missing[0]}")
    try:
        path.write_text(text(KINDS[kind], name, title, url, more), encoding="utf-8")
    except OSError as error:
        raise SourceError(path, f"cannot be written ({error.strerror})", "check the folder’s permissions") from error
    return path


def text(kind: type[SourceSpider], name: str, title: str, url: str, more: dict[str, str]) -> str:
    """A source file. Every value is a literal, whatever it holds."""
    values = {"name": name, "title": title, "url": url, **{key: value for key, value in more.items() if value}}
    lines = [f"    {key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    words = "".join(part.capitalize() for part in name.split("_"))
    head = f"from crawlers.kinds import {kind.__name__}\n\n\nclass {words}({kind.__name__}):\n"
    return head + "\n".join(lines) + "\n"


def id_of(title: str) -> str:
    """``Copyright Alliance: news`` → ``copyright_alliance_news``; empty when nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40].strip("_")
    return plain if re.match(r"[a-z]", plain) else ""


def _same_place(one: str, other: str) -> bool:
    a, b = urlsplit(one), urlsplit(other)
    return (a.netloc.lower(), a.path.rstrip("/"), a.query) == (b.netloc.lower(), b.path.rstrip("/"), b.query)


def read_opml(body: bytes, *, place: object) -> list[tuple[str, str]]:
    """(title, address) of every feed in an OPML file (opml.org/spec2.opml), each address once, in order.

    Raises `SourceError` when it is none, breaks off, or lists no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(place, f"not a whole OPML file ({error})") from error
    if root.tag != "opml":
        raise SourceError(place, f"<{root.tag}>, not OPML")
    found: dict[str, str] = {}
    for outline in root.iter("outline"):
        named = {str(key).lower(): str(value).strip() for key, value in outline.attrib.items()}
        if url := named.get("xmlurl"):
            found.setdefault(url, named.get("title") or named.get("text") or "")
    if not found:
        raise SourceError(place, "lists no feed")
    return [(title, url) for url, title in found.items()]


# ------------------------------------------------------------------------------------------------ recordings


def record(spool: Path, recording: Path) -> Fetched | None:
    """Keep the first answer of a crawl as a recording; None when the crawl brought none."""
    first = next(iter(read_spool(spool)), None)
    if first is not None:
        with SpoolWriter(recording, source=first.source, run=first.run or first.source, started=first.at) as writer:
            writer.write(first)
    return first


def golden(kind: type[SourceSpider], fetched: Fetched) -> str:
    """What a source reads from an answer, as the JSON of a golden file. Raises `SourceError` as the source does."""
    headers = {name: value for name, value in fetched.headers if name.lower() == "content-type"}
    response = TextResponse(fetched.url or "", body=fetched.body, headers=headers, encoding="utf-8")
    entries: Sequence[object] = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "published": (when := entry.published or entry.updated) and when.iso(),
        }
        for entry in kind().read(response)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
