"""New sources: the file that declares one. What it answers is kept by `crawlers.recording`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from crawlers import guard
from crawlers.kinds import CourtFeed, Feed, Lead, Opinions, Page, Sitemap, SourceSpider, Warc
from pipeline.errors import SourceError
from pipeline.model import Source

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

    Without a name the title, without a title the host gives one. Raises `SourceError` for a kind that is none, an
    address that is none, may not be fetched or has a source already, a name that is taken or cannot be one, and a kind
    whose attributes are missing.
    """
    if kind == "courtlistener":
        remedy = "follow a docket in its case file, or add a search to crawlers/sources/courtlistener.py"
        raise SourceError(kind, "is one service and has its source", remedy)
    if kind not in KINDS:
        raise SourceError(kind, "is no kind of source", f"known are {', '.join(KINDS)}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SourceError(url, "is no http(s) address")
    if why := guard.refusal(url, own=url):
        raise SourceError(url, f"would never be fetched: {why}")
    title = " ".join(title.split()) or parts.hostname.removeprefix("www.")
    # Two papers may call their feed "News": then the address tells them apart.
    offered = [name] if name else [id_of(title), id_of(f"{parts.hostname} {parts.path}")]
    name = next((one for one in offered if one and not (folder / f"{one}.py").exists()), offered[-1])
    if not name:
        raise SourceError(url, "no id can be made of its title or address", "add --id")
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
