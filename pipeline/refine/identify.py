"""Who is who: canonical URLs and stable document ids."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|msclkid|mc_[ce]id|igshid|cmpid|ref|ref_src|smid|src|sh)$", re.IGNORECASE)


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
