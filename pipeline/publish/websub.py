"""WebSub (W3C, 2018): a hub is told which feeds have changed, and fetches and distributes them itself.

What a publisher says to its hub the specification leaves open (§5); hubs take the form of PubSubHubbub 0.4 §6:
``hub.mode=publish`` with one ``hub.url`` for each changed feed.
"""

from __future__ import annotations

import filecmp
import http.client
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from pipeline.errors import SendError
from pipeline.publish.syndication import FORMATS

TIMEOUT = 30  # seconds
TOGETHER = 100  # feeds named in one request


def changed(folder: Path, before: Path, *, site: str) -> list[str]:
    """The addresses of the feeds in ``folder`` whose bytes are not those of their namesakes in ``before``.

    A feed that was not there before has no subscriber to be told; an archive (``all.3.atom``) never has one.
    """
    known = sorted(path for path in folder.iterdir() if path.suffix in FORMATS and "." not in path.stem)
    return [
        f"{site.rstrip('/')}/feeds/{quote(path.name)}"
        for path in known
        if (before / path.name).is_file() and not filecmp.cmp(path, before / path.name)
    ]


def ping(hub: str, topics: Sequence[str]) -> None:
    """Tell the hub. Raises `SendError` when it does not take the word (anything but 2xx)."""
    for start in range(0, len(topics), TOGETHER):
        said = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics[start : start + TOGETHER])]
        request = urllib.request.Request(hub, urlencode(said).encode())  # noqa: S310 - settings allow http(s) alone
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
                pass
        except urllib.error.HTTPError as error:
            error.close()
            raise SendError(urlsplit(hub).netloc, f"answered {error.code}", "check hub in docketwire.toml") from None
        except (OSError, ValueError, http.client.HTTPException) as error:  # the last: an answer that is no HTTP
            why = getattr(error, "reason", None) or type(error).__name__
            raise SendError(urlsplit(hub).netloc, f"cannot be reached: {why}", "check hub in docketwire.toml") from None
