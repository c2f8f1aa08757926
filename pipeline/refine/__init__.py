"""Fetched → Document. Pure: no network, no database, no clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pipeline.model import Document, Fetched


def read(fetched: Fetched) -> Document:
    """Read HTML, PDF, Markdown or plain text, told apart by their bytes before anything that is said about them.

    Raises ReadError, naming the URL or file, when it is empty, binary, damaged or locked.
    """
    # The readers are imported where they are used: the spiders need this package's feed reader alone.
    place = fetched.url or fetched.requested or fetched.source
    if not fetched.body.strip(b"\0\t\n\r\f \xef\xbb\xbf"):
        raise ReadError(place, "is empty", "fetch it again or leave it out")
    match sniff(fetched):
        case "pdf":
            from pipeline.refine.isolation import read_pdf_apart  # noqa: PLC0415

            return read_pdf_apart(fetched)
        case "html":
            from pipeline.refine.html import read_html  # noqa: PLC0415

            return read_html(fetched)
        case _:
            from pipeline.refine.text import read_text  # noqa: PLC0415

            return read_text(fetched)


def sniff(fetched: Fetched) -> str:
    """``pdf``, ``html`` or ``text``: by magic bytes, then markup, then the media type, then the name's suffix."""
    start = fetched.body[:2048].lstrip(b"\xef\xbb\xbf\0\t\n\r\f ")
    if b"%PDF-" in fetched.body[:1024]:  # PDF 32000-1, Annex H: the header may stand within the first 1024 bytes
        return "pdf"
    if re.match(rb"<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<!doctype\s+html)", start, re.IGNORECASE):
        return "html"
    name = (fetched.url or fetched.requested or "").partition("?")[0].lower()
    if fetched.media_type in {"text/html", "application/xhtml+xml"} or name.endswith((".html", ".htm", ".xhtml")):
        return "html"
    if fetched.media_type == "application/pdf" or name.endswith(".pdf"):
        return "pdf"  # without a PDF header: the reader says that it is damaged
    tags = re.findall(
        rb"<(?:p|div|title|meta|article|span|table|script|style|a|h[1-6])\b[^>]*>", fetched.body[:20000], re.IGNORECASE
    )
    return "html" if len(tags) >= 5 and fetched.media_type not in {"text/plain", "text/markdown"} else "text"
