"""May a page be read by a machine? What its publisher says about that, beside robots.txt.

``X-Robots-Tag`` (the header; and ``<meta name="robots">``, which says the same) and the TDM Reservation Protocol of the
W3C community group (final report, 10 May 2024): the header ``tdm-reservation``, a ``<meta>`` of that name, and the
site's ``/.well-known/tdmrep.json``. The nearest word counts: page before header before file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.model import Document, Fetched

# What forbids to show words of a page, or to use it for machines. ``noarchive``, ``nofollow`` and the like do not.
_FORBIDS = {"noindex", "none", "nosnippet", "noai", "max-snippet:0"}
_VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_US = {"", "robots", "docketwire"}
_META = re.compile(rb"<meta\s[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def reservation(fetched: Fetched) -> str | None:
    """The words by which a publisher keeps us from reading a page; None when there are none."""
    metas = list(_metas(fetched.body[: 2**16])) if fetched.media_type in {"text/html", "application/xhtml+xml"} else []
    tags = [("X-Robots-Tag", value) for name, value in fetched.headers if name.lower() == "x-robots-tag"]
    tags += [(f"meta {name}", value) for name, value in metas if name in _US]
    for where, value in tags:
        if word := _forbidden(value):
            return f"{where}: {word}"
    nearest = [("meta ", value) for name, value in metas if name == "tdm-reservation"]
    nearest += [("", value) for name, value in fetched.headers if name.lower() == "tdm-reservation"]
    if nearest:
        where, value = nearest[0]
        return f"{where}tdm-reservation: 1" if value.strip() == "1" else None
    return fetched.reserved


def withheld(document: Document) -> Document:
    """The document without anything that was read from its body: title, link, author and date stay."""
    return replace(
        document, text="", dispositions=(), events=(), readings=(), page_starts=(), ecf_references=(),
        docket_numbers=(), caption=None, judge=None, state="reserved",
    )  # fmt: skip


def reserved_in(policy: bytes, path: str) -> bool:
    """Whether a ``tdmrep.json`` reserves a path. Patterns and precedence as in robots.txt (RFC 9309, 2.2.2)."""
    try:
        rules = json.loads(policy)
    except (ValueError, RecursionError):
        return False
    found = [
        (len(rule["location"]), rule.get("tdm-reservation"))
        for rule in (rules if isinstance(rules, list) else [])
        if isinstance(rule, dict) and isinstance(rule.get("location"), str) and _fits(rule["location"], path)
    ]
    return bool(found) and max(found, key=lambda rule: rule[0])[1] in {1, "1"}


def _fits(pattern: str, path: str) -> bool:
    """A regular expression would take a hostile pattern's stars for an invitation to try for ever."""
    first, *parts = pattern.removesuffix("$").split("*")
    at = len(first) if path.startswith(first) else -1
    for part in parts:
        found = path.find(part, at) if at >= 0 else -1
        at = found + len(part) if found >= 0 else -1
    if at < 0 or not pattern.endswith("$"):
        return at >= 0
    last = parts[-1] if parts else first
    return path.endswith(last) if parts else path == first


def _forbidden(value: str) -> str | None:
    """The first directive for us that forbids. “googlebot: noindex, nofollow” is for somebody else, to its end."""
    agent = ""
    for part in value.lower().split(","):
        name, colon, rest = part.partition(":")
        if colon and name.strip() not in _VALUED:
            agent, part = name.strip(), rest  # noqa: PLW2901 - what stands after the agent's name is the directive
        if agent in _US and (word := re.sub(r"\s", "", part)) in _FORBIDS:
            return word
    return None


def _metas(head: bytes) -> Iterable[tuple[str, str]]:
    """(name, content) of each named meta element."""
    for meta in _META.findall(head):
        found = {k.lower(): (a or b or c).decode("utf-8", "replace") for k, a, b, c in _ATTRIBUTE.findall(meta)}
        if b"name" in found:
            yield found[b"name"].strip().lower(), found.get(b"content", "")
