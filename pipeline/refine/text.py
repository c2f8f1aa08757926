"""Plain text and Markdown → Document. Court orders often arrive so: converted from PDF by somebody else's tool."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

from pipeline.errors import ReadError
from pipeline.model import Document, Fetched
from pipeline.refine import filing, news, prose

_READER = "text 1"


def read_text(fetched: Fetched) -> Document:
    """A filing or an article in plain text or Markdown. Raises ReadError when the bytes are not text."""
    source = decode(fetched)
    text = plain(source)
    if not text:
        raise ReadError(place(fetched), "holds no words", "hand in a file with text")
    if filing.is_filing(fetched, text):
        return filing.describe(fetched, text, reader=_READER)
    title, body = _article(text)
    return news.describe(fetched, news.Page(title=title, text=body), reader=_READER)


def place(fetched: Fetched) -> str:
    """How an error names what was read."""
    return fetched.url or fetched.requested or fetched.source


def decode(fetched: Fetched) -> str:
    """Bytes → text by byte order mark, the response's charset, UTF-8, then Windows-1252. Raises ReadError on binary."""
    body = fetched.body
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    if b"\0" in body or _control_share(body) > 0.02:
        raise ReadError(
            place(fetched), "is a binary file, not text", "hand in HTML, PDF, plain text, Markdown, XML or WARC"
        )
    charset = re.search(r"charset=[\"']?([\w-]+)", fetched.header("Content-Type") or "")
    for name in (charset[1] if charset else "utf-8", "utf-8"):
        try:
            return body.removeprefix(b"\xef\xbb\xbf").decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def _control_share(body: bytes) -> float:
    head = body[:4096]
    return sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) / max(1, len(head))


def plain(source: str) -> str:
    """Markdown or plain text → the model's plain text: paragraphs parted by a blank line, footnotes last.

    Emphasis and heading marks go, ``<sup>1</sup>`` becomes ``¹``, caption boxes are read by column, lines wrapped at a
    width are joined, a sentence cut by a page break is made whole, advert lines are dropped.
    """
    text = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\f", "\n\n").replace("\u00a0", " ").replace("&nbsp;", " ").replace("\t", "    ")
    blocks = (block for block in re.split(r"\n[ ]*\n", text) if block.strip())
    cleaned = chain.from_iterable(_block(block) for block in blocks)
    kept = [block for block in cleaned if block and not prose.is_advert(block)]
    whole = prose.footnotes_last(prose.join_broken(kept))
    return prose.mend_hyphens("\n\n".join(whole)).strip()


_RULE = re.compile(r"\s*(?:[-=_*~–—]\s*){3,}[xX]?\s*")
_COLUMN_MARK = re.compile(r"(?:^|(?<=\s))[:)|§]+(?=\s|$)")


def _block(block: str) -> list[str]:
    lines = [line for line in block.strip("\n").split("\n") if not _RULE.fullmatch(line)]
    lines = [re.sub(r"^\s*>\s?", "", line) for line in lines]
    if sum(_COLUMN_MARK.search(line) is not None for line in lines) >= 3:
        return [_inline(column) for column in _columns(lines)]
    parts: list[list[str]] = [[]]
    for line in lines:
        if re.match(r"#{1,6}\s", line):  # a heading stands alone, also without blank lines
            parts += [[re.sub(r"^#{1,6}\s+|\s+#+\s*$", "", line)], []]
        else:
            parts[-1].append(line)
    return [_inline(prose.unwrap(part)) for part in parts if part]


def _columns(lines: list[str]) -> list[str]:
    """A caption's box drawn with ``:`` or ``)``: the parties' column, then the column with number and title."""
    left, right = [], []
    for line in lines:
        mark = _COLUMN_MARK.search(line)
        left.append((line[: mark.start()] if mark else line).strip())
        right.append(line[mark.end() :].strip() if mark else "")
    return ["\n".join(cell for cell in column if re.search(r"\w", cell)) for column in (left, right)]


def _inline(text: str) -> str:
    text = re.sub(r"<sup>\s*(\d{1,3})\s*</sup>|\[\^(\d{1,3})\]:?", _mark, text)
    text = re.sub(r"</?(?:sup|sub|b|i|u|em|strong|span|br|center|p)\b[^<>]*>", "", text, flags=re.IGNORECASE)
    text = re.sub(r"!\[[^\]]*\]\([^)\s]*\)", "", text)
    text = re.sub(r"\[([^\]\n]+)\]\((?:https?:|/|#|mailto:)[^)\s]*\)", r"\1", text)
    for mark in (r"\*\*\*", r"\*\*", r"\*", r"__", r"_"):
        text = re.sub(
            rf"(?<![\w*_\\]){mark}(?=[^\s*_])(.+?)(?<=[^\s*_\\]){mark}(?![\w*_])", r"\1", text, flags=re.DOTALL
        )
    text = re.sub(r"\\([*_#\[\]()>.`-])", r"\1", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _mark(match: re.Match[str]) -> str:
    return (match[1] or match[2]).translate(prose.SUPERSCRIPT)


def _article(text: str) -> tuple[str, str]:
    """Title and body. The first line is the title where it reads like one; else its first words, and it stays."""
    first, _, rest = text.partition("\n\n" if "\n\n" in text else "\n")
    if rest and len(first.split()) <= 30 and "\n" not in first and not first.endswith("."):
        return first, rest
    return " ".join(first.split()[:14]) + (" …" if len(first.split()) > 14 else ""), text
