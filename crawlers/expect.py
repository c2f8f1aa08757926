"""What an answer must be. An error page, a bot challenge or a consent page with status 200 is not content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.errors import SourceError
from pipeline.refine.feed import Feed, page_title, read_feed

Headers = Sequence[tuple[str, str]]


class BlockedError(SourceError):
    """The source answered, but with a challenge, consent or login page in place of what was asked for."""


# Marks that only these pages carry: products' own, in headers, in the page, in the host that we were sent to.
_CHALLENGE_HEADERS = re.compile(r"^(cf-mitigated|x-amzn-waf-action): *(challenge|captcha)", re.IGNORECASE)
_CHALLENGE = re.compile(
    rb"cf-chl-|/cdn-cgi/challenge-platform/h/|captcha-delivery\.com|_Incapsula_Resource|px-captcha|awsWafCookieDomainList"
)
_HOSTS = re.compile(r"https?://(consent|guce)\.|https?://(www\.)?validate\.perfdrive\.com")
# Their titles, as a whole or beside the site's name ("Log in | The Gazette"): an article may begin with the same words.
_TITLES = (
    (
        "a bot challenge",
        r"just a moment|attention required|access (to this page has been )?denied|pardon our interruption",
    ),
    ("a bot challenge", r"are you (a )?(robot|human)|security check|verify(ing)? (that )?you are (a )?human"),
    (
        "a consent page",
        r"before you continue( to .*)?|your privacy choices|we value your privacy|consent (required|needed)",
    ),
    ("a consent page", r"(cookie|privacy) (consent|settings)|manage (your )?(cookies|consent)"),
    ("a login page", r"(log|sign) ?in( to (continue|your account))?"),
)


def wall(body: bytes, *, url: str, headers: Headers = ()) -> str | None:
    """What stands in the way: "a bot challenge", "a consent page", "a login page"; None when nothing does."""
    if any(_CHALLENGE_HEADERS.match(f"{name}: {value}") for name, value in headers):
        return "a bot challenge"
    if _HOSTS.match(url):
        return "a consent page"
    head = body[: 2**16]
    if _CHALLENGE.search(head):
        return "a bot challenge"
    parts = [part.strip(" .!…") for part in re.split(r"\||\s[–—·:-]\s", page_title(head).lower())]
    return next((what for what, pattern in _TITLES for part in parts if re.fullmatch(pattern, part)), None)


def feed(body: bytes, *, url: str, content_type: str, headers: Headers = ()) -> Feed:
    """The feed in an answer. Raises `BlockedError` for a wall, `SourceError` for anything else that is no feed."""
    try:
        return read_feed(body, url=url, content_type=content_type)
    except SourceError as error:
        what = wall(body, url=url, headers=headers)
        if what:
            raise BlockedError(url, f"{what} in place of the feed") from error
        raise
